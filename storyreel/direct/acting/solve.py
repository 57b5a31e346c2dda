"""From controls to the puppet's own channels: squash with its volume kept, hips over planted feet, arms with weight.

What the torso does is spread over the parts that stand beside it in the drawing; a leg keeps its foot where it is,
whatever the hips do.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from storyreel.direct.acting.anatomy import SIDES, Arm, Leg
from storyreel.direct.acting.curves import Array, Curves, Grasp, smooth
from storyreel.direct.acting.limbs import reach
from storyreel.direct.acting.living import lids
from storyreel.direct.acting.motor import chase, jolts
from storyreel.direct.acting.overlap import untwinned
from storyreel.direct.acting.shoulders import raised, show_hands
from storyreel.direct.acting.squash import Squash, squashed

_VOLUME = (0.91, 1.04)
_HEAD_HERTZ, _HEAD_ZETA = 6.2, 0.62
_ARM_HERTZ, _ARM_ZETA = 4.6, 0.6
_HAND_HERTZ, _HAND_ZETA = 4.2, 0.45
_ARM_LOOSE, _ARM_JOLT = 1.7, 480.0
"""How much an arm feels that its shoulder is jerked, and the most it feels (degrees a second)."""
_HAND_DRAG, _HAND_LIMIT = 0.5, 30.0
_FRONT = 97.0
"""From this lift on an arm is drawn before the head."""
_GAZE_TURNED = 0.55
_FACE_CHANGES = 5
"""Thirtieths of a second round a glad face that belong to it: the blink that hides its coming."""
_LEG_STRETCH = (0.42, 1.4)


def solve(curves: Curves) -> None:
    """Turns every control into channels of the puppet."""
    _brows(curves)
    _head(curves)
    _hips(curves, _volume(curves))
    _arms(curves)
    _laugh(curves)
    for name, head in (("gaze.x", "Head.turn"), ("gaze.y", "Head.nod")):
        gaze = np.clip(curves.of(name), -1, 1)
        # The far eye is seen narrower: on a head that has turned, an iris goes less far that way.
        turned = np.clip(curves.of(head) * np.sign(gaze), 0, 1) if curves.has(head) else np.zeros(curves.length)
        curves.channels[name] = np.clip(gaze, -1 + _GAZE_TURNED * turned, 1 - _GAZE_TURNED * turned)
    if curves.lively:
        lids(curves)
        show_hands(curves)


def _brows(curves: Curves) -> None:
    height, turn = curves.take("brows.y") * curves.mil, curves.take("brows.rot")
    for side in SIDES:
        part = f"{side} Eyebrow"
        if curves.rig.has(part):
            opposite = curves.rig.pivots.get(f"{'Right' if side == 'Left' else 'Left'} Eyebrow", (0.0, 0.0))
            outside = 1.0 if curves.rig.pivots[part][0] >= opposite[0] else -1.0
            curves.add(f"{part}.dy", height)
            curves.add(f"{part}.rot", outside * turn)


def _head(curves: Curves) -> None:
    """The head comes after the body and settles by itself."""
    x, y = curves.take("Head.x") * curves.mil, curves.take("Head.y") * curves.mil
    if not curves.rig.has("Head"):
        for name in ("rot", "turn", "nod", "dx", "dy"):
            curves.channels.pop(f"Head.{name}", None)
        return
    if curves.body.all_head:
        x, y = 0.4 * x, 0.25 * y
        curves.channels["Head.rot"] = 0.75 * curves.of("Head.rot")
    curves.add("Head.dx", x)
    curves.add("Head.dy", y)
    names = ("Head.rot", "Head.dx", "Head.dy", "Head.turn", "Head.nod")
    late = chase(np.array([curves.of(name) for name in names]), curves.rate, _HEAD_HERTZ, _HEAD_ZETA)
    for name, curve in zip(names, late, strict=True):
        curves.channels[name] = curve
    for name in ("Head.turn", "Head.nod"):
        curves.channels[name] = np.clip(curves.of(name), -1.15, 1.15)


def width_for(height: Array) -> Array:
    """How wide a body is that is so high as a factor: its volume stays within what an audience takes for the same.

    The exponents are those of the look's own drawings: 1.2 high is 0.86 wide, 0.76 high is 1.2 wide.
    """
    wide = np.where(height > 1, height**-0.83, height**-0.665)
    return np.asarray(np.clip(wide, _VOLUME[0] / height, _VOLUME[1] / height))


def _volume(curves: Curves) -> Squash | None:
    """The body's height and width; in the lively manner the trunk's, and how what hangs on it is shifted."""
    height = np.clip(curves.take("sy"), 0.55, 1.45)
    size = curves.take("size")
    if curves.lively:
        curves.channels["sy"], curves.channels["sx"] = size, size.copy()
        if not curves.body.planted:
            y = curves.take("hips.y") * curves.mil
            height = height * np.clip(1 - 0.55 * y / curves.rig.height, 0.7, 1.3)
        return squashed(curves, height, width_for(height))
    curves.channels["sy"], curves.channels["sx"] = height * size, width_for(height) * size
    return None


def _hips(curves: Curves, squash: Squash | None) -> None:
    """Moves the hips, leans what is above them, and lets the legs reach for where the feet stand."""
    rig, body, mil = curves.rig, curves.body, curves.mil
    x, y, tilt = curves.take("hips.x") * mil, curves.take("hips.y") * mil, curves.take("hips.rot")
    lean = curves.take("chest.rot")
    if not body.planted and squash is None:
        curves.channels["sy"] = curves.of("sy") * np.clip(1 - 0.55 * y / rig.height, 0.7, 1.3)
        curves.channels["sx"] = width_for(curves.of("sy"))
        y = np.zeros(curves.length)
    centre = rig.pivots.get("Body", rig.feet)
    legs = {leg.part for leg in body.legs.values()}
    for part, carrier in rig.carriers.items():
        if carrier not in (rig.root, "") or part == rig.root or part in legs:
            continue
        if squash is None:
            _spread(curves, part, centre, lean, x, y)
        else:
            _along(curves, part, _Trunk(centre, lean, x, y, squash))
    if rig.has("Skirt"):
        curves.add("Skirt.rot", tilt - 0.5 * lean)
    if body.all_head:
        _ride(curves)
    for leg in body.legs.values():
        _stand(curves, leg, centre, x, y, tilt, squash)


def _spread(curves: Curves, part: str, centre: tuple[float, float], turn: Array, x: Array, y: Array) -> None:
    """Turns a part about a point and shifts it, with everything that it is."""
    away_x, away_y = curves.rig.pivots[part][0] - centre[0], curves.rig.pivots[part][1] - centre[1]
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    curves.add(f"{part}.dx", x + cos * away_x - sin * away_y - away_x)
    curves.add(f"{part}.dy", y + sin * away_x + cos * away_y - away_y)
    curves.add(f"{part}.rot", turn)


@dataclass(frozen=True)
class _Trunk:
    """How a trunk has gone: squashed, then turned about its root and shifted."""

    centre: tuple[float, float]
    turn: Array
    x: Array
    y: Array
    squash: Squash

    def place(self, x: float, y: float) -> tuple[Array, Array]:
        """Where a point of it is."""
        (root_x, root_y), (now_x, now_y) = self.squash.place(*self.centre), self.squash.place(x, y)
        cos, sin = np.cos(np.radians(self.turn)), np.sin(np.radians(self.turn))
        away_x, away_y = now_x - root_x, now_y - root_y
        return root_x + self.x + cos * away_x - sin * away_y, root_y + self.y + sin * away_x + cos * away_y


def _along(curves: Curves, part: str, trunk: _Trunk) -> None:
    """Takes a part along with the trunk, as it is drawn."""
    pivot = curves.rig.pivots[part]
    x, y = trunk.place(*pivot)
    curves.add(f"{part}.dx", x - pivot[0])
    curves.add(f"{part}.dy", y - pivot[1])
    curves.add(f"{part}.rot", trunk.turn)


def _ride(curves: Curves) -> None:
    """Arms of a body that is all head stand beside the head in the drawing, and go where it goes."""
    for arm in curves.body.arms.values():
        if curves.rig.carriers.get(arm.part, "") in (curves.rig.root, "", "Body"):
            turn, dx, dy = (curves.of(f"Head.{name}") for name in ("rot", "dx", "dy"))
            _spread(curves, arm.part, curves.rig.pivots["Head"], turn, dx, dy)


def _stand(
    curves: Curves,
    leg: Leg,
    centre: tuple[float, float],
    x: Array,
    y: Array,
    tilt: Array,
    squash: Squash | None = None,
) -> None:
    """Puts a foot where it stands, and the leg between it and the hip."""
    side, mil = leg.part.split()[0], curves.mil
    step_x = curves.take(f"{side} Foot.x") * mil
    step_y = -curves.take(f"{side} Foot.y") * mil
    toes = curves.take(f"{side} Foot.tilt") * leg.outward
    if leg.limb is None:
        curves.add(f"{leg.part}.dx", step_x)
        curves.add(f"{leg.part}.dy", step_y)
        curves.add(f"{leg.part}.rot", 0.6 * toes)
        return
    feet = curves.rig.feet[0]
    hip, foot = leg.limb.shoulder, leg.limb.hand
    if curves.rig.carriers.get(leg.part, "") not in (curves.rig.root, ""):
        x = y = tilt = np.zeros(curves.length)  # what carries the leg has taken its hip along
    # The body's width must not move a foot that stands: an idle breath would make it slide.
    width = curves.of("sx")
    hold = (foot[0] - feet) * (1 / width - 1) * smooth((0.05 - np.abs(width - 1)) / 0.03)
    cos, sin = np.cos(np.radians(tilt)), np.sin(np.radians(tilt))
    away_x, away_y = hip[0] - centre[0], hip[1] - centre[1]
    hip_x = centre[0] + x + cos * away_x - sin * away_y
    hip_y = centre[1] + y + sin * away_x + cos * away_y
    if squash is not None and curves.rig.carriers.get(leg.part, "") in (curves.rig.root, ""):
        hip_x, hip_y = _Trunk(centre, tilt, x, y, squash).place(*hip)
    curves.add(f"{leg.part}.dx", hip_x - hip[0])
    curves.add(f"{leg.part}.dy", hip_y - hip[1])
    stands_x, stands_y = foot[0] + step_x + hold, foot[1] + step_y
    if leg.shin:
        to_x, to_y = stands_x - hip_x + hip[0], stands_y - hip_y + hip[1]
        found = [reach(leg.limb, x, y, leg.outward) for x, y in zip(to_x, to_y, strict=True)]
        thigh, knee = np.array([one.shoulder for one in found]), np.array([one.elbow for one in found])
        curves.add(f"{leg.part}.rot", thigh)
        curves.add(f"{leg.shin}.rot", knee)
        curves.add(f"{leg.foot}.rot", toes - thigh - knee)
        return
    rest_x, rest_y = foot[0] - hip[0], foot[1] - hip[1]
    if not rest_x and not rest_y:
        return  # a foot that stands in the hip: a leg of no length, which goes nowhere
    now_x, now_y = stands_x - hip_x, stands_y - hip_y
    lean = np.degrees(np.arctan2(now_y, now_x) - math.atan2(rest_y, rest_x))
    stretch = np.clip(np.hypot(now_x, now_y) / math.hypot(rest_x, rest_y), *_LEG_STRETCH)
    curves.add(f"{leg.part}.rot", lean)
    curves.add(f"{leg.part}.sy", stretch)
    if squash is not None:
        # A leg that is drawn aslant is not shortened towards its foot: the hip, which nobody sees, makes up for it.
        cos, sin = np.cos(np.radians(lean)), np.sin(np.radians(lean))
        curves.add(f"{leg.part}.dx", now_x - (cos * rest_x - sin * rest_y * stretch))
        curves.add(f"{leg.part}.dy", now_y - (sin * rest_x + cos * rest_y * stretch))
    if leg.foot and curves.rig.has(leg.foot):
        curves.add(f"{leg.foot}.rot", toes - lean)
        curves.add(f"{leg.foot}.sy", 1 / stretch)


def _arms(curves: Curves) -> None:
    """Arms go where they are wanted, late and a little too far; they feel what the shoulders do, hands what arms do."""
    if curves.lively:
        untwinned(curves, curves.body.arms)
    for side, arm in curves.body.arms.items():
        wanted = curves.take(f"{side} Arm.lift")
        flick = curves.take(f"{side} Hand.lift")
        length = curves.take(f"{side} Arm.reach")
        lift = chase(wanted[None], curves.rate, _ARM_HERTZ, _ARM_ZETA, _jerked(curves, arm, wanted)[None])[0]
        swing = -_HAND_DRAG * jolts(lift, curves.rate)
        hand = chase(flick[None], curves.rate, _HAND_HERTZ, _HAND_ZETA, swing[None])[0]
        hand = _HAND_LIMIT * np.tanh(hand / _HAND_LIMIT)
        turn = -arm.outward * (lift - arm.rest)
        leaning = curves.of(f"{arm.part}.rot")
        fold = np.zeros(curves.length)
        if curves.lively:
            high, fold, longer = raised(curves, arm, lift)
            turn, length = -arm.outward * (high - arm.rest), length * longer
        for grasp in (one for one in curves.grasps if one.side == side):
            turn, fold, length = _grasped(curves, arm, grasp, turn, fold, length, leaning)
        curves.channels[f"{arm.part}.rot"] = leaning + turn
        if np.any(length != 1):
            curves.add(f"{arm.part}.sx", length)
            curves.add(f"{arm.part}.sy", length)
        if arm.forearm and np.any(fold):
            curves.add(f"{arm.forearm}.rot", fold)
        if curves.rig.has(arm.hand):
            curves.add(f"{arm.hand}.rot", -arm.outward * hand)
        front = (lift > _FRONT) | (curves.of(f"{arm.part}.front") >= 0.5)
        curves.channels[f"{arm.part}.front"] = front.astype(np.float64)


def _grasped(
    curves: Curves, arm: Arm, grasp: Grasp, turn: Array, fold: Array, length: Array, leaning: Array
) -> tuple[Array, Array, Array]:
    """The arm's turn, its elbow's and its length once its hand is where it has to be, wherever the shoulder is."""
    dx, dy = curves.of(f"{arm.part}.dx"), curves.of(f"{arm.part}.dy")
    # The body's squash moves what is in its own units, but not what it has in hand.
    feet_x, feet_y = curves.rig.feet
    aim_x = feet_x + (grasp.x - feet_x) / curves.of("sx") - dx
    aim_y = feet_y + (grasp.y - feet_y) / curves.of("sy") - dy
    found = [reach(arm.limb, float(x), float(y), arm.outward) for x, y in zip(aim_x, aim_y, strict=True)]
    wanted = np.unwrap(np.array([one.shoulder for one in found]) - leaning, period=360)
    # An arm goes up on its own side of the body: the short way round may lead across the face.
    wanted = wanted - 360 * np.round((wanted + arm.outward * (90 - arm.rest)) / 360)
    weight = grasp.weight
    return (
        turn * (1 - weight) + wanted * weight,
        fold * (1 - weight) + np.array([one.elbow for one in found]) * weight,
        length * (1 - weight) + np.array([one.length for one in found]) * weight,
    )


def _jerked(curves: Curves, arm: Arm, lift: Array) -> Array:
    """The speed (degrees a second) that an arm gets when its shoulder is jerked: in a fall it flies up."""
    rig = curves.rig
    tall = rig.feet[1] - arm.shoulder[1]
    y = curves.of("y") / curves.scale + curves.of(f"{arm.part}.dy") - (curves.of("sy") - 1) * tall
    x = curves.of("x") / curves.scale + curves.of(f"{arm.part}.dx")
    angle = np.radians(lift)
    far = max(arm.length, 0.1 * rig.height)
    felt = jolts(y, curves.rate) * np.sin(angle) - arm.outward * jolts(x, curves.rate) * np.cos(angle)
    return np.asarray(_ARM_JOLT * np.tanh(_ARM_LOOSE * np.degrees(felt / far) / _ARM_JOLT))


def _wider(mask: Array, frames: int) -> Array:
    """What is 1 within so many frames of a 1."""
    near = np.convolve(mask, np.ones(2 * frames + 1))[frames : frames + len(mask)]
    return np.asarray(near > 0.5, dtype=np.float64)


def _laugh(curves: Curves) -> None:
    """Eyes that laugh: by their own drawing, or shut where a puppet has none; a glad face shuts them only so."""
    laugh = curves.take("laugh") if curves.has("laugh") else np.zeros(curves.length)
    glad = _wider(curves.moody("joy", "happy"), round(_FACE_CHANGES * curves.unit))
    for side in SIDES:
        lids = curves.channels.get(f"blink.{side}", np.zeros(curves.length))
        if curves.rig.has(f"{side} Laugh"):
            merry = np.clip(np.maximum(laugh, glad * lids), 0, 1)
            if np.any(merry > 0):
                curves.channels[f"laugh.{side}"] = merry
                curves.channels[f"blink.{side}"] = lids * (1 - glad)
        elif curves.rig.has(f"{side} Blink") and np.any(laugh > 0):
            curves.shut(laugh, (side,))
