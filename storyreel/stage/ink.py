"""Plain drawing data as Skia's paths, paints and matrices."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

import skia

from storyreel.puppet.model import Command, Gradient, Matrix, Shape, Stroke, Texture, concat
from storyreel.stage.gradients import disc_shader, fill_banded, linear_shader, veil
from storyreel.stage.textures import dissolved, textured

Recolour = Callable[[str], str]

_CAPS = {"butt": skia.Paint.kButt_Cap, "round": skia.Paint.kRound_Cap, "square": skia.Paint.kSquare_Cap}
_JOINS = {"miter": skia.Paint.kMiter_Join, "round": skia.Paint.kRound_Join, "bevel": skia.Paint.kBevel_Join}
_WHITE = "#FFFFFF"
_BROAD = 4000.0
"""From this area on, in square units, a translucent shape is filled faster with a veil."""
_BANDED = 60000.0
"""From this area on a gradient on a turned canvas is filled faster as bands."""
_UPRIGHT = 0.4
"""A gradient that leans by less than this much across for each unit down is drawn straight down."""
_LEVEL = 1e-6
"""What leans by so little is level."""
_TILES = {"pad": skia.TileMode.kClamp, "reflect": skia.TileMode.kMirror, "repeat": skia.TileMode.kRepeat}


def to_matrix(matrix: Matrix) -> skia.Matrix:
    """A skia.Matrix."""
    a, b, c, d, e, f = matrix
    return skia.Matrix.MakeAll(a, c, e, b, d, f, 0, 0, 1)


def to_path(commands: Iterable[Command], even_odd: bool = False) -> skia.Path:
    """A skia.Path of absolute M, L, C, Z commands."""
    path = skia.Path()
    line, curve = path.lineTo, path.cubicTo
    for letter, values in commands:
        if letter == "C":
            curve(*values)
        elif letter == "L":
            line(*values)
        elif letter == "M":
            path.moveTo(*values)
        else:
            path.close()
    if even_odd:
        path.setFillType(skia.PathFillType.kEvenOdd)
    return path


@lru_cache(maxsize=1024)
def argb(colour: str, alpha: float = 1.0) -> int:
    """Skia's colour of "#RRGGBB" and opacity 0..1."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return int(skia.ColorSetARGB(round(min(max(alpha, 0.0), 1.0) * 255), red, green, blue))


def _stops(gradient: Gradient, recolour: Recolour) -> tuple[list[int], list[float]]:
    """The colours of a gradient, and where they stand."""
    colours = [argb(recolour(colour), alpha) for _, colour, alpha in gradient.stops]
    return colours, [offset for offset, _, _ in gradient.stops]


def _local(gradient: Gradient, path: skia.Path) -> skia.Matrix:
    """The matrix from a gradient's points to the path's units."""
    local = to_matrix(gradient.transform) if gradient.transform else skia.Matrix()
    if gradient.boxed:
        box = path.computeTightBounds()
        frame = skia.Matrix()
        frame.setScale(box.width(), box.height())
        frame.postTranslate(box.left(), box.top())
        local.postConcat(frame)
    return local


def is_strip(gradient: Gradient, matrix: Matrix) -> bool:
    """Whether a gradient runs straight down or across in a shape of that matrix: then it is a strip, stretched."""
    if gradient.kind != "linear":
        return False
    a, b, c, d, *_ = concat(matrix, gradient.transform) if gradient.transform else matrix
    if abs(b) + abs(c) > _LEVEL * (abs(a) + abs(d)):
        return False
    across, down = gradient.numbers[2] - gradient.numbers[0], gradient.numbers[3] - gradient.numbers[1]
    return min(abs(across), abs(down)) <= _LEVEL * max(abs(across), abs(down))


def fill_turned(canvas: skia.Canvas, shape: Shape, path: skia.Path, opacity: float, recolour: Recolour) -> bool:
    """Fills a large shape with its gradient on a canvas that is turned; False, and nothing drawn, if that won't do."""
    gradient, box = shape.fill, path.getBounds()
    if not isinstance(gradient, Gradient) or gradient.kind != "linear" or gradient.spread != "pad" or gradient.grain:
        return False
    if opacity * shape.fill_opacity < 1 or len(gradient.stops) < 2 or box.width() * box.height() < _BANDED:
        return False
    n, local = gradient.numbers, _local(gradient, path)
    if not local.isSimilarity() or (n[0], n[1]) == (n[2], n[3]):
        return False
    fill_banded(canvas, path, (n[0], n[1]), (n[2], n[3]), *_stops(gradient, recolour), local)
    return True


def fill_upright(canvas: skia.Canvas, shape: Shape, path: skia.Path, opacity: float, recolour: Recolour) -> bool:
    """Fills a shape with its gradient as if a canvas that is a little turned were not; False, and nothing drawn, else.

    Nobody sees it in an iris, and a strip that isn't turned is filled many times as fast.
    """
    gradient = shape.fill
    if not isinstance(gradient, Gradient) or gradient.kind != "linear" or gradient.spread != "pad" or gradient.grain:
        return False
    if opacity * shape.fill_opacity < 1 or len(gradient.stops) < 2:
        return False
    n, local, total, back = gradient.numbers, _local(gradient, path), canvas.getTotalMatrix(), skia.Matrix()
    dx, dy = n[2] - n[0], n[3] - n[1]
    if not dx * dx + dy * dy or not local.invert(back):
        return False
    # The axis that runs through the shape's middle: about that it is straightened.
    box = path.getBounds()
    middle = back.mapXY(box.centerX(), box.centerY())
    along = ((middle.x() - n[0]) * dx + (middle.y() - n[1]) * dy) / (dx * dx + dy * dy)
    start = (middle.x() - along * dx, middle.y() - along * dy)
    local.postConcat(total)
    a, b = local.mapXY(*start), local.mapXY(start[0] + dx, start[1] + dy)
    if abs(b.x() - a.x()) > _UPRIGHT * abs(b.y() - a.y()):
        return False
    turned = skia.Path(path)
    turned.transform(total)
    canvas.save()
    canvas.resetMatrix()
    shader = linear_shader((0.0, a.y()), (0.0, b.y()), *_stops(gradient, recolour), straight=True)
    canvas.drawPath(turned, skia.Paint(AntiAlias=True, Shader=shader))
    canvas.restore()
    return True


