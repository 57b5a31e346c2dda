"""What the touched does: from the frame of the contact on, never before and never without."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from storyreel.direct.blocking import Ground
from storyreel.direct.contacts import Contact, Reaching
from storyreel.direct.keyline import KeyLine
from storyreel.direct.schedule import Times
from storyreel.direct.things import Thing
from storyreel.script.placing import SEND
from storyreel.script.props import SHINING, Lamp, Pane, Phone

_PRESSED: Mapping[str, float] = {"press": 1.0, "push": 1.0, "tap": 0.75, "pat": 0.5}
_PRESSED_ELSE = 0.6
"""How far down a cap goes, by the verb."""
_DIP, _UP = Fraction(2, 30), Fraction(7, 30)
"""Seconds in which a cap goes down, and comes up again."""
_FLIP = Fraction(4, 30)
_CLICK, _SWITCH = Fraction(2, 30), ".switch"
_AWAKE = "awake"
"""The group of a drawing that is its screen, lit."""
_SUNK = 46.0
"""Units by which a group of a drawing goes down that is pressed."""
_GIVES = 0.05
"""The share of its height by which a soft thing gives."""
_QUIET = frozenset(("read", "sweep", "type", "erase", "wear", "take-off"))
"""Verbs under which nothing gives."""

React = Callable[[Thing, Reaching, Contact, Times], None]


def react(thing: Thing, one: Reaching, contact: Contact, times: Times, ground: Ground) -> None:
    """Has a thing answer a contact.

    Args:
        thing: what is touched.
        one: the touch.
        contact: the meeting.
        times: how long an author's times are.
        ground: where the places of its scene are.
    """
    if one.verb.name in _QUIET or not one.touches:
        return
    if one.verb.name in ("push", "pull") and one.part.to is not None and not isinstance(one.part.to, str):
        x, y = ground.point(one.part.to, standing=False)
        lasts = max(contact.off - contact.frame, 1)
        starts(thing.x, contact.frame, lasts, x, "out-cubic")
        starts(thing.y, contact.frame, lasts, y, "out-cubic")
    if thing.kind == "thread":
        return
    if one.verb.name == "eat":
        if thing.kind != "balloon":
            _eaten(thing, one, contact, times)
        return
    if one.verb.holds:
        return
    if thing.model.light is not None:
        _lights(thing, one, contact, times)
    _ANSWERS.get(thing.kind, give)(thing, one, contact, times)


_SWITCHES = frozenset(("touch", "press", "tap", "pull", "tug", "twist", "push"))


def _lights(thing: Thing, one: Reaching, contact: Contact, times: Times) -> None:
    """What gives light goes on or off at its switch (a lamp anywhere); under what covers it, it goes out."""
    light = thing.value(SHINING)
    if one.verb.name == "cover":
        starts(light, contact.frame, max(contact.off - contact.frame, 1), 0.0, "linear")
    elif one.verb.name in _SWITCHES and (isinstance(thing.model, Lamp) or str(contact.target).endswith(_SWITCH)):
        now = light.at(max(contact.frame - 1, 0))
        starts(light, contact.frame, times.clock.frames(_CLICK), 0.0 if now >= 0.5 else 1.0, "linear")


def starts(line: KeyLine, frame: int, frames: int, value: float, ease: str) -> None:
    """Moves a value so that its first change is seen on a frame: the frame before still shows the old one."""
    line.move(frame - 1 if frame else 0, frames + (1 if frame else 0), value, ease)


def _dip(thing: Thing, one: Reaching, contact: Contact, times: Times, key: str = "press") -> None:
    """A button's cap, or another key, goes down with what presses it, and up once that is off."""
    press = thing.value(key)
    starts(press, contact.frame, times.clock.frames(_DIP), _PRESSED.get(one.verb.name, _PRESSED_ELSE), "out-quad")
    press.move(contact.off, times.clock.frames(_UP), 0.0, "out-back")


def _flip(thing: Thing, one: Reaching, contact: Contact, times: Times) -> None:
    """A switch flips; touched again, back."""
    on = thing.value("on")
    starts(on, contact.frame, times.clock.frames(_FLIP), 0.0 if on.at(contact.frame) >= 0.5 else 1.0, "out-back")


def _swing(thing: Thing, one: Reaching, contact: Contact, times: Times) -> None:
    """A door opens or shuts with the hand that does it; whatever else touches it, it gives a little."""
    if one.verb.name not in ("open", "shut"):
        knock = thing.value("open")
        rest = knock.at(contact.frame)
        starts(knock, contact.frame, times.clock.frames(_DIP), rest + (0.02 if rest < 0.5 else -0.04), "out-quad")
        knock.move(contact.frame + times.clock.frames(_DIP), times.clock.frames(_UP), rest, "out-back")
        return
    swung(thing, contact.frame, contact.off - contact.frame, float(one.verb.name == "open"))


