"""Checks what is seen through panes, and the scenes that run in them."""

from __future__ import annotations

from typing import Any

from storyreel.errors import did_you_mean
from storyreel.script.findings import Findings, listed, mapping, word
from storyreel.source.places import Path

_OF_ITS_OWN = ("mirror", "under")
"""What a pane can show that has no name."""


def check_openings(found: Findings, scene: dict[str, Any], path: Path, tree: dict[str, Any]) -> None:
    """Complains of panes that show nothing that there is, or each other; and of clips that can't run in one."""
    scenes = [mapping(one) for one in listed(tree.get("scenes"))]
    clips = {word(one.get("id")) for one in scenes if one.get("clip") is True}
    panes = {name: mapping(prop) for name, prop in mapping(scene.get("props")).items()}
    panes = {name: prop for name, prop in panes.items() if prop.get("kind") == "pane"}
    for name, pane in panes.items():
        shows, here = pane.get("shows"), (*path, "props", name, "shows")
        if not isinstance(shows, str) or shows in _OF_ITS_OWN:
            continue
        if shows not in clips and shows not in panes:
            meant = did_you_mean(shows, {*clips, *panes, *_OF_ITS_OWN})
            found.at(here, f"no clip and no pane '{shows}'{meant or '; a scene is a clip if it says: clip: true'}")
        elif name in _shown(shows, panes):
            found.at(here, f"'{name}' would show itself")
    if scene.get("clip") is True:
        _clip(found, scene, path)
        if all(one.get("clip") is True for one in scenes):
            found.at((*path, "clip"), "every scene is a clip, so there is no film; leave `clip` out of one")


def _shown(name: str, panes: dict[str, dict[str, Any]]) -> list[str]:
    """What a pane shows, and what that shows."""
    found: list[str] = []
    while name in panes and name not in found:
        found.append(name)
        name = word(panes[name].get("shows"))
    return found


def _clip(found: Findings, scene: dict[str, Any], path: Path) -> None:
    for number, beat in enumerate(listed(scene.get("beats"))):
        here = (*path, "beats", number)
        if number and "shot" in mapping(beat):
            found.at_key((*here, "shot"), "a clip is one shot; make the other a clip of its own")
        for name, parts in mapping(beat).items():
            for index, part in enumerate(parts if isinstance(parts, list) else [parts]):
                if "say" in mapping(part):
                    where = (*here, name, index, "say") if isinstance(parts, list) else (*here, name, "say")
                    found.at_key(where, "a clip runs in a loop and is silent; let somebody outside it say this")
