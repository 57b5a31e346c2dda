"""Edges round what a look has redrawn: broad lines below all of its shapes.

One exact outline of hundreds of shapes (`storyreel.stage.edges`) takes seconds. Laid down shape by shape in one colour
they look the same; a translucent band is laid down as a whole, and a soft one is small and enlarged. A thin one is an
outline all the same, of what lies outermost: every frame paints it anew, in a quarter of the time of all those lines.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Protocol, TypeVar

import skia

from storyreel.puppet.bounds import Box
from storyreel.puppet.model import Matrix, Point, Spring
from storyreel.stage import covering
from storyreel.stage.covering import corners, drifted, holders
from storyreel.stage.edges import draw_edge, grown
from storyreel.stage.ink import to_matrix
from storyreel.treatment.contract import Edge

_MARGINS = (48.0, 24.0, 12.0, 6.0, 3.0)
"""Units by which something is tried to lie inside another."""
_MOST = 4
"""Shapes that are tried as holders of another."""
_STEP = 8.0
"""Units between the points of a box that are looked for in a shape; a box has at least so many on each side."""
_LEAST = 3
_FINE = 2.0
"""Pixels by which a small band is blurred: the larger the blur, the smaller it can be."""
_FAR = skia.Rect.MakeLTRB(-16000, -16000, 16000, 16000)
_TREES = skia.RTreeFactory()
_THIN = 4.0
"""Units up to which a band is thin."""
_REACH = 3.0
"""As many times its blur a soft band reaches out."""

Bent = tuple[float, Spring, Point] | None
"""How a part bends, as `storyreel.stage.geometry.Curl`."""


class Formed(covering.Formed, Protocol):
    """The geometry of a part (`storyreel.stage.geometry.Geometry`)."""

    @property
    def reach(self) -> float: ...

    def band(self, width: float, colour: str, curl: Bent = None) -> skia.Picture: ...

    def filled(self) -> Sequence[skia.Path]: ...


class Placed(covering.Placed, Protocol):
    """A part in its place."""

    @property
    def geometry(self) -> Formed: ...


_Piece = TypeVar("_Piece", bound=Placed)


class Bands:
    """The bands of one puppet, drawn below it.

    What lies inside another lies in it as deep when both are grown by a band: it is measured once for bands of any
    width. A pose may move the two against each other by so much (`storyreel.stage.covering.drift`).

    Args:
        firm: the geometries of those that never bend and are never cut to anything or faded: others may lie in them.
    """

    def __init__(self, firm: Iterable[Formed]) -> None:
        self._firm = {id(one): one for one in firm}
        self._rooms: dict[int, list[tuple[int, float]]] = {}

    def draw(self, canvas: skia.Canvas, pieces: Sequence[_Piece], edges: Sequence[Edge]) -> None:
        """Draws edges, the first one undermost, in the pieces' units."""
        outer = self.outermost(pieces)
        for edge in edges:
            canvas.save()
            canvas.translate(*edge.shift)
            if edge.width > _THIN or edge.blur:
                _lay(canvas, edge, partial(_draw, outer, edge))
            else:
                draw_edge(canvas, grown(outer, edge.width), edge)
            canvas.restore()

    def outermost(self, pieces: Sequence[_Piece]) -> list[_Piece]:
        """The pieces without those that lie inside another."""
        shown = {id(piece.geometry): piece.motion for piece in pieces if id(piece.geometry) in self._firm}
        return [piece for piece in pieces if not self._held(piece, shown)]

    def _held(self, piece: Placed, shown: Mapping[int, Matrix]) -> bool:
        box = piece.geometry.box or (0.0, 0.0, 0.0, 0.0)
        for outer, room in self._around(piece.geometry):
            if outer in shown and drifted(corners(box), piece, shown[outer]) < room:
                return True
        return False

    def _around(self, inner: Formed) -> list[tuple[int, float]]:
        """The few largest of those that hold another, each with how deep it lies in them."""
        if id(inner) not in self._rooms:
            around = holders(inner, self._firm.values())
            rooms = [(id(one), _room(inner, one)) for one in around[:_MOST]]
            self._rooms[id(inner)] = [(one, room) for one, room in rooms if room > 0]
        return self._rooms[id(inner)]


