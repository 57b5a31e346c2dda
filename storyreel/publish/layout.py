"""What is where at one moment of a film, as data: for whoever has to know what covers what, and can't see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from storyreel.looks import pen
from storyreel.paint.boxes import Box, boxes
from storyreel.render.shelf import own_shelf
from storyreel.stage.compose import compose
from storyreel.stage.display import CAPTION
from storyreel.stage.kept import kept_on
from storyreel.timeline.model import CaptionPage, DrawingContent, Layer, Timeline, spelt

Data = dict[str, Any]


def layout(timeline: Timeline, frame: int, captions: bool = True) -> Data:
    """Everything that is in the picture of a film frame, back to front, with its box; nothing is painted for it.

    Boxes are left, top, right, bottom in whole pixels of the film, and may reach past the picture; `visible` is the
    share of a box that is in it. That of something turned may be a little larger than its ink. Planes of a set have the
    names of the groups that are drawn on them. Bodies have a box for each part that they show.

    Raises:
        IndexError: the film has no such frame.
    """
    local, scene = timeline.locate(frame)
    with kept_on(own_shelf(timeline.look)):
        display = compose(timeline, pen(timeline.look), frame, captions)
        found = boxes(display, timeline.width, timeline.height, timeline.scale)
    names = dict(_planes(scene.layers))
    pages = [page for page in timeline.captions if page.start <= frame < page.end]
    return {
        "at": round(timeline.clock.seconds(frame), 3),
        "frame": frame,
        "scene": scene.id,
        "scene_frame": local,
        "width": timeline.width,
        "height": timeline.height,
        "safe": _whole(tuple(at * timeline.scale for at in timeline.safe)),
        "things": [_thing(replace(box, name=names.get(box.name, box.name)), pages) for box in found],
    }


def _planes(layers: Iterable[Layer]) -> Iterator[tuple[str, str]]:
    """What the planes of sets are called: by layers' ids, the groups that are drawn on them."""
    for layer in layers:
        yield from _planes(layer.children)
        before, said, number = layer.id.rpartition("set ")
        if layer.kind == "set" and said and number.isdigit() and (part := _drawn_on(layer)):
            yield layer.id, f"{before}{part}"


def _drawn_on(layer: Layer) -> str:
    """The group, or the cell, that a plane of a set shows; nothing where it is the whole drawing."""
    if isinstance(layer.content, DrawingContent):
        return layer.content.part
    return next((name.removesuffix(".show") for name, _ in layer.channels if name.endswith(".show")), "")


def _thing(box: Box, pages: list[CaptionPage]) -> Data:
    found: Data = {
        "name": box.name,
        "kind": CAPTION if box.name == CAPTION else box.kind,
        "box": _whole(box.box),
        "visible": round(box.visible, 3),
    }
    if box.name == CAPTION:
        found["text"] = " ".join(spelt(page.words) for page in pages)
    if box.parts:
        found["parts"] = {name.replace(" ", "-").lower(): _whole(part) for name, part in box.parts.items()}
    return found


def _whole(box: tuple[float, ...]) -> list[int]:
    return [round(at) for at in box]
