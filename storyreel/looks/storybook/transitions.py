"""How one scene gives way to the next: a plane of cut paper slides across; a page turns; dusk falls and lifts."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import skia

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.looks.storybook.palette import INDIGO, PAGE
from storyreel.looks.storybook.strokes import Canvas, Path, Picture, gouache, paint, recorded
from storyreel.stage.baking import baked
from storyreel.stage.paints import linear

Size = tuple[float, float]
Point = tuple[float, float]
Draw = Callable[[Canvas], None]

KINDS: tuple[str, ...] = ("book", "cut", "fade", "hill", "page")
"""A page that takes the picture along by itself (book) or as a story has it (page, and the corner it is turned at),
dusk (fade), a hill of cut paper (hill), nothing (cut)."""

_HILL, _HILL_DEEP = "#41306A", "#2B2458"
_OVER = 0.34
"""How far a hill reaches beyond the picture on either side, in shares of its width."""
_CURL = (172.0, 84.0)
"""How wide a page's curl is at its nearer and its further end, in units of a picture 1080 across."""
_ROLL = ((0.0, "#B98A80"), (0.16, "#EBCBA8"), (0.42, "#FFF6E2"), (0.66, "#F3D3A8"), (1.0, "#C08C7C"))
_BORDER = 30.0
"""How broad the bare paper round a picture in a book is, in the same units."""
_FLUTTER = 0.03
_FAR = 6000.0


def draw(
    canvas: Canvas, kind: str, progress: float, size: Size, seed: int, focus: Point | None = None, *both: Draw
) -> None:
    """Draws a transition over everything else, or of a page all there is.

    Args:
        canvas: where to draw, in stage units.
        kind: one of `KINDS`; behind `page` a corner, and `wind` if that turns it.
        progress: 0 before it begins, 1 when it is over; a `page` is all there up to .5.
        size: the picture's width and height in stage units.
        seed: as every look's; nothing here is left to chance.
        focus: likewise.
        both: of a page, what draws the picture that leaves and the one that comes.

    Raises:
        StoryreelError: there is no such transition.
    """
    first, *how = kind.split()
    if first not in KINDS:
        raise StoryreelError(f"unknown transition '{kind}'{did_you_mean(kind, KINDS)}")
    if first == "page":
        _page(
            canvas, how[0] if how else "lower-right", "wind" in how, min(max(progress * 2 - 1, 0.0), 1.0), size, *both
        )
    elif first == "book":
        _page(canvas, "lower-right", False, progress, size, *both)
    elif first == "fade":
        canvas.drawRect(skia.Rect.MakeWH(*size), paint(INDIGO, min(1.0, 1.06 * math.sin(progress * math.pi))))
    elif first == "hill" and 0 < progress < 1:
        width, height = size
        eased = math.copysign(abs(2 * progress - 1) ** 1.5, 2 * progress - 1)
        reach = width * (1 + 2 * _OVER)
        canvas.save()
        canvas.translate(round(-eased * reach - _OVER * width), 0)
        baked(canvas, (0, 0, reach, height), False, _plane, width, height)
        canvas.restore()


def _side(x: float, height: float, lean: float) -> list[tuple[float, float]]:
    """A slope from the foot of the picture to its top, and the handles of its curve."""
    return [(x, height), (x + lean * 0.2, height * 0.66), (x + lean * 0.3, height * 0.3), (x + lean, -10.0)]


@lru_cache(maxsize=4)
def _plane(width: float, height: float) -> Picture:
    """A hill that covers the picture and slopes off to either side; its left foot is at (0, height)."""
    lean = _OVER * width * 0.8
    reach = width * (1 + 2 * _OVER)
    near, far = _side(30.0, height + 10, lean), _side(reach - 30.0, height + 10, -lean)
    path = skia.Path()
    path.moveTo(*near[0])
    path.cubicTo(*near[1], *near[2], *near[3])
    path.lineTo(*far[3])
    path.cubicTo(*far[2], *far[1], *far[0])
    path.close()

    def draw(canvas: Canvas) -> None:
        for across, opacity in ((26.0, 0.07), (16.0, 0.1), (8.0, 0.14)):
            for side in (-1, 1):
                moved = skia.Path(path)
                moved.offset(side * across, 0)
                canvas.drawPath(moved, paint(INDIGO, opacity))
        gouache(canvas, path, _HILL, 14)
        stops = ((0.0, _HILL_DEEP, 0.0), (1.0, INDIGO, 0.85))
        canvas.drawPath(path, linear((0, height * 0.3), (0, height), stops))

    return recorded((0, 0, reach, height), draw)


