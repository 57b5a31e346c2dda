"""Plain drawing data as Skia's paths, paints and matrices."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import skia

from storyreel.puppet.model import Command, Gradient, Matrix, Shape

Recolour = Callable[[str], str]

_CAPS = {"butt": skia.Paint.kButt_Cap, "round": skia.Paint.kRound_Cap, "square": skia.Paint.kSquare_Cap}
_JOINS = {"miter": skia.Paint.kMiter_Join, "round": skia.Paint.kRound_Join, "bevel": skia.Paint.kBevel_Join}
_TILES = {"pad": skia.TileMode.kClamp, "reflect": skia.TileMode.kMirror, "repeat": skia.TileMode.kRepeat}


def to_matrix(matrix: Matrix) -> Any:
    """A skia.Matrix."""
    a, b, c, d, e, f = matrix
    return skia.Matrix.MakeAll(a, c, e, b, d, f, 0, 0, 1)


def to_path(commands: Iterable[Command], even_odd: bool = False) -> Any:
    """A skia.Path of absolute M, L, C, Z commands."""
    path = skia.Path()
    draw = {"M": path.moveTo, "L": path.lineTo, "C": path.cubicTo}
    for letter, values in commands:
        if letter == "Z":
            path.close()
        else:
            draw[letter](*values)
    if even_odd:
        path.setFillType(skia.PathFillType.kEvenOdd)
    return path


def argb(colour: str, alpha: float) -> int:
    """Skia's colour of "#RRGGBB" and opacity 0..1."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return int(skia.ColorSetARGB(round(min(max(alpha, 0.0), 1.0) * 255), red, green, blue))


def _shader(gradient: Gradient, path: Any, recolour: Recolour) -> Any:
    colours = [argb(recolour(colour), alpha) for _, colour, alpha in gradient.stops]
    offsets = [offset for offset, _, _ in gradient.stops]
    local = to_matrix(gradient.transform) if gradient.transform else skia.Matrix()
    if gradient.boxed:
        box = path.getBounds()
        frame = skia.Matrix()
        frame.setScale(box.width(), box.height())
        frame.postTranslate(box.left(), box.top())
        local.postConcat(frame)
    mode, n = _TILES[gradient.spread], gradient.numbers
    if gradient.kind == "linear":
        points = [skia.Point(n[0], n[1]), skia.Point(n[2], n[3])]
        return skia.GradientShader.MakeLinear(points, colours, offsets, mode, 0, local)
    focus, centre = skia.Point(n[3], n[4]), skia.Point(n[0], n[1])
    return skia.GradientShader.MakeTwoPointConical(focus, 0, centre, n[2], colours, offsets, mode, 0, local)


def _paint(source: str | Gradient, alpha: float, path: Any, recolour: Recolour) -> Any:
    paint = skia.Paint(AntiAlias=True)
    if isinstance(source, Gradient):
        paint.setShader(_shader(source, path, recolour))
        paint.setAlphaf(alpha)
    else:
        paint.setColor(argb(recolour(source), alpha))
    return paint


def paints(shape: Shape, path: Any, opacity: float, recolour: Recolour) -> list[Any]:
    """The paints to draw a shape's path with, fill first."""
    made = []
    if shape.fill is not None:
        made.append(_paint(shape.fill, shape.fill_opacity * opacity, path, recolour))
    if shape.stroke is not None:
        pen = _paint(shape.stroke.paint, shape.stroke.opacity * opacity, path, recolour)
        pen.setStyle(skia.Paint.kStroke_Style)
        pen.setStrokeWidth(shape.stroke.width)
        pen.setStrokeCap(_CAPS.get(shape.stroke.cap, skia.Paint.kButt_Cap))
        pen.setStrokeJoin(_JOINS.get(shape.stroke.join, skia.Paint.kMiter_Join))
        pen.setStrokeMiter(shape.stroke.miter)
        if shape.stroke.dashes:
            dashes = list(shape.stroke.dashes) * (2 if len(shape.stroke.dashes) % 2 else 1)
            pen.setPathEffect(skia.DashPathEffect.Make(dashes, 0))
        made.append(pen)
    return made
