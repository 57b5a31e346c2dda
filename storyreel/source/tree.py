"""YAML text as plain data with places: YAML 1.2's core schema, no tags, no duplicate keys, bounded aliases.

Values are resolved here and not by a YAML library's constructor, because every key and every value needs its place,
and because dates, octals and `yes` must mean what YAML 1.2 says (https://yaml.org/spec/1.2.2/#103-core-schema).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from storyreel.errors import MOST, Place, Problem, SceneError
from storyreel.source.places import Path, Places
from storyreel.source.syntax import comment_at, place_of, refusal

Tree = dict[str, Any]
"""A scene file as plain data: dicts, lists, str, int, float, bool, None."""

LONGEST = 128 * 1024
"""The most characters of a file: thirteen minutes of a film like the example, read in two seconds at most."""
TOO_LONG = f"longer than {LONGEST // 1024} KB, the most that a file may have; split it into several"
LIMIT = 12_000
"""The most keys and values of a file, also once its aliases are followed; the example has some 1,400."""
DEEPEST = 40
"""The most levels that lists and mappings may stand in each other; a scene has ten."""

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_TRUE = frozenset(("true", "True", "TRUE"))
_FALSE = frozenset(("false", "False", "FALSE"))
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_TOGETHER = "beats"
"""The key of lists in whose items everybody does what happens together, so that one who stands twice means a list."""
_MERGE = "<<"
_CUT = re.compile(r"[ \t]+(?=#\S)")
"""Between a text and a comment behind it that begins as a hashtag or a colour does, with no space behind the `#`."""
_INSTEAD = re.compile(r"[ \t]*:[ \t]+(?=#\S)")
"""The same between a key and a comment that stands instead of its value."""


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
    plain: dict[Path, str] = field(default_factory=dict)
    comments: dict[Path, Place] = field(default_factory=dict)
    open: list[Any] = field(default_factory=list)

    def place(self, node: Any) -> Place:
        return place_of(node.start_mark, self.file)

    def complain(self, node: Any, message: str) -> None:
        self.problems.append(Problem(self.place(node), message))
        if len(self.problems) >= MOST:
            raise SceneError(self.problems)

    def build(self, node: Any, path: Path) -> Any:
        """The plain value of a node; its places are kept under its path."""
        if len(self.values) >= LIMIT or len(path) > DEEPEST:
            bound = f"more than {LIMIT} values" if len(self.values) >= LIMIT else "nested too deeply"
            raise SceneError([*self.problems, Problem(self.place(node), f"{bound}; aliases repeat")])
        if any(node is parent for parent in self.open):
            self.complain(node, "an alias may not stand inside the value that it names")
            return None
        self.values[path] = self.place(node)
        self.keys.setdefault(path, self.values[path])
        tag = getattr(node, "tag", None) or ""
        if _custom(tag):
            self.complain(node, f"tags are not read here: {_short(tag)}; a text that begins with '!' needs quotes")
        self.open.append(node)
        try:
            return self._value(node, path)
        finally:
            self.open.pop()

    def _value(self, node: Any, path: Path) -> Any:
        kind = type(node).__name__
        if kind == "ScalarNode":
            return self._plain(node, path) if node.style is None else self._text(node)
        if kind == "SequenceNode":
            return [self.build(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._mapping(node, path)

    def _plain(self, node: Any, path: Path) -> str | int | float | bool | None:
        """What a text without quotes means, how it is written, and whether a `#` cuts it off."""
        value = scalar(node.value)
        written = node.start_mark.buffer[node.start_mark.pointer]
        unnamed = written == "&" and isinstance(value, str) and f"*{node.anchor}" not in node.start_mark.buffer
        if unnamed or (written == "!" and not _custom(node.tag)):
            self.complain(node, f"a text that begins with '{written}' needs quotes")
        if not isinstance(value, str):
            self.plain[path] = node.value
        self._cut(node.end_mark, _CUT, path)
        return value

    def _cut(self, mark: Any, pattern: re.Pattern[str], path: Path) -> None:
        comment = comment_at(mark, pattern, self.file)
        if comment is not None:
            self.comments[path] = comment

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
                cure = "; make it one list" if _TOGETHER in path[-2:] else ""
                self.complain(key_node, f"'{key}' stands here twice; it is first in line {first[key].line}{cure}")
                continue
            first[key] = self.place(key_node)
            self.keys[(*path, key)] = first[key]
            built[key] = self.build(value_node, (*path, key))
            if built[key] is None and value_node.start_mark.pointer == value_node.end_mark.pointer:
                # The parser has it where the next thing begins.
                self.values[(*path, key)] = first[key]
                self._cut(key_node.end_mark, _INSTEAD, (*path, key))
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


_START = {"scene": "; `storyreel new NAME` writes one to start from"}
_FIRST = {"rig": "poses:"}


def parse(text: str, file: str, kind: str = "scene") -> tuple[Tree, Places]:
    """YAML text as plain data, and where everything in it stands; `kind` of file it is to be.

    Raises:
        SceneError: it is not YAML, holds keys twice, tags or endless aliases, or is not a mapping.
    """
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    from storyreel.source.composing import Refused, composing

    if len(text) > LONGEST:
        raise SceneError([Problem(Place(file, 1, 1), TOO_LONG)])
    yaml = composing(DEEPEST, LIMIT)
    try:
        node = yaml.compose(text)
    except Refused as error:
        raise SceneError([Problem(place_of(error.problem_mark, file), error.problem)]) from error
    except MarkedYAMLError as error:
        raise SceneError([refusal(error, file)]) from error
    except YAMLError as error:
        raise SceneError([Problem(_character(text, error, file), "a character that YAML does not allow")]) from error
    if node is None or (type(node).__name__ == "ScalarNode" and not node.value):
        raise SceneError([Problem(Place(file, 1, 1), f"the file is empty{_START.get(kind, '')}")])
    reading = _Reading(file)
    tree = reading.build(node, ())
    if not isinstance(tree, dict):
        reading.complain(node, f"a {kind} file begins with keys such as '{_FIRST.get(kind, 'storyreel: 1')}'")
    if reading.problems:
        raise SceneError(reading.problems)
    return tree, Places(file, reading.values, reading.keys, reading.plain, reading.comments)


def _character(text: str, error: Any, file: str) -> Place:
    position = getattr(error, "position", None)
    if not isinstance(position, int):
        return Place(file)
    before = text[:position]
    return Place(file, before.count("\n") + 1, position - before.rfind("\n"))
