"""What of a score plays when: sections in a film's order, what is held, where the music stops, and its cadence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.sound import notation
from storyreel.sound.instruments import DRUMS, HELD, INSTRUMENTS
from storyreel.sound.score import Score, Section
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Held

_RING = 1.25
"""Seconds, at least, that the final chord rings; at most a beat more."""
_LATE = 0.1
"""The share of a beat by which a section may come after its moment without waiting for the next beat."""
_BOW = "bow"
"""What holds notes where no instrument of the score can."""
_NEAR = 60
"""The note about which a held chord is laid."""
SILENT = Section(chords="C", parts=(), enter="now")


@dataclass(frozen=True)
class Holding:
    """Notes that are held until a moment (s): their MIDI numbers, and the instrument, of the score's or of all."""

    notes: tuple[int, ...]
    by: str
    until: float


Wanted = tuple[float, str | Holding | None]
"""From when on (s) what is to play: a section, something held, or None: nothing."""


@dataclass(frozen=True)
class Passage:
    """A section as it is played in a film: from when until when (s), its first beat at `start`; or what is held."""

    section: Section
    start: float
    end: float
    tempo: float
    ending: bool = False
    held: Holding | None = None

    @property
    def beat(self) -> float:
        """Seconds a beat."""
        return 60.0 / self.tempo

    @property
    def silent(self) -> bool:
        """Whether nothing plays: the music has stopped, and what rings is damped."""
        return not self.section.parts and self.held is None


def voiced(tones: Sequence[int], near: int) -> list[int]:
    """Tones (semitones above C) as MIDI numbers, each in the octave nearest to `near`: so that hands hardly move."""
    return sorted(near + (tone - near + 5) % 12 - 5 for tone in tones)


def holding(score: Score, what: str, by: str, until: float = math.inf) -> Holding:
    """Something that is to be held: notes (`e5`, `g2 d3`), or a chord (`A7sus4`).

    Raises:
        StoryreelError: it is neither, or nobody can hold it.
    """
    try:
        notes = tuple(notation.pitch(name) for name in what.split())
    except ValueError:
        try:
            chord = notation.chord(what.strip())
        except ValueError:
            raise StoryreelError(f"'{what}' is neither notes nor a chord; write e5, g2 d3, or A7sus4") from None
        notes = (28 + (chord.bass - 4) % 12 + 12, *voiced([chord.root + tone for tone in chord.tones], _NEAR))
    if not notes:
        raise StoryreelError("write what is held: e5, g2 d3, or A7sus4")
    own = {name: instrument.sound for name, instrument in score.instruments.items()}
    known = {**dict.fromkeys(INSTRUMENTS, ""), **own}
    if by and by not in known:
        raise StoryreelError(f"no instrument '{by}'{did_you_mean(by, known)}")
    if by and own.get(by, by) in DRUMS:
        raise StoryreelError(f"'{by}' is a drum, and can't hold notes")
    return Holding(notes, by or next((name for name, sound in own.items() if sound in HELD - {"bass"}), _BOW), until)


def asked_in(score: Score, asked: Sequence[tuple[int, str | Held | None]], clock: Clock) -> list[Wanted]:
    """What a film asks of a score, in seconds.

    Raises:
        StoryreelError: what is to be held can't be.
    """
    made: list[Wanted] = []
    for frame, one in asked:
        at = float(clock.seconds(frame))
        if isinstance(one, Held):
            made.append((at, holding(score, one.what, one.by, float(clock.seconds(one.until)))))
        else:
            made.append((at, one))
    return made


def passages(score: Score, seconds: float, sections: Sequence[Wanted] = ()) -> tuple[Passage, ...]:
    """When each section plays.

    A section begins on the next beat of the one before it, or at once where it says so, and after a silence; the ending
    is laid so that its last bar begins on a beat, 1.25 s before the end or a little earlier. Music that has stopped has
    no ending.

    Raises:
        StoryreelError: the score has no such section.
    """
    wanted = sorted(((max(at, 0.0), one) for at, one in sections), key=lambda pair: pair[0])
    if not wanted or wanted[0][0] > 0:
        wanted.insert(0, (0.0, next(iter(score.sections))))
    made: list[Passage] = []
    for at, one in _let_go(wanted):
        section = _section(score, one)
        start = at
        if made and section.enter == "beat" and made[-1].section.parts:
            before = made[-1]
            start = before.start + max(math.ceil((at - before.start) / before.beat - _LATE), 0) * before.beat
        start = min(start, seconds)
        # What was to begin at the same moment, or later, never does.
        while made and made[-1].start >= start:
            made.pop()
        if made:
            made[-1] = replace(made[-1], end=start)
        if start < seconds:
            held = one if isinstance(one, Holding) else None
            made.append(Passage(section, start, seconds, section.tempo or score.tempo, held=held))
    ending = _ending(score, made[-1], seconds)
    if ending is None:
        return tuple(made)
    return (*(replace(passage, end=min(passage.end, max(ending.start, passage.start))) for passage in made), ending)


def _let_go(wanted: Sequence[Wanted]) -> list[Wanted]:
    """What is wanted, with a silence after everything held that nothing else follows by then."""
    made: list[Wanted] = []
    for number, (at, one) in enumerate(wanted):
        made.append((at, one))
        following = wanted[number + 1][0] if number + 1 < len(wanted) else math.inf
        if isinstance(one, Holding) and one.until < following:
            made.append((max(one.until, at), None))
    return made


def _section(score: Score, one: str | Holding | None) -> Section:
    if not isinstance(one, str):
        return SILENT
    if one not in score.sections:
        raise StoryreelError(f"the music '{score.title}' has no section '{one}'{did_you_mean(one, score.sections)}")
    return score.sections[one]


def _ending(score: Score, last: Passage, seconds: float) -> Passage | None:
    """The ending after the last passage, if there is one and room for it."""
    if score.ending is None or last.silent:
        return None
    lead = (notation.bars(score.ending.chords) - 1) * score.meter
    lands = math.floor((seconds - _RING - last.start) / last.beat)
    if lands < score.meter / 2:
        return None
    start = last.start + (lands - lead) * last.beat
    section = score.ending.model_copy(update={"transpose": score.ending.transpose + last.section.transpose})
    return Passage(section, start, seconds, last.tempo, ending=True)
