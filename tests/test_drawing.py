"""Still drawings come out as SVG says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import skia

from storyreel.errors import StoryreelError
from storyreel.stage.still import DrawnPart

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200">'


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


def pixels(surface: skia.Surface) -> Pixels:
    return surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)


def at(picture: Pixels, x: int, y: int) -> tuple[int, ...]:
    return tuple(int(value) for value in picture[y, x])


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
