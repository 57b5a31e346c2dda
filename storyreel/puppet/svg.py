"""Reads an SVG into a drawing: shapes, gradients, clips, named groups; what can't be drawn is refused by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

from PIL import ImageColor

from storyreel.assets import digest
from storyreel.errors import Problem, SceneError
from storyreel.puppet import outline
from storyreel.puppet.markup import Element, read_markup
from storyreel.puppet.model import Command, Drawing, Gradient, Matrix, Node, Paint, Point, Shape, Stroke

_REFUSED = {
    "filter": "draw the effect as shapes, or let the look do it",
    "image": "put the picture on the stage as a prop of kind picture",
    "script": "a drawing can't run code",
    "foreignObject": "only shapes can be drawn",
    "mask": "use a clipPath, or data-clip",
    "pattern": "draw the pattern as shapes",
    "text": "convert text to outlines",
    "marker": "draw the marker as a shape",
    "animate": "storyreel moves the parts",
    "animateTransform": "storyreel moves the parts",
    "animateMotion": "storyreel moves the parts",
    "set": "storyreel moves the parts",
}
_SHAPES = frozenset(("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"))
_GROUPS = frozenset(("g", "svg", "symbol", "a", "switch"))
_SILENT = frozenset(("defs", "title", "desc", "metadata", "style", "linearGradient", "radialGradient", "clipPath"))
_INHERITED = (
    "fill",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-dasharray",
    "fill-rule",
    "fill-opacity",
    "stroke-opacity",
    "color",
)
_RULE = re.compile(r"\.([\w-]+)\s*\{([^}]*)\}")


def _declarations(text: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in text.split(";") if ":" in part)
    return {name.strip(): value.strip().removesuffix("!important").strip() for name, _, value in pairs}


@dataclass
class _Reader:
    """What one file defines by id and by class, and what is wrong with it."""

    ids: dict[str, Element] = field(default_factory=dict)
    classes: dict[str, dict[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def gather(self, element: Element) -> None:
        if element.get("id"):
            self.ids.setdefault(element.get("id"), element)
        if element.tag == "style":
            for name, body in _RULE.findall(element.text):
                self.classes.setdefault(name, {}).update(_declarations(body))
        for child in element.children:
            self.gather(child)

    def complain(self, element: Element, message: str) -> None:
        self.problems.append(Problem(element.place, message))

    def style(self, element: Element, inherited: Mapping[str, str]) -> dict[str, str]:
        """The properties in force at an element: inherited, its attributes, its classes, its style, in that order."""
        own = {name: value for name, value in element.attributes.items() if " " not in name}
        for name in element.get("class").split():
            own |= self.classes.get(name, {})
        own |= _declarations(element.get("style"))
        for refused in ("filter", "mask"):
            if own.get(refused, "none") != "none":
                self.complain(element, f"'{refused}' is refused: {_REFUSED[refused]}")
        return {**{name: inherited[name] for name in _INHERITED if name in inherited}, **own}

    def number(self, element: Element, text: str, otherwise: float) -> float:
        if not text:
            return otherwise
        found = outline.numbers(text)
        if not found or not re.fullmatch(rf"{outline.NUMBER.pattern}(px|%)?", text.strip()):
            self.complain(element, f"'{text}' is not a number")
            return otherwise
        return found[0] / 100 if text.strip().endswith("%") else found[0]

    def colour(self, element: Element, text: str, current: str) -> tuple[str, float]:
        """A CSS colour as "#RRGGBB" and opacity."""
        text = current if text == "currentColor" else text
        try:
            rgba = ImageColor.getcolor(re.sub(r"\s+", "", text) if "(" in text else text, "RGBA")
        except ValueError:
            self.complain(element, f"'{text}' is not a colour")
            return "#000000", 1.0
        red, green, blue, alpha = cast("tuple[int, int, int, int]", rgba)
        return f"#{red:02X}{green:02X}{blue:02X}", alpha / 255

    def paint(self, element: Element, text: str, style: Mapping[str, str]) -> tuple[Paint, float]:
        if text == "none" or not text:
            return None, 1.0
        if text.startswith("url("):
            name = text[4:].split(")")[0].strip("\"' ").removeprefix("#")
            target = self.ids.get(name)
            if target is None or target.tag not in ("linearGradient", "radialGradient"):
                what = f"a {target.tag}" if target is not None else "nothing"
                self.complain(element, f"paint '{text}' refers to {what}; only gradients of the same file can paint")
                return None, 1.0
            return self.gradient(target), 1.0
        return self.colour(element, text, style.get("color", "#000000"))

    def gradient(self, element: Element) -> Gradient:
        chain = [element]
        while (name := chain[-1].href.removeprefix("#")) in self.ids and self.ids[name] not in chain:
            chain.append(self.ids[name])

        def first(name: str, otherwise: str = "") -> str:
            return next((link.get(name) for link in chain if link.get(name)), otherwise)

        stops: list[tuple[float, str, float]] = []
        holder = next((link for link in chain if link.children), element)
        for stop in holder.children:
            if stop.tag == "stop":
                style = self.style(stop, {})
                hue, alpha = self.colour(stop, style.get("stop-color", "#000000"), style.get("color", "#000000"))
                alpha *= self.number(stop, style.get("stop-opacity", ""), 1.0)
                offset = min(max(self.number(stop, style.get("offset", ""), 0.0), 0.0), 1.0)
                stops.append((max(offset, stops[-1][0] if stops else 0.0), hue, alpha))
        keys = {"x1": "0", "y1": "0", "x2": "1", "y2": "0"}
        if element.tag == "radialGradient":
            keys = {"cx": "0.5", "cy": "0.5", "r": "0.5", "fx": first("cx", "0.5"), "fy": first("cy", "0.5")}
        values = tuple(self.number(element, first(key, default), 0.0) for key, default in keys.items())
        spread = first("spreadMethod", "pad")
        return Gradient(
            "radial" if element.tag == "radialGradient" else "linear",
            values,
            tuple(stops) or ((0.0, "#000000", 0.0),),
            first("gradientUnits", "objectBoundingBox") != "userSpaceOnUse",
            self.matrix(element, first("gradientTransform")),
            cast("Literal['pad', 'reflect', 'repeat']", spread if spread in ("reflect", "repeat") else "pad"),
        )

    def matrix(self, element: Element, text: str) -> Matrix | None:
        try:
            return outline.transform(text)
        except ValueError as error:
            self.complain(element, str(error))
            return None

    def commands(self, element: Element, style: Mapping[str, str]) -> tuple[Command, ...]:
        def of(name: str, otherwise: float = 0.0) -> float:
            return self.number(element, style.get(name, ""), otherwise)

        tag = element.tag
        if tag == "path":
            try:
                return outline.path_commands(style.get("d", ""))
            except ValueError as error:
                self.complain(element, str(error))
                return ()
        if tag == "rect":
            rx, ry = of("rx", -1.0), of("ry", -1.0)
            rx, ry = (ry if rx < 0 else rx), (rx if ry < 0 else ry)
            return outline.rect_commands(of("x"), of("y"), of("width"), of("height"), rx, ry)
        if tag == "circle":
            return outline.ellipse_commands(of("cx"), of("cy"), of("r"), of("r"))
        if tag == "ellipse":
            return outline.ellipse_commands(of("cx"), of("cy"), of("rx"), of("ry"))
        if tag == "line":
            return (("M", (of("x1"), of("y1"))), ("L", (of("x2"), of("y2"))))
        points = outline.numbers(style.get("points", ""))
        pairs = list(zip(points[::2], points[1::2], strict=False))
        joined: list[Command] = [("L" if index else "M", pair) for index, pair in enumerate(pairs)]
        return (*joined, ("Z", ())) if tag == "polygon" else tuple(joined)

    def shape(self, element: Element, style: Mapping[str, str]) -> Shape:
        fill, alpha = self.paint(element, style.get("fill", "#000000"), style)
        line, line_alpha = self.paint(element, style.get("stroke", "none"), style)
        stroke = None
        if line is not None and (width := self.number(element, style.get("stroke-width", ""), 1.0)) > 0:
            dashes = style.get("stroke-dasharray", "none")
            stroke = Stroke(
                line,
                width,
                style.get("stroke-linecap", "butt"),
                style.get("stroke-linejoin", "miter"),
                self.number(element, style.get("stroke-miterlimit", ""), 4.0),
                () if dashes == "none" else tuple(outline.numbers(dashes)),
                line_alpha * self.number(element, style.get("stroke-opacity", ""), 1.0),
            )
        return Shape(
            self.commands(element, style),
            fill,
            alpha * self.number(element, style.get("fill-opacity", ""), 1.0),
            style.get("fill-rule") == "evenodd",
            stroke,
            element.get("data-role", "fill"),
        )

    def clip(self, element: Element, text: str, inherited: Mapping[str, str]) -> tuple[Shape, ...]:
        target = self.ids.get(text[4:].split(")")[0].strip("\"' ").removeprefix("#"))
        if target is None or target.tag != "clipPath":
            self.complain(element, f"clip-path '{text}' refers to no clipPath of this file")
            return ()
        return tuple(
            self.shape(child, self.style(child, inherited)) for child in target.children if child.tag in _SHAPES
        )

    def point(self, element: Element, text: str) -> Point | None:
        found = outline.numbers(text)
        if text and len(found) != 2:
            self.complain(element, f"data-pivot '{text}' has to be two numbers: data-pivot=\"120,340\"")
            return None
        return (found[0], found[1]) if text else None

    def node(self, element: Element, inherited: Mapping[str, str], using: tuple[str, ...] = ()) -> Node | None:
        if element.tag in _REFUSED:
            self.complain(element, f"<{element.tag}> is refused: {_REFUSED[element.tag]}")
            return None
        for name in element.attributes:
            if name.startswith("on") and name.isalpha():
                self.complain(element, f"'{name}' is refused: a drawing can't run code")
        if element.tag in _SILENT:
            return None
        if element.tag not in _SHAPES | _GROUPS | {"use"}:
            self.complain(element, f"<{element.tag}> is unknown; only groups and shapes can be drawn")
            return None
        style = self.style(element, inherited)
        shape = self.shape(element, style) if element.tag in _SHAPES else None
        matrix = self.matrix(element, element.get("transform"))
        children: list[Node] = []
        if element.tag == "use":
            children = self.used(element, style, using)
            shift = (self.number(element, element.get("x"), 0.0), self.number(element, element.get("y"), 0.0))
            if shift != (0.0, 0.0):
                move = (1.0, 0.0, 0.0, 1.0, *shift)
                matrix = outline.concat(matrix, move) if matrix else move
        elif element.tag in _GROUPS:
            made = (self.node(child, style, using) for child in element.children if child.tag != "symbol")
            children = [child for child in made if child is not None]
        clip = style.get("clip-path", "none")
        plane = element.get("data-plane")
        return Node(
            element.get("id"),
            matrix,
            self.number(element, style.get("opacity", ""), 1.0),
            self.point(element, element.get("data-pivot")),
            element.get("data-parent"),
            element.get("data-clip"),
            self.clip(element, clip, inherited) if clip != "none" else (),
            self.number(element, plane, 1.0) if plane else None,
            style.get("display") != "none" and style.get("visibility", "visible") not in ("hidden", "collapse"),
            shape,
            tuple(children),
        )

    def used(self, element: Element, style: Mapping[str, str], using: tuple[str, ...]) -> list[Node]:
        name = element.href
        if not name.startswith("#"):
            self.complain(element, f"'{name}' lies outside this file; external references are refused")
            return []
        target = self.ids.get(name[1:])
        if target is None or name in using:
            self.complain(element, f"<use> refers to {'itself' if name in using else f'nothing: {name}'}")
            return []
        made = self.node(target, style, (*using, name))
        return [made] if made is not None else []


_ROOT: Mapping[str, str] = MappingProxyType({"fill": "#000000", "stroke": "none"})


@lru_cache(maxsize=64)
def _read(path: Path, state: str) -> Drawing:
    root = read_markup(path, path.name)
    reader = _Reader()
    reader.gather(root)
    for element in _every(root):
        if element.tag in _REFUSED and element.tag not in ("text", "set"):
            reader.complain(element, f"<{element.tag}> is refused: {_REFUSED[element.tag]}")
        if element.tag == "style" and "@import" in element.text:
            reader.complain(element, "'@import' is refused: a drawing is one file")
    node = reader.node(root, _ROOT)
    box = outline.numbers(root.get("viewBox")) or [
        0.0,
        0.0,
        reader.number(root, root.get("width"), 100.0),
        reader.number(root, root.get("height"), 100.0),
    ]
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        reader.complain(root, "viewBox has to be four numbers: left, top, width, height")
    if reader.problems:
        raise SceneError(reader.problems)
    assert node is not None
    return Drawing(path.stem, (box[0], box[1], box[2], box[3]), node)


def _every(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        yield from _every(child)


def read_drawing(path: Path) -> Drawing:
    """A drawing from an SVG file, remembered for as long as the file's bytes stay the same.

    Raises:
        SceneError: the file is no SVG, or holds what is refused (filters, images, scripts, masks, patterns, text,
            external references, DOCTYPE); every finding with its line.
    """
    return _read(path, digest(path))


def planes(drawing: Drawing) -> list[tuple[str, float]]:
    """A set's planes back to front: the named groups that have a `data-plane`, or the whole drawing ("") at 1."""
    found = [(node.id, node.plane) for node in drawing.root.children if node.plane is not None and node.id]
    return [(name, depth) for name, depth in found if depth is not None] or [("", 1.0)]
