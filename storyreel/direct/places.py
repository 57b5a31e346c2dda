"""Where things and people are at every frame, and what stands behind their dot: middle, top, a group, a hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from storyreel.direct.acting.curves import Array
from storyreel.direct.bodies import Shown, bones
from storyreel.direct.cast import Cast, Performer
from storyreel.direct.celled import cell_box, sheet_of, shown_box
from storyreel.direct.inscriptions import spot_on
from storyreel.direct.lettering import WRITTEN, box_of, grows, standing_last
from storyreel.direct.looking_in import Glass
from storyreel.direct.prop_orders import look_settings
from storyreel.direct.set_places import set_box
from storyreel.direct.sides import SIDES, UPON, named_part, share_of, upon
from storyreel.direct.things import Thing, Things
from storyreel.direct.threads import Strung, in_wind, strung_up
from storyreel.errors import StoryreelError, did_you_mean
from storyreel.puppet.bounds import Box, boxes, ink
from storyreel.puppet.model import Point, moved
from storyreel.puppet.svg import read_drawing
from storyreel.script.files import is_sheet
from storyreel.script.openings import EDGES
from storyreel.script.props import Door, Drawing, Pane, Phone, Picture
from storyreel.script.written import Thread
from storyreel.stage.posing import Skeleton
from storyreel.timeline.door import HANDLE, on_leaf
from storyreel.timeline.model import DrawingContent, Layer
from storyreel.timeline.track import Channel, samples

_SMALL: Box = (-60.0, -60.0, 60.0, 60.0)
"""What a thing takes up whose look doesn't say."""
_BOTH_HANDS = frozenset(("hands", "arms"))
"""Between both of somebody's hands."""
_CAP = {"button": (300.0, 0.0)}
Track = tuple[Array, Array]
"""A point at every frame of the scene: across and down."""


@cache
def _extents(path: str, digest: str) -> tuple[dict[str, Box], Box]:
    """The bounds of a drawing's groups and of all that it shows."""
    drawing = read_drawing(Path(path))
    return boxes(drawing), ink(drawing.root, hidden=False) or drawing.box


def sampled(channel: Channel, length: int) -> Array:
    """A channel's values at all frames."""
    return np.array(samples(channel, length), dtype=float)


