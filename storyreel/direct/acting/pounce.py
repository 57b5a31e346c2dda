"""A leap from here to there: off in an arc that falls as fast as things fall, feet first onto what it lands on."""

from __future__ import annotations

import math

import numpy as np

from storyreel.direct.acting.leaps import leap
from storyreel.direct.acting.take import Take
from storyreel.direct.acting.travel import Places
from storyreel.puppet.model import Point

_HIGH = 7.5
"""How high over both its ends an arc goes, in thousandths of the body's height for each thirtieth in the air."""
_LONG = 230.0
"""From this way on, in thousandths of the body's height, a leap leans as far as any."""


def pounce(take: Take, off: float, air: float, begin: Point, end: Point, places: Places) -> None:
    """Gathers against its way, stretches along the arc, tucks at the top, reaches for the ground, gives and settles."""
    units = take.curves.scale * take.curves.mil
    share = np.clip((take.t - off) / air, 0, 1)
    down = end[1] - begin[1]
    high = _HIGH * air * units + max(-down, 0.0)
    # A stone's arc that is so high over where it begins, and is at its end at 1.
    root = math.sqrt(2 * high) + math.sqrt(2 * (high + down))
    fallen = share * (0.5 * root * root * share - root * math.sqrt(2 * high))
    places.go(take.act.start, begin, end, share)
    take.add("up", (down * share - fallen) / units)
    far = (end[0] - begin[0]) / units
    way = float(np.clip(far / _LONG, -1, 1))
    leap(take, off, air, 0.0, gather=off, squash=0.17, stretch=0.13, tuck=58, spread=14, sink=34, way=way)
    land = off + air
    for side, arm in take.curves.body.arms.items():
        # The arm that leads is up first and highest; both are left behind by the fall, and come down after it.
        lead = arm.outward == (math.copysign(1.0, way) if way else 1.0)
        late, more = (0.0, 1.0) if lead else (1.5, 0.78)
        lift, hand = f"{side} Arm.lift", f"{side} Hand.lift"
        take.chart(
            (max(off - 5 + late, 0.01), {lift: None, hand: 0.0}),
            (off - 1 + late, {lift: arm.rest - 4.0, hand: -14.0}),
            (off + 2 + late, {lift: arm.rest + 4.0, hand: -18.0}),
            (off + 0.5 * air + late, {lift: 122.0 * more, hand: 8.0}),
            (land - 1, {lift: 150.0 * more, hand: 20.0}),
            (land + 2 + late, {lift: 128.0 * more, hand: 14.0}),
            (land + 6 + late, {lift: arm.rest - 6.0, hand: -16.0}),
            (land + 11 + late, {lift: 44.0 * more, hand: 6.0}),
            (land + 18 + late, {lift: None, hand: 0.0}),
        )
    take.add("brows.y", np.where((take.t > off) & (take.t < land), -6.0 * np.sin(math.pi * share), 0.0))
