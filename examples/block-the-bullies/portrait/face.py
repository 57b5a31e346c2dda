"""Her face, turned a little to the left, a quiet smile: soft planes of light and shadow, then the features."""

from __future__ import annotations

import skia
from brush import Canvas, Points, ink, inside, tapered, through
from moment import Moment

LIGHT, SKIN, HALF, SHADE, DEEP = "#FFE7D0", "#F7CDB0", "#E9AB8E", "#CE8470", "#9A4F4D"
LASH = "#3A1F26"
BROW = "#7A4A38"
OUTLINE: Points = (
    (376, 700),
    (364, 790),
    (368, 846),
    (362, 896),
    (370, 956),
    (400, 1026),
    (448, 1078),
    (496, 1106),
    (538, 1110),
    (596, 1088),
    (660, 1026),
    (698, 946),
    (713, 862),
    (716, 780),
    (700, 690),
    (640, 610),
    (540, 580),
    (440, 612),
)


def ear(canvas: Canvas) -> None:
    shell = through(((702, 838), (730, 824), (744, 852), (736, 906), (706, 934)))
    canvas.drawPath(shell, ink(HALF))
    canvas.drawPath(tapered(((716, 850), (732, 862), (716, 908)), 9), ink(SHADE))
    canvas.drawCircle(722, 932, 8, ink("#FFD98A"))
    canvas.drawCircle(719, 929, 3, ink("#FFF6DC"))


def face(canvas: Canvas, now: Moment) -> None:
    form = through(OUTLINE)
    canvas.drawPath(form, ink(SKIN))
    with inside(canvas, form):
        _light(canvas)
    _nose(canvas)
    _mouth(canvas, now)
    _eye(canvas, (452, 867), 0.86, -1, now)
    _eye(canvas, (608, 864), 1.0, 1, now)
    _brows(canvas, now)
    for x, y, r in (
        (438, 926, 2.6),
        (424, 938, 2.2),
        (456, 938, 2.4),
        (470, 926, 2.0),
        (584, 930, 2.6),
        (604, 942, 2.4),
        (624, 928, 2.2),
        (562, 938, 2.0),
        (500, 916, 1.9),
    ):
        canvas.drawCircle(x, y, r, ink("#C97B62", 0.42))


def _light(canvas: Canvas) -> None:
    """A lamp from the left: the near cheek, the forehead, the bridge of the nose; the right side turns away."""
    canvas.drawOval(skia.Rect.MakeXYWH(340, 690, 230, 330), ink(LIGHT, 0.95, blur=46))
    turned = through(
        ((760, 560), (676, 640), (686, 760), (672, 850), (684, 920), (650, 990), (590, 1050), (520, 1120), (800, 1160))
    )
    canvas.drawPath(turned, ink(HALF, 0.85, blur=20))
    edge = through(((780, 620), (722, 740), (718, 850), (700, 950), (650, 1034), (570, 1108), (800, 1130)))
    canvas.drawPath(edge, ink(SHADE, 0.85, blur=16))
    canvas.drawPath(
        through(((420, 1096), (500, 1088), (590, 1074), (560, 1130), (440, 1130))), ink(HALF, 0.55, blur=10)
    )
    canvas.drawOval(skia.Rect.MakeXYWH(476, 1058, 62, 26), ink(LIGHT, 0.7, blur=9))
    for x, y, wide in ((414, 952, 96), (642, 950, 104)):
        canvas.drawOval(skia.Rect.MakeXYWH(x - wide / 2, y - 34, wide, 66), ink("#F0786F", 0.42, blur=20))
    canvas.drawOval(skia.Rect.MakeXYWH(384, 914, 56, 24), ink("#FFF3E4", 0.75, blur=10))
    canvas.drawOval(skia.Rect.MakeXYWH(600, 916, 48, 18), ink("#FFEAD6", 0.5, blur=9))
    for x in (444, 604):
        canvas.drawOval(skia.Rect.MakeXYWH(x - 62, 806, 124, 64), ink("#D98F7B", 0.34, blur=14))
    fringe = through(
        ((350, 560), (350, 880), (378, 830), (430, 762), (520, 704), (592, 634), (650, 690), (706, 790), (740, 900),
         (760, 560)), False
    )  # fmt: skip
    canvas.drawPath(fringe, ink("#B9695A", 0.5, width=34, blur=11))


