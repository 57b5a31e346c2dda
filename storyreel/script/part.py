"""What one of the cast, or one prop, does in a beat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Discriminator, Field, Tag

from storyreel.script.air import Grade
from storyreel.script.base import Strict, alone_or_listed
from storyreel.script.dot import DOTTED, Time
from storyreel.script.units import Duration, Ease, Point, Position
from storyreel.script.verbs import VERBS, Target, Verb
from storyreel.script.voice import VoiceSpec

if TYPE_CHECKING:
    # The fields of `Touching` come out of a table, which a type checker can't read.
    from storyreel.script.base import Strict as Touching
else:
    from storyreel.script.verbs import Touching

View = Literal["front", "quarter", "profile", "back"]
"""The sides that somebody can turn to us."""
VIEWS: tuple[str, ...] = get_args(View)
Side = Literal["left", "right"]


class Follow(Strict):
    """Another's value that a value follows from then on."""

    of: str = Field(description="Whose, behind the dot: field.typed.")
    to: tuple[float, float] = Field(
        default=(0.0, 1.0), description="What it becomes where the other is 0, and where it is 1."
    )
    late: Duration | None = Field(default=None, description="How much later.")


def followed(value: object) -> object:
    """A dot is the value that is followed."""
    return {"of": value} if isinstance(value, str) and DOTTED.fullmatch(value) else value


def _goal(value: object) -> str:
    return "Follow" if isinstance(value, dict | Follow) else "number"


def _turned(value: object) -> str:
    return "views" if isinstance(value, list | tuple) else "view" if value in VIEWS else "number"


Goal = Annotated[
    Annotated[float, Tag("number")] | Annotated[Follow, Tag("Follow")], Discriminator(_goal), BeforeValidator(followed)
]
"""What a value moves to: a number, or another's value that it follows from then on."""
Turn = Annotated[
    Annotated[float, Field(ge=-1, le=1), Tag("number")]
    | Annotated[View, Tag("view")]
    | Annotated[list[View], Tag("views")],
    Discriminator(_turned),
]
"""A turn of the head, or the view that somebody turns to us, or several one after another."""


@dataclass(frozen=True)
class Touch:
    """What a part does to things: the verb, and one target after another."""

    verb: Verb
    targets: tuple[Target, ...]


