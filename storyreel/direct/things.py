"""The props while directing: where they stand, what they show, how they come and go."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from storyreel.direct.blocking import Ground, pane_ground
from storyreel.direct.falls import LYING, Lying
from storyreel.direct.groups import channel_named, groups_of, rest
from storyreel.direct.keyline import KeyLine
from storyreel.direct.lettering import Change, grows
from storyreel.direct.piles import Release
from storyreel.direct.production import Production, seeded
from storyreel.direct.prop_orders import drawn_as, look_settings
from storyreel.direct.schedule import Times
from storyreel.direct.threads import Grip
from storyreel.errors import StoryreelError, directing
from storyreel.script.files import is_sheet
from storyreel.script.models import Follow, Part, Scene
from storyreel.script.props import SHINING, Balloon, Drawing, Pane, Phone, Picture, Prop, Wall
from storyreel.script.written import Thread
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Content, Layer, Setting, settings
from storyreel.timeline.track import Channel, baked, keyed
from storyreel.timeline.wall import duration
from storyreel.treatment.look import Look

APPEARING = frozenset(("title", "comment", "switch", "balloon", "badge", "typing", "field", "note", "words"))
"""Kinds that draw their own appearing from a value `appear`, 0 to 1; the rest grows from nothing."""
RUNNING = frozenset(("wall", "stars", "rays", "rain", "foreground", "streaks", "typing"))
"""Kinds that run by themselves on a value `t`: seconds since they began."""
AIRY = frozenset(("stars", "rays", "rain", "foreground", "streaks"))
"""Kinds that fill the picture about its own centre, unless they are placed."""
_LASTING = 1 << 17
"""Steps for which things run, more than any scene has: so their frames stay as they are when the scene grows. A power
of two, as floats divide by it without rounding: each step begins on its frame."""
_ORDERS: Mapping[str, float] = {"words": LYING, "note": LYING, "thread": LYING, "said": 6.0}
"""Before whom things stand where nobody says: the cast stand at 0."""
WAITING = frozenset(("wall",))
"""Kinds of those that do not run before they are played."""
_SEEN = 0.05
"""From this size and strength on a thing is seen."""
_FILLING = 0.96
"""How much of a pane's or a phone's width the things inside may take."""


_SIZED = ("width", "height")
"""The values of a window that begin as its model says."""


@dataclass
class Thing:
    """One prop in the making: its model, its moves, and the seed that it is drawn with.

    `most` is the size at which it fills the pane or phone that it stands in, `groups` are those of a drawing.
    """

    name: str
    model: Prop
    look: Look
    x: KeyLine
    y: KeyLine
    scale: KeyLine
    rot: KeyLine
    opacity: KeyLine
    seed: int
    most: float = math.inf
    groups: dict[str, bool] = field(default_factory=dict)
    values: dict[str, KeyLine] = field(default_factory=dict)
    played: int | None = None
    gone: int | None = None
    driven: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    """Values and places that hang on others: their curves count instead of what is written."""
    changes: list[Change] = field(default_factory=list)
    """What is written on it, and what becomes of that."""
    lying: list[Lying] = field(default_factory=list)
    """On what it falls, and where it hangs."""
    grips: list[Grip] = field(default_factory=list)
    """Of a thread, who takes hold of it."""
    releases: list[Release] = field(default_factory=list)
    """Of a pile, when it is let go."""
    speaker: str = ""
    """Of a balloon, out of whose mouth it comes."""

    @property
    def kind(self) -> str:
        """What it is."""
        return str(self.model.kind)

    @property
    def order(self) -> float:
        """What it stands before: where nobody says, words before the cast, and what is said before all."""
        if "order" in self.model.model_fields_set:
            return self.model.order
        return _ORDERS["said"] if grows(self.model) else _ORDERS.get(self.kind, self.model.order)

    @property
    def posed(self) -> bool:
        """Whether groups of a drawing are moved, or are cells."""
        moved = any("." in value for value in (*self.values, *self.driven))
        return moved or (isinstance(self.model, Drawing) and is_sheet(self.model.file))

    @property
    def given(self) -> tuple[tuple[str, Setting], ...]:
        """What the look draws it from; of a window that grows, how large it ever is, too."""
        told = look_settings(self.model)
        grown = {f"most_{side}": self.values[side].most for side in _SIZED if side in self.values}
        return settings({**dict(told), **grown}) if grown and drawn_as(self.model) == "window" else told

    def value(self, name: str) -> KeyLine:
        """One of the values that the look draws it by; of a drawing, one of its groups'.

        Raises:
            StoryreelError: the drawing has no such group.
        """
        if not isinstance(self.model, Drawing) or (name == SHINING and self.model.light is not None):
            sized = name in _SIZED and isinstance(self.model, Pane) and self.model.window
            begins = float(getattr(self.model, name)) if sized else float(name == "near")
            return self.values.setdefault(name, KeyLine(begins))
        channel = channel_named(name, frozenset(self.groups))
        return self.values.setdefault(channel, KeyLine(rest(channel, self.groups)))

    def group(self, target: object) -> str | None:
        """The group of a drawing that stands behind a dot: `rail.knob` is its `Knob`."""
        wanted = str(target).partition(".")[2].replace("-", " ").casefold()
        return next((name for name in sorted(self.groups) if wanted and name.casefold() == wanted), None)

    def play(self, part: Part, at: int, times: Times, ground: Ground, width: float) -> int:
        """Does what a part says from a frame on; gives the frame at which that is done.

        Args:
            part: what it does.
            at: a frame of its scene.
            times: how long an author's times are.
            ground: where its scene's places are.
            width: the picture's.
        """
        clock, frames = times.clock, times.optional(part.over, 0.5)
        ends = [at]
        if part.show is not None:
            ends.append(at + self.appear(part, at, clock))
        if part.hide is not None:
            ends.append(at + self.vanish(part, at, clock))
        if part.go is not None:
            x, y = ground.point(part.go, standing=False)
            self.x.move(at, frames, x, part.ease)
            self.y.move(at, frames, y, part.ease)
        for value, goal in part.set.items():
            if not isinstance(goal, Follow):
                # What is there or not goes over at once, unless it is said when.
                at_once = value in self.groups and part.over is None
                self.value(value).move(at, 0 if at_once else frames, goal, part.ease)
        if part.rot is not None:
            self.rot.move(at, frames, part.rot, part.ease)
        if part.size is not None:
            self.scale.move(at, frames, min(part.size, self.most), part.ease)
        if part.set or part.go is not None or part.rot is not None or part.size is not None:
            ends.append(at + frames)
        if part.play:
            self.played = at
        if part.exit is not None:
            ends.append(at + self.leave(part, at, width, times))
        if part.for_ is not None:
            ends.append(at + times.frames(part.for_))
        return max(ends)

    def appear(self, part: Part, frame: int, clock: Clock) -> int:
        """Shows it; gives the frames that takes."""
        how = part.show
        frames = 0 if how == "now" else clock.frames(Fraction(2, 5))
        if how == "fade":
            self.opacity.move(frame, 0, 0.0)
            self.opacity.move(frame, frames, 1.0, "inout-sine")
            self._reveal(frame, 0)
        else:
            self.opacity.move(frame, 0, 1.0)
            self._reveal(frame, frames)
        return frames

    def _reveal(self, frame: int, frames: int) -> None:
        if self.kind in APPEARING:
            self.value("appear").move(frame, frames, 1.0, self.look.motion.appear)
        else:
            self.scale.move(frame, frames, min(float(self.model.size), self.most), self.look.motion.appear)

    def vanish(self, part: Part, frame: int, clock: Clock) -> int:
        """Hides it; gives the frames that takes."""
        frames = 0 if part.hide == "now" else clock.frames(Fraction(1, 4))
        if part.hide == "fade":
            self.opacity.move(frame, frames, 0.0, "inout-sine")
        elif self.kind in APPEARING:
            self.value("appear").move(frame, frames, 0.0, self.look.motion.vanish)
        else:
            self.scale.move(frame, frames, 0.0, self.look.motion.vanish)
        return frames

    def leave(self, part: Part, frame: int, distance: float, times: Times) -> int:
        """Goes off the stage: slides, or is knocked off and tumbles."""
        clock = times.clock
        side = -1 if part.exit == "left" else 1
        if part.how == "tumble":
            frames = clock.frames(Fraction(11, 10))
            x, y = self.x.at(frame), self.y.at(frame)
            hop = clock.frames(Fraction(1, 4))
            self.x.move(frame, frames, x + side * distance * 0.36, "in-quad")
            self.y.move(frame, hop, y - 110, "out-quad")
            self.y.move(frame + hop, frames - hop, y + 1500, "in-quad")
            self.rot.move(frame, frames, self.rot.at(frame) + side * 300, "in-sine")
            self.scale.move(frame, frames, self.scale.at(frame) * 0.34, "linear")
        else:
            lasts = part.over.seconds(clock.rate, 120, times.drawing) if part.over else Fraction(1, 2)
            frames = clock.frames(lasts)
            axis = self.y if part.exit in ("top", "bottom") else self.x
            way = -1 if part.exit in ("left", "top") else 1
            axis.move(frame, frames, axis.at(frame) + way * distance * 1.6, "in-back")
        self.gone = frame + frames
        return frames

    def there(self, frame: int) -> bool:
        """Whether it is seen at a frame, if the camera looks there."""
        shows = (self.scale, self.opacity, *(line for name, line in self.values.items() if name == "appear"))
        return (self.gone is None or frame < self.gone) and all(line.at(frame) > _SEEN for line in shows)

    def channels(self, length: int, clock: Clock) -> tuple[tuple[str, Channel], ...]:
        """Its frozen channels."""
        channels: list[tuple[str, Channel]] = [
            (name, line.channel())
            for name, line in (
                ("x", self.x),
                ("y", self.y),
                ("scale", self.scale),
                ("rot", self.rot),
                ("opacity", self.opacity),
                *self.values.items(),
            )
            if name not in self.driven
        ]
        channels += [(name, baked(curve)) for name, curve in self.driven.items()]
        if self.kind in RUNNING:
            begin = self.played if self.kind in WAITING else self.played or 0
            if begin is None or begin >= length:
                channels.append(("t", -1.0))
            else:
                before = [(0, -1.0, "hold")] if begin > 0 else []
                rest, ease = self._run(clock)
                channels.append(("t", keyed(*before, (begin, 0.0, ease), (begin + rest, clock.seconds(rest)))))
        return tuple(channels)

    def _run(self, clock: Clock) -> tuple[int, str]:
        """For how many frames it runs, and how its time goes by: a wall that stands needs no drawing any more."""
        if isinstance(self.model, Wall):
            lasts = duration(self.model.columns, self.model.rows, self.seed, after=self.model.pennant)
            return clock.frames(lasts) + 1, "linear"
        if self.kind in self.look.drifts:
            return max(clock.frames(self.look.drifts[self.kind]), 1) * _LASTING, f"steps({_LASTING})"
        return _LASTING, "linear"

    def layer(self, content: Content, length: int, clock: Clock, children: tuple[Layer, ...] = ()) -> Layer:
        """The prop as a layer of its scene."""
        end = min(length, self.gone) if self.gone is not None else length
        return Layer(
            self.name,
            content,
            0,
            max(end, 0),
            self.channels(length, clock),
            plane=self.model.plane,
            order=self.order,
            screen=self.model.fixed,
            children=children,
            kind="air" if self.kind in AIRY else "type" if self.kind == "title" else "prop",
        )


class Things:
    """The props of one scene in the making."""

    def __init__(self, production: Production, scene: Scene, ground: Ground, seed: int) -> None:
        self.production, self.scene, self.ground, self.seed = production, scene, ground, seed
        self.width, self.height = production.picture
        self.by_name: dict[str, Thing] = {}
        for name, model in scene.props.items():
            with directing("scenes", scene.id, "props", name):
                self.by_name[name] = self._placed(name, model)

    def inside(self, name: str) -> Ground:
        """The ground of what a prop shows.

        Raises:
            StoryreelError: it shows nothing.
        """
        model = self.scene.props[name]
        if isinstance(model, Pane):
            return pane_ground(model.width, model.height)
        if isinstance(model, Phone):
            return pane_ground(model.width, model.width * 2.05)
        raise StoryreelError(f"'{name}' is a {model.kind}; only a pane or a phone shows something inside")

    def extent(self, thing: Thing) -> tuple[float, float] | None:
        """How large a thing of size 1 is, where that is known."""
        model = thing.model
        if isinstance(model, Pane | Phone):
            ground = self.inside(thing.name)
            return ground.right - ground.left, ground.bottom - ground.top
        if isinstance(model, Picture):
            return model.width, model.height
        if isinstance(model, Drawing):
            return self.production.scenery.extent(model)
        return self._size(model)

    def outside(self, thing: Thing, frame: int) -> tuple[float, float]:
        """Where a thing is on the stage at a frame."""
        x, y = thing.x.at(frame), thing.y.at(frame)
        if thing.model.inside:
            over, down = self.outside(self.by_name[thing.model.inside], frame)
            return x + over, y + down
        return x, y

    def put(self, thing: Thing, x: float, y: float) -> None:
        """Puts a thing to a point of the stage, from the first frame on."""
        here = self.outside(thing, 0)
        thing.x.move(0, 0, thing.x.at(0) + x - here[0])
        thing.y.move(0, 0, thing.y.at(0) + y - here[1])

    def beside(self, thing: Thing) -> dict[str, Setting]:
        """The room in what it stands in, before and after a thing's middle, in its own units."""
        ground = self.inside(thing.model.inside) if thing.model.inside else self.ground
        x, size = thing.x.at(0), thing.model.size
        return {"before": (x - ground.left) / size, "after": (ground.right - x) / size}

    def _placed(self, name: str, model: Prop) -> Thing:
        ground = self.inside(model.inside) if model.inside else self.ground
        x, y = ground.point(model.at, standing=False)
        if not model.inside:
            x, y = self._uncut(model, x, y)
        if model.at == "centre" and model.kind in AIRY:
            x, y = self.width / 2, self.height / 2
        most = self._most(model, model.inside) if model.inside else math.inf
        appearing = model.kind in APPEARING
        made = Thing(
            name,
            model,
            self.production.look,
            KeyLine(x),
            KeyLine(y),
            KeyLine(0.0 if model.hidden and not appearing else min(model.size, most)),
            KeyLine(model.rot),
            KeyLine(1.0),
            seeded(self.seed, name) % 100_000,
            most,
        )
        if isinstance(model, Drawing) and self.production.script.storyreel >= 2:
            made.groups = groups_of(self.production.scenery.drawing(model.file, "props"))
            for group, value in model.groups.items():
                made.value(group).move(0, 0, value)
        if isinstance(model, Pane) and model.window:
            made.values |= {"radius": KeyLine(model.radius), "dark": KeyLine(model.dark)}
        if isinstance(model, Phone) and model.dark:
            made.values["dark"] = KeyLine(model.dark)
        if model.light is not None:
            made.values[SHINING] = KeyLine(model.light.on)
        if appearing:
            waits = model.hidden or (grows(model) and not getattr(model, "text", ""))
            made.values["appear"] = KeyLine(0.0 if waits else 1.0)
        if isinstance(model, Thread):
            made.values |= {"drawn": KeyLine(1.0), "slack": KeyLine(model.slack)}
        made.speaker = model.of or "" if isinstance(model, Balloon) else ""
        return made

    def _most(self, model: Prop, inside: str) -> float:
        """The size at which a prop is as wide as the pane or phone that it stands in."""
        size, frame = self._size(model), self.scene.props[inside]
        widget = self.production.widget(drawn_as(frame))
        if size is None or widget is None or widget.outline is None:
            return math.inf
        return float(_FILLING * widget.outline(dict(look_settings(frame)), {}).getBounds().width() / size[0])

    def _size(self, model: Prop) -> tuple[float, float] | None:
        """How large the look draws a prop of size 1, where it says that."""
        widget = self.production.widget(model.kind)
        return widget.size(dict(look_settings(model))) if widget is not None and widget.size is not None else None

    def _uncut(self, model: Prop, x: float, y: float) -> tuple[float, float]:
        """The place next to a point where the picture's edge cuts nothing that is read; what waits outside stays."""
        size = self._size(model)
        if size is None or not (0 <= x <= self.width and 0 <= y <= self.height):
            return x, y
        across, down = (
            min(side * model.size, most) / 2 for side, most in zip(size, (self.width, self.height), strict=True)
        )
        return min(max(x, across), self.width - across), min(max(y, down), self.height - down)
