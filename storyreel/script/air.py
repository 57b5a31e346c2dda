"""What is in the air of a scene: its colours, its hour, wind, stillness; and what gives light in it."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from storyreel.script.base import Strict, alone_or_listed
from storyreel.script.dot import Time
from storyreel.script.units import Colour, Duration, Position


class Grade(Strict):
    """The colour of the picture: 1 is as painted, 0 is grey."""

    saturation: float = Field(default=1.0, ge=0, le=1.6, description="1 as painted, 0 grey.")
    tint: float = Field(default=0.0, ge=0, le=1, description="How much of the look's gloom lies over it.")
    warmth: float = Field(
        default=0.0, ge=-1, le=1, description="From -1, cold, to 1, warm, in looks that colour by it."
    )
    accent: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="How much of a colour that the look holds back is there; as the saturation.",
    )
    from_: str | Position | None = Field(
        default=None,
        alias="from",
        description="From under whom, or where, the change runs out over the picture; all at once.",
    )
    through: Annotated[list[str], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="Whom it reaches alone, one after another: groups of the set, people, things."
    )
    over: Duration | None = Field(default=None, description="How long the change takes.")
    at: Time | None = Field(default=None, description="When, within the beat.")


class Wind(Strict):
    """The wind of a scene: all that is light goes with it."""

    strength: float | None = Field(
        default=None, ge=0, le=2, description="How strong it is from then on: 0 none, 1 strong."
    )
    gust: float | None = Field(
        default=None, gt=0, le=2, description="A gust on top of that; its moment is `wind.gust`."
    )
    for_: Duration | None = Field(default=None, alias="for", description="How long the gust takes.")
    from_: Literal["left", "right"] | None = Field(default=None, alias="from", description="From where it blows.")
    over: Duration | None = Field(default=None, description="How long it takes to turn, to rise or to die down.")
    at: Time | None = Field(default=None, description="When, within the beat.")

    @model_validator(mode="after")
    def _gusts(self) -> Self:
        if self.gust is None and self.for_ is not None:
            raise ValueError("`for` says how long a `gust` takes; to let the wind change say `over`")
        return self


class Hour(Strict):
    """The hour of the day: the light that all is seen in, the sky, the sun, the moon and the stars."""

    to: float = Field(ge=0, le=24, description="The hour, of 24; it goes there forwards.")
    over: Duration | None = Field(default=None, description="How long the way there takes.")
    at: Time | None = Field(default=None, description="When, within the beat.")


def struck(value: object) -> object:
    """A number is the hour."""
    return {"to": value} if isinstance(value, int | float) and not isinstance(value, bool) else value


HourItem = Annotated[Hour, BeforeValidator(struck)]


class Light(Strict):
    """The light that a thing gives; its value `light` goes from 0 to 1."""

    colour: Colour = Field(default="#FFD590", description="Its colour.")
    reach: float = Field(default=0.5, gt=0, le=4, description="How far it reaches, in widths of a tall picture.")
    on: float = Field(default=1.0, ge=0, le=1, description="How bright it is at the start.")


class Still(Strict):
    """Everything holds still: lines don't wobble, nobody idles, nothing drifts, and no sound is heard."""

    at: Time | None = Field(default=None, description="When, within the beat: a time, or a moment: recokh.press.near.")
    for_: Duration = Field(alias="for", description="How long.")
    except_: Annotated[list[str], BeforeValidator(alone_or_listed)] = Field(
        default=[], alias="except", description="Who or what goes on meanwhile."
    )
