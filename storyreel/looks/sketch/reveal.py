"""The reveal: the sheet with its crayon ground, and the hole torn into it, through which the human being shows."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import skia

from storyreel.looks.sketch.hand import written
from storyreel.looks.sketch.marks import Canvas, Path, Picture, paint, recorded
from storyreel.looks.sketch.palette import ACCENT, ACCENT_DARK, ACCENT_PALE, GRAPHITE, PAPER
from storyreel.stage.baking import baked
from storyreel.stage.ink import to_path
from storyreel.stage.lettering import draw_line
from storyreel.treatment.contours import Line, polygons
from storyreel.treatment.strokes import Hatch, hatching
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import number, text
from storyreel.widgets.torn import rect, torn, torn_edge

_CORE, _TAPE = "#FFFDF7", "#EBE2C8"
_JERKS = 5
"""Drawings in which the sheet tears open."""
_FORM = 2.7
"""How square the hole is: 2 is an oval."""
_WIDE, _TALL = 1.0, 1.03
_LABEL = 34.0
_LOWER = 96.0
"""How much lower than others a portrait's label is taped."""
_GROUND = ((-31.0, 24.0, 20.0, ACCENT, 1), (-31.0, 31.0, 9.0, ACCENT_DARK, 2), (-33.0, 47.0, 6.0, ACCENT_PALE, 3))
"""Crayon: angle, gap, width, colour, seed."""
_COVERED = 0.62
"""How far down the sheet the crayon goes, as a share of its height."""
_SPREAD = 0.9
"""Seconds in which crayon covers the ground, and how long a drawing of it stands."""
_HELD = 0.1


def _hole(radius: float, share: float, grown: float = 0.0, seed: int = 3) -> Line:
    """The torn edge of the hole about (0, 0): a slit at first, whole when `share` is 1."""
    turn = np.linspace(0, math.tau, 180)
    cos, sin = np.cos(turn), np.sin(turn)
    across = np.sign(cos) * np.abs(cos) ** (2 / _FORM) * radius * _WIDE * share
    down = np.sign(sin) * np.abs(sin) ** (2 / _FORM) * radius * _TALL * min(1.0, share * 1.6)
    size = np.maximum(np.hypot(across, down), 1.0)
    points = np.stack((across, down), axis=1) * (1 + grown / size)[:, None]
    return torn_edge(points, seed, 2.4)


def _share(values: Values) -> float:
    return min(max(math.ceil(values.get("open", 1.0) * _JERKS - 0.01) / _JERKS, 0.0), 1.0)


@lru_cache(maxsize=24)
def _edge(radius: float, share: float, grown: float, seed: int) -> Path:
    line = _hole(radius, share, grown, seed)
    return to_path(polygons(line, (len(line),)))


def _outline(settings: Settings, values: Values) -> Path:
    share = _share(values)
    if share <= 0:
        return skia.Path()
    edge, wide = skia.Path(_edge(number(settings, "radius", 560.0), share, 0.0, 3)), _wide(values)
    if wide > 1:
        edge.transform(skia.Matrix().setScale(wide, wide))
    return edge


def _wide(values: Values) -> float:
    """How much wider than its frame the hole is torn."""
    return max(values.get("open", 1.0), 1.0)


@lru_cache(maxsize=12)
def _rim(radius: float, share: float) -> Picture:
    """The torn paper round the hole: its white core, and its shadow on what lies below."""
    unit = radius / 560
    hole, core, lifted = (_edge(radius, share, by * unit, seed) for by, seed in ((0, 3), (17, 8), (31, 5)))

    def draw(canvas: Canvas) -> None:
        canvas.save()
        canvas.clipPath(hole, doAntiAlias=True)
        for right, down, opacity in ((4, 6, 0.2), (9, 14, 0.16), (15, 22, 0.1)):
            moved = skia.Path(hole)
            moved.offset(right * unit, down * unit)
            canvas.drawPath(skia.Op(hole, moved, skia.kDifference_PathOp), paint(GRAPHITE, opacity))
        canvas.restore()
        canvas.save()
        canvas.clipPath(hole, skia.ClipOp.kDifference, True)
        canvas.drawPath(lifted, paint(GRAPHITE, 0.12))
        canvas.drawPath(core, paint(_CORE))
        canvas.restore()

    reach = radius * 1.2
    return recorded((-reach, -reach, reach, reach), draw)


def _behind(canvas: Canvas, settings: Settings, values: Values) -> None:
    """What is under the sheet before the picture is laid there."""
    if _share(values) > 0:
        canvas.drawPath(_outline(settings, values), paint("#D8D2C6"))


def _front(canvas: Canvas, settings: Settings, values: Values) -> None:
    radius, share = number(settings, "radius", 560.0), _share(values)
    if share <= 0:
        return
    canvas.save()
    canvas.scale(_wide(values), _wide(values))
    canvas.drawPicture(_rim(radius, share))
    canvas.restore()
    label = text(settings, "label").strip()
    if label and share == 1:
        canvas.save()
        canvas.translate(0, radius * 0.66)
        canvas.rotate(-3)
        canvas.drawPicture(_tape(label, radius))
        canvas.restore()


