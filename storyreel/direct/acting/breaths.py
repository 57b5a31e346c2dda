"""Breath as acting: drawing it in and keeping it, letting it go, sniffing, snorting, peeping round an edge."""

from __future__ import annotations

import math

import numpy as np

from storyreel.direct.acting.curves import smooth
from storyreel.direct.acting.leaps import busy
from storyreel.direct.acting.moods import ears
from storyreel.direct.acting.take import Take


def breathe_in(take: Take) -> None:
    """Breathes in and keeps it: chest, shoulders and chin rise, and the ears fill from the root. A word or the next
    breath lets it go."""
    on = take.kept(15, 10)
    over = np.sin(math.pi * np.clip((take.t - 12) / 9, 0, 1)) ** 2
    full = on + 0.1 * over * on
    dip = np.sin(math.pi * np.clip(take.t / 5, 0, 1)) ** 2
    take.add("sy", 1 + 0.07 * full - 0.018 * dip)
    take.add("Head.y", -9.0 * full + 5.0 * dip)
    take.add("Head.nod", -0.34 * full + 0.1 * dip)
    take.add("brows.y", -5.0 * full)
    take.add("hips.y", -3.0 * full + 3.0 * dip)
    late = smooth((take.t - 2) / 15) * on
    for side in take.curves.body.arms:
        take.add(f"{side} Arm.dy", -17 * take.curves.mil * late)
        take.add(f"{side} Arm.lift", 11 * late)
        take.add(f"{side} Hand.lift", 6 * late)
    quiver = np.sin(2 * math.pi * take.t / 7) * smooth((take.t - 14) / 3) * smooth((24 - take.t) / 6)
    for ear, sign in ears(take):
        take.add(f"{ear}.sx", 1 + 0.15 * late)
        take.add(f"{ear}.sy", 1 + 0.1 * late)
        take.add(f"{ear}.bend", -9 * sign * late + 2.5 * quiver)


def breathe_out(take: Take) -> None:
    """Breathes out: shoulders, chin and ears sink a little past rest, and come back."""
    busy(take, 0.5 * take.weight(4, 8))
    sunk = smooth((take.t - 2) / 12) * smooth((take.whole + 6 - take.t) / 16)
    up = smooth(take.t / 3) * smooth((6 - take.t) / 4)
    take.add("sy", 1 - 0.035 * sunk + 0.012 * up)
    take.add("Head.y", 10 * sunk - 4 * up)
    take.add("Head.nod", 0.22 * sunk - 0.1 * up)
    for side in take.curves.body.arms:
        take.add(f"{side} Arm.dy", 7 * take.curves.mil * sunk)
        take.add(f"{side} Hand.lift", -7 * sunk)
    for ear, sign in ears(take):
        take.add(f"{ear}.bend", 12 * sign * sunk)
    take.curves.squint(0.3 * sunk)
    take.mouth(3, 15, "Oh", "W-Oo", "Uh")


def sniff(take: Take) -> None:
    """Sniffs, `times` times: short pulls of breath that lift head and shoulders, the nose first."""
    times = max(1, round(take.act.number("times", 2)))
    for number in range(times):
        t = take.t - 2 - 8.0 * number
        pull = smooth(t / 3) * smooth((8 - t) / 5)
        late = smooth((t - 1) / 3) * smooth((9 - t) / 5)
        take.add("Head.y", -6.0 * pull)
        take.add("Head.nod", -0.16 * pull)
        take.add("sy", 1 + 0.02 * late)
        take.add("brows.y", -3.0 * pull)
        for side in take.curves.body.arms:
            take.add(f"{side} Arm.dy", -9 * take.curves.mil * late)
        if take.curves.rig.has("Nose"):
            take.add("Nose.dy", -5 * take.curves.mil * pull)
            take.add("Nose.sx", 1 + 0.12 * pull)
    take.curves.squint(0.35 * take.weight(4, 6))


def snort(take: Take) -> None:
    """Snorts: draws up, holds it, and lets it burst through the nose."""
    up = smooth(take.t / 6) * smooth((10 - take.t) / 3)
    burst = smooth((take.t - 7) / 3) * smooth((24 - take.t) / 12)
    take.add("Head.y", -8.0 * up + 12.0 * burst)
    take.add("Head.nod", -0.25 * up + 0.4 * burst)
    take.add("sy", 1 + 0.025 * up - 0.04 * burst)
    take.add("brows.y", -4.0 * up + 4.0 * burst)
    for side in take.curves.body.arms:
        take.add(f"{side} Arm.dy", take.curves.mil * (-12 * up + 5 * burst))
    if take.curves.rig.has("Nose"):
        take.add("Nose.sx", 1 + 0.2 * burst)
    take.curves.squint(0.5 * burst)


def peep(take: Take) -> None:
    """Peeps out to one side: eyes first, the head after them round the edge, the body as far as it dares; it stays."""
    way = -1.0 if take.act.word("to", "right") == "left" else 1.0
    eyes, head, body = take.kept(3, 6), smooth((take.t - 4) / 9), smooth((take.t - 8) / 11)
    back = smooth(take.t / 4) * smooth((9 - take.t) / 5)
    take.add("gaze.x", way * 0.75 * eyes)
    held = take.kept(1, 9)
    take.add("Head.x", way * held * (24 * head - 6 * back))
    take.add("Head.rot", way * held * (8 * head - 2.5 * back))
    take.add("Head.turn", way * held * 0.3 * head)
    take.add("Head.y", held * (-7 * head + 7 * back))
    take.add("chest.rot", way * held * 4.0 * body)
    take.add("hips.x", way * held * 10 * body)
    take.add("brows.y", held * -7 * head)
    take.wide(0, 24)