class Whereabouts:
    """Where everything of a scene is at every frame, once all is told; worked out as it is asked for.

    Args:
        things, cast: of the scene.
        length: its frames.
        layers: the planes of its set.
        posed: gives the drawings that are shown of somebody; None while they are being worked out.
        carried: gives where a thing is that somebody holds at some time, and how it is turned; None if nobody does.
    """

    def __init__(
        self,
        things: Things,
        cast: Cast,
        length: int,
        layers: tuple[Layer, ...],
        posed: Callable[[Performer], Sequence[Shown] | None],
        carried: Callable[[Thing, tuple[Array, Array, Array]], tuple[Array, Array, Array]],
    ) -> None:
        self.things, self.cast, self.length, self.layers = things, cast, length, layers
        self._posed, self._carried = posed, carried
        self._waits = False
        """Whether somebody was asked for who is still being worked out: what was told then holds for now alone."""
        self._placed: dict[str, tuple[Array, Array, Array]] = {}
        self._placing: list[str] = []

    def thing(self, name: str) -> tuple[Array, Array, Array]:
        """Where a thing is at every frame, in what it stands in: across, down, turn.

        To whoever is being worked out just now it is where it would be if they never took it.
        """
        if name in self._placed:
            return self._placed[name]
        base = self.untaken(name)
        if name in self._placing:
            return base
        self._placing.append(name)
        self._waits = False
        placed_ = self._carried(self.things.by_name[name], base)
        self._placing.pop()
        if not self._waits:
            self._placed[name] = placed_
        return placed_

    def untaken(self, name: str) -> tuple[Array, Array, Array]:
        """Where a thing is if nobody holds it."""
        thing = self.things.by_name[name]
        x, y, rot = (sampled(line.channel(), self.length) for line in (thing.x, thing.y, thing.rot))
        return x, y, rot

    @property
    def waits(self) -> bool:
        """Whether somebody was asked for who is still being worked out: what was told then holds for now alone."""
        return self._waits

    def strung(self, thing: Thing) -> Strung:
        """A thread at every frame, on the stage."""
        assert isinstance(thing.model, Thread)
        slack, drawn = (
            thing.driven.get(name, sampled(thing.value(name).channel(), self.length)) for name in ("slack", "drawn")
        )
        found = strung_up(thing.model, self.point, slack, drawn, thing.grips)
        weather = self.cast.weather
        if weather is None or not weather.blows:
            return found
        return in_wind(found, weather.force(self.length, weather.late(1.0)), float(weather.clock.rate))

    def posed(self, one: Performer) -> Sequence[Shown] | None:
        """The drawings that are shown of somebody; None while they are being worked out."""
        found = self._posed(one)
        self._waits = self._waits or found is None
        return found

    def point(self, target: str | Point, near: str = "") -> Track:
        """A place at every frame, on the stage.

        Args:
            target: a name, a place behind a name's dot, or a point of the safe box (0 to 1).
            near: where on it is meant if the name stands alone: one of its sides.

        Raises:
            StoryreelError: there is no such name, or no such place of it.
        """
        if not isinstance(target, str):
            x, y = self.cast.ground.point(target, standing=False)
            return np.full(self.length, x), np.full(self.length, y)
        name, _, where = target.partition(".")
        if name == "stage":
            return self._of_set(where)
        if name in self.things.by_name:
            if near == "top" and where and "." not in where and where not in SIDES:
                where = f"{where}.{UPON}"
            return self._of_thing(self.things.by_name[name], where or near or "middle")
        if name in self.cast.by_name:
            if where in _BOTH_HANDS:
                left, right = (self.nearest(name, f"{side}-hand", "middle") for side in ("left", "right"))
                return (left[0] + right[0]) / 2, (left[1] + right[1]) / 2
            return self._of_body(self.cast.by_name[name], where or near or "middle")
        known = [*self.cast.by_name, *self.things.by_name]
        raise StoryreelError(f"'{name}' isn't in this scene{did_you_mean(name, known)}")

    def nearest(self, name: str, *places: str) -> Track:
        """The first of somebody's places that the drawings which are shown of them have."""
        for place in places[:-1]:
            try:
                return self.point(f"{name}.{place}")
            except StoryreelError:
                continue
        return self.point(f"{name}.{places[-1]}")

    def within(self, inside: str | None, track: Track) -> Track:
        """A place of the stage in the units of the pane or phone that somebody stands in, as that's camera sees it."""
        if inside is None:
            return track
        outer = self.within(self.things.by_name[inside].model.inside, track)
        return self._glass(inside).into(outer)

    def outside(self, inside: str | None, track: Track, depth: float = 1.0) -> Track:
        """Where a place in a pane or phone is seen on the stage."""
        if inside is None:
            return track
        return self.outside(self.things.by_name[inside].model.inside, self._glass(inside).out(track, depth))

    def _glass(self, name: str) -> Glass:
        return Glass(self.things.by_name[name], self.thing(name), lambda channel: sampled(channel, self.length))

    def half(self, name: str) -> float:
        """Half of how wide a thing is, in stage units."""
        thing = self.things.by_name[name]
        box = self.box(thing)
        return (box[2] - box[0]) / 2 * max(thing.scale.last, 0.0)

    def floor(self, thing: Thing) -> float:
        """How far down a thing lies that has fallen, in what it stands in."""
        ground = self.things.inside(thing.model.inside) if thing.model.inside else self.things.ground
        box = self.box(thing)
        return ground.point("centre", standing=True)[1] - max(box[3], 0.0) * thing.scale.last

    def _of_thing(self, thing: Thing, where: str) -> Track:
        if isinstance(thing.model, Thread):
            return self.strung(thing).place(where)
        x, y, rot = self.thing(thing.name)
        scale = sampled(thing.scale.channel(), self.length)
        local = self._local(thing, where)
        cos, sin = np.cos(np.radians(rot)), np.sin(np.radians(rot))
        sx, sy = (
            sampled(thing.values[name].channel(), self.length) if name in thing.values else np.ones(self.length)
            for name in ("sx", "sy")
        )
        across, down = local[0] * scale * sx, local[1] * scale * sy
        track = x + cos * across - sin * down, y + sin * across + cos * down
        return self.outside(thing.model.inside, track, thing.model.plane)

    def _local(self, thing: Thing, where: str) -> Track:
        """A place of a thing in its own units, as its values move it."""
        if isinstance(thing.model, Drawing):
            return self._of_drawing(thing, where)
        if isinstance(thing.model, Door) and where == "handle":
            return self._handle(thing, thing.model)
        if thing.kind in WRITTEN and (spot := spot_on(thing, where, self.box(thing), self.length)) is not None:
            return spot
        if where in thing.model.spots:
            x, y = thing.model.spots[where]
            return np.full(self.length, x), np.full(self.length, y)
        if where not in SIDES:
            known = (*SIDES, *thing.model.spots)
            raise StoryreelError(f"'{thing.name}' has no place '{where}'{did_you_mean(where, known)}")
        if where in EDGES and "c0x" in thing.values:
            ends = ((EDGES.index(where) + 3) % 4, EDGES.index(where))
            lines = ([thing.values[f"c{corner}{axis}"].channel() for corner in ends] for axis in "xy")
            across, down = ((sampled(one, self.length) + sampled(other, self.length)) / 2 for one, other in lines)
            return across, down
        x, y = share_of(self.box(thing), where)
        if thing.kind == "button":
            # What is pressed is the cap: it goes down under whoever presses it.
            press = sampled(thing.value("press").channel(), self.length)
            return np.full(self.length, x), y + CAP_TRAVEL * np.clip(press, *_PRESSES)
        return np.full(self.length, x), np.full(self.length, y)

    def _handle(self, thing: Thing, door: Door) -> Track:
        swung = np.clip(sampled(thing.value("open").channel(), self.length), 0, 1)
        points = [on_leaf(door.width, door.height, float(each), door.hinge, *HANDLE) for each in swung]
        return np.array([x for x, _ in points]), np.array([y for _, y in points])

    def box(self, thing: Thing) -> Box:
        """What a thing takes up, about the point by which it is placed, in its own units."""
        model = thing.model
        if isinstance(model, Drawing):
            return self._drawn(thing)[1]
        if isinstance(model, Picture | Pane):
            return (-model.width / 2, -model.height / 2, model.width / 2, model.height / 2)
        if isinstance(model, Phone):
            return (-model.width / 2, -model.width * 1.025, model.width / 2, model.width * 1.025)
        if thing.kind in _CAP:
            half, down = _CAP[thing.kind]
            return (-half, down, half, down)
        if thing.kind in WRITTEN and (thing.kind != "balloon" or grows(model) or thing.changes):
            told = dict(look_settings(model)) | standing_last(model, thing.changes)
            return box_of(model, told, self.things.production.look.kit)
        widget = self.things.production.widget(thing.kind)
        if widget is not None and widget.size is not None:
            wide, high = widget.size(dict(look_settings(model)))
            return (-wide / 2, -high / 2, wide / 2, high / 2)
        return _SMALL

    def _drawn(self, thing: Thing) -> tuple[Mapping[str, Box], Box, Point, Skeleton | None]:
        """A drawing's groups and its whole, about the point by which it is placed; and its joints."""
        scenery, model = self.things.production.scenery, thing.model
        if isinstance(model, Drawing) and is_sheet(model.file):
            path = scenery.drawing(model.file, "props")
            cells = {name: cell_box(cell) for name, cell in sheet_of(path).cells.items()}
            return cells, shown_box(path, model.groups), (0.0, 0.0), None
        content = scenery.content(model)  # type: ignore[arg-type]
        assert isinstance(content, DrawingContent)
        groups, (left, top, right, bottom) = _extents(content.drawing.path, content.drawing.digest)
        mx, my = content.middle
        whole = (left - mx, top - my, right - mx, bottom - my)
        known = bones(scenery.posed(thing.model)) if thing.groups else None  # type: ignore[arg-type]
        return groups, whole, (mx, my), known.skeleton if known else None

    def _of_drawing(self, thing: Thing, where: str) -> Track:
        groups, whole, (mx, my), skeleton = self._drawn(thing)
        if where in SIDES:
            x, y = share_of(whole, where)
            return np.full(self.length, x), np.full(self.length, y)
        head, _, side = where.partition(".")
        part = named_part(head, groups)
        if part is None:
            known = [*SIDES, *(name.replace(" ", "-").lower() for name in groups)]
            raise StoryreelError(f"'{thing.name}' has no place '{head}'{did_you_mean(head, known)}")
        at = upon(groups[part]) if side == UPON else share_of(groups[part], side if side in SIDES else "middle")
        moves = {name: sampled(line.channel(), self.length) for name, line in thing.values.items() if "." in name}
        if skeleton is None or not moves:
            return np.full(self.length, at[0] - mx), np.full(self.length, at[1] - my)
        points = [
            moved(skeleton.motions({name: float(curve[frame]) for name, curve in moves.items()})(part), at)
            for frame in range(self.length)
        ]
        return np.array([x - mx for x, _ in points]), np.array([y - my for _, y in points])

    def _of_body(self, one: Performer, where: str) -> Track:
        shown = self.posed(one)
        if shown is None:
            part, at = _place_of(one, where)
            scale, (home_x, home_y), feet = one.height / one.rig.height, one.home, one.rig.feet
            x, y = home_x + (at[0] - feet[0]) * scale, home_y + (at[1] - feet[1]) * scale
            return self.outside(one.placement.in_, (np.full(self.length, x), np.full(self.length, y)))
        xs, ys = np.zeros(self.length), np.zeros(self.length)
        for each in shown:
            part, at = _place_of(each.one, where)
            for frame in range(max(each.start, 0), min(each.end, self.length)):
                xs[frame], ys[frame] = moved(each.motion(part, frame), at)
        return self.outside(one.placement.in_, (xs, ys))

    def _of_set(self, where: str) -> Track:
        box = set_box(self.layers, where)
        x, y = share_of(box, "middle")
        return np.full(self.length, x), np.full(self.length, y)


_CALLED = {"chest": "body", "cheek": "blush", "nose": "nose", "shoulder": "arm", "hood": "head", "foot": "foot"}
"""Places of a body that its drawing calls otherwise."""
CAP_TRAVEL = 62.0
"""How many units lower the top of a button's cap lies when it is pressed down, in every look."""
_PRESSES = (-0.3, 1.25)


def _place_of(one: Performer, where: str) -> tuple[str, Point]:
    """The part of somebody that a place is on, and the point of it in the drawing's units.

    Raises:
        StoryreelError: they have no such place.
    """
    rig, known = one.rig, bones(one.content)
    if where in SIDES or known is None:
        across, down = SIDES.get(where, (0.5, 0.4))
        return "", (rig.feet[0] + (across - 0.5) * rig.width, rig.feet[1] - (1 - down) * rig.height)
    found = named_part(_CALLED.get(where, where), known.parts)
    if found is None:
        names = [*SIDES, *(name.replace(" ", "-").lower() for name in known.parts)]
        raise StoryreelError(f"'{one.name}' has no place '{where}'{did_you_mean(where, names)}")
    return found, share_of(known.parts[found], "middle")
