"""Squash and stretch that is the torso's: it gives, the limbs with it; the head goes along and keeps its shape.

A scale of the whole would flatten faces and thin or fatten every line. Here the trunk alone is scaled, about where it
stands; what hangs on it is shifted to where it hangs then.
"""

from __future__ import annotations

import numpy as np

from storyreel.direct.acting.curves import Array, Curves

_FEATURES = (" Eye", " Eyebrow", "Mouth", "Nose", "Glasses", "Blush", " Lid", "Lip Corner", "Knit")


class Squash:
    """How high and how wide a body's trunk is at every frame, as factors."""

    def __init__(self, curves: Curves, tall: Array, wide: Array) -> None:
        self.tall, self.wide = tall, wide
        self._feet = curves.rig.feet

    def place(self, x: float, y: float) -> tuple[Array, Array]:
        """Where a point of the drawing has gone that the trunk takes along."""
        feet_x, feet_y = self._feet
        return feet_x + (x - feet_x) * self.wide, feet_y + (y - feet_y) * self.tall


def squashed(curves: Curves, tall: Array, wide: Array) -> Squash:
    """Gives the squash to the parts that take it; what is still to be shifted is the answer's to say.

    A body without a trunk, or one that is all head, is scaled as a whole, its features scaled back.
    """
    rig = curves.rig
    still = Squash(curves, np.ones(curves.length), np.ones(curves.length))
    if not np.any(tall != 1) and not np.any(wide != 1):
        return still
    if not rig.has("Body") or not rig.has("Head") or curves.body.all_head:
        curves.channels["sy"] = curves.of("sy") * tall
        curves.channels["sx"] = curves.of("sx") * wide
        kept = _features(curves) if curves.body.all_head or not rig.has("Head") else ["Head"]
        _scale(curves, kept, 1 / tall, 1 / wide)
        return still
    _scale(curves, ["Body"], tall, wide)
    limbs = [*(arm.part for arm in curves.body.arms.values()), *(leg.part for leg in curves.body.legs.values())]
    carried = [part for part in ("Head", *limbs) if rig.has(part) and rig.carriers.get(part) == "Body"]
    _scale(curves, carried, 1 / tall, 1 / wide)
    return Squash(curves, tall, wide)


def _scale(curves: Curves, parts: list[str], tall: Array, wide: Array) -> None:
    for part in parts:
        curves.add(f"{part}.sy", tall)
        curves.add(f"{part}.sx", wide)


def _features(curves: Curves) -> list[str]:
    """The features that no other feature carries."""
    rig = curves.rig
    found = [part for part in rig.pivots if part.endswith(_FEATURES) and part not in rig.mouths]
    return [part for part in found if rig.carriers.get(part) not in found]
