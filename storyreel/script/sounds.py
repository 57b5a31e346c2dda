"""What is heard besides speech: effects, changes in the score, how wide the sound is."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from storyreel.script.base import Strict
from storyreel.script.dot import Time
from storyreel.script.units import Duration
from storyreel.script.voice import THROUGH, Muffle


class Effect(Strict):
    """A sound effect at a moment."""

    play: str = Field(description="An effect's name, a note (piano g4), or an audio file beside the scene.")
    at: Time | None = Field(default=None, description="When, within the beat.")
    gain: float = Field(default=0.0, ge=-60, le=12, description="Louder or softer, in dB.")
    muffle: Muffle = Field(default="none", description=THROUGH)
    until: Time | None = Field(default=None, description="Until when it goes round; left out, it is heard once.")


def named_effect(value: object) -> object:
    """A plain string is an effect's name."""
    return {"play": value} if isinstance(value, str) else value


EffectItem = Annotated[Effect, BeforeValidator(named_effect)]


class MusicChange(Strict):
    """A change in the score: another section of the track, another level, a note that is held, or an end."""

    section: str | None = Field(default=None, description="The track's section from here on.")
    stop: bool = Field(default=False, description="It stops; a section begins it again.")
    hold: str | None = Field(default=None, description="Notes or a chord that it holds from here on: e5, or A7sus4.")
    until: Time | None = Field(default=None, description="Until when it holds them; left out, until another change.")
    by: str | None = Field(default=None, description="The instrument that holds them, of the score or any.")
    muffle: Muffle | None = Field(default=None, description=THROUGH)
    level: float | None = Field(
        default=None, ge=-80, le=0, description="Level in LUFS, speech being at -16; -80 is silence."
    )
    over: Duration | None = Field(default=None, description="How long the change of level takes.")
    at: Time | None = Field(default=None, description="When, within the beat: a time, or a moment: michii.slam.")

    @model_validator(mode="after")
    def _one(self) -> Self:
        asked = [name for name in ("section", "hold", "stop") if getattr(self, name)]
        if len(asked) > 1:
            raise ValueError(f"the music can do one at a time: {' or '.join(asked)}; make a list of two changes")
        if not self.hold and (self.until is not None or self.by is not None):
            raise ValueError("`until` and `by` belong to a `hold`: {hold: e5, until: 24f}")
        return self


def named_section(value: object) -> object:
    """A plain string is a section's name."""
    return {"section": value} if isinstance(value, str) else value


MusicItem = Annotated[MusicChange, BeforeValidator(named_section)]


class SoundStart(Strict):
    """How all that is heard begins."""

    width: float | None = Field(
        default=None, ge=0, le=1, description="0 is one point in the middle, 1 all that there is."
    )
    muffle: Muffle | None = Field(default=None, description=THROUGH)


class SoundChange(SoundStart):
    """A change in all that is heard: how wide it is, what it is heard through, a hush, or a copy."""

    hush: Duration | None = Field(default=None, description="Nothing is heard for so long.")
    copy_: str | None = Field(
        default=None, alias="copy", description="Whose steps, touches and notes are heard again from here on."
    )
    late: Duration | None = Field(default=None, description="How much later the copy is heard; a quarter of a second.")
    notes: int = Field(default=0, ge=-24, le=24, description="How many semitones higher the notes of a copy are.")
    by: str | None = Field(default=None, description="The instrument that plays the notes of a copy.")
    side: Literal["left", "right"] | None = Field(default=None, description="From where the copy is heard.")
    until: Time | None = Field(
        default=None,
        description="Until when it is copied: a time, or a moment, also of a later beat; left out, to the end.",
    )
    at: Time | None = Field(default=None, description="When, within the beat: a time, or a moment: michii.press.")

    @model_validator(mode="after")
    def _copied(self) -> Self:
        more = [name for name in ("late", "notes", "by", "side", "until") if name in self.model_fields_set]
        if more and self.copy_ is None:
            raise ValueError(f"`{more[0]}` says more of a `copy`: {{copy: michii, late: 8f}}")
        return self
