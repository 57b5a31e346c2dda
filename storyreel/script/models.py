"""What an author writes: one model for each part of a scene file, strict, with a sentence for every key.

The JSON Schema and the reference of the scene format are made from these models, their docstrings included.

>>> script = Script(
...     storyreel=1,
...     title="Hello",
...     cast={"michii": CastMember(puppet="michii", voice=VoiceSpec(pitch=1.2))},
...     scenes=[Scene(id="hello", cast={"michii": Placement()}, beats=[Beat(michii="Hello!")])],
... )
>>> script.scenes[0].beats[0].parts["michii"][0].say
'Hello!'
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag

from storyreel.script.air import Grade, HourItem, Still, Wind
from storyreel.script.base import Strict, alone_or_listed
from storyreel.script.captions import CaptionSpec
from storyreel.script.dot import Time
from storyreel.script.openings import Corners, PageTurn
from storyreel.script.part import Follow, Part, Parts, Touch, spoken_line
from storyreel.script.people import Build, CastMember, Creator, Portrait, named_picture
from storyreel.script.props import Prop
from storyreel.script.shots import Bars, CameraSpec, Shot, ShotItem
from storyreel.script.sounds import Effect, EffectItem, MusicChange, MusicItem, SoundChange, SoundStart, named_effect
from storyreel.script.transitions import Cut
from storyreel.script.units import Duration, FrameRate, Name, Position
from storyreel.script.voice import VoiceSpec

__all__ = (
    "VERSION",
    "Bars",
    "Beat",
    "Build",
    "Burst",
    "CameraSpec",
    "CaptionSpec",
    "CastMember",
    "Creator",
    "CustomFormat",
    "Cut",
    "Effect",
    "Follow",
    "Grade",
    "Impact",
    "MusicChange",
    "MusicSpec",
    "Part",
    "Parts",
    "Placement",
    "Portrait",
    "Reveal",
    "Scene",
    "Script",
    "Shot",
    "SoundChange",
    "Still",
    "Strict",
    "Touch",
    "VoiceSpec",
    "alone_or_listed",
    "named_effect",
    "named_picture",
    "named_track",
    "spoken_line",
)

VERSION = 2
"""The newest version of the scene format that this package reads."""
CLOSING = "Behind every account is a real human being who deserves to be treated with kindness and respect."


class CustomFormat(Strict):
    """A picture of your own size."""

    width: int = Field(ge=160, le=4320, multiple_of=2, description="Pixels across.")
    height: int = Field(ge=160, le=4320, multiple_of=2, description="Pixels down.")
    fps: FrameRate = 30


class MusicSpec(Strict):
    """The score under the film."""

    track: str = Field(description="A shipped track's name, or an audio file or score beside the scene.")
    level: float = Field(
        default=-18.0, ge=-60, le=0, description="Its level while nobody speaks, in LUFS; speech is at -16."
    )


def named_track(value: object) -> object:
    """A plain string is a track's name."""
    return {"track": value} if isinstance(value, str) else value


class Burst(Strict):
    """Hearts, sparkles or confetti that burst from somebody, or somewhere."""

    burst: int = Field(default=16, ge=1, le=200, description="How many.")
    from_: str | Position | None = Field(default=None, alias="from", description="From whom, or where.")
    spread: float = Field(default=1.0, gt=0, le=6, description="How far, as a factor.")
    at: Time | None = Field(default=None, description="When, within the beat: a time, or a moment: michii.slam.")


class Impact(Strict):
    """A burst with a word in it: BONK."""

    text: str = Field(max_length=12, description="The word.")
    from_: str | Position | None = Field(default=None, alias="from", description="Where.")
    size: float = Field(default=1.0, gt=0, le=6, description="Size as a factor.")
    at: Time | None = Field(default=None, description="When, within the beat.")


