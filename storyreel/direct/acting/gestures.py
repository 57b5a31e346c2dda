"""What hands and heads say: waving, pointing, clapping, typing, nodding, winking. Feet stay where they are."""

from __future__ import annotations

import math

import numpy as np

from storyreel.direct.acting.anatomy import meeting
from storyreel.direct.acting.curves import Grasp, smooth
from storyreel.direct.acting.leaps import busy
from storyreel.direct.acting.sitting import as_posed
from storyreel.direct.acting.take import Take, both
from storyreel.timeline.easing import easing


def outside(take: Take, way: float) -> str:
    """The side of the arm at the right (1) or left (-1) of the picture."""
    found = [side for side, arm in take.curves.body.arms.items() if arm.outward == way]
    return found[0] if found else ("Left" if way > 0 else "Right")


def _side(take: Take, otherwise: str) -> tuple[str, float]:
    """The arm that an act names by the puppet's own side, and where it is in the picture."""
    side = {"left": "Left", "right": "Right"}.get(take.act.word("side", otherwise), "Right")
    arm = take.curves.body.arms.get(side)
    return side, arm.outward if arm else 1.0


def wave(take: Take) -> None:
    """A dip, a big arc up with the body stretching after it, and a wave that the hand drags behind."""
    if take.act.word("size", "large") == "small":
        _wave_small(take)
        return
    side, out = _side(take, "right")
    on = take.weight(5, 8)
    take.hand(side, "Wave", "Palm")
    lift, hand = f"{side} Arm.lift", f"{side} Hand.lift"
    beat = (take.t - 7) / 12.5
    swing = np.sin(2 * math.pi * beat) * smooth((take.t - 6) / 4)
    tired = 1 - 0.3 * np.clip((take.t - 20) / 40, 0, 1)
    up = smooth((take.t - 2) / 6)
    top = 3.5 * np.sin(math.pi * np.clip((take.t - 6) / 8, 0, 1))
    dip = np.where(take.t < 4, -16 * np.sin(math.pi * np.clip(take.t / 4, 0, 1)), 0.0)
    rest = take.curves.body.arms[side].rest if side in take.curves.body.arms else 30.0
    take.claim(lift, rest + (136 - rest) * up + top + dip + 16 * tired * swing, on)
    take.add(hand, on * 22 * tired * np.sin(2 * math.pi * (beat - 0.16)) * smooth((take.t - 7) / 4))
    take.add("chest.rot", on * -out * (3.4 - 0.8 * swing))
    take.add("hips.x", on * -out * 9)
    take.add("hips.rot", on * -out * 1.5)
    take.add("Head.rot", on * -out * (5 + 1.8 * np.sin(2 * math.pi * (beat - 0.1))))
    take.add("Head.turn", on * out * 0.12)
    take.chart(
        (3.5, {"sy": 0.965, "Head.y": 8.0, "brows.y": 2.0}),
        (8, {"sy": 1.03, "Head.y": -9.0, "brows.y": -7.0}),
        (13, {"sy": 0.995, "Head.y": -2.0, "brows.y": -4.0}),
        (18, {"sy": 1.0, "Head.y": 0.0}),
        (26, {"brows.y": 0.0}),
    )
    other = outside(take, -out)
    if other in take.curves.body.arms:
        take.claim(f"{other} Arm.lift", take.curves.body.arms[other].rest + 12, 0.8 * on)
    take.wide(0, 16)


def _wave_small(take: Take) -> None:
    """A hand beside the chest, and a wave from the wrist; the head gives a little."""
    side, out = _side(take, "right")
    on = take.weight(8, 9)
    as_posed(take, "wave-small", side, on, 104.0)
    take.hand(side, "Wave", "Palm")
    swing = np.sin(2 * math.pi * (take.t - 8) / 13) * smooth((take.t - 7) / 6)
    take.add(f"{side} Hand.lift", on * 24 * swing)
    arm = take.curves.body.arms.get(side)
    if arm is not None and arm.forearm:
        take.add(f"{arm.forearm}.rot", on * -out * 5 * np.sin(2 * math.pi * (take.t - 6) / 13))
    take.add("Head.rot", on * -out * 3.5)
    take.add("chest.rot", on * -out * 1.0)
    take.chart((4, {"Head.y": 4.0}), (10, {"Head.y": -4.0, "brows.y": -4.0}), (20, {"Head.y": 0.0, "brows.y": 0.0}))


