"""Plays a score: sections in the order that a film asks for, a cadence at its end, in a small room."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import count

import numpy as np
from numpy.typing import NDArray

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.sound import notation
from storyreel.sound.instruments import DRUMS, note
from storyreel.sound.interchange import Samples
from storyreel.sound.notation import Chord, Written
from storyreel.sound.score import Part, Score, Section
from storyreel.sound.waves import Wave
from storyreel.timeline.clock import SAMPLE_RATE

_CROSS = 0.14
"""Seconds in which a section's notes give way to the next section's."""
_RING = 1.25
"""Seconds, at least, that the final chord rings; at most a beat more."""
_FADE = 0.6
_LATE = 0.1
"""The share of a beat by which a section may come after its moment without waiting for the next beat."""
_PLAYED = 0.003
"""Seconds by which a hand is early or late."""


@dataclass(frozen=True)
class _Event:
    """A note to be played: when (s), on what, its MIDI number, how long it is held (s), how loud."""

    at: float
    by: str
    midi: float
    seconds: float
    gain: float


@dataclass(frozen=True)
class Passage:
    """A section as it is played in a film: from when until when (s), its first beat at `start`."""

    section: Section
    start: float
    end: float
    tempo: float
    ending: bool = False

    @property
    def beat(self) -> float:
        """Seconds a beat."""
        return 60.0 / self.tempo


def passages(score: Score, seconds: float, sections: Sequence[tuple[float, str]] = ()) -> tuple[Passage, ...]:
    """When each section plays.

    A section begins on the next beat of the one before it, or at once where it says so; the ending is laid so that its
    last bar begins on a beat, 1.25 s before the end or a little earlier.

    Raises:
        StoryreelError: the score has no such section.
    """
    wanted = sorted(((max(at, 0.0), name) for at, name in sections), key=lambda pair: pair[0])
    if not wanted or wanted[0][0] > 0:
        wanted.insert(0, (0.0, next(iter(score.sections))))
    made: list[Passage] = []
    for at, name in wanted:
        section = score.sections.get(name)
        if section is None:
            raise StoryreelError(
                f"the music '{score.title}' has no section '{name}'{did_you_mean(name, score.sections)}"
            )
        start = at
        if made and section.enter == "beat":
            before = made[-1]
            start = before.start + max(math.ceil((at - before.start) / before.beat - _LATE), 0) * before.beat
        start = min(start, seconds)
        # What was to begin at the same moment, or later, never does.
        while made and made[-1].start >= start:
            made.pop()
        if made:
            made[-1] = replace(made[-1], end=start)
        if start < seconds:
            made.append(Passage(section, start, seconds, section.tempo or score.tempo))
    ending = _ending(score, made[-1], seconds)
    if ending is None:
        return tuple(made)
    return (*(replace(passage, end=min(passage.end, max(ending.start, passage.start))) for passage in made), ending)


def _ending(score: Score, last: Passage, seconds: float) -> Passage | None:
    """The ending after the last passage, if there is one and room for it."""
    if score.ending is None:
        return None
    lead = (notation.bars(score.ending.chords) - 1) * score.meter
    lands = math.floor((seconds - _RING - last.start) / last.beat)
    if lands < score.meter / 2:
        return None
    start = last.start + (lands - lead) * last.beat
    section = score.ending.model_copy(update={"transpose": score.ending.transpose + last.section.transpose})
    return Passage(section, start, seconds, last.tempo, ending=True)


def _around(written: Sequence[Written], length: int, beats: Fraction) -> Iterator[Written]:
    """Something written, again and again, for so many beats."""
    for turn in count():
        for item in written:
            beat = item.beat + turn * length
            if beat < beats:
                yield Written(beat, item.beats, item.what, item.loud)
        if not written or (turn + 1) * length >= beats:
            return


def _voiced(chord: Chord, near: int) -> list[int]:
    """A chord's tones as MIDI numbers, each in the octave nearest to `near`: so that hands hardly move."""
    return sorted(near + (chord.root + tone - near + 5) % 12 - 5 for tone in chord.tones)


