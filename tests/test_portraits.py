"""Photographs and clips fill their box from the middle, at any size, see-through where they are."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
import skia
from numpy.typing import NDArray
from PIL import Image

from storyreel.paint.surface import Layer
from storyreel.stage.portraits import draw_picture
from storyreel.timeline.model import Asset, PictureContent

RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


def drawn(content: PictureContent, scale: float = 1.0, seconds: float = 0.0) -> NDArray[np.uint8]:
    """The picture drawn about the middle of 200 pixels, as RGBA."""
    layer = Layer(200, 200)
    layer.canvas.translate(100, 100)
    layer.canvas.scale(scale, scale)
    draw_picture(layer.canvas, content, seconds)
    return layer.pixels[..., [2, 1, 0, 3]]


def photograph(path: Path, mode: str = "RGB") -> PictureContent:
    """300 by 100: a third red, a third green, a third blue; cut to a square by its content."""
    image = Image.new("RGB", (300, 100), GREEN)
    image.paste(RED, (0, 0, 100, 100))
    image.paste(BLUE, (200, 0, 300, 100))
    image.convert(mode).save(path)
    return PictureContent(Asset(str(path), path.name), 120, 120)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L"])
@pytest.mark.parametrize("scale", [0.1, 0.5, 1.0, 1.3])
def test_a_photograph_covers_its_box_from_its_middle(tmp_path: Path, mode: str, scale: float) -> None:
    pixels = drawn(photograph(tmp_path / "photo.png", mode), scale).astype(int)
    reach = int(60 * scale) - 1
    inside = pixels[100 - reach : 100 + reach, 100 - reach : 100 + reach]
    assert (inside[..., 3] == 255).all()
    assert np.ptp(inside, axis=(0, 1)).max() <= 16  # nothing of the left and right thirds
    assert not pixels[:, : 100 - int(60 * scale) - 2].any()
    assert not pixels[: 100 - int(60 * scale) - 2].any()


def test_what_is_half_transparent_stays_so(tmp_path: Path) -> None:
    path = tmp_path / "veil.png"
    Image.new("RGBA", (50, 80), (200, 100, 40, 128)).save(path)
    pixels = drawn(PictureContent(Asset(str(path), "veil"), 120, 120))
    assert np.abs(pixels[100, 100].astype(int) - (100, 50, 20, 128)).max() <= 1


def blots(path: Path) -> NDArray[np.uint8]:
    """96 by 96, clear but for two blots with hard edges that stand apart, and one at the picture's edge."""
    pixels = np.zeros((96, 96, 4), np.uint8)
    pixels[17:31, 40:44], pixels[64:79, 5:90], pixels[30:40, 90:] = (*RED, 255), (*BLUE, 128), (*GREEN, 255)
    Image.fromarray(pixels).save(path)
    return pixels


@pytest.mark.parametrize("scale", [0.72, 1.0, 1.4])
def test_a_turned_picture_shows_all_of_its_ink_and_as_sharp(tmp_path: Path, scale: float) -> None:
    """As Skia's own smoothing between four pixels shows it, without what is done to draw it faster."""
    premultiplied = blots(tmp_path / "blots.png").astype(np.uint16)
    premultiplied[..., :3] = (premultiplied[..., :3] * premultiplied[..., 3:] + 127) // 255
    whole = np.ascontiguousarray(premultiplied.astype(np.uint8)[..., [2, 1, 0, 3]])
    image = skia.Image.fromarray(whole, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    ours, plain = Layer(200, 200), Layer(200, 200)
    for layer in (ours, plain):
        layer.canvas.translate(100.3, 99.6)
        layer.canvas.rotate(33)
        layer.canvas.scale(scale, scale)
    draw_picture(ours.canvas, PictureContent(Asset(str(tmp_path / "blots.png"), "blots"), 96, 96), 0.0)
    plain.canvas.drawImage(image, -48, -48, skia.SamplingOptions(skia.FilterMode.kLinear))
    assert plain.pixels.any(axis=2).sum() > 1000 * scale * scale
    assert np.abs(ours.pixels.astype(int) - plain.pixels).max() <= 3


def test_a_picture_that_is_all_clear_draws_nothing_when_turned(tmp_path: Path) -> None:
    Image.new("RGBA", (60, 60), (200, 100, 40, 0)).save(tmp_path / "clear.png")
    layer = Layer(200, 200)
    layer.canvas.translate(100, 100)
    layer.canvas.rotate(20)
    draw_picture(layer.canvas, PictureContent(Asset(str(tmp_path / "clear.png"), "clear"), 60, 60), 0.0)
    assert not layer.pixels.any()


def test_a_clip_shows_its_moment_cut_from_the_middle(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    with av.open(str(path), "w") as clip:
        stream = clip.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 192, 96, "yuv420p"
        for number in range(10):
            frame = np.zeros((96, 192, 3), np.uint8)
            frame[:, 48:144] = GREEN if number < 5 else RED
            clip.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        clip.mux(stream.encode(None))
    content = PictureContent(Asset(str(path), "clip"), 100, 100, still=False)
    early, late = drawn(content, seconds=0.1), drawn(content, seconds=0.8)
    middle = np.s_[60:140, 60:140]
    assert (early[middle][..., 1] > 200).all()
    assert (early[middle][..., 0] < 60).all()
    assert (late[middle][..., 0] > 200).all()
    assert (late[middle][..., 1] < 60).all()
    assert (drawn(content, seconds=1.1) == early).all()  # it loops
