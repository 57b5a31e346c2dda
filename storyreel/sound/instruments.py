"""A toy orchestra: each instrument is a function of pitch and length, and each of its notes is made once.

Struck things (bars, combs, rods) are partials that decay each at its own pace, at the ratios that physics gives them:
a clamped comb tooth 1 : 6.27, a free bar 1 : 2.76 : 5.40 : 8.93 (Fletcher and Rossing, The Physics of Musical
Instruments, chapter 2), a tuned marimba bar 1 : 4 : 9.2. Held things end with their note.
"""

from __future__ import annotations

from functools import lru_cache, partial

import numpy as np

from storyreel.sound.chips import CHIP_DRUMS, CHIP_SUSTAINED, CHIPS
from storyreel.sound.strings import STRINGS, SUSTAINED, Make
from storyreel.sound.waves import HIGHEST, TAU, Wave, gate, noise, phase_of, sine, struck, time_axis
from storyreel.timeline.clock import SAMPLE_RATE


def hertz(midi: float) -> float:
    """The frequency of a MIDI note (A4 = 69 = 440 Hz, equal temperament)."""
    return float(440.0 * 2 ** ((midi - 69) / 12))


def _struck(
    frequency: float,
    seconds: float,
    partials: tuple[tuple[float, float, float], ...],
    attack: float = 0.0015,
    knock: float = 0.0,
) -> Wave:
    """Partials (ratio, level, decay a second at C5); high notes die sooner."""
    sooner = (frequency / 523.25) ** 0.45
    return struck(frequency, [(ratio, level, rate * sooner) for ratio, level, rate in partials], attack, knock)


def _pluck(frequency: float, seconds: float) -> Wave:
    """A nylon string plucked at a fifth of its length: every fifth harmonic is missing, high ones die first."""
    count = min(12, int(HIGHEST / frequency))
    partials = tuple(
        (n * (1 + 0.00012 * n * n), abs(float(np.sin(np.pi * n / 5))) / n**1.25, 3.4 + 1.5 * n)
        for n in range(1, count + 1)
    )
    return _struck(frequency, seconds, tuple(p for p in partials if p[1] > 1e-3), attack=0.002, knock=0.03)


def _bass(frequency: float, seconds: float) -> Wave:
    """A round bass: the finger's pluck over a tone that a phone's speaker still hears by its second harmonic."""
    t = time_axis(seconds + 0.09)
    tone = sine(frequency, t) + 0.55 * sine(2 * frequency, t) * np.exp(-3.5 * t)
    tone += 0.3 * sine(3 * frequency, t) * np.exp(-7 * t) + 0.12 * sine(5 * frequency, t) * np.exp(-16 * t)
    return np.asarray(0.75 * tone * np.exp(-1.6 * t) * gate(t, seconds, 0.006, 0.09), dtype=np.float32)


def _pad(frequency: float, seconds: float) -> Wave:
    """Warm strings of air: three voices a little apart, few overtones, a slow bow."""
    release = 0.5
    t = time_axis(seconds + release)
    wave = np.zeros(len(t), dtype=np.float32)
    for detune, phase in ((-0.0024, 0.1), (0.0, 0.43), (0.0027, 0.79)):
        for n, level in ((1, 1.0), (2, 0.3), (3, 0.16), (4, 0.05)):
            if n * frequency < HIGHEST:
                wave += np.float32(level) * sine(n * frequency * (1 + detune), t, phase * n)
    return np.asarray(wave / 3 * gate(t, seconds, 0.28, release), dtype=np.float32)


def _whistle(frequency: float, seconds: float) -> Wave:
    """An ocarina: nearly a sine, some breath, a vibrato that comes late."""
    t = time_axis(seconds + 0.08)
    late = np.clip((t - 0.18) * 4, 0, 1)
    turned = phase_of(frequency * (1 + 0.006 * late * np.sin(np.float32(TAU * 5.4) * t)))
    tone = np.sin(turned) + 0.16 * np.sin(2 * turned) + 0.09 * np.sin(3 * turned)
    breath = noise(17, len(t) / SAMPLE_RATE, frequency * 0.9, frequency * 3)[: len(t)] * np.float32(0.03)
    return np.asarray((tone + breath) * gate(t, seconds, 0.03, 0.08) * 0.8, dtype=np.float32)


def _brass(frequency: float, seconds: float) -> Wave:
    """A toy trumpet: its overtones come in one after the other, and go first."""
    t = time_axis(seconds + 0.08)
    wave = np.zeros(len(t), dtype=np.float32)
    for n in range(1, 9):
        if n * frequency < HIGHEST:
            bloom = (1 - np.exp(-t * np.float32(120 / n))) * (0.55 + 0.45 * np.exp(-np.float32(1.1 * n) * t))
            wave += np.float32(n**-1.1) * sine(n * frequency, t, 0.07 * n) * bloom
    return np.asarray(0.5 * wave * gate(t, seconds, 0.012, 0.08), dtype=np.float32)


