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


_RATE = re.compile(r"(\d+)\s*/\s*(\d+)|(\d+(?:\.\d+)?)")
_BROADCAST = {
    Fraction(rate, 1000): Fraction(near * 1000, 1001) for rate, near in ((29970, 30), (23976, 24), (59940, 60))
}
"""Broadcast rates as they are commonly written, and what they stand for (SMPTE 12M)."""


def frame_rate(value: object) -> Fraction:
    """Frames a second, exact: `30`, `24`, `30000/1001`; 29.97, 23.976 and 59.94 stand for the broadcast rates.

    Raises:
        ValueError: it is no frame rate from 1 to 120; the text says what one looks like.
    """
    match = _RATE.fullmatch(str(value).strip()) if not isinstance(value, bool) else None
    if match is None or match[2] == "0":
        raise ValueError(f"'{value}' is no frame rate; write 30, 24, or a ratio such as 30000/1001")
    written = Fraction(int(match[1]), int(match[2])) if match[1] else Fraction(match[3])
    rate = _BROADCAST.get(written, written)
    if not 1 <= rate <= 120:
        raise ValueError(f"'{value}' is no frame rate from 1 to 120 frames a second")
    return rate


def _rate(value: object) -> object:
    frame_rate(value)
    return value


FrameRate = Annotated[
    float | str,
    BeforeValidator(_rate),
    Field(description="Frames a second: 30, 24, or a ratio such as 30000/1001."),
]


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
