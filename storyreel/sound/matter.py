"""Effects of hard things: wood, stone, glass, metal, rubber, what is wired. A hit is the modes of what is hit."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from storyreel.sound.laying import Laid, Maker, Random, Stereo, crackle, laid, rung, sequence, swell
from storyreel.sound.waves import TAU, Wave, arc, decay, glide, noise, phase_of, sine, time_axis, tone, wind


def _thud(low: float, high: float, seconds: float, rate: float) -> Wave:
    t = time_axis(seconds)
    return tone(low + (high - low) * np.exp(-t * 30), (1, 0.3, 0.1)) * decay(seconds, rate) * np.minimum(t * 700, 1)


def _tock(r: Random) -> Stereo:
    lid = rung(0.16, (430, 1, 42), (1010, 0.5, 70), (1780, 0.22, 110))
    return laid(0.2, (0, lid, 1, 0), (0, noise(r, 0.012, 900, 4200) * decay(0.012, 330), 0.2, 0))


def _plink(r: Random) -> Stereo:
    pitch = r.uniform(1080, 1160)
    return laid(0.3, (0, rung(0.28, (pitch, 1, 22), (pitch * 2.7, 0.3, 48), (pitch * 5.2, 0.1, 90)), 1, 0))


def _tick(r: Random) -> Stereo:
    return laid(0.06, (0, rung(0.05, (2350, 1, 160), (3900, 0.5, 220)), 1, 0))


def _key(r: Random) -> Stereo:
    felt = rung(0.09, (r.uniform(185, 225), 1, 58), (520, 0.28, 95), (1240, 0.06, 150))
    return laid(0.1, (0, felt, 1, 0), (0, noise(r, 0.02, 250, 1400) * decay(0.02, 190), 0.16, 0))


def _button(r: Random) -> Stereo:
    down = _thud(64, 128, 0.32, 13)
    return laid(0.5, (0, down, 1, 0), (0, noise(r, 0.06, 150, 900) * decay(0.06, 60), 0.2, 0), (0.15, down, 0.16, 0.1))


def _clonk(r: Random) -> Stereo:
    frame = rung(0.4, (236, 1, 17), (587, 0.7, 24), (1130, 0.35, 36), (2040, 0.15, 60))
    return laid(0.5, (0, frame, 1, -0.2), (0.045, frame, 0.4, 0.3), (0, _thud(70, 150, 0.2, 22), 0.5, 0))


def _knock(r: Random) -> Stereo:
    parts: list[Laid] = []
    for at, gain in ((0.0, 1.0), (0.17, 0.85), (0.33, 0.95)):
        door = rung(0.16, (r.uniform(150, 165), 1, 34), (342, 0.6, 46), (690, 0.25, 80))
        parts += [(at, door, gain, 0), (at, noise(r, 0.012, 700, 3200) * decay(0.012, 300), 0.2 * gain, 0)]
    return laid(0.55, *parts)


def _knuckles(r: Random) -> Stereo:
    bone = rung(0.09, (r.uniform(300, 330), 1, 62), (760, 0.5, 95), (1650, 0.14, 160))
    return laid(0.14, (0, bone, 1, 0), (0, noise(r, 0.03, 200, 1800) * decay(0.03, 110), 0.25, 0))


def _latch(r: Random) -> Stereo:
    brass = rung(0.1, (3120, 0.7, 75), (4870, 0.5, 95), (7300, 0.2, 140))
    bed = rung(0.12, (310, 1, 60), (820, 0.3, 90))
    return laid(0.2, (0, brass, 0.4, 0.05), (0.055, brass, 0.7, 0.05), (0.055, bed, 0.5, 0))


def _door(r: Random) -> Stereo:
    air = noise(r, 0.35, 90, 900) * arc(0.35, 0.75)
    felt = _thud(52, 105, 0.45, 10)
    return laid(0.9, (0, air, 0.22, 0), (0.3, felt, 1, 0), (0.3, noise(r, 0.12, 120, 700) * decay(0.12, 34), 0.3, 0))


def _creak(r: Random) -> Stereo:
    seconds = 0.9
    pace = glide(seconds, 26, 62, 38) * (1 + 0.06 * r.standard_normal(1))
    slips = np.maximum(np.sin(phase_of(np.asarray(pace, dtype=np.float32))), 0) ** 6
    wood = sum(sine(at, time_axis(seconds), at / 999) * level for at, level in ((412, 1.0), (690, 0.7), (1270, 0.35)))
    dry = noise(r, seconds, 500, 2600)
    return laid(1.0, (0, np.asarray((wood + 0.5 * dry) * slips * swell(seconds, 0.1, 0.3), dtype=np.float32), 1, 0.1))


def _tile(r: Random) -> Stereo:
    pitch = r.uniform(1500, 1800)
    tile = rung(0.14, (pitch, 1, 48), (pitch * 1.83, 0.6, 62), (pitch * 3.1, 0.25, 95))
    return laid(0.18, (0, tile, 1, r.uniform(-0.3, 0.3)), (0, noise(r, 0.008, 2000, 8000) * decay(0.008, 400), 0.3, 0))


def _stone(r: Random) -> Stereo:
    body = rung(0.22, (r.uniform(150, 175), 0.7, 32), (590, 0.7, 46), (1320, 0.6, 60), (2710, 0.3, 85))
    grit = crackle(r, 0.3, 320, 900, 6000) * decay(0.3, 16)
    return laid(0.4, (0, body, 1, 0), (0.005, grit, 0.35, 0.1), (0, _thud(60, 120, 0.2, 24), 0.7, 0))


def _landing(r: Random) -> Stereo:
    tom = _thud(74, 150, 0.5, 9)
    gravel = crackle(r, 0.55, 240, 700, 5200, 0.006) * decay(0.55, 7)
    return laid(0.8, (0, tom, 1, 0), (0.03, gravel, 0.42, -0.2), (0.11, gravel, 0.16, 0.4))


def _groan(r: Random) -> Stereo:
    seconds = 1.5
    low = tone(glide(seconds, 62, 48, 55), (1, 0.7, 0.5, 0.35, 0.2)) * (1 + 0.5 * noise(r, seconds, 2, 14))
    grind = crackle(r, seconds, 700, 150, 1500, 0.012)
    shape = swell(seconds, 0.4, 0.6)
    return laid(1.6, (0, np.asarray(low * shape, dtype=np.float32), 0.7, 0), (0, grind * shape, 0.8, 0))


def _ice(r: Random) -> Stereo:
    parts: list[Laid] = []
    for at in sequence(0.0, list(r.exponential(0.05, 7))):
        snap = noise(r, 0.05, 1800, 9500) * decay(0.05, 110)
        zing = tone(glide(0.16, 4200, 1500)) * decay(0.16, 30)
        parts += [(at, snap, r.uniform(0.4, 1), r.uniform(-0.7, 0.7)), (at, zing, 0.14, r.uniform(-0.7, 0.7))]
    return laid(0.9, *parts)


def _wire(r: Random) -> Stereo:
    seconds = 0.9
    bend = glide(seconds, 196, 182) * (1 + 0.012 * np.sin(TAU * 6 * time_axis(seconds)))
    levels = tuple(float(abs(np.sin(np.pi * n * 0.09))) / n**0.4 for n in range(1, 15))
    return laid(1.0, (0, tone(np.asarray(bend, dtype=np.float32), levels) * decay(seconds, 5.5), 1, 0))


def _springs(r: Random) -> Stereo:
    parts: list[Laid] = []
    for number, at in enumerate(sequence(0.0, [0.09, 0.11, 0.14])):
        pitch = r.uniform(310, 460)
        coil = glide(0.5, pitch, pitch * 1.16, pitch * 0.94) * (1 + 0.02 * np.sin(TAU * 31 * time_axis(0.5)))
        ring = tone(np.asarray(coil, dtype=np.float32), (1, 0.5, 0.6, 0.25, 0.3)) * decay(0.5, 9)
        parts.append((at, ring, 0.7**number, r.uniform(-0.4, 0.4)))
    return laid(0.9, *parts, (0, noise(r, 0.12, 150, 1200) * decay(0.12, 30), 0.35, 0))


def _zip(r: Random) -> Stereo:
    seconds = 0.34
    teeth = np.maximum(np.sin(phase_of(glide(seconds, 70, 230))), 0) ** 3
    return laid(0.36, (0, wind(r, seconds, 900, 2600, 5200, octaves=0.7) * teeth * swell(seconds, 0.04, 0.05), 1, 0))


def _squeak(r: Random) -> Stereo:
    base = r.uniform(620, 760)
    pitch = glide(0.22, base, base * 1.7, base * 1.25) * (1 + 0.05 * np.sin(np.float32(TAU * 44) * time_axis(0.22)))
    return laid(0.26, (0, tone(np.asarray(pitch), (1, 0.6, 0.4, 0.25, 0.1)) * swell(0.22, 0.02, 0.08), 1, 0))


def _squash(r: Random) -> Stereo:
    pitch = glide(0.4, 300, 150, 230) * (1 + 0.03 * np.sin(TAU * 27 * time_axis(0.4)))
    rub = tone(np.asarray(pitch), (1, 0.7, 0.5, 0.4, 0.2)) * swell(0.4, 0.03, 0.2)
    return laid(0.45, (0, rub, 0.8, 0), (0, noise(r, 0.3, 200, 1100) * decay(0.3, 12), 0.3, 0))


def _stretch(r: Random) -> Stereo:
    seconds = 0.95
    stuck = glide(seconds, 34, 120, 200) * (1 + 0.1 * noise(r, seconds, 3, 16))
    slip = np.maximum(np.sin(phase_of(np.asarray(stuck, dtype=np.float32))), 0) ** 4
    rubber = tone(glide(seconds, 420, 780, 1350), (1, 0.8, 0.6, 0.4, 0.3, 0.2))
    return laid(1.0, (0, np.asarray(rubber * slip * swell(seconds, 0.1, 0.12), dtype=np.float32), 1, 0))


def _twang(r: Random) -> Stereo:
    """A balloon that is rubbed with a finger."""
    base = r.uniform(880, 1050)
    seconds = 0.3
    pitch = glide(seconds, base, base * 1.3, base * 0.92, base * 1.5)
    flutter = 0.6 + 0.4 * np.sin(phase_of(glide(seconds, 60, 95)))
    rubbed = tone(pitch, (1, 0.7, 0.5, 0.4, 0.2, 0.1)) * swell(seconds, 0.02, 0.05)
    return laid(0.34, (0, np.asarray(rubbed * flutter, dtype=np.float32), 1, 0.1))


def _beep(r: Random) -> Stereo:
    return laid(0.2, (0, tone(glide(0.16, 1046.5, 1046.5), (1, 0, 0.2)) * swell(0.16, 0.006, 0.02), 1, 0))


def _bips(r: Random) -> Stereo:
    notes = [(0.07 * i, 523.25 * 2 ** (int(r.integers(0, 3)) * 4 / 12)) for i in range(6)]
    return laid(
        0.5, *[(at, tone(glide(0.04, f, f), (1, 0, 0.33, 0, 0.2)) * swell(0.04, 0.002, 0.004), 1, 0) for at, f in notes]
    )


def _buzz(r: Random) -> Stereo:
    hum = tone(glide(0.32, 152, 149), (1, 0.5, 0.7, 0.3, 0.4, 0.2)) * swell(0.32, 0.02, 0.04)
    table = crackle(r, 0.32, 300, 300, 2200) * swell(0.32, 0.02, 0.04)
    return laid(0.9, *[(at, wave, gain, 0) for at in (0.0, 0.45) for wave, gain in ((hum, 0.8), (table, 0.3))])


def _lamp(r: Random) -> Stereo:
    parts: list[Laid] = []
    for at in sequence(0.0, [0.31, 0.47, 0.6]):
        metal = rung(0.05, (r.uniform(4200, 5200), 1, 170), (7600, 0.4, 240))
        parts.append((at, metal, r.uniform(0.5, 1), 0.1))
    return laid(1.5, *parts)


def _boot(r: Random) -> Stereo:
    sole = rung(0.12, (120, 1, 40), (310, 0.4, 70))
    return laid(0.16, (0, sole, 1, 0), (0, noise(r, 0.04, 300, 2600) * decay(0.04, 90), 0.25, 0))


def _soles(r: Random) -> Stereo:
    base = r.uniform(1250, 1500)
    pitch = glide(0.16, base, base * 1.35, base * 1.2) * (1 + 0.02 * noise(r, 0.16, 30, 200))
    return laid(0.2, (0, tone(np.asarray(pitch, dtype=np.float32), (1, 0.5, 0.3)) * swell(0.16, 0.01, 0.04), 1, 0))


def _wheels(r: Random) -> Stereo:
    seconds = 1.4
    roll = noise(r, seconds, 120, 900) * (0.7 + 0.3 * np.sin(TAU * 5.5 * time_axis(seconds)))
    grit = crackle(r, seconds, 90, 1200, 5000)
    shape = swell(seconds, 0.25, 0.4)
    return laid(1.45, (0, np.asarray(roll * shape, dtype=np.float32), 0.5, -0.1), (0, grit * shape, 0.3, 0.2))


def _rail(r: Random) -> Stereo:
    ring = wind(r, 0.8, 1900, 2600, 2200, octaves=0.25) * swell(0.8, 0.15, 0.3)
    return laid(1.0, (0, ring, 0.6, -0.3), (0.75, rung(0.2, (820, 1, 30), (1900, 0.6, 45)), 0.5, 0.3))


def _brakes(r: Random) -> Stereo:
    seconds = 1.7
    shape = swell(seconds, 0.35, 0.5)
    scream = tone(glide(seconds, 2380, 2300, 1840), (1, 0.35, 0.15)) * (0.7 + 0.3 * noise(r, seconds, 6, 40))
    hiss = wind(r, seconds, 3500, 2500, 900, octaves=0.9)
    return laid(1.8, (0, np.asarray(scream * shape, dtype=np.float32), 0.35, -0.1), (0, hiss * shape, 0.3, 0.1))


def _doors(r: Random) -> Stereo:
    """Two notes that say that doors close."""
    notes = [(0.0, 659.26), (0.28, 523.25)]
    return laid(1.1, *[(at, rung(0.8, (f, 1, 5.5), (2 * f, 0.2, 9), (3 * f, 0.08, 14)), 0.8, 0) for at, f in notes])


def _match(r: Random) -> Stereo:
    strike = crackle(r, 0.22, 1500, 1800, 9000, 0.003) * swell(0.22, 0.03, 0.05)
    flare = wind(r, 0.6, 2600, 1100, 700, octaves=1.0) * arc(0.6, 0.18)
    note = rung(0.9, (880, 1, 5), (1760, 0.15, 9))
    return laid(1.2, (0, strike, 0.4, 0), (0.17, flare, 0.6, 0), (0.24, note, 0.22, 0))


def _sand(r: Random) -> Stereo:
    seconds = 1.6
    grains = crackle(r, seconds, 5200, 2600, 11000, 0.0015) + 0.3 * wind(r, seconds, 4200, 5200, octaves=0.8) * 0.3
    return laid(1.7, (0, np.asarray(grains * swell(seconds, 0.3, 0.6), dtype=np.float32), 1, 0))


MATTER: Mapping[str, Maker] = {
    "tock": (_tock, 0.5),
    "plink": (_plink, 0.4),
    "tick": (_tick, 0.35),
    "key-tap": (_key, 0.42),
    "button": (_button, 0.6),
    "clonk": (_clonk, 0.5),
    "knock": (_knock, 0.5),
    "knuckles": (_knuckles, 0.45),
    "latch": (_latch, 0.24),
    "door-shut": (_door, 0.5),
    "creak": (_creak, 0.34),
    "tile": (_tile, 0.42),
    "stone": (_stone, 0.55),
    "landing": (_landing, 0.6),
    "stone-groan": (_groan, 0.42),
    "ice-crack": (_ice, 0.45),
    "wire": (_wire, 0.42),
    "bed-springs": (_springs, 0.36),
    "zip": (_zip, 0.34),
    "rubber-squeak": (_squeak, 0.36),
    "rubber-squash": (_squash, 0.4),
    "balloon-stretch": (_stretch, 0.34),
    "balloon-squeak": (_twang, 0.32),
    "beep": (_beep, 0.26),
    "bips": (_bips, 0.24),
    "phone-buzz": (_buzz, 0.36),
    "lamp-tick": (_lamp, 0.24),
    "boot-tap": (_boot, 0.42),
    "soles": (_soles, 0.3),
    "wheels": (_wheels, 0.3),
    "rail": (_rail, 0.34),
    "brakes": (_brakes, 0.36),
    "door-notes": (_doors, 0.36),
    "match": (_match, 0.36),
    "sand": (_sand, 0.3),
}
"""How each is made, and its peak."""
