"""What is on screen at frame f: the timeline's layers as a flat display list, back to front. Pure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import skia

from storyreel.stage import portraits
from storyreel.stage.built import draw_built
from storyreel.stage.camera import Affine, concat, placed, view
from storyreel.stage.ink import argb
from storyreel.stage.mirrors import mirrored
from storyreel.stage.puppet import DrawnPuppet
from storyreel.stage.still import DrawnPart
from storyreel.stage.treated import Hand
from storyreel.text.chain import FontChain, face
from storyreel.text.setting import layout
from storyreel.timeline.model import (
    CaptionPage,
    DrawingContent,
    GroupContent,
    Layer,
    PictureContent,
    PuppetContent,
    Scene,
    Timeline,
    WidgetContent,
)
from storyreel.timeline.track import quantised, sample
from storyreel.treatment.contract import Mood, Place
from storyreel.treatment.look import Pen, Said
from storyreel.treatment.widget import Widget

Canvas = Any
Draw = Callable[[Canvas], None]
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Item:
    """One thing to paint; equal keys paint equal pixels over equal pixels."""

    key: Hashable
    draw: Draw
    within: Bounds | None = None
    """What it is cut to, if it is: left, top, right, bottom."""


@dataclass(frozen=True)
class Grade:
    """Takes colour out of all that lies below it.

    Attributes:
        saturation: what is left of it, 0 (greys of the same luma) to 1.
        veil: how much of `colour` (0xFFRRGGBB) is laid over that, 0 to 1.
    """

    saturation: float
    veil: float
    colour: int

    @property
    def key(self) -> Hashable:
        """As an item's."""
        return self


@dataclass(frozen=True)
class DisplayList:
    """Everything on screen at one frame, back to front, in stage units."""

    items: tuple[Item | Grade, ...]


@dataclass(frozen=True)
class _Cut:
    """A frame that clips what it holds: the widget's outline, its state, and where it stands."""

    widget: WidgetContent
    values: tuple[tuple[str, float], ...]
    matrix: Affine


@dataclass(frozen=True)
class _Setting:
    """What a layer inherits from what carries it."""

    matrix: Affine
    opacity: float = 1.0
    cuts: tuple[_Cut, ...] = ()


def _rounded(matrix: Affine) -> Affine:
    a, b, c, d, e, f = (quantised(value * 64) / 64 for value in matrix)
    return (a, b, c, d, e, f)


def _to_skia(matrix: Affine) -> Any:
    a, b, c, d, e, f = matrix
    return skia.Matrix.MakeAll(a, c, e, b, d, f, 0, 0, 1)


@lru_cache(maxsize=64)
def _outline(widget: Widget, cut: _Cut) -> Any:
    """The path of a cut in stage units."""
    if widget.outline is None:
        raise TypeError(f"{cut.widget.kind} has no outline to cut to")
    path = skia.Path(widget.outline(dict(cut.widget.settings), dict(cut.values)))
    path.transform(_to_skia(cut.matrix))
    return path


def _bounds(outlines: Sequence[Any]) -> Bounds | None:
    """What lies within all of the outlines' boxes; None where there are no outlines."""
    if not outlines:
        return None
    boxes = [outline.getBounds() for outline in outlines]
    left, top = max(box.left() for box in boxes), max(box.top() for box in boxes)
    right, bottom = min(box.right() for box in boxes), min(box.bottom() for box in boxes)
    return left, top, max(right, left), max(bottom, top)


