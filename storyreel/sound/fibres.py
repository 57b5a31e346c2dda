"""Effects of paper and cloth, of what is written with, and of leaves: breaks by the hundred, and air that is pushed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from storyreel.sound.laying import Laid, Maker, Random, Stereo, crackle, laid, rung, sequence, swell
from storyreel.sound.waves import TAU, Wave, arc, decay, glide, noise, phase_of, time_axis, tone, wind


def _strokes(r: Random, lengths: list[float], low: float, high: float, gap: float) -> list[Laid]:
    """Strokes to and fro: each rises with its speed and falls where it turns."""
    parts: list[Laid] = []
    at = 0.0
    for number, seconds in enumerate(lengths):
        way = (low, high, low * 1.2) if number % 2 else (low * 1.1, high * 0.85, low)
        body = wind(r, seconds, *way, octaves=0.75) * arc(seconds, 0.45)
        parts.append((at, body, r.uniform(0.75, 1), 0.12 if number % 2 else -0.12))
        at += seconds + gap
    return parts


def _pencil(r: Random) -> Stereo:
    parts = _strokes(r, [float(s) for s in r.uniform(0.07, 0.17, 7)], 2100, 5200, 0.012)
    return laid(1.1, *parts, (0, crackle(r, 1.0, 1400, 2500, 8000, 0.002) * swell(1.0, 0.05, 0.2), 0.2, 0))


def _crayon(r: Random) -> Stereo:
    parts = _strokes(r, [float(s) for s in r.uniform(0.13, 0.24, 5)], 700, 1900, 0.015)
    wax = crackle(r, 1.1, 420, 400, 2600, 0.009) * swell(1.1, 0.05, 0.2)
    return laid(1.2, *[(at, wave, gain, 3 * place) for at, wave, gain, place in parts], (0, wax, 0.5, 0))


def _chalk(r: Random) -> Stereo:
    parts = _strokes(r, [0.16, 0.2], 2600, 4200, 0.05)
    return laid(0.5, *parts, (0, rung(0.05, (1900, 1, 120)), 0.5, 0), (0.2, rung(0.05, (2100, 1, 120)), 0.4, 0))


def _erase(r: Random) -> Stereo:
    return laid(0.7, *_strokes(r, [0.1, 0.09, 0.11, 0.1, 0.12], 500, 1300, 0.01))


def _rustle(r: Random) -> Stereo:
    seconds = 0.7
    cloth = wind(r, seconds, 1500, 3200, 1800, octaves=0.9)
    shape = np.maximum(noise(r, seconds, 2, 9), 0) * swell(seconds, 0.06, 0.25)
    return laid(0.75, (0, np.asarray(cloth * shape, dtype=np.float32), 1, r.uniform(-0.2, 0.2)))


def _sleeve(r: Random) -> Stereo:
    slide = wind(r, 0.42, 900, 2300, 1400, octaves=0.8) * arc(0.42, 0.6)
    return laid(0.45, (0, slide, 1, 0), (0.05, crackle(r, 0.3, 160, 1500, 5000) * swell(0.3, 0.05, 0.1), 0.2, 0))


def _cloth_thud(r: Random) -> Stereo:
    t = time_axis(0.3)
    low = tone(62 + 50 * np.exp(-t * 32), (1, 0.2)) * decay(0.3, 17) * np.minimum(t * 300, 1)
    return laid(0.35, (0, low, 0.8, 0), (0, noise(r, 0.16, 140, 1100) * arc(0.16, 0.12), 0.28, 0))


def _cushion(r: Random) -> Stereo:
    air = wind(r, 0.5, 700, 320, octaves=0.9) * arc(0.5, 0.16)
    return laid(0.55, (0, air, 0.7, 0), (0, noise(r, 0.2, 60, 260) * decay(0.2, 16), 0.6, 0))


def _felt(r: Random) -> Stereo:
    return laid(0.2, (0, noise(r, 0.14, 160, 900) * arc(0.14, 0.15), 1, 0), (0, rung(0.12, (110, 1, 45)), 0.4, 0))


def _tear(r: Random) -> Stereo:
    """Two jerks: fibres part, faster and higher as it goes."""
    parts: list[Laid] = []
    for at, seconds in ((0.0, 0.22), (0.46, 0.3)):
        ripped = crackle(r, seconds, 2600, 1500, 9500, 0.002) * swell(seconds, 0.02, 0.05)
        body = wind(r, seconds, 1400, 3400, octaves=0.7) * arc(seconds, 0.7)
        parts += [(at, ripped, 1, -0.1), (at, body, 0.3, 0.1)]
    return laid(0.85, *parts)


def _flutter(r: Random) -> Stereo:
    seconds = 0.8
    beats = np.maximum(np.sin(phase_of(glide(seconds, 17, 24, 13))), 0) ** 2
    leaf = noise(r, seconds, 900, 6500) + 0.7 * crackle(r, seconds, 500, 1500, 8000)
    return laid(0.85, (0, np.asarray(leaf * beats * swell(seconds, 0.08, 0.3), dtype=np.float32), 1, 0))


def _slap(r: Random) -> Stereo:
    flat = noise(r, 0.12, 500, 6000) * decay(0.12, 55)
    return laid(
        0.25,
        (0, flat, 0.7, 0),
        (0, rung(0.12, (190, 1, 45), (430, 0.4, 70)), 0.5, 0),
        (0.02, crackle(r, 0.15, 900, 2000, 9000) * decay(0.15, 22), 0.3, 0),
    )


def _peel(r: Random) -> Stereo:
    seconds = 0.55
    sticky = crackle(r, seconds, 900, 1200, 6000, 0.003) * np.linspace(0.3, 1, round(seconds * 48000), dtype=np.float32)
    return laid(0.6, (0, sticky * swell(seconds, 0.05, 0.03), 1, 0))


def _snatch(r: Random) -> Stereo:
    return laid(
        0.3,
        (0, wind(r, 0.2, 1200, 5200, octaves=0.8) * arc(0.2, 0.8), 0.7, -0.2),
        (0.15, crackle(r, 0.1, 1800, 2000, 9000) * decay(0.1, 30), 0.6, 0.1),
    )


def _page(r: Random) -> Stereo:
    lift = wind(r, 0.5, 800, 2300, 1300, octaves=1.0) * arc(0.5, 0.55)
    fall = noise(r, 0.14, 260, 2600) * decay(0.14, 34)
    stiff = crackle(r, 0.5, 380, 1200, 7000, 0.005) * arc(0.5, 0.5)
    return laid(0.85, (0, lift, 0.7, 0.4), (0.02, stiff, 0.35, 0.1), (0.52, fall, 0.6, -0.4))


def _flock(r: Random) -> Stereo:
    parts: list[Laid] = []
    for _ in range(26):
        seconds = r.uniform(0.25, 0.5)
        beats = np.maximum(np.sin(phase_of(glide(seconds, r.uniform(14, 24), r.uniform(18, 30)))), 0) ** 2
        wing = noise(r, seconds, r.uniform(700, 1600), 6500) * beats * swell(seconds, 0.05, 0.15)
        parts.append(
            (1.3 * r.power(1.4), np.asarray(wing, dtype=np.float32), r.uniform(0.2, 0.6), r.uniform(-0.9, 0.9))
        )
    return laid(1.9, *parts)


def _crumple(r: Random) -> Stereo:
    seconds = 0.7
    made = crackle(r, seconds, 520, 1100, 8500, 0.004) * swell(seconds, 0.05, 0.3)
    return laid(0.75, (0, made, 1, 0), (0.02, crackle(r, seconds - 0.05, 60, 400, 2500, 0.01), 0.3, 0.1))


def _step(r: Random) -> Stereo:
    """A foot on paper: dry, and nothing rings."""
    return laid(
        0.22,
        (0, noise(r, 0.09, 180, 1500) * decay(0.09, 60), 0.8, 0),
        (0.01, crackle(r, 0.16, 420, 1800, 8000) * decay(0.16, 20), 0.4, 0),
    )


def _shove(r: Random) -> Stereo:
    return laid(
        0.6,
        (0, wind(r, 0.5, 700, 1700, 900, octaves=0.9) * arc(0.5, 0.35), 0.8, -0.3),
        (0, crackle(r, 0.5, 220, 1500, 7000) * arc(0.5, 0.4), 0.3, 0.2),
    )


def _puff(r: Random) -> Stereo:
    breath = wind(r, 0.3, 1400, 600, octaves=0.8) * arc(0.3, 0.15)
    return laid(0.35, (0, breath, 0.8, 0), (0, crackle(r, 0.2, 240, 1500, 7000) * decay(0.2, 14), 0.25, 0))


def _dust(r: Random) -> Stereo:
    return laid(
        0.5, (0, wind(r, 0.45, 1900, 700, octaves=1.1) * arc(0.45, 0.1), 1, 0), (0, rung(0.1, (95, 1, 40)), 0.3, 0)
    )


def _ribbon(r: Random) -> Stereo:
    return laid(0.6, (0, wind(r, 0.55, 2200, 5200, 3000, octaves=0.6) * arc(0.55, 0.4), 1, 0.2))


def _crack(r: Random) -> Stereo:
    """A wet towel: air that is overtaken."""
    run = wind(r, 0.16, 600, 3500, octaves=0.8) * arc(0.16, 0.9)
    whip = noise(r, 0.09, 900, 11000) * decay(0.09, 75)
    return laid(0.35, (0, run, 0.35, -0.4), (0.15, whip, 1, 0.2), (0.19, whip, 0.2, -0.5))


def _wring(r: Random) -> Stereo:
    seconds = 0.95
    twist = np.maximum(np.sin(phase_of(glide(seconds, 22, 48, 70))), 0) ** 5
    cork = tone(glide(seconds, 310, 420, 560), (1, 0.8, 0.5, 0.3)) * twist
    wet = crackle(r, seconds, 500, 500, 3200, 0.008)
    return laid(1.0, (0, np.asarray((0.7 * cork + 0.5 * wet) * swell(seconds, 0.1, 0.15), dtype=np.float32), 1, 0))


def _umbrella(r: Random) -> Stereo:
    cloth = wind(r, 0.3, 350, 1500, 700, octaves=1.0) * arc(0.3, 0.75)
    snap = noise(r, 0.08, 300, 5000) * decay(0.08, 48)
    ribs = rung(0.16, (1650, 0.5, 45), (3050, 0.4, 60), (240, 1, 30))
    return laid(
        0.7, (0, cloth, 0.7, 0), (0.24, snap, 0.8, 0), (0.25, ribs, 0.5, 0.1), (0.3, cloth[::-1].copy(), 0.25, 0)
    )


def _grass(r: Random) -> Stereo:
    parts: list[Laid] = []
    for number, at in enumerate(sequence(0.0, [0.27, 0.27, 0.28])):
        blades: Wave = crackle(r, 0.2, 900, 1800, 9000, 0.003) * arc(0.2, 0.3)
        parts += [(at, blades, r.uniform(0.7, 1), 0.25 if number % 2 else -0.25)]
        parts += [(at, noise(r, 0.07, 90, 420) * decay(0.07, 60), 0.35, 0)]
    return laid(1.1, *parts)


def _leaves(r: Random) -> Stereo:
    seconds = 0.9
    waft = 0.5 + 0.5 * np.sin(TAU * 2.3 * time_axis(seconds) + r.uniform(0, TAU))
    made = crackle(r, seconds, 1300, 2200, 9500, 0.003) * waft * swell(seconds, 0.15, 0.4)
    return laid(0.95, (0, np.asarray(made, dtype=np.float32), 1, 0))


FIBRES: Mapping[str, Maker] = {
    "pencil": (_pencil, 0.26),
    "crayon": (_crayon, 0.36),
    "chalk": (_chalk, 0.34),
    "erase": (_erase, 0.26),
    "rustle": (_rustle, 0.3),
    "sleeve": (_sleeve, 0.28),
    "cloth-thud": (_cloth_thud, 0.5),
    "cushion": (_cushion, 0.45),
    "felt": (_felt, 0.36),
    "paper-tear": (_tear, 0.5),
    "paper-flutter": (_flutter, 0.34),
    "paper-slap": (_slap, 0.5),
    "paper-peel": (_peel, 0.32),
    "paper-snatch": (_snatch, 0.42),
    "paper-crumple": (_crumple, 0.36),
    "paper-step": (_step, 0.4),
    "paper-shove": (_shove, 0.38),
    "paper-flock": (_flock, 0.5),
    "paper-puff": (_puff, 0.34),
    "page": (_page, 0.42),
    "dust": (_dust, 0.36),
    "ribbon": (_ribbon, 0.26),
    "towel-crack": (_crack, 0.7),
    "wring": (_wring, 0.34),
    "umbrella": (_umbrella, 0.5),
    "grass-steps": (_grass, 0.32),
    "leaves": (_leaves, 0.28),
}
"""How each is made, and its peak."""
