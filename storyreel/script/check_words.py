"""Checks what is made of words: what it can do of itself, how much of it can be read, and what holds a thread."""

from __future__ import annotations

from typing import Any

from storyreel.errors import did_you_mean
from storyreel.script.check_shots import place
from storyreel.script.findings import Findings, Stage, mapping, someone, word
from storyreel.script.moments import CHANGES
from storyreel.source.places import Path

WRITTEN = frozenset(("words", "note", "balloon", "field"))
"""The kinds of things that have a text which can change."""
_CAN = {"flip": frozenset(("note",)), "become": WRITTEN, "scatter": WRITTEN, "hang": WRITTEN}
_MOST = {"words": 90, "note": 240, "balloon": 140, "field": 240}
"""How many letters can be read on each of them."""
_FALLS = WRITTEN | {"drawing", "block", "picture", "pile", "comment"}


def check_changes(found: Findings, part: dict[str, Any], path: Path, name: str, stage: Stage) -> None:
    """Complains of changes that a thing can't make, and of a text that is too long for it."""
    kind = word(mapping(stage.props[name]).get("kind"))
    for key in (*CHANGES, "hang"):
        if part.get(key) and kind not in _CAN[key]:
            able = ", ".join(sorted(_CAN[key]))
            found.at_key((*path, key), f"'{name}' is a {kind} and can't '{key}'; {able} can")
    changes = [key for key in CHANGES if part.get(key)]
    if len(changes) > 1:
        found.at_key((*path, changes[1]), f"'{changes[0]}' and '{changes[1]}' are two changes; make it two parts")
    place(found, part.get("hang"), (*path, "hang"), stage)
    if "fall" in part and kind not in _FALLS:
        found.at_key((*path, "fall"), f"'{name}' is a {kind} and can't fall; {', '.join(sorted(_FALLS))} can")
    check_long(found, part.get("become"), (*path, "become"), kind)


def check_long(found: Findings, text: object, path: Path, kind: str) -> None:
    """Complains of more letters than can be read on a kind of thing."""
    most = _MOST.get(kind)
    if most is not None and len(word(text)) > most:
        found.at(path, f"has {len(word(text))} letters; on a {kind} {most} can be read at the most")


def check_made_of_words(found: Findings, name: str, prop: dict[str, Any], path: Path, stage: Stage) -> None:
    """Complains of what is wrong with a thing as it stands in `props`."""
    kind = word(prop.get("kind"))
    for key in ("text", "back"):
        check_long(found, prop.get(key), (*path, key), kind)
    if kind == "balloon":
        someone(found, prop.get("of"), (*path, "of"), stage)
    if kind == "pile" and isinstance(prop.get("in"), str):
        holder = prop["in"].partition(".")[0]
        if holder not in stage.cast:
            near = did_you_mean(holder, stage.cast)
            found.at((*path, "in"), f"a pile is in somebody's arms, and '{holder}' is none of the cast{near}")
    of = prop.get("of")
    for number, one in enumerate(of if kind == "pile" and isinstance(of, list) else []):
        if isinstance(one, str) and (one not in stage.props or one == name):
            found.at((*path, "of", number), f"no other prop '{one}' in this scene{did_you_mean(one, stage.props)}")
    if kind == "thread":
        ends = [("from", prop.get("from")), ("to", prop.get("to"))]
        for key, end in ends:
            place(found, end, (*path, key), stage)
            if word(end).partition(".")[0] == name:
                found.at((*path, key), f"'{name}' would hang on itself")
        via = prop.get("via")
        for number, spot in enumerate(via if isinstance(via, list) else []):
            place(found, spot, (*path, "via", number), stage)
