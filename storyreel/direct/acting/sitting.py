"""Low down, and what the arms say with the shoulders: gathering, kneeling, slipping, getting up, shrugging, ears of
hands. What is low stays low until something moves the whole."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from storyreel.direct.acting.act import Act
from storyreel.direct.acting.curves import Array, smooth
from storyreel.direct.acting.leaps import busy, leap
from storyreel.direct.acting.states import controls
from storyreel.direct.acting.take import Take, both

_HOP = 17.0
"""Thirtieths of a second from one hop to the next."""


def limb_of_pose(take: Take, pose: str, side: str) -> dict[str, float]:
    """The arm of a side as a pose of the rig has it, mirrored where the pose has only the other; empty without it."""
    rig, arms = take.curves.rig, take.curves.body.arms
    if pose not in rig.poses or side not in arms:
        return {}
    values = controls(take.curves, rig.poses[pose])
    for own in (side, *(name for name in arms if name != side)):
        found = {name: values.get(name, 0.0) for name in (f"{own} Arm.lift", f"{own} Forearm.rot")}
        if any(found.values()):
            flip = 1.0 if arms[own].outward == arms[side].outward else -1.0
            return {
                f"{side} Arm.lift": found[f"{own} Arm.lift"] + arms[own].rest,
                f"{side} Forearm.rot": flip * found[f"{own} Forearm.rot"],
            }
    return {}


def as_posed(take: Take, pose: str, side: str, on: Array, otherwise: float) -> None:
    """Brings an arm to where a pose of the rig has it, or to a lift where the rig has no such pose."""
    found = limb_of_pose(take, pose, side) or {f"{side} Arm.lift": otherwise}
    take.claim(f"{side} Arm.lift", found[f"{side} Arm.lift"], on)
    take.claim(f"{side} Arm.front", 1.0, (on > 0.35).astype(np.float64))
    arm = take.curves.body.arms.get(side)
    if arm is not None and arm.forearm and f"{side} Forearm.rot" in found:
        take.claim(f"{arm.forearm}.rot", found[f"{side} Forearm.rot"], on)


def gather(take: Take) -> None:
    """Gathers itself for what comes: knees bent, arms back, eyes ahead; it stays so."""
    on = take.kept(9, 3)
    sunk = on * (1 + 0.12 * np.sin(math.pi * np.clip((take.t - 7) / 8, 0, 1)) ** 2)
    busy(take, 0.8 * on)
    take.add("hips.y", 42.0 * sunk)
    take.add("sy", 1 - 0.08 * sunk)
    take.add("Head.y", 16.0 * sunk)
    take.add("Head.nod", -0.2 * on)
    take.add("brows.y", 4.0 * on)
    for side in take.curves.body.arms:
        take.claim(f"{side} Arm.lift", take.curves.body.arms[side].rest - 18.0, on)


def kneel(take: Take) -> None:
    """Goes down on its knees, the back bent after, the head last; it stays down."""
    on = take.kept(13, 10)
    late = smooth((take.t - 4) / 13) * on
    busy(take, 0.8 * on)
    bump = np.sin(math.pi * np.clip((take.t - 11) / 10, 0, 1)) ** 2
    take.add("hips.y", 92.0 * on)
    take.add("sy", 1 - 0.05 * bump + 0.02 * smooth(take.t / 4) * smooth((8 - take.t) / 4))
    take.add("chest.rot", 4.0 * late)
    take.add("Head.y", 12.0 * late + 8 * bump)
    take.add("Head.nod", 0.4 * late)
    for side in take.curves.body.arms:
        take.claim(f"{side} Arm.lift", take.curves.body.arms[side].rest - 10 + 22 * bump, on)


def slip(take: Take) -> None:
    """Slips: the feet go (`to` left or right), the arms fly up, it sits down with a bump; there it stays, dazed."""
    way = -1.0 if take.act.word("to", "right") == "left" else 1.0
    on = take.kept(12, 10)
    sat = smooth((take.t - 2) / 10) * on
    feet = smooth(take.t / 8) * on
    bump = np.sin(math.pi * np.clip((take.t - 11) / 9, 0, 1)) ** 2
    back = smooth((take.t - 2) / 7) * smooth((24 - take.t) / 9)
    busy(take, on)
    take.add("hips.y", 104.0 * sat)
    take.add("hips.x", -way * 26 * feet)
    take.add("sy", 1 - 0.12 * bump + 0.05 * back)
    take.add("chest.rot", way * (-9 * back + 2 * sat))
    take.add("Head.rot", way * (-9 * back + 3 * sat))
    take.add("Head.y", 16 * bump - 8 * back)
    take.add("brows.y", -10 * back)
    for side, leg in take.curves.body.legs.items():
        ahead = 1.0 if leg.outward == way else 0.7
        take.add(f"{side} Foot.x", way * 70 * ahead * feet)
        take.add(f"{side} Foot.y", 5 * feet + 18 * np.sin(math.pi * np.clip(take.t / 12, 0, 1)) ** 2)
        take.add(f"{side} Foot.tilt", -9 * way * leg.outward * feet)
    for side in take.curves.body.arms:
        take.claim(f"{side} Arm.lift", 44 + 66 * back, on)
        take.add(f"{side} Hand.lift", 16 * back)
        take.hand(side, "Palm", weight=np.asarray(back))
    take.shut(10, 15)


def get_up(take: Take) -> None:
    """Gets up from wherever it is: leans, gives, comes up past rest and settles."""
    take.chart(
        (5, {"chest.rot": 4.0, "Head.y": 8.0, "sy": 0.97}),
        (12, {"chest.rot": -1.5, "Head.y": -8.0, "sy": 1.035}),
        (18, {"chest.rot": 0.4, "Head.y": 2.0, "sy": 0.99}),
        (24, {"chest.rot": 0.0, "Head.y": 0.0, "sy": 1.0}),
    )


def shrug(take: Take) -> None:
    """Shrugs: shoulders up to the ears, palms out, the head to one side; they stay a moment, and drop."""
    on = take.weight(7, 9)
    dip = smooth(take.t / 3) * smooth((7 - take.t) / 4)
    for side, arm in take.curves.body.arms.items():
        take.add(f"{side} Arm.dy", take.curves.mil * (-30 * on + 8 * dip))
        take.claim(f"{side} Arm.lift", max(arm.rest + 14, 46.0), on)
        if arm.forearm:
            take.claim(f"{arm.forearm}.rot", -arm.outward * 52.0, on)
        take.add(f"{side} Hand.lift", 18 * on)
        take.hand(side, "Palm", "Wave")
    take.add("Head.y", 9 * on + 4 * dip)
    take.add("Head.rot", 6.5 * on)
    take.add("Head.nod", -0.12 * on)
    take.add("brows.y", -10 * on)
    take.add("sy", 1 + 0.012 * on - 0.015 * dip)
    take.curves.squint(0.25 * on)


def _hops(take: Take, height: float, tuck: float, spread: float) -> tuple[Array, int]:
    times = max(1, round(take.act.number("times", 3)))
    for number in range(times):
        leap(take, 7 + _HOP * number, 10, height, squash=0.12, tuck=tuck, spread=spread)
    return (take.t - 7) / _HOP, times


def hop_moments(act: Act, given: float) -> Iterable[tuple[str, float]]:
    """When each of its hops leaves the ground, and lands."""
    times = max(1, round(act.number("times", 3)))
    whole = 25 + _HOP * (times - 1)
    for number in range(times):
        for name, at in (("takeoff", 7.0), ("land", 17.0)):
            yield name, (at + _HOP * number) * given / whole


def ears_hop(take: Take) -> None:
    """Hops with its hands over the head as second ears, which flop at every landing."""
    hop, _ = _hops(take, take.act.number("height", 95), 26, 8)
    on = take.weight(6, 8)
    busy(take, on)
    flop = np.where(hop > 0, np.sin(2 * math.pi * (hop - 0.75)), 0.0)
    for side in take.curves.body.arms:
        as_posed(take, "hands-as-ears", side, on, 150)
        take.add(f"{side} Hand.lift", on * 15 * flop)
        take.hand(side, "Palm")
    take.add("Head.rot", on * 4 * np.sin(math.pi * hop))
    take.add("brows.y", on * -4)
    take.wide(4, take.whole)


def mock_hop(take: Take) -> None:
    """The mean copy of hopping with hands as ears: knees out, heavy, fingers that wiggle, the head swaying."""
    hop, _ = _hops(take, take.act.number("height", 70), 12, 30)
    on = take.weight(6, 8)
    busy(take, on)
    for side, arm in take.curves.body.arms.items():
        as_posed(take, "mock-hop", side, on, 140)
        take.add(f"{side} Hand.lift", on * 22 * np.sin(2 * math.pi * take.t / 6 + arm.outward))
        take.hand(side, "Wave", "Palm")
    for side, leg in take.curves.body.legs.items():
        take.add(f"{side} Foot.x", on * leg.outward * 22)
    sway = np.sin(math.pi * hop)
    take.add("Head.rot", on * 8 * sway)
    take.add("Head.turn", on * 0.3 * np.sin(math.pi * (hop - 0.2)))
    take.add("chest.rot", on * -4 * sway)
    take.add("brows.rot", on * 4 * sway)
    take.chart((3, both("Hand.lift", -10.0)), (7, both("Hand.lift", 0.0)))