class _Player:
    """Turns one passage into events."""

    def __init__(self, score: Score, passage: Passage, seed: int) -> None:
        self._score, self._passage = score, passage
        self._chords = notation.chords(passage.section.chords, score.meter)
        self._length = notation.bars(passage.section.chords) * score.meter
        self._beats = Fraction((passage.end - passage.start) / passage.beat)
        self._seed = seed

    def _chord(self, beat: Fraction) -> Chord:
        within = beat % self._length
        return next(chord for at, beats, chord in self._chords if at <= within < at + beats)

    def _when(self, beat: Fraction) -> float:
        whole, part = divmod(float(beat), 1)
        swing = self._score.swing
        swung = part * 2 * swing if part < 0.5 else swing + (part - 0.5) * 2 * (1 - swing)
        return self._passage.start + (whole + swung) * self._passage.beat

    def _written(self, part: Part) -> Iterator[tuple[Written, tuple[int, ...]]]:
        """What a part plays: each note with the MIDI numbers that sound."""
        meter, beats = self._score.meter, self._beats
        near = notation.pitch(part.near)
        if part.melody is not None:
            text = self._score.notes(part)
            for item in _around(notation.melody(text, meter), notation.bars(text) * meter, beats):
                yield item, (item.what,)
        elif part.bass is not None:
            for item in _around(notation.degrees(part.bass, meter), notation.bars(part.bass) * meter, beats):
                yield item, (_bass_note(self._chord(item.beat), item.what),)
        elif part.arpeggio is not None:
            for item in _around(notation.degrees(part.arpeggio, meter), notation.bars(part.arpeggio) * meter, beats):
                tones = _voiced(self._chord(item.beat), near)
                octaves, index = divmod(item.what - 1, len(tones))
                yield item, (tones[index] + 12 * octaves,)
        elif part.hold:
            held = [Written(at, length, index) for index, (at, length, _) in enumerate(self._chords)]
            for item in _around(held, self._length, beats):
                rest = beats - item.beat
                last = self._passage.ending and item.what == len(held) - 1
                item = Written(item.beat, rest if last else min(item.beats, rest), item.what)
                yield item, tuple(_voiced(self._chord(item.beat), near))
        else:
            text = part.strum or part.steps or ""
            for item in _around(notation.steps(text, meter), notation.bars(text) * meter, beats):
                yield item, tuple(_voiced(self._chord(item.beat), near)) if part.strum else (0,)

    def events(self) -> Iterator[_Event]:
        """Every note of the passage."""
        section, beat = self._passage.section, self._passage.beat
        for number, part in enumerate(section.parts):
            instrument = self._score.instruments[part.by]
            hand = np.random.default_rng([self._seed, number, zlib.crc32(part.by.encode())])
            lift = section.transpose + 12 * part.octave
            for index, (item, pitches) in enumerate(self._written(part)):
                if self._passage.ending and item.beat >= self._length:
                    break
                level = part.level + section.level + section.swell * min(float(item.beat / self._length), 1.0)
                accent = 1.0 if item.beat % self._score.meter == 0 else 0.92 if item.beat.denominator == 1 else 0.84
                gain = item.loud * accent * (1 + 0.05 * hand.uniform(-1, 1)) * 10 ** (level / 20) / len(pitches) ** 0.5
                at = self._when(item.beat) + (0.0 if item.beat == 0 else _PLAYED * hand.uniform(-1, 1))
                wavering = instrument.detune / 100 * ((index * 2) % 5 - 2) / 2
                drum = instrument.sound in DRUMS
                for place, midi in enumerate(pitches):
                    yield _Event(
                        at + 0.012 * place * (part.strum is not None),
                        part.by,
                        69.0 if drum else midi + lift + wavering,
                        0.0 if drum else round(float(item.beats) * part.gate * beat, 2),
                        gain,
                    )


def _bass_note(chord: Chord, degree: int) -> int:
    """A degree above a chord's bass, between E1 and D#2 for the first; the third and fifth are the chord's own."""
    low = 28 + (chord.bass - 4) % 12
    octaves, step = divmod(degree - 1, 7)
    if step == 0:
        return low + 12 * octaves
    if chord.bass == chord.root and step in (2, 4):
        wanted = (3, 4) if step == 2 else (6, 7, 8)
        return low + 12 * octaves + next((tone for tone in chord.tones if tone in wanted), 4 if step == 2 else 7)
    return low + 12 * octaves + (0, 2, 4, 5, 7, 9, 10)[step]


