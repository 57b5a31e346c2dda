"""An SVG becomes plain data; what can't be drawn is refused by name, with its line, all at once."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from storyreel.errors import SceneError
from storyreel.puppet import outline
from storyreel.puppet.colour import css_colour
from storyreel.puppet.model import IDENTITY, Drawing, Gradient, Shape, concat, inverse, moved
from storyreel.puppet.planes import planes
from storyreel.puppet.svg import read_drawing
from storyreel.script.colours import hexadecimal

Read = Callable[..., Drawing]
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 200 100">'


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def drawing(body: str, head: str = HEAD) -> Drawing:
        path = tmp_path / "thing.svg"
        path.write_text(f"{head}\n{body}\n</svg>", encoding="utf-8")
        return read_drawing(path)

    return drawing


def shapes(drawing: Drawing) -> list[Shape]:
    return [node.shape for node in drawing.root.walk() if node.shape is not None]


def ends(shape: Shape) -> list[tuple[float, ...]]:
    """Where each command ends."""
    return [tuple(round(value, 4) for value in values[-2:]) for letter, values in shape.path if letter != "Z"]


def refusal(read: Read, body: str, head: str = HEAD) -> str:
    with pytest.raises(SceneError) as caught:
        read(body, head)
    return str(caught.value)


# Paths and shapes


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("M10,10 L20,10 20,20Z", [(10, 10), (20, 10), (20, 20)]),
        ("m10 10 l10 0 0 10z m5 5 l1 1", [(10, 10), (20, 10), (20, 20), (15, 15), (16, 16)]),
        ("M1 2H5V6h-2v-1", [(1, 2), (5, 2), (5, 6), (3, 6), (3, 5)]),
        ("M0 0C1 1 2 2 3 0S5-1 6 0", [(0, 0), (3, 0), (6, 0)]),
        ("M0 0Q5 5 10 0T20 0", [(0, 0), (10, 0), (20, 0)]),
        ("M.5.5-1-1", [(0.5, 0.5), (-1, -1)]),
        ("M1e1 0 2E+1 0", [(10, 0), (20, 0)]),
    ],
)
def test_every_path_command_ends_where_svg_says(data: str, expected: list[tuple[float, float]]) -> None:
    assert ends(Shape(outline.path_commands(data))) == expected
    assert {letter for letter, _ in outline.path_commands(data)} <= set("MLCZ")


NUMBERS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "Z": 0}
SPOTS = st.integers(-400, 400)
COMMANDS = st.one_of(
    *(st.tuples(st.just(letter), st.tuples(*[SPOTS] * count)) for letter, count in NUMBERS.items()),
    st.tuples(
        st.just("A"),
        st.tuples(st.integers(1, 90), st.integers(1, 90), SPOTS, st.integers(0, 1), st.integers(0, 1), SPOTS, SPOTS),
    ),
)


@given(st.lists(COMMANDS, min_size=16, max_size=32))
def test_a_path_told_step_by_step_is_the_path_told_by_places(commands: list[tuple[str, tuple[int, ...]]]) -> None:
    by_places, by_steps = ["M7 9"], ["m7 9"]
    x, y, start = 7, 9, (7, 9)
    for letter, values in commands:
        by_places.append(f"{letter}{','.join(map(str, values))}")
        keep = 5 if letter == "A" else 0
        shift = {"H": (x,), "V": (y,)}.get(letter, (x, y))
        steps = [v if i < keep else v - shift[(i - keep) % len(shift)] for i, v in enumerate(values)]
        by_steps.append(f"{letter.lower()}{','.join(map(str, steps))}")
        if letter == "Z":
            x, y = start
        elif letter == "H":
            x = values[0]
        elif letter == "V":
            y = values[0]
        else:
            x, y = values[-2:]
        start = (x, y) if letter == "M" else start
    assert outline.path_commands("".join(by_steps)) == outline.path_commands("".join(by_places))


def test_smooth_curves_mirror_the_handle_before_them() -> None:
    cubic = outline.path_commands("M0 0C0 10 10 10 10 0S20-10 20 0")[2][1]
    assert cubic[:2] == (10, -10)
    after_a_line = outline.path_commands("M0 0L10 0S20-10 20 0")[2][1]
    assert after_a_line[:2] == (10, 0)


@given(st.floats(-math.pi, math.pi), st.floats(0.3, 6.0), st.floats(5, 50), st.floats(5, 50), st.floats(0, 180))
def test_arcs_stay_on_their_ellipse(begin: float, reach: float, rx: float, ry: float, turn: float) -> None:
    phi = math.radians(turn)

    def on(angle: float) -> tuple[float, float]:
        x, y = rx * math.cos(angle), ry * math.sin(angle)
        return x * math.cos(phi) - y * math.sin(phi), x * math.sin(phi) + y * math.cos(phi)

    (x1, y1), (x2, y2) = on(begin), on(begin + reach)
    drawn = outline.arc(x1, y1, rx, ry, turn, reach > math.pi, 1, x2, y2)
    at = (x1, y1)
    for _, (ax, ay, bx, by, x, y) in drawn:
        middle = ((at[0] + 3 * ax + 3 * bx + x) / 8, (at[1] + 3 * ay + 3 * by + y) / 8)
        for px, py in (middle, (x, y)):
            u, v = px * math.cos(phi) + py * math.sin(phi), -px * math.sin(phi) + py * math.cos(phi)
            assert math.hypot(u / rx, v / ry) == pytest.approx(1, abs=2e-3)
        at = (x, y)


def test_arc_flags_may_be_written_without_spaces() -> None:
    assert outline.path_commands("M0 0a5 5 0 0110 0") == outline.path_commands("M0 0 a 5 5 0 0 1 10 0")
    assert outline.path_commands("M0 0a5 5 0 01.5.5") == outline.path_commands("M0 0 a 5 5 0 0 1 .5 .5")


def test_an_arc_without_a_radius_is_a_line() -> None:
    assert outline.path_commands("M0 0A0 5 0 0 1 10 10")[1] == ("L", (10.0, 10.0))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("M0 0 X5 5", "no command"),
        ("L5 5", "begin with M"),
        ("M0 0 C1 1 2 2", "takes 6 numbers"),
        ("M0 0 L5", "takes 2 numbers"),
        ("M0 0 L1e30 0", "above"),
    ],
)
def test_broken_path_data_is_refused_with_its_line(read: Read, data: str, said: str) -> None:
    message = refusal(read, f'\n<path d="{data}"/>')
    assert message.startswith("thing.svg:3:1: ")
    assert said in message


def test_basic_shapes_become_paths(read: Read) -> None:
    found = shapes(
        read(
            '<rect x="10" y="20" width="30" height="40"/><rect width="20" height="20" rx="5"/><circle cx="50" cy="50" '
            'r="10"/><ellipse cx="50" cy="50" rx="20" ry="10"/><line x1="1" y1="2" x2="3" y2="4" stroke="red"/>'
            '<polyline points="0,0 5,5 10,0"/><polygon points="0 0 5 5 10 0"/>'
        )
    )
    rect, rounded, circle, ellipse, line, polyline, polygon = found
    assert ends(rect) == [(10, 20), (40, 20), (40, 60), (10, 60)]
    assert ends(rounded)[0] == (5, 0)
    assert (60.0, 50.0) in ends(circle)
    assert (50.0, 60.0) in ends(ellipse)
    assert ends(line) == [(1, 2), (3, 4)]
    assert line.fill is None
    assert polyline.path[-1][0] == "L"
    assert polygon.path[-1] == ("Z", ())


def test_lengths_have_units_and_percentages_of_the_drawing(read: Read) -> None:
    full, inch = shapes(read('<rect width="100%" height="50%"/><rect width="1in" height="10mm"/>'))
    assert ends(full)[2] == (200, 50)
    assert ends(inch)[2] == (96, pytest.approx(37.795, abs=1e-3))


# Transforms


def test_transforms_go_from_the_outermost_in(read: Read) -> None:
    drawing = read('<g transform="translate(10,20) scale(2)"><path id="p" transform="rotate(90 5 5)" d="M0 0"/></g>')
    matrix = next(matrix for node, matrix in drawing.root.at_rest() if node.id == "p")
    assert moved(matrix, (0, 0)) == pytest.approx((10 + 2 * 10, 20 + 2 * 0))


@pytest.mark.parametrize("text", ["skewX(30)", "skewY(-10)", "matrix(1 2 3 4 5 6)", "scale(2,3) rotate(30)"])
def test_a_transform_and_its_inverse_cancel(text: str) -> None:
    matrix = outline.transform(text)
    assert matrix is not None
    assert concat(inverse(matrix), matrix) == pytest.approx(IDENTITY, abs=1e-9)


@pytest.mark.parametrize("text", ["spin(3)", "translate()", "matrix(1 2 3)", "rotate(1 2)", "translate(1) nonsense"])
def test_a_wrong_transform_is_refused(read: Read, text: str) -> None:
    assert "transform" in refusal(read, f'<g transform="{text}"/>')


# Colours, classes, gradients


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#f0a", ("#FF00AA", 1.0)),
        ("#FF00AA80", ("#FF00AA", 128 / 255)),
        ("RebeccaPurple", ("#663399", 1.0)),
        ("rgb(255, 0,170)", ("#FF00AA", 1.0)),
        ("rgb(100% 0% 50% / 25%)", ("#FF0080", 0.25)),
        ("rgba(1,2,3,.5)", ("#010203", 0.5)),
        ("hsl(120, 100%, 25%)", ("#008000", 1.0)),
        ("hsla(120deg 100% 25% / 1)", ("#008000", 1.0)),
        ("transparent", ("#000000", 0.0)),
    ],
)
def test_colours_in_every_spelling(text: str, expected: tuple[str, float]) -> None:
    colour, alpha = css_colour(text)
    assert colour == expected[0]
    assert alpha == pytest.approx(expected[1])


def test_a_colours_name_is_one_still_once_something_else_has_been_drawn_with_it() -> None:
    Image.new("RGB", (1, 1), "tomato")
    assert css_colour("Tomato") == ("#FF6347", 1.0)
    assert hexadecimal("Tomato") == '"#FF6347"'


@pytest.mark.parametrize("text", ["#12", "rgb(1,2)", "var(--x)", "blurple", "rgb(1,b,3)"])
def test_what_is_no_colour_is_said_with_its_line(read: Read, text: str) -> None:
    assert f"thing.svg:2:1: '{text}' is not a colour" in refusal(read, f'<path fill="{text}" d="M0 0"/>')


def test_style_beats_rules_beat_attributes_beat_what_is_handed_down(read: Read) -> None:
    drawing = read(
        "<style>/* of an editor */ #d { fill: white; stroke: black } path.c { fill: blue } .a, .b { fill: #00FF00 }"
        '</style><g fill="red" opacity=".5" stroke-width="3"><path d="M0 0"/><path class="a" fill="gray" d="M0 0"/>'
        '<path class="x b" style="fill:#0000FF" d="M0 0"/><path class="b c" d="M0 0"/><path id="d" class="c" '
        'd="M0 0"/><path style="fill:inherit" class="a" d="M0 0"/></g>'
    )
    assert [shape.fill for shape in shapes(drawing)] == [
        "#FF0000", "#00FF00", "#0000FF", "#0000FF", "#FFFFFF", "#FF0000",
    ]  # fmt: skip
    assert shapes(drawing)[4].stroke is not None
    assert shapes(drawing)[4].stroke.width == 3
    assert [node.opacity for node in drawing.root.children] == [0.5]
    assert all(node.opacity == 1 for node in drawing.root.children[0].children)


@pytest.mark.parametrize("rule", ["g > path {fill: red}", "@media print {.a {fill: red}}", "path:hover {fill: red}"])
def test_rules_that_are_more_than_names_are_refused(read: Read, rule: str) -> None:
    assert "is refused" in refusal(read, f"<style>{rule.replace('>', '&gt;')}</style>")


def test_current_colour_and_pens(read: Read) -> None:
    (shape,) = shapes(
        read(
            '<g color="#123456"><path fill="currentColor" stroke="#fff" stroke-width="2" stroke-linecap="round" '
            'stroke-linejoin="bevel" stroke-miterlimit="7" stroke-dasharray="4 2" stroke-dashoffset="1" '
            'stroke-opacity=".5" fill-opacity="50%" fill-rule="evenodd" paint-order="stroke" d="M0 0"/></g>'
        )
    )
    assert (shape.fill, shape.fill_opacity, shape.even_odd, shape.stroke_first) == ("#123456", 0.5, True, True)
    pen = shape.stroke
    assert pen is not None
    assert (pen.paint, pen.width, pen.cap, pen.join, pen.miter) == ("#FFFFFF", 2, "round", "bevel", 7)
    assert (pen.dashes, pen.dash_offset, pen.opacity) == ((4, 2), 1, 0.5)


def test_gradients_take_over_from_what_they_refer_to(read: Read) -> None:
    fills = [
        shape.fill
        for shape in shapes(
            read(
                '<defs><linearGradient id="a" x1="10%" spreadMethod="reflect"><stop stop-color="red"/><stop '
                'offset="50%" style="stop-color:#0000FF;stop-opacity:.5"/></linearGradient><linearGradient id="b" '
                'xlink:href="#a" gradientUnits="userSpaceOnUse" x2="50%" gradientTransform="scale(2)"/>'
                '<radialGradient id="c" href="#a" cx="3" fx="4" gradientUnits="userSpaceOnUse" r="9"/></defs>'
                '<path fill="url(#a)" d="M0 0"/><path fill="url(#b)" d="M0 0"/><path fill="url(#c)" d="M0 0"/>'
            )
        )
    ]
    stops = ((0.0, "#FF0000", 1.0), (0.5, "#0000FF", 0.5))
    assert fills[0] == Gradient("linear", (0.1, 0, 1, 0), stops, True, None, "reflect")
    assert fills[1] == Gradient("linear", (20, 0, 100, 0), stops, False, (2, 0, 0, 2, 0, 0), "reflect")
    assert fills[2] == Gradient("radial", (3, 50, 9, 4, 50), stops, False, None, "reflect")


# use, symbols, clips, links


def test_use_draws_again_with_its_own_place_and_colours(read: Read) -> None:
    drawing = read(
        '<defs><g id="dot"><circle id="c" r="5"/></g></defs><use id="one" href="#dot" x="10" y="20" fill="red"/>'
        '<use xlink:href="#dot" transform="scale(2)"/>'
    )
    assert [shape.fill for shape in shapes(drawing)] == ["#FF0000", "#000000"]
    places = [moved(matrix, (0, 0)) for node, matrix in drawing.root.at_rest() if node.shape]
    assert places == [(10, 20), (0, 0)]


def test_a_symbol_is_fitted_into_the_size_that_its_use_gives(read: Read) -> None:
    drawing = read(
        '<symbol id="s" viewBox="0 0 10 10"><rect id="r" width="10" height="10"/></symbol>'
        '<use href="#s" x="5" y="0" width="40" height="20"/>'
    )
    matrix = next(matrix for node, matrix in drawing.root.at_rest() if node.id == "r")
    assert moved(matrix, (0, 0)) == (15, 0)
    assert moved(matrix, (10, 10)) == (35, 20)


def test_a_use_that_holds_itself_is_refused(read: Read) -> None:
    assert "refers to itself" in refusal(read, '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>')


def test_uses_that_multiply_without_end_are_refused(read: Read) -> None:
    bomb = "".join(f'<g id="g{n}">' + f'<use href="#g{n + 1}"/>' * 10 + "</g>" for n in range(9))
    assert "more than 20000 shapes" in refusal(read, bomb + '<path id="g9" d="M0 0"/>')


def test_clip_paths_come_out_in_the_units_of_what_they_clip(read: Read) -> None:
    drawing = read(
        '<clipPath id="k" transform="translate(5)"><circle r="3"/><use href="#q" x="1"/></clipPath><defs>'
        '<rect id="q" width="4" height="4"/></defs><g id="cut" clip-path="url(#k)"><path d="M0 0"/></g>'
    )
    cut = drawing.find("cut")
    assert cut is not None
    circle, rect = cut.clip_shapes
    assert ends(circle)[0] == (8, 0)
    assert ends(rect)[0] == (6, 0)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<g clip-path="url(#no)"/>', "refers to no clipPath"),
        ('<clipPath id="k"/><g clip-path="url(#k)"/>', "has no shapes"),
        ('<path fill="url(#no)" d="M0 0"/>', "refers to nothing of this file"),
        ('<path fill="url(other.svg#a)" d="M0 0"/>', "refers to nothing of this file"),
        ('<use href="#no"/>', "refers to nothing"),
        ('<g id="a" data-parent="Hed"/><g id="Head"/>', "'Hed', which is not there; did you mean 'Head'"),
        ('<g data-clip="x"><path d="M0 0"/></g><g id="x"/>', "which has no shape"),
        ('<g id="a" data-parent="b"/><g id="b" data-parent="a"/>', "can't carry what carries it"),
        ('<g id="a" data-parent="b"><g id="b"/></g>', "can't carry what carries it"),
        ('<g data-pivot="5"/>', "2 numbers"),
    ],
)  # fmt: skip
def test_names_that_lead_nowhere_are_complained_of(read: Read, body: str, said: str) -> None:
    message = refusal(read, body)
    assert said in message
    assert message.startswith("thing.svg:2:")


def test_what_an_artist_adds_for_the_stage(read: Read) -> None:
    drawing = read(
        '<g id="Far" data-plane="0.4"/><g id="Near" data-plane="1.2"><path id="Left Eyeball" d="M0 0"/>'
        '<g id="Left Pupil" data-pivot="3,4" data-parent="Near" data-clip="Left Eyeball" data-mood="any">'
        '<path data-role="shine" d="M0 0"/></g></g><g id="Off" visibility="hidden"/><g display="none" id="Gone"/>'
    )
    pupil = drawing.find("Left Pupil")
    assert pupil is not None
    assert (pupil.pivot, pupil.parent, pupil.clip) == ((3, 4), "Near", "Left Eyeball")
    assert pupil.children[0].shape is not None
    assert pupil.children[0].shape.role == "shine"
    assert planes(drawing) == [("Far", 0.4), ("Near", 1.2)]
    assert [drawing.find(name).shown for name in ("Near", "Off", "Gone")] == [True, False, False]


def test_a_drawing_without_planes_is_one_plane(read: Read) -> None:
    assert planes(read('<path d="M0 0"/>')) == [("", 1.0)]


@pytest.mark.parametrize(
    "layer",
    [
        'id="Left Eye"',
        'id="Left_Eye"',
        'id="Left_x20_Eye"',
        'id="_Left_Eye" data-name="Left Eye"',
        'id="g1" inkscape:label="left eye"',
        'id="Left_Eye_2_"',
        'id="+Left Eye"',
    ],
)
def test_layers_are_known_however_an_editor_writes_their_names(read: Read, layer: str) -> None:
    head = HEAD.replace(" viewBox", ' xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" viewBox')
    drawing = read(f"<g {layer}><path d='M0 0'/></g>", head)
    assert drawing.find("Left Eye") is not None
