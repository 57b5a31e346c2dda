"""The picture as a sheet of paper that gives way to the next: a page that is turned at a corner, a sheet torn in two.

Both are drawn with both pictures: the one that leaves is the sheet, the one that comes lies under it.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

import skia

from storyreel.stage.paints import fill, linear
from storyreel.treatment.contract import Kit

Canvas = skia.Canvas
Draw = Callable[[Canvas], None]
Point = tuple[float, float]
Size = tuple[float, float]

KINDS = ("page", "tear")
"""The first words of the kinds that are sheets; behind them stands how: `page lower-right wind`, `tear down left`,
`tear down left keep`."""

_FAR = 6000.0
"""Longer than any picture, in stage units."""
_SHOWN_THROUGH = 0.1
"""How much of a page's face one sees on its back."""
_FLUTTER = 0.035
"""How far the wind moves a page while it turns it, as a share of its way."""
_JERKS = ((0.12, 0.0), (0.22, 0.5), (0.34, 0.5), (0.46, 1.0), (1.0, 1.0))
"""When a tear is how far: it waits, jerks, waits, jerks."""
_DROPS, _PULLED = (0.48, 0.66), (0.64, 1.0)
"""When the half that nobody holds falls, and when the other is pulled away."""
_GAPE = 0.05
"""How far the halves lean apart at the tear's beginning once it is through, as a share of its length."""
_TOOTH = 46.0
"""How long a tooth of the torn edge is, in stage units."""


def is_sheet(kind: str) -> bool:
    """Whether a kind of transition is one of these."""
    return kind.partition(" ")[0] in KINDS


def sheet(canvas: Canvas, kind: str, progress: float, size: Size, seed: int, both: Sequence[Draw], kit: Kit) -> None:
    """Draws a sheet on its way, and what lies under it.

    Args:
        canvas: where to draw, in stage units.
        kind: `page` and the corner it is turned at, `wind` if that turns it; `tear`, where to, and the side to which it
            is pulled, `keep` if that half stays where it is.
        progress: from .5, all of the sheet is there, to 1, none is.
        size: the picture's width and height.
        seed: decides how a tear runs.
        both: what draws the picture that leaves, and what draws the one that comes.
        kit: what it is drawn with.
    """
    way = min(max(progress * 2 - 1, 0.0), 1.0)
    how = kind.split()
    leaving, coming = both
    coming(canvas)
    if way >= 1:
        return
    if how[0] == "page":
        _page(canvas, how[1], "wind" in how, way, size, leaving, kit)
    else:
        _torn(canvas, how[1], (how[2], "keep" in how), way, size, seed, leaving, kit)


def _page(canvas: Canvas, corner: str, wind: bool, way: float, size: Size, leaving: Draw, kit: Kit) -> None:
    width, height = size
    down, across = corner.split("-")
    start = (width if across == "right" else 0.0, height if down == "lower" else 0.0)
    eased = way * way * (3 - 2 * way)
    if wind:
        eased += _FLUTTER * math.sin(way * 15.0) * math.sin(way * math.pi)
    # The nearer edge of the page comes first, so that the fold swings round on its way.
    to = (start[0] + (width - 2 * start[0]) * 2 * eased, start[1] + (height - 2 * start[1]) * 2 * eased**1.5)
    far = math.dist(start, to)
    if far < 2:
        leaving(canvas)
        return
    normal = ((to[0] - start[0]) / far, (to[1] - start[1]) / far)
    fold = ((start[0] + to[0]) / 2, (start[1] + to[1]) / 2)
    lies, turned = _half(fold, normal), _half(fold, (-normal[0], -normal[1]))
    whole = skia.Path().addRect(skia.Rect.MakeWH(*size))
    if not kit.crisp:
        _shade(canvas, turned, fold, (-normal[0], -normal[1]), ((0.0, 0.38), (150.0, 0.0)))
    canvas.save()
    canvas.clipPath(lies, doAntiAlias=not kit.crisp)
    leaving(canvas)
    mirror = _mirror(fold, normal)
    back = skia.Path(whole)
    back = skia.Op(back, turned, skia.PathOp.kIntersect_PathOp)
    back.transform(mirror)
    for step in range(3):
        moved = skia.Path(back)
        moved.offset(normal[0] * (10 + 16 * step), normal[1] * (10 + 16 * step))
        canvas.drawPath(moved, fill(kit.colour("ink"), 0.1))
    canvas.clipPath(back, doAntiAlias=not kit.crisp)
    canvas.drawPath(back, fill(kit.colour("paper")))
    canvas.save()
    canvas.concat(mirror)
    canvas.saveLayerAlpha(None, round(255 * _SHOWN_THROUGH))
    leaving(canvas)
    canvas.restore()
    canvas.restore()
    if not kit.crisp:
        _shade(canvas, back, fold, normal, ((0.0, 0.3), (46.0, 0.02), (120.0, 0.0), (420.0, 0.12)))
    canvas.restore()


