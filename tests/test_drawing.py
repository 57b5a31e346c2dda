"""Drawings come out as SVG says, puppets as their pose says; the same pose is the same bytes, whatever came before."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
import skia

from storyreel.assets import asset
from storyreel.errors import StoryreelError
from storyreel.stage.drawing import DrawnPart, DrawnPuppet

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200">'
MICHII = asset("puppets", "michii", "michii.svg")
GRUMP = asset("puppets", "grump", "grump.svg")
RED, GREEN, BLUE, WHITE, NOTHING = (255, 0, 0, 255), (0, 255, 0, 255), (0, 0, 255, 255), (255,) * 4, (0,) * 4
Pixels = np.ndarray
Save = Callable[[str], Path]
Draw = Callable[..., Pixels]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    def svg(body: str) -> Path:
        path = tmp_path / "thing.svg"
        path.write_text(f"{HEAD}{body}</svg>", encoding="utf-8")
        return path

    return svg


@pytest.fixture
def still(save: Save) -> Draw:
    def draw(body: str, part: str = "", **colours: str) -> Pixels:
        surface = skia.Surface(200, 200)
        DrawnPart.load(save(body), tuple((f"#{old}", new) for old, new in colours.items())).draw(
            surface.getCanvas(), part
        )
        return pixels(surface)

    return draw


@pytest.fixture
def puppet(save: Save) -> Draw:
    def draw(body: str, pose: Mapping[str, float] | None = None, **how: float) -> Pixels:
        """The puppet in the drawing's own units: what stands at (x, y) in the SVG comes out at (x, y)."""
        drawn = DrawnPuppet.load(save(body))
        surface = skia.Surface(200, 200)
        surface.getCanvas().translate(*drawn.rig.feet)
        drawn.draw(surface.getCanvas(), pose or {}, **how)
        return pixels(surface)

    return draw


def pixels(surface: skia.Surface) -> Pixels:
    return surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)


def at(picture: Pixels, x: int, y: int) -> tuple[int, ...]:
    return tuple(int(value) for value in picture[y, x])


def drawn(path: Path, pose: Mapping[str, float], rim: float = 0.0, **colours: str) -> Pixels:
    surface = skia.Surface(300, 400)
    canvas = surface.getCanvas()
    canvas.translate(150, 380)
    canvas.scale(0.27, 0.27)
    DrawnPuppet.load(path, None, tuple(colours.items())).draw(canvas, pose, rim=rim, shadow=rim)
    return pixels(surface)


# Stills


def test_fills_strokes_and_transforms(still: Draw) -> None:
    picture = still(
        '<g transform="translate(20,20) scale(2)"><rect width="20" height="20" fill="red"/></g>'
        '<path d="M100 100H150" stroke="blue" stroke-width="10"/>'
    )
    assert [at(picture, *spot) for spot in ((22, 22), (58, 58), (62, 58), (18, 30))] == [RED, RED, NOTHING, NOTHING]
    assert [at(picture, *spot) for spot in ((120, 97), (120, 103), (120, 108), (155, 100))] == [
        BLUE, BLUE, NOTHING, NOTHING,
    ]  # fmt: skip


def test_even_odd_leaves_a_hole(still: Draw) -> None:
    ring = "M0 0H100V100H0Z M25 25H75V75H25Z"
    assert at(still(f'<path d="{ring}" fill="red" fill-rule="evenodd"/>'), 50, 50) == NOTHING
    assert at(still(f'<path d="{ring}" fill="red"/>'), 50, 50) == RED


@pytest.mark.parametrize(
    ("paint", "left", "right"),
    [
        ('<linearGradient id="g"><stop stop-color="red"/><stop offset="1" stop-color="blue"/></linearGradient>',
         13, 187),
        ('<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="0" x2="200"><stop stop-color="red"/>'
         '<stop offset="1" stop-color="blue"/></linearGradient>', 13, 187),
        ('<linearGradient id="g" gradientTransform="scale(.5 1)" spreadMethod="pad"><stop stop-color="red"/>'
         '<stop offset="1" stop-color="blue"/></linearGradient>', 13, 99),
    ],
)  # fmt: skip
def test_linear_gradients_go_from_stop_to_stop(still: Draw, paint: str, left: int, right: int) -> None:
    picture = still(f'<defs>{paint}</defs><rect width="200" height="200" fill="url(#g)"/>')
    for x in (left, right):
        share = (x + 0.5) / (200 if right > 100 else 100)
        assert at(picture, x, 50) == pytest.approx((255 * (1 - share), 0, 255 * share, 255), abs=2)


