"""Chunks decode to the colours that went in, and join into one film whose frames lie exactly on its rate."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from storyreel.paint.surface import Pixels
from storyreel.render.atomic import whole_or_nothing
from storyreel.render.encode import Converter, EncoderSettings, encode_chunk, encode_sound
from storyreel.render.errors import RenderError
from storyreel.render.join import join
from storyreel.sound.tape import Samples

WIDTH, HEIGHT = 128, 192
RATES = (Fraction(30), Fraction(30000, 1001))


def settings(rate: Fraction = Fraction(30)) -> EncoderSettings:
    return EncoderSettings(WIDTH, HEIGHT, rate)


def noise() -> Pixels:
    picture = np.random.default_rng(3).integers(0, 256, (HEIGHT, WIDTH, 4), np.uint8)
    picture[..., 3] = 255
    return picture


def rolling(first: int, count: int) -> Iterator[Pixels]:
    """Frames that all differ, so that none can stand in for another."""
    picture = noise()
    for frame in range(first, first + count):
        yield np.ascontiguousarray(np.roll(picture, frame * 3, 0))


def decoded(data: bytes | Path) -> list[np.ndarray]:
    with av.open(io.BytesIO(data) if isinstance(data, bytes) else str(data), "r") as container:
        return [frame.to_ndarray(format="yuv420p") for frame in container.decode(video=0)]


def silence(frames: int, rate: Fraction) -> Samples:
    return np.zeros((round(frames * 48000 / rate), 2), np.float32)


def film(path: Path, lengths: tuple[int, ...], rate: Fraction = Fraction(30)) -> list[bytes]:
    parts, first = [], 0
    for length in lengths:
        parts.append(encode_chunk(rolling(first, length), settings(rate)))
        first += length
    with whole_or_nothing(path) as temporary:
        join(temporary, parts, encode_sound(silence(first, rate)), rate)
    return parts


@pytest.mark.parametrize("crf", [-1, 52, 18.5])
def test_a_rate_factor_that_is_none_is_refused(crf: int) -> None:
    with pytest.raises(RenderError, match=f"crf is {crf}; it must be a whole number from 0 to 51"):
        replace(settings(), crf=crf)


def test_the_lowest_rate_factor_loses_nothing_and_the_highest_encodes() -> None:
    (lossless,) = decoded(encode_chunk([noise()], replace(settings(), crf=0)))
    (fine,) = decoded(encode_chunk([noise()], settings()))
    (coarse,) = decoded(encode_chunk([noise()], replace(settings(), crf=51)))
    exact = Converter().convert(noise()).to_ndarray()
    assert (lossless == exact).all()
    assert not (fine == exact).all()
    assert coarse.shape == exact.shape


PATCHES = {
    "red": ((255, 0, 0), (63, 102, 240)),
    "green": ((0, 255, 0), (173, 42, 26)),
    "blue": ((0, 0, 255), (32, 240, 118)),
    "white": ((255, 255, 255), (235, 128, 128)),
    "black": ((0, 0, 0), (16, 128, 128)),
    "rose": ((255, 158, 197), None),
    "mint": ((168, 230, 207), None),
}


def bt709(rgb: tuple[int, int, int]) -> tuple[float, float, float]:
    """ITU-R BT.709-6, 8 bits, limited range."""
    r, g, b = (value / 255 for value in rgb)
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    return 16 + 219 * y, 128 + 224 * (b - y) / 1.8556, 128 + 224 * (r - y) / 1.5748


@pytest.mark.parametrize("name", PATCHES)
def test_a_patch_decodes_within_two_levels_of_bt709(name: str) -> None:
    rgb, known = PATCHES[name]
    wanted = bt709(rgb)
    if known is not None:
        assert wanted == pytest.approx(known, abs=0.6)
    picture = np.empty((HEIGHT, WIDTH, 4), np.uint8)
    picture[...] = (*rgb[::-1], 255)
    [frame] = decoded(encode_chunk([picture], settings()))
    luma, chroma = frame[:HEIGHT], frame[HEIGHT:].reshape(2, -1)
    assert np.abs(luma - wanted[0]).max() <= 2
    assert np.abs(chroma[0] - wanted[1]).max() <= 2
    assert np.abs(chroma[1] - wanted[2]).max() <= 2


def test_a_chunk_says_that_it_is_limited_bt709_high_profile() -> None:
    with av.open(io.BytesIO(encode_chunk([noise()], settings())), "r") as container:
        context = container.streams.video[0].codec_context
        assert (context.color_primaries, context.color_trc, context.colorspace, context.color_range) == (1, 1, 1, 1)
        assert context.profile == "High"
        assert context.pix_fmt == "yuv420p"


def test_encoding_twice_gives_the_same_bytes() -> None:
    assert encode_chunk(rolling(0, 8), settings()) == encode_chunk(rolling(0, 8), settings())


def test_a_held_frame_is_the_frame_before_it_again() -> None:
    picture = noise()
    held = encode_chunk([picture, None, None], settings())
    assert held == encode_chunk([picture, picture, picture], settings())


def test_a_chunk_begins_with_a_picture() -> None:
    with pytest.raises(ValueError, match="begins with a picture"):
        encode_chunk([None], settings())
    with pytest.raises(ValueError, match="at least one"):
        encode_chunk([], settings())


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("lengths", [(9, 1, 2, 3, 12), (1, 1, 5), (2, 7), (5,)])
def test_joined_chunks_are_the_chunks_frame_by_frame(tmp_path: Path, lengths: tuple[int, ...], rate: Fraction) -> None:
    out = tmp_path / "film.mp4"
    parts = film(out, lengths, rate)
    alone = [frame for part in parts for frame in decoded(part)]
    joined = decoded(out)
    assert len(joined) == len(alone) == sum(lengths)
    assert all(np.array_equal(a, b) for a, b in zip(joined, alone, strict=True))


@pytest.mark.parametrize("rate", RATES)
def test_every_frame_lies_exactly_on_the_rate(tmp_path: Path, rate: Fraction) -> None:
    out = tmp_path / "film.mp4"
    film(out, (9, 1, 2, 14), rate)
    with av.open(str(out), "r") as container:
        times = [frame.pts * frame.time_base for frame in container.decode(video=0)]
    assert times == [frame / rate for frame in range(26)]


@pytest.mark.parametrize("rate", RATES)
def test_sound_and_picture_are_equally_long(tmp_path: Path, rate: Fraction) -> None:
    out = tmp_path / "film.mp4"
    film(out, (31, 30), rate)
    with av.open(str(out), "r") as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        pictures, sound = video.duration * video.time_base, audio.duration * audio.time_base
    assert abs(pictures - sound) <= 1 / rate
    assert abs(pictures - 61 / rate) <= Fraction(1, 1000)


@pytest.mark.parametrize("rate", RATES)
def test_a_click_stays_on_its_sample(tmp_path: Path, rate: Fraction) -> None:
    samples = silence(40, rate)
    at = round(20 * 48000 / rate)
    samples[at] = 0.9
    out = tmp_path / "film.mp4"
    join(out, [encode_chunk(rolling(0, 40), settings(rate))], encode_sound(samples), rate)
    with av.open(str(out), "r") as container:
        heard = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], 1)
    assert np.abs(heard[0]).argmax() == at


def test_the_index_stands_before_the_media(tmp_path: Path) -> None:
    out = tmp_path / "film.mp4"
    film(out, (6,))
    data = out.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_writing_a_film_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    film(tmp_path / "one.mp4", (9, 4))
    film(tmp_path / "other.mp4", (9, 4))
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "other.mp4").read_bytes()


def test_chunks_of_different_settings_are_not_joined(tmp_path: Path) -> None:
    parts = [
        encode_chunk(rolling(0, 3), settings()),
        encode_chunk(rolling(0, 3), EncoderSettings(128, 192, Fraction(24))),
    ]
    with pytest.raises(RenderError, match="other settings"):
        join(tmp_path / "film.mp4", parts, encode_sound(silence(6, Fraction(30))), Fraction(30))


def test_a_film_without_frames_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="no frames"):
        join(tmp_path / "film.mp4", [], encode_sound(silence(6, Fraction(30))), Fraction(30))


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    out = tmp_path / "film.mp4"
    out.write_bytes(b"the film before")

    def stopped_half_way() -> None:
        with whole_or_nothing(out) as temporary:
            temporary.write_bytes(b"half")
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        stopped_half_way()
    assert out.read_bytes() == b"the film before"
    assert list(tmp_path.iterdir()) == [out]
    with whole_or_nothing(out) as temporary:
        temporary.write_bytes(b"whole")
    assert out.read_bytes() == b"whole"
    assert list(tmp_path.iterdir()) == [out]


def test_what_a_killed_render_left_is_swept_away(tmp_path: Path) -> None:
    out = tmp_path / "film.mp4"
    dead = tmp_path / ".film.mp4.999999999.part"
    dead.touch()
    with whole_or_nothing(out) as temporary:
        temporary.write_bytes(b"whole")
    assert list(tmp_path.iterdir()) == [out]


def test_a_place_that_cant_be_written_is_named(tmp_path: Path) -> None:
    for out in (tmp_path / "missing" / "film.mp4", tmp_path):
        with pytest.raises(RenderError, match="cannot write here"), whole_or_nothing(out):
            pass
