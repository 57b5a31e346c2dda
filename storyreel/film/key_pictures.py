"""A picture, or a player, of each example of the reference: three pictures in a row where something moves."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from storyreel.assets import asset, digest
from storyreel.film import exhibits, key_films
from storyreel.film.episode import Episode
from storyreel.film.exhibits import encoded, webp
from storyreel.film.given import put
from storyreel.film.key_films import FILES, SIZE, heard, key_film, revealed
from storyreel.film.makings import Making, key_of
from storyreel.render.scratch import scratch_folder
from storyreel.script.examples import EXAMPLES
from storyreel.script.models import Script

if TYPE_CHECKING:
    from PIL.Image import Image

    from storyreel.timeline.model import Timeline

_TRIES = 9
"""Pictures of a film of which those are shown that are the furthest apart."""
_SHOWN = 3
_MOVED = 1.8
"""Mean difference, of 255, from which on two pictures show a movement; breathing and blinking are below it."""
_GRAIN = 6
_LONGEST = 6
"""Seconds of a sound."""


@dataclass(frozen=True)
class KeyPicture:
    """What shows an example: of which model's key, in which file, and how that is made."""

    model: str
    key: str
    file: str
    making: Making


@cache
def key_pictures() -> tuple[KeyPicture, ...]:
    """One for every example of the reference; nothing is drawn yet."""
    found = []
    here = "".join(digest(Path(file)) for file in (__file__, exhibits.__file__, key_films.__file__))
    for model, lines in EXAMPLES.items():
        for key, line in lines.items():
            script = Script.model_validate(key_film(model, key, line))
            make = partial(_sounded if heard(model, key) else _shown, script, revealed(model, key))
            file = f"{model}-{key}{'.m4a' if heard(model, key) else '.webp'}".lower()
            found.append(KeyPicture(model, key, file, Making(key_of("key", script, model, key, here), make)))
    return tuple(found)


def makings() -> Sequence[Making]:
    """How the files are made, in that order."""
    return [one.making for one in key_pictures()]


@cache
def _folder() -> Path:
    """A folder with the files that examples name; it is gone when the process ends."""
    from storyreel.sound.resample import resampled
    from storyreel.sound.voice import voice

    stack = ExitStack()
    atexit.register(stack.close)
    folder = stack.enter_context(scratch_folder())
    portrait, line = (folder / name for name in FILES)
    shutil.copy(asset("portraits") / "stand-in.png", portrait)
    clip = voice("heart").speak("Hello there!")
    put(resampled(np.repeat(np.asarray(clip.samples, np.float32)[:, None], 2, axis=1), clip.rate), line)
    return folder


def _episode(script: Script) -> Episode:
    said = script.model_dump_json()
    return Episode.from_script(script, _folder() if any(name in said for name in FILES) else ".")


def _sounded(script: Script, in_reveal: bool) -> bytes:
    from storyreel.timeline.clock import SAMPLE_RATE

    return encoded(_episode(script).samples()[: _LONGEST * SAMPLE_RATE])


def _shown(script: Script, in_reveal: bool) -> bytes:
    """One picture, or three in a row."""
    from PIL import Image

    episode = _episode(script)
    pictures = [one.copy() for one in episode.pictures(_tries(episode.timeline, in_reveal))]
    chosen = [pictures[number] for number in apart(pictures)]
    wide, high = SIZE["width"], round(SIZE["width"] * pictures[0].height / pictures[0].width)
    row = Image.new("RGB", (wide * len(chosen), high))
    for number, picture in enumerate(chosen):
        row.paste(picture.resize((wide, high), Image.Resampling.LANCZOS), (number * wide, 0))
    return webp([row], row.size)


def _tries(timeline: Timeline, in_reveal: bool) -> list[int]:
    """Frames from the first to the last of the story, or of the reveal."""
    spans = [
        (start, start + scene.length) for start, scene in timeline.starts() if (scene.kind != "story") == in_reveal
    ]
    first, last = spans[0][0], spans[-1][1] - 1
    return [first + round((last - first) * number / (_TRIES - 1)) for number in range(_TRIES)]


def apart(pictures: Sequence[Image]) -> list[int]:
    """The pictures that are the furthest apart, in their order; the last alone where nothing moves."""
    small = [np.asarray(picture.reduce(_GRAIN), np.float32) for picture in pictures]

    def nearest(number: int, chosen: Sequence[int]) -> float:
        return min(float(np.abs(small[number] - small[one]).mean()) for one in chosen)

    chosen = [len(small) - 1]
    while len(chosen) < _SHOWN:
        further = max(range(len(small)), key=lambda number: nearest(number, chosen))
        if nearest(further, chosen) < _MOVED:
            break
        chosen.append(further)
    return sorted(chosen)
