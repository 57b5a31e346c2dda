"""`storyreel gallery`: a page with a picture, a loop or a player for everything that ships."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from storyreel.cli.help import Examples
from storyreel.cli.options import FILE
from storyreel.errors import printable


@click.command(cls=Examples, example="storyreel gallery\nstoryreel gallery acts-and-faces --only acts --only faces")
@click.argument("folder", type=FILE, default="gallery", metavar="[FOLDER]")
@click.option(
    "--only", multiple=True, metavar="KIND", help="Only puppets, faces, poses, acts, …; give it again for more."
)
def gallery(folder: Path, only: tuple[str, ...]) -> None:
    """Make a page that shows all there is: puppets, faces, acts, sets, sounds, each with the YAML that makes it."""
    from storyreel.film.exhibits import KINDS
    from storyreel.film.gallery import write_gallery

    def told(name: str) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r\x1b[K{printable(name)}", nl=False, err=True)

    count = write_gallery(folder, only or KINDS, told)
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
    click.echo(printable(f"{folder / 'index.html'}: {count} things"))
