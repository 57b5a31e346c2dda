"""What people say to each other: comment cards, speech balloons, the box that one types into."""

from __future__ import annotations

import math
import random
from functools import lru_cache
from typing import NamedTuple

import skia
from uniseg.graphemecluster import grapheme_clusters

from storyreel.looks.kawaii import palette
from storyreel.looks.kawaii.labels import grown
from storyreel.looks.kawaii.palette import BLOCKS, LINE, SHADOW
from storyreel.looks.kawaii.shapes import bunny, cloud, heart, inked, shine
from storyreel.looks.kawaii.type_case import faces
from storyreel.stage.areas import beyond, outlined
from storyreel.stage.paints import Canvas, Picture, fill, linear, record, stroke
from storyreel.stage.paths import Path, box, burst, polyline, rounded, smooth
from storyreel.stage.type_shapes import lettering, wrapped, write
from storyreel.treatment.tones import mixed
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import text


def jagged(width: float, height: float, seed: str, depth: float = 9.0, step: float = 46.0) -> Path:
    """A box about its middle whose edges are torn into irregular teeth."""
    rng = random.Random(seed)
    corners = ((-width / 2, -height / 2), (width / 2, -height / 2), (width / 2, height / 2), (-width / 2, height / 2))
    points = []
    for (x1, y1), (x2, y2) in zip(corners, corners[1:] + corners[:1], strict=True):
        length = math.dist((x1, y1), (x2, y2))
        nx, ny = (y2 - y1) / length, -(x2 - x1) / length
        count = max(3, round(length / step)) * 2
        points.append((x1 - (6 if x1 < 0 else -6), y1 - (6 if y1 < 0 else -6)))
        for i in range(1, count):
            along = (i + rng.uniform(-0.22, 0.22)) / count
            out = depth * rng.uniform(0.35, 1.0) * (1 if i % 2 else -1)
            points.append((x1 + (x2 - x1) * along + nx * out, y1 + (y2 - y1) * along + ny * out))
    return rounded(points, 3)


def sticker(canvas: Canvas, shape: Path, colour: str, under: str, height: float, line: float = 8.0) -> None:
    """A flat shadow, a die-cut white rim, a fill with its second tone along the foot, and a plum line."""
    shadow, lifted = skia.Path(shape), skia.Path(shape)
    shadow.offset(9, 14)
    lifted.offset(-4, -height)
    for part in (outlined(shadow, 26), shadow):
        canvas.drawPath(beyond(part, shape), fill(SHADOW, 0.22))
    canvas.drawPath(shape, stroke("#FFFFFF", 26))
    canvas.drawPath(shape, fill(colour))
    canvas.drawPath(beyond(shape, lifted), fill(under))
    canvas.drawPath(shape, stroke(LINE, line))


def avatar(canvas: Canvas, x: float, y: float, radius: float, handle: str, mean: bool = False) -> None:
    """A round picture of whoever it is: a bunny in a colour of its own, or a grump."""
    tones = BLOCKS[sum(map(ord, handle)) % len(BLOCKS)]
    disc = skia.Path.Circle(x, y, radius)
    canvas.drawPath(disc, fill(palette.GREY_DEEP if mean else tones.light))
    canvas.save()
    canvas.clipPath(disc, doAntiAlias=True)
    canvas.translate(x, y)
    canvas.scale(radius / 50, radius / 50)
    if mean:
        head = smooth(((-34, 60), (-40, 10), (-26, -22), (0, -28), (26, -22), (40, 10), (34, 60)), closed=True)
        inked(canvas, head, "#B3ABC2", 5)
        for side in (-1, 1):
            canvas.drawCircle(side * 13, 4, 9, fill("#FFF7DC"))
            canvas.drawCircle(side * 13 + 2, 6, 4, fill(LINE))
            canvas.drawPath(polyline(((side * 26, -14), (side * 4, -4))), stroke(LINE, 6))
        canvas.drawPath(smooth(((-11, 29), (0, 23), (11, 29))), stroke(LINE, 5))
    else:
        inked(canvas, bunny(0, 10, 92), palette.PAPER, 5)
        for side in (-1, 1):
            canvas.drawCircle(side * 14, 20, 4.5, fill(LINE))
            canvas.drawOval(skia.Rect.MakeLTRB(side * 24 - 7, 25, side * 24 + 7, 34), fill("#FF93B0", 0.7))
        canvas.drawPath(smooth(((-6, 29), (0, 33), (6, 29))), stroke(LINE, 3.5))
    canvas.restore()
    canvas.drawPath(disc, stroke(LINE, 6.5))


