"""Renders a whole film: chunks side by side, the sound meanwhile, and all of it joined into one file."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Protocol

from storyreel.render.atomic import whole_or_nothing
from storyreel.render.cache import Cache
from storyreel.render.chunks import chunks
from storyreel.render.encode import EncoderSettings, encode_sound
from storyreel.render.errors import RenderError, writing
from storyreel.render.join import Marks, join
from storyreel.render.keys import chunk_key, fingerprint_of
from storyreel.render.pool import Done, Event, Pool, Shown, default_jobs, with_spare_core
from storyreel.render.progress import Meter, ProgressCallback
from storyreel.render.settings import drafted, encoder_settings
from storyreel.render.slices import ChunkOrder, order
from storyreel.render.timings import Span, Tally
from storyreel.sound.tape import Sounding
from storyreel.timeline.model import Timeline


@dataclass(frozen=True)
class Soundtrack:
    """The film's sound, made when it is needed: `make` gives the mastered mix, an array or what is read like one.

    `key` says what it is made of; where it is empty the encoded sound is not kept.
    """

    make: Callable[[], Sounding]
    key: str = ""


@dataclass(frozen=True)
class Plan:
    """What the render of a film has to do.

    Attributes:
        timeline: the film, in the size in which it is drawn.
        settings: how it is encoded.
        orders: its chunks in the film's order, each with its index.
        keys: the chunks' keys; empty strings where nothing is looked up or kept.
        whole: the key of the finished film; empty where its sound has none.
    """

    timeline: Timeline
    settings: EncoderSettings
    orders: tuple[tuple[int, ChunkOrder], ...]
    keys: tuple[str, ...]
    whole: str


@dataclass
class Report:
    """What a render did.

    Attributes:
        frames, chunks: of the whole film.
        reused: chunks that came out of the cache.
        sound_reused: whether the sound did.
        jobs: worker processes.
        seconds: of wall time.
        tally: what drawing and encoding cost.
        spans: when each step of each process was, where that was asked for.
        verified: chunks that were rendered once more and came out the same.
        notes: what the author should know, e.g. that the cache can't be written to.
    """

    frames: int = 0
    chunks: int = 0
    reused: int = 0
    sound_reused: bool = False
    jobs: int = 1
    seconds: float = 0.0
    tally: Tally = field(default_factory=Tally)
    spans: list[Span] = field(default_factory=list)
    verified: int = 0
    notes: list[str] = field(default_factory=list)


class Drawers(Protocol):
    """Whoever draws the chunks of one film side by side: `storyreel.render.pool.Pool`, a cluster."""

    def render(self, orders: Iterable[tuple[int, ChunkOrder]]) -> Iterator[Event]:
        """Draws them; what is done first comes first.

        Raises:
            RenderError: a chunk can't be drawn.
        """
        ...


class Spool:
    """The finished chunks of one render, in a file without a name: a killed render leaves nothing of it."""

    def __init__(self, folder: Path) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 -- closed by close()
        self._places: dict[int, tuple[int, int]] = {}

    def put(self, index: int, data: bytes) -> None:
        self._places[index] = (self._file.seek(0, os.SEEK_END), len(data))
        self._file.write(data)

    def part(self, index: int) -> bytes:
        offset, length = self._places[index]
        self._file.seek(offset)
        return self._file.read(length)

    def parts(self) -> Iterator[bytes]:
        """The chunks in the film's order, one in memory at a time."""
        for index in sorted(self._places):
            yield self.part(index)

    def close(self) -> None:
        self._file.close()


class _SoundMaker(threading.Thread):
    """Makes and encodes the sound beside the pictures."""

    def __init__(self, soundtrack: Soundtrack, length: int, cache: Cache | None) -> None:
        super().__init__(daemon=True)
        self._soundtrack, self._length, self._cache = soundtrack, length, cache if soundtrack.key else None
        self.reused = False
        self._encoded = b""
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            kept = self._cache.get(self._soundtrack.key) if self._cache else None
            if kept is not None:
                self._encoded, self.reused = kept, True
                return
            samples = self._soundtrack.make()
            if len(samples) != self._length:
                raise RenderError(f"the sound has {len(samples)} samples where the film has {self._length}")
            self._encoded = encode_sound(samples)
            if self._cache:
                self._cache.put(self._soundtrack.key, self._encoded)
        except BaseException as error:
            self._error = error

    def encoded(self) -> bytes:
        """The sound as AAC, once it is ready."""
        self.join()
        if self._error is not None:
            raise self._error
        return self._encoded


def plan(
    timeline: Timeline,
    sound_key: str = "",
    *,
    draft: bool = False,
    captions: bool = True,
    tracing: bool = False,
    keyed: bool = True,
    crf: int | None = None,
    quick: bool = False,
    marks: Marks = (),
) -> Plan:
    """Cuts a film into chunks; with `keyed`, their keys are made too.

    Raises:
        RenderError: the film has no frames.
    """
    if draft:
        timeline = drafted(timeline)
    settings = encoder_settings(timeline, draft, crf, quick)
    orders = tuple(
        (index, replace(order(timeline, chunk, settings, captions), tracing=tracing, kept=keyed))
        for index, chunk in enumerate(chunks(timeline))
    )
    if not orders:
        raise RenderError("the film has no frames")
    keys = tuple(chunk_key(wanted) if keyed else "" for _, wanted in orders)
    whole = ("film", keys, sound_key, *([marks] if marks else []))
    return Plan(timeline, settings, orders, keys, fingerprint_of(*whole) if keyed and sound_key else "")


