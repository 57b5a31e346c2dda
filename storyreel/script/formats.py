"""Formats: the size of the picture, its frame rate, and the parts of it that a platform leaves free (dated data)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from storyreel.assets import asset
from storyreel.errors import StoryreelError, did_you_mean
from storyreel.script.models import CustomFormat, Script
from storyreel.script.units import frame_rate
from storyreel.timeline.model import STAGE

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

INSET = Fraction(5, 100)
"""What a picture of one's own size keeps free at each edge: the graphics safe area of EBU R 95."""


@dataclass(frozen=True)
class Format:
    """The picture and its safe zones; boxes in pixels, origin top left, y down.

    Attributes:
        name: as an author writes it, or `WIDTHxHEIGHT`.
        about: one line for lists.
        width, height: pixels.
        rate: frames a second, exact.
        strict: the box for text, faces and a whole reveal: free by every source at once.
        strict_zone: the whole of what every source leaves free; boxes overlap and together make an L.
        measured: what one measurement on a phone leaves free, in the same form.
        dated: when the numbers were collected (ISO 8601).
        source: where the numbers of `strict` come from.
        measured_source: where those of `measured` come from.
    """

    name: str
    about: str
    width: int
    height: int
    rate: Fraction
    strict: Box
    strict_zone: tuple[Box, ...]
    measured: tuple[Box, ...]
    dated: str
    source: str
    measured_source: str

    @property
    def safe(self) -> Box:
        """The strict box in stage units."""
        scale = STAGE / min(self.width, self.height)
        left, top, right, bottom = self.strict
        return left * scale, top * scale, right * scale, bottom * scale


def is_free(box: Box, zone: tuple[Box, ...]) -> bool:
    """Whether a rectangle lies wholly inside a zone (inside one of its boxes, edges included)."""
    left, top, right, bottom = box
    return any(
        left >= l and top >= t and right <= r and bottom <= b  # one letter a side reads best in a row of four
        for l, t, r, b in zone  # noqa: E741
    )


@cache
def format_names() -> tuple[str, ...]:
    """The names of the formats that ship with storyreel, in alphabetical order."""
    return tuple(sorted(path.stem for path in asset("formats").glob("*.yaml")))


def format_of(script: Script) -> Format:
    """The format of a script.

    Raises:
        StoryreelError: there is no format of that name.
    """
    wanted = script.format
    return custom_format(wanted) if isinstance(wanted, CustomFormat) else named_format(wanted)


def custom_format(spec: CustomFormat) -> Format:
    """A picture of the author's own size; 5 % inside each edge is safe."""
    across, down = math.ceil(spec.width * INSET), math.ceil(spec.height * INSET)
    box = (float(across), float(down), float(spec.width - across), float(spec.height - down))
    return Format(
        name=f"{spec.width}x{spec.height}",
        about="A picture of your own size.",
        width=spec.width,
        height=spec.height,
        rate=frame_rate(spec.fps),
        strict=box,
        strict_zone=(box,),
        measured=(box,),
        dated="",
        source="EBU R 95, graphics safe area (5 % inside each edge)",
        measured_source="EBU R 95, graphics safe area (5 % inside each edge)",
    )


@cache
def named_format(name: str) -> Format:
    """A format that ships with storyreel.

    Raises:
        StoryreelError: there is no format of that name.
    """
    if name not in format_names():
        raise StoryreelError(f"unknown format '{name}'{did_you_mean(name, format_names())}")
    return _read(asset("formats", f"{name}.yaml"))


def _read(path: Path) -> Format:
    from ruamel.yaml import YAML

    data: dict[str, Any] = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    measured, strict = data["measured"], data["strict"]
    return Format(
        name=path.stem,
        about=data["about"],
        width=data["width"],
        height=data["height"],
        rate=frame_rate(data["fps"]),
        strict=_box(strict["text"]),
        strict_zone=tuple(_box(box) for box in strict["boxes"]),
        measured=tuple(_box(box) for box in measured["boxes"]),
        dated=data["dated"].isoformat(),
        source=strict["source"],
        measured_source=measured["source"],
    )


def _box(numbers: list[float]) -> Box:
    left, top, right, bottom = map(float, numbers)
    return left, top, right, bottom
