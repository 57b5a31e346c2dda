"""Caption files beside a film: phrases under the numbers of timed-text style guides, as SRT and WebVTT.

Numbers: at most 42 characters a row and two rows; 17 characters a second aimed at, 20 the ceiling; 5/6 s to 7 s; two
frames between cues (Netflix timed text style guide, general requirements and English template).
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from pathlib import Path

from storyreel.render.atomic import whole_or_nothing
from storyreel.text.breaks import break_cost, rows
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Line, Word, spelt

ROW, AIM, CEILING = 42, 17.0, 20.0
LEAST, MOST = Fraction(5, 6), Fraction(7)
GAP = 2
_HURRY = 6.0
"""What a cue costs that has no time at all; a cue by itself costs 2, and a break 1 less after a sentence."""


@dataclass(frozen=True)
class Phrase:
    """One cue of a caption file: when it shows, in seconds, and its text with line breaks."""

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    speaker: str
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return spelt(self.words)


def phrases(lines: Sequence[Line], clock: Clock, total: int) -> tuple[Phrase, ...]:
    """A film's spoken lines as cues, in the order of time; `total` is the film's length in frames.

    Where two speak at once, the later cue waits until the earlier one has had its least time.
    """
    least, most = clock.frames(LEAST), clock.frames(MOST)
    spans = [span for line in lines for span in _split(line, clock)]
    spans.sort(key=lambda span: span.start)
    merged: list[_Span] = []
    for index, span in enumerate(spans):
        after = spans[index + 1].start - GAP if index + 1 < len(spans) else total
        short = min(after, total) - span.start < max(least, clock.frames(_columns(span.text) / CEILING))
        cramped = bool(merged) and (short or _is_short(merged[-1], span, least, clock))
        if cramped and _joins(merged[-1], span, most):
            merged[-1] = _Span(merged[-1].start, span.end, span.speaker, merged[-1].words + span.words)
        else:
            merged.append(span)
    made, free = [], 0
    for index, span in enumerate(merged):
        start = max(span.start, free)
        after = merged[index + 1].start - GAP if index + 1 < len(merged) else total
        if after + GAP < span.end:
            after = max(after, start + least)
        wanted = max(span.end, start + least, start + clock.frames(_columns(span.text) / AIM))
        end = max(min(wanted, after, start + most, total), start + 1)
        made.append(Phrase(clock.seconds(start), clock.seconds(end), _rowed(span.words)))
        free = end + GAP
    return tuple(made)


def _joins(one: _Span, other: _Span, most: int) -> bool:
    joined = (*one.words, *other.words)
    return one.speaker == other.speaker and other.end - one.start <= most and _row_starts(joined) is not None


def _is_short(span: _Span, after: _Span, least: int, clock: Clock) -> bool:
    """Whether a cue can't stay long enough before the next one comes."""
    return after.start - GAP - span.start < max(least, clock.frames(_columns(span.text) / CEILING))


def _split(line: Line, clock: Clock) -> list[_Span]:
    """A line as spans of at most two rows and the longest time, cut where it breaks best and none is too short."""
    words, most = line.words, clock.frames(MOST)

    def fits(first: int, end: int) -> bool:
        return _row_starts(words[first:end]) is not None and words[end - 1].end - words[first].start <= most

    def hurried(first: int, end: int) -> float:
        """How far the time until the next cue falls short of the least that a cue needs, 0 to 1."""
        room = words[end].start - GAP if end < len(words) else words[end - 1].end
        needed = max(clock.frames(LEAST), clock.frames(_columns(spelt(words[first:end])) / CEILING))
        return max(0.0, 1 - max(room - words[first].start, 0) / needed)

    best: list[tuple[float, list[int]] | None] = [(0.0, [])] + [None] * len(words)
    for end in range(1, len(words) + 1):
        for first in range(max(0, end - 20), end):
            reached = best[first]
            if reached is None or not (fits(first, end) or end - first == 1):
                continue
            cost = reached[0] + 2.0 + _HURRY * hurried(first, end)
            cost += break_cost(words[end - 1].text, words[end].text) if end < len(words) else 0.0
            cost += 1.0 if end - first == 1 and len(words) > 1 else 0.0
            held = best[end]
            if held is None or cost < held[0]:
                best[end] = (cost, [*reached[1], end])
    ends = best[-1][1] if best[-1] is not None else [len(words)]
    return [
        _Span(words[first].start, words[end - 1].end, line.speaker, words[first:end])
        for first, end in zip([0, *ends], ends, strict=False)
    ]


def _row_starts(words: Sequence[Word]) -> list[int] | None:
    """The first word of each of at most two rows, or None where the words don't fit them."""
    texts = [word.text for word in words]
    return rows(texts, [float(_columns(text)) for text in texts], [float(len(word.space)) for word in words], ROW, 2)


def _columns(text: str) -> int:
    """How wide a text is in characters: those of East Asian scripts are two wide (UAX 11)."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _rowed(words: Sequence[Word]) -> str:
    starts = _row_starts(words) or [0]
    edges = [*starts, len(words)]
    return "\n".join(spelt(words[a:b]) for a, b in itertools.pairwise(edges))


def _stamp(seconds: float, mark: str) -> str:
    minutes, thousandths = divmod(round(seconds * 1000), 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{thousandths // 1000:02}{mark}{thousandths % 1000:03}"


def write_srt(cues: Sequence[Phrase], path: Path) -> None:
    """Writes SubRip, which takes every character as it is."""
    blocks = (
        f"{number}\n{_stamp(cue.start, ',')} --> {_stamp(cue.end, ',')}\n{cue.text}\n"
        for number, cue in enumerate(cues, 1)
    )
    path.write_text("\n".join(blocks), encoding="utf-8", newline="\n")


def write_vtt(cues: Sequence[Phrase], path: Path) -> None:
    """Writes WebVTT (W3C), which takes `&`, `<` and `>` by their names."""
    blocks = (f"{_stamp(cue.start, '.')} --> {_stamp(cue.end, '.')}\n{escape(cue.text, quote=False)}\n" for cue in cues)
    path.write_text("\n".join(("WEBVTT\n", *blocks)), encoding="utf-8", newline="\n")


SIDECARS = {".srt": write_srt, ".vtt": write_vtt}
"""What writes the caption files that lie beside a film, by their suffixes."""


@contextmanager
def written_beside(film: Path, cues: Sequence[Phrase]) -> Iterator[None]:
    """Writes the captions beside a film before it is made, so that it isn't made where they can't be written.

    Raises:
        RenderError: the place can't be written to.
    """
    with ExitStack() as stack:
        for suffix, write in SIDECARS.items():
            write(cues, stack.enter_context(whole_or_nothing(film.with_suffix(suffix))))
        yield
