"""Draws puppets in a pose, and the still drawings of sets and props. The same pose gives the same pixels, always."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import skia

from storyreel.assets import digest
from storyreel.errors import StoryreelError, did_you_mean
from storyreel.puppet.model import IDENTITY, Drawing, Matrix, Node, Rig, concat
from storyreel.puppet.rig import read_rig
from storyreel.puppet.svg import read_drawing, read_figure
from storyreel.stage.covering import Nest
from storyreel.stage.edges import draw_rim
from storyreel.stage.geometry import Curl, Geometry, Recent, union
from storyreel.stage.gradients import is_straight
from storyreel.stage.ink import to_matrix
from storyreel.stage.parts import Maker, Part, switches
from storyreel.stage.pictures import Picture
from storyreel.stage.posing import Pose, Skeleton
from storyreel.stage.recast import Wardrobe
from storyreel.stage.trimming import Trims, hidden

Canvas = Any
Bounds = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_BEND_STEP = 0.5
"""Bends are rounded to half a degree before anything is computed, so that a kept bend is the bend itself."""


_ORDERS = 64
"""Orders of drawing kept of one puppet, for what it shows and how it looks."""
_Value = TypeVar("_Value")
_Choices = tuple[tuple[str, _Value], ...]


class _Trim(NamedTuple):
    """A picture without what something hides that is drawn later, and what carries that."""

    carrier: str
    picture: Picture


class _Piece(NamedTuple):
    """A picture in its place: the part it belongs to, how that moves, how it bends."""

    part: Part
    picture: Picture
    trims: tuple[_Trim, ...]
    motion: Matrix
    curl: Curl

    @property
    def geometry(self) -> Geometry:
        """What it draws, whatever the colours."""
        return self.picture.geometry

    def trimmed(self, motion: Callable[[str], Matrix]) -> Picture:
        """What has to be drawn of it, as it and what hides it have moved."""
        for trim in self.trims:
            if hidden(self.geometry, self.motion, motion(trim.carrier)):
                return trim.picture
        return self.picture


@dataclass(frozen=True)
class _Forms:
    """What a puppet has whatever its colours; filled as it is asked for."""

    geometries: dict[int, Geometry] = field(default_factory=dict)
    trims: Trims = field(default_factory=Trims)


class DrawnPuppet:
    """A puppet ready to be drawn in any pose."""

    def __init__(self, drawing: Drawing, rig: Rig, colours: tuple[tuple[str, str], ...], forms: _Forms) -> None:
        self.drawing, self.rig, self._forms = drawing, rig, forms
        colour = Wardrobe(rig.recast, dict(colours)).colour
        self._top = Part(
            drawing.root,
            IDENTITY,
            "",
            (),
            Maker(
                frozenset(rig.pivots),
                colour,
                {name: index for index, name in enumerate(rig.mouths)},
                frozenset(spring.part for spring in rig.springs),
                forms.geometries,
            ),
        )
        self._skeleton = Skeleton(drawing, rig)
        self._springs = {spring.part: spring for spring in rig.springs}
        known = {part.name for part in self._top.walk()}
        self._lids = {
            f"{side} Eye": (side, {what for what in ("Blink", "Laugh") if f"{side} {what}" in known})
            for side in ("Left", "Right")
        }
        self._clips = _clip_areas(drawing, rig)
        self._orders: Recent[list[tuple[Part, Picture, tuple[_Trim, ...]]]] = Recent(_ORDERS)
        self._cut_pictures: dict[int, Picture] = {}
        self._nest = Nest(
            inner.geometry
            for part in self._top.walk()
            if not part.spring and not part.cuts
            for inner in part.content
            if isinstance(inner, Picture)
        )

    @staticmethod
    def load(drawing: Path, rig: Path | None = None, colours: tuple[tuple[str, str], ...] = ()) -> DrawnPuppet:
        """A puppet from its SVG, kept for as long as its files stay the same.

        Args:
            drawing: the SVG.
            rig: its rig; left out, the one beside it, if there is one.
            colours: names of the rig's `colours` with the "#RRGGBB" that each becomes.

        Raises:
            SceneError: the drawing or its rig has mistakes.
            StoryreelError: a file is not there, or a colour has no such name.
        """
        beside = rig or drawing.with_suffix(".rig.yaml")
        read_drawing(drawing)
        state = f"{digest(drawing)} {digest(beside) if beside.is_file() else ''}"
        return _puppet(drawing, rig, state, colours)

    def draw(
        self, canvas: Canvas, pose: Pose, rim: float = 0.0, shadow: float = 0.0, only: frozenset[str] | None = None
    ) -> None:
        """Draws the puppet with its feet at the origin, in its own units.

        Args:
            canvas: where to draw; its matrix and clip are left as they were.
            pose: channel values; a missing one is at rest.
            rim: width of a white die-cut rim round the whole, in the puppet's units.
            shadow: how far down the flat shadow of that rim falls, in the puppet's units.
            only: draws nothing but these parts and what they hold.
        """
        saved = canvas.save()
        canvas.translate(-self.rig.feet[0], -self.rig.feet[1])
        motion = self._skeleton.motions(pose)
        pieces = [
            piece for piece in self._pieces(pose, motion) if only is None or not only.isdisjoint(piece.part.names)
        ]
        if rim > 0:
            draw_rim(canvas, self._nest.outermost(list(_outer(pieces)), rim), rim, shadow)
        cuts: list[tuple[Part, int]] = []
        for piece in pieces:
            wanted = piece.part.cuts
            keep = 0
            while keep < min(len(cuts), len(wanted)) and cuts[keep][0] is wanted[keep]:
                keep += 1
            if keep < len(cuts):
                canvas.restoreToCount(cuts[keep][1])
                del cuts[keep:]
            for part in wanted[keep:]:
                cuts.append((part, self._cut(canvas, part, motion, pose)))
            picture = piece.picture if only is not None else piece.trimmed(motion)
            picture.draw(canvas, to_matrix(piece.motion), piece.curl)
        canvas.restoreToCount(saved)

    def bounds(self, pose: Pose | None = None) -> Bounds:
        """Where the puppet's ink is in a pose, with its feet at the origin, in its own units.

        Raises:
            StoryreelError: nothing of it is shown.
        """
        posed = pose or {}
        pieces = self._pieces(posed, self._skeleton.motions(posed))
        box = _whole(pieces).computeTightBounds()
        if box.isEmpty():
            raise StoryreelError(f"{self.drawing.name}: nothing to see in this pose")
        x, y = self.rig.feet
        return (box.left() - x, box.top() - y, box.right() - x, box.bottom() - y)

    def _pieces(self, pose: Pose, motion: Any) -> list[_Piece]:
        """Every picture to draw, in order; what is in front comes last."""
        shows, fronts = switches(tuple(pose))
        state = (
            tuple((name, pose[channel] >= 0.5) for name, channel in shows),
            tuple(name for name, channel in fronts if pose[channel] >= 0.5),
            round(pose.get("mouth", 0.0)),
            tuple((name, self._shut(name, pose)) for name in self._lids),
        )
        curls: dict[str, Curl] = {"": None}
        for name in self._springs:
            curls[name] = self._curl(name, pose)
        return [
            _Piece(part, picture, trims, motion(part.carrier), curls[part.spring])
            for part, picture, trims in self._orders.get(state, lambda: self._order(*state))
        ]

    def _order(
        self, shown: _Choices[bool], fronts: tuple[str, ...], mouth: int, lids: _Choices[str]
    ) -> list[tuple[Part, Picture, tuple[_Trim, ...]]]:
        """What is drawn, in order, with these parts shown or hidden, these in front, that mouth and those lids."""
        shows, shut = dict(shown), dict(lids)
        front: list[Part] = []
        found: list[tuple[Part, Picture]] = []

        def appears(part: Part) -> bool:
            name = part.name
            if name in shows:
                return shows[name]
            if part.viseme is not None:
                return part.viseme == mouth
            if part.holder in shut:
                lid = shut[part.holder]
                return name == lid if lid else part.node.shown and not part.is_lid
            return part.node.shown

        def visit(part: Part, forced: bool) -> None:
            if not appears(part):
                return
            if not forced and part.name in fronts:
                front.append(part)
                return
            closed = shut.get(part.name)
            for inner in part.content:
                if isinstance(inner, Part):
                    visit(inner, False)
                elif not closed:
                    found.append((part, inner))

        visit(self._top, False)
        for part in front:
            visit(part, True)
        return [(*drawn, self._trims(*drawn, found[index + 1 :])) for index, drawn in enumerate(found)]

    def _trims(self, part: Part, picture: Picture, later: list[tuple[Part, Picture]]) -> tuple[_Trim, ...]:
        """A picture of a part as those cut it that are drawn later."""
        if part.spring or part.cuts:
            return ()
        made = []
        for other, cover in later:
            if other.spring or other.cuts:
                continue
            left = self._forms.trims.trimmed(picture.geometry, cover.geometry)
            if left is not None:
                known = self._cut_pictures.setdefault(id(left), picture.showing(left))
                made.append(_Trim(other.carrier, known))
        return tuple(made)

    def _shut(self, name: str, pose: Pose) -> str:
        """The part that is drawn in place of an eye that is shut or laughs; "" for an open one."""
        side, drawn = self._lids[name]
        if "Laugh" in drawn and pose.get(f"laugh.{side}", 0.0) >= 0.5:
            return f"{side} Laugh"
        return f"{side} Blink" if "Blink" in drawn and pose.get(f"blink.{side}", 0.0) >= 0.5 else ""

    def _curl(self, name: str, pose: Pose) -> Curl:
        """How the parts of a spring bend."""
        amount = round(pose.get(f"{name}.bend", 0.0) / _BEND_STEP) * _BEND_STEP
        return (amount, self._springs[name], self.rig.pivots[name]) if amount else None

    def _cut(self, canvas: Canvas, part: Part, motion: Any, pose: Pose) -> int:
        """Opens what a part is cut to and faded by; gives the canvas's depth before."""
        saved = int(canvas.save())
        if part.node.clip in self._clips:
            area, carrier = self._clips[part.node.clip]
            path = skia.Path(area)
            path.transform(to_matrix(motion(carrier)))
            canvas.clipPath(path, doAntiAlias=True)
        if part.node.clip_shapes:
            path = union((shape, part.rest) for shape in part.node.clip_shapes)
            path.transform(to_matrix(motion(part.carrier)))
            canvas.clipPath(path, doAntiAlias=True)
        if part.node.opacity < 1:
            canvas.saveLayerAlpha(None, round(part.node.opacity * 255))
        return saved


