"""Draws shaped lines: strokes first, fills over them; emoji in their own colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

import skia

from storyreel.stage import paints
from storyreel.stage.ink import argb
from storyreel.text.chain import Face, FontChain, chain
from storyreel.text.shape import GlyphRun, ShapedLine, shape

Canvas: TypeAlias = skia.Canvas
Fill: TypeAlias = skia.Paint | str
"""A colour "#RRGGBB" or a skia.Paint."""


_RIM = 5.0
"""How broad the dark edge of a mark is that stands on any picture."""
_DARK = "#22222A"


def draw_mark(canvas: Canvas, corners: Sequence[tuple[float, float]], colour: str) -> None:
    """Draws what points to an unseen speaker, in their colour, with a dark edge that is seen on light and dark."""
    path = skia.Path()
    path.addPoly([skia.Point(x, y) for x, y in corners], True)
    edge = skia.Paint(AntiAlias=True, Color=argb(_DARK, 1.0), Style=skia.Paint.kStroke_Style, StrokeWidth=2 * _RIM)
    edge.setStrokeJoin(skia.Paint.kRound_Join)
    canvas.drawPath(path, edge)
    canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=argb(colour, 1.0)))


@lru_cache(maxsize=32)
def _typeface(path: str) -> skia.Typeface:
    # An empty manager: the machine's own fonts are neither looked at nor ever taken instead.
    typeface = skia.FontMgr.New_Custom_Empty().makeFromFile(path, 0)
    if typeface is None:
        raise ValueError(f"{path} is no font")
    return typeface


@lru_cache(maxsize=256)
def font(face: Face, size: float) -> skia.Font:
    """A skia.Font: subpixel placed, never hinted, so that type scales and moves without jitter."""
    made = skia.Font(_typeface(face.path), size)
    made.setSubpixel(True)
    made.setHinting(skia.FontHinting.kNone)
    made.setEdging(skia.Font.Edging.kAntiAlias)
    made.setLinearMetrics(True)
    made.setBaselineSnap(False)
    return made


def _spans(run: GlyphRun, word: tuple[int, int] | None) -> list[int]:
    return [index for index, cluster in enumerate(run.clusters) if word is None or word[0] <= cluster < word[1]]


@lru_cache(maxsize=1024)
def outline(line: ShapedLine, word: tuple[int, int] | None = None) -> skia.Path:
    """The outlines of a line, or of the word with that span of its text, as one path; emoji have none."""
    whole = skia.Path()
    for run in line.runs:
        if run.face.coloured:
            continue
        made = font(run.face, line.size)
        for index in _spans(run, word):
            path = made.getPath(run.glyphs[index])
            if path is not None:
                whole.addPath(path, *run.points[index])
    return whole


def glyphs(line: ShapedLine) -> Iterator[tuple[skia.Path, float]]:
    """The outline of each letter that has one, in its place on the line, and the middle of its advance."""
    for run in line.runs:
        if run.face.coloured:
            continue
        made = font(run.face, line.size)
        for glyph, (x, y), advance in zip(run.glyphs, run.points, run.advances, strict=True):
            path = made.getPath(glyph)
            if path is not None and not path.isEmpty():
                placed = skia.Path(path)
                placed.offset(x, y)
                yield placed, x + advance / 2


@lru_cache(maxsize=512)
def _emoji(line: ShapedLine, word: tuple[int, int] | None) -> tuple[skia.TextBlob, ...]:
    blobs = []
    for run in line.runs:
        picked = _spans(run, word) if run.face.coloured else []
        if picked:
            builder = skia.TextBlobBuilder()
            points = [skia.Point(*run.points[index]) for index in picked]
            builder.allocRunPos(font(run.face, line.size), [run.glyphs[index] for index in picked], points)
            blobs.append(builder.make())
    return tuple(blobs)


def draw_emoji(canvas: Canvas, line: ShapedLine, word: tuple[int, int] | None = None) -> None:
    """Draws a line's emoji, or those of one word of it, with the left end of its baseline at (0, 0)."""
    for blob in _emoji(line, word):
        canvas.drawTextBlob(blob, 0, 0, skia.Paint(AntiAlias=True))


def _as_paint(fill: Fill) -> skia.Paint:
    return paints.fill(fill) if isinstance(fill, str) else fill


def draw_line(
    canvas: Canvas,
    line: ShapedLine,
    x: float,
    y: float,
    fill: Fill,
    stroke: str | None = None,
    stroke_width: float = 0.0,
    align: str = "left",
    word: tuple[int, int] | None = None,
) -> None:
    """Draws a line, or one word of it, with its baseline at y.

    Args:
        canvas: where to draw.
        line: what to draw.
        x: the line's left end, middle or right end, as `align` says.
        y: its baseline.
        fill: a colour or a paint.
        stroke: the colour of an outline behind the letters.
        stroke_width: how wide that outline is, half of it outside the letters.
        align: left, center or right.
        word: the span of the text of the only word to draw.
    """
    shift = {"left": 0.0, "center": -line.width / 2, "right": -line.width}[align]
    canvas.save()
    canvas.translate(x + shift, y)
    path = outline(line, word)
    if stroke is not None and stroke_width > 0:
        canvas.drawPath(path, paints.stroke(stroke, stroke_width))
    canvas.drawPath(path, _as_paint(fill))
    draw_emoji(canvas, line, word)
    canvas.restore()


def draw_word(
    canvas: Canvas,
    line: ShapedLine,
    index: int,
    x: float,
    y: float,
    fill: Fill,
    stroke: str | None = None,
    stroke_width: float = 0.0,
) -> None:
    """Draws the word of that number, where it stands on its line; (x, y) is the left end of the line's baseline."""
    box = line.words[index]
    draw_line(canvas, line, x, y, fill, stroke, stroke_width, word=(box.start, box.end))


def fitted(text: str, faces: FontChain, size: float, room: float | None, language: str = "en") -> ShapedLine:
    """A line at a size, or as much smaller as it takes to fit the room."""
    line = shape(text, faces, size, language)
    if room is not None and line.width > room:
        line = shape(text, faces, size * room / line.width, language)
    return line


def label(
    canvas: Canvas,
    text: str,
    faces: FontChain | tuple[str, ...] | str,
    size: float,
    x: float,
    y: float,
    fill: Fill,
    align: str = "left",
    stroke: str | None = None,
    stroke_width: float = 0.0,
    max_width: float | None = None,
    language: str = "en",
) -> ShapedLine:
    """Shapes and draws a short text; gives its line. `faces` is a chain, the names of one, or one name."""
    if isinstance(faces, str):
        faces = (faces,)
    line = fitted(text, faces if isinstance(faces, FontChain) else chain(faces), size, max_width, language)
    draw_line(canvas, line, x, y, fill, stroke, stroke_width, align)
    return line
