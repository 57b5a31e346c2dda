"""A cover with the film's title on it, in the look's own lettering: where it hides no face."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from storyreel.looks import pen
from storyreel.paint.boxes import boxes
from storyreel.render.shelf import own_shelf
from storyreel.stage.compose import compose
from storyreel.stage.kept import kept_on
from storyreel.timeline.model import Layer, Timeline, WidgetContent, settings

NAME = "the cover's title"
_INSET = 24.0
"""Units from the edge of the safe box to the lettering."""
_HIGHEST = 0.4
"""How much of the safe box's height the lettering may take."""
_FRONT = 1e6


def titled(timeline: Timeline, frame: int, title: str) -> Timeline:
    """A film whose scene at a frame has its title on it: at the top of the safe box, or where it hides less, its foot.

    Raises:
        IndexError: the film has no such frame.
    """
    left, top, right, bottom = timeline.safe
    center = ((left + right) / 2, (top + bottom) / 2)
    trial = _with(timeline, frame, title, center)
    with kept_on(own_shelf(timeline.look)):
        display = compose(trial, pen(timeline.look), frame, captions=False)
        seen = boxes(display, timeline.width, timeline.height, timeline.scale)
    own = next((box.box for box in seen if box.name == NAME), None)
    if own is None:
        return trial
    # How far its lettering reaches from the point at which it is placed.
    reach = [at / timeline.scale - center[index % 2] for index, at in enumerate(own)]
    wide, high = reach[2] - reach[0], reach[3] - reach[1]
    size = min((right - left) / wide, (bottom - top) * _HIGHEST / high, 1.0)
    x = center[0] - size * (reach[0] + reach[2]) / 2
    upper, lower = top + _INSET - size * reach[1], bottom - _INSET - size * reach[3]
    faces = [part for box in seen for name, part in box.parts.items() if name in ("Face", "Head")]

    def hidden(y: float) -> float:
        lettering = [
            (at + size * own_reach) * timeline.scale for at, own_reach in zip((x, y, x, y), reach, strict=True)
        ]
        return sum(_shared(lettering, face) for face in faces)

    return _with(timeline, frame, title, (x, min((upper, lower), key=hidden)), size)


def _with(timeline: Timeline, frame: int, title: str, at: tuple[float, float], size: float = 1.0) -> Timeline:
    """The film with a title at a place of the picture, in the scene of a frame."""
    _, shown = timeline.locate(frame)
    layer = Layer(
        NAME,
        WidgetContent("title", settings({"text": title, "sub": ""})),
        0,
        shown.length,
        (("x", at[0]), ("y", at[1]), ("scale", size), ("appear", 1.0)),
        order=_FRONT,
        screen=True,
        kind="type",
    )
    scenes = (replace(scene, layers=(*scene.layers, layer)) if scene is shown else scene for scene in timeline.scenes)
    return replace(timeline, scenes=tuple(scenes))


def _shared(one: Sequence[float], other: Sequence[float]) -> float:
    """The area that two boxes share."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return max(across, 0.0) * max(down, 0.0)
