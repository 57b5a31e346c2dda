"""A way out in which something comes over the whole picture, and the next shot from under it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from fractions import Fraction

from storyreel.direct.camerawork import CameraWork
from storyreel.direct.keyline import KeyLine
from storyreel.direct.leaving import come_near
from storyreel.direct.shooting import Shooting
from storyreel.direct.things import Thing, Things
from storyreel.errors import StoryreelError, did_you_mean
from storyreel.timeline.model import Layer

FRONT = 60.0
"""Where among the layers what covers the picture is."""
PASSES = Fraction(4, 15)
"""Seconds in which it comes over the picture, and in which it goes on and out of the next."""
_MORE = 1.3
"""How much larger than the picture it gets, in the picture's sizes."""
_PLAIN = 200.0


class Cover:
    """What covers a shot at its end: the thing as it was before, or somebody's head, to whom the camera comes near."""

    def __init__(self, name: str, end: int, frames: int, shooting: Shooting) -> None:
        self.name, self.start, self.end = name, max(end - frames, 0), end
        things, cast, camera = shooting.things, shooting.cast, shooting.camera
        if name in cast.by_name:
            self.before: Thing | None = None
            self._come_near(shooting)
        elif name in things.by_name:
            self.before = copied(things.by_name[name])
            covering(things, things.by_name[name], camera, end, self.start, end - self.start)
        else:
            known = [*cast.by_name, *things.by_name]
            raise StoryreelError(f"nobody and nothing is called '{name}' here{did_you_mean(name, known)}")

    def _come_near(self, shooting: Shooting) -> None:
        come_near(shooting.camera, shooting.head(self.name), self.start, self.end - self.start, _MORE)


def covering(things: Things, thing: Thing, camera: CameraWork, seen: int, start: int, frames: int) -> None:
    """Moves a thing over the whole picture, as the camera shows it at a frame `seen`."""
    x, y, zoom = (camera.lines[name].at(seen) for name in ("x", "y", "zoom"))
    wide, tall = things.extent(thing) or (_PLAIN, _PLAIN)
    scale = _MORE * max(camera.width / wide, camera.height / tall) / zoom
    here = things.outside(thing, seen)
    thing.opacity.move(start, 0, 1.0)
    thing.x.move(start, frames, thing.x.at(seen) + x - here[0], "in")
    thing.y.move(start, frames, thing.y.at(seen) + y - here[1], "in")
    thing.scale.move(start, frames, scale, "in")


def copied(thing: Thing) -> Thing:
    """A thing as it is directed so far: what it does from then on is not the other's."""
    lines = {name: deepcopy(line) for name, line in thing.values.items()}
    x, y, scale, rot, opacity = (deepcopy(line) for line in (thing.x, thing.y, thing.scale, thing.rot, thing.opacity))
    return replace(thing, x=x, y=y, scale=scale, rot=rot, opacity=opacity, values=lines)


def passing(things: Things, thing: Thing, camera: CameraWork, frames: int) -> Thing:
    """A thing that covers the picture at a shot's first frame, on its way on and out of it."""
    made = replace(copied(thing), x=KeyLine(thing.x.at(0)), y=KeyLine(thing.y.at(0)), scale=KeyLine(1.0))
    covering(things, made, camera, 0, 0, 0)
    away = made.y.at(0) - 2 * _MORE * camera.height / camera.lines["zoom"].at(0)
    made.y.move(0, frames, away, "in")
    made.gone = frames
    return made


def before_all(layer: Layer) -> Layer:
    """A layer before all others."""
    return replace(layer, id=f"{layer.id} cover", order=FRONT)
