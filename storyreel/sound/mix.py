"""Speech, effects, clips and music as stems, the music ducked under the speech, and their sum."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from storyreel.sound.clip import OPEN, Speech
from storyreel.sound.edit import SPEECH_LUFS
from storyreel.sound.interchange import beside_pictures, decoding
from storyreel.sound.loudness import energies, integrated, lufs, steps
from storyreel.sound.muffle import Muffled, ringing
from storyreel.sound.notes import is_note, struck
from storyreel.sound.resample import resampled
from storyreel.sound.space import spaced
from storyreel.sound.tape import (
    BLOCK,
    Curve,
    Looped,
    Samples,
    Silence,
    Sounding,
    Summed,
    Tape,
    Turned,
    blocks,
    constant,
    stepped,
    taped,
    through,
)
from storyreel.timeline.clock import SAMPLE_RATE, Clock
from storyreel.timeline.model import ClipCue, EffectCue, MusicCue, SpeechCue, Timeline

ABOVE = 13.5
"""LU that speech is given above music at its loudest, and above effects at theirs, while somebody speaks: together they
are 10 below it, which a film owes its listeners."""
CLIPS_ABOVE = 6.0
"""LU that the sound of clips is given above music."""
_BOOST_DB = 12.0
"""A clip that is softer than speech is made louder by so much at most: what is softer still is meant so, or hums."""
_EDGE = SAMPLE_RATE // 33
"""Samples in which a clip's sound comes and goes."""
_STEP = SAMPLE_RATE // 100
_BREATH = 0.5
"""Pauses up to this (s) are part of what is said: music that jumps up in between would be heard as pumping."""
_HEARD = 10 ** (-28 / 10)
"""What counts as speech, as a share of its mean energy."""
_NOTHING = 1e-10
"""Energies down to this (-101 LUFS) are silence."""


@dataclass(frozen=True)
class Yielding:
    """How a sound makes way for speech, in seconds.

    Attributes:
        early, hold: how long it is down already before the first word, and stays down after the last.
        ahead, after: in what time it goes down, and comes back.
    """

    early: float
    ahead: float
    hold: float
    after: float


SLOWLY = Yielding(0.1, 0.08, 0.2, 0.35)
"""Music: whoever hears it go has heard too much."""
QUICKLY = Yielding(0.03, 0.05, 0.03, 0.12)
"""Effects: what happens right after the last word is heard as it is."""


@dataclass(frozen=True, eq=False)
class Stems:
    """The film's sound in its parts, each stereo at 48 kHz and as long as the film."""

    speech: Sounding
    effects: Sounding
    music: Sounding
    clips: Sounding

    @property
    def total(self) -> Sounding:
        """Their sum."""
        return Summed(self.speech, self.effects, self.music, self.clips)


@dataclass(frozen=True)
class _Placed:
    """A sound in a stem: from which sample on, how it is made, what each side gets of it."""

    at: int
    make: Callable[[], Sounding]
    sides: NDArray[np.float32]


def _sides(gain_db: float, pan: float) -> NDArray[np.float32]:
    """What each side gets of a sound, at equal power: -1 left, 1 right, and 1 for both in the middle."""
    angle = (pan + 1) * np.pi / 4
    sides = np.asarray([np.cos(angle), np.sin(angle)], dtype=np.float32) * np.float32(np.sqrt(2))
    return sides * np.float32(10 ** (gain_db / 20))


def _laid(placed: Sequence[_Placed], total: int, size: int) -> Iterator[Samples]:
    """A stem block by block: each sound is made when the first block that it is in comes, and let go after the last."""
    waiting = sorted(placed, key=lambda sound: sound.at, reverse=True)
    sounding: list[tuple[_Placed, Sounding]] = []
    for first in range(0, total, size):
        block = np.zeros((min(size, total - first), 2), dtype=np.float32)
        end = first + len(block)
        while waiting and waiting[-1].at < end:
            begun = waiting.pop()
            sounding.append((begun, begun.make()))
        for sound, samples in sounding:
            start, stop = max(sound.at, first), min(sound.at + len(samples), end)
            if start < stop:
                block[start - first : stop - first] += samples[start - sound.at : stop - sound.at] * sound.sides
        sounding = [(sound, samples) for sound, samples in sounding if sound.at + len(samples) > end]
        yield block


def speech_stem(cues: tuple[SpeechCue, ...], clips: Mapping[str, Speech], total: int, size: int = BLOCK) -> Tape:
    """Every spoken clip at its place, brought to 48 kHz; one whose cue is shorter is cut short.

    Args:
        cues: what is said when.
        clips: the clips by the keys of their cues.
        total: the stem's length in samples.
        size: how many samples are made at once.
    """

    def fine(cue: SpeechCue) -> Sounding:
        made = np.repeat(resampled(clips[cue.key].samples, clips[cue.key].rate)[:, None], 2, axis=1)
        if not 0 < cue.length <= len(made) - _EDGE:
            return made
        made = made[: cue.length]
        fade = min(_EDGE, len(made))
        made[len(made) - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)[:, None]
        return made

    placed = [_Placed(cue.sample, partial(fine, cue), _sides(cue.gain_db, cue.pan)) for cue in cues]
    return taped(_laid(placed, total, size))


