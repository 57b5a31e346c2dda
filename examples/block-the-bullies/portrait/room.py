"""What is round her face: the room with its lamp, her neck, her hoodie with its ears."""

from __future__ import annotations

import math

import skia
from brush import HEIGHT, WIDTH, Canvas, Points, graded, ink, inside, tapered, through
from moment import Moment

PINK, ROSE, BERRY, BLUSH = "#F7A8C8", "#E07FAF", "#B8578F", "#FFD0E0"
_LIGHTS = (
    (110, 330, 74, "#FFE3A6", 0.55), (230, 180, 50, "#FFD28E", 0.5), (66, 800, 50, "#FFE9BC", 0.45),
    (390, 110, 40, "#FFC8A8", 0.45), (540, 250, 28, "#FFE3A6", 0.4), (706, 140, 54, "#FFC29E", 0.4),
    (850, 260, 42, "#F9A9B8", 0.45), (966, 120, 60, "#FFD28E", 0.35), (1010, 430, 48, "#F6A6C0", 0.4),
    (960, 720, 34, "#FFD9A0", 0.35), (130, 1030, 34, "#FFD28E", 0.35), (1024, 980, 50, "#C99BD8", 0.35),
)  # fmt: skip


def room(canvas: Canvas, now: Moment) -> None:
    """Dusk, warm where the lamp is, and lights out of focus that breathe."""
    canvas.drawPaint(
        graded(((0, 260), (WIDTH, HEIGHT)), ((0.0, "#F8C3A0"), (0.45, "#C78BAE"), (0.75, "#8C6BA6"), (1.0, "#5C4C88")))
    )
    for x, y, wide, tall, colour, alpha in (
        (120, 1300, 700, 500, "#E39BB4", 0.35),
        (960, 420, 560, 620, "#8F6DB0", 0.4),
        (420, 140, 900, 300, "#FBC9A2", 0.4),
        (1000, 1300, 500, 600, "#4F447F", 0.4),
    ):
        canvas.drawOval(skia.Rect.MakeXYWH(x - wide / 2, y - tall / 2, wide, tall), ink(colour, alpha, blur=90))
    warm = 1 + 0.05 * math.sin(now.seconds * 1.3)
    canvas.drawCircle(70, 600, 380 * warm, ink("#FFD9A0", 0.6, blur=110))
    canvas.drawCircle(40, 600, 170 * warm, ink("#FFF0C8", 0.75, blur=60))
    for index, (x, y, r, colour, alpha) in enumerate(_LIGHTS):
        breath = 0.85 + 0.15 * math.sin(now.seconds * 1.7 + index * 2.3)
        up = y - 5 * now.seconds * (0.6 + (index % 3) * 0.4)
        canvas.drawCircle(x, up, r, ink(colour, alpha * breath, blur=5))
        canvas.drawCircle(x, up, r - 3, ink("#FFF3D6", alpha * 0.5 * breath, width=4, blur=2))
    canvas.drawOval(skia.Rect.MakeXYWH(250, 520, 590, 760), ink("#6A4A84", 0.35, blur=60))


def neck(canvas: Canvas) -> None:
    form = through(
        (
            (470, 1040),
            (474, 1130),
            (452, 1196),
            (380, 1240),
            (540, 1420),
            (700, 1240),
            (634, 1190),
            (618, 1110),
            (630, 1020),
        )
    )
    canvas.drawPath(form, ink("#F2BE9F"))
    with inside(canvas, form):
        shade = through(((440, 1040), (476, 1128), (560, 1170), (600, 1240), (660, 1300), (760, 1200), (700, 1000)))
        canvas.drawPath(shade, ink("#C67C69", 0.85, blur=8))
        canvas.drawPath(through(((430, 1060), (500, 1122), (580, 1128), (680, 1080), (660, 1000), (450, 1000))),
                        ink("#A0544F", 0.8, blur=8))  # fmt: skip
        canvas.drawPath(tapered(((500, 1150), (512, 1210), (530, 1252)), 26), ink("#FAD3B6", 0.6, blur=6))
        canvas.drawPath(tapered(((440, 1246), (490, 1256), (530, 1284)), 8), ink("#BC7362", 0.7, blur=1.5))
        canvas.drawPath(tapered(((650, 1246), (600, 1256), (552, 1286)), 8), ink("#934F4C", 0.7, blur=1.5))


def hood(canvas: Canvas) -> None:
    """The hood that lies behind her neck."""
    form = through(
        ((380, 1090), (300, 1170), (310, 1290), (540, 1360), (780, 1290), (790, 1170), (700, 1090), (540, 1060))
    )
    canvas.drawPath(form, ink("#C66A9C"))
    with inside(canvas, form):
        canvas.drawPath(through(((360, 1090), (300, 1180), (330, 1280), (400, 1200))), ink(PINK, 0.9, blur=14))


