"""What the names of a drawing's layers tell of its joints, where an artist gave no `data-pivot` and no rig."""

from __future__ import annotations

from collections.abc import Mapping

from storyreel.puppet.bounds import Box
from storyreel.puppet.model import Point

SPRUNG: Mapping[str, tuple[float, float]] = {
    "Ear": (1.0, 100.0),
    "Lock": (0.8, 80.0),
    "Ponytail": (0.8, 80.0),
    "Scarf": (0.8, 60.0),
    "Antenna": (0.8, 60.0),
    "Tail": (0.7, 40.0),
    "Strings": (0.6, 40.0),
    "Cape": (0.4, 25.0),
    "Hair Back": (0.3, 15.0),
    "Skirt": (0.25, 14.0),
}
"""Parts that trail behind, by the ends of their names: how much of a movement they take up, and degrees at the most."""
_HANGING = ("Hair Front", "Hair Back", "Lock", "Strings", "Skirt", "Scarf", "Cape", "Ponytail", "Leg", "Foot")
_STANDING = ("Body", "Antenna", "Neck")


def guessed_pivot(name: str, parts: Mapping[str, Box]) -> Point:
    """About what a part turns, by its name and the bounds of all parts.

    A head turns about its chin, an ear where it stands on the head, an arm at the upper end next to the body, hair and
    cloth where they hang, a tail where it is nearest to the body, everything else about its middle.
    """
    left, top, right, bottom = parts[name]
    cx, cy = (left + right) / 2, (top + bottom) / 2
    kind = name.removeprefix("Left ").removeprefix("Right ")
    head = parts.get("Face") or parts.get("Head") or (left, top, right, bottom)
    body = parts.get("Body") or head
    body_x, body_y = (body[0] + body[2]) / 2, (body[1] + body[3]) / 2
    if kind == "Head":
        return ((head[0] + head[2]) / 2, head[3])
    if kind == "Ear":
        return (cx, bottom if cy < (head[1] + head[3]) / 2 else top)
    if kind == "Arm":
        inner = left if abs(left - body_x) < abs(right - body_x) else right
        outer = right if inner == left else left
        across = right - left > 1.3 * (bottom - top)
        return (inner + 0.12 * (outer - inner), cy if across else top + 0.1 * (bottom - top))
    if kind == "Hand":
        arm = guessed_pivot(name.replace("Hand", "Arm"), parts) if name.replace("Hand", "Arm") in parts else (cx, top)
        return (min(max(arm[0], left), right) * 0.5 + cx * 0.5, min(max(arm[1], top), bottom) * 0.5 + cy * 0.5)
    if kind == "Tail":
        return (min(max(body_x, left), right), min(max(body_y, top), bottom))
    if kind in _HANGING:
        return (cx, top)
    if kind in _STANDING:
        return (cx, bottom)
    return (cx, cy)


def guessed_gaze(parts: Mapping[str, Box]) -> Point:
    """How far pupils go: four fifths of the white that is left beside and below them; about an eighth of a head's
    width where there are no eyes to measure."""
    for side in ("Left", "Right"):
        eye, pupil = parts.get(f"{side} Eyeball") or parts.get(f"{side} Eye"), parts.get(f"{side} Pupil")
        if eye and pupil:
            free = (eye[2] - eye[0] - pupil[2] + pupil[0], eye[3] - eye[1] - pupil[3] + pupil[1])
            return (max(0.4 * free[0], 0.08 * (eye[2] - eye[0])), max(0.4 * free[1], 0.08 * (eye[3] - eye[1])))
    return (8.0, 6.0)
