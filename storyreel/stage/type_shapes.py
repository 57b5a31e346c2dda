"""Type as shapes: outlines that can be stroked, filled with gradients, bent along a curve; emoji stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

import skia

from storyreel.stage import lettering as type_case
from storyreel.stage.paints import Canvas, Paint
from storyreel.stage.paths import Path, Point
from storyreel.text import breaks
from storyreel.text.chain import FontChain
from storyreel.text.shape import ShapedLine, shape
from storyreel.treatment.widget import Box


@dataclass(frozen=True)
class Letter:
    """One glyph in place on a line whose baseline starts at (0, 0).

    Attributes:
        path: its outline; of an emoji, the disc that it covers.
        x: the middle of its advance.
        sign: an emoji's own picture, to be drawn at (0, 0) over its disc.
    """

    path: Path
    x: float
    sign: skia.TextBlob | None = None


@dataclass(frozen=True)
class Lettering:
    """A word or a line as outlines.

    Attributes:
        letters: its glyphs in place.
        width: advance width.
        ink: what the outlines cover.
    """

    letters: tuple[Letter, ...]
    width: float
    ink: Box

    @property
    def path(self) -> Path:
        """The outlines of all that is not an emoji, as one fresh path."""
        return joined(letter.path for letter in self.letters if letter.sign is None)


def joined(paths: Iterable[Path]) -> Path:
    """Many paths as one fresh path."""
    whole = skia.Path()
    for path in paths:
        whole.addPath(path)
    return whole


def shaped(text: str, faces: FontChain, size: float, track: float = 0.0) -> ShapedLine:
    """A line in the first of the faces that have its characters.

    Raises:
        MissingGlyph: none of them has a character.
    """
    return shape(text, faces, size, "en", track)


@lru_cache(maxsize=512)
def lettering(text: str, faces: FontChain, size: float, track: float = 0.0) -> Lettering:
    """A line as outlines, glyph by glyph, from left to right.

    Raises:
        MissingGlyph: none of the faces has a character.
    """
    line = shaped(text, faces, size, track)
    letters = []
    for run in line.runs:
        font = type_case.font(run.face, size)
        for glyph, (x, y), advance in zip(run.glyphs, run.points, run.advances, strict=True):
            if run.face.coloured:
                builder = skia.TextBlobBuilder()
                builder.allocRunPos(font, [glyph], [skia.Point(x, y)])
                disc = skia.Path.Circle(x + (advance - track) / 2, y - size * 0.36, size * 0.6)
                letters.append(Letter(disc, x + (advance - track) / 2, builder.make()))
                continue
            path = skia.Path(font.getPath(glyph) or skia.Path())
            path.offset(x, y)
            letters.append(Letter(path, x + advance / 2))
    box = joined(letter.path for letter in letters).computeTightBounds()
    return Lettering(tuple(letters), line.width - track, (box.left(), box.top(), box.right(), box.bottom()))


def centred(text: str, faces: FontChain, size: float, x: float = 0.0, y: float = 0.0, track: float = 0.0) -> Path:
    """The outlines with the middle of their ink across, and of the capitals' height down, at (x, y)."""
    line = lettering(text, faces, size, track)
    left, _, right, _ = line.ink
    path = line.path
    path.offset(x - (left + right) / 2, y + capital(faces) * size / 2)
    return path


def draw_signs(canvas: Canvas, line: Lettering, place: Callable[[float, float], Point]) -> None:
    """Draws a line's emoji upright, each where `place` puts the middle of its disc."""
    for letter in line.letters:
        if letter.sign is None:
            continue
        box = letter.path.getBounds()
        x, y = place(box.centerX(), box.centerY())
        canvas.drawTextBlob(letter.sign, x - box.centerX(), y - box.centerY(), skia.Paint(AntiAlias=True))


@lru_cache(maxsize=16)
def capital(faces: FontChain) -> float:
    """The height of a capital H, as a factor of the size."""
    return -lettering("H", faces, 100.0).ink[1] / 100


def letter(sign: str, faces: FontChain, size: float) -> Path:
    """One sign with the middle of its ink at (0, 0)."""
    line = lettering(sign, faces, size)
    left, top, right, bottom = line.ink
    path = line.path
    path.offset(-(left + right) / 2, -(top + bottom) / 2)
    return path


def warped(path: Path, bend: Callable[[float, float], tuple[float, float]]) -> Path:
    """The path with every point moved by `bend`; conics become quadratics."""
    out = skia.Path()
    for verb, points in path:
        p = [bend(point.x(), point.y()) for point in points]
        if verb == skia.Path.kMove_Verb:
            out.moveTo(*p[0])
        elif verb == skia.Path.kLine_Verb:
            out.lineTo(*p[1])
        elif verb == skia.Path.kQuad_Verb:
            out.quadTo(*p[1], *p[2])
        elif verb == skia.Path.kCubic_Verb:
            out.cubicTo(*p[1], *p[2], *p[3])
        elif verb == skia.Path.kClose_Verb:
            out.close()
    return out


def fitted(text: str, faces: FontChain, size: float, width: float) -> float:
    """The size at which a line is no wider than `width`, at most `size`."""
    return min(size, size * width / max(lettering(text, faces, size).width, 1e-6))


@lru_cache(maxsize=256)
def wrapped(text: str, faces: FontChain, size: float, width: float) -> tuple[str, ...]:
    """The text in as few rows as fit in `width`, as even in length as they can be.

    Rows break where Unicode's line breaking algorithm (UAX 14) allows; a word that is too wide is parted.
    """
    return breaks.filled(text, lambda row: lettering(row, faces, size).width, width)


def write(
    canvas: Canvas,
    text: str,
    faces: FontChain,
    size: float,
    x: float,
    y: float,
    paint: str | Paint,
    align: str = "left",
) -> float:
    """Sets a line with its baseline at y and its left end, middle or right end at x; returns its width."""
    line = shaped(text, faces, size)
    type_case.draw_line(canvas, line, x, y, paint, align={"middle": "center"}.get(align, align))
    return line.width
