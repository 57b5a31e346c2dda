"""The first film, rendered whole, as a draft: what is promised of every film is true of it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

import storyreel
from storyreel.publish.contrast import caption_contrast, contrast
from storyreel.sound.interchange import decoded
from storyreel.sound.loudness import loudness, short_loudness, true_peak
from storyreel.sound.mix import stems
from storyreel.timeline.clock import SAMPLE_RATE
from storyreel.timeline.model import PuppetContent
from storyreel.timeline.track import sample

SCENE = Path(__file__).parent.parent / "examples" / "block-the-bullies" / "scene.yaml"
LETTERS = (255, 253, 242)


@pytest.fixture(scope="module")
def episode() -> storyreel.Episode:
    return storyreel.load(SCENE)


@pytest.fixture(scope="module")
def film(episode: storyreel.Episode, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    episode.render(path, cache=False, draft=True)
    return path


def test_contrast_is_wcags() -> None:
    assert contrast((255, 255, 255), (0, 0, 0)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.slow
def test_the_film_is_a_vertical_one_of_half_a_minute(episode: storyreel.Episode, film: Path) -> None:
    with av.open(str(film)) as file:
        video, audio = file.streams.video[0], file.streams.audio[0]
        codec = video.codec_context
        assert (codec.name, codec.profile, codec.pix_fmt) == ("h264", "High", "yuv420p")
        assert (episode.timeline.width, episode.timeline.height) == (1080, 1920)
        assert (video.width, video.height, video.average_rate) == (540, 960, Fraction(30))
        assert (audio.codec_context.name, audio.codec_context.sample_rate) == ("aac", SAMPLE_RATE)
        assert {codec.color_primaries, codec.color_trc, codec.colorspace, codec.color_range} == {1}
        assert video.duration is not None
        assert audio.duration is not None
        seen, heard = float(video.duration * video.time_base), float(audio.duration * audio.time_base)
    assert 20 <= seen <= 35
    assert seen == pytest.approx(episode.seconds, abs=1e-3)
    assert abs(seen - heard) <= 1 / 30


@pytest.mark.slow
def test_players_can_begin_before_the_whole_file_is_there(film: Path) -> None:
    data = film.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


@pytest.mark.slow
def test_the_decoded_film_is_as_loud_as_platforms_want(film: Path) -> None:
    sound = decoded(film)
    assert loudness(sound) == pytest.approx(-14, abs=0.5)
    assert true_peak(sound) <= -1.0


@pytest.mark.slow
def test_captions_lie_beside_the_film_and_nothing_else_does(film: Path) -> None:
    assert sorted(path.name for path in film.parent.iterdir()) == ["film.mp4", "film.srt", "film.vtt"]
    assert "I made a little dance!" in film.with_suffix(".srt").read_text(encoding="utf-8")


@pytest.mark.slow
def test_speech_lies_ten_units_over_the_music_while_somebody_speaks(episode: storyreel.Episode) -> None:
    made = stems(episode.timeline, episode.direction.clips)
    speech, music = short_loudness(made.speech), short_loudness(made.music)
    speaking = speech > loudness(made.speech) - 10

    def mean(levels: np.ndarray) -> float:
        return float(10 * np.log10(np.mean(10 ** (levels[speaking] / 10))))

    assert mean(speech) - mean(music) >= 10


@pytest.mark.slow
def test_mouths_are_open_where_vowels_sound_and_shut_in_silence(episode: storyreel.Episode) -> None:
    from storyreel.puppet.rig import read_rig
    from storyreel.sound.lipsync import openness

    timeline, clock = episode.timeline, episode.timeline.clock
    line, cue = timeline.lines[0], timeline.sound.speech[0]
    scene = timeline.scenes[0]
    layer = next(layer for layer in scene.layers if layer.id == line.speaker)
    assert isinstance(layer.content, PuppetContent)
    shapes = read_rig(Path(layer.content.drawing.path)).mouths
    mouth = dict(layer.channels)["mouth"]
    clip = episode.direction.clips[cue.key]
    first = line.words[0].start
    level = []
    for frame in range(first, line.words[-1].end):
        at = round((clock.sample(frame) - cue.sample) / SAMPLE_RATE * clip.rate)
        window = clip.samples[max(at, 0) : at + clip.rate // 30]
        level.append(float(np.sqrt(np.mean(np.square(window)))) if len(window) else 0.0)
    opened = [openness(shapes[int(sample(mouth, frame))]) for frame in range(first - 3, line.words[-1].end + 3)]
    loud = [i for i, value in enumerate(level) if value > 0.6 * max(level)]
    assert all(max(opened[i + 1 : i + 6]) >= 0.3 for i in loud)
    assert openness(shapes[int(sample(mouth, first - 6))]) < 0.3


@pytest.mark.slow
def test_every_caption_is_readable_and_inside_the_safe_box(episode: storyreel.Episode) -> None:
    timeline = episode.timeline
    left, top, right, bottom = (value * timeline.scale for value in timeline.safe)
    for page in timeline.captions:
        frame = min(page.words[len(page.words) // 2].start + 7, page.end - 1)
        with_it = np.asarray(episode.picture(frame))
        without = np.asarray(episode.picture(frame, captions=False))
        down, across = np.nonzero(np.abs(with_it.astype(int) - without.astype(int)).max(axis=2) > 2)
        text = " ".join(word.text for word in page.words)
        assert left <= across.min() < across.max() <= right, text
        assert top <= down.min() < down.max() <= bottom, text
        assert caption_contrast(with_it, without, LETTERS) >= 4.5, text
