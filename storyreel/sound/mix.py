"""Speech, effects and music as stems, the music ducked under the speech, and their sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyreel.sound.clip import Speech
from storyreel.sound.interchange import Samples, decoded
from storyreel.sound.loudness import loudness, lufs, weighted_energy
from storyreel.timeline.clock import SAMPLE_RATE, Clock
from storyreel.timeline.model import EffectCue, MusicCue, SpeechCue, Timeline

ABOVE = 13.0
"""LU that speech is given above music while somebody speaks; a film owes its listeners 10."""
EFFECTS_ABOVE = 4.0
"""LU that speech is given above effects at their loudest."""
_STEP = SAMPLE_RATE // 100
_AHEAD, _AFTER = 0.08, 0.35
"""Seconds in which music goes down before a word, and comes back after the last."""
_EARLY, _HOLD = 0.1, 0.2
"""Seconds that it is down already before the first word, and stays down after the last."""
_BREATH = 0.5
"""Pauses up to this (s) are part of what is said: music that jumps up in between would be heard as pumping."""
_HEARD = 10 ** (-28 / 10)
"""What counts as speech, as a share of its mean energy."""


@dataclass(frozen=True, eq=False)
class Stems:
    """The film's sound in three parts, each (samples, 2) float32 at 48 kHz and as long as the film."""

    speech: Samples
    effects: Samples
    music: Samples

    @property
    def total(self) -> Samples:
        """Their sum."""
        return self.speech + self.effects + self.music


def _sides(pan: float) -> NDArray[np.float32]:
    """What each side gets of a sound, at equal power: -1 left, 1 right, and 1 for both in the middle."""
    angle = (pan + 1) * np.pi / 4
    return np.asarray([np.cos(angle), np.sin(angle)], dtype=np.float32) * np.float32(np.sqrt(2))


def _lay(stem: Samples, samples: NDArray[np.float32], at: int, gain_db: float, pan: float) -> None:
    """Adds mono or stereo samples to a stem from a sample on; what is outside the stem is cut off."""
    sound = samples[:, None] if samples.ndim == 1 else samples
    first, end = max(at, 0), min(at + len(sound), len(stem))
    if first < end:
        stem[first:end] += sound[first - at : end - at] * (_sides(pan) * np.float32(10 ** (gain_db / 20)))


def speech_stem(cues: tuple[SpeechCue, ...], clips: Mapping[str, Speech], total: int) -> Samples:
    """Every spoken clip at its place, brought to 48 kHz; `total` is the stem's length in samples."""
    from scipy.signal import resample_poly

    stem = np.zeros((total, 2), dtype=np.float32)
    for cue in cues:
        clip = clips[cue.key]
        fine = clip.samples if clip.rate == SAMPLE_RATE else resample_poly(clip.samples, SAMPLE_RATE, clip.rate)
        _lay(stem, np.asarray(fine, dtype=np.float32), cue.sample, cue.gain_db, cue.pan)
    return stem


def effects_stem(cues: tuple[EffectCue, ...], clock: Clock, total: int) -> Samples:
    """Every effect at its frame: a shipped one by its name, a file by its path.

    Raises:
        StoryreelError: a file can't be read.
    """
    from storyreel.sound.effects import EFFECTS, effect

    files = {cue.effect: decoded(Path(cue.effect)) for cue in cues if cue.effect not in EFFECTS}
    stem = np.zeros((total, 2), dtype=np.float32)
    for cue in cues:
        sound = files[cue.effect] if cue.effect in files else effect(cue.effect, cue.seed)
        _lay(stem, sound, clock.sample(cue.frame), cue.gain_db, cue.pan)
    return stem


