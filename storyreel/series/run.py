"""Makes the films of a batch: directs them ahead, hands out their chunks and their sound, joins what is finished."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from storyreel.errors import Place, Problem, StoryreelError
from storyreel.publish.captions import SIDECARS
from storyreel.publish.post import post_text
from storyreel.publish.report import FilmReport, measured, warnings_of
from storyreel.render.atomic import whole_or_nothing
from storyreel.render.cache import Cache
from storyreel.render.errors import RenderError, writing
from storyreel.render.film import Spool
from storyreel.render.join import join
from storyreel.render.pool import Done, Event, Shown
from storyreel.render.queue import ChunkQueue, Failed, Hands
from storyreel.series.jobs import Checking, Directed, Directing, FilmOrder, Mixed, Mixing, Refused, Review, Reviewing
from storyreel.series.progress import BatchCallback, Kind, Pace
from storyreel.sound.loudness import TARGET_LUFS

AHEAD = 3
"""Chunks that are to be waiting for each worker; films are directed so early that there are."""

USUAL = 16
"""Chunks that a film is taken to have before the first one is directed."""

Errands = Checking | Directing | Mixing | Reviewing

POST = ".post.txt"


@dataclass
class _Film:
    """One film on its way."""

    number: int
    order: FilmOrder
    directed: Directed | None = None
    spool: Spool | None = None
    sound: bytes | None = None
    sound_reused: bool = False
    whole: bool = False
    joined: bool = False
    began: float = 0.0
    cpu: float = 0.0
    reused: int = 0
    length: int = 0
    warnings: list[str] = field(default_factory=list)
    report: FilmReport | None = None


class _NotKept(Exception):
    """The cache doesn't have the finished film."""


