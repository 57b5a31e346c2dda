"""What bursts in a beat, from somebody or somewhere: hearts, confetti, dust, a word."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from storyreel.direct.production import seeded
from storyreel.script.models import Burst, Impact
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Layer, Setting, WidgetContent, settings
from storyreel.timeline.track import keyed

_LIFE = {"hearts": 2.6, "sparkles": 1.4, "confetti": 2.8, "puffs": 0.9, "shock": 0.7, "impact": 1.3}
"""Seconds after which nothing of it is left."""
_BEHIND, _FRONT = -0.5, 7.0
"""Where it is among the layers: from somebody it flies up behind them, as a face is never covered."""
_ORDER = {"shock": 1.5, "puffs": 1.5}


def burst_layer(
    kind: str,
    burst: Burst,
    key: str,
    place: tuple[float, float],
    from_somebody: bool,
    at: int,
    clock: Clock,
    seed: int,
) -> Layer:
    """A burst that begins at a frame of its scene; `key` tells it from others of its kind, `seed` is the scene's."""
    values = {"count": burst.burst, "seed": seeded(seed, kind, key) % 100_000, "spread": burst.spread}
    order = _ORDER.get(kind, _BEHIND if from_somebody else _FRONT)
    return _layer(kind, values, key, place, at, clock, order)


def impact_layer(impact: Impact, key: str, place: tuple[float, float], at: int, clock: Clock) -> Layer:
    """A burst with a word in it."""
    return _layer("impact", {"text": impact.text}, key, place, at, clock, _FRONT, impact.size)


def _layer(
    kind: str,
    values: Mapping[str, Setting],
    key: str,
    place: tuple[float, float],
    at: int,
    clock: Clock,
    order: float,
    scale: float = 1.0,
) -> Layer:
    end = at + clock.frames(Fraction(_LIFE[kind]))
    running = keyed((at, 0.0), (end, clock.seconds(end - at)))
    return Layer(
        f"{kind} {key}",
        WidgetContent(kind, settings(dict(values))),
        at,
        end,
        (("t", running), ("x", place[0]), ("y", place[1]), ("scale", scale)),
        order=order,
        kind="type" if kind == "impact" else "air",
    )
