"""The contact sheet: the whole film on one page, a picture a beat, each with its time and its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from storyreel.looks import look
from storyreel.text.chain import FontChain, chain
from storyreel.text.shape import ShapedLine, shape
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Beat, Line, Scene, Timeline

if TYPE_CHECKING:
    from PIL.Image import Image

COLUMNS = 5
SHORT_SIDE = 270
"""Pixels of a picture's short side."""

_GAP, _EDGE, _CORNER = 26, 48, 14
_HEAD, _FOOT = 128, 104
_PAPER, _INK, _SOFT, _RULE = "#FBF8F4", "#2E2430", "#857A88", "#E4DCE2"
_NARROW = 400
"""Room for the title below which what is told about the film stands under it, not beside it."""
_ROWS = 2
_LATE = 0.62
"""How far into a beat its picture is taken: past the wind-up, before the next thing begins."""


class Film(Protocol):
    """What a sheet is made from."""

    @property
    def timeline(self) -> Timeline: ...

    def picture(self, frame: int) -> Image: ...


@dataclass(frozen=True)
class Cell:
    """One picture of the sheet: a film frame, the scene it is in, and what is said or done there."""

    frame: int
    scene: str
    text: str
    spoken: bool


def cells(timeline: Timeline) -> list[Cell]:
    """The pictures of a film's sheet: one a beat, or one a scene that has no beats."""
    return [cell for start, scene in timeline.starts() for cell in _scene_cells(timeline, start, scene)]


def _scene_cells(timeline: Timeline, start: int, scene: Scene) -> Iterator[Cell]:
    for beat in scene.beats or (Beat(0, scene.length, ""),):
        first, last = start + beat.start, start + min(beat.end, scene.length)
        if last <= first:
            continue
        said = [line for line in timeline.lines if line.words and first <= line.words[0].start < last]
        frame = first + min(int((last - first) * _LATE), last - first - 1)
        if said:
            frame = min(max(frame, _mid(said[0])), last - 1)
        yield Cell(frame, scene.id, " ".join(line.text for line in said) or beat.summary, bool(said))


def _mid(line: Line) -> int:
    return (line.words[0].start + line.words[-1].end) // 2


def clock_time(clock: Clock, frame: int, digits: int = 1) -> str:
    """A time as `0:03.2`, or with more digits of a second."""
    whole = 10**digits
    parts = int(clock.seconds(frame) * whole + 1e-6)
    return f"{parts // (60 * whole)}:{parts // whole % 60:02d}.{parts % whole:0{digits}d}"


def sheet(film: Film, columns: int = COLUMNS) -> Image:
    """Draws the contact sheet of a film, as an RGB image; the pictures are the film's own, made small."""
    import numpy as np
    import skia
    from PIL import Image

    from storyreel.stage.lettering import draw_line

    timeline = film.timeline
    faces = look(timeline.look).faces
    title, text = chain(faces["title"]), chain(faces["body"])
    shown = cells(timeline)
    columns = max(min(columns, len(shown)), 1)
    factor = SHORT_SIDE / min(timeline.width, timeline.height)
    wide, high = round(timeline.width * factor), round(timeline.height * factor)
    deep = high + _FOOT
    rows = -(-len(shown) // columns)
    width = 2 * _EDGE + columns * wide + (columns - 1) * _GAP
    height = _HEAD + _EDGE + rows * deep + (rows - 1) * _GAP
    pixels = np.zeros((height, width, 4), np.uint8)
    canvas = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType).getCanvas()
    canvas.clear(_colour(_PAPER))

    about = f"{clock_time(timeline.clock, timeline.length)}   {timeline.width}×{timeline.height}   {timeline.look}"
    room = width - 2 * _EDGE
    beside = shape(about, text, 24)
    if room - beside.width > _NARROW:
        draw_line(canvas, _fitted(timeline.title, title, 54, room - beside.width - _GAP), _EDGE, 84, _INK)
        draw_line(canvas, beside, width - _EDGE, 82, _SOFT, align="right")
    else:
        draw_line(canvas, _fitted(timeline.title, title, 44, room), _EDGE, 66, _INK)
        draw_line(canvas, _fitted(about, text, 20, room), _EDGE, 104, _SOFT)
    for number, cell in enumerate(shown):
        x = _EDGE + number % columns * (wide + _GAP)
        y = _HEAD + number // columns * (deep + _GAP)
        small = film.picture(cell.frame).resize((wide, high), Image.Resampling.LANCZOS)
        box = skia.RRect.MakeRectXY(skia.Rect.MakeXYWH(x, y, wide, high), _CORNER, _CORNER)
        canvas.save()
        canvas.clipRRect(box, doAntiAlias=True)
        canvas.drawImage(skia.Image.fromarray(np.asarray(small.convert("RGBA")), skia.kRGBA_8888_ColorType), x, y)
        canvas.restore()
        edge = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=1.5, Color=_colour(_RULE))
        canvas.drawRRect(box, edge)
        baseline = y + high + 28
        draw_line(canvas, shape(clock_time(timeline.clock, cell.frame), title, 20), x + 2, baseline, _INK)
        scene = _fitted(cell.scene, text, 17, wide * 0.62)
        draw_line(canvas, scene, x + wide - 2, baseline, _SOFT, align="right")
        ink = _INK if cell.spoken else _SOFT
        for row, line in enumerate(_wrapped(cell.text, text, 19, wide - 4, timeline.language)):
            draw_line(canvas, line, x + 2, baseline + 27 + row * 24, ink)
    return Image.fromarray(pixels).convert("RGB")


def _colour(hexed: str) -> Any:
    return 0xFF000000 | int(hexed[1:], 16)


def _fitted(text: str, faces: FontChain, size: float, room: float) -> ShapedLine:
    """A line at most so wide, cut short with an ellipsis where it must be."""
    line = shape(text, faces, size)
    while line.width > room and len(text) > 1:
        text = text[:-1].rstrip("… ")
        line = shape(text + "…", faces, size)
    return line


def _wrapped(text: str, faces: FontChain, size: float, room: float, language: str) -> list[ShapedLine]:
    """A text as a few rows, the last one cut short where it says more."""
    from uniseg.linebreak import line_break_units

    text = " ".join(text.split())
    rows: list[str] = [""]
    for unit in line_break_units(text):
        if rows[-1] and shape((rows[-1] + unit).rstrip(), faces, size, language).width > room:
            rows.append("")
        rows[-1] += unit
    kept = [shape(row.rstrip(), faces, size, language) for row in rows[:_ROWS] if row.strip()]
    if len(rows) > _ROWS:
        kept[-1] = _fitted("".join(rows[_ROWS - 1 :]), faces, size, room)
    return kept
