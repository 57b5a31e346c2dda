"""Plays a score: sections in the order that a film asks for, a cadence at its end, in a small room."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

import numpy as np
from numpy.typing import NDArray

from storyreel.sound import notation
from storyreel.sound.arrangement import Holding, Passage, Wanted, passages, voiced
from storyreel.sound.instruments import DRUMS, HELD, note
from storyreel.sound.notation import Chord, Written
from storyreel.sound.score import Instrument, Part, Score
from storyreel.sound.tape import Samples
from storyreel.sound.waves import Wave
from storyreel.timeline.clock import SAMPLE_RATE

_CROSS = 0.14
"""Seconds in which a section's notes give way to the next section's."""
_FADE = 0.6
_DAMPED = 0.03
"""Seconds in which what rings is damped where the music stops."""
_HELD_GAIN, _GUEST_DB = 0.8, -6.0
_LONGEST_HOLD = 60.0
"""Seconds that a note is held at most."""
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
    return voiced([chord.root + tone for tone in chord.tones], near)


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
        if self._passage.held is not None:
            yield from self._held(self._passage.held)
            return
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
                drum, held = instrument.sound in DRUMS, instrument.sound in HELD
                for place, midi in enumerate(pitches):
                    yield _Event(
                        at + 0.012 * place * (part.strum is not None),
                        part.by,
                        69.0 if drum else midi + lift + wavering,
                        round(float(item.beats) * part.gate * beat, 2) if held else 0.0,
                        gain,
                    )

    def _held(self, held: Holding) -> Iterator[_Event]:
        seconds = round(min(self._passage.end - self._passage.start, _LONGEST_HOLD), 2)
        for midi in held.notes:
            yield _Event(self._passage.start, held.by, midi, seconds, _HELD_GAIN / len(held.notes) ** 0.5)


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


class _Playing:
    """A passage while it is played, span by span; its notes ring until the next one takes over."""

    def __init__(self, score: Score, passage: Passage, seed: int, samples: int, cross: float = _CROSS) -> None:
        self._first = max(round(passage.start * SAMPLE_RATE), 0)
        end = samples if passage.ending else round((passage.end + cross) * SAMPLE_RATE)
        self.end = max(min(end, samples), self._first)
        fade = 0 if passage.ending else min(round(cross * SAMPLE_RATE), self.end - self._first)
        self._fade = np.cos(np.linspace(0, np.pi / 2, fade, dtype=np.float32))
        self._score = score
        self._waiting = sorted(
            (event for event in _Player(score, passage, seed).events() if self._first <= _sample(event) < self.end),
            key=_sample,
            reverse=True,
        )
        self._ringing: list[tuple[_Event, int, Wave]] = []

    def play(self, channels: dict[str, Wave], first: int, end: int) -> None:
        """Adds what it plays from one sample to another to the instruments' channels, which begin at the first."""
        while self._waiting and _sample(self._waiting[-1]) < end:
            event = self._waiting.pop()
            made = note(self._score.instruments[event.by].sound, round(event.midi, 3), event.seconds)
            self._ringing.append((event, _sample(event), made))
        end = min(end, self.end)
        own: dict[str, Wave] = {}
        for event, at, wave in self._ringing:
            start, stop = max(at, first), min(at + len(wave), end)
            if start < stop:
                if event.by not in own:
                    own[event.by] = np.zeros(end - first, dtype=np.float32)
                own[event.by][start - first : stop - first] += wave[start - at : stop - at] * np.float32(event.gain)
        self._ringing = [(event, at, wave) for event, at, wave in self._ringing if at + len(wave) > end]
        fading = self.end - len(self._fade)
        for name, channel in own.items():
            if end > fading:
                start = max(fading, first)
                channel[start - first :] *= self._fade[start - fading : end - fading]
            channels[name][: end - first] += channel


def _sample(event: _Event) -> int:
    """The film's sample on which a note begins."""
    return round(event.at * SAMPLE_RATE)


class _Hall:
    """A room that answers what is sent into it, span by span; what rings on is kept for the spans after.

    Convolution by overlap and add (Oppenheim and Schafer, Discrete-Time Signal Processing, 8.7).
    """

    def __init__(self, seconds: float) -> None:
        room = _room(seconds)
        self._size = 1 << (2 * room.shape[1] - 1).bit_length()
        self.span = self._size - room.shape[1] + 1
        """How many samples it takes at once."""
        self._room = np.fft.rfft(room, self._size)
        self._tail = np.zeros((2, room.shape[1] - 1), dtype=np.float32)

    def wet(self, sent: Wave) -> NDArray[np.float32]:
        """What comes back, (2, samples), while so much is sent: a whole span, or the last one's rest."""
        made = np.zeros((2, self._size), dtype=np.float32)
        if sent.any():
            spectrum = np.fft.rfft(sent, self._size)
            for side in (0, 1):
                made[side] = np.fft.irfft(spectrum * self._room[side], self._size)
        made[:, : self._tail.shape[1]] += self._tail
        self._tail = made[:, len(sent) :][:, : self._tail.shape[1]].copy()
        return made[:, : len(sent)]


