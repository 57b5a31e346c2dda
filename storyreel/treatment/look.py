"""What a look is, as data: its type, captions, motion, exposure, kit and reveal; and its pen, which draws in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from storyreel.text.caption_style import CaptionStyle
from storyreel.timeline.model import CaptionPage
from storyreel.treatment.contract import Cutout, Exposure, Finish, Kit, Treatment
from storyreel.treatment.widget import Widget

TO_COME, OVER = -1, 99
"""Ages of words that are not being said (see `Said`)."""
FORMER: Mapping[str, str] = {"heart": "iris", "bunny": "iris", "star": "iris", "blocks": "cover"}
"""Transitions by the names of the first look's own, and what they are to other looks."""
CONTRACT = 1
"""The number of the contract that a look is written for; it changes when a look has to."""


@dataclass(frozen=True)
class Motion:
    """How things move in a look.

    Attributes:
        squash: how far bodies squash and stretch (1 = as the acts are written).
        follow: how far hair, ears and cloth trail behind.
        anticipation: how far an act winds up before it goes.
        appear, vanish: the easing with which things come and go.
    """

    squash: float = 1.0
    follow: float = 1.0
    anticipation: float = 1.0
    appear: str = "spring(210, 15)"
    vanish: str = "in-back"


@dataclass(frozen=True)
class Grading:
    """A mood that is laid over painted pixels instead of into colours: for moods that change from frame to frame.

    Attributes:
        gloom: the colour that a graded picture is tinted with.
        keeps: parts of puppets that keep their colour.
    """

    gloom: str = "#808080"
    keeps: tuple[str, ...] = ()


@dataclass(frozen=True)
class RevealStyle:
    """How a look's reveal moves: easings of what opens and of the card, degrees that it turns by, what sounds when.

    Attributes:
        opening: easing of `open`, 0 to 1.
        turn: degrees at first and at last, and the easing between.
        settle: easing of `settle`, 0 to 1: what comes to rest after it has opened.
        card: easing with which the card comes.
        effects: effect, seconds from the reveal's first frame, level in dB.
        framed: whether the portrait draws back into a frame as the card comes; if not, a tall picture stays filled with
            it, and the card comes up under the face.
        draws_back: of one that stays, whether it gets smaller as the card comes, until it is as wide as the picture:
            the look covers what is below it.
        rises: of one that stays, whether the card rises over its foot, with a ground of its own: it is told (`rises`),
            and the label of a stand-in stands on the picture above it.
        risen: how much higher than the half the head of such a card is, as a share of the picture's height.
        hands_over: the look's own transition from a story in shots to the portrait.
        fine: whether it is painted in the film's own pixels and in all colours, though the look's finish has neither.
        guest: how the drawn character comes in: it waves and winks where it has come, and else just stands there.
        words: how far below the portrait's middle a card begins that stands under it, in radii.
        labelled: how far to the right of the portrait's middle and below it its label ends, in radii, if a card stands
            under it; None: under the card.
    """

    opening: str = "spring(150, 17)"
    turn: tuple[float, float, str] = (0.0, 0.0, "out-cubic")
    settle: str = "spring(60, 7)"
    card: str = "spring(170, 15)"
    effects: tuple[tuple[str, float, float], ...] = ()
    framed: bool = True
    draws_back: bool = False
    rises: bool = False
    risen: float = 0.0
    hands_over: str = "cut"
    fine: bool = False
    guest: Literal["hop", "walk", "still"] = "still"
    words: float = 0.79
    labelled: tuple[float, float] | None = None


