"""The `voices` command: who there is to be cast, and what each sounds like."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from storyreel.cli.help import Examples
from storyreel.errors import printable


@click.command(cls=Examples, example="storyreel voices\nstoryreel voices michael nova -o samples")
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.option("-o", "--out", type=click.Path(path_type=Path), metavar="FOLDER", help="Write a sample of each (WAV).")
def voices(names: tuple[str, ...], out: Path | None) -> None:
    """List the voices that can be cast, or write samples of them to listen to."""
    if out is None:
        for row in _rows(names):
            click.echo(printable(row))
        return
    for path in _samples(out, names):
        click.echo(path)


def _rows(names: tuple[str, ...]) -> Iterator[str]:
    """A row for each voice: its name, engine, language, pitch, character, and what installs it where it isn't there."""
    from storyreel.sound.voice import VOICES, missing, speaker

    width = max(map(len, VOICES))
    for name in names or VOICES:
        one, cure = speaker(name), missing(name)
        row = f"{name:<{width}}  {one.engine:<6}  {one.language}  {one.pitch:>3} Hz  {one.character}"
        yield f"{row}; not installed: {cure}" if cure else row


def _samples(folder: Path, names: tuple[str, ...]) -> Iterator[Path]:
    """Writes what voices sound like: those named, or all that are installed.

    Raises:
        StoryreelError: one that is named isn't there, or a file can't be written.
    """
    import wave

    import numpy as np

    from storyreel.render.atomic import whole_or_nothing
    from storyreel.sound.voice import SAMPLE, VOICES, missing, voice

    for name in names or tuple(name for name in VOICES if missing(name) is None):
        clip = voice(name).speak(SAMPLE)
        path = folder / f"{name}.wav"
        with whole_or_nothing(path) as temporary, wave.open(str(temporary), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(clip.rate)
            file.writeframes(np.asarray(np.clip(clip.samples, -1, 1) * 32767, dtype="<i2").tobytes())
        yield path
