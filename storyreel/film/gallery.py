"""A gallery of all that ships: pictures, loops and sounds in a folder, and a page that shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from storyreel.film.exhibits import KINDS, SMALL, made, rooms_of
from storyreel.publish.gallery_page import gallery_page
from storyreel.render.atomic import whole_or_nothing
from storyreel.render.errors import writing


def write_gallery(folder: Path, kinds: Sequence[str] = KINDS, told: Callable[[str], None] = lambda name: None) -> int:
    """Writes a gallery into a folder, `index.html` last; gives how many things it shows.

    Args:
        kinds: of `KINDS`, those that it shows.
        told: is told of each thing once it is there.

    Raises:
        StoryreelError: there is no such kind, or the folder can't be written.
    """
    rooms = rooms_of(kinds)
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    shown = [(room, exhibit) for room in rooms for exhibit in room.exhibits]
    for (room, exhibit), data in zip(shown, made(kinds), strict=True):
        path = folder / exhibit.file
        with whole_or_nothing(path) as temporary, writing(path):
            temporary.write_bytes(data)
        told(f"{room.title}: {exhibit.name}")
    index = folder / "index.html"
    with whole_or_nothing(index) as temporary, writing(index):
        temporary.write_text(gallery_page(rooms, SMALL), encoding="utf-8")
    return len(shown)