def point(take: Take) -> None:
    """Winds up and points, to the right, left or up of the picture: the whole body goes along, and holds."""
    way = take.act.word("to", "right")
    out = -1.0 if way == "left" else 1.0
    side, other = outside(take, out), outside(take, -out)
    up = way == "up"
    take.hand(side, "Point")
    high, far, end = (137.0, 1.22, take.whole) if up else (112.0, 1.06, take.whole)
    lean, look = (1.5, 0.25) if up else (3.8, 0.5)
    release = max(end - 8, 16.0)
    take.chart(
        (4.5, {f"{side} Arm.lift": 8.0, f"{side} Hand.lift": -14.0, f"{other} Arm.lift": 44.0}),
        (
            9.2,
            {f"{side} Arm.lift": high + (2 if up else 9), f"{side} Hand.lift": 12.0, f"{other} Arm.lift": 58.0},
            "out-cubic",
        ),
        (13, {f"{side} Arm.lift": high - 1, f"{side} Hand.lift": 4.0, f"{other} Arm.lift": 52.0}),
        (release, {f"{side} Arm.lift": high + 1, f"{side} Hand.lift": 4.0, f"{other} Arm.lift": 50.0}),
        (end + 3, {f"{side} Arm.lift": None, f"{side} Hand.lift": 0.0, f"{other} Arm.lift": None}),
    )
    # The arm that points also reaches: foreshortening is what tells a point from a wave.
    take.chart(
        (5, {f"{side} Arm.reach": 0.92}),
        (9, {f"{side} Arm.reach": far + 0.04}),
        (release, {f"{side} Arm.reach": far}),
        (end + 3, {f"{side} Arm.reach": None}),
    )
    take.chart(
        (4.5, {"chest.rot": -out * lean, "hips.x": -out * 10, "Head.rot": -out * 4, "Head.turn": -out * 0.2}),
        (10, {"chest.rot": out * 1.4 * lean, "hips.x": out * 14, "Head.rot": out * 3, "Head.turn": out * look}),
        (14, {"chest.rot": out * lean, "hips.x": out * 10, "Head.rot": out * 5, "Head.turn": out * look}),
        (min(22, release), {"Head.turn": out * look}),
        (min(29, release + 4), {"Head.turn": 0.0, "Head.rot": out * 6}),
        (release, {"chest.rot": out * 0.8 * lean, "hips.x": out * 9}),
        (end + 3, {"chest.rot": 0.0, "hips.x": 0.0, "Head.rot": 0.0}),
    )
    take.chart(
        (4.5, {"sy": 0.95, "Head.y": 10.0, "brows.y": 4.0, "hips.y": 12.0}),
        (9.2, {"sy": 1.05 if up else 1.03, "Head.y": -10.0, "brows.y": -9.0, "hips.y": -4.0}),
        (13, {"sy": 0.985, "Head.y": 2.0, "brows.y": -6.0, "hips.y": 2.0}),
        (18, {"sy": 1.0, "Head.y": 0.0, "brows.y": -4.0, "hips.y": 0.0}),
        (end, {"brows.y": 0.0}),
    )
    glance = smooth((take.t - 3) / 3) * smooth((24 - take.t) / 3)
    take.add("gaze.x", 0.0 if up else glance * out * 0.7)
    take.add("gaze.y", glance * (-0.7 if up else 0.0))
    take.wide(0, 18)


def nod(take: Take) -> None:
    """Nods, `times` times, each smaller; the body gives with it."""
    times = max(1, round(take.act.number("times", 2)))
    keys: list[tuple[float, dict[str, float | None]]] = [(3, {"Head.y": -7.0, "Head.nod": -0.3, "sy": 1.008})]
    at, size = 7.0, 1.0
    for _ in range(times):
        keys.append((at, {"Head.y": 15 * size, "Head.nod": 0.95 * size, "sy": 1 - 0.02 * size}))
        keys.append((at + 4.2, {"Head.y": -3 * size, "Head.nod": -0.12 * size, "sy": 1 + 0.006 * size}))
        at, size = at + 8.0, size * 0.66
    keys.append((at + 1, {"Head.y": 0.0, "Head.nod": 0.0, "sy": 1.0}))
    take.chart(*keys)
    take.add("brows.y", 3.0 * take.weight(6, 6))


