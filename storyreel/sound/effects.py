"""Effects made from tones and seeded noise: toys, not recordings. What is pitched is in D major."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.sound.bodies import BODIES, PLACES
from storyreel.sound.fibres import FIBRES
from storyreel.sound.laying import Laid, Maker, Random, Stereo, laid
from storyreel.sound.matter import MATTER
from storyreel.sound.waves import (
    TAU,
    Wave,
    arc,
    decay,
    gate,
    glide,
    noise,
    phase_of,
    sine,
    struck,
    time_axis,
    tone,
    vowel,
    wind,
)
from storyreel.timeline.clock import SAMPLE_RATE

_BAR = ((1.0, 1.0, 5.5), (2.76, 0.4, 9.0), (5.40, 0.18, 15.0), (8.93, 0.08, 24.0))
_WOOD = ((1.0, 1.0, 34.0), (2.57, 0.55, 52.0), (4.21, 0.3, 80.0), (6.6, 0.12, 120.0))
_CUP = ((1.0, 1.0, 20.0), (1.71, 0.7, 26.0), (2.9, 0.35, 40.0), (4.6, 0.15, 70.0))
_FIVE = (0, 2, 4, 7, 9)
"""A pentatonic scale: whatever comes together sounds well."""
_D5, _D6, _D7 = 587.33, 1174.66, 2349.32


def _step(degree: int) -> float:
    """A degree of the pentatonic scale as a factor of its first note's frequency."""
    octave, index = divmod(degree, len(_FIVE))
    return float(2.0 ** (octave + _FIVE[index] / 12))


def _pop(r: Random) -> Stereo:
    base = r.uniform(330, 420)
    bubble = tone(glide(0.13, base, base * 1.25, base * 3.1, curve=1.3), (1, 0.25)) * decay(0.13, 26)
    lips = noise(r, 0.012, 1500, 6000) * decay(0.012, 320)
    return laid(0.16, (0.004, bubble * np.minimum(time_axis(0.13) * 500, 1), 1, 0), (0, lips, 0.18, 0))


def _ding(r: Random) -> Stereo:
    return laid(1.3, (0, struck(_D7 / 2 * 1.5, _BAR), 1, 0.1), (0.002, struck(_D7 * 1.5, _BAR), 0.18, -0.2))


def _chime(r: Random) -> Stereo:
    degrees = (0, 2, 3, 5)
    return laid(1.7, *[(0.085 * i, struck(_D6 * _step(d), _BAR), 0.6, -0.5 + 0.33 * i) for i, d in enumerate(degrees)])


def _notification(r: Random) -> Stereo:
    high, low = struck(_D6 * _step(3), _BAR, attack=0.002), struck(_D6 * _step(1), _BAR, attack=0.002)
    return laid(0.85, (0, low, 0.8, -0.15), (0.12, high, 1, 0.15))


def _whoosh(r: Random) -> Stereo:
    body = wind(r, 0.6, 250, 1900, 500) * arc(0.6, 0.5)
    air = wind(r, 0.6, 1200, 6000, 2000) * arc(0.6, 0.5)
    side = 0.6 if r.random() < 0.5 else -0.6
    turn = np.linspace(-side, side, len(body), dtype=np.float32)[:, None] * np.array([-1, 1], dtype=np.float32)
    return np.asarray((body + 0.35 * air)[:, None] * (1 + turn) * 0.7, dtype=np.float32)


def _swish(r: Random) -> Stereo:
    return laid(0.3, (0, wind(r, 0.28, 1400, 5200, 2600) * arc(0.28, 0.35), 1, r.uniform(-0.3, 0.3)))


def _thud(low: float, high: float, seconds: float, rate: float) -> Wave:
    """A soft mass that lands: its tone falls as it settles."""
    t = time_axis(seconds)
    return tone(low + (high - low) * np.exp(-t * 30), (1, 0.3, 0.1)) * decay(seconds, rate) * np.minimum(t * 700, 1)


def _thump(r: Random) -> Stereo:
    cloth = noise(r, 0.1, 200, 1500) * decay(0.1, 55)
    return laid(0.42, (0, _thud(58, 150, 0.4, 12), 1, 0), (0, cloth, 0.16, 0))


