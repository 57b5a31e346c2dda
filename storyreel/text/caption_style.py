"""How captions are set, as data."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class CaptionStyle:
    """How a look sets its burned-in captions; lengths in stage units at the full size.

    Attributes:
        size: type size; a page that would be too wide is set smaller, down to `least`.
        lead: from baseline to baseline, as a factor of the size.
        lift: how far the last baseline is above the foot of the safe box at least, in stage units.
        pad: half of the air and the plate around letters that counts as their ink.
        characters: ceiling of characters a row.
        grows: how much further apart words stand (em) that grow as they sound.
        large: the type size of lines that are in their speaker's colour; 0: as all others.
        settle: film frames at 30 a second after which a page or a word that has come stands still.
        capitals: whether all is set in capitals; subtitles keep the words as they are written.
        points: whether a small mark points to where a speaker is who is not seen.
    """

    size: float = 72
    least: float = 52
    lead: float = 1.2
    lift: float = 40
    pad: float = 24
    characters: int = 24
    settle: int = 8
    grows: float = 0.0
    large: float = 0.0
    capitals: bool = False
    points: bool = True

    def sized(self, factor: float) -> CaptionStyle:
        """The same with type of another size: larger type covers more; no type that is not made smaller falls below
        the least size."""
        return replace(
            self,
            size=self.size * factor,
            large=self.large * factor,
            least=self.least * min(factor, 1.0),
            pad=self.pad * max(factor, 1.0),
        )

    def full(self, colour: str) -> float:
        """The largest size of a line; `colour` is its speaker's."""
        return self.large or self.size if colour else self.size

    def apart(self, colour: str) -> float:
        """How much further apart the words of a line stand (em): each has the room that it grows into.

        `colour` is its speaker's; a line without one is set as in the first films.
        """
        return self.grows if colour else 0.0
