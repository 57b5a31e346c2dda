"""What is on screen at frame f: the timeline's layers as a flat display list, back to front. Pure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from storyreel.stage import portraits
from storyreel.stage.body import body
from storyreel.stage.built import draw_built
from storyreel.stage.camera import IDENTITY, concat, enlarged, filmed, placed, view
from storyreel.stage.cells import DrawnCells, crisp
from storyreel.stage.changes import changing
from storyreel.stage.cutting import Cutting
from storyreel.stage.display import CAPTION, Canvas, DisplayList, Draw, Grade, Item
from storyreel.stage.grades import graded, reached
from storyreel.stage.groups import is_out, let_out, seen
from storyreel.stage.ink import argb
from storyreel.stage.lettering import draw_mark
from storyreel.stage.mirrors import mirrored, shown
from storyreel.stage.moved import Run, moves, runs
from storyreel.stage.puppet import DrawnPuppet
from storyreel.stage.setting import Cut, Setting, Solid, laid, rounded
from storyreel.stage.still import DrawnPart
from storyreel.stage.stills import WholePicture, together
from storyreel.stage.toning import TONES, WHITE, Tone, own_light, own_mood, steps, tempered
from storyreel.stage.treated import Hand
from storyreel.text.chain import FontChain, face
from storyreel.text.setting import layout
from storyreel.timeline.model import (
    CaptionPage,
    DrawingContent,
    GroupContent,
    Kind,
    Layer,
    PictureContent,
    PuppetContent,
    Scene,
    StillContent,
    Timeline,
    Transition,
    WidgetContent,
)
from storyreel.timeline.track import quantised
from storyreel.treatment.contract import Made, Mood, Place
from storyreel.treatment.look import Pen, Said
from storyreel.treatment.widget import Blend, Widget


class _Stage:
    """The look's pen and the film's measures, at hand while one frame is composed."""

    def __init__(self, timeline: Timeline, pen: Pen) -> None:
        self.timeline, self.pen, self.look = timeline, pen, pen.look
        self.rate = timeline.rate
        self.width, self.height = timeline.stage_size
        self.mood = Mood()
        """The frame's."""
        self.graded = Mood()
        """What all that is drawn now is graded to later, as pixels."""
        self.lit = WHITE
        """What all that is drawn now is dimmed to later, as pixels."""
        self.drawn_at: Callable[[int], int] = int
        """Which frame's drawings a frame of the scene shows."""
        self.kept_share = 1.0
        """How much of it they keep: nothing where a story holds its accent back."""
        self.kept: list[Item] = []
        """What keeps its colour where the picture is graded: drawn once more above the grade."""

    def item(
        self,
        key: Hashable,
        setting: Setting,
        paint: Draw,
        kind: Kind,
        blend: Blend = "over",
        made: Made = "figure",
        solid: Solid | None = None,
    ) -> Item:
        return laid(self.pen.widgets, key, setting, paint, blend, self.cutting(kind, made), solid)

    def cutting(self, kind: Kind, made: Made) -> Cutting | None:
        """How a thing is laid on whole cells, in a look that has them."""
        if not self.look.kit.crisp:
            return None
        cutout = self.pen.cutout
        return Cutting(self.pixel(), cutout if cutout is not None and kind in cutout.kinds else None, made)

    def layer(self, layer: Layer, frame: int, outer: Setting) -> Iterator[Item]:
        for item in self.drawn(layer, frame, outer):
            yield item if item.name else replace(item, name=layer.id, kind=layer.kind)

    def drawn(self, layer: Layer, frame: int, outer: Setting) -> Iterator[Item]:
        if not layer.start <= frame < layer.end:
            return
        values = layer.values(self.sampled(layer, frame))
        opacity = outer.opacity * values.get("opacity", 1.0)
        if opacity <= 0.002 or values.get("scale", 1.0) * values.get("sx", 1.0) == 0:
            return
        setting = replace(outer, matrix=concat(outer.matrix, placed(values)), opacity=opacity)
        if (soft := round(values.get("soft", 0.0))) > setting.soft:
            setting = replace(setting, soft=soft)
        if not TONES.isdisjoint(values):
            setting = self.toned(setting, values)
        content = layer.content
        if isinstance(content, GroupContent):
            yield from self.group(content, layer, frame, values, setting)
        elif isinstance(content, WidgetContent):
            yield self.widget(content, self.pen.widgets[content.kind], layer, frame, values, setting)
        elif isinstance(content, PuppetContent):
            yield self.puppet(content, layer, frame, values, setting)
        elif isinstance(content, DrawingContent):
            hand = self.hand(layer, frame, setting)
            path, moved = Path(content.drawing.path), moves(values)
            setting, tone = self.taken(hand, setting)
            x, y = content.middle
            placed_at = replace(setting, matrix=concat(setting.matrix, (1.0, 0.0, 0.0, 1.0, -x, -y)))
            pieces: Iterable[DrawnPart | Run] = (
                runs(path, content.part, content.colours, hand, moved)
                if moved
                else (DrawnPart.load(path, content.colours, hand),)
            )
            for piece in pieces:
                key = ("drawing", content, hand, tone, *(piece.known if isinstance(piece, Run) else ()))
                draw = partial(mirrored, mirror=content.mirror, drawing=piece, part=content.part, tone=tone)
                solid = None if isinstance(piece, Run) else partial(shown, content.mirror, piece, content.part)
                yield self.item(key, placed_at, draw, layer.kind, solid=solid)
        elif isinstance(content, StillContent):
            still = self.still(content)
            yield self.item(("still", still.key), setting, still.centred, "set")
        else:
            yield self.picture(content, layer, frame, setting)

    def sampled(self, layer: Layer, frame: int) -> int:
        """The frame at which a layer's channels are sampled: where its drawing began."""
        return max(self.look.exposure.began(layer.kind, frame, self.rate), layer.start)

    def still(self, content: StillContent) -> WholePicture:
        """The picture of a scene at a frame; it has a mood and a grade of its own."""
        items = _scene_items(_Stage(self.timeline, self.pen), content.scene, content.frame)
        return replace(self.whole(items), lasting=True)

    def whole(self, items: Iterable[Item | Grade]) -> WholePicture:
        """Things as one picture."""
        return WholePicture(tuple(items), (self.width, self.height))

    def hand(self, layer: Layer, frame: int, setting: Setting) -> Hand:
        """How the look draws a layer's shapes."""
        drawing = self.look.exposure.drawing(layer.kind, self.drawn_at(frame), self.rate)
        seen = enlarged(setting.matrix) if self.pen.treatment.redraws else 1.0
        place = Place(layer.kind, drawing=drawing, plane=layer.plane, manner=layer.manner, scale=seen)
        return Hand(self.pen.treatment, place, setting.mood.rounded() if self.look.grading is None else Mood())

    def toned(self, setting: Setting, values: Mapping[str, float]) -> Setting:
        """A layer's setting in its own mood and light: taken into colours, or what it is drawn through."""
        mood, light = own_mood(values, setting.mood), own_light(values, setting.light)
        if (mood, light) == (setting.mood, setting.light):
            return setting
        return self.within(replace(setting, mood=mood, light=light))

    def within(self, setting: Setting) -> Setting:
        """A setting with what its things are drawn through, for its mood and its light."""
        grading, light = self.look.grading, tempered(setting.light, setting.mood.warmth, self.look.temper)
        red, green, blue = (own / max(common, 1e-3) for own, common in zip(light, self.lit, strict=True))
        if grading is None:
            return replace(setting, tone=Tone.between(Mood(), Mood(), 0, (red, green, blue)))
        gloom = argb(grading.gloom, 1.0)
        return replace(setting, tone=Tone.between(setting.mood, self.graded, gloom, (red, green, blue)))

    def taken(self, hand: Hand, setting: Setting) -> tuple[Setting, Tone | None]:
        """What is kept as images takes its tone into them, in a look that grades pixels; a setting without it."""
        if self.look.grading is None or not hand.as_images:
            return setting, None
        return replace(setting, tone=None), setting.tone.coarse() if setting.tone is not None else None

    def group(
        self, content: GroupContent, layer: Layer, frame: int, values: dict[str, float], setting: Setting
    ) -> Iterator[Item]:
        inner = setting
        known: tuple[tuple[str, float], ...] = ()

        def outside(child: Layer) -> Setting:
            """What a child inherits that is let out."""
            beyond = let_out(known, child, self.sampled(child, frame))
            if content.frame is None or beyond is None:
                return setting
            return replace(setting, cuts=(*setting.cuts, Cut(content.frame, beyond, rounded(setting.matrix))))

        if content.frame is not None:
            widget = self.pen.widgets[content.frame.kind]
            read = widget.values if widget.front is None else widget.front.values
            known = tuple((name, values.get(name, 0.0)) for name in read)
            yield self.widget(content.frame, widget, layer, frame, values, setting)
            cut = Cut(content.frame, known, rounded(setting.matrix))
            inner = replace(setting, cuts=(*setting.cuts, cut))
        planed = seen(content, self.look.exposure.began("camera", frame, self.rate))
        children = [(child, is_out(child, self.sampled(child, frame))) for child in _ordered(layer.children)]
        for child, out in children:
            if not out:
                yield from self.layer(child, frame, planed(inner, child))
        if content.frame is not None and widget.front is not None:
            yield self.widget(content.frame, widget.front, layer, frame, values, setting, "front")
        for child, out in children:
            if out:
                yield from self.layer(child, frame, planed(outside(child), child))

    def widget(
        self,
        content: WidgetContent,
        widget: Widget,
        layer: Layer,
        frame: int,
        values: dict[str, float],
        setting: Setting,
        side: str = "",
    ) -> Item:
        known = tuple((name, values.get(name, 0.0)) for name in widget.values)
        settings, draw, shapes = dict(content.settings), widget.draw, widget.shapes
        if draw is not None:
            return self.item(
                (side, content, known),
                setting,
                lambda canvas: draw(canvas, settings, dict(known)),
                layer.kind,
                widget.blend,
                "widget",
            )
        if shapes is None:
            raise TypeError(f"a {content.kind} is neither drawn nor built")
        hand = self.hand(layer, frame, setting)
        return self.item(
            (side, content, known, hand),
            setting,
            lambda canvas: draw_built(canvas, shapes(settings, dict(known), self.look.kit), hand),
            layer.kind,
            widget.blend,
            "widget",
        )

    def puppet(
        self, content: PuppetContent, layer: Layer, frame: int, values: dict[str, float], setting: Setting
    ) -> Item:
        rig = Path(content.rig.path) if content.rig else None
        hand = self.hand(layer, frame, setting)
        drawn = body(Path(content.drawing.path), rig, content.colours, hand)
        if isinstance(drawn, DrawnCells) and self.look.kit.crisp:
            setting = replace(setting, matrix=crisp(setting.matrix, self.pixel()))
        if content.middle is not None:
            (x, y), (feet_x, feet_y) = content.middle, drawn.rig.feet
            setting = replace(setting, matrix=concat(setting.matrix, (1, 0, 0, 1, feet_x - x, feet_y - y)))
        pose = {name: value for name, value in values.items() if name not in _PLACING}
        if isinstance(drawn, DrawnCells):
            began = self.look.exposure.began(layer.kind, self.drawn_at(frame), self.rate)
            pose |= drawn.turned(self.timeline.clock.seconds(began))
        edges = tuple(self.pen.treatment.edges(hand.place))
        draw: Callable[..., None] = drawn.draw
        key: tuple[Hashable, ...] = (content, hand, edges, tuple(sorted(pose.items())))
        if isinstance(drawn, DrawnPuppet) and not edges:
            setting, tone = self.taken(hand, setting)
            draw, key = partial(draw, tone=tone), (*key, tone)
        keeps = self.look.grading.keeps if self.look.grading is not None else ()
        kept = frozenset(keeps).intersection(drawn.rig.pivots)
        drained = (1 - self.graded.saturation) * self.kept_share
        if kept and drained > 0:
            faded = replace(setting, opacity=setting.opacity * drained * _KEPT)
            self.kept.append(self.item(("keeps", *key), faded, partial(draw, pose=pose, only=kept), layer.kind))
        made: Made = "cells" if isinstance(drawn, DrawnCells) else "figure"
        item = self.item(key, setting, lambda canvas: draw(canvas, pose, edges), layer.kind, made=made)
        return replace(item, parts=partial(drawn.parts, pose, setting.matrix))

    def pixel(self) -> float:
        """How large a painted pixel is, in stage units."""
        width, height, finish = self.timeline.width, self.timeline.height, self.pen.finish
        return (finish.cell(width, height) if finish is not None else 1) / self.timeline.scale

    def picture(self, content: PictureContent, layer: Layer, frame: int, setting: Setting) -> Item:
        seconds = 0.0 if content.still else self.timeline.clock.seconds(frame - layer.start)
        return self.item(
            (content, seconds),
            setting,
            lambda canvas: portraits.draw_picture(canvas, content, seconds),
            "set",
        )

    def caption(self, page: CaptionPage, frame: int, local: int) -> Item:
        """A page at a film frame; its drawings are counted from the scene's first frame, as all others are."""
        chain = FontChain(tuple(face(name) for name in self.look.faces["caption"]))
        placed_page = layout(page, chain, self.look.caption, self.timeline.safe, self.timeline.language)
        shown = frame - local + self.look.exposure.began("type", local, self.rate)
        said = Said.at(page, max(shown, page.start), self.look.caption.settle)

        def draw(canvas: Canvas) -> None:
            self.pen.caption(canvas, placed_page, page, said)
            if placed_page.mark:
                draw_mark(canvas, placed_page.mark, page.colour)

        return Item(("caption", page, said), draw, name=CAPTION, kind="type")


