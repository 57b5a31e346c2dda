"""What several commands share: the scene, in which look and format, where films and finished chunks go, who draws."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

import click


class _Place(click.ParamType):  # type: ignore[type-arg]
    """A path, or the URL of one, which stays a text."""

    name = "path or URL"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str | Path:
        return value if isinstance(value, str) and "://" in value else Path(value)


PLACE = _Place()
FILE = click.Path(path_type=Path)
SCENE = click.argument("scene", type=FILE, metavar="SCENE.YAML")
LOOK = click.option("--look", metavar="NAME", help="Render in another look (see `storyreel looks`).")
FORMAT = click.option("--format", "form", metavar="NAME", help="tiktok, reels, shorts, square or landscape.")
CLUSTER = click.option(
    "--cluster",
    metavar="local|tcp://HOST:8786",
    help="Draw on the workers of a Dask scheduler; local: on workers started here.",
)
CACHE = click.option(
    "--cache",
    "place",
    type=PLACE,
    metavar="DIR|URL",
    help="Keep finished chunks here, for other machines too, instead of in your own cache.",
)


OUTLETS = (".webm", ".mov", ".png", ".gif", ".wav", ".m4a")
"""What a film can be written as besides an MP4 (`storyreel.publish.export.ENDINGS`)."""


def ending(*suffixes: str) -> Callable[[click.Context, click.Parameter, Any], Any]:
    """Refuses a file's name that ends otherwise, before any work is done."""

    def look(context: click.Context, parameter: click.Parameter, value: str | Path | None) -> str | Path | None:
        if value is not None and PurePosixPath(value).suffix.lower() not in suffixes:
            raise click.BadParameter(f"{value}: its name must end in {' or '.join(suffixes)}")
        return value

    return look


def cache_of(place: str | Path | None, no_cache: bool) -> bool | str | Path:
    """Where finished pieces are kept, if anywhere."""
    if place is not None and no_cache:
        raise click.UsageError("--cache and --no-cache say the opposite of each other")
    return place if place is not None else not no_cache
