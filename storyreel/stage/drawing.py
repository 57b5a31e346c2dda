"""Draws puppets in a pose, and the still drawings of sets and props. The same pose gives the same pixels, always."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import skia

from storyreel.assets import digest
from storyreel.errors import StoryreelError, did_you_mean
from storyreel.puppet.model import Drawing, Matrix, Node, Rig, Spring
from storyreel.puppet.outline import IDENTITY, concat
from storyreel.puppet.rig import read_rig
from storyreel.puppet.svg import read_drawing
from storyreel.stage.bend import bent
from storyreel.stage.ink import argb, paints, to_matrix, to_path
from storyreel.stage.recast import Wardrobe

Canvas = Any
Pose = Mapping[str, float]
Colouring = Callable[[str, tuple[str, ...]], str]
"""The colour that a hex of the drawing takes inside the groups of these names."""

_BEND_STEP = 0.5
"""Bends are rounded to half a degree before anything is computed, so that a cached bend is the bend itself."""
_EYES = ("Left", "Right")
_SHADOW = ("#7A3F86", 0.2)
_RIM = "#FFFFFF"
_DEPTHS = {
    "Eye": 1.0,
    "Eyebrow": 1.0,
    "Mouth": 1.05,
    "Nose": 1.15,
    "Face": 0.45,
    "Hair Front": 0.7,
    "Lock": 0.3,
    "Ear": -0.3,
    "Hair Back": -0.45,
}
"""How far in front of the head's axis a part lies (1 = the face's features), by the end of its name."""
_TURN, _NOD = 0.075, 0.05
"""How far features shift at a full turn or nod, as a share of the head's width or height."""


def _depth(name: str) -> float:
    return next((depth for ending, depth in _DEPTHS.items() if name.endswith(ending)), 0.0)


def _posed(pivot: tuple[float, float], name: str, pose: Pose) -> Matrix:
    """A part's own movement about its pivot."""
    px, py = pivot
    angle = math.radians(pose.get(f"{name}.rot", 0.0))
    cos, sin = math.cos(angle), math.sin(angle)
    sx, sy = pose.get(f"{name}.sx", 1.0), pose.get(f"{name}.sy", 1.0)
    skew = math.tan(math.radians(pose.get(f"{name}.skew", 0.0)))
    linear = concat((cos, sin, -sin, cos, 0, 0), concat((1, 0, skew, 1, 0, 0), (sx, 0, 0, sy, 0, 0)))
    a, b, c, d, _, _ = linear
    x, y = px + pose.get(f"{name}.dx", 0.0), py + pose.get(f"{name}.dy", 0.0)
    return (a, b, c, d, x - a * px - c * py, y - b * px - d * py)


class _Picture:
    """Shapes recorded once, replayed under any matrix; a group's shapes keep their paths for bending and rims."""

    def __init__(self, nodes: tuple[Node, ...], colour: Colouring, parts: tuple[str, ...]) -> None:
        self.nodes, self.colour, self.parts = nodes, colour, parts
        self._bent: dict[float, Any] = {}
        self._outlines: dict[float, Any] = {}

    def _shapes(self) -> Iterator[tuple[Node, Matrix, float, tuple[str, ...]]]:
        def flatten(node: Node, matrix: Matrix, opacity: float, parts: tuple[str, ...]) -> Iterator[Any]:
            if not node.shown:
                return
            matrix = concat(matrix, node.transform) if node.transform else matrix
            if node.shape is not None:
                yield node, matrix, opacity * node.opacity, parts
            for child in node.children:
                yield from flatten(child, matrix, opacity * node.opacity, (*parts, node.id) if node.id else parts)

        for node in self.nodes:
            yield from flatten(node, IDENTITY, 1.0, self.parts)

    def record(self, bend: float, spring: Spring | None, pivot: tuple[float, float]) -> Any:
        if bend not in self._bent:
            if len(self._bent) > 512:
                self._bent.clear()
            recorder = skia.PictureRecorder()
            canvas = recorder.beginRecording(skia.Rect.MakeLTRB(-8000, -8000, 8000, 8000), skia.RTreeFactory()())
            for node, matrix, opacity, parts in self._shapes():
                shape = node.shape
                assert shape is not None
                rest = to_path(shape.path, shape.even_odd)
                path = rest
                if bend and spring is not None:
                    rolled = bent([shape.path], pivot, spring.axis, spring.length, bend)[0]
                    path = to_path(rolled, shape.even_odd)
                canvas.save()
                canvas.concat(to_matrix(matrix))
                for clip in node.clip_shapes:
                    canvas.clipPath(to_path(clip.path, clip.even_odd), doAntiAlias=True)
                for paint in paints(shape, rest, opacity, lambda hexed, p=parts: self.colour(hexed, p)):  # type: ignore[misc]
                    canvas.drawPath(path, paint)
                canvas.restore()
            self._bent[bend] = recorder.finishRecordingAsPicture()
        return self._bent[bend]

    def outline(self, bend: float, spring: Spring | None, pivot: tuple[float, float]) -> Any:
        """The area that the shapes' fills cover, for rims and shadows."""
        if bend not in self._outlines:
            if len(self._outlines) > 512:
                self._outlines.clear()
            whole = skia.Path()
            for node, matrix, _, _ in self._shapes():
                shape = node.shape
                assert shape is not None
                if shape.fill is None or shape.role in ("shade", "light", "shine"):
                    continue
                commands = shape.path
                if bend and spring is not None:
                    commands = bent([commands], pivot, spring.axis, spring.length, bend)[0]
                path = to_path(commands)
                path.transform(to_matrix(matrix))
                whole.addPath(path)
            self._outlines[bend] = whole
        return self._outlines[bend]


