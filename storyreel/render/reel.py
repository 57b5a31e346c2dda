"""Draws and encodes one chunk: staging, painting, colour conversion, encoding, each on its own clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from av.video.frame import VideoFrame

from storyreel.assets import digest
from storyreel.render.encode import ChunkEncoder, Converter
from storyreel.render.faults import RenderError
from storyreel.render.painter import Fingerprint, blank, fingerprint, paint_list
from storyreel.render.slices import ChunkOrder, assets
from storyreel.render.tally import Tally
from storyreel.stage.compose import compose


def check_assets(order: ChunkOrder) -> None:
    """Makes sure that every file is still the one the timeline was made with.

    Raises:
        RenderError: a file has changed since, or is gone.
    """
    for asset in assets(order.timeline):
        try:
            found = digest(Path(asset.path))
        except OSError as error:
            raise RenderError(f"{asset.path}: cannot read it any more: {error.strerror}") from error
        if found != asset.digest:
            raise RenderError(f"{asset.path}: it has changed since the film was directed; render again")


def render_chunk(order: ChunkOrder, shown: Callable[[int], None] | None = None) -> tuple[bytes, Tally]:
    """Draws and encodes a chunk; `shown` is told how many of its frames are done.

    Raises:
        RenderError: a file that it draws has changed.
    """
    check_assets(order)
    tally, timeline = Tally(), order.timeline
    converter, encoder, pixels = Converter(), ChunkEncoder(order.settings), blank(timeline)
    last: Fingerprint | None = None
    frame: VideoFrame | None = None
    for number in range(order.start, order.end):
        began = time.thread_time()
        display = compose(timeline, number)
        state = fingerprint(display)
        staged = time.thread_time()
        tally.stage += staged - began
        if frame is None or state != last:
            paint_list(display, timeline.scale, pixels)
            painted = time.thread_time()
            frame = converter.convert(pixels)
            tally.paint += painted - staged
            tally.convert += time.thread_time() - painted
            tally.drawn += 1
        last = state
        began = time.thread_time()
        encoder.add(frame)
        tally.encode += time.thread_time() - began
        tally.frames += 1
        if shown is not None:
            shown(tally.frames)
    began = time.thread_time()
    data = encoder.finish()
    tally.encode += time.thread_time() - began
    return data, tally
