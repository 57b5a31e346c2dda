"""Toy blocks: one, and a castle wall that rains down and builds itself."""

from __future__ import annotations

from functools import lru_cache

import skia

from storyreel.looks.kawaii.palette import BLOCKS, BUTTER, LINE, MINT
from storyreel.looks.kawaii.shapes import bunny, heart, inked, shine
from storyreel.looks.kawaii.type_case import faces
from storyreel.stage.baking import baked
from storyreel.stage.paints import Canvas, Picture, fill, record, stroke
from storyreel.stage.paths import Path, box, polyline, rounded, smooth, star
from storyreel.stage.type_shapes import fitted, letter
from storyreel.timeline import wall
from storyreel.timeline.wall import Brick
from storyreel.treatment.tones import mixed
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import number, text, whole

_DEPTH, _LIFT = 0.3, 0.216
"""How far the side and the top of a block reach, as factors of its front: an oblique view from the upper right."""
ICONS = ("heart", "star", "bunny", "B", "heart", "bunny", "star", "O", "heart", "K", "star")


def _icon(name: str, size: float) -> Path:
    if name == "heart":
        return heart(0, size * 0.015, size * 0.47)
    if name == "star":
        return star(0, size * 0.02, size * 0.28)
    if name == "bunny":
        return bunny(0, size * 0.01, size * 0.53)
    return letter(name, faces("title"), fitted(name, faces("title"), size * 0.56, size * 0.56))


def _within(path: Path, area: Path) -> Path:
    """What of a path lies in an area: painting it is cheaper than cutting to the area."""
    return skia.Op(path, area, skia.kIntersect_PathOp)


def _paint(canvas: Canvas, colour: int, icon: str, size: float) -> None:
    tones = BLOCKS[colour % len(BLOCKS)]
    half, out, up = size / 2, size * _DEPTH, size * _LIFT
    line = max(4.5, min(9.0, size * 0.076))
    edge = half - size * 0.01
    silhouette = rounded(
        ((-edge, -edge), (-edge + out, -edge - up), (edge + out, -edge - up), (edge + out, edge - up), (edge, edge),
         (-edge, edge)),
        size * 0.06,
    )  # fmt: skip
    canvas.drawPath(silhouette, stroke(LINE, line * 2))
    canvas.drawPath(silhouette, fill(tones.front))
    faces = (
        (((-half, -half), (-half + out, -half - up), (half + out, -half - up), (half, -half)), tones.light),
        (((half, -half), (half + out, -half - up), (half + out, half - up), (half, half)), tones.side),
        (((half, half - size * 0.34), (half + out, half - up - size * 0.2), (half + out, half), (half, half)),
         mixed(tones.side, "#8A3F8F", 0.2)),
    )  # fmt: skip
    for corners, tint in faces:
        canvas.drawPath(_within(polyline(corners, closed=True), silhouette), fill(tint))
    shade = skia.Op(
        box(-half, -half, size, size, 0),
        box(-half - size * 0.16, -half - size * 0.16, size * 1.05, size * 1.05, size * 0.16),
        skia.kDifference_PathOp,
    )
    canvas.drawPath(_within(shade, silhouette), fill(mixed(tones.front, tones.side, 0.55)))
    seam = line * 0.62
    canvas.drawPath(polyline(((-half, -half), (half, -half), (half, half))), stroke(LINE, seam))
    canvas.drawPath(polyline(((half, -half), (half + out, -half - up))), stroke(LINE, seam))
    plaque = box(-size * 0.33, -size * 0.33, size * 0.66, size * 0.66, size * 0.15)
    canvas.drawPath(plaque, fill(tones.light))
    canvas.save()
    canvas.clipPath(plaque, doAntiAlias=True)
    canvas.drawPath(plaque, stroke(mixed(tones.front, tones.side, 0.5), size * 0.05))
    canvas.drawPath(box(-size * 0.33, -size * 0.29, size * 0.7, size * 0.7, size * 0.15), fill(tones.light))
    canvas.restore()
    mark = _icon(icon, size)
    canvas.drawPath(mark, fill(mixed(tones.side, LINE, 0.1)))
    lit = skia.Path(mark)
    lit.offset(-size * 0.018, -size * 0.022)
    canvas.drawPath(_within(lit, mark), fill(mixed(tones.side, tones.front, 0.22)))
    if icon == "bunny":
        for side in (-1, 1):
            canvas.drawCircle(side * size * 0.085, size * 0.1, size * 0.028, fill(tones.light))
    inset = half - size * 0.085
    shine(
        canvas,
        ((-inset, -inset + size * 0.17), (-inset + size * 0.012, -inset + size * 0.03), (-inset + size * 0.15, -inset)),
        size * 0.052,
        (-inset + size * 0.25, -inset),
    )