class Beat(BaseModel):
    """What happens together. Keys that are not listed here name one of the cast or a prop, and say what it does."""

    model_config = ConfigDict(extra="allow", frozen=True, populate_by_name=True, allow_inf_nan=False)
    __pydantic_extra__: dict[str, Parts]

    if TYPE_CHECKING:
        # Names of the cast are keys, too, which no type checker knows.
        def __init__(self, **said: object) -> None: ...

    shot: ShotItem | None = Field(
        default=None, description="How we look from here on: a shot of the scene's `shots`, a size, or keys and values."
    )
    wait: Duration | None = Field(default=None, description="Nothing new happens for so long.")
    for_: Duration | None = Field(
        default=None, alias="for", description="How long the beat lasts; else its longest part."
    )
    loop: Duration | None = Field(
        default=None, description="How long the beat lasts, as a loop: its last drawing leads into its first."
    )
    pause: Duration | None = Field(default=None, description="A rest after the beat's last part.")
    camera: Annotated[list[CameraSpec], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="What the camera does."
    )
    grade: Annotated[list[Grade], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="How the colours change."
    )
    hearts: Annotated[list[Burst], BeforeValidator(alone_or_listed)] = Field(default=[], description="Hearts burst.")
    sparkles: Annotated[list[Burst], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="Sparkles burst."
    )
    confetti: Annotated[list[Burst], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="Confetti bursts."
    )
    puffs: Annotated[list[Burst], BeforeValidator(alone_or_listed)] = Field(default=[], description="Clouds of dust.")
    shock: Annotated[list[Burst], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="A flash of light and lines."
    )
    impact: Annotated[list[Impact], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="A burst with a word."
    )
    sfx: Annotated[list[EffectItem], BeforeValidator(alone_or_listed)] = Field(default=[], description="Sound effects.")
    music: Annotated[list[MusicItem], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="A change in the score; a plain name is a section of the track."
    )
    mood: Annotated[list[Grade], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="The same as `grade`."
    )
    wind: Annotated[list[Wind], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="How the wind changes."
    )
    hour: Annotated[list[HourItem], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="What hour of the day it becomes."
    )
    still: Still | None = Field(default=None, description="Everything holds still.")
    sound: Annotated[list[SoundChange], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="A change in all that is heard."
    )
    frame: Annotated[list[Bars], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="Bars above and below the picture, from then on."
    )
    page: Annotated[list[PageTurn], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="The panes go over to another page."
    )
    cut: Cut | None = Field(default=None, description="The way out of the shot; it ends the beat.")

    @property
    def parts(self) -> dict[str, list[Part]]:
        """What the cast and the props do, by name."""
        return dict(self.__pydantic_extra__ or {})


class Placement(Strict):
    """Where one of the cast stands when the scene begins."""

    if TYPE_CHECKING:
        # Type checkers take aliases for the only names, and times for nothing but `Duration`.
        def __init__(self, **said: object) -> None: ...

    at: Position = Field(default="centre", description="Where the feet stand.")
    in_: str | None = Field(default=None, alias="in", description="The pane or phone that shows them.")
    size: float | None = Field(default=None, gt=0, le=6, description="Size as a factor of the cast member's own.")
    order: float = Field(default=0.0, description="Who stands before whom: higher is nearer.")
    face: str | None = Field(default=None, description="The expression at the start.")
    pose: str | None = Field(default=None, description="The pose at the start.")
    offstage: bool = Field(
        default=False, description="Not in the picture before `enter`; who never enters is only heard."
    )
    holds: Annotated[list[str], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="What they have in their hands when the scene begins."
    )


Entrance = Literal["cut", "fade", "iris", "cover", "page", "wipe", "heart", "bunny", "star", "blocks"]
"""How the picture comes out of the scene before."""


class Scene(Strict):
    """One place, and what happens there, beat after beat."""

    if TYPE_CHECKING:
        # One thing stands for a list of one, and a dict for what stands under a key, which type checkers can't know.
        def __init__(
            self,
            *,
            id: str,
            set: str = "pastel",
            clip: bool = False,
            floor: float = 0.878,
            camera: CameraSpec | Mapping[str, object] | None = None,
            grade: Grade | Mapping[str, object] | None = None,
            mood: Grade | Mapping[str, object] | None = None,
            wind: Wind | Mapping[str, object] | None = None,
            hour: float | None = None,
            music: str | None = None,
            enter: Entrance | None = None,
            frame: Bars | Mapping[str, object] | None = None,
            shots: Mapping[str, Shot | Mapping[str, object]] = {},
            cast: Mapping[str, Placement | Mapping[str, object]] = {},
            props: Mapping[str, Prop | Mapping[str, object]] = {},
            pages: Mapping[str, Mapping[str, object]] = {},
            beats: Beat | Mapping[str, object] | Sequence[Beat | Mapping[str, object]],
        ) -> None: ...

    id: Name = Field(description="The scene's name; unique in the film.")
    set: str = Field(
        default="pastel",
        description="A shipped set's name, or an SVG beside the scene, fitted by its viewBox (see Drawings).",
    )
    clip: bool = Field(default=False, description="It is no part of the film: panes that show it run it in a loop.")
    floor: float = Field(default=0.878, ge=0, le=1.5, description="How far down the safe box feet stand.")
    camera: CameraSpec | None = Field(default=None, description="Where the camera stands at the start.")
    grade: Grade | None = Field(default=None, description="The colours at the start.")
    mood: Grade | None = Field(default=None, description="The same as `grade`.")
    wind: Wind | None = Field(default=None, description="The wind at the start.")
    hour: float | None = Field(
        default=None, ge=0, le=24, description="The hour of the day at the start; left out, none."
    )
    music: str | None = Field(default=None, description="The track's section from this scene on.")
    enter: Entrance | None = Field(
        default=None,
        description="How the picture comes out of the scene before; the look's own way if left out. Each look has an "
        "iris, a cover, a page and a wipe of its own; heart, bunny and star are irises of kawaii, blocks its cover.",
    )
    frame: Bars | None = Field(
        default=None, description="Bars above and below the picture at the start, and from then on."
    )
    shots: dict[Name, Shot] = Field(default={}, description="Set-ups of the camera, by names of your own.")
    cast: dict[Name, Placement] = Field(default={}, description="Where the cast stands when the scene begins.")
    props: dict[Name, Prop] = Field(default={}, description="Things on the stage, by names of your own.")
    pages: dict[Name, dict[Name, Corners]] = Field(
        default={},
        description="Layouts of panes, by names of your own: the corners of each. The first is there at the start.",
    )
    beats: Annotated[list[Beat], Field(min_length=1), BeforeValidator(alone_or_listed)] = Field(
        description="What happens, one beat after another."
    )


