"""Spreads what the torso does to the parts it carries, and keeps the feet on the ground."""

from __future__ import annotations

import numpy as np

from storyreel.direct.acting.curves import Curves

_LEGS = ("Left Leg", "Right Leg")


def spread_torso(curves: Curves) -> None:
    """Turns `torso.rot .dx .dy` into movements of the body, head, arms and tail; the legs lean and stretch to follow.

    The parts that stand beside the body in the drawing turn about the body's pivot with it; a leg keeps its foot where
    it is, whatever the hips do.
    """
    rig = curves.rig
    turn, dx, dy = (curves.channels.pop(f"torso.{name}", None) for name in ("rot", "dx", "dy"))
    if turn is None and dx is None and dy is None:
        return
    zero = np.zeros(curves.length)
    turn = zero if turn is None else turn
    dx = zero if dx is None else dx
    dy = zero if dy is None else dy
    centre = np.array(rig.pivots.get("Body", rig.feet))
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    for part, carrier in rig.carriers.items():
        if carrier not in (rig.root, "") or part == rig.root or part in _LEGS:
            continue
        away = np.array(rig.pivots[part]) - centre
        curves.add(f"{part}.dx", 0, dx + cos * away[0] - sin * away[1] - away[0])
        curves.add(f"{part}.dy", 0, dy + sin * away[0] + cos * away[1] - away[1])
        curves.add(f"{part}.rot", 0, turn)
    for leg in _LEGS:
        limb = rig.limbs.get(leg)
        if limb is None:
            continue
        hip = np.array(limb.shoulder) - centre
        foot = np.array(limb.hand)
        hx = centre[0] + dx + cos * hip[0] - sin * hip[1]
        hy = centre[1] + dy + sin * hip[0] + cos * hip[1]
        rest = np.array(limb.hand) - np.array(limb.shoulder)
        now_x, now_y = foot[0] - hx, foot[1] - hy
        lean = np.degrees(np.arctan2(now_y, now_x) - np.arctan2(rest[1], rest[0]))
        curves.add(f"{leg}.dx", 0, hx - limb.shoulder[0])
        curves.add(f"{leg}.dy", 0, hy - limb.shoulder[1])
        curves.add(f"{leg}.rot", 0, lean)
        curves.add(f"{leg}.sy", 0, np.clip(np.hypot(now_x, now_y) / np.hypot(*rest), 0.5, 1.4))
        curves.add(f"{limb.tip}.rot", 0, -lean)
