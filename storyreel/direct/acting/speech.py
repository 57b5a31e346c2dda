"""A body that speaks: its mouth by the cues, its head, brows and hands on the accents."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np

from storyreel.direct.acting.curves import Array, Curves
from storyreel.sound.lipsync import MouthCue, openness

_REST = 0.22
"""Seconds after a line's last shape before the face's own mouth comes back."""


def mouth_curve(curves: Curves, cues: Sequence[MouthCue], rest: Array) -> Array:
    """The `mouth` channel: the cues' shapes while a line lasts, the face's own mouth (`rest`) outside.

    A shape that the puppet's mouth lacks is drawn as its nearest: the open ones as Ah, the others as Neutral.
    """
    shapes = {name: index for index, name in enumerate(curves.rig.mouths)}
    curve = rest.copy()
    if not shapes:
        return curve
    closed = shapes.get("Neutral", 0)
    tail = round(_REST * curves.rate)
    for index, cue in enumerate(cues):
        following = cues[index + 1].frame if index + 1 < len(cues) else cue.frame + tail
        last_of_line = cue.viseme == "Neutral" and following - cue.frame > tail
        until = cue.frame + tail if last_of_line or index + 1 == len(cues) else following
        shape = shapes.get(cue.viseme)
        if shape is None:
            shape = shapes.get("Ah", closed) if openness(cue.viseme) > 0.4 else closed
        curve[max(cue.frame, 0) : max(min(until, curves.length), 0)] = shape
    return curve


def accents(curves: Curves, cues: Sequence[MouthCue], seed: int) -> None:
    """Nods, brows and small hand beats where the mouth opens wide after being less open: the stressed syllables."""
    chance = random.Random(f"{seed}/accents")
    wide = [cue.frame for cue in cues if openness(cue.viseme) >= 0.75]
    last = -1e9
    side = 1.0
    for frame in wide:
        if frame - last < 0.34 * curves.rate:
            continue
        last = frame
        side = -side if chance.random() < 0.6 else side
        strength = chance.uniform(0.7, 1.2)
        tilt = side * strength * 2.6
        curves.rows(
            frame - round(2 * curves.unit),
            (
                (2, {"Head.dy": -5 * strength, "Left Eyebrow.dy": -6, "Right Eyebrow.dy": -6}, "out-quad"),
                (5, {"Head.dy": 8 * strength, "Head.rot": tilt, "torso.dy": 2.5 * strength}, "inout-sine"),
                (9, {"Head.dy": 1, "Head.rot": tilt * 0.8}, "out-sine"),
                (18, {}, "inout-sine"),
            ),
        )
        if chance.random() < 0.5:
            arm = "Left" if side > 0 else "Right"
            sign = -1 if arm == "Left" else 1
            curves.rows(
                frame - round(3 * curves.unit),
                (
                    (3, {f"{arm} Arm.rot": -sign * 4}, "out-quad"),
                    (7, {f"{arm} Arm.rot": sign * 17 * strength, f"{arm} Hand.rot": sign * 7}, "out-back"),
                    (20, {}, "inout-sine"),
                ),
            )


def talking(cues: Sequence[MouthCue], length: int) -> Array:
    """1 in frames in which somebody speaks, else 0."""
    curve = np.zeros(length)
    for index, cue in enumerate(cues[:-1]):
        if cue.viseme != "Neutral":
            curve[max(cue.frame, 0) : cues[index + 1].frame] = 1
    return curve
