"""What is written on a thing at every frame: letter by letter as it is typed, said or erased, and what it becomes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from storyreel.script.props import Balloon, Prop
from storyreel.script.written import Note, TextField, Words
from storyreel.timeline.model import Setting, Word, settings
from storyreel.treatment.contract import Kit
from storyreel.treatment.widget import Box
from storyreel.widgets.bubbles import bubble_size, bubble_sort
from storyreel.widgets.lettered import Lettering, Sort, lettering, reach
from storyreel.widgets.written import field_size, field_sort, note_size, note_sort, sort_of

WRITTEN = frozenset(("words", "note", "balloon", "field"))
"""The kinds of things on which something is written that can change."""
ALL = 9999
"""More letters than any text has."""

Kind = Literal["written", "erased", "become", "scatter", "twist", "flip"]


@dataclass(frozen=True)
class Change:
    """A change of what is written on a thing, from a frame up to another; frames are its scene's.

    Attributes:
        text: what stands there afterwards, or is written.
        keys: for what is written or erased, the frames at which one letter more, or less, is there.
        how: of words that scatter: wind, dust or fall.
    """

    frame: int
    end: int
    kind: Kind
    text: str = ""
    keys: tuple[int, ...] = ()
    how: str = ""

    def later(self, frames: int) -> Change:
        """The same, so many frames later."""
        keys = tuple(key + frames for key in self.keys)
        return replace(self, frame=self.frame + frames, end=self.end + frames, keys=keys)


@dataclass(frozen=True)
class Side:
    """What stands on one side: its text, and how many of its letters are there from which frames on."""

    text: str = ""
    counts: tuple[tuple[int, int], ...] = ((-(1 << 20), ALL),)

    def at(self, frame: int) -> int:
        """How many of its letters are there at a frame."""
        count = [number for begins, number in self.counts if begins <= frame]
        return min(count[-1] if count else 0, letters_in(self.text))


@dataclass(frozen=True)
class Stretch:
    """Frames, half-open, in which the same texts stand on a thing, in one manner: a balloon's style, a word's body.

    `parted` is the change in which its letters fly, `up` which of its two sides is seen.
    """

    start: int
    end: int
    sides: tuple[Side, Side]
    style: str = ""
    up: int = 0
    parted: Change | None = None

    @property
    def side(self) -> Side:
        """The side that is up."""
        return self.sides[self.up]


def letters_in(text: str) -> int:
    """How many letters a text has, white space left out."""
    return sum(not sign.isspace() for sign in text)


def stretches(model: Prop, changes: Iterable[Change], length: int) -> list[Stretch]:
    """What is written on a thing, stretch by stretch, from before its scene up to so many frames of it."""
    now = Stretch(
        -(1 << 20), 1 << 20, (Side(getattr(model, "text", "")), Side(getattr(model, "back", ""))), _style(model)
    )
    found: list[Stretch] = []

    def begin(frame: int, made: Stretch) -> None:
        nonlocal now
        if frame > now.start:
            found.append(replace(now, end=frame))
        now = replace(made, start=max(frame, now.start), end=1 << 20)

    told = sorted(changes, key=lambda one: one.frame)
    for change in told:
        if change.kind == "written" and turned_into(told, change.text, change.frame, change.end):
            continue
        if change.kind == "flip":
            begin((change.frame + change.end) // 2, replace(now, up=1 - now.up))
        elif change.kind == "erased":
            left = now.side.at(change.frame - 1)
            keyed = ((key, max(left - number, 0)) for number, key in enumerate(change.keys, 1))
            now = _up(now, replace(now.side, counts=(*now.side.counts, *keyed)))
        elif change.kind == "written":
            side = _said(now.side, change)
            if side is not None:
                begin(change.frame, _up(now, side))
        elif change.kind == "twist":
            style = "shout" if isinstance(model, Balloon) else now.style
            begin(change.frame, replace(_up(now, Side(change.text)), style=style))
        else:
            begin(change.frame, replace(now, parted=change))
            begin(change.end, replace(after_of(model, now, change.text), parted=None))
    found.append(now)
    return [one for one in found if one.end > 0 and one.start < length]


def turned_into(changes: Iterable[Change], text: str, start: int, end: int) -> bool:
    """Whether something comes to say a text by itself while that is said: what is wrung needs no writing."""
    return any(
        one.kind == "twist" and one.frame <= end and one.end >= start and bare(one.text) == bare(text)
        for one in changes
    )


def _style(model: Prop) -> str:
    if isinstance(model, Words):
        return model.body
    return (model.style or "speech") if isinstance(model, Balloon) else ""


def _up(one: Stretch, side: Side) -> Stretch:
    """A stretch with another text on the side that is up."""
    return replace(one, sides=(side, one.sides[1]) if one.up == 0 else (one.sides[0], side))


def after_of(model: Prop, one: Stretch, text: str) -> Stretch:
    """What stands on a thing when its letters are home again; a stone is none any more."""
    return replace(_up(one, Side(text)), style="letters" if isinstance(model, Words) else one.style)


def _said(side: Side, change: Change) -> Side | None:
    """A side on which something is written; None where that stands there already."""
    here = side.at(change.frame - 1)
    whole = here == letters_in(side.text)
    same = bool(here) and bare(side.text) == bare(change.text)
    if same and whole:
        return None
    # Typed behind what is there; said, instead of it, unless it begins as that does, or goes on with it.
    text, before = change.text, here if same else 0
    if whole and change.how == "typed":
        text, before = f"{side.text}{change.text}", here
    elif whole and bare(change.text).startswith(bare(side.text)):
        before = here
    wanted = letters_in(text) - before
    keys = change.keys[-wanted:] if 0 < wanted < len(change.keys) else change.keys
    counts = ((key, before + number) for number, key in enumerate(keys, 1))
    return Side(side.text if same else text, ((-(1 << 20), before), *counts))


def bare(text: str) -> str:
    """A text as it is compared: small letters and digits."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def typed_keys(text: str, frames: Sequence[int]) -> tuple[int, ...]:
    """The frames at which each letter of a text is there, typed with so many keys; a space takes one, too."""
    signs = [not sign.isspace() for sign in text]
    last = len(frames) - 1
    return tuple(frames[min(number, last)] for number, seen in enumerate(signs) if seen)