def test_a_gradient_in_box_units_follows_the_ink_not_the_handles(still: Draw) -> None:
    stops = '<stop stop-color="red"/><stop offset="1" stop-color="blue"/>'
    defs = f'<defs><linearGradient id="g">{stops}</linearGradient></defs>'
    picture = still(f'{defs}<path d="M0 0C0 0 100 50 0 100Z" fill="url(#g)"/>')
    assert at(picture, 35, 50)[2] > 190  # the curve bulges to x 37.5 only, where the gradient ends


def test_radial_gradients_and_their_opacity(still: Draw) -> None:
    stops = '<stop stop-color="white"/><stop offset="1" stop-color="white" stop-opacity="0"/>'
    picture = still(
        f'<defs><radialGradient id="g">{stops}</radialGradient></defs><rect width="200" height="200" fill="url(#g)"/>'
    )
    assert at(picture, 100, 100)[3] > 250
    assert at(picture, 100, 50)[3] == pytest.approx(128, abs=3)
    assert at(picture, 2, 2)[3] == 0


def test_a_group_fades_as_one(still: Draw) -> None:
    both = '<rect width="100" height="100" fill="red"/><rect x="50" width="100" height="100" fill="red"/>'
    picture = still(f'<g opacity=".5">{both}</g>')
    assert at(picture, 25, 50) == at(picture, 75, 50)
    assert at(picture, 25, 50)[3] == 128


def test_a_shape_fades_with_its_outline_as_one(still: Draw) -> None:
    picture = still(
        '<rect x="50" y="50" width="100" height="100" fill="red" stroke="red" stroke-width="20" opacity=".5"/>'
    )
    assert at(picture, 55, 100) == at(picture, 100, 100)


def test_clip_paths_cut_groups_to_all_their_shapes(still: Draw) -> None:
    picture = still(
        '<clipPath id="k"><rect width="50" height="50"/><rect x="100" width="50" height="50"/></clipPath>'
        '<g clip-path="url(#k)"><rect width="200" height="200" fill="red"/></g>'
    )
    assert [at(picture, *spot) for spot in ((25, 25), (75, 25), (125, 25), (25, 75))] == [RED, NOTHING, RED, NOTHING]


def test_data_clip_cuts_to_another_shape(still: Draw) -> None:
    picture = still(
        '<g transform="translate(50,0)"><rect id="window" width="50" height="50" fill="blue"/></g>'
        '<g data-clip="window"><rect width="200" height="200" fill="red"/></g>'
    )
    assert at(picture, 75, 25) == RED
    assert at(picture, 25, 25) == at(picture, 125, 25) == NOTHING


def test_one_group_is_drawn_where_it_stands_even_if_it_is_hidden(still: Draw) -> None:
    body = (
        '<g transform="translate(50,50)"><g id="a" visibility="hidden"><rect width="20" height="20" fill="red"/></g>'
        '</g><rect id="b" width="20" height="20" fill="blue"/>'
    )
    assert at(still(body, "a"), 60, 60) == RED
    assert at(still(body, "a"), 10, 10) == NOTHING
    assert at(still(body), 60, 60) == NOTHING
    with pytest.raises(StoryreelError, match="no group 'c'"):
        still(body, "c")


def test_still_drawings_change_their_colours(still: Draw) -> None:
    assert at(still('<rect width="9" height="9" fill="red"/>', FF0000="#00FF00"), 4, 4) == GREEN


def test_paint_order_puts_the_outline_under_the_fill(still: Draw) -> None:
    shape = '<rect x="50" y="50" width="100" height="100" fill="red" stroke="blue" stroke-width="20"'
    assert at(still(f"{shape}/>"), 55, 100) == BLUE
    assert at(still(f'{shape} paint-order="stroke"/>'), 55, 100) == RED


# Poses


