"""Finds what a script names: puppets, sets, props, pictures, effects; in the scene's folder or among what ships."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from storyreel.assets import asset, digest
from storyreel.direct.backdrop import Backdrop, Box, Point
from storyreel.direct.celled import cell_backdrop, cell_planes, shown_box
from storyreel.errors import StoryreelError, did_you_mean
from storyreel.puppet.model import Rig
from storyreel.puppet.planes import planes, shipped_planes
from storyreel.puppet.rig import all_rigs, read_rig
from storyreel.puppet.svg import read_drawing
from storyreel.script.colours import no_colour
from storyreel.script.files import companion, file_beside, is_drawing, is_sheet, wrong_path
from storyreel.script.models import CastMember
from storyreel.script.props import Drawing, Picture
from storyreel.sound.effects import EFFECTS
from storyreel.sound.notes import is_note
from storyreel.timeline.model import Asset, DrawingContent, Layer, PictureContent, PuppetContent


def known(folder: str, suffix: str = ".svg") -> list[str]:
    """The names of what ships in an asset folder."""
    return sorted({path.stem for path in asset(folder).rglob(f"*{suffix}")})


def shipped_backdrop() -> Backdrop:
    """How large every set is that ships: known without reading what is drawn in it."""
    return Backdrop((0.0, 0.0, 1080.0, 1920.0), (-760.0, -240.0, 1840.0, 2160.0))


def own_backdrop(path: Path, name: str) -> Backdrop:
    """A set beside the scene, as large as it is painted.

    Raises:
        SceneError: the drawing has mistakes.
        StoryreelError: it leaves a part of its viewBox empty, or that is no picture's shape.
    """
    # Skia, which sets that ship do without while they are directed.
    from storyreel.stage.extent import extent, is_slender

    box = read_drawing(path).box
    if is_slender(box):
        raise StoryreelError(f"set '{name}' has a viewBox too narrow for any picture; make it 0 0 1080 1920")
    painted = extent(path)
    if painted is None:
        left, top, right, bottom = (f"{at:g}" for at in box)
        raise StoryreelError(
            f"set '{name}' has holes, and nothing lies behind it: paint a ground over all of its viewBox, "
            f"from {left},{top} to {right},{bottom}"
        )
    return Backdrop(box, painted)


def _middle(path: Path) -> Point:
    """The point by which a drawing is placed: the pivot of the whole, or the middle of its viewBox."""
    left, top, right, bottom = read_drawing(path).box
    return read_drawing(path).root.pivot or ((left + right) / 2, (top + bottom) / 2)


@dataclass(frozen=True)
class Scenery:
    """Looks things up for one scene file; `base` is its folder, outside of which nothing is read.

    `shared` is the folder of the series that it is a part of: files that are not beside the scene may lie there.
    """

    base: Path
    shared: Path | None = None
    _files: dict[str, Path] = field(default_factory=dict, compare=False, repr=False)
    """Files that were looked up; a shot asks for the same ones again and again."""
    _rigs: dict[Path, tuple[Rig, ...]] = field(default_factory=dict, compare=False, repr=False)

    def file(self, name: str) -> Path:
        """A file beside the scene.

        Raises:
            StoryreelError: the path leaves the scene's folder, or no such file is there.
        """
        if name not in self._files:
            self._files[name] = self._file(name)
        return self._files[name]

    def _file(self, name: str) -> Path:
        try:
            return file_beside(self.base, name)
        except StoryreelError:
            if self.shared is None or wrong_path(self.shared, name):
                raise
        return file_beside(self.shared, name)

    def asset(self, path: Path) -> Asset:
        """A file and its digest."""
        return Asset(str(path), digest(path))

    def drawing(self, name: str, folder: str) -> Path:
        """A drawing beside the scene (`*.svg`, a sheet of cells: `*.json`) or a shipped one by name."""
        if is_drawing(name) or is_sheet(name):
            return self.file(name)
        for path in (asset(folder, f"{name}.svg"), asset(folder, name, f"{name}.svg")):
            if path.is_file():
                return path
        raise StoryreelError(f"no '{name}' among the shipped {folder}{did_you_mean(name, known(folder))}")

    def puppet(self, member: CastMember) -> tuple[Rig, PuppetContent]:
        """A cast member's rig, and what the stage draws."""
        path = self.drawing(member.puppet, "puppets")
        beside = companion(path)
        rig = read_rig(path).wearing(member.wear)
        unknown = [name for name in member.colours if name not in rig.recast]
        if unknown:
            raise StoryreelError(no_colour(member.puppet, unknown[0], rig.recast))
        colours = tuple(sorted(member.colours.items()))
        if is_sheet(path.name):
            return rig, PuppetContent(self.asset(beside), self.asset(path), colours)
        content = PuppetContent(self.asset(path), self.asset(beside) if beside.is_file() else None, colours)
        return rig, content

    def rigs(self, member: CastMember) -> tuple[Rig, ...]:
        """The rigs of all drawings of a cast member's puppet."""
        path = self.drawing(member.puppet, "puppets")
        if path not in self._rigs:
            self._rigs[path] = all_rigs(path)
        return self._rigs[path]

    def view(self, member: CastMember, name: str) -> tuple[Rig, PuppetContent]:
        """Another drawing of a cast member's puppet: the view `close` of `mia.svg` is `mia.close.svg`.

        Raises:
            StoryreelError: it isn't there.
        """
        path = self.drawing(member.puppet, "puppets")
        drawing = path.with_name(f"{path.stem}.{name}{path.suffix}")
        if not drawing.is_file():
            raise StoryreelError(f"the rig of '{member.puppet}' has a view '{name}', but there is no {drawing.name}")
        beside = companion(drawing)
        rig = read_rig(drawing)
        rig = rig.wearing([one for one in member.wear if one in rig.outfits])
        colours = tuple(sorted((one, tone) for one, tone in member.colours.items() if one in rig.recast))
        return rig, PuppetContent(self.asset(drawing), self.asset(beside) if beside.is_file() else None, colours)

    def extent(self, model: Drawing) -> tuple[float, float] | None:
        """How large a drawing beside the scene is, in its own units; None for one that ships."""
        if is_sheet(model.file):
            left, top, right, bottom = shown_box(self.drawing(model.file, "props"), model.groups)
            return right - left, bottom - top
        if not is_drawing(model.file):
            return None
        left, top, right, bottom = read_drawing(self.drawing(model.file, "props")).box
        return right - left, bottom - top

    def planes(
        self,
        name: str,
        length: int,
        frame: Box,
        foot: Point,
        zoom: float = 1.0,
        prefix: str = "",
        seen: Callable[[Sequence[float]], Sequence[Box]] | None = None,
    ) -> Iterator[Layer]:
        """A set as layers, back to front.

        Args:
            name: a shipped set's, or an SVG's beside the scene.
            length: frames that it is there.
            frame: what it has to cover.
            foot: where the middle of its floor comes to lie.
            zoom: magnification, of the size that it has in a picture 1080 wide.
            prefix: what the layers' names begin with.
            seen: what is ever seen of planes of these depths; left out, the frame.

        Raises:
            StoryreelError: there is no such set, or it has mistakes, or holes.
        """
        path = self.drawing(name, "sets")
        if is_sheet(name):
            yield from self._cells(path, name, length, frame, foot, zoom, prefix)
            return
        drawing = self.asset(path)
        own = is_drawing(name)
        backdrop = own_backdrop(path, name) if own else shipped_backdrop()
        lay = backdrop.laid(frame, foot, zoom)
        place = (("scale", lay.scale), ("x", lay.x), ("y", lay.y))
        found = planes(read_drawing(path)) if own else shipped_planes(path)
        views = seen([depth for _, depth in found]) if seen else [frame] * len(found)
        mirrors = [lay.mirror(view) for view in views]
        # What one plane shows through a window of another is painted for views of the viewBox; past it, they part.
        parting = own or found[0][1] > 0
        if parting and any(view != frame and lay.passes(backdrop.viewbox, view) for view in views):
            second = min(1, len(found) - 1)
            ground = DrawingContent(drawing, mirror=mirrors[second])
            yield Layer(f"{prefix}set ground", ground, 0, length, place, found[second][1], -20.0, kind="set")
        for index, ((part, depth), mirror) in enumerate(zip(found, mirrors, strict=True)):
            content = DrawingContent(drawing, part, mirror=mirror)
            order = 9.0 if depth > 1 else -20.0
            yield Layer(f"{prefix}set {index}", content, 0, length, place, plane=depth, order=order, kind="set")

    def _cells(
        self, path: Path, name: str, length: int, frame: Box, foot: Point, zoom: float, prefix: str
    ) -> Iterator[Layer]:
        """A set of cells as layers: each cell is a plane."""
        lay = cell_backdrop(path, name).laid(frame, foot, zoom)
        content = PuppetContent(self.asset(companion(path)), self.asset(path))
        place = (("scale", lay.scale), ("x", lay.x), ("y", lay.y))
        for index, (cell, depth) in enumerate(cell_planes(path)):
            order = 9.0 if depth > 1 else -20.0
            shown = (*place, (f"{cell}.show", 1.0))
            yield Layer(f"{prefix}set {index}", content, 0, length, shown, plane=depth, order=order, kind="set")

    def posed(self, model: Drawing) -> PuppetContent:
        """What a `drawing` prop shows whose groups are moved, or whose groups are cells."""
        if is_sheet(model.file):
            path = self.drawing(model.file, "props")
            return PuppetContent(self.asset(companion(path)), self.asset(path), tuple(sorted(model.colours.items())))
        still = self.content(model)
        assert isinstance(still, DrawingContent)
        beside = companion(Path(still.drawing.path))
        rig = self.asset(beside) if beside.is_file() else None
        return PuppetContent(still.drawing, rig, still.colours, still.middle)

    def content(self, model: Drawing | Picture) -> DrawingContent | PictureContent:
        """What a `drawing` or `picture` prop shows."""
        if isinstance(model, Drawing):
            path = self.drawing(model.file, "props")
            # What ships is drawn about its foot.
            middle = _middle(path) if is_drawing(model.file) else (0.0, 0.0)
            return DrawingContent(self.asset(path), "", tuple(sorted(model.colours.items())), middle=middle)
        return self.picture(model.file, model.width, model.height)

    def picture(self, name: str, width: float, height: float) -> PictureContent:
        """A picture or clip beside the scene.

        Raises:
            StoryreelError: it is not there, or can't be shown.
        """
        from storyreel.media.pictures import is_still, picture_fault

        path = self.file(name)
        fault = picture_fault(path)
        if fault is not None:
            raise StoryreelError(fault)
        return PictureContent(self.asset(path), width, height, is_still(path))

    def pixels(self, name: str) -> tuple[int, int] | None:
        """How many pixels a picture beside the scene has across and down; None: it is a clip.

        Raises:
            StoryreelError: it is not there, or can't be shown.
        """
        from storyreel.media.pictures import is_still
        from storyreel.media.stills import pixels

        path = self.file(name)
        return pixels(path) if is_still(path) else None

    def proportions(self, name: str) -> float | None:
        """How wide a picture beside the scene is for its height; None: it is a clip.

        Raises:
            StoryreelError: it is not there, or can't be shown.
        """
        size = self.pixels(name)
        return size[0] / size[1] if size is not None else None

    def cut_out(self, name: str) -> bool:
        """Whether a picture beside the scene shows somebody cut out, with nothing behind them.

        Raises:
            StoryreelError: it is not there, or can't be shown.
        """
        from storyreel.media.pictures import is_still
        from storyreel.media.stills import cut_out

        path = self.file(name)
        return is_still(path) and cut_out(path)

    def heard(self, name: str) -> str | None:
        """The path of a clip beside the scene, if it has a sound.

        Raises:
            StoryreelError: it is not there.
        """
        from storyreel.media.pictures import has_sound

        path = self.file(name)
        return str(path) if has_sound(path) else None

    def effect(self, name: str) -> str:
        """A shipped effect's name, a note of an instrument, or the path of a sound file beside the scene."""
        if name in EFFECTS or is_note(name):
            return name
        if "." in name:
            return str(self.file(name))
        raise StoryreelError(f"no effect '{name}'{did_you_mean(name, EFFECTS)}")

    def track(self, name: str) -> str:
        """A shipped music track's name, or the path of a file beside the scene."""
        return str(self.file(name)) if "." in name else name
