"""Looks over the machine: whether every part that storyreel stands on is there and works, and what fixes it."""

from __future__ import annotations

import ctypes
import importlib
import importlib.metadata
import re
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from storyreel.errors import StoryreelError
from storyreel.render.cache import cache_folder

APT = "sudo apt-get install -y libgl1 libegl1"
ROOM = 1 << 30
"""Bytes of free disk below which a film may not fit."""

PARTS = {
    "skia": "skia-python",
    "av": "av",
    "numpy": "numpy",
    "scipy": "scipy",
    "PIL": "pillow",
    "moviepy": "moviepy",
    "pydub": "pydub",
    "pydantic": "pydantic",
    "ruamel.yaml": "ruamel.yaml",
    "rich": "rich",
    "uharfbuzz": "uharfbuzz",
    "bidi": "python-bidi",
    "uniseg": "uniseg",
    "hibari": "hibari-tts",
    "onnxruntime": "onnxruntime",
}
"""Modules that are imported, and the packages that they come from."""


@dataclass(frozen=True)
class Finding:
    """One thing looked at: what it is, whether it is well, what was seen, and the command that fixes it."""

    what: str
    good: bool
    said: str
    fix: str = ""


def examine() -> Iterator[Finding]:
    """Everything, one after another; nothing that is broken stops the rest."""
    yield _python()
    if sys.platform == "linux":
        yield from (_library(name) for name in ("libGL.so.1", "libEGL.so.1"))
    for module, package in PARTS.items():
        yield _part(module, package)
    yield _looked(
        "drawing", _draw, f"{sys.executable} -m pip install --force-reinstall skia-python=={_wanted('skia-python')}"
    )
    yield _looked("H.264, AAC", _encode, f"{sys.executable} -m pip install --force-reinstall av=={_wanted('av')}")
    yield _looked("fonts", _fonts, f"{sys.executable} -m pip install --force-reinstall storyreel")
    yield _looked("voice", _speak, f"{sys.executable} -m pip install --force-reinstall hibari-tts onnxruntime")
    yield _writable("temporary folder", Path(tempfile.gettempdir()), "TMPDIR")
    yield _writable("cache", cache_folder(), "STORYREEL_CACHE")


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info >= (3, 11)
    return Finding("Python", good, version, "" if good else "sudo apt-get install -y python3.11 python3.11-venv")


def _library(name: str) -> Finding:
    try:
        ctypes.CDLL(name)
    except OSError as error:
        return Finding(name, False, str(error), APT)
    return Finding(name, True, "there")


def _part(module: str, package: str) -> Finding:
    """A package: it is installed, in the version that is wanted, and can be imported."""
    reinstall = f"{sys.executable} -m pip install --force-reinstall {package}"
    wanted = _wanted(package)
    if wanted:
        reinstall += f"=={wanted}"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # pydub misses the ffmpeg program, which is not needed here
            importlib.import_module(module)
    except Exception as error:  # a broken native package may raise anything, and the doctor must go on
        said = f"import fails: {str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__}"
        return Finding(package, False, said, APT if "libGL" in said or "libEGL" in said else reinstall)
    try:
        version = importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return Finding(package, False, "imported, but not installed as a package", reinstall)
    if wanted and version != wanted:
        return Finding(package, False, f"{version}, but {wanted} is wanted: pictures depend on it", reinstall)
    return Finding(package, True, version)


def _wanted(package: str) -> str:
    """The exact version that storyreel pins a package to, if it does."""
    try:
        requirements = importlib.metadata.requires("storyreel") or []
    except importlib.metadata.PackageNotFoundError:
        return ""
    for requirement in requirements:
        pinned = re.fullmatch(rf"{re.escape(package)}\s*==\s*([\w.]+)", requirement.strip())
        if pinned:
            return pinned[1]
    return ""


def _looked(what: str, look: Callable[[], str], fix: str) -> Finding:
    """Tries something out; what it raises is the finding."""
    try:
        return Finding(what, True, look())
    except StoryreelError as error:
        return Finding(what, False, str(error), fix)
    except Exception as error:  # as above
        said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        return Finding(what, False, said, APT if "libGL" in said or "libEGL" in said else fix)


def _draw() -> str:
    """Draws one red picture and looks at it."""
    import numpy
    import skia

    pixels = numpy.zeros((8, 8, 4), numpy.uint8)
    skia.Surface(pixels).getCanvas().clear(skia.ColorRED)
    if sorted(pixels[4, 4].tolist()) != [0, 0, 255, 255]:
        raise StoryreelError(f"a red picture came out as {pixels[4, 4].tolist()}")
    return "a picture comes out as drawn"


def _encode() -> str:
    """Opens the two encoders of a film."""
    from av.codec import Codec

    return ", ".join(Codec(name, "w").long_name.split("(")[0].strip() for name in ("libx264", "aac"))


def _fonts() -> str:
    """Finds every face that a shipped look names."""
    from storyreel.looks import look, shipped_names
    from storyreel.text.chain import face

    names = {name for one in shipped_names() for chain in look(one).faces.values() for name in chain}
    for name in sorted(names):
        face(name)
    return f"{len(names)} faces"


def _speak() -> str:
    """Says one word in the voice that is always there; others are large, and only looked for."""
    from storyreel.sound.voice import VOICES, missing, voice

    there = [name for name in VOICES if missing(name) is None]
    for name in there[:1]:
        if not voice(name).speak("Hello").words:
            raise StoryreelError(f"the voice '{name}' says nothing")
    absent = [name for name in VOICES if name not in there]
    return ", ".join(there) + (f"; {len(absent)} more with {missing(absent[0])}" if absent else "")


def _writable(what: str, folder: Path, variable: str) -> Finding:
    """A folder that films and their pieces pass through can be made, written to, and has room."""
    fix = f'export {variable}="$HOME/storyreel-scratch" && mkdir -p "${variable}"'
    near = next(place for place in (folder, *folder.parents) if place.exists())
    try:
        with tempfile.TemporaryFile(dir=near) as file:
            file.write(b"storyreel")
        free = shutil.disk_usage(near).free
    except OSError as error:
        return Finding(what, False, f"{folder}: {error.strerror}", fix)
    said = f"{folder}, {free / (1 << 30):.1f} GiB free"
    return Finding(what, free >= ROOM, said, "" if free >= ROOM else fix)
