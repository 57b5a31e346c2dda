"""What goes in a beat and lasts: the dance, its mean copy, laughing, walking on the spot. All of them loop."""

from __future__ import annotations

import math

import numpy as np

from storyreel.direct.acting.curves import Array, smooth
from storyreel.direct.acting.leaps import arc, busy
from storyreel.direct.acting.take import Take

_ON_GROUND = 0.32
"""The share of a beat in which a dancer stands: weight is what happens there."""
_PHRASE = 4
"""Beats after which a dance comes round."""


def swing(beat: Array, snap: float = 1.7) -> Array:
    """From side to side, once each beat: 1 on even beats, -1 on odd ones; it stays a little, then crosses fast."""
    return np.asarray(np.tanh(snap * np.cos(math.pi * beat)) / math.tanh(snap))


def _near(beat: Array, centre: float, width: float) -> Array:
    """1 where a beat is just struck (0) or wherever `centre` says, falling off over `width` of a beat."""
    away = (beat - centre + 0.5) % 1.0 - 0.5
    return np.asarray(np.exp(-((away / width) ** 2)))


def _beats(take: Take, tempo: float) -> Array:
    """Beats since the act began, by its `tempo` (beats a minute), from `phase` on."""
    given = take.act.number("tempo", tempo)
    return np.asarray(np.maximum(take.seconds, 0.0) * given / 60 + take.act.number("phase", 0.0))


def dance(take: Take) -> None:
    """A groove of two beats, and every fourth beat both arms up: hips out, shoulders against them, head with the hips.

    Styles: `a` lifts the arms by turns, `b` swings both to one side, `c` pumps both.
    """
    style = take.act.word("style", "a")
    beat = _beats(take, 122)
    on = take.weight(6, 8)
    busy(take, on)
    within = beat % 1.0
    top = smooth((beat % _PHRASE - (_PHRASE - 1.25)) / 0.3) * smooth((_PHRASE - 0.05 - beat % _PHRASE) / 0.3)
    flown = arc((within - _ON_GROUND) / (1 - _ON_GROUND), 2.1)
    take.add("up", on * (34 + 26 * top) * flown)
    struck, pushed = _near(beat, 0.12, 0.15), _near(beat, 0.36, 0.13)
    take.add("sy", 1 + on * (0.05 * pushed + 0.03 * _near(beat, 0.86, 0.1) - 0.085 * struck))
    side = swing(beat - 0.04)
    take.add("hips.x", on * 32 * side)
    take.add("hips.y", on * 18 * struck)
    take.add("hips.rot", on * 5.0 * side)
    take.add("chest.rot", on * -8.0 * swing(beat - 0.1))
    take.add("Head.rot", on * 10.5 * swing(beat - 0.13))
    take.add("Head.x", on * 6 * swing(beat - 0.1))
    take.add("Head.y", on * (9 * _near(beat, 0.12, 0.16) - 5 * _near(beat, 0.5, 0.2)))
    take.add("Head.turn", on * 0.34 * swing(beat - 0.2, 1.0) * (1 - top))
    take.add("brows.y", on * (-3 - 3 * pushed - 3 * top))
    _arms(take, beat, on, style, top)
    for name, leg in take.curves.body.legs.items():
        free = smooth(-leg.outward * swing(beat - 0.1, 1.2) - 0.1)
        tap = free * (1 - 0.5 * struck)
        take.add(f"{name} Foot.y", on * (6 * flown + 15 * tap))
        take.add(f"{name} Foot.x", on * leg.outward * (4 + 10 * tap))
        take.add(f"{name} Foot.tilt", on * 15 * tap)
    take.add("laugh", take.curves.moody("joy") * (on > 0.9) * smooth(top * 1.6 - 0.3))
    for tail in (spring for spring in take.curves.rig.springs if spring.part == "Tail"):
        take.add(f"{tail.part}.bend", on * 22 * np.sin(math.pi * (beat - 0.2)))


