"""Reads an SVG into a drawing: shapes, gradients, clips, named groups; what can't be drawn is refused by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

from storyreel.assets import digest
from storyreel.errors import Problem, SceneError, StoryreelError, did_you_mean
from storyreel.puppet import outline
from storyreel.puppet.carrying import circles
from storyreel.puppet.frame import is_clip, unframed
from storyreel.puppet.markup import DEEPEST, Element, read_markup
from storyreel.puppet.model import IDENTITY, Command, Drawing, Matrix, Node, Notes, Point, Shape, Stroke, concat, moved
from storyreel.puppet.naming import layer_name
from storyreel.puppet.paint import Paints
from storyreel.puppet.refused import PROPERTIES, REFUSED

_SHAPES = frozenset(("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"))
GROUPS = frozenset(("g", "svg", "symbol", "a", "switch"))
"""Elements that hold others and are drawn as groups."""
_UNDRAWN = frozenset(("filter", "pattern", "marker", "color-profile"))
"""Definitions that nothing can use here, so that what they hold doesn't matter."""
_SILENT = _UNDRAWN | frozenset(
    ("defs", "title", "desc", "metadata", "style", "linearGradient", "radialGradient", "clipPath", "mask")
)
_MOST = 20_000
"""Shapes and groups in one drawing once every <use> is drawn; real ones have a few hundred."""
_MOST_LINES = 100_000
"""Lines, curves and dashes of them all; real ones have up to ten thousand."""
_MOST_DASHES = 5000
"""Dashes of one line."""
_MOST_SUGGESTED = 20
"""Wrong names for which a right one is sought."""
_ROOT: Mapping[str, str] = MappingProxyType({"fill": "#000000", "stroke": "none"})


_READ = frozenset(("role", "pivot", "parent", "clip", "plane", "name"))
"""What the reader itself understands of `data-*`."""


def _notes(element: Element) -> Notes:
    """The rest of it."""
    named = ((key.removeprefix("data-"), value) for key, value in element.attributes.items() if key.startswith("data-"))
    return tuple(sorted((name, value) for name, value in named if name not in _READ))