def _half(at: Point, normal: Point) -> skia.Path:
    """Everything on that side of a line through a point to which its normal points."""
    along = (-normal[1], normal[0])
    corners = [
        (at[0] + along[0] * side * _FAR + normal[0] * deep, at[1] + along[1] * side * _FAR + normal[1] * deep)
        for side, deep in ((-1, 0.0), (1, 0.0), (1, _FAR), (-1, _FAR))
    ]
    return _polygon(corners)


def _polygon(points: Sequence[Point]) -> skia.Path:
    path = skia.Path()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    return path


def _mirror(at: Point, normal: Point) -> skia.Matrix:
    """Mirrors at a line through a point."""
    (nx, ny), shift = normal, 2 * (at[0] * normal[0] + at[1] * normal[1])
    return skia.Matrix.MakeAll(
        1 - 2 * nx * nx, -2 * nx * ny, shift * nx, -2 * nx * ny, 1 - 2 * ny * ny, shift * ny, 0, 0, 1
    )


def _shade(canvas: Canvas, area: skia.Path, at: Point, normal: Point, stops: Sequence[tuple[float, float]]) -> None:
    """Shadow over an area: its strengths by how far from a line through a point."""
    reach = stops[-1][0]
    end = (at[0] + normal[0] * reach, at[1] + normal[1] * reach)
    paint = linear(at, end, [(far / reach, "#000000", strength) for far, strength in stops])
    canvas.drawPath(area, paint)


def _torn(
    canvas: Canvas, to: str, hand: tuple[str, bool], way: float, size: Size, seed: int, leaving: Draw, kit: Kit
) -> None:
    (side, keep), (width, height) = hand, size
    long, broad = (height, width) if to in ("down", "up") else (width, height)
    point = _ways(to, long)
    done = _along(way)
    edge, core = _edges(long, broad, seed)
    tip = done * long
    if done == 0:
        leaving(canvas)
        return
    held = -1 if side == "left" else 1
    for half in (-1, 1):
        free = half != held
        falls = _share(way, _DROPS) ** 2 if free else 0.0
        pulled = _share(way, _PULLED) ** 1.6 if not free and not keep else 0.0
        settled = _share(way, _DROPS) if keep and not free else 0.0
        if falls >= 1 or pulled >= 1:
            continue
        canvas.save()
        if to in ("down", "up"):
            # Beside a half that stays, the other one is drawn aside: a face that falls would draw every eye.
            aside, down = (falls * 1.2, falls * 0.1) if keep else (pulled * 1.3, falls * 1.3)
            canvas.translate(half * aside * width, down * height)
        else:
            canvas.translate(pulled * 1.3 * width * half, falls * 1.3 * height if half > 0 else -falls * 1.3 * height)
        canvas.rotate(half * (14 * pulled + 9 * falls), *point(tip, broad / 2))
        canvas.concat(_gaping(to, half * _GAPE * done * (1 - settled), tip, long))
        paper = core if half > 0 else edge
        if keep:
            paper = edge if free else lip(edge, half, seed)
        _half_sheet(canvas, half, tip, edge, paper, point, leaving, kit)
        canvas.restore()
    if done < 1:
        # What is not torn yet hangs together, and lies over the shadows of what is.
        canvas.save()
        below = [point(tip - 2, -_FAR), point(tip - 2, _FAR), point(_FAR, _FAR), point(_FAR, -_FAR)]
        canvas.clipPath(_polygon(below), doAntiAlias=False)
        leaving(canvas)
        canvas.restore()


def _gaping(to: str, lean: float, tip: float, long: float) -> skia.Matrix:
    """Leans a half aside, the more the further it is from the tip of the tear, where it still hangs together."""
    if to in ("down", "up"):
        slope = -lean if to == "down" else lean
        return skia.Matrix.MakeAll(1, slope, -slope * (tip if to == "down" else long - tip), 0, 1, 0, 0, 0, 1)
    slope = -lean if to == "right" else lean
    return skia.Matrix.MakeAll(1, 0, 0, slope, 1, -slope * (tip if to == "right" else long - tip), 0, 0, 1)


