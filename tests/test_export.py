"""Films taken elsewhere: other kinds of files, the sound or the captions alone, chapters, a quick encoding, a cover."""

from __future__ import annotations

import wave
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.reformatter import Colorspace
from PIL import Image
from small_film import render, small_film, soundtrack, tone
from test_cli import call

from storyreel.cli.options import OUTLETS
from storyreel.errors import StoryreelError
from storyreel.film.shown import Shown
from storyreel.publish.chapters import Chapter, chapter_text, chapters
from storyreel.publish.cover_title import NAME, titled
from storyreel.publish.export import ENDINGS, export
from storyreel.publish.layout import layout
from storyreel.render.film import plan, render_film
from storyreel.render.settings import encoder_settings
from storyreel.sound.tape import Samples
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import CaptionPage, Timeline, Word


class Small(Shown):
    """The small film, with one word said in it."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline

    @property
    def timeline(self) -> Timeline:
        return self._timeline

    @property
    def _master(self) -> Samples:
        return tone(self._timeline)


@pytest.fixture
def small(tmp_path: Path) -> Small:
    film = small_film(tmp_path, (9, 3))
    page = CaptionPage(4, 9, (Word("Hello", 4, 9),), ((0,),), 72.0)
    return Small(replace(film, captions=(page,)))


def decoded(path: Path, form: str) -> list[np.ndarray]:
    with av.open(str(path)) as film:
        frames = [*film.decode(video=0)]
        return [one.reformat(format=form, src_colorspace=Colorspace.ITU709).to_ndarray() for one in frames]


def psnr(one: np.ndarray, other: np.ndarray) -> float:
    return float(10 * np.log10(255**2 / ((one.astype(float) - other) ** 2).mean()))


@pytest.mark.parametrize(("name", "least"), [("film.webm", 30.0), ("film.mov", 38.0)])
def test_a_film_has_the_same_pictures_and_its_sound_in_other_kinds_of_files(
    small: Small, tmp_path: Path, name: str, least: float
) -> None:
    assert small.export(tmp_path / name) == 12
    shown = decoded(tmp_path / name, "rgb24")
    assert len(shown) == 12
    for number in (0, 6, 11):
        assert psnr(shown[number], np.asarray(small.picture(number))) > least
    with av.open(str(tmp_path / name)) as film:
        heard = sum(frame.samples for frame in film.decode(audio=0))
    assert abs(heard - 12 * 1600) < 1000


@pytest.mark.parametrize("name", ["captions.mov", "captions/%03d.png"])
def test_captions_alone_are_see_through_and_silent(small: Small, tmp_path: Path, name: str) -> None:
    small.export(tmp_path / name, alone=True)
    if name.endswith(".mov"):
        shown = decoded(tmp_path / name, "rgba")
        with av.open(str(tmp_path / name)) as film:
            assert len(film.streams.audio) == 0
    else:
        shown = [np.asarray(Image.open(path)) for path in sorted((tmp_path / "captions").glob("*.png"))]
    assert len(shown) == 12
    assert shown[0][..., 3].max() < 3, "nothing is said yet"
    there = shown[6]
    assert there[..., 3].max() > 250
    assert 0.002 < (there[..., 3] > 128).mean() < 0.2
    # Laid over the film without captions it is the film with them.
    share = there[..., 3:] / 255
    laid = np.asarray(small.picture(6, captions=False)) * (1 - share) + there[..., :3] * share
    assert psnr(laid, np.asarray(small.picture(6))) > 33


def test_a_picture_a_frame_is_exact_and_all_appear_together(small: Small, tmp_path: Path) -> None:
    small.export(tmp_path / "f" / "a-%03d.png")
    names = sorted(path.name for path in (tmp_path / "f").iterdir())
    assert names == [f"a-{number:03d}.png" for number in range(12)]
    assert np.array_equal(np.asarray(Image.open(tmp_path / "f" / "a-005.png")), np.asarray(small.picture(5)))
    with pytest.raises(StoryreelError, match=r"needs the place of its number: .*%05d\.png"):
        small.export(tmp_path / "f" / "a.png")


def test_what_fails_half_way_leaves_nothing(small: Small, tmp_path: Path) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    for name in ("g/%03d.png", "g/film.webm", "g/film.gif"):
        (tmp_path / "g").mkdir(exist_ok=True)
        with pytest.raises(KeyboardInterrupt):
            small.export(tmp_path / name, progress=stopped)
        assert list((tmp_path / "g").iterdir()) == []


def test_a_gif_of_a_film_of_many_colours_keeps_what_is_flat_flat(small: Small, tmp_path: Path) -> None:
    assert small.export(tmp_path / "film.gif") == 12
    with Image.open(tmp_path / "film.gif") as shown:
        assert shown.n_frames <= 6, "at most fifteen drawings a second"
        wanted = small.picture(0).resize(shown.size, Image.Resampling.LANCZOS)
        got = shown.convert("RGB")
    assert psnr(np.asarray(got), np.asarray(wanted)) > 30
    before, after = (np.asarray(one)[:, :, 0].astype(int) for one in (wanted, got))
    flat = (np.diff(before, axis=1) == 0).mean()
    assert (np.diff(after, axis=1) == 0).mean() >= flat, "no speckles"


def test_captions_alone_are_no_gif(small: Small, tmp_path: Path) -> None:
    with pytest.raises(StoryreelError, match=r"captions as \.mov, \.webm or \.png"):
        small.export(tmp_path / "c.gif", alone=True)
    assert not (tmp_path / "c.gif").exists()


def test_the_sound_alone_is_the_films(small: Small, tmp_path: Path) -> None:
    small.export(tmp_path / "a.wav")
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getnframes()) == (48000, 2, 12 * 1600)
        heard = np.frombuffer(file.readframes(99999), "<i2").reshape(-1, 2) / 32767
    assert np.abs(heard - small.samples()).max() < 1e-4
    small.export(tmp_path / "a.m4a")
    with av.open(str(tmp_path / "a.m4a")) as film:
        assert film.streams.audio[0].codec_context.name == "aac"
    with pytest.raises(StoryreelError, match="captions make no sound"):
        small.export(tmp_path / "b.wav", alone=True)
    with pytest.raises(StoryreelError, match=r"this writes \.webm, .*; `render` writes a film as \.mp4"):
        export(small, tmp_path / "b.avi")


def test_scenes_are_chapters_and_shots_are_not(tmp_path: Path) -> None:
    film = small_film(tmp_path, (30, 30, 30))
    ids = ("night.1", "night.2", "next-day")
    film = replace(film, scenes=tuple(replace(one, id=name) for one, name in zip(film.scenes, ids, strict=True)))
    assert chapters(film) == (Chapter(0, "Night"), Chapter(60, "Next day"))
    found = (Chapter(0, "A"), Chapter(30 * 75, "B"), Chapter(30 * 3700, "C"))
    assert chapter_text(found, Clock(Fraction(30))) == "0:00 A\n1:15 B\n1:01:40 C\n"


def test_a_film_carries_its_chapters_without_being_longer(tmp_path: Path) -> None:
    film = small_film(tmp_path, (20, 10))
    render_film(film, soundtrack(film), tmp_path / "film.mp4", jobs=1, marks=((0, "One"), (20, "Two")))
    with av.open(str(tmp_path / "film.mp4")) as made:
        told = [(one["metadata"]["title"], float(one["start"] * (one["time_base"] or 0))) for one in made.chapters()]
        assert [name for name, _ in told] == ["One", "Two"]
        assert told[1][1] == pytest.approx(20 / 30, abs=0.01)
        assert float(made.duration or 0) / 1e6 == pytest.approx(1.0, abs=0.05)
    usual, marked = (plan(film, "s", marks=marks) for marks in ((), ((0, "One"),)))
    assert usual.keys == marked.keys
    assert usual.whole != marked.whole


def test_quick_is_as_fine_and_keyed_for_itself(tmp_path: Path) -> None:
    film = small_film(tmp_path, (10,))
    usual, quick = (encoder_settings(film, quick=quick) for quick in (False, True))
    assert usual.options["preset"] == "veryfast"
    assert (quick.options["preset"], quick.crf) == ("superfast", 17)
    assert quick.options["x264-params"].endswith(":mbtree=1:rc-lookahead=10")
    assert encoder_settings(film, crf=30, quick=True).crf == 30
    assert plan(film, "s").keys != plan(film, "s", quick=True).keys
    render(film, tmp_path / "usual.mp4")
    render_film(film, soundtrack(film), tmp_path / "quick.mp4", jobs=1, quick=True)
    fine, other = (decoded(tmp_path / name, "rgb24")[5] for name in ("usual.mp4", "quick.mp4"))
    exact = np.asarray(Small(film).picture(5))
    assert psnr(other, exact) > psnr(fine, exact) - 1


def test_a_cover_has_its_title_inside_the_safe_box(small: Small) -> None:
    plain, written = small.cover(0.1, title=""), small.cover(0.1)
    assert np.array_equal(np.asarray(plain), np.asarray(small.picture(3, captions=False)))
    changed = np.argwhere(np.abs(np.asarray(plain).astype(int) - np.asarray(written)).sum(axis=2) > 60)
    left, top, right, bottom = (at * small.timeline.scale for at in small.timeline.safe)
    (high, near), (low, far) = changed.min(axis=0), changed.max(axis=0)
    assert left - 3 <= near < far <= right + 3
    assert top <= high < low <= bottom
    long = titled(small.timeline, 3, "A title that is far longer than any other title in the whole wide world")
    (box,) = [thing["box"] for thing in layout(long, 3)["things"] if thing["name"] == NAME]
    assert box[2] - box[0] <= right - left + 6


def test_the_command_writes_what_its_ending_says_and_refuses_what_makes_no_sense(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set(OUTLETS) == set(ENDINGS)
    assert call("new", "my-film", cwd=tmp_path).returncode == 0
    scene = str(tmp_path / "my-film" / "scene.yaml")
    written: list[tuple[object, ...]] = []
    fake: Callable[..., int] = lambda *given: written.append(given[1:6]) or 7  # noqa: E731
    monkeypatch.setattr("storyreel.publish.export.export", fake)
    done = call("render", scene, "-o", str(tmp_path / "c.mov"), "--captions", "only", "--draft")
    assert done.returncode == 0, done.stderr
    assert written == [(tmp_path / "c.mov", False, True, True, None)]
    assert not (tmp_path / "c.srt").exists()
    for options, said in (
        (["-o", "a.mp4", "--captions", "only"], "captions alone are see-through"),
        (
            ["-o", "a.gif", "--captions", "only"],
            "captions alone have soft edges to see through, which a GIF can't have",
        ),
        (["-o", "a.gif", "--crf", "3", "--jobs", "2"], "--jobs, --crf: for MP4s alone, not for .gif"),
        (["-o", "a.webm", "--verify"], "--verify: for MP4s alone, not for .webm"),
        (["-o", "a.wav", "--jobs", "2", "--quick"], "--jobs, --quick: for MP4s alone"),
        (["-o", "memory://a.mov"], "only an MP4 is written to a URL"),
        (["-o", "a.avi"], "its name must end in .mp4"),
    ):
        done = call("render", scene, *options, cwd=tmp_path)
        assert done.returncode == 2
        assert said in " ".join(done.stderr.split()), options
