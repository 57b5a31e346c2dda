"""The moments of a beat while it is directed: one mapping of `name.moment` to frames, filled as things are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from storyreel.direct.acting import Act, moments
from storyreel.script.dot import Moment, spoken_words
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Word


def act_moments(name: str, acts: Iterable[Act], clock: Clock) -> dict[str, int]:
    """The moments of somebody's acts, with the end of each act under its own name: `mia.read.end`."""
    found: dict[str, int] = {}
    for act in acts:
        for moment, frame in moments(act.kind, dict(act.values), act.start, act.end, clock):
            found[f"{name}.{moment}"] = frame
            number = 1
            while f"{name}.{moment}.{number}" in found:
                number += 1
            found[f"{name}.{moment}.{number}"] = frame
        found[f"{name}.{act.kind}.end"] = act.end
    return found


def line_moments(names: Sequence[str], words: Sequence[Word], film: int, end: int, said: bool = True) -> dict[str, int]:
    """The moments of a line: its beginning, each of its words, and its end.

    Args:
        names: who says it.
        words: its words on the film's clock.
        film: the scene's first film frame.
        end: the scene's frame at which it has been said.
        said: it has been said whole by then.
    """
    found: dict[str, int] = {}
    for name in names:
        if words:
            found[f"{name}.says"] = words[0].start - film
        counts: dict[str, int] = {}
        for word in words:
            for spoken in spoken_words(word.text):
                counts[spoken] = counts.get(spoken, 0) + 1
                number = f".{counts[spoken]}" if counts[spoken] > 1 else ""
                found[f"{name}.says.{spoken}{number}"] = word.start - film
        if said:
            found[f"{name}.said"] = end
    return found


def asked(at: object) -> str | None:
    """The name of the moment that something waits for, without its offset; None where it waits for a time."""
    return at.name if isinstance(at, Moment) else at if isinstance(at, str) else None


def known(found: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Moments for the Timeline, by their frames."""
    return tuple(sorted(found.items(), key=lambda one: (one[1], one[0])))
