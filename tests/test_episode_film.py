"""A film through the library: pictures, sound, captions, MoviePy and pydub, all from one object."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

import storyreel
from storyreel.paint.painter import blank
from storyreel.render.chunks import chunks
from storyreel.render.encode import Converter
from storyreel.render.reel import draw
from storyreel.render.settings import encoder_settings
from storyreel.render.slices import order
from storyreel.render.still import paint
from storyreel.render.timings import Stopwatch

SCENE = Path(__file__).parent / "films" / "format-1" / "scene.yaml"
RATE = 12

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _own_cache(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYREEL_CACHE", str(cache))


def excerpt(width: int, height: int, *scenes: str, **changes: object) -> storyreel.Episode:
    """Some scenes of the film as its author wrote them, in a picture of any size, at few frames a second."""
    script = storyreel.load(SCENE).script
    form = storyreel.CustomFormat(width=width, height=height, fps=RATE)
    chosen = [scene for scene in script.scenes if scene.id in scenes]
    return storyreel.Episode.from_script(
        script.model_copy(update={"format": form, "scenes": chosen, **changes}), SCENE.parent
    )


@pytest.fixture(scope="module")
def episode(cache: Path) -> storyreel.Episode:
    """Speech, panes, two kinds of puppet, weather, grades, bursts, transitions and the reveal, in a small picture."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STORYREEL_CACHE", str(cache))
        made = excerpt(270, 480, "posting", "duet", "block")
        assert made.timeline.length > 200
        return made


def test_every_frame_in_a_run_is_the_frame_alone(episode: storyreel.Episode) -> None:
    timeline, settings = episode.timeline, encoder_settings(episode.timeline)
    pixels = blank(timeline)
    for chunk in chunks(timeline):
        for number, frame in enumerate(draw(order(timeline, chunk, settings), Stopwatch())):
            if number % 7 == chunk.film % 7 or number == chunk.length - 1:
                paint(timeline, chunk.film + number, pixels)
                assert np.array_equal(frame.to_ndarray(), Converter().convert(pixels).to_ndarray())


def test_a_render_is_whole_and_the_same_bytes_for_any_jobs(episode: storyreel.Episode, tmp_path: Path) -> None:
    episode.render(tmp_path / "one.mp4", jobs=1, cache=False)
    report = episode.render(tmp_path / "two.mp4", jobs=2)
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()
    assert sorted(path.name for path in tmp_path.glob("two.*")) == ["two.mp4", "two.srt", "two.vtt"]
    with av.open(str(tmp_path / "two.mp4"), "r") as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert abs(video.duration * video.time_base - audio.duration * audio.time_base) <= Fraction(1, RATE)
        assert sum(1 for _ in container.decode(video)) == report.frames == episode.timeline.length
    again = episode.render(tmp_path / "again.mp4", captions="burn")
    assert (again.reused, again.sound_reused) == (again.chunks, True)
    assert (tmp_path / "again.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()
    assert not (tmp_path / "again.srt").exists()


def test_a_frame_is_a_picture_of_the_moment(episode: storyreel.Episode) -> None:
    picture = episode.frame(3.2)
    assert (picture.mode, picture.size) == ("RGB", (270, 480))
    assert picture.tobytes() == episode.picture(38).tobytes()
    assert len(picture.getcolors(1 << 20) or ()) > 100
    for seconds in (-0.1, episode.seconds, 1e6):
        with pytest.raises(storyreel.StoryreelError, match="there is no picture at"):
            episode.frame(seconds)


def test_captions_can_be_left_out_of_the_picture(episode: storyreel.Episode) -> None:
    page = episode.timeline.captions[0]
    seconds = episode.timeline.clock.seconds((page.start + page.end) // 2)
    assert episode.frame(seconds).tobytes() != episode.frame(seconds, captions=False).tobytes()


def test_the_sound_is_a_pydub_segment_as_long_as_the_film(episode: storyreel.Episode) -> None:
    from storyreel.sound.interchange import from_segment

    segment = episode.audio()
    assert (segment.frame_rate, segment.channels) == (48000, 2)
    assert segment.frame_count() == episode.timeline.clock.sample(episode.timeline.length)
    assert segment.rms > 300
    back = from_segment(segment)
    assert np.abs(back - np.clip(episode._master, -1, 1)).max() < 2 / 32768


def test_captions_come_in_the_order_of_time(episode: storyreel.Episode) -> None:
    phrases = episode.captions()
    assert phrases
    assert all(phrase.start < phrase.end <= episode.seconds + 1e-6 for phrase in phrases)
    assert [phrase.start for phrase in phrases] == sorted(phrase.start for phrase in phrases)


def test_a_moviepy_clip_has_the_films_pictures_and_sound(episode: storyreel.Episode) -> None:
    clip = episode.to_clip()
    assert (clip.size, clip.fps, clip.duration) == ((270, 480), RATE, pytest.approx(episode.seconds))
    for frame in (0, 50, episode.timeline.length - 1):
        assert np.array_equal(clip.get_frame(frame / RATE), np.asarray(episode.picture(frame)))
    heard = clip.audio.get_frame(np.arange(48000, 50000) / 48000)
    assert np.abs(heard - episode._master[48000:50000]).max() < 1e-4
    short = clip.subclipped(1, 1.5)
    assert short.duration == pytest.approx(0.5)
    assert np.array_equal(short.get_frame(0), clip.get_frame(1))


def test_a_moviepy_clip_can_be_written_by_moviepy(episode: storyreel.Episode, tmp_path: Path) -> None:
    out = tmp_path / "cut.mp4"
    clip = episode.to_clip().subclipped(1, 1.5)
    clip.write_videofile(str(out), logger=None, codec="libx264", preset="ultrafast", temp_audiofile_path=str(tmp_path))
    with av.open(str(out), "r") as container:
        assert sum(1 for _ in container.decode(video=0)) == RATE // 2
        assert container.streams.audio


def test_the_sheet_shows_every_beat(episode: storyreel.Episode) -> None:
    from storyreel.publish.sheet import cells

    beats = sum(len(scene.beats) or 1 for scene in episode.timeline.scenes)
    assert 10 <= len(cells(episode.timeline)) <= beats
    assert episode.sheet().width > 1000


def test_a_draft_has_all_frames_at_half_the_width(tmp_path: Path) -> None:
    film = excerpt(1080, 1920, "breathe", reveal=False)
    film.render(tmp_path / "draft.mp4", draft=True, cache=False)
    with av.open(str(tmp_path / "draft.mp4"), "r") as container:
        video = container.streams.video[0]
        assert (video.width, video.height, video.frames) == (540, 960, film.timeline.length)
