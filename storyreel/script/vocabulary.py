"""The names that a script may use and that other rooms know: acts, faces, effects, looks, what ships."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath

Names = frozenset[str]
Fault = Callable[[FilePath], str | None]
"""Says what is wrong with a file's contents, or nothing."""


@dataclass(frozen=True)
class PuppetNames:
    """What one puppet's rig can be asked for."""

    colours: Names = frozenset()
    faces: Names = frozenset()
    poses: Names = frozenset()
    outfits: Names = frozenset()


@dataclass(frozen=True)
class Option:
    """One thing that an author may set of an act: one of some words, or a number.

    Attributes:
        about: what it does.
        words: the words that it may be; none for a number.
        least, most: the limits of a number.
    """

    about: str = ""
    words: tuple[str, ...] = ()
    least: float = -10_000.0
    most: float = 10_000.0

    def wants(self) -> str:
        """What it takes, in an author's words."""
        if not self.words:
            return f"a number from {self.least:g} to {self.most:g}"
        return " or ".join(filter(None, (", ".join(self.words[:-1]), self.words[-1])))

    def takes(self, value: object) -> bool:
        """Whether a value is one that it takes."""
        if self.words:
            return value in self.words
        return isinstance(value, int | float) and not isinstance(value, bool) and self.least <= value <= self.most


@dataclass(frozen=True)
class Vocabulary:
    """Every name by its kind. `None`: not known here, so not checked.

    Attributes:
        acts: what `do` may name.
        options: what may be set of each act.
        shown: what each act looks like, in a sentence.
        moments: the moments of each act that other parts may wait for (`michii.slam`).
        effects, tracks, voices: what `sfx`, `music` and `voice` may name beside files.
        note: says whether a name is an instrument and a note (`piano g4`), which `sfx` can play.
        sections: each shipped track's sections.
        score: gives the sections of a track beside the scene (a recording has none), or raises StoryreelError.
        languages: the languages (BCP 47) that each voice speaks.
        missing: gives the command that installs a voice, if it isn't there.
        unsaid: gives the first word of a line that a voice can't say, or nothing.
        looks: looks.
        look: tries a look out, or raises StoryreelError: it can't be used.
        puppets, sets, props: drawings that ship.
        glyphless: says what is wrong with a shown text (a look's name, a role of its type, the text, its language) when
            that look's fonts can't set it.
        unseen: says why a file can't be shown as a picture or a clip.
        unheard, unspoken, unplayed: say why one can't be heard, be a spoken line, or be shown with the sound it has.
        ground: measures a set beside the scene, or raises StoryreelError: it can't be read, or has holes.
        drawing: reads a set's or a prop's drawing beside the scene, or raises StoryreelError.
        groups: gives the groups of a prop's drawing, by the name or path that the script uses, or raises as `drawing`.
        rig: gives what a puppet can be asked for, by the name or path that the script uses, or raises StoryreelError.
    """

    acts: Names | None = None
    options: Mapping[str, Mapping[str, Option]] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    moments: Mapping[str, Names] | None = None
    effects: Names | None = None
    tracks: Names | None = None
    note: Callable[[str], bool] | None = None
    sections: Mapping[str, Names] = field(default_factory=dict)
    score: Callable[[str], Names] | None = None
    voices: Names | None = None
    languages: Mapping[str, Names] = field(default_factory=dict)
    missing: Callable[[str], str | None] | None = None
    unsaid: Callable[[str], str] | None = None
    looks: Names | None = None
    look: Callable[[str], object] | None = None
    puppets: Names | None = None
    sets: Names | None = None
    props: Names | None = None
    glyphless: Callable[[str, str, str, str], str | None] | None = None
    unseen: Fault | None = None
    unheard: Fault | None = None
    unspoken: Fault | None = None
    unplayed: Fault | None = None
    ground: Callable[[str], object] | None = None
    drawing: Callable[[str], object] | None = None
    groups: Callable[[str], Names] | None = None
    rig: Callable[[str], PuppetNames] | None = None


NOTHING = Vocabulary()
"""Checks no names."""
