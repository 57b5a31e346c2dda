"""Paints the stand-in portrait of the example: a young woman whom nobody knows, because she does not exist.

Her face is a relief, lit as skin is and painted over with brush strokes; brows, lashes and hair are drawn hair by hair.

    python paint.py ../portrait.jpg
"""

from __future__ import annotations

import math
import sys

import numpy as np
import skia
from brush import HEIGHT, WIDTH, Array, blank, blurred, image, layer, paint, rng, through
from features import complexion, features, sheet, wet
from hair import back_hair, clip_star, front_hair
from light import head
from room import background, hoodie, neck


def over(base: Array, layer: Array) -> Array:
    return np.concatenate((base[..., :3] * (1 - layer[..., 3:4]) + layer[..., :3], base[..., 3:] * 0 + 1), -1)


def brushed(picture: Array, detail: Array) -> Array:
    """The picture painted over: broad strokes where it is calm, fine ones or none where it is rich, none over edges."""
    surface, canvas = blank()
    canvas.drawImage(image(picture), 0, 0)
    grey = blurred(picture[..., :3].mean(-1), 5)
    gy, gx = np.gradient(grey)
    for radius, count, most, alpha in ((26, 3800, 0.09, 0.34), (12, 11000, 0.3, 0.30), (6, 22000, 0.6, 0.28)):
        soft = blurred(picture[..., :3], radius * 0.4)
        xs, ys = rng.uniform(0, WIDTH, count), rng.uniform(0, HEIGHT, count)
        for x, y in zip(xs, ys, strict=True):
            i, j = int(y), int(x)
            if detail[i, j] > most:
                continue
            colour, wander = soft[i, j], rng.normal(0, 0.2)
            points = [(x, y)]
            for _ in range(4):
                calm = abs(gx[i, j]) + abs(gy[i, j]) < 4e-4
                angle = -0.7 + 3 * wander if calm else math.atan2(gx[i, j], -gy[i, j]) + wander
                x, y = x + math.cos(angle) * radius * 0.9, y + math.sin(angle) * radius * 0.9
                i, j = min(max(int(y), 0), HEIGHT - 1), min(max(int(x), 0), WIDTH - 1)
                if np.abs(soft[i, j] - colour).max() > 0.035 or detail[i, j] > most:
                    break
                points.append((x, y))
            if len(points) > 2:
                jitter = rng.normal(0, 0.010) + rng.normal(0, 0.006, 3)
                canvas.drawPath(
                    through(points), paint(tuple(colour + jitter), alpha, width=radius * rng.uniform(0.5, 1.0))
                )
    return surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType).astype(np.float32) / 255


def main(to: str) -> None:
    surface, canvas = blank()
    background(canvas)
    picture = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType).astype(np.float32) / 255
    picture = over(picture, layer(back_hair, True))
    clothed = np.zeros((HEIGHT, WIDTH), np.float32)
    for draw in (neck, hoodie):
        made = layer(draw, False)
        clothed = np.maximum(clothed, made[..., 3])
        picture = over(picture, made)
    face = head(*(sheet(draw) for draw in (complexion, features, wet)))
    hair = layer(front_hair, True)
    body = np.maximum(face[..., 3], clothed)
    shade = (blurred(np.pad(hair[..., 3], ((26, 0), (20, 0)))[:HEIGHT, :WIDTH], 13) * body)[..., None]
    shade = np.clip(shade * 1.1, 0, 1)
    picture = over(picture, face)
    picture[..., :3] *= 1 - shade * np.array((0.36, 0.50, 0.50))
    picture = over(picture, hair)
    picture = over(picture, layer(clip_star, True))
    rich = np.clip(blurred(np.linalg.norm(np.stack(np.gradient(picture[..., :3].mean(-1)), -1), axis=-1), 3) * 14, 0, 1)
    rich = np.maximum(rich, 0.35 * (face[..., 3] > 0))
    rich = np.maximum(rich, 0.45 * (hair[..., 3] > 0.5))
    rich = np.maximum(rich, face[..., 4])
    picture = brushed(picture, rich)
    picture[..., :3] += blurred(rng.normal(0, 1, (HEIGHT, WIDTH)), 0.8)[..., None] * 0.02
    image(picture).save(to, skia.kJPEG, 92)


if __name__ == "__main__":
    main(sys.argv[1])