def _kazoo(frequency: float, seconds: float) -> Wave:
    """A hummed membrane: overtones that buzz, loudest about a nose's 1100 Hz, and a pitch that wobbles at once."""
    t = time_axis(seconds + 0.05)
    turned = phase_of(frequency * (1 + 0.008 * np.sin(np.float32(TAU * 6.3) * t)))
    wave = np.zeros(len(t), dtype=np.float32)
    for n in range(1, min(14, int(HIGHEST / frequency)) + 1):
        nose = 0.25 + float(np.exp(-(((n * frequency - 1100) / 700) ** 2)))
        wave += np.float32(nose * n**-0.5) * np.sin(n * turned)
    return np.asarray(0.3 * wave * gate(t, seconds, 0.02, 0.05), dtype=np.float32)


def _kick(frequency: float, seconds: float) -> Wave:
    t = time_axis(0.26)
    turns = 52 * t + 2.6 * (1 - np.exp(-t * 32))
    return np.asarray(np.sin(np.float32(TAU) * turns) * np.exp(-13 * t) + _tap(0.26, 0.12), dtype=np.float32)


def _tap(seconds: float, level: float) -> Wave:
    t = time_axis(seconds)
    return np.asarray(level * noise(2, seconds, 1200, 5000) * np.exp(-320 * t), dtype=np.float32)


def _clap(frequency: float, seconds: float) -> Wave:
    t = time_axis(0.2)
    hands = sum(np.exp(-150 * np.maximum(t - at, 0)) * (t >= at) for at in (0.0, 0.009, 0.019))
    room = np.exp(-26 * np.maximum(t - 0.024, 0)) * (t >= 0.024)
    return np.asarray(0.3 * noise(5, 0.2, 1000, 3600) * (0.8 * hands + 0.75 * room), dtype=np.float32)


def _snap(frequency: float, seconds: float) -> Wave:
    t = time_axis(0.12)
    tone = sine(1750, t) * np.exp(-95 * t) + 0.5 * sine(2630, t) * np.exp(-120 * t)
    return np.asarray(0.7 * tone + 0.22 * noise(6, 0.12, 1500, 6000) * np.exp(-60 * t), dtype=np.float32)


def _grain(frequency: float, seconds: float, length: float, low: float, high: float, rise: float) -> Wave:
    """Beads: noise that swells for a share `rise` of its length and dies."""
    x = time_axis(length) / np.float32(length)
    arc = np.where(x < rise, x / rise, np.maximum(1 - x, 0) / (1 - rise)) ** 2
    return np.asarray(0.3 * noise(9, length, low, high) * arc, dtype=np.float32)


def _tambourine(frequency: float, seconds: float) -> Wave:
    t = time_axis(0.22)
    jingle = noise(12, 0.22, 6000, 12000) * (np.exp(-24 * t) + 0.5 * np.exp(-300 * t))
    ring = sum(sine(f, t, f / 9000) for f in (5210.0, 6840.0, 8120.0, 9630.0))
    return np.asarray(0.2 * jingle + 0.05 * ring * np.exp(-20 * t), dtype=np.float32)


def _woodblock(frequency: float, seconds: float) -> Wave:
    t = time_axis(0.11)
    return np.asarray(0.8 * sine(1180, t) * np.exp(-60 * t) + 0.35 * sine(2010, t) * np.exp(-80 * t), dtype=np.float32)


def _shimmer(frequency: float, seconds: float) -> Wave:
    """A small cymbal, brushed."""
    t = time_axis(1.8)
    return np.asarray(0.25 * noise(21, 1.8, 5000, 12000) * np.minimum(t * 120, 1) * np.exp(-2.6 * t), dtype=np.float32)


def _snare(frequency: float, seconds: float) -> Wave:
    t = time_axis(0.24)
    skin = sine(186, t) * np.exp(-34 * t) + 0.5 * sine(331, t) * np.exp(-42 * t)
    wires = 0.3 * noise(31, 0.24, 1400, 9000) * (0.75 * np.exp(-24 * t) + 0.5 * np.exp(-160 * t))
    return np.asarray(0.5 * skin + wires, dtype=np.float32)


def _brush(frequency: float, seconds: float) -> Wave:
    """Wires that are drawn over a skin, and lifted."""
    t = time_axis(0.26)
    stroke = np.minimum(t * 22, 1) * np.exp(-13 * np.maximum(t - 0.04, 0))
    return np.asarray(0.2 * noise(33, 0.26, 1100, 7000) * stroke, dtype=np.float32)


