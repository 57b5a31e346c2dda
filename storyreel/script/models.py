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

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from storyreel.script.props import Prop
from storyreel.script.units import Colour, Duration, Ease, FrameRate, Name, Position

VERSION = 1
"""The newest version of the scene format that this package reads."""


class Strict(BaseModel):
    """Base of every model: unknown keys are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, allow_inf_nan=False)


def alone_or_listed(value: object) -> object:
    """One thing stands for a list of one."""
    return value if isinstance(value, list | tuple) or value is None else [value]


class VoiceSpec(Strict):
    """Who speaks a part, and how. `pitch` and `formant` are factors: 1 is as recorded."""

    use: str = Field("heart", description="The voice's name.")
    pitch: float = Field(1.0, ge=0.4, le=1.6, description="Pitch as a factor.")
    formant: float = Field(1.0, ge=0.7, le=1.12, description="Size of the voice as a factor; below 1 is larger.")
    speed: float = Field(1.0, ge=0.6, le=1.6, description="Pace as a factor.")


class CastMember(Strict):
    """One of the cast: a puppet, its voice, its colours, what it wears."""

    puppet: str = Field(
        description="A shipped puppet's name, or the path of an SVG or of a sheet of cells (JSON) beside the scene."
    )
    voice: VoiceSpec | None = Field(None, description="The voice; left out, a cast member can't speak.")
    colours: dict[str, Colour] = Field({}, description="Recast colours by their names in the puppet's rig.")
    wear: Annotated[list[str], BeforeValidator(alone_or_listed)] = Field(
        [], description="Outfits of the puppet's rig, one over the other: hair, glasses."
    )
    size: float = Field(1.0, gt=0, le=4, description="Size as a factor: 1 is a hero of 840 units.")


class Creator(Strict):
    """The human behind the account."""

    name: str = Field(min_length=1, description="The name on the card.")
    handle: str = Field(description="The account, with its @.")
    portrait: str = Field(description="A photo or video clip, relative to the scene file.")
    sound: bool = Field(True, description="The portrait's own sound is heard, if it is a clip; false mutes it.")
    label: str = Field("", description="A small label on the portrait, e.g. 'stand-in portrait'.")
    message: str = Field(description="One line in their own words.")
    puppet: str = Field("", description="The cast member that stands for them; the first of the cast if left out.")
    line: str = Field("", description="What they say at the end, in their puppet's voice; nothing if left out.")


class CustomFormat(Strict):
    """A picture of your own size."""

    width: int = Field(ge=160, le=4320, multiple_of=2, description="Pixels across.")
    height: int = Field(ge=160, le=4320, multiple_of=2, description="Pixels down.")
    fps: FrameRate = 30


class MusicSpec(Strict):
    """The score under the film."""

    track: str = Field(description="A shipped track's name, or an audio file or score beside the scene.")
    level: float = Field(-18.0, ge=-60, le=0, description="Its level while nobody speaks, in LUFS; speech is at -16.")


def named_track(value: object) -> object:
    """A plain string is a track's name."""
    return {"track": value} if isinstance(value, str) else value


class CameraSpec(Strict):
    """What the camera does, from where it stands."""

    shot: Literal["wide", "full", "medium", "close"] | None = Field(None, description="How much of `on` is seen.")
    on: str | None = Field(None, description="Whom or what it looks at.")
    to: Position | None = Field(None, description="Where it looks, as a place.")
    zoom: float | None = Field(None, gt=0, le=6, description="Magnification: 1 shows the whole stage.")
    push: float | None = Field(None, gt=0, le=4, description="Magnification as a factor of what it is now.")
    tilt: float | None = Field(None, ge=-45, le=45, description="Roll, in degrees.")
    shake: float | None = Field(None, ge=0, le=200, description="A shake of so many units, dying away.")
    follow: str | None = Field(None, description="Whom it keeps in view from now on.")
    over: Duration | None = Field(None, description="How long the move takes; a cut if left out at a scene's start.")
    ease: Ease = "inout"
    at: Duration | str | None = Field(None, description="When, within the beat: a time, or a moment: michii.slam.")


class Grade(Strict):
    """The colour of the picture: 1 is as painted, 0 is grey."""

    saturation: float = Field(1.0, ge=0, le=1.6, description="1 as painted, 0 grey.")
    tint: float = Field(0.0, ge=0, le=1, description="How much of the look's gloom lies over it.")
    warmth: float = Field(0.0, ge=-1, le=1, description="From -1, cold, to 1, warm, in looks that colour by it.")
    accent: float | None = Field(
        None, ge=0, le=1, description="How much of a colour that the look holds back is there; as the saturation."
    )
    over: Duration | None = Field(None, description="How long the change takes.")
    at: Duration | str | None = Field(None, description="When, within the beat.")


