"""The `storyreel` command. Thin: every command loads what it needs when it runs, so that `--help` is instant."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from storyreel import __version__
from storyreel.cli import animation, browsing, checking, drawings, outlets, stills, streams
from storyreel.cli.casting import voices
from storyreel.cli.exhibition import gallery
from storyreel.cli.help import ExampleGroup, Examples, InOrder
from storyreel.cli.ledgers import digest
from storyreel.cli.listing import list_
from storyreel.cli.options import CACHE, CLUSTER, FILE, FORMAT, LOOK, OUTLETS, PLACE, SCENE, cache_of, ending
from storyreel.cli.puppets import puppet
from storyreel.cli.stills import opened
from storyreel.errors import SceneError, StoryreelError, printable
from storyreel.stopping import notice_stops

if TYPE_CHECKING:
    from storyreel.film.episode import CaptionMode
    from storyreel.render.film import Report

WRONG_INPUT, FAILED, INTERRUPTED = 2, 1, 130
VERIFIED = 4
"""Chunks that `--verify` renders again."""


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="storyreel")
def storyreel() -> None:
    """Write a scene in YAML, get a finished vertical film: drawn, animated, voiced, captioned, mixed.

    \b
    Begin with:
      storyreel new my-film
      storyreel render my-film/scene.yaml
    """


@storyreel.command(cls=Examples, example="storyreel new my-film\nstoryreel render my-film/scene.yaml")
@click.argument("name", type=click.Path(path_type=Path))
def new(name: Path) -> None:
    """Make a folder with a working scene to start from."""
    from storyreel.cli.starter import start

    for path in start(name):
        click.echo(path)
    click.echo(f"\nNow: storyreel render {name / 'scene.yaml'}")


storyreel.add_command(checking.check)


@storyreel.command(
    cls=Examples,
    example="storyreel render my-film/scene.yaml -o my-film.mp4 --captions burn\n"
    "storyreel render my-film/scene.yaml -o captions.mov --captions only",
)
@SCENE
@click.option(
    "-o",
    "--out",
    type=PLACE,
    callback=ending(".mp4", *OUTLETS),
    help="The film or its URL; its folder's name if left out. Its ending says what comes out: .mp4, .webm, .mov "
    "(ProRes 4444), .gif (a loop, or all of it small), .wav, .m4a, or a picture a frame: frames/%05d.png.",
)
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes; as many as there are cores if left out.")
@click.option("--draft", is_flag=True, help="Small and quick, for looking.")
@click.option(
    "--crf",
    type=click.IntRange(0, 51),
    help="How finely the picture is encoded: the lower, the finer and the larger; 18 if left out, 23 for a draft.",
)
@click.option(
    "--quick", is_flag=True, help="As fine, in three fifths of the time, for a quarter to a third more bytes."
)
@click.option("--chapters", is_flag=True, help="A chapter a scene, in the film and as a list beside it.")
@click.option(
    "--captions",
    type=click.Choice(["burn", "sidecar", "both", "none", "only"]),
    default="both",
    show_default=True,
    help="In the picture, as .srt and .vtt beside the film, both, or none; only: nothing else, see-through "
    "(.mov, .webm, .png).",
)
@LOOK
@FORMAT
@CLUSTER
@CACHE
@click.option("--no-cache", is_flag=True, help="Draw everything anew, and keep nothing for the next time.")
@click.option(
    "--profile",
    is_flag=False,
    flag_value="",
    metavar="[TRACE.JSON]",
    help="Print where the time went; with a file's name, write a Chrome trace of the workers too.",
)
@click.option("--verify", is_flag=True, help="Render a sample of chunks again and compare them, bit for bit.")
def render(
    scene: Path,
    out: str | Path | None,
    jobs: int | None,
    draft: bool,
    crf: int | None,
    quick: bool,
    chapters: bool,
    captions: Any,
    look: str | None,
    form: str | None,
    cluster: str | None,
    place: str | Path | None,
    no_cache: bool,
    profile: str | None,
    verify: bool,
) -> None:
    """Render a scene into a film, with its captions beside it; or into whatever else its name's ending says."""
    own = {"--cluster": cluster, "--cache": place, "--verify": verify, "--profile": profile is not None, "--jobs": jobs}
    own |= {"--quick": quick, "--chapters": chapters}
    if form == animation.GIF:
        out, form = animation.named(scene, out), None
    if outlets.rendered(scene, out, look, form, captions, draft, crf, own):
        return
    from storyreel.script.files import film_name

    kept = cache_of(place, no_cache)
    target = out or Path(f"{film_name(scene)}.mp4")
    from storyreel.film.episode import loaded
    from storyreel.render.progress import bar

    # A cluster draws on its own workers.
    ready = loaded(scene, look, form, jobs if cluster is None else 1)
    with ready as episode, bar(episode.title) as progress:
        if profile:
            episode.spare(profile)
        report = episode.render(
            target,
            progress=progress,
            jobs=jobs,
            draft=draft,
            crf=crf,
            captions=captions,
            cache=kept,
            cluster=cluster,
            quick=quick,
            chapters=chapters,
            verify=VERIFIED if verify else 0,
            tracing=bool(profile),
        )
    for note in report.notes:
        click.echo(printable(f"storyreel: {note}"), err=True)
    click.echo(f"{target}: {episode.seconds:.1f} s, {report.frames} frames, rendered in {report.seconds:.1f} s")
    if verify:
        click.echo(f"verified: {report.verified} chunks came out the same, bit for bit")
    if profile is not None:
        _show_profile(report, profile)


