"""Mouth shapes from phonemes: eleven visemes and rest, by Adobe Character Animator's names.

Which shape a phoneme has follows from the names of those mouths. Diphthongs split 60/40; stress and length marks lend
their time to the vowel beside them; `h` has the shape of what follows it; a short gap extends the last shape, a longer
one rests. A mouth that followed every phoneme would pop: shapes are chosen so that each is held, with the least
difference from what is said, and lips that must meet (M, F) always do.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from storyreel.sound.clip import Timed
from storyreel.timeline.clock import Clock

_GROUPS = {
    "M": "pbm",
    "F": "fv",
    "D": "θðtdnTɾkɡgŋʔ",
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
_NEAREST = {
    "M": ("Neutral",),
    "F": ("M", "Neutral"),
    "D": ("S", "L", "Ee", "Uh", "Ah"),
    "S": ("D", "Ee", "L", "Uh", "Ah"),
    "L": ("D", "Ee", "Uh", "Ah", "S"),
    "R": ("W-Oo", "Uh", "D", "Oh", "Ah"),
    "W-Oo": ("R", "Oh", "Uh", "Ah"),
    "Ee": ("D", "S", "L", "Uh", "Ah"),
    "Uh": ("Ah", "Ee", "Oh", "D"),
    "Oh": ("W-Oo", "Ah", "Uh", "R"),
    "Ah": ("Uh", "Oh", "Ee", "D", "L"),
}
"""What is drawn for a shape that a mouth lacks, nearest first. As in Rhubarb Lip Sync (its README, "Mouth shapes"), the
closed mouth stands for F, and an open one for L; no closed mouth stands for what is said with an open one."""
_CLOSURES = frozenset(("M", "F"))
_PAUSE = 0.12
"""A gap of this length (s) lets the mouth come to rest."""
_SPLIT = 0.6
_EARLY = 1
"""Frames by which a shape is ahead of its sound: eyes expect it so."""
_QUICK, _SLOW, _CALM = 2, 3, 0.06
"""Thirtieths of a second that shapes stay at least in quick speech and in calm; seconds a shape that is calm."""
_REACH = 3
"""Frames by which a shape may begin before or after its own moment."""
_OTHER = 0.25
"""How different two shapes are that are equally open."""
_UNMET = 4.0
"""How much worse it is to miss a closure than to miss any other shape."""
REST = "Neutral"
VISEMES = tuple(_OPEN)


def openness(viseme: str) -> float:
    """How far a mouth is open in a shape, 0 to 1."""
    return _OPEN.get(viseme, 0.0)


def nearest(viseme: str, drawn: Container[str]) -> str:
    """The shape that is drawn for one, of those that a mouth has; rest where it has none that is near."""
    return next((shape for shape in (viseme, *_NEAREST.get(viseme, ())) if shape in drawn), REST)


@dataclass(frozen=True)
class MouthCue:
    """From this frame on the mouth has this shape."""

    frame: int
    viseme: str


@dataclass(frozen=True)
class _Shape:
    """A shape that is said: from when until when, in seconds from the clip's start."""

    viseme: str
    start: float
    end: float


def _shapes(phonemes: Iterable[Timed]) -> list[_Shape]:
    """What is said as shapes, without gaps and with no two alike in a row."""
    made: list[_Shape] = []
    lent: float | None = None
    for timed in phonemes:
        start, end = timed.start if lent is None else lent, timed.end
        if timed.text in ("ˈ", "ˌ", "h"):
            lent = start
            continue
        lent = None
        if timed.text in _DIPHTHONGS:
            first, second = _DIPHTHONGS[timed.text]
            middle = start + _SPLIT * (end - start)
            found = [_Shape(first, start, middle), _Shape(second, middle, end)]
        elif timed.text in _SHAPES:
            found = [_Shape(_SHAPES[timed.text], start, end)]
        elif timed.text == "ː" and made:
            found = [_Shape(made[-1].viseme, start, end)]
        else:
            # A gap's length decides what it is, so gaps in a row are one.
            found = [_Shape("", start, end)]
        for shape in found:
            if made and shape.start > made[-1].end:
                made.append(_Shape("", made[-1].end, shape.start))
            if made and made[-1].viseme == shape.viseme:
                made[-1] = _Shape(shape.viseme, made[-1].start, shape.end)
            elif shape.end > shape.start:
                made.append(shape)
    return _without_gaps(made)


def _without_gaps(shapes: Sequence[_Shape]) -> list[_Shape]:
    """Gaps become rest where they are long, and part of the shape before where they are short."""
    made: list[_Shape] = []
    for shape in shapes:
        if shape.viseme == "" and made and shape.end - shape.start < _PAUSE:
            shape = _Shape(made[-1].viseme, shape.start, shape.end)
        viseme = shape.viseme or REST
        if made and made[-1].viseme == viseme:
            made[-1] = _Shape(viseme, made[-1].start, shape.end)
        else:
            made.append(_Shape(viseme, shape.start, shape.end))
    while made and made[0].viseme == REST:
        del made[0]
    while made and made[-1].viseme == REST:
        del made[-1]
    return made


