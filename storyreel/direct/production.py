"""What all scenes of a film are directed with."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from storyreel.direct.copies import Copies
from storyreel.direct.scenery import Scenery
from storyreel.direct.schedule import Times
from storyreel.direct.speaking import Speaking
from storyreel.errors import Note
from storyreel.looks import pen
from storyreel.script.models import Script
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Scene
from storyreel.treatment.look import Look
from storyreel.treatment.widget import Widget


@dataclass(frozen=True)
class Production:
    """What all scenes of a film are directed with; lengths in stage units.

    Attributes:
        script: the film as written.
        scenery: finds what the script names.
        speaking: everything that is said in the film, in the making.
        look: what the film is drawn in.
        times: the film's clock, tempo and score.
        picture: the picture's width and height.
        safe: the box that no app's own signs cover: left, top, right, bottom.
        notes: what is worth a second look, in the making.
        clips: scenes that run in panes, by their names.
        copies: who makes what heard, and what of it is copied, in the making.
    """

    script: Script
    scenery: Scenery
    speaking: Speaking
    look: Look
    times: Times
    picture: tuple[float, float]
    safe: tuple[float, float, float, float]
    notes: list[Note] = field(default_factory=list)
    clips: dict[str, Scene] = field(default_factory=dict)
    copies: Copies = field(default_factory=Copies)

    def warn(self, message: str, *path: str | int) -> None:
        """Notes what an author hardly meant so; `path` is as that of `errors.directing`."""
        self.notes.append(Note(message, path))

    @property
    def clock(self) -> Clock:
        """The film's clock."""
        return self.times.clock

    def widget(self, kind: str) -> Widget | None:
        """How the look draws a kind of thing; None where it is no widget, but a drawing or a picture."""
        return pen(self.look.name).widgets.get(kind)


def seeded(*parts: object) -> int:
    """A seed made of names, the same on every machine."""
    return int.from_bytes(hashlib.sha256("/".join(map(str, parts)).encode()).digest()[:4], "big")
