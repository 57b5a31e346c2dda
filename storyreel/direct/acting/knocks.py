"""What is done to a body: it is bonked, or tumbles out of the picture."""

from __future__ import annotations

import math

import numpy as np

from storyreel.direct.acting.curves import smooth
from storyreel.direct.acting.leaps import busy
from storyreel.direct.acting.take import Take, both


def bonk(take: Take) -> None:
    """Is hit from a side (`side`, left of the picture by default): squeezed, flung over, eyes shut, then seeing stars.

    Contact is in the act's very first frame; a hit has no anticipation but that of the one who hits.
    """
    away = -1.0 if take.act.word("side", "left") == "right" else 1.0
    busy(take, take.weight(1, 8))
    take.chart(
        (
            2.2,
            {"sy": 1.17, "rot": away * 11.0, "Head.rot": away * 13.0, "Head.x": away * 26.0, "hips.x": away * 30.0},
            "out-cubic",
        ),
        (4.0, {"sy": 1.13, "rot": away * 13.0, "Head.rot": away * 15.0, "Head.x": away * 22.0, "hips.x": away * 34.0}),
        (8.0, {"sy": 0.88, "rot": -away * 5.0, "Head.rot": -away * 11.0, "Head.x": -away * 8.0, "hips.x": away * 4.0}),
        (12.5, {"sy": 1.05, "rot": away * 3.0, "Head.rot": away * 7.0, "Head.x": away * 4.0, "hips.x": -away * 5.0}),
        (17.5, {"sy": 0.98, "rot": -away * 1.5, "Head.rot": -away * 3.5, "hips.x": away * 2.0}),
        (23, {"sy": 1.005, "rot": away * 0.6, "Head.rot": away * 1.5, "Head.x": 0.0, "hips.x": 0.0}),
        (29, {"sy": 1.0, "rot": 0.0, "Head.rot": 0.0}),
    )
    take.chart(
        (0.01, both("Arm.lift", 30.0)),
        (3.5, {**both("Arm.lift", 104.0), **both("Hand.lift", 18.0)}),
        (9, {**both("Arm.lift", 62.0), **both("Hand.lift", -12.0)}),
        (14, {**both("Arm.lift", 40.0), **both("Hand.lift", 6.0)}),
        (24, {**both("Arm.lift", None), **both("Hand.lift", 0.0)}),
    )
    take.chart((2, {"brows.y": 12.0}), (8, {"brows.y": 9.0}), (13, {"brows.y": -12.0}), (30, {"brows.y": 0.0}))
    dizzy = smooth((take.t - 10) / 3) * smooth((take.whole + 10 - take.t) / 12)
    turn = 2 * math.pi * (take.t - 10) / 15
    take.add("gaze.x", dizzy * 0.8 * np.cos(turn))
    take.add("gaze.y", dizzy * 0.7 * np.sin(turn))
    take.add("Head.rot", dizzy * 4 * np.sin(turn))
    take.shut(-2.5, 8)
    take.wide(11, take.whole + 6)


def topple(take: Take) -> None:
    """Flails: what a body does while `tumble` and `exit: tumble` carry it away."""
    on = take.weight(6, 4)
    busy(take, on)
    for side, arm in take.curves.body.arms.items():
        wheel = np.sin(2 * math.pi * take.t / 10.5 + (0 if arm.outward > 0 else 1.9))
        take.claim(f"{side} Arm.lift", 98 + 38 * wheel, on)
        take.add(f"{side} Hand.lift", on * 20 * np.cos(2 * math.pi * take.t / 10.5))
    for side, leg in take.curves.body.legs.items():
        kick = np.sin(2 * math.pi * take.t / 9.5 + (0 if leg.outward > 0 else 2.4))
        take.add(f"{side} Foot.x", on * (leg.outward * 16 + 22 * kick))
        take.add(f"{side} Foot.y", on * 22 * (0.5 + 0.5 * kick))
    take.add("sy", 1 + 0.07 * on * np.sin(2 * math.pi * take.t / 11))
    take.add("brows.y", on * -10)
    take.wide(0, take.whole)
