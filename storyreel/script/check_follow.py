"""Values that follow each other in a ring: none of them would ever be anything."""

from __future__ import annotations

from typing import Any

from storyreel.script.findings import Findings, listed, mapping, parts_of
from storyreel.source.places import Path


def check_follow(found: Findings, scene: dict[str, Any], path: Path) -> None:
    """Complains of values of one scene that follow each other, from the beat on that closes the ring."""
    following: dict[str, tuple[str, Path]] = {}
    props = mapping(scene.get("props"))
    for index, item in enumerate(listed(scene.get("beats"))):
        beat = mapping(item)
        for name in (key for key in beat if key in props):
            for where, part in parts_of(beat, name, (*path, "beats", index)):
                for value, goal in mapping(part.get("set")).items():
                    own, of = f"{name}.{value}", goal if isinstance(goal, str) else mapping(goal).get("of")
                    following.pop(own, None)
                    if isinstance(of, str) and of != own:
                        following[own] = (of, (*where, "set", value))
                        _ring(found, own, following)


def _ring(found: Findings, own: str, following: dict[str, tuple[str, Path]]) -> None:
    way = [own]
    while way[-1] in following and following[way[-1]][0] not in way:
        way.append(following[way[-1]][0])
    if way[-1] not in following or following[way[-1]][0] != own:
        return
    links = [f"'{own}' follows '{way[1]}'"] if len(way) > 1 else []
    for one in way[1:]:
        of, where = following[one]
        line = found.places(where).line
        links.append(f"which follows '{of}'{f' ({line})' if line else ''}")
    found.at(following[own][1], f"these follow each other: {', '.join(links)}; let one of them be a number")
