"""Off the ground: hops, jumps, cheers, and the stamp. Every leap gathers, stretches, hangs, lands, gives, settles."""

from __future__ import annotations

import math

import numpy as np

from storyreel.direct.acting.curves import Array, smooth
from storyreel.direct.acting.take import Take, both

_HANG = 2.35
"""2 is a stone's arc; above it a body stays up longer and leaves and lands faster."""


def arc(share: Array, hang: float = _HANG) -> Array:
    """A leap's height (0..1) over the share of its time in the air."""
    inside = np.clip(share, 0.0, 1.0)
    return np.asarray(1 - np.abs(2 * inside - 1) ** hang)


def leap(
    take: Take,
    off: float,
    air: float,
    height: float,
    *,
    gather: float = 5.0,
    squash: float = 0.14,
    stretch: float = 0.11,
    tuck: float = 24.0,
    spread: float = 8.0,
    sink: float = 24.0,
    way: float = 0.0,
) -> None:
    """One leap: off the ground at `off` for `air` thirtieths, so many thousandths of the body's height up.

    It gathers before, and lands with a squash that settles within 15 thirtieths. Arms are left to the act. Who leaps
    some `way` (1 to the picture's right) leans back before, and into it from the ground on.
    """
    if take.curves.lively:
        squash, stretch, sink, gather = 1.45 * squash, 1.6 * stretch, 1.5 * sink, max(gather, 5.0)
        if way:
            lean(take, off, air, way)
    anticipation = take.motion.anticipation
    down = off + air
    share = (take.t - off) / air
    up = arc(share)
    take.add("up", height * up)
    low, give = squash * anticipation, squash * min(1.25, 0.7 + height / 300)
    take.chart(
        (max(off - gather, 0.01), {"sy": 1.0}),
        (off - 1.2, {"sy": 1 - low}),
        (off + 1.6, {"sy": 1 + stretch}),
        (off + 0.5 * air, {"sy": 1.0}),
        (down - 0.8, {"sy": 1 + 0.75 * stretch}),
        (down + 1.4, {"sy": 1 - give}),
        (down + 5.6, {"sy": 1 + 0.38 * give}),
        (down + 9.5, {"sy": 1 - 0.13 * give}),
        (down + 13, {"sy": 1 + 0.04 * give}),
        (down + 16, {"sy": 1.0}),
    )
    take.chart(
        (max(off - gather, 0.01), {"hips.y": 0.0, "Head.y": 0.0}),
        (off - 1.0, {"hips.y": sink * anticipation, "Head.y": 12 * anticipation}),
        (off + 1.6, {"hips.y": -4.0, "Head.y": -8.0}),
        (off + 0.5 * air, {"hips.y": 0.0, "Head.y": 0.0}),
        (down - 0.5, {"hips.y": -3.0, "Head.y": -5.0}),
        (down + 2.0, {"hips.y": 1.1 * sink, "Head.y": 15.0}),
        (down + 6.5, {"hips.y": -2.0, "Head.y": -6.0}),
        (down + 11, {"hips.y": 1.0, "Head.y": 2.0}),
        (down + 15, {"hips.y": 0.0, "Head.y": 0.0}),
    )
    flown = np.where((share > 0) & (share < 1), np.sin(math.pi * np.clip(share, 0, 1)), 0.0)
    hanging = np.where((share > 0) & (share < 1), np.sin(2 * math.pi * np.clip(share, 0, 1)), 0.0)
    for side, leg in take.curves.body.legs.items():
        lead = 1.0 if side == "Left" else 0.72
        take.add(f"{side} Foot.y", lead * tuck * flown**1.4)
        take.add(f"{side} Foot.x", leg.outward * spread * flown)
        take.add(f"{side} Foot.tilt", 14 * hanging)


