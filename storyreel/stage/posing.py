"""Where every part of a puppet goes in a pose: turns about pivots, parts that carry others, a head that turns.

All movement is worked out in the drawing's own units as at rest, so a part moves alike whatever transforms its group
and the groups around it have, and a part can be carried by one that stands elsewhere in the drawing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from storyreel.puppet.bounds import Box, boxes
from storyreel.puppet.model import IDENTITY, Drawing, Matrix, Node, Point, Rig, concat, inverse, moved

Pose = Mapping[str, float]

_DEPTHS = (
    ("Eyebrow", 1.0),
    ("Eye", 0.95),
    ("Mouth", 1.0),
    ("Nose", 1.25),
    ("Glasses", 1.05),
    ("Face", 0.6),
    ("Hair Front", 0.6),
    ("Lock", 0.3),
    ("Ear", -0.25),
    ("Hair Back", -0.4),
)
"""How far in front of the head's axis a part lies (1 = the features), by the end of its name."""
_TURN, _NOD = 0.12, 0.065
"""How far features shift at a full turn or nod, as a share of the face's width or height."""
_YAW = math.radians(17.0)
"""The turn by which a feature narrows as it goes round the head, at a full turn."""
_SQUEEZE = 0.035
"""How much narrower and shorter the head is at a full turn and nod."""


def depth(name: str) -> float:
    """How far in front of the head's axis a part lies; 0 for parts that turn with it as they are."""
    return next((value for ending, value in _DEPTHS if name.endswith(ending)), 0.0)


def about(pivot: Point, *linear: float) -> Matrix:
    """A linear transform (a, b, c, d) about a point."""
    a, b, c, d = linear
    x, y = pivot
    return (a, b, c, d, x - a * x - c * y, y - b * x - d * y)


@lru_cache(maxsize=512)
def _channels(name: str) -> tuple[str, ...]:
    """The names of a part's own channels."""
    return tuple(f"{name}.{channel}" for channel in ("rot", "skew", "dx", "dy", "sx", "sy"))


def posed(pivot: Point, name: str, pose: Pose) -> Matrix:
    """A part's own movement: `.rot .sx .sy .skew` about its pivot, then `.dx .dy`."""
    find, (rot, lean, across, down, wide, high) = pose.get, _channels(name)
    angle, skew = math.radians(find(rot, 0.0)), math.tan(math.radians(find(lean, 0.0)))
    dx, dy, sx, sy = find(across, 0.0), find(down, 0.0), find(wide, 1.0), find(high, 1.0)
    if not (angle or skew or dx or dy) and sx == sy == 1.0:
        return IDENTITY
    cos, sin = math.cos(angle), math.sin(angle)
    a, b, c, d, e, f = about(pivot, cos * sx, sin * sx, (cos * skew - sin) * sy, (sin * skew + cos) * sy)
    return (a, b, c, d, e + dx, f + dy)


@dataclass(frozen=True)
class _Joint:
    """A part and what moves it."""

    pivot: Point
    carrier: str
    depth: float
    across: float
    """Where it lies across the face: -1 at its left edge, 1 at its right."""


