"""The burst with a word in it."""

from __future__ import annotations

import math
from functools import lru_cache

import skia

from storyreel.looks.kawaii import palette
from storyreel.looks.kawaii.palette import LINE, SHADOW
from storyreel.looks.kawaii.shapes import inked
from storyreel.looks.kawaii.type_case import faces
from storyreel.stage.paints import Canvas, Picture, fill, linear, record, stroke
from storyreel.stage.paths import burst
from storyreel.stage.type_shapes import capital, centred, draw_signs, lettering, warped
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets.given import text
from storyreel.widgets.type import bursting


@lru_cache(maxsize=16)
def _impact(word: str) -> Picture:
    width = lettering(word, faces("title"), 94.0, 2.0).width
    across, down = width / 2 + 104, 122.0

    def paint(canvas: Canvas) -> None:
        outer = burst(0, 0, across, down, 12, 0.68, 7, 7)
        canvas.save()
        canvas.translate(10, 16)
        canvas.drawPath(outer, stroke(SHADOW, 26, 0.24))
        canvas.restore()
        canvas.drawPath(outer, stroke("#FFFFFF", 28))
        inked(canvas, outer, "#FFFFFF", 9)
        canvas.drawPath(burst(0, 0, across * 0.87, down * 0.87, 12, 0.68, 7, 6), fill("#FFE487"))
        canvas.drawPath(burst(0, 4, across * 0.68, down * 0.66, 12, 0.7, 20, 6), fill("#FFF3C4"))
        canvas.rotate(-9)

        def arched(x: float, y: float) -> tuple[float, float]:
            return x, y * (1.12 - 0.12 * (2 * x / width) ** 2) + 7 * (2 * x / width) ** 2 - 4

        path = warped(centred(word, faces("title"), 94.0, track=2), arched)
        for offset in (7, 0):
            canvas.save()
            canvas.translate(0, offset)
            canvas.drawPath(path, stroke(LINE, 21))
            canvas.restore()
        canvas.drawPath(path, linear((0, -35), (0, 35), ((0.0, "#FF9CC4", 1.0), (1.0, "#FF4F8F", 1.0))))
        moved = skia.Path(path)
        moved.offset(3, 4)
        canvas.drawPath(skia.Op(path, moved, skia.kDifference_PathOp), fill("#FFD9E8"))
        line = lettering(word, faces("title"), 94.0, 2.0)
        middle, half = (line.ink[0] + line.ink[2]) / 2, capital(faces("title")) * 47.0
        draw_signs(canvas, line, lambda x, y: arched(x - middle, y + half))

    return record((-across - 40, -down - 60, across + 50, down + 60), paint)


def draw_impact(canvas: Canvas, settings: Settings, values: Values) -> None:
    """A star burst with a word about its middle: pops in by `t`, holds, and has shrunk away after 1.12 s."""
    t, word = values.get("t", 0.0), text(settings, "text", "BONK")
    size = bursting(t)
    if size <= 0.01:
        return
    across = lettering(word, faces("title"), 94.0, 2.0).width / 2 + 104
    age = t / 0.42
    if 0 < age < 1:
        out = 1 - (1 - age) ** 3
        for i in range(10):
            angle = math.radians(i * 36 + 14)
            near, far = 0.98 + 0.3 * out, 1.06 + 0.42 * out
            dx, dy = math.cos(angle) * across, math.sin(angle) * 134
            pen = stroke("#FFFFFF" if i % 2 else palette.BUTTER, 17 * (1 - out) + 0.5)
            canvas.drawLine(dx * near, dy * near, dx * far, dy * far, pen)
    canvas.save()
    canvas.rotate(-26 * max(0.0, 1 - t / 0.12))
    canvas.scale(size, size)
    canvas.drawPicture(_impact(word))
    canvas.restore()


def _impact_box(settings: Settings) -> Box:
    across = lettering(text(settings, "text", "BONK"), faces("title"), 94.0, 2.0).width / 2 + 104
    reach = across * 1.75 + 60
    return (-reach, -reach, reach, reach)


IMPACT = Widget(draw_impact, _impact_box, values=("t",))
