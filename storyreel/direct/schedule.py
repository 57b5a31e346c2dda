"""The bill of a beat: every part on it with its frames, and the moments that other parts wait for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from storyreel.direct.acting import ACTS, Act, natural_seconds
from storyreel.direct.moments import asked
from storyreel.errors import StoryreelError, did_you_mean
from storyreel.script.dot import Moment
from storyreel.script.models import Beat, Follow, Part
from storyreel.script.units import Duration, Position
from storyreel.script.verbs import Target
from storyreel.sound.arrangement import holding
from storyreel.sound.score import Score
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Held, Setting, settings

Resolve = Callable[[str], tuple[float, float]]
"""Turns a cast member's or prop's name into the gaze that looks at it."""

Named = tuple[str, Part, int]
"""A part of a beat, with the name that it stands under and its number there."""

_GAZES = {
    "left": (-1.0, 0.0),
    "right": (1.0, 0.0),
    "up": (0.0, -1.0),
    "down": (0.0, 0.9),
    "camera": (0.0, 0.0),
}


@dataclass(frozen=True)
class Times:
    """The film's clock and tempo: how long an author's time is in frames; and its score, if its music is one."""

    clock: Clock
    tempo: float
    score: Score | None = None
    drawing: Fraction | int = 1
    """For how many frames one of the look's drawings of the cast stands."""

    def frames(self, duration: Duration) -> int:
        """Frames of a duration."""
        return self.clock.frames(duration.seconds(self.clock.rate, self.tempo, self.drawing))

    def optional(self, duration: Duration | None, otherwise: float) -> int:
        """Frames of a duration, or of `otherwise` seconds."""
        return self.frames(duration) if duration is not None else self.clock.frames(Fraction(otherwise))

    def section(self, name: str) -> str:
        """A section of the music.

        Raises:
            StoryreelError: its score has none of that name.
        """
        if self.score is not None and name not in self.score.sections:
            raise StoryreelError(f"unknown section '{name}'{did_you_mean(name, self.score.sections)}")
        return name

    def held(self, asked: Held) -> Held:
        """Something that the music is to hold.

        Raises:
            StoryreelError: it can't be read, or nothing can hold it.
        """
        if self.score is None:
            raise StoryreelError("only a score can hold notes; a recording can't")
        holding(self.score, asked.what, asked.by)
        return asked


def begin(at: Duration | str | None, beat: int, found: Mapping[str, int], times: Times) -> int:
    """When something starts: at the beat's start, later by a time, or at a moment such as `michii.slam`.

    Raises:
        StoryreelError: no such moment comes in this beat.
    """
    if at is None:
        return beat
    if isinstance(at, Duration):
        return beat + times.frames(at)
    name, offset = (at.name, at.offset) if isinstance(at, Moment) else (at, None)
    if name not in found:
        known = ", ".join(sorted(found)) or "none"
        raise StoryreelError(f"no moment '{name}' comes in this beat; moments here: {known}")
    if offset is None:
        return found[name]
    return found[name] + times.frames(offset) * (-1 if isinstance(at, Moment) and at.before else 1)


def in_turn(parts: Sequence[Named], found: Mapping[str, int]) -> Iterator[Named]:
    """The parts of a beat: first those that wait for nothing, then each once its moment is among those `found`.

    What waits for a moment that never comes is given last.
    """
    yield from (one for one in parts if not isinstance(one[1].at, str) and not _breaks_off(one[1]))
    left = [one for one in parts if isinstance(one[1].at, str) or _breaks_off(one[1])]
    while left:
        known = (index for index, (_, part, _) in enumerate(left) if _known(part, found))
        begun = (index for index, (_, part, _) in enumerate(left) if asked(part.at) in (None, *found))
        yield left.pop(next(known, next(begun, 0)))


def _breaks_off(part: Part) -> bool:
    """Whether a part's line goes on until a moment: whatever comes to that is told first."""
    return part.say is not None and isinstance(part.until, Moment)


def _known(part: Part, found: Mapping[str, int]) -> bool:
    waits = [part.at, *([part.until] if _breaks_off(part) else [])]
    return all(name is None or name in found for name in map(asked, waits))


