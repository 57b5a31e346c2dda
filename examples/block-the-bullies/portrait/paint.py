"""Paints the stand-in portrait of the example, in gouache: a young woman whom nobody knows, as she does not exist.

Few values to each material, laid as planes of light and shadow; a warm lamp to the left, a dusky room behind.

    python paint.py ../portrait.jpg
"""

from __future__ import annotations

import sys

import numpy as np
import skia
from brush import HEIGHT, WIDTH, gouache
from face import ears, face
from hair import back, front, star
from room import hoodie, neck, room

_TILT = (4.0, 540.0, 1000.0)
"""How far her head leans, in degrees, and about what point."""


def main(to: str) -> None:
    surface = skia.Surface(WIDTH, HEIGHT)
    canvas = surface.getCanvas()
    room(canvas)
    back(canvas)
    neck(canvas)
    hoodie(canvas)
    canvas.save()
    canvas.rotate(*_TILT)
    ears(canvas)
    face(canvas)
    front(canvas)
    star(canvas)
    canvas.restore()
    flat = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3].astype(np.float32) / 255
    painted = np.full((HEIGHT, WIDTH, 4), 255, np.uint8)
    painted[..., :3] = np.rint(gouache(flat) * 255)
    skia.Image.fromarray(painted, colorType=skia.kRGBA_8888_ColorType).save(to, skia.kJPEG, 92)


if __name__ == "__main__":
    main(sys.argv[1])
