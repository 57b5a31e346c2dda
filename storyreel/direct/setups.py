"""Shots: a written scene as a run of set-ups, each of which becomes a scene of the film."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from storyreel.errors import directing
from storyreel.script.models import Beat, Placement, Scene, Shot
from storyreel.script.set_ups import set_up


@dataclass(frozen=True)
class Take:
    """One shot of a written scene, with the beats that are seen in it.

    Attributes:
        scene: those beats as a scene of their own: `night.2`.
        written: the id of the scene that it is a part of.
        first: the number of its first beat there.
        shot: how we look; None where the scene says nothing of it.
        among: every set-up of the scene by its name, for a camera that moves into one, or a pane that shows one.
        home: the set of the scene, where a set-up says nothing else.
    """

    scene: Scene
    written: str
    first: int = 0
    shot: Shot | None = None
    among: Mapping[str, Shot] | None = None
    home: str = ""

    def path(self, *more: str | int, number: int = 0) -> tuple[str | int, ...]:
        """Where a beat of it stands in the script, by its number in the shot, and what of the beat."""
        return ("scenes", self.written, "beats", self.first + number, *more)


def takes(scene: Scene, film: Mapping[str, Scene]) -> Iterator[Take]:
    """The shots of a scene, in order; itself, if it has none. `film` are all scenes by id: a set-up may be `like`
    another scene's.

    Raises:
        DirectingError: a shot is named that is nowhere.
    """
    starts = [number for number, beat in enumerate(scene.beats) if beat.shot is not None]
    named = {name: resolved(scene, one, (), film) for name, one in scene.shots.items()}
    if not starts:
        yield Take(scene, scene.id, among=named, home=scene.set)
        return
    placed = dict(scene.cast)
    edges = [0, *(start for start in starts if start > 0), len(scene.beats)]
    for index, (first, end) in enumerate(itertools.pairwise(edges)):
        beats = scene.beats[first:end]
        with directing("scenes", scene.id, "beats", first, "shot"):
            written = beats[0].shot
            shot = resolved(scene, written, beats, film) if written is not None else None
        changes: dict[str, object] = {"id": f"{scene.id}.{index + 1}", "beats": list(beats)}
        placed |= {
            name: placed.get(name, Placement()).model_copy(update={"in_": part.in_})
            for beat in beats
            for name, parts in beat.parts.items()
            for part in parts
            if part.in_ is not None
        }
        changes["cast"] = dict(placed)
        if shot is not None and shot.set is not None:
            changes["set"] = shot.set
        if index:
            changes |= {
                "camera": None,
                "grade": None,
                "mood": None,
                "music": None,
                "frame": None,
                "wind": None,
                "hour": None,
            }
        yield Take(scene.model_copy(update=changes), scene.id, first, shot, named, scene.set)


def resolved(scene: Scene, shot: Shot | str, beats: Sequence[Beat], film: Mapping[str, Scene]) -> Shot:
    """A set-up with everything that it takes over from the one that it is like, and with somebody to look at: whoever
    acts first in its beats, or is placed first.

    Raises:
        StoryreelError: there is no such set-up.
    """
    found = set_up(shot, scene, film)
    if found.on is None and beats:
        named = (name for beat in beats for name in beat.parts)
        found = found.model_copy(update={"on": next(named, next(iter(scene.cast), None))})
    return found
