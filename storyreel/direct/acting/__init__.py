"""Acting: what a puppet does, baked frame by frame. Idling, speech, held states, acts and physics add up.

Acts are thought in thirtieths of a second and in thousandths of a body's height, and are sampled at the film's rate.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np

from storyreel.direct.acting import (
    breaths,
    entrances,
    gestures,
    grooves,
    knocks,
    leaps,
    moods,
    sitting,
    touches,
    travel,
)
from storyreel.direct.acting.act import BASE, Act
from storyreel.direct.acting.curves import Array, Curves, kept
from storyreel.direct.acting.follow import follow_through
from storyreel.direct.acting.idle import blinks, idle
from storyreel.direct.acting.kinds import ActKind
from storyreel.direct.acting.listening import Heard, listen
from storyreel.direct.acting.living import live
from storyreel.direct.acting.solve import solve
from storyreel.direct.acting.speech import accents, changes, lips, mouth_curve
from storyreel.direct.acting.states import faces, gazes, named, poses
from storyreel.direct.acting.take import Take
from storyreel.direct.acting.touches import Meeting
from storyreel.puppet.model import Rig
from storyreel.script.vocabulary import Option
from storyreel.sound.lipsync import MouthCue, openness
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Setting
from storyreel.timeline.track import Channel
from storyreel.treatment.contract import ONES, Exposure
from storyreel.treatment.look import Motion

__all__ = ["ACTS", "Act", "ActKind", "Heard", "described", "known", "moments", "natural_seconds", "perform"]


def _elsewhere(take: Take) -> None:
    """Held states and ways from place to place are played by rooms of their own."""


def _times(each: float, once: float, otherwise: float = 1) -> Callable[[Mapping[str, Setting]], float]:
    """The length of an act that is done `times` times."""

    def natural(values: Mapping[str, Setting]) -> float:
        times = values.get("times", otherwise)
        return once + each * (max(1, round(float(times))) - 1 if isinstance(times, int | float) else 0)

    return natural


def _hop_moments(act: Act, given: float) -> list[tuple[str, float]]:
    times = max(1, round(act.number("times", 1)))
    whole = 24 + 17.0 * (times - 1)
    return [
        (name, (at + 17.0 * n) * given / whole) for n in range(times) for name, at in (("takeoff", 6.0), ("land", 16.0))
    ]


_SIDES = ("left", "right", "top", "bottom")
_ACROSS = ("left", "right")
_SIDE = {"side": Option("which of the puppet's own sides", _ACROSS)}
_TO = {"to": Option("which way in the picture", _ACROSS)}
_HEIGHT = {"height": Option("how high, in thousandths of its height", least=0, most=2000)}
_TEMPO = {
    "tempo": Option("beats a minute, where the music has none of its own", least=20, most=400),
    "phase": Option("where in its beats it begins", least=0, most=64),
}
_WAY = {
    "side": Option("where from, or where to", (*_SIDES, "pop")),
    "how": Option("how", ("hop", "walk", "slide", "bounce", "tumble", "pop")),
    "distance": Option("how far off, in stage units"),
}
_DISTANCE = Option("how far, in stage units", least=0)
_AT = {"x": Option("across from the feet, in the drawing's units"), "y": Option("from the feet; up is negative")}


def _often(what: str) -> dict[str, Option]:
    return {"times": Option(f"how many {what}", least=1, most=50)}


ACTS: Mapping[str, ActKind] = {
    "hop": ActKind(_times(17, 24), leaps.hop, _hop_moments, values={**_HEIGHT, **_often("hops")}),
    "jump": ActKind(36, leaps.jump, (("takeoff", 8), ("land", 21)), values=_HEIGHT),
    "dance": ActKind(60, grooves.dance, loops=True, values={**_TEMPO, "style": Option("which steps", ("a", "b", "c"))}),
    "wave": ActKind(
        45,
        gestures.wave,
        (("up", 8),),
        loops=True,
        values={**_SIDE, "size": Option("from the shoulder, or from the wrist alone", ("large", "small"))},
    ),
    "point": ActKind(39, gestures.point, (("there", 9),), loops=True, values={"to": Option("where", (*_ACROSS, "up"))}),
    "stamp": ActKind(
        46,
        leaps.stamp,
        (("gather", 8), ("takeoff", 11), ("slam", 22), ("settle", 33)),
        values={
            **_HEIGHT,
            "drop": Option("stage units by which it stands lower after the slam"),
            "flat": Option("how flat the slam presses it, as a share of its height", least=0, most=0.5),
            "arms": Option("both open, or one a raised fist", ("open", "fist")),
        },
    ),
    "shrink": ActKind(42, moods.shrink, loops=True),
    "cheer": ActKind(36, leaps.cheer, (("takeoff", 6), ("up", 9), ("land", 17)), loops=True),
    "nod": ActKind(_times(8, 16.5, 2), gestures.nod, (("down", 7),), values=_often("nods")),
    "shake": ActKind(32, gestures.shake),
    "laugh": ActKind(45, grooves.laugh, loops=True),
    "mock": ActKind(54, grooves.mock, loops=True, values=_TEMPO),
    "bonk": ActKind(
        24, knocks.bonk, (("hit", 0),), loops=True, values={"side": Option("from which side of the picture", _ACROSS)}
    ),
    "tumble": ActKind(30, _elsewhere, values={"side": Option("to which side", _SIDES), "distance": _DISTANCE}),
    "breathe": ActKind(54, moods.breathe, (("in", 6), ("out", 33)), slack=33),
    "droop": ActKind(27, moods.droop, (("start", 4),), loops=True),
    "perk": ActKind(23, moods.perk, (("up", 6),), loops=True),
    "lean": ActKind(36, moods.lean, loops=True, values=_TO),
    "fist": ActKind(36, gestures.fist, (("up", 10), ("pull", 17)), loops=True, values=_SIDE),
    "clap": ActKind(36, gestures.clap, loops=True),
    "wink": ActKind(16, gestures.wink, values=_SIDE),
    "type": ActKind(45, gestures.type_, loops=True),
    "think": ActKind(45, moods.think, loops=True, values=_SIDE),
    "walk": ActKind(48, grooves.march, loops=True, values=_TO),
    "reach": ActKind(36, gestures.reach, (("there", 9),), loops=True, values={**_AT, **_SIDE}),
    "drag": ActKind(
        44,
        gestures.drag,
        (("grip", 9), ("pull", 14), ("there", 26)),
        values={**_AT, "to_x": Option("where to, as `x`"), "to_y": Option("where to, as `y`"), **_SIDE},
    ),
    "hold": ActKind(45, gestures.hold, loops=True),
    "breathe-in": ActKind(16, breaths.breathe_in, (("full", 15),), holds=True),
    "breathe-out": ActKind(24, breaths.breathe_out, (("out", 3),)),
    "sniff": ActKind(_times(8, 14, 2), breaths.sniff, (("in", 4),), values=_often("sniffs")),
    "snort": ActKind(24, breaths.snort, (("burst", 9),)),
    "peep": ActKind(24, breaths.peep, (("seen", 3),), values=_TO, holds=True),
    "gather": ActKind(10, sitting.gather, (("low", 9),), holds=True),
    "kneel": ActKind(18, sitting.kneel, (("down", 12),), holds=True),
    "slip": ActKind(24, sitting.slip, (("slip", 2), ("bump", 12)), values=_TO, holds=True),
    "get-up": ActKind(24, sitting.get_up, (("up", 12),)),
    "shrug": ActKind(34, sitting.shrug, (("up", 7),), loops=True),
    "ears-hop": ActKind(_times(17, 25, 3), sitting.ears_hop, sitting.hop_moments, values={**_HEIGHT, **_often("hops")}),
    "mock-hop": ActKind(_times(17, 25, 3), sitting.mock_hop, sitting.hop_moments, values={**_HEIGHT, **_often("hops")}),
    "hug": ActKind(45, gestures.hug, (("there", 12),), loops=True),
    "enter": ActKind(27, _elsewhere, entrances.travel_moments, values=_WAY),
    "exit": ActKind(27, _elsewhere, entrances.travel_moments, values=_WAY),
    "go": ActKind(
        36,
        _elsewhere,
        entrances.travel_moments,
        values={"x": Option("across the stage"), "y": Option("down the stage"), "how": _WAY["how"]},
    ),
    "face": ActKind(6, _elsewhere, values={"expression": Option("a face of the rig")}),
    "look": ActKind(
        9,
        _elsewhere,
        values={
            "gx": Option("left and right", least=-1, most=1),
            "gy": Option("up and down", least=-1, most=1),
            "head": Option("share of the head", least=0, most=1),
        },
    ),
    "turn": ActKind(9, _elsewhere, values={"amount": Option("left and right", least=-1, most=1)}),
    "pose": ActKind(9, _elsewhere, values={"pose": Option("a pose of the rig")}),
}
"""Every kind of act by the name that authors write."""

_FACES, _POSES, _GAZES = ("face",), ("pose", "droop", "perk"), ("look", "turn")
_SEEN = (3, 10)
"""Thirtieths of a second before and after the start of an act in which nobody blinks of itself."""
_BREATHS = frozenset(("breathe-in", "breathe-out", "breathe", "sniff", "snort"))
_WHOLE = frozenset(
    (
        *("hop", "jump", "dance", "stamp", "cheer", "walk", "mock", "mock-hop", "ears-hop", "tumble", "bonk"),
        *("enter", "exit", "go", "pose", "slip", "kneel", "gather", "get-up"),
    )
)
"""Acts that end what another holds: a breath, a seat."""
_WAYS = {"enter": entrances.enter, "exit": entrances.leave, "go": entrances.go, "tumble": entrances.tumble}


def described(kind: str) -> str:
    """What an act looks like, in a sentence or two."""
    play = _WAYS.get(kind, ACTS[kind].play)
    return " ".join((play.__doc__ or "").partition("\n\n")[0].split())


def natural_seconds(kind: str, values: Mapping[str, Setting]) -> float:
    """How long an act takes where an author doesn't say, in seconds."""
    return ACTS[kind].thirtieths(values) / BASE