class Burst(Strict):
    """Hearts, sparkles or confetti that burst from somebody, or somewhere."""

    burst: int = Field(16, ge=1, le=200, description="How many.")
    from_: str | Position | None = Field(None, alias="from", description="From whom, or where.")
    spread: float = Field(1.0, gt=0, le=6, description="How far, as a factor.")
    at: Duration | str | None = Field(None, description="When, within the beat: a time, or a moment: michii.slam.")


class Impact(Strict):
    """A burst with a word in it: BONK."""

    text: str = Field(max_length=12, description="The word.")
    from_: str | Position | None = Field(None, alias="from", description="Where.")
    size: float = Field(1.0, gt=0, le=6, description="Size as a factor.")
    at: Duration | str | None = Field(None, description="When, within the beat.")


class Effect(Strict):
    """A sound effect at a moment."""

    play: str = Field(description="An effect's name, or an audio file beside the scene.")
    at: Duration | str | None = Field(None, description="When, within the beat.")
    gain: float = Field(0.0, ge=-60, le=12, description="Louder or softer, in dB.")


def named_effect(value: object) -> object:
    """A plain string is an effect's name."""
    return {"play": value} if isinstance(value, str) else value


EffectItem = Annotated[Effect, BeforeValidator(named_effect)]


class MusicChange(Strict):
    """A change in the score: another section of the track, another level."""

    section: str | None = Field(None, description="The track's section from here on.")
    level: float | None = Field(None, ge=-80, le=0, description="Level in LUFS, speech being at -16; -80 is silence.")
    over: Duration | None = Field(None, description="How long the change of level takes.")
    at: Duration | str | None = Field(None, description="When, within the beat: a time, or a moment: michii.slam.")


class Part(Strict):
    """What one of the cast, or one prop, does in a beat. What stands in one part happens together."""

    say: str | None = Field(None, description="A spoken, captioned line.")
    recording: str | None = Field(None, description="A recording of the line, beside the scene, instead of a voice.")
    caption: bool = Field(True, description="Whether the line is captioned.")
    voice: VoiceSpec | None = Field(None, description="Another voice for this line.")
    do: Annotated[list[str | dict[str, Any]], BeforeValidator(alone_or_listed)] = Field(
        [], description="Acts, together: hop, dance, wave, stamp … or `{dance: {style: b}}`."
    )
    face: str | None = Field(None, description="An expression: joy, happy, sad, angry, surprised, worried, …")
    look: str | tuple[float, float] | None = Field(
        None, description="Where the eyes go: left, right, up, down, camera, one of the cast, or [x, y] in -1..1."
    )
    turn: float | None = Field(None, ge=-1, le=1, description="Turns the head: -1 left of picture, 1 right.")
    pose: str | None = Field(None, description="A pose named in the puppet's rig, held from here on.")
    enter: str | None = Field(None, description="Comes in from: left, right, top, bottom; or `pop`.")
    exit: str | None = Field(None, description="Goes off to: left, right, top, bottom; or `pop`.")
    go: Position | None = Field(None, description="Goes there.")
    how: Literal["walk", "hop", "slide", "bounce", "tumble", "pop"] | None = Field(
        None, description="How it moves there."
    )
    show: Literal["pop", "slide", "fade", "now"] | None = Field(None, description="A prop comes into the picture.")
    hide: Literal["pop", "slide", "fade", "now"] | None = Field(None, description="A prop leaves the picture.")
    set: dict[str, float] = Field({}, description="A prop's values move to these: likes, press, on, crack, typed …")
    play: bool = Field(False, description="A prop that runs by itself (a wall, a burst) starts.")
    size: float | None = Field(None, gt=0, le=6, description="Grows or shrinks to this factor.")
    rot: float | None = Field(None, description="Turns to so many degrees.")
    at: Duration | str | None = Field(None, description="When, within the beat: a time, or a moment: michii.slam.")
    for_: Duration | None = Field(None, alias="for", description="How long the act takes, or is kept up.")
    over: Duration | None = Field(None, description="How long a change of values takes.")
    ease: Ease = "out-back"


def spoken_line(value: object) -> object:
    """A plain string is a spoken line."""
    return {"say": value} if isinstance(value, str) else value


PartItem = Annotated[Part, BeforeValidator(spoken_line)]
Parts = Annotated[list[PartItem], BeforeValidator(alone_or_listed)]


