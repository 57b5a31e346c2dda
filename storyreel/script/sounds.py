"""What is heard besides speech: effects, changes in the score, how wide the sound is."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from storyreel.script.base import Strict
from storyreel.script.dot import Time
from storyreel.script.units import Duration


class Effect(Strict):
    """A sound effect at a moment."""

    play: str = Field(description="An effect's name, or an audio file beside the scene.")
    at: Time | None = Field(None, description="When, within the beat.")
    gain: float = Field(0.0, ge=-60, le=12, description="Louder or softer, in dB.")


def named_effect(value: object) -> object:
    """A plain string is an effect's name."""
    return {"play": value} if isinstance(value, str) else value


EffectItem = Annotated[Effect, BeforeValidator(named_effect)]


class MusicChange(Strict):
    """A change in the score: another section of the track, another level."""

    section: str | None = Field(None, description="The track's section from here on.")
    level: float | None = Field(None, ge=-80, le=0, description="Level in LUFS, speech being at -16; -80 is silence.")
    over: Duration | None = Field(None, description="How long the change of level takes.")
    at: Time | None = Field(None, description="When, within the beat: a time, or a moment: michii.slam.")


class SoundChange(Strict):
    """A change in all that is heard: how wide it is, or a hush."""

    width: float | None = Field(None, ge=0, le=1, description="0 is one point in the middle, 1 all that there is.")
    hush: Duration | None = Field(None, description="Nothing is heard for so long.")
    at: Time | None = Field(None, description="When, within the beat: a time, or a moment: michii.press.")
