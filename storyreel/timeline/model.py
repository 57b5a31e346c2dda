"""The film between the script and the screen: scenes of layers, each with its channels, and the sound beside them.

Every number of a layer is in stage units: a space whose short side is 1080 in a tall picture, its origin the top left
corner. Frames of layers are scene-local, so that a scene that grows changes nothing in the scenes after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from storyreel.timeline.clock import Clock
from storyreel.timeline.sound import ClipCue as ClipCue
from storyreel.timeline.sound import EffectCue as EffectCue
from storyreel.timeline.sound import Held as Held
from storyreel.timeline.sound import MusicCue as MusicCue
from storyreel.timeline.sound import Sound as Sound
from storyreel.timeline.sound import SpeechCue as SpeechCue
from storyreel.timeline.track import Channel, sample

STAGE = 1080
"""The short side of a tall picture, in stage units; a low one has more of them, so that everything fits."""

Kind = Literal["set", "cast", "prop", "air", "type", "camera"]
"""What a layer is to a look: a plane of a set, somebody, a thing, what drifts and bursts, lettering, the camera."""

Lane = Literal["low", "high", "none"]
"""The band of the picture that a shot keeps free for captions."""

Scalar = str | float | int | bool | None
Setting = Scalar | tuple["Setting", ...]


@dataclass(frozen=True)
class Asset:
    """A file that a layer draws, and the SHA-256 of its bytes."""

    path: str
    digest: str


@dataclass(frozen=True)
class PuppetContent:
    """A puppet: its drawing, its rig, and the colours that were recast (`(name, "#RRGGBB")`).

    The layer's channels pose it: `Head.rot`, `Left Ear.bend`, … (see `storyreel.stage.puppet`), `mouth`. `middle` is
    the point of the drawing that lies at the layer's origin; left out, the feet.
    """

    drawing: Asset
    rig: Asset | None = None
    colours: tuple[tuple[str, str], ...] = ()
    middle: tuple[float, float] | None = None


@dataclass(frozen=True)
class Mirror:
    """A drawing goes on past a box of its own units, mirrored at its edges: so many times left, up, right and down."""

    box: tuple[float, float, float, float]
    times: tuple[int, int, int, int]


@dataclass(frozen=True)
class DrawingContent:
    """A still drawing (SVG): a plane of a set, a prop.

    `part` draws one named group of it; `middle` is the point of the drawing that lies at the layer's origin.
    """

    drawing: Asset
    part: str = ""
    colours: tuple[tuple[str, str], ...] = ()
    mirror: Mirror | None = None
    middle: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class PictureContent:
    """A bitmap or a video clip, fitted (`cover`) into a box around its origin; `still`: it has one frame."""

    file: Asset
    width: float
    height: float
    still: bool = True


@dataclass(frozen=True)
class WidgetContent:
    """Something that the look draws by name: a button, a post, hearts, a balloon; `settings` never change over time."""

    kind: str
    settings: tuple[tuple[str, Setting], ...] = ()

    def setting(self, name: str, default: Setting = None) -> Setting:
        """A setting by name."""
        return dict(self.settings).get(name, default)


@dataclass(frozen=True)
class GroupContent:
    """Layers carried, graded and cut together: `frame` is the widget whose outline clips them.

    `camera` are channels as a scene's, in the group's units: `x`, `y` is the point that lies at the group's origin.
    Only where there are any do the group's children stand on planes.
    """

    frame: WidgetContent | None = None
    camera: tuple[tuple[str, Channel], ...] = ()


@dataclass(frozen=True)
class StillContent:
    """A whole scene as one of its frames shows it, without captions: the middle of that picture lies at the origin.

    `scene` holds no more than that frame takes (`storyreel.timeline.excerpt.still`).
    """

    scene: Scene
    frame: int


Content = PuppetContent | DrawingContent | PictureContent | WidgetContent | GroupContent | StillContent


@dataclass(frozen=True)
class Layer:
    """One thing on the stage.

    Attributes:
        id: unique within its scene.
        content: what is drawn around the layer's own origin.
        start, end: scene-local frames, half-open.
        channels: values over time: `x y scale sx sy rot opacity` place any layer (defaults 0 0 1 1 1 0 1); a group also
            knows a mood of its own: `saturation`, `tint`, `warmth`, `accent`; one that is in a group may be let out of
            it: from .5 of `free` on nothing of the group cuts or covers it; the rest belongs to the content.
        plane: how much of the camera's movement it takes: 1 with the actors, 0 not at all (as the sky).
        order: who stands before whom among its siblings; equal orders keep the order of listing.
        screen: fixed to the picture, free of the camera, the mood and the light of the scene (captions, titles).
        children: layers inside a group, placed about the group's origin.
        kind: what it is to a look.
        manner: how a look draws it: hero, inset (inside a pane), crowd, or a word of the story's.
    """

    id: str
    content: Content
    start: int
    end: int
    channels: tuple[tuple[str, Channel], ...] = ()
    plane: float = 1.0
    order: float = 0.0
    screen: bool = False
    children: tuple[Layer, ...] = ()
    kind: Kind = "prop"
    manner: str = "hero"

    def values(self, frame: int) -> dict[str, float]:
        """Every channel sampled at a scene-local frame."""
        return {name: sample(channel, frame) for name, channel in self.channels}


@dataclass(frozen=True)
class Word:
    """One word of a line: when it sounds (film frames, half-open) and what stands behind it in the caption."""

    text: str
    start: int
    end: int
    space: str = " "


def spelt(words: Iterable[Word]) -> str:
    """Words as they are written one after another."""
    return "".join(word.text + word.space for word in words).strip()


@dataclass(frozen=True)
class Line:
    """One spoken line; frames count from the film's first frame. Not `burned`: in the sidecars only.

    `lane` is the band of the picture that is kept free for it; `colour` its speaker's, "#RRGGBB": words that sound grow
    in it, each in room of its own. Without one they are marked as the look does of itself. `off` is the side from which
    it comes where its speaker isn't seen: left, right or top.
    """

    scene: str
    speaker: str
    words: tuple[Word, ...]
    place: str = ""
    burned: bool = True
    lane: Lane = "low"
    colour: str = ""
    off: str = ""

    @property
    def text(self) -> str:
        """The line as the author wrote it."""
        return spelt(self.words)


@dataclass(frozen=True)
class CaptionChange:
    """What is otherwise about captions than a look has them: the size as a factor, colours "#RRGGBB" ("": the look's).

    `letters` is the letters' colour, `edge` that of what lies round or under them, `word` marks the word that sounds.
    """

    size: float = 1.0
    letters: str = ""
    edge: str = ""
    word: str = ""


@dataclass(frozen=True)
class CaptionPage:
    """What is burned in at one time: at most two lines of word indices into `words`; film frames, half-open.

    `lane`, `colour` and `off` are the line's; the page stands `rise` units away from the edge of the safe box that its
    lane is at, its rows about `middle` (None: that of the safe box). `change` is what the author has
    otherwise than the look.
    """

    start: int
    end: int
    words: tuple[Word, ...]
    rows: tuple[tuple[int, ...], ...]
    size: float
    lane: Lane = "low"
    colour: str = ""
    rise: float = 0.0
    middle: float | None = None
    off: str = ""
    change: CaptionChange = CaptionChange()


@dataclass(frozen=True)
class Beat:
    """A stretch of a scene between two moments of the script, for tables and contact sheets (scene-local frames)."""

    start: int
    end: int
    summary: str
    place: str = ""


@dataclass(frozen=True)
class Transition:
    """How a scene's first frames come out of the scene before it.

    `focus` is where in the picture it closes or opens, if it does that anywhere, in stage units: on somebody's face.
    `under` is the picture of the other scene, where the look shows both: its last frame, or its first.
    """

    kind: str
    frames: int
    focus: tuple[float, float] | None = None
    under: StillContent | None = None


LOOP = ("loop", "loop.end")
"""The marks of a loop, in pairs."""


@dataclass(frozen=True)
class Scene:
    """One scene: its layers back to front, its camera, its beats. `seed` decides everything that looks random.

    `marks` are the moments that its story has names for, and where its loops begin and end (`LOOP`), by their frames:
    for tables, and for whoever cuts a loop out; nothing is drawn by them.
    `stills` are frames, half-open, in which no line wobbles: all are drawn as in the first of them.
    """

    id: str
    length: int
    layers: tuple[Layer, ...]
    camera: tuple[tuple[str, Channel], ...] = ()
    beats: tuple[Beat, ...] = ()
    seed: int = 0
    kind: Literal["story", "reveal"] = "story"
    enter: Transition | None = None
    leave: Transition | None = None
    marks: tuple[tuple[str, int], ...] = ()
    stills: tuple[tuple[int, int], ...] = ()

    def drawn_at(self, frame: int) -> int:
        """The frame whose drawings a frame shows: of a dead hold, its first."""
        return next((start for start, end in self.stills if start <= frame < end), frame)


@dataclass(frozen=True)
class Timeline:
    """The whole film as data. Equal timelines, with equal assets and versions, are equal films.

    `safe` is the strict safe box in stage units; `stage` is the picture's short side in them.
    """

    title: str
    look: str
    width: int
    height: int
    rate: Fraction
    safe: tuple[float, float, float, float]
    scenes: tuple[Scene, ...]
    lines: tuple[Line, ...] = ()
    captions: tuple[CaptionPage, ...] = ()
    sound: Sound = field(default_factory=Sound)
    language: str = "en"
    stage: float = STAGE

    @property
    def clock(self) -> Clock:
        """The film's clock."""
        return Clock(self.rate)

    @property
    def length(self) -> int:
        """Frames in the film."""
        return sum(scene.length for scene in self.scenes)

    @property
    def scale(self) -> float:
        """Pixels a stage unit."""
        return min(self.width, self.height) / self.stage

    @property
    def stage_size(self) -> tuple[float, float]:
        """Width and height of the picture in stage units."""
        return self.width / self.scale, self.height / self.scale

    def starts(self) -> Iterator[tuple[int, Scene]]:
        """Every scene with its first film frame."""
        start = 0
        for scene in self.scenes:
            yield start, scene
            start += scene.length

    def locate(self, frame: int) -> tuple[int, Scene]:
        """The scene that shows a film frame, and the frame's number within it.

        Raises:
            IndexError: the film has no such frame.
        """
        for start, scene in self.starts():
            if start <= frame < start + scene.length:
                return frame - start, scene
        raise IndexError(f"frame {frame} is outside the film's {self.length} frames")


def settings(values: Mapping[str, Setting]) -> tuple[tuple[str, Setting], ...]:
    """A mapping as sorted pairs, fit for a frozen layer."""
    return tuple(sorted(values.items()))