def _page(canvas: Canvas, corner: str, wind: bool, way: float, size: Size, leaving: Draw, coming: Draw) -> None:
    """The picture as the last page but one: it gets its margin, and is rolled up from a corner to the one opposite."""
    if way >= 1:
        coming(canvas)
        return
    width, height = size
    unit = min(size) / 1080
    down, across = corner.split("-")
    start = (width if across == "right" else 0.0, height if down == "lower" else 0.0)
    eased = way * way * (3 - 2 * way)
    if wind:
        eased += _FLUTTER * math.sin(way * 15.0) * math.sin(way * math.pi)
    to = (start[0] + (width - 2 * start[0]) * 1.12 * eased, start[1] + (height - 2 * start[1]) * 1.12 * eased**1.4)
    far = math.dist(start, to)
    margin = min(way * 9, 1.0) * _BORDER * unit
    if far < 2:
        leaving(canvas)
        _margin(canvas, size, margin)
        return
    normal = ((to[0] - start[0]) / far, (to[1] - start[1]) / far)
    coming(canvas)
    grown = min(far / (400 * unit), 1.0) * unit
    back = (-normal[0], -normal[1])
    _shade(canvas, to, back, ((0.0, 0.42), (150.0 * grown, 0.22), (330.0 * grown, 0.0)))
    canvas.save()
    canvas.clipPath(_half(to, normal), doAntiAlias=True)
    leaving(canvas)
    _margin(canvas, size, margin)
    _shade(canvas, to, normal, ((0.0, 0.5), (70.0 * grown, 0.16), (190.0 * grown, 0.0)))
    canvas.restore()
    _curl(canvas, to, normal, grown)


def _margin(canvas: Canvas, size: Size, wide: float) -> None:
    """The bare paper round a picture, and the shadow of the book's fold along its left."""
    if wide <= 0:
        return
    width, height = size
    frame = skia.Path()
    frame.addRect(skia.Rect.MakeWH(width, height))
    frame.addRect(skia.Rect.MakeLTRB(wide, wide, width - wide, height - wide))
    frame.setFillType(skia.PathFillType.kEvenOdd)
    canvas.drawPath(frame, paint(PAGE))
    for reach, opacity in ((2.4, 0.08), (1.3, 0.1), (0.6, 0.12)):
        canvas.drawRect(skia.Rect.MakeWH(reach * wide, height), paint(INDIGO, opacity))


def _curl(canvas: Canvas, at: Point, normal: Point, unit: float) -> None:
    """The roll of paper along a fold through a point: broad at its lower end."""
    along = (-normal[1], normal[0])
    if along[1] < 0:
        along = (-along[0], -along[1])
    broad, narrow = (wide * unit for wide in reversed(_CURL))
    path = skia.Path()
    ends = ((-1400.0, broad), (1400.0, narrow))
    (far, slim), (near, wide) = ends
    path.moveTo(at[0] + along[0] * far, at[1] + along[1] * far)
    path.lineTo(at[0] + along[0] * near, at[1] + along[1] * near)
    path.lineTo(at[0] + along[0] * near - normal[0] * wide, at[1] + along[1] * near - normal[1] * wide)
    path.lineTo(at[0] + along[0] * far - normal[0] * slim, at[1] + along[1] * far - normal[1] * slim)
    path.close()
    middle = (broad + narrow) / 2
    end = (at[0] - normal[0] * middle, at[1] - normal[1] * middle)
    canvas.drawPath(path, linear(at, end, tuple((offset, hexed, 1.0) for offset, hexed in _ROLL)))


def _half(at: Point, normal: Point, reach: float = _FAR) -> Path:
    """Everything on that side of a line through a point to which its normal points, as far as something reaches."""
    along = (-normal[1], normal[0])
    path = skia.Path()
    corners = [
        skia.Point(at[0] + along[0] * side * _FAR + normal[0] * deep, at[1] + along[1] * side * _FAR + normal[1] * deep)
        for side, deep in ((-1, 0.0), (1, 0.0), (1, reach), (-1, reach))
    ]
    path.addPoly(corners, True)
    return path


def _shade(canvas: Canvas, at: Point, normal: Point, stops: tuple[tuple[float, float], ...]) -> None:
    """Shadow along a line through a point, on the side of its normal: its strengths by how far from there."""
    reach = max(stops[-1][0], 1.0)
    end = (at[0] + normal[0] * reach, at[1] + normal[1] * reach)
    canvas.drawPath(
        _half(at, normal, reach), linear(at, end, tuple((far / reach, "#3A1E3E", strength) for far, strength in stops))
    )
