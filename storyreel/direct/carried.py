"""What goes over a cut within a scene: where everybody was left, as what, and what they were just doing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from storyreel.direct.acting import Act
from storyreel.direct.camerawork import CameraWork
from storyreel.direct.cast import Performer
from storyreel.direct.contacts import Reaching
from storyreel.direct.drivers import Following
from storyreel.direct.hands import Deed
from storyreel.direct.keyline import KeyLine
from storyreel.direct.lettering import grows
from storyreel.direct.onwards import Going
from storyreel.direct.setups import Take
from storyreel.direct.things import RUNNING, WAITING, Thing
from storyreel.direct.tones import Change
from storyreel.direct.views import Facing
from storyreel.direct.weather import Air
from storyreel.script.models import Grade
from storyreel.script.props import Balloon
from storyreel.sound.lipsync import MouthCue
from storyreel.timeline.clock import Clock

_HELD: Sequence[frozenset[str]] = (
    frozenset(("face",)),
    frozenset(("pose", "droop", "perk")),
    frozenset(("look",)),
    frozenset(("turn",)),
)
_WAYS = frozenset(("enter", "go", "exit"))
_MOOD = ("saturation", "tint")


@dataclass(frozen=True)
class Body:
    """How somebody was left.

    Attributes:
        home: where they stand; before the way that they are on, if they are on one.
        place: where they will stand.
        acts: what they hold, and what they were doing in the last second; frames count from the cut.
        mouth: what of a line is still to be said.
    """

    home: tuple[float, float]
    place: tuple[float, float]
    here: bool
    acts: tuple[Act, ...]
    mouth: tuple[MouthCue, ...]
    facing: Facing | None
    states: Mapping[str, float]
    grown: float
    order: float
    inside: str | None = None
    """The pane or phone that they were in."""


@dataclass(frozen=True)
class Carried:
    """How a shot left everybody and everything."""

    bodies: Mapping[str, Body] = field(default_factory=dict)
    things: Mapping[str, Thing] = field(default_factory=dict)
    mood: tuple[tuple[str, float], ...] = ()
    grades: tuple[Grade, ...] = ()
    eye: tuple[tuple[float, float], ...] = ()
    """Where in the picture the eye may have been at its end."""
    covering: str | None = None
    """The thing that covers the picture, if one does."""
    hands: tuple[Deed, ...] = ()
    followings: tuple[Following, ...] = ()
    reachings: tuple[Reaching, ...] = ()
    going: tuple[Going, ...] = ()
    air: Air | None = None
    tones: tuple[Change, ...] = ()
    setting: Mapping[str, float] = field(default_factory=dict)
    """Where the groups of the set were left, by their channels."""


def left(cast: Iterable[Performer], things: Iterable[Thing], camera: CameraWork, length: int, clock: Clock) -> Carried:
    """How a shot of so many frames leaves everybody and everything."""
    second = clock.frames(1)
    return Carried(
        {one.name: _body(one, length, second) for one in cast},
        {thing.name: _thing(thing, length) for thing in things},
        tuple((name, camera.lines[name].last) for name in _MOOD),
        tuple(grade for grade, *_ in camera.grades[-1:]),
    )


def _body(one: Performer, length: int, second: int) -> Body:
    acts = sorted(one.acts, key=lambda act: act.start)
    held = [next((act for act in reversed(acts) if act.kind in kinds), None) for kinds in _HELD]
    lately = [act for act in acts if act.end > length - second and all(act is not one for one in held)]
    going = [act for act in lately if act.kind in _WAYS and act.end > length]
    kept = sorted([*(act for act in held if act is not None), *lately], key=lambda act: act.start)
    shifted = tuple(replace(act, start=act.start - length, end=act.end - length) for act in kept)
    gone = any(act.kind == "exit" and act.end <= length for act in acts[-1:])
    gone = gone or (one.leaves is not None and one.leaves <= length)
    came = one.here or (one.enters is not None and one.enters < length)
    states: dict[str, float] = {}
    for _, values in sorted(one.states, key=lambda state: state[0]):
        states |= values
    facing = max(one.facings, key=lambda each: each.frame, default=None)
    cues = sorted(one.mouth, key=lambda cue: cue.frame)
    sounding = [cue for cue in cues if cue.frame < length][-1:]
    rest = [replace(cue, frame=max(cue.frame - length, 0)) for cue in (*sounding, *cues[len(cues) :])]
    rest += [replace(cue, frame=cue.frame - length) for cue in cues if cue.frame >= length]
    return Body(
        one.before if going else one.place,
        one.place,
        came and not gone,
        shifted,
        tuple(rest) if any(cue.frame >= length for cue in cues) else (),
        replace(facing, frame=0) if facing is not None else None,
        states,
        one.grown.last,
        one.placement.order,
        one.placement.in_,
    )


def _thing(thing: Thing, length: int) -> Thing:
    begun = thing.played
    if thing.kind in RUNNING and thing.kind not in WAITING:
        begun = begun or 0
    said = isinstance(thing.model, Balloon) and "at" not in thing.model.model_fields_set and grows(thing.model)
    lies = {name: KeyLine(float(curve[length - 1])) for name, curve in thing.driven.items()}
    return replace(
        thing,
        x=lies.get("x") or _line(thing.x, length),
        y=lies.get("y") or _line(thing.y, length),
        scale=_line(thing.scale, length),
        rot=lies.get("rot") or _line(thing.rot, length),
        opacity=_line(thing.opacity, length),
        values={
            name: KeyLine(0.0) if said and name == "appear" else lies.get(name) or _line(line, length)
            for name, line in thing.values.items()
        },
        driven={},
        played=None if begun is None else begun - length,
        gone=None if thing.gone is None else max(thing.gone - length, 0),
        # What was said in a balloon that has no place of its own is gone with the shot.
        changes=[] if said else [one.later(-length) for one in thing.changes],
        lying=[one.later(-length) for one in thing.lying],
        grips=[one.later(-length) for one in thing.grips],
        releases=[],
    )


def _line(line: KeyLine, length: int) -> KeyLine:
    """A value from a cut on; what was on its way arrives."""
    made = KeyLine(line.at(length))
    if line.last != line.at(length):
        made.move(0, max(line.ends - length, 1), line.last, "out")
    return made


def taken_up(one: Performer, body: Body, acts: Sequence[str] = ()) -> None:
    """Puts somebody as they were left."""
    if body.inside == one.placement.in_:
        one.home, one.place, one.before = body.home, body.place, body.home
    one.here = body.here
    one.acts = [act for act in body.acts if act.kind not in acts]
    one.mouth = list(body.mouth)
    one.facings = [body.facing] if body.facing is not None else []
    one.states = [(0, body.states)] if body.states else []
    one.grown = KeyLine(body.grown)


def expected(take: Take, carried: Carried | None) -> list[str]:
    """Who has to be there for a shot though none of its beats names them: who was, and whom it sees."""
    shots = [take.shot, *(take.among or {}).values()] if take.shot is not None else []
    seen = [
        name.partition(".")[0]
        for shot in shots
        if shot is not None
        for name in (shot.on, shot.behind, *(shot.sees or {}))
        if name
    ]
    return [*(carried.bodies if carried is not None else ()), *seen]
