"""`storyreel gif`: a looping GIF of a film, or of a part of it."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import click

from storyreel.cli.help import Examples
from storyreel.cli.options import ending

GIF = "gif"
"""What stands at `render --format` for a film whose loop is to be one."""


def named(scene: Path, out: str | Path | None) -> str | Path:
    """The name of a GIF that is asked for by a format.

    Raises:
        click.BadParameter: another kind of file is named.
    """
    if out is not None and PurePosixPath(out).suffix.lower() != ".gif":
        raise click.BadParameter(f"{out}: the name of a GIF must end in .gif")
    from storyreel.script.files import film_name

    return out if out is not None else Path(f"{film_name(scene)}.gif")


@click.command(cls=Examples, example="storyreel gif my-film/scene.yaml --scene garden -o garden.gif")
@click.argument("scene", type=click.Path(path_type=Path), metavar="SCENE.YAML")
@click.option("--scene", "part", default="", metavar="ID", help="The scene to show; its loop, if a beat of it is one.")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    callback=ending(".gif"),
    help="The GIF; its folder's or its scene's name if left out.",
)
@click.option(
    "--width",
    type=click.IntRange(16, 1080),
    help="Pixels across, or nearly; the shorter side has 540 if left out, 360 if it is the whole film.",
)
@click.option("--captions", is_flag=True, help="With captions; a whole film has them anyway.")
@click.option("--look", metavar="NAME", help="Render in another look (see `storyreel looks`).")
@click.option("--format", "form", metavar="NAME", help="tiktok, reels, shorts, square or landscape.")
def gif(
    scene: Path, part: str, out: Path | None, width: int | None, captions: bool, look: str | None, form: str | None
) -> None:
    """Write a GIF that loops for ever: of a scene, of the film's last loop, or of all of it."""
    from storyreel.film.episode import load
    from storyreel.publish.animation import write_gif
    from storyreel.render.progress import bar
    from storyreel.script.files import film_name

    target = out or Path(f"{part or film_name(scene)}.gif")
    episode = load(scene, look, form)
    episode.spare(target)
    with bar(episode.title) as progress:
        count = write_gif(episode, target, part, width, captions or None, progress=progress)
    click.echo(f"{target}: {count} drawings, {target.stat().st_size / 1000:.0f} kB, without sound")
