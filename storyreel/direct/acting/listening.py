"""Who listens: within a quarter of a second eyes, brows and lids answer a line, the head after them; later it nods."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from storyreel.direct.acting.curves import Curves, smooth
from storyreel.direct.acting.idle import blink

_SOONEST, _LATEST = 2.0, 4.0
"""Thirtieths of a second after which one who listens reacts."""
_AFTER = 9.0
"""Thirtieths for which eyes stay on one who has spoken."""


@dataclass(frozen=True)
class Heard:
    """A line that somebody else speaks: its frames, and where the speaker is (-1 to 1 across and down)."""

    start: int
    end: int
    x: float
    y: float


def listen(curves: Curves, heard: Sequence[Heard], seed: int) -> None:
    """Reacts to every line that others speak. Eyes that an act has sent elsewhere stay there, all but a little."""
    for number, line in enumerate(heard):
        chance = random.Random(f"{seed}/heard/{number}")
        t = (curves.frames - line.start) / curves.unit - chance.uniform(_SOONEST, _LATEST)
        whole = (line.end - line.start) / curves.unit
        elsewhere = np.clip(np.hypot(curves.of("gaze.x"), curves.of("gaze.y")) / 0.6, 0, 1)
        free = 1 - 0.75 * elsewhere
        back = smooth((whole + _AFTER - t) / 4)
        seen = smooth(t / 2.5) * back * free
        curves.add("gaze.x", 0.5 * line.x * seen)
        curves.add("gaze.y", 0.4 * line.y * seen)
        turned = smooth((t - 3.5) / 8) * smooth((whole + _AFTER + 6 - t) / 9) * (0.4 + 0.6 * free)
        curves.add("Head.turn", 0.16 * line.x * turned)
        curves.add("Head.rot", 1.6 * line.x * turned)
        curves.add("chest.rot", 0.5 * line.x * smooth((t - 7) / 9) * smooth((whole + _AFTER + 9 - t) / 9))
        curves.add("brows.y", -6.0 * smooth(t / 4) * smooth((16 - t) / 10))
        if chance.random() < 0.7:
            blink(curves, line.start + (chance.uniform(4.0, 6.0)) * curves.unit)
        if whole > 24:
            nod = t - whole * chance.uniform(0.55, 0.8)
            curves.add("Head.y", 6.0 * smooth(nod / 5) * smooth((16 - nod) / 9))
            curves.add("Head.nod", 0.14 * smooth(nod / 5) * smooth((16 - nod) / 9))