def swung(door: Thing, frame: int, frames: int, open_: float) -> None:
    """Swings a door open (1) or shut (0)."""
    starts(door.value("open"), frame, max(frames, 1), open_, "out-cubic" if open_ else "in-cubic")


def _bob(thing: Thing, one: Reaching, contact: Contact, times: Times) -> None:
    """What hangs in the air is knocked, and comes back."""
    frames, rest = times.clock.frames, thing.y.at(contact.frame)
    starts(thing.y, contact.frame, frames(Fraction(3, 30)), rest + 16, "out-quad")
    thing.y.move(contact.frame + frames(Fraction(3, 30)), frames(Fraction(14, 30)), rest, "out-elastic")


def _bend(thing: Thing, one: Reaching, contact: Contact, times: Times) -> None:
    """A pane bends about its middle, and springs back; a phone wakes."""
    frames, rest = times.clock.frames, thing.rot.at(contact.frame)
    starts(thing.rot, contact.frame, frames(Fraction(2, 30)), rest + 1.3, "out-quad")
    thing.rot.move(contact.frame + frames(Fraction(2, 30)), frames(Fraction(12, 30)), rest, "out-elastic")
    if isinstance(thing.model, Phone) or (isinstance(thing.model, Pane) and thing.model.edge == "phone"):
        wakes(thing, contact.frame, times)
    if str(contact.target).partition(".")[2] in thing.model.spots:
        _dip(thing, one, contact, times, SEND)
    give(thing, one, contact, times)


def wakes(thing: Thing, frame: int, times: Times) -> None:
    """A thing lights up: its screen is dark no more, and the light that it gives goes on; a drawing shows `awake`."""
    if _AWAKE in thing.groups:
        thing.value(_AWAKE).move(frame, 0, 1.0)
    if isinstance(thing.model, Phone | Pane) and "dark" in thing.values:
        starts(thing.value("dark"), frame, times.clock.frames(_FLIP), 0.0, "out-quad")
    if thing.model.light is not None:
        starts(thing.value(SHINING), frame, times.clock.frames(_CLICK), 1.0, "linear")


def give(thing: Thing, one: Reaching, contact: Contact, times: Times) -> None:
    """A soft thing is pressed a little flatter and wider, and springs back."""
    frames, depth = times.clock.frames, _GIVES * (1.0 if one.verb.name in ("press", "bump", "push") else 0.6)
    for name, least in (("sy", 1 - depth), ("sx", 1 + 0.6 * depth)):
        line = thing.values.setdefault(name, KeyLine(1.0))
        starts(line, contact.frame, frames(_DIP), least, "out-quad")
        line.move(contact.frame + frames(_DIP), frames(Fraction(10, 30)), 1.0, "out-elastic")


def _drawn(thing: Thing, one: Reaching, contact: Contact, times: Times) -> None:
    """A drawing shows its group `touched` for as long as it is touched, and `awake` from then on; a group of it that is
    pressed goes down. What has none of them gives as a whole.
    """
    shows = "touched" in thing.groups
    if shows:
        show = thing.value("touched")
        show.move(contact.frame, 0, 1.0)
        show.move(contact.off, 0, 0.0)
    lights = _AWAKE in thing.groups
    if lights:
        thing.value(_AWAKE).move(contact.frame, 0, 1.0)
    part = thing.group(contact.target)
    if part is not None and one.verb.name in ("press", "push", "tap", "pat", "touch", "bump"):
        sunk = thing.value(f"{part}.dy")
        depth = _SUNK * _PRESSED.get(one.verb.name, _PRESSED_ELSE)
        rest = sunk.at(contact.frame)
        starts(sunk, contact.frame, times.clock.frames(_DIP), rest + depth, "out-quad")
        sunk.move(contact.off, times.clock.frames(_UP), rest, "out-back")
    elif not (shows or lights):
        give(thing, one, contact, times)


def _eaten(thing: Thing, one: Reaching, contact: Contact, times: Times) -> None:
    """A bite at every contact; after the last nothing is left."""
    bites = len(one.contacts)
    left = 1 - (one.contacts.index(contact) + 1) / bites
    starts(thing.scale, contact.frame, times.clock.frames(_DIP), float(thing.model.size) * left, "out-quad")


_ANSWERS: Mapping[str, React] = {
    "button": _dip,
    "switch": _flip,
    "door": _swing,
    "balloon": _bob,
    "comment": _bob,
    "pane": _bend,
    "phone": _bend,
    "drawing": _drawn,
}
"""What each kind of thing does; every other gives."""
