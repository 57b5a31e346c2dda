"""The things a story can put on its stage: one model for each kind, the same in every look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, get_args

from pydantic import BeforeValidator, Field

from storyreel.script.air import Light
from storyreel.script.base import alone_or_listed
from storyreel.script.openings import Corners, PaneCamera, Shows
from storyreel.script.placing import SEND, Sender
from storyreel.script.placing import Placed as _Prop
from storyreel.script.units import Colour
from storyreel.script.written import Meter, Note, Pile, TextField, Thread, Words


def _send(sender: Sender, width: float, height: float) -> Mapping[str, tuple[float, float]]:
    """The lower right of a screen, if it sends."""
    return {SEND: (0.3 * width, 0.4 * height)} if sender.sends is not None else {}


class Button(Sender):
    """A big toy button that somebody can stamp on."""

    values: ClassVar[tuple[str, ...]] = ("press",)

    kind: Literal["button"]
    label: str = Field(default="BLOCK", max_length=8, description="The word on it.")


class Wall(_Prop):
    """A wall of toy blocks that rain down and build a castle once it plays."""

    kind: Literal["wall"]
    columns: int = Field(default=4, ge=2, le=10, description="Blocks across.")
    rows: int = Field(default=6, ge=1, le=10, description="Blocks up.")
    pennant: float = Field(default=0.12, ge=0, description="Seconds after the last block at which its flag springs up.")


class Pane(Sender):
    """A pane of a Duet: shows a set and some of the cast."""

    values: ClassVar[tuple[str, ...]] = (
        "crack",
        "glow",
        "width",
        "height",
        "radius",
        "dark",
        "near",
        "across",
        "down",
        "tilt",
    )

    kind: Literal["pane"]
    width: float = Field(default=410, gt=60, le=10_000, description="Units across.")
    height: float = Field(default=700, gt=60, le=10_000, description="Units down.")
    label: str = Field(default="", description="The handle on it.")
    mood: Literal["sweet", "grey", "friend"] = Field(default="sweet", description="How it feels.")
    set: str | None = Field(default=None, description="The set it shows.")
    zoom: float = Field(default=1.0, gt=0, le=4, description="Magnification of its set.")
    shape: Literal["box", "circle", "bar"] | None = Field(
        default=None, description="What shape it is; a pane of the look if neither this nor `edge` is said."
    )
    edge: Literal["ink", "phone", "none"] | None = Field(
        default=None, description="What its edge is: a line, a phone, nothing."
    )
    shows: Shows | None = Field(
        default=None,
        description="What one sees in it: a scene that is a `clip`, the same as another pane, one of the scene's "
        "`shots` as its camera would see it, `mirror` (those in it mirrored), `under` (everybody behind it in their "
        "view `under`); or people who are otherwise there.",
    )
    corners: Corners | None = Field(
        default=None,
        description="Its corners in shares of the picture, clockwise from the upper left, instead of a size.",
    )
    camera: PaneCamera | None = Field(default=None, description="A camera of its own.")
    sound: bool = Field(
        default=False, description="Whether the clip that it shows is heard, as through a phone or from afar."
    )
    radius: float = Field(default=1.0, ge=0, le=1, description="How far it is open at the start.")
    dark: float = Field(default=0.0, ge=0, le=1, description="How dark what one sees in it is at the start.")

    @property
    def window(self) -> bool:
        """Whether it is more than a pane of the look's own."""
        own = self.shape is not None or self.edge is not None or self.corners is not None
        return own or self.camera is not None or "dark" in self.model_fields_set

    @property
    def spots(self) -> Mapping[str, tuple[float, float]]:
        """Where its `send` is."""
        return _send(self, self.width, self.height)


class Phone(Sender):
    """A phone whose screen shows a set and some of the cast."""

    values: ClassVar[tuple[str, ...]] = ("width", "dark")

    kind: Literal["phone"]
    width: float = Field(default=620, gt=100, le=10_000, description="Units across.")
    set: str | None = Field(default=None, description="The set it shows.")
    zoom: float = Field(default=1.0, gt=0, le=4, description="Magnification of its set.")
    dark: float = Field(
        default=0.0, ge=0, le=1, description="How dark its screen is at the start; a touch or a ding wakes it."
    )

    @property
    def spots(self) -> Mapping[str, tuple[float, float]]:
        """Where its `send` is."""
        return _send(self, self.width, self.width * 2.05)


class Post(_Prop):
    """A post's handle and counters."""

    values: ClassVar[tuple[str, ...]] = ("likes", "comments", "pulse")

    kind: Literal["post"]
    handle: str = Field(description="The account, with its @.")
    text: str = Field(default="", max_length=160, description="What the post says, at most 160 signs.")


class Comment(_Prop):
    """A comment card."""

    kind: Literal["comment"]
    handle: str = Field(description="The account, with its @.")
    text: str = Field(description="What it says.")
    tone: Literal["kind", "mean"] = Field(default="kind", description="How it is meant.")


class Switch(_Prop):
    """A setting that can be switched: `on` goes from 0 to 1."""

    values: ClassVar[tuple[str, ...]] = ("on",)

    kind: Literal["switch"]
    question: str = Field(max_length=140, description="What is asked, at most 140 signs.")
    off: str = Field(default="Everyone", description="The answer at 0.")
    on: str = Field(default="Friends", description="The answer at 1.")


class Door(_Prop):
    """A door: it opens, shuts, is knocked at, and is gone through (`{exit: door}`); `open` goes from 0 to 1."""

    values: ClassVar[tuple[str, ...]] = ("open",)

    kind: Literal["door"]
    width: float = Field(default=340, ge=80, le=4000, description="Units across.")
    height: float = Field(default=700, ge=120, le=4000, description="Units down.")
    hinge: Literal["left", "right"] = Field(default="left", description="On which side its leaf hangs.")


