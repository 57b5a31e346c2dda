"""What a body feels: drooping, perking up, a deep breath, making itself small, wondering, leaning."""

from __future__ import annotations

import math

import numpy as np

from storyreel.direct.acting.curves import smooth
from storyreel.direct.acting.leaps import busy
from storyreel.direct.acting.take import Take, both


def ears(take: Take) -> list[tuple[str, float]]:
    """The ears that stand up, each with the sign of the bend that takes it outwards, one after the other."""
    curves = take.curves
    found = [
        (spring.part, 1.0 if curves.rig.pivots[spring.part][0] >= curves.body.middle else -1.0)
        for spring in curves.rig.springs
        if spring.part.endswith("Ear") and math.sin(math.radians(spring.axis)) < 0
    ]
    return sorted(found)


def droop(take: Take) -> None:
    """A small catch of breath, then everything sinks, one ear after the other; the pose itself is held after it."""
    take.chart(
        (4, {"sy": 1.018, "Head.y": -9.0, "brows.y": -6.0, "hips.y": -3.0}),
        (16, {"sy": 0.975, "Head.y": 9.0, "brows.y": 2.0, "hips.y": 9.0, "chest.rot": 1.2}),
        (24, {"sy": 0.992, "Head.y": 2.0, "brows.y": 0.0, "hips.y": 4.0, "chest.rot": 0.4}),
        (34, {"sy": 0.998, "Head.y": 3.0, "hips.y": 5.0, "chest.rot": 0.8}),
        (52, {"sy": 1.0, "Head.y": 0.0, "hips.y": 0.0, "chest.rot": 0.0}),
    )
    take.chart((4, {"Head.nod": -0.2}), (18, {"Head.nod": 0.4}), (34, {"Head.nod": 0.3}), (60, {"Head.nod": 0.0}))
    take.chart(
        (4, both("Hand.lift", 8.0)),
        (15, both("Hand.lift", -16.0)),
        (30, both("Hand.lift", -8.0)),
        (50, both("Hand.lift", 0.0)),
    )
    for number, (ear, sign) in enumerate(ears(take)):
        # They stay up a moment longer than their owner, and don't fall together.
        late, up = 4.5 * number, 10.0 + 60 * number
        take.chart(
            (3.0, {f"{ear}.bend": -8 * sign}),
            (8 + late, {f"{ear}.bend": -up * sign}),
            (15 + late, {f"{ear}.bend": -0.5 * up * sign}),
            (22 + late, {f"{ear}.bend": 7 * sign}),
            (32 + late, {f"{ear}.bend": 0.0}),
        )
    take.shut(11, 15)


def perk(take: Take) -> None:
    """Gathers itself, eyes shut; then ears and body shoot up past their rest, and the eyes are wide."""
    busy(take, take.weight(3, 8))
    take.chart(
        (4.6, {"sy": 0.925, "Head.y": 18.0, "hips.y": 14.0, "brows.y": 7.0}),
        (8.4, {"sy": 1.085, "Head.y": -18.0, "hips.y": -6.0, "brows.y": -14.0}, "out-quad"),
        (13, {"sy": 0.975, "Head.y": 5.0, "hips.y": 4.0, "brows.y": -6.0}),
        (17.5, {"sy": 1.014, "Head.y": -2.0, "hips.y": -1.0, "brows.y": -3.0}),
        (22, {"sy": 0.996, "Head.y": 0.0, "hips.y": 0.0}),
        (27, {"sy": 1.0, "brows.y": 0.0}),
    )
    take.chart(
        (4.6, {**both("Arm.lift", 22.0), **both("Hand.lift", -12.0)}),
        (9, {**both("Arm.lift", 56.0), **both("Hand.lift", 14.0)}),
        (15, {**both("Arm.lift", 36.0), **both("Hand.lift", -4.0)}),
        (23, {**both("Arm.lift", None), **both("Hand.lift", 0.0)}),
    )
    for number, (ear, sign) in enumerate(ears(take)):
        late = 1.6 * number
        take.chart(
            (4.6 + late, {f"{ear}.bend": 16 * sign}),
            (8 + late, {f"{ear}.bend": -34 * sign}),
            (12 + late, {f"{ear}.bend": 12 * sign}),
            (17 + late, {f"{ear}.bend": -5 * sign}),
            (23 + late, {f"{ear}.bend": 0.0}),
        )
        take.chart(
            (4.6, {f"{ear}.sy": 0.94}),
            (8.6 + late, {f"{ear}.sy": 1.2}),
            (13 + late, {f"{ear}.sy": 0.95}),
            (18 + late, {f"{ear}.sy": 1.03}),
            (24 + late, {f"{ear}.sy": 1.0}),
        )
    take.chart((4.6, {"Head.nod": 0.4}), (9, {"Head.nod": -0.45}), (15, {"Head.nod": 0.1}), (22, {"Head.nod": 0.0}))
    take.shut(0.5, 3.6)
    take.wide(6, 32)


