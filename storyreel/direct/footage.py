"""The sound of the clips that a scene shows: heard while they are seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from storyreel.direct.scenery import Scenery
from storyreel.direct.things import Thing
from storyreel.script.props import Pane, Picture
from storyreel.sound.clip import OPEN
from storyreel.timeline.model import ClipCue, EffectCue
from storyreel.timeline.track import sample

_UNSEEN = 1e-3
"""What is drawn so small or so faint isn't there."""


@dataclass(frozen=True)
class Looped:
    """What is heard of a scene that runs in a loop of so many frames."""

    effects: tuple[EffectCue, ...]
    frames: int


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
    for there, run in groupby(range(length), _shown(thing, props, length).__getitem__):
        frames = list(run)
        if there:
            yield ClipCue(path, start + frames[0], len(frames), frames[0], model.gain)


def loop_effects(
    thing: Thing, props: Mapping[str, Thing], heard: Mapping[str, Looped], start: int, length: int
) -> Iterator[EffectCue]:
    """What is heard of the scene that runs in a pane, if that lets it be heard: as through a phone, or from afar.

    Args:
        thing: the pane.
        props: all of the scene, by name.
        heard: what is heard of every scene that may run in one.
        start: the scene's first film frame.
        length: the scene's frames.
    """
    model = thing.model
    if not isinstance(model, Pane) or not model.sound or not isinstance(model.shows, str) or model.shows not in heard:
        return
    muffle, clip, seen = ("phone" if model.edge == "phone" else "far"), heard[model.shows], _shown(thing, props, length)
    for turn in range(0, length, clip.frames):
        for one in clip.effects:
            at = turn + one.frame
            if at < length and seen[at]:
                yield replace(one, frame=start + at, muffle=muffle if one.muffle == OPEN else one.muffle)


def _shown(thing: Thing, props: Mapping[str, Thing], length: int) -> list[bool]:
    """Whether a prop, and whatever shows it, is there, for each frame of its scene."""
    seen = [True] * length
    holder: Thing | None = thing
    while holder is not None:
        seen = [here and there for here, there in zip(seen, _seen(holder, length), strict=True)]
        holder = props[holder.model.inside] if holder.model.inside is not None else None
    return seen


def _seen(thing: Thing, length: int) -> Iterator[bool]:
    """Whether a prop is there, for each frame of its scene."""
    channels = thing.scale.channel(), thing.opacity.channel()
    for frame in range(length):
        there = thing.gone is None or frame < thing.gone
        yield there and all(abs(sample(channel, frame)) > _UNSEEN for channel in channels)
