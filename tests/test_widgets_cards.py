"""What neutral frames, cards, type and reveal promise: any look's hand draws them, in its faces, in their room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pytest
import skia

from storyreel.looks import look, look_names, pen
from storyreel.puppet.model import Node
from storyreel.stage.built import draw_built
from storyreel.stage.treated import Hand
from storyreel.treatment.contract import PLAIN, Kit, Mood, Place
from storyreel.treatment.roles import ROLES, role_of
from storyreel.treatment.widget import Settings
from storyreel.widgets import NEUTRAL
from storyreel.widgets.cards import balloon_outline
from storyreel.widgets.copyfit import fitted, reckoned, room
from storyreel.widgets.posts import compact

LONG = "Donaudampfschifffahrtsgesellschaft and a good many more words than anybody would want to read at once"
ORDERS: dict[str, tuple[Settings, ...]] = {
    "pane": ({"width": 300, "height": 420, "label": "@grump", "mood": "grey"}, {"width": 90, "height": 70}),
    "phone": ({"width": 300, "send": 1.0}, {"width": 900, "send": 1.0}),
    "opening": ({"radius": 300, "label": "stand-in portrait"}, {"radius": 40}),
    "comment": (
        {"handle": "@grump", "text": "so cringe", "tone": "mean"},
        {"handle": "@somebody_with_a_very_long_name_indeed", "text": LONG},
        {"handle": "", "text": ""},
    ),
    "balloon": ({"text": "Hop!", "tail": "right"}, {"text": LONG, "tone": "mean"}, {"text": "", "tail": "none"}),
    "badge": ({"text": "DUET"}, {"text": "MMMMMMMMMMMMMMMM"}),
    "typing": ({"text": "I love your dance", "hint": "Add a comment"}, {"text": LONG}, {"text": ""}),
    "post": (
        {"handle": "@milkymichii", "text": "a little dance"},
        {"handle": "@" + "a" * 30, "text": LONG, "before": 400, "after": 300},
    ),
    "title": ({"text": "Block the Bullies", "sub": "a story"}, {"text": LONG[:60], "sub": LONG}, {"text": "O 🎉"}),
    "impact": ({"text": "BONK"}, {"text": "WWWWWWWWWWWW"}),
    "ground": ({"width": 1080, "height": 1920}, {"width": 1080, "height": 1080}),
    "card": (
        {"name": "Michii", "handle": "@m", "message": "Be kind.", "hashtag": "#BeKind", "closing": "Block them."},
        {"name": LONG, "handle": LONG, "message": LONG, "hashtag": "#" + "Be" * 20, "closing": LONG, "width": 700},
        {"name": "", "width": 900},
    ),
}
STEPS: Mapping[str, tuple[float, ...]] = {
    "t": (0.06, 0.3, 0.9, 1.7),
    "appear": (0.3, 1.0, 1.25),
    "crack": (0.0, 0.5, 1.0),
    "glow": (0.0, 1.0),
    "likes": (0.0, 7.0, 1240.0),
    "comments": (0.0, 86.0),
    "pulse": (0.0, 0.17, 0.5),
    "typed": (0.0, 0.4, 1.0),
    "send": (0.0, 0.5, 1.0),
    "leave": (0.0, 0.5),
    "open": (0.2, 1.0, 1.2),
    "turn": (-40.0, -7.0),
    "closing": (0.0, 0.5, 1.0),
    "dark": (0.0, 0.5, 1.0),
}
REST = {"appear": 1.0, "open": 1.0, "turn": -7.0, "closing": 1.0, "t": 0.3}
CASES = [(kind, order) for kind, orders in ORDERS.items() for order in orders]


def read(kind: str) -> tuple[str, ...]:
    """The values that a widget or its front reads."""
    widget = NEUTRAL[kind]
    return tuple(dict.fromkeys((*widget.values, *(widget.front.values if widget.front else ()))))


def states(kind: str) -> Iterator[dict[str, float]]:
    """A widget at rest, and with each of its values stepped while the others rest."""
    rest = {name: REST.get(name, 0.0) for name in read(kind)}
    yield rest
    yield from ({**rest, name: value} for name in rest for value in STEPS[name])


def built(kind: str, order: Settings, values: Mapping[str, float], kit: Kit) -> tuple[Node, ...]:
    """The widget and its front, each with no other values than it reads, as the stage builds them."""
    widget, nodes = NEUTRAL[kind], []
    for part in (widget, widget.front):
        if part is not None:
            assert part.shapes is not None
            nodes.append(part.shapes(order, {name: values.get(name, 0.0) for name in part.values}, kit))
    return tuple(nodes)


def pixels(
    kind: str, order: Settings, values: Mapping[str, float], kit: Kit, hand: Hand, scale: float = 0.3
) -> np.ndarray:
    """The widget on nothing, in a picture that is a margin larger than its bounds."""
    bounds = NEUTRAL[kind].bounds
    assert bounds is not None
    left, top, right, bottom = bounds(order)
    margin = 12 / scale
    width, height = (round((b - a + 2 * margin) * scale) for a, b in ((left, right), (top, bottom)))
    surface = skia.Surface.MakeRaster(skia.ImageInfo.MakeN32Premul(width, height))
    canvas = surface.getCanvas()
    canvas.scale(scale, scale)
    canvas.translate(margin - left, margin - top)
    depth = canvas.getSaveCount()
    for node in built(kind, order, values, kit):
        draw_built(canvas, node, hand)
    assert canvas.getSaveCount() == depth
    return np.array(surface.makeImageSnapshot().toarray())


def hand(name: str = "") -> Hand:
    """How a look draws a thing; without a name, as it is."""
    return Hand(pen(name).treatment if name else PLAIN, Place("prop"), Mood())


KIT = Kit(faces=look("sketch").faces)


@pytest.mark.parametrize(("kind", "order"), CASES)
def test_a_neutral_widget_keeps_its_ink_within_its_bounds(kind: str, order: Settings) -> None:
    for values in states(kind):
        alpha = pixels(kind, order, values, KIT, hand(), 0.2)[..., 3]
        assert alpha.sum() == alpha[10:-10, 10:-10].sum(), values


@pytest.mark.parametrize("kind", ORDERS)
@pytest.mark.parametrize("name", look_names())
def test_every_look_draws_it_with_its_own_kit(name: str, kind: str) -> None:
    order = ORDERS[kind][0]
    assert pixels(kind, order, next(states(kind)), look(name).kit, hand(name), 0.2).any()


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind in ORDERS for name in read(kind)])
def test_a_neutral_widget_changes_with_each_of_its_values(kind: str, name: str) -> None:
    rest = next(states(kind))
    drawn = {pixels(kind, ORDERS[kind][0], {**rest, name: step}, KIT, hand()).tobytes() for step in STEPS[name]}
    assert len(drawn) > 1


@pytest.mark.parametrize(("kind", "order"), CASES)
def test_shapes_that_are_there_at_two_values_are_the_same_objects(kind: str, order: Settings) -> None:
    def shapes(values: Mapping[str, float]) -> dict[int, object]:
        nodes = (node for root in built(kind, order, values, KIT) for node in root.walk())
        return {id(node.shape): node.shape for node in nodes if node.shape is not None}

    for values in states(kind):
        first = shapes(values)
        assert set(shapes(values)) == set(first) or kind in ("impact", "post"), values
        near = {
            name: value + (0.01 if name in ("t", "appear", "open", "turn") else 0.0) for name, value in values.items()
        }
        assert not first or len(set(shapes(near)) & set(first)) >= 0.5 * len(first), values


@pytest.mark.parametrize(("kind", "order"), CASES)
def test_every_shape_says_what_it_is_in_one_of_the_nine_roles(kind: str, order: Settings) -> None:
    nodes = [node for root in built(kind, order, next(states(kind)), KIT) for node in root.walk()]
    roles = {node.shape.role for node in nodes if node.shape is not None}
    assert roles <= set(ROLES)
    assert all(role_of(node.shape) == node.shape.role for node in nodes if node.shape is not None)
    said = any(str(order.get(name, "")) for name in ("text", "label", "handle", "message"))
    assert ("letter" in roles) == (
        (said and kind != "typing") or kind == "comment" or not {"hint", "send"}.isdisjoint(order)
    )


@pytest.mark.parametrize("kind", [kind for kind in ORDERS if NEUTRAL[kind].size])
def test_what_it_takes_up_is_the_same_in_every_look_and_holds_what_is_drawn(kind: str) -> None:
    size = NEUTRAL[kind].size
    assert size is not None
    for order in ORDERS[kind]:
        across, down = size(order)
        for name in look_names():
            alpha = pixels(kind, order, next(states(kind)), look(name).kit, hand(), 0.3)[..., 3]
            rows, columns = (np.flatnonzero((alpha > 128).any(axis=axis)) for axis in (1, 0))
            if not len(rows):
                continue
            assert (columns[-1] - columns[0]) / 0.3 <= across + 12, (name, order)
            # A tail hangs below a balloon, a card stands on the ground, and letters may be tall.
            over = {"balloon": 110, "title": 70}.get(kind, 12)
            assert (rows[-1] - rows[0]) / 0.3 <= down + over, (name, order)


def test_the_frames_cut_what_they_hold_where_their_outline_runs() -> None:
    for kind, width in (("pane", 300.0), ("phone", 300 - 2 * 36 * 300 / 620), ("opening", 2 * 300 * 0.79)):
        outline = NEUTRAL[kind].outline
        assert outline is not None
        box = outline(ORDERS[kind][0], {"open": 1.0, "turn": 0.0}).computeTightBounds()
        assert box.width() == pytest.approx(width, abs=0.5)
        assert abs(box.centerX()) < 0.5


def test_a_balloons_tail_hangs_on_the_side_it_is_told_whatever_its_tone() -> None:
    for mean in (False, True):
        for tail, side in (("left", -1), ("right", 1)):
            points = [values[-2:] for letter, values in balloon_outline(400, 140, tail, mean) if letter != "Z"]
            lowest = max(points, key=lambda point: point[1])
            assert lowest[0] * side > 60
            assert lowest[1] > 70 + 60


def test_words_are_set_as_large_as_their_room_allows_and_parted_by_sense() -> None:
    short = fitted("Be kind. It costs nothing.", "body", KIT, 56, 500, 3)
    assert [line.text for line in short.lines] == ["Be kind.", "It costs nothing."]
    assert short.size == 56
    tight = fitted("Be kind. It costs nothing.", "body", KIT, 56, 500, 1)
    assert len(tight.lines) == 1
    assert 40 < tight.size < 56
    assert tight.width <= 500


def test_a_room_is_reckoned_without_any_face_and_most_faces_need_less() -> None:
    for words in ("so cringe", "I love your dance, it made my whole day", "BLOCK", "ありがとう", "WWWW"):
        for name in look_names():
            for role in ("title", "body", "label"):
                kit, most = look(name).kit, 1.12 * reckoned(words, 100.0)
                # Type of cells is as wide as it is: it is set smaller where there is less room.
                width = fitted(words, role, kit, 100.0, most if kit.crisp else 1e6, 1).width
                assert 0.4 * reckoned(words, 100.0) <= width <= most, (words, name, role)
    assert room(LONG, 48.0, 520.0)[0] > room("so cringe", 48.0, 520.0)[0] == 1


def test_words_stand_on_paper_or_on_ink_where_any_hand_can_be_read() -> None:
    plain, drawn = (
        pixels("pane", ORDERS["pane"][0], {}, look("sketch").kit, one, 1.0) for one in (hand(), hand("sketch"))
    )
    # The label at the foot, inside its pill: as dark in pencil as it is plain.
    height = plain.shape[0]
    rows, columns = slice(height - 130, height - 98), slice(110, 190)
    assert abs(float(plain[rows, columns, :3].mean()) - float(drawn[rows, columns, :3].mean())) < 25


def test_emoji_come_in_their_own_colours() -> None:
    order = {"handle": "@m", "text": "yes 🎉"}
    nodes = [node for root in built("comment", order, {"appear": 1.0}, KIT) for node in root.walk()]
    assert [node.signs.text for node in nodes if node.signs is not None] == ["yes 🎉"]
    found = pixels("comment", order, {"appear": 1.0}, KIT, hand(), 1.0)
    plain = pixels("comment", {**order, "text": "yes yo"}, {"appear": 1.0}, KIT, hand(), 1.0)

    def reds(picture: np.ndarray) -> int:
        blue, green, red = (picture[..., index].astype(int) for index in range(3))
        return int(((red > 200) & (green < 110) & (blue < 150)).sum())

    assert reds(found) > 50 > reds(plain)


def test_a_look_gives_its_kit_its_own_faces_and_a_kit_can_be_kept_by() -> None:
    kit = look("sketch").kit
    assert kit.faces == look("sketch").faces
    assert hash(kit) == hash(look("sketch").kit)
    assert kit.colour("accent") == "#FFC93C"
    assert Kit().colour("star", "#FFE08A") == "#FFE08A"
    assert Kit({"ink": "#000000"}) != Kit({"ink": "#111111"})


def test_a_counter_says_no_more_than_it_knows() -> None:
    assert [compact(count) for count in (0, 7.9, 999, 1240, 12_400, 3_000_000)] == [
        "0",
        "7",
        "999",
        "1.2K",
        "12.4K",
        "3M",
    ]


def test_a_crisp_kit_turns_nothing() -> None:
    crisp = Kit(faces=KIT.faces, crisp=True)
    for kind, orders in ORDERS.items():
        for values in states(kind):
            if kind == "pane":
                continue
            for root in built(kind, orders[0], values, crisp):
                for node in root.walk():
                    matrix = node.transform
                    assert matrix is None or abs(matrix[1]) < 1e-9, (kind, values)
