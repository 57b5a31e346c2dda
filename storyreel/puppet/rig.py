"""The rigs of puppets, each read once, here or in another process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from storyreel.assets import digest
from storyreel.errors import Place, Problem, SceneError, StoryreelError
from storyreel.puppet.cell_file import read_sheet
from storyreel.puppet.cells import rig_of
from storyreel.puppet.model import Rig
from storyreel.puppet.svg import read_drawing
from storyreel.script.files import companion, is_sheet

_Sources = tuple[str, str, str]
"""The drawing's name, its digest, and that of the file beside it; empty where there is none."""
_LIMIT = 64

_read: dict[_Sources, ReadRig] = {}


@dataclass(frozen=True)
class ReadRig:
    """A rig and what it was read from: what another process needs, not to read it again."""

    sources: _Sources
    rig: Rig


def read_rig(path: Path, rig: Path | None = None) -> Rig:
    """The rig of a drawing (`michii.svg`), from `michii.rig.yaml` beside it; without one, from the layers' names alone.

    Args:
        path: the drawing, or a sheet of cells (`rosie.json`), with its picture beside it.
        rig: another rig file than the one beside the drawing.

    Raises:
        SceneError: the drawing or the rig has mistakes; the rig names parts that the drawing lacks.
        StoryreelError: a file is not there, or can't be read.
    """
    return sourced(path, rig).rig


def all_rigs(path: Path) -> tuple[Rig, ...]:
    """The rig of a drawing and those of its views that are there: `michii.close.svg` for a view `close`.

    Raises:
        SceneError, StoryreelError: as of `read_rig`.
    """
    whole = read_rig(path)
    views = (path.with_name(f"{path.stem}.{name}{path.suffix}") for name in whole.views)
    return (whole, *(read_rig(view) for view in views if view.is_file()))


def sourced(path: Path, rig: Path | None = None) -> ReadRig:
    """As `read_rig`, for another process."""
    beside = rig or companion(path)
    if rig is not None and not rig.is_file():
        raise StoryreelError(f"there is no rig {rig.name}")
    if rig is None and beside.is_file() and not beside.resolve().is_relative_to(path.resolve().parent):
        what = "picture" if is_sheet(path.name) else "rig"
        message = f"this {what} is a link to a file outside the folder of {path.name}; put the file itself there"
        raise SceneError([Problem(Place(beside.name, 1, 1), message)])
    drawn = read_sheet(path, beside).name if is_sheet(path.name) else read_drawing(path).name
    try:
        sources = (drawn, digest(path), digest(beside) if beside.is_file() else "")
        found = _read.get(sources)
        if found is None:
            found = ReadRig(sources, _rig(path, beside))
            take(found)
    except OSError as error:
        raise StoryreelError(f"rig {beside.name}: {error.strerror or 'it cannot be read'}") from error
    return found


def _rig(path: Path, beside: Path) -> Rig:
    if is_sheet(path.name):
        return rig_of(read_sheet(path, beside))
    # Reading a rig takes more modules than drawing with it.
    from storyreel.puppet.rig_file import rigged

    return rigged(path, beside)


def take(found: ReadRig) -> None:
    """Keeps a rig that was read elsewhere."""
    while len(_read) >= _LIMIT:
        del _read[next(iter(_read))]
    _read[found.sources] = found
