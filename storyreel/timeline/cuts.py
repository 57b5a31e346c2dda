"""Where a scene is cut: its camera jumps."""

from __future__ import annotations

from storyreel.timeline.model import Scene
from storyreel.timeline.track import Track


def cuts(scene: Scene) -> list[tuple[int, int]]:
    """A scene's shots: it begins with one, and every jump of its camera begins another (scene-local, half-open)."""
    found = {0}
    for name, channel in scene.camera:
        if name in ("x", "y", "zoom") and isinstance(channel, Track):
            pairs = zip(channel.keys, channel.keys[1:], strict=False)
            found |= {there.frame for here, there in pairs if here.ease == "hold" and here.value != there.value}
    inside = sorted(cut for cut in found if cut < scene.length)
    return list(zip(inside, [*inside[1:], scene.length], strict=True))