def _stomp(r: Random) -> Stereo:
    boom = np.tanh(2.2 * _thud(50, 150, 0.95, 5.0))
    crack = noise(r, 0.25, 250, 5000) * decay(0.25, 24)
    planks = sum(sine(f, time_axis(0.4)) * decay(0.4, k) for f, k in ((172.0, 14.0), (311.0, 20.0), (468.0, 28.0)))
    squeak = tone(glide(0.2, 700, 1700, 820), (1, 0.4, 0.2)) * arc(0.2, 0.25)
    room = noise(r, 0.9, 120, 1400) * decay(0.9, 5.5)
    blocks: list[Laid] = [
        (0.16 + 0.07 * i + r.uniform(0, 0.03), _block(r, int(r.integers(8))), 0.2 * 0.82**i, r.uniform(-0.8, 0.8))
        for i in range(8)
    ]
    made = laid(
        1.3,
        (0, boom, 0.85, 0),
        (0, crack, 0.4, 0),
        (0, np.asarray(planks), 0.45, 0),
        (0.012, squeak, 0.22, 0.1),
        (0.02, room, 0.09, -0.3),
        (0.033, noise(r, 0.8, 150, 1600) * decay(0.8, 6), 0.08, 0.4),
        *blocks,
    )
    # Driven as a whole: it is to sound huge, not only to peak.
    return np.asarray(np.tanh(1.6 * made), dtype=np.float32)


def _bonk(r: Random) -> Stereo:
    cup = struck(r.uniform(370, 400), _CUP, knock=0.3)
    wobble = tone(glide(0.35, 520, 300) * (1 + 0.1 * np.sin(TAU * 19 * time_axis(0.35))), (1, 0.3)) * decay(0.35, 11)
    return laid(0.75, (0, cup, 1, 0), (0, _thud(90, 190, 0.25, 18), 0.7, 0), (0.04, wobble, 0.28, 0.2))


def _boing(r: Random) -> Stereo:
    t = time_axis(0.75)
    twang = 1 + 0.22 * np.sin(phase_of(glide(0.75, 11, 22))) * np.exp(-4 * t)
    pitch = np.asarray(glide(0.75, 190, 150, 140) * twang, dtype=np.float32)
    bow = vowel(pitch, ((600 + 60 * r.random(), 130, 1.0), (1500, 220, 0.6)), 14)
    return laid(0.78, (0, bow * decay(0.75, 5) * np.minimum(t * 400, 1), 1, 0))


def _spring(r: Random) -> Stereo:
    t = time_axis(0.45)
    pitch = np.asarray(glide(0.45, 230, 420, 1150, curve=1.2) * (1 + 0.09 * np.sin(phase_of(glide(0.45, 18, 34)))))
    return laid(0.47, (0, tone(pitch, (1, 0.3, 0.12)) * arc(0.45, 0.7) * np.minimum(t * 300, 1), 1, 0))


def _slide_whistle(r: Random) -> Stereo:
    t = time_axis(1.05)
    pitch = np.asarray(glide(1.05, 1700, 1350, 420) * (1 + 0.02 * np.sin(TAU * 7.5 * t)))
    whistle = tone(pitch, (1, 0.12, 0.05)) * gate(t, 0.97, 0.03, 0.08)
    breath = wind(r, 1.05, 3400, 2700, 900, octaves=0.5) * gate(t, 0.97, 0.03, 0.08)
    return laid(
        1.55,
        (0, whistle, 0.8, -0.1),
        (0, breath, 0.06, -0.1),
        (1.07, _thud(60, 150, 0.35, 14), 0.8, 0.3),
        (1.1, _block(r, 2), 0.35, 0.4),
        (1.2, _block(r, 0), 0.2, 0.5),
    )


def _tumble(r: Random) -> Stereo:
    hits: list[Laid] = []
    at, gap, loud = 0.0, 0.19, 1.0
    for turn in range(6):
        hits += [(at, _thud(66 + 6 * turn, 160, 0.25, 17), loud, 0.25 * turn - 0.5)]
        hits += [(at + 0.012, _block(r, 6 - turn), 0.55 * loud, 0.25 * turn - 0.4)]
        at, gap, loud = at + gap, gap * 0.86, loud * 0.8
    return laid(1.15, *hits)


def _block(r: Random, degree: int) -> Wave:
    """A toy block that meets another."""
    pitch = 640 * _step(degree) * r.uniform(0.985, 1.015)
    return struck(pitch, _WOOD, attack=0.0004, knock=0.35)


def _clack(r: Random) -> Stereo:
    return laid(0.2, (0, _block(r, int(r.integers(9))), 1, r.uniform(-0.6, 0.6)))


def _blocks(r: Random) -> Stereo:
    times = np.sort(1.25 * r.power(0.8, 26))
    return laid(
        1.6, *[(float(at), _block(r, int(r.integers(10))), r.uniform(0.35, 0.9), r.uniform(-0.8, 0.8)) for at in times]
    )


