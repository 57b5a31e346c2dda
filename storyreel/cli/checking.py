"""`storyreel check`: what is wrong with a scene or a series, and what may be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from storyreel.cli.help import Examples
from storyreel.cli.options import FILE
from storyreel.errors import SceneError, printable

if TYPE_CHECKING:
    from storyreel.errors import Problem


@click.command(cls=Examples, example="storyreel check my-film/scene.yaml\nstoryreel check series.yaml")
@click.argument("scene", type=FILE, metavar="SCENE.YAML | SERIES.YAML")
@click.option("--strict", is_flag=True, help="Let warnings count as mistakes.")
def check(scene: Path, strict: bool) -> None:
    """Say everything that is wrong with a scene file, and what may be: a warning stops nothing.

    Of a series file: with it, and with every scene that it names.
    """
    from storyreel.script.series import is_series

    said, warnings = _series(scene) if is_series(scene) else _scene(scene)
    if warnings and strict:
        raise SceneError(warnings)
    for warning in warnings:
        click.echo(str(warning), err=True)
    click.echo(printable(f"{scene}: good; {said}"))


def _scene(path: Path) -> tuple[str, tuple[Problem, ...]]:
    from storyreel.film.review import review

    script, warnings = review(path)
    beats = [beat for one in script.scenes for beat in one.beats]
    lines = sum(part.say is not None for beat in beats for parts in beat.parts.values() for part in parts)
    return f"scenes: {len(script.scenes)}, beats: {len(beats)}, lines: {lines}", warnings


def _series(path: Path) -> tuple[str, tuple[Problem, ...]]:
    from storyreel.series.review import review

    films, warnings = review(path)
    return f"films: {films}", warnings
