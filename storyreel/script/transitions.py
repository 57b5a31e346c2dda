"""How a shot is left."""

from __future__ import annotations

from pydantic import Field

from storyreel.script.base import Strict
from storyreel.script.dot import Time
from storyreel.script.units import Duration


class Cut(Strict):
    """The way out of a shot: it ends the beat. Alone it is a cut."""

    at: Time | None = Field(None, description="When, within the beat: a time, or a moment: recokh.said + 6f.")
    dark: Duration | None = Field(None, description="The picture is dark for so long.")
    cover: str | None = Field(None, description="Who or what comes over the picture, so that the next lies behind it.")
