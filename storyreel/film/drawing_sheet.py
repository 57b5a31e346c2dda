"""A set or a prop on one page: the set in all shapes of picture and hours, the prop as it stands, turns, is held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storyreel.direct.groups import groups_of
from storyreel.film.drawing_review import called
from storyreel.film.episode import Episode
from storyreel.publish.plates import Plate, Section, page
from storyreel.puppet.cell_file import read_sheet
from storyreel.script.files import companion, is_sheet
from storyreel.script.models import Script

if TYPE_CHECKING:
    from PIL.Image import Image

_TALL, _SQUARE, _WIDE = (270, 480), (360, 360), (480, 270)
_SHAPES = {"Square": (270, 270), "Landscape": _WIDE}
_SHOTS = ("close", "full", "wide")
_HOURS = (6, 12, 19, 23)
_HERO = "michii"
_MOST = 8
"""Groups of a prop that are shown without."""
_PIXEL = 4
"""The size at which a cell's pixel is one of a picture 1080 wide in a look of whole pixels."""


def set_sheet(path: Path, look: str = "kawaii") -> Image:
    """Draws a set with somebody in it, as an RGB image.

    Raises:
        SceneError, StoryreelError: the set has mistakes, or there is no such look or file.
    """
    here = {"set": called(path), "cast": {_HERO: {"at": "centre"}}}
    shapes = [
        Section(name, _plates([name], _pictures(path, look, size, [{**here, "beats": [{"wait": "0.3s"}]}])))
        for name, size in _SHAPES.items()
    ]
    shots = [
        {**here, "beats": [{"shot": {"on": _HERO if size != "wide" else "stage", "size": size}, "wait": "0.3s"}]}
        for size in _SHOTS
    ]
    hours: list[Mapping[str, Any]] = [{**here, "hour": hour, "beats": [{"wait": "0.3s"}]} for hour in _HOURS]
    drawn = _pictures(path, look, _TALL, [*shots, *hours])
    sections = [
        Section("Shots", _plates(_SHOTS, drawn)),
        Section("Hours", _plates([f"{hour}:00" for hour in _HOURS], drawn[len(_SHOTS) :])),
        *shapes,
    ]
    return page(path.stem, look, sections)


def prop_sheet(path: Path, look: str = "kawaii") -> Image:
    """Draws a prop beside somebody, held, turned, and without each of its groups, as an RGB image.

    Of a sheet of cells, which are never turned and of which one is there at a time, it draws each.

    Raises:
        SceneError, StoryreelError: the prop has mistakes, or there is no such look or file.
    """
    size = _PIXEL if is_sheet(path.name) else 1
    prop = {"kind": "drawing", "file": called(path), "at": [0.72, 0.88], "size": size}
    stands = {"cast": {_HERO: {"at": [0.35, 0.9], "size": 0.7}}, "beats": [{"wait": "0.3s"}]}
    groups = [name for name in groups_of(path) if name != path.stem]
    ways: dict[str, dict[str, Any]]
    if is_sheet(path.name):
        later = {name for loop in read_sheet(path, companion(path)).loops.values() for name in loop[1:]}
        ways = {name: {"groups": {name: 1}} for name in groups if name not in later}
    else:
        without = {f"without {name}": {"groups": {name: 0}} for name in groups[:_MOST]}
        ways = {"as it is": {}, "half": {"size": 0.5}, "turned": {"rot": 30}, **without}
    scenes = [{**stands, "props": {"it": {**prop, **more}}} for more in ways.values()]
    held = {"cast": {_HERO: {"at": "centre", "size": 0.7, "holds": "it"}}, "beats": [{"wait": "0.3s"}]}
    scenes.append({**held, "props": {"it": {**prop, "size": size / 2}}})
    return page(path.stem, look, [Section("Ways", _plates([*ways, "held"], _pictures(path, look, _SQUARE, scenes)))])


def _plates(names: Sequence[str], pictures: Sequence[Image]) -> list[Plate]:
    return [Plate(name, picture) for name, picture in zip(names, pictures, strict=False)]


def _pictures(path: Path, look: str, size: tuple[int, int], scenes: Sequence[Mapping[str, Any]]) -> list[Image]:
    """A picture of each scene of a film, of its end."""
    tree = {
        **{"storyreel": 2, "title": path.stem, "look": look, "format": {"width": size[0], "height": size[1]}},
        "cast": {_HERO: {"puppet": _HERO}},
        "scenes": [{"id": f"s{number}", **scene} for number, scene in enumerate(scenes)],
    }
    episode = Episode.from_script(Script.model_validate(tree), path.parent)
    ends = [start + scene.length - 1 for start, scene in episode.timeline.starts()]
    return [episode.picture(end, captions=False) for end in ends[: len(scenes)]]
