"""Photographs and moving pictures are shown as every viewer shows them, and refused where they can't be."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from small_media import BLUE, GREEN, RED, plain

from storyreel.media.pictures import clip, frame_at, is_still, picture_fault
from storyreel.media.stills import still


def shown(path: Path, size: tuple[int, int]) -> NDArray[np.int_]:
    """A photograph as RGBA."""
    return still(path, size)[..., [2, 1, 0, 3]].astype(int)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_however_the_phone_was_held(tmp_path: Path, orientation: int) -> None:
    upright = Image.fromarray(np.concatenate([plain(RED, 40, 30), plain(GREEN, 40, 30)]))
    upright.paste(BLUE, (0, 0, 20, 30))
    stored = {  # Exif 2.32, 4.6.4 A: how the camera lay, undone
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    tag = Image.Exif()
    tag[0x0112] = orientation
    lying = upright.transpose(stored[orientation]) if orientation > 1 else upright
    lying.save(tmp_path / "photo.png", exif=tag)
    assert np.abs(shown(tmp_path / "photo.png", (40, 60))[..., :3] - np.asarray(upright).astype(int)).max() <= 1


def test_sixteen_bits_of_grey_are_brought_to_eight(tmp_path: Path) -> None:
    ramp = np.tile(np.linspace(0, 65535, 64).astype(np.uint16), (64, 1))
    Image.fromarray(ramp).save(tmp_path / "grey.png")
    found = shown(tmp_path / "grey.png", (64, 64))
    assert np.abs(found[32, :, 0] - (ramp[0] >> 8)).max() <= 1


def png(path: Path, head: bytes, rows: bytes) -> Path:
    """A PNG of its header's fields and its rows, each with its filter byte."""
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    made = (len(d).to_bytes(4, "big") + n + d + zlib.crc32(n + d).to_bytes(4, "big") for n, d in chunks)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(made))
    return path


@pytest.mark.parametrize(("kind", "samples"), [(2, (60_000, 30_000, 10_000)), (6, (60_000, 30_000, 10_000, 65_535))])
def test_sixteen_bits_of_colour_are_brought_to_eight(tmp_path: Path, kind: int, samples: tuple[int, ...]) -> None:
    row = b"\0" + b"".join(value.to_bytes(2, "big") for value in samples) * 8
    path = png(tmp_path / "deep.png", struct.pack(">IIBBBBB", 8, 8, 16, kind, 0, 0, 0), row * 8)
    assert np.abs(shown(path, (8, 8))[4, 4] - (60_000 >> 8, 30_000 >> 8, 10_000 >> 8, 255)).max() <= 1


@pytest.mark.parametrize("ending", ["gif", "png", "webp"])
def test_a_picture_that_moves_shows_each_of_its_frames_in_its_time_and_loops(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"moves.{ending}"
    first, *others = (Image.fromarray(plain(colour)) for colour in (RED, GREEN, BLUE))
    first.save(path, save_all=True, append_images=others, duration=[500, 250, 500], loop=0)
    assert not is_still(path)
    assert picture_fault(path) is None
    moving = clip(path)
    assert moving.seconds == 1.25
    for seconds, colour in ((0.0, RED), (0.49, RED), (0.5, GREEN), (0.8, BLUE), (1.3, RED), (1.75, GREEN)):
        index = frame_at(str(path), ending, seconds)
        found = moving.frame(index, (32, 32))[16, 16, 2::-1].astype(int)
        assert np.abs(found - colour).max() <= 12, seconds


def test_a_picture_that_moves_without_saying_how_fast_shows_ten_frames_a_second(tmp_path: Path) -> None:
    first, *others = (Image.fromarray(plain(colour)) for colour in (RED, GREEN, BLUE))
    first.save(tmp_path / "fast.gif", save_all=True, append_images=others, duration=0)
    assert clip(tmp_path / "fast.gif").starts == [0.0, 0.1, 0.2]


def test_a_photo_far_larger_than_its_box_is_decoded_at_a_part_of_its_size_and_looks_the_same(tmp_path: Path) -> None:
    wave = np.sin(np.linspace(0, 20, 2400))[:, None] * np.cos(np.linspace(0, 12, 1600)) * 100 + 128
    photo = Image.fromarray(wave.astype(np.uint8)).convert("RGB")
    photo.save(tmp_path / "photo.jpg", quality=95)
    photo.save(tmp_path / "photo.png")
    assert np.abs(shown(tmp_path / "photo.jpg", (100, 150)) - shown(tmp_path / "photo.png", (100, 150))).max() <= 6


def test_a_picture_with_more_pixels_than_fit_is_refused_by_its_header(tmp_path: Path) -> None:
    for side, told in ((20_000, "too many pixels"), (6_000, "6000x6000 pixels; make it smaller, 33 million at most")):
        path = png(tmp_path / f"{side}.png", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0), b"")
        assert told in str(picture_fault(path))


def test_what_is_no_picture_is_given_to_no_reader_of_other_formats(tmp_path: Path) -> None:
    (tmp_path / "page.png").write_text("%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n{ } loop\n")
    told = str(picture_fault(tmp_path / "page.png"))
    assert told.startswith("'page.png' can't be read as a picture or a clip: it is none of PNG")


def test_a_picture_is_told_by_its_contents_whatever_it_is_called(tmp_path: Path) -> None:
    Image.fromarray(plain(RED)).save(tmp_path / "photo.mp4", "PNG")
    assert picture_fault(tmp_path / "photo.mp4") is None
    assert is_still(tmp_path / "photo.mp4")
