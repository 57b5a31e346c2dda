"""What every kind of thing promises the stage in every look: ink inside its bounds, equal pixels for equal values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np
import pytest
import skia

from storyreel import looks
from storyreel.errors import StoryreelError
from storyreel.looks import look, look_names, pen
from storyreel.puppet.model import Node, Shape
from storyreel.stage.built import draw_built
from storyreel.stage.treated import Hand
from storyreel.timeline import wall
from storyreel.timeline.model import Kind
from storyreel.treatment.contract import PLAIN, Kit, Mood, Place
from storyreel.treatment.roles import ROLES
from storyreel.treatment.widget import Settings, Values, Widget
from storyreel.widgets import NEUTRAL, flights
from storyreel.widgets.transitions import KINDS, transition

ORDERS: Mapping[str, tuple[Settings, ...]] = {
    "badge": ({"text": "DUET"}, {"text": ""}),
    "balloon": ({"text": "Hop, hop, hop!", "tail": "right"}, {"text": "No.", "tail": "none", "tone": "mean"}),
    "bars": ({"width": 1080, "height": 1920},),
    "block": ({"colour": 3, "icon": "bunny"}, {"colour": 41, "icon": "W", "size": 700}),
    "bubble": (
        {"text": "I love rainy days."},
        {"text": "So you HATE the SUN?!", "style": "shout"},
        {"text": "Hm…", "style": "thought"},
        {"text": "I could never.", "style": "whisper"},
        {"text": ""},
    ),
    "button": ({"label": "BLOCK"}, {"label": ""}, {"label": "WWWWWWWW"}),
    "card": ({"name": "Michii", "handle": "@m", "message": "Be kind.", "hashtag": "#BeKind", "closing": "Block."},),
    "comment": ({"handle": "@grump", "text": "so cringe", "tone": "mean"},),
    "confetti": ({"count": 20, "seed": 2}, {"count": 1, "spread": 0.2, "rise": 3, "colours": ("#102030",)}),
    "contact-shadow": ({"width": 340}, {"width": 4}),
    "field": ({"text": "cringe", "width": 500}, {"text": "", "hint": "Add a comment"}),
    "foreground": ({"seed": 4}, {"width": 1920, "height": 1080}),
    "glow": ({"radius": 240.0, "colour": "#FFC857"},),
    "ground": ({"width": 1080, "height": 1920}, {"width": 1920, "height": 1080}),
    "hearts": ({"count": 9, "seed": 2}, {"count": 0}, {"count": 30, "spread": 2, "rise": 0.4}),
    "impact": ({"text": "BONK"},),
    "letter": ({"text": "Power of Words", "number": 3, "rim": 0.1}, {"text": "Wow", "number": 9}),
    "meter": ({"label": "THINK", "notches": 12}, {"notches": 2}),
    "note": ({"text": "Got it!", "back": "this.", "handwriting": "kelly"}, {"text": "On and on. " * 20}),
    "lamp": ({"colour": "#FFC857"}, {"hangs": True}),
    "opening": ({"radius": 300, "label": "stand-in portrait"},),
    "pane": ({"width": 300, "height": 420, "label": "@grump", "mood": "grey"},),
    "phone": ({"width": 300, "send": 1.0},),
    "pile": ({"most": 12, "seed": 3},),
    "post": ({"handle": "@milkymichii", "text": "a little dance"},),
    "puffs": ({"count": 6, "seed": 2}, {"count": 1, "spread": 2}),
    "rain": ({"count": 12, "seed": 4}, {"count": 3, "width": 1920, "height": 1080}),
    "rays": ({}, {"radius": 300, "alpha": 1, "colour": "#00FF00"}),
    "shard": ({"seed": 3, "size": 40},),
    "sheet": ({"seed": 3, "size": 180},),
    "shock": ({}, {"spread": 0.4}),
    "sky": ({"width": 1160, "height": 2000, "seed": 7},),
    "sparkles": ({"count": 9, "seed": 2}, {"count": 30, "spread": 2}),
    "signature": (
        {"name": "Michii", "handle": "@m", "message": "Be kind.", "hashtag": "#BeKind", "closing": "Block."},
        {"name": "W" * 30, "message": "On and on. " * 12, "closing": "Block. " * 20, "width": 500, "height": 300},
    ),
    "stars": ({"count": 12, "seed": 4}, {"count": 5, "width": 1080, "height": 1080}),
    "streaks": ({"count": 12, "seed": 4}, {"count": 3, "width": 1920, "height": 1080}),
    "door": ({"width": 340, "height": 700, "hinge": "left"}, {"width": 120, "height": 900, "hinge": "right"}),
    "switch": ({"question": "Who can Duet with you", "off": "Everyone", "on": "Friends"}, {"question": "Why " * 30}),
    "tag": ({"text": "stand-in portrait"}, {"text": ""}),
    "thread": ({"knots": 5, "left": -500, "top": -500, "right": 500, "bottom": 500},),
    "title": ({"text": "Block the Bullies", "sub": "a story"},),
    "typing": ({"text": "I love your dance, it made my whole day", "hint": "Add a comment"},),
    "wall": ({"columns": 3, "rows": 4, "seed": 5}, {"columns": 1, "rows": 1, "profile": "plain", "size": 60}),
    "words": (
        {"text": "Can I touch your hair?", "body": "stone"},
        {"text": "Power of Words", "style": "title"},
        {"text": "No, where are you REALLY from?", "body": "stone", "width": 300},
    ),
    "window": (
        {"width": 400, "height": 600, "shape": "corners", "edge": "ink"},
        {"width": 400, "height": 600, "shape": "box", "edge": "phone", "send": 1.0},
        {"width": 300, "height": 300, "shape": "circle", "edge": "ink"},
        {"width": 80, "height": 900, "shape": "bar", "edge": "none"},
    ),
    "torn-half": ({"width": 400, "height": 700, "seed": 3, "side": "left"}, {"side": "right"}),
    "writing": ({"text": "I could never do that."}, {"text": "On and on. " * 20, "width": 200}),
}
"""Of every kind, what an author may order; the first is what it is usually like."""
STEPS: Mapping[str, tuple[float, ...]] = {
    "width": (40.0, 70.0),
    "height": (200.0, 260.0),
    "t": (-1.0, 0.0, 0.06, 0.3, 0.9, 1.7, 60.0),
    "appear": (0.0, 0.3, 1.0, 1.25),
    "press": (-9.0, 0.0, 0.6, 1.25),
    "crack": (0.0, 0.5, 1.0),
    "glow": (0.0, 1.0),
    "likes": (0.0, 7.0, 1240.0),
    "comments": (0.0, 86.0),
    "pulse": (0.0, 0.17, 0.5),
    "on": (-0.2, 0.0, 0.5, 0.9, 1.0, 1.3),
    "typed": (0.0, 0.4, 1.0),
    "leave": (0.0, 0.5),
    **{f"blown{index}": (0.0, 400.0) for index in range(9)},
    "gap": (-3.0, 0.0, 80.0, 900.0),
    "open": (0.0, 0.3, 1.0, 1.2),
    "turn": (-40.0, -7.0),
    "hour": (0.0, 5.2, 12.0, 19.0, 22.0),
    "closing": (0.0, 0.5, 1.0),
    "left": (0.0, 3.0, 99.0),
    "full": (0.0, 0.55, 1.0),
    "sway": (-1.0, 0.0, 1.0),
    "eaten": (-1.0, -0.4, 0.0, 0.6),
    "tail_x": (-400.0, 0.0, 2000.0),
    "tail_y": (-2000.0, 0.0, 300.0),
    **{f"{axis}{index}": (-400.0, 0.0, 300.0) for axis in ("x", "y") for index in range(5)},
    **{f"sag{index}": (0.0, 200.0) for index in range(4)},
    **{f"bend{index}": (0.0, 12.0) for index in range(4)},
}
REST = {"radius": 1.0, "appear": 1.0, "open": 1.0, "drawn": 1.0, "full": 1.0, "x2": 150.0}
CORNERS = {
    "c0x": -200.0,
    "c0y": -300.0,
    "c1x": 200.0,
    "c1y": -300.0,
    "c2x": 200.0,
    "c2y": 300.0,
    "c3x": -200.0,
    "c3y": 300.0,
}
SHAPED = [kind for kind, widget in NEUTRAL.items() if widget.shapes is not None]
"""What is drawn as shapes; light is laid over the picture by hand."""
AIR = ("confetti", "foreground", "hearts", "puffs", "rain", "rays", "shock", "sparkles", "stars", "streaks")
BUILT = [(name, kind) for name in look_names() for kind in NEUTRAL if kind in ORDERS]
SIZES = ((1080.0, 1920.0), (1080.0, 1080.0), (1920.0, 1080.0))
"""The formats of films, in stage units."""


def hand(name: str, kind: str) -> Hand:
    """How a look draws a kind."""
    layer: Kind = "air" if kind in AIR else "prop"
    return Hand(pen(name).treatment, Place(layer), Mood())


def put(canvas: Any, widget: Widget, name: str, kind: str, order: Settings, values: Values) -> None:
    """Draws a widget in a look, with no other values than it reads, and then its front, as the stage does."""
    for part in (widget, widget.front):
        if part is None:
            continue
        known = {value: values.get(value, 0.0) for value in part.values}
        if part.draw is not None:
            part.draw(canvas, order, known)
        else:
            assert part.shapes is not None
            draw_built(canvas, part.shapes(order, known, pen(name).look.kit), hand(name, kind))


def state(canvas: Any) -> tuple[object, ...]:
    """What a canvas has to be left as."""
    clip = canvas.getDeviceClipBounds()
    matrix = tuple(canvas.getTotalMatrix().get(index) for index in range(9))
    return canvas.getSaveCount(), matrix, (clip.left(), clip.top(), clip.right(), clip.bottom())


def pixels(name: str, kind: str, order: Settings, values: Values, widget: Widget | None = None) -> np.ndarray:
    """A widget as a look draws it, on nothing, in a small picture, 12 pixels larger all round than its bounds."""
    widget = NEUTRAL[kind] if widget is None else widget
    assert widget.bounds is not None
    left, top, right, bottom = widget.bounds(order)
    scale = 170 / max(right - left, bottom - top)
    surface = skia.Surface.MakeRaster(
        skia.ImageInfo.MakeN32Premul(round((right - left) * scale) + 24, round((bottom - top) * scale) + 24)
    )
    canvas = surface.getCanvas()
    canvas.translate(12, 12)
    canvas.scale(scale, scale)
    canvas.translate(-left, -top)
    before = state(canvas)
    put(canvas, widget, name, kind, order, values)
    assert state(canvas) == before
    return np.array(surface.makeImageSnapshot().toarray())


def read(widget: Widget) -> tuple[str, ...]:
    """The values that a widget or its front reads."""
    return tuple(dict.fromkeys((*widget.values, *(widget.front.values if widget.front is not None else ()))))


def steps_of(value: str) -> tuple[float, ...]:
    """What a value is set to: a corner goes in a little."""
    return (CORNERS[value], 0.8 * CORNERS[value]) if value in CORNERS else STEPS.get(value, (0.0, 1.0))


def states(widget: Widget) -> Iterator[dict[str, float]]:
    """The widget at rest, and with each of its values stepped while the others rest."""
    rest = {name: {**CORNERS, **REST}.get(name, 0.0) for name in read(widget)}
    yield rest
    for name in rest:
        yield from ({**rest, name: value} for value in steps_of(name))


def test_every_neutral_kind_has_an_order_here() -> None:
    assert set(NEUTRAL) <= set(ORDERS)


@pytest.mark.parametrize(("name", "kind"), BUILT)
def test_a_widget_keeps_its_ink_within_its_bounds_and_draws_the_same_whatever_was_drawn_before(
    name: str, kind: str
) -> None:
    for order in ORDERS[kind]:
        some = list(states(NEUTRAL[kind]))
        first = [pixels(name, kind, order, values) for values in some]
        for values, drawn in zip(some, first, strict=True):
            alpha = drawn[..., 3]
            assert alpha.sum() == alpha[11:-11, 11:-11].sum(), (order, values)
        again = [pixels(name, kind, order, values).tobytes() for values in reversed(some)]
        assert [drawn.tobytes() for drawn in first] == again[::-1]


@pytest.mark.parametrize(("name", "kind"), BUILT)
def test_a_widget_changes_with_each_of_its_values(name: str, kind: str) -> None:
    rest = {value: {**CORNERS, **REST}.get(value, 0.0) for value in read(NEUTRAL[kind])}
    for value in rest:
        if look(name).kit.crisp and (kind, value) in TURNING:
            continue
        if (name, kind) in SCREENED:
            continue
        # A window with corners is as large as they say, and others as `width` and `height` do; phones alone send.
        order = ORDERS[kind][1 if kind == "window" and value in ("width", "height", "send") else 0]
        drawn = {pixels(name, kind, order, {**rest, value: step}).tobytes() for step in steps_of(value)}
        assert len(drawn) > 1, value


SCREENED = (("comic", "contact-shadow"),)
"""Dots of a screen that is a whole film's, too fine for pictures as small."""
TURNING = (("ground", "t"), ("opening", "turn"))
"""What only turns something: in a crisp look nothing turns."""
OWN = {
    id(own): (name, kind)
    for name in reversed(look_names())
    for kind, own in pen(name).widgets.items()
    if kind in ORDERS and own.bounds is not None and own is not NEUTRAL.get(kind)
}
"""What looks draw by themselves, each once."""


