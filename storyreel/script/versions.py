"""Which keys came with which version of the scene format: an old file that uses a newer one is told so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from storyreel.script.findings import Findings, items, listed, mapping, parts_of
from storyreel.script.parts import BEAT_KEYS, NEWER, SHOWN
from storyreel.script.upgrade import NEW_IN_2
from storyreel.source.places import Path

_THINGS = ("light", "sway", "sends", "after")
"""What can be said of a thing since version 2."""
_MANNER = ("whisper", "near", "muffle")
"""What a voice can do since version 2."""
_CUES = {
    "camera": ("into",),
    "sfx": ("muffle", "until"),
    "mood": ("through",),
    "music": ("stop", "hold", "until", "by", "muffle"),
}
"""What a cue of a beat can since version 2, by its key."""


def check_version(found: Findings, tree: dict[str, Any]) -> None:
    """Complains of keys of version 2 in a file of version 1."""
    if tree.get("storyreel") != 1:
        return
    for path in _newer(tree):
        found.at_key(path, f"'{path[-1]}' belongs to format 2; write storyreel: 2 at the top")


def _newer(tree: dict[str, Any]) -> Iterator[Path]:
    cast = mapping(tree.get("cast"))
    yield from ((key,) for key in ("sound", "captions") if key in tree)
    yield from (("reveal",),) if isinstance(tree.get("reveal"), dict) else ()
    yield from (("cast", name, "build") for name, member in cast.items() if "build" in mapping(member))
    for name, member in cast.items():
        yield from (("cast", name, "voice", key) for key in _MANNER if key in mapping(mapping(member).get("voice")))
    for number, one in enumerate(listed(tree.get("scenes"))):
        scene, path = mapping(one), ("scenes", number)
        yield from ((*path, key) for key in ("shots", "mood", "pages", "wind", "hour") if key in scene)
        for name, placement in mapping(scene.get("cast")).items():
            if "holds" in mapping(placement):
                yield (*path, "cast", name, "holds")
        for name, prop in mapping(scene.get("props")).items():
            yield from ((*path, "props", name, key) for key in _THINGS if key in mapping(prop))
        for index, item in enumerate(listed(scene.get("beats"))):
            beat, here = mapping(item), (*path, "beats", index)
            yield from ((*here, key) for key in beat if key in NEW_IN_2)
            for cue, newer_keys in _CUES.items():
                for where, value in items((*here, cue), beat.get(cue)):
                    yield from ((*where, key) for key in newer_keys if key in mapping(value))
            props = mapping(scene.get("props"))
            for name in beat:
                if name not in BEAT_KEYS and (name in cast or name in props):
                    drawn = name not in cast and mapping(props.get(name)).get("kind") == "drawing"
                    newer = NEWER | (SHOWN if name in cast else {"set"} if drawn else frozenset())
                    for where, part in parts_of(beat, name, here):
                        yield from ((*where, key) for key in part if key in newer)
                        voice = mapping(mapping(part).get("voice"))
                        yield from ((*where, "voice", key) for key in _MANNER if key in voice)
