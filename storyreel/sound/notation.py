"""How music is written in text: notes, chords, degrees and steps.

melody     e5/8 g5 c6/4. | r/2 ~     a note and its length (1 whole, 2, 4, 8, 16; a dot lengthens by half); a length
                                     stays until another is given; `r` rests, `~` holds the note before; `|` ends a bar
chords     C | Am7 | F G | G7/B      what one bar holds is shared out evenly
degrees    1/8 3 5 8                 as a melody, but counted in the chord that sounds
steps      x...x.X. | x.-.           one sign a step, as many steps a bar as are written: `x` plays, `X` louder,
                                     `o` softer, `-` holds on, `.` is silent
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

_NATURALS = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
_SIGNS = {"": 0, "#": 1, "b": -1}
_TOKEN = re.compile(r"(?P<what>[^/\s]+)(?:/(?P<length>\d+)(?P<dot>\.?))?")
_NOTE = re.compile(r"(?P<name>[a-gA-G])(?P<sign>[#b]?)(?P<octave>\d)")
_CHORD = re.compile(r"(?P<root>[A-G][#b]?)(?P<kind>[^/]*)(?:/(?P<bass>[A-G][#b]?))?")
_KINDS = {
    "": (0, 4, 7),
    "m": (0, 3, 7),
    "dim": (0, 3, 6),
    "aug": (0, 4, 8),
    "sus2": (0, 2, 7),
    "sus4": (0, 5, 7),
    "6": (0, 4, 7, 9),
    "m6": (0, 3, 7, 9),
    "7": (0, 4, 7, 10),
    "m7": (0, 3, 7, 10),
    "maj7": (0, 4, 7, 11),
    "7sus4": (0, 5, 7, 10),
    "add9": (0, 2, 4, 7),
    "9": (0, 2, 4, 7, 10),
    "m9": (0, 2, 3, 7, 10),
    "maj9": (0, 2, 4, 7, 11),
}
_LOUD = {"x": 1.0, "X": 1.3, "o": 0.6}


@dataclass(frozen=True)
class Chord:
    """A chord: its root and its bass (0 to 11, C is 0) and its tones in semitones above the root."""

    root: int
    tones: tuple[int, ...]
    bass: int


@dataclass(frozen=True)
class Written:
    """Something that is played: from which beat, for how many, what (a MIDI number, a degree, …), how loud."""

    beat: Fraction
    beats: Fraction
    what: int
    loud: float = 1.0


def pitch(name: str) -> int:
    """The MIDI number of a note, e.g. `c4` (60), `f#5`, `bb3`.

    Raises:
        ValueError: it is no note.
    """
    found = _NOTE.fullmatch(name)
    if found is None:
        raise ValueError(f"'{name}' is no note; write c4, f#5, bb3, or r for a rest")
    return 12 * (int(found["octave"]) + 1) + _NATURALS[found["name"].lower()] + _SIGNS[found["sign"]]


def pitch_name(number: int) -> str:
    """The name of a note by its MIDI number, between c0 and b9: 61 is `c#4`; one that is beyond them is an octave off
    and within."""
    while not 12 <= number < 132:
        number += 12 if number < 12 else -12
    octave, step = divmod(number, 12)
    name = max((name for name, first in _NATURALS.items() if first <= step), key=lambda name: _NATURALS[name])
    return f"{name}{'#' * (step - _NATURALS[name])}{octave - 1}"


def _class(name: str) -> int:
    return (_NATURALS[name[0].lower()] + _SIGNS[name[1:]]) % 12


def chord(name: str) -> Chord:
    """A chord by its name, e.g. `C`, `F#m7`, `Gsus4`, `D/F#`.

    Raises:
        ValueError: it is no chord.
    """
    found = _CHORD.fullmatch(name)
    if found is None or found["kind"] not in _KINDS:
        raise ValueError(
            f"'{name}' is no chord; write C, Am, F#m7, Gsus4, D/F#; kinds: {', '.join(filter(None, _KINDS))}"
        )
    return Chord(_class(found["root"]), _KINDS[found["kind"]], _class(found["bass"] or found["root"]))


def chords(text: str, meter: int) -> tuple[tuple[Fraction, Fraction, Chord], ...]:
    """Chords as (first beat, beats, chord), with `meter` beats to the bar.

    Raises:
        ValueError: a bar is empty, or holds something that is no chord.
    """
    made: list[tuple[Fraction, Fraction, Chord]] = []
    for number, bar in enumerate(_bars(text)):
        names = bar.split()
        if not names:
            raise ValueError(f"bar {number + 1} has no chord")
        share = Fraction(meter, len(names))
        made += [(number * meter + index * share, share, chord(name)) for index, name in enumerate(names)]
    return tuple(made)


def _bars(text: str) -> list[str]:
    return text.strip().strip("|").split("|")


def melody(text: str, meter: int) -> tuple[Written, ...]:
    """A melody's notes.

    Raises:
        ValueError: something is no note, or a bar has not as many beats as it should.
    """
    return _lines(text, meter, pitch)


def degrees(text: str, meter: int) -> tuple[Written, ...]:
    """A pattern's degrees, as a melody's notes.

    Raises:
        ValueError: something is no degree, or a bar has not as many beats as it should.
    """
    return _lines(text, meter, _degree)


def _degree(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 24:
        raise ValueError(f"'{text}' is no degree; write 1, 3, 5, 8, or r for a rest")
    return int(text)


def _lines(text: str, meter: int, read: Callable[[str], int]) -> tuple[Written, ...]:
    made: list[Written] = []
    length = Fraction(1)
    for number, bar in enumerate(_bars(text)):
        beat = Fraction(number * meter)
        for token in bar.split():
            found = _TOKEN.fullmatch(token)
            if found is None:
                raise ValueError(f"bar {number + 1}: '{token}' is no note with a length; write c5/8, c5/4.")
            if found["length"]:
                if int(found["length"]) not in (1, 2, 4, 8, 16, 32):
                    raise ValueError(f"bar {number + 1}: '{token}': a length is 1, 2, 4, 8, 16 or 32")
                length = Fraction(4, int(found["length"])) * (Fraction(3, 2) if found["dot"] else 1)
            if found["what"] == "~":
                if not made:
                    raise ValueError(f"bar {number + 1}: '~' has no note before it to hold")
                held = made[-1]
                made[-1] = Written(held.beat, beat + length - held.beat, held.what)
            elif found["what"] != "r":
                made.append(Written(beat, length, read(found["what"])))
            beat += length
        if beat != (number + 1) * meter:
            raise ValueError(f"bar {number + 1} has {float(beat - number * meter):g} beats, not {meter}: {bar.strip()}")
    return tuple(made)


def steps(text: str, meter: int) -> tuple[Written, ...]:
    """A rhythm's hits.

    Raises:
        ValueError: a sign is unknown, or a bar is empty.
    """
    made: list[Written] = []
    for number, bar in enumerate(_bars(text)):
        signs = "".join(bar.split())
        if not signs:
            raise ValueError(f"bar {number + 1} of the steps is empty")
        share = Fraction(meter, len(signs))
        for index, sign in enumerate(signs):
            if sign in _LOUD:
                made.append(Written(number * meter + index * share, share, 0, _LOUD[sign]))
            elif sign == "-" and made:
                held = made[-1]
                made[-1] = Written(held.beat, held.beats + share, 0, held.loud)
            elif sign != ".":
                raise ValueError(f"bar {number + 1}: '{sign}' is no step; write x, X, o, - or .")
    return tuple(made)


def bars(text: str) -> int:
    """How many bars a text has."""
    return len(_bars(text))
