"""A part of a scene: what some of its frames show, and nothing else; and the picture of one of them."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import replace

from storyreel.timeline.model import GroupContent, Layer, PictureContent, Scene, StillContent
from storyreel.timeline.track import Baked, Channel, Track

Channels = tuple[tuple[str, Channel], ...]


def still(scene: Scene, frame: int, block: int) -> StillContent:
    """The picture of one frame; `block` as a look's exposure has it: no drawing stands at its last and at its first."""
    part = excerpt(scene, frame // block * block, frame + 1)
    return StillContent(replace(part, enter=None, leave=None), frame)


def excerpt(scene: Scene, start: int, end: int) -> Scene:
    """The scene as frames `start` to `end` see it; a transition that none of them shows is left out."""
    enter = scene.enter if scene.enter is not None and start < scene.enter.frames else None
    leave = scene.leave if scene.leave is not None and end > scene.length - scene.leave.frames else None
    return replace(
        scene,
        length=scene.length if leave is not None else end,
        layers=_layers(scene.layers, start, end),
        camera=_channels(scene.camera, start, end),
        beats=(),
        marks=(),
        stills=tuple(one for one in scene.stills if one[0] < end and one[1] > start),
        enter=enter,
        leave=leave,
    )


def _layers(layers: tuple[Layer, ...], start: int, end: int) -> tuple[Layer, ...]:
    return tuple(_layer(layer, start, end) for layer in layers if layer.start < end and layer.end > start)


def _layer(layer: Layer, start: int, end: int) -> Layer:
    """A clip's time runs from its layer's start, which is kept; a still layer's start before the part says nothing."""
    content = layer.content
    runs = isinstance(content, PictureContent) and not content.still
    if isinstance(content, GroupContent):
        content = replace(content, camera=_channels(content.camera, start, end))
    return replace(
        layer,
        content=content,
        start=layer.start if runs else max(layer.start, start),
        end=min(layer.end, end),
        channels=_channels(layer.channels, start, end),
        children=_layers(layer.children, start, end),
    )


def _channels(channels: Channels, start: int, end: int) -> Channels:
    return tuple((name, _channel(channel, start, end)) for name, channel in channels)


def _channel(channel: Channel, start: int, end: int) -> Channel:
    """The channel cut down to what decides its values at the whole frames `start` to `end - 1`."""
    if isinstance(channel, Baked):
        values = _window(channel, start, end)
        return values[0] if values.count(values[0]) == len(values) else Baked(start, values)
    if isinstance(channel, Track):
        first = max(bisect_right(channel.keys, start, key=lambda key: key.frame) - 1, 0)
        last = bisect_right(channel.keys, end - 1, key=lambda key: key.frame)
        keys = channel.keys[first : last + 1]
        here = channel.at(start)
        return here if all(channel.at(frame) == here for frame in range(start + 1, end)) else Track(keys)
    return channel


def _window(channel: Baked, start: int, end: int) -> array[float]:
    """The values at `start` to `end - 1`; the first and the last are held beyond the ends."""
    values, offset = channel.values, channel.start
    last = len(values) - 1
    before = min(max(offset - start, 0), end - start)
    first = min(max(start + before - offset, 0), last)
    window = array("d", [values[0]]) * before
    window.extend(values[first : max(end - offset, first)])
    window.extend([values[last]] * (end - start - len(window)))
    return window
