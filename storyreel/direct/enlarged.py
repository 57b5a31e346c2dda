"""How many times larger than it is drawn somebody is seen, and whose pixels come out larger than another's."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from storyreel.direct.cast import Performer
from storyreel.direct.occupied import Occupied
from storyreel.direct.production import Production
from storyreel.looks import pen
from storyreel.script.formats import format_of
from storyreel.stage.camera import enlarged

_EVERY = 6
"""Frames from one look at the picture to the next."""
_BLOCKS = 2.5
"""How many times enlarged the pixels of a portrait are seen as blocks."""
_ALIKE = 1.1
"""Pixels that come out larger by less than this factor are of one size."""


def pixel(production: Production) -> float:
    """How large what a film is drawn in is, in stage units: a cell in a look of cells, one unit in any other."""
    finish = pen(production.look.name).finish if production.look.kit.crisp else None
    form = format_of(production.script)
    return finish.cell(form.width, form.height) * production.picture[0] / form.width if finish is not None else 1.0


def times(one: Performer, zoom: float, production: Production) -> float:
    """How many times enlarged a camera of that magnification shows one of somebody's drawings."""
    return one.height / one.rig.height * zoom / (pixel(production) if one.rig.celled else 1.0)


def said_of(factor: float) -> str:
    """A factor as part of a sentence; nothing where hardly anything is enlarged."""
    return f", enlarged {factor:.1f} times" if factor >= _ALIKE else ""


def coarse(factor: float) -> bool:
    """Whether looks would draw something anew for being seen so large."""
    return enlarged((factor, 0.0, 0.0, factor, 0.0, 0.0)) > 1


def judge_pixels(occupied: Occupied, production: Production, length: int, warn: Callable[[str], None]) -> None:
    """Warns once of two in one picture whose pixels come out in different sizes."""
    if not any(shown.one.rig.celled for drawings in occupied.people.values() for shown in drawings):
        return
    for frame in range(0, length, _EVERY):
        found = sorted(_pixels(occupied, production, frame))
        if found and found[-1][0] > _ALIKE * found[0][0]:
            (small, less), (large, more) = found[0], found[-1]
            warn(
                f"two cell sizes in one picture: {more}'s come out {large / small:.1f} times as large as {less}'s; "
                "draw a sheet for each size, or give them one"
            )
            return


def judge_portrait(production: Production, file: str, shown: tuple[float, float]) -> None:
    """Warns of a portrait that has far fewer pixels than it is shown with, at so many stage units across and down."""
    size, form = production.scenery.pixels(file), format_of(production.script)
    if size is None:
        return
    (wide, tall), crisp = size, production.look.kit.crisp
    unit = pixel(production) if crisp else production.picture[0] / form.width
    factor = shown[0] / (wide * unit)
    if factor > _BLOCKS:
        production.warn(
            f"{file} is {wide}x{tall} and fills {form.width}x{form.height}: it is enlarged {factor:.1f} times; "
            f"take one of at least {math.ceil(shown[0] / unit)}x{math.ceil(shown[1] / unit)}",
            *("creator", "portrait", "file"),
        )


def _pixels(occupied: Occupied, production: Production, frame: int) -> Iterator[tuple[float, str]]:
    """How large the pixels come out of everybody who has any, and whose face is in the picture."""
    crisp, unit = production.look.kit.crisp, pixel(production)
    for shown, scale in occupied.seen(frame):
        if shown.one.rig.celled:
            # As they are laid on whole cells: grown by whole factors (`storyreel.stage.cells.crisp`).
            yield (max(round(scale / unit), 1) * unit if crisp else scale), shown.one.name
        elif crisp:
            yield unit, shown.one.name