def _outer(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """The pieces that make up the whole's outline: what is clipped to a part or faded lies inside it."""
    for piece in pieces:
        if not piece.part.clipped:
            yield piece


def _whole(pieces: Iterable[_Piece]) -> Any:
    """The area of all pieces."""
    whole = skia.Path()
    for piece in _outer(pieces):
        whole.addPath(piece.geometry.silhouette(piece.curl), to_matrix(piece.motion))
    return whole


def _clip_areas(drawing: Drawing, rig: Rig) -> Mapping[str, tuple[Any, str]]:
    """The area of everything that a `data-clip` names, at rest, and the part that it moves with."""
    wanted = {node.clip for node in drawing.root.walk() if node.clip}
    found: dict[str, tuple[Any, str]] = {}

    def visit(node: Node, outer: Matrix, carrier: str) -> None:
        carrier = node.id if node.id in rig.pivots else carrier
        if node.id in wanted:
            shapes = ((inner.shape, matrix) for inner, matrix in node.at_rest(outer) if inner.shape is not None)
            found[node.id] = (union(shapes), carrier)
        rest = concat(outer, node.transform) if node.transform else outer
        for child in node.children:
            visit(child, rest, carrier)

    visit(drawing.root, IDENTITY, "")
    return found


@lru_cache(maxsize=48)
def _puppet(path: Path, rig: Path | None, state: str, colours: tuple[tuple[str, str], ...]) -> DrawnPuppet:
    read = read_rig(path, rig)
    unknown = next((name for name, _ in colours if name not in read.recast), None)
    if unknown is not None:
        raise StoryreelError(f"{path.stem} has no colour '{unknown}'{did_you_mean(unknown, read.recast)}")
    return DrawnPuppet(read_figure(path), read, colours, _forms(path, rig, state))


@lru_cache(maxsize=16)
def _forms(path: Path, rig: Path | None, state: str) -> _Forms:
    """Those of a puppet, for all who wear it in colours of their own."""
    return _Forms()


class DrawnPart:
    """A still drawing: a plane of a set, a prop. Each named group is recorded once."""

    def __init__(self, drawing: Drawing, colours: tuple[tuple[str, str], ...]) -> None:
        self._drawing = drawing
        self._colours = {old.upper(): new for old, new in colours}
        self._recorded: dict[tuple[str, bool], Any] = {}

    @staticmethod
    def load(path: Path, colours: tuple[tuple[str, str], ...] = ()) -> DrawnPart:
        """A drawing from its SVG, some of its hexes replaced: `(("#FFB3D1", "#B8F2E6"), …)`.

        Kept for as long as the file stays the same.

        Raises:
            SceneError: the drawing has mistakes.
            StoryreelError: there is no such file.
        """
        read_drawing(path)
        return _still(path, digest(path), colours)

    def draw(self, canvas: Canvas, part: str = "") -> None:
        """Draws one named group where it stands in the drawing, or everything, in the drawing's own units.

        Raises:
            StoryreelError: the drawing has no such group.
        """
        straight = is_straight(canvas)
        if (part, straight) not in self._recorded:
            self._recorded[part, straight] = self._record(part, straight)
        canvas.drawPicture(self._recorded[part, straight])

    def _record(self, part: str, straight: bool) -> Any:
        found = [(self._drawing.root, IDENTITY)] if not part else list(_standing(self._drawing.root, IDENTITY, part))
        if not found:
            raise StoryreelError(f"{self._drawing.name}: no group '{part}'{did_you_mean(part, self._drawing.names())}")
        node, outer = found[0]

        def area(name: str) -> Any:
            shapes = []
            for target, around in _standing(self._drawing.root, IDENTITY, name):
                shapes += [(inner.shape, matrix) for inner, matrix in target.at_rest(around) if inner.shape is not None]
            return union(shapes)

        def colour(hexed: str, _: tuple[str, ...]) -> str:
            return self._colours.get(hexed, hexed)

        return Picture(Geometry((replace(node, shown=True),), outer), colour, clips=area, straight=straight).record()


def _standing(node: Node, outer: Matrix, name: str) -> Iterator[tuple[Node, Matrix]]:
    """The nodes of a name, each with the matrix around it."""
    if node.id == name:
        yield node, outer
    rest = concat(outer, node.transform) if node.transform else outer
    for child in node.children:
        yield from _standing(child, rest, name)


@lru_cache(maxsize=48)
def _still(path: Path, drawn: str, colours: tuple[tuple[str, str], ...]) -> DrawnPart:
    return DrawnPart(read_drawing(path), colours)