def moments(
    kind: str, values: Mapping[str, Setting], start: int, end: int, clock: Clock
) -> tuple[tuple[str, int], ...]:
    """The moments of an act as (name, frame), by their frames; a name may come more than once (`step`, `land`).

    An act that is played slower or faster moves them with it.
    """
    act = Act(kind, start, end, tuple(sorted(values.items())))
    found = ACTS[kind].placed(act, clock)
    named = {name for name, _ in found}
    found += [(name, frame) for name, frame in (("start", start), ("end", end)) if name not in named]
    return tuple(sorted(found, key=lambda moment: moment[1]))


def known(rigs: Sequence[Rig], acts: Iterable[Act]) -> None:
    """Refuses acts that a puppet can do in none of its drawings.

    Raises:
        StoryreelError: one names a face or pose that all their rigs lack.
    """
    for act in acts:
        if act.kind == "face":
            named(act, "expression", {name: values for rig in rigs for name, values in rig.faces.items()}, "face")
        elif act.kind == "pose":
            named(act, "pose", {name: values for rig in rigs for name, values in rig.poses.items()}, "pose")


def perform(
    rig: Rig,
    acts: Sequence[Act],
    cues: Sequence[MouthCue],
    length: int,
    clock: Clock,
    seed: int,
    motion: Motion,
    home: tuple[float, float],
    scale: float,
    seen: Sequence[tuple[float, float]] = (),
    exposure: Exposure = ONES,
    manner: int = 1,
    heard: Sequence[Heard] = (),
    meetings: Sequence[Meeting] = (),
    grounded: bool = False,
    wind: Array | None = None,
) -> tuple[tuple[str, Channel], ...]:
    """Bakes one puppet's channels for frames 0 to `length` of a scene.

    Args:
        rig: the puppet's rig.
        acts: what it does (scene-local frames); of two that want the same, the one that starts later has it.
        cues: the shapes of its mouth (scene-local frames).
        length: the scene's length in frames.
        clock: the film's clock.
        seed: decides blinks, wandering eyes and accents.
        motion: the look's way of moving.
        home: where its feet stand at the start, in stage units.
        scale: stage units a unit of the drawing.
        seen: frames, from and to, in which nobody may blink: something is hit.
        exposure: how long the look's drawings stand: a mouth is the strongest shape of those that one stands for.
        manner: how bodies act: 1 as in the first films, 2 lively, with holds that never stop.
        heard: what others say, for it to listen to; heeded in the lively manner alone.
        meetings: what it touches, and what touches it; hands are put there later (`touches.grip`).
        grounded: whether it tells how far down its ground lies, as a channel `ground`.
        wind: how strong the wind is at every frame, towards the drawing's right.

    Raises:
        StoryreelError: an act names a face or pose that the rig lacks.
    """
    length = max(length, 1)
    curves = Curves(rig, length, float(clock.rate), scale, manner)
    acts = sorted(acts, key=lambda act: act.start)
    curves.seen = (*seen, *_open_eyed(acts, length))
    rest = faces(curves, [act for act in acts if act.kind in _FACES])
    places = travel.Places(curves, home)
    for act in sorted([*acts, *meetings], key=lambda one: one.start):
        if not isinstance(act, Act):
            touches.play(act, curves, places, motion)
            continue
        take = Take(curves, act, ACTS[act.kind].span(act), motion, _ended(act, acts, cues))
        if act.kind in _WAYS:
            _WAYS[act.kind](take, places)
        else:
            ACTS[act.kind].play(take)
            if act.kind not in ("face", "pose", *_GAZES):
                curves.keep_awake(act.start - _SEEN[0] * curves.unit, act.start + _SEEN[1] * curves.unit)
    poses(curves, [act for act in acts if act.kind in _POSES])
    gazes(curves, [act for act in acts if act.kind in _GAZES])
    accents(curves, cues, seed)
    lips(curves, cues)
    if curves.lively:
        listen(curves, heard, seed)
        curves.settle_claims()
        live(curves, seed)
    else:
        idle(curves, seed)
    blinks(curves, seed)
    curves.settle_claims()
    if motion.squash != 1:
        curves.channels["sy"] = 1 + (curves.of("sy") - 1) * motion.squash
    places.settle()
    solve(curves)
    follow_through(curves, motion.follow, wind)
    curves.channels["mouth"] = mouth_curve(curves, cues, rest)
    grown = curves.take("pop") + 1 if curves.has("pop") else np.ones(length)
    curves.channels["scale"] = scale * grown
    if grounded:
        curves.channels["ground"] = curves.ground
    mouth = _held(curves, exposure.held("cast", clock.rate), cues)
    curves.channels["mouth"] = mouth
    if curves.lively and not rig.celled:
        changes(curves, mouth, cues)
    moving = sorted(name for name in curves.channels if _posable(rig, name))
    worn = ((name, value) for name, value in sorted(rig.worn.items()) if name not in moving)
    baked = kept([curves.channels[name] for name in moving])
    return (*zip(moving, baked, strict=True), *worn)


