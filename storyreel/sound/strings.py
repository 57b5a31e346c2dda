"""Strings, reeds and pipes: plucked, struck with felt, bowed, blown.

A string's partials are a little sharp, have no node where it is plucked, and die the sooner the higher they are
(Fletcher and Rossing, The Physics of Musical Instruments, chapters 2, 9, 10 and 12).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from storyreel.sound.waves import HIGHEST, TAU, Wave, decay, gate, noise, phase_of, sine, time_axis, vowel
from storyreel.timeline.clock import SAMPLE_RATE

Make = Callable[[float, float], Wave]
"""Frequency (Hz) and held length (s) in, mono samples out; tails come on top of the length."""
Body = tuple[tuple[float, float, float], ...]
"""What a box or a horn makes louder: (Hz, width in Hz, factor on top of 1)."""

_GUITAR: Body = ((105, 40, 1.6), (210, 60, 1.2), (410, 120, 0.7), (2300, 900, 0.3))
_UKULELE: Body = ((265, 70, 1.5), (560, 160, 0.9), (1900, 700, 0.4))
_FIDDLE: Body = ((280, 60, 0.9), (460, 90, 1.0), (1100, 350, 0.6), (2700, 900, 0.7))
_CELLO: Body = ((110, 40, 0.9), (220, 60, 1.0), (600, 200, 0.7), (1600, 600, 0.3))
_BOARD: Body = ((120, 90, 0.5), (480, 350, 0.4))


@dataclass(frozen=True)
class String:
    """A string and what sets it going.

    Attributes:
        at: where it is plucked or struck, as a share of its length.
        bright: how its partials fall: the higher, the duller.
        stiff: how sharp they are.
        rings: decay of the lowest partials (nepers a second), and what is added for each kHz squared.
        tone: the highest partial (Hz) that finger, pick or felt sets going, about.
        knock: how much of that is heard by itself.
        body: what it is on.
        strings: how far apart in tune (cents) the strings of a note are.
        longest: seconds after which it is damped.
        loud: its level.
    """

    at: float
    bright: float
    stiff: float
    rings: tuple[float, float]
    tone: float
    knock: float
    body: Body
    strings: tuple[float, ...] = (0.0,)
    longest: float = 3.0
    loud: float = 1.25


def _louder(frequency: float, body: Body) -> float:
    return 1.0 + sum(factor / (1 + ((frequency - at) / width) ** 2) for at, width, factor in body)


def plucked(frequency: float, seconds: float, string: String) -> Wave:
    """A string that is plucked, or struck with felt; it rings as long as it does."""
    partials: list[tuple[float, float, float]] = []
    for n in range(1, 36):
        pitch = n * frequency * float(np.sqrt(1 + string.stiff * n * n))
        if pitch > HIGHEST:
            break
        level = abs(float(np.sin(np.pi * n * string.at))) / n**string.bright / (1 + (pitch / string.tone) ** 2)
        level *= _louder(pitch, string.body)
        rate = string.rings[0] * (frequency / 220) ** 0.5 + string.rings[1] * (pitch / 1000) ** 2
        if level > 2e-3:
            partials.append((pitch, level, rate))
    whole = sum(level for _, level, _ in partials)
    length = min(6.0 / min(rate for _, _, rate in partials), string.longest)
    t = time_axis(length)
    made = np.zeros(len(t), dtype=np.float32)
    for pitch, level, rate in partials:
        own = t[: min(len(t), round(6.5 / rate * SAMPLE_RATE) + 1)]
        dying = np.exp(-np.float32(rate) * own)
        for cents in string.strings:
            tuned = pitch * 2 ** (cents / 1200)
            made[: len(own)] += np.float32(level / whole / len(string.strings)) * sine(tuned, own, 0.13) * dying
    thud = noise(3, 0.04, 180, 2600) * decay(0.04, 130)
    made[: len(thud)] += np.float32(0.3 * string.knock) * thud[: len(made)]
    made *= np.minimum(t * 900, 1)
    fade = min(960, len(made))
    made[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
    return np.asarray(string.loud * made, dtype=np.float32)


def bowed(
    frequency: float, seconds: float, body: Body, attack: float, release: float, players: Sequence[float], bow: float
) -> Wave:
    """Strings under bows: each player's saw is a little out of tune with the others', and wavers late and by itself."""
    t = time_axis(seconds + release)
    made = np.zeros(len(t), dtype=np.float32)
    late = np.clip((t - 0.25) * 2.5, 0, 1)
    for number, cents in enumerate(players):
        speed = 5.1 + 0.33 * number
        wavers = 1 + 0.0032 * late * np.sin(np.float32(TAU * speed) * t + number)
        turned = phase_of(np.asarray(frequency * 2 ** (cents / 1200) * wavers, dtype=np.float32))
        for n in range(1, min(22, int(9000 / frequency)) + 1):
            level = _louder(n * frequency, body) / n**1.25 / (1 + (n * frequency / 4200) ** 2)
            made += np.float32(level) * np.sin(n * turned + 1.7 * n * number)
    hair = noise(19, len(t) / SAMPLE_RATE, 1800, 6500)[: len(t)] * np.float32(bow)
    return np.asarray((made / (1.5 * len(players)) + hair) * gate(t, seconds, attack, release), dtype=np.float32)


def reeds(frequency: float, seconds: float, cents: Sequence[float], octave: float, dull: float) -> Wave:
    """Free reeds in a wind that begins and ends softly; `octave`: how much of a reed an octave higher."""
    t = time_axis(seconds + 0.09)
    made = np.zeros(len(t), dtype=np.float32)
    for number, off in enumerate(cents):
        tuned = frequency * 2 ** (off / 1200)
        for n in range(1, min(18, int(HIGHEST / tuned / 2)) + 1):
            level = (1.0 if n % 2 else 0.72) / n**0.95 / (1 + (n * frequency / dull) ** 2)
            made += np.float32(level) * sine(n * tuned, t, 0.21 * n + 0.37 * number)
            made += np.float32(octave * level) * sine(2 * n * tuned, t, 0.11 * n)
    wind = noise(23, len(t) / SAMPLE_RATE, 300, 2500)[: len(t)] * np.float32(0.006)
    swell = 0.9 + 0.1 * np.sin(np.float32(TAU * 0.7) * t)
    level = 0.66 / len(cents) / (1 + octave) ** 0.5
    return np.asarray((level * made * swell + wind) * gate(t, seconds, 0.045, 0.09), dtype=np.float32)


def trombone(frequency: float, seconds: float) -> Wave:
    """A slide that comes from below, and a horn whose overtones come with the breath."""
    t = time_axis(seconds + 0.1)
    slide = 1 - 0.05 * np.exp(-t * 26)
    wavers = 1 + 0.004 * np.clip((t - 0.3) * 3, 0, 1) * np.sin(np.float32(TAU * 5.2) * t)
    turned = phase_of(np.asarray(frequency * slide * wavers, dtype=np.float32))
    blown = (1 - np.exp(-t * 24)) * (0.75 + 0.25 * np.exp(-2 * t))
    made = np.zeros(len(t), dtype=np.float32)
    for n in range(1, min(16, int(7000 / frequency)) + 1):
        level = _louder(n * frequency, ((520, 260, 1.4), (1100, 500, 0.5))) / n**0.7
        made += np.float32(level) * np.sin(n * turned) * blown ** np.float32(0.55 * n)
    return np.asarray(0.16 * made * gate(t, seconds, 0.025, 0.1), dtype=np.float32)


def ocarina(frequency: float, seconds: float) -> Wave:
    """A clay vessel: almost no overtones, breath in its windway, and a chiff before it speaks."""
    t = time_axis(seconds + 0.1)
    late = np.clip((t - 0.22) * 3, 0, 1)
    scoop = 1 - 0.018 * np.exp(-t * 30)
    turned = phase_of(np.asarray(frequency * scoop * (1 + 0.005 * late * np.sin(np.float32(TAU * 4.9) * t))))
    tone = np.sin(turned) + 0.05 * np.sin(2 * turned) + 0.07 * np.sin(3 * turned)
    air = noise(41, len(t) / SAMPLE_RATE, frequency * 0.7, frequency * 2.4)[: len(t)]
    chiff = np.exp(-t * 38) * 0.12 + 0.03
    return np.asarray((tone + air * chiff) * gate(t, seconds, 0.035, 0.1) * 0.7, dtype=np.float32)


def hum(frequency: float, seconds: float) -> Wave:
    """Somebody hums with closed lips, or a lamp does."""
    t = time_axis(seconds + 0.25)
    late = np.clip((t - 0.3) * 2, 0, 1)
    pitch = np.asarray(frequency * (1 + 0.006 * late * np.sin(np.float32(TAU * 4.6) * t)), dtype=np.float32)
    return np.asarray(0.4 * vowel(pitch, ((280, 160, 1.0), (1050, 300, 0.16)), 9) * gate(t, seconds, 0.12, 0.25))


STRINGS: dict[str, Make] = {
    "guitar": partial(plucked, string=String(0.22, 1.0, 4e-5, (1.7, 0.55), 2600, 0.06, _GUITAR)),
    "guitar-harmonics": partial(
        plucked, string=String(0.5, 2.6, 2e-5, (1.2, 0.3), 6000, 0.01, _GUITAR, longest=4.0, loud=0.6)
    ),
    "electric": partial(plucked, string=String(0.14, 0.85, 9e-5, (1.5, 0.16), 5200, 0.1, ((900, 700, 0.3),))),
    "ukulele": partial(plucked, string=String(0.26, 1.05, 3e-5, (4.2, 0.5), 3000, 0.07, _UKULELE)),
    "pizzicato": partial(plucked, string=String(0.17, 1.2, 6e-5, (7.5, 1.5), 1900, 0.09, _FIDDLE)),
    "piano": partial(
        plucked, string=String(0.12, 0.75, 3.2e-4, (0.9, 0.5), 2900, 0.12, _BOARD, (-0.7, 0.0, 0.8), longest=4.5)
    ),
    "felt-piano": partial(
        plucked, string=String(0.12, 1.0, 3.2e-4, (1.0, 1.1), 950, 0.22, _BOARD, (-0.8, 0.9), longest=4.0)
    ),
    "strings": partial(bowed, body=_FIDDLE, attack=0.22, release=0.4, players=(-9.0, -3.0, 4.0, 10.0), bow=0.005),
    "bow": partial(bowed, body=_CELLO, attack=0.16, release=0.3, players=(0.0, 3.0), bow=0.007),
    "accordion": partial(reeds, cents=(-7.0, 0.0, 8.0), octave=0.0, dull=5200),
    "harmonium": partial(reeds, cents=(0.0, 2.0), octave=0.35, dull=2400),
    "trombone": trombone,
    "ocarina": ocarina,
    "hum": hum,
}
"""Instruments by name."""
SUSTAINED = frozenset(("strings", "bow", "accordion", "harmonium", "trombone", "ocarina", "hum"))
"""Those whose notes last as long as they are held."""
