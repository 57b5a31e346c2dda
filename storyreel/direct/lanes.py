"""Where captions stand: in those rows of a lane that are free of faces, hands and lettering, for a whole shot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from storyreel.direct.occupied import Filled, What, covered
from storyreel.direct.production import Production
from storyreel.puppet.bounds import Box
from storyreel.timeline.model import CaptionPage, Lane

_BAND = 0.212
"""How high a lane is, as a share of the safe box: in a picture of 1920, 260."""
_COSTS: dict[What, float] = {"face": 4.0, "hand": 2.0, "lettering": 3.0, "thing": 0.25}
"""What it costs that a caption lies on something wholly."""
_TOLD: dict[What, float] = {"face": 0.15, "hand": 0.5, "lettering": 0.15}
"""How much of a caption or of what it lies on is worth a warning."""
_UP, _OVER = 0.02, 0.4
"""What it costs to leave the lane's edge, and the lane that captions have of themselves."""
EVERY = 4
"""Frames from one look at what lies in the lane to the next."""


@dataclass(frozen=True)
class Span:
    """A shot as captions see it: its film frames, its lane, whether its author says which, and what lies where."""

    start: int
    end: int
    lane: Lane
    said: bool
    filled: Sequence[Filled]
    path: tuple[str | int, ...]


@dataclass(frozen=True)
class _Rows:
    """Rows of a lane, and what it costs to stand there."""

    lane: Lane
    rise: float
    cost: float


def laned(
    pages: Sequence[CaptionPage],
    spans: Sequence[Span],
    ink: Callable[[CaptionPage], Box],
    safe: Box,
    warn: Callable[..., None],
) -> tuple[CaptionPage, ...]:
    """The pages in rows of their own; those of one shot are in the same.

    Args:
        pages: in the order of time.
        spans: the film's shots.
        ink: the box that a page takes up.
        safe: the box that no app covers.
        warn: is told what lies under a caption, and where in the script.
    """
    found: list[CaptionPage] = []
    for span in spans:
        mine = [page for page in pages if span.start <= page.words[0].start < span.end]
        if not mine or span.lane == "none":
            found += mine
            continue
        rows = min(_rows(span, mine, ink, safe), key=lambda one: one.cost)
        placed = [replace(page, lane=rows.lane, rise=rows.rise) for page in mine]
        _judge(span, placed, ink, warn)
        found += placed
    known = {page.start for page in found}
    found += [page for page in pages if page.start not in known]
    return tuple(sorted(found, key=lambda page: page.start))


def _rows(span: Span, pages: Sequence[CaptionPage], ink: Callable[[CaptionPage], Box], safe: Box) -> list[_Rows]:
    """Every place where the captions of a shot may stand."""
    found: list[_Rows] = []
    band = _BAND * (safe[3] - safe[1])
    lanes: tuple[Lane, ...] = (span.lane,) if span.said else ("low", "high")
    for lane in lanes:
        boxes = [ink(replace(page, lane=lane)) for page in pages]
        reach = max(safe[3] - box[1] if lane == "low" else box[3] - safe[1] for box in boxes)
        free = max(band - reach, 0.0)
        for share in (0.0, 0.5, 1.0) if free > 1 else (0.0,):
            rise = round(share * free)
            cost = _UP * share + (_OVER if lane != span.lane else 0.0)
            for page in pages:
                cost += _cost(span, page, ink(replace(page, lane=lane, rise=rise))) / len(pages)
            found.append(_Rows(lane, rise, cost))
    return found


def _under(span: Span, page: CaptionPage, box: Box) -> list[tuple[Filled, float]]:
    """What lies under a page, and how much of it."""
    near = [one for one in span.filled if page.start <= span.start + one.frame < page.end]
    return [(one, share) for one in near if (share := covered(one.box, box)) > 0]


def _cost(span: Span, page: CaptionPage, box: Box) -> float:
    frames = {one.frame for one in span.filled if page.start <= span.start + one.frame < page.end}
    return sum(_COSTS[one.what] * share for one, share in _under(span, page, box)) / max(len(frames), 1)


def _judge(
    span: Span, pages: Sequence[CaptionPage], ink: Callable[[CaptionPage], Box], warn: Callable[..., None]
) -> None:
    """Warns of what lies under the captions all the same: once for each thing."""
    told: set[tuple[str, str]] = set()
    for page in pages:
        box = ink(page)
        for one, share in _under(span, page, box):
            if share < _TOLD.get(one.what, 2.0) or (one.who, one.what) in told:
                continue
            told.add((one.who, one.what))
            said = f"the lettering of '{one.who}'" if one.what == "lettering" else f"{one.who}'s {one.what}"
            text = " ".join(word.text for word in page.words)
            warn(f"{said} lies in the lane, under “{text}”; give the shot another lane, or move it", *span.path)


def captioned_at(production: Production, scene: str, frame: int) -> bool:
    """Whether a line of a shot is captioned at a film frame, or nearly."""
    return any(
        line.burned and line.scene == scene and line.words[0].start - EVERY <= frame < line.words[-1].end + 10
        for line in production.speaking.lines
    )
