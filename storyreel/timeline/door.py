"""How a door swings: the same for whoever draws its leaf and for the hand on its handle."""

from __future__ import annotations

_NARROW, _NEAR = 0.14, 0.07
"""How much of its width the leaf has that is open, and by how much of its height its free edge comes towards us."""
HANDLE = (0.9, 0.52)
"""Where its handle is, as shares of the leaf from its hinge and from its top."""


def on_leaf(width: float, height: float, swung: float, hinge: str, x: float, y: float) -> tuple[float, float]:
    """A point of the leaf about the middle of the door.

    Args:
        width, height: the door's.
        swung: how far it is open, from 0 to 1.
        hinge: the side on which it hangs, left or right.
        x, y: shares of the leaf, from its hinge and from its top.
    """
    wide = width * (1 - (1 - _NARROW) * swung)
    near = height * _NEAR * swung * x
    way = -1.0 if hinge == "right" else 1.0
    return way * (wide * x - width / 2), -height / 2 - near + (height + 2 * near) * y
