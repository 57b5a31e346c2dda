"""Finds what a script names: puppets, sets, props, pictures, effects; in the scene's folder or among what ships."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storyreel.assets import asset, digest
from storyreel.errors import StoryreelError, did_you_mean
from storyreel.looks.model import Look
from storyreel.puppet.model import Rig
from storyreel.puppet.rig import read_rig
from storyreel.puppet.svg import planes, read_drawing, shipped_planes
from storyreel.script.files import is_drawing
from storyreel.script.models import CastMember
from storyreel.sound.effects import EFFECTS
from storyreel.timeline.model import Asset, DrawingContent, Layer, PictureContent, PuppetContent

_STILLS = frozenset((".png", ".jpg", ".jpeg", ".webp", ".bmp"))
_MIDDLE, _FEET = 540.0, 1330.0
"""Where figures stand in a set, which is drawn 1080 by 1920 units large."""


def known(folder: str, suffix: str = ".svg") -> list[str]:
    """The names of what ships in an asset folder."""
    return sorted({path.stem for path in asset(folder).rglob(f"*{suffix}")})


@dataclass(frozen=True)
class Scenery:
    """Looks things up for one scene file; `base` is its folder, outside of which nothing is read.

    `shared` is the folder of the series that it is a part of: files that are not beside the scene may lie there.
    """

    base: Path
    shared: Path | None = None

    def file(self, name: str) -> Path:
        """A file beside the scene.

        Raises:
            StoryreelError: the path leaves the scene's folder, or no such file is there.
        """
        inside = False
        for home in filter(None, (self.base, self.shared)):
            path = (home / name).resolve()
            if not Path(name).is_absolute() and path.is_relative_to(home.resolve()):
                inside = True
                if path.is_file():
                    return path
        if not inside:
            raise StoryreelError(f"'{name}' lies outside the scene's folder; put the file beside the scene")
        raise StoryreelError(f"no file '{name}' beside the scene")

    def asset(self, path: Path) -> Asset:
        """A file and its digest."""
        return Asset(str(path), digest(path))

    def drawing(self, name: str, folder: str) -> Path:
        """A drawing beside the scene (`*.svg`) or a shipped one by name."""
        if is_drawing(name):
            return self.file(name)
        for path in (asset(folder, f"{name}.svg"), asset(folder, name, f"{name}.svg")):
            if path.is_file():
                return path
        raise StoryreelError(f"no '{name}' among the shipped {folder}{did_you_mean(name, known(folder))}")

    def puppet(self, member: CastMember, look: Look) -> tuple[Rig, PuppetContent]:
        """A cast member's rig, and what the stage draws."""
        path = self.drawing(member.puppet, "puppets")
        beside = path.with_suffix(".rig.yaml")
        rig = read_rig(path).wearing(member.wear)
        unknown = [name for name in member.colours if name not in rig.recast]
        if unknown:
            raise StoryreelError(
                f"puppet '{member.puppet}' has no colour '{unknown[0]}'{did_you_mean(unknown[0], rig.recast)}"
            )
        content = PuppetContent(
            self.asset(path),
            self.asset(beside) if beside.is_file() else None,
            tuple(sorted(member.colours.items())),
            look.rim,
            look.shadow,
        )
        return rig, content

    def planes(
        self, name: str, length: int, foot: tuple[float, float], zoom: float = 1.0, prefix: str = ""
    ) -> Iterator[Layer]:
        """A set as layers, back to front; `foot` is where the middle of its floor comes to lie."""
        path = self.drawing(name, "sets")
        drawing = self.asset(path)
        place = (("scale", zoom), ("x", foot[0] - _MIDDLE * zoom), ("y", foot[1] - _FEET * zoom))
        own = is_drawing(name)
        for index, (part, depth) in enumerate(planes(read_drawing(path)) if own else shipped_planes(path)):
            content = DrawingContent(drawing, part)
            order = 9.0 if depth > 1 else -20.0
            yield Layer(f"{prefix}set {index}", content, 0, length, place, plane=depth, order=order)

    def content(self, model: Any) -> DrawingContent | PictureContent:
        """What a `drawing` or `picture` prop shows."""
        if model.kind == "drawing":
            path = self.drawing(model.file, "props")
            return DrawingContent(self.asset(path), "", tuple(sorted(model.colours.items())))
        return self.picture(model.file, model.width, model.height)

    def picture(self, name: str, width: float, height: float) -> PictureContent:
        """A picture or clip beside the scene."""
        path = self.file(name)
        return PictureContent(self.asset(path), width, height, path.suffix.lower() in _STILLS)

    def effect(self, name: str) -> str:
        """A shipped effect's name, or the path of a sound file beside the scene."""
        if name in EFFECTS:
            return name
        if "." in name:
            return str(self.file(name))
        raise StoryreelError(f"no effect '{name}'{did_you_mean(name, EFFECTS)}")

    def track(self, name: str) -> str:
        """A shipped music track's name, or the path of a file beside the scene."""
        return str(self.file(name)) if "." in name else name
