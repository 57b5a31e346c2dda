"""`storyreel set` and `storyreel prop`: one to draw over, what was found in it, and how it looks on one page."""

from __future__ import annotations

from pathlib import Path

import click

from storyreel.cli.help import ExampleGroup, Examples
from storyreel.cli.options import FILE, ending
from storyreel.cli.templates import LOOK, usual_look, write_template
from storyreel.errors import printable
from storyreel.script.files import is_sheet


def _group(kind: str, file: str, written: str, cells: str, shows: str) -> click.Group:
    """The commands for a kind of drawing.

    Args:
        file: what one might be called.
        written: what stands in a scene for it; `{}` is the file's name.
        cells: the same for a sheet of cells.
        shows: what its page shows.
    """

    @click.group(
        kind,
        cls=ExampleGroup,
        example=f"storyreel {kind} new {file}\nstoryreel {kind} check {file}\nstoryreel {kind} sheet {file}",
        help=f"Draw your own {kind}: start from one, see what was found in it, see it on the stage.",
    )
    def group() -> None:
        pass

    @group.command(
        cls=Examples,
        example=f"storyreel {kind} new {file}\nstoryreel {kind} new {Path(file).with_suffix('.json')}",
        help=f"Write a {kind} to draw over: an SVG, or a sheet of cells (.json) and its picture beside it.",
    )
    @click.argument("path", type=FILE, metavar=file.upper())
    def new(path: Path) -> None:
        for target in write_template(kind, path):
            click.echo(target)
        click.echo()
        click.echo(printable(f"Draw over it, then: storyreel {kind} check {path}"))
        click.echo(printable(f"In a scene beside it: {(cells if is_sheet(path.name) else written).format(path.name)}"))

    @group.command(
        cls=Examples,
        example=f"storyreel {kind} check {file}",
        help="Say what was found, what wasn't and what that costs.",
    )
    @click.argument("named", metavar=file.upper())
    def check(named: str) -> None:
        from storyreel.film.drawing_review import drawing_file, prop_review, set_review

        path = drawing_file(named, f"{kind}s")
        found = (set_review if kind == "set" else prop_review)(path)
        click.echo(printable(f"{path.name}: {found.size}"))
        for heading, rows in (("Found", found.found), ("Not found, and what that costs", found.missing)):
            if rows:
                click.echo(f"\n{heading}")
            for name, told in rows:
                click.echo(printable(f"  {name}: {told}"))

    @group.command(
        cls=Examples, example=f"storyreel {kind} sheet {file} -o {kind}.png", help=f"Draw {shows} on one page."
    )
    @click.argument("named", metavar=file.upper())
    @click.option("-o", "--out", type=FILE, callback=ending(".png", ".jpg", ".jpeg", ".webp"), help="The page.")
    @LOOK
    def sheet(named: str, out: Path | None, look: str | None) -> None:
        from storyreel.cli.stills import save
        from storyreel.film.drawing_review import drawing_file
        from storyreel.film.drawing_sheet import prop_sheet, set_sheet
        from storyreel.film.inputs import spare
        from storyreel.looks import usable

        path = drawing_file(named, f"{kind}s")
        target = out or Path(f"{path.stem}.sheet.png")
        spare([target], [path])
        save((set_sheet if kind == "set" else prop_sheet)(path, usable(look or usual_look(path)).name), target)

    return group


set_group = _group(
    "set", "street.svg", "set: {}", "set: {}", "it in every shape of picture, in shots, at several hours"
)
prop_group = _group(
    "prop",
    "box.svg",
    "props: {{it: {{kind: drawing, file: {}, at: [0.7, 0.88]}}}}",
    "props: {{it: {{kind: drawing, file: {}, at: [0.7, 0.88], size: 4}}}}",
    "it beside somebody, held, turned",
)
