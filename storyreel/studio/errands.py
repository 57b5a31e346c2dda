"""What the studio's workers do beside drawing chunks."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyreel.film.warmup import LoadingPictures
    from storyreel.sound.clip import Speech
    from storyreel.timeline.model import Timeline

MODEST = 5
"""How much a worker stands back (as `nice` counts it) behind what directs, paints stills, and plays the film."""


@dataclass(frozen=True)
class Settling:
    """Has a worker stand back, and load what it will draw with."""

    loading: LoadingPictures

    def run(self) -> None:
        """Leaves it in memory.

        Raises:
            StoryreelError: a drawing is missing or has mistakes.
        """
        if hasattr(os, "nice"):
            os.nice(MODEST)
        self.loading.run()


@dataclass(frozen=True)
class Mixing:
    """Mixes, masters and encodes a film's sound."""

    timeline: Timeline
    clips: Mapping[str, Speech]

    def run(self) -> bytes:
        """Gives it as a render keeps it."""
        from storyreel.render.encode import encode_sound
        from storyreel.sound.loudness import master
        from storyreel.sound.mix import mix

        return encode_sound(master(mix(self.timeline, self.clips)))
