"""Write a scene, get a finished vertical film: drawn, animated, voiced, captioned, mixed.

    import storyreel

    episode = storyreel.load("scene.yaml")
    episode.render("film.mp4")

Everything here is loaded when it is first used, so that `import storyreel` is quick and needs nothing but Python.
"""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from storyreel.errors import Place, Problem, SceneError, StoryreelError
    from storyreel.film.episode import Episode, load
    from storyreel.film.given import put
    from storyreel.film.lists import listing
    from storyreel.publish.report import BatchReport, FilmReport
    from storyreel.render.errors import RenderError
    from storyreel.render.progress import Progress
    from storyreel.script.models import (
        Beat,
        CameraSpec,
        CaptionSpec,
        CastMember,
        Creator,
        CustomFormat,
        MusicSpec,
        Part,
        Placement,
        Scene,
        Script,
        VoiceSpec,
    )
    from storyreel.series.batch import batch
    from storyreel.series.progress import BatchEvent

__version__ = "0.1.0"

# onnxruntime, which the voice runs on, reads this once, when it is loaded: otherwise it gives the machine an id in the
# user's cache folder, and looks up a telemetry host. Its own `disable_telemetry_events` comes too late. Every process
# of storyreel passes here first; in a program that has loaded onnxruntime before, nothing can be done any more.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

_HOMES = {
    "storyreel.film.episode": ("Episode", "load"),
    "storyreel.film.given": ("put",),
    "storyreel.film.lists": ("listing",),
    "storyreel.errors": ("Place", "Problem", "SceneError", "StoryreelError"),
    "storyreel.series.progress": ("BatchEvent",),
    "storyreel.publish.report": ("BatchReport", "FilmReport"),
    "storyreel.series.batch": ("batch",),
    "storyreel.render.errors": ("RenderError",),
    "storyreel.render.progress": ("Progress",),
    "storyreel.script.models": (
        "Beat",
        "CameraSpec",
        "CaptionSpec",
        "CastMember",
        "Creator",
        "CustomFormat",
        "MusicSpec",
        "Part",
        "Placement",
        "Scene",
        "Script",
        "VoiceSpec",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "BatchEvent",
    "BatchReport",
    "Beat",
    "CameraSpec",
    "CaptionSpec",
    "CastMember",
    "Creator",
    "CustomFormat",
    "Episode",
    "FilmReport",
    "MusicSpec",
    "Part",
    "Place",
    "Placement",
    "Problem",
    "Progress",
    "RenderError",
    "Scene",
    "SceneError",
    "Script",
    "StoryreelError",
    "VoiceSpec",
    "__version__",
    "batch",
    "listing",
    "load",
    "put",
]


def __getattr__(name: str) -> Any:
    """Loads a public name from its room (PEP 562)."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'storyreel' has no attribute '{name}'")
    value = getattr(importlib.import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