def _show_profile(report: Report, trace: str) -> None:
    """Prints where a render's time went, and writes the trace where one is asked for."""
    from rich.console import Console

    from storyreel.render.profile import table, write_trace

    Console().print(table(report))
    if trace:
        write_trace(report, Path(trace))
        click.echo(trace)


@storyreel.command(
    cls=Examples, example="storyreel batch series.yaml -o out/\nstoryreel batch scenes/*.yaml -o out/ --format square"
)
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="SERIES.YAML | SCENE.YAML...")
@click.option("-o", "--out", type=PLACE, required=True, help="The folder (or its URL) for the films and their report.")
@click.option("--format", "formats", multiple=True, metavar="NAME", help="In this format; give it again for more.")
@click.option("--look", "looks", multiple=True, metavar="NAME", help="In this look; give it again for more.")
@click.option("--captions", type=click.Choice(["burn", "sidecar", "both", "none"]), help="As for `render`.")
@click.option(
    "--covers",
    type=click.Choice(["titled", "bare"]),
    default="titled",
    show_default=True,
    help="With the film's title on them, or without.",
)
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes; as many as there are cores if left out.")
@click.option("--draft", is_flag=True, help="Small and quick, for looking.")
@CLUSTER
@CACHE
@click.option("--no-cache", is_flag=True, help="Draw everything anew, and keep nothing for the next time.")
@click.option("--fail-fast", is_flag=True, help="Stop at the first film that can't be made.")
@click.option(
    "--log", type=click.Choice(["text", "json"]), default="text", help="json: one event a line, for machines."
)
def batch(
    files: tuple[Path, ...],
    out: str | Path,
    formats: tuple[str, ...],
    looks: tuple[str, ...],
    captions: CaptionMode | None,
    covers: Literal["titled", "bare"],
    jobs: int | None,
    draft: bool,
    cluster: str | None,
    place: str | Path | None,
    no_cache: bool,
    fail_fast: bool,
    log: str,
) -> None:
    """Render a whole series: films, captions, covers, posts, and a report on them."""
    kept = cache_of(place, no_cache)
    from storyreel.cli.terminal import batch_log
    from storyreel.series.batch import batch as series

    given = files[0] if len(files) == 1 else files
    with batch_log(log == "json") as progress:
        report = series(
            given,
            out,
            formats=formats,
            looks=looks,
            jobs=jobs,
            fail_fast=fail_fast,
            cache=kept,
            cluster=cluster,
            draft=draft,
            captions=captions,
            covers=covers,
            progress=progress,
        )
    for note in report.notes:
        click.echo(printable(f"storyreel: {note}"), err=True)
    if log == "text":
        click.echo(
            f"{f'{out}'.rstrip('/')}/index.html: {len(report.films) - len(report.failed)} of {len(report.films)} films"
        )
    if report.failed:
        raise SystemExit(FAILED)


storyreel.add_command(stills.frame)
storyreel.add_command(stills.sheet)
storyreel.add_command(stills.cover)
storyreel.add_command(stills.strip)
storyreel.add_command(stills.onion)
storyreel.add_command(stills.layout)


