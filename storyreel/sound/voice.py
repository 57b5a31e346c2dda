"""Voices: text in, samples and times out. Offline, and the same bytes each time on one kind of CPU."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, Protocol

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.sound.clip import Speech


class Voice(Protocol):
    """Anything that speaks."""

    def speak(
        self, text: str, *, pitch: float = 1.0, formant: float = 1.0, speed: float = 1.0, seed: int = 7
    ) -> Speech:
        """Speaks a line; `pitch`, `formant` and `speed` are factors, 1 is as recorded."""
        ...


@dataclass(frozen=True)
class Speaker:
    """Somebody who can be cast.

    Attributes:
        engine: what speaks: `hibari` comes with storyreel, `kokoro` with its extra `voices`.
        language: BCP 47.
        pitch: the usual one (Hz).
        character: in a few words.
    """

    engine: Literal["hibari", "kokoro"]
    language: str
    pitch: int
    character: str


SAMPLE = "Hello. Behind every account is a real human being."
"""What a voice says to introduce itself."""

VOICES: dict[str, Speaker] = {
    "heart": Speaker("hibari", "en-US", 190, "a young woman, bright; always there"),
    "bella": Speaker("kokoro", "en-US", 195, "a woman, warm and full"),
    "jessica": Speaker("kokoro", "en-US", 205, "a girl, light; with pitch 1.3 a child"),
    "nova": Speaker("kokoro", "en-US", 155, "a young woman, low and dry"),
    "sarah": Speaker("kokoro", "en-US", 190, "a woman of thirty, clear"),
    "adam": Speaker("kokoro", "en-US", 110, "a man, plain and firm"),
    "eric": Speaker("kokoro", "en-US", 140, "a boy whose voice has just broken"),
    "fenrir": Speaker("kokoro", "en-US", 125, "a young man, warm, quick to smile"),
    "george": Speaker("kokoro", "en-GB", 140, "an Englishman, gentle; with pitch 0.75 an old man"),
    "michael": Speaker("kokoro", "en-US", 108, "a young man, quiet"),
    "onyx": Speaker("kokoro", "en-US", 84, "a big man, dark"),
}
"""The voices that ship, by name."""


def voice_names() -> tuple[str, ...]:
    """The voices that ship."""
    return tuple(VOICES)


def speaker(name: str) -> Speaker:
    """Who has a name.

    Raises:
        StoryreelError: nobody has.
    """
    if name not in VOICES:
        raise StoryreelError(f"unknown voice '{name}'{did_you_mean(name, VOICES)}")
    return VOICES[name]


def spoken_by(name: str) -> str:
    """The language that a voice speaks, without its region: `en`."""
    return VOICES[name].language.partition("-")[0]


def missing(name: str) -> str | None:
    """The command that installs a voice, if it isn't there."""
    from storyreel.sound.kokoro import INSTALL, installed

    return INSTALL if VOICES[name].engine == "kokoro" and not installed() else None


@cache
def voice(name: str) -> Voice:
    """The voice of that name, loaded once.

    Raises:
        StoryreelError: there is no such voice, or it isn't installed.
    """
    found = speaker(name)
    if found.engine == "hibari":
        from storyreel.sound.hibari import HibariVoice

        return HibariVoice()
    cure = missing(name)
    if cure:
        raise StoryreelError(f"the voice '{name}' isn't installed; {cure} brings it")
    from storyreel.sound.kokoro import KokoroVoice

    return KokoroVoice(name, british=found.language == "en-GB")


def forget() -> None:
    """Lets go of what voices have loaded, which is large."""
    from storyreel.sound.kokoro import model

    voice.cache_clear()
    model.cache_clear()