def effects_stem(cues: tuple[EffectCue, ...], clock: Clock, total: int, size: int = BLOCK) -> Tape:
    """Every effect at its frame: a shipped one by its name, a file by its path.

    Raises:
        StoryreelError: a file can't be read.
    """
    from storyreel.sound.bodies import PLACES
    from storyreel.sound.effects import EFFECTS, effect

    named = {cue.effect for cue in cues if cue.effect not in EFFECTS and not is_note(cue.effect)}
    files = {name: taped(_until(decoding(Path(name)), total)) for name in sorted(named)}

    def heard(cue: EffectCue) -> Sounding:
        if is_note(cue.effect):
            made: Sounding = struck(cue.effect)
        else:
            made = files[cue.effect] if cue.effect in files else effect(cue.effect, cue.seed)
        if cue.frames and len(made):
            length = clock.sample(cue.frames)
            made = Turned(Looped(made, 0, length), _edges(length))
        elif cue.effect in PLACES:
            made = Turned(made, _edges(len(made)))
        return made if cue.muffle == OPEN else Muffled(made, [(0, cue.muffle)], ringing(cue.muffle))

    def made(cue: EffectCue) -> Callable[[], Sounding]:
        return lambda: heard(cue)

    placed = [_Placed(clock.sample(cue.frame), made(cue), _sides(cue.gain_db, cue.pan)) for cue in cues]
    return taped(_laid(placed, total, size))


def _until(sound: Iterable[Samples], total: int) -> Iterator[Samples]:
    """A sound's pieces until there are so many samples: what no film is long enough for is not read."""
    for piece in sound:
        yield piece
        total -= len(piece)
        if total <= 0:
            return


def clips_stem(cues: tuple[ClipCue, ...], clock: Clock, total: int, size: int = BLOCK) -> Sounding:
    """The sound of every clip that is shown, as loud as speech, for as long as it is shown; it loops with its pictures.

    Raises:
        StoryreelError: a clip's sound can't be read.
    """
    most: dict[str, int] = {}
    for cue in cues:
        most[cue.clip] = max(most.get(cue.clip, 0), clock.sample(cue.skip) + clock.sample(cue.frames))
    sounds = {clip: taped(beside_pictures(Path(clip), length)) for clip, length in most.items()}
    found = {clip: integrated(energies(sound)) for clip, sound in sounds.items()}

    def made(cue: ClipCue) -> Callable[[], Sounding]:
        length = clock.sample(cue.frames)
        return lambda: Turned(Looped(sounds[cue.clip], clock.sample(cue.skip), length), _edges(length))

    placed = [
        _Placed(
            clock.sample(cue.frame),
            made(cue),
            _sides(min(SPEECH_LUFS - found[cue.clip], _BOOST_DB) + cue.gain_db, 0.0),
        )
        for cue in cues
        if np.isfinite(found[cue.clip])
    ]
    return taped(_laid(placed, total, size)) if placed else Silence(total)


def _edges(length: int) -> Curve:
    """A gain that rises and falls at the ends of so many samples, so that nothing clicks."""

    def curve(first: int, end: int) -> NDArray[np.float32]:
        at = np.arange(first, end)
        return np.clip(np.minimum(at, length - at) / _EDGE, 0, 1).astype(np.float32)

    return curve


def _repeated(sound: Sounding, total: int, size: int) -> Iterator[Samples]:
    """A sound again and again, faded out in its last second."""
    fade = min(SAMPLE_RATE, total)
    ramp = np.linspace(1, 0, fade, dtype=np.float32)[:, None]
    done = 0
    for block in blocks(Looped(sound, 0, total), size):
        fading = done + len(block) - (total - fade)
        if fading > 0:
            shared = min(fading, len(block))
            block[len(block) - shared :] *= ramp[fading - shared : fading]
        done += len(block)
        yield block


def _track(cue: MusicCue, clock: Clock, total: int, size: int) -> Tape:
    """A score played for as long as the film, or a file, repeated where it is too short and faded out at the end."""
    from storyreel.sound.score import is_score, load_track

    if is_score(cue.track):
        from storyreel.sound.arrangement import asked_in
        from storyreel.sound.performance import performed

        score = load_track(cue.track)
        return taped(performed(score, total, asked_in(score, cue.sections, clock)))
    return taped(_repeated(taped(_until(decoding(Path(cue.track)), total)), total, size))