class Lamp(_Prop):
    """A lamp: it gives light, and is switched by a touch; `light` goes from 0 to 1."""

    values: ClassVar[tuple[str, ...]] = ("light",)

    kind: Literal["lamp"]
    hangs: bool = Field(default=False, description="Hangs from above; else it stands.")
    light: Light | None = Field(default=Light(), description="The light that it gives.")

    @property
    def spots(self) -> Mapping[str, tuple[float, float]]:
        """Where its switch is."""
        return {"switch": (52.0, 186.0) if self.hangs else (0.0, 90.0)}


class Typing(_Prop):
    """A text box that somebody types into: `typed` goes from 0 to 1."""

    values: ClassVar[tuple[str, ...]] = ("typed",)

    kind: Literal["typing"]
    text: str = Field(description="What is typed.")
    hint: str = Field(default="", description="What stands there before.")


class Balloon(_Prop):
    """A speech balloon. With a `style`, or `of` somebody, it grows out of a mouth, and its tail stays there."""

    led: ClassVar[frozenset[str]] = frozenset(("of", "style"))

    kind: Literal["balloon"]
    text: str = Field(default="", description="What it says; left out, what is said `on` it.")
    of: str | None = Field(default=None, description="Out of whose mouth it grows; left out, whoever speaks on it.")
    style: Literal["speech", "shout", "thought", "whisper"] | None = Field(default=None, description="How it is said.")
    tail: Literal["left", "right", "none"] = Field(default="left", description="Where its tail is.")
    tone: Literal["kind", "mean"] = Field(default="kind", description="How it is meant.")


class Title(_Prop):
    """The film's title, or a word of its own."""

    kind: Literal["title"]
    text: str = Field(description="The title.")
    sub: str = Field(default="", description="A smaller line below.")


class Badge(_Prop):
    """A small chip with a word: DUET."""

    kind: Literal["badge"]
    text: str = Field(max_length=16, description="The word.")


class Block(_Prop):
    """A toy block."""

    kind: Literal["block"]
    colour: int = Field(default=0, ge=0, le=5, description="Which of the look's block colours.")
    icon: str = Field(default="heart", description="heart, star, bunny, or a letter.")


class Air(_Prop):
    """What drifts through the air of a scene: stars, rays, rain, foreground blocks."""

    kind: Literal["stars", "rays", "rain", "foreground", "streaks"]
    count: int = Field(default=24, ge=1, le=200, description="How many.")


class Crowd(_Prop):
    """Many from few: so many people of these puppets, as one thing; `far.3` is the third from the left.

    `size` may be two numbers: of the farthest and of the nearest.
    """

    kind: Literal["crowd"]
    of: Annotated[list[str], BeforeValidator(alone_or_listed)] = Field(
        min_length=1, description="Of whom, in turn: of the cast, or shipped puppets."
    )
    count: int = Field(default=12, ge=1, le=60, description="How many.")
    spread: tuple[float, float] = Field(
        default=(0.9, 0.12), description="How broad and how deep it stands about `at`, as shares of the safe box."
    )
    if not TYPE_CHECKING:  # of all other things it is one number
        size: float | tuple[float, float] = Field(
            default=(0.3, 0.4),
            description="Their size as a factor, or of the farthest and of the nearest: `[0.2, 0.3]`.",
        )

    @property
    def sizes(self) -> tuple[float, float]:
        """The size of the farthest and of the nearest."""
        size: object = self.size
        return size if isinstance(size, tuple) else (self.size, self.size)


class Drawing(Sender):
    """A drawing of your own (SVG), placed by the middle of its viewBox, a sheet of cells, or a shipped prop by name."""

    kind: Literal["drawing"]
    file: str = Field(description="A shipped prop's name, or an SVG or a sheet of cells (JSON) beside the scene.")
    colours: dict[str, Colour] = Field(default={}, description="Recast colours.")
    groups: dict[str, float] = Field(
        default={},
        description="Its named groups at the start: `Lid: 0` is not shown, `Knob.dx: 40` moved; `set` changes them.",
    )


class Picture(_Prop):
    """A picture or a video clip."""

    kind: Literal["picture"]
    file: str = Field(description="A PNG, JPEG, GIF, WebP, BMP or video beside the scene; what moves loops.")
    width: float = Field(default=600, gt=0, le=10_000, description="Units across.")
    height: float = Field(default=600, gt=0, le=10_000, description="Units down.")
    sound: bool = Field(default=True, description="A clip's own sound is heard while it is seen; false mutes it.")
    gain: float = Field(default=0.0, description="Its sound is louder or softer than speech by so many dB.")


Prop = Annotated[
    Button
    | Wall
    | Pane
    | Phone
    | Post
    | Comment
    | Switch
    | Door
    | Lamp
    | Typing
    | Balloon
    | Title
    | Badge
    | Block
    | Air
    | Crowd
    | Drawing
    | Picture
    | TextField
    | Note
    | Words
    | Meter
    | Pile
    | Thread,
    Field(discriminator="kind"),
]
"""Any thing on the stage; its `kind` says which."""

PLACING = frozenset(_Prop.model_fields)
"""The keys that place a prop; the rest of its keys are what the look draws."""

KINDS: dict[str, type[_Prop]] = {
    kind: model for model in get_args(get_args(Prop)[0]) for kind in get_args(model.model_fields["kind"].annotation)
}
"""Every kind of prop, and its model."""

SHINING = "light"
"""The value of whatever gives light."""
VALUES = {kind: model.values for kind, model in KINDS.items()}
"""The values that `set` may move, by kind."""
