"""What a look is, as data: its type, its captions, its way of moving, and where its pen lies. No story, no Skia."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class CaptionStyle:
    """How a look sets its burned-in captions; lengths in stage units at the full size.

    Attributes:
        size: type size; a page that would be too wide is set smaller, down to `least`.
        lead: from baseline to baseline, as a factor of the size.
        lift: how far the last baseline is above the foot of the safe box at least, in stage units.
        pad: half of the air and the plate around letters that counts as their ink.
        characters: ceiling of characters a row.
    """

    size: float = 72
    least: float = 52
    lead: float = 1.2
    lift: float = 40
    pad: float = 24
    characters: int = 24


@dataclass(frozen=True)
class Motion:
    """How things move in a look.

    Attributes:
        hold: a drawing is held for so many frames at 30 a second (ones, twos, threes).
        squash: how far bodies squash and stretch (1 = as the acts are written).
        follow: how far hair, ears and cloth trail behind.
        anticipation: how far an act winds up before it goes.
    """

    hold: int = 1
    squash: float = 1.0
    follow: float = 1.0
    anticipation: float = 1.0


@dataclass(frozen=True)
class Look:
    """A treatment that any story can be rendered in.

    Attributes:
        name: as an author writes it.
        about: one line for `storyreel looks`.
        pen: the module that draws widgets, captions, transitions and the reveal in this look.
        faces: font chains by role (`caption`, `title`, `body`, `label`): names of faces, first choice first.
        transition, reveal_transition: how scenes, and the reveal, come in where a script says nothing.
        gloom: the colour that a graded picture is tinted with.
        keeps: parts of puppets that keep their colour when the picture is graded.
        rim, shadow: the die-cut rim and its flat shadow round a hero, in puppet units (0 = none).
    """

    name: str
    about: str
    pen: str
    faces: dict[str, tuple[str, ...]]
    caption: CaptionStyle = field(default_factory=CaptionStyle)
    motion: Motion = field(default_factory=Motion)
    transition: str = "cut"
    reveal_transition: str = "cut"
    gloom: str = "#808080"
    keeps: tuple[str, ...] = ()
    rim: float = 0.0
    shadow: float = 0.0
