"""Who speaks, and how."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from storyreel.script.base import Strict

Muffle = Literal["phone", "door", "cloth", "far", "none"]
"""What something is heard through; `none` is nothing."""
THROUGH = "Heard through: phone, door, cloth, far; none is nothing."


class VoiceSpec(Strict):
    """Who speaks a part, and how. `pitch` and `formant` are factors: 1 is as recorded."""

    use: str = Field(default="heart", description="The voice's name; `storyreel voices` lists them.")
    pitch: float = Field(default=1.0, ge=0.4, le=1.6, description="Pitch as a factor.")
    formant: float = Field(
        default=1.0, ge=0.7, le=1.12, description="Size of the voice as a factor; below 1 is larger."
    )
    speed: float = Field(default=1.0, ge=0.6, le=1.6, description="Pace as a factor.")
    whisper: float = Field(default=0.0, ge=0, le=1, description="0 is voiced, 1 a whisper.")
    near: float = Field(default=0.0, ge=0, le=1, description="0 is at a table's length, 1 at the ear.")
    muffle: Muffle = Field(default="none", description=THROUGH)


def voice_of(own: VoiceSpec | None, line: VoiceSpec | None, version: int) -> VoiceSpec | None:
    """The voice that says a line: one's own, but for what the line gives; up to version 1 the line's, whole."""
    if own is None or line is None or version < 2:
        return line or own
    return own.model_copy(update={name: getattr(line, name) for name in line.model_fields_set})