def _track(cue: MusicCue, clock: Clock, total: int) -> Samples:
    """A score played for as long as the film, or a file, repeated where it is too short and faded out at the end."""
    from storyreel.sound.score import is_score, load_track

    if is_score(cue.track):
        from storyreel.sound.performance import render_score

        sections = tuple((clock.seconds(frame), name) for frame, name in cue.sections)
        return render_score(load_track(cue.track), total / SAMPLE_RATE, sections)[:total]
    sound = decoded(Path(cue.track))
    made = np.tile(sound, (-(-total // len(sound)), 1))[:total]
    fade = min(SAMPLE_RATE, total)
    made[total - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)[:, None]
    return made


def music_stem(cue: MusicCue, clock: Clock, total: int) -> Samples:
    """The music at its level: as a whole it is as loud as the cue's `level_db` says, in LUFS, before any ducking.

    Raises:
        StoryreelError: the track can't be read, or lacks a section.
    """
    sound = _track(cue, clock, total)
    found = loudness(sound)
    if not np.isfinite(found):
        return sound
    if not cue.changes:
        return np.asarray(sound * np.float32(10 ** ((cue.level_db - found) / 20)), dtype=np.float32)
    at, level = [0.0], [cue.level_db]
    for frame, goal, frames in sorted(cue.changes):
        first = max(float(clock.sample(frame)), at[-1])
        at += [first, first + max(clock.sample(frames), 1)]
        level += [level[-1], goal]
    curve = 10 ** ((np.interp(np.arange(total), at, level) - found) / 20)
    return np.asarray(sound * curve.astype(np.float32)[:, None], dtype=np.float32)


def spoken(energy: NDArray[np.float64]) -> list[tuple[int, int]]:
    """From when to when somebody speaks, in steps of 10 ms (half-open), from the speech's energy a step."""
    if not energy.any():
        return []
    heard = np.flatnonzero(energy > _HEARD * energy[energy > 0].mean())
    breaks = np.flatnonzero(np.diff(heard) > _BREATH * 100)
    firsts, lasts = np.concatenate([[0], breaks + 1]), np.concatenate([breaks, [len(heard) - 1]])
    return [(int(heard[a]), int(heard[b]) + 1) for a, b in zip(firsts, lasts, strict=True)]


def _loudest(energy: NDArray[np.float64]) -> float:
    """The loudness (LUFS) that nine tenths of a stretch's windows of 400 ms stay under."""
    window = min(40, len(energy))
    return lufs(float(np.quantile(np.convolve(energy, np.full(window, 1 / window), mode="valid"), 0.9)))


def ducked(music: Samples, speech: Samples, above: float = ABOVE) -> Samples:
    """Music (or any other sound) that makes way for speech.

    Each stretch of speech is measured against what is beneath it (BS.1770 energies), and that goes down by what is
    missing to `above` (LU): it is down when the first word begins, and comes back slowly after the last.
    """
    said, played = weighted_energy(speech, _STEP), weighted_energy(music, _STEP)
    steps = np.arange(len(said), dtype=np.float64) / 100
    down = np.zeros(len(said))
    for first, end in spoken(said):
        under = played[first:end]
        if not under.any():
            continue
        depth = above - (lufs(float(said[first:end].mean())) - _loudest(under))
        if depth > 0:
            falling = 1 - (first / 100 - _EARLY - steps) / _AHEAD
            rising = 1 - (steps - end / 100 - _HOLD) / _AFTER
            ramp = np.minimum(falling, rising)
            eased = np.clip(ramp, 0, 1)
            np.maximum(down, depth * eased * eased * (3 - 2 * eased), out=down)
    if not down.any():
        return music
    curve = np.interp(np.arange(len(music)), (np.arange(len(down)) + 0.5) * _STEP, 10 ** (-down / 20))
    return np.asarray(music * curve.astype(np.float32)[:, None], dtype=np.float32)


def stems(timeline: Timeline, clips: Mapping[str, Speech]) -> Stems:
    """The film's three stems, music and effects ducked; `clips` holds the spoken clips by the keys of their cues.

    Raises:
        StoryreelError: a file that the timeline names can't be read, or the music lacks a section.
    """
    sound, clock = timeline.sound, timeline.clock
    total = clock.sample(timeline.length)
    speech = speech_stem(sound.speech, clips, total)
    effects = ducked(effects_stem(sound.effects, clock, total), speech, EFFECTS_ABOVE)
    if sound.music is None:
        return Stems(speech, effects, np.zeros((total, 2), dtype=np.float32))
    return Stems(speech, effects, ducked(music_stem(sound.music, clock, total), speech))


def mix(timeline: Timeline, clips: Mapping[str, Speech]) -> Samples:
    """The film's sound before mastering: (samples, 2) float32 at 48 kHz.

    Raises:
        StoryreelError: as `stems`.
    """
    return stems(timeline, clips).total
