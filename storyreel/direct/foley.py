"""Effects that follow from the action by themselves: a stamp stomps, blocks clack, a switch clicks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from storyreel.direct.acting import Act, moments
from storyreel.direct.contacts import FEET, Reaching
from storyreel.errors import StoryreelError, did_you_mean
from storyreel.script.models import Part
from storyreel.script.props import Prop, Wall
from storyreel.sound.instruments import INSTRUMENTS
from storyreel.sound.notes import is_note
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import EffectCue
from storyreel.timeline.wall import landings

Foley = Mapping[tuple[str, str], tuple[str, float]]
"""An effect and its level in dB, by (act, moment); of things by (kind or `thing`, `shown` or `ding`) and (`thing` or
`tumbling`, `gone`); of touches by (verb, kind or `thing`), (`feet`, …) or (`touched`, kind)."""

_PLAYED = "marimba"
"""The instrument of notes where nobody names one."""
NOTE = -8.0
"""How loud a note is."""

NEUTRAL: Foley = {
    ("stamp", "slam"): ("stomp", 0.0),
    ("enter", "land"): ("thump", -16.0),
    ("hop", "land"): ("thump", -18.0),
    ("jump", "land"): ("thump", -10.0),
    ("breathe", "in"): ("inhale", -6.0),
    ("breathe", "out"): ("exhale", -8.0),
    ("bonk", "hit"): ("thump", -2.0),
    ("tumble", "start"): ("tumble", -6.0),
    ("comment", "shown"): ("notification", -12.0),
    ("switch", "shown"): ("click", -12.0),
    ("thing", "shown"): ("swish", -16.0),
    ("thing", "gone"): ("swish", -6.0),
    ("thing", "ding"): ("notification", -8.0),
    ("feet", "button"): ("stomp", -2.0),
    ("feet", "thing"): ("thump", -12.0),
    ("touched", "button"): ("click", -7.0),
    ("touched", "switch"): ("switch", -6.0),
    ("touched", "lamp"): ("switch", -7.0),
    ("touched", "balloon"): ("pop", -16.0),
    ("open", "door"): ("swish", -14.0),
    ("shut", "door"): ("thump", -8.0),
    ("knock", "door"): ("knock", -8.0),
    ("through", "door"): ("swish", -12.0),
    ("knock", "thing"): ("thump", -10.0),
    ("tap", "thing"): ("click", -14.0),
    ("press", "thing"): ("click", -11.0),
    ("bump", "thing"): ("thump", -7.0),
    ("push", "thing"): ("thump", -11.0),
    ("pat", "thing"): ("thump", -18.0),
    ("wipe", "thing"): ("swish", -14.0),
    ("throw", "thing"): ("whoosh", -12.0),
    ("catch", "thing"): ("pop", -14.0),
    ("fall", "thing"): ("thump", -8.0),
    ("tug", "thing"): ("click", -20.0),
    ("type", "thing"): ("click", -16.0),
    ("erase", "thing"): ("click", -18.0),
}
"""What sounds in every look that says nothing else, and how loud (dB)."""


def act_effects(acts: Iterable[Act], start: int, clock: Clock, seed: int, own: Foley) -> list[EffectCue]:
    """The effects of an actor's acts; `start` is the scene's first film frame, `own` are the look's."""
    known = {**NEUTRAL, **own}
    return [
        EffectCue(known[act.kind, moment][0], start + frame, known[act.kind, moment][1], seed=seed + index)
        for act in acts
        for index, (moment, frame) in enumerate(moments(act.kind, dict(act.values), act.start, act.end, clock))
        if (act.kind, moment) in known
    ]


def show_effects(kind: str, frame: int, seed: int, own: Foley) -> list[EffectCue]:
    """What a prop sounds like as it comes into the picture; `frame` is a film frame."""
    effect, gain = _of_thing(kind, "shown", own)
    return [EffectCue(effect, frame, gain, seed=seed)]


def ding_effect(kind: str, frame: int, seed: int, own: Foley) -> EffectCue:
    """What a thing sounds like to which something was sent; `frame` is a film frame."""
    effect, gain = _of_thing(kind, "ding", own)
    return EffectCue(effect, frame, gain, seed=seed)


def play_effects(model: Prop, frame: int, clock: Clock, seed: int) -> list[EffectCue]:
    """A wall's blocks clack as they land, each at its own pitch."""
    if not isinstance(model, Wall):
        return []
    return [
        EffectCue("block-clack", frame + clock.frames(Fraction(seconds)), -9.0, seed=index)
        for index, seconds in enumerate(landings(model.columns, model.rows, seed))
    ]


def leave_effects(part: Part, frame: int, own: Foley) -> list[EffectCue]:
    """What a prop sounds like as it goes."""
    effect, gain = _of_thing("tumbling" if part.how == "tumble" else "thing", "gone", own)
    return [EffectCue(effect, frame, gain)]


def touch_effects(one: Reaching, kinds: Mapping[str, str], start: int, seed: int, own: Foley) -> list[EffectCue]:
    """What a touch sounds like, on the frame of every contact; with `notes` each contact is one of them.

    Args:
        one: the touch.
        kinds: what kind everything is that can be touched, by its name.
        start: the scene's first film frame.
        seed: of the first effect.
        own: what sounds otherwise in the look.

    Raises:
        StoryreelError: no such instrument, or no note.
    """
    if not one.touches or one.verb.limb == "eyes":
        return []
    played = notes(one.part)
    found = []
    for number, contact in enumerate(one.contacts):
        if played:
            found.append(EffectCue(played[number % len(played)], start + contact.frame, NOTE, seed=seed + number))
            continue
        heard = _touched(one, kinds.get(contact.name, "thing"), {**NEUTRAL, **own})
        if heard is not None:
            found.append(EffectCue(heard[0], start + contact.frame, heard[1], seed=seed + number))
    return found


def _touched(one: Reaching, kind: str, known: Foley) -> tuple[str, float] | None:
    by = ("feet",) if one.limb in FEET else (one.verb.name, "touched")
    return next((known[who, what] for what in (kind, "thing") for who in by if (who, what) in known), None)


def notes(part: Part) -> list[str]:
    """The notes of a part's contacts as effects: `marimba g4`."""
    names = (part.notes or "").split()
    instrument = part.by or _PLAYED
    for name in names:
        if not is_note(f"{instrument} {name}"):
            known = "" if instrument in INSTRUMENTS else did_you_mean(instrument, INSTRUMENTS)
            raise StoryreelError(f"'{name}' by {instrument} is no note; write notes: g4 a4 bb4, by: {_PLAYED}{known}")
    return [f"{instrument} {name}" for name in names]


def _of_thing(kind: str, moment: str, own: Foley) -> tuple[str, float]:
    """The effect of a kind of thing, or else of any thing."""
    known = {**NEUTRAL, **own}
    return known.get((kind, moment)) or known["thing", moment]
