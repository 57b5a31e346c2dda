"""What an author changes about the captions of the look: how large they are, and their colours."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from storyreel.script.base import Strict
from storyreel.script.units import Colour

Captions = Literal["burn", "sidecar", "both", "none"]
"""Captions in the picture, as files beside the film, both, or none."""


class CaptionSpec(Strict):
    """How captions are set otherwise than the look sets them; what is left out stays the look's.

    Letters that would not fit at that size are set smaller, as always. A look with few colours takes the nearest of
    them, and one of whole pixels the nearest size that it has.
    """

    size: float | None = Field(default=None, ge=0.6, le=1.5, description="Size as a factor of the look's own.")
    colour: Colour | None = Field(default=None, description="The colour of the letters.")
    edge: Colour | None = Field(
        default=None,
        description="The colour of what keeps the letters readable: their edge, shadow, box or strip of paper.",
    )
    word: Colour | None = Field(
        default=None, description="The colour that marks the word that sounds, also where its speaker has one."
    )


class SeriesCaptions(CaptionSpec):
    """Where the captions of films go, and how they are set; an episode says only what is different."""

    where: Captions | None = Field(default=None, description="burn, sidecar, both (if left out) or none.")


def where_alone(value: object) -> object:
    """A plain word says where captions go."""
    return {"where": value} if isinstance(value, str) else value


def over(first: CaptionSpec | None, second: CaptionSpec | None) -> CaptionSpec | None:
    """What two say of how captions are set; the second comes before the first.

    >>> over(CaptionSpec(size=1.2, word="#FFC93C"), CaptionSpec(size=0.9)) == CaptionSpec(size=0.9, word="#FFC93C")
    True
    """
    said = {name: getattr(one, name) for one in (first, second) if one is not None for name in one.model_fields_set}
    said.pop("where", None)
    return CaptionSpec(**said) if said else None