def shake(take: Take) -> None:
    """Shakes the head: no. Eyes stay on whom it is said to; the shoulders turn a little against it."""
    on = take.weight(4, 7)
    swing = np.sin(2 * math.pi * take.t / 13.5)
    take.add("Head.turn", on * 0.8 * swing)
    take.add("gaze.x", on * -0.5 * swing)
    take.add("Head.rot", on * 2.6 * np.sin(2 * math.pi * (take.t - 1.5) / 13.5))
    take.add("Head.x", on * 5 * swing)
    take.add("chest.rot", on * -1.2 * swing)
    take.add("brows.y", on * 3)
    take.wide(2, take.whole - 2)


def clap(take: Take) -> None:
    """Claps before the chest, rising on the toes a little with each."""
    on = take.weight(5, 7)
    phase = np.maximum(take.t - 3, 0) / 8.2
    apart = np.abs(np.sin(math.pi * phase)) ** 0.8
    for side in take.curves.body.arms:
        take.claim(f"{side} Arm.lift", meeting(take.curves.body, side, 0.9) + 62 * apart, on)
        take.claim(f"{side} Arm.reach", 0.9 + 0.1 * apart, on)
        take.add(f"{side} Hand.lift", on * 18 * np.cos(2 * math.pi * phase))
        take.hand(side, "Palm")
    take.add("sy", 1 + on * 0.03 * (apart - 0.5))
    take.add("Head.y", on * -5 * apart)
    take.add("Head.rot", on * 3.5 * np.sin(math.pi * phase / 2))
    take.add("hips.x", on * 4 * np.sin(math.pi * phase / 2))


def type_(take: Take) -> None:
    """Types: both hands busy before the chest, the head down, the eyes along the lines."""
    on = take.weight(6, 7)
    t = take.seconds
    for side, rate, phase in (("Left", 5.1, 0.0), ("Right", 5.7, 1.3)):
        if side in take.curves.body.arms:
            tap = np.sin(2 * math.pi * rate * t + phase)
            lift = 0.7 * meeting(take.curves.body, side, 0.86) + 4 * tap + 4 * np.sin(2 * math.pi * 0.7 * t + phase)
            take.claim(f"{side} Arm.lift", lift, on)
            take.claim(f"{side} Arm.reach", 0.86 + 0.03 * tap, on)
            take.add(f"{side} Hand.lift", on * 12 * tap)
    take.add("Head.y", on * 9)
    take.add("Head.nod", on * 0.45)
    take.add("gaze.y", on * 0.6)
    take.add("gaze.x", on * 0.35 * (2 * ((t * 0.8) % 1.0) - 1))
    take.add("chest.rot", on * 1.2 * np.sin(2 * math.pi * 0.5 * t))


def wink(take: Take) -> None:
    """Winks: the head tilts to the eye, the other brow goes up, a little bounce."""
    side = "Right" if take.act.word("side", "left") == "right" else "Left"
    eye = take.curves.rig.pivots.get(f"{side} Eye", (take.curves.body.middle + 1, 0.0))
    out = 1.0 if eye[0] >= take.curves.body.middle else -1.0
    on = take.weight(4, 7)
    take.add("Head.rot", on * out * 6.5)
    take.add("chest.rot", on * -out * 1.6)
    take.chart((3, {"Head.y": 6.0, "sy": 0.985}), (7, {"Head.y": -5.0, "sy": 1.012}), (12, {"Head.y": 0.0, "sy": 1.0}))
    take.shut(1.5, max(take.whole - 5, 5), (side,))
    other = "Left" if side == "Right" else "Right"
    if take.curves.rig.has(f"{other} Eyebrow"):
        take.add(f"{other} Eyebrow.dy", on * -12 * take.curves.mil)
    take.wide(-4, take.whole + 4)