def lean(take: Take, off: float, air: float, way: float) -> None:
    """The lean of a leap that goes somewhere: against its way, along its arc, past the landing and back."""
    down = off + air
    take.chart(
        (max(off - 6, 0.01), {"rot": 0.0, "chest.rot": 0.0, "hips.x": 0.0, "Head.rot": 0.0}),
        (off - 1.5, {"rot": -2.5 * way, "chest.rot": -7.0 * way, "hips.x": -26.0 * way, "Head.rot": -4.0 * way}),
        (off + 2.0, {"rot": 13.0 * way, "chest.rot": 5.0 * way, "hips.x": 8.0 * way, "Head.rot": -7.0 * way}),
        (off + 0.55 * air, {"rot": 3.0 * way, "chest.rot": 3.0 * way, "hips.x": 0.0, "Head.rot": 3.0 * way}),
        (down - 1.5, {"rot": -10.0 * way, "chest.rot": -5.0 * way, "Head.rot": 6.0 * way}),
        (down + 0.5, {"rot": 0.0, "chest.rot": 2.0 * way, "hips.x": 6.0 * way}),
        (down + 4.0, {"rot": 1.5 * way, "chest.rot": 7.0 * way, "hips.x": 18.0 * way, "Head.rot": 7.0 * way}),
        (down + 9.0, {"rot": 0.0, "chest.rot": -2.5 * way, "hips.x": -4.0 * way, "Head.rot": -3.0 * way}),
        (down + 15.0, {"rot": 0.0, "chest.rot": 0.0, "hips.x": 0.0, "Head.rot": 0.0}),
    )


def busy(take: Take, weight: Array) -> None:
    """Says that the body is taken up: idling gives way."""
    take.curves.busy = np.maximum(take.curves.busy, weight)


def hop(take: Take) -> None:
    """Hops on the spot, `times` times."""
    height, times = take.act.number("height", 95), max(1, round(take.act.number("times", 1)))
    each = 17.0
    busy(take, take.weight(3, 8))
    for number in range(times):
        off = 6 + each * number
        leap(take, off, 10, height * (1 if number == 0 else 0.85), squash=0.13)
        swung = {
            "a": both("Arm.lift", 14.0),
            "b": both("Arm.lift", 78.0),
            "c": both("Arm.lift", 62.0),
            "d": both("Arm.lift", 22.0),
        }
        take.chart(
            (max(off - 6, 0.0), both("Arm.lift", None)),
            (max(off - 4, 0.01), {**swung["a"], **both("Hand.lift", 0.0)}),
            (off + 4, {**swung["b"], **both("Hand.lift", 12.0)}),
            (off + 9, swung["c"]),
            (off + 13, {**swung["d"], **both("Hand.lift", -6.0)}),
            (off + 17.5, both("Arm.lift", None)) if number == times - 1 else (off + 14, swung["d"]),
        )
    take.wide(4, 6 + each * times)


def jump(take: Take) -> None:
    """A high jump, arms up, legs apart."""
    height = take.act.number("height", 190)
    busy(take, take.weight(3, 8))
    leap(take, 8, 13, height, gather=7, squash=0.16, stretch=0.15, tuck=40, spread=26, sink=36)
    _throw(take, 8, 13)


def _throw(take: Take, off: float, air: float, top: float = 138.0) -> None:
    """Arms back in the gather, up in the air, still up on landing, then down past rest."""
    take.chart(
        (max(off - 6, 0.01), both("Arm.lift", 30.0)),
        (off - 1, {**both("Arm.lift", 6.0), **both("Hand.lift", -12.0)}),
        (off + 6.5, {**both("Arm.lift", top), **both("Hand.lift", 14.0)}),
        (off + air, {**both("Arm.lift", top - 4), **both("Hand.lift", 0.0)}),
        (off + air + 4, {**both("Arm.lift", top - 50), **both("Hand.lift", 8.0)}),
        (off + air + 9, {**both("Arm.lift", 18.0), **both("Hand.lift", -8.0)}),
        (off + air + 14, {**both("Arm.lift", None), **both("Hand.lift", 0.0)}),
    )


