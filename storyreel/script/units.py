"""The small notations of a scene file: times, places, colours, easings."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from storyreel.timeline.easing import easing

LONGEST = 3600
"""The longest that a film, or anything in it, may last, in seconds: six times what the platforms take in their apps."""
_FASTEST, _QUICKEST = 120, 300.0
"""Frames a second and beats a minute beyond which there is nothing."""
_SPELLING = 24
"""How many characters of a time are read, and shown."""

_DURATION = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*(s|ms|f|d|beats?)")


def _cut(value: object) -> str:
    text = str(value)
    return text if len(text) <= _SPELLING else f"{text[:_SPELLING]}…"


def read_by(parse: Callable[[Any], object]) -> CoreSchema:
    """How pydantic reads what has a notation of its own: by its parser; it is written as its text."""
    return core_schema.no_info_plain_validator_function(
        parse, serialization=core_schema.plain_serializer_function_ser_schema(str)
    )


class Duration:
    """A length of time as an author writes it: `2s`, `450ms`, `12f` (frames), `2beats` (of the music) or `6d`.

    A `d` is a drawing of the look, which may stand for several frames.
    """

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
            if isinstance(text, int | float) and not isinstance(text, bool) and 0 <= text <= LONGEST:
                raise ValueError(f"{text} has no unit; write {text}s, or {text}f (frames), {text}beats (of the music)")
            raise ValueError(f"'{_cut(text)}' is not a time; write 2s, 450ms, 12f (frames) or 2beats (of the music)")
        unit = "beats" if match[2].startswith("beat") else match[2]
        read = cls(Fraction(match[1]), unit) if len(match[1]) <= _SPELLING else None
        if read is None or read.least > LONGEST:
            raise ValueError(f"{_cut(match[1])}{unit} is too long; a film lasts {LONGEST // 60} minutes at most")
        return read

    @staticmethod
    def written(text: str) -> bool:
        """Whether a text has the form of a duration."""
        return _DURATION.fullmatch(text.strip()) is not None

    def seconds(self, rate: Fraction, tempo: float, drawing: Fraction | int = 1) -> Fraction:
        """The same in seconds, at a frame rate (1/s), a tempo (music beats a minute) and so many frames a drawing."""
        frame = 1 / rate
        factor = {
            "s": Fraction(1),
            "ms": Fraction(1, 1000),
            "f": frame,
            "d": frame * drawing,
            "beats": 60 / Fraction(tempo),
        }
        return self.amount * factor[self.unit]

    @property
    def least(self) -> Fraction:
        """What it lasts at least, in seconds, whatever the frame rate and the tempo."""
        return self.seconds(Fraction(_FASTEST), _QUICKEST)

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
        return read_by(cls.parse)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {
            "type": "string",
            "pattern": r"^(\d+(\.\d+)?|\.\d+)\s*(s|ms|f|d|beats?)$",
            "description": "A time: 2s, 450ms, 12f (frames), 2beats (of the music) or 6d (drawings).",
        }


_RATE = re.compile(r"(\d{1,9})\s*/\s*(\d{1,9})|(\d{1,9}(?:\.\d{1,9})?)")
_BROADCAST = tuple(Fraction(near * 1000, 1001) for near in (24, 30, 48, 60, 120))
"""What the decimals of broadcast rates stand for (SMPTE ST 12-1)."""
_SPELT = Fraction(7, 1000)
"""How far their spellings (23.97, 23.976, 23.98, 29.97, 47.95, 59.94) are from them at most."""


def frame_rate(value: object) -> Fraction:
    """Frames a second, exact: `30`, `24`, `30000/1001`; 23.976, 23.98, 29.97, 47.95, 59.94 are the broadcast rates.

    Raises:
        ValueError: it is no frame rate from 1 to 120; the text says what one looks like.
    """
    match = _RATE.fullmatch(str(value).strip()) if not isinstance(value, bool) else None
    if match is None or (match[2] and not int(match[2])):
        raise ValueError(f"'{_cut(value)}' is no frame rate; write 30, 24, or a ratio such as 30000/1001")
    written = Fraction(int(match[1]), int(match[2])) if match[1] else Fraction(match[3])
    decimals = match[3] is not None and written.denominator > 1
    rate = next((near for near in _BROADCAST if decimals and abs(near - written) < _SPELT), written)
    if not 1 <= rate <= 120:
        raise ValueError(f"'{_cut(value)}' is no frame rate from 1 to 120 frames a second")
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
COLOUR = r"^#[0-9A-Fa-f]{6}$"
Colour = Annotated[str, Field(pattern=COLOUR, description="A colour, #RRGGBB.")]
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
    "lane": (0.5, 0.93),
    "offstage-left": (-0.6, None),
    "offstage-right": (1.6, None),
    "offstage-top": (0.5, -0.6),
    "offstage-bottom": (0.5, 1.8),
}
"""Named places as shares of the safe box; `None` down is the floor."""
