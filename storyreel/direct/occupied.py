"""What lies where in the picture while a shot runs: faces, hands, lettering and things, as boxes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from storyreel.direct.acting.anatomy import SIDES
from storyreel.direct.bodies import Shown, bones
from storyreel.direct.framing import head_box
from storyreel.direct.places import Whereabouts
from storyreel.direct.things import AIRY, Thing
from storyreel.puppet.bounds import Box
from storyreel.puppet.model import IDENTITY, Matrix, concat, moved
from storyreel.script.props import Drawing, Pane, Phone
from storyreel.stage.camera import placed, view
from storyreel.timeline.model import Layer
from storyreel.timeline.track import Channel, sample

_LETTERED = frozenset(("title", "typing", "post", "comment", "balloon", "badge"))
"""Kinds of things that are there to be read."""
_WRITING = 90.0
"""How high a line is that is written into the picture, in units."""

_CAMERA = ("x", "y", "zoom", "rot", "shake.x", "shake.y")

What = Literal["face", "hand", "lettering", "thing"]


@dataclass(frozen=True)
class Filled:
    """What takes up a box of the picture (left, top, right, bottom) at a frame of its scene."""

    frame: int
    what: What
    who: str
    box: Box


def covered(one: Box, other: Box) -> float:
    """How much of the smaller of two boxes lies in the other."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    if wide <= 0 or high <= 0:
        return 0.0
    least = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return wide * high / max(least, 1e-6)


class Occupied:
    """The picture of one shot, once all in it are in motion.

    Args:
        where: where everything is.
        people: everybody who is shown, in the drawings that are shown of them.
        written: what is written into the picture.
        camera: the camera's channels.
        picture: the picture's width and height.
    """

    def __init__(
        self,
        where: Whereabouts,
        people: Mapping[str, Sequence[Shown]],
        written: Sequence[Layer],
        camera: Mapping[str, Channel],
        picture: tuple[float, float],
    ) -> None:
        self.where, self.people, self.written, self.camera, self.picture = where, people, written, camera, picture
        self._views: dict[tuple[float, int], Matrix] = {}

    def at(self, frame: int) -> Iterator[Filled]:
        """What lies where at a frame; what the picture's edge cuts is told whole."""
        for name, drawings in self.people.items():
            for shown in drawings:
                if shown.start <= frame < shown.end and shown.one.there(frame):
                    yield from self._body(name, shown, frame)
        for thing in self.where.things.by_name.values():
            if thing.kind not in AIRY:
                yield from self._thing(thing, frame)
        for layer in self.written:
            if layer.start <= frame < layer.end and hasattr(layer.content, "settings"):
                values = layer.values(frame)
                wide = float(dict(layer.content.settings).get("width", 400.0))
                box = (-wide / 2, -_WRITING, wide / 2, _WRITING)
                yield Filled(frame, "lettering", layer.id.partition(" ")[0], _box(self._seen(1.0, frame, values), box))

    def faces(self, frame: int) -> Iterator[Filled]:
        """The faces at a frame of those who stand on the stage itself, wherever they are."""
        return (face for _, face in self._faced(frame))

    def seen(self, frame: int) -> Iterator[tuple[Shown, float]]:
        """Those of `faces` who are in the picture, each with how large a unit of their drawing is in it."""
        for shown, face in self._faced(frame):
            if _common(face.box, (0.0, 0.0, *self.picture)) is not None:
                a, b, c, d, *_ = concat(self._seen(1.0, frame), shown.motion("", frame))
                yield shown, math.sqrt(abs(a * d - b * c))

    def _faced(self, frame: int) -> Iterator[tuple[Shown, Filled]]:
        for name, drawings in self.people.items():
            for shown in drawings:
                if shown.start <= frame < shown.end and shown.one.placement.in_ is None and shown.one.there(frame):
                    yield shown, next(self._body(name, shown, frame))

    def _body(self, name: str, shown: Shown, frame: int) -> Iterator[Filled]:
        rig, known = shown.one.rig, bones(shown.one.content)
        whole = self._seen(1.0, frame)
        frame_of = shown.one.placement.in_
        inside: Box | None = None
        if frame_of is not None:
            held = self.where.things.by_name[frame_of]
            whole = concat(whole, self._laid(held, frame))
            wide, high = self.where.things.extent(held) or (0.0, 0.0)
            inside = _box(whole, (-wide / 2, -high / 2, wide / 2, high / 2))
        parts: list[tuple[What, str, Box]] = [
            ("face", "Head" if rig.has("Head") and known is not None else "", head_box(rig))
        ]
        hands = [f"{side} Hand" for side in SIDES]
        parts += [("hand", hand, known.parts[hand]) for hand in hands if known is not None and hand in known.parts]
        motion = shown.motions(frame)
        for what, part, own in parts:
            box = _box(concat(whole, motion(part)), own)
            cut = box if inside is None else _common(box, inside)
            if cut is not None:
                yield Filled(frame, what, name, cut)

    def _thing(self, thing: Thing, frame: int) -> Iterator[Filled]:
        lettered = thing.kind in _LETTERED
        if not thing.there(frame) or not (lettered or isinstance(thing.model, Drawing | Pane | Phone)):
            return
        if isinstance(thing.model, Drawing) and (thing.model.order < 0 or thing.model.plane != 1):
            return
        matrix = IDENTITY if thing.model.screen else self._seen(thing.model.plane, frame)
        if thing.model.in_ is not None:
            matrix = concat(matrix, self._laid(self.where.things.by_name[thing.model.in_], frame))
        box = _box(concat(matrix, self._laid(thing, frame)), self.where.box(thing))
        yield Filled(frame, "lettering" if lettered else "thing", thing.name, box)

    def _laid(self, thing: Thing, frame: int) -> Matrix:
        x, y, rot = (float(curve[frame]) for curve in self.where.thing(thing.name))
        return placed({"x": x, "y": y, "rot": rot, "scale": thing.scale.at(frame)})

    def _seen(self, plane: float, frame: int, values: Mapping[str, float] | None = None) -> Matrix:
        matrix = self._views.get((plane, frame))
        if matrix is None:
            camera = {name: sample(self.camera[name], frame) for name in _CAMERA if name in self.camera}
            matrix = self._views[plane, frame] = view(camera, *self.picture).plane(plane, *self.picture)
        return concat(matrix, placed(values)) if values is not None else matrix


def _box(matrix: Matrix, box: Box) -> Box:
    """The box about a box that is moved."""
    left, top, right, bottom = box
    xs, ys = zip(
        *(moved(matrix, at) for at in ((left, top), (right, top), (right, bottom), (left, bottom))), strict=True
    )
    return min(xs), min(ys), max(xs), max(ys)


def _common(one: Box, other: Box) -> Box | None:
    left, top, right, bottom = (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )
    return (left, top, right, bottom) if left < right and top < bottom else None
