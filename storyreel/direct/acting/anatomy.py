"""What a body is made of, as acting needs it: arms by how far they are lifted, legs by where their feet stand."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from storyreel.puppet.model import Limb, Point, Rig

SIDES = ("Left", "Right")
_HANGING = 30.0
"""How far an arm is taken to be lifted at rest where the drawing doesn't tell."""
_PROFILE = 0.06
"""How far a face lies beside its head in a profile, as a share of the body's height; in a three-quarter view, less."""


@dataclass(frozen=True)
class Arm:
    """An arm: `outward` is 1 where it hangs at the right of the picture, -1 at the left; `rest` is its lift at rest.

    A lift is 0 straight down, 90 straight out, 180 straight up, negative across the body; an arm with an elbow is
    lifted by its upper bone. `forearm` is the part that turns about the elbow, if there is one; `hand` the one that
    turns about the wrist.
    """

    part: str
    hand: str
    forearm: str
    shoulder: Point
    outward: float
    rest: float
    limb: Limb

    @property
    def length(self) -> float:
        """From the shoulder to the hand, stretched out."""
        return sum(self.limb.bones)

    def lift(self, turn: float) -> float:
        """How far a turn from rest lifts it, beyond its rest."""
        return -self.outward * turn


@dataclass(frozen=True)
class Leg:
    """A leg; without a limb in the rig it is moved as it is. `shin` is the part that turns about its knee, if any."""

    part: str
    foot: str
    outward: float
    limb: Limb | None
    shin: str = ""


@dataclass(frozen=True)
class Anatomy:
    """A body's arms and legs by side, its middle, and whether its head is its body: such a head carries the arms."""

    arms: Mapping[str, Arm]
    legs: Mapping[str, Leg]
    middle: float
    all_head: bool

    @property
    def planted(self) -> bool:
        """Whether it has legs that give: its hips can go where the feet don't."""
        return any(leg.limb is not None for leg in self.legs.values())


def lift_of(joint: Point, end: Point, outward: float) -> float:
    """How far a bone is lifted: 0 straight down, 90 straight out."""
    return math.degrees(math.atan2(outward * (end[0] - joint[0]), end[1] - joint[1]))


def _facing(rig: Rig) -> float:
    """The side that a body drawn in profile faces (1: right); 0 for one whose face is before its head."""
    if not (rig.has("Head") and rig.has("Face")):
        return 0.0
    away = rig.pivots["Face"][0] - rig.pivots["Head"][0]
    return math.copysign(1.0, away) if abs(away) > _PROFILE * rig.height else 0.0


def _arm(rig: Rig, side: str, middle: float, facing: float, elbows: bool) -> Arm | None:
    part, hand = f"{side} Arm", f"{side} Hand"
    if not rig.has(part):
        return None
    shoulder = rig.pivots[part]
    limb = rig.limbs.get(part)
    outward = facing or (1.0 if shoulder[0] >= middle else -1.0)
    if limb is not None and elbows:
        limb = _elbowed(rig, limb)
    if limb is None:
        straight = Limb(part, hand, shoulder, shoulder, shoulder, (0.0, 0.0))
        return Arm(part, hand, "", shoulder, outward, _HANGING, straight)
    lower, limb = jointed(rig, limb)
    return Arm(part, limb.tip, lower, shoulder, outward, lift_of(shoulder, limb.elbow, outward), limb)


def _elbowed(rig: Rig, limb: Limb) -> Limb:
    """The limb with its elbow where a part turns that lies between it and its tip, if its rig doesn't say."""
    lower = rig.carriers.get(limb.tip, "")
    if limb.bones[1] > 0 or rig.carriers.get(lower) != limb.part:
        return limb
    elbow = rig.pivots[lower]
    return replace(limb, elbow=elbow, bones=(math.dist(limb.shoulder, elbow), math.dist(elbow, limb.hand)))


def jointed(rig: Rig, limb: Limb) -> tuple[str, Limb]:
    """The part below a limb's joint, and the limb as it can move: a joint that is not drawn can't bend."""
    lower = next((name for name, carrier in rig.carriers.items() if carrier == limb.part and name != limb.tip), "")
    if lower and limb.bones[1] > 0:
        return lower, limb
    return "", replace(limb, elbow=limb.hand, bones=(math.dist(limb.shoulder, limb.hand), 0.0))


def _leg(rig: Rig, side: str, middle: float) -> Leg | None:
    part = f"{side} Leg"
    if not rig.has(part):
        return None
    outward = 1.0 if rig.pivots[part][0] >= middle else -1.0
    if part not in rig.limbs:
        return Leg(part, "", outward, None)
    shin, limb = jointed(rig, rig.limbs[part])
    return Leg(part, limb.tip, outward, limb, shin)


def anatomy(rig: Rig, elbows: bool = False) -> Anatomy:
    """The anatomy that a rig describes; with `elbows`, arms bend where the drawing has a forearm, and both arms of a
    body in profile go up on the side that it faces."""
    middle = rig.pivots.get("Body", rig.feet)[0]
    facing = _facing(rig) if elbows else 0.0
    arms = {side: arm for side in SIDES if (arm := _arm(rig, side, middle, facing, elbows)) is not None}
    legs = {side: leg for side in SIDES if (leg := _leg(rig, side, middle)) is not None}
    head = rig.pivots.get("Head")
    all_head = head is not None and any(arm.shoulder[1] < head[1] for arm in arms.values())
    return Anatomy(arms, legs, middle, all_head)


def meeting(body: Anatomy, side: str, reach: float) -> float:
    """The lift that brings an arm of that reach before the middle of the chest, where it meets the other."""
    arm = body.arms[side]
    long = max(arm.length * reach, 1.0)
    short_of = abs(arm.shoulder[0] - body.middle) - 0.13 * long
    return -math.degrees(math.asin(min(max(short_of / long, 0.0), 0.62)))