class _Stage:
    """The look's pen and the film's measures, at hand while one frame is composed."""

    def __init__(self, timeline: Timeline, pen: Pen) -> None:
        self.timeline, self.pen, self.look = timeline, pen, pen.look
        self.rate = timeline.rate
        self.width, self.height = timeline.stage_size
        self.mood = Mood()
        self.kept: list[Item] = []
        """What keeps its colour where the picture is graded: drawn once more above the grade."""
        self.drained = 0.0
        """How much of the colours a grade takes, 0 to 1."""

    def item(self, key: Hashable, setting: _Setting, paint: Draw) -> Item:
        matrix = _rounded(setting.matrix)
        opacity = quantised(setting.opacity)
        outlines = [_outline(self.pen.widgets[cut.widget.kind], cut) for cut in setting.cuts]

        def draw(canvas: Canvas) -> None:
            canvas.save()
            for outline in outlines:
                canvas.clipPath(outline, doAntiAlias=True)
            canvas.concat(_to_skia(matrix))
            if opacity < 1:
                canvas.saveLayerAlpha(None, round(opacity * 255))
            paint(canvas)
            if opacity < 1:
                canvas.restore()
            canvas.restore()

        return Item((key, matrix, opacity, setting.cuts), draw, _bounds(outlines))

    def layer(self, layer: Layer, frame: int, outer: _Setting) -> Iterator[Item]:
        if not layer.start <= frame < layer.end:
            return
        values = layer.values(max(self.look.exposure.began(layer.kind, frame, self.rate), layer.start))
        opacity = outer.opacity * values.get("opacity", 1.0)
        if opacity <= 0.002 or values.get("scale", 1.0) * values.get("sx", 1.0) == 0:
            return
        setting = replace(outer, matrix=concat(outer.matrix, placed(values)), opacity=opacity)
        content = layer.content
        if isinstance(content, GroupContent):
            yield from self.group(content, layer, frame, values, setting)
        elif isinstance(content, WidgetContent):
            yield self.widget(content, self.pen.widgets[content.kind], layer, frame, values, setting)
        elif isinstance(content, PuppetContent):
            yield self.puppet(content, layer, frame, values, setting)
        elif isinstance(content, DrawingContent):
            hand = self.hand(layer, frame)
            part = DrawnPart.load(Path(content.drawing.path), content.colours, hand)
            key = ("drawing", content, hand)
            x, y = content.middle
            moved = replace(setting, matrix=concat(setting.matrix, (1.0, 0.0, 0.0, 1.0, -x, -y)))
            yield self.item(key, moved, lambda canvas: mirrored(canvas, content.mirror, part, content.part))
        else:
            yield self.picture(content, layer, frame, setting)

    def hand(self, layer: Layer, frame: int) -> Hand:
        """How the look draws a layer's shapes."""
        drawing = self.look.exposure.drawing(layer.kind, frame, self.rate)
        place = Place(layer.kind, drawing=drawing, plane=layer.plane, manner=layer.manner)
        return Hand(self.pen.treatment, place, self.mood)

    def group(
        self, content: GroupContent, layer: Layer, frame: int, values: dict[str, float], setting: _Setting
    ) -> Iterator[Item]:
        inner = setting
        if content.frame is not None:
            widget = self.pen.widgets[content.frame.kind]
            read = widget.values if widget.front is None else widget.front.values
            known = tuple((name, values.get(name, 0.0)) for name in read)
            yield self.widget(content.frame, widget, layer, frame, values, setting)
            cut = _Cut(content.frame, known, _rounded(setting.matrix))
            inner = replace(setting, cuts=(*setting.cuts, cut))
        for child in _ordered(layer.children):
            yield from self.layer(child, frame, inner)
        if content.frame is not None and widget.front is not None:
            yield self.widget(content.frame, widget.front, layer, frame, values, setting, "front")

    def widget(
        self,
        content: WidgetContent,
        widget: Widget,
        layer: Layer,
        frame: int,
        values: dict[str, float],
        setting: _Setting,
        side: str = "",
    ) -> Item:
        known = tuple((name, values.get(name, 0.0)) for name in widget.values)
        settings, draw, shapes = dict(content.settings), widget.draw, widget.shapes
        if draw is not None:
            return self.item((side, content, known), setting, lambda canvas: draw(canvas, settings, dict(known)))
        if shapes is None:
            raise TypeError(f"a {content.kind} is neither drawn nor built")
        hand = self.hand(layer, frame)
        return self.item(
            (side, content, known, hand),
            setting,
            lambda canvas: draw_built(canvas, shapes(settings, dict(known), self.look.kit), hand),
        )

    def puppet(
        self, content: PuppetContent, layer: Layer, frame: int, values: dict[str, float], setting: _Setting
    ) -> Item:
        rig = Path(content.rig.path) if content.rig else None
        hand = self.hand(layer, frame)
        drawn = DrawnPuppet.load(Path(content.drawing.path), rig, content.colours, hand)
        pose = {name: value for name, value in values.items() if name not in _PLACING}
        edges = tuple(self.pen.treatment.edges(hand.place))
        key = (content, hand, edges, tuple(sorted(pose.items())))
        keeps = self.look.grading.keeps if self.look.grading is not None else ()
        kept = frozenset(keeps).intersection(drawn.rig.pivots)
        if kept and self.drained > 0:
            faded = replace(setting, opacity=setting.opacity * self.drained * _KEPT)
            self.kept.append(self.item(("keeps", *key), faded, lambda canvas: drawn.draw(canvas, pose, only=kept)))
        return self.item(key, setting, lambda canvas: drawn.draw(canvas, pose, edges))

    def picture(self, content: PictureContent, layer: Layer, frame: int, setting: _Setting) -> Item:
        seconds = 0.0 if content.still else self.timeline.clock.seconds(frame - layer.start)
        return self.item((content, seconds), setting, lambda canvas: portraits.draw_picture(canvas, content, seconds))

    def caption(self, page: CaptionPage, frame: int, local: int) -> Item:
        """A page at a film frame; its drawings are counted from the scene's first frame, as all others are."""
        chain = FontChain(tuple(face(name) for name in self.look.faces["caption"]))
        placed_page = layout(page, chain, self.look.caption, self.timeline.safe, self.timeline.language)
        shown = frame - local + self.look.exposure.began("type", local, self.rate)
        said = Said.at(page, max(shown, page.start), self.look.caption.settle)
        return Item(("caption", page, said), lambda canvas: self.pen.caption(canvas, placed_page, page, said))