def _half_sheet(
    canvas: Canvas,
    half: int,
    tip: float,
    edge: Sequence[Point],
    core: Sequence[Point],
    point: Callable[[float, float], Point],
    leaving: Draw,
    kit: Kit,
) -> None:
    """One half of a torn sheet as far as it is torn: its face, and along the tear the bare paper under it."""

    def outline(line: Sequence[Point]) -> skia.Path:
        torn = [at for at in line if at[0] <= tip] or [line[0]]
        before = (point(-_FAR, half * _FAR), point(-_FAR, torn[0][1]))
        behind = (point(tip, torn[-1][1]), point(tip, half * _FAR))
        return _polygon([*before, *(point(*at) for at in torn), *behind])

    face, paper = outline(edge), outline(core)
    whole = skia.Path()
    whole.addRect(skia.Rect.MakeLTRB(*_box(point(0, 0), point(edge[-1][0], _breadth(edge)))))
    paper = skia.Op(paper, whole, skia.PathOp.kIntersect_PathOp)
    for step in range(3):
        shadow = skia.Path(paper)
        shadow.offset(-half * (6.0 + 7 * step), 8.0 + 9 * step)
        canvas.drawPath(shadow, fill(kit.colour("ink"), 0.1))
    canvas.drawPath(paper, fill(kit.colour("paper")))
    canvas.clipPath(face, doAntiAlias=not kit.crisp)
    canvas.clipPath(whole, doAntiAlias=not kit.crisp)
    leaving(canvas)


def _breadth(edge: Sequence[Point]) -> float:
    """How broad the sheet is, whose tear runs down its middle."""
    return 2 * edge[0][1]


def _box(one: Point, other: Point) -> tuple[float, float, float, float]:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])


def _ways(to: str, long: float) -> Callable[[float, float], Point]:
    """From along and across a tear to across and down the picture."""
    return {
        "down": lambda along, over: (over, along),
        "up": lambda along, over: (over, long - along),
        "right": lambda along, over: (along, over),
        "left": lambda along, over: (long - along, over),
    }[to]


@lru_cache(maxsize=8)
def _edges(long: float, broad: float, seed: int) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """A torn edge, along and across, from the middle of the sheet's edge on; and that of the paper under its face."""
    rng = random.Random(f"{seed}/tear")
    steps = math.ceil(long / _TOOTH)
    edge, core, stray = [(0.0, broad / 2)], [(0.0, broad / 2)], 0.0
    for step in range(1, steps + 1):
        stray = 0.8 * stray + rng.uniform(-1, 1) * broad * 0.035
        along = min(step * _TOOTH + rng.uniform(-12, 12), long) if step < steps else long
        over = broad / 2 + stray
        edge.append((along, over))
        core.append((along, over - rng.uniform(8, 30)))
    return tuple(edge), tuple(core)


def lip(edge: Sequence[Point], half: int, seed: int) -> tuple[Point, ...]:
    """The bare paper that a half has along its torn edge beyond its face."""
    rng = random.Random(f"{seed}/lip")
    return tuple((along, over - half * rng.uniform(7, 30)) for along, over in edge)


def torn_edge_of(size: Size, seed: int) -> tuple[Point, ...]:
    """Where a sheet is torn that is torn down, as places (x, y) in it."""
    edge, _ = _edges(size[1], size[0], seed)
    return tuple((over, along) for along, over in edge)


def _along(way: float) -> float:
    """How far a tear has run."""
    before = (0.0, 0.0)
    for begins, ends in pairwise((before, *_JERKS)):
        if way <= ends[0]:
            return begins[1] + (ends[1] - begins[1]) * _share(way, (begins[0], ends[0]))
    return 1.0


def _share(way: float, span: tuple[float, float]) -> float:
    return min(max((way - span[0]) / (span[1] - span[0]), 0.0), 1.0)


def turned(transition: Callable[..., None], own: frozenset[str], kit: Kit) -> Callable[..., None]:
    """A look's transitions, and the sheets that it doesn't draw itself.

    Args:
        transition: draws the look's own.
        own: the first words of the kinds of sheets among them.
        kit: what the others are drawn with.
    """

    def draw(
        canvas: Canvas, kind: str, progress: float, size: Size, seed: int, focus: Size | None = None, *both: Any
    ) -> None:
        if is_sheet(kind) and kind.partition(" ")[0] not in own:
            sheet(canvas, kind, progress, size, seed, both, kit)
        else:
            transition(canvas, kind, progress, size, seed, focus, *both)

    return draw
