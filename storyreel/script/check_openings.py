"""Checks what is seen through panes, and the scenes that run in them."""

from __future__ import annotations

from typing import Any

from storyreel.errors import did_you_mean
from storyreel.script.findings import Findings, items, listed, mapping, parts_of, word
from storyreel.script.openings import EDGES
from storyreel.script.parts import BEAT_KEYS
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
        _otherwise(found, mapping(shows), here, tree)
        if not isinstance(shows, str) or shows in _OF_ITS_OWN:
            continue
        shots = mapping(scene.get("shots"))
        if shows not in clips and shows not in panes and shows not in shots:
            meant = did_you_mean(shows, {*clips, *panes, *shots, *_OF_ITS_OWN})
            found.at(here, f"no clip, pane or shot '{shows}'{meant or '; a scene is a clip if it says: clip: true'}")
        elif name in _shown(shows, panes):
            found.at(here, f"'{name}' would show itself")
    _pages(found, scene, path, panes)
    if scene.get("clip") is True:
        _clip(found, scene, path)
        if all(one.get("clip") is True for one in scenes):
            found.at((*path, "clip"), "every scene is a clip, so there is no film; leave `clip` out of one")


def _otherwise(found: Findings, shows: dict[str, Any], path: Path, tree: dict[str, Any]) -> None:
    """Complains of people whom a pane shows otherwise, and who aren't there, or have no such face or pose."""
    cast = mapping(tree.get("cast"))
    for name, other in shows.items():
        if name not in cast:
            found.at_key((*path, name), f"nobody in the cast is called '{name}'{did_you_mean(name, cast)}")
        for key in ("face", "pose"):
            found.asked((*path, name, key), name, key, mapping(other).get(key))


def _pages(found: Findings, scene: dict[str, Any], path: Path, panes: dict[str, dict[str, Any]]) -> None:
    """Complains of pages of what is no pane, of pages that there are none of, and of edges that nothing has."""
    pages = mapping(scene.get("pages"))
    for page, layout in pages.items():
        for name in mapping(layout):
            if name not in panes:
                found.at_key((*path, "pages", page, name), f"no pane '{name}' in this scene{did_you_mean(name, panes)}")
    for number, one in enumerate(listed(scene.get("beats"))):
        beat, here = mapping(one), (*path, "beats", number)
        for where, item in items((*here, "page"), beat.get("page")):
            turn = mapping(item)
            to, by = turn.get("to"), turn.get("by")
            if isinstance(to, str) and to not in pages:
                tail = did_you_mean(to, pages) or "; the scene has no `pages`"
                found.at((*where, "to"), f"no page '{to}'{tail}")
            elif isinstance(by, str) and by not in mapping(pages.get(str(to))):
                tail = did_you_mean(by, mapping(pages.get(str(to))))
                found.at((*where, "by"), f"no pane '{by}' on the page '{to}'{tail}")
        for name in beat:
            for where, part in parts_of(beat, name, here) if name not in BEAT_KEYS else ():
                _through(found, part.get("through"), (*where, "through"), panes)


def _through(found: Findings, edge: object, path: Path, panes: dict[str, dict[str, Any]]) -> None:
    name, _, side = word(edge).partition(".")
    if isinstance(edge, str) and (name not in panes or side not in EDGES):
        known = [f"{pane}.{each}" for pane in panes for each in EDGES]
        found.at(path, f"'{edge}' is no edge of a pane{did_you_mean(edge, known) or '; write a.right'}")


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
