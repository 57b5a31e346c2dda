"""Photographs and video clips as layers: decoded once, fitted to cover their box."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import av
import numpy as np
import skia
from PIL import Image

from storyreel.timeline.model import PictureContent


@lru_cache(maxsize=16)
def _still(path: str, digest: str) -> Any:
    with Image.open(Path(path)) as image:
        return skia.Image.fromarray(np.array(image.convert("RGBA")), skia.kRGBA_8888_ColorType)


@lru_cache(maxsize=64)
def _moment(path: str, digest: str, seconds: float) -> Any:
    """The frame of a clip that shows at a time; the clip loops."""
    with av.open(path) as clip:
        stream = clip.streams.video[0]
        length = float(clip.duration or av.time_base) / av.time_base
        wanted = seconds % length
        clip.seek(int(wanted * av.time_base), backward=True)
        shown = None
        for frame in clip.decode(stream):
            if shown is not None and frame.time is not None and frame.time > wanted + 1e-6:
                break
            shown = frame
    if shown is None:
        raise ValueError(f"{path}: the clip has no picture")
    return skia.Image.fromarray(shown.to_ndarray(format="rgba"), skia.kRGBA_8888_ColorType)


def draw_picture(canvas: Any, content: PictureContent, seconds: float) -> None:
    """Draws a picture or the moment of a clip, centred on the origin, cropped so that it covers its box."""
    file = content.file
    image = _still(file.path, file.digest) if content.still else _moment(file.path, file.digest, seconds)
    scale = max(content.width / image.width(), content.height / image.height())
    w, h = content.width / scale, content.height / scale
    left, top = (image.width() - w) / 2, (image.height() - h) / 2
    canvas.drawImageRect(
        image,
        skia.Rect.MakeXYWH(left, top, w, h),
        skia.Rect.MakeXYWH(-content.width / 2, -content.height / 2, content.width, content.height),
        skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear),
    )
