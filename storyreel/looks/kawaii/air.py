"""What is in the air of a scene all the time: sunrays, dust and glints, soft grey rain, speed lines, blurred toys.

All of it fills an area `width` by `height` about (0, 0), by default a little more than a whole tall picture, and never
comes to an end: every thing loops, each at its own pace.
"""

from __future__ import annotations

import math
from functools import lru_cache

import skia

from storyreel.looks.kawaii import blocks
from storyreel.looks.kawaii.shapes import heart
from storyreel.stage.paints import Canvas, Picture, fill, record, stroke, wash
from storyreel.stage.paths import Path, cubics, polyline, sparkle, star
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets import flights
from storyreel.widgets.given import number, text, whole

_WIDTH, _HEIGHT = 1160.0, 2000.0


def _area(settings: Settings) -> tuple[float, float]:
    return number(settings, "width", _WIDTH), number(settings, "height", _HEIGHT)


def _area_box(settings: Settings) -> Box:
    width, height = _area(settings)
    return (-width / 2 - 90, -height / 2 - 90, width / 2 + 90, height / 2 + 90)


def _polar(radius: float, angle: float) -> tuple[float, float]:
    return math.cos(angle) * radius, math.sin(angle) * radius


@lru_cache(maxsize=8)
def _fan(count: int, radius: float) -> tuple[Path, Path]:
    """Wedges of a sunburst, and the brighter kites within them that taper out: cheaper than a gradient by far."""
    wedges, kites = skia.Path(), skia.Path()
    step = 2 * math.pi / count
    for i in range(count):
        middle = step * i
        reach = radius * (0.5 if i % 2 else 0.36)
        edges = (_polar(radius, middle - step * 0.24), _polar(radius, middle + step * 0.24))
        waist = (_polar(reach * 0.4, middle - step * 0.17), _polar(reach * 0.4, middle + step * 0.17))
        wedges.addPath(polyline(((0.0, 0.0), *edges), closed=True))
        kites.addPath(polyline(((0.0, 0.0), waist[0], _polar(reach, middle), waist[1]), closed=True))
    return wedges, kites


def draw_rays(canvas: Canvas, settings: Settings, values: Values) -> None:
    """A sunburst about (0, 0) that turns slowly; nearer the middle the rays are brighter."""
    tint, alpha = text(settings, "colour", "#FFFFFF"), number(settings, "alpha", 0.22)
    wedges, kites = _fan(16, number(settings, "radius", 2300.0))
    canvas.save()
    canvas.rotate(3.0 * values.get("t", 0.0))
    wash(canvas, wedges, tint, alpha)
    wash(canvas, kites, tint, alpha)
    canvas.restore()


def _rays_box(settings: Settings) -> Box:
    radius = number(settings, "radius", 2300.0)
    return (-radius, -radius, radius, radius)


@lru_cache(maxsize=16)
def _mote(kind: int, tint: str) -> Picture:
    shapes: tuple[Path, ...]
    if kind == flights.GLINT:
        shapes = (sparkle(0, 0, 40), sparkle(0, 0, 17, 0.3, 45))
    elif kind == flights.STAR:
        shapes = (star(0, 0, 17),)
    elif kind == flights.HEART:
        shapes = (heart(0, 0, 28),)
    else:
        shapes = (skia.Path.Circle(0, 0, 8),)

    def paint(canvas: Canvas) -> None:
        for shape in shapes:
            canvas.drawPath(shape, fill(tint))

    return record((-44, -44, 44, 44), paint)


_MOTES = ("#FFFFFF", "#FFFFFF", "#FFFFFF", "#FFE79A", "#FFF1B8", "#FFB7D3", "#FFE79A", "#FFA9CB")
"""The tints of `flights.MOTES`."""


def draw_stars(canvas: Canvas, settings: Settings, values: Values) -> None:
    """Glints, dust and tiny hearts that come, twinkle, drift upwards and go."""
    width, height = _area(settings)
    seed, t = whole(settings, "seed", 0), values.get("t", 0.0)
    for flight in flights.motes(whole(settings, "count", 24), seed, width, height, t):
        if not flight.wide:
            continue
        kind = flights.MOTES[flight.kind]
        canvas.save()
        canvas.translate(flight.x, flight.y)
        if kind in (flights.STAR, flights.HEART):
            canvas.rotate(flight.turn)
        canvas.scale(flight.wide, flight.tall)
        canvas.drawPicture(_mote(kind, _MOTES[flight.kind]))
        canvas.restore()


