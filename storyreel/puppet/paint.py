"""Numbers, colours and gradients of SVG attributes, read with complaints that name the element's place."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from storyreel.errors import Problem
from storyreel.puppet import outline
from storyreel.puppet.colour import css_colour
from storyreel.puppet.markup import DEEPEST, Element
from storyreel.puppet.model import Gradient, Matrix, Paint
from storyreel.puppet.style import Sheet

_LENGTH = re.compile(rf"({outline.NUMBER.pattern})(px|pt|pc|mm|cm|in|%|)")
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
"""Units in pixels of 1/96 inch (CSS 2.1, 4.3.2)."""
_LINEAR = {"x1": "0%", "y1": "0%", "x2": "100%", "y2": "0%"}
_RADIAL = {"cx": "50%", "cy": "50%", "r": "50%"}


@dataclass
class Paints:
    """What one file defines by id and by rule, and what is wrong with it."""

    ids: dict[str, Element] = field(default_factory=dict)
    sheet: Sheet = field(default_factory=Sheet)
    problems: list[Problem] = field(default_factory=list)
    gradients: dict[Element, Gradient] = field(default_factory=dict)
    width: float = 100.0
    height: float = 100.0

    def gather(self, root: Element) -> None:
        """Takes down every id and every rule of the file."""
        for element in root.every():
            if element.get("id"):
                self.ids.setdefault(element.get("id"), element)
        self.sheet.read((element for element in root.every() if element.tag == "style"), self.complain)

    def complain(self, element: Element, message: str) -> None:
        """Adds a problem at an element's place."""
        self.problems.append(Problem(element.place, message))

    def named(self, reference: str) -> Element | None:
        """What `url(#name)` refers to."""
        inside = reference.strip().removeprefix("url(").split(")")[0].strip("\"' ")
        return self.ids.get(inside.removeprefix("#")) if inside.startswith("#") else None

    def numbers(self, element: Element, name: str, count: int, example: str) -> list[float]:
        """So many numbers of an attribute; none, and a complaint, where it has others."""
        try:
            found = outline.numbers(element.get(name))
        except ValueError as error:
            self.complain(element, f"{name} has {error}")
            return []
        if len(found) != count:
            self.complain(element, f'{name} has to be {count} numbers: {name}="{example}"')
            return []
        return found

    def view(self, element: Element) -> list[float]:
        """Left, top, width and height of a viewBox, or of what has a size alone; none, and a complaint, without one."""
        if element.get("viewBox"):
            box = self.numbers(element, "viewBox", 4, "0 0 1080 1920")
        else:
            box = [0.0, 0.0, *(self.length(element, element.get(name), 0.0) for name in ("width", "height"))]
        if box and min(box[2:]) <= 0:
            self.complain(element, 'needs a width and a height above 0: viewBox="0 0 1080 1920"')
            return []
        return box

    def length(self, element: Element, text: str, otherwise: float, axis: str = "d") -> float:
        """A length in the drawing's units; percentages are of its width (x), height (y) or diagonal (d)."""
        if not text:
            return otherwise
        found = _LENGTH.fullmatch(text.strip())
        if found is None or abs(float(found[1])) > outline.LARGEST:
            self.complain(element, f"'{text[:60]}' is not a length; write a plain number")
            return otherwise
        if found[2] == "%":
            diagonal = math.hypot(self.width, self.height) / math.sqrt(2)
            return float(found[1]) / 100 * {"x": self.width, "y": self.height}.get(axis, diagonal)
        return float(found[1]) * _UNITS[found[2]]

    def number(self, element: Element, text: str, otherwise: float) -> float:
        """A plain number, or a percentage as a share of 1."""
        if not text:
            return otherwise
        found = _LENGTH.fullmatch(text.strip())
        if found is None or found[2] not in ("", "%", "px") or abs(float(found[1])) > outline.LARGEST:
            self.complain(element, f"'{text[:60]}' is not a number")
            return otherwise
        return float(found[1]) / (100 if found[2] == "%" else 1)

    def share(self, element: Element, text: str) -> float:
        """An opacity, 0 to 1."""
        return min(max(self.number(element, text, 1.0), 0.0), 1.0)

    def dashes(self, element: Element, text: str) -> tuple[float, ...]:
        """A stroke's dashes; none where they come to nothing."""
        if text.strip() in ("none", ""):
            return ()
        found = tuple(self.length(element, part, 0.0) for part in re.split(r"[\s,]+", text.strip()))
        if min(found) < 0:
            self.complain(element, f"stroke-dasharray '{text[:60]}' has a dash below 0")
            return ()
        return found if sum(found) > 0 else ()

    def matrix(self, element: Element, text: str) -> Matrix | None:
        """A transform."""
        try:
            return outline.transform(text)
        except ValueError as error:
            self.complain(element, str(error))
            return None

    def colour(self, element: Element, text: str, current: str) -> tuple[str, float]:
        """A CSS colour as "#RRGGBB" and opacity."""
        try:
            return css_colour(current if text.strip().lower() == "currentcolor" else text)
        except ValueError as error:
            self.complain(element, str(error))
            return "#000000", 1.0

    def paint(self, element: Element, text: str, style: Mapping[str, str]) -> tuple[Paint, float]:
        """What a fill or stroke is painted with, and the opacity that its colour brings."""
        if text.strip() in ("none", ""):
            return None, 1.0
        if text.startswith("url("):
            target = self.named(text)
            if target is None or target.tag not in ("linearGradient", "radialGradient"):
                what = f"a <{target.tag}>" if target is not None else "nothing of this file"
                self.complain(element, f"paint '{text[:60]}' refers to {what}; only its gradients can paint")
                return None, 1.0
            if target not in self.gradients:
                self.gradients[target] = self.gradient(target)
            return self.gradients[target], 1.0
        return self.colour(element, text, style.get("color", "#000000"))

    def gradient(self, element: Element) -> Gradient:
        """A gradient with what it takes over from those it refers to."""
        chain = [element]
        while len(chain) < DEEPEST and (name := chain[-1].href.removeprefix("#")) in self.ids:
            if self.ids[name] in chain:
                break
            chain.append(self.ids[name])
        if chain[-1].href and chain[-1].href.removeprefix("#") not in self.ids:
            self.complain(chain[-1], f"gradient refers to nothing: {chain[-1].href[:60]}")

        def first(name: str, otherwise: str = "") -> str:
            return next((link.get(name) for link in chain if link.get(name)), otherwise)

        boxed = first("gradientUnits", "objectBoundingBox") != "userSpaceOnUse"

        def value(name: str, otherwise: str) -> float:
            text = first(name, otherwise)
            if boxed:
                return self.number(element, text, 0.0)
            return self.length(element, text, 0.0, {"x": "x", "y": "y"}.get(name.strip("cf12"), "d"))

        if element.tag == "radialGradient":
            values = tuple(value(name, share) for name, share in _RADIAL.items())
            values += (value("fx", first("cx", "50%")), value("fy", first("cy", "50%")))
        else:
            values = tuple(value(name, share) for name, share in _LINEAR.items())
        spread = first("spreadMethod", "pad")
        return Gradient(
            "radial" if element.tag == "radialGradient" else "linear",
            values,
            self.stops(element, chain),
            boxed,
            self.matrix(element, first("gradientTransform")),
            cast("Literal['pad', 'reflect', 'repeat']", spread if spread in ("reflect", "repeat") else "pad"),
        )

    def stops(self, element: Element, chain: list[Element]) -> tuple[tuple[float, str, float], ...]:
        """The stops of the first gradient in a chain that has some, their offsets never going back."""
        found: list[tuple[float, str, float]] = []
        holders = ([stop for stop in link.children if stop.tag == "stop"] for link in chain)
        for stop in next((stops for stops in holders if stops), []):
            style = self.sheet.at(stop, {})
            hue, alpha = self.colour(stop, style.get("stop-color", "#000000"), style.get("color", "#000000"))
            alpha *= self.share(stop, style.get("stop-opacity", ""))
            offset = self.share(stop, style.get("offset", "0"))
            found.append((max(offset, found[-1][0] if found else 0.0), hue, alpha))
        if not found:
            self.complain(element, "this gradient has no stops")
        return tuple(found) or ((0.0, "#000000", 0.0),)