class Beat(BaseModel):
    """What happens together. Keys that are not listed here name one of the cast or a prop, and say what it does."""

    model_config = ConfigDict(extra="allow", frozen=True, populate_by_name=True, allow_inf_nan=False)
    __pydantic_extra__: dict[str, Parts]

    wait: Duration | None = Field(None, description="Nothing new happens for so long.")
    for_: Duration | None = Field(None, alias="for", description="How long the beat lasts; else its longest part.")
    pause: Duration | None = Field(None, description="A rest after the beat's last part.")
    camera: Annotated[list[CameraSpec], BeforeValidator(alone_or_listed)] = Field(
        [], description="What the camera does."
    )
    grade: Annotated[list[Grade], BeforeValidator(alone_or_listed)] = Field([], description="How the colours change.")
    hearts: Annotated[list[Burst], BeforeValidator(alone_or_listed)] = Field([], description="Hearts burst.")
    sparkles: Annotated[list[Burst], BeforeValidator(alone_or_listed)] = Field([], description="Sparkles burst.")
    confetti: Annotated[list[Burst], BeforeValidator(alone_or_listed)] = Field([], description="Confetti bursts.")
    puffs: Annotated[list[Burst], BeforeValidator(alone_or_listed)] = Field([], description="Clouds of dust.")
    shock: Annotated[list[Burst], BeforeValidator(alone_or_listed)] = Field(
        [], description="A flash of light and lines."
    )
    impact: Annotated[list[Impact], BeforeValidator(alone_or_listed)] = Field([], description="A burst with a word.")
    sfx: Annotated[list[EffectItem], BeforeValidator(alone_or_listed)] = Field([], description="Sound effects.")
    music: MusicChange | None = Field(None, description="A change in the score.")

    @property
    def parts(self) -> dict[str, list[Part]]:
        """What the cast and the props do, by name."""
        return dict(self.__pydantic_extra__ or {})


class Placement(Strict):
    """Where one of the cast stands when the scene begins."""

    at: Position = Field("centre", description="Where the feet stand.")
    in_: str | None = Field(None, alias="in", description="The pane or phone that shows them.")
    size: float | None = Field(None, gt=0, le=6, description="Size as a factor of the cast member's own.")
    order: float = Field(0.0, description="Who stands before whom: higher is nearer.")
    face: str | None = Field(None, description="The expression at the start.")
    pose: str | None = Field(None, description="The pose at the start.")
    offstage: bool = Field(False, description="Not in the picture before `enter`; who never enters is only heard.")


class Scene(Strict):
    """One place, and what happens there, beat after beat."""

    id: Name = Field(description="The scene's name; unique in the film.")
    set: str = Field(
        "pastel", description="A shipped set's name, or an SVG beside the scene, fitted by its viewBox (see Drawings)."
    )
    floor: float = Field(0.878, ge=0, le=1.5, description="How far down the safe box feet stand.")
    camera: CameraSpec | None = Field(None, description="Where the camera stands at the start.")
    grade: Grade | None = Field(None, description="The colours at the start.")
    music: str | None = Field(None, description="The track's section from this scene on.")
    enter: Literal["cut", "fade", "iris", "cover", "page", "wipe", "heart", "bunny", "star", "blocks"] | None = Field(
        None,
        description="How the picture comes out of the scene before; the look's own way if left out. Each look has an "
        "iris, a cover, a page and a wipe of its own; heart, bunny and star are irises of kawaii, blocks its cover.",
    )
    cast: dict[Name, Placement] = Field({}, description="Where the cast stands when the scene begins.")
    props: dict[Name, Prop] = Field({}, description="Things on the stage, by names of your own.")
    beats: Annotated[list[Beat], Field(min_length=1), BeforeValidator(alone_or_listed)] = Field(
        description="What happens, one beat after another."
    )


class Script(Strict):
    """A scene file: one film."""

    storyreel: int = Field(ge=1, description="The version of the scene format: 1.")
    title: str = Field(min_length=1, description="The film's title.")
    look: str = Field("kawaii", description="The look it is drawn in.")
    format: str | CustomFormat = Field("tiktok", description="tiktok, reels, shorts, square, landscape, or a size.")
    language: str = Field(
        "en",
        description="The language of the lines (BCP 47); the voice speaks English, others need recordings.",
    )
    creator: Creator | None = Field(None, description="The human behind the account, for the reveal.")
    hashtags: Annotated[list[str], BeforeValidator(alone_or_listed)] = Field(
        [], description="The campaign's hashtags, without #; the reveal's card shows the first, the post's text all."
    )
    cast: dict[Name, CastMember] = Field({}, description="The cast by name.")
    music: Annotated[MusicSpec, BeforeValidator(named_track)] | None = Field(
        None, description="The score under the film; a plain name is its track."
    )
    seed: int = Field(0, description="Another seed: other blinks, other sparkles.")
    scenes: Annotated[list[Scene], Field(min_length=1), BeforeValidator(alone_or_listed)] = Field(
        description="The story, scene after scene."
    )
    reveal: bool = Field(True, description="Whether the reveal is appended when there is a `creator`.")
    closing: str = Field(
        "Behind every account is a real human being who deserves to be treated with kindness and respect.",
        description="The sentence under the card of the reveal.",
    )