class _Comment(NamedTuple):
    handle: str
    text: str
    mean: bool

    @property
    def rows(self) -> tuple[str, ...]:
        return wrapped(self.text, faces("title"), 48.0, 520.0)

    @property
    def size(self) -> tuple[float, float]:
        widest = max((lettering(row, faces("title"), 48.0).width for row in self.rows), default=0.0)
        widest = max(widest, lettering(self.handle, faces("label"), 32.0).width, 240.0)
        return widest + 230, 104 + 58.0 * len(self.rows)


def _comment(settings: Settings) -> _Comment:
    return _Comment(text(settings, "handle"), text(settings, "text"), text(settings, "tone", "kind") == "mean")


@lru_cache(maxsize=64)
def _comment_picture(comment: _Comment) -> Picture:
    width, height = comment.size
    left, top = -width / 2, -height / 2
    ink, name = (palette.GREY_INK, palette.GREY_DEEP) if comment.mean else (LINE, palette.MAUVE)

    def paint(canvas: Canvas) -> None:
        if comment.mean:
            shape = jagged(width, height, comment.text)
            sticker(canvas, shape, palette.GREY_LIGHT, palette.GREY, 14)
        else:
            shape = box(left, top, width, height, 46)
            sticker(canvas, shape, palette.PAPER, palette.BLUSH, 14)
            shine(
                canvas, ((left + 20, top + 58), (left + 23, top + 30), (left + 52, top + 20)), 9, (left + 76, top + 19)
            )
        avatar(canvas, left + 84, top + 92, 50, comment.handle, comment.mean)
        x, y = left + 160, top + 60
        write(canvas, comment.handle, faces("label"), 32, x, y, name)
        for i, row in enumerate(comment.rows):
            write(canvas, row, faces("title"), 48, x, y + 56 + 58 * i, ink)
        _seal(canvas, -left - 20, top + 8, comment.mean)

    margin = 60
    return record((left - margin, top - margin, -left + margin, -top + margin), paint)


def _seal(canvas: Canvas, x: float, y: float, mean: bool) -> None:
    """The sticker on a card's corner: a heart, or a small black cloud."""
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(14)
    if mean:
        shape = cloud(0, -2, 44)
        canvas.drawPath(shape, stroke("#FFFFFF", 20))
        inked(canvas, shape, "#8B81A3", 7)
        bolt = polyline(((4, 8), (-10, 30), (1, 30), (-6, 50), (16, 24), (5, 24), (12, 8)), closed=True)
        canvas.drawPath(bolt, stroke("#FFFFFF", 18))
        inked(canvas, bolt, palette.BUTTER, 6)
        canvas.drawPath(shape, stroke(LINE, 7))
        canvas.drawPath(shape, fill("#8B81A3"))
    else:
        shape = heart(0, 0, 66)
        canvas.drawPath(shape, stroke("#FFFFFF", 22))
        inked(canvas, shape, "#FF8FB8", 8)
        shine(canvas, ((-20, -6), (-20, -15), (-12, -20)), 6.5, (-5, -19))
    canvas.restore()


def draw_comment(canvas: Canvas, settings: Settings, values: Values) -> None:
    """A comment card about its middle; a mean one comes in askew and torn."""
    appear = values.get("appear", 1.0)
    if appear <= 0.01:
        return
    comment = _comment(settings)
    canvas.save()
    canvas.rotate(3.0 if comment.mean else -2.0)
    grown(canvas, appear, 10 if comment.mean else -10)
    canvas.drawPicture(_comment_picture(comment))
    canvas.restore()


def _round_box(width: float, height: float) -> Box:
    """Room for a card that turns a little and overshoots its size by half."""
    reach_x, reach_y = (width / 2 + 90) * 1.5 + height * 0.2, (height / 2 + 90) * 1.5 + width * 0.2
    return (-reach_x, -reach_y, reach_x, reach_y)


