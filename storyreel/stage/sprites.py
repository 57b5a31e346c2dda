"""Parts as images: where paints are dear, a part is painted once for each way it stands, and laid on whole pixels.

A puppet's parts stand in steps of turn and size, so that a film needs few images of them. So that joints stay joints, a
part is hung on its carrier as that stands in its step, and all of a puppet is moved by whole pixels together: while a
pose is held no part moves against another, however the puppet travels. What a camera that pushes in does between two
steps is done to all of them as one image, or a puppet would leap against its set. A still drawing has its very size.

CPU ms for a puppet of 60 pictures with a texture on each fill, 900 pixels high: as paths 22 at rest and 33 in a pose;
as images 2, between two steps 8; to paint all of its images takes 60.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import skia

from storyreel.puppet.model import IDENTITY, Matrix, Point, concat, inverse, moved
from storyreel.stage.geometry import Curl
from storyreel.stage.gradients import is_straight
from storyreel.stage.images import Images, Laid, through, toned
from storyreel.stage.ink import to_matrix
from storyreel.stage.pictures import Picture
from storyreel.stage.toning import Tone, layered

TURN = 3.0
"""Degrees from one turn of a part to the next."""
SIZES = 16
"""Sizes of a part in an octave; a lean has as many steps, too, for each unit down."""
MOST = 128 * 2**20
"""Bytes of images that a process keeps: two people seen from near, as they stand and breathe."""
_LARGEST = 16 * 2**20
"""What would be a larger image is drawn as it is."""
_LEAST = 1e-4
"""So little of turn and size is as good as none."""
_NONE = 1e-7
"""So little of a turn moves nothing by a thousandth of a pixel."""
_FAR = skia.Rect.MakeLTRB(-16000, -16000, 16000, 16000)

Linear = tuple[float, float, float, float]
"""(a, b, c, d) of a matrix."""


IMAGES = Images(MOST)


def stepped(
    motion: Callable[[str], Matrix],
    pivots: Mapping[str, Point],
    carriers: Mapping[str, str],
    feet: Point,
    canvas: skia.Canvas,
) -> Callable[[str], Matrix]:
    """Where parts go so that each stands, on the canvas as it is, in a step of turn and size.

    Args:
        motion: from a part's name to its movement in the drawing's units.
        pivots, carriers: of the puppet's rig.
        feet: where all of it hangs.
        canvas: moved to the drawing's units.
    """
    placed = to_model(canvas.getTotalMatrix())
    if placed[0] * placed[3] == placed[1] * placed[2]:
        return motion
    x, y = moved(placed, feet)
    known: dict[str, Matrix] = {"": _hung(_in_steps(placed), feet, (round(x), round(y)))}

    def found(name: str) -> Matrix:
        if name not in known:
            # What its carrier does to its joint it does in its step; what the joint does besides stays.
            true, pivot, carrier = concat(placed, motion(name)), pivots[name], carriers.get(name, "")
            (to_x, to_y), (from_x, from_y) = moved(true, pivot), moved(concat(placed, motion(carrier)), pivot)
            hung_x, hung_y = moved(found(carrier), pivot)
            known[name] = _hung(_in_steps(true), pivot, (hung_x + to_x - from_x, hung_y + to_y - from_y))
        return known[name]

    back = inverse(placed)
    return lambda name: concat(back, found(name))


def between_steps(canvas: skia.Canvas, draw: Callable[[skia.Canvas], None], tone: Tone | None = None) -> bool:
    """Draws what stands between two steps of turn and size as one image of it in the nearest; False: it is in a step.

    Args:
        canvas: moved to the units of what is drawn, whose origin keeps its place.
        draw: draws it on a canvas that is moved to its units.
        tone: what all of it is seen through.
    """
    placed = to_model(canvas.getTotalMatrix())
    if placed[0] * placed[3] == placed[1] * placed[2]:
        return False
    step = _in_steps(placed)
    rest = concat((*placed[:4], 0.0, 0.0), inverse((*step, 0.0, 0.0)))[:4]
    if max(abs(value - whole) for value, whole in zip(rest, IDENTITY, strict=False)) < _LEAST:
        return False
    recorder = skia.PictureRecorder()
    inner = recorder.beginRecording(_FAR, skia.RTreeFactory()())
    inner.concat(to_matrix((*step, 0.0, 0.0)))
    draw(inner)
    picture = recorder.finishRecordingAsPicture()
    # What rounding leaves of a turn makes sampling take five times as long.
    across, lean, turn, down = (0.0 if abs(value) < _NONE else value for value in rest)
    place, back = to_matrix((across, lean, turn, down, *placed[4:])), skia.Matrix()
    place.invert(back)
    rect = picture.cullRect()
    if rect.intersect(back.mapRect(skia.Rect.Make(canvas.getDeviceClipBounds())).makeOutset(2, 2)):
        found = _rastered(picture.playback, rect.roundOut())
        canvas.save()
        canvas.resetMatrix()
        canvas.concat(place)
        _sampled(canvas, through(found, tone) if tone is not None else found)
        canvas.restore()
    return True


def _sampled(canvas: skia.Canvas, laid: Laid) -> None:
    """Draws an image between pixels, at nearly its own size."""
    smooth = skia.FilterMode.kLinear
    if is_straight(canvas):
        canvas.drawImage(laid.image, laid.left, laid.top, skia.SamplingOptions(smooth))
        return
    # Turned, one takes 97 ms for a whole picture; with mipmaps Skia takes another way to the same pixels, in 50.
    clamp, where = skia.TileMode.kClamp, skia.Matrix.Translate(laid.left, laid.top)
    shader = laid.image.makeShader(clamp, clamp, skia.SamplingOptions(smooth, skia.MipmapMode.kLinear), where)
    area = skia.Rect.MakeXYWH(laid.left, laid.top, laid.image.width(), laid.image.height())
    canvas.drawRect(area, skia.Paint(Shader=shader))


def lay(
    canvas: skia.Canvas, picture: Picture, matrix: skia.Matrix, curl: Curl = None, tone: Tone | None = None
) -> None:
    """Lays a picture, moved by a matrix and seen through a tone, on the nearest whole pixels."""
    total = canvas.getTotalMatrix()
    total.preConcat(matrix)
    a, b, c, d, e, f = to_model(total)
    # What two ways of reckoning make of one place is one place.
    linear = tuple(round(value * 4096) / 4096 for value in (a, b, c, d))
    plain = skia.Matrix.MakeAll(linear[0], linear[2], 0, linear[1], linear[3], 0, 0, 0, 1)
    rect = plain.mapRect(picture.record(curl).cullRect()).makeOutset(1, 1).roundOut()
    if rect.width() * rect.height() * 4 > _LARGEST:
        layered(canvas, tone, lambda: picture.draw(canvas, matrix, curl))
        return
    key = (picture, curl[0] if curl else 0.0, linear)
    image, left, top = toned(key, IMAGES.get(key, lambda: _painted(picture, curl, plain, rect)), tone)
    canvas.save()
    canvas.resetMatrix()
    canvas.drawImage(image, left + round(e), top + round(f))
    canvas.restore()


def to_model(matrix: skia.Matrix) -> Matrix:
    """A skia.Matrix as plain numbers."""
    return (
        *(matrix.getScaleX(), matrix.getSkewY(), matrix.getSkewX(), matrix.getScaleY()),
        *(matrix.getTranslateX(), matrix.getTranslateY()),
    )


def _painted(picture: Picture, curl: Curl, plain: skia.Matrix, rect: skia.IRect) -> Laid:
    def draw(canvas: skia.Canvas) -> None:
        canvas.concat(plain)
        picture.record(curl).playback(canvas)

    return _rastered(draw, rect)


def _rastered(draw: Callable[[skia.Canvas], None], rect: skia.IRect) -> Laid:
    surface = skia.Surface.MakeRasterN32Premul(max(rect.width(), 1), max(rect.height(), 1))
    canvas = surface.getCanvas()
    canvas.translate(-rect.left(), -rect.top())
    draw(canvas)
    return Laid(surface.makeImageSnapshot(), rect.left(), rect.top())


def _in_steps(matrix: Matrix) -> Linear:
    """The linear part of a matrix with its turn, its sizes and its lean in steps."""
    a, b, c, d, *_ = matrix
    wide = math.hypot(a, b)
    if not wide or a * d == b * c:
        return a, b, c, d
    high, lean = (a * d - b * c) / wide, (a * c + b * d) / wide
    turn = math.radians(round(math.degrees(math.atan2(b, a)) / TURN) * TURN)
    cos, sin = math.cos(turn), math.sin(turn)
    lean = round(lean / abs(high) * SIZES) / SIZES
    wide, high = _sized(wide), math.copysign(_sized(abs(high)), high)
    lean *= abs(high)
    return cos * wide, sin * wide, cos * lean - sin * high, sin * lean + cos * high


def _sized(length: float) -> float:
    return float(2.0 ** (round(math.log2(length) * SIZES) / SIZES))


def _hung(linear: Linear, pivot: Point, at: Point) -> Matrix:
    """The matrix that takes a pivot to a place."""
    a, b, c, d = linear
    x, y = pivot
    return (a, b, c, d, at[0] - a * x - c * y, at[1] - b * x - d * y)