def _difference(shown: str, said: str) -> float:
    """How wrong a shape looks while another is said."""
    if shown == said:
        return 0.0
    wrong = abs(_OPEN[shown] - _OPEN[said]) + _OTHER
    return wrong * _UNMET if said in _CLOSURES else wrong


class _Costs:
    """What it costs to show a shape from one frame until another."""

    def __init__(self, spans: Sequence[tuple[str, float, float]], first: int, last: int) -> None:
        self._first, self._last = first, last
        self._sums: dict[str, list[float]] = {}
        said: list[list[tuple[str, float]]] = [[] for _ in range(last - first)]
        for viseme, start, end in spans:
            for frame in range(max(int(start), first), min(int(end) + 1, last)):
                share = min(end, frame + 1) - max(start, frame)
                if share > 0:
                    said[frame - first].append((viseme, share))
        for shown in {viseme for viseme, _, _ in spans}:
            sums = [0.0]
            for sounding in said:
                sums.append(sums[-1] + sum(_difference(shown, viseme) * share for viseme, share in sounding))
            self._sums[shown] = sums

    def of(self, viseme: str, start: int, end: int) -> float:
        """The cost of a shape in frames `start` to `end`."""
        sums = self._sums[viseme]
        return sums[min(end, self._last) - self._first] - sums[max(start, self._first) - self._first]


def hold_for(phonemes: Sequence[Timed]) -> int:
    """How many thirtieths of a second a shape stays at least: longer in calm speech, so that no mouth chatters."""
    shapes = _shapes(phonemes)
    if not shapes:
        return _QUICK
    calm = (shapes[-1].end - shapes[0].start) / len(shapes) >= _CALM
    return _SLOW if calm else _QUICK


def mouths(phonemes: Iterable[Timed], start: float, clock: Clock, hold: int = 2) -> tuple[MouthCue, ...]:
    """The shapes of a mouth that speaks a clip.

    Args:
        phonemes: the clip's phonemes.
        start: when the clip starts, in seconds.
        clock: the film's clock.
        hold: how many frames at 30 a second each shape stays at least; other rates hold it as long.

    Returns:
        Cues in rising order; the last one is at rest. Nothing for a clip without sounds.
    """
    shapes = _shapes(phonemes)
    if not shapes:
        return ()
    rate = float(clock.rate)
    least = max(1, int(hold * rate / 30 + 0.5))
    spans = [(s.viseme, (start + s.start) * rate - _EARLY, (start + s.end) * rate - _EARLY) for s in shapes]
    wished = [int(a + 0.5) if a > 0 else -int(0.5 - a) for _, a, _ in spans]
    end = max(int(spans[-1][2] + 0.5), wished[0] + least)
    cues: list[MouthCue] = []
    shown, end = _chosen(spans, wished, end, least)
    for frame, viseme in shown:
        if not cues or cues[-1].viseme != viseme:
            cues.append(MouthCue(frame, viseme))
    return tuple(cues) if cues[-1].viseme == REST else (*cues, MouthCue(end, REST))


def _chosen(
    spans: Sequence[tuple[str, float, float]], wished: Sequence[int], end: int, least: int
) -> tuple[list[tuple[int, str]], int]:
    """(frame, viseme) of the shapes that are shown, and the end: the cheapest way from the first to there.

    Shortest path over (shape, frame at which it begins); a shape may be left out unless it is a closure, and everything
    that is shown stays for `least` frames. Where closures are so near that they can't all be held, they shift apart,
    and the end with them.
    """
    count = len(spans)
    needed = 1 + sum(viseme in _CLOSURES for viseme, _, _ in spans[1:])
    slack = _REACH
    while True:
        costs = _Costs(spans, wished[0] - slack, end + slack)
        best: dict[tuple[int, int], tuple[float, tuple[int, int] | None]] = {(0, wished[0]): (0.0, None)}
        finish: tuple[float, tuple[int, int]] | None = None
        for index in range(count):
            for frame in range(wished[index] - slack, wished[index] + slack + 1):
                found = best.get((index, frame))
                if found is None:
                    continue
                viseme = spans[index][0]
                for later in range(index + 1, count + 1):
                    if later == count:
                        if end - frame >= least:
                            total = found[0] + costs.of(viseme, frame, end)
                            if finish is None or total < finish[0]:
                                finish = (total, (index, frame))
                        break
                    for then in range(max(wished[later] - slack, frame + least), wished[later] + slack + 1):
                        total = found[0] + costs.of(viseme, frame, then)
                        known = best.get((later, then))
                        if known is None or total < known[0]:
                            best[later, then] = (total, (index, frame))
                    if spans[later][0] in _CLOSURES or wished[later] > frame + 12 * least:
                        break
        if finish is not None:
            break
        slack += 2
        end = max(end, wished[0] + least * needed)
    path: list[tuple[int, str]] = []
    state: tuple[int, int] | None = finish[1]
    while state is not None:
        path.append((state[1], spans[state[0]][0]))
        state = best[state][1]
    return path[::-1], end
