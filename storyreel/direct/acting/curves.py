"""The curves of one body: for every channel one number a frame, to which idling, speech and acts add.

Angles and shifts add up; sizes multiply. `torso.*` moves the body with all that it carries, and leaves the feet where
they are.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence

import numpy as np

from storyreel.puppet.model import Rig
from storyreel.timeline.easing import easing

Array = np.ndarray[tuple[int], np.dtype[np.float64]]
Row = tuple[float, Mapping[str, float], str]
"""A drawing of an act: when (frames at 30 a second from its start), its channels, and the easing that leads to it."""

_FACTORS = ("sx", "sy")


def is_factor(channel: str) -> bool:
    """Whether a channel multiplies (sizes) instead of adding."""
    return channel.rpartition(".")[2] in _FACTORS


class Curves:
    """All channels of one puppet over a scene, in the making.

    Channels without a part (`x y sx sy rot`) move the whole body about its feet, x and y in stage units.
    """

    def __init__(self, rig: Rig, length: int, rate: float, scale: float) -> None:
        self.rig, self.length, self.rate, self.scale = rig, length, rate, scale
        self.channels: dict[str, Array] = {}
        self.frames: Array = np.arange(length, dtype=np.float64)

    @property
    def unit(self) -> float:
        """Frames for each thirtieth of a second: acts are thought in thirtieths."""
        return self.rate / 30

    def of(self, channel: str) -> Array:
        """A channel's curve, made at rest when it is first asked for."""
        if channel not in self.channels:
            self.channels[channel] = np.full(self.length, 1.0 if is_factor(channel) else 0.0)
        return self.channels[channel]

    def drawn(self, part: str) -> bool:
        """Whether the puppet has a part."""
        return self.rig.has(part)

    def named(self, channel: str) -> str:
        """The root's own channels are the whole body's."""
        part, _, what = channel.rpartition(".")
        return what if part == self.rig.root else channel

    def add(self, channel: str, start: int, values: Sequence[float] | Array) -> None:
        """Adds values (factors: multiplies) from a frame on; what lies outside the scene is dropped."""
        channel = self.named(channel)
        given = np.asarray(values, dtype=np.float64)
        first, last = max(start, 0), min(start + len(given), self.length)
        if first >= last:
            return
        curve = self.of(channel)
        cut = given[first - start : last - start]
        if is_factor(channel):
            curve[first:last] *= cut
        else:
            curve[first:last] += cut

    def hold(self, channel: str, start: int, value: float) -> None:
        """Adds a value (factors: multiplies) from a frame to the end of the scene."""
        if start < self.length:
            self.add(channel, start, np.full(self.length - max(start, 0), value) if start >= 0 else [])

    def override(self, channel: str, start: int, values: Sequence[float] | Array) -> None:
        """Sets values outright: switches such as `mouth` and `show`."""
        given = np.asarray(values, dtype=np.float64)
        first, last = max(start, 0), min(start + len(given), self.length)
        if first < last:
            self.of(channel)[first:last] = given[first - start : last - start]

    def rows(self, start: int, rows: Sequence[Row], strength: float = 1.0, fit: int | None = None) -> None:
        """Plays a sequence of drawings from a frame on, each eased into; begins and ends at rest.

        Args:
            start: the act's first frame.
            rows: the drawings; one that names no channel is rest. `.front` switches at its row.
            strength: how far from rest they go.
            fit: frames that the whole is stretched or squeezed into.
        """
        span = rows[-1][0] * self.unit
        stretch = (fit / span if fit else 1.0) * self.unit
        channels = {channel for _, drawing, _ in rows for channel in drawing}
        count = max(1, math.ceil(rows[-1][0] * stretch) + 1)
        at = np.arange(count) / stretch
        for channel in sorted(channels):
            part = channel.rpartition(".")[0]
            if part and not self.drawn(part) and part != "torso" and not part.startswith(("gaze", "blink")):
                continue
            if channel.endswith((".front", ".show")):
                self._switch(channel, start, rows, at)
                continue
            rest = 1.0 if is_factor(channel) else 0.0
            values = np.empty(count)
            when, value = 0.0, rest
            marks = [(when, value, "linear")]
            for when, drawing, ease in rows:
                goal = drawing.get(channel, rest)
                marks.append((when, rest + (goal - rest) * strength, ease))
            for index in range(len(marks) - 1):
                (t0, v0, _), (t1, v1, ease) = marks[index], marks[index + 1]
                inside = (at >= t0) & (at <= t1) if t1 > t0 else at == t1
                curve = easing(ease)
                for frame in np.flatnonzero(inside):
                    progress = (at[frame] - t0) / (t1 - t0) if t1 > t0 else 1.0
                    values[frame] = v0 + (v1 - v0) * curve(float(progress))
            values[at > marks[-1][0]] = marks[-1][1]
            self.add(channel, start, values)

    def _switch(self, channel: str, start: int, rows: Sequence[Row], at: Array) -> None:
        marks = [(0.0, 0.0)] + [(when, drawing.get(channel, 0.0)) for when, drawing, _ in rows]
        values = np.zeros(len(at))
        for (t0, v0), (t1, v1) in itertools.pairwise(marks):
            values[(at >= t0) & (at < t1)] = max(v0, v1)
        first, last = max(start, 0), min(start + len(values), self.length)
        if first < last:
            curve = self.of(channel)
            curve[first:last] = np.maximum(curve[first:last], values[first - start : last - start])

    def envelope(self, count: int, attack: float = 5, release: float = 6) -> Array:
        """0 to 1 and back over so many frames; attack and release in thirtieths of a second."""
        at = np.arange(count, dtype=np.float64)
        up = np.clip(at / max(attack * self.unit, 1), 0, 1)
        down = np.clip((count - 1 - at) / max(release * self.unit, 1), 0, 1)
        lower = np.minimum(up, down)
        return np.asarray(lower * lower * (3 - 2 * lower))

    def seconds(self, count: int) -> Array:
        """The time of so many frames, from 0."""
        return np.arange(count, dtype=np.float64) / self.rate
