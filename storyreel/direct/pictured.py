"""A set-up of the scene as a pane shows it, while the film looks another way."""

from __future__ import annotations

from dataclasses import dataclass

from storyreel.direct.framing import Eye
from storyreel.direct.states import Channels
from storyreel.script.models import Shot


@dataclass(frozen=True)
class Pictured:
    """A set-up, and where its camera stands."""

    shot: Shot
    eye: Eye
    picture: tuple[float, float]
    """How much of the picture is seen of it, in stage units."""

    @property
    def camera(self) -> Channels:
        """That camera, which stands still."""
        return (("x", self.eye.x), ("y", self.eye.y), ("zoom", self.eye.zoom), ("rot", self.eye.rot))

    @property
    def sizes(self) -> list[tuple[int, Eye, Shot]]:
        """The set-ups by their frames, by which drawings are chosen: this one all along."""
        return [(0, self.eye, self.shot)]

    def shows(self, name: str) -> bool:
        """Whether somebody or something is in it, as far as it says."""
        if self.shot.sees is None:
            return True
        return name in self.shot.sees or name in ((self.shot.on or "").partition(".")[0], self.shot.behind)
