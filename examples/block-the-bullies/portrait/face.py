"""Her face, turned a little to the left and smiling: planes of light and shadow, then the features."""

from __future__ import annotations

import skia
from brush import Canvas, Points, dry, ink, inside, tapered, through

LIGHT, SKIN, HALF, SHADE, DEEP = "#FBD8BC", "#F2BE9E", "#E2A083", "#C67C69", "#9A5350"
_DARK = "#41232A"
_OUTLINE = (
    (352, 640),
    (338, 730),
    (342, 790),
    (350, 826),
    (340, 870),
    (346, 930),
    (372, 1000),
    (420, 1072),
    (470, 1116),
    (520, 1128),
    (574, 1112),
    (640, 1062),
    (700, 990),
    (736, 890),
    (748, 790),
    (744, 660),
    (690, 540),
    (560, 500),
    (430, 530),
)


def ears(canvas: Canvas) -> None:
    ear = through(((738, 786), (772, 772), (786, 812), (772, 872), (742, 902)))
    canvas.drawPath(ear, ink(HALF))
    canvas.drawPath(tapered(((756, 800), (772, 820), (752, 872)), 12), ink(SHADE))


def face(canvas: Canvas) -> None:
    form = through(_OUTLINE)
    canvas.drawPath(form, ink(SKIN))
    with inside(canvas, form):
        _planes(canvas)
    _nose(canvas)
    _mouth(canvas)
    _eye(canvas, 428, 806, 0.86, -1)
    _eye(canvas, 626, 806, 1.0, 1)
    canvas.drawPath(tapered(((378, 742), (410, 716), (450, 716), (478, 732)), 21, 0.15, 0.68), ink("#5E3630"))
    canvas.drawPath(tapered(((560, 732), (596, 712), (650, 710), (702, 748)), 24, 0.55, 0.3), ink("#5E3630"))
    for x, y in ((452, 878), (436, 892), (470, 896), (574, 880), (594, 894), (612, 878), (556, 896)):
        canvas.drawCircle(x, y, 3.2, ink(SHADE, 0.5))


def _planes(canvas: Canvas) -> None:
    canvas.drawPath(
        through(((380, 560), (540, 530), (600, 640), (560, 740), (500, 700), (400, 700), (350, 740))), ink(LIGHT, 0.8)
    )
    canvas.drawPath(through(((352, 850), (400, 846), (450, 880), (446, 930), (400, 960), (362, 930))), ink(LIGHT))
    canvas.drawPath(through(((560, 880), (610, 856), (672, 872), (668, 918), (610, 950), (570, 926))), ink(LIGHT, 0.75))
    side = through(
        (
            (770, 560),
            (690, 600),
            (702, 700),
            (716, 800),
            (694, 866),
            (704, 930),
            (664, 1000),
            (600, 1064),
            (540, 1140),
            (800, 1130),
        )
    )
    canvas.drawPath(side, ink(HALF))
    canvas.drawPath(
        through(((790, 640), (730, 700), (736, 860), (700, 960), (640, 1046), (580, 1140), (800, 1120))), ink(SHADE)
    )
    canvas.drawPath(
        through(
            ((340, 500), (350, 690), (376, 640), (450, 590), (560, 586), (660, 596), (722, 720), (770, 760), (770, 480))
        ),
        ink(SHADE, 0.75),
    )
    dry(canvas, ((660, 830), (690, 900), (650, 990), (590, 1062)), 40, HALF, 0.7)
    for x, y, turn in ((394, 910, -8.0), (636, 912, -10.0)):
        canvas.drawOval(skia.Rect.MakeXYWH(x - 46, y - 32, 92, 64), ink("#EE8A7C", 0.5, blur=16))
        dry(canvas, ((x - 34, y + 8), (x, y + 4), (x + 34, y + turn)), 30, "#EE8A7C", 0.18)
    dry(canvas, ((440, 1096), (500, 1112), (560, 1104)), 22, HALF, 0.7)
    canvas.drawPath(through(((470, 1066), (506, 1058), (536, 1070), (506, 1090))), ink(LIGHT, 0.8))
    for lid in (
        ((384, 782), (424, 752), (474, 774), (480, 806), (420, 800)),
        ((570, 806), (578, 774), (628, 750), (690, 790), (640, 800)),
    ):
        canvas.drawPath(through(lid), ink("#DE957E", 0.7))


