"""One act being played: its own time, its strength over that time, and the curves it adds to."""

from __future__ import annotations

import math

import numpy as np

from storyreel.direct.acting.act import Act, Span
from storyreel.direct.acting.chart import Key, claim_of, marks_of, run
from storyreel.direct.acting.curves import Array, Curves, Values, is_factor, smooth
from storyreel.treatment.look import Motion

_LAGS = {"Head": 0.6, "Hand": 1.5}
"""Thirtieths of a second by which parts come after the hips in a chart, by their last words; limbs and heads are
late by their own weight besides (see `storyreel.direct.acting.solve`)."""
_CLAIMED = ("lift", "reach")


def lag(channel: str) -> float:
    """How late a channel is in a chart."""
    part = channel.rpartition(".")[0]
    return _LAGS.get(part.rpartition(" ")[2], 0.0)


class Take:
    """An act on the curves of a body.

    Attributes:
        t: the act's own time in thirtieths of a second at every frame of the scene (negative before it starts).
        whole: how long it takes in its own time.
        until: the frame from which something else ends what the act holds.
    """

    def __init__(self, curves: Curves, act: Act, span: Span, motion: Motion, until: float = math.inf) -> None:
        self.until = until
        self.curves, self.act, self.motion = curves, act, motion
        given = max(act.frames, 1) / curves.unit
        real = (curves.frames - act.start) / curves.unit
        self.whole = given if span.loops else span.whole
        if span.loops:
            self.t: Array = real
        elif span.slack is None or given < span.whole:
            self.t = real * span.whole / given
        else:
            extra = given - span.whole
            self.t = np.where(real <= span.slack, real, np.where(real < span.slack + extra, span.slack, real - extra))

    @property
    def seconds(self) -> Array:
        """The act's own time in seconds."""
        return np.asarray(self.t / 30)

    def weight(self, attack: float = 5, release: float = 6) -> Array:
        """0 outside the act and 1 inside; up and down in so many thirtieths, less in an act that is short."""
        squeeze = min(1.0, self.whole / max(attack + release, 1e-6))
        up = smooth(self.t / max(attack * squeeze, 1e-6))
        down = smooth((self.whole - self.t) / max(release * squeeze, 1e-6))
        return np.asarray(np.minimum(up, down))

    def kept(self, attack: float = 8, release: float = 9) -> Array:
        """0 before the act and 1 from its attack on, for as long as nothing else ends it."""
        up = smooth(self.t / max(attack, 1e-6))
        gone = smooth((self.curves.frames - self.until) / (release * self.curves.unit))
        return np.asarray(up * (1 - gone))

    def hand(self, side: str, *names: str, weight: Array | None = None) -> None:
        """Shows the first of these hands that the puppet has on a side, while the weight (the act's own) is high."""
        on = self.weight(4, 4) if weight is None else weight
        self.curves.hands.append((side, on > 0.5, names))

    def frame(self, t: float) -> float:
        """The scene's frame at a moment of the act's own time."""
        later = np.flatnonzero(self.t >= t)
        return float(later[0]) if len(later) else float(self.curves.length)

    def add(self, channel: str, values: Values) -> None:
        """Adds to a channel."""
        self.curves.add(channel, values)

    def claim(self, channel: str, values: Values, weight: Array) -> None:
        """Takes a channel over."""
        self.curves.claim(channel, values, weight)

    def chart(self, *keys: Key, strength: float = 1.0) -> None:
        """Plays keys, each a time in thirtieths and what the body is at then.

        Lifts and reaches are claimed and are as the keys say; everything else is added, times `strength`. Channels
        that a key leaves out run through it.
        """
        for channel in sorted({name for key in keys for name in key[1]}):
            t = self.t - lag(channel)
            if channel.rpartition(".")[2] in _CLAIMED:
                values, weight = claim_of(keys, channel)
                if values:
                    self.claim(channel, run(values, t), run(weight, t))
                continue
            rest = 1.0 if is_factor(channel) else 0.0
            curve = run(marks_of(keys, channel, rest), t)
            self.add(channel, rest + (curve - rest) * strength)

    def shut(self, start: float, end: float, sides: tuple[str, ...] = ("Left", "Right")) -> None:
        """Shuts the eyes from one moment to another (thirtieths of the act's own time)."""
        lids = np.minimum(smooth((self.t - start) / 3), smooth((end + 3 - self.t) / 3))
        self.curves.shut(np.asarray(lids), sides)

    def mouth(self, start: float, end: float, *names: str) -> None:
        """Draws the first of these mouths that the puppet has from one moment to another, unless it speaks."""
        self.curves.mouth((self.t >= start) & (self.t < end), *names)

    def wide(self, start: float, end: float) -> None:
        """Keeps the eyes open from one moment to another."""
        self.curves.keep_awake(self.frame(start), self.frame(end))


def both(what: str, value: float | None) -> dict[str, float | None]:
    """The same for both sides: `both("Arm.lift", 90)`."""
    return {f"Left {what}": value, f"Right {what}": value}
