"""Draws the pictures of the page about directing, on its own stage: `python docs/pictures/directing.py`."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image

from storyreel.film.episode import Episode
from storyreel.script.read import read_text

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SIZES = ("extreme-close", "close", "medium-close", "medium", "full", "wide")
VIEWED = "examples/block-the-bullies/michii.svg"
"""A puppet with views: a close-up is a drawing of its own."""
GAP = 8
Box = tuple[int, int, int, int]
WHOLE: Box = (0, 0, 1080, 1920)


def main() -> None:
    """Every picture beside this file."""
    sized = "".join(f"      - {{shot: {{on: michii, size: {size}, sees: []}}, for: 10f}}\n" for size in SIZES)
    strip(
        "sizes", film(sized, michii=VIEWED, face="happy"), [10 * number + 5 for number in range(len(SIZES))], WHOLE, 190
    )
    touch = "      - {shot: {on: stage}, grump: {at: 20f, press: bell, over: 12f}, for: 40f}\n"
    strip("touch", film(touch), [8, 13, 18, 20, 24, 33], (290, 880, 1040, 1480), 300)
    said = "{say: Nobody likes my dance.}, for: 50f}\n"
    lanes = "".join(
        f"      - {{shot: {{on: michii, size: {size}, at: [0.5, {down}], lane: {lane}, sees: []}}, michii: {said}"
        for size, lane, down in (("close", "low", 0.32), ("full", "high", 0.6))
    )
    strip("lanes", film(lanes, michii=VIEWED), [20, 70], WHOLE, 260)


def film(beats: str, michii: str = "michii", face: str = "sad") -> Episode:
    """Beats on the page's stage, with a drawing of Michii and the face that she begins with."""
    found = re.search(r"```yaml\n(.*?    beats:\n)", (HERE.parent / "directing.md").read_text("utf-8"), re.DOTALL)
    assert found is not None
    return Episode.from_script(
        read_text(
            found[1].replace("puppet: michii", f"puppet: {michii}").replace("face: sad", f"face: {face}") + beats
        ),
        ROOT,
    )


def strip(name: str, shown: Episode, frames: list[int], part: Box, width: int) -> None:
    """Frames of a film side by side: a part of each, so many pixels wide."""
    height = round(width * (part[3] - part[1]) / (part[2] - part[0]))
    sheet = Image.new("RGB", ((width + GAP) * len(frames) - GAP, height), "white")
    for column, frame in enumerate(frames):
        picture = shown.picture(frame).convert("RGB").crop(part).resize((width, height), Image.Resampling.LANCZOS)
        sheet.paste(picture, (column * (width + GAP), 0))
    sheet.quantize(128, dither=Image.Dither.NONE).save(HERE / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
