"""One frame of a film as a picture."""

from __future__ import annotations

from storyreel.looks import pen
from storyreel.paint import painter
from storyreel.paint.surface import Pixels
from storyreel.render.shelf import own_shelf
from storyreel.stage.kept import kept_on
from storyreel.timeline.model import Timeline


def paint(timeline: Timeline, frame: int, pixels: Pixels, captions: bool = True) -> None:
    """Paints one film frame, in the film's look, into a premultiplied BGRA buffer of shape (height, width, 4).

    Raises:
        IndexError: the film has no such frame.
    """
    with kept_on(own_shelf(timeline.look)):
        painter.paint(timeline, pen(timeline.look), frame, pixels, captions)