@lru_cache(maxsize=8)
def _tape(label: str, radius: float) -> Picture:
    line = written(label, "label", _LABEL, radius * 1.2, 1)[0]
    half = line.width / 2 + 30
    strip = torn((-half, -line.size * 0.76, half, line.size * 0.76), 21, 0.8)

    def draw(canvas: Canvas) -> None:
        canvas.save()
        canvas.translate(2, 5)
        canvas.drawPath(strip, paint(GRAPHITE, 0.2))
        canvas.restore()
        canvas.drawPath(strip, paint(_TAPE, 0.94))
        draw_line(canvas, line, 0, line.size * 0.3, GRAPHITE, align="center")

    return recorded((-half - 20, -60, half + 20, 60), draw)


def _tag(canvas: Canvas, settings: Settings, values: Values) -> None:
    """The label of a portrait that stays, on tape whose right end is at (0, 0)."""
    label, wide = text(settings, "text").strip(), number(settings, "width", 400)
    if label and values.get("appear", 1.0) > 0.5:
        line = written(label, "label", _LABEL, 0.7 * wide, 1)[0]
        canvas.save()
        canvas.translate(-line.width / 2 - 30, _LOWER)
        canvas.rotate(-3)
        canvas.drawPicture(_tape(label, 0.7 * wide / 1.2))
        canvas.restore()


TAG = Widget(_tag, lambda settings: (-number(settings, "width", 400), -60, 60, _LOWER + 80), values=("appear",))


def _iris_bounds(settings: Settings) -> Box:
    reach = number(settings, "radius", 560.0) * 1.2 * max(number(settings, "widest", 1.0), 1.0)
    return (-reach, -reach, reach, reach)


OPENING = Widget(_behind, _iris_bounds, _outline, Widget(_front, values=("open",)), values=("open",))


def _size(settings: Settings) -> tuple[float, float]:
    return number(settings, "width", 1080), number(settings, "height", 1920)


def _ground(canvas: Canvas, settings: Settings, values: Values) -> None:
    """The sheet, its top left corner at (0, 0), `t` seconds after the reveal began: crayon spreads, and boils."""
    width, height = _size(settings)
    seconds = values.get("t", 0.0)
    drawing = int(seconds / _HELD + 0.01) % 3
    share = min((int(seconds / _HELD + 0.01) + 1) * _HELD / _SPREAD, 1.0)
    canvas.save()
    canvas.clipRect((0, 0, width, height))
    if share < 1:
        canvas.drawRect((0, 0, width, height), paint(PAPER))
        pegs(canvas, 0, width, height * 0.945, min(width, height) / 1080)
        front = skia.Path()
        reach = (width + height * 0.6) * share
        corners = ((-9, -9), (reach, -9), (reach - height * 0.6, height), (-9, height))
        front.addPoly([skia.Point(*corner) for corner in corners], True)
        canvas.clipPath(front, doAntiAlias=True)
    baked(canvas, (0, 0, width, height), True, _sheet, width, height, drawing)
    canvas.restore()


@lru_cache(maxsize=6)
def _sheet(width: float, height: float, drawing: int) -> Picture:
    box = rect(-30, -30, width + 30, height + 30)

    def draw(canvas: Canvas) -> None:
        canvas.drawRect((0, 0, width, height), paint(PAPER))
        for angle, gap, broad, colour, seed in _GROUND:
            hatch = Hatch(angle, gap, broad, 0.0, 1.0, 330)
            strokes = to_path(hatching(box, hatch, lambda at: (_COVERED * height - at[:, 1]) / 90, seed, drawing))
            canvas.drawPath(strokes, paint(colour, 0.9))
        pegs(canvas, 0, width, height * 0.945, min(width, height) / 1080)

    return recorded((0, 0, width, height), draw)


def pegs(canvas: Canvas, left: float, width: float, y: float, unit: float = 1.0) -> None:
    """The holes by which an animator's sheet is held: two long ones and a round one."""
    for x, half in ((0.18, 75.0), (0.5, 28.0), (0.82, 75.0)):
        at = left + width * x
        hole = skia.Rect.MakeLTRB(at - half * unit, y - 24 * unit, at + half * unit, y + 24 * unit)
        # What is seen through it lies in the sheet's own shadow: dark alone it would be a button.
        canvas.save()
        canvas.clipRRect(skia.RRect.MakeRectXY(hole, 26 * unit, 26 * unit), skia.ClipOp.kIntersect, True)
        canvas.drawPaint(paint(GRAPHITE, 0.3))
        lit = skia.Path.RRect(hole.makeOffset(0, 11 * unit), 26 * unit, 26 * unit)
        canvas.clipPath(lit, skia.ClipOp.kDifference, True)
        canvas.drawPaint(paint(GRAPHITE, 0.5))
        canvas.restore()


def _ground_bounds(settings: Settings) -> Box:
    return (0, 0, *_size(settings))


GROUND = Widget(_ground, _ground_bounds, values=("t",))
