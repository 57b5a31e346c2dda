"""Draws `looks.png`, one film in every look that ships, and `films.png`, a picture of each film.

Run as `python examples/looks.py`.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image

import storyreel
from storyreel.looks import look_names

HERE = Path(__file__).resolve().parent
TIMES = (1.6, 4.9, 9.1, 12.8, 17.4, 19.9, 23.5, 26.7, 31.5)
"""Seconds of the film, one of each scene and more."""
FILMS = {
    "block-the-bullies": 20.3,
    "why-would-you": 6.6,
    "i-want-to-hold-on-to": 11.0,
    "walk-away": 5.0,
    "power-of-words": 8.6,
    "what-we-dont-see": 6.0,
}
"""The films of the series, with a second of each."""
WIDTH, HEIGHT, GAP = 210, 373, 8


def _put(sheet: Image.Image, film: storyreel.Episode, seconds: float, column: int, row: int) -> None:
    picture = film.frame(seconds).convert("RGB").resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    sheet.paste(picture, (column * WIDTH, row * (HEIGHT + GAP)))


def _saved(sheet: Image.Image, name: str) -> None:
    """In 256 colours, which takes a quarter of the room."""
    few = sheet.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.FLOYDSTEINBERG)
    few.save(HERE / name, optimize=True)


def main() -> None:
    """A row for each look, a picture for each time; and a row of the films."""
    names = look_names()
    sheet = Image.new("RGB", (WIDTH * len(TIMES), (HEIGHT + GAP) * len(names) - GAP), "white")
    for row, name in enumerate(names):
        film = storyreel.load(HERE / "block-the-bullies" / "scene.yaml", look=name)
        for column, seconds in enumerate(TIMES):
            _put(sheet, film, seconds, column, row)
    _saved(sheet, "looks.png")
    films = Image.new("RGB", (WIDTH * len(FILMS), HEIGHT), "white")
    for column, (folder, seconds) in enumerate(FILMS.items()):
        _put(films, storyreel.load(HERE / folder / "scene.yaml"), seconds, column, 0)
    _saved(films, "films.png")


if __name__ == "__main__":
    main()