def _arms(take: Take, beat: Array, on: Array, style: str, top: Array) -> None:
    late = swing(beat - 0.12, 1.35)
    for name, arm in take.curves.body.arms.items():
        mine = arm.outward * late
        if style == "b":
            lift = 86 + 46 * mine
        elif style == "c":
            lift = 100 + 36 * np.cos(2 * math.pi * (beat - 0.08)) + 8 * mine
        else:
            lift = 88 - 50 * mine
        lift = lift * (1 - top) + (137 + 8 * arm.outward * np.sin(2 * math.pi * beat)) * top
        take.claim(f"{name} Arm.lift", lift, on)
        flap = np.sin(2 * math.pi * (beat - 0.3))
        take.add(f"{name} Hand.lift", on * (10 * flap + 8 * top))


def mock(take: Take) -> None:
    """The mean copy of a dance: one arm thrown up by turns, the other on the belly, hips shot out too far, high clumsy
    hops from foot to foot, ears that flap."""
    beat = _beats(take, 108)
    on = take.weight(6, 8)
    busy(take, on)
    within = beat % 1.0
    flown = arc((within - _ON_GROUND) / (1 - _ON_GROUND), 2.0)
    light = take.curves.body.all_head
    take.add("up", on * (230 if light else 52) * flown)
    struck, pushed = _near(beat, 0.12, 0.16), _near(beat, 0.36, 0.13)
    take.add("sy", 1 + on * (0.085 * pushed + 0.02 * _near(beat, 0.85, 0.1) - 0.16 * struck))
    waggle = swing(beat - 0.03, 1.3)
    take.add("hips.x", on * (26 if light else 30) * waggle)
    take.add("hips.y", on * 20 * struck)
    take.add("hips.rot", on * (3 if light else 8) * waggle)
    take.add("chest.rot", on * (-3 if light else -8) * swing(beat - 0.1, 1.2))
    take.add("rot", on * (1.5 + 3 * flown) * -waggle)
    take.add("Head.rot", on * 7 * swing(beat - 0.15, 1.2))
    take.add("Head.y", on * 14 * _near(beat, 0.12, 0.16))
    take.add("Head.turn", on * 0.45 * np.sin(math.pi * (beat - 0.3)))
    take.add("brows.rot", on * 5 * np.sin(math.pi * beat))
    take.add("brows.y", on * (-5 + 8 * np.sin(2 * math.pi * (beat - 0.2))))
    late = swing(beat - 0.14, 1.35)
    for name, arm in take.curves.body.arms.items():
        raised = smooth(0.5 - 0.5 * arm.outward * late)
        flap = np.sin(4 * math.pi * beat)
        take.claim(f"{name} Arm.lift", -12 + (172 if light else 140) * raised + 11 * flap * raised, on)
        take.claim(f"{name} Arm.reach", 1 + 0.2 * raised, on)
        take.add(f"{name} Hand.lift", on * 26 * np.sin(4 * math.pi * (beat - 0.1)) * raised)
    for name, leg in take.curves.body.legs.items():
        free = smooth(-leg.outward * swing(beat - 0.1, 1.1))
        take.add(f"{name} Foot.y", on * (12 * flown + (8 if light else 22) * free * (1 - 0.6 * struck)))
        take.add(f"{name} Foot.x", on * leg.outward * 12 * free)
        take.add(f"{name} Foot.tilt", on * 14 * free)
    for ear in (spring for spring in take.curves.rig.springs if spring.part.endswith("Ear")):
        out = math.copysign(1.0, take.curves.rig.pivots[ear.part][0] - take.curves.body.middle)
        take.add(f"{ear.part}.bend", on * out * 42 * (0.5 + 0.5 * np.sin(2 * math.pi * (beat - 0.35 - 0.06 * out))))
        take.add(f"{ear.part}.rot", on * out * 12 * np.sin(2 * math.pi * (beat - 0.3)))