@dataclass
class _Reader(Paints):
    """Turns elements into nodes; `links` are the names that parts give each other, to be looked up at the end."""

    links: list[tuple[Element, str, str]] = field(default_factory=list)
    paths: dict[str, tuple[Command, ...]] = field(default_factory=dict)
    """Those that are read already, by their texts: a <use> draws the same again."""
    made: int = 0
    lines: int = 0
    depth: int = 0
    outer: Matrix = IDENTITY
    """From the units around what is being read to the drawing's."""
    cutting: list[Element] = field(default_factory=list)
    """The clips that are being read, each inside the one before it."""

    def refuse(self, root: Element) -> None:
        """Complains of everything in the file that can't be drawn or must not be followed."""
        for element in root.every(besides=_UNDRAWN):
            if element.tag in REFUSED:
                self.complain(element, f"<{element.tag}> is refused: {REFUSED[element.tag]}")
            for name in element.attributes:
                if name.startswith("on") and name.isalpha():
                    self.complain(element, f"'{name}' is refused: a drawing can't run code")
            if element.href and not element.href.startswith("#") and element.tag not in ("image", "a"):
                self.complain(element, f"'{element.href[:60]}' lies outside this file; external references are refused")

    def stop(self, element: Element, message: str) -> NoReturn:
        """Reads no further: the rest would take too long."""
        raise SceneError([*self.problems, Problem(element.place, message)])

    def spend(self, element: Element, lines: int) -> None:
        """Counts what there will be to draw."""
        self.lines += lines
        if self.lines > _MOST_LINES:
            self.stop(element, f"more than {_MOST_LINES} lines, curves and dashes once every <use> is drawn")

    def commands(self, element: Element, style: Mapping[str, str]) -> tuple[Command, ...]:
        def of(name: str, axis: str, otherwise: float = 0.0) -> float:
            return self.length(element, style.get(name, ""), otherwise, axis)

        tag = element.tag
        try:
            if tag == "path":
                data = style.get("d", "")
                if data not in self.paths:
                    self.paths[data] = outline.path_commands(data)
                return self.paths[data]
            if tag in ("polyline", "polygon"):
                return outline.polygon_commands(style.get("points", ""), tag == "polygon")
        except ValueError as error:
            self.spend(element, len(style.get("d", "")) + len(style.get("points", "")))
            self.complain(element, str(error))
            return ()
        if tag == "rect":
            rx, ry = of("rx", "x", -1.0), of("ry", "y", -1.0)
            rx, ry = (ry if rx < 0 else rx), (rx if ry < 0 else ry)
            return outline.rect_commands(of("x", "x"), of("y", "y"), of("width", "x"), of("height", "y"), rx, ry)
        if tag == "circle":
            return outline.ellipse_commands(of("cx", "x"), of("cy", "y"), of("r", "d"), of("r", "d"))
        if tag == "ellipse":
            return outline.ellipse_commands(of("cx", "x"), of("cy", "y"), of("rx", "x"), of("ry", "y"))
        return (("M", (of("x1", "x"), of("y1", "y"))), ("L", (of("x2", "x"), of("y2", "y"))))

    def shape(self, element: Element, style: Mapping[str, str]) -> Shape:
        fill, alpha = self.paint(element, style.get("fill", "#000000"), style)
        line, line_alpha = self.paint(element, style.get("stroke", "none"), style)
        stroke = None
        if line is not None and (width := self.length(element, style.get("stroke-width", ""), 1.0)) > 0:
            stroke = Stroke(
                line,
                width,
                style.get("stroke-linecap", "butt"),
                style.get("stroke-linejoin", "miter"),
                self.number(element, style.get("stroke-miterlimit", ""), 4.0),
                self.dashes(element, style.get("stroke-dasharray", "none")),
                line_alpha * self.share(element, style.get("stroke-opacity", "")),
                self.length(element, style.get("stroke-dashoffset", ""), 0.0),
            )
        order = style.get("paint-order", "normal").split()
        path = self.commands(element, style)
        self.spend(element, len(path) + (self.dashed(element, path, stroke.dashes) if stroke else 0))
        box = outline.extent(path)
        if not all(abs(value) <= outline.LARGEST for corner in box for value in moved(self.outer, corner)):
            self.complain(element, f"reaches more than {outline.LARGEST:g} units away")
        return Shape(
            path,
            fill if element.tag != "line" else None,
            alpha * self.share(element, style.get("fill-opacity", "")),
            style.get("fill-rule") == "evenodd",
            stroke,
            element.get("data-role", "fill"),
            "stroke" in order and ("fill" not in order or order.index("stroke") < order.index("fill")),
            _notes(element),
        )

    def dashed(self, element: Element, path: tuple[Command, ...], dashes: tuple[float, ...]) -> int:
        """About how many dashes a line has."""
        count = outline.reach(path) / sum(dashes) * len(dashes) if dashes else 0.0
        if not count <= _MOST_DASHES:
            self.complain(element, f"stroke-dasharray makes more than {_MOST_DASHES} dashes; make them longer")
        return round(min(count, _MOST_DASHES))

    def cut(self, element: Element, style: Mapping[str, str]) -> tuple[Shape, ...]:
        """The shapes that cut an element, in its own units, by its clip-path or its mask."""
        clip, mask = style.get("clip-path", "none"), style.get("mask", "none")
        if clip != "none" and mask != "none":
            self.complain(element, "has a clip-path and a mask; give one of them to a group around it")
        if mask == "none":
            return self.clip(element, clip, "clipPath") if clip != "none" else ()
        return self.clip(element, mask, "mask")

    def clip(self, element: Element, text: str, kind: str) -> tuple[Shape, ...]:
        """The shapes of a clipPath or mask in the units of the element that it cuts."""
        target = self.named(text)
        if target is None or target.tag != kind:
            called = "clip-path" if kind == "clipPath" else kind
            self.complain(element, f"'{called}' {text[:60]} refers to no {kind} of this file")
            return ()
        units = target.get("clipPathUnits") or target.get("maskContentUnits")
        if units == "objectBoundingBox" or target.get("clip-path") or target.get("mask"):
            self.complain(target, f"only a {kind} in plain units (userSpaceOnUse), not itself cut, is read")
            return ()
        if target in self.cutting:
            self.complain(target, f"this {kind} cuts itself")
            return ()
        self.cutting.append(target)
        around = self.outer
        outer = self.matrix(target, target.get("transform")) or IDENTITY
        self.outer = concat(around, outer)
        style = _ROOT if kind == "clipPath" else self.sheet.at(target, _ROOT)
        found: list[Shape] = []
        for child in target.children:
            inner = self.node(child, style)
            for node, matrix in inner.at_rest(outer) if inner is not None and inner.shown else ():
                if kind == "mask" and not is_clip(node, style.get("mask-type") == "alpha"):
                    self.complain(target, "only a mask of opaque white shapes is read; use a clipPath, or data-clip")
                    break
                if node.shape is not None:
                    even_odd = node.shape.even_odd if kind == "mask" else self.clips_even_odd(child)
                    found.append(Shape(outline.transformed(node.shape.path, matrix), even_odd=even_odd))
        self.outer = around
        self.cutting.pop()
        if not any(shape.path for shape in found):
            self.complain(target, f"this {kind} has no shapes; what it cuts would vanish")
        return tuple(found)

    def clips_even_odd(self, element: Element) -> bool:
        return self.sheet.at(element, _ROOT).get("clip-rule") == "evenodd"

    def point(self, element: Element, name: str) -> Point | None:
        if not element.get(name):
            return None
        found = self.numbers(element, name, 2, "120,340")
        return (found[0], found[1]) if found else None

    def node(self, element: Element, inherited: Mapping[str, str], using: tuple[str, ...] = ()) -> Node | None:
        if element.tag in _SILENT or element.tag in REFUSED:
            return None
        if element.tag not in _SHAPES | GROUPS | {"use"}:
            self.complain(element, f"<{element.tag}> is unknown; only groups and shapes can be drawn")
            return None
        self.made += 1
        if self.made > _MOST:
            self.stop(element, f"more than {_MOST} shapes once every <use> is drawn")
        if self.depth >= DEEPEST:
            self.stop(element, f"more than {DEEPEST} elements inside each other once every <use> is drawn")
        style = self.sheet.at(element, inherited)
        for refused in PROPERTIES:
            if style.get(refused, "none") not in ("none", "normal"):
                self.complain(element, f"'{refused}' is refused: {REFUSED[refused]}")
        matrix = self.matrix(element, style.get("transform", ""))
        if element.tag == "use":
            shift = (self.length(element, element.get("x"), 0.0, "x"), self.length(element, element.get("y"), 0.0, "y"))
            if shift != (0.0, 0.0):
                move = (1.0, 0.0, 0.0, 1.0, *shift)
                matrix = concat(matrix, move) if matrix else move
        around = self.outer
        self.outer = concat(around, matrix) if matrix else around
        self.depth += 1
        made = self.inside(element, style, matrix, using)
        self.depth -= 1
        self.outer = around
        return made

    def inside(
        self, element: Element, style: Mapping[str, str], matrix: Matrix | None, using: tuple[str, ...]
    ) -> Node | None:
        """A node with what it holds, once its own units are known."""
        if not all(abs(value) <= outline.LARGEST for value in self.outer):
            self.complain(element, f"its transforms come to more than {outline.LARGEST:g}")
            return None
        children: list[Node] = []
        if element.tag == "use":
            children = self.used(element, style, using)
        elif element.tag in GROUPS:
            made = (self.node(child, style, using) for child in element.children if child.tag != "symbol")
            children = [child for child in made if child is not None]
            if element.tag == "switch":
                children = children[:1]
        for kind in ("parent", "clip"):
            if element.get(f"data-{kind}"):
                self.links.append((element, kind, self.called(element.get(f"data-{kind}"))))
        plane = element.get("data-plane")
        return Node(
            layer_name(element),
            matrix,
            self.share(element, style.get("opacity", "")),
            self.point(element, "data-pivot"),
            self.called(element.get("data-parent")),
            self.called(element.get("data-clip")),
            self.cut(element, style),
            self.number(element, plane, 1.0) if plane else None,
            style.get("display") != "none" and style.get("visibility", "visible") not in ("hidden", "collapse"),
            self.shape(element, style) if element.tag in _SHAPES else None,
            tuple(children),
            _notes(element) if element.tag in GROUPS else (),
        )

    def called(self, name: str) -> str:
        """The layer that an attribute names, by its name or by its id in the file."""
        return layer_name(self.ids[name]) if name in self.ids else name

    def used(self, element: Element, style: Mapping[str, str], using: tuple[str, ...]) -> list[Node]:
        name = element.href
        if not name.startswith("#"):
            if not name:
                self.complain(element, '<use> has to say what: href="#name"')
            return []
        target = self.ids.get(name[1:])
        if target is None or name in using or len(using) >= DEEPEST:
            wrong = f"nothing: {name}" if target is None else "itself" if name in using else "too long a chain"
            self.complain(element, f"<use> refers to {wrong}")
            return []
        fitted = target.tag in ("symbol", "svg") and bool(target.get("viewBox"))
        view = self.viewport(target, element) if fitted else None
        around = self.outer
        self.outer = concat(around, view) if view else around
        made = self.node(target, style, (*using, name))
        self.outer = around
        if made is not None and view is not None:
            made = replace(made, transform=concat(view, made.transform) if made.transform else view)
        return [made] if made is not None else []

    def viewport(self, symbol: Element, use: Element) -> Matrix:
        """Fits a symbol's viewBox into the size that its <use> gives it, centred and undistorted (SVG 1.1, 7.8)."""
        box = self.view(symbol)
        if not box:
            return IDENTITY
        width = self.length(use, use.get("width") or symbol.get("width") or "100%", 0.0, "x")
        height = self.length(use, use.get("height") or symbol.get("height") or "100%", 0.0, "y")
        sx, sy = width / box[2], height / box[3]
        if symbol.get("preserveAspectRatio") != "none":
            sx = sy = min(sx, sy)
        return (sx, 0.0, 0.0, sy, (width - sx * box[2]) / 2 - sx * box[0], (height - sy * box[3]) / 2 - sy * box[1])

    def check_links(self, root: Node) -> None:
        """Complains of parts that name others which aren't there, or that carry each other in a circle."""
        nodes: dict[str, Node] = {}
        for node in root.walk():
            if node.id:
                nodes.setdefault(node.id, node)
        rounds = circles(root)
        for element, kind, name in self.links:
            target = nodes.get(name)
            if target is None:
                near = did_you_mean(name, nodes) if len(self.problems) < _MOST_SUGGESTED else ""
                self.complain(element, f"data-{kind} names '{name[:60]}', which is not there{near}")
            elif kind == "clip" and all(inner.shape is None for inner in target.walk()):
                self.complain(element, f"data-clip names '{name[:60]}', which has no shape")
            elif kind == "parent" and layer_name(element) in rounds:
                self.complain(element, f"'{name[:60]}' can't carry what carries it")


