"""The curves of one body: for every channel one number a frame, to which idling, speech and acts add.

Beside a puppet's own channels there are controls, which `storyreel.direct.acting.solve` turns into those. Lengths of
controls (`up`, every `.x` and `.y`) are thousandths of the body's height, so that acts fit bodies of any size:

- `up`: how high the whole is off the ground; `sy`: squash and stretch (its width follows, so that its volume stays);
  `size`: how large it has made itself; `rot`: turn about the feet.
- `hips.x .y .rot`: where the hips are and how they tilt, the feet staying; `chest.rot`: the lean from the hips up.
- `Left Arm.lift`: 0 down, 90 out, 180 up; `Left Arm.reach`: its length as a factor; `Left Hand.lift`: on top of that.
- `Left Foot.x .y .tilt`: where a foot is (up is positive in y) and how its toes drop.
- `Head.x .y` (down is positive), `brows.y`, `brows.rot` (inner ends up), `blink.*`, `squint`, `laugh`.

Bodies act in one of two manners: that of the first films (1), and a livelier one (2) whose holds never stop, whose
squash leaves the head its shape, and whose shoulders go with their arms.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from storyreel.direct.acting.act import BASE
from storyreel.direct.acting.anatomy import SIDES, Anatomy, anatomy
from storyreel.puppet.model import Rig
from storyreel.timeline.track import GRID, Baked, Channel

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Values = Array | float

_FACTORS = ("sx", "sy", "reach", "size")


@cache
def is_factor(channel: str) -> bool:
    """Whether a channel multiplies (sizes) instead of adding."""
    return channel.rpartition(".")[2] in _FACTORS


def smooth(progress: Array) -> Array:
    """0 to 1 without a corner at either end."""
    # As `np.clip` has it, which asks a dozen questions first; this is the call that acting makes most.
    x = np.minimum(np.maximum(progress, 0.0), 1.0)
    return np.asarray(x * x * (3 - 2 * x))


@dataclass(frozen=True)
class Grasp:
    """A point (the drawing's units; it may move) that a side's hand has, as far as the weight (0..1) says."""

    side: str
    x: Values
    y: Values
    weight: Array


class Curves:
    """All channels of one puppet over a scene, in the making."""

    def __init__(self, rig: Rig, length: int, rate: float, scale: float, manner: int = 1) -> None:
        self.rig, self.length, self.rate, self.scale = rig, length, rate, scale
        self.lively = manner >= 2
        self.body: Anatomy = anatomy(rig, elbows=self.lively)
        self.frames: Array = np.arange(length, dtype=np.float64)
        self.seconds: Array = self.frames / rate
        self.channels: dict[str, Array] = {}
        self.moods: list[str] = ["neutral"] * length
        self.awake: list[tuple[float, float]] = []
        self.blinked: list[float] = []
        self.seen: tuple[tuple[float, float], ...] = ()
        self.busy: Array = np.zeros(length)
        self.mouths: list[tuple[Mask, str]] = []
        self.grasps: list[Grasp] = []
        self.hands: list[tuple[str, Mask, tuple[str, ...]]] = []
        self.ground: Array = np.zeros(length)
        """How far down the place lies that it stands on, or is off."""
        self.swung: dict[str, Array] = {}
        """How far acts have taken over each arm."""
        self._claims: list[tuple[str, Array, Array]] = []
        for side, arm in self.body.arms.items():
            self.channels[f"{side} Arm.lift"] = np.full(length, arm.rest)

    @property
    def unit(self) -> float:
        """Frames for each thirtieth of a second."""
        return self.rate / BASE

    @property
    def mil(self) -> float:
        """Puppet units in a thousandth of the body's height."""
        return self.rig.height / 1000

    def of(self, channel: str) -> Array:
        """A channel's curve, made at rest when it is first asked for."""
        curve = self.channels.get(channel)
        if curve is None:
            curve = self.channels[channel] = (np.ones if is_factor(channel) else np.zeros)(self.length)
        return curve

    def has(self, channel: str) -> bool:
        """Whether anything has moved a channel."""
        return channel in self.channels

    def take(self, channel: str) -> Array:
        """A channel's curve, which then is no channel any more: a control that has been solved."""
        curve = self.of(channel)
        del self.channels[channel]
        return curve

    def add(self, channel: str, values: Values) -> None:
        """Adds to a channel; multiplies one that is a factor."""
        curve = self.of(channel)
        self.channels[channel] = curve * values if is_factor(channel) else curve + values

    def claim(self, channel: str, values: Values, weight: Array) -> None:
        """Takes a channel over, as far as the weight (0..1) says; what claims it later has it."""
        self._claims.append((channel, np.broadcast_to(np.asarray(values, dtype=np.float64), (self.length,)), weight))

    def settle_claims(self) -> None:
        """Lets every claim have its channel, in the order in which they were made."""
        for channel, values, weight in self._claims:
            self.channels[channel] = self.of(channel) * (1 - weight) + values * weight
            if channel.endswith(" Arm.lift"):
                self.swung[channel] = np.maximum(self.swung.get(channel, 0.0), weight)
        self._claims.clear()

    def shut(self, lids: Array, sides: tuple[str, ...] = SIDES) -> None:
        """Shuts the eyes as far as they are not shut already."""
        for side in sides:
            self.channels[f"blink.{side}"] = np.maximum(self.of(f"blink.{side}"), np.clip(lids, 0, 1))

    def squint(self, lids: Array) -> None:
        """Brings the lids so far down, unless they are further down already."""
        self.channels["squint"] = np.maximum(self.of("squint"), lids)

    def mouth(self, when: Mask, *names: str) -> None:
        """Draws the first of these mouths that the puppet has, in frames in which it doesn't speak."""
        name = next((name for name in names if name in self.rig.mouths), None)
        if name is not None:
            self.mouths.append((when, name))

    def keep_awake(self, start: float, end: float) -> None:
        """Keeps the body's own blinks out of these frames: the audience has to see the eyes."""
        self.awake.append((start, end))

    def moody(self, *names: str) -> Array:
        """1 in frames in which the face is one of these, else 0."""
        return np.array([1.0 if name in names else 0.0 for name in self.moods])

    def looked_at(self, start: float, end: float) -> bool:
        """Whether the audience has to see the eyes in any of these frames: something is hit just then."""
        return any(first < end and start < last for first, last in self.seen)


def kept(curves: Sequence[Array]) -> tuple[Channel, ...]:
    """Curves of one length as channels, each as `track.baked` has it, all frames of all of them at once."""
    if not curves:
        return ()
    # A zero without a sign, as numbers rounded one at a time have it.
    rounded = np.rint(np.stack(curves) * GRID) / GRID + 0.0
    still = (rounded == rounded[:, :1]).all(axis=1).tolist()
    firsts = rounded[:, 0].tolist()
    return tuple(
        first if one else Baked(0, array("d", row.tobytes()))
        for one, first, row in zip(still, firsts, rounded, strict=True)
    )