class _Balloon(NamedTuple):
    text: str
    tail: str
    mean: bool

    @property
    def rows(self) -> tuple[str, ...]:
        return wrapped(self.text, faces("title"), 60.0, 560.0)

    @property
    def size(self) -> tuple[float, float]:
        widest = max((lettering(row, faces("title"), 60.0).width for row in self.rows), default=0.0)
        return max(widest, 90.0) + 130, 70 + 70.0 * len(self.rows)


def _balloon(settings: Settings) -> _Balloon:
    tone = text(settings, "tone", "kind")
    return _Balloon(text(settings, "text"), text(settings, "tail", "left"), tone == "mean")


def _balloon_shape(balloon: _Balloon) -> Path:
    width, height = balloon.size
    if balloon.mean:
        points = max(9, round((width + height) / 46))
        body = burst(0, 0, width * 0.62, height * 0.84, points, 0.82, 4, 5)
    else:
        swell = height * 0.06
        body = smooth(
            (
                (-width / 2, 0), (-width / 2 + height * 0.16, -height * 0.4), (-width * 0.2, -height / 2 - swell * 0.6),
                (width * 0.2, -height / 2 - swell), (width / 2 - height * 0.16, -height * 0.4), (width / 2, 0),
                (width / 2 - height * 0.16, height * 0.4), (width * 0.2, height / 2 + swell * 0.7),
                (-width * 0.2, height / 2 + swell * 0.5), (-width / 2 + height * 0.16, height * 0.4),
            ),
            closed=True,
        )  # fmt: skip
    if balloon.tail == "none":
        return body
    side = -1 if balloon.tail == "left" else 1
    root, foot = side * width * 0.24, height / 2 - 26
    if balloon.mean:
        tail = polyline(((root - 34, foot), (root + side * 46, foot + 104), (root + 34, foot)), closed=True)
    else:
        tail = smooth(
            ((root - side * 36, foot, 1), (root - side * 8, foot + 56), (root + side * 48, foot + 92, 1),
             (root + side * 34, foot + 46), (root + side * 36, foot, 1)),
            closed=True,
        )  # fmt: skip
    return skia.Op(body, tail, skia.kUnion_PathOp)


@lru_cache(maxsize=64)
def _balloon_picture(balloon: _Balloon) -> Picture:
    width, height = balloon.size

    def paint(canvas: Canvas) -> None:
        shape = _balloon_shape(balloon)
        tones = (palette.GREY_LIGHT, palette.GREY) if balloon.mean else (palette.PAPER, palette.BLUSH)
        sticker(canvas, shape, *tones, 16, 9)
        if not balloon.mean:
            left, top = -width / 2, -height / 2
            x, y = left + height * 0.2, top + height * 0.18
            shine(canvas, ((x - 18, y + 34), (x - 6, y + 12), (x + 20, y - 4)), 10, (x + 46, y - 12))
        for i, row in enumerate(balloon.rows):
            baseline = (i - (len(balloon.rows) - 1) / 2) * 70 + 20
            write(canvas, row, faces("title"), 60, 0, baseline, palette.GREY_INK if balloon.mean else LINE, "middle")

    return record((-width, -height - 60, width, height + 160), paint)


def draw_balloon(canvas: Canvas, settings: Settings, values: Values) -> None:
    """A speech balloon about the middle of its words; it grows out of its tail."""
    appear = values.get("appear", 1.0)
    if appear <= 0.01:
        return
    balloon = _balloon(settings)
    width, height = balloon.size
    side = {"left": -1, "right": 1}.get(balloon.tail, 0)
    x, y = side * (width * 0.24 + 46), (height / 2 + 66) * abs(side)
    canvas.save()
    canvas.translate(x, y)
    grown(canvas, appear, side * 14)
    canvas.translate(-x, -y)
    canvas.drawPicture(_balloon_picture(balloon))
    canvas.restore()


def _balloon_size(settings: Settings) -> tuple[float, float]:
    """The width and height of a balloon without its tail; a mean one's points stick out."""
    balloon = _balloon(settings)
    width, height = balloon.size
    return _rimmed((width * 1.24, height * 1.68) if balloon.mean else (width, height * 1.12))


def _balloon_box(settings: Settings) -> Box:
    width, height = _balloon(settings).size
    return _round_box(width * 1.3, height * 1.5 + 140)


