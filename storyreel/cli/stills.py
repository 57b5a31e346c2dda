"""Commands that show a film without rendering it: a picture, a sheet, a strip, a movement's path, what is where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from storyreel.cli.help import Examples
from storyreel.cli.options import FILE, FORMAT, LOOK, SCENE, ending
from storyreel.errors import printable

if TYPE_CHECKING:
    from PIL.Image import Image

    from storyreel.film.episode import Episode

Command = TypeVar("Command", bound=Callable[..., Any])
PICTURES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
AT = click.option("--at", type=float, required=True, metavar="SECONDS", help="When in the film.")


def opened(scene: Path, look: str | None, form: str | None, *outputs: Path) -> Episode:
    """The film of a scene file, in another look or format where one is asked for; it is not made from `outputs`."""
    from storyreel.film.episode import load

    episode = load(scene, look, form)
    episode.spare(*outputs)
    return episode


def save(picture: Image, out: Path) -> None:
    """Writes a picture whole or not at all, and says where."""
    from storyreel.render.atomic import whole_or_nothing

    with whole_or_nothing(out) as temporary:
        picture.save(temporary, format=PICTURES[out.suffix.lower()])
    click.echo(out)


def _out(name: str) -> Callable[[Command], Command]:
    return click.option("-o", "--out", type=FILE, default=name, show_default=True, callback=ending(*PICTURES))


@click.command(cls=Examples, example="storyreel frame my-film/scene.yaml --at 3.2 -o frame.png")
@SCENE
@AT
@_out("frame.png")
@LOOK
@FORMAT
def frame(scene: Path, at: float, out: Path, look: str | None, form: str | None) -> None:
    """Draw one picture of the film."""
    episode = opened(scene, look, form, out)
    save(episode.frame(at), out)


@click.command(cls=Examples, example="storyreel sheet my-film/scene.yaml -o sheet.png")
@SCENE
@_out("sheet.png")
@LOOK
@FORMAT
def sheet(scene: Path, out: Path, look: str | None, form: str | None) -> None:
    """Draw a contact sheet: a picture a beat."""
    episode = opened(scene, look, form, out)
    save(episode.sheet(), out)


@click.command(
    cls=Examples, example="storyreel cover my-film/scene.yaml -o cover.png\nstoryreel cover my-film/scene.yaml --at 3.2"
)
@SCENE
@click.option(
    "--at", type=float, metavar="SECONDS", help="Which picture; the liveliest with somebody speaking, if left out."
)
@click.option("--title", metavar="TEXT", help="What stands on it; the film's title if left out, nothing if empty.")
@_out("cover.png")
@LOOK
@FORMAT
def cover(scene: Path, at: float | None, title: str | None, out: Path, look: str | None, form: str | None) -> None:
    """Draw a cover: a picture of the film with its title on it, where it hides no face."""
    episode = opened(scene, look, form, out)
    save(episode.cover(at, title), out)


@click.command(
    cls=Examples,
    example="storyreel strip my-film/scene.yaml --at 3.2\nstoryreel strip my-film/scene.yaml --at 3.2 --every 3",
)
@SCENE
@AT
@click.option("--count", type=click.IntRange(1, 100), default=12, show_default=True, help="How many pictures.")
@click.option(
    "--every", type=click.IntRange(min=1), default=1, show_default=True, help="From one to the next, in frames."
)
@_out("strip.png")
@LOOK
@FORMAT
def strip(scene: Path, at: float, count: int, every: int, out: Path, look: str | None, form: str | None) -> None:
    """Draw frames in a row, from a moment on: how it moves, on one page."""
    episode = opened(scene, look, form, out)
    save(episode.strip(at, count, every), out)


@click.command(
    cls=Examples,
    example="storyreel onion my-film/scene.yaml --at 3.2\n"
    "storyreel onion my-film/scene.yaml --at 3.2 --for 0.5 --on michii.left-hand",
)
@SCENE
@AT
@click.option(
    "--for",
    "lasts",
    type=click.FloatRange(0, min_open=True),
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="How long it is followed; at most to the end of its shot.",
)
@click.option(
    "--on",
    multiple=True,
    metavar="NAME",
    help="Who, what, or which part of a body (michii.left-hand); give it again for more; all of the cast if left out.",
)
@_out("onion.png")
@LOOK
@FORMAT
def onion(
    scene: Path, at: float, lasts: float, on: tuple[str, ...], out: Path, look: str | None, form: str | None
) -> None:
    """Draw a movement in one picture: its last drawing, those before it fainter, and its path, a dot a frame."""
    episode = opened(scene, look, form, out)
    save(episode.onion(at, lasts, on), out)


@click.command(
    cls=Examples,
    example="storyreel layout my-film/scene.yaml --at 3.2\nstoryreel layout my-film/scene.yaml --at 3.2 --json",
)
@SCENE
@AT
@click.option("--json", "as_json", is_flag=True, help="As data instead of a table; with the parts of bodies.")
@LOOK
@FORMAT
def layout(scene: Path, at: float, as_json: bool, look: str | None, form: str | None) -> None:
    """Say what is where at a moment: the box of all that is visible, back to front, in pixels."""
    data = opened(scene, look, form).layout(at)
    if as_json:
        from storyreel.cli.terminal import json_text

        click.echo(json_text(data, indent=2))
        return
    width, height = data["width"], data["height"]
    click.echo(
        printable(f"{data['scene']}, frame {data['frame']}, {data['at']:.2f} s; {width}x{height}, safe {data['safe']}")
    )
    longest = max((len(thing["name"]) for thing in data["things"]), default=0)
    for thing in data["things"]:
        left, top, right, bottom = thing["box"]
        seen = "" if thing["visible"] > 0.999 else f"  {thing['visible']:.0%} of it in the picture"
        row = f"{thing['name']:<{longest}}  {thing['kind']:<7}  {left:>6} {top:>6} {right:>6} {bottom:>6}{seen}"
        click.echo(printable(row))