@dataclass(frozen=True)
class Look:
    """A treatment that any story can be rendered in.

    Attributes:
        name: as an author writes it.
        about: one line for `storyreel looks`.
        pen: the module that draws in this look: `TREATMENT`, `FINISH`, `CUTOUT`, `WIDGETS`, `TILES` (of its textures,
            by name), `transition`, `caption`; each may be left out, and a neutral one serves.
        faces: font chains by role (`caption`, `title`, `body`, `label`): names of faces, first choice first. Those
            that lie in `fonts` are held as paths: they are found before the shipped ones, and wherever the look is.
        transition, reveal_transition: how scenes, and the reveal, come in where a script says nothing.
        transitions: the kind that its pen draws for each transition of the format; one that is left out is drawn by its
            own name.
        both: the kinds of transition that show both pictures: its pen draws all there is, from the two of them.
        sweep: seconds that a transition takes.
        sweeps: the same of kinds that take another time.
        exposure: how long drawings stand.
        kit: what neutral widgets are made with; its faces are the look's.
        grading: how moods are laid over painted pixels; None: a treatment takes them into its colours.
        temper: the colours that a cold and a warm picture is seen in; None: a treatment takes warmth into its colours.
        foley: the effects of this look over the neutral ones (`storyreel.direct.foley`): name and level in dB, by
            (act, moment); of things by (kind or `thing`, `shown`) and (`thing` or `tumbling`, `gone`).
        drifts: for how many seconds a drawing is held of what drifts slowly, by kind: nobody sees it, and half of the
            picture rests.
        fonts: a folder with `faces.yaml` (`Name of the face: file.ttf`), for faces that do not ship with storyreel.
        contract: the number of the contract it was written for.
    """

    name: str
    about: str
    pen: str
    faces: Mapping[str, tuple[str, ...]]
    caption: CaptionStyle = field(default_factory=CaptionStyle)
    motion: Motion = field(default_factory=Motion)
    exposure: Exposure = field(default_factory=Exposure)
    kit: Kit = field(default_factory=Kit)
    transition: str = "cut"
    reveal_transition: str = "cut"
    transitions: Mapping[str, str] = field(default_factory=dict)
    both: frozenset[str] = frozenset()
    sweep: float = 0.66
    sweeps: Mapping[str, float] = field(default_factory=dict)
    reveal: RevealStyle = field(default_factory=RevealStyle)
    grading: Grading | None = None
    temper: tuple[str, str] | None = None
    foley: Mapping[tuple[str, str], tuple[str, float]] = field(default_factory=dict)
    drifts: Mapping[str, float] = field(default_factory=dict)
    fonts: Path | None = None
    contract: int = CONTRACT

    def kind(self, transition: str) -> str:
        """The kind that the pen draws for a transition that an author names, in a word of today or of before.

        >>> LOOK = Look("toy", "", "", {}, transitions={"iris": "keyhole", "star": "star"})
        >>> [LOOK.kind(name) for name in ("iris", "heart", "star", "blocks", "page")]
        ['keyhole', 'keyhole', 'star', 'cover', 'page']
        """
        if transition in self.transitions:
            return self.transitions[transition]
        if transition in self.transitions.values():
            return transition
        neutral = FORMER.get(transition, transition)
        return self.transitions.get(neutral, neutral)

    def lasts(self, kind: str) -> float:
        """For how many seconds a kind of transition sweeps over the picture."""
        return self.sweeps.get(kind, self.sweep)

    def __post_init__(self) -> None:
        if self.fonts is not None:
            object.__setattr__(self, "faces", _located(self.faces, self.fonts))
        object.__setattr__(self, "kit", replace(self.kit, faces=self.faces))


def _located(faces: Mapping[str, tuple[str, ...]], fonts: Path) -> Mapping[str, tuple[str, ...]]:
    """Font chains whose faces are the files of a folder, where they lie in it."""
    # Only a look with fonts of its own waits for a YAML reader.
    from storyreel.text.chain import faces_in

    own = {name: str(path) for name, path in faces_in(fonts).items()}
    return {role: tuple(own.get(name, name) for name in names) for role, names in faces.items()}


@dataclass(frozen=True)
class Said:
    """What of a caption page is said at a frame; ages are film frames, cut off at the style's `settle`.

    Attributes:
        age: since the page came.
        words: for each word, since it began; `TO_COME` for one that has not, `OVER` for one that has been said.
    """

    age: int
    words: tuple[int, ...]

    @staticmethod
    def at(page: CaptionPage, frame: int, settle: int) -> Said:
        """What of a page is said at a film frame."""
        ages = (min(frame - word.start, settle) if frame < word.end else OVER for word in page.words)
        return Said(max(min(frame - page.start, settle), 0), tuple(max(age, TO_COME) for age in ages))

    @property
    def current(self) -> int | None:
        """The word that has begun last, though it be over."""
        begun = [index for index, age in enumerate(self.words) if age != TO_COME]
        return begun[-1] if begun else None


@dataclass(frozen=True)
class Pen:
    """What draws in a look, ready for the stage and the painter.

    Attributes:
        treatment: what is done to shapes.
        finish: what is done to the painted picture; None: nothing.
        cutout: what is done to the pixels of each thing by itself; None: nothing.
        widgets: every kind of thing, the look's own over the neutral ones.
        caption: draws a caption page: canvas, its layout, the page, what of it is said.
        transition: draws what covers the picture: canvas, kind, progress, size, seed, focus; and of a kind that shows
            both pictures also what draws the one that leaves and the one that comes, each on a canvas.
    """

    look: Look
    treatment: Treatment
    finish: Finish | None
    widgets: Mapping[str, Widget]
    caption: Callable[[Any, Any, CaptionPage, Said], None]
    transition: Callable[..., None]
    cutout: Cutout | None = None
