"""`storyreel puppet`: a puppet to draw over, what was found in one, and all that it can do on one page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storyreel.cli.help import ExampleGroup, Examples
from storyreel.cli.options import FILE, ending
from storyreel.cli.templates import LOOK, usual_look, write_template
from storyreel.errors import SceneError, printable

if TYPE_CHECKING:
    from storyreel.puppet.review import Review


@click.group(
    cls=ExampleGroup,
    example="storyreel puppet new me.svg\nstoryreel puppet check me.svg\nstoryreel puppet sheet me.svg -o me.png",
)
def puppet() -> None:
    """Draw your own puppet: start from one, see what was found in it, see what it can do."""


@puppet.command(cls=Examples, example="storyreel puppet new me.svg\nstoryreel puppet new me.json")
@click.argument("path", type=FILE, metavar="ME.SVG")
def new(path: Path) -> None:
    """Write a puppet to draw over, every layer named, and its rig beside it.

    A name that ends in .json gives a sheet of cells instead, drawn pixel by pixel, and its picture beside it.
    """
    targets = write_template("puppet", path)
    for target in targets:
        click.echo(target)
    click.echo()
    click.echo(printable(f"Draw over it, then: storyreel puppet check {path}"))
    click.echo(printable(f"In a scene beside it: cast: {{{_called(path)}: {{puppet: {path.name}}}}}"))


def _called(path: Path) -> str:
    """What somebody in a scene may be called by the name of their puppet's file."""
    name = "".join(sign if sign.isascii() and (sign.isalnum() or sign == "-") else "-" for sign in path.stem.lower())
    return name.strip("-") or "me"


@puppet.command(cls=Examples, example="storyreel puppet check me.svg\nstoryreel puppet check grump")
@click.argument("named", metavar="ME.SVG")
@click.option("--strict", is_flag=True, help="Let layers that are named oddly count as mistakes.")
def check(named: str, strict: bool) -> None:
    """Say which parts of a puppet were found, which weren't and what that costs."""
    from storyreel.film.puppet_sheet import puppet_file
    from storyreel.puppet.review import review

    path = puppet_file(named)
    found = review(path)
    if found.odd and strict:
        raise SceneError(found.odd)
    for problem in found.odd:
        click.echo(str(problem), err=True)
    for row in _rows(path, found):
        click.echo(printable(row))


def _rows(path: Path, found: Review) -> Iterator[str]:
    rig = found.rig
    yield f"{path.name}: {rig.width:.0f} wide, {rig.height:.0f} high, stands at ({rig.feet[0]:.0f}, {rig.feet[1]:.0f})"
    yield ""
    yield "Found"
    for one in found.found:
        by = f" ({one.by})" if one.by else ""
        yield f"  {', '.join(one.names)}: {one.does}{by}"
    for what, names in (
        ("mouths", found.mouths),
        ("faces", tuple(rig.faces)),
        ("poses", tuple(rig.poses)),
        ("outfits", tuple(rig.outfits)),
        ("colours", tuple(rig.recast)),
        ("views", tuple(rig.views)),
    ):
        if names:
            yield f"  {what}: {', '.join(names)}"
    if found.covered:
        yield ""
        yield "Covered"
    for feature, over in found.covered.items():
        yield f"  {feature}: lies under {over}, which is later in the file and so in front of it"
    if found.missing or found.stand_ins:
        yield ""
        yield "Not found, and what that costs"
    for lacking in found.missing:
        yield f"  {', '.join(lacking.names)}: {lacking.cost}"
    if found.stand_ins:
        yield f"  mouths: {', '.join(f'{shape} is drawn as {other}' for shape, other in found.stand_ins.items())}"


@puppet.command(cls=Examples, example="storyreel puppet sheet me.svg -o me.png\nstoryreel puppet sheet michii")
@click.argument("named", metavar="ME.SVG")
@click.option("-o", "--out", type=FILE, callback=ending(".png", ".jpg", ".jpeg", ".webp"), help="The page.")
@LOOK
def sheet(named: str, out: Path | None, look: str | None) -> None:
    """Draw all that a puppet can do on one page: faces, mouths, poses, acts."""
    from storyreel.cli.stills import save
    from storyreel.film.inputs import spare
    from storyreel.film.puppet_sheet import puppet_file, puppet_sheet
    from storyreel.looks import usable

    path = puppet_file(named)
    target = out or Path(f"{path.stem}.sheet.png")
    spare([target], [path])
    save(puppet_sheet(path, usable(look or usual_look(path)).name), target)
