"""What is heard, as data: speech, effects, clips, the score, and how all of it sounds. A part of the timeline."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SpeechCue:
    """A spoken clip: its key in the clip store, and the film sample at which it starts.

    `along` is who says somebody else's line along, so that no line of their own stands for it.
    """

    key: str
    sample: int
    length: int
    gain_db: float = 0.0
    pan: float = 0.0
    along: str = ""


@dataclass(frozen=True)
class EffectCue:
    """A sound effect by name or file, at a film frame.

    `frames`: it goes round for so long; 0 is once. `muffle` is what it is heard through.
    """

    effect: str
    frame: int
    gain_db: float = 0.0
    pan: float = 0.0
    seed: int = 0
    frames: int = 0
    muffle: str = "none"


@dataclass(frozen=True)
class ClipCue:
    """The own sound of a clip that is shown from a film frame on, for so many frames; it loops as its pictures do.

    `skip`: for so many frames the clip ran unseen before.
    """

    clip: str
    frame: int
    frames: int
    skip: int = 0
    gain_db: float = 0.0


@dataclass(frozen=True)
class Held:
    """What the music holds instead of a section: notes or a chord as scores write them, until a film frame.

    `by` is the instrument's name, in the score or among all; empty for one that can hold.
    """

    what: str
    until: int
    by: str = ""


@dataclass(frozen=True)
class MusicCue:
    """The score under the film.

    Attributes:
        track: a shipped track's name, or the path of an audio file or score.
        level_db: its level while nobody speaks.
        changes: `(film frame, level in dB, frames the change takes)`.
        sections: `(film frame, name)` of the track's sections, in order; or what is held, or None: it stops.
        muffles: `(film frame, name)`: what it is heard through from there on.
    """

    track: str
    level_db: float = -18.0
    changes: tuple[tuple[int, float, int], ...] = ()
    sections: tuple[tuple[int, str | Held | None], ...] = ()
    muffles: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Sound:
    """Everything that is heard.

    `widths` are film frames from which on it is so wide: 0 one point in the middle, 1 all that there is. `hushes` are
    film frames, half-open, in which nothing is heard. `muffles`: from which film frame on all is heard through what.
    """

    speech: tuple[SpeechCue, ...] = ()
    effects: tuple[EffectCue, ...] = ()
    music: MusicCue | None = None
    clips: tuple[ClipCue, ...] = ()
    widths: tuple[tuple[int, float], ...] = ()
    hushes: tuple[tuple[int, int], ...] = ()
    muffles: tuple[tuple[int, str], ...] = ()
