"""Every text of a scene file that a film shows or says, and the role of the type that it is set in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from storyreel.script.findings import listed, mapping, word
from storyreel.script.models import Script
from storyreel.script.props import KINDS
from storyreel.source.places import Path

_ON_CARD = {"name": "title", "handle": "label", "label": "label", "message": "label"}
_LETTERED = ("label", "text", "back", "sub", "handle", "question", "off", "on", "hint", "icon")
"""The keys of props that looks write out."""


def texts(tree: dict[str, Any]) -> Iterator[tuple[Path, str, str]]:
    """Every text: its path, its role and itself; what is no text is passed over.

    Roles are those of type (`caption`, `title`, `label`), and `spoken` for what is said but not shown in the picture.
    """
    for path, role, value in _values(tree):
        if isinstance(value, str) and value.strip():
            yield path, role, value


def _values(tree: dict[str, Any]) -> Iterator[tuple[Path, str, Any]]:
    creator = mapping(tree.get("creator"))
    yield ("creator", "line"), "spoken", creator.get("line")
    reveal = mapping(tree.get("reveal"))
    yield ("reveal", "say"), "spoken" if reveal.get("as") else "label", reveal.get("say")
    yield ("reveal", "as"), "label", reveal.get("as")
    for key, role in _ON_CARD.items():
        yield ("creator", key), role, creator.get(key)
    if creator:
        yield ("closing",), "label", tree.get("closing", Script.model_fields["closing"].default)
        yield from ((("hashtags", index), "label", tag) for index, tag in enumerate(listed(tree.get("hashtags"))))
    for number, scene in enumerate(listed(tree.get("scenes"))):
        path: Path = ("scenes", number)
        for name, prop in mapping(mapping(scene).get("props")).items():
            if word(mapping(prop).get("kind")) in KINDS:
                yield from (((*path, "props", name, key), "title", prop.get(key)) for key in _LETTERED)
        for index, beat in enumerate(listed(mapping(scene).get("beats"))):
            yield from _beat(mapping(beat), (*path, "beats", index))


def _beat(beat: dict[str, Any], path: Path) -> Iterator[tuple[Path, str, Any]]:
    for key, value in beat.items():
        for index, item in enumerate(listed(value)):
            where = (*path, key, index) if isinstance(value, list) else (*path, key)
            if key == "impact":
                yield (*where, "text"), "title", mapping(item).get("text")
            elif isinstance(item, str) and key not in ("sfx", "music"):
                yield where, "caption", item
            else:
                shown = mapping(item).get("caption", True) is not False
                yield (*where, "say"), "caption" if shown else "spoken", mapping(item).get("say")
                yield (*where, "become"), "title", mapping(item).get("become")
                yield (*where, "type"), "body", mapping(item).get("type")
                if "twist" in mapping(item):
                    yield (*where, "into"), "title", mapping(item).get("into")
