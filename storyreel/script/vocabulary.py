"""The names that a script may use and that other rooms know: acts, faces, effects, looks, what ships."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Names = frozenset[str]


@dataclass(frozen=True)
class PuppetNames:
    """What one puppet's rig can be asked for."""

    colours: Names = frozenset()
    faces: Names = frozenset()
    poses: Names = frozenset()
    outfits: Names = frozenset()


@dataclass(frozen=True)
class Vocabulary:
    """Every name by its kind. `None`: not known here, so not checked.

    Attributes:
        acts: what `do` may name.
        moments: the moments of each act that other parts may wait for (`michii.slam`).
        effects, tracks, voices: what `sfx`, `music` and `voice` may name beside files.
        sections: each track's sections.
        looks: looks.
        puppets, sets, props: drawings that ship.
        glyphless: says what is wrong with a shown text (a look's name, a role of its type, the text, its language) when
            that look's fonts can't set it.
        drawing: reads a set's or a prop's drawing beside the scene, or raises StoryreelError.
        rig: gives what a puppet can be asked for, by the name or path that the script uses, or raises StoryreelError.
    """

    acts: Names | None = None
    moments: Mapping[str, Names] | None = None
    effects: Names | None = None
    tracks: Names | None = None
    sections: Mapping[str, Names] = field(default_factory=dict)
    voices: Names | None = None
    looks: Names | None = None
    puppets: Names | None = None
    sets: Names | None = None
    props: Names | None = None
    glyphless: Callable[[str, str, str, str], str | None] | None = None
    drawing: Callable[[str], object] | None = None
    rig: Callable[[str], PuppetNames] | None = None


NOTHING = Vocabulary()
"""Checks no names."""
