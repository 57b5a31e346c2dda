"""Rushes: scenes as they were directed for the last save, taken again where nothing that decides them has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from storyreel.direct.copies import Copies
from storyreel.direct.production import Production
from storyreel.direct.speaking import Speaking, Told
from storyreel.errors import Note
from storyreel.script.alike import alike
from storyreel.script.models import Scene, Script, Shot
from storyreel.timeline.model import EffectCue

Made = TypeVar("Made")


@dataclass(frozen=True)
class _Kept:
    """A part of a film as it was directed.

    Attributes:
        of: what decides it, beside what decides the whole film.
        made: what it came to.
        told: what is said in it.
        notes: what is worth a second look in it.
        heard: whose effects are heard in it.
    """

    of: tuple[Any, ...]
    made: Any
    told: Told
    notes: tuple[Note, ...]
    heard: tuple[tuple[str, EffectCue], ...]


@dataclass(frozen=True)
class _Film:
    """What decides every part of a film.

    Attributes:
        frame: the script without its scenes.
        shots: their set-ups, which may be `like` each other's.
        clips: those that run in panes.
        files: digests of all that may be meant by a text of the script, by its name.
    """

    frame: Script
    shots: Mapping[str, Mapping[str, Shot]]
    clips: tuple[Scene, ...]
    files: Mapping[str, str]

    def is_as(self, before: _Film) -> bool:
        """Whether parts of a film that this was decide the same in this one."""
        return (
            alike(before.frame, self.frame)
            and alike(before.shots, self.shots)
            and alike(before.clips, self.clips)
            and all(self.files.get(name, there) == there for name, there in before.files.items())
        )


@dataclass
class Rushes:
    """The parts of one film as it was directed last; each is directed again only if it has to be.

    Attributes:
        files: digests of all that may be meant by a text of the script, by its name, as it is now.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    _film: _Film | None = None
    _kept: dict[str, _Kept] = field(default_factory=dict)

    def begin(self, script: Script) -> None:
        """This film will be directed."""
        scenes = script.scenes
        film = _Film(
            script.model_copy(update={"scenes": []}),
            {scene.id: scene.shots for scene in scenes},
            tuple(scene for scene in scenes if scene.clip),
            self.files,
        )
        if self._film is None or not film.is_as(self._film):
            self._kept.clear()
        self._film = film

    def take(
        self, name: str, of: tuple[Any, ...], start: int, production: Production, make: Callable[[], Made]
    ) -> Made:
        """A part of the film: as it was, or made now.

        What an earlier part leaves open (a line that goes on, a copy of what somebody makes heard) may be ended by a
        later one: whatever is directed while something is open is directed every time.

        Args:
            name: which part.
            of: what decides it; all that it reads of the scenes before it.
            start: its first film frame.
            production: what it is directed with.
            make: directs it.
        """
        speaking, copies, notes = production.speaking, production.copies, production.notes
        of = (*of, start, speaking.going_on(start, production.clock))
        closed = _closed(speaking, copies)
        kept = self._kept.pop(name, None)
        if closed and kept is not None and alike(kept.of, of):
            self._kept[name] = kept
            speaking.tell(kept.told)
            notes.extend(kept.notes)
            copies.heard(kept.heard)
            made: Made = kept.made
            return made
        said, noted, heard = speaking.told(), len(notes), copies.count()
        made = make()
        if closed and _closed(speaking, copies):
            self._kept[name] = _Kept(of, made, speaking.told(said), tuple(notes[noted:]), copies.since(heard))
        return made


def _closed(speaking: Speaking, copies: Copies) -> bool:
    return not (speaking.waiting or speaking.interrupted or copies.copying)