def _tom(frequency: float, seconds: float) -> Wave:
    t = time_axis(0.5)
    turns = 88 * t + 1.1 * (1 - np.exp(-t * 26))
    return np.asarray(0.8 * np.sin(np.float32(TAU) * turns) * np.exp(-9 * t) + _tap(0.5, 0.08), dtype=np.float32)


_CELESTA = ((1.0, 1.0, 2.6), (2.0, 0.16, 4.0), (3.0, 0.09, 6.0), (4.0, 0.14, 8.0), (5.4, 0.05, 16.0))
_MUSIC_BOX = ((1.0, 1.0, 2.2), (2.005, 0.2, 3.6), (3.01, 0.06, 5.0), (6.27, 0.16, 12.0), (17.5, 0.04, 40.0))
_GLOCKENSPIEL = ((1.0, 1.0, 2.4), (2.76, 0.3, 4.5), (5.40, 0.16, 8.0), (8.93, 0.06, 14.0))
_TOY_PIANO = ((1.0, 1.0, 4.2), (2.01, 0.35, 5.5), (2.95, 0.26, 7.0), (5.3, 0.18, 11.0), (8.6, 0.1, 18.0))
_MARIMBA = ((1.0, 1.0, 6.5), (4.0, 0.22, 20.0), (9.2, 0.08, 45.0))
_FELT_KALIMBA = ((1.0, 1.0, 5.0), (2.0, 0.06, 9.0), (5.9, 0.05, 45.0))
_XYLOPHONE = ((1.0, 1.0, 11.0), (3.0, 0.3, 22.0), (6.2, 0.14, 42.0), (10.1, 0.05, 70.0))
_BELL = ((0.5, 0.16, 0.9), (1.0, 0.5, 1.3), (1.19, 0.16, 1.8), (1.5, 0.08, 2.2), (2.0, 0.2, 2.0), (2.74, 0.07, 4.0))
_KALIMBA = ((1.0, 1.0, 4.0), (2.0, 0.1, 6.0), (5.9, 0.2, 24.0), (9.3, 0.06, 50.0))

INSTRUMENTS: dict[str, Make] = {
    "celesta": partial(_struck, partials=_CELESTA, attack=0.003),
    "music-box": partial(_struck, partials=_MUSIC_BOX, attack=0.001),
    "glockenspiel": partial(_struck, partials=_GLOCKENSPIEL),
    "toy-piano": partial(_struck, partials=_TOY_PIANO, knock=0.05),
    "marimba": partial(_struck, partials=_MARIMBA, attack=0.002, knock=0.04),
    "kalimba": partial(_struck, partials=_KALIMBA, knock=0.04),
    "pluck": _pluck,
    "bass": _bass,
    "pad": _pad,
    "whistle": _whistle,
    "brass": _brass,
    "kazoo": _kazoo,
    **STRINGS,
    **CHIPS,
    "felt-kalimba": partial(_struck, partials=_FELT_KALIMBA, attack=0.006, knock=0.1),
    "xylophone": partial(_struck, partials=_XYLOPHONE, attack=0.0008, knock=0.06),
    "bell": partial(_struck, partials=_BELL, attack=0.004),
    "snare": _snare,
    "brush": _brush,
    "tom": _tom,
    "kick": _kick,
    "clap": _clap,
    "snap": _snap,
    "shaker": partial(_grain, length=0.085, low=4800, high=11000, rise=0.4),
    "hat": partial(_grain, length=0.05, low=7000, high=13000, rise=0.03),
    "tambourine": _tambourine,
    "woodblock": _woodblock,
    "shimmer": _shimmer,
}
DRUMS = CHIP_DRUMS | frozenset(
    ("kick", "clap", "snap", "shaker", "hat", "tambourine", "woodblock", "shimmer", "snare", "brush", "tom")
)
"""Instruments without a pitch."""
HELD = SUSTAINED | CHIP_SUSTAINED | frozenset(("bass", "pad", "whistle", "brass", "kazoo"))
"""Instruments whose notes last as long as they are held; all others ring as they do."""


@lru_cache(maxsize=512)
def note(instrument: str, midi: float, seconds: float) -> Wave:
    """One note, mono float32 at 48 kHz; `seconds` is how long it is held, its tail comes on top.

    Raises:
        KeyError: there is no such instrument.
    """
    made = INSTRUMENTS[instrument](hertz(midi), seconds)
    fade = min(240, len(made))
    made[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
    made.flags.writeable = False
    return made