def hoodie(canvas: Canvas, now: Moment) -> None:
    """Both shoulders, the hood round her neck, its two cords, one ear that hangs over a shoulder."""
    up = -7 * now.breath
    canvas.save()
    canvas.translate(0, up)
    body = through(
        ((30, 2000), (62, 1720), (122, 1530), (226, 1420), (350, 1330), (420, 1256), (540, 1404), (540, 1404),
         (664, 1256), (736, 1330), (860, 1420), (962, 1530), (1020, 1720), (1050, 2000))
    )  # fmt: skip
    canvas.drawPath(
        body, graded(((60, 1400), (1040, 1700)), ((0.0, "#FFC3D9"), (0.4, PINK), (0.75, ROSE), (1.0, BERRY)))
    )
    with inside(canvas, body):
        canvas.drawPath(through(((700, 1330), (770, 1500), (730, 1700), (780, 2000), (1200, 2000), (1200, 1300))),
                        ink("#C9669F", 0.6, blur=30))  # fmt: skip
        canvas.drawPath(through(((60, 1600), (120, 1480), (300, 1380), (240, 1470), (150, 1600), (90, 1760))),
                        ink("#FFE3EC", 0.85, blur=18))  # fmt: skip
        for line, wide, colour, alpha in (
            (((196, 1540), (232, 1700), (214, 1940)), 44, ROSE, 0.6),
            (((390, 1560), (430, 1700), (420, 1940)), 34, ROSE, 0.4),
            (((700, 1540), (660, 1720), (690, 1940)), 44, BERRY, 0.4),
            (((860, 1540), (836, 1700), (850, 1940)), 50, BERRY, 0.5),
        ):
            canvas.drawPath(tapered(line, wide), ink(colour, alpha, blur=9))
        canvas.drawPath(through(((330, 1300), (420, 1420), (540, 1500), (660, 1420), (750, 1300), (740, 1400),
                                 (540, 1560), (340, 1400))), ink("#A8528A", 0.5, blur=16))  # fmt: skip
    _collar(canvas, ((378, 1150), (322, 1214), (334, 1300), (420, 1404), (544, 1486), (546, 1420), (470, 1330),
                     (428, 1250), (440, 1180)), "#FFBAD3", 1)  # fmt: skip
    _collar(canvas, ((704, 1150), (762, 1214), (750, 1300), (664, 1404), (540, 1486), (540, 1420), (612, 1330),
                     (654, 1250), (640, 1180)), "#E08AB4", -1)  # fmt: skip
    for side in (-1, 1):
        _ear(canvas, side, now)
    for x, swing, tip in ((478, -12, 1690), (608, 12, 1650)):
        swing += now.sway * 0.25
        cord: Points = ((x, 1420), (x + swing * 0.3, 1520), (x + swing, tip))
        canvas.drawCircle(x, 1416, 13, ink("#8E4C7C"))
        canvas.drawPath(through(tuple((a + 11, b + 8) for a, b in cord), False), ink("#A8528A", 0.5, width=15, blur=4))
        canvas.drawPath(through(cord, False), ink("#FFF4E8", width=15))
        canvas.drawPath(through(tuple((a + 4, b) for a, b in cord), False), ink("#E3C3BE", width=4))
        canvas.drawCircle(x + swing, tip + 10, 17, ink("#FFD66B"))
        canvas.drawCircle(x + swing - 5, tip + 4, 5, ink("#FFF6D2"))
    canvas.restore()


_EAR: Points = (
    (176, 1206), (226, 1228), (296, 1326), (332, 1462), (322, 1596), (280, 1646), (236, 1600), (214, 1476), (190, 1350),
    (150, 1256),
)  # fmt: skip
_INSIDE: Points = (
    (222, 1300), (262, 1352), (292, 1464), (294, 1560), (276, 1604), (254, 1566), (240, 1464), (222, 1360),
)  # fmt: skip
"""An ear of the hood that hangs over a shoulder, and its inside, from the middle of her."""


def _ear(canvas: Canvas, side: int, now: Moment) -> None:
    canvas.save()
    canvas.rotate(-side * 2.5 - now.sway * 0.16, 540 + side * 180, 1220)
    outer = through(tuple((540 + side * x, y) for x, y in _EAR))
    inner = through(tuple((540 + side * x, y) for x, y in _INSIDE))
    soft = skia.Path(outer)
    soft.offset(16, 22)
    canvas.drawPath(soft, ink("#9C4A86", 0.5, blur=12))
    lit, base, dark = ("#FFD9E6", "#FBB1CD", "#DE7FAE") if side < 0 else ("#F7B3CF", "#E592BA", "#B9588F")
    canvas.drawPath(outer, graded(((540 + side * 240 - 90, 1300), (540 + side * 240 + 100, 1400)),
                                  ((0.0, lit), (0.5, base), (1.0, dark))))  # fmt: skip
    with inside(canvas, outer):
        canvas.drawPath(inner, ink("#FFEAF0" if side < 0 else "#F8CBDD", 0.95, blur=4))
        canvas.drawPath(through(tuple((540 + side * x + 14, y + 10) for x, y in _INSIDE), False),
                        ink("#E79ABF", 0.45, width=14, blur=8))  # fmt: skip
        canvas.drawPath(through(((400, 1180), (540, 1290), (700, 1180)), False), ink("#9C4A86", 0.3, width=60, blur=20))
    canvas.restore()


def _collar(canvas: Canvas, points: Points, colour: str, side: int) -> None:
    form = through(points)
    canvas.drawPath(form, ink(colour))
    with inside(canvas, form):
        outer = tuple(points[:5])
        inner = tuple(points[5:])
        canvas.drawPath(through(inner, False), ink("#B8578F", 0.6, width=38, blur=10))
        canvas.drawPath(through(outer, False), ink("#FFE6EF" if side > 0 else "#F6B4CF", 0.9, width=26, blur=8))
        seam = ink("#FFF5F8", 0.95, width=5)
        seam.setPathEffect(skia.DashPathEffect.Make([16, 15], 0))
        middle = tuple((x + side * 26, y - 6) for x, y in outer)
        canvas.drawPath(through(middle, False), seam)
