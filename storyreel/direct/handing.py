"""How a story in shots hands over to the portrait: over which cut, and where the drawn eyes were last."""

from __future__ import annotations

import math
from dataclasses import dataclass

from storyreel.direct.framing import shown_at
from storyreel.direct.leaving import Way
from storyreel.direct.places import Whereabouts
from storyreel.direct.production import Production
from storyreel.direct.shooting import Shooting
from storyreel.errors import StoryreelError
from storyreel.script.ending import ending
from storyreel.script.models import Beat, Creator
from storyreel.script.transitions import WAYS

_STEP, _LARGEST = 1.02, 2.5
"""By how much more a portrait is tried that doesn't cover the picture yet, and how large it gets at the most."""
Point = tuple[float, float]


@dataclass(frozen=True)
class Handed:
    """What the reveal takes over from the story.

    Attributes:
        begun: for how many frames it has gone on already: those of its first beat.
        covered: for how many the portrait still lies under the picture before it.
        eyes: where in the picture the drawn eyes were, left and right.
        plain: whether the look has no say in how it comes, as the last beat says how it is left.
    """

    begun: int = 0
    covered: int = 0
    eyes: tuple[Point, Point] | None = None
    plain: bool = False


def handed_over(
    production: Production,
    creator: Creator,
    beat: Beat,
    frames: int,
    way: Way | None,
    seen: tuple[Shooting, Whereabouts | None],
) -> Handed:
    """What the last beat of a story hands over, which takes so many frames.

    Args:
        production: what the film is directed with.
        creator: who is revealed.
        beat: the last of the story.
        frames: how long that is.
        way: what its way out hands on.
        seen: its shot, and where everything in that is.
    """
    first = ending(production.script).first is not None
    cut = beat.cut.model_fields_set if beat.cut is not None else set()
    covered = way.sheet[1] if way is not None and way.sheet is not None else 0
    eyes = _drawn_eyes(production, creator, *seen) if creator.portrait.eyes is not None else None
    return Handed(frames if first else 0, covered, eyes, bool(cut & set(WAYS)))


def _drawn_eyes(
    production: Production, creator: Creator, shooting: Shooting, where: Whereabouts | None
) -> tuple[Point, Point] | None:
    """Where the eyes of the creator's puppet are in the picture as the story ends; None if they can't be seen."""
    name = creator.puppet or next(iter(production.script.cast), "")
    if where is None or name not in shooting.cast.by_name or not shooting.shows(name):
        return None
    last = where.length - 1
    eye = shooting.camera.eye(last)
    try:
        tracks = [where.point(f"{name}.{side}-eye") for side in ("left", "right")]
    except StoryreelError as error:
        production.warn(f"the portrait's eyes don't meet the drawn ones: {error}", "creator", "portrait", "eyes")
        return None
    here = [shown_at((float(x[last]), float(y[last])), eye, production.picture) for x, y in tracks]
    left, right = sorted(here)
    return left, right


def meeting(
    eyes: Point,
    apart: float | None,
    size: tuple[float, float],
    drawn: tuple[Point, Point],
    picture: tuple[float, float],
) -> tuple[float, float, float]:
    """How large a portrait is and how far from the picture's middle, so that its eyes come where the drawn ones were.

    It covers the picture in any case: it is larger, or lies beside that place, where it has to.

    Args:
        eyes: the middle between its eyes, in shares.
        apart: how far apart they are, as a share of its width; None if nobody says.
        size: how large it is as it covers the picture.
        drawn: where the drawn eyes were, in the picture.
        picture: the picture's size.
    """
    to = [(one + other) / 2 for one, other in zip(*drawn, strict=True)]
    scale = max(math.dist(*drawn) / (apart * size[0]), 1.0) if apart is not None else 1.0
    scale = min(scale, _LARGEST)
    while True:
        x, y = (
            at - whole / 2 - (share - 0.5) * side * scale
            for at, whole, share, side in zip(to, picture, eyes, size, strict=True)
        )
        spare = [(side * scale - whole) / 2 for side, whole in zip(size, picture, strict=True)]
        if (abs(x) <= spare[0] and abs(y) <= spare[1]) or scale * _STEP > _LARGEST:
            break
        scale *= _STEP
    return scale, min(max(x, -spare[0]), spare[0]), min(max(y, -spare[1]), spare[1])
