"""Mouth shapes from phonemes: eleven visemes and rest, by Adobe Character Animator's names.

Diphthongs split 60/40, stress marks lend their time to the vowel beside them, short gaps extend the last shape, shapes
show one frame early and hold at least two frames at 30 a second; a closure (M, F) is never dropped.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from storyreel.sound.clip import Timed
from storyreel.timeline.clock import Clock

_GROUPS = {
    "M": "pbm",
    "F": "fv",
    "D": "θðtdnTɾkɡŋ",
    "S": "szʃʒʧʤ",
    "L": "l",
    "R": "ɹɜɚ",
    "W-Oo": "wuʊ",
    "Ee": "jiɪᵻ",
    "Ah": "ɛæaɑ",
    "Uh": "əᵊɐʌ",
    "Oh": "ɔɒ",
}
_SHAPES = {symbol: viseme for viseme, symbols in _GROUPS.items() for symbol in symbols}
_DIPHTHONGS = {
    "A": ("Ah", "Ee"),
    "I": ("Ah", "Ee"),
    "W": ("Ah", "W-Oo"),
    "Y": ("Oh", "Ee"),
    "O": ("Oh", "W-Oo"),
    "Q": ("Uh", "W-Oo"),
}
_OPEN = {
    "Neutral": 0.0,
    "M": 0.0,
    "F": 0.15,
    "S": 0.2,
    "D": 0.4,
    "L": 0.5,
    "R": 0.35,
    "W-Oo": 0.35,
    "Ee": 0.5,
    "Uh": 0.6,
    "Oh": 0.85,
    "Ah": 1.0,
}
_CLOSURES = frozenset(("M", "F"))
_PAUSE = 0.12
_SPLIT = 0.6
REST = "Neutral"
VISEMES = tuple(_OPEN)


def openness(viseme: str) -> float:
    """How far a mouth is open in a shape, 0 to 1."""
    return _OPEN.get(viseme, 0.0)


@dataclass(frozen=True)
class MouthCue:
    """From this frame on the mouth has this shape."""

    frame: int
    viseme: str


def _shapes(phonemes: Iterable[Timed]) -> list[tuple[str, float, float]]:
    """(viseme, start, end) without gaps; marks, gaps and `h` are given to their neighbours."""
    made: list[tuple[str, float, float]] = []
    lent: float | None = None
    for timed in phonemes:
        start = timed.start if lent is None else lent
        if timed.text in "ˈˌh":
            lent = start
            continue
        if timed.text in _DIPHTHONGS:
            first, second = _DIPHTHONGS[timed.text]
            middle = start + _SPLIT * (timed.end - start)
            made += [(first, start, middle), (second, middle, timed.end)]
        elif timed.text in _SHAPES:
            made.append((_SHAPES[timed.text], start, timed.end))
        elif timed.text == "ː" or timed.end - timed.start < _PAUSE:
            if made:
                made[-1] = (made[-1][0], made[-1][1], timed.end)
        else:
            made.append((REST, start, timed.end))
        lent = None
    return made


def mouths(phonemes: Iterable[Timed], start: float, clock: Clock) -> tuple[MouthCue, ...]:
    """The shapes of a mouth that speaks a clip starting at `start` seconds, as frames of `clock`.

    Ends at rest. No shape is shorter than two frames at 30 a second: of those in such a window a closure wins, else the
    one that is open furthest.
    """
    hold = max(1, clock.frames(Fraction(2, 30)))
    spans = [(viseme, clock.frames(start + a) - 1, clock.frames(start + b) - 1) for viseme, a, b in _shapes(phonemes)]
    if not spans:
        return ()
    last = max(end for _, _, end in spans)
    cues: list[MouthCue] = []
    frame = spans[0][1]
    index = 0
    while frame < last:
        until = frame + hold
        while index < len(spans) and spans[index][2] <= frame:
            index += 1
        window = [(viseme, a, b) for viseme, a, b in spans[index:] if a < until and b > frame]
        if not window:
            frame += 1
            continue
        closures = [w for w in window if w[0] in _CLOSURES]
        shape = (
            (closures or window)[0]
            if closures
            else max(window, key=lambda w: (min(w[2], until) - max(w[1], frame)) * (0.3 + openness(w[0])))
        )
        end = max(until, shape[2]) if shape[0] not in _CLOSURES else max(until, min(shape[2], until + hold))
        following = next((w for w in spans[index:] if w[1] > frame and w[0] in _CLOSURES and w[1] < end), None)
        if following is not None and following[1] >= until:
            end = following[1]
        if not cues or cues[-1].viseme != shape[0]:
            cues.append(MouthCue(frame, shape[0]))
        frame = end
    if cues and cues[-1].viseme != REST:
        cues.append(MouthCue(frame, REST))
    return tuple(cues)
