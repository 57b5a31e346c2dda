"""Things that are made of words, and what is carried or strung: fields, notes, words, meters, piles, threads."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from storyreel.script.base import alone_or_listed
from storyreel.script.placing import Placed
from storyreel.script.units import Colour, Point


class TextField(Placed):
    """What one types into, letter by letter; it has a caret. `typed` goes from 0 to 1."""

    values: ClassVar[tuple[str, ...]] = ("typed",)

    kind: Literal["field"]
    text: str = Field(default="", description="What stands in it at first.")
    hint: str = Field(default="", description="What stands there while it is empty.")
    width: float = Field(default=700, ge=160, le=4000, description="Units across.")


class Note(Placed):
    """A piece of paper in somebody's handwriting; it has two sides."""

    kind: Literal["note"]
    text: str = Field(default="", description="What stands on its front; left out, what is said `on` it.")
    back: str = Field(default="", description="What stands on its back.")
    handwriting: str = Field(
        default="", description="In whose hand it is written: one of the cast, or any word for a hand."
    )
    width: float = Field(default=420, ge=80, le=4000, description="Units across.")
    height: float = Field(default=300, ge=60, le=4000, description="Units down.")
    colour: Colour | None = Field(default=None, description="The paper's.")


class Words(Placed):
    """Words as bodies, each letter of its own; they fall, lie on each other, become others, are blown away."""

    values: ClassVar[tuple[str, ...]] = ("lit",)

    kind: Literal["words"]
    text: str = Field(default="", description="What they are; left out, what is said `on` them.")
    body: Literal["letters", "stone"] = Field(
        default="letters", description="Bare letters, or a stone that they are cut into."
    )
    style: Literal["plain", "title", "shout", "whisper"] = Field(
        default="plain", description="How large and loud they are."
    )
    width: float = Field(default=700, ge=80, le=4000, description="The longest row, in units.")


class Meter(Placed):
    """A row of notches that fills: its value is `full`, from 0 to 1."""

    values: ClassVar[tuple[str, ...]] = ("full",)

    kind: Literal["meter"]
    label: str = Field(default="", max_length=16, description="The word on it.")
    notches: int = Field(default=12, ge=2, le=40, description="How many notches.")


class Pile(Placed):
    """A pile in somebody's arms: it takes things in, sways late, and comes apart when it is let go, the top first.

    Its value is `full`, from 0 to 1.
    """

    values: ClassVar[tuple[str, ...]] = ("full",)

    led: ClassVar[frozenset[str]] = frozenset(("of",))

    kind: Literal["pile"]
    of: list[str] = Field(default=[], description="Things that lie on each other there, from below: they are the pile.")
    most: int = Field(default=12, ge=2, le=40, description="How many sheets it has when it is full.")

    @property
    def inside(self) -> str | None:
        """Nothing: `in` says in whose arms it is."""
        return None


class Thread(Placed):
    """A thread between two places; it hangs, or is taut. Its values are `drawn` and `slack`."""

    values: ClassVar[tuple[str, ...]] = ("drawn", "slack")
    led: ClassVar[frozenset[str]] = frozenset(("from_", "to", "via", "slack"))

    kind: Literal["thread"]
    from_: str | Point = Field(alias="from", description="Where it begins: a place of somebody's or something's.")
    to: str | Point = Field(description="Where it ends.")
    via: Annotated[list[str | Point], BeforeValidator(alone_or_listed)] = Field(
        default=[], max_length=3, description="Places that it runs over on its way, three at the most."
    )
    slack: float = Field(default=0.0, ge=0, le=4, description="How much longer it is than its way: 0 is taut.")
    colour: Colour | None = Field(default=None, description="Its colour.")
