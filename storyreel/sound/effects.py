"""Effects made from sines and seeded noise: toys, not recordings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from storyreel.timeline.clock import SAMPLE_RATE

Wave = NDArray[np.float64]
Make = Callable[[np.random.Generator], Wave]
_TAU = 2 * np.pi


def _time(seconds: float) -> Wave:
    return np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE


def _sweep(start: float, end: float, seconds: float, curve: float = 1.0) -> Wave:
    """A sine that glides from one frequency to another (Hz)."""
    t = _time(seconds)
    frequency = start + (end - start) * (t / seconds) ** curve
    return np.asarray(np.sin(_TAU * np.cumsum(frequency) / SAMPLE_RATE))


def _bell(frequency: float, seconds: float, decay: float = 7.0) -> Wave:
    t = _time(seconds)
    partials = ((1.0, 1.0, 1.0), (2.76, 0.4, 1.7), (5.4, 0.18, 2.6), (8.93, 0.08, 4.0))
    return np.asarray(
        sum(gain * np.sin(_TAU * frequency * ratio * t) * np.exp(-decay * fade * t) for ratio, gain, fade in partials)
    )


def _noise(random: np.random.Generator, seconds: float, low: float, high: float) -> Wave:
    """Noise between two frequencies (Hz), by its spectrum."""
    count = int(seconds * SAMPLE_RATE)
    spectrum = np.fft.rfft(random.standard_normal(count))
    frequency = np.fft.rfftfreq(count, 1 / SAMPLE_RATE)
    shape = 1 / (1 + (low / np.maximum(frequency, 1)) ** 6) / (1 + (frequency / high) ** 6)
    return np.asarray(np.fft.irfft(spectrum * np.sqrt(shape), count) * 1.6)


def _at(total: float, *parts: tuple[float, Wave]) -> Wave:
    out = np.zeros(int(total * SAMPLE_RATE))
    for seconds, wave in parts:
        start = int(seconds * SAMPLE_RATE)
        end = min(start + len(wave), len(out))
        out[start:end] += wave[: end - start]
    return out


def _arc(seconds: float, peak: float = 0.5) -> Wave:
    """A swell: 0 to 1 at `peak` of its length, and back."""
    x = _time(seconds) / seconds
    return np.asarray(
        np.where(x < peak, np.sin(np.pi / 2 * x / peak), np.cos(np.pi / 2 * (x - peak) / (1 - peak))) ** 2
    )


def _pop(r: np.random.Generator) -> Wave:
    t = _time(0.16)
    base = r.uniform(300, 360)
    return np.asarray(np.sin(_TAU * (base * t + 3600 * t * t)) * np.exp(-34 * t))


def _thump(r: np.random.Generator) -> Wave:
    t = _time(0.4)
    return np.asarray(np.sin(_TAU * (62 * t + 55 * (1 - np.exp(-t * 28)) / 28 * 3)) * np.exp(-10 * t))


def _stomp(r: np.random.Generator) -> Wave:
    t = _time(1.1)
    boom = np.sin(_TAU * (48 * t + 9 * (1 - np.exp(-t * 22)))) * np.exp(-4.6 * t)
    crack = _noise(r, 0.22, 300, 5200) * np.exp(-26 * _time(0.22))
    squeak = _sweep(1450, 620, 0.16) * np.exp(-22 * _time(0.16)) * 0.35
    rattle = _noise(r, 0.7, 120, 900) * np.exp(-6 * _time(0.7)) * 0.5
    return _at(1.1, (0, boom * 1.2), (0, crack), (0.015, squeak), (0.02, rattle), (0.06, _bell(660, 0.6, 9) * 0.12))


def _bonk(r: np.random.Generator) -> Wave:
    t = _time(0.5)
    wood = (np.sin(_TAU * 410 * t) + 0.6 * np.sin(_TAU * 655 * t)) * np.exp(-24 * t)
    return _at(0.7, (0, wood), (0, _thump(r) * 0.8), (0.03, _boing(r) * 0.35))


def _boing(r: np.random.Generator) -> Wave:
    t = _time(0.55)
    wobble = 1 + 0.28 * np.sin(_TAU * 15 * t) * np.exp(-5 * t)
    frequency = (250 + 260 * np.exp(-6 * t)) * wobble
    phase = _TAU * np.cumsum(frequency) / SAMPLE_RATE
    return np.asarray((np.sin(phase) + 0.3 * np.sin(2 * phase)) * np.exp(-5.5 * t))


def _spring(r: np.random.Generator) -> Wave:
    t = _time(0.42)
    frequency = 240 + 900 * (t / 0.42) ** 1.4
    phase = _TAU * np.cumsum(frequency * (1 + 0.12 * np.sin(_TAU * 24 * t))) / SAMPLE_RATE
    return np.asarray(np.sin(phase) * _arc(0.42, 0.25))


def _whoosh(r: np.random.Generator) -> Wave:
    return _noise(r, 0.55, 300, 2600) * _arc(0.55, 0.45)


def _swish(r: np.random.Generator) -> Wave:
    return _noise(r, 0.28, 900, 5200) * _arc(0.28, 0.4)


def _whistle_down(r: np.random.Generator) -> Wave:
    t = _time(1.05)
    frequency = (1500 - 1050 * (t / 1.05) ** 1.3) * (1 + 0.018 * np.sin(_TAU * 7 * t))
    phase = _TAU * np.cumsum(frequency) / SAMPLE_RATE
    tone = (np.sin(phase) + 0.16 * np.sin(2 * phase)) * np.minimum(t * 30, 1) * np.minimum((1.05 - t) * 9, 1)
    return _at(1.5, (0, tone * 0.8), (1.06, _thump(r) * 0.9), (1.1, _boing(r) * 0.2))


def _tumble(r: np.random.Generator) -> Wave:
    hits = [(0.0, 1.0), (0.17, 0.8), (0.31, 0.62), (0.43, 0.48), (0.52, 0.36)]
    return _at(1.0, *[(at, (_thump(r) * 0.7 + _at(0.4, (0, _clack(r) * 0.5))) * gain) for at, gain in hits])


def _clack(r: np.random.Generator) -> Wave:
    t = _time(0.13)
    pitch = 620 * 2 ** (r.choice([0, 2, 4, 7, 9, 12]) / 12)
    tone = np.sin(_TAU * pitch * t) * np.exp(-46 * t) + 0.5 * np.sin(_TAU * pitch * 2.42 * t) * np.exp(-70 * t)
    tick = _noise(r, 0.02, 1500, 9000) * np.exp(-220 * _time(0.02)) * 0.6
    return np.asarray(tone + np.pad(tick, (0, len(t) - len(tick))))


def _blocks(r: np.random.Generator) -> Wave:
    times = np.sort(r.uniform(0, 1.3, 20))
    return _at(1.6, *[(float(at), _clack(r) * r.uniform(0.4, 0.9)) for at in times])


def _click(r: np.random.Generator) -> Wave:
    return _noise(r, 0.03, 1200, 7000) * np.exp(-160 * _time(0.03))


def _switch(r: np.random.Generator) -> Wave:
    return _at(0.5, (0, _click(r)), (0.07, _click(r) * 1.2), (0.075, _bell(1180, 0.4, 12) * 0.3))


def _typing(r: np.random.Generator) -> Wave:
    times = np.cumsum(r.uniform(0.06, 0.14, 9))
    return _at(1.3, *[(float(at), _click(r) * r.uniform(0.5, 1)) for at in times])


def _ding(r: np.random.Generator) -> Wave:
    return _bell(1318.5, 0.9, 5.5)


def _chime(r: np.random.Generator) -> Wave:
    notes = (1046.5, 1318.5, 1568.0, 2093.0)
    return _at(1.5, *[(0.085 * i, _bell(f, 1.1, 5) * 0.6) for i, f in enumerate(notes)])


def _notification(r: np.random.Generator) -> Wave:
    return _at(0.7, (0, _bell(988, 0.4, 10)), (0.11, _bell(740, 0.5, 9) * 0.9))


def _heartbeat(r: np.random.Generator) -> Wave:
    return _at(0.9, (0, _thump(r)), (0.22, _thump(r) * 0.7))


def _riser(r: np.random.Generator) -> Wave:
    return _noise(r, 1.2, 400, 5000) * _arc(1.2, 0.95) * 0.6 + _sweep(220, 880, 1.2, 2) * _arc(1.2, 0.95) * 0.5


def _sparkle(r: np.random.Generator) -> Wave:
    scale = (2093.0, 2349.3, 2637.0, 3136.0, 3520.0)
    return _at(1.1, *[(0.055 * i, _bell(scale[int(r.integers(5))], 0.6, 9) * 0.45) for i in range(8)])


def _hearts(r: np.random.Generator) -> Wave:
    pops = [(0.09 * i + float(r.uniform(0, 0.03)), i) for i in range(7)]
    return _at(
        1.2, *[(at, _sweep(520 + 70 * i, 900 + 90 * i, 0.09) * np.exp(-26 * _time(0.09)) * 0.7) for at, i in pops]
    )


def _droop(r: np.random.Generator) -> Wave:
    t = _time(0.95)
    frequency = 392 * 2 ** (-(7 / 12) * np.minimum(t / 0.8, 1)) * (1 + 0.02 * np.sin(_TAU * 5.5 * t))
    phase = _TAU * np.cumsum(frequency) / SAMPLE_RATE
    tone = sum(np.sin(k * phase) / k**1.4 for k in (1, 2, 3, 4))
    return np.asarray(tone * np.minimum(t * 16, 1) * np.minimum((0.95 - t) * 5, 1) * 0.6)


def _inhale(r: np.random.Generator) -> Wave:
    return _noise(r, 0.95, 700, 3800) * _arc(0.95, 0.75) * 0.6


def _exhale(r: np.random.Generator) -> Wave:
    return _noise(r, 0.85, 380, 2200) * _arc(0.85, 0.22) * 0.6


def _cheer(r: np.random.Generator) -> Wave:
    total = _noise(r, 1.5, 500, 3200) * _arc(1.5, 0.3) * 0.35
    for _ in range(14):
        start = float(r.uniform(0, 0.7))
        tone = _sweep(float(r.uniform(420, 700)), float(r.uniform(600, 980)), 0.5) * _arc(0.5, 0.4) * 0.12
        total = total + _at(1.5, (start, tone))
    return total


_MAKERS: Mapping[str, tuple[Make, float]] = {
    "pop": (_pop, 0.5),
    "thump": (_thump, 0.6),
    "stomp": (_stomp, 0.85),
    "bonk": (_bonk, 0.7),
    "boing": (_boing, 0.4),
    "spring": (_spring, 0.4),
    "whoosh": (_whoosh, 0.4),
    "swish": (_swish, 0.35),
    "slide-whistle-down": (_whistle_down, 0.45),
    "tumble": (_tumble, 0.55),
    "block-clack": (_clack, 0.45),
    "blocks": (_blocks, 0.5),
    "click": (_click, 0.4),
    "switch": (_switch, 0.5),
    "typing": (_typing, 0.35),
    "ding": (_ding, 0.4),
    "chime": (_chime, 0.4),
    "notification": (_notification, 0.4),
    "heartbeat": (_heartbeat, 0.5),
    "riser": (_riser, 0.45),
    "sparkle": (_sparkle, 0.35),
    "hearts": (_hearts, 0.4),
    "droop": (_droop, 0.4),
    "inhale": (_inhale, 0.3),
    "exhale": (_exhale, 0.3),
    "cheer": (_cheer, 0.45),
}
EFFECTS = tuple(_MAKERS)
"""The names of the effects that ship."""


@lru_cache(maxsize=256)
def _made(name: str, seed: int) -> NDArray[np.float32]:
    make, peak = _MAKERS[name]
    random = np.random.default_rng([seed, *name.encode()])
    wave = make(random)
    fade = min(96, len(wave) // 2)
    wave[-fade:] *= np.linspace(1, 0, fade)
    wave = wave * peak / max(float(np.abs(wave).max()), 1e-9)
    late = np.concatenate([np.zeros(23), wave])[: len(wave)]
    # A few samples between the sides and a little difference: wide, and still whole in mono.
    return np.stack([0.92 * wave + 0.08 * late, 0.84 * wave + 0.16 * late], axis=1).astype(np.float32)


def effect(name: str, seed: int = 0) -> NDArray[np.float32]:
    """A shipped effect: stereo float32 at 48 kHz, the same for the same seed.

    Raises:
        KeyError: there is no effect of that name.
    """
    return _made(name, seed)