@storyreel.command(
    cls=Examples, example="storyreel inspect my-film/scene.yaml\nstoryreel inspect my-film/scene.yaml --json"
)
@SCENE
@click.option("--json", "as_json", is_flag=True, help="As data instead of tables.")
@LOOK
@FORMAT
def inspect(scene: Path, as_json: bool, look: str | None, form: str | None) -> None:
    """Show the shots, beats, lines and cues of a film."""
    from storyreel.cli.inspection import as_data, print_tables

    timeline = opened(scene, look, form).timeline
    if as_json:
        from storyreel.cli.terminal import json_text

        click.echo(json_text(as_data(timeline), indent=2))
    else:
        print_tables(timeline)


@storyreel.command(cls=Examples, example="storyreel schema > scene.schema.json")
@click.option("--series", is_flag=True, help="Of series files instead of scene files.")
def schema(series: bool) -> None:
    """Print the JSON Schema of the scene format, for editors; with the looks that are installed."""
    from storyreel.film.reading import schema_text

    click.echo(schema_text(series, installed=True), nl=False)


@storyreel.command(cls=Examples, example="storyreel looks\nstoryreel render my-film/scene.yaml --look kawaii")
def looks() -> None:
    """List the looks that a film can be rendered in, those of other packages too."""
    from storyreel.looks import about, look_names

    width = max(map(len, look_names()))
    for name in look_names():
        click.echo(printable(f"{name:<{width}}  {about(name)}"))


storyreel.add_command(browsing.studio)
storyreel.add_command(animation.gif)
storyreel.add_command(digest)
storyreel.add_command(puppet)
storyreel.add_command(drawings.set_group)
storyreel.add_command(drawings.prop_group)
storyreel.add_command(list_)
storyreel.add_command(gallery)
storyreel.add_command(voices)


@storyreel.group(cls=ExampleGroup, example="storyreel cache info\nstoryreel cache clear")
def cache() -> None:
    """What earlier renders have finished: see how much there is, or clear it."""


@cache.command(cls=Examples, example="storyreel cache info")
def info() -> None:
    """Say where the cache is and how full."""
    from storyreel.render.cache import Cache

    found = Cache().info()
    click.echo(f"{found.folder}: {found.entries} entries, {found.size / 1e6:.1f} MB of {found.limit / 1e6:.0f} MB")


@cache.command(cls=Examples, example="storyreel cache clear")
def clear() -> None:
    """Throw away everything that earlier renders have kept."""
    from storyreel.render.cache import Cache

    Cache().clear()
    click.echo("the cache is empty")


@storyreel.command(cls=Examples, example="storyreel doctor")
def doctor() -> None:
    """Say what this machine lacks, and the command that fixes it."""
    from storyreel.cli.doctor import examine

    findings = list(examine())
    width = max(len(finding.what) for finding in findings)
    for finding in findings:
        click.echo(f"{'ok  ' if finding.good else 'LACK'}  {finding.what:<{width}}  {finding.said}")
        if finding.fix:
            click.echo(f"      {'':<{width}}  fix: {finding.fix}")
    if not all(finding.good for finding in findings):
        raise SystemExit(FAILED)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command and leaves with its exit code: 0 done, 1 failed, 2 wrong input, 130 interrupted."""
    stop = notice_stops()
    streams.settle()
    try:
        code = run(arguments)
    except BaseException:
        # A library that was interrupted while it was imported raises what it likes.
        if stop.number is None:
            raise
    if stop.number is not None:
        stop.leave()
    if error := streams.failure():
        click.echo(f"storyreel: cannot write to standard output: {error.strerror}", err=True)
        code = code or FAILED
    sys.exit(code)


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and gives its exit code."""
    try:
        code = storyreel.main(args=arguments, prog_name="storyreel", standalone_mode=False)
    except click.exceptions.Abort:
        return INTERRUPTED
    except KeyboardInterrupt:
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except SceneError as error:
        click.echo(str(error), err=True)
        return WRONG_INPUT
    except StoryreelError as error:
        click.echo(f"storyreel: {error}", err=True)
        return FAILED
    except ImportError as error:
        # A library that lacks something; a room of our own that is missing is a fault, and shows itself whole.
        if (error.name or "").startswith("storyreel"):
            raise
        click.echo(f"storyreel: {error}; 'storyreel doctor' says what fixes it", err=True)
        return FAILED
    return code if isinstance(code, int) else 0
