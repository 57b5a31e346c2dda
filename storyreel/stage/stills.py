"""Whole pictures within a picture: of another scene, or of this one, as a layer or in a transition's hands."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import skia

from storyreel.stage.baking import level_of
from storyreel.stage.display import Canvas, Grade, Item
from storyreel.stage.images import Images, Laid
from storyreel.stage.toning import Tone

LASTING = Images(48 * 2**20)
"""Those that last: a transition shows one, where it stands and in parts."""
_LARGEST = 9_000_000
"""Pixels of one, at the most, that is painted once."""
_FEW = 3
"""So many things are graded together, at the least."""


@dataclass(frozen=True)
class WholePicture:
    """All that a scene shows at one frame, drawn into a box of the picture's size with its corner at the origin.

    A grade is a filter here, since there are no painted pixels yet: a level or so off what it makes of those.

    Attributes:
        lasting: whether it stays as it is for many frames; then it is painted once, as large as it stands.
    """

    items: tuple[Item | Grade, ...]
    size: tuple[float, float]
    lasting: bool = False

    @property
    def key(self) -> Hashable:
        """Equal keys draw equal pictures."""
        return tuple(item.key for item in self.items)

    def __call__(self, canvas: Canvas) -> None:
        """Draws it."""
        matrix = canvas.getTotalMatrix()
        if not self.lasting or not matrix.isScaleTranslate() or matrix.getScaleX() * matrix.getScaleY() <= 0:
            self._draw(canvas)
            return
        x, y = matrix.getTranslateX(), matrix.getTranslateY()
        rests = x == round(x) and y == round(y)
        # Where a camera pushes in on it slowly, one image serves all of the way.
        level = level_of(matrix.getScaleX() * matrix.getScaleY())
        upright = matrix if rests else skia.Matrix.Scale(level, level)
        rect = upright.mapRect(skia.Rect.MakeWH(*self.size)).roundOut()
        if rect.width() * rect.height() > _LARGEST:
            self._draw(canvas)
            return
        place = (upright.getScaleX(), upright.getScaleY(), upright.getTranslateX(), upright.getTranslateY())
        laid = LASTING.get((self.key, self.size, place), lambda: self._painted(upright, rect))
        canvas.save()
        if rests:
            canvas.resetMatrix()
            canvas.drawImage(laid.image, laid.left, laid.top)
        else:
            canvas.scale(1 / level, 1 / level)
            canvas.drawImage(laid.image, laid.left, laid.top, skia.SamplingOptions(skia.FilterMode.kLinear))
        canvas.restore()

    def _draw(self, canvas: Canvas) -> None:
        depth = canvas.save()
        canvas.clipRect(skia.Rect.MakeWH(*self.size), doAntiAlias=True)
        _drawn(canvas, self.items)
        canvas.restoreToCount(depth)

    def _painted(self, matrix: skia.Matrix, rect: skia.IRect) -> Laid:
        surface = skia.Surface.MakeRasterN32Premul(max(rect.width(), 1), max(rect.height(), 1))
        canvas = surface.getCanvas()
        canvas.translate(-rect.left(), -rect.top())
        canvas.concat(matrix)
        self._draw(canvas)
        return Laid(surface.makeImageSnapshot(), rect.left(), rect.top())

    def centred(self, canvas: Canvas) -> None:
        """Draws it with its middle at the origin."""
        width, height = self.size
        canvas.save()
        canvas.translate(-width / 2, -height / 2)
        self(canvas)
        canvas.restore()


def together(items: Iterable[Item | Grade]) -> Iterator[Item | Grade]:
    """Things that are drawn through tones: those at the bottom that have one tone are graded to it together.

    Each through a layer of its own they take 14 ms for every picture of 1080x1920 that they fill; a grade takes 6.
    """
    every = list(items)
    first = every[0].tone if every and isinstance(every[0], Item) else None
    alike = list(itertools.takewhile(lambda one: isinstance(one, Item) and one.bare and one.tone == first, every))
    if first is None or len(alike) < _FEW:
        yield from every
        return
    for one in alike:
        if isinstance(one, Item) and one.bare is not None:
            yield one.bare
    yield Grade(first.saturation, first.veil, first.colour, light=first.light)
    yield from every[len(alike) :]


def _drawn(canvas: Canvas, items: Sequence[Item | Grade]) -> None:
    """Draws things on black, through the grades among them."""
    last = max((at for at, item in enumerate(items) if isinstance(item, Grade)), default=-1)
    grade = items[last] if last >= 0 else None
    if isinstance(grade, Grade):
        below = items[:last]
        if grade.circle is not None:
            _drawn(canvas, below)
        depth = canvas.save()
        limited(canvas, grade)
        tone = Tone(min(grade.saturation, 1.0), grade.veil, grade.colour, grade.light)
        canvas.saveLayer(None, skia.Paint(ColorFilter=tone.filter()))
        _drawn(canvas, below)
        canvas.restoreToCount(depth)
    else:
        canvas.drawColor(skia.ColorBLACK)
    for item in items[last + 1 :]:
        if isinstance(item, Item):
            item.draw(canvas)


def limited(canvas: Canvas, grade: Grade, scale: float = 1.0) -> None:
    """Cuts all that is drawn from here on to the part of the picture that a grade changes."""
    if grade.circle is not None:
        x, y, radius = (at * scale for at in grade.circle)
        part = skia.ClipOp.kDifference if grade.outside else skia.ClipOp.kIntersect
        canvas.clipPath(skia.Path.Circle(x, y, radius), part, True)
