"""`storyreel render` to something else than an MP4: WebM, ProRes, GIFs, PNGs, the sound alone, the captions alone."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path, PurePosixPath

import click

from storyreel.cli.options import OUTLETS

ONLY = "only"
"""What stands at `--captions` for the captions with nothing behind them."""


def rendered(
    scene: Path,
    out: str | Path | None,
    look: str | None,
    form: str | None,
    captions: str,
    draft: bool,
    crf: int | None,
    others: Mapping[str, object],
) -> bool:
    """Writes a film in the way that the ending of its name asks for, if that is another one; whether it does.

    Args:
        others: options that are for MP4s alone, and what was given for each.

    Raises:
        click.UsageError: one of them was given, or captions alone are to be in a file that can't be see-through.
        StoryreelError: the film can't be made or written.
    """
    ending = PurePosixPath(out).suffix.lower() if out is not None else ""
    if ending not in OUTLETS:
        if captions == ONLY:
            raise click.UsageError("captions alone are see-through: name a .mov, a .webm or frames/%05d.png with -o")
        return False
    if captions == ONLY and ending == ".gif":
        raise click.UsageError(
            f"{out}: captions alone have soft edges to see through, which a GIF can't have: name a .mov, a .webm or "
            "frames/%05d.png with -o"
        )
    if isinstance(out, str):
        raise click.UsageError(f"{out}: only an MP4 is written to a URL")
    given = [option for option, value in others.items() if value]
    if crf is not None and ending == ".gif":
        given.append("--crf")
    if given:
        raise click.UsageError(f"{', '.join(given)}: for MP4s alone, not for {ending}")
    if out is not None:
        _write(scene, out, look, form, captions, draft, crf)
    return True


def _write(
    scene: Path, out: Path, look: str | None, form: str | None, captions: str, draft: bool, crf: int | None
) -> None:
    from storyreel.film.episode import load
    from storyreel.publish.captions import SIDECARS, written_beside
    from storyreel.publish.export import MOVING
    from storyreel.render.progress import bar

    episode = load(scene, look, form)
    beside = captions in ("sidecar", "both") and out.suffix.lower() in MOVING
    episode.spare(out, *(out.with_suffix(suffix) for suffix in SIDECARS if beside))
    with (
        written_beside(out, episode.captions()) if beside else nullcontext(),
        bar(episode.title) as progress,
    ):
        count = episode.export(out, captions in ("burn", "both"), captions == ONLY, draft, crf, progress)
    if out.suffix.lower() == ".gif":
        seconds, size = count / episode.timeline.rate, out.stat().st_size / 1e6
        part = "its loop" if count < episode.timeline.length else "all of it, small"
        click.echo(f"{out}: {part}; {float(seconds):.1f} s, {size:.1f} MB, without sound")
        return
    click.echo(f"{out}: {episode.seconds:.1f} s, {count} frames")