_KEPT = 0.75
"""How much of itself a part that keeps its colour is drawn with again: over its own greys that gives what it was."""
_PLACING = frozenset(("x", "y", "scale", "sx", "sy", "rot", "opacity", "free", "soft", "light", *TONES))


def _ordered(layers: tuple[Layer, ...]) -> list[Layer]:
    return sorted(layers, key=lambda layer: layer.order)


def _scene_items(stage: _Stage, scene: Scene, frame: int) -> Iterator[Item | Grade]:
    size = (stage.width, stage.height)
    camera = filmed(dict(scene.camera), frame, stage.look.exposure, stage.rate, size)
    seen = view(camera, *size)
    saturation = quantised(camera.get("saturation", 1.0))
    tint = quantised(camera.get("tint", 0.0))
    grading = stage.look.grading
    mood = Mood(saturation, tint, camera.get("warmth", 0.0), camera.get("accent", min(saturation, 1.0)))
    stage.mood, stage.drawn_at = mood, scene.drawn_at
    light = own_light(camera)
    # Where anything is lit by itself, each thing is seen in its own light; elsewhere all are graded as one picture.
    # In cells each thing is, too: what would be dimmed as a whole would have no colour of the palette any more.
    apart = camera.get("apart", 0.0) > 0 or stage.look.kit.crisp
    if apart:
        mood = reached(mood, camera)
    elif grading is not None:
        stage.graded = mood
        stage.kept_share = camera.get("accent", 1.0)
    if not apart:
        stage.lit = steps(tempered(light, mood.warmth, stage.look.temper))
    plain = Setting(IDENTITY, mood=mood, light=light)
    outer = stage.within(plain) if apart else plain
    layers = _ordered(scene.layers)
    yield from together(
        item
        for layer in layers
        if not layer.screen
        for item in stage.layer(layer, frame, replace(outer, matrix=seen.plane(layer.plane, *size)))
    )
    if grading is not None and not apart:
        yield from graded(saturation, tint, camera, seen.plane(1.0, *size), size, argb(grading.gloom, 1.0), stage.lit)
        yield from stage.kept
    elif stage.lit != WHITE:
        yield Grade(1.0, 0.0, 0, light=stage.lit)
    stage.graded, stage.lit = Mood(), WHITE
    for layer in layers:
        if layer.screen:
            yield from stage.layer(layer, frame, Setting(IDENTITY))


