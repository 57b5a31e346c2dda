"""Sound that need not lie in memory: anything that is read span by span, worked out when it is read or kept on a tape.

A long film's sound is large (23 MB a minute), so whatever has to pass over it takes a span at a time; every sample is
the same whatever spans are asked for.
"""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from storyreel.errors import StoryreelError
from storyreel.timeline.clock import SAMPLE_RATE

Samples = NDArray[np.float32]
"""Stereo sound of shape (samples, 2) at `SAMPLE_RATE`, full scale at 1."""

Curve = Callable[[int, int], NDArray[np.float32]]
"""A gain for each sample from one to another (half-open)."""

BLOCK = 2 * SAMPLE_RATE
"""How many samples are worked on at once."""


class Sounding(Protocol):
    """Stereo sound at `SAMPLE_RATE`, as an array (samples, 2) is: it has a length, and a slice of it is an array."""

    def __len__(self) -> int: ...

    def __getitem__(self, span: slice, /) -> Samples: ...


def blocks(sound: Sounding, size: int = BLOCK) -> Iterator[Samples]:
    """The whole sound, so many samples at a time."""
    for first in range(0, len(sound), size):
        yield sound[first : first + size]


def around(sound: Sounding, first: int, end: int) -> Samples:
    """A span that may reach beyond the sound's ends, where it is silent."""
    inside = sound[max(first, 0) : max(min(end, len(sound)), 0)]
    if len(inside) == end - first:
        return np.ascontiguousarray(inside)
    made = np.zeros((end - first, 2), dtype=np.float32)
    at = max(-first, 0)
    made[at : at + len(inside)] = inside
    return made


class Tape:
    """Sound in a file without a name: it is gone with its tape, and with a killed process."""

    def __init__(self) -> None:
        with _writing():
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 -- closed when the tape is gone
        weakref.finalize(self, self._file.close)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, span: slice, /) -> Samples:
        first, end, _ = span.indices(self._length)
        made = np.empty((max(end - first, 0), 2), dtype=np.float32)
        self._file.seek(first * made.itemsize * 2)
        missing = made.reshape(-1).view(np.uint8).data
        while missing and (read := self._file.readinto(missing)):
            missing = missing[read:]
        return made

    def add(self, samples: Samples) -> None:
        """Appends samples.

        Raises:
            StoryreelError: there is no room for them.
        """
        with _writing():
            self._file.seek(self._length * samples.itemsize * 2)
            missing = np.ascontiguousarray(samples, dtype=np.float32).reshape(-1).view(np.uint8).data
            while missing:
                missing = missing[self._file.write(missing) or 0 :]
        self._length += len(samples)


class _writing:  # noqa: N801 -- reads as the statement it is
    """Turns a failure to write into one clear message."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise StoryreelError(
                f"the sound can't be kept in {tempfile.gettempdir()} while it is mixed: {error.strerror}; "
                "TMPDIR names another folder"
            ) from error


def taped(parts: Iterable[Samples]) -> Tape:
    """Sound that comes in pieces, on a tape.

    Raises:
        StoryreelError: there is no room for it.
    """
    tape = Tape()
    for part in parts:
        tape.add(part)
    return tape


class Turned:
    """Sound under a gain that changes from sample to sample, worked out when it is read."""

    def __init__(self, sound: Sounding, curve: Curve) -> None:
        self._sound, self._curve = sound, curve

    def __len__(self) -> int:
        return len(self._sound)

    def __getitem__(self, span: slice, /) -> Samples:
        first, end, _ = span.indices(len(self))
        return np.asarray(self._sound[first:end] * self._curve(first, end)[:, None], dtype=np.float32)


class Summed:
    """Sounds of one length together, added when they are read."""

    def __init__(self, *sounds: Sounding) -> None:
        self._sounds = sounds

    def __len__(self) -> int:
        return len(self._sounds[0])

    def __getitem__(self, span: slice, /) -> Samples:
        made = self._sounds[0][span].copy()
        for sound in self._sounds[1:]:
            made += sound[span]
        return made


class Looped:
    """A sound from one of its samples on, again and again, for so many samples; it is not empty."""

    def __init__(self, sound: Sounding, start: int, length: int) -> None:
        self._sound, self._start, self._length = sound, start, length

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, span: slice, /) -> Samples:
        first, end, _ = span.indices(self._length)
        made = np.empty((max(end - first, 0), 2), dtype=np.float32)
        done = 0
        while done < len(made):
            at = (self._start + first + done) % len(self._sound)
            piece = self._sound[at : at + len(made) - done]
            made[done : done + len(piece)] = piece
            done += len(piece)
        return made


class Silence:
    """Nothing, for so many samples."""

    def __init__(self, length: int) -> None:
        self._length = length

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, span: slice, /) -> Samples:
        first, end, _ = span.indices(self._length)
        return np.zeros((max(end - first, 0), 2), dtype=np.float32)


def constant(gain: float) -> Curve:
    """One gain throughout."""
    return lambda first, end: np.full(end - first, gain, dtype=np.float32)


def stepped(gains: NDArray[np.floating], step: int) -> Curve:
    """A gain for each step of so many samples: met in the steps' middles, straight between them, held at the ends."""
    place = (np.arange(step, dtype=np.float32) - np.float32((step - 1) / 2)) / np.float32(step)
    half = step // 2
    levels = gains.astype(np.float32)

    def curve(first: int, end: int) -> NDArray[np.float32]:
        rows = np.arange(first // step, max(-(-end // step), first // step))
        before, here, after = (levels[np.clip(rows + way, 0, len(levels) - 1)][:, None] for way in (-1, 0, 1))
        made = np.empty((len(rows), step), dtype=np.float32)
        made[:, :half] = here + (here - before) * place[:half]
        made[:, half:] = here + (after - here) * place[half:]
        return made.ravel()[first % step : first % step + end - first]

    return curve


def through(at: list[float], level_db: list[float]) -> Curve:
    """A level (dB) that goes straight from station to station, `at` in samples; held before and after."""

    def curve(first: int, end: int) -> NDArray[np.float32]:
        return (10 ** (np.interp(np.arange(first, end), at, level_db) / 20)).astype(np.float32)

    return curve