BODY = '<g id="Bob" data-pivot="100,180"><g id="Body"><rect x="80" y="100" width="40" height="80" fill="red"/></g>'
ARM = '<g id="Left Arm" data-pivot="120,110"><rect x="120" y="105" width="60" height="10" fill="blue"/></g>'


def test_a_part_turns_about_its_pivot_clockwise(puppet: Draw) -> None:
    picture = puppet(f"{BODY}{ARM}</g>", {"Left Arm.rot": 90})
    assert at(picture, 118, 160) == BLUE
    assert at(picture, 160, 110) == NOTHING


def test_shifts_sizes_and_skews(puppet: Draw) -> None:
    assert at(puppet(f"{BODY}{ARM}</g>", {"Left Arm.dy": -50}), 160, 60) == BLUE
    assert at(puppet(f"{BODY}{ARM}</g>", {"Left Arm.sx": 0.5}), 160, 110) == NOTHING
    assert at(puppet(f"{BODY}{ARM}</g>", {"Left Arm.sy": 3}), 160, 98) == BLUE
    assert at(puppet(f"{BODY}{ARM}</g>", {"Body.skew": -45}), 175, 103) == RED


def test_the_root_moves_everything(puppet: Draw) -> None:
    picture = puppet(f"{BODY}{ARM}</g>", {"Bob.dx": 10, "Bob.sy": 0.5})
    assert at(picture, 170, 145) == BLUE
    assert at(picture, 160, 110) == NOTHING


def test_a_groups_own_transform_does_not_change_how_it_moves(puppet: Draw) -> None:
    """The same picture drawn with and without transforms turns alike."""
    twice = (
        '<g id="Left Arm" transform="translate(20,10) scale(2)" data-pivot="50,50">'
        '<rect x="50" y="47.5" width="30" height="5" fill="blue"/></g>'
    )
    for pose in ({"Left Arm.rot": 40}, {"Left Arm.dx": -30}, {"Left Arm.sx": 0.5, "Left Arm.rot": -70}):
        assert np.array_equal(puppet(f"{BODY}{ARM}</g>", pose), puppet(f"{BODY}{twice}</g>", pose))


def test_front_draws_a_part_last(puppet: Draw) -> None:
    behind = (
        f'<g id="Bob" data-pivot="100,180">{ARM.replace("120", "90", 2)}<g id="Body"><rect x="80" y="100" width="40" '
    )
    behind += 'height="80" fill="red"/></g></g>'
    assert at(puppet(behind), 100, 110) == RED
    assert at(puppet(behind, {"Left Arm.front": 1}), 100, 110) == BLUE


def test_parts_are_shown_and_hidden(puppet: Draw) -> None:
    hidden = f'{BODY}<g id="Hood" visibility="hidden"><rect width="20" height="20" fill="blue"/></g></g>'
    assert at(puppet(hidden), 10, 10) == NOTHING
    assert at(puppet(hidden, {"Hood.show": 1}), 10, 10) == BLUE
    assert at(puppet(hidden, {"Body.show": 0}), 100, 150) == NOTHING


CARRIED = (
    '<g id="Bob" data-pivot="100,180"><g id="Hair Back" data-parent="Head"><rect x="90" y="40" width="20" height="50" '
    'fill="blue"/></g><g id="Neck" data-pivot="100,150"><g id="Head" data-pivot="100,100" '
    'transform="translate(2,3) translate(-2,-3)"><rect x="95" y="60" width="10" height="40" fill="red"/></g></g></g>'
)


def test_a_carried_part_goes_with_its_carrier_and_all_that_carries_it(puppet: Draw) -> None:
    picture = puppet(CARRIED, {"Head.rot": 90, "Neck.dx": 20, "Bob.dy": 5})
    assert at(picture, 175, 105) == BLUE
    assert at(picture, 155, 105) == RED
    assert at(picture, 100, 45) == NOTHING


EYE = (
    '<g id="Bob" data-pivot="100,180"><g id="Head" data-pivot="100,150"><rect x="40" y="40" width="120" height="110" '
    'fill="red"/><g id="Left Eye" data-pivot="120,80"><rect id="Left Eyeball" x="100" y="70" width="40" height="20" '
    'fill="white"/><g id="Left Pupil" data-clip="Left Eyeball" data-pivot="120,80"><rect x="115" y="60" width="10" '
    'height="40" fill="blue"/></g><g id="Left Blink" visibility="hidden"><rect x="100" y="79" width="40" height="2" '
    'fill="lime"/></g></g></g></g>'
)