class Reveal(Strict):
    """How the human behind the account is shown: the last beat of the story, the portrait alone, the card."""

    if TYPE_CHECKING:
        # Type checkers take aliases for the only names, and times for nothing but `Duration`.
        def __init__(self, **said: object) -> None: ...

    first: Beat | None = Field(
        default=None, description="One more beat of the story, with a `shot`; its `cut` leads to the portrait."
    )
    alone: Duration | None = Field(
        default=None, description="How long nothing is seen but the portrait; 0.7s at the least, 0.9s if left out."
    )
    card: Annotated[list[Literal["name", "handle", "message", "hashtag"]], BeforeValidator(alone_or_listed)] = Field(
        default=[], description="What stands on the card, and comes there one after another; all of it, if left out."
    )
    say: str = Field(default="", description="What is said at the end, in the voice of the creator's puppet.")
    as_: str = Field(default="", alias="as", description="How the card writes it, where not as it is spoken.")
    guest: dict[Name, Parts] = Field(
        default={}, max_length=1, description="One of the cast, small beside the hashtag, and what they do there."
    )
    for_: Duration | None = Field(
        default=None, alias="for", description="How long all of it lasts, its `first` included."
    )


def _ending(value: object) -> str:
    return "Reveal" if isinstance(value, dict | Reveal) else "bool"


class Script(Strict):
    """A scene file: one film."""

    if TYPE_CHECKING:
        # A plain string stands for a track, one thing for a list of one, and a dict for what stands under a key in
        # a scene file, which type checkers can't know.
        def __init__(
            self,
            *,
            storyreel: int,
            title: str,
            look: str = "kawaii",
            format: str | CustomFormat | Mapping[str, object] = "tiktok",
            language: str = "en",
            creator: Creator | Mapping[str, object] | None = None,
            hashtags: str | Sequence[str] = (),
            cast: Mapping[str, CastMember | Mapping[str, object]] = {},
            music: MusicSpec | Mapping[str, object] | str | None = None,
            sound: SoundStart | Mapping[str, object] | None = None,
            captions: CaptionSpec | Mapping[str, object] | None = None,
            seed: int = 0,
            scenes: Scene | Mapping[str, object] | Sequence[Scene | Mapping[str, object]],
            reveal: Reveal | Mapping[str, object] | bool = True,
            closing: str = CLOSING,
        ) -> None: ...

    storyreel: int = Field(
        ge=1, le=VERSION, description="The version of the scene format: 2; a file of version 1 keeps its film."
    )
    title: str = Field(min_length=1, description="The film's title.")
    look: str = Field(default="kawaii", description="The look it is drawn in.")
    format: str | CustomFormat = Field(
        default="tiktok", description="tiktok, reels, shorts, square, landscape, or a size."
    )
    language: str = Field(
        default="en",
        description="The language of the lines (BCP 47); the voice speaks English, others need recordings.",
    )
    creator: Creator | None = Field(default=None, description="The human behind the account, for the reveal.")
    hashtags: Annotated[list[str], BeforeValidator(alone_or_listed)] = Field(
        default=[],
        description="The campaign's hashtags, without #; the reveal's card shows the first, the post's text all.",
    )
    cast: dict[Name, CastMember] = Field(default={}, description="The cast by name.")
    music: Annotated[MusicSpec, BeforeValidator(named_track)] | None = Field(
        default=None, description="The score under the film; a plain name is its track."
    )
    sound: SoundStart | None = Field(
        default=None, description="How all that is heard begins: one point, or through something."
    )
    captions: CaptionSpec | None = Field(
        default=None, description="How captions are set otherwise than the look sets them: size and colours."
    )
    seed: int = Field(default=0, description="Another seed: other blinks, other sparkles.")
    scenes: Annotated[list[Scene], Field(min_length=1), BeforeValidator(alone_or_listed)] = Field(
        description="The story, scene after scene."
    )
    reveal: Annotated[Annotated[Reveal, Tag("Reveal")] | Annotated[bool, Tag("bool")], Discriminator(_ending)] = Field(
        default=True, description="Whether the reveal is appended when there is a `creator`, and how it goes."
    )
    closing: str = Field(
        default=CLOSING,
        description="The sentence under the card of the reveal.",
    )

    def save(self, path: str | Path) -> None:
        """Writes it as a scene file, which appears whole or not at all; read again, it is the same script.

        Raises:
            StoryreelError: it can't be written.
        """
        from storyreel.script.saved import save

        save(self, path)
