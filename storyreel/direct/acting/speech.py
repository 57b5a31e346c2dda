"""A body that speaks: its mouth by the cues, its head, brows and hands on the accents."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping, Sequence

import numpy as np

from storyreel.direct.acting.curves import Array, Curves, smooth
from storyreel.direct.acting.motor import chase
from storyreel.sound.lipsync import MouthCue, nearest, openness

_REST = 0.22
"""Seconds after a line's last shape before the face's own mouth comes back."""
_PAUSE = 0.5
"""Seconds of rest that part one line from the next."""
_APART = 0.36
"""Seconds between accents at the least."""
_CHEEKS = 5.0
"""How far cheeks go up over an open mouth, in thousandths of the body's height."""
_FLAT, _PAST = 0.38, 0.07
"""How much flatter a mouth is while it changes, and how much higher right after, as shares of its drawing."""
_BEGUN, _GESTURE = 6.0, 4.0
"""Thirtieths by which a beat of the hand begins before its syllable, and a line's one gesture before its word."""


def mouth_curve(curves: Curves, cues: Sequence[MouthCue], rest: Array) -> Array:
    """The `mouth` channel: the cues' shapes while a line lasts, the face's own mouth (`rest`) outside,
    or what an act makes of it.

    A shape that the puppet's mouth lacks is drawn as the nearest that it has. A face whose mouth has shapes of its own
    to speak with, `Smile Ah` and so on, keeps them: it smiles while it speaks.
    """
    shapes = {name: index for index, name in enumerate(curves.rig.mouths)}
    curve = rest.copy()
    if curves.lively:
        _unhurried(curve, [cue.frame for cue in cues], curves.unit)
    for when, name in curves.mouths:
        curve[when] = shapes[name]
    if not shapes:
        return curve
    tail = round(_REST * curves.rate)
    for index, cue in enumerate(cues):
        following = cues[index + 1].frame if index + 1 < len(cues) else cue.frame + tail
        last_of_line = cue.viseme == "Neutral" and following - cue.frame > tail
        until = cue.frame + tail if last_of_line or index + 1 == len(cues) else following
        spoken = _spoken(shapes, int(rest[min(max(cue.frame, 0), curves.length - 1)]))
        shape = spoken.get(nearest(cue.viseme, spoken), spoken.get("Neutral", 0))
        curve[max(cue.frame, 0) : max(min(until, curves.length), 0)] = shape
    return curve


def _spoken(shapes: Mapping[str, int], held: int) -> Mapping[str, int]:
    """The shapes that a face speaks with whose own mouth is `held`."""
    name = next(name for name, index in shapes.items() if index == held)
    own = {shape.removeprefix(f"{name} "): index for shape, index in shapes.items() if shape.startswith(f"{name} ")}
    return {"Neutral": held, **own} if own else shapes


def _unhurried(rest: Array, spoken: Sequence[int], unit: float) -> None:
    """Lets a face's own mouth that a word would cut short within two frames be the one before it."""
    for frame in spoken:
        since = frame - round(2 * unit)
        if 0 < since < frame < len(rest) and rest[since] != rest[frame - 1]:
            rest[since:frame] = rest[since]


def _open(curves: Curves, cues: Sequence[MouthCue]) -> Array:
    """How far the mouth is open at every frame."""
    curve = np.zeros(curves.length)
    for index, cue in enumerate(cues):
        until = cues[index + 1].frame if index + 1 < len(cues) else curves.length
        curve[max(cue.frame, 0) : max(until, 0)] = openness(cue.viseme)
    return curve


def lips(curves: Curves, cues: Sequence[MouthCue]) -> None:
    """Lets each drawn mouth grow into the next: a drawing that is too open for its moment is flatter for it."""
    if not cues or not curves.rig.has("Mouth"):
        return
    shown = _open(curves, cues)
    meant = chase(shown[None], curves.rate, 7.5, 0.85)[0]
    ease, least = (0.5, 0.66) if curves.lively else (0.3, 0.8)
    curves.add("Mouth.sy", np.clip(1 + ease * (meant - shown), least, 1.16))
    curves.add("Mouth.sx", np.clip(1 - 0.1 * (meant - shown), 0.94, 1.08))
    curves.add("Head.y", 2.0 * meant)
    if curves.lively and curves.rig.has("Blush"):
        # Cheeks give way to a mouth that opens.
        curves.add("Blush.dy", -_CHEEKS * curves.mil * meant)


