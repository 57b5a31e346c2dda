"""Who has what in the hands, as a film's marks tell it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storyreel.script.verbs import VERBS
from storyreel.timeline.model import Timeline

HOLDS = "holds"
"""The deed that a shot begins with: nothing happens, it is just so."""

_HELD = frozenset(name for name, verb in VERBS.items() if verb.holds) | {HOLDS}


@dataclass(frozen=True)
class Deed:
    """Somebody takes a thing, or parts with it, or has it as a shot begins (`HOLDS`): at which film frame."""

    scene: str
    frame: int
    who: str
    verb: str
    what: str


def deeds(timeline: Timeline) -> Iterator[Deed]:
    """Who holds what as each shot begins, and who takes, puts, gives, drops or throws it, by the scenes' moments."""
    for start, scene in timeline.starts():
        for name, frame in scene.marks:
            who, _, rest = name.partition(".")
            verb, _, what = rest.partition(".")
            if verb in _HELD and what and not what.isdigit() and what not in ("near", "off", "end"):
                yield Deed(scene.id, start + frame, who, verb, what)