def fist(take: Take) -> None:
    """Makes a fist: an arm winds up low, shoots up beside the head, is pulled down hard, and is held there."""
    side, out = _side(take, "left")
    other, end = outside(take, -out), take.whole
    lift, hand, far = f"{side} Arm.lift", f"{side} Hand.lift", f"{side} Arm.reach"
    take.hand(side, "Fist")
    hold = max(end - 7, 20.0)
    take.chart(
        (5, {lift: 24.0, hand: -14.0, far: 0.9}),
        (11, {lift: 136.0, hand: 16.0, far: 0.98}, "out-quad"),
        (13.5, {lift: 138.0, hand: 10.0, far: 0.96}),
        (17, {lift: 141.0, hand: -8.0, far: 0.72}, "in-quad"),
        (21, {lift: 142.0, hand: 0.0, far: 0.77}),
        (hold + 1.5, {lift: 141.0, hand: 0.0, far: 0.76}),
        (end + 5, {lift: None, hand: 0.0, far: None}),
    )
    if other in take.curves.body.arms:
        take.claim(f"{other} Arm.lift", take.curves.body.arms[other].rest + 20, 0.9 * take.weight(9, 8))
    take.chart(
        (5, {"sy": 0.955, "Head.y": 9.0, "chest.rot": out * 2.0, "Head.rot": out * 2.0, "hips.y": 8.0}),
        (10, {"sy": 1.035, "Head.y": -9.0, "chest.rot": -out * 3.0, "Head.rot": -out * 4.0, "hips.y": -3.0}),
        (17.5, {"sy": 0.97, "Head.y": 8.0, "chest.rot": -out * 1.0, "Head.rot": -out * 6.5, "hips.y": 7.0}, "in-quad"),
        (22, {"sy": 1.008, "Head.y": -1.0, "chest.rot": -out * 1.5, "Head.rot": -out * 5.0, "hips.y": 0.0}),
        (hold + 2.5, {"sy": 1.0, "Head.y": 0.0, "chest.rot": -out * 1.4, "Head.rot": -out * 5.0}),
        (end + 6, {"chest.rot": 0.0, "Head.rot": 0.0}),
    )
    take.wide(2, end)


def reach(take: Take) -> None:
    """Reaches for a point (`x`, `y` from the feet in the drawing's units, up is negative), and has it in hand.

    The hand is the nearer one unless `side` says; the body leans after what is far.
    """
    rig, body = take.curves.rig, take.curves.body
    x, y = rig.feet[0] + take.act.number("x", 0.0), rig.feet[1] + take.act.number("y", -0.6 * rig.height)
    side = take.act.word("side", "").capitalize()
    if side not in body.arms:
        side = outside(take, 1.0 if x >= body.middle else -1.0)
    if side not in body.arms:
        return
    arm, on = body.arms[side], take.weight(8, 9)
    take.curves.grasps.append(Grasp(side, x, y, on))
    take.hand(side, "Palm")
    far = math.dist((x, y), arm.shoulder) / max(arm.length, 1.0) - 1
    lean = min(max(far, 0.0), 1.0) * math.copysign(1.0, x - arm.shoulder[0])
    take.add("chest.rot", on * 5 * lean)
    take.add("hips.x", on * 12 * lean)
    take.add("Head.rot", on * arm.outward * 2.5)
    take.chart((4, {"sy": 0.975, "Head.y": 5.0}), (9, {"sy": 1.02, "Head.y": -5.0}), (15, {"sy": 1.0, "Head.y": 0.0}))


_DRAG = {"grip": 9.0, "pull": 14.0, "there": 26.0, "let": 34.0}
"""When it has what it drags, when that begins to go, when it is there, and when it lets go."""