class _Part:
    """A named group: its pictures and its parts, in the order of drawing."""

    def __init__(self, node: Node, colour: Colouring, parents: tuple[str, ...], posable: frozenset[str]) -> None:
        self.node, self.name = node, node.id
        self.parents = parents
        inside = (*parents, node.id) if node.id else parents
        self.content: list[_Picture | _Part] = []
        run: list[Node] = []
        for child in node.children:
            if any(inner.id in posable or inner.clip for inner in child.walk()):
                if run:
                    self.content.append(_Picture(tuple(run), colour, inside))
                    run = []
                self.content.append(_Part(child, colour, inside, posable))
            else:
                run.append(child)
        if node.shape is not None:
            run.append(Node(node.id, shape=node.shape, opacity=node.opacity))
        if run:
            self.content.append(_Picture(tuple(run), colour, inside))

    def walk(self) -> Iterator[_Part]:
        yield self
        for inner in self.content:
            if isinstance(inner, _Part):
                yield from inner.walk()


class DrawnPuppet:
    """A puppet ready to be drawn in any pose."""

    def __init__(self, drawing: Drawing, rig: Rig, colours: tuple[tuple[str, str], ...]) -> None:
        self.drawing, self.rig = drawing, rig
        colour = Wardrobe(rig.recast, dict(colours)).colour
        self._top = _Part(drawing.root, colour, (), frozenset(rig.pivots) | {rig.root})
        self._parts = {part.name: part for part in self._top.walk() if part.name}
        self._springs = {spring.part: spring for spring in rig.springs}
        self._mouths = {name: index for index, name in enumerate(rig.mouths)}
        self._eyeballs = {node.id: node for node in drawing.root.walk() if node.shape is not None and node.id}
        head = drawing.find("Head")
        xs = [v for n in (head.walk() if head else ()) if n.shape for _, vs in n.shape.path for v in vs[::2]]
        ys = [v for n in (head.walk() if head else ()) if n.shape for _, vs in n.shape.path for v in vs[1::2]]
        self._reach = ((max(xs) - min(xs)) * _TURN, (max(ys) - min(ys)) * _NOD) if xs else (0.0, 0.0)
        self._carried = {part.name: part.node.parent for part in self._top.walk() if part.node.parent}

    @staticmethod
    def load(drawing: Path, rig: Path | None = None, colours: tuple[tuple[str, str], ...] = ()) -> DrawnPuppet:
        """A puppet from its SVG; the rig lies beside it. Kept for as long as both files stay the same.

        Raises:
            SceneError: the drawing or its rig has mistakes.
        """
        beside = drawing.with_suffix(".rig.yaml")
        return _puppet(drawing, digest(drawing), digest(beside) if beside.is_file() else "", colours)

    def _in_head(self, name: str) -> bool:
        part = self._parts.get(name)
        return self._carried.get(name) == "Head" or (part is not None and "Head" in part.parents)

    def _own(self, name: str, pose: Pose) -> Matrix:
        """A named group's movement, with the shift that a turning head gives to what lies in front of its axis."""
        pivot = self.rig.pivots.get(name, (0.0, 0.0))
        matrix = _posed(pivot, name, pose)
        turn, nod = pose.get("Head.turn", 0.0), pose.get("Head.nod", 0.0)
        if (turn or nod) and self._in_head(name) and self._shifts(name):
            depth = _depth(name)
            x, y = turn * self._reach[0] * depth, nod * self._reach[1] * depth
            matrix = concat((1, 0, 0, 1, x, y), matrix)
        if name.endswith(" Pupil"):
            x, y = pose.get("gaze.x", 0.0) * self.rig.gaze[0], pose.get("gaze.y", 0.0) * self.rig.gaze[1]
            matrix = concat((1, 0, 0, 1, x, y), matrix)
        if name == "Blush" and (warm := pose.get("blush", 0.0)):
            matrix = concat(matrix, _posed(pivot, name, {"Blush.sx": 1 + 0.06 * warm, "Blush.sy": 1 + 0.5 * warm}))
        if name.endswith(" Eye"):
            blink = pose.get(f"blink.{name.split()[0]}", 0.0)
            if 0 < blink < 0.5:
                squeezed = {f"{name}.sy": 1 - 0.8 * blink}
                matrix = concat(matrix, _posed(pivot, name, squeezed))
        return matrix

    def _shifts(self, name: str) -> bool:
        """Only the outermost part with a depth shifts: a pupil goes with its eye."""
        part = self._parts.get(name)
        return part is not None and not any(_depth(parent) for parent in part.parents)

    def _shown(self, part: _Part, pose: Pose) -> bool:
        name = part.name
        if f"{name}.show" in pose:
            return pose[f"{name}.show"] >= 0.5
        if name in self._mouths and "Mouth" in part.parents:
            return round(pose.get("mouth", 0.0)) == self._mouths[name]
        for side in _EYES:
            if part.parents and part.parents[-1] == f"{side} Eye":
                shut = self._shut(f"{side} Eye", pose)
                return shut if name == f"{side} Blink" else not shut and part.node.shown
        return part.node.shown

    def _shut(self, name: str, pose: Pose) -> bool:
        """Whether a part is an eye that is shut: then only its blink is drawn."""
        side = name.removesuffix(" Eye")
        return name.endswith(" Eye") and pose.get(f"blink.{side}", 0.0) >= 0.5 and f"{side} Blink" in self._parts

    def _worlds(self, pose: Pose) -> dict[int, Matrix]:
        """Where every part goes, in the drawing's units; a carried part goes with its carrier."""
        worlds: dict[int, Matrix] = {}
        late: list[tuple[_Part, Matrix]] = []

        def place(part: _Part, outer: Matrix) -> None:
            own = self._own(part.name, pose) if part.name in self.rig.pivots else IDENTITY
            matrix = concat(outer, concat(part.node.transform, own) if part.node.transform else own)
            worlds[id(part)] = matrix
            for inner in part.content:
                if isinstance(inner, _Part):
                    if inner.node.parent in self._parts and inner.node.parent:
                        late.append((inner, matrix))
                    else:
                        place(inner, matrix)

        place(self._top, IDENTITY)
        for part, _ in late:
            place(part, worlds[id(self._parts[part.node.parent])])
        return worlds

    def _pieces(self, pose: Pose) -> Iterator[tuple[_Part, _Picture, Matrix, float]]:
        """Every picture to draw, in order; what is in front comes last."""
        worlds = self._worlds(pose)
        front: list[_Part] = []

        def visit(part: _Part, opacity: float, forced: bool) -> Iterator[tuple[_Part, _Picture, Matrix, float]]:
            if not self._shown(part, pose):
                return
            if not forced and pose.get(f"{part.name}.front", 0.0) >= 0.5:
                front.append(part)
                return
            opacity *= part.node.opacity
            shut = self._shut(part.name, pose)
            for inner in part.content:
                if isinstance(inner, _Part):
                    yield from visit(inner, opacity, False)
                elif not shut:
                    yield part, inner, worlds[id(part)], opacity

        yield from visit(self._top, 1.0, False)
        for part in front:
            yield from visit(part, 1.0, True)

    def _bend(self, part: _Part, pose: Pose) -> tuple[float, Spring | None, tuple[float, float]]:
        """How much a picture is bent: by its own part, or by the nearest part with a spring that holds it."""
        for name in (part.name, *reversed(part.parents)):
            spring = self._springs.get(name)
            if spring is not None:
                amount = round(pose.get(f"{name}.bend", 0.0) / _BEND_STEP) * _BEND_STEP
                return amount, spring, self.rig.pivots[name]
        return 0.0, None, (0.0, 0.0)

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
        canvas.save()
        canvas.translate(-self.rig.feet[0], -self.rig.feet[1])
        pieces = list(self._pieces(pose))
        if rim > 0:
            self._draw_rim(canvas, pieces, pose, rim, shadow)
        for part, picture, matrix, opacity in pieces:
            if only is not None and not only.intersection((part.name, *part.parents)):
                continue
            bend, spring, pivot = self._bend(part, pose)
            recorded = picture.record(bend, spring, pivot)
            canvas.save()
            self._clip(canvas, part, pose, pieces)
            canvas.concat(to_matrix(matrix))
            if opacity < 1:
                canvas.saveLayerAlpha(None, round(opacity * 255))
            canvas.drawPicture(recorded)
            if opacity < 1:
                canvas.restore()
            canvas.restore()
        canvas.restore()

    def _clip(
        self, canvas: Canvas, part: _Part, pose: Pose, pieces: list[tuple[_Part, _Picture, Matrix, float]]
    ) -> None:
        """Pupils stay inside their eyes: a part with `data-clip` is cut to that shape, wherever its holder has gone."""
        held = next((name for name in (part.name, *reversed(part.parents)) if self._clips(name)), "")
        if not held:
            return
        eyeball = self._eyeballs.get(self._parts[held].node.clip)
        holder = self._parts[held].parents[-1] if self._parts[held].parents else ""
        matrix = next((m for other, _, m, _ in pieces if other.name == holder), None)
        if eyeball is None or eyeball.shape is None or matrix is None:
            return
        path = to_path(eyeball.shape.path)
        path.transform(to_matrix(matrix))
        canvas.clipPath(path, doAntiAlias=True)

    def _clips(self, name: str) -> bool:
        return bool(name in self._parts and self._parts[name].node.clip)

    def _draw_rim(
        self,
        canvas: Canvas,
        pieces: list[tuple[_Part, _Picture, Matrix, float]],
        pose: Pose,
        rim: float,
        shadow: float,
    ) -> None:
        whole = skia.Path()
        for part, picture, matrix, _ in pieces:
            bend, spring, pivot = self._bend(part, pose)
            whole.addPath(picture.outline(bend, spring, pivot), to_matrix(matrix))
        paint = skia.Paint(
            AntiAlias=True,
            Style=skia.Paint.kStrokeAndFill_Style,
            StrokeWidth=2 * rim + 9,
            StrokeJoin=skia.Paint.kRound_Join,
            StrokeCap=skia.Paint.kRound_Cap,
        )
        if shadow > 0:
            paint.setColor(argb(*_SHADOW))
            canvas.save()
            canvas.translate(shadow * 0.62, shadow)
            canvas.drawPath(whole, paint)
            canvas.restore()
        paint.setColor(argb(_RIM, 1.0))
        canvas.drawPath(whole, paint)