_FIELD, _LEAD = 560.0, 64.0


class _Typing(NamedTuple):
    text: str
    hint: str

    @property
    def rows(self) -> tuple[str, ...]:
        return wrapped(self.text, faces("body"), 50.0, _FIELD) or ("",)

    @property
    def size(self) -> tuple[float, float]:
        return _FIELD + 230, 76 + _LEAD * len(self.rows)


def _typing(settings: Settings) -> _Typing:
    return _Typing(text(settings, "text"), text(settings, "hint"))


@lru_cache(maxsize=16)
def _field(typing: _Typing, ready: bool) -> Picture:
    width, height = typing.size
    left, top = -width / 2, -height / 2

    def paint(canvas: Canvas) -> None:
        sticker(canvas, box(left, top, width, height, min(66, height / 2)), palette.PAPER, palette.BLUSH, 13)
        x, y = -left - 78, -top - 70
        disc = skia.Path.Circle(x, y, 47)
        pinks = ((0.0, "#FF9CC2" if ready else "#E9DDEE", 1.0), (1.0, "#FF5E98" if ready else "#CFC2DA", 1.0))
        canvas.drawPath(disc, linear((x, y - 47), (x, y + 47), pinks))
        canvas.drawPath(disc, stroke(LINE, 7.5))
        plane = rounded(((x - 21, y + 19), (x - 13, y - 1), (x - 22, y - 20), (x + 28, y - 1)), 7)
        canvas.drawPath(plane, fill("#FFFDF6"))
        canvas.drawPath(polyline(((x - 12, y - 1), (x + 6, y - 1))), stroke("#FF5E98" if ready else "#CFC2DA", 5))

    return record((left - 40, top - 40, -left + 50, -top + 60), paint)


def draw_typing(canvas: Canvas, settings: Settings, values: Values) -> None:
    """A text box: `typed` of its text stands there, the caret blinks by `t`, the send button wakes at the end."""
    appear = values.get("appear", 1.0)
    if appear <= 0.01:
        return
    typing = _typing(settings)
    width, height = typing.size
    clusters = list(grapheme_clusters(typing.text))
    count = round(min(1.0, max(0.0, values.get("typed", 0.0))) * len(clusters))
    canvas.save()
    grown(canvas, appear)
    canvas.drawPicture(_field(typing, 0 < len(clusters) == count))
    x, y = -width / 2 + 54, -height / 2 + 38 + _LEAD * 0.72
    caret = (x, y)
    if count == 0:
        write(canvas, typing.hint, faces("body"), 50, x, y, mixed(palette.MAUVE, palette.PAPER, 0.5))
    left = count
    for i, row in enumerate(typing.rows):
        signs = list(grapheme_clusters(row))
        shown = "".join(signs[: max(0, left)])
        if shown:
            caret = (x + write(canvas, shown, faces("body"), 50, x, y + _LEAD * i, LINE) + 5, y + _LEAD * i)
        left -= len(signs) + 1
    if math.floor(values.get("t", 0.0) * 2.2) % 2 == 0 or 0 < count < len(clusters):
        canvas.drawPath(polyline(((caret[0], caret[1] + 8), (caret[0], caret[1] - 40))), stroke(palette.HOT, 6.5))
    canvas.restore()


_RIM = 26.0
"""What a sticker's white rim adds to its width and height."""


def _rimmed(size: tuple[float, float]) -> tuple[float, float]:
    return size[0] + _RIM, size[1] + _RIM


def _sealed(size: tuple[float, float]) -> tuple[float, float]:
    """With what its seal reaches past a card's corner, on both sides: it stays in the middle."""
    return size[0] + 2 * 44.0, size[1] + 2 * 44.0


COMMENT = Widget(
    draw_comment,
    lambda s: _round_box(*_comment(s).size),
    values=("appear",),
    size=lambda s: _sealed(_comment(s).size),
)
BALLOON = Widget(draw_balloon, _balloon_box, values=("appear",), size=_balloon_size)
TYPING = Widget(
    draw_typing,
    lambda s: _round_box(*_typing(s).size),
    values=("appear", "typed", "t"),
    size=lambda s: _rimmed(_typing(s).size),
)
