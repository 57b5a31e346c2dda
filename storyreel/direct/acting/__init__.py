"""Acting: what a puppet does, baked frame by frame. Idling, speech, held states, acts and physics add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from storyreel.direct.acting import gestures, travel
from storyreel.direct.acting.curves import Curves
from storyreel.direct.acting.follow import follow_through
from storyreel.direct.acting.idle import blink, blink_frames, idle
from storyreel.direct.acting.model import Act, ActKind
from storyreel.direct.acting.speech import accents, mouth_curve
from storyreel.direct.acting.states import faces, gazes, poses
from storyreel.direct.acting.torso import spread_torso
from storyreel.looks.model import Motion
from storyreel.puppet.model import Rig
from storyreel.sound.lipsync import MouthCue
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Setting
from storyreel.timeline.track import Channel, baked

__all__ = ["ACTS", "Act", "moments", "natural_seconds", "perform"]


def _nothing(curves: Curves, act: Act) -> None:
    """Held states and travels are played by rooms of their own."""


ACTS: Mapping[str, ActKind] = {
    "hop": ActKind(0.8, gestures.hop, (("land", 0.47),)),
    "jump": ActKind(0.9, gestures.hop, (("land", 0.53),)),
    "dance": ActKind(2.0, gestures.dance, loops=True),
    "wave": ActKind(1.5, gestures.wave, loops=True),
    "point": ActKind(1.3, gestures.point, (("there", 0.3),)),
    "stamp": ActKind(46 / 30, gestures.stamp, (("takeoff", 11 / 30), ("slam", 22 / 30), ("settle", 33 / 30))),
    "shrink": ActKind(1.4, gestures.shrink, loops=True),
    "cheer": ActKind(1.2, gestures.cheer, (("up", 0.3),)),
    "nod": ActKind(0.75, gestures.nod),
    "shake": ActKind(1.0, gestures.shake),
    "laugh": ActKind(1.4, gestures.laugh, loops=True),
    "mock": ActKind(1.8, gestures.mock, loops=True),
    "bonk": ActKind(0.8, gestures.bonk, (("hit", 0.0),)),
    "breathe": ActKind(1.8, gestures.breathe, (("in", 0.2), ("out", 1.1))),
    "droop": ActKind(0.9, gestures.droop, (("start", 0.1),)),
    "perk": ActKind(0.75, gestures.perk, (("up", 0.14),)),
    "lean": ActKind(1.2, gestures.lean, loops=True),
    "clap": ActKind(1.2, gestures.clap, loops=True),
    "wink": ActKind(0.5, gestures.wink),
    "type": ActKind(1.5, gestures.type_, loops=True),
    "reach": ActKind(1.3, gestures.reach_for, (("there", 0.3),)),
    "walk": ActKind(1.5, travel.walk, loops=True),
    "think": ActKind(1.5, gestures.think, loops=True),
    "enter": ActKind(0.9, _nothing, (("land", -0.05),)),
    "exit": ActKind(0.9, _nothing),
    "go": ActKind(1.2, _nothing, (("there", -0.05),)),
    "face": ActKind(0.2, _nothing),
    "look": ActKind(0.3, _nothing),
    "turn": ActKind(0.3, _nothing),
    "pose": ActKind(0.3, _nothing),
}
"""Every kind of act by the name that authors write."""

_FACES, _POSES, _GAZES = ("face",), ("pose", "droop", "perk"), ("look", "turn")


def natural_seconds(kind: str, values: Mapping[str, Setting]) -> float:
    """How long an act takes where an author doesn't say."""
    return ACTS[kind].seconds


def moments(kind: str, values: Mapping[str, Setting], start: int, end: int, clock: Clock) -> list[tuple[str, int]]:
    """The moments of an act as (name, frame); an act that is played slower or faster moves them with it."""
    made = ACTS[kind]
    stretch = (end - start) / max(clock.frames(made.seconds), 1) if not made.loops else 1.0
    found = [("start", start), ("end", end)]
    for name, seconds in made.moments:
        frame = start + round(clock.frames(seconds) * stretch) if seconds >= 0 else end - clock.frames(-seconds)
        found.append((name, frame))
    return list(dict(found).items())


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
) -> tuple[tuple[str, Channel], ...]:
    """Bakes one puppet's channels for frames 0 to `length` of a scene.

    Args:
        rig: the puppet's rig.
        acts: what it does, by their starts (scene-local frames).
        cues: the shapes of its mouth (scene-local frames).
        length: the scene's length in frames.
        clock: the film's clock.
        seed: decides blinks, wandering eyes and accents.
        motion: the look's way of moving.
        home: where its feet stand at the start, in stage units.
        scale: stage units a unit of the drawing.

    Raises:
        StoryreelError: an act names a face or pose that the rig lacks.
    """
    length = max(length, 1)
    curves = Curves(rig, length, float(clock.rate), scale)
    idle(curves, seed)
    rest = faces(curves, [act for act in acts if act.kind in _FACES])
    poses(curves, [act for act in acts if act.kind in _POSES])
    gazes(curves, [act for act in acts if act.kind in _GAZES])
    accents(curves, cues, seed)
    going = travel.Travel(curves, home)
    for act in acts:
        if act.kind == "enter":
            travel.enter(going, act)
        elif act.kind == "exit":
            travel.leave(going, act)
        elif act.kind == "go":
            travel.go(going, act)
        else:
            ACTS[act.kind].play(curves, act)
    going.settle()
    for frame in blink_frames(seed, length, float(clock.rate)):
        blink(curves, frame)
    spread_torso(curves)
    follow_through(curves, motion.follow)
    curves.of("mouth")[:] = mouth_curve(curves, cues, rest)
    if motion.squash != 1:
        for name in ("sx", "sy"):
            curves.channels[name] = 1 + (curves.of(name) - 1) * motion.squash
    channels = {name: baked(np.round(values, 3)) for name, values in sorted(curves.channels.items())}
    return (("scale", scale), *channels.items())
