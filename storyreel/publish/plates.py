"""A page of plates: pictures with names under them, in rows, by headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyreel.text.chain import chain
from storyreel.text.shape import shape

if TYPE_CHECKING:
    from PIL.Image import Image

_EDGE, _GAP, _FOOT, _HEAD, _HEADING = 40, 18, 34, 104, 62
_PAPER, _INK, _SOFT, _RULE = "#FBF8F4", "#2E2430", "#857A88", "#E4DCE2"
_TITLE, _TEXT = ("Baloo 2 ExtraBold",), ("Baloo 2 SemiBold",)


@dataclass(frozen=True)
class Plate:
    """A picture and its name."""

    name: str
    picture: Image


@dataclass(frozen=True)
class Section:
    """Plates of one size under a heading."""

    heading: str
    plates: Sequence[Plate]


def page(title: str, about: str, sections: Sequence[Section], width: int = 1640) -> Image:
    """Draws a page, as an RGB image; sections without plates are left out."""
    import numpy as np
    import skia
    from PIL import Image

    from storyreel.stage.ink import argb
    from storyreel.stage.lettering import draw_line, label

    shown = [section for section in sections if section.plates]
    deep = [_HEADING + _rows(section, width) * (section.plates[0].picture.height + _FOOT + _GAP) for section in shown]
    height = _HEAD + sum(deep) + _EDGE
    pixels = np.zeros((height, width, 4), np.uint8)
    canvas = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType).getCanvas()
    canvas.clear(argb(_PAPER, 1.0))
    told = shape(about, chain(_TEXT), 22)
    label(canvas, title, _TITLE, 50, _EDGE, 76, _INK, max_width=width - 2 * _EDGE - told.width - _GAP)
    draw_line(canvas, told, width - _EDGE, 74, _SOFT, align="right")
    top = _HEAD
    for section, high in zip(shown, deep, strict=True):
        label(canvas, section.heading, _TITLE, 28, _EDGE, top + 38, _INK)
        wide, tall = section.plates[0].picture.size
        columns = _columns(wide, width)
        for number, plate in enumerate(section.plates):
            x = _EDGE + number % columns * (wide + _GAP)
            y = top + _HEADING + number // columns * (tall + _FOOT + _GAP)
            pixels[y : y + tall, x : x + wide, :3] = np.asarray(plate.picture.convert("RGB"))
            pixels[y : y + tall, x : x + wide, 3] = 255
            edge = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=1.5, Color=argb(_RULE, 1.0))
            canvas.drawRect(skia.Rect.MakeXYWH(x, y, wide, tall), edge)
            label(canvas, plate.name, _TEXT, 19, x + 2, y + tall + 24, _INK, max_width=wide - 4)
        top += high
    return Image.fromarray(pixels).convert("RGB")


def _columns(wide: int, width: int) -> int:
    return max((width - 2 * _EDGE + _GAP) // (wide + _GAP), 1)


def _rows(section: Section, width: int) -> int:
    return -(-len(section.plates) // _columns(section.plates[0].picture.width, width))