def _same(colour: str) -> str:
    return colour


def _shader(
    gradient: Gradient, path: skia.Path, recolour: Recolour, straight: bool, quick: bool = False
) -> skia.Shader:
    colours, offsets = _stops(gradient, recolour)
    if len(colours) == 1:
        return skia.Shaders.Color(colours[0])
    if gradient.grain is not None:
        opaque = replace(gradient, stops=tuple((at, hexed, 1.0) for at, hexed, _ in gradient.stops), grain=None)
        halves = replace(gradient, stops=tuple((at, _WHITE, left / 2) for at, _, left in gradient.stops), grain=None)
        colour, share = _shader(opaque, path, recolour, straight), _shader(halves, path, _same, straight)
        box = path.getBounds()
        return colour and share and dissolved(colour, share, gradient.grain, box.width() * box.height())
    local = _local(gradient, path)
    mode, n = _TILES[gradient.spread], gradient.numbers
    if gradient.kind == "linear":
        return linear_shader((n[0], n[1]), (n[2], n[3]), colours, offsets, mode, local, straight)
    if quick and gradient.spread == "pad" and (n[0], n[1]) == (n[3], n[4]):
        disc = disc_shader((n[0], n[1]), n[2], colours, offsets, local)
        if disc is not None:
            return disc
    focus, centre = skia.Point(n[3], n[4]), skia.Point(n[0], n[1])
    return skia.GradientShader.MakeTwoPointConical(focus, 0, centre, n[2], colours, offsets, mode, 0, local)


def _paint(
    source: str | Gradient | Texture,
    alpha: float,
    path: skia.Path,
    recolour: Recolour,
    straight: bool = False,
    quick: bool = False,
) -> skia.Paint:
    paint = skia.Paint(AntiAlias=True)
    if isinstance(source, Gradient):
        # A gradient across nothing, or of no length, is its last colour (SVG 1.1, 13.2.2 and 13.2.3).
        shader = _shader(source, path, recolour, straight, quick)
        if shader is None:
            _, colour, share = source.stops[-1]
            paint.setColor(argb(recolour(colour), share * alpha))
            return paint
        if source.grain is not None:
            # Set on a paint that is there already, a shader is copied, and its tile packed.
            paint = skia.Paint(AntiAlias=True, Shader=shader)
        else:
            paint.setShader(shader)
        paint.setAlphaf(alpha)
        return paint
    if isinstance(source, Texture):
        return textured(source, argb(recolour(source.colour), alpha))
    packed = argb(recolour(source), alpha)
    paint.setColor(packed)
    if straight and 0 < alpha < 1:
        box = path.getBounds()
        if box.width() * box.height() > _BROAD:
            paint.setColor(0xFF000000)
            paint.setShader(veil(packed))
    return paint


def pen(
    stroke: Stroke, path: skia.Path, opacity: float = 1.0, recolour: Recolour = _same, straight: bool = False
) -> skia.Paint:
    """The paint that draws an outline; `path` is what a gradient in it is fitted to."""
    made = _paint(stroke.paint, stroke.opacity * opacity, path, recolour, straight)
    made.setStyle(skia.Paint.kStroke_Style)
    made.setStrokeWidth(stroke.width)
    made.setStrokeCap(_CAPS.get(stroke.cap, skia.Paint.kButt_Cap))
    made.setStrokeJoin(_JOINS.get(stroke.join, skia.Paint.kMiter_Join))
    made.setStrokeMiter(stroke.miter)
    if stroke.dashes:
        dashes = list(stroke.dashes) * (2 if len(stroke.dashes) % 2 else 1)
        made.setPathEffect(skia.DashPathEffect.Make(dashes, stroke.dash_offset))
    return made


def paints(
    shape: Shape,
    path: skia.Path,
    opacity: float,
    recolour: Recolour,
    straight: bool = False,
    smooth: bool = True,
    quick: bool = False,
) -> list[skia.Paint]:
    """The paints to draw a shape's path with, in their order.

    Args:
        straight: whether they will never be turned.
        quick: whether a level more or less in a fill doesn't matter.
    """
    made = []
    if shape.fill is not None:
        made.append(_paint(shape.fill, shape.fill_opacity * opacity, path, recolour, straight, quick))
    if shape.stroke is not None:
        made.append(pen(shape.stroke, path, opacity, recolour, straight))
    if not smooth:
        for paint in made:
            paint.setAntiAlias(False)
    return made[::-1] if shape.stroke_first else made


def fixed_in(shape: Shape, paint: skia.Paint) -> Texture | None:
    """The texture, fixed to the screen, of which one of a shape's paints is; None for any other."""
    filled = paint.getStyle() == skia.Paint.kFill_Style
    source = shape.fill if filled else shape.stroke.paint if shape.stroke is not None else None
    return source if isinstance(source, Texture) and source.fixed else None
