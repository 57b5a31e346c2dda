"""`storyreel digest`: what every frame of a film came to, and what differs from what it came to before."""

from __future__ import annotations

from pathlib import Path

import click

from storyreel.cli.help import Examples
from storyreel.cli.options import FILE, FORMAT, LOOK, SCENE, ending
from storyreel.errors import printable


@click.command(
    cls=Examples,
    example="storyreel digest my-film/scene.yaml -o my-film.json\n"
    "storyreel digest my-film/scene.yaml --against my-film.json",
)
@SCENE
@click.option(
    "-o", "--out", type=FILE, callback=ending(".json"), help="Where to write it; film.digest.json if left out."
)
@click.option(
    "--against",
    type=FILE,
    metavar="LEDGER.JSON",
    help="Compare with an earlier one, and write none unless -o says where.",
)
@LOOK
@FORMAT
def digest(scene: Path, out: Path | None, against: Path | None, look: str | None, form: str | None) -> None:
    """Write a ledger of every frame's digest; or say what differs from one: source, toolchain, or a regression."""
    from storyreel.cli.stills import opened
    from storyreel.publish.ledger import read_ledger, verdict, written
    from storyreel.render.atomic import whole_or_nothing
    from storyreel.render.progress import Progress, bar

    before = read_ledger(against) if against is not None else None
    target = out or (Path("film.digest.json") if against is None else None)
    episode = opened(scene, look, form, *([target] if target is not None else []))
    with bar(episode.title) as progress:
        total = episode.timeline.length
        now = episode.ledger(lambda done: progress(Progress(done, total)))
    if target is not None:
        with whole_or_nothing(target) as temporary:
            temporary.write_text(written(now), encoding="utf-8")
        click.echo(printable(f"{target}: {len(now.frames)} frames"))
    if before is not None:
        found = verdict(before, now)
        for line in found.said:
            click.echo(printable(line))
        if not found.same:
            raise SystemExit(1)