def _nose(canvas: Canvas) -> None:
    side = through(((548, 842), (560, 880), (562, 920), (566, 950), (540, 966), (534, 930), (540, 880)))
    canvas.drawPath(side, ink(SHADE, 0.42, blur=11))
    canvas.drawPath(tapered(((518, 838), (516, 890), (510, 936)), 20), ink("#FFF0DE", 0.75, blur=5))
    canvas.drawPath(through(((484, 962), (512, 974), (546, 966), (540, 980), (510, 988))), ink(SHADE, 0.6, blur=6))
    canvas.drawPath(tapered(((490, 962), (497, 958), (505, 963)), 5), ink("#A85A52", 0.8, blur=1))
    canvas.drawPath(tapered(((546, 961), (537, 957), (527, 964)), 6), ink("#A85A52", 0.85, blur=1))
    canvas.drawPath(tapered(((556, 934), (564, 950), (556, 964)), 5), ink(SHADE, 0.8, blur=1.5))
    canvas.drawOval(skia.Rect.MakeXYWH(494, 932, 24, 15), ink("#FFFAF0", 0.95, blur=3))


def _mouth(canvas: Canvas, now: Moment) -> None:
    """Closed, its corners up: how far, the moment says."""
    up = 10 * now.smile
    wide = 9 * now.smile
    left, right = (468 - wide, 1014 - up), (592 + wide, 1009 - up)
    parting: Points = (left, (494, 1021), (522, 1023), (552, 1021), right)
    upper = through((left, left, (488, 1011), (510, 1006), (523, 1010), (536, 1005), (564, 1008), right, right,
                     (552, 1021), (522, 1024), (494, 1021)))  # fmt: skip
    lower = through((left, left, (494, 1020), (522, 1022), (552, 1020), right, right, (572, 1034), (532, 1044),
                     (492, 1036)))  # fmt: skip
    canvas.drawOval(skia.Rect.MakeXYWH(490, 1046, 84, 14), ink(SHADE, 0.5, blur=7))
    canvas.drawPath(lower, ink("#E58C84"))
    with inside(canvas, lower):
        canvas.drawPath(through(((556, 1016), (620, 1006), (600, 1050), (540, 1054))), ink("#CC6A66", 0.5, blur=8))
        canvas.drawOval(skia.Rect.MakeXYWH(498, 1027, 40, 8), ink("#FFE0D6", 0.85, blur=3))
    canvas.drawPath(upper, ink("#D2696B"))
    with inside(canvas, upper):
        canvas.drawPath(tapered(((484, 1014), (510, 1008), (523, 1012), (538, 1007)), 5), ink("#EE9D94", 0.8, blur=2))
    canvas.drawPath(tapered(parting, 4.6, 0.3, 0.5), ink("#8E3A44", 0.9))
    for (x, y), side in ((left, -1), (right, 1)):
        canvas.drawOval(skia.Rect.MakeXYWH(x + side * 6 - 8, y - 8, 16, 16), ink("#B4655C", 0.55, blur=5))
        canvas.drawOval(skia.Rect.MakeXYWH(x + side * 22 - 10, y - 22, 20, 26), ink(SHADE, 0.3, blur=8))


def _brows(canvas: Canvas, now: Moment) -> None:
    lift = -6 * now.brows
    far = ((396, 812 + lift), (424, 792 + lift), (456, 790 + lift), (486, 804 + lift * 0.6))
    near = ((558, 804 + lift * 0.6), (592, 786 + lift), (634, 786 + lift), (670, 812 + lift))
    for line, thick, root in ((far, 0.66, 0.1), (near, 0.3, 0.45)):
        canvas.drawPath(tapered(line, 17, root, thick), ink(BROW, 0.9, blur=1.6))
        canvas.drawPath(tapered(tuple((x, y + 2) for x, y in line), 8, root, thick), ink("#5A322B", 0.55, blur=1.5))


