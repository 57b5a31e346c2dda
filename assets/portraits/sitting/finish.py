"""From a rendering to a photograph: its colours, a lens' fall-off, film grain; or cut out like a sticker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from scipy.ndimage import distance_transform_edt, gaussian_filter

Picture = NDArray[np.float32]
"""Rows from above, three or four numbers a point, 0 to 1."""


def enlarged(picture: Picture, size: tuple[int, int]) -> Picture:
    """A picture in another size, its edges kept crisp."""
    channels = [
        Image.fromarray(picture[..., index].astype(np.float32), "F").resize(size, Image.Resampling.LANCZOS)
        for index in range(picture.shape[2])
    ]
    return np.clip(np.dstack([np.asarray(channel) for channel in channels]), 0, 1).astype(np.float32)


def over(above: Picture, below: Picture) -> Picture:
    """A picture with alpha over one without."""
    alpha = above[..., 3:]
    return np.asarray(above[..., :3] * alpha + below[..., :3] * (1 - alpha))


def graded(picture: Picture, look: Mapping[str, Any]) -> Picture:
    """The colours of a photograph: exposure, contrast, saturation, warmth; highlights bloom a little."""
    colour = picture[..., :3] * look.get("exposure", 1.0)
    bloom = gaussian_filter(np.clip(colour - 0.72, 0, 1), (look.get("bloomed", 14), look.get("bloomed", 14), 0))
    colour = colour + bloom * look.get("bloom", 0.35)
    bent = colour - look.get("contrast", 0.12) * np.sin(2 * np.pi * np.clip(colour, 0, 1)) / (2 * np.pi)
    grey = bent.mean(axis=2, keepdims=True)
    bent = grey + (bent - grey) * look.get("saturation", 1.06)
    warmth = look.get("warmth", 0.02)
    bent = bent * np.array([1 + warmth, 1.0, 1 - warmth], dtype=np.float32)
    if "fades" in look:
        # Into the dark below, where a card's words are to stand.
        start, end = look["fades"]
        share = np.clip((np.linspace(0, 1, bent.shape[0]) - start) / (end - start), 0, 1)[:, None, None]
        bent = bent + (np.array(look["dark"]) - bent) * share**2 * (3 - 2 * share)
    lift = np.array(look.get("shadows", (0.012, 0.008, 0.02)), dtype=np.float32)
    return np.clip(np.dstack([bent + lift * (1 - bent) ** 3, picture[..., 3:]]), 0, 1)


def photographed(picture: Picture, look: Mapping[str, Any], seed: int = 3) -> Picture:
    """Sharpened as a camera does, darker towards the corners, with grain."""
    rows, columns = picture.shape[:2]
    soft = gaussian_filter(picture[..., :3], (1.2, 1.2, 0))
    colour = picture[..., :3] + (picture[..., :3] - soft) * look.get("sharp", 0.5)
    across, down = np.meshgrid(
        np.linspace(-1, 1, columns, dtype=np.float32), np.linspace(-1, 1, rows, dtype=np.float32)
    )
    fall = 1 - look.get("vignette", 0.16) * np.clip((across**2 + down**2) / 2, 0, 1) ** 1.3
    chance = np.random.default_rng(seed)
    grain = gaussian_filter(chance.standard_normal((rows, columns), dtype=np.float32), 0.75)
    tinted = gaussian_filter(chance.standard_normal((rows, columns, 3), dtype=np.float32), (1.0, 1.0, 0))
    noise = grain[..., None] * 0.75 + tinted * 0.3
    lightness = colour.mean(axis=2, keepdims=True)
    much = look.get("grain", 0.018) * (0.55 + 0.9 * (1 - np.abs(2 * lightness - 1)))
    return np.clip(np.dstack([colour * fall[..., None] + noise * much, picture[..., 3:]]), 0, 1)


def inked(below: Picture, ink: Picture, box: tuple[float, float, float, float]) -> Picture:
    """A drawing of glowing gold ink hung up behind the sitter, in `box` (left, top, right, bottom in shares)."""
    rows, columns = below.shape[:2]
    left, top, right, bottom = (round(share * side) for share, side in zip(box, (columns, rows) * 2, strict=True))
    line = np.zeros((rows, columns))
    line[top:bottom, left:right] = enlarged(ink, (right - left, bottom - top))[..., 0]
    soft = columns / 400
    sharp, glow = gaussian_filter(line, soft), gaussian_filter(line, soft * 7)
    gold, amber = np.array([1.0, 0.84, 0.52]), np.array([1.0, 0.6, 0.2])
    dark = gaussian_filter((gaussian_filter(line, soft * 10) > 0.03).astype(float), soft * 3)[..., None]
    shaded = below * (1 - 0.5 * dark)
    return np.clip(shaded + 0.95 * sharp[..., None] * gold + 0.8 * glow[..., None] * amber, 0, 1)


def cut_out(picture: Picture, paper: float, line: float) -> Picture:
    """Cut out with scissors: white paper about the picture, and a black line about that, in points."""
    alpha = np.clip(gaussian_filter(picture[..., 3], 1.0), 0, 1)
    solid = gaussian_filter((gaussian_filter(picture[..., 3], 9.0) > 0.4).astype(float), 4.0) > 0.5
    padded = np.pad(solid, ((0, 80), (80, 80)), mode="edge")
    far = distance_transform_edt(~padded)[:-80, 80:-80]
    white = np.clip(paper - far + 0.5, 0, 1)
    black = np.clip(paper + line - far + 0.5, 0, 1)
    alpha = alpha * white
    colour = picture[..., :3] * alpha[..., None] + (1 - alpha[..., None]) * white[..., None]
    return np.dstack([np.where(black[..., None] > 0, colour, 0), black])


def shut(rest: Picture, blink: Picture, box: tuple[int, int, int, int]) -> Picture:
    """`rest` with what is in `box` (left, top, right, bottom) from `blink`, its edge soft."""
    left, top, right, bottom = box
    mask = np.zeros(rest.shape[:2])
    mask[top:bottom, left:right] = 1
    soft = Image.fromarray((mask * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur((right - left) / 40))
    inner = np.clip((np.asarray(soft, dtype=np.float32) / 255 - 0.5) * 2, 0, 1)[..., None]
    return np.asarray(rest * (1 - inner) + blink * inner)