@lru_cache(maxsize=256)
def picture(colour: int, icon: str, size: float) -> Picture:
    """A toy block, recorded: the middle of its front at (0, 0), `size` units across."""
    reach = size
    return record((-reach, -reach, reach, reach), lambda canvas: _paint(canvas, colour, icon, size))


def draw_block(canvas: Canvas, settings: Settings, values: Values) -> None:
    """One toy block about the middle of its front."""
    canvas.drawPicture(
        picture(whole(settings, "colour", 0), text(settings, "icon", "heart"), number(settings, "size", 96))
    )


def _block_bounds(settings: Settings) -> Box:
    size = number(settings, "size", 96)
    return (-0.62 * size, -0.82 * size, 0.92 * size, 0.62 * size)


def _look(brick: Brick, size: float) -> Picture:
    return picture(brick.colour, ICONS[brick.icon % len(ICONS)], size - 5)


def _place(canvas: Canvas, brick: Brick, columns: int, size: float) -> None:
    x = (brick.column - (columns - 1) / 2) * size - size * 0.1 + brick.nudge * size * 0.03
    canvas.translate(x, -size * (brick.row + 0.5) - abs(brick.nudge) * 1.5)
    canvas.rotate(brick.tilt)


@lru_cache(maxsize=64)
def _standing(columns: int, rows: int, seed: int, size: float, profile: str, count: int) -> Picture:
    """The first `count` blocks in the order of drawing, where they have come to rest."""
    bricks = wall.bricks(columns, rows, seed, profile)[:count]

    def paint(canvas: Canvas) -> None:
        for brick in bricks:
            canvas.save()
            _place(canvas, brick, columns, size)
            canvas.drawPicture(_look(brick, size))
            canvas.restore()

    return record(_standing_box(columns, rows, size), paint)


_STEP = 4
"""The blocks that have come to rest are baked by so many at a time."""


def _standing_box(columns: int, rows: int, size: float) -> Box:
    side = (columns / 2 + 0.7) * size
    return (-side, -(rows + 0.5) * size, side, size * 0.3)


def _falling(canvas: Canvas, brick: Brick, columns: int, size: float, seconds: float) -> None:
    pose = wall.pose(brick, seconds)
    if pose is None:
        return
    canvas.save()
    _place(canvas, brick, columns, size)
    canvas.rotate(-brick.tilt)
    canvas.translate(0, -pose.height)
    if pose.speed > 0:
        for at, length in ((-0.3, 0.6), (0.12, 0.9), (0.5, 0.55)):
            top = -size * (0.95 + length * pose.speed)
            canvas.drawLine(at * size, -size * 0.95, at * size, top, stroke("#CDB4F6", size * 0.08, 0.85))
    canvas.translate(0, size / 2)
    canvas.scale(pose.wide, pose.tall)
    canvas.translate(0, -size / 2)
    canvas.rotate(brick.tilt + pose.turn)
    canvas.drawPicture(_look(brick, size))
    canvas.restore()
    _tick(canvas, brick, columns, size, pose.impact)


def _tick(canvas: Canvas, brick: Brick, columns: int, size: float, age: float) -> None:
    """Two short white dashes that fly off the corners of a block that has just landed."""
    if not 0 < age < 1:
        return
    canvas.save()
    _place(canvas, brick, columns, size)
    paint = stroke("#FFFFFF", size * 0.075 * (1 - age * age))
    for side in (-1, 1):
        start, end = size * (0.56 + 0.3 * age), size * (0.7 + 0.42 * age)
        canvas.drawLine(side * start, size * 0.42, side * end, size * (0.42 - 0.1 * age), paint)
    canvas.restore()


