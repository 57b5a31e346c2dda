"""A portrait that lives: it breathes, leans its head, blinks, and its smile grows.

python clip.py NAME rest.png half.png shut.png smile.png --still portrait.jpg --out portrait.mp4 (needs PyAV as well)
"""

from __future__ import annotations

import argparse
import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import finish
import numpy as np
import yaml
from develop import eyes_of, read
from numpy.typing import NDArray
from PIL import Image

_HERE = Path(__file__).parent
_RATE, _LENGTH = 30, 168
_BLINKS = ((26, 7), (74, 7), (83, 6), (128, 7))
"""The frame on which the eyes begin to close, and for how many frames that goes on till they are open again."""
_GRAINS = 6
_WATER = 0.035
"""How much larger the picture is drawn than it is seen, that its edges stay out of sight as it leans."""


def _eased(frame: float, start: float, end: float) -> float:
    share = min(max((frame - start) / (end - start), 0.0), 1.0)
    return share * share * (3 - 2 * share)


def shut_at(frame: int) -> float:
    """How far the eyes are shut on a frame."""
    return max(math.sin(math.pi * min(max((frame - at) / lasts, 0.0), 1.0)) ** 0.6 for at, lasts in _BLINKS)


def smile_at(frame: int) -> float:
    """How far the smile has grown on a frame."""
    return 0.5 * _eased(frame, 10, 44) + 0.2 * _eased(frame, 98, 120)


def _layer(picture: finish.Picture, size: tuple[int, int], look: dict[str, Any]) -> Image.Image:
    whole = finish.photographed(
        finish.enlarged(finish.graded(picture, look), size), {**look, "grain": 0, "vignette": 0}
    )
    return Image.fromarray((whole * 255 + 0.5).astype(np.uint8))


def _leant(layer: Image.Image, frame: int, nape: tuple[float, float]) -> Image.Image:
    """A layer as it is on a frame: leaning a little about the nape, and risen with the breath."""
    seconds = frame / _RATE
    turn = math.radians(0.7 * math.sin(seconds * 1.15 - 0.6) + 0.25 * math.sin(seconds * 2.3))
    rise, near = 3.2 * math.sin(seconds * 2.1), 1 + _WATER + 0.0035 * math.sin(seconds * 2.1)
    cos, sin = math.cos(turn) / near, math.sin(turn) / near
    x, y = nape
    matrix = (cos, sin, x - cos * x - sin * y, -sin, cos, y + sin * x - cos * y + rise)
    return layer.transform(layer.size, Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR)


def main() -> None:
    """Writes the still and the clip."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    for state in ("rest", "half", "shut", "smile"):
        parser.add_argument(state, type=Path)
    parser.add_argument("--still", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    person = yaml.safe_load((_HERE / "people.yaml").read_text())[asked.name]
    look, size = person.get("finish", {}), (person["size"][0], person["size"][1])
    rest = read(asked.rest)
    smile = read(asked.smile)
    box = eyes_of(person, (rest.shape[1], rest.shape[0]))
    face = tuple(
        round(share * side) for share, side in zip(person["face box"], (rest.shape[1], rest.shape[0]) * 2, strict=True)
    )
    smiling = finish.shut(rest, smile, (face[0], face[1], face[2], face[3]))
    eyes = [finish.shut(rest, read(path), box) for path in (asked.half, asked.shut)]
    layers = [_layer(picture, size, look) for picture in (rest, *eyes, smiling)]
    layers.append(Image.fromarray(_changed(layers[0], layers[2])))
    behind = _layer(finish.enlarged(np.load(asked.rest.with_suffix(".behind.npy")), (540, 960)), size, look).convert(
        "RGB"
    )
    x, y = person["framing"]["eyes"]
    nape = (x * size[0], y * size[1] + 2.6 * person["framing"]["apart"] * size[0])
    grains = _grains(size, look)
    first = _taken(behind, layers, 140, nape, grains)
    Image.fromarray(first).save(asked.still, quality=90, optimize=True, progressive=True)
    with av.open(str(asked.out), "w") as file:
        colours = "colorprim=bt709:transfer=bt709:colormatrix=bt709"
        options = {"crf": "23", "preset": "faster", "x264-params": f"keyint=30:{colours}"}
        stream = file.add_stream("libx264", rate=_RATE, options=options)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        stream.time_base = Fraction(1, _RATE)
        for number in range(_LENGTH):
            frame = av.VideoFrame.from_ndarray(_taken(behind, layers, number, nape, grains), format="rgb24")
            frame = frame.reformat(format="yuv420p", dst_colorspace="ITU709")
            frame.pts, frame.time_base = number, Fraction(1, _RATE)
            file.mux(stream.encode(frame))
        file.mux(stream.encode())


def _grains(size: tuple[int, int], look: dict[str, Any]) -> list[NDArray[np.int16]]:
    grey = np.full((size[1], size[0], 3), 0.5)
    taken = [
        finish.photographed(grey, {"grain": look.get("grain", 0.018) * 0.5, "vignette": 0, "sharp": 0}, seed)
        for seed in range(_GRAINS)
    ]
    return [((grain - 0.5) * 255).round().astype(np.int16) for grain in taken]


def _taken(
    behind: Image.Image,
    layers: list[Image.Image],
    frame: int,
    nape: tuple[float, float],
    grains: list[NDArray[np.int16]],
) -> NDArray[np.uint8]:
    """One frame of the clip."""
    rest, half, shut, smiling, lids = layers
    person = Image.blend(rest, smiling, smile_at(frame))
    closed = shut_at(frame)
    if closed > 0.05:
        # The lids' way down: to half, and on to shut.
        eyes = Image.blend(rest, half, closed * 2) if closed < 0.5 else Image.blend(half, shut, closed * 2 - 1)
        person = Image.composite(eyes, person, lids)
    picture = behind.copy()
    person = _leant(person, frame, nape)
    picture.paste(person.convert("RGB"), (0, 0), person.getchannel("A"))
    return np.clip(np.asarray(picture, dtype=np.int16) + grains[frame % _GRAINS], 0, 255).astype(np.uint8)


def _changed(first: Image.Image, second: Image.Image) -> NDArray[np.uint8]:
    """Where two pictures differ, softly."""
    gap = np.abs(np.asarray(first, dtype=np.int16) - np.asarray(second, dtype=np.int16)).max(axis=2)
    return np.asarray(
        finish.gaussian_filter((finish.gaussian_filter((gap > 5).astype(float), 6) > 0.04) * 255.0, 6), dtype=np.uint8
    )


if __name__ == "__main__":
    main()
