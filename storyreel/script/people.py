"""Who is in a film: the cast, and the human behind the account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator, Field

from storyreel.script.base import Strict, alone_or_listed
from storyreel.script.units import Colour, Point
from storyreel.script.voice import VoiceSpec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Build(Strict):
    """A body of one's own, as factors of the puppet's."""

    height: float = Field(default=1.0, ge=0.4, le=2, description="How tall, as a factor; the head keeps its size.")
    width: float = Field(default=1.0, ge=0.4, le=2, description="How broad, as a factor; the head keeps its size.")


class CastMember(Strict):
    """One of the cast: a puppet, its voice, its colours, what it wears."""

    if TYPE_CHECKING:
        # One thing stands for a list of one, and a dict for what stands under a key, which type checkers can't know.
        def __init__(
            self,
            *,
            puppet: str,
            voice: VoiceSpec | Mapping[str, object] | None = None,
            colours: Mapping[str, str] = {},
            wear: str | Sequence[str] = (),
            size: float = 1.0,
            build: Build | Mapping[str, object] | None = None,
        ) -> None: ...

    puppet: str = Field(
        description="A shipped puppet's name, or the path of an SVG or of a sheet of cells (JSON) beside the scene."
    )
    voice: VoiceSpec | None = Field(default=None, description="The voice; left out, a cast member can't speak.")
    colours: dict[str, Colour] = Field(default={}, description="Recast colours by their names in the puppet's rig.")
    wear: Annotated[list[str], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="Outfits of the puppet's rig, one over the other: hair, glasses."
    )
    size: float = Field(default=1.0, gt=0, le=4, description="Size as a factor: 1 is a hero of 840 units.")
    build: Build | None = Field(default=None, description="A body of one's own.")


class Portrait(Strict):
    """A photo or a clip of somebody, and where their eyes are in it."""

    file: str = Field(description="A photo or video clip, relative to the scene file.")
    eyes: Point | None = Field(
        default=None, description="The middle between the eyes, in shares of it: it comes where the drawn eyes were."
    )
    apart: float | None = Field(
        default=None,
        gt=0,
        le=1,
        description="How far apart the eyes are, as a share of its width: as far as the drawn ones.",
    )
    blinks: str | None = Field(
        default=None, description="The same picture with its eyes shut: it blinks while it is alone, and on the card."
    )


def named_picture(value: object) -> object:
    """A plain string is a picture's file."""
    return {"file": value} if isinstance(value, str) else value


class Creator(Strict):
    """The human behind the account."""

    if TYPE_CHECKING:
        # A plain string stands for a portrait, and a dict for what is said of one, which type checkers can't know.
        def __init__(
            self,
            *,
            name: str,
            handle: str,
            portrait: Portrait | Mapping[str, object] | str,
            sound: bool = True,
            label: str = "",
            message: str = "",
            puppet: str = "",
            line: str = "",
        ) -> None: ...

    name: str = Field(min_length=1, description="The name on the card.")
    handle: str = Field(description="The account, with its @.")
    portrait: Annotated[Portrait, BeforeValidator(named_picture)] = Field(
        description="A photo or video clip, relative to the scene file; a plain name is its file."
    )
    sound: bool = Field(default=True, description="The portrait's own sound is heard, if it is a clip; false mutes it.")
    label: str = Field(default="", description="A small label on the portrait, e.g. 'stand-in portrait'.")
    message: str = Field(
        default="", description="One line in their own words; what `reveal` has them say, if left out."
    )
    puppet: str = Field(
        default="", description="The cast member that stands for them; the first of the cast if left out."
    )
    line: str = Field(default="", description="What they say at the end, in their puppet's voice; nothing if left out.")
