"""How one scene gives way to the next: behind a bar of light, in a lit frame that opens, or out of its own ink."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import skia
from numpy.typing import NDArray

from storyreel.looks.cel import LOOK
from storyreel.looks.cel.light import LEAN, bar, edge, side
from storyreel.looks.cel.palette import CREAM, GOLD, NIGHT
from storyreel.looks.cel.treatment import TREATMENT
from storyreel.stage.paints import fill
from storyreel.treatment.tones import channels
from storyreel.widgets.transitions import transition as neutral

Canvas: TypeAlias = skia.Canvas
Draw: TypeAlias = Callable[[Canvas], None]
Size = tuple[float, float]

_MIDDLE = 0.4
"""Where a frame opens, down the picture, where nothing else is said: about where faces are."""
_SEED = (0.34, 0.3)
"""How wide and how tall a frame is at first, in shares of the picture, once it has come."""
_TILT = -5.0
"""How a frame leans that comes up, in degrees."""
_AHEAD = 0.34
"""How far ahead of its bar a drawing has become ink, in widths of the picture."""
_FINE = 2
"""Stage units across a pixel of the ink that is left."""
_ROUND, _LEAST, _GAIN = 5, 3.0, 14.0
"""What is ink: darker than what is so many pixels around it, by so much at the least; and how fast it gets so."""


def draw(
    canvas: Canvas, kind: str, progress: float, size: Size, seed: int, focus: Size | None = None, *both: Draw
) -> None:
    """Draws a transition; of `bar`, `frame` and `step-out` all there is, from both pictures.

    Args:
        canvas: where to draw, in stage units.
        kind: one of those, or of the neutral ones.
        progress: 0 before it begins, 1 when it is over.
        size: the picture's width and height in stage units.
        seed: decides how a neutral one runs.
        focus: where a frame opens, in stage units; a little above the middle if None.
        both: what draws the picture that leaves, and the one that comes.

    Raises:
        StoryreelError: there is no such transition.
    """
    if kind not in _DRAWN:
        neutral(canvas, kind, progress, size, seed, focus, LOOK.kit, TREATMENT)
        return
    leaving, coming = both
    _DRAWN[kind](canvas, min(max(progress, 0.0), 1.0), size, focus, leaving, coming)


def _smooth(progress: float, begin: float = 0.0, end: float = 1.0) -> float:
    t = min(max((progress - begin) / (end - begin), 0.0), 1.0)
    return t * t * (3 - 2 * t)


def _bar(canvas: Canvas, progress: float, size: Size, focus: Size | None, leaving: Draw, coming: Draw) -> None:
    """A bar of light goes over the picture from left to right; behind it is the next."""
    width, height = size
    reach = LEAN * height / 2 + 120
    x = -reach + (width + 2 * reach) * _smooth(progress)
    leaving(canvas)
    canvas.save()
    canvas.clipPath(side(x, size, False), doAntiAlias=True)
    coming(canvas)
    canvas.restore()
    bar(canvas, x, size)


def _frame(canvas: Canvas, progress: float, size: Size, focus: Size | None, leaving: Draw, coming: Draw) -> None:
    """A lit frame comes up with the next picture in it, tilted, and opens until it is all there is."""
    width, height = size
    x, y = focus or (width / 2, height * _MIDDLE)
    came, opens = _smooth(progress, 0.0, 0.4), _smooth(progress, 0.3)
    across, down = (share * came + (2.4 - share) * opens for share in _SEED)
    leaving(canvas)
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(_TILT * (1 - opens))
    hole = skia.Path().addRect(
        skia.Rect.MakeLTRB(-across * width / 2, -down * height / 2, across * width / 2, down * height / 2)
    )
    canvas.save()
    canvas.clipPath(hole, doAntiAlias=True)
    canvas.rotate(-_TILT * (1 - opens))
    canvas.translate(-x, -y)
    coming(canvas)
    canvas.restore()
    edge(canvas, hole)
    canvas.restore()


def _step_out(canvas: Canvas, progress: float, size: Size, focus: Size | None, leaving: Draw, coming: Draw) -> None:
    """A bar of light goes over the picture from right to left, and behind it is the next. A little ahead of it colour
    has gone out of the drawing, and gold ink is left."""
    width, height = size
    reach = LEAN * height / 2 + 120
    x = width + reach - (width + 2 * reach) * _smooth(progress)
    if progress < 1:
        leaving(canvas)
        before = x - _AHEAD * width * _smooth(progress, 0.0, 0.4)
        canvas.save()
        canvas.clipPath(side(before, size, True), doAntiAlias=True)
        canvas.drawRect(skia.Rect.MakeWH(*size), fill(NIGHT))
        ink = skia.Image.fromarray(_ink(size, leaving), skia.kBGRA_8888_ColorType)
        canvas.drawImageRect(ink, skia.Rect.MakeWH(*size), skia.SamplingOptions(skia.FilterMode.kLinear))
        canvas.restore()
    canvas.save()
    canvas.clipPath(side(x, size, True), doAntiAlias=True)
    coming(canvas)
    canvas.restore()
    bar(canvas, x, size)


def _ink(size: Size, picture: Draw) -> NDArray[np.uint8]:
    """The ink of a picture in gold, and nothing else of it; premultiplied BGRA."""
    across, down = (round(side_ / _FINE) for side_ in size)
    pixels = np.zeros((down, across, 4), np.uint8)
    info = skia.ImageInfo.Make(across, down, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    inner = skia.Surface.MakeRasterDirect(info, pixels).getCanvas()
    inner.scale(across / size[0], down / size[1])
    picture(inner)
    light = pixels[..., :3].astype(np.float32) @ np.array((0.11, 0.59, 0.3), np.float32)
    dark = np.clip((_blurred(_blurred(light.T).T) - light - _LEAST) * _GAIN, 0, 255) / 255
    warmth = np.linspace(0, 1, down, dtype=np.float32)[:, None, None]
    top, foot = (np.array((*channels(colour)[::-1], 255), np.float32) for colour in (CREAM, GOLD))
    return np.asarray(np.round((top + (foot - top) * warmth) * dark[..., None]), np.uint8)


def _blurred(light: NDArray[np.float32]) -> NDArray[np.float32]:
    """The mean of what is around each pixel along rows."""
    wide = 2 * _ROUND + 1
    padded = np.pad(light, ((0, 0), (_ROUND + 1, _ROUND)), mode="edge")
    sums = np.cumsum(padded, axis=1, dtype=np.float32)
    return np.asarray((sums[:, wide:] - sums[:, :-wide]) / wide)


_DRAWN: dict[str, Callable[..., None]] = {"bar": _bar, "frame": _frame, "step-out": _step_out}
