"""A small film for tests: a still set, and a star that moves half of the time."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np

from storyreel.assets import digest
from storyreel.render.cache import Cache
from storyreel.render.film import Report, Soundtrack, render_film
from storyreel.sound.tape import Samples
from storyreel.timeline.model import Asset, DrawingContent, Layer, Scene, Timeline
from storyreel.timeline.track import keyed

SET = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1080 1920"><g id="Set">
<rect width="1080" height="1920" fill="#FFD9E8"/><circle cx="300" cy="500" r="200" fill="#B5E8FF"/></g></svg>"""
STAR = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="-100 -100 200 200"><g id="Star">
<path d="M0,-90 L26,-28 95,-28 40,14 60,82 0,42 -60,82 -40,14 -95,-28 -26,-28 Z" fill="#FFE14D" stroke="#332244"
 stroke-width="8" stroke-linejoin="round"/></g></svg>"""


def picture(folder: Path, name: str, text: str) -> Asset:
    path = folder / name
    path.write_text(text)
    return Asset(str(path), digest(path))


def small_film(folder: Path, lengths: tuple[int, ...] = (100, 50), turn: float = 300.0) -> Timeline:
    """Scenes of a still set and a star that moves for half of its time and is held for the other half."""
    back, star = picture(folder, "set.svg", SET), picture(folder, "star.svg", STAR)

    def scene(number: int, length: int) -> Scene:
        moves = (
            ("x", keyed((0, 200.0), (length // 2, 800.0, "hold"))),
            ("y", 900.0 + 50 * number),
            ("rot", keyed((0, 0.0), (length // 2, turn))),
        )
        layers = (
            Layer("set", DrawingContent(back), 0, length, plane=0.0),
            Layer("star", DrawingContent(star), 0, length, moves, order=1.0),
        )
        return Scene(f"scene-{number}", length, layers, seed=number)

    scenes = tuple(scene(number, length) for number, length in enumerate(lengths))
    return Timeline("A small film", "kawaii", 216, 384, Fraction(30), (60, 250, 910, 1480), scenes)


def tone(timeline: Timeline) -> Samples:
    times = np.arange(timeline.clock.sample(timeline.length)) / 48000
    wave = 0.2 * np.sin(2 * np.pi * 440 * times)
    return np.stack([wave, wave], 1).astype(np.float32)


def soundtrack(timeline: Timeline, key: str = "") -> Soundtrack:
    return Soundtrack(lambda: tone(timeline), key)


def render(timeline: Timeline, out: Path, jobs: int = 1, cache: Cache | None = None) -> Report:
    return render_film(timeline, soundtrack(timeline, "ab" * 32), out, jobs=jobs, cache=cache)
