"""Speech while directing: a script's lines as clips, with the times that beats, captions and mouths follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from storyreel.errors import StoryreelError
from storyreel.script.dot import Time
from storyreel.script.files import file_beside
from storyreel.script.models import CastMember, Part, VoiceSpec
from storyreel.sound.clip import Speech
from storyreel.sound.store import ClipStore
from storyreel.text.words import words
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Line, SpeechCue, Word


@dataclass(frozen=True)
class Waiting:
    """A piece of somebody's line that waits for a moment of a later beat: its number among the line's pieces."""

    speaker: str
    part: Part
    number: int
    moment: Time


@dataclass
class Speaking:
    """Everything that is said in the film, in the making."""

    store: ClipStore
    base: Path
    clips: dict[str, Speech] = field(default_factory=dict)
    cues: list[SpeechCue] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)

    def clip(self, part: Part, speaker: str, cast: Mapping[str, CastMember]) -> tuple[str, Speech]:
        """The clip of a part's line, and its key.

        Raises:
            StoryreelError: the speaker has no voice, or the recording can't be read.
        """
        text = part.say or ""
        if part.recording is not None:
            key, speech = self.store.recording(file_beside(self.base, part.recording), text)
        else:
            voice: VoiceSpec | None = part.voice or cast[speaker].voice
            if voice is None:
                raise StoryreelError(f"'{speaker}' speaks but has no voice; give it one: voice: {{use: heart}}")
            key, speech = self.store.speech(
                text, voice.use, pitch=voice.pitch, formant=voice.formant, speed=voice.speed
            )
        self.clips[key] = speech
        return key, speech

    def say(self, key: str, speech: Speech, at: int, line: Line, clock: Clock) -> None:
        """Puts a clip on the film's clock; `at` is its first film frame."""
        self.heard(key, speech, at, clock)
        self.lines.append(line)

    def heard(self, key: str, speech: Speech, at: int, clock: Clock) -> None:
        """Puts a clip on the film's clock that no line stands for: it is said along."""
        length = round(len(speech.samples) * 48_000 / speech.rate)
        self.cues.append(SpeechCue(key, clock.sample(at), length))


def timed_words(speech: Speech, text: str, at: int, clock: Clock) -> tuple[Word, ...]:
    """A clip's words on the film's clock; each lasts at least a frame, none starts before the one ahead has ended.

    `text` is what the clip says: it tells what stands between the words.
    """
    made: list[Word] = []
    for timed, written in zip(speech.words, words(text), strict=True):
        start = max(at + clock.frames(timed.start), made[-1].end if made else 0)
        made.append(Word(timed.text, start, max(at + clock.frames(timed.end), start + 1), written.space))
    return tuple(made)
