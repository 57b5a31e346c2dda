"""The camera and the grade of a scene: an author's shots as channels."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from storyreel.direct.framing import Eye
from storyreel.direct.keyline import KeyLine
from storyreel.script.models import CameraSpec, Grade
from storyreel.timeline.track import Channel, baked

_FRAMING = {"full": (0.46, 0.5), "medium": (0.68, 0.6), "close": (1.4, 0.66)}
"""How tall a body stands in the picture (share of its height), and which point of it (share of the body) is centred."""
_SWING = 0.62
"""How far a camera swings out of a picture, in its widths."""
_FOCUS = 0.42
"""Where in the picture a shot puts what it is about: above the captions."""


@dataclass(frozen=True)
class Subject:
    """What a shot can be about: where it stands, how tall it is."""

    x: float
    y: float
    height: float


class CameraWork:
    """The camera of one scene in the making."""

    def __init__(self, width: float, height: float, centre: float) -> None:
        self.width, self.height, self.centre = width, height, centre
        self.lines = {
            "x": KeyLine(width / 2),
            "y": KeyLine(height / 2),
            "zoom": KeyLine(1.0),
            "rot": KeyLine(0.0),
            "saturation": KeyLine(1.0),
            "tint": KeyLine(0.0),
        }
        self.shakes: list[tuple[int, float]] = []
        self.swings: list[tuple[int, int, tuple[float, float], bool]] = []
        self.grades: list[tuple[Grade, int, int]] = []
        self.spread: dict[str, KeyLine] = {}

    def eye(self, frame: int) -> Eye:
        """Where it stands at a frame, as directed so far; what it shakes and swings by is beside that."""
        return Eye(*(self.lines[name].at(frame) for name in ("x", "y", "zoom", "rot")))

    def _aim(self, zoom: float, x: float, y: float) -> tuple[float, float]:
        """The camera's place that shows a point of the stage where shots put their subject."""
        return (
            x - (self.centre - self.width / 2) / zoom,
            y - (_FOCUS * self.height - self.height / 2) / zoom,
        )

    def shoot(self, spec: CameraSpec, subject: Subject | None, frame: int, frames: int) -> None:
        """Moves the camera as a script says, from a frame on, over so many frames (0: a cut)."""
        zoom = self.lines["zoom"].at(frame)
        if spec.zoom is not None:
            zoom = spec.zoom
        aim: tuple[float, float] | None = None
        if spec.shot == "wide":
            zoom, aim = 1.0, (self.width / 2, self.height / 2)
        elif subject is not None and subject.height > 0:
            share, point = _FRAMING.get(spec.shot or "", (0.0, 0.5))
            if share:
                zoom = share * self.height / subject.height
            aim = self._aim(zoom, subject.x, subject.y - point * subject.height)
        elif subject is not None:
            aim = self._aim(zoom, subject.x, subject.y)
        if spec.push is not None:
            zoom *= spec.push
        moves = {"zoom": zoom}
        if aim is not None:
            moves |= {"x": aim[0], "y": aim[1]}
        if spec.tilt is not None:
            moves["rot"] = spec.tilt
        for name, value in moves.items():
            if value != self.lines[name].last:
                self.lines[name].move(frame, frames, value, spec.ease)
        if spec.shake:
            self.shakes.append((frame, spec.shake))

    def swing(self, frame: int, frames: int, way: tuple[float, float], away: bool) -> None:
        """Swings out of a picture in a direction, or into one from the opposite side, over so many frames."""
        self.swings.append((frame, frames, way, away))

    def grade(self, spec: Grade, frame: int, frames: int, source: tuple[float, float] | None = None) -> None:
        """Moves the colours of the picture: of all of it at once, or running out from a point of the stage."""
        if source is not None and frames > 0:
            self._spread(source, frame, frames)
            frames = 0
        self.lines["saturation"].move(frame, frames, spec.saturation)
        self.lines["tint"].move(frame, frames, spec.tint)
        self.grades.append((spec, frame, frames))

    def _spread(self, source: tuple[float, float], frame: int, frames: int) -> None:
        """What lies beyond a circle that grows keeps the colours there were."""
        before = {f"around.{name}": self.lines[name].at(frame) for name in ("saturation", "tint")}
        for name, value in {"spread.x": source[0], "spread.y": source[1], **before}.items():
            self.spread.setdefault(name, KeyLine(value)).move(frame, 0, value)
        reach = self.spread.setdefault("spread", KeyLine(1.0))
        reach.move(frame, 0, 0.0)
        reach.move(frame, frames, 1.0, "linear")

    def _moods(self) -> Iterator[tuple[str, Channel]]:
        """What only some stories say of their light; an accent that is left out goes with the saturation."""
        if any(spec.warmth for spec, *_ in self.grades):
            warmth = KeyLine(0.0)
            for spec, frame, frames in self.grades:
                warmth.move(frame, frames, spec.warmth)
            yield "warmth", warmth.channel()
        if any(spec.accent is not None for spec, *_ in self.grades):
            accent = KeyLine(1.0)
            for spec, frame, frames in self.grades:
                accent.move(frame, frames, min(spec.saturation, 1.0) if spec.accent is None else spec.accent)
            yield "accent", accent.channel()

    @property
    def warmth(self) -> float:
        """How warm it is where it is warmest."""
        return max((spec.warmth for spec, *_ in self.grades), default=0.0)

    def channels(self, length: int, rate: float, seed: int) -> tuple[tuple[str, Channel], ...]:
        """The frozen channels; a shake is seeded, alternates sides and dies away within half a second.

        Where it shakes and swings is beside where it stands.
        """
        lines = {**self.lines, **self.spread}
        channels: list[tuple[str, Channel]] = [(name, line.channel()) for name, line in lines.items()]
        channels += self._moods()
        if self.shakes or self.swings:
            for axis in ("x", "y"):
                chance = random.Random(f"{seed}/shake/{axis}")
                values = [0.0] * length
                for start, strength in self.shakes:
                    reach = round(0.5 * rate)
                    for age in range(min(reach, length - start)):
                        fade = (1 - age / reach) ** 2
                        side = 1 if age % 2 else -1
                        values[start + age] += side * strength * fade * chance.uniform(0.55, 1.0)
                for begun, frames, way, away in self.swings:
                    for age in range(min(frames, length - begun)):
                        gone = ((age + 1) / frames) ** 2 if away else -((1 - age / frames) ** 2)
                        values[begun + age] += gone * _SWING * self.width * way[axis == "y"]
                channels.append((f"shake.{axis}", baked(values)))
        return tuple(channels)