@pytest.mark.parametrize(("name", "kind"), OWN.values())
def test_what_a_look_draws_by_itself_stays_within_its_bounds(name: str, kind: str) -> None:
    widget = pen(name).widgets[kind]
    for values in list(states(widget))[:4]:
        alpha = pixels(name, kind, ORDERS[kind][0], values, widget)[..., 3]
        assert alpha.sum() == alpha[11:-11, 11:-11].sum(), values


@pytest.mark.parametrize("kind", [kind for kind in NEUTRAL if "appear" in read(NEUTRAL[kind])])
def test_nothing_of_a_widget_is_drawn_before_it_appears(kind: str) -> None:
    assert not pixels("sketch", kind, ORDERS[kind][0], {"appear": 0.0}).any()
    assert pixels("sketch", kind, ORDERS[kind][0], {"appear": 1.0}).any()


@pytest.mark.parametrize("kind", ["hearts", "sparkles", "confetti", "puffs", "shock"])
def test_a_burst_starts_from_nothing_and_leaves_nothing(kind: str) -> None:
    assert not pixels("sketch", kind, ORDERS[kind][0], {"t": 0.0}).any()
    assert pixels("sketch", kind, ORDERS[kind][0], {"t": 0.3}).any()
    assert not pixels("sketch", kind, ORDERS[kind][0], {"t": 2.9}).any()