def _eye(canvas: Canvas, at: tuple[float, float], wide: float, side: int, now: Moment) -> None:
    """An eye about a point; `side` is where its outer corner is. Its lid comes down as it blinks."""
    shut = now.blink
    canvas.save()
    canvas.translate(*at)
    canvas.scale(wide * side, 1)
    under = ((-50, 10), (-26, 22), (2, 27), (30, 22), (54, 0))
    open_ = ((-50, 10), (-32, -18), (0, -34), (34, -24), (56, -2))
    squint = 3 * now.smile
    lid = [(x, y + (z - 3 - y) * shut) for (x, y), (_, z) in zip(open_, under, strict=True)]
    low = [(x, y - squint * (1 - abs(x) / 60)) for x, y in under]
    opening = through((lid[0], *lid, lid[-1], *low[-2:0:-1]))
    canvas.drawPath(tapered(((-52, 2), (-28, -36), (4, -52), (40, -40), (66, -16)), 30), ink("#D78E7C", 0.3, blur=8))
    if shut < 0.92:
        canvas.drawPath(opening, ink("#FFF6EE"))
        with inside(canvas, opening):
            canvas.drawOval(skia.Rect.MakeXYWH(-64, -60, 130, 52), ink("#A8706E", 0.55, blur=7))
            x, y = 7 * now.gaze * side - 2 * side, -4.0
            canvas.drawCircle(x, y, 29, ink("#33170F"))
            iris = skia.Paint(
                AntiAlias=True,
                Shader=skia.GradientShader.MakeRadial(
                    skia.Point(x, y + 9),
                    32,
                    [skia.Color(0xD8, 0x92, 0x4C), skia.Color(0x8C, 0x4E, 0x26), skia.Color(0x46, 0x21, 0x15)],
                    [0.0, 0.55, 1.0],
                ),
            )
            canvas.drawCircle(x, y, 27, iris)
            canvas.drawPath(
                through(
                    ((x - 18, y + 8), (x, y + 6), (x + 18, y + 8), (x + 10, y + 21), (x, y + 24), (x - 10, y + 21))
                ),
                ink("#F2BC72", 0.6, blur=3),
            )
            canvas.drawCircle(x, y, 13, ink("#1E0C0B"))
            canvas.drawOval(skia.Rect.MakeXYWH(-64, -62, 130, 44), ink("#3A1B1E", 0.5, blur=5))
            canvas.drawCircle(x - 10 * side, y - 11, 8.5, ink("#FFFFFF"))
            canvas.drawCircle(x + 11 * side, y + 11, 4, ink("#FFEBD0", 0.9))
        canvas.drawOval(skia.Rect.MakeXYWH(-52, 4, 9, 9), ink("#E8A79A", 0.9, blur=1.5))
    canvas.drawPath(tapered(low[::-1], 4, 0.5, 0.3), ink(DEEP, 0.5, blur=0.8))
    canvas.drawPath(tapered((*lid, (72, lid[-1][1] - 10 + 8 * shut)), 12, 0.18, 0.66), ink(LASH))
    for (x, y), (dx, dy) in (((34, -22), (12, -11)), ((46, -13), (15, -10))):
        if shut < 0.3:
            canvas.drawPath(tapered(((x, y), (x + dx * 0.6, y + dy * 0.4), (x + dx, y + dy)), 4, 0.9), ink(LASH))
    if shut < 0.6:
        fold = ((-40, -20), (-4, -45), (36, -36), (58, -16))
        canvas.drawPath(tapered(fold, 5), ink("#A85F58", 0.7, blur=0.8))
    canvas.restore()
