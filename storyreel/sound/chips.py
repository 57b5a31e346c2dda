"""The sounds of a small console, and of what is wired: pulses, a stepped triangle, noise, a sub bass."""

from __future__ import annotations

from functools import partial

import numpy as np

from storyreel.sound.strings import Make
from storyreel.sound.waves import HIGHEST, Wave, gate, noise, sine, time_axis
from storyreel.timeline.clock import SAMPLE_RATE

_STEPS = 32
"""Steps a period of the triangle: its grit."""


def pulse(frequency: float, seconds: float, duty: float) -> Wave:
    """A pulse wave as a Fourier series, so that nothing folds back; it falls a little at once, and ends at once."""
    t = time_axis(seconds + 0.012)
    made = np.zeros(len(t), dtype=np.float32)
    for n in range(1, min(60, int(HIGHEST / frequency)) + 1):
        level = 2 * np.sin(np.pi * n * duty) / (np.pi * n)
        if abs(level) > 1e-3:
            made += np.float32(level) * sine(n * frequency, t, 0.25)
    fall = 0.72 + 0.28 * np.exp(-t * 9)
    return np.asarray(0.55 * made * fall * gate(t, seconds, 0.002, 0.012), dtype=np.float32)


def triangle(frequency: float, seconds: float) -> Wave:
    """A triangle in steps: what a console's bass is made of."""
    t = time_axis(seconds + 0.015)
    turn = frequency * np.arange(len(t)) / SAMPLE_RATE
    made = np.abs(np.floor((turn % 1) * _STEPS) / (_STEPS / 2) - 1) * 2 - 1
    # Each step is one sample's average with the next: its edges are no clicks.
    made = np.convolve(made, [0.25, 0.5, 0.25], mode="same")
    return np.asarray(0.85 * (made - made.mean()) * gate(t, seconds, 0.003, 0.015), dtype=np.float32)


def lead(frequency: float, seconds: float) -> Wave:
    """A bright loop's synthesiser: two saws apart, their tops closing after each note begins."""
    t = time_axis(seconds + 0.06)
    made = np.zeros(len(t), dtype=np.float32)
    for cents in (-6.0, 6.0):
        tuned = frequency * 2 ** (cents / 1200)
        for n in range(1, min(24, int(9000 / tuned)) + 1):
            closing = np.exp(-t * np.float32(0.55 * n))
            made += np.float32(0.5 / n) * sine(n * tuned, t, 0.5 * n * (cents > 0)) * (0.35 + 0.65 * closing)
    return np.asarray(0.5 * made * gate(t, seconds, 0.004, 0.06), dtype=np.float32)


def sub(frequency: float, seconds: float) -> Wave:
    """A bass that is felt; driven, so that a phone's speaker has overtones of it to play."""
    t = time_axis(seconds + 0.12)
    return np.asarray(0.8 * np.tanh(1.7 * sine(frequency, t)) * gate(t, seconds, 0.012, 0.12), dtype=np.float32)


def _hit(frequency: float, seconds: float, length: float, low: float, high: float, rate: float) -> Wave:
    t = time_axis(length)
    return np.asarray(0.3 * noise(14, length, low, high) * np.exp(-rate * t), dtype=np.float32)


CHIPS: dict[str, Make] = {
    "pulse": partial(pulse, duty=0.25),
    "pulse-thin": partial(pulse, duty=0.125),
    "square": partial(pulse, duty=0.5),
    "triangle": triangle,
    "lead": lead,
    "sub": sub,
    "chip-noise": partial(_hit, length=0.09, low=2500, high=14000, rate=42),
    "chip-snare": partial(_hit, length=0.2, low=700, high=9000, rate=20),
}
"""Instruments by name."""
CHIP_DRUMS = frozenset(("chip-noise", "chip-snare"))
CHIP_SUSTAINED = frozenset(("pulse", "pulse-thin", "square", "triangle", "lead", "sub"))
