"""Speech while directing: a script's lines as clips, with the times that beats, captions and mouths follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from storyreel.errors import StoryreelError
from storyreel.script.dot import Time
from storyreel.script.files import file_beside
from storyreel.script.models import CastMember, Part, VoiceSpec
from storyreel.script.voice import voice_of
from storyreel.sound.clip import OPEN, Manner, Speech
from storyreel.sound.store import ClipStore
from storyreel.text.words import words
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Line, SpeechCue, Word

_OFF: Mapping[str, tuple[float, float]] = {"left": (-0.7, -2.5), "right": (0.7, -2.5), "top": (0.0, -4.0)}
"""Where a voice is that comes from beside the picture (-1 left, 1 right), and how much softer it is (dB)."""


@dataclass(frozen=True)
class Waiting:
    """A piece of somebody's line that waits for a moment of a later beat: its number among the line's pieces."""

    speaker: str
    part: Part
    number: int
    moment: Time


@dataclass(frozen=True)
class Interrupted:
    """A line that goes on until a moment: who says it, and where it stands among all that is said.

    Attributes:
        beat: the film frame of its beat, from which a plain time counts.
        cue, line: its numbers among the cues and the lines of the film.
        clock: the film's.
    """

    who: str
    until: Time
    beat: int
    cue: int
    line: int
    clock: Clock


@dataclass(frozen=True)
class Told:
    """What a stretch of the film says, as `Speaking` keeps it."""

    cues: tuple[SpeechCue, ...] = ()
    lines: tuple[Line, ...] = ()
    sounding: tuple[tuple[str, Speech, int], ...] = ()
    clips: tuple[tuple[str, Speech], ...] = ()


@dataclass
class Speaking:
    """Everything that is said in the film, in the making."""

    store: ClipStore
    base: Path
    version: int
    clips: dict[str, Speech] = field(default_factory=dict)
    cues: list[SpeechCue] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    interrupted: list[Interrupted] = field(default_factory=list)
    """Lines that go on until a moment which hasn't come yet."""
    sounding: list[tuple[str, Speech, int]] = field(default_factory=list)
    """Who says which clip, and its first film frame."""

    def clip(self, part: Part, speaker: str, cast: Mapping[str, CastMember], through: str = OPEN) -> tuple[str, Speech]:
        """The clip of a part's line, and its key; `through` is what it is heard through if its voice doesn't say.

        Raises:
            StoryreelError: the speaker has no voice, or the recording can't be read.
        """
        text = part.say or ""
        voice = voice_of(cast[speaker].voice, part.voice, self.version)
        if part.recording is not None:
            key, speech = self.store.recording(file_beside(self.base, part.recording), text, manner(voice, through))
        else:
            if voice is None:
                raise StoryreelError(f"'{speaker}' speaks but has no voice; give it one: voice: {{use: heart}}")
            key, speech = self.store.speech(
                text,
                voice.use,
                pitch=voice.pitch,
                formant=voice.formant,
                speed=voice.speed,
                manner=manner(voice, through),
            )
        self.clips[key] = speech
        return key, speech

    def say(self, key: str, speech: Speech, at: int, line: Line, clock: Clock, off: str = "") -> None:
        """Puts a clip on the film's clock; `at` is its first film frame, `off` from where an unseen voice comes."""
        self._heard(key, speech, at, clock, line.speaker, off)
        self.lines.append(line)

    def say_along(self, key: str, speech: Speech, at: int, clock: Clock, who: str) -> None:
        """Puts the clip of somebody on the film's clock who says a line along."""
        self._heard(key, speech, at, clock, who, along=who)

    def told(self, before: Told = Told()) -> Told:
        """All that is said by now, behind what was said before."""
        cues = tuple(self.cues[len(before.cues) :])
        lines, sounding = self.lines[len(before.lines) :], self.sounding[len(before.sounding) :]
        return Told(cues, tuple(lines), tuple(sounding), tuple((cue.key, self.clips[cue.key]) for cue in cues))

    def tell(self, told: Told) -> None:
        """Says something again, as it was said in another making of the same film."""
        self.cues += told.cues
        self.lines += told.lines
        self.sounding += told.sounding
        self.clips.update(told.clips)

    def going_on(self, at: int, clock: Clock) -> tuple[tuple[str, SpeechCue], ...]:
        """Who says what still sounds at a film frame, or begins behind it."""
        sample = clock.sample(at)
        each = zip(self.cues, self.sounding, strict=True)
        return tuple((who, cue) for cue, (who, _, _) in each if cue.sample + cue.length > sample)

    def _heard(self, key: str, speech: Speech, at: int, clock: Clock, who: str, off: str = "", along: str = "") -> None:
        self.sounding.append((who, speech, at))
        length = round(len(speech.samples) * 48_000 / speech.rate)
        pan, gain = _OFF.get(off, (0.0, 0.0))
        self.cues.append(SpeechCue(key, clock.sample(at), length, gain, pan, along))


def manner(voice: VoiceSpec | None, through: str) -> Manner:
    """How a voice says its lines, beside what it sounds like; `through` is what it is heard through by itself."""
    if voice is None:
        return Manner(muffle=through)
    return Manner(voice.whisper, voice.near, voice.muffle if "muffle" in voice.model_fields_set else through)


def timed_words(speech: Speech, text: str, at: int, clock: Clock) -> tuple[Word, ...]:
    """A clip's words on the film's clock; each lasts at least a frame, none starts before the one ahead has ended.

    `text` is what the clip says: it tells what stands between the words.
    """
    made: list[Word] = []
    for timed, written in zip(speech.words, words(text), strict=True):
        start = max(at + clock.frames(timed.start), made[-1].end if made else 0)
        made.append(Word(timed.text, start, max(at + clock.frames(timed.end), start + 1), written.space))
    return tuple(made)
