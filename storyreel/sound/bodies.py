"""Effects of bodies and water, and of whole places that go round: breath, gulps, a bark, drops, rain, rails, a hall."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from storyreel.sound.laying import Laid, Maker, Random, Stereo, crackle, laid, round_and_round, rung, swell
from storyreel.sound.waves import TAU, Wave, arc, decay, glide, noise, phase_of, sine, time_axis, tone, vowel, wind
from storyreel.timeline.clock import SAMPLE_RATE

_LONG = 6.0
"""Seconds of a place before it comes round."""


def _breath(r: Random) -> Stereo:
    """Close by, in and then out: never a sigh."""
    taken = wind(r, 0.5, 1500, 2600, 3400, octaves=0.7) * arc(0.5, 0.7)
    let_go = wind(r, 0.6, 1700, 1000, 700, octaves=0.8) * arc(0.6, 0.25)
    return laid(1.4, (0, taken, 0.55, 0), (0.68, let_go, 0.5, 0))


def _pat(r: Random) -> Stereo:
    hand = noise(r, 0.09, 180, 1700) * decay(0.09, 62)
    return laid(
        0.5, *[(at, hand, gain, 0) for at, gain in ((0.0, 1.0), (0.24, 0.8))], (0, rung(0.1, (140, 1, 48)), 0.4, 0)
    )


def _palm(r: Random) -> Stereo:
    skin = noise(r, 0.06, 250, 2200) * decay(0.06, 85)
    pane = rung(0.35, (355, 0.7, 16), (890, 0.5, 24), (1710, 0.3, 34))
    return laid(0.4, (0, skin, 0.7, 0), (0, pane, 0.6, 0))


def _gulp(r: Random) -> Stereo:
    parts: list[Laid] = [(0, noise(r, 0.05, 250, 1400) * arc(0.05), 0.3, 0)]
    for at, high, low, gain in ((0.05, 420, 150, 1.0), (0.2, 300, 110, 0.5)):
        glug = tone(glide(0.13, high, low, high * 0.8), (1, 0.35, 0.1)) * swell(0.13, 0.015, 0.06)
        parts.append((at, glug, gain, 0))
    return laid(0.42, *parts)


def _glug(r: Random) -> Stereo:
    """A gulp that goes down a long way."""
    parts: list[Laid] = []
    for number in range(5):
        high = 460 * 0.8**number
        bubble = tone(glide(0.12, high * 0.6, high, high * 0.5), (1, 0.3)) * swell(0.12, 0.02, 0.05)
        parts.append((0.13 * number, bubble, 0.9**number, 0))
    return laid(0.8, *parts)


def _chew(r: Random) -> Stereo:
    parts: list[Laid] = []
    for number in range(3):
        at = 0.24 * number
        wet = crackle(r, 0.16, 420, 350, 2600, 0.01) * arc(0.16, 0.4)
        jaw = vowel(glide(0.1, 120, 100), ((500, 160, 1.0), (1200, 300, 0.3)), 10) * arc(0.1)
        parts += [(at, wet, 0.8, 0), (at + 0.04, jaw, 0.25, 0)]
    return laid(0.8, *parts)


def _crunch(r: Random) -> Stereo:
    parts: list[Laid] = [(0, crackle(r, 0.22, 700, 700, 7500, 0.005) * decay(0.22, 12), 1, 0)]
    parts += [(0.11, crackle(r, 0.25, 350, 500, 5500, 0.006) * decay(0.25, 12), 0.6, 0.1)]
    return laid(0.45, *parts, (0, rung(0.08, (210, 1, 60)), 0.4, 0))


def _stomach(r: Random) -> Stereo:
    seconds = 1.2
    pitch = glide(seconds, 58, 92, 66, 110, 60) * (1 + 0.07 * noise(r, seconds, 4, 22))
    growl = vowel(np.asarray(pitch, dtype=np.float32), ((220, 120, 1.0), (560, 200, 0.35)), 14)
    bubbling = np.maximum(noise(r, seconds, 3, 18), 0)
    return laid(
        1.25, (0, np.asarray(growl * (0.4 + 0.6 * bubbling) * swell(seconds, 0.2, 0.3), dtype=np.float32), 1, 0)
    )


def _bark(r: Random) -> Stereo:
    pitch = glide(0.17, 330, 520, 300) * (1 + 0.08 * noise(r, 0.17, 60, 240))
    woof = vowel(np.asarray(pitch, dtype=np.float32), ((780, 220, 1.0), (1350, 300, 0.7), (2700, 500, 0.25)), 16)
    rough = noise(r, 0.17, 600, 3600) * arc(0.17, 0.25)
    return laid(0.3, (0, woof * arc(0.17, 0.25), 1, 0), (0, rough, 0.14, 0))


def _blown(r: Random) -> Stereo:
    """A bubble: a hum through lips, higher as it grows."""
    seconds = 1.1
    lips = 0.6 + 0.4 * np.sin(phase_of(glide(seconds, 22, 38)))
    hum = vowel(glide(seconds, 150, 210, 330), ((340, 120, 1.0), (900, 260, 0.2)), 10)
    return laid(1.15, (0, np.asarray(hum * lips * swell(seconds, 0.12, 0.06), dtype=np.float32), 1, 0))


def _back(r: Random) -> Stereo:
    """A pop, backwards: it goes in again."""
    made = tone(glide(0.16, 1150, 420, 340), (1, 0.25)) * np.linspace(0, 1, round(0.16 * SAMPLE_RATE)) ** 3
    return laid(0.2, (0, np.asarray(made * swell(0.16, 0.01, 0.004), dtype=np.float32), 1, 0))


def _snap(r: Random) -> Stereo:
    return laid(
        0.16,
        (0, noise(r, 0.03, 900, 9000) * decay(0.03, 170), 1, 0),
        (0, tone(glide(0.09, 700, 260)) * decay(0.09, 40), 0.5, 0),
    )


def _drop_wave(r: Random, base: float) -> Wave:
    """A bubble under a drop rings, and rises as it comes up."""
    return tone(glide(0.09, base, base * 1.08, base * 1.5, curve=1.6), (1, 0.1)) * decay(0.09, 38)


def _drop(r: Random) -> Stereo:
    return laid(
        0.3,
        (0.012, _drop_wave(r, r.uniform(900, 1400)), 1, 0),
        (0, noise(r, 0.01, 2000, 8000) * decay(0.01, 400), 0.25, 0),
    )


def _splash(r: Random) -> Stereo:
    parts: list[Laid] = [(0, noise(r, 0.7, 350, 5200) * arc(0.7, 0.07), 0.5, 0)]
    parts += [(0, rung(0.16, (105, 1, 26)), 0.5, 0)]
    for _ in range(22):
        at = 0.04 + 0.75 * float(r.power(0.8))
        parts.append((at, _drop_wave(r, r.uniform(500, 1900)), r.uniform(0.1, 0.35), r.uniform(-0.8, 0.8)))
    return laid(1.1, *parts)


def _boots(r: Random) -> Stereo:
    parts: list[Laid] = []
    for at in (0.0, 0.3, 0.58):
        parts += [(at, noise(r, 0.18, 300, 3200) * arc(0.18, 0.12), 0.7, 0), (at, rung(0.1, (120, 1, 40)), 0.4, 0)]
        parts += [
            (at + r.uniform(0.03, 0.16), _drop_wave(r, r.uniform(600, 1500)), 0.3, r.uniform(-0.6, 0.6))
            for _ in range(3)
        ]
    return laid(0.95, *parts)


def _place(seconds: float = _LONG) -> Wave:
    return time_axis(seconds)


def _rain(r: Random) -> Stereo:
    sheet = np.stack([noise(r, _LONG, 900, 9000) for _ in range(2)], axis=1) * np.float32(0.16)
    near = np.stack([crackle(r, _LONG, 70, 1500, 8000, 0.004) for _ in range(2)], axis=1) * np.float32(0.5)
    low = noise(r, _LONG, 120, 500)[:, None] * np.float32(0.05)
    return round_and_round(np.asarray(sheet + near + low, dtype=np.float32))


def _gusts(r: Random, *stations: float, octaves: float) -> Stereo:
    swells = 0.65 + 0.35 * np.sin(TAU * _place() / 2.75 + r.uniform(0, TAU))
    sides = [wind(r, _LONG, *stations, stations[0], octaves=octaves) * swells for _ in range(2)]
    return round_and_round(np.asarray(np.stack(sides, axis=1), dtype=np.float32))


def _cold(r: Random) -> Stereo:
    return _gusts(r, 1900, 2300, 1750, 2150, octaves=0.35)


def _warm(r: Random) -> Stereo:
    return _gusts(r, 240, 380, 300, octaves=0.8)


def _crickets(r: Random) -> Stereo:
    made = np.zeros((round(_LONG * SAMPLE_RATE), 2), dtype=np.float32)
    for pitch, pace, place in ((4350, 2.2, -0.5), (4720, 1.7, 0.6), (4050, 2.6, 0.1)):
        t = _place()
        chirp = np.maximum(np.sin(TAU * pace * t + r.uniform(0, TAU)), 0) ** 3
        trill = np.maximum(np.sin(TAU * 38 * t), 0) ** 2
        voice = sine(pitch, t) * chirp * trill
        made += voice[:, None] * np.array([0.5 - place / 2, 0.5 + place / 2], dtype=np.float32)
    return round_and_round(made)


def _rails(r: Random) -> Stereo:
    """Wheels over joints, two and two, in a carriage that hums."""
    t = _place()
    hum = noise(r, _LONG, 60, 320) * (0.8 + 0.2 * np.sin(TAU * t / 1.1))
    made = np.stack([hum + 0.2 * noise(r, _LONG, 400, 2200) for _ in range(2)], axis=1) * np.float32(0.08)
    parts: list[Laid] = []
    for beat in range(5):
        for at, gain in ((1.1 * beat + 0.1, 1.0), (1.1 * beat + 0.28, 0.75)):
            joint = rung(0.2, (88, 1, 22), (210, 0.6, 34), (1150, 0.1, 60))
            parts.append((at, joint, 0.7 * gain, -0.1))
    # Five joints in what is left once the end has gone over into the beginning: it comes round on the beat.
    return round_and_round(np.asarray(made + laid(_LONG, *parts), dtype=np.float32))


def _city(r: Random) -> Stereo:
    far = np.stack([noise(r, _LONG, 70, 420) for _ in range(2)], axis=1) * np.float32(0.5)
    cars = np.stack([wind(r, _LONG, 500, 900, 600, 800, 500, octaves=0.9) for _ in range(2)], axis=1)
    return round_and_round(np.asarray(far + 0.16 * cars, dtype=np.float32))


def _room(r: Random) -> Stereo:
    air = np.stack([noise(r, _LONG, 90, 700) for _ in range(2)], axis=1)
    mains = 0.25 * sine(100, _place()) + 0.1 * sine(200, _place())
    return round_and_round(np.asarray(air + mains[:, None], dtype=np.float32))


def _hall(r: Random) -> Stereo:
    """Children who laugh in a large hall: each a throat of its own, in bursts, and walls that answer."""
    made = np.zeros((round(_LONG * SAMPLE_RATE), 2), dtype=np.float32)
    for _ in range(11):
        base, size, place = r.uniform(300, 480), r.uniform(0.95, 1.2), r.uniform(-0.9, 0.9)
        at, pace = r.uniform(0, 1.5), r.uniform(0.13, 0.19)
        parts: list[Laid] = []
        while at < _LONG - 0.4:
            for number in range(int(r.integers(3, 8))):
                bend = base * (1.25 - 0.06 * number) * r.uniform(0.96, 1.04)
                mouth = ((780 * size, 200, 1.0), (1500 * size, 260, 0.5), (2900 * size, 400, 0.2))
                ha = vowel(glide(pace * 0.75, bend * 1.1, bend * 0.9), mouth, 9) * arc(pace * 0.75, 0.3)
                if at < _LONG - 0.4:
                    parts.append((at, ha, r.uniform(0.4, 1), place))
                at += pace
            at += r.uniform(0.25, 1.3)
        made += laid(_LONG, *parts)
    for late, gain in ((0.043, 0.5), (0.071, 0.4), (0.109, 0.32), (0.163, 0.25), (0.241, 0.18)):
        made += np.float32(gain) * np.roll(made[:, ::-1], round(late * SAMPLE_RATE), axis=0)
    murmur = np.stack([wind(r, _LONG, 600, 900, 700, 600, octaves=0.9) for _ in range(2)], axis=1)
    return round_and_round(np.asarray(made + 0.07 * murmur, dtype=np.float32))


BODIES: Mapping[str, Maker] = {
    "breath": (_breath, 0.26),
    "pat": (_pat, 0.38),
    "palm": (_palm, 0.4),
    "gulp": (_gulp, 0.4),
    "glug": (_glug, 0.42),
    "chew": (_chew, 0.34),
    "crunch": (_crunch, 0.45),
    "stomach": (_stomach, 0.42),
    "bark": (_bark, 0.5),
    "bubble-blow": (_blown, 0.34),
    "pop-back": (_back, 0.4),
    "gum-snap": (_snap, 0.5),
    "drop": (_drop, 0.34),
    "splash": (_splash, 0.6),
    "boots-in-water": (_boots, 0.45),
}
"""How each is made, and its peak."""
PLACES: Mapping[str, Maker] = {
    "rain": (_rain, 0.3),
    "wind-cold": (_cold, 0.26),
    "wind-warm": (_warm, 0.34),
    "crickets": (_crickets, 0.22),
    "rails": (_rails, 0.45),
    "city": (_city, 0.3),
    "room-tone": (_room, 0.21),
    "school-hall": (_hall, 0.4),
}
"""Those that go round without a seam."""
