"""Draws and encodes one chunk: staging, painting, colour conversion, encoding, each on its own clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from av.video.frame import VideoFrame

from storyreel.assets import digest
from storyreel.render.damage import plate_depths, rows
from storyreel.render.encode import ChunkEncoder, Converter
from storyreel.render.faults import RenderError
from storyreel.render.painter import Painter, fingerprint
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
    began = time.thread_time()
    displays = [compose(timeline, number) for number in range(order.start, order.end)]
    states = [fingerprint(display) for display in displays]
    depths = plate_depths(states)
    tally.stage = time.thread_time() - began
    painter = Painter(timeline.width, timeline.height, timeline.scale)
    converter, encoder = Converter(), ChunkEncoder(order.settings)
    frame: VideoFrame | None = None
    for number, display in enumerate(displays):
        began = time.thread_time()
        if frame is None or states[number] != states[number - 1]:
            changed = painter.show(display, depths[number])
            painted = time.thread_time()
            if frame is None or changed:
                frame = converter.convert(painter.pixels, None if frame is None else rows(changed))
            tally.paint += painted - began
            began = time.thread_time()
            tally.convert += began - painted
            tally.drawn += 1
        encoder.add(frame)
        tally.encode += time.thread_time() - began
        tally.frames += 1
        if shown is not None:
            shown(tally.frames)
    began = time.thread_time()
    data = encoder.finish()
    tally.encode += time.thread_time() - began
    return data, tally
