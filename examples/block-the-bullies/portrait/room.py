"""What is round her face: the room with its lamp, her neck, her hoodie."""

from __future__ import annotations

import skia
from brush import HEIGHT, WIDTH, Canvas, dry, ink, inside, rng, tapered, through


def room(canvas: Canvas) -> None:
    """Dusk in broad strokes, warm where the lamp is, and lights out of focus."""
    paint = skia.Paint(
        Shader=skia.GradientShader.MakeLinear(
            [skia.Point(0, 300), skia.Point(WIDTH, HEIGHT)],
            [skia.Color(0xF4, 0xB9, 0x9A), skia.Color(0xB9, 0x7F, 0xA6), skia.Color(0x63, 0x52, 0x8C)],
            [0.0, 0.5, 1.0],
        )
    )
    canvas.drawPaint(paint)
    for _ in range(70):
        x, y = rng.uniform(-100, WIDTH), rng.uniform(0, HEIGHT)
        colour = ("#F7C6A4", "#C98BAF", "#7C639C", "#5C4C88")[min(int((x / WIDTH + y / HEIGHT) * 2), 3)]
        dry(canvas, ((x - 130, y + 60), (x, y), (x + 150, y - 80)), rng.uniform(50, 110), colour, 0.2)
    canvas.drawCircle(90, 560, 330, ink("#FFD9A0", 0.5, blur=110))
    canvas.drawCircle(60, 560, 150, ink("#FFF0C8", 0.6, blur=60))
    for x, y, r, colour, alpha in (
        (110, 330, 74, "#FFE3A6", 0.6),
        (230, 190, 50, "#FFD28E", 0.55),
        (60, 800, 54, "#FFE9BC", 0.5),
        (380, 120, 40, "#FFC8A8", 0.5),
        (520, 210, 30, "#FFE3A6", 0.4),
        (700, 130, 54, "#FFC29E", 0.4),
        (850, 240, 42, "#F9A9B8", 0.45),
        (960, 140, 60, "#FFD28E", 0.35),
        (1010, 420, 48, "#F6A6C0", 0.35),
        (1000, 700, 36, "#FFD9A0", 0.3),
        (130, 1010, 34, "#FFD28E", 0.4),
        (1030, 940, 52, "#C99BD8", 0.3),
    ):
        canvas.drawCircle(x, y, r, ink(colour, alpha, blur=5))
        canvas.drawCircle(x, y, r - 3, ink("#FFF3D6", alpha * 0.5, width=4, blur=2))


def neck(canvas: Canvas) -> None:
    form = through(
        (
            (462, 960),
            (470, 1120),
            (440, 1230),
            (330, 1300),
            (520, 1500),
            (760, 1300),
            (672, 1220),
            (656, 1100),
            (668, 940),
        )
    )
    canvas.drawPath(form, ink("#EDB292"))
    with inside(canvas, form):
        shade = through(((380, 900), (440, 1120), (530, 1206), (612, 1230), (640, 1330), (820, 1340), (760, 880)))
        canvas.drawPath(shade, ink("#C47B68"))
        canvas.drawPath(through(((420, 960), (500, 1120), (600, 1150), (760, 1130), (740, 900))), ink("#A65E57", 0.75))
        dry(canvas, ((476, 1120), (470, 1200), (420, 1270)), 30, "#F8CDAE", 0.7)
        dry(canvas, ((560, 1220), (590, 1290), (580, 1360)), 34, "#C47B68", 0.5)
        canvas.drawPath(tapered(((430, 1296), (480, 1312), (530, 1344)), 10), ink("#B96F60", 0.8))
        canvas.drawPath(tapered(((700, 1296), (640, 1312), (580, 1346)), 10), ink("#8E4C4C", 0.7))


def hoodie(canvas: Canvas) -> None:
    """Both shoulders, the hood that lies round her neck, its two cords."""
    body = through(
        (
            (-60, 1960),
            (-30, 1640),
            (40, 1490),
            (180, 1400),
            (360, 1310),
            (380, 1290),
            (555, 1500),
            (555, 1500),
            (730, 1290),
            (760, 1310),
            (930, 1400),
            (1060, 1500),
            (1120, 1660),
            (1140, 1960),
        )
    )
    canvas.drawPath(body, ink("#F29DBE"))
    with inside(canvas, body):
        canvas.drawPath(
            through(((700, 1280), (800, 1480), (720, 1700), (760, 1960), (1200, 1960), (1200, 1300))), ink("#D0719F")
        )
        canvas.drawPath(
            through(((960, 1420), (930, 1640), (980, 1960), (1200, 1960), (1200, 1400))), ink("#A8528A", 0.8)
        )
        canvas.drawPath(
            through(((-60, 1560), (60, 1480), (220, 1420), (160, 1500), (60, 1640), (-60, 1800))), ink("#FFC9DA")
        )
        for stroke, wide, colour in (
            (((150, 1560), (190, 1720), (160, 1900)), 46, "#D0719F"),
            (((330, 1640), (420, 1720), (430, 1900)), 36, "#DF85AC"),
            (((640, 1620), (600, 1760), (640, 1900)), 40, "#B95D92"),
            (((60, 1620), (90, 1760), (60, 1900)), 44, "#FFC9DA"),
        ):
            dry(canvas, stroke, wide, colour, 0.65)
    for points, colour, shade, light in (
        (
            (
                (330, 1170),
                (296, 1240),
                (310, 1330),
                (400, 1440),
                (556, 1560),
                (566, 1500),
                (470, 1400),
                (420, 1290),
                (424, 1200),
                (390, 1150),
            ),
            "#FAB2CB",
            "#D77AA5",
            "#FFD3E0",
        ),
        (
            (
                (716, 1150),
                (690, 1210),
                (694, 1290),
                (640, 1400),
                (552, 1500),
                (556, 1560),
                (720, 1450),
                (806, 1330),
                (816, 1230),
                (770, 1160),
            ),
            "#E388B0",
            "#B05A8F",
            "#F6AECA",
        ),
    ):
        collar = through(points)
        soft = skia.Path(collar)
        soft.offset(0, 26)
        with inside(canvas, body):
            canvas.drawPath(soft, ink("#A8528A", 0.55))
        canvas.drawPath(collar, ink(colour))
        with inside(canvas, collar):
            inner = points[-5:] if points[0][0] < 500 else points[:5]
            dry(canvas, inner, 70, shade, 0.8)
            outer = points[:5] if points[0][0] < 500 else points[5:]
            dry(canvas, outer, 44, light, 0.7)
            seam = ink("#FFEFF4", 0.9, width=5)
            seam.setPathEffect(skia.DashPathEffect.Make([17, 15], 0))
            middle = ((360, 1190), (346, 1250), (380, 1340), (460, 1440), (550, 1520))
            if points[0][0] > 500:
                middle = ((752, 1190), (762, 1250), (738, 1330), (660, 1430), (566, 1520))
            canvas.drawPath(through(middle, False), seam)
    for x, sway, tip in ((486, -16, 1800), (636, 14, 1760)):
        canvas.drawCircle(x, 1508, 15, ink("#8E4C7C"))
        cord = ((x, 1508), (x + sway * 0.2, 1600), (x + sway, tip))
        shadow = tuple((a + 12, b + 8) for a, b in cord)
        canvas.drawPath(through(shadow, False), ink("#A8528A", 0.5, width=17))
        canvas.drawPath(through(cord, False), ink("#FFF1E2", width=17))
        canvas.drawPath(through(tuple((a + 4, b) for a, b in cord), False), ink("#E3C3BE", width=5))
