"""XML with the line of every element, read without anything from outside, or entities that are more than a text."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from storyreel.errors import Place, Problem, SceneError

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
DEEPEST = 100
"""Groups within groups; real drawings have about ten."""
_LONGEST = 200
"""Letters of an entity's text; Illustrator's name namespaces."""
_ADOBE = "".join(
    f'<!ENTITY ns_{name} "http://ns.adobe.com/{address}/">'
    for name, address in {
        "extend": "Extensibility/1.0",
        "ai": "AdobeIllustrator/10.0",
        "graphs": "Graphs/1.0",
        "vars": "Variables/1.0",
        "imrep": "ImageReplacement/1.0",
        "sfw": "SaveForWeb/1.0",
        "custom": "GenericCustomNamespace/1.0",
        "adobe_xpath": "XPath/1.0",
        "flows": "Flows/1.0",
    }.items()
)
"""What Illustrator's files declare in their DOCTYPE, for those whose DOCTYPE somebody has taken away."""


@dataclass(eq=False)
class Element:
    """An element of the SVG namespace (`tag` without it); attributes of other namespaces keep theirs as `ns name`."""

    tag: str
    attributes: dict[str, str]
    place: Place
    children: list[Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What is written in it, without what is written in its children."""
        return "".join(self.texts)

    def get(self, name: str, otherwise: str = "") -> str:
        """An attribute's text."""
        return self.attributes.get(name, otherwise)

    @property
    def href(self) -> str:
        """What `href` (or the older xlink:href) refers to."""
        return (self.get("href") or self.get(f"{XLINK} href")).strip()

    def every(self, besides: Container[str] = ()) -> Iterator[Element]:
        """The element and everything in it, in the order of the text; of tags named in `besides` nothing."""
        left = [self]
        while left:
            element = left.pop()
            if element.tag not in besides:
                yield element
                left += reversed(element.children)


def read_markup(path: Path, name: str) -> Element:
    """The root element of an XML file.

    Left out are elements of other namespaces (editor metadata) and those for programs that know an extension
    (`requiredExtensions`; SVG 1.1, 5.8.2).

    Raises:
        SceneError: the file is no well-formed XML, is nested too deeply, or holds entities that are more than a line
            of text, or a style sheet from elsewhere.
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
        if space not in ("", SVG) or (stack and stack[-1] is None) or "requiredExtensions" in attributes:
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
            stack[-1].texts.append(data)

    def entity(called: str, parameter: bool, value: str | None, *_: object) -> None:
        if parameter or value is None or len(value) > _LONGEST or any(letter in value for letter in "<&%"):
            skipped(called, parameter)

    def skipped(called: str, parameter: bool) -> None:
        message = f"entity '{called[:60]}' is refused: it has to be a short text of this file; write out what it means"
        raise SceneError([Problem(here(), message)])

    def outside(context: str, *_: object) -> int:
        # Nothing is fetched, whatever file a DOCTYPE names: this is read in its place.
        parser.ExternalEntityParserCreate(context).Parse(_ADOBE, True)
        return 1

    def instruction(target: str, data: str) -> None:
        if target == "xml-stylesheet":
            raise SceneError([Problem(here(), "a style sheet from another file is refused; a drawing is one file")])

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.EntityDeclHandler = text, entity
    parser.ProcessingInstructionHandler, parser.ExternalEntityRefHandler = instruction, outside
    parser.SkippedEntityHandler = skipped
    parser.buffer_text = True
    data = path.read_bytes()
    if b"&ns_" in data:
        parser.UseForeignDTD(True)
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        place = Place(name, error.lineno, error.offset + 1)
        raise SceneError([Problem(place, f"no well-formed XML: {expat.ErrorString(error.code)}")]) from None
    except (LookupError, ValueError):
        message = "this encoding can't be read; save the file as UTF-8"
        raise SceneError([Problem(Place(name, 1, 1), message)]) from None
    if not roots or roots[0].tag != "svg":
        raise SceneError([Problem(Place(name, 1, 1), "no SVG: the outermost element has to be <svg>")])
    return roots[0]
