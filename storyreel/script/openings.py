"""What one sees through panes, and pages of them: models."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from storyreel.script.base import Strict
from storyreel.script.dot import Time
from storyreel.script.units import Duration, Name, Point

Corners = Annotated[list[Point], Field(min_length=4, max_length=4)]
"""A pane's corners in shares of the picture: upper left, upper right, lower right, lower left."""
EDGES = ("left", "top", "right", "bottom")
"""A pane's edges, by what stands behind its dot."""


class Otherwise(Strict):
    """How somebody is seen in a pane, otherwise than beside it."""

    face: str | None = Field(default=None, description="Their face there.")
    pose: str | None = Field(default=None, description="Their pose there.")


def _shown(value: Any) -> str:
    return "people" if isinstance(value, dict) else "word"


Shows = Annotated[Annotated[dict[Name, Otherwise], Tag("people")] | Annotated[str, Tag("word")], Discriminator(_shown)]
"""What a pane shows: one thing by its name, or people who are otherwise there."""


class PaneCamera(Strict):
    """Where the camera of a pane stands, which sees what stands in it."""

    zoom: float = Field(default=1.0, gt=0, le=6, description="Magnification; `set: {near: 1.1}` moves it.")
    to: Point | None = Field(
        default=None, description="Where it looks, in shares of the pane; `across` and `down` move it."
    )
    tilt: float = Field(default=0.0, ge=-45, le=45, description="Roll, in degrees.")


class PageTurn(Strict):
    """The panes go over to another page."""

    to: str = Field(description="One of the scene's `pages`.")
    by: str | None = Field(
        default=None, description="The pane that comes first and shoves the others: moment page.hit."
    )
    over: Duration | None = Field(default=None, description="How long that takes.")
    at: Time | None = Field(default=None, description="When, within the beat: a time, or a moment: mouth.gulp.")