def _nose(canvas: Canvas) -> None:
    plane = through(((514, 770), (534, 790), (532, 850), (552, 904), (560, 934), (524, 944), (516, 900), (506, 830)))
    canvas.drawPath(plane, ink(HALF, 0.9))
    canvas.drawPath(tapered(((492, 776), (486, 840), (478, 890)), 16), ink(LIGHT, 0.9))
    canvas.drawPath(
        through(((452, 934), (480, 940), (506, 946), (548, 936), (552, 946), (512, 962), (470, 956))), ink(SHADE)
    )
    canvas.drawPath(tapered(((452, 944), (466, 934), (482, 944)), 9), ink(DEEP))
    canvas.drawPath(tapered(((548, 944), (530, 936), (510, 950)), 10), ink(DEEP))
    canvas.drawPath(tapered(((556, 898), (568, 922), (556, 944)), 8), ink(SHADE))
    canvas.drawPath(through(((466, 900), (484, 892), (498, 904), (484, 916))), ink("#FFEBD8"))


def _mouth(canvas: Canvas) -> None:
    canvas.save()
    canvas.translate(506, 1004)
    canvas.scale(0.84, 0.84)
    canvas.translate(-506, -1010)
    upper: Points = ((396, 984), (440, 992), (484, 994), (500, 997), (518, 994), (570, 990), (622, 976))
    lower: Points = ((596, 1014), (556, 1044), (506, 1054), (460, 1046), (420, 1018))
    mouth = through((upper[0], *upper, upper[-1], *lower))
    lips = through(
        (
            (386, 980),
            (386, 980),
            (440, 978),
            (480, 972),
            (500, 977),
            (522, 971),
            (570, 976),
            (632, 970),
            (632, 970),
            (606, 1024),
            (560, 1064),
            (506, 1076),
            (454, 1066),
            (410, 1026),
        )
    )
    canvas.drawPath(lips, ink("#CF6B67"))
    with inside(canvas, lips):
        dry(canvas, ((440, 1056), (500, 1070), (556, 1058)), 14, "#EC9A8E", 0.9)
    canvas.drawPath(mouth, ink("#7A2A35"))
    with inside(canvas, mouth):
        canvas.drawPath(
            through(
                (
                    (402, 976),
                    (402, 976),
                    (616, 968),
                    (616, 968),
                    (590, 1008),
                    (546, 1030),
                    (506, 1034),
                    (464, 1030),
                    (424, 1008),
                )
            ),
            ink("#FFF5E8"),
        )
        canvas.drawPath(through(((560, 980), (640, 970), (600, 1030), (560, 1032))), ink("#E8CFC6", 0.8))
    canvas.drawPath(tapered(((622, 962), (638, 970), (640, 986)), 9), ink(DEEP, 0.8))
    canvas.drawPath(tapered(((396, 968), (384, 980), (388, 994)), 8), ink(DEEP, 0.7))
    canvas.drawPath(tapered(((470, 1086), (506, 1094), (548, 1084)), 12), ink(SHADE, 0.7))
    canvas.restore()
    canvas.drawPath(tapered(((436, 930), (406, 948), (388, 974), (384, 996)), 8), ink(SHADE, 0.5))
    canvas.drawPath(tapered(((586, 930), (622, 946), (640, 970), (644, 1000)), 9), ink(SHADE, 0.8))


def _eye(canvas: Canvas, x: float, y: float, wide: float, side: int) -> None:
    """An eye about (x, y); `side` is where its outer corner is."""
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(wide * side, 1)
    white = through(
        ((-58, 16), (-58, 16), (-34, -18), (4, -31), (40, -18), (62, 4), (62, 4), (36, 24), (0, 30), (-34, 25))
    )
    canvas.drawPath(white, ink("#FBEDE2"))
    with inside(canvas, white):
        gaze = -4 * side
        canvas.drawCircle(gaze, -2, 32, ink("#54301F"))
        canvas.drawPath(
            through(((gaze - 24, 6), (gaze, 4), (gaze + 24, 6), (gaze + 14, 24), (gaze, 28), (gaze - 14, 24))),
            ink("#A9683A"),
        )
        canvas.drawCircle(gaze, -3, 15, ink("#25110F"))
        canvas.drawPath(
            through(((-70, 0), (-34, -8), (4, -18), (40, -8), (70, 8), (70, -50), (-70, -50))), ink("#6B3A3F", 0.4)
        )
        canvas.drawCircle(gaze - 11 * side, -13, 9, ink("#FFFFFF"))
        canvas.drawCircle(gaze + 12 * side, 11, 4, ink("#FFE3C4"))
    canvas.drawPath(tapered(((-62, 18), (-34, -20), (4, -34), (42, -20), (80, -6)), 17, 0.15, 0.62), ink(_DARK))
    canvas.drawPath(tapered(((48, -14), (70, -16), (88, -28)), 9, 0.6), ink(_DARK))
    canvas.drawPath(tapered(((64, 6), (36, 27), (0, 33), (-36, 27)), 6), ink(DEEP, 0.8))
    canvas.drawPath(tapered(((-46, -22), (0, -50), (46, -38), (70, -20)), 7), ink(DEEP, 0.7))
    canvas.restore()
