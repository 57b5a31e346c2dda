"""Music declared as data: tempo, instruments, and sections of chords, melodies and rhythms that follow a story."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from storyreel.errors import Place, Problem, SceneError, StoryreelError, did_you_mean
from storyreel.sound import notation
from storyreel.sound.instruments import DRUMS, INSTRUMENTS

_TRACKS = Path(__file__).parent / "tracks"
UNKNOWN_TEMPO = 120.0
_LARGEST = 64 * 1024
"""The most bytes of a score; the one that ships has a tenth of it."""


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Instrument(_Frozen):
    """How an instrument of the band sounds."""

    sound: str = Field(description="Which instrument: celesta, music-box, marimba, pluck, bass, pad, kick, …")
    level: float = Field(0.0, ge=-60, le=12, description="Level in dB.")
    pan: float = Field(0.0, ge=-1, le=1, description="-1 left, 1 right.")
    room: float = Field(0.15, ge=0, le=1, description="How much of it goes into the room.")
    echo: float = Field(0.0, ge=0, le=0.9, description="Echoes on the beat, each so much softer than the one before.")
    detune: float = Field(0.0, ge=0, le=100, description="How far its notes waver out of tune, in cents.")

    bits: int | None = Field(None, ge=2, le=16, description="How finely it is heard, in bits: 4 is an old console.")

    @field_validator("sound")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in INSTRUMENTS:
            raise ValueError(f"no instrument '{value}'{did_you_mean(value, INSTRUMENTS)}")
        return value


class Part(_Frozen):
    """What one instrument plays in a section: exactly one of melody, bass, arpeggio, strum, hold and steps."""

    by: str = Field(description="The instrument, by its name in `instruments`.")
    melody: str | None = Field(None, description="Notes: e5/8 g5 c6/4. | …; or the name of one of the `melodies`.")
    bass: str | None = Field(None, description="Degrees above the chord's bass: 1 its bass, 3, 5, 8 the octave.")
    arpeggio: str | None = Field(
        None, description="Tones of the chord from the lowest upwards: 1 2 3, then octaves up."
    )
    strum: str | None = Field(None, description="The whole chord in a rhythm of steps: x..x.-..")
    hold: bool = Field(False, description="The whole chord, as long as it lasts.")
    steps: str | None = Field(None, description="A drum's rhythm: x...x...")
    level: float = Field(0.0, ge=-60, le=12, description="Level in dB, on top of the instrument's own.")
    octave: int = Field(0, ge=-4, le=4, description="Octaves up.")
    near: str = Field("e4", description="The note about which chords are laid.")
    gate: float = Field(0.92, gt=0, le=2, description="How much of its length a note is held.")

    @field_validator("near")
    @classmethod
    def _note(cls, value: str) -> str:
        notation.pitch(value)
        return value

    @model_validator(mode="after")
    def _one(self) -> Self:
        written = [name for name in ("melody", "bass", "arpeggio", "strum", "steps") if getattr(self, name) is not None]
        written += ["hold"] * self.hold
        if len(written) != 1:
            raise ValueError(
                "a part plays one of melody, bass, arpeggio, strum, hold, steps; this one has "
                + (" and ".join(written) or "none")
            )
        return self


class Section(_Frozen):
    """A stretch of music that goes round for as long as its part of the story lasts."""

    chords: str = Field(description="Chords, bars parted by |; what one bar holds is shared out evenly.")
    parts: tuple[Part, ...] = Field(description="What is played; with none, `[]`, it is silent.")
    tempo: float | None = Field(None, ge=30, le=260, description="Beats a minute, where it is not the score's.")
    transpose: int = Field(0, ge=-12, le=12, description="Semitones up.")
    level: float = Field(0.0, ge=-60, le=12, description="Level in dB.")
    swell: float = Field(0.0, ge=-30, le=30, description="How much louder (dB) it has become after one round.")
    enter: Literal["beat", "now"] = Field("beat", description="Whether it waits for the next beat, or comes at once.")


class Score(_Frozen):
    """A piece of music in named sections, the first of which plays where none is asked for.

    `ending` is laid before the end so that its last bar is the final chord and rings out; it takes on the tempo and the
    transposition of what it follows.
    """

    title: str
    tempo: float = Field(ge=30, le=260, description="Beats a minute.")
    meter: int = Field(4, ge=2, le=7, description="Beats to the bar; a beat is a quarter.")
    swing: float = Field(0.5, ge=0.5, le=0.75, description="Where in its beat the second eighth falls.")
    room: float = Field(1.0, gt=0, le=4, description="How long the room rings, in seconds.")
    instruments: dict[str, Instrument] = Field(min_length=1)
    melodies: dict[str, str] = Field({}, description="Melodies by name, for parts to play.")
    sections: dict[str, Section] = Field(min_length=1)
    ending: Section | None = Field(None, description="A cadence and the final chord, its last bar.")

    def notes(self, part: Part) -> str:
        """A part's melody as text, looked up where it is a name."""
        return self.melodies.get(part.melody or "", part.melody or "")

    @model_validator(mode="after")
    def _readable(self) -> Self:
        for name, section in [*self.sections.items(), *([("ending", self.ending)] if self.ending else [])]:
            try:
                notation.chords(section.chords, self.meter)
            except ValueError as error:
                raise ValueError(f"section '{name}', chords: {error}") from error
            for part in section.parts:
                self._check(f"section '{name}', {part.by}", part)
        return self

    def _check(self, place: str, part: Part) -> None:
        if part.by not in self.instruments:
            raise ValueError(f"{place}: no such instrument{did_you_mean(part.by, self.instruments)}")
        drum = self.instruments[part.by].sound in DRUMS
        if drum != (part.steps is not None):
            raise ValueError(f"{place}: {'a drum plays' if drum else 'only drums play'} steps")
        try:
            if part.melody is not None:
                notation.melody(self.notes(part), self.meter)
            for text in filter(None, (part.bass, part.arpeggio)):
                notation.degrees(text, self.meter)
            for text in filter(None, (part.strum, part.steps)):
                notation.steps(text, self.meter)
        except ValueError as error:
            raise ValueError(f"{place}: {error}") from error


