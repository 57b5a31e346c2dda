"""Speech, effects and music as stems, music ducked under speech, and their sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyreel.sound.clip import Speech
from storyreel.sound.interchange import Samples, decoded
from storyreel.sound.loudness import loudness, short_loudness
from storyreel.timeline.clock import SAMPLE_RATE
from storyreel.timeline.model import EffectCue, MusicCue, SpeechCue, Timeline

ABOVE = 11.0
"""LU that speech lies above music while somebody speaks (10 is asked of a film)."""
_ATTACK, _RELEASE, _LOOK = 0.07, 0.38, 0.09
_EFFECTS_DB = -5.0


@dataclass(frozen=True, eq=False)
class Stems:
    """The film's sound in three parts, each stereo float32 at 48 kHz and as long as the film."""

    speech: Samples
    effects: Samples
    music: Samples

    @property
    def total(self) -> Samples:
        """Their sum."""
        return self.speech + self.effects + self.music


def _panned(mono: NDArray[np.float32], pan: float) -> Samples:
    """Constant-power panning: -1 left, 0 centre at unity, 1 right."""
    angle = (pan + 1) * np.pi / 4
    sides = np.array([np.cos(angle), np.sin(angle)], dtype=np.float32) * np.float32(np.sqrt(2))
    return np.asarray(mono[:, None] * sides, dtype=np.float32)


def _lay(stem: Samples, samples: Samples, at: int) -> None:
    end = min(at + len(samples), len(stem))
    if 0 <= at < end:
        stem[at:end] += samples[: end - at]


def speech_stem(cues: tuple[SpeechCue, ...], clips: Mapping[str, Speech], total: int) -> Samples:
    """Every spoken clip at its place."""
    from scipy.signal import resample_poly

    stem = np.zeros((total, 2), dtype=np.float32)
    for cue in cues:
        clip = clips[cue.key]
        fine = resample_poly(clip.samples, SAMPLE_RATE, clip.rate) if clip.rate != SAMPLE_RATE else clip.samples
        gained = np.asarray(fine * 10 ** (cue.gain_db / 20), dtype=np.float32)
        _lay(stem, _panned(gained, cue.pan), cue.sample)
    return stem


def effects_stem(cues: tuple[EffectCue, ...], timeline: Timeline, total: int) -> Samples:
    """Every effect at its frame."""
    from storyreel.sound.effects import EFFECTS, effect

    stem = np.zeros((total, 2), dtype=np.float32)
    for cue in cues:
        sound = effect(cue.effect, cue.seed) if cue.effect in EFFECTS else decoded(Path(cue.effect))
        gained = np.asarray(sound * 10 ** ((cue.gain_db + _EFFECTS_DB) / 20), dtype=np.float32)
        _lay(stem, gained, timeline.clock.sample(cue.frame))
    return stem


def _levels(cue: MusicCue, timeline: Timeline, total: int) -> NDArray[np.float64]:
    """The music's level over time as a factor."""
    marks, values = [0], [cue.level_db]
    for frame, level, frames in cue.changes:
        marks += [timeline.clock.sample(frame), timeline.clock.sample(frame + max(frames, 1))]
        values += [values[-1], level]
    return np.asarray(10 ** (np.interp(np.arange(total), marks, values) / 20))


def music_stem(cue: MusicCue, timeline: Timeline, total: int) -> Samples:
    """The score or file under the film, at its level: a track's own loudness is brought to -14 LUFS first."""
    if Path(cue.track).suffix in ("", ".yaml"):
        from storyreel.sound.score import load_track, render_score

        sections = tuple((timeline.clock.seconds(frame), name) for frame, name in cue.sections)
        sound = render_score(load_track(cue.track), total / SAMPLE_RATE, sections)
    else:
        sound = decoded(Path(cue.track))
        sound = np.tile(sound, (total // len(sound) + 1, 1))
    sound = np.asarray(sound[:total], dtype=np.float32)
    if len(sound) < total:
        sound = np.pad(sound, ((0, total - len(sound)), (0, 0)))
    level = loudness(sound)
    unit = 10 ** ((-14.0 - level) / 20) if np.isfinite(level) else 1.0
    return np.asarray(sound * (unit * _levels(cue, timeline, total))[:, None], dtype=np.float32)


def _duck(speech: Samples, depth_db: float) -> NDArray[np.float64]:
    """A gain that goes down a little before somebody speaks and comes back slowly after."""
    step = SAMPLE_RATE // 200
    frames = speech[: len(speech) // step * step].reshape(-1, step * 2)
    level = np.sqrt(np.mean(np.square(frames, dtype=np.float64), axis=1))
    active = level > 10 ** (-46 / 20)
    look, hold = round(_LOOK * 200), round(0.22 * 200)
    spread = np.convolve(active.astype(float), np.ones(look + hold + 1))[look : look + len(active)] > 0
    down, up = 1 / (_ATTACK * 200), 1 / (_RELEASE * 200)
    gain, state = np.empty(len(spread)), 0.0
    for index, speaking in enumerate(spread):
        state = min(1.0, state + down) if speaking else max(0.0, state - up)
        gain[index] = state
    eased = gain * gain * (3 - 2 * gain)
    curve = np.interp(np.arange(len(speech)) / step, np.arange(len(eased)) + 0.5, eased)
    return np.asarray(10 ** (-depth_db * curve / 20))


def ducked(music: Samples, speech: Samples) -> Samples:
    """Music under speech: as deep as it takes for speech to lie `ABOVE` LU over it while somebody speaks."""
    said, played = short_loudness(speech), short_loudness(music)
    count = min(len(said), len(played))
    speaking = said[:count] > -40
    if not speaking.any():
        return music
    gap = _mean(said[:count][speaking]) - _mean(played[:count][speaking])
    depth = min(max(ABOVE + 1.5 - gap, 2.0), 30.0)
    return np.asarray(music * _duck(speech, depth)[:, None], dtype=np.float32)


def _mean(levels: NDArray[np.float64]) -> float:
    """The mean power of levels, as a level."""
    return float(10 * np.log10(np.mean(10 ** (np.maximum(levels, -90) / 10))))


def stems(timeline: Timeline, clips: Mapping[str, Speech]) -> Stems:
    """The film's three stems, music ducked."""
    total = timeline.clock.sample(timeline.length)
    speech = speech_stem(timeline.sound.speech, clips, total)
    effects = effects_stem(timeline.sound.effects, timeline, total)
    silent = np.zeros((total, 2), dtype=np.float32)
    music = music_stem(timeline.sound.music, timeline, total) if timeline.sound.music else silent
    return Stems(speech, effects, ducked(music, speech))


def mix(timeline: Timeline, clips: Mapping[str, Speech]) -> Samples:
    """The film's sound before mastering: (samples, 2) float32 at 48 kHz."""
    return stems(timeline, clips).total
