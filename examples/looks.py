"""Draws `looks.png`, one film in every look that ships: `python examples/looks.py`."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

import storyreel
from storyreel.looks import look_names

HERE = Path(__file__).resolve().parent
TIMES = (1.6, 4.9, 9.1, 12.8, 17.4, 19.9, 23.5, 26.7, 31.5)
"""Seconds of the film, one of each scene and more."""
WIDTH, HEIGHT, GAP = 210, 373, 8


def main() -> None:
    """A row for each look, a picture for each time."""
    names = look_names()
    sheet = Image.new("RGB", (WIDTH * len(TIMES), (HEIGHT + GAP) * len(names) - GAP), "white")
    for row, name in enumerate(names):
        film = storyreel.load(HERE / "block-the-bullies" / "scene.yaml", look=name)
        for column, seconds in enumerate(TIMES):
            picture = film.frame(seconds).convert("RGB").resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
            sheet.paste(picture, (column * WIDTH, row * (HEIGHT + GAP)))
    sheet.save(HERE / "looks.png", optimize=True)


if __name__ == "__main__":
    main()
