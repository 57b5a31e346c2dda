"""XML with the line of every element, read without entities, DOCTYPE or anything from outside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from storyreel.errors import Place, Problem, SceneError

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
DEEPEST = 100
"""Groups within groups; real drawings have about ten."""


@dataclass
class Element:
    """An element of the SVG namespace (`tag` without it); attributes of other namespaces keep theirs as `ns name`."""

    tag: str
    attributes: dict[str, str]
    place: Place
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def get(self, name: str, otherwise: str = "") -> str:
        """An attribute's text."""
        return self.attributes.get(name, otherwise)

    @property
    def href(self) -> str:
        """What `href` (or the older xlink:href) refers to."""
        return (self.get("href") or self.get(f"{XLINK} href")).strip()

    def every(self) -> Iterator[Element]:
        """The element and everything in it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.every()


def read_markup(path: Path, name: str) -> Element:
    """The root element of an XML file; elements of other namespaces (editor metadata) are left out.

    Raises:
        SceneError: the file is no well-formed XML, is nested too deeply, or holds a DOCTYPE or a style sheet from
            elsewhere.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    stack: list[Element | None] = []
    roots: list[Element] = []

    def here() -> Place:
        return Place(name, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(stack) >= DEEPEST:
            raise SceneError([Problem(here(), f"more than {DEEPEST} elements inside each other")])
        space, _, local = tag.rpartition(" ")
        if space not in ("", SVG) or (stack and stack[-1] is None):
            stack.append(None)
            return
        element = Element(local, attributes, here())
        if stack and stack[-1] is not None:
            stack[-1].children.append(element)
        else:
            roots.append(element)
        stack.append(element)

    def end(tag: str) -> None:
        stack.pop()

    def text(data: str) -> None:
        if stack and stack[-1] is not None:
            stack[-1].text += data

    def doctype(*_: object) -> None:
        raise SceneError([Problem(here(), "a DOCTYPE is refused; delete that line, SVG needs none")])

    def instruction(target: str, data: str) -> None:
        if target == "xml-stylesheet":
            raise SceneError([Problem(here(), "a style sheet from another file is refused; a drawing is one file")])

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = text, doctype
    parser.ProcessingInstructionHandler = instruction
    try:
        parser.Parse(path.read_bytes(), True)
    except expat.ExpatError as error:
        place = Place(name, error.lineno, error.offset + 1)
        raise SceneError([Problem(place, f"no well-formed XML: {expat.ErrorString(error.code)}")]) from None
    if not roots or roots[0].tag != "svg":
        raise SceneError([Problem(Place(name, 1, 1), "no SVG: the outermost element has to be <svg>")])
    return roots[0]
