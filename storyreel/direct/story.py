"""The story: written scenes as shots, one after another, each taking over what the one before it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from storyreel.direct.board import Board
from storyreel.direct.carried import Carried
from storyreel.direct.copies import Copies
from storyreel.direct.focus import Focus
from storyreel.direct.footage import Looped, loop_effects
from storyreel.direct.heard import Asked, Heard
from storyreel.direct.lanes import Span
from storyreel.direct.leaving import Way
from storyreel.direct.production import Production
from storyreel.direct.rushes import Rushes
from storyreel.direct.setups import Take, takes
from storyreel.script.models import Scene as Written
from storyreel.timeline.model import ClipCue, EffectCue, Scene


@dataclass(frozen=True)
class Before:
    """What a scene takes over from all that came before it.

    Attributes:
        sections: those of the score, by film frames.
        way: how the shot before it was left.
        bars: how high those above and below the picture are.
    """

    sections: tuple[tuple[int, Asked], ...] = ()
    way: Way | None = None
    bars: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Shots:
    """A written scene, directed: its shots, and what is heard in each; on the film's clock, as `Heard` says.

    Attributes:
        heard: the film frame at which each shot begins, and what is heard in it besides speech and effects.
        after: what the next scene takes over.
        last: the board of the last shot.
    """

    scenes: tuple[Scene, ...]
    ways: tuple[Way | None, ...]
    faces: tuple[tuple[Focus, Focus], ...]
    spans: tuple[Span, ...]
    effects: tuple[EffectCue, ...]
    clips: tuple[ClipCue, ...]
    heard: tuple[tuple[int, Heard], ...]
    after: Before
    last: Board


def story(production: Production, rushes: Rushes) -> list[Shots]:
    """Directs every scene of a film's story.

    Raises:
        DirectingError: something the script names is missing or can't be done; it says where.
    """
    script = production.script
    film = {scene.id: scene for scene in script.scenes}
    loops: dict[str, Looped] = {}
    aside = replace(production, copies=Copies())  # what clips are heard doing isn't heard
    for clip in (scene for scene in script.scenes if scene.clip):
        board = Board(aside, next(takes(clip, film)), 0)
        production.clips[clip.id] = board.freeze()
        loops[clip.id] = Looped(tuple(board.beats.effects), board.beats.length)
    found: list[Shots] = []
    start, before = 0, Before()
    for written in (scene for scene in script.scenes if not scene.clip):
        found.append(
            rushes.take(
                written.id,
                (written, before),
                start,
                production,
                partial(_shots, production, written, film, loops, start, before),
            )
        )
        start += sum(scene.length for scene in found[-1].scenes)
        before = found[-1].after
    return found


def _shots(
    production: Production,
    written: Written,
    film: Mapping[str, Written],
    loops: Mapping[str, Looped],
    start: int,
    before: Before,
) -> Shots:
    """Directs a written scene.

    Args:
        film: all scenes, by id.
        loops: those that run in panes, as they are heard.
        start: its first film frame.
        before: what it takes over.
    """
    scenes: list[Scene] = []
    faces: list[tuple[Focus, Focus]] = []
    spans: list[Span] = []
    effects: list[EffectCue] = []
    clips: list[ClipCue] = []
    heard: list[tuple[int, Heard]] = []
    ways: list[Way | None] = []
    sections, way, bars = list(before.sections), before.way, before.bars
    carried: Carried | None = None
    for take in takes(written, film) if production.script.storyreel >= 2 else (Take(written, written.id),):
        board = Board(production, take, start, sections, carried, way, bars)
        scenes.append(board.freeze())
        way, length = board.beats.way, board.beats.length
        ways.append(way)
        bars = board.beats.bars.left(length)
        carried = board.left() if take.among is not None else None
        faces.append(board.faces())
        spans.append(board.span())
        effects += board.beats.effects
        things = board.things.by_name
        effects += (
            one
            for thing in things.values()
            if board.shooting.shows(thing.name)
            for one in loop_effects(thing, things, loops, start, length)
        )
        clips += board.clips()
        heard.append((start, board.beats.heard))
        sections += [(start + frame, asked) for frame, asked in board.beats.heard.sections]
        start += length
    after = Before(tuple(sections), way, bars)
    return Shots(
        tuple(scenes),
        tuple(ways),
        tuple(faces),
        tuple(spans),
        tuple(effects),
        tuple(clips),
        tuple(heard),
        after,
        board,
    )
