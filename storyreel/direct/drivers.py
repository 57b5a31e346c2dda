"""Values that follow others: what drives what, in an order that no ring breaks; and people who copy people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from storyreel.direct.acting import Act
from storyreel.direct.acting.curves import Array
from storyreel.errors import StoryreelError, directing
from storyreel.puppet.model import Rig


@dataclass(frozen=True)
class Following:
    """From a frame on a value is another's: `name.value` follows `of`, taken from 0..1 to `to`, so many frames late."""

    name: str
    of: str
    start: int
    to: tuple[float, float] = (0.0, 1.0)
    late: int = 0
    until: int | None = None
    kept: bool = False
    """It was begun in a shot before: where nothing is seen of the other in this one, it stays as it is."""
    path: tuple[str | int, ...] = ()


def driven(
    followings: Iterable[Following], own: Callable[[str], Array], sources: Callable[[str], Array | None]
) -> Mapping[str, Array]:
    """The curves of all values that follow others.

    Args:
        followings: who follows whom.
        own: a value's own curve, by its `name.value`.
        sources: the curve of what follows nothing; None where there is no such value.

    Raises:
        DirectingError: values follow each other in a ring, or one follows what isn't there. It says where.
    """
    listed: dict[str, list[Following]] = {}
    for one in sorted(followings, key=lambda one: one.start):
        listed.setdefault(one.name, []).append(one)
    done: dict[str, Array] = {}
    open_: list[str] = []

    def curve(name: str) -> Array | None:
        if name in done:
            return done[name]
        if name not in listed:
            return sources(name)
        if name in open_:
            raise StoryreelError(_ring([*open_[open_.index(name) :], name]))
        open_.append(name)
        found = own(name).copy()
        for one in listed[name]:
            with directing(*one.path):
                found = _followed(one, found, curve(one.of))
        open_.pop()
        done[name] = found
        return found

    for name in listed:
        curve(name)
    return done


def _followed(one: Following, mine: Array, other: Array | None) -> Array:
    if other is None and one.kept:
        return mine
    if other is None:
        raise StoryreelError(f"'{one.name}' follows '{one.of}', which has no such value")
    frames = np.arange(len(mine))
    late = other[np.clip(frames - one.late, 0, len(other) - 1)]
    now = (frames >= one.start) & (frames < (len(mine) if one.until is None else one.until))
    low, high = one.to
    return np.asarray(np.where(now, low + (high - low) * late, mine))


def _ring(names: list[str]) -> str:
    first, second, *rest = names
    return f"'{first}' follows '{second}'" + "".join(f", which follows '{name}'" for name in rest)


_ACTS = {"mouth": "face", "brows": "face", "eyes": "look", "head": "turn"}
"""Acts that move what an author may name under `only`."""


def echoed(acts: Iterable[Act], rig: Rig, late: int, only: Iterable[str] = ()) -> list[Act]:
    """Another's acts as somebody copies them, so many frames later; faces and poses that they lack are left out.

    Args:
        acts: what the other does.
        rig: of who copies.
        late: by how many frames.
        only: kinds of acts, or parts of a body (mouth, brows, eyes, head); left out, all.
    """
    wanted = {_ACTS.get(name, name) for name in only}
    found = []
    for act in acts:
        if wanted and act.kind not in wanted:
            continue
        if act.kind in ("enter", "exit", "go", "tumble"):
            continue
        if act.kind == "face" and act.word("expression", "") not in rig.faces:
            continue
        if act.kind == "pose" and act.word("pose", "") not in rig.poses:
            continue
        found.append(replace(act, start=act.start + late, end=act.end + late))
    return found
