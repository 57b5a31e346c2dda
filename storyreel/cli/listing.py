"""`storyreel list`: what a scene file may name."""

from __future__ import annotations

from pathlib import Path

import click

from storyreel.cli.help import Examples
from storyreel.errors import did_you_mean, printable

KINDS = (
    *("faces", "poses", "outfits", "acts", "places", "moments", "sounds", "tracks", "voices", "props", "sets"),
    *("puppets", "looks", "formats", "transitions"),
)
"""What can be listed, in the order of the help."""


@click.command("list", cls=Examples, example="storyreel list acts\nstoryreel list faces my-film/scene.yaml")
@click.argument("kind", metavar="|".join(KINDS))
@click.argument("scene", type=click.Path(path_type=Path), required=False, metavar="[SCENE.YAML]")
def list_(kind: str, scene: Path | None) -> None:
    """Say what there is of something: in all that ships, or in the film at hand."""
    if kind not in KINDS:
        raise click.UsageError(f"there is no list of {kind}{did_you_mean(kind, KINDS, len(KINDS))}")
    from storyreel.film.lists import rows

    found = rows(kind, scene)
    width = max((len(name) for name, _ in found), default=0)
    for name, about in found:
        click.echo(printable(f"{name:<{width}}  {about}".rstrip()))
