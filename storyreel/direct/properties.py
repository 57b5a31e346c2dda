"""Props while directing: where they stand, what they show, how they come and go."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from storyreel.direct.keyline import KeyLine
from storyreel.script.models import Part
from storyreel.script.props import PLACING
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Content, Layer, Setting, settings
from storyreel.timeline.track import Channel, keyed
from storyreel.timeline.wall import duration

APPEARING = frozenset(("title", "comment", "switch", "balloon", "badge", "typing"))
"""Kinds that draw their own appearing from a value `appear`, 0 to 1; the rest grows from nothing."""
RUNNING = frozenset(("wall", "stars", "rays", "rain", "foreground", "streaks", "typing"))
"""Kinds that run by themselves on a value `t`: seconds since they began."""
AIRY = frozenset(("stars", "rays", "rain", "foreground", "streaks"))
"""Kinds that fill the picture about its own centre, unless they are placed."""
HELD = {"rays": 0.2, "foreground": 0.1, "stars": 1 / 15, "rain": 1 / 15}
"""For how many seconds a drawing of what drifts slowly is held: nobody sees it, and half of the picture rests."""
_LASTING = 1 << 17
"""Steps for which things run, more than any scene has: so their frames stay as they are when the scene grows. A power
of two, as floats divide by it without rounding: each step begins on its frame."""
WAITING = frozenset(("wall",))
"""Kinds of those that do not run before they are played."""


def look_settings(model: Any) -> tuple[tuple[str, Setting], ...]:
    """What the look draws a prop from: every key but those that place it and what it shows."""
    return settings(model.model_dump(exclude=set(PLACING) | {"kind", "set", "zoom", "file", "colours"}))


@dataclass
class Property:
    """One prop in the making: its model, its moves, and the seed that it is drawn with.

    `most` is the size at which it fills the pane or phone that it stands in.
    """

    name: str
    model: Any
    x: KeyLine
    y: KeyLine
    scale: KeyLine
    rot: KeyLine
    opacity: KeyLine
    seed: int
    most: float = math.inf
    values: dict[str, KeyLine] = field(default_factory=dict)
    played: int | None = None
    gone: int | None = None

    @property
    def kind(self) -> str:
        """What it is."""
        return str(self.model.kind)

    def value(self, name: str) -> KeyLine:
        """One of the values that the look draws it by."""
        return self.values.setdefault(name, KeyLine(0.0))

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
            self.value("appear").move(frame, frames, 1.0, "spring(210, 15)")
        else:
            self.scale.move(frame, frames, min(float(self.model.size), self.most), "spring(210, 15)")

    def vanish(self, part: Part, frame: int, clock: Clock) -> int:
        """Hides it; gives the frames that takes."""
        frames = 0 if part.hide == "now" else clock.frames(Fraction(1, 4))
        if part.hide == "fade":
            self.opacity.move(frame, frames, 0.0, "inout-sine")
        elif self.kind in APPEARING:
            self.value("appear").move(frame, frames, 0.0, "in-back")
        else:
            self.scale.move(frame, frames, 0.0, "in-back")
        return frames

    def leave(self, part: Part, frame: int, distance: float, clock: Clock) -> int:
        """Goes off the stage: slides, or is knocked off and tumbles."""
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
            frames = clock.frames(Fraction(part.over.seconds(clock.rate, 120)) if part.over else Fraction(1, 2))
            axis = self.y if part.exit in ("top", "bottom") else self.x
            way = -1 if part.exit in ("left", "top") else 1
            axis.move(frame, frames, axis.at(frame) + way * distance * 1.6, "in-back")
        self.gone = frame + frames
        return frames

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
        ]
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
        if self.kind == "wall":
            lasts = duration(self.model.columns, self.model.rows, self.seed, after=self.model.pennant)
            return clock.frames(lasts) + 1, "linear"
        if self.kind in HELD:
            return max(clock.frames(HELD[self.kind]), 1) * _LASTING, f"steps({_LASTING})"
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
            order=self.model.order,
            screen=self.model.screen,
            children=children,
            kind="air" if self.kind in AIRY else "type" if self.kind == "title" else "prop",
        )