def breathe(take: Take) -> None:
    """One deep breath: eyes close, chest and shoulders rise, a moment of nothing, and out through the mouth."""
    busy(take, 0.7 * take.weight(6, 8))
    take.chart(
        (6, {"sy": 0.982, "Head.y": 6.0, "hips.y": 4.0}),
        (27, {"sy": 1.06, "Head.y": -13.0, "hips.y": -4.0}),
        (33, {"sy": 1.064, "Head.y": -14.5, "hips.y": -4.0}),
        (47, {"sy": 0.982, "Head.y": 5.0, "hips.y": 4.0}),
        (54, {"sy": 1.0, "Head.y": 0.0, "hips.y": 0.0}),
    )
    take.chart(
        (7, {"Head.nod": 0.2, "Head.rot": 0.0, "chest.rot": 0.0}),
        (30, {"Head.nod": -0.42, "Head.rot": -2.5, "chest.rot": -1.0}),
        (36, {"Head.nod": -0.4, "Head.rot": -2.5, "chest.rot": -1.0}),
        (48, {"Head.nod": 0.15, "Head.rot": 0.5, "chest.rot": 0.3}),
        (56, {"Head.nod": 0.0, "Head.rot": 0.0, "chest.rot": 0.0}),
    )
    rise = smooth((take.t - 6) / 22) * smooth((50 - take.t) / 15)
    for side in take.curves.body.arms:
        take.add(f"{side} Arm.lift", 15 * rise)
        take.add(f"{side} Arm.dy", -7 * take.curves.mil * rise)
        take.add(f"{side} Hand.lift", 10 * rise)
    for ear, sign in ears(take):
        take.add(f"{ear}.bend", -14 * sign * rise)
    take.add("brows.y", -7 * rise)
    take.shut(4, 34)
    take.wide(-8, 4)
    take.wide(36, 60)


def shrink(take: Take) -> None:
    """Makes itself small: head between the shoulders, arms in, ears flat, a tremble; it flinches into it."""
    on = take.weight(9, 10)
    busy(take, on)
    flinch = np.where(take.t > 0, np.sin(math.pi * np.clip(take.t / 11, 0, 1)), 0.0)
    tremble = np.sin(2 * math.pi * take.seconds * 7.3) * smooth((take.t - 9) / 5)
    take.add("size", 1 - 0.16 * on)
    take.add("sy", 1 - 0.035 * on - 0.06 * flinch)
    take.add("hips.y", on * 16)
    take.add("Head.y", on * 24 + 8 * flinch)
    take.add("Head.nod", on * 0.3)
    take.add("Head.rot", on * 3.5)
    take.add("hips.x", on * (1.3 * tremble - 5))
    take.add("Head.x", on * 0.8 * tremble)
    for side, arm in take.curves.body.arms.items():
        take.claim(f"{side} Arm.lift", -14.0 + 2 * arm.outward * tremble, on)
        take.claim(f"{side} Arm.reach", 0.93, on)
    for ear, sign in ears(take):
        take.add(f"{ear}.bend", on * sign * 62)
    take.add("brows.rot", on * 9)
    take.add("brows.y", on * -3)


def think(take: Take) -> None:
    """Wonders: the head to one side, a hand at the chin, the eyes up and away."""
    on = take.weight(8, 9)
    side = "Left" if take.act.word("side", "right") == "left" else "Right"
    arm = take.curves.body.arms.get(side)
    out = arm.outward if arm else -1.0
    take.chart((4, {"Head.y": 5.0}), (10, {"Head.y": -4.0}), (16, {"Head.y": 0.0}))
    take.add("Head.rot", on * -out * (7 + 1.5 * np.sin(2 * math.pi * take.t / 45)))
    take.add("Head.turn", on * -out * 0.25)
    take.add("gaze.x", on * -out * 0.5)
    take.add("gaze.y", on * -0.7)
    take.add("chest.rot", on * -out * 1.8)
    take.add("brows.y", on * -6)
    take.hand(side, "Point", "Hold")
    take.claim(f"{side} Arm.lift", 162.0 + 2.5 * np.sin(2 * math.pi * take.t / 26), on)
    take.claim(f"{side} Arm.reach", 0.74, on)


def lean(take: Take) -> None:
    """Leans over, to the left or right of the picture: hips one way, shoulders the other, the head after them."""
    way = -1.0 if take.act.word("to", "right") == "left" else 1.0
    on = take.weight(9, 10)
    back = np.where(take.t > 0, np.sin(math.pi * np.clip(take.t / 6, 0, 1)), 0.0) * (take.t < 6)
    over = np.where(take.t > 8, np.sin(math.pi * np.clip((take.t - 8) / 9, 0, 1)), 0.0)
    amount = on + 0.12 * over - 0.16 * back
    take.add("chest.rot", way * 9.5 * amount)
    take.add("hips.x", way * -12 * amount)
    take.add("hips.rot", way * 2 * amount)
    take.add("Head.rot", way * -3.5 * amount)
    take.add("Head.turn", way * 0.3 * on)
    for side, arm in take.curves.body.arms.items():
        take.add(f"{side} Arm.lift", on * (13 if arm.outward == way else 6))