def _open_eyed(acts: Sequence[Act], length: int) -> Iterator[tuple[float, float]]:
    """The frames, from and to, in which a face is held that doesn't blink; `acts` are in the order of time."""
    faces_ = [act for act in acts if act.kind in _FACES]
    for act, after in itertools.zip_longest(faces_, faces_[1:]):
        if dict(act.values).get("blinks") is False:
            yield float(act.start), float(after.start if after is not None else length)


def _ended(act: Act, acts: Sequence[Act], cues: Sequence[MouthCue]) -> float:
    """The frame at which something ends what an act holds: whatever moves the whole; of a breath, a word too."""
    ends = _BREATHS | _WHOLE if act.kind in _BREATHS else _WHOLE
    found = [float(other.start) for other in acts if other.start >= act.end and other.kind in ends]
    if act.kind in _BREATHS:
        found += [float(cue.frame) for cue in cues if cue.frame >= act.end and cue.viseme != "Neutral"]
    return min(found, default=math.inf)


def _posable(rig: Rig, channel: str) -> bool:
    """Whether a puppet has what a channel moves: acts are written for bodies that have everything."""
    part, dot, _ = channel.rpartition(".")
    return not dot or rig.has(part) or part in ("gaze", "blink", "laugh")


def _held(curves: Curves, held: Fraction, cues: Sequence[MouthCue]) -> Array:
    """The mouth for drawings that stand for so many frames: each takes its window's strongest shape, closures first."""
    curve = curves.channels["mouth"]
    if held <= 1 or not curves.rig.mouths:
        return curve
    shapes = {rig_name: index for index, rig_name in enumerate(curves.rig.mouths)}
    shut = {shapes[name] for name in ("M", "F") if name in shapes}
    spoken = np.zeros(curves.length, dtype=bool)
    for cue, after in itertools.pairwise(cues):
        spoken[max(cue.frame, 0) : max(after.frame, 0)] = True
    out = curve.copy()
    edges = [math.ceil(index * held) for index in range(math.floor(curves.length / held) + 2)]
    for start, end in itertools.pairwise(edge for edge in edges if edge <= curves.length):
        window = curve[start:end]
        out[start:end] = window[0]
        if spoken[start:end].any():
            out[start:end] = max(
                window, key=lambda shape: 2.0 if shape in shut else openness(curves.rig.mouths[int(shape)])
            )
    return out