def cheer(take: Take) -> None:
    """Arms fly up, a jump, a smaller one, arms shaken over the head for as long as it lasts."""
    busy(take, take.weight(3, 8))
    end = take.whole
    leap(take, 6, 11, 125, gather=6, squash=0.15, stretch=0.13, tuck=34, spread=20, sink=28)
    again, number = 23.0, 0
    while again + 12 < end - 4:
        leap(take, again, 8.5, 58 if number % 2 == 0 else 74, gather=3.5, squash=0.09, stretch=0.06, tuck=16, sink=14)
        again, number = again + 14.5, number + 1
    held = take.weight(7, 9)
    shake = np.sin(2 * math.pi * (take.t - 9) / 9.6)
    on = smooth((take.t - 8) / 5)
    dip = np.where(take.t < 5, -22 * np.sin(math.pi * np.clip(take.t / 5, 0, 1)), 0.0)
    for side, sign in (("Left", 1.0), ("Right", -1.0)):
        take.claim(f"{side} Arm.lift", 134 + (9 + 3 * sign) * shake * on + dip, held)
        take.add(f"{side} Hand.lift", held * 16 * np.sin(2 * math.pi * (take.t - 12) / 9.6 + 0.4 * sign))
        take.hand(side, "Palm", "Wave")
    take.add("Head.rot", held * 5 * np.sin(2 * math.pi * (take.t - 8) / 29))
    take.add("chest.rot", held * -2.5 * np.sin(2 * math.pi * (take.t - 8) / 29))
    take.add("brows.y", held * -5)
    glad = take.curves.moody("joy", "happy", "tender", "neutral")
    take.add("laugh", glad * smooth((take.t - 7) / 2) * smooth((min(end - 6, 34) - take.t) / 2))
    take.wide(0, end)


_STAMP = {
    "gather": 8.0,
    "off": 11.0,
    "top": 14.0,
    "fall": 20.0,
    "slam": 22.0,
    "rebound": 27.0,
    "land": 31.0,
    "end": 48.0,
}
"""The chart of `motion.png`: gather 8, a held breath, spring 3, hang, slam 2, rebound 5, settle."""


def _both_palms(take: Take, side: str, proud: bool) -> None:
    """A stamp's arms, open and thrown up; the proud one stays up."""
    at, lift, hand = _STAMP, f"{side} Arm.lift", f"{side} Hand.lift"
    take.hand(side, "Palm", weight=smooth((take.t - at["off"]) / 3) * smooth((at["end"] - 4 - take.t) / 3))
    take.chart(
        (3.0, {lift: 44.0, hand: 0.0}),
        (at["gather"], {lift: 52.0, hand: 16.0}),
        (at["off"] - 1, {lift: 58.0, hand: 18.0}),
        (at["off"] + 2, {lift: 16.0, hand: -10.0}),
        (at["top"] + 2, {lift: 126.0 if proud else 120.0, hand: 10.0}),
        (at["fall"] - 0.5, {lift: 142.0, hand: 16.0}),
        (at["slam"] + 0.5, {lift: 146.0 if proud else 96.0, hand: -10.0}),
        (at["rebound"], {lift: 148.0 if proud else 92.0, hand: 8.0}),
        (at["land"] + 3, {lift: 142.0 if proud else 74.0, hand: 0.0}),
        (at["end"] - 5, {lift: 140.0 if proud else 58.0, hand: 6.0}),
        (at["end"] + 5, {lift: None, hand: 0.0}),
    )


def _one_fist(take: Take, side: str, proud: bool) -> None:
    """A stamp's arms: one goes up as a fist and stays there, the other is flung back."""
    at, lift, hand = _STAMP, f"{side} Arm.lift", f"{side} Hand.lift"
    up = smooth((take.t - at["gather"] + 2) / 3) * smooth((at["end"] + 3 - take.t) / 3)
    take.hand(side, "Fist" if proud else "Palm", weight=up)
    take.chart(
        (3.0, {lift: 8.0, hand: 0.0}),
        (at["gather"], {lift: -8.0 if proud else 66.0, hand: -10.0}),
        (at["off"] - 1, {lift: -14.0 if proud else 74.0, hand: -12.0}),
        (at["off"] + 2, {lift: 124.0 if proud else 22.0, hand: 8.0}),
        (at["top"] + 2, {lift: 138.0 if proud else 64.0, hand: 0.0}),
        (at["fall"] - 0.5, {lift: 146.0 if proud else 84.0, hand: 6.0}),
        (at["slam"] + 0.5, {lift: 108.0 if proud else 104.0, hand: -8.0}),
        (at["slam"] + 2.6, {lift: 104.0 if proud else 98.0, hand: -6.0}),
        (at["rebound"], {lift: 140.0 if proud else 52.0, hand: 8.0}),
        (at["land"] + 3, {lift: 124.0 if proud else 40.0, hand: 0.0}),
        (at["end"] - 5, {lift: 130.0 if proud else 44.0, hand: 4.0}),
        (at["end"] + 5, {lift: None, hand: 0.0}),
    )