def test_pupils_stay_inside_the_eye_wherever_it_goes(puppet: Draw) -> None:
    rest = puppet(EYE)
    assert at(rest, 120, 80) == BLUE
    assert at(rest, 120, 65) == RED
    lower = puppet(EYE, {"Head.dy": 20})
    assert at(lower, 120, 95) == BLUE
    assert at(lower, 120, 85) == RED
    beside = puppet(EYE, {"gaze.x": 1})
    assert at(beside, 120, 80) == BLUE or at(beside, 128, 80) == BLUE
    assert at(puppet(EYE, {"Left Pupil.dx": 22}), 138, 80) == BLUE
    assert at(puppet(EYE, {"Left Pupil.dx": 22}), 142, 80) == RED


def test_the_gaze_moves_pupils_within_their_range(puppet: Draw) -> None:
    left, right = puppet(EYE, {"gaze.x": -1}), puppet(EYE, {"gaze.x": 1})

    def blue(picture: Pixels) -> float:
        return float(np.argwhere((picture == BLUE).all(axis=2))[:, 1].mean())

    assert blue(right) - blue(left) == pytest.approx(24, abs=0.5)
    assert blue(puppet(EYE)) == pytest.approx(119.5, abs=0.5)


def test_a_shut_eye_is_its_blink_alone(puppet: Draw) -> None:
    picture = puppet(EYE, {"blink.Left": 1})
    assert at(picture, 120, 80) == GREEN
    assert at(picture, 105, 75) == RED
    assert at(puppet(EYE, {"blink.Left": 0.4}), 105, 72) == RED  # the lid has come down
    assert at(puppet(EYE, {"blink.Left": 0.4}), 105, 78) == WHITE


def test_an_eye_without_a_blink_is_pressed_shut(puppet: Draw) -> None:
    without = EYE.replace("Left Blink", "Something")
    assert at(puppet(without, {"blink.Left": 1}), 105, 75) == RED
    assert at(puppet(without, {"blink.Left": 1}), 105, 80) == WHITE


def test_the_mouth_is_chosen_by_its_number(puppet: Draw) -> None:
    mouths = (
        f'{BODY}<g id="Mouth"><g id="Neutral"><rect width="10" height="10" fill="red"/></g><g id="Ah">'
        '<rect width="10" height="10" fill="blue"/></g><g id="Oh"><rect width="10" height="10" fill="lime"/></g></g>'
        "</g>"
    )
    assert [at(puppet(mouths, {"mouth": index}), 5, 5) for index in (0, 1, 2)] == [RED, BLUE, GREEN]
    assert at(puppet(mouths), 5, 5) == RED


def test_a_turning_head_shifts_its_features_and_leaves_its_ears_behind(puppet: Draw) -> None:
    face = '<rect x="40" y="40" width="120" height="110" fill="red"/>'
    ear = '<g id="Left Ear" data-pivot="150,40"><rect x="145" y="10" width="10" height="30" fill="lime"/></g>'
    head = EYE.replace(face, f'{ear}<g id="Face">{face}</g>')

    def middle(picture: Pixels, colour: tuple[int, ...]) -> np.ndarray:
        return np.argwhere((picture == colour).all(axis=2)).mean(axis=0)

    rest, turned, nodding = puppet(head), puppet(head, {"Head.turn": 1}), puppet(head, {"Head.nod": 1})
    assert middle(turned, BLUE)[1] > middle(rest, BLUE)[1] + 5
    assert middle(turned, GREEN)[1] < middle(rest, GREEN)[1] - 1
    assert middle(nodding, BLUE)[0] > middle(rest, BLUE)[0] + 3
    assert np.array_equal(puppet(head, {"Head.turn": 0}), rest)


STRAND = (
    '<g id="Bob" data-pivot="100,180"><g id="Body"><rect x="90" y="100" width="20" height="80" fill="red"/></g>'
    '<g id="Left Lock" data-pivot="100,20"><rect x="95" y="10" width="10" height="90" fill="blue"/></g></g>'
)


