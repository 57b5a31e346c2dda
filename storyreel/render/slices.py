"""What one chunk draws, and nothing else: its part of the timeline, the same wherever it stands in the film.

A worker draws from the slice, and the chunk's key is made of the slice: so a key covers exactly what is drawn.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storyreel.render.chunks import Chunk
from storyreel.timeline.model import (
    Asset,
    CaptionPage,
    DrawingContent,
    Layer,
    PictureContent,
    PuppetContent,
    Scene,
    Sound,
    Timeline,
)
from storyreel.timeline.track import Baked, Channel, Track

if TYPE_CHECKING:
    from storyreel.render.encode import EncoderSettings

Channels = tuple[tuple[str, Channel], ...]


@dataclass(frozen=True)
class ChunkOrder:
    """Everything that a worker needs to draw and encode one chunk.

    Attributes:
        timeline: one scene, whose frame 0 is the scene's own; only frames `start` to `end` may be asked for.
        start, end: scene-local frames, half-open.
        tracing: also keep when each step of each frame was.
        spare: no other chunk will want the core beside this one's, so its frames may be encoded there.
    """

    timeline: Timeline
    start: int
    end: int
    settings: EncoderSettings
    tracing: bool = False
    spare: bool = False


def order(timeline: Timeline, chunk: Chunk, settings: EncoderSettings, captions: bool = True) -> ChunkOrder:
    """The order for a chunk; without `captions` none are burned in."""
    scene, start, end = timeline.scenes[chunk.scene], chunk.start, chunk.end
    opening = chunk.film - chunk.start
    pages = (_moved(page, -opening) for page in timeline.captions) if captions else ()
    sliced = replace(
        timeline,
        title="",
        scenes=(_scene(scene, start, end),),
        lines=(),
        captions=tuple(page for page in pages if page.start < end and page.end > start),
        sound=Sound(),
    )
    return ChunkOrder(sliced, start, end, settings)


def assets(timeline: Timeline) -> Iterator[Asset]:
    """Every file that a timeline's layers draw."""
    for scene in timeline.scenes:
        for layer in scene.layers:
            yield from _layer_assets(layer)


def _layer_assets(layer: Layer) -> Iterator[Asset]:
    content = layer.content
    if isinstance(content, PuppetContent):
        yield content.drawing
        if content.rig is not None:
            yield content.rig
    elif isinstance(content, DrawingContent):
        yield content.drawing
    elif isinstance(content, PictureContent):
        yield content.file
    for child in layer.children:
        yield from _layer_assets(child)


def _moved(page: CaptionPage, by: int) -> CaptionPage:
    words = tuple(replace(word, start=word.start + by, end=word.end + by) for word in page.words)
    return replace(page, start=page.start + by, end=page.end + by, words=words)


def _scene(scene: Scene, start: int, end: int) -> Scene:
    """The scene as frames `start` to `end` see it; a transition that none of them shows is left out."""
    enter = scene.enter if scene.enter is not None and start < scene.enter.frames else None
    leave = scene.leave if scene.leave is not None and end > scene.length - scene.leave.frames else None
    return replace(
        scene,
        length=scene.length if leave is not None else end,
        layers=_layers(scene.layers, start, end),
        camera=_channels(scene.camera, start, end),
        beats=(),
        enter=enter,
        leave=leave,
    )


def _layers(layers: tuple[Layer, ...], start: int, end: int) -> tuple[Layer, ...]:
    return tuple(_layer(layer, start, end) for layer in layers if layer.start < end and layer.end > start)


def _layer(layer: Layer, start: int, end: int) -> Layer:
    """A clip's time runs from its layer's start, which is kept; a still layer's start beyond the slice says nothing."""
    runs = isinstance(layer.content, PictureContent) and not layer.content.still
    return replace(
        layer,
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
