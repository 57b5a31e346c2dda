"""The sound of the clips that a scene shows: heard while they are seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from storyreel.direct.scenery import Scenery
from storyreel.direct.things import Thing
from storyreel.script.props import Picture
from storyreel.timeline.model import ClipCue
from storyreel.timeline.track import sample

_UNSEEN = 1e-3
"""What is drawn so small or so faint isn't there."""


def clip_cues(thing: Thing, props: Mapping[str, Thing], scenery: Scenery, start: int, length: int) -> Iterator[ClipCue]:
    """The sound of a prop, if it shows a clip, which runs from its scene's beginning on, seen or not.

    Args:
        thing: the prop.
        props: all of the scene, by name: one may show another.
        scenery: finds the clip.
        start: the scene's first film frame.
        length: the scene's frames.

    Raises:
        StoryreelError: the clip is not there.
    """
    model = thing.model
    if not isinstance(model, Picture):
        return
    path = scenery.heard(model.file) if model.sound else None
    if path is None:
        return
    seen = [True] * length
    holder: Thing | None = thing
    while holder is not None:
        seen = [here and there for here, there in zip(seen, _seen(holder, length), strict=True)]
        holder = props[holder.model.inside] if holder.model.inside is not None else None
    for there, run in groupby(range(length), seen.__getitem__):
        frames = list(run)
        if there:
            yield ClipCue(path, start + frames[0], len(frames), frames[0], model.gain)


def _seen(thing: Thing, length: int) -> Iterator[bool]:
    """Whether a prop is there, for each frame of its scene."""
    channels = thing.scale.channel(), thing.opacity.channel()
    for frame in range(length):
        there = thing.gone is None or frame < thing.gone
        yield there and all(abs(sample(channel, frame)) > _UNSEEN for channel in channels)
