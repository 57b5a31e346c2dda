"""Develops renderings into the pictures that films use: `python develop.py NAME rest.png --out portrait.png`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import finish
import numpy as np
import yaml
from numpy.typing import NDArray
from PIL import Image

Picture = NDArray[np.float32]
_HERE = Path(__file__).parent
_SHIPS = 345_000
"""Bytes that the picture which ships may have."""


def read(path: Path) -> Picture:
    """A rendering, with its alpha."""
    with Image.open(path) as opened:
        return np.asarray(opened.convert("RGBA"), dtype=np.float32) / 255


def eyes_of(person: dict[str, Any], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The box in which a blink differs: left, top, right, bottom in points."""
    (x, y), apart = person["framing"]["eyes"], person["framing"]["apart"]
    width, height = size
    left, right = (x - 1.05 * apart) * width, (x + 1.05 * apart) * width
    top, bottom = y * height - 0.26 * apart * width, y * height + 0.42 * apart * width
    return round(left), round(top), round(right), round(bottom)


def developed(person: dict[str, Any], picture: Picture, below: Path) -> Picture:
    """A rendering as the photograph that it becomes, in the size that its film wants."""
    size = (person["size"][0], person["size"][1])
    look = person.get("finish", {})
    if "behind" in person:
        whole = finish.enlarged(np.load(below), (picture.shape[1], picture.shape[0]))
        if "ink" in person:
            whole = finish.inked(whole, read(_HERE / "ink.png"), person["ink"])
        picture = np.dstack([finish.over(picture, whole), np.ones(picture.shape[:2])])
    lower = round(person.get("lower", 0.0) * len(picture))
    if lower:
        picture = np.concatenate([np.zeros_like(picture[:lower]), picture[:-lower]])
    picture = finish.graded(picture, look)
    picture = finish.photographed(finish.enlarged(picture, size), look)
    if "cut" in person:
        picture = finish.cut_out(picture, *person["cut"])
    return picture


def main() -> None:
    """Develops one portrait, and the same with its eyes shut."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    parser.add_argument("rest", type=Path)
    parser.add_argument("--blink", type=Path)
    parser.add_argument(
        "--patch",
        nargs=5,
        action="append",
        default=[],
        help="a part taken again: its rendering, left, top, right, bottom",
    )
    parser.add_argument("--out", type=Path, required=True, help="the picture to write; the blink is written beside it")
    asked = parser.parse_args()
    person = yaml.safe_load((_HERE / "people.yaml").read_text())[asked.name]
    below = asked.rest.with_suffix(".behind.npy")
    rest = read(asked.rest)
    for path, *shares in asked.patch:
        sides = (rest.shape[1], rest.shape[0]) * 2
        left, top, right, bottom = (round(float(share) * side) for share, side in zip(shares, sides, strict=True))
        rest = finish.shut(rest, read(Path(path)), (left, top, right, bottom))
    _written(developed(person, rest, below), asked.out)
    if asked.blink:
        blink = read(asked.blink)
        closed = finish.shut(rest, blink, eyes_of(person, (rest.shape[1], rest.shape[0])))
        _written(developed(person, closed, below), asked.out.with_name(f"{asked.out.stem}-blinks{asked.out.suffix}"))


def _written(picture: Picture, path: Path) -> None:
    whole = (np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)
    if (whole[..., 3] < 255).any():
        # A cut-out can't be a JPEG: six bits a colour are enough for it, and half the size.
        coarse = np.round(whole[..., :3] / 255 * 63) / 63 * 255
        whole[..., :3] = np.where(whole[..., 3:] > 0, coarse.round(), 0)
    if path.suffix == ".jpg":
        Image.fromarray(whole[..., :3]).save(path, quality=88, optimize=True, progressive=True)
    elif path.name == "stand-in.png":
        _small(whole[..., :3], path)
    else:
        Image.fromarray(whole if (whole[..., 3] < 255).any() else whole[..., :3]).save(path, optimize=True)


def _small(whole: NDArray[np.uint8], path: Path) -> None:
    """The picture that ships has to be small: as many colours as fit."""
    for colours in (256, 200, 160, 128, 96, 64):
        drawn = Image.fromarray(whole)
        palette = drawn.quantize(colours, kmeans=2)
        drawn.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG).save(path, optimize=True)
        if path.stat().st_size <= _SHIPS:
            break


if __name__ == "__main__":
    main()
