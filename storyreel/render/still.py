"""Frames of a film as pictures: one alone, or many after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from storyreel.looks import pen
from storyreel.paint import painter
from storyreel.paint.cels import block, held
from storyreel.paint.painter import Painter, fingerprint
from storyreel.paint.surface import Pixels
from storyreel.render.shelf import own_shelf
from storyreel.stage.compose import compose
from storyreel.stage.kept import kept_on
from storyreel.timeline.model import Timeline


def paint(timeline: Timeline, frame: int, pixels: Pixels, captions: bool = True) -> None:
    """Paints one film frame, in the film's look, into a premultiplied BGRA buffer of shape (height, width, 4).

    Raises:
        IndexError: the film has no such frame.
    """
    with kept_on(own_shelf(timeline.look)):
        painter.paint(timeline, pen(timeline.look), frame, pixels, captions)


def painted(timeline: Timeline, frames: Iterable[int], captions: bool = True) -> Iterator[Pixels]:
    """The pictures of film frames in the order given: each as `paint` paints it, neighbours in a fraction of the time.

    Each is premultiplied BGRA of shape (height, width, 4), and good until the next is asked for.

    Raises:
        IndexError: the film has no such frame.
    """
    with_pen = pen(timeline.look)
    size = with_pen.look.exposure.block(timeline.rate)
    one = Painter(timeline.width, timeline.height, timeline.scale, with_pen.finish)
    known: tuple[int, range] | None = None
    for frame in frames:
        local, scene = timeline.locate(frame)
        first, numbers = frame - local, block(local, scene.length, size)
        with kept_on(own_shelf(timeline.look)):
            if known != (first, numbers):
                known = (first, numbers)
                displays = {number: compose(timeline, with_pen, first + number, captions) for number in numbers}
                holding = held([fingerprint(display) for display in displays.values()])
            one.show(displays[local], holding)
        yield one.pixels