def part_acts(
    part: Part, gaze: Resolve, point: Callable[[Position], tuple[float, float]], distance: float
) -> list[tuple[str, dict[str, Setting]]]:
    """What a part makes its actor do: act kinds and their values, each laid over the ones before it."""
    acts: list[tuple[str, dict[str, Setting]]] = []
    if part.face is not None:
        acts.append(("face", {"expression": part.face, **({} if part.blink else {"blinks": False})}))
    if part.pose is not None:
        acts.append(("pose", {"pose": part.pose}))
    if part.look is not None:
        gx, gy = part.look if isinstance(part.look, tuple) else _GAZES.get(part.look) or gaze(part.look)
        acts.append(("look", {"gx": gx, "gy": gy}))
    if isinstance(part.turn, int | float):
        acts.append(("turn", {"amount": part.turn}))
    for way, side in (("enter", part.enter), ("exit", part.exit)):
        if side is not None:
            how = part.how or ("pop" if side == "pop" else "hop")
            acts.append((way, {"side": side, "how": how, "distance": distance}))
    if part.go is not None:
        x, y = point(part.go)
        acts.append(("go", {"x": x, "y": y, "how": part.how or "walk"}))
    for item in part.do:
        if isinstance(item, str):
            acts.append((item, {}))
        else:
            acts += [(kind, dict(values or {})) for kind, values in item.items()]
    return acts


BURSTS = ("hearts", "sparkles", "confetti", "puffs", "shock")
"""What bursts from somebody, by the keys of a beat."""
_STATES = frozenset(("face", "look", "turn", "pose"))


def schedule(
    kinds: Iterable[tuple[str, dict[str, Setting]]], start: int, length: int | None, times: Times
) -> list[Act]:
    """Acts with their frames; a given length is for what is done, never for what is merely shown (a face, a gaze)."""
    acts = []
    for kind, values in kinds:
        natural = times.clock.frames(Fraction(natural_seconds(kind, values)))
        frames = natural if length is None or kind in _STATES else length
        acts.append(Act(kind, start, start + max(frames, 1), settings(values)))
    return acts


def loops(act: Act) -> bool:
    """Whether an act can be kept up for as long as a beat lasts."""
    return ACTS[act.kind].loops


def summary(beat: Beat) -> str:
    """A beat in a few words, for tables and contact sheets: what is said, or else done, or else changes."""
    said = [part.say for parts in beat.parts.values() for part in parts if part.say]
    if said:
        return " / ".join(said)
    for told in (_deeds, _changes):
        found = ((name, [word for part in parts for word in told(part)]) for name, parts in beat.parts.items())
        words = [f"{name}: {', '.join(doing)}" for name, doing in found if doing]
        if words:
            return "; ".join(words)
    words = [key for key in ("camera", "grade", *BURSTS, "impact", "sfx", "music") if getattr(beat, key)]
    return ", ".join(words) or "wait"


def _deeds(part: Part) -> list[str]:
    return [
        *(act for item in part.do for act in ([item] if isinstance(item, str) else item)),
        *(f"{touch.verb.name} {', '.join(map(_target, touch.targets))}" for touch in part.touches),
        *(f"{word} {value}" for word, value in (("enters", part.enter), ("exits", part.exit)) if value),
        *(["shows"] if part.show else []),
        *(["plays"] if part.play else []),
    ]


def _target(target: Target) -> str:
    return target if isinstance(target, str) else "a place"


def _changes(part: Part) -> list[str]:
    moves = (("goes", part.go), ("hides", part.hide), ("grows", part.size), ("looks", part.look))
    turns = (("turns", part.rot), ("turns", part.turn))
    states = (part.face, part.pose, *(_set(name, goal) for name, goal in part.set.items()))
    return [*filter(None, states), *(word for word, done in (*moves, *turns) if done is not None)]


def _set(name: str, goal: float | Follow) -> str:
    return f"{name} {goal:g}" if not isinstance(goal, Follow) else f"{name} follows {goal.of}"
