"""How we look: set-ups of the camera, and what the camera does from where it stands."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Discriminator, Field, Tag

from storyreel.script.base import Strict, alone_or_listed
from storyreel.script.dot import Time
from storyreel.script.units import Duration, Ease, Name, Point, Position

Size = Literal["extreme-close", "close", "medium-close", "medium", "full", "wide", "fill"]
"""The sizes of a shot, from the nearest on; `fill`: the thing fills the picture."""
SIZES: tuple[str, ...] = get_args(Size)
Angle = Literal["level", "low", "high", "above", "ground"]
"""From where a shot is seen."""
ANGLES: tuple[str, ...] = get_args(Angle)


def unplaced(value: object) -> object:
    """A list of names says of nobody where."""
    return dict.fromkeys(value) if isinstance(value, list) and all(isinstance(one, str) for one in value) else value


class Shot(Strict):
    """One set-up of the camera; it stands until the next `shot`."""

    like: str | None = Field(
        default=None, description="As this shot of the scene's `shots`, but for what is said here."
    )
    on: str | None = Field(
        default=None, description="Whom or what it looks at: a name, or a place of something's: phone.top."
    )
    size: Size | float | None = Field(
        default=None, description="How much of it is seen, or how high the head is, as a share of the picture's height."
    )
    at: Point | None = Field(default=None, description="Where in the safe box it stands, from 0 to 1, across and down.")
    from_: Angle | None = Field(default=None, alias="from", description="From where it is seen.")
    tilt: float | None = Field(default=None, ge=-45, le=45, description="Roll, in degrees.")
    behind: str | None = Field(default=None, description="Over whose shoulder one looks.")
    sees: Annotated[dict[Name, Point | None], BeforeValidator(unplaced)] | None = Field(
        default=None, description="Who else is in it, and where in the safe box; everybody placed, if left out."
    )
    cuts: Annotated[list[str], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="Whose face the picture's edge cuts on purpose; of everybody else it is told."
    )
    lane: Literal["low", "high", "none"] | None = Field(
        default=None,
        description="The band kept free for captions; if left out, low, or high where faces or hands lie low.",
    )
    focus: Annotated[list[str], BeforeValidator(alone_or_listed)] = Field(
        default=[],
        description="Who or what is sharp, so that all else is soft; `stage` is the set. All is, if left out.",
    )
    along: str | None = Field(
        default=None,
        description="With whom or what the camera goes; along a thread, from end to end while the shot lasts.",
    )
    set: str | None = Field(
        default=None, description="What stands behind it: a shipped set's name, or an SVG beside the scene."
    )


def _told(value: object) -> str:
    return "Shot" if isinstance(value, dict | Shot) else "word"


ShotItem = Annotated[Annotated[Shot, Tag("Shot")] | Annotated[str, Tag("word")], Discriminator(_told)]
"""A set-up, or the name of one, or a size."""


class Bars(Strict):
    """The film's own edge: bars above and below the picture."""

    top: float | None = Field(
        default=None, ge=0, le=0.5, description="How high the upper one is, as a share of the picture."
    )
    bottom: float | None = Field(default=None, ge=0, le=0.5, description="The same of the lower one.")
    over: Duration | None = Field(default=None, description="How long they move.")
    at: Time | None = Field(default=None, description="When, within the beat: a time, or a moment: king.bump + 2f.")


class CameraSpec(Strict):
    """What the camera does, from where it stands."""

    shot: Literal["wide", "full", "medium", "close"] | None = Field(
        default=None, description="How much of `on` is seen."
    )
    on: str | None = Field(default=None, description="Whom or what it looks at.")
    along: str | None = Field(default=None, description="The thread or the thing that it goes along, as far as `to`.")
    to: Position | None = Field(
        default=None, description="Where it looks, as a place; of `along` somebody's place, too."
    )
    zoom: float | None = Field(default=None, gt=0, le=6, description="Magnification: 1 shows the whole stage.")
    push: float | None = Field(default=None, gt=0, le=4, description="Magnification as a factor of what it is now.")
    tilt: float | None = Field(default=None, ge=-45, le=45, description="Roll, in degrees.")
    shake: float | None = Field(default=None, ge=0, le=200, description="A shake of so many units, dying away.")
    focus: Annotated[list[str], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="Who or what comes into focus, so that all else goes out of it."
    )
    follow: str | None = Field(default=None, description="Whom it keeps in view from now on.")
    into: str | None = Field(
        default=None, description="Moves to this shot of the scene's `shots` instead of cutting to it."
    )
    over: Duration | None = Field(
        default=None, description="How long the move takes; a cut if left out at a scene's start."
    )
    ease: Ease = "inout"
    at: Time | None = Field(default=None, description="When, within the beat: a time, or a moment: michii.slam.")
