"""The shadow at the feet of everybody who stands: it closes as they come down, and is paler the higher they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from storyreel.direct.cast import Performer
from storyreel.direct.places import sampled
from storyreel.timeline.model import Layer, WidgetContent, settings
from storyreel.timeline.track import Channel, baked

_WIDTH = 0.98
"""How wide a shadow is, as a share of the body's own width."""
_UNDER = -0.01
"""Where it is drawn: just under whose it is."""


def stands(one: Performer, view: str) -> bool:
    """Whether a drawing of somebody has feet to stand on: the whole has, a face alone has no shadow."""
    return (not view and one.rig.stands) or one.rig.has("Left Leg") or one.rig.has("Right Leg")


def contact_shadow(one: Performer, layer: Layer, channels: Mapping[str, Channel], length: int) -> Layer:
    """The shadow of somebody, as a layer beside theirs.

    Args:
        one: who stands there.
        layer: their own.
        channels: theirs, with `ground`: how far down the place lies that they stand on.
        length: the scene's frames.
    """
    ground = sampled(channels["ground"], length)
    y, scale = (sampled(channels[name], length) for name in ("y", "scale"))
    size = one.height / one.rig.height
    # Whole units: a body that breathes gets no new shadow every frame.
    gap = np.round(np.clip(ground - y, 0.0, None))
    moves = (
        ("x", channels["x"]),
        ("y", baked(ground)),
        ("scale", baked(np.round(np.clip(scale / size, 0.0, 4.0), 2))),
        ("gap", baked(gap)),
    )
    wide = max(min(one.rig.width, 0.9 * one.rig.height) * size * _WIDTH, 1.0)
    content = WidgetContent("contact-shadow", settings({"width": round(wide, 1)}))
    shown = tuple((name, channel) for name, channel in layer.channels if name == "opacity")
    return replace(
        layer,
        id=f"{layer.id} shadow",
        content=content,
        channels=(*moves, *shown),
        order=layer.order + _UNDER,
        kind="prop",
        children=(),
    )