def _levelled(cue: MusicCue, clock: Clock, total: int, size: int) -> tuple[Sounding, NDArray[np.float64]]:
    """The music at its level, and its energies a millisecond."""
    sound: Sounding = _track(cue, clock, total, size)
    found = integrated(energies(sound))
    if cue.muffles:
        sound = Muffled(sound, [(clock.sample(frame), name) for frame, name in cue.muffles])
    played = energies(sound)
    if not np.isfinite(found):
        return sound, played
    if not cue.changes:
        gain = 10 ** ((cue.level_db - found) / 20)
        return Turned(sound, constant(gain)), played * gain**2
    at, level = [0.0], [cue.level_db - found]
    for frame, goal, frames in sorted(cue.changes):
        first = max(float(clock.sample(frame)), at[-1])
        at += [first, first + max(clock.sample(frames), 1)]
        level += [level[-1], goal - found]
    slowly = through([moment * 1000 / SAMPLE_RATE for moment in at], level)
    return Turned(sound, through(at, level)), played * slowly(0, len(played)) ** 2


def music_stem(cue: MusicCue, clock: Clock, total: int, size: int = BLOCK) -> Sounding:
    """The music at its level: as a whole it is as loud as the cue's `level_db` says, in LUFS, before any ducking.

    Raises:
        StoryreelError: the track can't be read, or lacks a section.
    """
    return _levelled(cue, clock, total, size)[0]


def spoken(energy: NDArray[np.float64]) -> list[tuple[int, int]]:
    """From when to when somebody speaks, in steps of 10 ms (half-open), from the speech's energy a step."""
    if not (energy > _NOTHING).any():
        return []
    heard = np.flatnonzero(energy > _HEARD * energy[energy > _NOTHING].mean())
    breaks = np.flatnonzero(np.diff(heard) > _BREATH * 100)
    firsts, lasts = np.concatenate([[0], breaks + 1]), np.concatenate([breaks, [len(heard) - 1]])
    return [(int(heard[a]), int(heard[b]) + 1) for a, b in zip(firsts, lasts, strict=True)]


def _loudest(energy: NDArray[np.float64]) -> float:
    """The loudness (LUFS) of a stretch's loudest 400 ms."""
    window = min(40, len(energy))
    return lufs(float(np.convolve(energy, np.full(window, 1 / window), mode="valid").max()))


def ducked(music: Sounding, speech: Sounding, above: float = ABOVE) -> Sounding:
    """Music (or any other sound) that makes way for speech.

    Each stretch of speech is measured against what is beneath it (BS.1770 energies), and that goes down by what is
    missing to `above` (LU): it is down when the first word begins, and comes back slowly after the last.
    """
    return _under(music, energies(music), energies(speech), above)


def _under(
    music: Sounding,
    playing: NDArray[np.float64],
    speaking: NDArray[np.float64],
    above: float = ABOVE,
    yielding: Yielding = SLOWLY,
) -> Sounding:
    """`ducked`, from the energies a millisecond of both."""
    said, played = steps(speaking, 10), steps(playing, 10)
    moments = np.arange(len(said), dtype=np.float64) / 100
    down = np.zeros(len(said))
    for first, end in spoken(said):
        under = played[first:end]
        if not under.any():
            continue
        depth = above - (lufs(float(said[first:end].mean())) - _loudest(under))
        if depth > 0:
            falling = 1 - (first / 100 - yielding.early - moments) / yielding.ahead
            rising = 1 - (moments - end / 100 - yielding.hold) / yielding.after
            ramp = np.minimum(falling, rising)
            eased = np.clip(ramp, 0, 1)
            np.maximum(down, depth * eased * eased * (3 - 2 * eased), out=down)
    return Turned(music, stepped(10 ** (-down / 20), _STEP)) if down.any() else music


def stems(timeline: Timeline, clips: Mapping[str, Speech], size: int = BLOCK) -> Stems:
    """The film's stems, music, effects and clips ducked; `clips` holds the spoken clips by the keys of their cues.

    They are made `size` samples at once, and are the same whatever that is.

    Raises:
        StoryreelError: a file that the timeline names can't be read, or the music lacks a section.
    """
    sound, clock = timeline.sound, timeline.clock
    total = clock.sample(timeline.length)
    speech = speech_stem(sound.speech, clips, total, size)
    said = energies(speech)
    effects: Sounding = effects_stem(sound.effects, clock, total, size)
    effects = _under(effects, energies(effects), said, yielding=QUICKLY)
    shown = clips_stem(sound.clips, clock, total, size)
    if sound.clips:
        shown = _under(shown, energies(shown), said)
    if sound.music is None:
        return Stems(speech, effects, Silence(total), shown)
    music, played = _levelled(sound.music, clock, total, size)
    music = _under(music, played, said)
    if sound.clips:
        music = _under(music, energies(music), energies(shown), CLIPS_ABOVE)
    return Stems(speech, effects, music, shown)


def mix(timeline: Timeline, clips: Mapping[str, Speech], size: int = BLOCK) -> Tape:
    """The film's sound before mastering: stereo at 48 kHz, on a tape.

    Raises:
        StoryreelError: as `stems`.
    """
    made = stems(timeline, clips, size).total
    return taped(blocks(spaced(made, timeline.sound, timeline.clock), size))