@pytest.mark.parametrize(
    "kind", ["hearts", "sparkles", "confetti", "puffs", "stars", "rain", "foreground", "streaks", "wall"]
)
def test_another_seed_is_another_picture(kind: str) -> None:
    order = ORDERS[kind][0]
    assert (
        pixels("sketch", kind, order, {"t": 0.6}).tobytes()
        != pixels("sketch", kind, {**order, "seed": 99}, {"t": 0.6}).tobytes()
    )


def shapes(node: Node) -> list[Shape]:
    """Every shape of a tree, in the order of drawing, shown or not."""
    return [one.shape for one in node.walk() if one.shape is not None]


@pytest.mark.parametrize("kind", NEUTRAL)
def test_a_widget_hands_out_the_same_shapes_for_the_same_values(kind: str) -> None:
    for part in (NEUTRAL[kind], NEUTRAL[kind].front):
        build = part.shapes if part is not None else None
        for values in states(NEUTRAL[kind]) if build is not None else ():
            first, again = (shapes(build(ORDERS[kind][0], values, Kit())) for _ in range(2))
            assert [id(shape) for shape in first] == [id(shape) for shape in again], values


@pytest.mark.parametrize("kind", [*AIR, "button", "switch", "wall"])
def test_what_moves_is_moved_shapes_that_keep_their_number(kind: str) -> None:
    build = NEUTRAL[kind].shapes
    assert build is not None
    built = [shapes(build(ORDERS[kind][0], values, Kit())) for values in states(NEUTRAL[kind])]
    assert {len(some) for some in built} == {len(built[0])}
    # A piece of confetti shows its front or its back; a cloud of dust, one of two mirror images.
    if kind not in ("confetti", "puffs"):
        assert all(one is other for some in built for one, other in zip(some, built[0], strict=True))