class Skeleton:
    """The joints of a puppet, ready to be posed."""

    def __init__(self, drawing: Drawing, rig: Rig, parts: Mapping[str, Box] | None = None) -> None:
        """`parts` are the bounds of the drawing's parts, if they are known."""
        parts = boxes(drawing) if parts is None else parts
        face = parts.get("Face") or _features(parts)
        self._gaze = rig.gaze
        self._face = face
        self._eyes = _sides(drawing)
        self._joints: dict[str, _Joint] = {}
        for name, pivot in rig.pivots.items():
            carrier = rig.carriers.get(name, "")
            chain = _chain(name, rig.carriers)
            heads = "Head" in chain and not any(depth(outer) for outer in chain[: chain.index("Head")])
            far = depth(name) if heads else 0.0
            self._joints[name] = _Joint(pivot, carrier, far, _across(pivot, face))

    def own(self, name: str, pose: Pose) -> Matrix:
        """A part's own movement, as its channels, the head's turn, the gaze and its lids have it."""
        joint = self._joints[name]
        matrix = posed(joint.pivot, name, pose)
        turn, nod = pose.get("Head.turn", 0.0), pose.get("Head.nod", 0.0)
        if turn or nod:
            if name == "Head":
                squeeze = about(joint.pivot, 1 - _SQUEEZE * turn * turn, 0, 0, 1 - _SQUEEZE * nod * nod)
                matrix = concat(matrix, squeeze)
            elif joint.depth:
                matrix = concat(self._turned(joint, turn, nod), matrix)
        if name.endswith(" Pupil"):
            x, y = pose.get("gaze.x", 0.0) * self._gaze[0], pose.get("gaze.y", 0.0) * self._gaze[1]
            matrix = concat((1, 0, 0, 1, x, y), matrix)
        elif name == "Blush":
            warm = pose.get("blush", 0.0)
            matrix = concat(matrix, about(joint.pivot, 1 + 0.06 * warm, 0, 0, 1 + 0.5 * warm)) if warm else matrix
        elif name in self._eyes:
            matrix = concat(matrix, about(joint.pivot, 1, 0, 0, self._open(name, pose)))
        return matrix

    def _turned(self, joint: _Joint, turn: float, nod: float) -> Matrix:
        """The shift and narrowing of a part on a head that turns: a point on a cylinder goes round its axis."""
        left, top, right, bottom = self._face
        x, y = turn * _TURN * (right - left) * joint.depth, nod * _NOD * (bottom - top) * joint.depth
        narrow = 1.0
        if joint.depth > 0:
            seat = math.asin(0.7 * joint.across)
            narrow = min(math.cos(seat + turn * _YAW) / math.cos(seat), 1.04)
        a, b, c, d, e, f = about(joint.pivot, narrow, 0, 0, 1)
        return (a, b, c, d, e + x, f + y)

    def _open(self, name: str, pose: Pose) -> float:
        """How high an eye is open: lids come down before its drawing changes to the shut one, half-way."""
        side, shuts = self._eyes[name]
        lid = min(max(pose.get(f"blink.{side}", 0.0), 0.0), 1.0)
        if shuts and (lid >= 0.5 or pose.get(f"laugh.{side}", 0.0) >= 0.5):
            return 1.0
        return 1 - 0.8 * lid if shuts else 1 - 0.9 * lid

    def motions(self, pose: Pose) -> Callable[[str], Matrix]:
        """A function from a part's name to its movement with all that carries it, in the drawing's units."""
        known: dict[str, Matrix] = {"": IDENTITY}

        def motion(name: str) -> Matrix:
            if name not in known:
                known[name] = concat(motion(self._joints[name].carrier), self.own(name, pose))
            return known[name]

        return motion


def _features(parts: Mapping[str, Box]) -> Box:
    """Bounds of eyes, brows and mouth: the face of a puppet that is all head."""
    found = [box for name, box in parts.items() if name.endswith((" Eye", " Eyebrow", "Mouth", "Nose"))]
    if not found:
        return parts.get("Head", (0.0, 0.0, 0.0, 0.0))
    left, top, right, bottom = zip(*found, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _sides(drawing: Drawing) -> dict[str, tuple[str, bool]]:
    """Each eye's side, and whether it has a drawing of its own for being shut."""
    found = {}
    for side in ("Left", "Right"):
        eye = drawing.find(f"{side} Eye")
        if eye is not None:
            found[eye.id] = (side, any(inner.id == f"{side} Blink" for inner in eye.walk()))
    return found


def _chain(name: str, carriers: Mapping[str, str]) -> list[str]:
    """What carries a part, from the nearest on."""
    chain: list[str] = []
    while name := carriers.get(name, ""):
        chain.append(name)
    return chain


def _across(pivot: Point, face: Box) -> float:
    half = (face[2] - face[0]) / 2
    return min(max((pivot[0] - face[0] - half) / half, -1.0), 1.0) if half > 0 else 0.0


def local_axis(rest: Matrix, pivot: Point, axis: float, length: float) -> tuple[Point, float, float]:
    """A spring's pivot, axis (degrees) and length in the units of a shape whose matrix to the drawing is `rest`."""
    if rest == IDENTITY:
        return pivot, axis, length
    back = inverse(rest)
    reach = (pivot[0] + math.cos(math.radians(axis)) * length, pivot[1] + math.sin(math.radians(axis)) * length)
    (x, y), (tip_x, tip_y) = moved(back, pivot), moved(back, reach)
    return (x, y), math.degrees(math.atan2(tip_y - y, tip_x - x)), math.hypot(tip_x - x, tip_y - y)


def within(root: Node) -> dict[str, tuple[str, ...]]:
    """For every named node, the names of the groups around it, outermost first."""
    found: dict[str, tuple[str, ...]] = {}

    def visit(node: Node, around: tuple[str, ...]) -> None:
        if node.id:
            found.setdefault(node.id, around)
        for child in node.children:
            visit(child, (*around, node.id) if node.id else around)

    visit(root, ())
    return found
