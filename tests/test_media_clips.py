"""Clips run as every player runs them: upright, in time, in their colours, and as fast with few key frames."""

from __future__ import annotations

import io
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from small_media import BLUE, GREEN, RED, counted, plain, write_clip

from storyreel.media.clips import Reel
from storyreel.media.hdr import PQ, to_sdr
from storyreel.media.pictures import frame_at, picture_fault
from storyreel.render.join import join

CASES = Path(__file__).parent / "cases"


def middle(path: Path, seconds: float, size: tuple[int, int] = (96, 96)) -> NDArray[np.int_]:
    """What a clip shows at a time in its middle, as RGBA."""
    pixels = Reel(path).frame(frame_at(str(path), path.name, seconds), size)
    return pixels[size[1] // 2, size[0] // 2, [2, 1, 0, 3]].astype(int)


def near(found: NDArray[np.int_], colour: tuple[int, int, int]) -> bool:
    return bool(np.abs(found[:3] - colour).max() <= 12)


def test_a_clip_stands_upright_however_the_phone_was_held() -> None:
    pixels = Reel(CASES / "clip-turned" / "phone.mp4").frame(3, (240, 320))[..., 2::-1].astype(int)
    assert near(pixels[10, 120], (220, 40, 40))
    assert near(pixels[310, 120], (40, 180, 60))


def test_hlg_comes_in_the_colours_of_the_film() -> None:
    assert np.abs(middle(CASES / "clip-hlg" / "hlg.mp4", 0.5) - (40, 180, 60, 255)).max() <= 8


def test_pq_shows_a_light_as_bright_as_it_is_beside_white() -> None:
    """SMPTE ST 2084 writes 100 cd/m2 as 0.5081; beside a white of 203 that is 0.493 of the light, in sRGB 186."""
    grey = to_sdr(np.full((2, 2, 3), round(0.5081 * 65535), np.uint16), PQ)
    assert np.abs(grey.astype(int) - 186).max() <= 2
    assert to_sdr(np.full((1, 1, 3), 65535, np.uint16), PQ).tolist() == [[[255, 255, 255]]]


def test_what_is_clear_in_a_webm_is_clear() -> None:
    pixels = Reel(CASES / "clip-clear-webm" / "clear.webm").frame(3, (320, 320))
    assert pixels[160, 160].tolist()[3] == 255
    assert pixels[20, 20].tolist() == [0, 0, 0, 0]


def test_wide_pixels_are_shown_wide(tmp_path: Path) -> None:
    """Three columns, each 32 of 96 across; as 192 by 96 cut to a square, the middle one is 64 of 96."""
    picture = np.concatenate([plain(RED, 32), plain(GREEN, 32), plain(BLUE, 32)], axis=1)
    path = write_clip(tmp_path / "wide.mp4", [picture] * 3, aspect=Fraction(2))
    row = Reel(path).frame(1, (96, 96))[48, :, 2::-1].astype(int)
    for at, colour in ((6, RED), (24, GREEN), (48, GREEN), (72, GREEN), (90, BLUE)):
        assert near(row[at], colour), at


def test_a_clip_that_starts_late_runs_from_its_first_picture(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "late.ts", [plain(RED)] * 10 + [plain(GREEN)] * 10, first=64)
    assert Reel(path).seconds == pytest.approx(2.0)
    assert near(middle(path, 0.5), RED)
    assert near(middle(path, 1.5), GREEN)
    assert near(middle(path, 2.5), RED)


class Pipe(io.RawIOBase):
    """A file that can't be gone back in, so that no header tells how long it became."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.data += data
        return len(data)


def test_a_clip_whose_header_does_not_say_how_long_it_is_runs_to_its_end(tmp_path: Path) -> None:
    pipe = Pipe()
    path = write_clip(tmp_path / "live.mkv", [plain(RED)] * 10 + [plain(GREEN)] * 10, to=pipe)
    path.write_bytes(pipe.data)
    with av.open(str(path)) as container:
        assert container.duration is None
    assert near(middle(path, 0.5), RED)
    assert near(middle(path, 1.5), GREEN)
    assert near(middle(path, 2.5), RED)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty frames, each its number, with B-frames and a key frame only at the start and in the middle."""
    options = {"x264-params": "keyint=30:min-keyint=30:scenecut=0:bframes=3", "crf": "4"}
    return write_clip(tmp_path_factory.mktemp("long") / "long.mp4", map(counted, range(60)), 30, options=options)


def test_a_frame_is_the_same_whatever_was_shown_before_it(long: Path) -> None:
    reel, order = Reel(long), np.random.default_rng(5).permutation(60)[:24]
    in_order = [reel.frame(index, (96, 96)) for index in range(60)]
    other = Reel(long)
    for index in map(int, order):
        found = other.frame(index, (96, 96))
        assert np.array_equal(found, in_order[index])
        assert abs(int(found[20, 48, 0]) - index) <= 4


def decoded(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many pictures the decoders have given from now on."""
    given: list[int] = []
    plainly = Reel._decoded

    def counting(self: Reel) -> Any:
        for frame in plainly(self):
            given.append(1)
            yield frame

    monkeypatch.setattr(Reel, "_decoded", counting)
    return lambda: len(given)


def test_a_clip_is_decoded_on_not_anew_for_each_frame(long: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count, reel = decoded(monkeypatch), Reel(long)
    for index in range(60):
        reel.frame(index, (8, 8))
    assert count() <= 1.1 * 60


def test_a_clip_with_damage_in_its_middle_is_shown_on_both_sides_of_it(tmp_path: Path) -> None:
    options = {"x264-params": "keyint=5:min-keyint=5:scenecut=0:bframes=0"}
    path = write_clip(tmp_path / "hurt.mp4", map(counted, range(40, 70)), options=options)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 400] = bytes(400)
    path.write_bytes(data)
    assert picture_fault(path) is None
    reel = Reel(path)
    levels = [int(reel.frame(index, (96, 96))[20, 48, 0]) for index in range(30)]
    assert abs(levels[0] - 40) <= 4
    assert abs(levels[-1] - 69) <= 4


def test_a_clip_that_is_cut_off_is_shown_as_far_as_it_goes(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "cut.ts", map(counted, range(40, 60)), options={"x264-params": "keyint=5"})
    path.write_bytes(path.read_bytes()[:-40_000])
    reel = Reel(path)
    assert 0.3 < reel.seconds < 2.0
    assert abs(int(reel.frame(0, (96, 96))[20, 48, 0]) - 40) <= 4


PLAYLISTS = {
    "m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{}\n#EXT-X-ENDLIST\n",
    "concat": "ffconcat version 1.0\nfile '{}'\n",
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\n",
}


@pytest.mark.parametrize("kind", PLAYLISTS)
@pytest.mark.parametrize("name", ["list.m3u8", "list.mp4", "list.ts"])
def test_a_list_of_other_files_is_no_clip(tmp_path: Path, kind: str, name: str) -> None:
    secret = write_clip(tmp_path / "secret.ts", [plain(RED)] * 3)
    (tmp_path / name).write_text(PLAYLISTS[kind].format(secret))
    assert "it is none of" in str(picture_fault(tmp_path / name))


@pytest.mark.parametrize("kind", ["concat", "sdp"])
def test_a_piece_of_a_film_is_read_as_mp4_or_not_at_all(tmp_path: Path, kind: str) -> None:
    with pytest.raises(av.FFmpegError):
        join(tmp_path / "film.mp4", [PLAYLISTS[kind].format("secret.ts").encode()], b"", Fraction(30))