@pytest.mark.parametrize("kind", SHAPED)
def test_a_widget_says_of_each_shape_what_it_is(kind: str) -> None:
    build = NEUTRAL[kind].shapes
    assert build is not None
    for values in states(NEUTRAL[kind]):
        assert {shape.role for shape in shapes(build(ORDERS[kind][0], values, Kit()))} <= set(ROLES)


@pytest.mark.parametrize("kind", [kind for kind in SHAPED if kind != "rays"])
def test_a_crisp_kit_turns_no_thing(kind: str) -> None:
    build, kit = NEUTRAL[kind].shapes, Kit(crisp=True)
    assert build is not None
    for values in states(NEUTRAL[kind]):
        for node in build(ORDERS[kind][0], values, kit).walk():
            assert node.transform is None or node.transform[1:3] == (0.0, 0.0)


def test_a_kits_own_colours_are_those_of_the_drawing() -> None:
    def tints(kit: Kit) -> set[object]:
        build = NEUTRAL["block"].shapes
        assert build is not None
        return {shape.fill for shape in shapes(build({"colour": 0}, {}, kit))}

    assert "#123456" in tints(Kit({"accent": "#123456"}))
    assert "#123456" not in tints(Kit())


def test_the_cap_of_the_button_goes_down_with_its_press_and_stays_in_its_base() -> None:
    def rows(press: float) -> tuple[int, int]:
        inked = np.flatnonzero(pixels("kawaii", "button", {"label": ""}, {"press": press})[..., 3].max(axis=1) > 128)
        return int(inked[0]), int(inked[-1])

    tops = [rows(press)[0] for press in (-0.3, 0.0, 0.5, 1.0, 1.25)]
    assert tops == sorted(tops)
    assert len(set(tops)) == 5
    assert len({rows(press)[1] for press in (-0.3, 0.0, 1.0, 1.25)}) == 1


