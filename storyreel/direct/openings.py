"""What one sees through a pane besides a set and those who stand in it: a clip in a loop, another shot, a mirror
image, the bodies under their clothes, a face that somebody shows only there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

import numpy as np

from storyreel.direct.acting import Act, known
from storyreel.direct.cast import Cast, Performer
from storyreel.direct.keyline import KeyLine
from storyreel.direct.shooting import Appearance
from storyreel.script.openings import Otherwise
from storyreel.script.shots import Bars as BarsSpec
from storyreel.timeline.model import GroupContent, Layer, Scene, WidgetContent, settings
from storyreel.timeline.track import Channel, baked, sample, samples

_FOREMOST = 90.0
MIRROR, UNDER = "mirror", "under"
"""What a pane shows of the place that it hangs in: it mirrored, or everybody's view `under`."""


class Bars:
    """The bars above and below the picture, in the making."""

    def __init__(self, top: float = 0.0, bottom: float = 0.0) -> None:
        self.lines = {"top": KeyLine(top), "bottom": KeyLine(bottom)}

    def move(self, spec: BarsSpec, frame: int, frames: int) -> None:
        """Moves those that an author names."""
        for name, line in self.lines.items():
            share = getattr(spec, name)
            if share is not None:
                line.move(frame, frames, share)

    def left(self, frame: int) -> tuple[float, float]:
        """How high they are at a frame."""
        return self.lines["top"].at(frame), self.lines["bottom"].at(frame)

    def layer(self, length: int, size: tuple[float, float]) -> Layer | None:
        """Both as a layer before all others; None where there never are any."""
        channels = tuple((name, line.channel()) for name, line in self.lines.items())
        if all(channel == 0 for _, channel in channels):
            return None
        content = WidgetContent("bars", settings({"width": size[0], "height": size[1]}))
        return Layer("bars", content, 0, length, channels, order=_FOREMOST, screen=True)


def looped(scene: Scene, length: int, name: str, scale: float, size: tuple[float, float]) -> Layer:
    """A scene that runs in a loop for so many frames, from its first on: the middle of its picture at the origin.

    Args:
        scene: what runs.
        length: for how many frames.
        name: of what shows it; the layers' names begin with it.
        scale: how large it is.
        size: the picture's.
    """
    turns = [frame % scene.length for frame in range(length)]
    camera = dict(scene.camera)
    rest = {"x": size[0] / 2, "y": size[1] / 2, "zoom": 1.0}
    seen = tuple((key, _again(camera.get(key, rest.get(key, 0.0)), turns)) for key in sorted({*rest, *camera}))
    # A camera in a group is at rest over its origin.
    seen = tuple((key, _less(channel, rest[key] if key in "xy" else 0.0, length)) for key, channel in seen)
    children = tuple(_middled(_running(layer, turns, length, name), size, length) for layer in scene.layers)
    return Layer(f"{name} clip", GroupContent(camera=seen), 0, length, (("scale", scale),), children=children)


def _middled(layer: Layer, size: tuple[float, float], length: int) -> Layer:
    """A layer of a picture with the middle of that at the origin."""
    channels = dict(layer.channels)
    moved = {key: _less(channels.get(key, 0.0), side / 2, length) for key, side in zip("xy", size, strict=True)}
    return replace(layer, channels=tuple({**channels, **moved}.items()))


def _less(channel: Channel, less: float, length: int) -> Channel:
    if isinstance(channel, int | float):
        return channel - less
    return baked([value - less for value in samples(channel, length)]) if less else channel


def _again(channel: Channel, turns: list[int]) -> Channel:
    if isinstance(channel, int | float):
        return channel
    values = [sample(channel, turn) for turn in turns]
    return values[0] if len(set(values)) == 1 else baked(values)


def _running(layer: Layer, turns: list[int], length: int, name: str) -> Layer:
    """A layer of what runs: where it isn't there yet or any more, it can't be seen."""
    channels = dict(layer.channels)
    there = [layer.start <= turn < layer.end for turn in turns]
    if not all(there):
        opacity = channels.get("opacity", 1.0)
        channels["opacity"] = baked([sample(opacity, turn) * here for turn, here in zip(turns, there, strict=True)])
    content = layer.content
    if isinstance(content, GroupContent):
        content = replace(content, camera=tuple((key, _again(one, turns)) for key, one in content.camera))
    return replace(
        layer,
        id=f"{name} {layer.id}",
        content=content,
        start=0,
        end=length,
        channels=tuple(
            (key, one if key == "opacity" and not all(there) else _again(one, turns)) for key, one in channels.items()
        ),
        plane=0.0 if layer.screen else layer.plane,
        screen=False,
        manner="inset" if layer.kind == "cast" else layer.manner,
        children=tuple(_running(child, turns, length, name) for child in layer.children),
    )


def again(name: str, layers: Iterable[Layer], length: int, scale: float) -> Layer:
    """What one sees in another pane, so much larger."""
    children = tuple(replace(layer, id=f"{name} {layer.id}") for layer in layers)
    return Layer(f"{name} again", GroupContent(), 0, length, (("scale", scale),), children=children)


def mirrored(name: str, layers: Iterable[Layer], length: int) -> Layer:
    """What stands before a mirror as one sees it there."""
    return Layer(f"{name} mirror", GroupContent(), 0, length, (("sx", -1.0),), children=tuple(layers))


def seen_in(shows: object, one: Performer, cast: Cast, shown: Iterable[Appearance]) -> Iterator[Performer]:
    """Somebody as a pane shows them: in their view `under`, or with a face or in a pose of their own.

    Args:
        shows: what the pane shows.
        one: who it is.
        cast: of the scene.
        shown: the drawings in which the shot shows them; the first is theirs in the pane.
    """
    if shows == UNDER and UNDER in one.rig.views:
        yield cast.seen_as(one, UNDER, one.mirrored)
    if not isinstance(shows, dict) or one.name not in shows:
        return
    for first in islice(shown, 1):
        spec: Otherwise = shows[one.name]
        given = {"face": ("expression", spec.face), "pose": ("pose", spec.pose)}
        there = {kind: {key: said} for kind, (key, said) in given.items() if said is not None}
        kept = [act for act in first.one.acts if act.kind not in there]
        at_once = [Act(kind, 0, 1, settings({**values, "at_once": True})) for kind, values in there.items()]
        known(first.one.rigs, at_once)
        yield replace(first.one, acts=[*at_once, *kept])


def laid_under(name: str, layers: Iterable[Layer], length: int, pane: dict[str, Channel]) -> Layer:
    """Layers of the stage inside a pane, each where it is on the stage, wherever the pane goes.

    Args:
        name: the pane's.
        layers: in stage units.
        length: the scene's frames.
        pane: the pane's channels `x`, `y` and `scale`.
    """
    x, y, scale = (
        np.array(samples(pane.get(key, rest), length)) for key, rest in (("x", 0.0), ("y", 0.0), ("scale", 1.0))
    )
    safe = np.where(scale > 0, scale, 1.0)
    held = (("x", -x / safe), ("y", -y / safe), ("scale", 1 / safe))
    channels = tuple((key, _still(curve)) for key, curve in held)
    moved = tuple(replace(layer, id=f"{name} {layer.id}", manner="inset") for layer in layers)
    return Layer(f"{name} under", GroupContent(), 0, length, channels, children=moved)


def _still(curve: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Channel:
    return float(curve[0]) if (curve == curve[0]).all() else baked(curve)