def drag(take: Take) -> None:
    """Takes hold of a point (`x`, `y` from the feet, as `reach`), and draws it over to (`to_x`, `to_y`): the body leans
    as far as the arm is too short, gives before the pull, and goes along with it.

    What is drawn goes from the moment `pull` to the moment `there`, eased by `inout`.
    """
    rig, body, at = take.curves.rig, take.curves.body, _DRAG
    x, y = take.act.number("x", 0.0), take.act.number("y", -0.4 * rig.height)
    to_x, to_y = take.act.number("to_x", x), take.act.number("to_y", y)
    side = take.act.word("side", "").capitalize()
    if side not in body.arms:
        side = outside(take, 1.0 if x + to_x >= 0 else -1.0)
    if side not in body.arms:
        return
    shape = easing("inout")
    share = np.array([shape(float(p)) for p in np.clip((take.t - at["pull"]) / (at["there"] - at["pull"]), 0, 1)])
    on = smooth(take.t / at["grip"]) * smooth((take.whole - take.t) / max(take.whole - at["let"], 1.0))
    take.curves.grasps.append(
        Grasp(side, rig.feet[0] + x + (to_x - x) * share, rig.feet[1] + y + (to_y - y) * share, on)
    )
    way = math.copysign(1.0, to_x - x)
    arm = body.arms[side]
    # What the arm can't do, the body does: it leans as far as is missing, and a little less on the way.
    away = x + (to_x - x) * share + rig.feet[0] - arm.shoulder[0]
    missing = np.sign(away) * np.clip(np.abs(away) - 0.78 * arm.length, 0, 0.175 * rig.height) * on
    high = max(abs(rig.pivots.get("Body", rig.feet)[1] - arm.shoulder[1]), 0.1 * rig.height)
    take.add("chest.rot", np.degrees(np.arcsin(np.clip(0.58 * missing / high, -0.4, 0.4))))
    take.add("hips.x", 0.42 * missing / take.curves.mil)
    take.add("Head.rot", -0.02 * missing / take.curves.mil)
    busy(take, on)
    take.hand(side, "Hold", "Fist")
    take.chart(
        (at["grip"], {"hips.y": 4.0, "chest.rot": 0.0}),
        (at["pull"], {"hips.y": 13.0, "chest.rot": -way * 2.5}),
        (at["there"] - 2, {"hips.y": 4.0, "chest.rot": way * 5.0}),
        (at["there"] + 4, {"hips.y": 6.0, "chest.rot": way * 3.5}),
        (take.whole + 2, {"hips.y": 0.0, "chest.rot": 0.0}),
    )
    take.chart(
        (5, {"sy": 0.97, "Head.y": 5.0}),
        (at["grip"], {"sy": 1.02, "Head.y": -3.0}),
        (at["pull"], {"sy": 0.95, "Head.y": 8.0, "brows.y": 4.0}),
        (at["there"], {"sy": 1.03, "Head.y": -6.0, "brows.y": -4.0}),
        (at["there"] + 5, {"sy": 0.99, "Head.y": 0.0}),
        (take.whole, {"sy": 1.0, "brows.y": 0.0}),
    )
    other = next((name for name in body.arms if name != side), "")
    if other:
        take.claim(f"{other} Arm.lift", body.arms[other].rest + 8 + 44 * share, on)
    eyes = smooth(take.t / 4) * smooth((at["there"] + 3 - take.t) / 4)
    toward = np.clip(away / max(2 * arm.length, 1e-6), -0.7, 0.7)
    take.add("gaze.x", eyes * 1.5 * toward)
    take.add("gaze.y", eyes * 0.6)
    take.add("Head.turn", eyes * 0.5 * toward)
    take.wide(0, take.whole)


def hold(take: Take) -> None:
    """Holds something before the chest with both hands."""
    on = take.weight(7, 8)
    for side in take.curves.body.arms:
        take.claim(f"{side} Arm.lift", meeting(take.curves.body, side, 0.88), on)
        take.claim(f"{side} Arm.reach", 0.88, on)
        take.hand(side, "Hold")
    take.add("Head.y", on * 3)


def hug(take: Take) -> None:
    """Opens the arms, then wraps them round and squeezes, eyes shut, swaying."""
    end = take.whole
    take.chart(
        (6, {**both("Arm.lift", 96.0), **both("Arm.reach", 1.0), **both("Hand.lift", 10.0)}),
        (12, {**both("Arm.lift", -40.0), **both("Arm.reach", 0.92), **both("Hand.lift", -14.0)}),
        (max(end - 8, 14), {**both("Arm.lift", -44.0), **both("Arm.reach", 0.9), **both("Hand.lift", -14.0)}),
        (end + 2, {**both("Arm.lift", None), **both("Arm.reach", None), **both("Hand.lift", 0.0)}),
    )
    take.chart(
        (6, {"sy": 1.04, "Head.y": -10.0}),
        (13, {"sy": 0.95, "Head.y": 12.0, "Head.rot": 6.0}),
        (max(end - 8, 14.5), {"sy": 0.965, "Head.y": 10.0, "Head.rot": 7.0}),
        (end + 2, {"sy": 1.0, "Head.y": 0.0, "Head.rot": 0.0}),
    )
    take.add("chest.rot", take.weight(12, 8) * 2.2 * np.sin(2 * math.pi * take.t / 40))
    take.shut(11, max(end - 10, 13))