def test_a_wall_that_stands_draws_the_same_at_every_later_time() -> None:
    order = ORDERS["wall"][0]
    end = wall.duration(3, 4, 5)
    draw = partial(pixels, "sketch", "wall", order)
    assert draw({"t": end}).tobytes() == draw({"t": end + 7.3}).tobytes()
    assert draw({"t": end - 0.5}).tobytes() != draw({"t": end}).tobytes()
    assert not draw({"t": -1.0}).any()


# ---- transitions


def swept(kind: str, progress: float, size: tuple[float, float], name: str = "", seed: int = 3) -> np.ndarray:
    """A neutral transition over nothing, in a small picture; in a look, or plain."""
    scale = 0.2
    surface = skia.Surface.MakeRaster(skia.ImageInfo.MakeN32Premul(round(size[0] * scale), round(size[1] * scale)))
    canvas = surface.getCanvas()
    canvas.scale(scale, scale)
    before = state(canvas)
    kit, treatment = (pen(name).look.kit, pen(name).treatment) if name else (Kit(), PLAIN)
    transition(canvas, kind, progress, size, seed, (300.0, 900.0), kit, treatment)
    assert state(canvas) == before
    return np.array(surface.makeImageSnapshot().toarray())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "cut"])
def test_a_transition_covers_all_half_way_and_nothing_at_its_ends(kind: str, size: tuple[float, float]) -> None:
    assert not swept(kind, 0.0, size).any()
    assert not swept(kind, 1.0, size).any()
    for progress in (0.498, 0.5, 0.502):
        assert (swept(kind, progress, size)[..., 3] == 255).all(), progress
    for progress in (0.005, 0.995):
        assert swept(kind, progress, size)[..., 3].mean() < 20, progress


