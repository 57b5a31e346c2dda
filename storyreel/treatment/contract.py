"""What a look does to shapes, drawings, the picture and time. Data in, data out; no story, no canvas, no frame."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal, Protocol

from storyreel.puppet.model import Shape
from storyreel.timeline.model import Kind
from storyreel.treatment.roles import Role

_LEAST_BLOCK = 5
"""Frames of a block of cels, at the least.

In blocks of 15 painting took 4 % longer: where a camera shakes or stops, what rests in part of a block has to be
painted in all of its frames. In blocks of 3 it took longer too, as more is made into cels for less.
"""


@dataclass(frozen=True)
class Mood:
    """The story's light.

    Attributes:
        saturation: what is left of colours, 0 to 1.
        tint: how far all goes towards the look's gloom, 0 to 1.
        warmth: from -1, cold, to 1, warm.
        accent: how much of the colour that a look holds back is there, 0 to 1.
    """

    saturation: float = 1.0
    tint: float = 0.0
    warmth: float = 0.0
    accent: float = 1.0

    def rounded(self) -> Mood:
        """In eighths, so that what is recoloured can be kept."""
        return Mood(*(round(value * 8) / 8 for value in (self.saturation, self.tint, self.warmth, self.accent)))


@dataclass(frozen=True)
class Place:
    """All that a treatment may know of a shape: it is treated once for each place, and kept.

    Attributes:
        kind: what it is a part of.
        parts: the named groups around it, outermost first.
        number: which shape of its drawing it is: its seed.
        drawing: which drawing of the boil.
        turn: degrees that its part is turned, in the treatment's `step`.
        plane: how deep it stands: 1 with the actors, 0 as far as the sky.
        manner: hero, inset (inside a pane), crowd, or a word of the story's (xray).
        scale: film pixels a unit of the shape at 1080 across, where it is known.
    """

    kind: Kind
    parts: tuple[str, ...] = ()
    number: int = 0
    drawing: int = 0
    turn: float = 0.0
    plane: float = 1.0
    manner: str = "hero"
    scale: float = 1.0


@dataclass(frozen=True)
class Edge:
    """A band round a whole silhouette, laid under it: a die-cut border, its shadow, a halo, a glow, a thin line.

    Attributes:
        width: how far it reaches beyond the silhouette, in the puppet's units.
        shift: across and down, in the puppet's units.
        blur: sigma, in the puppet's units; 0 for a hard edge.
    """

    width: float
    colour: str
    opacity: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)
    blur: float = 0.0


@dataclass(frozen=True)
class Exposure:
    """How long a drawing stands, by the kind of its layer, in frames at 30 a second; a boil has `cycle` drawings.

    Of a kind that is left out every film frame is a drawing of its own, at any rate. A camera that goes further than
    `brisk` units of the stage while a drawing stands is followed on ones, and so is what leads from one scene to the
    next: a pan in steps is seen as steps. 0: never.

    >>> threes = Exposure({"cast": Fraction(3), "set": Fraction(3)}, cycle=3)
    >>> [threes.began("cast", frame, Fraction(30)) for frame in range(7)]
    [0, 0, 0, 3, 3, 3, 6]
    >>> [threes.drawing("cast", frame, Fraction(30)) for frame in (0, 3, 6, 9)]
    [0, 1, 2, 0]
    """

    frames: Mapping[Kind, Fraction] = field(default_factory=dict)
    cycle: int = 1
    brisk: float = 0.0

    def held(self, kind: Kind, rate: Fraction) -> Fraction:
        """Film frames a drawing; by the whole rate, so that 29.97 a second are held as 30 are."""
        return max(self.frames[kind] * round(rate) / 30, Fraction(1)) if kind in self.frames else Fraction(1)

    def began(self, kind: Kind, frame: int, rate: Fraction) -> int:
        """The scene-local frame at which the drawing began that stands at `frame`: channels are sampled there."""
        held = self.held(kind, rate)
        return frame if held == 1 else math.ceil(frame // held * held)

    def drawing(self, kind: Kind, frame: int, rate: Fraction) -> int:
        """Which drawing of the boil stands at a scene-local frame."""
        return int(frame // self.held(kind, rate)) % self.cycle if self.cycle > 1 else 0

    def block(self, rate: Fraction) -> int:
        """The fewest frames, 5 or more, in which every kind's drawings end: cels and chunks are cut there."""
        whole = math.lcm(*(self.held(kind, rate).numerator for kind in self.frames))
        return whole * -(-_LEAST_BLOCK // whole)


ONES = Exposure()
"""Every frame is a drawing of its own."""


class Treatment(Protocol):
    """What is done to every puppet, set, prop and neutral widget.

    Pure: equal arguments, equal results, on a grid of 1/64 of a unit.

    Attributes:
        redraws: whether shapes are replaced at all; if not, `shape`, `part` and `colour` are never asked.
        step: degrees of turn after which a part is treated anew (hatching, halftone, rim light); 0: never.
        images: the kinds that are kept as an image a part, since their paints are dear; everything else stays paths.
            A puppet's parts then turn and grow in steps (`storyreel.stage.sprites`), and textures are carried by them.

    One that also says `smooth = False` has edges that are not smoothed: a pixel is a shape's or it isn't.
    """

    @property
    def redraws(self) -> bool: ...

    @property
    def step(self) -> float: ...

    @property
    def images(self) -> frozenset[Kind]: ...

    def shape(self, shape: Shape, place: Place) -> Iterable[Shape]:
        """What is drawn in place of a shape, back to front; its colours still those of the drawing.

        Its role is one of the nine; the word that its drawing has for it is its note `word`.
        """

    def part(self, outline: Shape, place: Place) -> Iterable[Shape]:
        """What is laid over a part's own shapes; `outline` is all that they cover, as one fill."""

    def colour(self, hexed: str, role: Role, place: Place, mood: Mood) -> str:
        """The colour ("#RRGGBB") that one of a treated shape's becomes."""

    def edges(self, place: Place) -> Sequence[Edge]:
        """The bands round the silhouette of a puppet, the outermost first."""


@dataclass(frozen=True)
class Plain:
    """Draws everything as its artist did; a look that only adds to that may build on it."""

    redraws: bool = False
    step: float = 0.0
    images: frozenset[Kind] = frozenset()
    smooth: bool = True

    def shape(self, shape: Shape, place: Place) -> Iterable[Shape]:
        """As it is."""
        return (shape,)

    def part(self, outline: Shape, place: Place) -> Iterable[Shape]:
        """Nothing."""
        return ()

    def colour(self, hexed: str, role: Role, place: Place, mood: Mood) -> str:
        """As it is."""
        return hexed

    def edges(self, place: Place) -> Sequence[Edge]:
        """None."""
        return ()


PLAIN = Plain()


class Finish(Protocol):
    """What is done to the whole picture: scene, transition and captions, as they are painted.

    A finished pixel depends on what is painted within `reach` of its own place, on the mood and on the drawing, and on
    nothing else; so what has changed can be finished by itself.

    Attributes:
        reach: in painted pixels.
    """

    @property
    def reach(self) -> int: ...

    def cell(self, width: int, height: int) -> int:
        """Film pixels across a painted one, for a film of a size; more than 1 only in a look whose kit is crisp."""

    def apply(self, painted: Any, finished: Any, rects: Sequence[Any], mood: Mood, drawing: int) -> None:
        """Finishes rectangles of a picture: from `painted` to `finished`, both opaque BGRA (height, width, 4).

        Args:
            painted: the whole picture as it is painted; never to be changed.
            finished: the film's picture, in which every pixel of the rectangles is to be written, and no other.
            rects: in painted pixels (left, top, right, bottom; half-open), grown by `reach` already.
            mood: the frame's, in eighths.
            drawing: which drawing of the boil of a set.
        """


Made = Literal["figure", "widget", "cells"]


class Cutout(Protocol):
    """What is done to the pixels of one thing by itself, before it is laid on what lies below; in whole cells.

    Attributes:
        kinds: of the things that it is done to.
    """

    @property
    def kinds(self) -> frozenset[Kind]: ...

    def apply(self, pixels: Any, made: Made, corner: tuple[int, int] = (0, 0)) -> None:
        """Changes a thing's own picture, one pixel a cell: premultiplied BGRA (height, width, 4), clear around it.

        Args:
            pixels: with two clear rows and columns on every side that the film's picture does not cut off.
            made: what it is: a figure or a drawing, round which a line belongs; a widget, which has one where it needs
                it; or cells, which are as they should be but for the light that they stand in.
            corner: where in the picture its first pixel lies, across and down, for patterns that lie still there.
        """


_NEUTRAL = {
    "paper": "#FCFAF6",
    "ink": "#2A2833",
    "soft": "#DDDCE3",
    "accent": "#F2B441",
    "kind": "#7FC7AE",
    "mean": "#77737F",
    "warm": "#F3A683",
    "cool": "#8FB4D9",
    "ground": "#EFEBE3",
}
"""What colours are where a look says nothing."""


@dataclass(frozen=True)
class Kit:
    """What neutral widgets are made with; what is built with one is kept by it.

    Attributes:
        colours: by use: paper, ink, soft, accent, kind, mean, warm, cool, ground.
        line: width of an outline, in stage units.
        corner: how round corners are: a share of the shorter side.
        light: where light comes from, in degrees (0 right, 90 below, 225 upper left).
        crisp: whole pixels, nothing smoothed, nothing turned.
        rims: whether bare words stand on paper of their own.
        faces: font chains by role (`title`, `body`, `label`); a look's kit has the look's own.
    """

    colours: Mapping[str, str] = field(default_factory=dict, hash=False)
    line: float = 7.0
    corner: float = 0.4
    light: float = 225.0
    crisp: bool = False
    rims: bool = True
    faces: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    def colour(self, use: str, otherwise: str = "") -> str:
        """The look's colour for a use ("#RRGGBB"); where it has none, `otherwise`, or a quiet one.

        >>> Kit({"ink": "#101010"}).colour("ink"), Kit().colour("star", "#FFE08A")
        ('#101010', '#FFE08A')
        """
        return self.colours.get(use) or otherwise or _NEUTRAL[use]