def changes(curves: Curves, mouth: Array, cues: Sequence[MouthCue]) -> None:
    """Lets a face's own mouth flatten into another, which opens a little past its drawing: two drawings want a way."""
    if not curves.rig.has("Mouth"):
        return
    spoken = np.zeros(curves.length, dtype=bool)
    for start, end in lines(cues, curves.rate):
        spoken[max(start, 0) : max(end, 0)] = True
    for frame in (np.flatnonzero(np.diff(mouth)) + 1).tolist():
        if not spoken[max(frame - 1, 0)] and not spoken[frame]:
            t = (curves.frames - frame) / curves.unit
            flat = smooth((t + 3) / 2.5) * smooth((2 - t) / 2)
            past = smooth(t / 2.5) * smooth((7 - t) / 4)
            curves.add("Mouth.sy", 1 - _FLAT * flat + _PAST * past)
            curves.add("Mouth.sx", 1 + 0.3 * _FLAT * flat)


def lines(cues: Sequence[MouthCue], rate: float) -> list[tuple[int, int]]:
    """When the lines that a mouth speaks begin and end, in frames at that rate."""
    found: list[tuple[int, int]] = []
    begun: int | None = None
    pause = round(_PAUSE * rate)
    for index, cue in enumerate(cues):
        if cue.viseme != "Neutral":
            begun = cue.frame if begun is None else begun
        elif begun is not None and (index + 1 == len(cues) or cues[index + 1].frame - cue.frame > pause):
            found.append((begun, cue.frame))
            begun = None
    if begun is not None:
        found.append((begun, cues[-1].frame))
    return found


def accents(curves: Curves, cues: Sequence[MouthCue], seed: int) -> None:
    """Breathes in before a line, sways through it, and marks its stressed syllables: nods, brows, hands.

    A syllable is stressed where the mouth opens wide after being less open.
    """
    for number, (start, end) in enumerate(lines(cues, curves.rate)):
        chance = random.Random(f"{seed}/line/{number}")
        _inhale(curves, start)
        _sway(curves, start, end, chance)
        if curves.lively:
            _lean(curves, cues, start, end, chance)
            continue
        last, side = -1e9, chance.choice((-1.0, 1.0))
        wide = [cue for cue in cues if start <= cue.frame < end and openness(cue.viseme) >= 0.75]
        for cue in wide:
            if cue.frame - last >= _APART * curves.rate:
                last = cue.frame
                side = -side if chance.random() < 0.65 else side
                strong = chance.uniform(0.7, 1.15) * (1.25 if cue is wide[-1] else 1.0)
                _accent(curves, cue.frame, side, strong)
                if chance.random() < 0.6:
                    _beat(curves, cue.frame, chance.choice(("Left", "Right", "both")), strong)


def _lean(curves: Curves, cues: Sequence[MouthCue], start: int, end: int, chance: random.Random) -> None:
    """Leans into one word of a line with the head, and makes one gesture, begun before it; other stresses are small.

    The word is the one with the longest open syllable, the later of two that are alike.
    """
    spans = list(itertools.pairwise((*cues, MouthCue(end, "Neutral"))))
    wide = [(cue, after.frame - cue.frame) for cue, after in spans if start <= cue.frame < end]
    wide = [(cue, long) for cue, long in wide if openness(cue.viseme) >= 0.5]
    if not wide:
        return
    word = max(wide, key=lambda one: (one[1] * openness(one[0].viseme), one[0].frame))[0].frame
    side, strong = chance.choice((-1.0, 1.0)), chance.uniform(0.9, 1.2)
    _press(curves, word, side, strong)
    _beat(curves, word + (_BEGUN - _GESTURE) * curves.unit, chance.choice((*curves.body.arms, "both")), 1.5 * strong)
    last = -1e9
    for cue, _ in wide:
        apart = min(abs(cue.frame - word), cue.frame - last)
        if openness(cue.viseme) >= 0.75 and apart >= _APART * curves.rate:
            last = cue.frame
            _accent(curves, cue.frame, side, 0.35 * strong)