_KEPT = 0.75
"""How much of itself a part that keeps its colour is drawn with again: over its own greys that gives what it was."""
_PLACING = frozenset(("x", "y", "scale", "sx", "sy", "rot", "opacity"))


def _ordered(layers: tuple[Layer, ...]) -> list[Layer]:
    return sorted(layers, key=lambda layer: layer.order)


def _scene_items(stage: _Stage, scene: Scene, frame: int) -> Iterator[Item | Grade]:
    began = stage.look.exposure.began("camera", frame, stage.rate)
    camera = {name: sample(channel, began) for name, channel in scene.camera}
    seen = view(camera, stage.width, stage.height)
    saturation = quantised(camera.get("saturation", 1.0))
    tint = quantised(camera.get("tint", 0.0))
    grading = stage.look.grading
    if grading is None:
        mood = Mood(saturation, tint, camera.get("warmth", 0.0), camera.get("accent", min(saturation, 1.0)))
        stage.mood = mood.rounded()
    else:
        stage.drained = 1 - saturation
    layers = _ordered(scene.layers)
    for layer in layers:
        if not layer.screen:
            yield from stage.layer(layer, frame, _Setting(seen.plane(layer.plane, stage.width, stage.height)))
    if grading is not None and (saturation < 1 or tint > 0):
        yield Grade(saturation, tint, argb(grading.gloom, 1.0))
        yield from stage.kept
    for layer in layers:
        if layer.screen:
            yield from stage.layer(layer, frame, _Setting((1.0, 0.0, 0.0, 1.0, 0.0, 0.0)))


def _transition(stage: _Stage, scene: Scene, frame: int) -> Iterator[Item]:
    """The half of a transition that this frame shows: it leaves a scene up to .5, and enters the next from .5 on."""
    for change, progress in (
        (scene.enter, 0.5 + (frame + 0.5) / max(scene.enter.frames, 1) / 2 if scene.enter else 2.0),
        (scene.leave, 0.5 - (scene.length - frame - 0.5) / max(scene.leave.frames, 1) / 2 if scene.leave else -1.0),
    ):
        if change is not None and 0 < progress < 1:
            kind, at, size, seed = change.kind, quantised(progress), (stage.width, stage.height), scene.seed
            yield Item(
                ("transition", kind, at, seed, change.focus),
                partial(_sweep, stage.pen.transition, kind, at, size, seed, change.focus),
            )


def _sweep(
    transition: Any,
    kind: str,
    at: float,
    size: tuple[float, float],
    seed: int,
    focus: tuple[float, float] | None,
    canvas: Canvas,
) -> None:
    transition(canvas, kind, at, size, seed, focus)


def compose(timeline: Timeline, pen: Pen, frame: int, captions: bool = True) -> DisplayList:
    """The display list of a film frame, drawn in a look by its pen.

    Raises:
        IndexError: the film has no such frame.
    """
    stage = _Stage(timeline, pen)
    local, scene = timeline.locate(frame)
    items = [*_scene_items(stage, scene, local), *_transition(stage, scene, local)]
    if captions:
        items += [stage.caption(page, frame, local) for page in timeline.captions if page.start <= frame < page.end]
    return DisplayList(tuple(items))
