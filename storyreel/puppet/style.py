"""What colours and pens are in force at an element: attributes, simple rules of a <style>, and `style=`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from storyreel.puppet.colour import css_colour, is_wide
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

_COLOURS = frozenset(("fill", "stroke", "color", "stop-color"))
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SELECTOR = re.compile(r"(\*|[a-zA-Z][\w-]*)?((?:[.#][\w-]+)*)")
_MOST = 2000
"""Selectors in one drawing; Illustrator's largest have a few hundred."""
Complain = Callable[[Element, str], None]


Declarations = tuple[tuple[str, str], ...]
"""Names of properties with their values, in the order of the text."""


def declarations(text: str) -> Declarations:
    """The properties of a `style=` or of a rule's body."""
    pairs = (part.partition(":") for part in _COMMENT.sub("", text).split(";") if ":" in part)
    return tuple((name.strip(), value.strip().removesuffix("!important").strip()) for name, _, value in pairs)


def _lay(own: dict[str, str], declared: Declarations) -> None:
    """Puts properties in force over others.

    A colour that can't be read is passed over where one stands before it that can (CSS Syntax Module Level 3, part
    2.2), and so is one in a space of its own: editors write the plain one first.
    """
    for name, value in declared:
        if name not in _COLOURS or name not in own or _is_plain(value) or not _is_plain(own[name]):
            own[name] = value


@lru_cache(maxsize=1024)
def _is_plain(paint: str) -> bool:
    if paint in ("none", "inherit", "currentColor", "currentcolor") or paint.startswith("url("):
        return True
    try:
        css_colour(paint)
    except ValueError:
        return False
    return not is_wide(paint)


@dataclass(frozen=True)
class _Rule:
    """One selector with its body: a tag or "" for any, ids, classes; later and narrower rules win."""

    tag: str
    ids: frozenset[str]
    classes: frozenset[str]
    body: Declarations
    order: int

    @property
    def weight(self) -> tuple[int, int, int, int]:
        return len(self.ids), len(self.classes), bool(self.tag), self.order

    @property
    def mark(self) -> str:
        """What an element must have for the rule to fit: one look for it saves trying all rules on each element."""
        return f"#{min(self.ids)}" if self.ids else f".{min(self.classes)}" if self.classes else self.tag

    def fits(self, element: Element, classes: frozenset[str]) -> bool:
        tagged = self.tag in ("", element.tag)
        return tagged and self.classes <= classes and self.ids <= {element.get("id")}


@dataclass
class Sheet:
    """The rules of every <style> in a drawing, by their marks."""

    rules: dict[str, list[_Rule]] = field(default_factory=dict)
    count: int = 0

    def read(self, elements: Iterable[Element], complain: Complain) -> None:
        """Takes the rules of <style> elements; what is more than tag, class or id is complained of."""
        for element in elements:
            text = _COMMENT.sub("", element.text)
            if "@" in text:
                word = re.findall(r"@[\w-]*", text)[0][:60]
                complain(element, f"'{word}' is refused in a <style>; only rules such as .name {{fill: red}} are read")
                continue
            *blocks, _ = text.split("}")
            for block in blocks:
                selectors, _, body = block.rpartition("{")
                declared = declarations(body)
                for selector in selectors.split(","):
                    if self.count >= _MOST:
                        complain(element, f"more than {_MOST} selectors in <style>; export with `style` attributes")
                        return
                    self._add(element, selector.strip(), declared, complain)

    def _add(self, element: Element, selector: str, body: Declarations, complain: Complain) -> None:
        self.count += 1
        found = _SELECTOR.fullmatch(selector)
        if found is None or not selector:
            complain(element, f"selector '{selector[:60]}' is refused; only names such as .cls-1, path or #id are read")
            return
        tag = "" if found[1] in (None, "*") else found[1]
        marks = re.findall(r"[.#][\w-]+", found[2])
        ids = frozenset(mark[1:] for mark in marks if mark[0] == "#")
        classes = frozenset(mark[1:] for mark in marks if mark[0] == ".")
        rule = _Rule(tag, ids, classes, body, self.count)
        self.rules.setdefault(rule.mark, []).append(rule)

    def at(self, element: Element, inherited: Mapping[str, str]) -> dict[str, str]:
        """The properties in force at an element: handed down, its attributes, the rules, its own `style`."""
        own = {name: value for name, value in element.attributes.items() if " " not in name}
        classes = frozenset(element.get("class").split())
        marks = ("", element.tag, f"#{element.get('id')}", *(f".{name}" for name in classes))
        fitting = (rule for mark in marks for rule in self.rules.get(mark, ()) if rule.fits(element, classes))
        for rule in sorted(fitting, key=lambda rule: rule.weight):
            _lay(own, rule.body)
        _lay(own, declarations(element.get("style")))
        handed = {name: inherited[name] for name in INHERITED if name in inherited}
        return handed | {name: value for name, value in own.items() if value != "inherit"}