def test_hair_bends_along_its_length_and_its_root_stays(puppet: Draw) -> None:
    left, right = puppet(STRAND, {"Left Lock.bend": 80}), puppet(STRAND, {"Left Lock.bend": -80})
    assert at(left, 100, 15) == at(right, 100, 15) == at(left, 97, 19) == at(right, 103, 19) == BLUE
    assert at(left, 100, 95) == at(right, 100, 95) == NOTHING
    spread = [np.argwhere((picture == BLUE).all(axis=2))[:, 1] for picture in (left, right)]
    assert spread[0].min() < 75
    assert spread[1].max() > 125


def test_bending_keeps_the_length_of_a_line(puppet: Draw) -> None:
    straight, curled = puppet(STRAND), puppet(STRAND, {"Left Lock.bend": 60})
    areas = [(picture[:, :, 2] > 128).sum() for picture in (straight, curled)]
    assert areas[1] == pytest.approx(areas[0], rel=0.12)


def test_a_group_with_a_transform_bends_like_one_without(puppet: Draw) -> None:
    shrunk = STRAND.replace(
        '<g id="Left Lock" data-pivot="100,20"><rect x="95" y="10" width="10" height="90"',
        '<g id="Left Lock" data-pivot="45,10" transform="translate(10 0) scale(2)"><rect x="42.5" y="5" width="5" '
        'height="45"',
    )
    both = [puppet(body, {"Left Lock.bend": 50}).astype(int) for body in (STRAND, shrunk)]
    assert np.abs(both[0] - both[1]).max() <= 1


def test_the_rim_follows_the_pose_and_the_bend(puppet: Draw) -> None:
    still, lifted = puppet(f"{BODY}{ARM}</g>", rim=5), puppet(f"{BODY}{ARM}</g>", {"Left Arm.rot": -90}, rim=5)
    assert at(still, 160, 102) == WHITE
    assert at(still, 160, 98) == NOTHING
    assert at(lifted, 112, 70) == WHITE
    assert at(lifted, 160, 102) == NOTHING
    bent = puppet(STRAND, {"Left Lock.bend": 80}, rim=5)
    assert ((bent == WHITE).all(axis=2)[:, :70]).any()


def test_the_rim_lies_outside_the_lines_too(puppet: Draw) -> None:
    lined = f"{BODY.replace('fill=', 'stroke=', 1)}</g>".replace(
        'stroke="red"', 'fill="red" stroke="blue" stroke-width="8"'
    )
    picture = puppet(lined, rim=4)
    assert at(picture, 77, 140) == BLUE
    assert at(picture, 73, 140) == WHITE
    assert at(picture, 70, 140) == NOTHING


def test_the_shadow_falls_to_the_lower_right(puppet: Draw) -> None:
    picture = puppet(f"{BODY}</g>", rim=4, shadow=16)
    assert 0 < at(picture, 130, 150)[3] < 80
    assert at(picture, 70, 150) == NOTHING


def test_bounds_hold_all_ink(save: Save) -> None:
    drawn_puppet = DrawnPuppet.load(save(f"{BODY}{ARM}</g>"))
    assert drawn_puppet.bounds() == pytest.approx((-20, -80, 80, 0), abs=0.01)
    assert drawn_puppet.bounds({"Left Arm.rot": -90})[1] == pytest.approx(-130, abs=0.01)


def test_only_draws_the_named_parts(save: Save) -> None:
    puppet = DrawnPuppet.load(save(f"{BODY}{ARM}</g>"))
    surface = skia.Surface(200, 200)
    surface.getCanvas().translate(*puppet.rig.feet)
    puppet.draw(surface.getCanvas(), {}, only=frozenset(["Left Arm"]))
    picture = pixels(surface)
    assert at(picture, 160, 110) == BLUE
    assert at(picture, 100, 150) == NOTHING


# The puppets that ship


