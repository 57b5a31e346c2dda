"""What there is to draw over, as an author's own files: an SVG, or a sheet of cells with its picture."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import click

from storyreel.errors import StoryreelError
from storyreel.script.files import companion, is_drawing, is_sheet

LOOK = click.option("--look", metavar="NAME", help="In this look; kawaii, or gif for a sheet of cells, if left out.")


def usual_look(path: Path) -> str:
    """The look in which a drawing is shown where none is asked for: cells where pixels are whole."""
    return "gif" if is_sheet(path.name) else "kawaii"


def write_template(kind: str, path: Path) -> tuple[Path, ...]:
    """Writes a template (of a `puppet`, `set`, `prop`) under a name, with what belongs beside it; all of it or none.

    Raises:
        click.BadParameter: it is called neither an SVG nor a sheet of cells.
        StoryreelError: there is such a file already.
    """
    from storyreel.assets import shipped
    from storyreel.render.atomic import whole_or_nothing

    if not is_drawing(path.name) and not is_sheet(path.name):
        raise click.BadParameter(f"{path}: its name must end in .svg, or in .json for a sheet of cells")
    first = Path("cells.json" if is_sheet(path.name) else f"{kind}.svg")
    found = {target: shipped("templates").joinpath(kind, of.name) for target, of in _pairs(path, first)}
    texts = {target: template.read_bytes() for target, template in found.items() if template.is_file()}
    for target in texts:
        if target.exists():
            raise StoryreelError(f"{target} is there already; choose another name")
    with ExitStack() as written:
        for target in reversed(texts):
            written.enter_context(whole_or_nothing(target)).write_bytes(texts[target])
    return tuple(texts)


def _pairs(path: Path, template: Path) -> tuple[tuple[Path, Path], ...]:
    return (path, template), (companion(path), companion(template))
