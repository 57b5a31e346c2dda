"""What is in the air of a scene: whom colours run through and from where, and what gives light."""

from __future__ import annotations

from typing import Any

from storyreel.script.check_shots import STAGE, place
from storyreel.script.findings import Findings, Stage, items, listed, mapping, parts_of, word
from storyreel.script.parts import known_values
from storyreel.script.props import SHINING, VALUES
from storyreel.source.places import Path

_OF_ALL = ("from", "through")
"""What a change of everybody's colours can say, and one's own can't."""


def check_air(found: Findings, scene: dict[str, Any], path: Path, stage: Stage) -> None:
    """Finds what is wrong with the colours, the wind and the light of one scene."""
    for index, one in enumerate(listed(scene.get("beats"))):
        beat, here = mapping(one), (*path, "beats", index)
        for key in ("grade", "mood"):
            for where, mood in items((*here, key), beat.get(key)):
                _running(found, mapping(mood), where, stage)
        for name in (name for name in beat if name in stage.names()):
            for where, part in parts_of(beat, name, here):
                _own(found, part, where, name)
                _shines(found, part, where, name, stage)


def _running(found: Findings, mood: dict[str, Any], path: Path, stage: Stage) -> None:
    through = mood.get("through")
    for where, name in items((*path, "through"), through):
        if isinstance(name, str) and "." in name and name.partition(".")[0] != STAGE:
            found.at(where, f"'{name}' is a part of '{name.partition('.')[0]}'; colours run through whole things")
        else:
            place(found, name, where, stage)
    if through is not None or "." in word(mood.get("from")):
        place(found, mood.get("from"), (*path, "from"), stage)


def _own(found: Findings, part: dict[str, Any], path: Path, name: str) -> None:
    for where, mood in items((*path, "mood"), part.get("mood")):
        for key in _OF_ALL:
            if key in mapping(mood):
                said = f"these are the colours of '{name}' alone; `{key}` belongs to a `mood` of the beat"
                found.at_key((*where, key), said)


def _shines(found: Findings, part: dict[str, Any], path: Path, name: str, stage: Stage) -> None:
    prop = mapping(stage.props.get(name))
    asked = isinstance(part.get("set"), dict) and SHINING in part["set"]
    if asked and word(prop.get("kind")) in VALUES and SHINING not in known_values(prop) and prop["kind"] == "drawing":
        said = f"'{name}' gives no light; say how far it reaches: light: {{reach: 0.5}} under `props`"
        found.at_key((*path, "set", SHINING), said)
