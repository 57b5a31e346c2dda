"""`storyreel gif`: a looping GIF of a part of a film."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import click

from storyreel.cli.help import Examples
from storyreel.cli.options import ending

GIF = "gif"
"""What stands at `render --format` for a film whose loop is to be one."""


def rendered(scene: Path, out: str | Path | None, look: str | None, form: str | None) -> bool:
    """Writes a GIF of a film's last loop, if whoever renders it asks for that by a format or a name; whether they do.

    Raises:
        click.BadParameter: they do by the format, but the name is another's.
        StoryreelError: the film can't be made, or has no loop.
    """
    named = out is not None and PurePosixPath(out).suffix.lower() == ".gif"
    if form == GIF and out is not None and not named:
        raise click.BadParameter(f"{out}: the name of a GIF must end in .gif")
    if not named and form != GIF:
        return False
    write(scene, None if out is None else Path(out), look, None if form == GIF else form)
    return True


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
    "--width", type=click.IntRange(16, 1080), default=540, show_default=True, help="Pixels across, or nearly."
)
@click.option("--captions", is_flag=True, help="With captions: what is said does not come round with a loop.")
@click.option("--look", metavar="NAME", help="Render in another look (see `storyreel looks`).")
@click.option("--format", "form", metavar="NAME", help="tiktok, reels, shorts, square or landscape.")
def gif(
    scene: Path, part: str, out: Path | None, width: int, captions: bool, look: str | None, form: str | None
) -> None:
    """Write a GIF that loops for ever: of a scene, or of the film's last loop."""
    write(scene, out, look, form, part, width, captions)


def write(
    scene: Path,
    out: Path | None = None,
    look: str | None = None,
    form: str | None = None,
    part: str = "",
    width: int = 540,
    captions: bool = False,
) -> None:
    """Writes it, and says where and how large.

    Raises:
        StoryreelError: the film can't be made, or there is nothing to show.
    """
    from storyreel.film.episode import load
    from storyreel.publish.animation import write_gif
    from storyreel.script.files import film_name

    target = out or Path(f"{part or film_name(scene)}.gif")
    episode = load(scene, look, form)
    episode.spare(target)
    count = write_gif(episode, target, part, width, captions)
    click.echo(f"{target}: {count} drawings, {target.stat().st_size / 1000:.0f} kB")
