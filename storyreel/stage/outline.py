"""Outlines grown by a width, clean enough to be laid over one another: what rims and their shadows are filled with."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

import skia

from storyreel.puppet.model import Command, Point
from storyreel.stage.ink import to_path
from storyreel.stage.tangle import tangled, traced

_MOST = 200
"""Contours that are each looked for in each other."""
_HALVES = 1
"""A conic arc of a quarter turn or less becomes 2^1 quadratic curves: off by less than a thousandth of its radius."""


def plain(path: skia.Path) -> skia.Path:
    """The same area without overlaps, by non-zero winding; the path as it is where Skia finds none."""
    return traced(path) if tangled(path) else _cleaned(path)


def _cleaned(path: skia.Path) -> skia.Path:
    try:
        return skia.AsWinding(skia.Simplify(path))
    except RuntimeError:
        return path


def joined(one: skia.Path, two: skia.Path) -> skia.Path:
    """The union of two areas; both as they are where Skia finds none."""
    if tangled(one, two):
        return traced(one, two)
    try:
        return skia.Op(one, two, skia.PathOp.kUnion_PathOp)
    except RuntimeError:
        both = skia.Path(one)
        both.addPath(two)
        return both


def without(one: skia.Path, two: skia.Path) -> skia.Path:
    """What of an area lies outside another; all of it where Skia finds no such."""
    try:
        return skia.Op(one, two, skia.PathOp.kDifference_PathOp)
    except RuntimeError:
        return one


def grown(path: skia.Path, width: float) -> skia.Path:
    """The area within `width` of a path's own, its outer contours all one way round.

    So grown paths that are laid together in one never cancel out where they overlap.
    """
    paint = skia.Paint(
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=2 * width,
        StrokeJoin=skia.Paint.kRound_Join,
        StrokeCap=skia.Paint.kRound_Cap,
    )
    line = skia.Path()
    paint.getFillPath(path, line)
    if tangled(line):
        return traced(line, path)
    fat = joined(_cleaned(line), path)
    found = [(commands, to_path(commands)) for commands in contours(to_commands(fat))]
    if len(found) > _MOST:
        return traced(fat)
    whole = skia.Path()
    for commands, contour in found:
        around = sum(other.contains(*commands[0][1]) for _, other in found if other is not contour)
        if (_turning(commands) > 0) == (around % 2 == 0):
            whole.addPath(contour)
        else:
            whole.reverseAddPath(contour)
    return whole


def contours(commands: Iterable[Command]) -> list[list[Command]]:
    """A path's commands, one list a contour."""
    found: list[list[Command]] = []
    for command in commands:
        if command[0] == "M":
            found.append([])
        found[-1].append(command)
    return found


def _turning(contour: Sequence[Command]) -> float:
    """Twice the signed area inside a contour's points (shoelace formula): its sign says which way round it runs."""
    points = [point for _, values in contour for point in zip(values[::2], values[1::2], strict=True)]
    return sum(x * v - u * y for (x, y), (u, v) in itertools.pairwise([*points, points[0]]))


def to_commands(path: skia.Path) -> Iterator[Command]:
    """A path's absolute M, L, C, Z commands; curves of other kinds become cubics."""
    verbs = skia.Path.Iter(path, False)
    while True:
        verb, points = verbs.next()
        at = [(point.x(), point.y()) for point in points]
        if verb == skia.Path.kDone_Verb:
            return
        if verb == skia.Path.kMove_Verb:
            yield "M", at[0]
        elif verb == skia.Path.kLine_Verb:
            yield "L", at[1]
        elif verb == skia.Path.kQuad_Verb:
            yield _cubic(*at)
        elif verb == skia.Path.kConic_Verb:
            start, handle, end = points
            quads = skia.Path.ConvertConicToQuads(start, handle, end, verbs.conicWeight(), _HALVES)
            arc = [(point.x(), point.y()) for point in quads]
            yield from (_cubic(*arc[i : i + 3]) for i in range(0, len(arc) - 2, 2))
        elif verb == skia.Path.kCubic_Verb:
            yield "C", (*at[1], *at[2], *at[3])
        elif verb == skia.Path.kClose_Verb:
            yield "Z", ()


def _cubic(start: Point, handle: Point, end: Point) -> Command:
    """A quadratic curve as a cubic (degree elevation)."""
    (x0, y0), (x1, y1), (x2, y2) = start, handle, end
    return "C", ((x0 + 2 * x1) / 3, (y0 + 2 * y1) / 3, (x2 + 2 * x1) / 3, (y2 + 2 * y1) / 3, x2, y2)
