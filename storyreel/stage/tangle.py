"""Areas whose edges cross or lie on one another so often that exact outlines would take minutes: traced on a grid.

Skia's path operations compare crossings along each edge with one another, and a native call can't be broken off; so
what would be slow is told beforehand, from how many edges lie about each other.
"""

from __future__ import annotations

import numpy as np
import skia

_FEW = 100
"""Verbs of a path that is quick whatever it looks like."""
_MANY = 5000
"""Verbs of one that isn't; drawings of real puppets come to four thousand."""
_SAMPLE, _SHARE = 96, 16
"""Edges by which a path is judged: so many, and of a long one at least one in sixteen."""
_CROWD = 80
"""Edges whose boxes touch that of an edge, for a quarter of all edges: real puppets have up to 55, stacks hundreds."""
_PAIRS = 200_000
"""Edges times their crowd; drawings of real puppets come to 140,000, and Skia takes 2 s for 300,000."""
_NEAR = 1e-3
"""Share of a path's size within which edges count as the same."""
_PILE = 5
"""Edges that are the same as another, on average: those are what Skia finds hardest."""
_STRIDE = 7919
"""A prime."""
_STEPS = 1024
"""Steps of the grid along the longer side of an area."""


def tangled(*paths: skia.Path) -> bool:
    """Whether the exact outline of paths together would take long."""
    verbs: int = sum(path.countVerbs() for path in paths)
    if not _FEW <= verbs <= _MANY:
        return verbs > _MANY
    points = [point for path in paths for point in path.getPoints(path.countPoints())]
    count = len(points) - 1
    # Some all over the path, with no beat that could be that of equal shapes.
    most = max(_SAMPLE, count // _SHARE)
    picked = [_STRIDE * i % count for i in range(most)] if count > most else range(count)
    ends = np.array([(points[i].x(), points[i].y(), points[i + 1].x(), points[i + 1].y()) for i in picked])
    x, y, u, v = ends.T
    left, right, top, bottom = np.minimum(x, u), np.maximum(x, u), np.minimum(y, v), np.maximum(y, v)
    beside = (left[:, None] > right) | (left > right[:, None]) | (top[:, None] > bottom) | (top > bottom[:, None])
    touching = len(ends) - 1 - beside.sum(axis=1)
    near = _NEAR * max(right.max() - left.min(), bottom.max() - top.min())
    same = np.ones_like(beside)
    for values in (x, y, u, v):
        same &= np.abs(values[:, None] - values) <= near
    pile = same.sum() / len(ends) - 1
    of_all = count / len(picked)
    crowd = np.sort(touching)[3 * len(ends) // 4] * of_all
    return bool(crowd > _CROWD or crowd * verbs > _PAIRS or pile * of_all > _PILE)


def traced(*paths: skia.Path) -> skia.Path:
    """The area of paths together as straight lines along a fine grid: no overlaps, its outer contours all one way."""
    bounds = [path.getBounds() for path in paths if not path.isEmpty()]
    if not bounds:
        return skia.Path()
    left, top = min(box.left() for box in bounds), min(box.top() for box in bounds)
    size = max(max(box.right() for box in bounds) - left, max(box.bottom() for box in bounds) - top)
    scale = _STEPS / size if size > 0 else 1.0
    there, back = skia.Matrix(), skia.Matrix()
    there.setScaleTranslate(scale, scale, -left * scale, -top * scale)
    back.setScaleTranslate(1 / scale, 1 / scale, left, top)
    frame, whole, outline = skia.Region(skia.IRect(-1, -1, _STEPS + 1, _STEPS + 1)), skia.Region(), skia.Path()
    for path in paths:
        area, drawn = skia.Region(), skia.Path(path)
        drawn.transform(there)
        area.setPath(drawn, frame)
        whole.op(area, skia.Region.kUnion_Op)
    whole.getBoundaryPath(outline)
    outline.transform(back)
    return outline