@pytest.mark.parametrize("name", look_names())
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "cut"])
def test_a_transition_covers_all_half_way_in_every_look_and_depends_on_its_progress_alone(kind: str, name: str) -> None:
    at = (0.2, 0.5, 0.8)
    first = [swept(kind, progress, SIZES[0], name) for progress in at]
    assert (first[1][..., 3] == 255).all()
    assert (first[0][..., 3] < 255).any()
    assert (first[2][..., 3] < 255).any()
    again = [swept(kind, progress, SIZES[0], name).tobytes() for progress in reversed(at)]
    assert [drawn.tobytes() for drawn in first] == again[::-1]


def test_a_cut_covers_nothing() -> None:
    assert not any(swept("cut", progress, SIZES[0]).any() for progress in (0.1, 0.5, 0.9))


def test_blocks_fall_as_their_seed_says() -> None:
    assert swept("blocks", 0.2, SIZES[0], seed=1).tobytes() != swept("blocks", 0.2, SIZES[0], seed=2).tobytes()


def test_a_transition_that_nobody_knows_is_refused_with_the_next_best() -> None:
    with pytest.raises(StoryreelError, match=r"unknown transition 'wype'.*wipe"):
        swept("wype", 0.5, SIZES[0])


def test_a_look_without_transitions_of_its_own_has_the_neutral_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("storyreel.looks.sketch.pen.transition", raising=False)
    bare = looks.pen.__wrapped__("sketch")
    surface = skia.Surface(54, 96)
    surface.getCanvas().scale(0.05, 0.05)
    bare.transition(surface.getCanvas(), "wipe", 0.3, SIZES[0], 3, None)
    drawn = np.array(surface.makeImageSnapshot().toarray())
    assert 0 < (drawn[..., 3] == 255).mean() < 1


# ---- flights


def test_a_flight_that_has_not_begun_or_is_over_has_no_size_and_keeps_its_kind() -> None:
    flying = list(flights.confetti(9, 2, 300.0, 1.0, 0.5))
    gone = list(flights.confetti(9, 2, 300.0, 1.0, 9.0))
    assert all(one.wide > 0 for one in flying)
    assert all(one.wide == one.tall == 0 for one in gone)
    assert [one.kind for one in flying] == [one.kind for one in gone]


def test_an_iris_shuts_to_nothing_and_opens_from_nothing_as_wide_as_it_was() -> None:
    assert flights.shutting(0.0, 5.0) == pytest.approx(5.0)
    assert flights.shutting(0.98, 5.0) == 0.0
    assert flights.opening(0.0, 5.0) == 0.0
    assert flights.opening(1.0, 5.0) == pytest.approx(5.0)


@pytest.mark.parametrize(("words", "still"), [("I could never", "left"), ("לא יכולתי", "right")])
def test_words_that_are_written_in_the_picture_stay_where_they_stand(words: str, still: str) -> None:
    inks = []
    for letters in (3, 5, len(words)):
        picture = pixels("kawaii", "writing", {"text": words, "width": 500}, {"letters": letters})
        columns = np.flatnonzero((picture != picture[0, 0]).any(axis=(0, 2)))
        inks.append(columns[0] if still == "left" else columns[-1])
    assert max(inks) - min(inks) <= 1
