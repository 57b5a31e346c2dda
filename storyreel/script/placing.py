"""What every thing on the stage has: where it stands, how large, what before what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from storyreel.script.air import Light
from storyreel.script.units import Duration, Position

SEND = "send"
"""The place of a thing at which it sends."""


class Placed(BaseModel):
    """A thing on the stage."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False)

    values: ClassVar[tuple[str, ...]] = ()
    """The values that `set` may move."""
    led: ClassVar[frozenset[str]] = frozenset()
    """Keys that say how it is directed: no look draws it by them."""

    at: Position = Field(default="centre", description="Where it stands.")
    in_: str | None = Field(default=None, alias="in", description="The pane or phone that shows it.")
    size: float = Field(default=1.0, gt=0, le=6, description="Size as a factor.")
    rot: float = Field(default=0.0, description="Turned by so many degrees.")
    order: float = Field(default=0.0, description="What stands before what: higher is nearer; the cast is at 0.")
    plane: float = Field(default=1.0, ge=0, le=2, description="How much of the camera's movement it takes.")
    screen: bool = Field(default=False, description="Fixed to the picture, free of the camera and of the mood.")
    hidden: bool = Field(default=False, description="Not there before it is shown.")
    light: Light | None = Field(
        default=None, description="The light that it gives; its value `light` goes from 0 to 1."
    )
    sway: float = Field(
        default=0.0, ge=0, le=2, description="How much it hangs in the wind: 1 as a lantern on a thread."
    )

    @property
    def fixed(self) -> bool:
        """Whether it stands in the picture, free of the camera: by its key, or since it stands in the lane."""
        return self.screen or self.at == "lane"

    @property
    def inside(self) -> str | None:
        """The pane or phone that it stands in."""
        return self.in_

    @property
    def spots(self) -> Mapping[str, tuple[float, float]]:
        """The places that only it has, about its middle, in its own units."""
        return {}


class Sender(Placed):
    """A thing that sends: a phone at its `send`, a drawing at its group of that name, a button as it is pressed."""

    led: ClassVar[frozenset[str]] = frozenset(("sends", "after"))

    sends: str | None = Field(
        default=None, description="To which thing its `send` sends: that dings and wakes (moment `other.ding`)."
    )
    after: Duration | None = Field(default=None, description="How long that takes to arrive; 10 frames if left out.")
