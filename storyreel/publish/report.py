"""The report of a batch as data: every film with its numbers."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from storyreel.errors import Problem

Status = Literal["done", "failed", "skipped"]

LOUDNESS_OFF, PEAK_OVER = 0.5, -1.0
"""A film this many LU away from its loudness, or with a true peak above this (dBTP), is worth a warning."""


@dataclass(frozen=True)
class FilmReport:
    """What became of one film of a batch; file names are relative to the output folder.

    Attributes:
        name, scene, title, format, look, language: which film it is.
        status: `done`; `failed`, for what `problems` say; `skipped`, as another one failed first.
        problems: why there is no film.
        film, poster, post: its files.
        captions: its caption files.
        burned: whether captions are in the picture.
        seconds, frames, width, height, rate: the film's.
        size: in bytes.
        lufs, dbtp: loudness and true peak, measured on the decoded film; None for silence.
        chunks, reused: how many chunks it has, and how many of them were not rendered for it.
        sound_reused: whether its sound came out of the cache, or is another film's.
        render_seconds: from when work on it began until it was finished; other films are worked on meanwhile.
        cpu_seconds: CPU time of everything that was done for it.
        warnings: what its author should know.
    """

    name: str
    scene: str
    title: str = ""
    format: str = ""
    look: str = ""
    language: str = "en"
    status: Status = "done"
    problems: tuple[Problem, ...] = ()
    film: str = ""
    poster: str = ""
    post: str = ""
    captions: tuple[str, ...] = ()
    burned: bool = False
    seconds: float = 0.0
    frames: int = 0
    width: int = 0
    height: int = 0
    rate: str = ""
    size: int = 0
    lufs: float | None = None
    dbtp: float | None = None
    chunks: int = 0
    reused: int = 0
    sound_reused: bool = False
    render_seconds: float = 0.0
    cpu_seconds: float = 0.0
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class BatchReport:
    """What a batch did.

    Attributes:
        title: the series'.
        films: every film that was asked for, in order.
        seconds: wall time of the whole.
        jobs: how many workers.
        notes: what concerns all films.
    """

    title: str
    films: tuple[FilmReport, ...]
    seconds: float = 0.0
    jobs: int = 1
    notes: tuple[str, ...] = field(default=())

    @property
    def failed(self) -> tuple[FilmReport, ...]:
        """The films that are not there."""
        return tuple(film for film in self.films if film.status != "done")

    def as_data(self) -> dict[str, Any]:
        """The same as plain data, as `report.json` has it."""
        data = asdict(self)
        for film, found in zip(self.films, data["films"], strict=True):
            found["problems"] = [
                {"file": p.place.file, "line": p.place.line, "column": p.place.column, "message": p.message}
                for p in film.problems
            ]
        return data


def measured(level: float) -> float | None:
    """A level in dB, to a hundredth; None for silence, which JSON has no number for."""
    return round(level, 2) if math.isfinite(level) else None


def warnings_of(lufs: float | None, dbtp: float | None, target: float) -> tuple[str, ...]:
    """What is worth saying about a film's measured sound; `target` is the loudness it was mastered for."""
    said = []
    if lufs is None:
        said.append("the film is silent")
    elif abs(lufs - target) > LOUDNESS_OFF:
        said.append(f"its loudness is {lufs:.1f} LUFS instead of {target:g}")
    if dbtp is not None and dbtp > PEAK_OVER:
        said.append(f"its true peak is {dbtp:.1f} dBTP; above {PEAK_OVER:g} players may distort")
    return tuple(said)
