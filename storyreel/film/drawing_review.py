"""What the drawing of a set or a prop comes to: what was found in it, what wasn't and what that costs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from storyreel.direct.scenery import Scenery, own_backdrop
from storyreel.errors import StoryreelError
from storyreel.film.episode import Episode
from storyreel.puppet.cell_file import read_sheet
from storyreel.puppet.model import Drawing
from storyreel.puppet.planes import planes
from storyreel.puppet.rig import read_rig
from storyreel.puppet.svg import read_drawing
from storyreel.script.files import companion, is_drawing, is_sheet
from storyreel.script.formats import format_names
from storyreel.script.models import Script

ENLARGED = 1.6
"""How much larger than it was painted a set may be drawn before that is told of."""
_TALL = 1080


@dataclass(frozen=True)
class DrawingReview:
    """What a drawing comes to, in words.

    Attributes:
        size: how large it is.
        found: names, and what can be done with them.
        missing: what is not there, and what that costs.
    """

    size: str
    found: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, str], ...]


def drawing_file(named: str, folder: str) -> Path:
    """The drawing of a set (`folder` is `sets`) or of a prop (`props`): a file, or one that ships, by its name.

    Raises:
        StoryreelError: there is no such drawing, or it is a picture.
    """
    path = Path(named)
    if is_drawing(named) or is_sheet(named):
        return path
    if path.suffix:
        raise StoryreelError(
            f"{path.name} is no SVG; in pixels, begin with cells: `storyreel {folder[:-1]} new {path.stem}.json`; a "
            f"picture as it is can be a prop: {{kind: picture, file: {named}}}"
        )
    return Scenery(Path()).drawing(named, folder)


def set_review(path: Path) -> DrawingReview:
    """What a set's file comes to.

    Raises:
        SceneError: it can't be drawn; everything that is wrong with it, each with its line.
        StoryreelError: it has holes, or is too narrow, or can't be read.
    """
    if is_sheet(path.name):
        return _of_cells(path)
    own_backdrop(path, path.name)
    drawing = read_drawing(path)
    depths = planes(drawing)
    found = [(name, f"takes {depth:g} of the camera's movement{_stands(depth)}") for name, depth in depths if name]
    layers = {name for name, _ in depths}
    places, missing = _named(path, drawing, "nobody can look at it by its name")
    places = [name for name in places if name not in layers]
    found += [(name, f"can be looked at: stage.{name.lower().replace(' ', '-')}") for name in places]
    missing = [(name, cost) for name, cost in missing if name not in layers]
    if not depths[0][0]:
        missing.append(("planes", "all of it moves as one with the actors; give groups an id and a data-plane"))
    if not places:
        missing.append(("named things", "nobody can look at anything in it by its name"))
    natural = _TALL / min(_sides(drawing))
    for form in format_names():
        scale = _scale(Episode.from_script(with_set(path, form), path.parent)) / natural
        if scale > ENLARGED:
            told = f"it is drawn {scale:.1f} times as large as in a picture of its own shape, and cropped"
            missing.append((f"what {form} needs", f"{told}; paint past the viewBox, as far as -760,-240 to 1840,2160"))
    return DrawingReview(_size(drawing), tuple(found), tuple(missing))


def with_set(path: Path, form: str) -> Script:
    """A film in a set with nobody in it."""
    scene = {"id": "a", "set": called(path), "beats": [{"wait": "0.5s"}]}
    return Script.model_validate({"storyreel": 2, "title": path.stem, "format": form, "scenes": [scene]})


def called(path: Path) -> str:
    """What a scene beside it calls a drawing; one that ships has a name."""
    from storyreel.assets import shipped

    ships = path.resolve().is_relative_to(Path(str(shipped("assets"))).resolve())
    return path.stem if ships else path.name


def _scale(episode: Episode) -> float:
    """How large a set is drawn."""
    layer = next(layer for layer in episode.timeline.scenes[0].layers if layer.id == "set 0")
    return layer.values(0)["scale"]


def _stands(depth: float) -> str:
    if depth == 0:
        return ": it stays where it is"
    return ": it stands before the actors" if depth > 1 else ""


def prop_review(path: Path) -> DrawingReview:
    """What a prop's file comes to.

    Raises:
        SceneError: it can't be drawn; everything that is wrong with it, each with its line.
        StoryreelError: it can't be read.
    """
    if is_sheet(path.name):
        return _of_cells(path)
    drawing = read_drawing(path)
    names, missing = _named(path, drawing, "it can't be hidden or moved by itself")
    found = [(name, f"can be hidden and moved: set: {{{name}: 0}}, set: {{{name}.dy: -40}}") for name in names]
    if drawing.root.pivot is None:
        told = "its middle is put at its place, and it turns about that; a foot is a data-pivot of the <svg> itself"
        missing.append(("data-pivot", told))
    if not names:
        missing.append(("named groups with a data-pivot", "nothing in it can be shown, hidden or moved by itself"))
    return DrawingReview(_size(drawing), tuple(found), tuple(missing))


def _named(path: Path, drawing: Drawing, cost: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The layers that a story can name, and those that it can't for want of a pivot, with what that costs."""
    pivots = read_rig(path).pivots
    names = dict.fromkeys(node.id for node in drawing.root.walk() if node.id and node is not drawing.root)
    lacking = [(name, f"{cost}; give it a data-pivot") for name in names if name not in pivots]
    return [name for name in names if name in pivots], lacking


def _sides(drawing: Drawing) -> tuple[float, float]:
    left, top, right, bottom = drawing.box
    return right - left, bottom - top


def _size(drawing: Drawing) -> str:
    wide, high = _sides(drawing)
    return f"{wide:g} wide, {high:g} high"


def _of_cells(path: Path) -> DrawingReview:
    sheet = read_sheet(path, companion(path))
    found = tuple(
        (part, ", ".join(cell.state for cell in cells if cell.state) or "one drawing")
        for part, cells in sheet.parts.items()
    )
    return DrawingReview(f"{sum(len(cells) for cells in sheet.parts.values())} cells", found, ())