def _press(curves: Curves, frame: int, side: float, strong: float) -> None:
    """The head goes into a word: up a little, down and forward on it, the shoulders after, and slowly back."""
    t = (curves.frames - frame) / curves.unit + _GESTURE
    up = smooth(t / 4) * smooth((8 - t) / 5)
    down = smooth((t - 2) / 5) * smooth((30 - t) / 18)
    curves.add("Head.y", strong * (13.0 * down - 6.0 * up))
    curves.add("Head.nod", strong * (0.3 * down - 0.14 * up))
    curves.add("Head.rot", strong * side * 4.2 * down)
    curves.add("Head.x", strong * side * 5.0 * down)
    curves.add("brows.y", -strong * (7.0 * up + 5.0 * down))
    after = smooth((t - 5) / 7) * smooth((34 - t) / 18)
    curves.add("chest.rot", strong * side * 1.6 * after)
    curves.add("hips.x", strong * side * 4.0 * after * (1 - curves.busy))


def _inhale(curves: Curves, start: int) -> None:
    t = (curves.frames - start) / curves.unit + 7
    rise = smooth(t / 6) * smooth((13 - t) / 6)
    curves.add("sy", 1 + 0.014 * rise)
    curves.add("Head.y", -4.5 * rise)
    curves.add("brows.y", -2.5 * rise)


def _sway(curves: Curves, start: int, end: int, chance: random.Random) -> None:
    """The head is never quite where it was: it leans from phrase to phrase."""
    t = (curves.frames - start) / curves.rate
    on = smooth((curves.frames - start) / (5 * curves.unit)) * smooth(
        (end + 8 * curves.unit - curves.frames) / (8 * curves.unit)
    )
    slow, quick = chance.uniform(0.5, 0.7), chance.uniform(1.1, 1.4)
    first, second = chance.uniform(0, 6.28), chance.uniform(0, 6.28)
    roll = np.sin(2 * np.pi * slow * t + first) + 0.5 * np.sin(2 * np.pi * quick * t + second)
    turn = np.sin(2 * np.pi * slow * t + second) + 0.4 * np.sin(2 * np.pi * quick * t + first)
    curves.add("Head.rot", 1.9 * roll * on)
    curves.add("Head.turn", 0.1 * turn * on)
    curves.add("chest.rot", 0.7 * turn * on)


def _accent(curves: Curves, frame: int, side: float, strong: float) -> None:
    """Up a little before, down on the syllable, and slowly back."""
    t = (curves.frames - frame) / curves.unit + 4
    up = smooth(t / 4) * smooth((7 - t) / 4)
    down = smooth((t - 3) / 4) * smooth((20 - t) / 12)
    curves.add("Head.y", strong * (8.0 * down - 5.0 * up))
    curves.add("Head.nod", strong * (0.22 * down - 0.14 * up))
    curves.add("Head.rot", strong * side * 3.0 * down)
    curves.add("brows.y", -strong * (5.5 * up + 4.0 * down))
    curves.add("sy", 1 + strong * (0.008 * up - 0.014 * down))
    curves.add("hips.x", strong * side * 3.0 * down * (1 - curves.busy))


def _beat(curves: Curves, frame: float, which: str, strong: float) -> None:
    """A small gesture of one hand or both, which lands on the syllable."""
    t = (curves.frames - frame) / curves.unit + _BEGUN
    raised = smooth(t / 5) * smooth((24 - t) / 13)
    stroke = smooth((t - 4) / 3) * smooth((17 - t) / 9)
    for side in curves.body.arms:
        share = 1.0 if which in (side, "both") else 0.12
        curves.add(f"{side} Arm.lift", share * strong * (21 * raised - 8 * stroke))
        curves.add(f"{side} Hand.lift", share * strong * (10 * raised - 7 * stroke))