@lru_cache(maxsize=4)
def _drop(kind: int) -> Picture:
    def paint(canvas: Canvas) -> None:
        if kind == 0:
            shape = cubics((0, -30), (5, -16, 16, -4, 16, 10), (16, 30, -16, 30, -16, 10), (-16, -4, -5, -16, 0, -30))
            canvas.drawPath(shape, fill("#AFA9C9", 0.8))
            canvas.drawPath(shape, stroke("#8B83A8", 4.5, 0.75))
            canvas.drawCircle(-5, 8, 4, fill("#FFFFFF", 0.7))
            return
        whole_heart = heart(0, 0, 58)
        crack = ((1, -15), (-8, -5), (7, 3), (-3, 24))
        canvas.drawPath(whole_heart, fill("#C4BDD6", 0.9))
        canvas.save()
        canvas.clipPath(polyline(((0, -40), *crack, (0, 40), (60, 40), (60, -40)), closed=True), doAntiAlias=True)
        canvas.drawPath(whole_heart, fill("#A9A2C0", 0.9))
        canvas.restore()
        canvas.drawPath(whole_heart, stroke("#8B83A8", 5, 0.85))
        canvas.drawPath(polyline(crack), stroke("#8B83A8", 4.5, 0.85))

    return record((-60, -60, 60, 60), paint)


def draw_rain(canvas: Canvas, settings: Settings, values: Values) -> None:
    """Soft grey drops and little broken hearts that fall slowly, swinging."""
    width, height = _area(settings)
    seed, t = whole(settings, "seed", 0), values.get("t", 0.0)
    for flight in flights.drops(whole(settings, "count", 18), seed, width, height, t):
        canvas.save()
        canvas.translate(flight.x, flight.y)
        canvas.rotate(flight.turn)
        canvas.scale(flight.wide, flight.tall)
        canvas.drawPicture(_drop(flight.kind))
        canvas.restore()


def draw_streaks(canvas: Canvas, settings: Settings, values: Values) -> None:
    """Vertical speed lines that rush past, for a leap or a fall; they never end."""
    t = values.get("t", 0.0)
    width, height = _area(settings)
    count, seed = whole(settings, "count", 24), whole(settings, "seed", 0)
    for x, y, length, thick in flights.streaks(count, seed, width, height, t):
        canvas.drawLine(x, y, x, y + length, stroke("#FFFFFF", thick, 0.55))
        canvas.drawLine(x, y + length + 34, x, y + length + 38, stroke("#FFFFFF", thick, 0.55))


def _streaks_box(settings: Settings) -> Box:
    width, height = _area(settings)
    return (-width / 2 - 20, -height / 2 - 460, width / 2 + 20, height / 2 + 520)


_SMALL = 0.25
"""Blurred toys are blurred at this scale: nobody sees it in what is out of focus."""


@lru_cache(maxsize=12)
def _blurred(colour: int, icon: str, size: float, turn: float) -> skia.Image:
    """A toy block out of focus, turned by so many degrees, as an image whose middle is the block's."""
    edge = math.ceil(size * 2.2)
    small = math.ceil(edge * _SMALL)
    info = skia.ImageInfo.MakeN32Premul(small, small)
    sharp, soft = skia.Surface.MakeRaster(info), skia.Surface.MakeRaster(info)
    canvas = sharp.getCanvas()
    canvas.translate(small / 2, small / 2)
    canvas.scale(_SMALL, _SMALL)
    canvas.rotate(turn)
    canvas.drawPicture(blocks.picture(colour, icon, size))
    sigma = size * 0.05 * _SMALL
    blur = skia.Paint(ImageFilter=skia.ImageFilters.Blur(sigma, sigma))
    soft.getCanvas().drawImage(sharp.makeImageSnapshot(), 0, 0, skia.SamplingOptions(), blur)
    large = skia.Surface.MakeRaster(skia.ImageInfo.MakeN32Premul(edge, edge))
    large.getCanvas().drawImageRect(
        soft.makeImageSnapshot(), skia.Rect.MakeWH(edge, edge), skia.SamplingOptions(skia.FilterMode.kLinear), None
    )
    return large.makeImageSnapshot()


def draw_foreground(canvas: Canvas, settings: Settings, values: Values) -> None:
    """Three toy blocks out of focus in the corners of the area, drifting slowly.

    They go by whole units: nobody sees the steps of what is blurred, and an image laid on whole pixels is only copied.
    """
    width, height = number(settings, "width", 1080.0), number(settings, "height", 1920.0)
    seed, t = whole(settings, "seed", 0), values.get("t", 0.0)
    for drift in flights.drifts(seed, width, height, t):
        image = _blurred(drift.colour, drift.icon, drift.size, drift.turn)
        across, down = drift.x - image.width() / 2, drift.y - image.height() / 2
        canvas.drawImage(image, round(across), round(down), skia.SamplingOptions(skia.FilterMode.kLinear), None)


def _foreground_box(settings: Settings) -> Box:
    width, height = number(settings, "width", 1080.0) / 2, number(settings, "height", 1920.0) / 2
    return (-width - 420, -height - 300, width + 420, height + 420)


RAYS = Widget(draw_rays, _rays_box, values=("t",))
STARS = Widget(draw_stars, _area_box, values=("t",))
RAIN = Widget(draw_rain, _area_box, values=("t",))
STREAKS = Widget(draw_streaks, _streaks_box, values=("t",))
FOREGROUND = Widget(draw_foreground, _foreground_box, values=("t",))
