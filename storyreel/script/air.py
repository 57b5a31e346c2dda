"""What is in the air of a scene: its colours, and stillness."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from storyreel.script.base import Strict, alone_or_listed
from storyreel.script.dot import Time
from storyreel.script.units import Duration, Position


class Grade(Strict):
    """The colour of the picture: 1 is as painted, 0 is grey."""

    saturation: float = Field(1.0, ge=0, le=1.6, description="1 as painted, 0 grey.")
    tint: float = Field(0.0, ge=0, le=1, description="How much of the look's gloom lies over it.")
    warmth: float = Field(0.0, ge=-1, le=1, description="From -1, cold, to 1, warm, in looks that colour by it.")
    accent: float | None = Field(
        None, ge=0, le=1, description="How much of a colour that the look holds back is there; as the saturation."
    )
    from_: str | Position | None = Field(
        None, alias="from", description="From under whom, or where, the change runs out over the picture; all at once."
    )
    over: Duration | None = Field(None, description="How long the change takes.")
    at: Time | None = Field(None, description="When, within the beat.")


class Still(Strict):
    """Everything holds still: lines don't wobble, nobody idles, nothing drifts, and no sound is heard."""

    at: Time | None = Field(None, description="When, within the beat: a time, or a moment: recokh.press.near.")
    for_: Duration = Field(alias="for", description="How long.")
    except_: Annotated[list[str], BeforeValidator(alone_or_listed)] = Field(
        [], alias="except", description="Who or what goes on meanwhile."
    )