@pytest.mark.parametrize("path", [MICHII, GRUMP], ids=lambda path: path.stem)
def test_the_same_pose_is_the_same_bytes_whatever_was_drawn_before(path: Path) -> None:
    chance = random.Random(5)
    rig = DrawnPuppet.load(path).rig

    def pose() -> dict[str, float]:
        values = {f"{part}.rot": chance.uniform(-40, 40) for part in rig.pivots}
        values |= {f"{spring.part}.bend": chance.uniform(-60, 60) for spring in rig.springs}
        return values | {
            "mouth": chance.randrange(12),
            "Head.turn": chance.uniform(-1, 1),
            "blink.Left": chance.random(),
        }

    poses = [pose() for _ in range(4)]
    first = [drawn(path, one, rim=14) for one in poses]
    for index in (3, 1, 2, 0):
        assert np.array_equal(drawn(path, poses[index], rim=14), first[index])
    from storyreel.stage.drawing import _puppet

    _puppet.cache_clear()
    assert np.array_equal(drawn(path, poses[2], rim=14), first[2])


@pytest.mark.parametrize("path", [MICHII, GRUMP], ids=lambda path: path.stem)
def test_every_mouth_and_every_face_looks_different(path: Path) -> None:
    rig = DrawnPuppet.load(path).rig
    mouths = {drawn(path, {"mouth": index}).tobytes() for index in range(len(rig.mouths))}
    faces = {drawn(path, face).tobytes() for face in rig.faces.values()}
    assert len(mouths) == len(rig.mouths)
    assert len(faces) == len(rig.faces)


def test_laughing_eyes_take_the_place_of_open_ones() -> None:
    laughing = drawn(MICHII, {"laugh.Left": 1, "laugh.Right": 1})
    assert not np.array_equal(laughing, drawn(MICHII, {}))
    assert not np.array_equal(laughing, drawn(MICHII, {"blink.Left": 1, "blink.Right": 1}))
    assert np.array_equal(laughing, drawn(MICHII, {"laugh.Left": 1, "laugh.Right": 1, "blink.Left": 1}))


@pytest.mark.parametrize("path", [MICHII, GRUMP], ids=lambda path: path.stem)
def test_a_puppet_stays_one_piece_at_the_ends_of_its_turns(path: Path) -> None:
    """No gaze, turn or nod may push a feature out of the puppet's outline."""
    outline = drawn(path, {})[:, :, 3] > 0
    grown = outline.copy()
    for dy in range(-9, 10):
        for dx in range(-9, 10):
            grown |= np.roll(outline, (dy, dx), axis=(0, 1))
    for pose in ({"Head.turn": 1, "Head.nod": 1}, {"Head.turn": -1, "Head.nod": -1}, {"gaze.x": 1, "gaze.y": -1}):
        assert not ((drawn(path, pose)[:, :, 3] > 0) & ~grown).any()


def share(picture: Pixels, colour: tuple[int, int, int]) -> int:
    return int((picture[:, :, :3] == colour).all(axis=2).sum())


def test_recasting_changes_a_colour_with_its_tones_and_nothing_else() -> None:
    plain, mint = drawn(MICHII, {}), drawn(MICHII, {}, hoodie="#9BE0C8")
    assert share(mint, (0x9B, 0xE0, 0xC8)) > 1000
    assert share(plain, (0xF4, 0x8D, 0xB9)) > 300 > share(mint, (0xF4, 0x8D, 0xB9)) == 0
    for kept in ((0x4A, 0x25, 0x45), (0xD3, 0x96, 0x8A), (0xFF, 0xE6, 0xDA)):  # lines, hair, skin
        assert share(mint, kept) == pytest.approx(share(plain, kept), abs=4)


def test_the_same_hex_may_belong_to_two_colours_by_its_place() -> None:
    picture = drawn(MICHII, {}, skirt="#FFD166")
    assert share(picture, (0xFF, 0xD1, 0x66)) > 300
    assert share(picture, (0xB8, 0xF2, 0xE6)) > 20  # the dipped tips of her hair


def test_an_unknown_colour_is_named() -> None:
    with pytest.raises(StoryreelError, match="no colour 'hodie'; did you mean 'hoodie'"):
        DrawnPuppet.load(MICHII, None, (("hodie", "#FFFFFF"),))


@pytest.mark.parametrize("wanted", ["#000000", "#FFFFFF", "#123456", "#FFD166"])
def test_any_recast_colour_gives_real_colours(wanted: str) -> None:
    picture = drawn(GRUMP, {}, fur=wanted, eyes=wanted)
    assert share(picture, tuple(int(wanted[i : i + 2], 16) for i in (1, 3, 5))) > 1000  # type: ignore[arg-type]
