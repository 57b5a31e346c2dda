"""Kawaii draws shapes as they are; its own are the die-cut border round a hero, and the plum shadow that it casts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from storyreel.treatment.contract import Edge, Place, Plain

_BORDER = 14.0
_FALL = (7.5, 12.0)
"""How far the shadow falls to the right and down: the light is at the upper left."""
_EDGES = (Edge(_BORDER, "#7A3F86", 0.2, _FALL), Edge(_BORDER, "#FFFFFF"))


@dataclass(frozen=True)
class Sticker(Plain):
    """Puppets are stickers: drawn as their artist drew them, with a white border where they are a scene's heroes."""

    def edges(self, place: Place) -> Sequence[Edge]:
        """The border and its shadow, for heroes."""
        return _EDGES if place.manner == "hero" else ()


TREATMENT = Sticker()
