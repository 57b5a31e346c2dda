"""Touches as data: what can be done to a thing, with which limb, to which moments it comes, and what answers it.

The keys of a part, the editors' schema, the reference and the messages are made from this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator, Field, create_model

from storyreel.script.base import Strict, alone_or_listed
from storyreel.script.units import Point

Target = str | Point
"""What is touched: a name, a place of something's (`phone.corner`), or a place on the stage."""


@dataclass(frozen=True)
class Verb:
    """One thing that can be done to a thing.

    Attributes:
        name: the key, as an author writes it.
        about: what is seen, in a sentence.
        limb: what does it where nothing else is named (`with`): hand, hands, feet, head, mouth, eyes.
        own: its moments besides `near`, the contact itself, `off` and `end`.
        holds: whether it changes who has what.
        text: whether it names a text instead of a thing (`type: hello`).
    """

    name: str
    about: str
    limb: str = "hand"
    own: tuple[str, ...] = ()
    holds: bool = False
    text: bool = False

    @property
    def field(self) -> str:
        """Its name in Python."""
        return self.name.replace("-", "_")


_ALL = (
    Verb("touch", "Touches it."),
    Verb("press", "Presses it down."),
    Verb("tap", "Taps on it."),
    Verb("pat", "Pats it."),
    Verb("wipe", "Wipes over it."),
    Verb("push", "Pushes it, as far as `to`."),
    Verb("pull", "Pulls it, as far as `to`."),
    Verb("tug", "Tugs at it."),
    Verb("twist", "Twists it."),
    Verb("eat", "Eats it.", limb="mouth", own=("gulp",)),
    Verb("bump", "Bumps against it."),
    Verb("open", "Opens it."),
    Verb("shut", "Shuts it."),
    Verb("knock", "Knocks at it, `times` times."),
    Verb("cover", "Lies over it until it is covered.", own=("full",)),
    Verb("sweep", "Passes over one after another."),
    Verb("type", "Types these words `on` a field, a key a letter.", own=("key",), text=True),
    Verb("erase", "Takes the letters of a field away again.", own=("key",)),
    Verb("fall", "Falls, of itself, and lands on it: `at` is the landing.", limb="weight"),
    Verb("read", "The eyes go there, one after another.", limb="eyes"),
    Verb("take", "Takes it, and has it from then on.", holds=True),
    Verb("catch", "Catches it.", holds=True),
    Verb("hold", "Takes hold of it and doesn't let go.", holds=True),
    Verb("put", "Puts it down, `to` a place or `into` something.", holds=True),
    Verb("give", "Gives it `to` somebody.", holds=True),
    Verb("drop", "Lets it fall.", holds=True),
    Verb("throw", "Throws it, `to` a place or `into` something.", holds=True),
    Verb("wear", "Puts it on: outfits of the puppet's rig, worn from then on.", holds=True),
    Verb("take-off", "Takes off what is worn.", holds=True),
)
VERBS: Mapping[str, Verb] = {verb.name: verb for verb in _ALL}
"""Every verb by the key that an author writes."""

ANSWERS: Mapping[str, str] = {
    "button": "dips as far as it is pressed",
    "switch": "flips",
    "door": "opens and shuts, and gives a little when it is knocked at",
    "lamp": "goes on, or off",
    "typing": "takes a letter with every key",
    "pane": "bends at the edge; pushed, it slides; with a phone's edge it wakes, as a phone",
    "phone": "wakes, and bends at the edge; pushed, it slides; at its `send` it sends",
    "balloon": "bobs",
    "words": "light up when they are read; whatever carries them gives",
    "field": "takes a letter with every key, or gives one away",
    "pile": "gives; comes apart when it is let go, the lightest first",
    "thread": "goes taut; whoever holds its other end gives",
    "drawing": "gives; its group `touched` is shown, if it has one, and `awake` from then on",
}
"""What each kind of thing does when it is touched; every other kind gives a little."""


class _Touching(Strict):
    """What is done to a thing."""


def _field(verb: Verb) -> tuple[object, object]:
    alias = verb.name if verb.field != verb.name else None
    default: object = Field(default=[], description=verb.about, alias=alias)
    return Annotated[list[Target], BeforeValidator(targets)], default


def targets(value: object) -> object:
    """A list of targets; two numbers are one place."""
    pair = isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(one, int | float) for one in value)
    return [value] if pair else alone_or_listed(value)


Touching = create_model("Touching", __base__=_Touching, **{verb.field: _field(verb) for verb in _ALL})  # type: ignore[call-overload]
"""The keys of a part that are touches, one for each verb."""
