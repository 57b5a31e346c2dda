"""What a puppet can do, on one page: faces, mouths, poses, acts; all directed and painted as in any film."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.direct.acting import ACTS
from storyreel.direct.scenery import Scenery
from storyreel.film.episode import Episode
from storyreel.publish.layout import layout
from storyreel.publish.plates import Plate, Section, page
from storyreel.puppet.rig import read_rig
from storyreel.script.files import is_drawing, is_sheet
from storyreel.script.models import Beat, CastMember, CustomFormat, Placement, Scene, Script
from storyreel.script.moments import SHORT_ACTS
from storyreel.timeline.model import PuppetContent, Timeline

if TYPE_CHECKING:
    from PIL.Image import Image

    from storyreel.puppet.model import Rig

NAME = "puppet"
"""What it is called in the films that are made for the page."""
_LARGE, _SMALL = (1080, 1350), (360, 450)
_FACE, _BODY, _ACT = (148, 148), (148, 185), (120, 150)
_ROUND = 1.3
"""How much of what is round a face is seen, as a factor of its height."""
_SIZE = 1.15
"""How large it stands there, as a factor."""
_PLACED = Placement(size=_SIZE)
_RESTS = [Beat(wait="0.5s")]
_MOMENTS = (0.25, 0.5, 0.75)
"""When in an act its pictures are taken, as shares of it."""
_FALLING = (0.12, 0.28, 0.44)
"""When those of a tumble are: after that nobody is in the picture."""
_HIGH = Placement(size=0.95)
_PLACES = {"tumble": Placement(at=(0.78, 0.8), size=0.8), "jump": _HIGH, "cheer": _HIGH, "stamp": _HIGH}
"""Where it stands for acts that would leave the picture."""
_REACH = (0.3, 0.5)
"""How far off the point is that is reached for, as shares of height and width, the larger: beside the body, since
an arm before it is hardly seen."""
_STILL = 3
"""The frame of a scene in which nothing happens that is seen."""


def puppet_file(named: str) -> Path:
    """A puppet's drawing: a file (SVG, or a sheet of cells), or one that ships, by its name.

    Raises:
        StoryreelError: there is no such puppet.
    """
    path = Path(named)
    if is_drawing(named) or is_sheet(named) or path.suffix or path.is_file():
        return path
    return Scenery(Path()).drawing(named, "puppets")


def puppet_sheet(path: Path, look: str = "kawaii") -> Image:
    """Draws what a puppet can do, as an RGB image.

    Raises:
        SceneError: the puppet has mistakes, each with its line.
        StoryreelError: there is no such look, or no such file.
    """
    rig = read_rig(path)
    still = [
        *(Scene(id=f"face-{n}", cast={NAME: Placement(face=name)}, beats=_RESTS) for n, name in enumerate(rig.faces)),
        *(
            Scene(id=f"pose-{n}", cast={NAME: Placement(pose=pose, size=_SIZE)}, beats=_RESTS)
            for n, pose in enumerate(rig.poses)
        ),
        Scene(id="rest", cast={NAME: Placement()}, beats=_RESTS),
    ]
    acts = sorted(set(ACTS) - set(SHORT_ACTS))
    acted = [
        Scene(
            id=f"act-{n}",
            cast={NAME: _PLACES.get(act, _PLACED)},
            beats=[Beat.model_validate({NAME: {"do": _shown(act, rig)}})],
        )
        for n, act in enumerate(acts)
    ]
    calm, lively = _episode(path, look, still, _LARGE), _episode(path, look, acted, _SMALL)
    faces, poses = dict(zip(rig.faces, _scenes(calm), strict=False)), list(_scenes(calm))[len(rig.faces) :]
    sections = [
        Section(
            "Faces", [Plate(name, face(calm.timeline, start + _STILL, _FACE)) for name, (start, _) in faces.items()]
        ),
        Section("Mouths", list(_mouths(calm.timeline, rig))),
        Section(
            "Poses",
            [
                Plate(pose, calm.picture(start + _STILL, captions=False).resize(_BODY))
                for pose, (start, _) in zip(rig.poses, poses, strict=False)
            ],
        ),
        Section(
            "Acts", [Plate(act, _acted(lively, act, *scene)) for act, scene in zip(acts, _scenes(lively), strict=True)]
        ),
    ]
    told = f"{len(rig.faces)} faces   {len(rig.mouths)} mouths   {len(rig.poses)} poses   {look}"
    return page(path.stem, told, sections)


def _episode(path: Path, look: str, scenes: list[Scene], size: tuple[int, int]) -> Episode:
    """A film with the puppet alone."""
    width, height = size
    puppet = path.name if path.resolve().is_relative_to(path.parent.resolve()) else str(path)
    script = Script(
        storyreel=2,
        title=path.stem,
        look=look,
        format=CustomFormat(width=width, height=height),
        cast={NAME: CastMember(puppet=puppet)},
        scenes=scenes,
    )
    return Episode.from_script(script, path.parent)


def _scenes(episode: Episode) -> Iterator[tuple[int, int]]:
    """Where each scene begins and ends, in film frames."""
    for start, scene in episode.timeline.starts():
        yield start, start + scene.length


def face(timeline: Timeline, frame: int, size: tuple[int, int]) -> Image:
    """The face of whoever is the first in a frame's picture, or all of them where they have none, in that size."""
    from storyreel.film.shown import drawn

    body = next(thing for thing in layout(timeline, frame)["things"] if thing["kind"] == "cast")
    parts = body.get("parts", {})
    left, top, right, bottom = parts.get("face") or parts.get("head") or body["box"]
    across = max((right - left) / size[0], (bottom - top) / size[1]) * _ROUND / 2
    x, y = (left + right) / 2, (top + bottom) / 2
    wide, high = across * size[0], across * size[1]
    box = (round(x - wide), round(y - high), round(x + wide), round(y + high))
    return drawn(timeline, frame, captions=False).crop(box).resize(size)


def _mouths(timeline: Timeline, rig: Rig) -> Iterator[Plate]:
    """Each shape of its mouth, on the face that it has at rest."""
    scene = next(scene for scene in timeline.scenes if scene.id == "rest")
    for number, name in enumerate(rig.mouths):
        layers = tuple(
            replace(
                layer, channels=(*(pair for pair in layer.channels if pair[0] != "mouth"), ("mouth", float(number)))
            )
            if isinstance(layer.content, PuppetContent)
            else layer
            for layer in scene.layers
        )
        yield Plate(name, face(replace(timeline, scenes=(replace(scene, layers=layers),)), _STILL, _FACE))


def _shown(act: str, rig: Rig) -> str | dict[str, dict[str, float]]:
    """An act so that it is seen in the small picture: reaching beside the body, falling over in it, not out of it."""
    if act == "reach":
        return {act: {"x": round(max(_REACH[0] * rig.height, _REACH[1] * rig.width)), "y": -round(0.62 * rig.height)}}
    return {act: {"distance": 400}} if act == "tumble" else act


def _acted(episode: Episode, act: str, start: int, end: int) -> Image:
    """An act in a few pictures, one beside the other."""
    from PIL import Image

    wide, high = _ACT
    whole = Image.new("RGB", (wide * len(_MOMENTS), high))
    frames = [start + int((end - start - 1) * share) for share in (_FALLING if act == "tumble" else _MOMENTS)]
    for number, picture in enumerate(episode.pictures(frames, captions=False)):
        whole.paste(picture.resize(_ACT), (number * wide, 0))
    return whole