def _key(r: Random, pitch: float) -> Wave:
    """A small mechanical part that snaps."""
    made = noise(r, 0.035, 1500, 7000) * decay(0.035, 210)
    made[: len(made)] += 0.8 * sine(pitch, time_axis(0.035))[: len(made)] * decay(0.035, 150)[: len(made)]
    return made


def _click(r: Random) -> Stereo:
    return laid(0.05, (0, _key(r, 2300), 1, 0))


def _switch(r: Random) -> Stereo:
    thock = tone(glide(0.09, 340, 210)) * decay(0.09, 45)
    spark = struck(_D6 * _step(3), _BAR)
    return laid(
        0.7,
        (0, _key(r, 1500), 0.6, -0.1),
        (0.075, _key(r, 2100), 1, 0.1),
        (0.075, thock, 0.9, 0),
        (0.08, spark, 0.16, 0.2),
    )


def _typing(r: Random) -> Stereo:
    times = np.cumsum(r.uniform(0.065, 0.15, 9)) - 0.06
    keys: list[Laid] = [
        (float(at), _key(r, r.uniform(1300, 2400)), r.uniform(0.55, 1), r.uniform(-0.3, 0.3)) for at in times
    ]
    thocks: list[Laid] = [
        (float(at), tone(glide(0.05, 290, 190)) * decay(0.05, 80), r.uniform(0.3, 0.5), 0.0) for at in times
    ]
    return laid(1.4, *keys, *thocks)


def _heartbeat(r: Random) -> Stereo:
    # Driven, so that small speakers have overtones of it to play.
    lub, dub = np.tanh(3 * _thud(48, 85, 0.3, 13)), np.tanh(3 * _thud(52, 98, 0.26, 17))
    return laid(0.85, (0, lub, 1, 0), (0.24, dub, 0.72, 0))


def _riser(r: Random) -> Stereo:
    seconds = 1.4
    t = time_axis(seconds)
    swell = (t / seconds) ** 2 * gate(t, seconds - 0.02, 0.01, 0.02)
    flutter = 0.75 + 0.25 * np.sin(phase_of(glide(seconds, 6, 22)))
    voices = sum(tone(glide(seconds, f, f * 2), (1, 0.4, 0.2)) for f in (_D5 / 2, _D5 * 0.75, _D5))
    return laid(
        seconds,
        (0, wind(r, seconds, 500, 1500, 7000) * swell, 0.5, -0.2),
        (0, np.asarray(voices) * swell * flutter, 0.4, 0.1),
    )


def _sparkle(r: Random) -> Stereo:
    order = np.sort(r.integers(0, 11, 11)) + r.integers(-1, 2, 11)
    return laid(
        1.3,
        *[
            (
                0.052 * i + r.uniform(0, 0.02),
                struck(_D7 * _step(int(max(d, 0)) % 10), _BAR, longest=0.7),
                0.4 * 0.96**i,
                r.uniform(-0.85, 0.85),
            )
            for i, d in enumerate(order)
        ],
    )


def _hearts(r: Random) -> Stereo:
    parts: list[Laid] = []
    for i in range(8):
        at, pitch, place = 0.1 * i + r.uniform(0, 0.035), 440 * _step(i), r.uniform(-0.7, 0.7)
        bubble = (
            tone(glide(0.1, pitch * 0.8, pitch * 1.5), (1, 0.2)) * decay(0.1, 24) * np.minimum(time_axis(0.1) * 400, 1)
        )
        parts += [(at, bubble, 0.75, place), (at + 0.02, struck(_D6 * _step(i), _BAR, longest=0.5), 0.14, place)]
    return laid(1.4, *parts)


def _giggle(r: Random) -> Stereo:
    parts: list[Laid] = []
    base, at = r.uniform(520, 620), 0.02
    for i in range(5):
        seconds = 0.085
        pitch = glide(seconds, base * 1.12, base * 0.92) * np.float32(1.04 ** (1 - i if i > 1 else i))
        hee = vowel(pitch, ((620, 180, 1.0), (2500, 300, 0.7), (3300, 400, 0.3)), 9) * arc(seconds, 0.35)
        parts += [(at, hee, 1 - 0.1 * i, 0), (at - 0.015, noise(r, 0.03, 1800, 7000) * arc(0.03), 0.08, 0)]
        at += r.uniform(0.105, 0.125)
    return laid(0.8, *parts)