@lru_cache(maxsize=48)
def _puppet(path: Path, drawn: str, rigged: str, colours: tuple[tuple[str, str], ...]) -> DrawnPuppet:
    return DrawnPuppet(read_drawing(path), read_rig(path), colours)


class DrawnPart:
    """A still drawing: a plane of a set, a prop. Each named group is recorded once."""

    def __init__(self, drawing: Drawing, colours: tuple[tuple[str, str], ...]) -> None:
        self._drawing = drawing
        self._colours = {old.upper(): new for old, new in colours}
        self._recorded: dict[str, Any] = {}

    @staticmethod
    def load(path: Path, colours: tuple[tuple[str, str], ...] = ()) -> DrawnPart:
        """A drawing from its SVG, some of its hexes replaced: `(("#FFB3D1", "#B8F2E6"), …)`.

        Kept for as long as the file stays the same.

        Raises:
            SceneError: the drawing has mistakes.
        """
        return _still(path, digest(path), colours)

    def draw(self, canvas: Canvas, part: str = "") -> None:
        """Draws one named group, or everything, in the drawing's own units."""
        if part not in self._recorded:
            self._recorded[part] = self._record(part)
        canvas.drawPicture(self._recorded[part])

    def _record(self, part: str) -> Any:
        node = self._drawing.find(part) if part else self._drawing.root
        if node is None:
            raise StoryreelError(f"{self._drawing.name}: no group '{part}'{did_you_mean(part, self._drawing.names())}")
        picture = _Picture((node,), lambda hexed, _: self._colours.get(hexed, hexed), ())
        return picture.record(0.0, None, (0.0, 0.0))


@lru_cache(maxsize=48)
def _still(path: Path, drawn: str, colours: tuple[tuple[str, str], ...]) -> DrawnPart:
    return DrawnPart(read_drawing(path), colours)
