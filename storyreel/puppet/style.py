"""What colours and pens are in force at an element: attributes, simple rules of a <style>, and `style=`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from storyreel.puppet.markup import Element

INHERITED = (
    "fill",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-dasharray",
    "stroke-dashoffset",
    "fill-rule",
    "clip-rule",
    "fill-opacity",
    "stroke-opacity",
    "paint-order",
    "color",
)
"""Properties that a group hands down to what it holds (SVG 1.1, appendix N), as far as they are drawn here."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SELECTOR = re.compile(r"(\*|[a-zA-Z][\w-]*)?((?:[.#][\w-]+)*)")
Complain = Callable[[Element, str], None]


def declarations(text: str) -> dict[str, str]:
    """The properties of a `style=` or of a rule's body."""
    pairs = (part.partition(":") for part in _COMMENT.sub("", text).split(";") if ":" in part)
    return {name.strip(): value.strip().removesuffix("!important").strip() for name, _, value in pairs}


@dataclass(frozen=True)
class _Rule:
    """One selector with its body: a tag or "" for any, ids, classes; later and narrower rules win."""

    tag: str
    ids: frozenset[str]
    classes: frozenset[str]
    body: Mapping[str, str]
    order: int

    @property
    def weight(self) -> tuple[int, int, int, int]:
        return len(self.ids), len(self.classes), bool(self.tag), self.order

    def fits(self, element: Element, classes: frozenset[str]) -> bool:
        tagged = self.tag in ("", element.tag)
        return tagged and self.classes <= classes and self.ids <= {element.get("id")}


@dataclass
class Sheet:
    """The rules of every <style> in a drawing."""

    rules: list[_Rule] = field(default_factory=list)

    def read(self, elements: Iterable[Element], complain: Complain) -> None:
        """Takes the rules of <style> elements; what is more than tag, class or id is complained of."""
        for element in elements:
            text = _COMMENT.sub("", element.text)
            if "@" in text:
                word = re.findall(r"@[\w-]*", text)[0]
                complain(element, f"'{word}' is refused in a <style>; only rules such as .name {{fill: red}} are read")
                continue
            for selectors, body in _RULE.findall(text):
                for selector in selectors.split(","):
                    self._add(element, selector.strip(), declarations(body), complain)
            self.rules.sort(key=lambda rule: rule.weight)

    def _add(self, element: Element, selector: str, body: Mapping[str, str], complain: Complain) -> None:
        found = _SELECTOR.fullmatch(selector)
        if found is None or not selector:
            complain(element, f"selector '{selector}' is refused; only names such as .cls-1, path or #id are read")
            return
        tag = "" if found[1] in (None, "*") else found[1]
        marks = re.findall(r"[.#][\w-]+", found[2])
        ids = frozenset(mark[1:] for mark in marks if mark[0] == "#")
        classes = frozenset(mark[1:] for mark in marks if mark[0] == ".")
        self.rules.append(_Rule(tag, ids, classes, body, len(self.rules)))

    def at(self, element: Element, inherited: Mapping[str, str]) -> dict[str, str]:
        """The properties in force at an element: handed down, its attributes, the rules, its own `style`."""
        own = {name: value for name, value in element.attributes.items() if " " not in name}
        classes = frozenset(element.get("class").split())
        for rule in self.rules:
            if rule.fits(element, classes):
                own |= rule.body
        own |= declarations(element.get("style"))
        handed = {name: inherited[name] for name in INHERITED if name in inherited}
        return handed | {name: value for name, value in own.items() if value != "inherit"}
