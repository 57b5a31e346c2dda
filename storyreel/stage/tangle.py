"""Areas whose edges cross or lie on one another so often that exact outlines would take minutes: traced on a grid.

Skia's path operations compare crossings along each edge with one another, and a native call can't be broken off; so
what would be slow is told beforehand, from how many edges lie about each other.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import skia

_FEW = 60
"""Verbs of a path that is quick whatever it looks like."""
_MANY = 12000
"""Verbs of one that isn't; drawings of real puppets come to five thousand."""
_SAMPLE = 160
"""Edges by which a path is judged."""
_CROWD = 36
"""Edges whose boxes touch that of half of all edges; in real puppets there are up to twenty, in a stack hundreds."""
_STEPS = 1024
"""Steps of the grid along the longer side of an area."""


def tangled(*paths: Any) -> bool:
    """Whether the exact outline of paths together would take long."""
    verbs: int = sum(path.countVerbs() for path in paths)
    if not _FEW <= verbs <= _MANY:
        return verbs > _MANY
    points = [point for path in paths for point in path.getPoints(path.countPoints())]
    count = len(points) - 1
    picked = [i * count // _SAMPLE for i in range(_SAMPLE)] if count > _SAMPLE else range(count)
    ends = np.array([(points[i + end].x(), points[i + end].y()) for i in picked for end in (0, 1)]).reshape(-1, 2, 2)
    low, high = ends.min(axis=1), ends.max(axis=1)
    touching = ((low[:, None] <= high[None]) & (low[None] <= high[:, None])).all(axis=2).sum(axis=1)
    return bool(np.median(touching) * count > _CROWD * len(picked))


def traced(*paths: Any) -> Any:
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
