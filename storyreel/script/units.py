"""The small notations of a scene file: times, places, colours, easings."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from storyreel.timeline.easing import easing

_DURATION = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*(s|ms|f|beats?)")


class Duration:
    """A length of time as an author writes it: `2s`, `450ms`, `12f` (frames) or `2beats` (of the music)."""

    __slots__ = ("amount", "unit")

    def __init__(self, amount: Fraction, unit: str) -> None:
        self.amount, self.unit = amount, unit

    @classmethod
    def parse(cls, text: object) -> Duration:
        """Reads a duration.

        Raises:
            ValueError: it is none; the text says what one looks like.
        """
        if isinstance(text, cls):
            return text
        match = _DURATION.fullmatch(text.strip()) if isinstance(text, str) else None
        if match is None:
            raise ValueError(f"'{text}' is not a time; write 2s, 450ms, 12f (frames) or 2beats (of the music)")
        unit = "beats" if match[2].startswith("beat") else match[2]
        return cls(Fraction(match[1]), unit)

    def seconds(self, rate: Fraction, tempo: float) -> Fraction:
        """The same in seconds, at a frame rate (1/s) and a tempo (music beats a minute)."""
        factor = {"s": Fraction(1), "ms": Fraction(1, 1000), "f": 1 / rate, "beats": 60 / Fraction(tempo)}
        return self.amount * factor[self.unit]

    def __str__(self) -> str:
        return f"{float(self.amount):g}{self.unit}"

    def __repr__(self) -> str:
        return f"Duration({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Duration) and (self.amount, self.unit) == (other.amount, other.unit)

    def __hash__(self) -> int:
        return hash((self.amount, self.unit))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {
            "type": "string",
            "pattern": r"^(\d+(\.\d+)?|\.\d+)\s*(s|ms|f|beats?)$",
            "description": "A time: 2s, 450ms, 12f (frames) or 2beats (of the music).",
        }


def _ease(value: object) -> object:
    if isinstance(value, str):
        easing(value)
    return value


Ease = Annotated[
    str,
    BeforeValidator(_ease),
    Field(description="How it eases: linear, in, out, inout, out-back, inout-quint, spring(120, 14), steps(4), …"),
]
Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$", description="A colour, #RRGGBB.")]
Name = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", description="A name: letters, digits, - and _.")]
Point = tuple[float, float]
Position = Annotated[
    str | Point,
    Field(
        description="A place: left, centre, right, far-left, far-right, offstage-left, offstage-right, "
        "offstage-top, offstage-bottom, or [across, down] from 0 to 1 of the safe box.",
    ),
]
POSITIONS: dict[str, tuple[float, float | None]] = {
    "centre": (0.5, None),
    "center": (0.5, None),
    "left": (0.27, None),
    "right": (0.73, None),
    "far-left": (0.12, None),
    "far-right": (0.88, None),
    "offstage-left": (-0.6, None),
    "offstage-right": (1.6, None),
    "offstage-top": (0.5, -0.6),
    "offstage-bottom": (0.5, 1.8),
}
"""Named places as shares of the safe box; `None` down is the floor."""
