"""What a puppet has whatever its colours and its mood, kept for all who wear it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from storyreel.puppet.model import IDENTITY, Drawing, Node, Rig
from storyreel.puppet.rig import read_rig
from storyreel.puppet.svg import read_figure
from storyreel.stage.bands import Bands
from storyreel.stage.geometry import Geometry
from storyreel.stage.kept import Figure
from storyreel.stage.parts import Maker, Part
from storyreel.stage.pictures import Colouring
from storyreel.stage.treated import Hand, Ink, inks, treated
from storyreel.stage.trimming import Trims
from storyreel.treatment.contract import PLAIN, Mood, Place


@dataclass(frozen=True)
class Forms:
    """Those of a puppet as somebody draws it; filled as it is asked for."""

    geometries: dict[int, Geometry] = field(default_factory=dict)
    trims: Trims = field(default_factory=Trims)
    drawings: dict[tuple[float, str], Node] = field(default_factory=dict)  # by degrees and the part turned by them

    def treated(self, figure: Figure, hand: Hand, turn: float = 0.0, only: str = "") -> Node:
        """It as a look's hand draws it; of a turned one, one part alone."""
        key = (turn, only)
        self.drawings[key] = self.drawings.get(key) or figure.treated(hand, *key)
        return self.drawings[key]

    @cached_property
    def inks(self) -> frozenset[Ink]:
        """Those of what is treated already."""
        return inks(self.drawings[0.0, ""])


class Silhouette(NamedTuple):
    """What a puppet covers: that of its shapes before any look drew them, as ribbons have none to speak of."""

    covered: Mapping[int, Geometry]
    """By the numbers of pictures."""
    bands: Bands


@lru_cache(maxsize=96)
def forms(figure: Figure, state: str, hand: Hand | None) -> Forms:
    """Those of a puppet as somebody draws it: for all who wear it in colours of their own, where nobody redraws it."""
    return Forms()


@lru_cache(maxsize=512)
def lit(figure: Figure, state: str, hand: Hand) -> Hand:
    """A hand in the plainest mood in which it draws the puppet the same."""
    if hand == hand.unlit():
        return hand
    known = forms(figure, state, hand.unlit())
    known.treated(figure, hand.unlit())
    return hand.lit(known.inks)


@lru_cache(maxsize=32)
def silhouette(figure: Figure, state: str) -> Silhouette:
    """That of a figure in no colours of its own, whoever draws it."""
    drawing, rig = read_figure(figure.path), read_rig(figure.path, figure.rig)
    # What a look lays over parts makes pictures of its own: they have to be counted here, too.
    undrawn = treated(drawing, Hand(PLAIN, Place("cast"), Mood()), lambda hexed, _: hexed, rig.pivots)
    found: dict[int, Geometry] = {}
    top = parts(undrawn, rig, lambda hexed, *_: hexed, found)
    return Silhouette(found, Bands(firm(top)))


def parts(
    drawing: Drawing,
    rig: Rig,
    colour: Colouring,
    geometries: dict[int, Geometry],
    smooth: bool = True,
    quick: bool = False,
) -> Part:
    """A drawing's parts; their geometries are taken from those that are known, and put there.

    Args:
        smooth, quick: as of their pictures.
    """
    maker = Maker(
        frozenset(rig.pivots),
        colour,
        {name: index for index, name in enumerate(rig.mouths)},
        frozenset(spring.part for spring in rig.springs),
        geometries,
        smooth=smooth,
        quick=quick,
    )
    return Part(drawing.root, IDENTITY, "", (), maker)


def firm(top: Part) -> list[Geometry]:
    """Those of parts that never bend and are never cut to anything or faded: others may lie in them."""
    return [picture.covered for part in top.walk() if not part.spring and not part.cuts for picture in part.pictures]


def plain(figure: Figure) -> Figure:
    """It in no colours of its own."""
    return replace(figure, colours=())
