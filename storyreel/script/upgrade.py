"""One step from each version of the scene format to the next, so that old files keep working."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from storyreel.script.models import VERSION

Step = Callable[[dict[str, Any]], dict[str, Any]]

NEW_IN_2 = frozenset(("shot", "loop", "mood", "still", "sound", "frame", "page", "cut", "wind", "hour"))
"""The keys of a beat that could name one of the cast or a prop before version 2."""


def second(raw: dict[str, Any]) -> dict[str, Any]:
    """From version 1 to 2: whoever is called like a new key of beats is called otherwise, wherever they are named."""
    scenes = [one for one in _listed(raw.get("scenes")) if isinstance(one, dict)]
    groups = [raw.get("cast"), *(scene.get("props") for scene in scenes)]
    clashing = NEW_IN_2 & {name for group in groups if isinstance(group, dict) for name in group}
    if not clashing:
        return raw
    renamed: dict[str, Any] = _renamed(raw, {name: f"{name}-1" for name in clashing})
    return renamed


_NAMING = frozenset(("in", "on", "follow", "from", "look", "at", "puppet"))
"""The keys whose text names one of the cast or a prop, or a moment of theirs."""
_HELD = frozenset(("cast", "props", "beats"))
"""The keys whose mappings are by such names."""


def _renamed(value: Any, names: Mapping[str, str], key: str = "") -> Any:
    if isinstance(value, list):
        return [_renamed(one, names, key) for one in value]
    if isinstance(value, dict):
        held = key in _HELD
        return {
            (names.get(name, name) if held else name): _renamed(inner, names, name if isinstance(name, str) else "")
            for name, inner in value.items()
        }
    if isinstance(value, str) and key in _NAMING:
        name, dot, rest = value.partition(".")
        return f"{names.get(name, name)}{dot}{rest}"
    return value


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


STEPS: Mapping[int, Step] = {1: second}
"""From the version that is the key to the one after it."""


def upgrade(raw: dict[str, Any]) -> dict[str, Any]:
    """A scene of any known version, as the newest version writes it; `storyreel` stays the number that was written,
    by which an old file keeps its film. A file that names no version is left as it is.

    Raises:
        ValueError: the file is written for a newer version than this package reads, or for one that never was.
    """
    climbed = climb(raw, VERSION, STEPS)
    return {**climbed, "storyreel": raw["storyreel"]} if "storyreel" in raw else climbed


def climb(raw: dict[str, Any], newest: int, steps: Mapping[int, Step]) -> dict[str, Any]:
    """Takes a scene up to version `newest`, step by step."""
    version = raw.get("storyreel", newest)
    if not isinstance(version, int) or isinstance(version, bool):
        return raw
    if version > newest:
        raise ValueError(
            f"this file is written for storyreel format {version}; this storyreel reads up to {newest}; "
            "update with: pip install -U storyreel"
        )
    if version < 1:
        raise ValueError(f"there is no storyreel format {version}; write storyreel: {newest}")
    for step in range(version, newest):
        raw = {**steps[step](raw), "storyreel": step + 1}
    return raw