def stamp(take: Take) -> None:
    """The big one: gather, spring, hang, slam, rebound, settle; it ends `drop` stage units lower."""
    at, curves = _STAMP, take.curves
    high = take.act.number("height", 330)
    drop = take.act.number("drop", 0.0)
    flat = take.act.number("flat", 0.24)
    busy(take, take.weight(3, 10))
    take.wide(-6, 14)
    take.wide(21, 44)
    take.chart(
        (at["off"] - 0.8, {"up": 0.0}),
        (at["top"], {"up": 0.8 * high}, "out-quad"),
        (at["top"] + 4, {"up": high}, "out-quad"),
        (at["fall"] - 0.6, {"up": 1.04 * high}, "inout-sine"),
        (at["slam"], {"up": -6.0}, "in-quad"),
        (at["slam"] + 2.4, {"up": 0.0}),
        (at["rebound"], {"up": 46.0}),
        (at["land"], {"up": 0.0}, "in-quad"),
        (at["end"], {"up": 0.0}),
    )
    take.chart(
        (2.0, {"sy": 1.035}),
        (at["gather"], {"sy": 0.855}),
        (at["off"] - 0.9, {"sy": 0.83}),
        (at["off"] + 1.6, {"sy": 1.2}, "out-quad"),
        (at["top"] + 1.5, {"sy": 1.03}),
        (at["fall"] - 2, {"sy": 0.97}),
        (at["fall"] - 0.4, {"sy": 1.0}),
        (at["slam"] - 0.9, {"sy": 1.22}, "in-quad"),
        (at["slam"] + 0.2, {"sy": 0.76 + (0.24 - flat)}, "linear"),
        (at["slam"] + 2.6, {"sy": 0.785 + (0.24 - flat)}),
        (at["rebound"] - 0.5, {"sy": 1.1}),
        (at["land"] - 0.5, {"sy": 1.03}),
        (at["land"] + 1.6, {"sy": 0.93}),
        (at["land"] + 5, {"sy": 1.025}),
        (at["land"] + 8.5, {"sy": 0.99}),
        (at["end"] - 5, {"sy": 1.0}),
    )
    tremble = np.where((take.t > 7) & (take.t < at["off"] - 0.5), np.sin(2 * math.pi * take.t / 1.9), 0.0)
    take.add("hips.x", 2.2 * tremble)
    take.add("Head.rot", 0.8 * tremble)
    take.chart(
        (2.0, {"hips.y": -5.0, "Head.y": -8.0, "Head.rot": 0.0, "chest.rot": 0.0, "rot": 0.0}),
        (at["gather"], {"hips.y": 46.0, "Head.y": 34.0, "Head.rot": 4.0, "chest.rot": 2.0}),
        (at["off"] - 0.8, {"hips.y": 54.0, "Head.y": 42.0, "Head.rot": 5.0, "chest.rot": 3.0, "rot": 0.0}),
        (at["off"] + 2, {"hips.y": -12.0, "Head.y": -14.0, "Head.rot": -4.0, "chest.rot": -2.0, "rot": -3.0}),
        (at["top"] + 3, {"hips.y": 0.0, "Head.y": 0.0, "Head.rot": 6.0, "chest.rot": 2.0, "rot": 5.0}),
        (at["fall"] - 0.5, {"hips.y": 4.0, "Head.y": -8.0, "Head.rot": 2.0, "chest.rot": 1.0, "rot": 3.0}),
        (at["slam"], {"hips.y": 14.0, "Head.y": 12.0, "Head.rot": -2.0, "chest.rot": 0.0, "rot": 0.0}, "in-quad"),
        (at["slam"] + 1.6, {"hips.y": 40.0, "Head.y": 42.0, "Head.rot": -4.0}),
        (at["rebound"], {"hips.y": -8.0, "Head.y": -10.0, "Head.rot": 4.0, "chest.rot": -2.0}),
        (at["land"] + 2, {"hips.y": 20.0, "Head.y": 14.0, "Head.rot": -3.0, "chest.rot": 1.5}),
        (at["land"] + 7, {"hips.y": -2.0, "Head.y": -4.0, "Head.rot": -5.0, "chest.rot": 1.0}),
        (at["end"] - 3, {"hips.y": 0.0, "Head.y": 0.0, "Head.rot": -3.0, "chest.rot": 0.0}),
        (at["end"] + 5, {"Head.rot": 0.0}),
    )
    for side, leg in curves.body.legs.items():
        out, lead = leg.outward, 1.0 if side == "Left" else 0.8
        take.chart(
            (at["gather"], {f"{side} Foot.x": out * 34, f"{side} Foot.y": 0.0, f"{side} Foot.tilt": 0.0}),
            (at["off"] - 0.8, {f"{side} Foot.x": out * 38, f"{side} Foot.y": 0.0, f"{side} Foot.tilt": 0.0}),
            (at["off"] + 2, {f"{side} Foot.x": out * -4, f"{side} Foot.y": -14.0, f"{side} Foot.tilt": 17.0}),
            (
                at["top"] + 3,
                {f"{side} Foot.x": out * 84 * lead, f"{side} Foot.y": 56 * lead, f"{side} Foot.tilt": -16.0},
            ),
            (at["fall"] - 0.6, {f"{side} Foot.x": out * 40, f"{side} Foot.y": 62 * lead, f"{side} Foot.tilt": 8.0}),
            (at["slam"], {f"{side} Foot.x": out * 56, f"{side} Foot.y": 0.0, f"{side} Foot.tilt": 0.0}, "in-quad"),
            (at["slam"] + 2.2, {f"{side} Foot.x": out * 56, f"{side} Foot.y": 0.0}),
            (at["rebound"], {f"{side} Foot.x": out * 22, f"{side} Foot.y": 4.0, f"{side} Foot.tilt": 14.0}),
            (at["land"], {f"{side} Foot.x": out * 8, f"{side} Foot.y": 0.0, f"{side} Foot.tilt": 0.0}),
            (at["end"] - 6, {f"{side} Foot.x": 0.0, f"{side} Foot.y": 0.0, f"{side} Foot.tilt": 0.0}),
        )
    arms = _one_fist if take.act.word("arms", "open") == "fist" else _both_palms
    for side, arm in curves.body.arms.items():
        arms(take, side, arm.outward > 0)
    for ear in (spring for spring in curves.rig.springs if spring.part.endswith("Ear")):
        sign = 1.0 if curves.rig.pivots[ear.part][0] >= curves.body.middle else -1.0
        take.chart(
            (at["gather"], {f"{ear.part}.bend": sign * 92 * ear.gain}),
            (at["off"] - 0.5, {f"{ear.part}.bend": sign * 100 * ear.gain}),
            (at["top"] + 1, {f"{ear.part}.bend": sign * 96 * ear.gain}),
            (at["fall"] - 2, {f"{ear.part}.bend": sign * 74 * ear.gain}),
            (at["slam"] + 1, {f"{ear.part}.bend": 0.0}),
            (at["end"], {f"{ear.part}.bend": 0.0}),
        )
        # They are left behind on the way up.
        take.chart(
            (at["off"] - 0.5, {f"{ear.part}.rot": 0.0}),
            (at["off"] + 2.5, {f"{ear.part}.rot": sign * 34 * ear.gain}),
            (at["top"] + 3, {f"{ear.part}.rot": sign * 20 * ear.gain}),
            (at["fall"], {f"{ear.part}.rot": 0.0}),
        )
    take.chart(
        (6.0, {"brows.y": 7.0}),
        (11.0, {"brows.y": 8.0}),
        (13.0, {"brows.y": -10.0}),
        (20.0, {"brows.y": -8.0}),
        (22.0, {"brows.y": 10.0}),
        (28.0, {"brows.y": -6.0}),
        (at["end"], {"brows.y": 0.0}),
    )
    take.mouth(5, at["off"], "M")
    take.mouth(at["off"], at["top"], "Oh")
    take.mouth(at["top"], at["fall"] - 1, "Smile")
    take.mouth(at["fall"] - 1, at["slam"] + 3, "Ee")
    take.mouth(at["slam"] + 3, at["land"] + 2, "Ah")
    take.mouth(at["land"] + 2, at["end"] + 4, "Smile")
    # It looks at what it is going to hit.
    take.add("gaze.y", 0.9 * smooth((take.t - at["top"]) / 3) * smooth((at["slam"] + 4 - take.t) / 3))
    if drop:
        pressed = smooth((take.t - at["slam"] + 1.0) / 1.0)
        curves.add("y", drop * pressed)
