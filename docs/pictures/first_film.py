"""Draws the pictures of the five-minute film, three moments a step: `python docs/pictures/first_film.py`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from textwrap import dedent
from typing import Any

from PIL import Image

from storyreel.film.episode import Episode
from storyreel.script.read import read_text
from storyreel.source.tree import parse

DOCS = Path(__file__).resolve().parent.parent
PICTURES = DOCS / "pictures" / "first-film"
FOLDER = DOCS.parent / "assets" / "portraits"
"""Where the film's portrait is."""
MOMENTS = (0.25, 0.55, 0.9)
"""When the pictures of a step are, in shares of what is new in it."""
BEATS = 6
"""How far in the beats of a scene stand."""
WIDTH, GAP = 220, 6


def steps() -> list[str]:
    """The film after each step of the page, as a scene file."""
    page = (DOCS / "first-film.md").read_text(encoding="utf-8")
    films: list[str] = []
    whole: dict[str, Any] = {}
    for section in page.split("\n## ")[1:]:
        for block in re.findall(r"```yaml\n(.*?)```", section, re.DOTALL):
            whole = grown(whole, block)
        films.append(json.dumps(whole))
    return films


def grown(whole: dict[str, Any], block: str) -> dict[str, Any]:
    """A film with one more piece, which its indent places: keys of the file, keys of the scene, more beats."""
    piece, _ = parse("beats:\n" + block if block.startswith(" " * BEATS) else dedent(block), "page")
    if not block.startswith(" "):
        return {**whole, **piece}
    (scene,) = whole["scenes"]
    beats = [*scene["beats"], *piece.get("beats", ())]
    return {**whole, "scenes": [{**scene, **piece, "beats": beats}]}


def film(text: str) -> Episode:
    """A step's film."""
    return Episode.from_script(read_text(signed(text), "page", FOLDER), FOLDER)


def signed(text: str) -> str:
    """A step with the portrait by the name that it ships under."""
    return text.replace("portrait.png", "stand-in.png")


def moments(first: int, end: int) -> list[int]:
    """The frames that are shown of what is new in a step."""
    return [first + round((end - first) * share) for share in MOMENTS]


def main() -> None:
    """Every picture of the page."""
    PICTURES.mkdir(exist_ok=True)
    before = 0
    for number, text in enumerate(steps(), start=1):
        made = film(text)
        length = made.timeline.length
        shown = strip(made, moments(before if length > before else 0, length))
        shown.save(PICTURES / f"{number}.webp", quality=80, method=6)
        before = length


def strip(made: Episode, frames: list[int]) -> Image.Image:
    """Frames of a film side by side."""
    height = round(WIDTH * 16 / 9)
    sheet = Image.new("RGB", ((WIDTH + GAP) * len(frames) - GAP, height), "white")
    for column, frame in enumerate(frames):
        picture = made.picture(frame).convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)
        sheet.paste(picture, (column * (WIDTH + GAP), 0))
    return sheet


if __name__ == "__main__":
    main()
