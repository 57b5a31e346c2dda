"""What rendering costs, step by step."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass
class Tally:
    """What a stretch of frames cost: CPU seconds of each step, frames, and how many of them were drawn anew."""

    stage: float = 0.0
    paint: float = 0.0
    convert: float = 0.0
    encode: float = 0.0
    frames: int = 0
    drawn: int = 0

    def add(self, other: Tally) -> None:
        """Adds another stretch."""
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))
