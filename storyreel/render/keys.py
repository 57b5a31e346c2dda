"""What a finished piece is known by: a digest of everything that decides its bits, and of nothing else."""

from __future__ import annotations

import hashlib
import platform
import struct
from array import array
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storyreel.assets import digest, shipped
from storyreel.looks import installed
from storyreel.timeline.model import Asset, Timeline
from storyreel.timeline.track import Baked

if TYPE_CHECKING:
    from storyreel.render.encode import EncoderSettings
    from storyreel.render.slices import ChunkOrder

_PACKAGE = Path(__file__).resolve().parent.parent

_DRAWING_ROOMS = ("timeline", "media", "puppet", "text", "treatment", "stage", "widgets", "paint", "render")
_DRAWING_PACKAGES = ("skia-python", "av", "numpy", "uharfbuzz", "python-bidi", "uniseg", "pillow")
_SOUND_ROOMS = ("timeline", "media", "sound", "render")
_SOUND_PACKAGES = ("av", "numpy", "scipy", "hibari-tts", "onnxruntime")
_DIRECTING_ROOMS = (
    *("source", "script", "timeline", "media", "puppet", "text", "treatment", "sound", "direct"),
    # How large things are is asked of what draws them.
    *("stage", "widgets"),
)
_LOOKING_UP = ("looks/__init__.py", "looks/installed.py")
_DIRECTING_PACKAGES = (
    *("skia-python", "av", "numpy", "scipy", "hibari-tts", "onnxruntime", "pydantic", "ruamel.yaml"),
    *("uharfbuzz", "python-bidi", "uniseg", "pillow"),
)

NAMED_BY_TIMELINES = frozenset(("puppets", "sets", "props", "portraits"))
"""Folders of assets that a timeline names file by file, each with its digest."""

_DOUBLE = struct.Struct("<d")


def _put(value: object, out: list[bytes]) -> None:
    """Adds a value as bytes that are the same in every process, and differ where the value differs."""
    if isinstance(value, str):
        data = value.encode("utf-8", "surrogatepass")
        out += (b"s%d:" % len(data), data)
    elif isinstance(value, tuple):
        out.append(b"(%d:" % len(value))
        for item in value:
            _put(item, out)
    elif isinstance(value, float):
        out.append(b"f" + _DOUBLE.pack(value + 0.0))
    elif isinstance(value, Baked):
        out += (b"B%d,%d:" % (value.start, len(value.values)), array("d", value.values).tobytes())
    elif isinstance(value, bool) or value is None:
        out.append(repr(value).encode())
    elif isinstance(value, int | Fraction):
        out.append(b"n" + str(value).encode() + b";")
    elif isinstance(value, Asset):
        out.append(b"A" + value.digest.encode())
    elif is_dataclass(value):
        out.append(b"<" + type(value).__name__.encode() + b":")
        kind: Any = type(value)
        for name in _names(kind):
            _put(getattr(value, name), out)
        out.append(b">")
    else:
        raise TypeError(f"a {type(value).__name__} has no canonical form")


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """The fields of a dataclass."""
    return tuple(field.name for field in fields(kind))


def fingerprint_of(*values: Any) -> str:
    """SHA-256 of frozen dataclasses, tuples, numbers and strings; an asset counts by its digest alone."""
    out: list[bytes] = []
    for value in values:
        _put(value, out)
    return hashlib.sha256(b"".join(out)).hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_file():
        yield folder
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path


def _versions(packages: tuple[str, ...]) -> str:
    found = []
    for name in packages:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            found.append(f"{name} missing")
    return ", ".join([*found, platform.machine()])


def _rooms(rooms: tuple[str, ...], more: tuple[str, ...] = ()) -> str:
    """Digest of the sources and data of some rooms of this package, and of some modules beside them."""
    hasher = hashlib.sha256()
    modules = (_PACKAGE / name for name in ("assets.py", *more))
    for path in (*modules, *(path for room in rooms for path in _files(_PACKAGE / room))):
        hasher.update(f"{path.relative_to(_PACKAGE).as_posix()} {digest(path)}\n".encode())
    return hasher.hexdigest()


def _shipped(without: frozenset[str] = frozenset()) -> str:
    """Digest of the assets that ship, but for some folders."""
    assets = shipped("assets")
    hasher = hashlib.sha256()
    for folder in sorted(path for path in assets.iterdir() if path.is_dir() and path.name not in without):
        for path in _files(folder):
            hasher.update(f"{path.relative_to(assets).as_posix()} {digest(path)}\n".encode())
    return hasher.hexdigest()


def look_digest(look: str) -> str:
    """Digest of a look: of its folder; or of its package's name and version, and of its files, where another brings it.

    Raises:
        StoryreelError: there is no such look, or it can't be used.
    """
    if (_PACKAGE / "looks" / look).is_dir():
        return _rooms((f"looks/{look}",))
    hasher = hashlib.sha256(installed.package_of(look).encode())
    for name, path in installed.files_of(look):
        hasher.update(f"{name} {digest(path)}\n".encode())
    return hasher.hexdigest()


@cache
def engine(look: str) -> str:
    """Digest of what draws and encodes: the rooms that do, what ships with them, and the libraries' versions.

    Of the looks only the one that is named counts, so that an edit of one leaves what others drew.

    Raises:
        StoryreelError: there is no such look, or it can't be used.
    """
    rooms = _rooms((*_DRAWING_ROOMS, *_LOOKING_UP))
    return fingerprint_of(rooms, look_digest(look), _versions(_DRAWING_PACKAGES), _shipped(NAMED_BY_TIMELINES))


@cache
def director() -> str:
    """Digest of what reads and directs scripts: the rooms that do, all that ships, and the libraries' versions.

    The film's own look counts as well (`look_digest`); which that is, only the script says.
    """
    return fingerprint_of(
        _rooms((*_DIRECTING_ROOMS, *_LOOKING_UP), ("errors.py", "film/reading.py", "film/directed.py")),
        _versions(_DIRECTING_PACKAGES),
        platform.python_version(),
        _shipped(),
    )


@cache
def _sound_engine() -> str:
    return hashlib.sha256(_rooms(_SOUND_ROOMS).encode() + _versions(_SOUND_PACKAGES).encode()).hexdigest()


def chunk_key(order: ChunkOrder) -> str:
    """The key of a chunk: its slice of the timeline, its frames, the encoder's settings, and the engine."""
    settings: EncoderSettings = order.settings
    return fingerprint_of(
        "chunk",
        engine(order.timeline.look),
        order.timeline,
        order.start,
        order.end,
        settings,
        tuple(sorted(settings.options.items())),
    )


def sound_key(timeline: Timeline) -> str:
    """The key of a film's encoded sound: its cues (spoken clips by their own keys), its files, and the engine."""
    sound = timeline.sound
    named = [cue.effect for cue in sound.effects] + [cue.clip for cue in sound.clips]
    named += [sound.music.track] if sound.music else []
    files = tuple((name, digest(Path(name))) for name in sorted(set(named)) if Path(name).is_file())
    return fingerprint_of("sound", _sound_engine(), sound, timeline.rate, timeline.length, files)
