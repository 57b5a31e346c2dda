"""How a shot is left."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field

from storyreel.script.base import Strict
from storyreel.script.dot import Time
from storyreel.script.units import Duration

Corner = Literal["lower-right", "lower-left", "upper-right", "upper-left"]
"""The corners that a page is turned at."""
CORNERS: tuple[str, ...] = get_args(Corner)
Tear = Literal["down", "up", "left", "right"]
"""Where a tear runs."""
TEARS: tuple[str, ...] = get_args(Tear)
WAYS = ("dark", "cover", "follow", "through", "match", "page", "tear")
"""The ways out of a shot that exclude each other."""


class Cut(Strict):
    """The way out of a shot: it ends the beat. Alone it is a cut."""

    at: Time | None = Field(default=None, description="When, within the beat: a time, or a moment: recokh.said + 6f.")
    dark: Duration | None = Field(default=None, description="The picture is dark for so long.")
    cover: str | None = Field(
        default=None, description="Who or what comes over the picture, so that the next lies behind it."
    )
    follow: str | None = Field(default=None, description="Whom or what the camera swings after, out of this picture.")
    through: str | None = Field(default=None, description="What the camera goes into until it fills the picture.")
    match: str | None = Field(default=None, description="What the next picture has something else in the place of.")
    with_: str | None = Field(
        default=None, alias="with", description="What lies there in the next picture: a name, a place of something's."
    )
    page: Corner | None = Field(default=None, description="The picture is a page that is turned at this corner.")
    tear: Tear | None = Field(default=None, description="The picture is a sheet that is torn in two, this way.")
    by: str | None = Field(
        default=None, description="Who pulls the torn sheet away, to their side; or what turns the page: wind."
    )
    keep: bool = Field(
        default=False,
        description="Of a sheet torn down before the portrait: the half that is pulled stays lying on it.",
    )
    over: Duration | None = Field(
        default=None, description="How long it takes; a page and a torn sheet lie over the next shot."
    )