def _droop(r: Random) -> Stereo:
    parts: list[Laid] = []
    for at, seconds, start, end in ((0.0, 0.26, 415, 392), (0.27, 0.26, 370, 349), (0.54, 0.62, 330, 247)):
        t = time_axis(seconds)
        pitch = np.asarray(glide(seconds, start, end, curve=1.6) * (1 + 0.012 * np.sin(TAU * 5.5 * t)))
        mouth = 500 + 800 * arc(seconds, 0.3)
        horn = vowel(pitch, ((float(np.mean(mouth)), 420, 1.0), (1900, 300, 0.15)), 8)
        parts.append((at, horn * gate(t, seconds - 0.05, 0.03, 0.05) * (0.4 + 0.6 * arc(seconds, 0.35)), 0.8, 0))
    return laid(1.2, *parts)


def _inhale(r: Random) -> Stereo:
    nose = wind(r, 0.95, 900, 1700, 3000, octaves=0.7) * arc(0.95, 0.78)
    throat = wind(r, 0.95, 450, 800, octaves=0.5) * arc(0.95, 0.7)
    return laid(1.0, (0, nose, 0.6, 0.05), (0, throat, 0.35, -0.05))


def _exhale(r: Random) -> Stereo:
    mouth = wind(r, 1.0, 1900, 1100, 600, octaves=0.8) * arc(1.0, 0.2)
    warm = wind(r, 1.0, 600, 330, octaves=0.5) * arc(1.0, 0.25)
    return laid(1.05, (0, mouth, 0.5, -0.05), (0, warm, 0.4, 0.05))


def _cheer(r: Random) -> Stereo:
    parts: list[Laid] = [(0, wind(r, 1.7, 900, 1700, 1100, octaves=1.0) * arc(1.7, 0.25), 0.35, 0)]
    for _ in range(14):
        base, seconds = r.uniform(240, 520), r.uniform(0.7, 1.15)
        pitch = glide(seconds, base * 0.9, base * 1.35, base * 1.1)
        yay = vowel(pitch, ((r.uniform(550, 800), 160, 1.0), (r.uniform(1700, 2300), 260, 0.5)), 8) * arc(seconds, 0.25)
        parts.append((r.uniform(0, 0.4), yay, r.uniform(0.12, 0.3), r.uniform(-0.9, 0.9)))
    return laid(1.8, *parts)


_MAKERS: Mapping[str, Maker] = {
    "pop": (_pop, 0.5),
    "ding": (_ding, 0.4),
    "chime": (_chime, 0.45),
    "notification": (_notification, 0.4),
    "whoosh": (_whoosh, 0.42),
    "swish": (_swish, 0.36),
    "thump": (_thump, 0.6),
    "stomp": (_stomp, 0.8),
    "bonk": (_bonk, 0.7),
    "boing": (_boing, 0.5),
    "spring": (_spring, 0.3),
    "slide-whistle-down": (_slide_whistle, 0.3),
    "tumble": (_tumble, 0.6),
    "click": (_click, 0.4),
    "switch": (_switch, 0.5),
    "typing": (_typing, 0.36),
    "heartbeat": (_heartbeat, 0.5),
    "riser": (_riser, 0.5),
    "sparkle": (_sparkle, 0.32),
    "hearts": (_hearts, 0.45),
    "giggle": (_giggle, 0.42),
    "block-clack": (_clack, 0.5),
    "blocks": (_blocks, 0.55),
    "droop": (_droop, 0.38),
    "inhale": (_inhale, 0.3),
    "exhale": (_exhale, 0.3),
    "cheer": (_cheer, 0.45),
    **MATTER,
    **FIBRES,
    **BODIES,
    **PLACES,
}
"""How each is made, and its peak."""
EFFECTS = tuple(_MAKERS)
"""The names of the effects that ship."""


@lru_cache(maxsize=64)
def effect(name: str, seed: int = 0) -> Stereo:
    """A shipped effect: (samples, 2) float32 at 48 kHz, the same for the same seed, a little different for another.

    Raises:
        StoryreelError: there is no effect of that name.
    """
    if name not in _MAKERS:
        raise StoryreelError(f"no effect '{name}'{did_you_mean(name, EFFECTS)}")
    make, peak = _MAKERS[name]
    made = make(np.random.default_rng([seed, *name.encode()]))
    if name in PLACES:
        made *= np.float32(peak / float(np.abs(made).max()))
        made.flags.writeable = False
        return made
    # Two near walls, so that the toys stand in one room.
    near = made.copy()
    for late, side, gain in ((0.0113, 0, 0.13), (0.0171, 1, 0.11)):
        shift = round(late * SAMPLE_RATE)
        near[shift:, side] += np.float32(gain) * made[:-shift, 1 - side] if len(made) > shift else 0
    fade = min(240, len(near) // 4)
    near[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)[:, None]
    near[:24] *= np.linspace(0, 1, 24, dtype=np.float32)[:, None]
    near *= np.float32(peak / float(np.abs(near).max()))
    near.flags.writeable = False
    return near