class Part(Touching):
    """What one of the cast, or one prop, does in a beat. What stands in one part happens together."""

    if TYPE_CHECKING:
        # Type checkers take aliases for the only names, and times for nothing but `Duration`.
        def __init__(self, **said: object) -> None: ...

    say: str | None = Field(default=None, description="A spoken, captioned line; « / » waits for `resume`.")
    recording: str | None = Field(
        default=None, description="A recording of the line, beside the scene, instead of a voice."
    )
    caption: bool = Field(default=True, description="Whether the line is captioned.")
    voice: VoiceSpec | None = Field(default=None, description="What of the voice is other for this line.")
    as_: str | None = Field(default=None, alias="as", description="How the line is written, where not as it is spoken.")
    on: Annotated[list[str], BeforeValidator(alone_or_listed)] = Field(
        default=[],
        description="Where the line, or what is typed, can be read: a thing, a place of one's, lane or nowhere.",
    )
    and_: Annotated[list[str], BeforeValidator(alone_or_listed)] = Field(
        default=[], alias="and", description="Who says the line along."
    )
    early: Duration | None = Field(default=None, description="How long before its beat the line begins.")
    off: Literal["left", "right", "top", "over"] | None = Field(
        default=None,
        description="From where the voice of one who isn't seen comes; `over`: from nowhere, a voice-over.",
    )
    resume: Annotated[list[Time], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="When the line goes on behind each « / »."
    )
    do: Annotated[list[str | dict[str, Any]], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="Acts, together: hop, dance, wave, stamp … or `{dance: {style: b}}`."
    )
    face: str | None = Field(default=None, description="An expression: joy, happy, sad, angry, surprised, worried, …")
    blink: bool = Field(default=True, description="Whether they may blink as long as this face is held.")
    look: str | tuple[float, float] | None = Field(
        default=None,
        description="Where the eyes go: left, right, up, down, camera, one of the cast, or [x, y] in -1..1.",
    )
    turn: Turn | None = Field(
        default=None,
        description="Turns the head: -1 left of picture, 1 right; or a view, or several one after another.",
    )
    pose: str | None = Field(default=None, description="A pose named in the puppet's rig, held from here on.")
    hands: dict[Side, str] = Field(
        default={}, description="Hands of the puppet's rig, held from here on: `{left: fist}`."
    )
    enter: str | None = Field(
        default=None, description="Comes in from: left, right, top, bottom; through a door; or `pop`."
    )
    exit: str | None = Field(
        default=None, description="Goes off to: left, right, top, bottom; through a door; or `pop`."
    )
    go: Position | None = Field(
        default=None, description="Goes there: to a place of the stage, to somebody, something."
    )
    how: Literal["walk", "hop", "slide", "bounce", "tumble", "pop"] | None = Field(
        default=None, description="How it moves there."
    )
    with_: str | None = Field(
        default=None,
        alias="with",
        description="With which limb or thing it touches; the nearest free hand, if left out.",
    )
    stop: float | None = Field(
        default=None, gt=0, le=2000, description="How many units short of it the hand stays: no contact."
    )
    to: str | Point | None = Field(default=None, description="Where what is touched goes: a place, somebody.")
    into: str | None = Field(default=None, description="What it goes into, or becomes.")
    times: int = Field(default=1, ge=1, le=60, description="How often it is touched.")
    each: Duration | None = Field(
        default=None, description="From one to the next: of targets, times, letters, views, of a crowd."
    )
    notes: str | None = Field(default=None, description="A note a contact: `g4 a4 bb4`.")
    from_: str | Point | None = Field(
        default=None, alias="from", description="Of a crowd or the set: who or what is nearest to this begins."
    )
    by: str | None = Field(default=None, description="The instrument that plays the notes.")
    until: Time | None = Field(
        default=None,
        description="Until when it goes on, or its line is cut short: a time, or a moment, also of a later beat.",
    )
    through: str | None = Field(
        default=None, description="The edge of a pane that they reach or go out over: `a.right`; it bends."
    )
    stay: bool = Field(default=False, description="Stays on what it touches, and goes where that goes.")
    in_: str | None = Field(
        default=None, alias="in", description="The pane or phone that shows them, from this shot on."
    )
    echo: str | None = Field(default=None, description="Whom it copies for this beat.")
    late: Duration | None = Field(default=None, description="How much later it copies.")
    only: Annotated[list[str], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="The parts that it copies."
    )
    show: Literal["pop", "slide", "fade", "now"] | None = Field(default=None, description="Comes into the picture.")
    hide: Literal["pop", "slide", "fade", "now"] | None = Field(default=None, description="Leaves the picture.")
    set: dict[str, Goal] = Field(
        default={},
        description="A prop's values move to these: likes, press, on … or follow another's: `{typed: mi.read}`.",
    )
    hang: Target | None = Field(
        default=None, description="Hangs there from then on, and sways: words, notes, balloons."
    )
    flip: bool = Field(default=False, description="A note turns over.")
    become: str | None = Field(
        default=None, description="Words become these: shared letters fly over, the rest drops, what is missing grows."
    )
    scatter: Literal["wind", "dust", "fall"] | None = Field(
        default=None, description="Words come apart: blown away, to dust, or their letters fall."
    )
    mood: Annotated[list[Grade], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="Colours of their own, from then on; what is left out stays as the picture's."
    )
    play: bool = Field(default=False, description="A prop that runs by itself (a wall, a burst) starts.")
    size: float | None = Field(default=None, gt=0, le=6, description="Grows or shrinks to this factor.")
    rot: float | None = Field(default=None, description="Turns to so many degrees.")
    at: Time | None = Field(
        default=None, description="When, within the beat: a time, or a moment: michii.slam; of a touch, the contact."
    )
    for_: Duration | None = Field(default=None, alias="for", description="How long the act takes, or is kept up.")
    over: Duration | None = Field(
        default=None, description="How long a change of values, or the reach of a touch, takes."
    )
    ease: Ease = "out-back"

    @property
    def touches(self) -> tuple[Touch, ...]:
        """What it does to things, in the order of the table of verbs."""
        written = self.model_fields_set
        found = ((verb, getattr(self, verb.field)) for verb in VERBS.values() if verb.field in written)
        return tuple(Touch(verb, tuple(targets)) for verb, targets in found if targets)


def spoken_line(value: object) -> object:
    """A plain string is a spoken line."""
    return {"say": value} if isinstance(value, str) else value


PartItem = Annotated[Part, BeforeValidator(spoken_line)]
Parts = Annotated[list[PartItem], BeforeValidator(alone_or_listed)]