class _Desk:
    """One mono channel for each instrument, and where each goes: to its place, to the echo, into the room."""

    def __init__(self, score: Score) -> None:
        self._score = score
        self._hall = _Hall(score.room)
        self.span = self._hall.span
        beat = 60.0 / score.tempo
        self._late = [round(turn * 0.75 * beat * SAMPLE_RATE) for turn in range(1, 4)]
        """Three echoes of three quarters of a beat, from one side and the other."""
        self._heard = {
            name: np.zeros(self._late[-1], dtype=np.float32)
            for name, instrument in score.instruments.items()
            if instrument.echo
        }

    def mixed(self, channels: dict[str, Wave], length: int) -> Samples:
        """The next so many samples of all channels."""
        out = np.zeros((2, length), dtype=np.float32)
        sent = np.zeros(length, dtype=np.float32)
        for name, channel in channels.items():
            instrument = self._score.instruments[name]
            heard = self._heard.get(name)
            if not channel.any() and (heard is None or not heard.any()):
                continue
            if instrument.bits is not None:
                channel = np.round(channel * 2 ** (instrument.bits - 1)) / np.float32(2 ** (instrument.bits - 1))
            channel *= np.float32(10 ** (instrument.level / 20))
            angle = (instrument.pan + 1) * math.pi / 4
            for side, share in enumerate((math.cos(angle), math.sin(angle))):
                out[side] += np.float32(share * math.sqrt(2)) * channel
            if instrument.room:
                sent += np.float32(instrument.room) * channel
            if heard is not None:
                so_far = np.concatenate([heard, channel])
                for turn, late in enumerate(self._late, 1):
                    start = len(heard) - late
                    out[turn % 2] += np.float32(instrument.echo**turn) * so_far[start : start + length]
                self._heard[name] = so_far[len(so_far) - len(heard) :]
        return np.ascontiguousarray((out + self._hall.wet(sent)).T)


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


def _with_guests(score: Score, found: Sequence[Passage]) -> Score:
    """A score whose band has the instruments, too, that hold something and aren't in it."""
    guests = {passage.held.by for passage in found if passage.held is not None} - score.instruments.keys()
    if not guests:
        return score
    band = {name: Instrument(sound=name, level=_GUEST_DB, room=0.3) for name in sorted(guests)}
    return score.model_copy(update={"instruments": {**score.instruments, **band}})


def performed(score: Score, samples: int, sections: Sequence[Wanted] = ()) -> Iterator[Samples]:
    """A score played for so many samples, in pieces of some seconds: (n, 2) float32 at 48 kHz, the same each time.

    Args:
        score: what to play.
        samples: how long.
        sections: from when which section is to play, or what is held; before the first, the score's first.

    Raises:
        StoryreelError: the score has no such section.
    """
    if samples <= 0:
        return
    found = passages(score, samples / SAMPLE_RATE, sections)
    stops = {passage.start for passage in found if passage.silent}
    coming = [(number, passage) for number, passage in enumerate(found) if passage.end > passage.start][::-1]
    score = _with_guests(score, found)
    desk = _Desk(score)
    fade = min(round(_FADE * SAMPLE_RATE), samples)
    ramp = (np.cos(np.linspace(0, np.pi, fade, dtype=np.float32)) * 0.5 + 0.5)[:, None]
    playing: list[_Playing] = []
    for first in range(0, samples, desk.span):
        end = min(first + desk.span, samples)
        while coming and round(coming[-1][1].start * SAMPLE_RATE) < end:
            number, passage = coming.pop()
            cross = _DAMPED if passage.end in stops else _CROSS
            playing.append(_Playing(score, passage, number, samples, cross))
        channels = {name: np.zeros(end - first, dtype=np.float32) for name in score.instruments}
        for passage_playing in playing:
            passage_playing.play(channels, first, end)
        playing = [one for one in playing if one.end > end]
        made = desk.mixed(channels, end - first)
        fading = end - (samples - fade)
        if fading > 0:
            shared = min(fading, len(made))
            made[len(made) - shared :] *= ramp[fading - shared : fading]
        yield made


def render_score(score: Score, seconds: float, sections: Sequence[Wanted] = ()) -> Samples:
    """A score played for so many seconds, whole, as `performed` gives it.

    Raises:
        StoryreelError: as `performed`.
    """
    silence = np.zeros((0, 2), dtype=np.float32)
    return np.concatenate([silence, *performed(score, round(seconds * SAMPLE_RATE), sections)])
