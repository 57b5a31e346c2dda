"""Paints the stand-in portrait of the example: a young woman whom nobody knows, as she does not exist.

Soft planes of light from a warm lamp at the left, a dusky room behind. She blinks, breathes, leans her head.

    python paint.py ../portrait.jpg ../portrait.mp4
"""

from __future__ import annotations

import sys
from fractions import Fraction

import av
import numpy as np
import skia
from brush import HEIGHT, WIDTH, Array, Paper
from face import ear, face
from hair import back, front, star
from moment import LENGTH, RATE, Moment, moment
from room import hood, hoodie, neck, room

_NEAR = 1.05
_NAPE = (540.0, 1150.0)
"""How near she is, and about what point her head leans."""


def painted(now: Moment, paper: Paper) -> Array:
    surface = skia.Surface(WIDTH, HEIGHT)
    canvas = surface.getCanvas()
    room(canvas, now)
    canvas.translate(540 * (1 - _NEAR), 864 * (1 - _NEAR))
    canvas.scale(_NEAR, _NEAR)
    hood(canvas)
    canvas.save()
    canvas.rotate(now.tilt, *_NAPE)
    back(canvas, now)
    canvas.restore()
    neck(canvas)
    hoodie(canvas, now)
    canvas.save()
    canvas.translate(0, -3 * now.breath)
    canvas.rotate(now.tilt, *_NAPE)
    ear(canvas)
    face(canvas, now)
    front(canvas, now)
    star(canvas, now)
    canvas.restore()
    return paper.taken(surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3])


def still(to: str, paper: Paper) -> None:
    whole = np.full((HEIGHT, WIDTH, 4), 255, np.uint8)
    whole[..., :3] = painted(Moment(), paper)
    skia.Image.fromarray(whole, colorType=skia.kRGBA_8888_ColorType).save(to, skia.kJPEG, 92)


def clip(to: str, paper: Paper) -> None:
    with av.open(to, "w") as file:
        colours = "colorprim=bt709:transfer=bt709:colormatrix=bt709"
        options = {"crf": "21", "preset": "slow", "x264-params": f"keyint=30:{colours}"}
        stream = file.add_stream("libx264", rate=RATE, options=options)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.time_base = Fraction(1, RATE)
        for number in range(LENGTH):
            frame = av.VideoFrame.from_ndarray(painted(moment(number), paper), format="rgb24")
            frame = frame.reformat(format="yuv420p", dst_colorspace="ITU709")
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            file.mux(stream.encode(frame))
        file.mux(stream.encode())


def main(picture: str, film: str) -> None:
    paper = Paper()
    still(picture, paper)
    clip(film, paper)


if __name__ == "__main__":
    main(*sys.argv[1:])
