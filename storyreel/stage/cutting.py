"""Things that a look cuts out by themselves: painted to cells of their own, changed there, and laid on whole cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import skia

from storyreel.stage.camera import Affine
from storyreel.stage.display import Canvas, Draw
from storyreel.stage.ink import to_matrix
from storyreel.stage.solid import weighed
from storyreel.treatment.contract import Cutout, Made

if TYPE_CHECKING:
    from storyreel.stage.toning import Tone

_MARGIN = 2
"""Clear cells around a thing."""
_FAR = skia.Rect.MakeLTRB(-16000, -16000, 16000, 16000)
_AS_THEY_ARE = skia.SamplingOptions(skia.FilterMode.kNearest)


@dataclass(frozen=True)
class Cutting:
    """How a thing is laid on whole cells.

    Attributes:
        cell: across one, in stage units.
        cutout: what is done to its pixels; None: nothing, and it is painted straight into the picture.
        made: what it is to the cutout.
    """

    cell: float
    cutout: Cutout | None = None
    made: Made = "figure"

    def snapped(self, matrix: Affine) -> Affine:
        """A place with its origin on the corner of a cell: what travels is one drawing all the way."""
        a, b, c, d, e, f = matrix
        return (a, b, c, d, round(e / self.cell) * self.cell, round(f / self.cell) * self.cell)


def cut_out(canvas: Canvas, paint: Draw, matrix: Affine, cutting: Cutting, tone: Tone | None, laid: skia.Paint) -> None:
    """Lays a thing down as cells.

    Args:
        canvas: in stage units.
        paint: draws the thing in its own units.
        matrix: from those to the stage's.
        tone: what it is seen through, before it is cut out.
        laid: what its cells are laid down with.
    """
    cell = cutting.cell
    a, b, c, d, e, f = (value / cell for value in matrix)
    placed = to_matrix((a, b, c, d, e, f))
    recorder = skia.PictureRecorder()
    recording = recorder.beginRecording(_FAR, skia.RTreeFactory()())
    recording.concat(placed)
    paint(recording)
    picture = recorder.finishRecordingAsPicture()
    seen = canvas.getLocalClipBounds()
    box = skia.Rect.MakeLTRB(*(side / cell for side in (seen.left(), seen.top(), seen.right(), seen.bottom())))
    if picture.cullRect().isEmpty() or not box.intersect(picture.cullRect()):
        return
    rect = box.makeOutset(_MARGIN, _MARGIN).roundOut()
    pixels = np.zeros((rect.height(), rect.width(), 4), np.uint8)
    info = skia.ImageInfo.Make(rect.width(), rect.height(), skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    surface = skia.Surface.MakeRasterDirect(info, pixels)
    inner = surface.getCanvas()
    inner.translate(-rect.left(), -rect.top())
    if tone is not None:
        inner.saveLayer(None, skia.Paint(ColorFilter=tone.filter()))
    inner.drawPicture(picture)
    if tone is not None:
        inner.restore()
    if cutting.cutout is not None:
        cutting.cutout.apply(pixels, cutting.made, (rect.left(), rect.top()))
    image = weighed(skia.Image.fromarray(pixels, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType))
    whole = skia.Rect.MakeWH(rect.width(), rect.height())
    place = skia.Rect.MakeLTRB(*(side * cell for side in (rect.left(), rect.top(), rect.right(), rect.bottom())))
    canvas.drawImageRect(image, whole, place, _AS_THEY_ARE, laid)