def _draw(pieces: Sequence[Placed], edge: Edge, canvas: skia.Canvas) -> None:
    for piece in pieces:
        canvas.drawPicture(piece.geometry.band(edge.width, edge.colour, piece.curl), to_matrix(piece.motion))


def _lay(canvas: skia.Canvas, edge: Edge, draw: Callable[[skia.Canvas], None]) -> None:
    if edge.blur:
        _lay_soft(canvas, edge, draw)
    elif edge.opacity < 1:
        canvas.saveLayerAlpha(None, round(edge.opacity * 255))
        draw(canvas)
        canvas.restore()
    else:
        draw(canvas)


def _lay_soft(canvas: skia.Canvas, edge: Edge, draw: Callable[[skia.Canvas], None]) -> None:
    """Draws a soft band as a small image, enlarged: it has no detail that is lost."""
    matrix = canvas.getTotalMatrix()
    blur = edge.blur * math.sqrt(abs(matrix.getScaleX() * matrix.getScaleY() - matrix.getSkewX() * matrix.getSkewY()))
    times = max(int(blur / _FINE), 1)
    recorder = skia.PictureRecorder()
    draw(recorder.beginRecording(_FAR, _TREES()))
    picture = recorder.finishRecordingAsPicture()
    around = skia.Rect.Make(canvas.getDeviceClipBounds()).makeOutset(_REACH * blur, _REACH * blur)
    rect = matrix.mapRect(picture.cullRect()).makeOutset(_REACH * blur, _REACH * blur)
    if not rect.intersect(around):
        return
    left, top = (math.floor(at / times) for at in (rect.left(), rect.top()))
    right, bottom = (math.ceil(at / times) for at in (rect.right(), rect.bottom()))
    small = skia.Surface.MakeRasterN32Premul(right - left, bottom - top)
    inner = small.getCanvas()
    soft = skia.ImageFilters.Blur(blur / times, blur / times)
    inner.saveLayer(None, skia.Paint(Alpha=round(edge.opacity * 255), ImageFilter=soft))
    inner.translate(-left, -top)
    inner.scale(1 / times, 1 / times)
    inner.concat(matrix)
    picture.playback(inner)
    inner.restore()
    canvas.save()
    canvas.resetMatrix()
    canvas.scale(times, times)
    canvas.drawImage(small.makeImageSnapshot(), left, top, skia.SamplingOptions(skia.FilterMode.kLinear))
    canvas.restore()


def _room(inner: Formed, outer: Formed) -> float:
    """How deep something lies inside one of another's shapes; 0 where it doesn't, or where nobody can tell."""
    if inner.box is None:
        return 0.0
    for path in sorted(outer.filled(), key=_extent, reverse=True)[:_MOST]:
        for margin in _MARGINS:
            grow = margin + inner.reach
            left, top, right, bottom = inner.box
            if _holds(path, (left - grow, top - grow, right + grow, bottom + grow)):
                return margin
    return 0.0


def _holds(path: skia.Path, box: Box) -> bool:
    """Whether a box lies inside a path, by points of its sides and those of the path."""
    left, top, right, bottom = box
    if not path.getBounds().contains(skia.Rect.MakeLTRB(*box)):
        return False
    if any(left < at.x() < right and top < at.y() < bottom for at in path.getPoints(path.countPoints())):
        return False
    across, down = (max(math.ceil(side / _STEP), _LEAST) for side in (right - left, bottom - top))
    xs = [left + (right - left) * i / across for i in range(across + 1)]
    ys = [top + (bottom - top) * i / down for i in range(down + 1)]
    return all(path.contains(x, y) for x in xs for y in (top, bottom)) and all(
        path.contains(x, y) for y in ys for x in (left, right)
    )


def _extent(path: skia.Path) -> float:
    box = path.getBounds()
    return float(box.width() * box.height())
