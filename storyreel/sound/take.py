"""A line as a take: words go into a model in one go or sentence by sentence, and come out with their times."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from storyreel.errors import StoryreelError
from storyreel.sound.clip import Speech, Timed
from storyreel.sound.edit import levelled, trimmed
from storyreel.sound.pronunciation import PAUSES, SILENCES, Pronunciation, vocabulary
from storyreel.text.words import words

RATE = 24_000
UNIT, LEAD = 0.025, 0.045
"""Seconds of a model's unit of time, and by how much what it says comes before its time."""
_DEAD = 0.012
"""Below this share of the loudest level a sound has died away (-38 dB)."""
_SILENT_WORD, _SHORTEST = 0.3, 0.01
"""Seconds that a word without sound lasts at most, and any word at least."""
_LINKED = 0.1
"""Words no further apart than this (s) are one stream of sound: the first lasts until the second begins."""
Go = Callable[[list[str]], tuple[NDArray[np.float32], NDArray[np.floating]]]
"""Speaks symbols in one go: samples at `RATE`, and when each symbol, from the pad before the first on, ends (s)."""


def take(text: str, pronounced: Pronunciation, go: Go, longest: int) -> Speech:
    """A line as it is spoken, at the common loudness.

    Args:
        text: the line.
        pronounced: how it is pronounced.
        go: what speaks.
        longest: phonemes that are spoken in one go; longer lines are spoken sentence by sentence.

    Raises:
        StoryreelError: there is nothing in it that can be spoken.
    """
    said, known = [word.text for word in words(text)], vocabulary()
    phonemes = ["".join(symbol for symbol in found if symbol in known) for found in pronounced.phonemes(said)]
    if not any(set(found) - PAUSES for found in phonemes):
        raise StoryreelError(f"“{text}” has nothing in it that can be spoken; let it be a title or a balloon")
    pieces: list[NDArray[np.float32]] = []
    spoken: list[Timed] = []
    spans: list[tuple[float, float] | None] = []
    at = 0.0
    for first, end in _goes(said, phonemes, longest):
        if not any(set(found) - PAUSES for found in phonemes[first:end]):
            spans += [None] * (end - first)
            continue
        wave, timed, found = _gone(phonemes[first:end], go)
        spoken += [Timed(t.text, t.start + at, t.end + at) for t in timed]
        spans += [(span[0] + at, span[1] + at) if span else None for span in found]
        pieces.append(wave)
        at += len(wave) / RATE
    return levelled(trimmed(Speech(np.concatenate(pieces), RATE, _filled(said, spans, at), tuple(spoken))))


def _gone(phonemes: list[str], go: Go) -> tuple[NDArray[np.float32], list[Timed], list[tuple[float, float] | None]]:
    """Speaks words given as phonemes; for each word its span, or None where it makes no sound."""
    symbols: list[str] = []
    places: list[tuple[int, int]] = []
    for found in phonemes:
        if found and symbols:
            symbols.append(" ")
        places.append((len(symbols), len(symbols) + len(found)))
        symbols += found
    wave, edge = go(symbols)
    timed = [Timed(s, float(edge[i + 1]), float(edge[i + 2])) for i, s in enumerate(symbols)]
    timed = _died_away(timed, wave)
    return wave, timed, [_sounding(timed[a:b]) for a, b in places]


def edges(durations: NDArray[np.floating]) -> NDArray[np.floating]:
    """When each of a model's symbols begins and ends (s), from how many units each lasts."""
    units = np.concatenate([[0], np.cumsum(durations.ravel())])
    return np.asarray(np.maximum(units * UNIT - LEAD, 0.0))


def _died_away(timed: list[Timed], wave: NDArray[np.float32]) -> list[Timed]:
    """Phonemes before a pause end where their sound ends: the model counts the silence after them as theirs."""
    step = RATE // 100
    level = np.sqrt(np.mean(np.square(wave[: len(wave) // step * step].reshape(-1, step)), axis=1))
    heard = level > _DEAD * level.max()
    made = list(timed)
    for index, symbol in enumerate(timed):
        following = timed[index + 1].text if index + 1 < len(timed) else " "
        if symbol.text in PAUSES or following not in SILENCES:
            continue
        first, end = int(symbol.start * 100), int(np.ceil(symbol.end * 100))
        loud = np.flatnonzero(heard[first:end])
        last = (first + int(loud[-1]) + 1) / 100 if len(loud) else symbol.end
        made[index] = Timed(symbol.text, symbol.start, min(symbol.end, max(last, symbol.start + UNIT)))
    return made


def _sounding(timed: list[Timed]) -> tuple[float, float] | None:
    """From when to when a word sounds, without the pause that its punctuation makes."""
    first = next((t.start for t in timed if t.text not in PAUSES or t.text in "ˈˌ"), None)
    last = next((t.end for t in reversed(timed) if t.text not in PAUSES), None)
    return None if first is None or last is None else (first, last)


def _goes(words: list[str], phonemes: list[str], longest: int) -> list[tuple[int, int]]:
    """Spans of words that are spoken in one go: the whole line, or sentence by sentence where it is too long."""
    if sum(len(p) + 1 for p in phonemes) <= longest:
        return [(0, len(words))]
    spans, first, size = [], 0, 0
    for index, found in enumerate(phonemes):
        size += len(found) + 1
        ends = words[index][-1:] in ".!?…" and size > longest / 3
        if index > first and (ends or size > longest):
            spans.append((first, index + 1))
            first, size = index + 1, 0
    if first < len(words):
        spans.append((first, len(words)))
    return spans


def _filled(words: list[str], spans: list[tuple[float, float] | None], length: float) -> tuple[Timed, ...]:
    """Every word with a span of its own, in order; silent ones (a dash, an emoji) share the pause where they stand."""
    timed: list[Timed] = []
    for index, word in enumerate(words):
        floor = timed[-1].end if timed else 0.0
        span = spans[index]
        if span is None:
            later = next(((n, found[0]) for n, found in enumerate(spans[index:]) if found), None)
            silent, until = later or (len(spans) - index, length)
            share = min(max(until - floor, 0.0) / silent, _SILENT_WORD)
            span = (floor, floor + share) if timed else (until - silent * share, until - (silent - 1) * share)
        start = max(span[0], floor)
        if timed and start - floor <= _LINKED:
            timed[-1] = Timed(timed[-1].text, timed[-1].start, start)
        timed.append(Timed(word, start, max(span[1], start + _SHORTEST)))
    return tuple(timed)