class Making:
    """The films of one batch, and what is being done for them."""

    def __init__(
        self,
        films: Sequence[FilmOrder],
        folder: Path,
        hands: Hands,
        cache: Cache | None,
        clips: Path,
        fail_fast: bool,
        progress: BatchCallback | None,
    ) -> None:
        self.films = [_Film(number, order) for number, order in enumerate(films)]
        self._folder, self._hands, self._cache, self._clips = folder, hands, cache, clips
        self._fail_fast, self._progress = fail_fast, progress
        numbers = itertools.count()
        self._number: Callable[[], int] = lambda: next(numbers)
        self._chunks = ChunkQueue(hands, cache, self._number)
        self._errands: dict[int, tuple[_Film, Errands]] = {}
        self._sounds: dict[int, tuple[str, list[_Film]]] = {}
        self._undirected = list(reversed(self.films))
        self._pace = Pace(len(films))
        self._active: dict[int, _Film] = {}

    def run(self) -> tuple[FilmReport, ...]:
        """Works until every film has its report; gives them in order."""
        self.tell("begun")
        # What an author can mend is told before the first film is drawn, not hours later.
        for film in self.films if self._fail_fast or len(self.films) > 1 else ():
            self._errand(film, (-2, film.number), Checking(film.order))
        while self._pace.left:
            self._look_ahead()
            self._heard(self._hands.event())
        return tuple(film.report for film in self.films if film.report is not None)

    def close(self) -> None:
        """Gives up what is half-done."""
        for film in self.films:
            if film.spool is not None:
                film.spool.close()

    def _look_ahead(self) -> None:
        """Has films directed, so many and so early that no worker ever waits for chunks."""
        if self._under_way(Checking):
            return
        usual = self._pace.chunks
        wanted = AHEAD * self._hands.jobs
        while self._undirected and (
            self._chunks.pending + self._under_way(Directing) * (usual or USUAL) < wanted
            or (usual is None and self._under_way(Directing) < self._hands.jobs)
        ):
            film = self._undirected.pop()
            if film.report is not None:
                continue
            film.began = time.monotonic()
            self._errand(film, (-1, film.number), Directing(film.order, self._clips))

    def _errand(self, film: _Film, rank: tuple[int, ...], errand: Errands) -> int:
        ticket = self._number()
        self._errands[ticket] = (film, errand)
        self._hands.put(rank, ticket, errand)
        return ticket

    def _heard(self, event: Event | Failed) -> None:
        """Does what an event asks for."""
        if isinstance(event, Failed) and not isinstance(event.error, RenderError):
            raise event.error
        if event.index not in self._errands:
            self._chunk_heard(event)
            return
        if isinstance(event, Shown):
            return
        film, _ = self._errands.pop(event.index)
        if isinstance(event, Failed):
            sharing = self._sounds.pop(event.index, ("", [film]))[1]
            for one in sharing:
                self._fail(one, (_problem(one, event.error),))
        elif isinstance(event.data, Refused):
            self._fail(film, event.data.problems)
        elif isinstance(event.data, Directed):
            self._directed(film, event.data)
        elif isinstance(event.data, Mixed):
            self._mixed(event.index, film, event.data)
        elif isinstance(event.data, Review):
            self._reviewed(film, event.data)

    def _under_way(self, kind: type[Errands]) -> int:
        return sum(isinstance(errand, kind) for _, errand in self._errands.values())

    def _chunk_heard(self, event: Event | Failed) -> None:
        with writing(self._folder):
            numbers = self._chunks.heard(event)
        if isinstance(event, Failed):
            self._pace.drawn(event.index, 0)
            for number in numbers:
                self._fail(self.films[number], (_problem(self.films[number], event.error),))
            return
        if isinstance(event, Shown):
            self._pace.shown(event.index, event.frames)
        else:
            self._pace.drawn(event.index, event.watch.tally.frames)
            if numbers:
                self.films[numbers[0]].cpu += event.watch.tally.cpu
        for number in numbers:
            self.tell("drawn", self.films[number])
            if isinstance(event, Done):
                self._advance(self.films[number])

    def _directed(self, film: _Film, gave: Directed) -> None:
        if film.report is not None:
            return
        film.directed, film.length = gave, gave.timeline.length
        self._active[film.number] = film
        self._pace.directed(film.length, len(gave.plan.orders))
        film.cpu += gave.cpu
        film.warnings += gave.notes
        try:
            film.whole = self._copied(film, gave)
            if not film.whole:
                with writing(self._path(film)):
                    film.spool = Spool(self._folder)
                    self._chunks.add(film.number, gave.plan, film.spool)
                self._mix(film, gave)
        except StoryreelError as error:
            self._fail(film, (_problem(film, error),))
            return
        self.tell("directed", film)
        self._advance(film)

    def _copied(self, film: _Film, directed: Directed) -> bool:
        """Takes the whole film out of the cache; says whether it was there."""
        path = self._path(film)
        try:
            with self._words(film, directed), whole_or_nothing(path) as temporary, writing(path):
                if not (self._cache and self._cache.copy(directed.plan.whole, temporary)):
                    raise _NotKept
        except _NotKept:
            return False
        return True

    def _mix(self, film: _Film, directed: Directed) -> None:
        """Gets the film's sound: kept, on its way for another film, or to be mixed."""
        film.sound = self._cache.get(directed.sound_key) if self._cache else None
        film.sound_reused = film.sound is not None
        if film.sound is not None:
            return
        for key, sharing in self._sounds.values():
            if key == directed.sound_key:
                sharing.append(film)
                film.sound_reused = True
                return
        errand = Mixing(directed.timeline, directed.clips, film.order.entry.loudness)
        ticket = self._errand(film, (0, film.number, 0), errand)
        self._sounds[ticket] = (directed.sound_key, [film])

    def _mixed(self, ticket: int, film: _Film, gave: Mixed) -> None:
        key, sharing = self._sounds.pop(ticket)
        film.cpu += gave.cpu
        if self._cache:
            self._cache.put(key, gave.sound)
        for one in sharing:
            one.sound = gave.sound
            self._advance(one)

    def _advance(self, film: _Film) -> None:
        """Joins a film of which everything is there, and has it looked over."""
        directed = film.directed
        if directed is None or film.report is not None or film.joined:
            return
        if not film.whole and (film.sound is None or self._chunks.missing(film.number)):
            return
        film.joined = True
        try:
            if not film.whole:
                self._join(film, directed, film.sound or b"")
        except StoryreelError as error:
            self._fail(film, (_problem(film, error),))
            return
        folder = self._cache.folder if self._cache else None
        cover, title = self._path(film, ".cover.png"), directed.timeline.title if film.order.titled else ""
        errand = Reviewing(self._path(film), directed.timeline, cover, directed.cover, title, folder)
        self._errand(film, (-1, film.number), errand)

    def _join(self, film: _Film, directed: Directed, sound: bytes) -> None:
        path, spool = self._path(film), film.spool
        if spool is None:
            raise RuntimeError("a film without chunks can't be joined")
        with self._words(film, directed), whole_or_nothing(path) as temporary:
            with writing(path):
                join(temporary, spool.parts(), sound, directed.timeline.rate)
            if self._cache:
                self._cache.put_file(directed.plan.whole, temporary)
        spool.close()
        film.spool = None
        film.reused = self._chunks.reused(film.number)
        self._chunks.drop(film.number)

    @contextmanager
    def _words(self, film: _Film, directed: Directed) -> Iterator[None]:
        """Writes the caption files and the post; they are in place when the film is, or none of them is."""
        creator = directed.creator
        with ExitStack() as stack:

            def opened(suffix: str) -> Path:
                return stack.enter_context(whole_or_nothing(self._path(film, suffix)))

            for suffix, write in SIDECARS.items() if film.order.captions in ("sidecar", "both") else ():
                with writing(self._path(film, suffix)):
                    write(directed.phrases, opened(suffix))
            text = post_text(directed.timeline.title, creator.message if creator else "", directed.hashtags)
            with writing(self._path(film, POST)):
                opened(POST).write_text(text, encoding="utf-8")
            yield

    def _reviewed(self, film: _Film, gave: Review) -> None:
        directed = film.directed
        if directed is None or film.report is not None:
            return
        film.cpu += gave.cpu
        timeline, order = directed.timeline, film.order
        lufs, dbtp = measured(gave.lufs), measured(gave.dbtp)
        target = TARGET_LUFS if order.entry.loudness is None else order.entry.loudness
        sidecars = SIDECARS if order.captions in ("sidecar", "both") else ()
        film.report = FilmReport(
            name=order.name,
            scene=str(order.scene),
            title=timeline.title,
            format=directed.format,
            look=timeline.look,
            language=timeline.language,
            film=self._path(film).name,
            poster=self._path(film, ".cover.png").name,
            post=self._path(film, POST).name,
            captions=tuple(self._path(film, suffix).name for suffix in sidecars),
            burned=order.captions in ("burn", "both"),
            seconds=round(timeline.clock.seconds(timeline.length), 3),
            frames=timeline.length,
            width=timeline.width,
            height=timeline.height,
            rate=str(timeline.rate),
            size=gave.size,
            lufs=lufs,
            dbtp=dbtp,
            chunks=len(directed.plan.orders),
            reused=len(directed.plan.orders) if film.whole else film.reused,
            sound_reused=film.whole or film.sound_reused,
            render_seconds=round(time.monotonic() - film.began, 2),
            cpu_seconds=round(film.cpu, 2),
            warnings=(*film.warnings, *warnings_of(lufs, dbtp, target)),
        )
        film.directed = None
        self._end(film)
        self.tell("finished", film)

    def _fail(self, film: _Film, problems: tuple[Problem, ...]) -> None:
        """Gives a film up; with `fail_fast` all that are not finished."""
        if film.report is not None:
            return
        self._drop(film, "failed", problems)
        self.tell("failed", film, "\n".join(map(str, problems)))
        if self._fail_fast:
            self._undirected.clear()
            for other in self.films:
                if other.report is None:
                    self._drop(other, "skipped", ())
                    self.tell("skipped", other)

    def _drop(self, film: _Film, status: Literal["failed", "skipped"], problems: tuple[Problem, ...]) -> None:
        order = film.order
        film.report = FilmReport(order.name, str(order.scene), status=status, problems=problems)
        if film.directed is not None:
            self._pace.forgotten(film.length, len(film.directed.plan.orders))
        film.directed, film.length, spool, film.spool = None, 0, film.spool, None
        if spool is not None:
            self._chunks.drop(film.number)
            spool.close()
        self._end(film)

    def _end(self, film: _Film) -> None:
        self._active.pop(film.number, None)
        self._pace.ended(film.length)

    def _path(self, film: _Film, suffix: str = ".mp4") -> Path:
        return self._folder / f"{film.order.name}{suffix}"

    def tell(self, kind: Kind, film: _Film | None = None, message: str = "") -> None:
        """Tells whoever listens what has happened."""
        if self._progress is None:
            return
        frames = self._frames(film) if film is not None else (0, 0)
        name = film.order.name if film is not None else ""
        under_way = sum(self._frames(one)[0] for one in self._active.values())
        self._progress(self._pace.event(kind, name, frames, under_way, len(self._active), message))

    def _frames(self, film: _Film) -> tuple[int, int]:
        """Frames of a film that are there, and all that it has, as far as they are known."""
        if film.report is not None or film.whole or film.joined:
            return film.length, film.length
        return (self._chunks.frames(film.number) if film.directed is not None else 0), film.length


def _problem(film: _Film, error: BaseException) -> Problem:
    return Problem(Place(str(film.order.scene)), str(error))