class _Desk:
    """One mono channel for each instrument, over the whole film."""

    def __init__(self, score: Score, samples: int) -> None:
        self._score = score
        self._channels = {name: np.zeros(samples, dtype=np.float32) for name in score.instruments}
        self._samples = samples

    def play(self, passage: Passage, seed: int) -> None:
        """Adds a passage; its notes ring until the next one takes over."""
        first = max(round(passage.start * SAMPLE_RATE), 0)
        end = self._samples if passage.ending else round((passage.end + _CROSS) * SAMPLE_RATE)
        length = min(end, self._samples) - first
        fade = min(round(_CROSS * SAMPLE_RATE), length)
        own: dict[str, Wave] = {}
        for event in _Player(self._score, passage, seed).events():
            at = round(event.at * SAMPLE_RATE) - first
            if not 0 <= at < length:
                continue
            channel = own.setdefault(event.by, np.zeros(length, dtype=np.float32))
            wave = note(self._score.instruments[event.by].sound, round(event.midi, 3), event.seconds)
            taken = min(len(wave), length - at)
            channel[at : at + taken] += wave[:taken] * np.float32(event.gain)
        for name, channel in own.items():
            if not passage.ending:
                channel[length - fade :] *= np.cos(np.linspace(0, np.pi / 2, fade, dtype=np.float32))
            self._channels[name][first : first + length] += channel

    def mixed(self, beat: float) -> Samples:
        """All channels at their places in the room."""
        from scipy.signal import oaconvolve

        out = np.zeros((2, self._samples), dtype=np.float32)
        sent = np.zeros(self._samples, dtype=np.float32)
        for name, channel in self._channels.items():
            if not channel.any():
                continue
            instrument = self._score.instruments[name]
            channel *= np.float32(10 ** (instrument.level / 20))
            angle = (instrument.pan + 1) * math.pi / 4
            sides = np.array([math.cos(angle), math.sin(angle)], dtype=np.float32) * np.float32(math.sqrt(2))
            out += sides[:, None] * channel
            if instrument.room:
                sent += np.float32(instrument.room) * channel
            if instrument.echo:
                self._echo(out, channel, instrument.echo, beat)
        wet = oaconvolve(sent[None, :], _room(self._score.room), axes=1)[:, : self._samples]
        return np.ascontiguousarray((out + wet).T, dtype=np.float32)

    def _echo(self, out: NDArray[np.float32], channel: Wave, strength: float, beat: float) -> None:
        """Three echoes of three quarters of a beat, from one side and the other."""
        for turn in range(1, 4):
            late = round(turn * 0.75 * beat * SAMPLE_RATE)
            if late < self._samples:
                out[turn % 2, late:] += np.float32(strength**turn) * channel[: self._samples - late]


def _room(seconds: float) -> NDArray[np.float32]:
    """A room's answer to a click, (2, samples): early walls, then a noise that dies away, its treble sooner."""
    random = np.random.default_rng(23)
    length = round(seconds * SAMPLE_RATE)
    t = np.arange(length) / SAMPLE_RATE
    wet = np.zeros((2, length))
    frequency = np.fft.rfftfreq(length, 1 / SAMPLE_RATE)
    for low, high, decay in ((180.0, 1400.0, 5.0), (1400.0, 4200.0, 7.0), (4200.0, 9500.0, 11.0)):
        band = (frequency >= low) & (frequency < high)
        grain = np.fft.irfft(np.fft.rfft(random.standard_normal((2, length)), axis=1) * band, length, axis=1)
        wet += grain * np.exp(-decay * t / seconds)
    wet[:, : round(0.014 * SAMPLE_RATE)] = 0
    for at in (0.009, 0.0137, 0.0211, 0.0293):
        for side in (0, 1):
            wet[side, round((at + 0.0031 * side) * SAMPLE_RATE)] += 6.0 * (0.021 / (at + 0.012))
    return np.asarray(wet / np.sqrt((wet**2).sum(axis=1, keepdims=True)), dtype=np.float32)


def render_score(score: Score, seconds: float, sections: Sequence[tuple[float, str]] = ()) -> Samples:
    """A score played for so many seconds: (samples, 2) float32 at 48 kHz, the same each time.

    Args:
        score: what to play.
        seconds: how long.
        sections: `(second, name)`: from when which section is to play; before the first, the score's first.

    Raises:
        StoryreelError: the score has no such section.
    """
    samples = round(seconds * SAMPLE_RATE)
    if samples <= 0:
        return np.zeros((0, 2), dtype=np.float32)
    desk = _Desk(score, samples)
    for number, passage in enumerate(passages(score, seconds, sections)):
        if passage.end > passage.start:
            desk.play(passage, number)
    made = desk.mixed(60.0 / score.tempo)
    fade = min(round(_FADE * SAMPLE_RATE), samples)
    made[samples - fade :] *= (np.cos(np.linspace(0, np.pi, fade, dtype=np.float32)) * 0.5 + 0.5)[:, None]
    return made