def track_names() -> tuple[str, ...]:
    """The tracks that ship."""
    return tuple(sorted(path.stem for path in _TRACKS.glob("*.yaml")))


def load_track(name_or_path: str | Path) -> Score:
    """A shipped track by name, or a score from a YAML file.

    Raises:
        StoryreelError: there is no such track, or what the file says is no score.
    """
    path = Path(name_or_path)
    if not path.suffix:
        if str(path) not in track_names():
            raise StoryreelError(f"no music track '{path}'{did_you_mean(str(path), track_names())}")
        return _shipped(str(path))
    if not path.is_file():
        raise StoryreelError(f"no such score: {path}")
    return _read(path)


def is_score(track: str | Path) -> bool:
    """Whether a track is a score, by name or as a YAML file, and not a sound file."""
    return Path(track).suffix.lower() in ("", ".yaml", ".yml")


@cache
def _shipped(name: str) -> Score:
    return _read(_TRACKS / f"{name}.yaml")


@lru_cache(maxsize=16)
def _parsed(text: str) -> Score:
    return Score.model_validate(YAML(typ="safe", pure=True).load(text))


def _read(path: Path) -> Score:
    start = Place(path.name, 1, 1)
    if path.stat().st_size > _LARGEST:
        raise SceneError([Problem(start, f"longer than {_LARGEST // 1024} KB, the most that a score may have")])
    try:
        return _parsed(path.read_text(encoding="utf-8"))
    except ValidationError as error:
        found = [(".".join(map(str, e["loc"])), e["msg"].removeprefix("Value error, ")) for e in error.errors()]
        raise SceneError(
            Problem(start, f"{place + ': ' if place else ''}{message}") for place, message in found
        ) from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(path.name, mark.line + 1, mark.column + 1) if mark else start
        raise SceneError([Problem(place, f"not readable as YAML: {error.problem or error.context}")]) from error
    except (YAMLError, ValueError, OverflowError, RecursionError) as error:
        raise SceneError([Problem(start, f"not readable as YAML: {error}")]) from error
