"""`storyreel studio`: the film in a browser, for as long as it is written."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from storyreel.cli.help import Examples
from storyreel.errors import StoryreelError


@click.command(cls=Examples, example="storyreel studio my-film/scene.yaml")
@click.argument("scene", type=click.Path(path_type=Path), metavar="SCENE.YAML")
@click.option("--draft", is_flag=True, help="Small pictures alone, for a slow machine or a long film.")
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes; as many as there are cores if left out.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The page's port; one that is free if left out.")
@click.option("--no-open", is_flag=True, help="Print the page's address, and open no browser.")
@click.option("--look", metavar="NAME", help="In another look (see `storyreel looks`).")
@click.option("--format", "form", metavar="NAME", help="tiktok, reels, shorts, square or landscape.")
def studio(
    scene: Path, draft: bool, jobs: int | None, port: int, no_open: bool, look: str | None, form: str | None
) -> None:
    """Show the film in a browser while you write it: every save changes the picture."""
    try:
        from storyreel.studio.serve import serve
    except ModuleNotFoundError as error:
        if error.name not in ("starlette", "uvicorn"):
            raise
        raise StoryreelError("the studio needs two more packages: pip install 'storyreel[studio]'") from error

    def told(address: str) -> None:
        click.echo(f"{address}\nSave {scene} in your editor and the picture changes; Ctrl+C ends the studio.")
        if not no_open:
            webbrowser.open(address)

    serve(scene, told, look=look, form=form, draft=draft, jobs=jobs, port=port)