def _pennant(canvas: Canvas, columns: int, rows: int, size: float, amount: float, sway: float) -> None:
    column = wall.tower(columns)
    x = (column - (columns - 1) / 2) * size + size * 0.04
    canvas.save()
    canvas.translate(x, -rows * size - size * 0.06)
    canvas.scale(1, amount)
    unit = size / 98
    top = -124 * unit
    canvas.drawLine(0, 0, 0, top, stroke(LINE, 17 * unit))
    canvas.drawLine(0, 0, 0, top, stroke(BUTTER, 7 * unit))
    bend = sway * 16
    flag = smooth(
        [
            (x * unit, y * unit, *corner)
            for x, y, *corner in (
                (2, -118, 1), (34, -110 + bend * 0.4), (66, -118 + bend), (112, -106 + bend, 1), (88, -86 + bend, 1),
                (112, -62 + bend, 1), (66, -60 + bend), (34, -52 + bend * 0.4), (2, -58, 1),
            )
        ],
        closed=True,
    )  # fmt: skip
    inked(canvas, flag, MINT, 7.5 * unit)
    canvas.save()
    canvas.clipPath(flag, doAntiAlias=True)
    under = [(x * unit, y * unit) for x, y in ((0, -74), (40, -68 + bend * 0.4), (80, -76 + bend), (120, -70 + bend))]
    canvas.drawPath(polyline([*under, (120 * unit, 0), (0, 0)], closed=True), fill("#62C7B4"))
    canvas.restore()
    canvas.drawPath(flag, stroke(LINE, 7.5 * unit))
    canvas.drawPath(heart(42 * unit, (-86 + bend * 0.6) * unit, 32 * unit, 4), fill("#FFFFFF"))
    inked(canvas, skia.Path.Circle(0, top - 4 * unit, 10 * unit), BUTTER, 6 * unit)
    canvas.restore()


def _shape(settings: Settings) -> tuple[int, int, int, float, str]:
    return (
        max(1, whole(settings, "columns", 4)),
        max(1, whole(settings, "rows", 6)),
        whole(settings, "seed", 0),
        number(settings, "size", 98),
        text(settings, "profile", "castle"),
    )


def draw_wall(canvas: Canvas, settings: Settings, values: Values) -> None:
    """The wall `t` seconds after it began to rain; the middle of its foot is at (0, 0)."""
    columns, rows, seed, size, profile = _shape(settings)
    seconds = values.get("t", 0.0)
    bricks = wall.bricks(columns, rows, seed, profile)
    standing = 0
    while standing < len(bricks) and seconds >= bricks[standing].landing + wall.SETTLING:
        standing += 1
    first = next((b.landing for b in bricks), 0.0)
    if seconds > first:
        grown = min(1.0, (seconds - first) / 0.3)
        width = columns * size * (0.5 + 0.06 * grown)
        shadow = skia.Rect.MakeLTRB(-width, -size * 0.2, width + size * 0.5, size * 0.22)
        canvas.drawOval(shadow, fill("#B05C96", 0.26 * grown))
    up, sway = wall.pennant(columns, rows, seed, profile, seconds, number(settings, "pennant", wall.PENNANT))
    if standing:
        baking = standing // _STEP * _STEP
        if baking:
            shape = columns, rows, seed, size, profile, baking
            baked(canvas, _standing_box(columns, rows, size), False, _standing, *shape)
        for brick in bricks[baking:standing]:
            canvas.save()
            _place(canvas, brick, columns, size)
            canvas.drawPicture(_look(brick, size))
            canvas.restore()
    if up > 0:
        _pennant(canvas, columns, rows, size, up, sway)
    for brick in bricks[standing:]:
        _falling(canvas, brick, columns, size, seconds)


def _wall_bounds(settings: Settings) -> Box:
    columns, rows, _, size, _ = _shape(settings)
    side = (columns / 2 + 0.7) * size
    return (-side - size * 0.3, -rows * size - wall.DROP - 2.2 * size, side + size, size * 0.4)


BLOCK = Widget(draw_block, _block_bounds)
WALL = Widget(draw_wall, _wall_bounds, values=("t",))
