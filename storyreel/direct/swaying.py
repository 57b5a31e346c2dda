"""What of sets and things goes with the wind by itself: one field, which runs over it as over all that is light."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from storyreel.direct.acting.curves import Array
from storyreel.direct.acting.motor import chase
from storyreel.direct.places import sampled
from storyreel.direct.weather import Weather
from storyreel.puppet.sways import Sway, sways
from storyreel.script.files import is_sheet
from storyreel.timeline.model import DrawingContent, Layer, PuppetContent
from storyreel.timeline.track import Channel, baked, sample
from storyreel.treatment.contract import Exposure

_LEAN, _MOST = 15.0, 48.0
"""Degrees that grass leans in a wind of strength 1, and more than it ever leans."""
_HERTZ, _ZETA = 1.25, 0.24
"""How what sways comes back."""
_CROSSING = 11.0
"""Thirtieths of a second in which a gust runs over the picture."""
CLIP = " clip"
"""What the name of a layer ends with that runs in a loop of its own, in its own wind."""


def swayed(layers: Sequence[Layer], weather: Weather, exposure: Exposure, length: int, width: float) -> list[Layer]:
    """Layers with the wind in what sways of their drawings.

    Args:
        layers: of the stage.
        weather: the scene's.
        exposure: how long the look's drawings stand: grass stands as long as people do.
        length: the scene's frames.
        width: of the picture, in stage units.
    """
    drawn = np.array([exposure.began("cast", frame, weather.clock.rate) for frame in range(length)])
    wind = _Blowing(weather, length)
    return [_swayed(layer, wind, drawn, width) for layer in layers]


def _swayed(layer: Layer, wind: _Blowing, drawn: Array, width: float) -> Layer:
    if layer.children and not layer.id.endswith(CLIP):
        return replace(layer, children=tuple(_swayed(child, wind, drawn, width) for child in layer.children))
    content = layer.content
    if not isinstance(content, DrawingContent | PuppetContent) or layer.kind not in ("set", "prop"):
        return layer
    if is_sheet(content.drawing.path) or Path(content.drawing.path).suffix != ".svg":
        return layer
    found = sways(Path(content.drawing.path))
    if not found:
        return layer
    channels = dict(layer.channels)
    late = wind.weather.late(layer.plane, max(layer.order, 0.0))
    for sway in found.values():
        name, way = sway.leaning(curls=isinstance(content, DrawingContent))
        lean = way * sway.share * _LEAN * wind.at(_across(sway, channels, width), late)
        lean = _MOST * np.tanh(lean / _MOST)
        channel = f"{sway.part}.{name}"
        channels[channel] = _added(channels.get(channel, 0.0), lean[drawn])
    return replace(layer, channels=tuple(channels.items()))


class _Blowing:
    """The wind on all that sways, which comes to each of its places in turn."""

    def __init__(self, weather: Weather, length: int) -> None:
        self.weather, self._length = weather, length
        self._leftwards = bool(weather.force(length).sum() < 0)
        self._known: dict[int, Array] = {}

    def at(self, across: float, late: float) -> Array:
        """How something is pressed that stands so far across the picture, on a plane that the wind comes to so late."""
        rate = float(self.weather.clock.rate)
        share = 1 - across if self._leftwards else across
        late = round(late + min(max(share, 0.0), 1.0) * _CROSSING * rate / 30)
        if late not in self._known:
            self._known[late] = chase(self.weather.force(self._length, late)[None], rate, _HERTZ, _ZETA)[0]
        return self._known[late]


def _across(sway: Sway, channels: Mapping[str, Channel], width: float) -> float:
    """How far across the picture something stands as its layer begins."""
    x, scale = (sample(channels.get(name, rest), 0) for name, rest in (("x", 0.0), ("scale", 1.0)))
    return (x + scale * sway.pivot[0]) / width


def _added(channel: Channel, moved: Array) -> Channel:
    return baked(np.round((sampled(channel, len(moved)) + moved) * 2) / 2)
