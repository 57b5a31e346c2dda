"""Where the drawings that a look has treated are kept: in the user's cache, or among a cluster worker's files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from storyreel.errors import StoryreelError
from storyreel.looks import pen
from storyreel.render.cache import Cache
from storyreel.render.keys import engine, fingerprint_of
from storyreel.script.files import is_sheet
from storyreel.stage.enlarging import sizes
from storyreel.stage.kept import Figure, Still, What, kept_on
from storyreel.stage.treated import Hand
from storyreel.timeline.model import DrawingContent, PuppetContent, Timeline
from storyreel.treatment.contract import Mood, Place
from storyreel.treatment.look import Pen

Wanted = tuple[Figure | Still, Place]
"""A drawing that is to be treated, and its place."""


def piece_key(look: str, what: What) -> str:
    """The key of a treated drawing: what is drawn, and all that draws."""
    return fingerprint_of("treated", engine(look), *what)


@dataclass(frozen=True)
class CacheShelf:
    """Treated drawings in a cache."""

    cache: Cache
    look: str

    def get(self, what: What) -> bytes | None:
        """A kept one, if it is as it was put."""
        return self.cache.get(piece_key(self.look, what))

    def put(self, what: What, piece: bytes) -> None:
        """Keeps one."""
        self.cache.put(piece_key(self.look, what), piece)


def own_shelf(look: str) -> CacheShelf | None:
    """The user's, for a look that treats; None where there is nothing to keep, or nowhere."""
    if not pen(look).treatment.redraws:
        return None
    try:
        return CacheShelf(Cache(), look)
    except StoryreelError:
        # Whoever renders is told; nothing but time is lost here.
        return None


def boiled(look: str, drawn: Figure | Still, place: Place) -> Iterator[Wanted]:
    """A drawing in its place, once for each drawing of the look's boil."""
    for drawing in range(pen(look).look.exposure.cycle):
        yield drawn, replace(place, drawing=drawing)


def wanted(timeline: Timeline) -> Iterator[Wanted]:
    """What the layers of a film show and its look treats, in the film's order, each once; at rest.

    What is seen enlarged has finer lines, and is treated once for each step of that.
    """
    if not pen(timeline.look).treatment.redraws:
        return
    found: dict[Wanted, None] = {}
    for layer, steps in sizes(timeline):
        content = layer.content
        if isinstance(content, DrawingContent):
            drawn: Figure | Still = Still(Path(content.drawing.path), content.colours, content.part)
        elif isinstance(content, PuppetContent) and not (content.rig and is_sheet(content.rig.path)):
            drawn = Figure(Path(content.drawing.path), Path(content.rig.path) if content.rig else None, content.colours)
        else:
            continue
        place = Place(layer.kind, plane=layer.plane, manner=layer.manner)
        for scale in sorted(steps):
            found |= dict.fromkeys(boiled(timeline.look, drawn, replace(place, scale=scale)))
    yield from found


def treat(with_pen: Pen, found: Iterable[Wanted]) -> None:
    """Has drawings treated that are not kept yet, and kept.

    Raises:
        StoryreelError: a drawing is missing or has mistakes.
    """
    with kept_on(own_shelf(with_pen.look.name)):
        for drawn, place in found:
            drawn.treated(Hand(with_pen.treatment, place, Mood()))


def pieces(timeline: Timeline) -> Iterator[tuple[str, bytes]]:
    """The treated drawings of a timeline by their keys, made where they are not kept yet.

    Raises:
        StoryreelError: a drawing is missing or has mistakes.
    """
    shelf, with_pen = own_shelf(timeline.look), pen(timeline.look)
    if shelf is None:
        return
    for drawn, place in wanted(timeline):
        key = piece_key(timeline.look, drawn.what(Hand(with_pen.treatment, place, Mood())))
        if shelf.cache.get(key) is None:
            treat(with_pen, ((drawn, place),))
        piece = shelf.cache.get(key)
        if piece is not None:
            yield key, piece


@dataclass(frozen=True)
class SentShelf:
    """Treated drawings that came along with an order, in files that are called by their digests."""

    look: str
    files: Mapping[str, Path]

    def get(self, what: What) -> bytes | None:
        """One of them, if it is as it was sent."""
        path = self.files.get(piece_key(self.look, what))
        try:
            data = path.read_bytes() if path is not None else None
        except OSError:
            return None
        return data if path is not None and data is not None and hashlib.sha256(data).hexdigest() == path.stem else None

    def put(self, what: What, piece: bytes) -> None:
        """Keeps nothing: what did not come along is made by each for itself."""