def render_film(
    timeline: Timeline,
    soundtrack: Soundtrack,
    out: Path,
    *,
    jobs: int | None = None,
    draft: bool = False,
    captions: bool = True,
    progress: ProgressCallback | None = None,
    cache: Cache | None = None,
    verify: int = 0,
    tracing: bool = False,
    pool: Drawers | None = None,
    crf: int | None = None,
    quick: bool = False,
    marks: Marks = (),
) -> Report:
    """Renders a film into an MP4 that appears whole or not at all; its bytes don't depend on `jobs`.

    Args:
        jobs: worker processes; as many as there are cores if left out; with 1 everything happens in this process.
        draft: a small picture, quickly.
        captions: burn them in.
        progress: told in this thread how far things are.
        cache: where finished chunks are looked up and kept.
        verify: so many chunks, spread over the film, are rendered once more in this process and compared.
        tracing: keep when each step of each process was.
        pool: workers that are there already, to be used instead of new ones.
        crf: libx264's constant rate factor, 0 to 51; 18 if left out, and 23 for a draft.
        quick: encode it more quickly, and larger.
        marks: where its chapters begin, in frames, and their names.

    Raises:
        RenderError: the film can't be drawn, or `out` can't be written.
    """
    began = time.monotonic()
    keyed = cache is not None
    planned = plan(
        timeline,
        soundtrack.key,
        draft=draft,
        captions=captions,
        tracing=tracing,
        keyed=keyed,
        crf=crf,
        quick=quick,
        marks=marks,
    )
    timeline, orders, keys = planned.timeline, planned.orders, planned.keys
    whole = "" if verify else planned.whole
    report = Report(timeline.length, len(orders))
    meter = Meter(timeline.length, progress)
    with whole_or_nothing(out) as temporary:
        with writing(out):
            found = bool(cache and whole and cache.copy(whole, temporary))
        if found:
            report.reused, report.sound_reused = len(orders), True
            meter.found(timeline.length)
        else:
            sound = _SoundMaker(soundtrack, timeline.clock.sample(timeline.length), cache)
            with writing(out):
                spool = Spool(out.parent)
            try:
                sound.start()
                _collect(orders, keys, spool, out, jobs, cache, meter, report, pool)
                report.verified = _verify(orders, spool, verify)
                meter.tell("sound")
                encoded = sound.encoded()
                report.sound_reused = sound.reused
                meter.tell("joining")
                with writing(out):
                    join(temporary, spool.parts(), encoded, timeline.rate, marks)
            finally:
                spool.close()
            if cache and whole:
                cache.put_file(whole, temporary)
    if cache:
        cache.trim()
        report.notes += filter(None, [cache.trouble])
    meter.tell("done")
    report.seconds = time.monotonic() - began
    return report


def _collect(
    orders: tuple[tuple[int, ChunkOrder], ...],
    keys: tuple[str, ...],
    spool: Spool,
    out: Path,
    jobs: int | None,
    cache: Cache | None,
    meter: Meter,
    report: Report,
    pool: Drawers | None,
) -> None:
    """Brings every chunk into the spool, out of the cache or rendered."""

    def heard(event: Event) -> None:
        if isinstance(event, Done):
            with writing(out):
                spool.put(event.index, event.data)
            if cache:
                cache.put(keys[event.index], event.data)
            report.tally.add(event.watch.tally)
            report.spans += event.watch.spans
            meter.shown(event.index, event.watch.tally.frames)
        else:
            meter.shown(event.index, event.frames)

    if cache:
        cache.ahead(keys)
    missing = []
    for index, wanted in orders:
        kept = cache.get(keys[index]) if cache else None
        if kept is None:
            missing.append((index, wanted))
            continue
        with writing(out):
            spool.put(index, kept)
        meter.found(wanted.end - wanted.start)
    report.reused = len(orders) - len(missing)
    jobs = jobs or default_jobs()
    report.jobs = max(min(jobs, len(missing)), 1)
    if missing:
        _pictures(handed_out(missing, report.jobs), jobs, heard, pool)


def handed_out(orders: list[tuple[int, ChunkOrder]], jobs: int) -> list[tuple[int, ChunkOrder]]:
    """The order in which chunks are drawn: the film's, but of the last ones the longest first, so that all workers end
    at about the same time."""
    early = max(len(orders) - 2 * jobs, 0)
    return orders[:early] + sorted(orders[early:], key=lambda one: one[1].start - one[1].end)


def _pictures(
    orders: list[tuple[int, ChunkOrder]], jobs: int, heard: Callable[[Event], None], pool: Drawers | None
) -> None:
    """Renders all chunks, in this process or in workers."""
    workers = min(jobs, len(orders))
    if pool is not None or workers > 1:
        with Pool(workers) if pool is None else nullcontext(pool) as drawers:
            for event in drawers.render(orders):
                heard(event)
        return
    from storyreel.render.reel import render_chunk

    for index, wanted in orders:

        def shown(frames: int, index: int = index) -> None:
            heard(Shown(index, frames))

        data, watch = render_chunk(with_spare_core(wanted, 0, jobs), shown)
        heard(Done(index, data, watch))


def _verify(orders: tuple[tuple[int, ChunkOrder], ...], spool: Spool, count: int) -> int:
    """Renders some chunks once more in this process and compares them, bit for bit; gives how many.

    Raises:
        RenderError: a chunk came out differently.
    """
    if not count:
        return 0
    from storyreel.render.reel import render_chunk

    step = max(len(orders) // count, 1)
    sample = orders[step // 2 :: step][:count]
    for index, wanted in sample:
        if render_chunk(replace(wanted, kept=False))[0] != spool.part(index):
            scene = wanted.timeline.scenes[0].id
            raise RenderError(
                f"scene '{scene}', frames {wanted.start} to {wanted.end}, did not come out the same twice; "
                "clear the cache (storyreel cache clear) and render again; if that does not help, this is a bug"
            )
    return len(sample)