@lru_cache(maxsize=64)
def _read(path: Path, state: str) -> Drawing | tuple[Problem, ...]:
    """A drawing, or what is wrong with it: a set that can't be drawn may be named in every scene."""
    try:
        return _parsed(path)
    except SceneError as error:
        return error.problems


def _parsed(path: Path) -> Drawing:
    root = read_markup(path, path.name)
    reader = _Reader()
    reader.gather(root)
    reader.refuse(root)
    box = reader.view(root)
    if box:
        reader.width, reader.height = box[2], box[3]
    node = reader.node(root, _ROOT)
    if node is not None:
        reader.check_links(node)
    if reader.problems or node is None:
        raise SceneError(reader.problems)
    left, top, width, height = box
    return Drawing(path.stem, (left, top, width, height), replace(node, id=node.id or path.stem))


def read_drawing(path: Path) -> Drawing:
    """A drawing from an SVG file, remembered for as long as the file's bytes stay the same.

    Raises:
        SceneError: the file is no SVG, or holds what is refused (filters, images, scripts, soft masks, patterns, text,
            external references), or takes too long to draw; every finding with its line.
        StoryreelError: there is no such file, or it can't be read.
    """
    try:
        found = _read(path, digest(path))
    except OSError as error:
        raise StoryreelError(f"drawing {path.name}: {error.strerror or 'it cannot be read'}") from error
    if isinstance(found, Drawing):
        return found
    raise SceneError(found)


def read_figure(path: Path) -> Drawing:
    """A puppet's drawing, as `read_drawing` has it, without the frame that its editor cuts it by.

    Raises:
        SceneError: as `read_drawing`.
        StoryreelError: as `read_drawing`.
    """
    read_drawing(path)
    return _figure(path, digest(path))


@lru_cache(maxsize=64)
def _figure(path: Path, state: str) -> Drawing:
    return unframed(read_drawing(path))
