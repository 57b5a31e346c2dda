"""Music declared as data: tempo, chords, a melody to hum, sections that follow a story; rendered to samples."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.sound.instruments import INSTRUMENTS, note
from storyreel.timeline.clock import SAMPLE_RATE

_TRACKS = Path(__file__).parent / "tracks"
_STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_NOTE = re.compile(r"([A-G])([#b]?)(\d)")
_CHORD = re.compile(r"([A-G])([#b]?)(m|7|m7|maj7|sus4|dim)?")
_SHAPES = {
    "": (0, 4, 7),
    "m": (0, 3, 7),
    "7": (0, 4, 10),
    "m7": (0, 3, 10),
    "maj7": (0, 4, 11),
    "sus4": (0, 5, 7),
    "dim": (0, 3, 6),
}
_BAR = 4
_CROSS = 0.09
_RING = 1.7
_PANS = {"marimba": 0.32, "shaker": -0.4, "clap": 0.15, "tick": -0.3, "box": -0.12}
_GAINS = {
    "box": 0.5,
    "marimba": 0.34,
    "bass": 0.42,
    "pad": 0.17,
    "brass": 0.3,
    "kick": 0.62,
    "clap": 0.3,
    "shaker": 0.2,
}


def pitch(name: str) -> int:
    """The MIDI number of a note such as `E5` or `G#4`.

    Raises:
        ValueError: it is no note.
    """
    match = _NOTE.fullmatch(name)
    if match is None:
        raise ValueError(f"'{name}' is no note; write E5, G#4, Bb3")
    return 12 * (int(match[3]) + 1) + _STEPS[match[1]] + {"#": 1, "b": -1, "": 0}[match[2]]


def chord(name: str) -> tuple[int, tuple[int, ...]]:
    """A chord's root (0 to 11) and its tones above it.

    Raises:
        ValueError: it is no chord.
    """
    match = _CHORD.fullmatch(name)
    if match is None:
        raise ValueError(f"'{name}' is no chord; write C, Am, G7, F#m, Dsus4")
    return (_STEPS[match[1]] + {"#": 1, "b": -1, "": 0}[match[2]]) % 12, _SHAPES[match[3] or ""]


class Section(BaseModel):
    """A stretch of music that repeats for as long as its part of the story lasts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    chords: tuple[str, ...] = Field(min_length=1, description="A chord a bar; two in one entry take half a bar each.")
    melody: str = Field("", description="Notes as note/beats: E5/.5; - is a rest.")
    lead: str = Field("box", description="The instrument of the melody.")
    lead_gain: float = Field(1.0, ge=0, le=2, description="How loud the melody is.")
    tempo: float | None = Field(None, gt=30, lt=260, description="Beats a minute, where it differs from the track's.")
    transpose: int = Field(0, ge=-12, le=12, description="Semitones up.")
    detune: float = Field(0.0, ge=0, le=50, description="How far the melody is out of tune, in cents.")
    parts: dict[str, float] = Field({}, description="The accompaniment: instruments and how loud they are.")

    @field_validator("chords")
    @classmethod
    def _chords(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for bar in value:
            for name in bar.split():
                chord(name)
        return value

    @field_validator("melody")
    @classmethod
    def _melody(cls, value: str) -> str:
        _notes(value)
        return value

    @field_validator("parts")
    @classmethod
    def _parts(cls, value: dict[str, float]) -> dict[str, float]:
        for name in value:
            if name not in INSTRUMENTS:
                raise ValueError(f"no instrument '{name}'{did_you_mean(name, INSTRUMENTS)}")
        return value


class Score(BaseModel):
    """A piece of music in sections."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    tempo: float = Field(gt=30, lt=260, description="Beats a minute.")
    ending: str = Field("C", description="The chord that it ends on.")
    sections: dict[str, Section] = Field(min_length=1)


def _notes(text: str) -> list[tuple[int | None, float]]:
    """(MIDI number or None for a rest, beats) of a melody."""
    found: list[tuple[int | None, float]] = []
    for token in text.split():
        name, _, beats = token.partition("/")
        found.append((None if name == "-" else pitch(name), float(beats or 1)))
    return found


def track_names() -> tuple[str, ...]:
    """The tracks that ship."""
    return tuple(sorted(path.stem for path in _TRACKS.glob("*.yaml")))


def load_track(name: str) -> Score:
    """A shipped track by name, or a score file (`.yaml`) by path.

    Raises:
        StoryreelError: there is no such track, or the file is no score.
    """
    path = Path(name) if name.endswith(".yaml") else _TRACKS / f"{name}.yaml"
    if not path.is_file():
        raise StoryreelError(f"no music track '{name}'{did_you_mean(name, track_names())}")
    try:
        return Score.model_validate(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise StoryreelError(f"{path.name}: {place}: {first['msg']}") from None
    except YAMLError as error:
        raise StoryreelError(f"{path.name} is no YAML: {error}") from None


@dataclass(frozen=True)
class _Event:
    """A note to be played: when (seconds), on what, which, how long, how loud."""

    at: float
    instrument: str
    midi: float
    seconds: float
    gain: float


def _bar_events(
    section: Section, chords: Sequence[tuple[int, tuple[int, ...]]], at: float, beat: float
) -> list[_Event]:
    """The accompaniment of one bar."""
    events: list[_Event] = []
    parts = section.parts
    span = _BAR / len(chords)
    for index, (root, tones) in enumerate(chords):
        start = at + index * span * beat
        root += section.transpose
        low = 36 + root % 12
        voicing = [57 + (root + tone - 9) % 12 for tone in tones]
        if "pad" in parts:
            events += [_Event(start, "pad", midi, span * beat, parts["pad"]) for midi in voicing]
        if "bass" in parts:
            events.append(_Event(start, "bass", low, beat * 0.9, parts["bass"]))
            if span >= 4:
                events.append(_Event(start + 1.5 * beat, "bass", low, beat * 0.4, parts["bass"] * 0.7))
                events.append(_Event(start + 2 * beat, "bass", low + 7, beat * 0.9, parts["bass"] * 0.85))
        if "marimba" in parts:
            for step in range(int(span * 2)):
                if step % 2:
                    events += [
                        _Event(start + step * beat / 2, "marimba", m + 12, 0.3, parts["marimba"]) for m in voicing
                    ]
        if "box" in parts:
            for step in range(int(span * 4)):
                tone = voicing[(0, 1, 2, 1)[step % 4]] + 24
                events.append(
                    _Event(start + step * beat / 4, "box", tone, 0.3, parts["box"] * (0.5 if step % 4 else 0.8))
                )
    for step in range(_BAR * 2):
        now = at + step * beat / 2
        if "kick" in parts and step in (0, 4, 5):
            events.append(_Event(now, "kick", 0, 0.2, parts["kick"] * (0.7 if step == 5 else 1)))
        if "clap" in parts and step in (2, 6):
            events.append(_Event(now, "clap", 0, 0.2, parts["clap"]))
        if "shaker" in parts:
            events.append(_Event(now, "shaker", 0, 0.1, parts["shaker"] * (1 if step % 2 else 0.55)))
        if "tick" in parts and step % 2 == 0:
            events.append(_Event(now, "tick", 0, 0.1, parts["tick"]))
    return events


def _section_events(score: Score, section: Section, seconds: float) -> list[_Event]:
    """Everything a section plays in so many seconds, round and round."""
    beat = 60 / (section.tempo or score.tempo)
    bars = [[chord(name) for name in bar.split()] for bar in section.chords]
    events: list[_Event] = []
    at, number = 0.0, 0
    while at < seconds:
        events += _bar_events(section, bars[number % len(bars)], at, beat)
        at, number = at + _BAR * beat, number + 1
    melody = _notes(section.melody)
    at, index = 0.0, 0
    while melody and at < seconds:
        midi, beats = melody[index % len(melody)]
        if midi is not None:
            drift = section.detune / 100 * (1 if index % 2 else -0.6)
            lead = _Event(at, section.lead, midi + section.transpose + drift, beats * beat * 0.92, section.lead_gain)
            events.append(lead)
        at, index = at + beats * beat, index + 1
    return events


def _play(events: Sequence[_Event], seconds: float) -> NDArray[np.float32]:
    """Events as stereo samples; `seconds` without the tails that ring past it."""
    out = np.zeros((int((seconds + 2.2) * SAMPLE_RATE), 2), dtype=np.float32)
    for event in events:
        if event.at >= seconds:
            continue
        wave = note(event.instrument, round(event.midi, 3), round(event.seconds, 3))
        start = int(event.at * SAMPLE_RATE)
        end = min(start + len(wave), len(out))
        angle = (_PANS.get(event.instrument, 0.0) + 1) * np.pi / 4
        gain = event.gain * _GAINS.get(event.instrument, 0.3) * np.sqrt(2)
        sides = np.array([gain * np.cos(angle), gain * np.sin(angle)], dtype=np.float32)
        out[start:end] += wave[: end - start, None] * sides
    return out


def _room(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """A small bright room: a decaying noise, convolved and laid under."""
    from scipy.signal import fftconvolve

    count = int(0.9 * SAMPLE_RATE)
    random = np.random.default_rng(11)
    tail = random.standard_normal((count, 2)) * np.exp(-6.5 * np.arange(count) / SAMPLE_RATE)[:, None]
    tail[: int(0.012 * SAMPLE_RATE)] = 0
    wet = fftconvolve(samples, tail.astype(np.float32) * 0.0075, axes=0)[: len(samples)]
    return np.asarray(samples + wet, dtype=np.float32)


def render_score(score: Score, seconds: float, sections: Sequence[tuple[float, str]] = ()) -> NDArray[np.float32]:
    """A score as samples: stereo float32 at 48 kHz, `seconds` long.

    Args:
        score: what to play.
        seconds: how long the film is.
        sections: from when (seconds) which section plays; each begins on its first beat then. Without any, the
            first section plays throughout. The last notes give way to the final chord, which rings out to the end.

    Raises:
        StoryreelError: a section is not in the score.
    """
    marks = [(max(at, 0.0), name) for at, name in sections] or [(0.0, next(iter(score.sections)))]
    for _, name in marks:
        if name not in score.sections:
            raise StoryreelError(f"the track has no section '{name}'{did_you_mean(name, score.sections)}")
    if marks[0][0] > 0:
        marks.insert(0, (0.0, next(iter(score.sections))))
    total = round(seconds * SAMPLE_RATE)
    out = np.zeros((total, 2), dtype=np.float32)
    finish = max(seconds - _RING, 0.0)
    for index, (at, name) in enumerate(marks):
        last = index + 1 == len(marks)
        until = finish if last else min(marks[index + 1][0], finish)
        if until <= at:
            continue
        played = _play(_section_events(score, score.sections[name], until - at), until - at)
        keep = round((until - at + (0.6 if last else _CROSS)) * SAMPLE_RATE)
        played = played[:keep]
        fade = min(round((0.5 if last else _CROSS) * SAMPLE_RATE), len(played))
        played[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)[:, None]
        start = round(at * SAMPLE_RATE)
        end = min(start + len(played), total)
        out[start:end] += played[: end - start]
    _finish(out, score, finish)
    made = _room(out)
    fade = min(round(0.25 * SAMPLE_RATE), total)
    made[total - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)[:, None]
    return made


def _finish(out: NDArray[np.float32], score: Score, at: float) -> None:
    """The last chord: rolled upwards on the music box over a low root."""
    root, tones = chord(score.ending)
    rolled = [root + 48, *(60 + (root + tone) % 12 for tone in tones), root + 72, root + 84]
    events = [_Event(0.045 * i, "box", midi, 1.2, 0.8) for i, midi in enumerate(rolled)]
    events += [_Event(0.0, "bass", 36 + root % 12, 1.1, 0.8)]
    events += [_Event(0.0, "pad", 57 + (root + tone - 9) % 12, 1.0, 0.4) for tone in tones]
    chord_samples = _play(events, 1.5)
    start = round(at * SAMPLE_RATE)
    end = min(start + len(chord_samples), len(out))
    out[start:end] += chord_samples[: end - start]
