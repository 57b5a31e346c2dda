"""YAML text as plain data with places: YAML 1.2's core schema, no tags, no duplicate keys, bounded aliases.

Values are resolved here and not by a YAML library's constructor, because every key and every value needs its place,
and because dates, octals and `yes` must mean what YAML 1.2 says (https://yaml.org/spec/1.2.2/#103-core-schema).
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field
from typing import Any

from storyreel.errors import Place, Problem, SceneError
from storyreel.script.places import Path, Places

Tree = dict[str, Any]
"""A scene file as plain data: dicts, lists, str, int, float, bool, None."""

LIMIT = 100_000
"""The most values a scene may hold once its aliases are followed; a real one has a few thousand."""

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_TRUE = frozenset(("true", "True", "TRUE"))
_FALSE = frozenset(("false", "False", "FALSE"))
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_MERGE = "<<"


def scalar(text: str) -> str | int | float | bool | None:
    """What a plain scalar means by YAML 1.2's core schema."""
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _INT.fullmatch(text) and len(text) <= 40:
        return int(text, 0) if text.startswith(("0o", "0x")) else int(text)
    if _FLOAT.fullmatch(text) or _NOT_FINITE.fullmatch(text):
        return float(text.replace(".inf", "inf").replace(".Inf", "inf").replace(".INF", "inf").replace(".n", "n"))
    return text


@dataclass
class _Reading:
    """One file being read: what was found wrong, and where everything stands."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    open: list[Any] = field(default_factory=list)

    def place(self, node: Any) -> Place:
        return Place(self.file, node.start_mark.line + 1, node.start_mark.column + 1)

    def complain(self, node: Any, message: str) -> None:
        self.problems.append(Problem(self.place(node), message))

    def build(self, node: Any, path: Path) -> Any:
        """The plain value of a node; its places are kept under its path."""
        if len(self.values) >= LIMIT:
            raise SceneError([*self.problems, Problem(self.place(node), f"more than {LIMIT} values; aliases repeat")])
        if any(node is parent for parent in self.open):
            self.complain(node, "an alias may not stand inside the value that it names")
            return None
        self.values[path] = self.place(node)
        self.keys.setdefault(path, self.values[path])
        tag = getattr(node, "tag", None) or ""
        if _custom(tag):
            self.complain(node, f"tags are not read here: {_short(tag)}")
        self.open.append(node)
        try:
            return self._value(node, path)
        finally:
            self.open.pop()

    def _value(self, node: Any, path: Path) -> Any:
        kind = type(node).__name__
        if kind == "ScalarNode":
            return scalar(node.value) if node.style is None else self._text(node)
        if kind == "SequenceNode":
            return [self.build(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._mapping(node, path)

    def _text(self, node: Any) -> str:
        """A scalar's text; pairs of surrogates, as JSON escapes an emoji, become the character that they stand for."""
        try:
            return str(node.value).encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            self.complain(node, "half a character: an escape such as \\ud83d needs its second half")
            return ""

    def _mapping(self, node: Any, path: Path) -> Tree:
        built: Tree = {}
        first: dict[str, Place] = {}
        merged = []
        for key_node, value_node in node.value:
            if type(key_node).__name__ != "ScalarNode":
                self.complain(key_node, "a key must be a word")
                continue
            key = self._text(key_node)
            if key == _MERGE and key_node.style is None:
                merged.append(value_node)
                continue
            if key in first:
                self.complain(key_node, f"'{key}' stands here twice; it is first in line {first[key].line}")
                continue
            first[key] = self.place(key_node)
            self.keys[(*path, key)] = first[key]
            built[key] = self.build(value_node, (*path, key))
        for value_node in merged:
            self._merge(value_node, path, built)
        return built

    def _merge(self, node: Any, path: Path, built: Tree) -> None:
        """Takes over what a `<<` names; keys that already stand here win."""
        sources = node.value if type(node).__name__ == "SequenceNode" else [node]
        for source in sources:
            if type(source).__name__ != "MappingNode" or any(source is parent for parent in self.open):
                self.complain(source, "'<<' takes the alias of keys and values")
                continue
            for key_node, value_node in source.value:
                key = self._text(key_node)
                if key not in built and key != _MERGE:
                    self.keys[(*path, key)] = self.place(key_node)
                    built[key] = self.build(value_node, (*path, key))


def _custom(tag: object) -> bool:
    text = str(tag)
    return not text.startswith("tag:yaml.org,2002:") or text.rsplit(":", 1)[1] not in (
        ["null", "bool", "int", "float", "str", "seq", "map", "timestamp", "merge", "value"]
    )


def _short(tag: object) -> str:
    return str(tag).replace("tag:yaml.org,2002:", "!!")


def parse(text: str, file: str, kind: str = "scene") -> tuple[Tree, Places]:
    """YAML text as plain data, and where everything in it stands; `kind` of file it is to be.

    Raises:
        SceneError: it is not YAML, holds keys twice, tags or endless aliases, or is not a mapping.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, ReusedAnchorWarning, YAMLError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ReusedAnchorWarning)  # YAML lets a later anchor take over a name
            # Not "rt": it is slower, and marks the folds of a text with a control character (BEL) that stays in it.
            node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        raise SceneError([_yaml_problem(error, file)]) from error
    except YAMLError as error:
        raise SceneError([Problem(_character(text, error, file), "a character that YAML does not allow")]) from error
    except RecursionError as error:
        raise SceneError([Problem(Place(file), "nested too deeply")]) from error
    if node is None:
        raise SceneError([Problem(Place(file), "the file is empty; `storyreel new NAME` writes one to start from")])
    reading = _Reading(file)
    tree = reading.build(node, ())
    if not isinstance(tree, dict):
        reading.complain(node, f"a {kind} file begins with keys such as 'storyreel: 1'")
    if reading.problems:
        raise SceneError(reading.problems)
    return tree, Places(file, reading.values, reading.keys)


_UNCLOSED = "found unexpected end of stream"
_SAID = {
    "mapping values are not allowed here": "a ':' where none can stand; check the indent, or put the text in quotes",
    "found character '\\t' that cannot start any token": "a tab; YAML indents with spaces",
    _UNCLOSED: "this quote is not closed",
    "but found another document": "a second document ('---'); a scene file is one",
    "could not find expected ':'": "a ':' is missing in this line or the one above",
}
"""What the YAML parser's own words mean to an author."""


def _yaml_problem(error: Any, file: str) -> Problem:
    said = str(error.problem or error.context or "not YAML").strip()
    opened = "flow" in str(error.context) or said == _UNCLOSED
    mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    if opened and said != _UNCLOSED:
        return Problem(place, "not YAML: this '[' or '{' is not closed, or a ',' is missing in it")
    if said.startswith("expected <block end>"):
        return Problem(place, "not YAML: the indent does not fit; what belongs together begins in one column")
    return Problem(place, f"not YAML: {_SAID.get(said, said)}")


def _character(text: str, error: Any, file: str) -> Place:
    position = getattr(error, "position", None)
    if not isinstance(position, int):
        return Place(file)
    before = text[:position]
    return Place(file, before.count("\n") + 1, position - before.rfind("\n"))
