"""What one chunk draws, and nothing else: its part of the timeline, the same wherever it stands in the film.

A worker draws from the slice, and the chunk's key is made of the slice: so a key covers exactly what is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storyreel.render.chunks import Chunk
from storyreel.timeline.excerpt import excerpt
from storyreel.timeline.model import (
    Asset,
    CaptionPage,
    DrawingContent,
    Layer,
    PictureContent,
    PuppetContent,
    Scene,
    Sound,
    StillContent,
    Timeline,
)

if TYPE_CHECKING:
    from storyreel.render.encode import EncoderSettings


@dataclass(frozen=True)
class ChunkOrder:
    """Everything that a worker needs to draw and encode one chunk.

    Attributes:
        timeline: one scene, whose frame 0 is the scene's own; only frames `start` to `end` may be asked for.
        start, end: scene-local frames, half-open.
        tracing: also keep when each step of each frame was.
        spare: no other chunk will want the core beside this one's, so its frames may be encoded there.
        kept: what the look makes of drawings is looked up in the user's cache, and kept there.
        again: it will be drawn again with little changed, so that its drawn frames are kept.
        treated: what it has made of them already, elsewhere: keys, and the names of files that come along.
    """

    timeline: Timeline
    start: int
    end: int
    settings: EncoderSettings
    tracing: bool = False
    spare: bool = False
    kept: bool = False
    again: bool = False
    treated: tuple[tuple[str, str], ...] = ()


def order(timeline: Timeline, chunk: Chunk, settings: EncoderSettings, captions: bool = True) -> ChunkOrder:
    """The order for a chunk; without `captions` none are burned in."""
    scene, start, end = timeline.scenes[chunk.scene], chunk.start, chunk.end
    opening = chunk.film - chunk.start
    pages = (_moved(page, -opening) for page in timeline.captions) if captions else ()
    sliced = replace(
        timeline,
        title="",
        scenes=(excerpt(scene, start, end),),
        lines=(),
        captions=tuple(page for page in pages if page.start < end and page.end > start),
        sound=Sound(),
    )
    return ChunkOrder(sliced, start, end, settings)


def assets(timeline: Timeline) -> Iterator[Asset]:
    """Every file that a timeline's layers draw."""
    for layer in layers(timeline):
        content = layer.content
        if isinstance(content, PuppetContent):
            yield content.drawing
            if content.rig is not None:
                yield content.rig
        elif isinstance(content, DrawingContent):
            yield content.drawing
        elif isinstance(content, PictureContent):
            yield content.file


def layers(timeline: Timeline) -> Iterator[Layer]:
    """Every layer of a timeline, with those inside of others, and of scenes that are shown as pictures."""
    for scene in timeline.scenes:
        yield from _scene_layers(scene)


def _scene_layers(scene: Scene) -> Iterator[Layer]:
    for layer in scene.layers:
        yield from _layers(layer)
    for change in (scene.enter, scene.leave):
        if change is not None and change.under is not None:
            yield from _scene_layers(change.under.scene)


def _layers(layer: Layer) -> Iterator[Layer]:
    yield layer
    if isinstance(layer.content, StillContent):
        yield from _scene_layers(layer.content.scene)
    for child in layer.children:
        yield from _layers(child)


def _moved(page: CaptionPage, by: int) -> CaptionPage:
    words = tuple(replace(word, start=word.start + by, end=word.end + by) for word in page.words)
    return replace(page, start=page.start + by, end=page.end + by, words=words)