def said_keys(words: Sequence[Word], film: int) -> tuple[int, ...]:
    """When each letter of a line is there, as its words sound; `film` is the scene's first film frame."""
    keys: list[int] = []
    for word in words:
        count = letters_in(word.text)
        lasts = max(word.end - word.start, 1)
        keys += [word.start - film + lasts * number // max(count, 1) for number in range(count)]
    return tuple(keys)


def standing(model: Prop, changes: Iterable[Change], frame: int) -> tuple[str, int]:
    """What stands on the side of a thing that is up at a frame, and how many letters of it."""
    here = [one for one in stretches(model, changes, frame + 1) if one.start <= frame < one.end]
    return (here[-1].side.text, here[-1].side.at(frame)) if here else ("", 0)


def standing_last(model: Prop, changes: Iterable[Change]) -> dict[str, Setting]:
    """What a thing is taken to have on it where its size is asked for: its own text, or else the last that it gets."""
    texts = [getattr(model, "text", "")] + [change.text for change in sorted(changes, key=lambda one: one.frame)]
    said = next((text for text in texts if text), "")
    return {"text": said, "style": model.style or "speech"} if isinstance(model, Balloon) else {"text": said}


def widget_kind(model: Prop) -> str:
    """The widget that a thing is drawn with: a balloon that nothing is said of is the look's own."""
    return "bubble" if isinstance(model, Balloon) else str(model.kind)


def grows(model: Prop) -> bool:
    """Whether a balloon comes out of somebody's mouth."""
    return isinstance(model, Balloon) and (model.of is not None or model.style is not None or not model.text)


def given(model: Prop, told: Mapping[str, Setting], one: Stretch) -> tuple[tuple[str, Setting], ...]:
    """What a stretch of a thing is drawn from."""
    made = {**told, "text": one.sides[0].text}
    if isinstance(model, Note):
        made["back"] = one.sides[1].text
    if isinstance(model, Words):
        made["body"] = one.style
    if isinstance(model, Balloon):
        made = {"text": one.sides[0].text, "style": one.style}
    return settings(made)


def sort_on(model: Prop, told: Mapping[str, Setting]) -> Sort:
    """How the letters on a thing are set."""
    if isinstance(model, Words):
        return sort_of(told)
    if isinstance(model, Note):
        return note_sort(told)
    return bubble_sort(told) if isinstance(model, Balloon) else field_sort(told)


def set_on(model: Prop, told: Mapping[str, Setting], text: str, kit: Kit) -> Lettering:
    """The letters of a text as they stand on a thing."""
    return lettering(text, sort_on(model, told), kit)


def box_of(model: Prop, told: Mapping[str, Setting], kit: Kit) -> Box:
    """What a thing takes up about its place, at size 1."""
    if isinstance(model, Words):
        sort = sort_of(told)
        found = lettering(str(told.get("text") or "—"), sort, kit)
        return reach(found.box, (0.52 if told.get("body") == "stone" else sort.rim) * found.size)
    if isinstance(model, Note):
        wide, tall = note_size(told)
    elif isinstance(model, TextField):
        wide, tall = field_size(told)
    else:
        wide, tall = bubble_size(told)
    return (-wide / 2, -tall / 2, wide / 2, tall / 2)
