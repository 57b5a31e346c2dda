"""The cast while directing: where each stands and what each does; and the hits that all of them have open eyes at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from storyreel.direct.acting import Act, moments
from storyreel.direct.blocking import Ground
from storyreel.puppet.model import Rig
from storyreel.script.models import Placement
from storyreel.sound.lipsync import MouthCue
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import PuppetContent

_HITS = {"stamp": "slam", "bonk": "hit"}
_SEEN = (6, 12)
"""Thirtieths of a second before and after a hit in which all eyes are open."""


@dataclass
class Performer:
    """One of the cast in the making: where it stands, what it does, when its mouth moves."""

    name: str
    rig: Rig
    content: PuppetContent
    placement: Placement
    ground: Ground
    home: tuple[float, float]
    height: float
    acts: list[Act] = field(default_factory=list)
    mouth: list[MouthCue] = field(default_factory=list)
    enters: int | None = None
    place: tuple[float, float] = (0.0, 0.0)


def hits(acts: Iterable[Act], clock: Clock) -> tuple[tuple[float, float], ...]:
    """The frames about every hit among these acts: from and to."""
    before, after = (clock.frames(Fraction(thirtieths, 30)) for thirtieths in _SEEN)
    return tuple(
        (float(frame - before), float(frame + after))
        for act in acts
        if act.kind in _HITS
        for moment, frame in moments(act.kind, dict(act.values), act.start, act.end, clock)
        if moment == _HITS[act.kind]
    )
