"""A ledger of a film: the digest of every frame and of the sound, and of what they were made from and with.

A later one tells which frames came out otherwise, and whose doing that is: the author's, who changed a file; the
toolchain's, of which another version drew; or nobody's, and then it is a regression.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from storyreel.errors import StoryreelError
from storyreel.render.keys import director, engine
from storyreel.timeline.model import Timeline

if TYPE_CHECKING:
    from storyreel.sound.tape import Samples

PACKAGES = ("storyreel", "skia-python", "numpy", "uharfbuzz", "pillow", "av", "scipy", "onnxruntime")
_FORMAT = 1
_SHORT = 16
"""Hexadecimal digits of a digest that are written: two frames of a film don't share so many by chance."""


class Film(Protocol):
    """What a ledger is kept of."""

    @property
    def timeline(self) -> Timeline: ...

    def samples(self) -> Samples: ...


@dataclass(frozen=True)
class Ledger:
    """What a film came to.

    Attributes:
        source: what it is made from, by name, each with its digest.
        toolchain: what it is made with, by name: versions, and digests of what draws and directs.
        frames: a digest a frame, in order.
        sound: that of the mastered sound.
    """

    source: Mapping[str, str]
    toolchain: Mapping[str, str]
    frames: tuple[str, ...]
    sound: str
    ledger: int = _FORMAT


def toolchain(look: str) -> dict[str, str]:
    """What draws a film in a look on this machine."""
    found = {"python": platform.python_version(), "machine": platform.machine()}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "missing"
    return {**found, f"the look {look} and what draws": engine(look)[:_SHORT], "what directs": director()[:_SHORT]}


def ledger(film: Film, source: Mapping[str, str], told: Callable[[int], None] = lambda done: None) -> Ledger:
    """Draws every frame of a film and hears its sound, and takes their digests down.

    Args:
        source: what the film is made from, by name, each with its digest.
        told: is told how many frames are done.
    """
    from storyreel.render.still import painted

    frames = []
    for pixels in painted(film.timeline, range(film.timeline.length)):
        frames.append(_short(pixels.tobytes()))
        told(len(frames))
    digests = {name: digest[:_SHORT] for name, digest in source.items()}
    return Ledger(digests, toolchain(film.timeline.look), tuple(frames), _short(film.samples().tobytes()))


def _short(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_SHORT]


def written(one: Ledger) -> str:
    """A ledger as the text of its file."""
    return json.dumps(asdict(one), indent=1, ensure_ascii=False) + "\n"


def read_ledger(path: Path) -> Ledger:
    """A ledger from its file.

    Raises:
        StoryreelError: there is no such file, or it is none.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        found = Ledger(data["source"], data["toolchain"], tuple(data["frames"]), data["sound"], data["ledger"])
    except OSError as error:
        raise StoryreelError(f"{path}: cannot read it: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise StoryreelError(f"{path}: this is no ledger of a film; `storyreel digest` writes one") from error
    if found.ledger != _FORMAT:
        raise StoryreelError(f"{path}: a ledger of another version of storyreel ({found.ledger}); write it anew")
    return found


@dataclass(frozen=True)
class Verdict:
    """How a film came out, beside how it came out before."""

    same: bool
    said: tuple[str, ...]


def verdict(before: Ledger, now: Ledger) -> Verdict:
    """What differs, and whose doing it is."""
    if (before.frames, before.sound) == (now.frames, now.sound):
        return Verdict(True, (f"the same: {len(now.frames)} frames, and the sound",))
    return Verdict(False, tuple(_differences(before, now)))


def _differences(before: Ledger, now: Ledger) -> Iterator[str]:
    if len(before.frames) != len(now.frames):
        yield f"{len(now.frames)} frames, where there were {len(before.frames)}"
    other = [n for n, (old, new) in enumerate(zip(before.frames, now.frames, strict=False)) if old != new]
    if other:
        yield f"{len(other)} frames differ: {_spans(other)}"
    if before.sound != now.sound:
        yield "the sound differs"
    source, tools = _changed(before.source, now.source), _changed(before.toolchain, now.toolchain)
    if source:
        yield f"source changed: {', '.join(source)}"
    if tools:
        yield f"toolchain changed: {', '.join(tools)}"
    if not source and not tools:
        yield "regression: what it is made from and with is the same"


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return [name for name in sorted({*before, *now}) if before.get(name) != now.get(name)]


def _spans(numbers: list[int], most: int = 6) -> str:
    """Numbers as spans: `3, 7 to 12`."""
    spans: list[tuple[int, int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    told = [f"{first}" if first == last else f"{first} to {last}" for first, last in spans[:most]]
    return ", ".join([*told, *(["…"] if len(spans) > most else [])])
