"""One step from each version of the scene format to the next, so that old files keep working."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from storyreel.script.models import VERSION

Step = Callable[[dict[str, Any]], dict[str, Any]]

STEPS: Mapping[int, Step] = {}
"""From the version that is the key to the one after it; empty while there is only version 1."""


def upgrade(raw: dict[str, Any]) -> dict[str, Any]:
    """A scene of any known version, as the newest version writes it. A file that names no version is left as it is.

    Raises:
        ValueError: the file is written for a newer version than this package reads, or for one that never was.
    """
    return climb(raw, VERSION, STEPS)


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