def laugh(take: Take) -> None:
    """Throws the head back, and laughs from the belly: ha after ha, each a little smaller, then draws breath again."""
    on = take.weight(5, 8)
    busy(take, 0.8 * on)
    burst = take.t % 32
    breath = smooth((burst - 24) / 3) * smooth((32 - burst) / 3)
    breath = np.where(take.t < 24, smooth((4 - take.t) / 3), breath)
    ha = np.abs(np.sin(math.pi * take.t / 6.4)) * (1 - breath)
    tired = 1 - 0.35 * np.clip(burst / 26, 0, 1)
    take.add("sy", 1 + on * (0.078 * tired * (ha - 0.45) + 0.04 * breath))
    take.add("hips.y", on * (8 * (1 - ha) * tired))
    take.add("Head.y", on * (-12 * ha * tired - 8 * breath))
    rock = np.sin(2 * math.pi * take.t / 34)
    take.add("Head.rot", on * (5 * rock + 2.5 * np.sin(math.pi * take.t / 6.4)))
    take.add("Head.nod", on * (-0.5 + 0.25 * (1 - ha) - 0.3 * breath))
    take.add("chest.rot", on * (-2.4 * rock + 1.2 * np.sin(math.pi * take.t / 6.4)))
    for name, arm in take.curves.body.arms.items():
        hold = arm.rest + (26 if arm.outward > 0 else 12)
        take.claim(f"{name} Arm.lift", hold + 11 * tired * ha + 14 * breath, on)
        take.add(f"{name} Hand.lift", on * 14 * np.sin(math.pi * take.t / 3.2 - 0.6))
    take.add("brows.y", on * (-6 * ha - 4))
    merry = smooth((take.t - 3) / 2) * (1 - breath) * take.curves.moody("joy", "happy", "neutral", "tender")
    take.add("laugh", on * merry)
    sly = take.curves.moody("smug", "angry")
    take.curves.shut(on * sly * 0.3 * (1 - breath))
    _ha_mouth(take, on, ha)


def _ha_mouth(take: Take, on: Array, ha: Array) -> None:
    """Opens and closes with every ha; speech has the mouth first."""
    rig = take.curves.rig
    take.curves.mouth((on > 0.8) & (ha > 0.6), "Ah")
    if rig.has("Mouth"):
        take.add("Mouth.sy", 1 + on * 0.16 * (ha - 0.4))
        take.add("Mouth.sx", 1 + on * 0.05 * (ha - 0.4))


def march(take: Take) -> None:
    """Walks on the spot: feet go back along the ground and swing forward through the air, arms against them."""
    on = take.weight(5, 6)
    busy(take, on)
    way = -1.0 if take.act.word("to", "right") == "left" else 1.0
    turn = 2 * math.pi * take.t / 24
    take.add("hips.y", on * (3 + 8 * np.cos(2 * turn)))
    take.add("hips.rot", on * 2.4 * np.sin(turn))
    take.add("chest.rot", on * (way * 2.5 - 1.8 * np.sin(turn)))
    take.add("sy", 1 - on * 0.014 * np.cos(2 * turn))
    take.add("Head.y", on * 4 * np.cos(2 * turn - 0.7))
    take.add("Head.rot", on * 2.4 * np.sin(turn - 0.5))
    take.add("Head.turn", on * 0.4 * way)
    for name, sign in (("Left", 1.0), ("Right", -1.0)):
        if name in take.curves.body.legs:
            lifted = np.maximum(-sign * np.sin(turn), 0.0)
            take.add(f"{name} Foot.x", on * way * sign * 46 * np.cos(turn))
            take.add(f"{name} Foot.y", on * 26 * lifted)
            take.add(f"{name} Foot.tilt", on * 12 * lifted)
        if name in take.curves.body.arms:
            arm = take.curves.body.arms[name]
            take.claim(f"{name} Arm.lift", arm.rest + 8 - 20 * sign * np.cos(turn - 0.3), on)