def _swept(
    stage: _Stage, items: tuple[Item | Grade, ...], scene: Scene, change: Transition, at: float
) -> tuple[Item | Grade, ...]:
    """A scene's things under a transition, or in one: of a kind that shows both pictures it draws all there is."""
    told, draw = (change.kind, at, (stage.width, stage.height), scene.seed, change.focus), stage.pen.transition
    if change.under is None:
        swept = Item(("transition", *told), lambda canvas: draw(canvas, *told))
        return (*items, replace(swept, name="transition", kind="air"))
    here, other = stage.whole(items), stage.still(change.under)
    both = (here, other) if change is scene.leave else (other, here)
    key = ("transition", *told, *(picture.key for picture in both))
    return (Item(key, lambda canvas: draw(canvas, *told, *both), name="transition", kind="air"),)


def compose(timeline: Timeline, pen: Pen, frame: int, captions: bool = True) -> DisplayList:
    """The display list of a film frame, drawn in a look by its pen.

    Raises:
        IndexError: the film has no such frame.
    """
    stage = _Stage(timeline, pen)
    local, scene = timeline.locate(frame)
    shown = tuple(_scene_items(stage, scene, local))
    exposure = pen.look.exposure
    for change, progress in changing(scene, local if exposure.brisk else exposure.began("camera", local, stage.rate)):
        shown = _swept(stage, shown, scene, change, progress)
    items = list(shown)
    if captions:
        items += [stage.caption(page, frame, local) for page in timeline.captions if page.start <= frame < page.end]
    if pen.finish is None:
        return DisplayList(tuple(items))
    return DisplayList(
        tuple(items),
        stage.mood.rounded(),
        exposure.drawing("set", scene.drawn_at(local), timeline.rate),
        pen.look.reveal.fine and scene.kind == "reveal",
    )
