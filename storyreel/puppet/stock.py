"""Faces and poses that every puppet has, worked out from its joints; a rig's own of the same name come first."""

from __future__ import annotations

import math
from collections.abc import Mapping

from storyreel.puppet.model import Limb, Point

Values = dict[str, float]
_FACES: Mapping[str, tuple[str, float, float, float]] = {
    "neutral": ("Neutral", 0, 0, 0),
    "happy": ("Smile", 0, -0.018, 0),
    "joy": ("Smile", 0, -0.04, 0),
    "tender": ("Smile", 7, -0.015, 0.1),
    "smug": ("Smile", 0, 0.01, 0.3),
    "sad": ("Sad", 16, 0, 0.15),
    "worried": ("Sad", 13, -0.025, 0),
    "angry": ("Sad", -20, 0.025, 0),
    "determined": ("M", -14, 0.015, 0.12),
    "surprised": ("Surprised", 6, -0.06, 0),
}
"""Mouth; turn of the brows (degrees, inner ends up), their shift (share of the head's height), how far eyes shut."""


def stock_faces(mouths: tuple[str, ...], pivots: Mapping[str, Point], head: float) -> dict[str, dict[str, float | str]]:
    """The usual faces as far as a puppet has the mouths and brows for them; `head` is its head's height."""
    made: dict[str, dict[str, float | str]] = {}
    for name, (mouth, turn, shift, lids) in _FACES.items():
        face: dict[str, float | str] = {}
        if mouth in mouths:
            face["mouth"] = mouth
        for side, other in (("Left", "Right"), ("Right", "Left")):
            brow, opposite = f"{side} Eyebrow", f"{other} Eyebrow"
            if brow in pivots:
                outside = 1 if pivots[brow][0] >= pivots.get(opposite, (0.0, 0.0))[0] else -1
                face |= {f"{brow}.rot": turn * outside, f"{brow}.dy": shift * head}
            if f"{side} Eye" in pivots and lids:
                face[f"blink.{side}"] = lids
        made[name] = face
    return made


def _raised(limb: Limb, pivots: Mapping[str, Point], body: float, degrees: float) -> float:
    """The turn that brings an arm to so many degrees above the horizon, outwards from the body's middle."""
    x, y = limb.hand[0] - limb.shoulder[0], limb.hand[1] - limb.shoulder[1]
    side = 1 if limb.shoulder[0] >= body else -1
    goal = math.atan2(-math.sin(math.radians(degrees)), side * math.cos(math.radians(degrees)))
    return round((math.degrees(goal - math.atan2(y, x)) + 180) % 360 - 180, 1)


def stock_poses(
    root: str, pivots: Mapping[str, Point], limbs: Mapping[str, Limb], springs: Mapping[str, float], head: float
) -> dict[str, Values]:
    """The usual poses as far as a puppet has the limbs for them.

    Args:
        root: the top group's name.
        pivots: every part's pivot.
        limbs: its limbs.
        springs: the axis of each part that trails.
        head: its head's height, or its own where it has no head.
    """
    body = pivots.get("Body", pivots[root])[0]
    arms = {part: limb for part, limb in limbs.items() if part.endswith("Arm")}

    def lifted(**degrees: float) -> Values:
        return {
            f"{part}.rot": _raised(limb, pivots, body, degrees[part.split()[0].lower()])
            for part, limb in arms.items()
            if part.split()[0].lower() in degrees
        }

    def headed(**values: float) -> Values:
        return {f"Head.{name}": value for name, value in values.items()} if "Head" in pivots else {}

    ears = {part: axis for part, axis in springs.items() if part.endswith("Ear") and math.sin(math.radians(axis)) < 0}
    drooping = {f"{part}.bend": 70.0 if pivots[part][0] >= body else -70.0 for part in ears}
    turned = {part.split()[0]: pivots[part][0] >= body for part in arms}
    waving = "Right" if "Right" in turned else "Left"
    poses: dict[str, Values] = {
        "rest": {},
        "proud": lifted(left=-20, right=-20) | headed(rot=-4.0, dy=-0.01 * head),
        "shy": headed(rot=7.0, dy=0.02 * head),
        "droop": drooping | headed(rot=4.0, dy=0.04 * head) | {f"{root}.sy": 0.97, f"{root}.sx": 1.012},
        "cheer": lifted(left=55, right=55) | headed(dy=-0.012 * head),
        "wave": lifted(**{waving.lower(): 60.0}) | headed(rot=5.0),
        "point": lifted(left=12) | headed(rot=-3.0),
        "breathe-in": headed(dy=-0.02 * head) | {f"{root}.sy": 1.05, f"{root}.sx": 0.975},
        "dance-a": lifted(left=50, right=-5) | headed(rot=-7.0),
        "dance-b": lifted(left=-5, right=50) | headed(rot=7.0),
    }
    for name in ("cheer", "wave", "dance-a", "dance-b"):
        for channel, value in list(poses[name].items()):
            part = channel.removesuffix(".rot")
            if part in arms and abs(value) > 80:
                poses[name][f"{part}.front"] = 1.0
    return poses
