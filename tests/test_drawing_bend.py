"""What bends keeps its length and its root; what is recast keeps its light and shade."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyreel.puppet.model import Command
from storyreel.stage.bend import Supple
from storyreel.stage.recast import colour_of, lch, recast_tone

LINE: list[Command] = [("M", (0.0, 0.0)), ("L", (0.0, -100.0))]
colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06X}")


def points(path: list[Command], count: int = 21) -> np.ndarray:
    """So many points along each cubic of a path."""
    t = np.linspace(0, 1, count)[:, None]
    here, found = np.array(path[0][1]), []
    for _, values in path[1:]:
        a, b, end = np.array(values).reshape(3, 2)
        found.append((1 - t) ** 3 * here + 3 * (1 - t) ** 2 * t * a + 3 * (1 - t) * t**2 * b + t**3 * end)
        here = end
    return np.concatenate(found)


@pytest.mark.parametrize("degrees", [-170, -90, 20, 90, 180])
def test_a_straight_line_becomes_an_arc_of_its_own_length(degrees: float) -> None:
    found = points(Supple(LINE, (0, 0), -90, 100).bent(degrees))
    radius = 100 / math.radians(degrees)
    away = np.hypot(found[:, 0] - radius, found[:, 1])
    assert away == pytest.approx(abs(radius), rel=0.001)
    assert np.hypot(*np.diff(found, axis=0).T).sum() == pytest.approx(100, rel=0.001)
    ahead = found[-1] - found[-2]
    assert math.degrees(math.atan2(ahead[0], -ahead[1])) % 360 == pytest.approx(degrees % 360, abs=1.5)


def test_what_lies_behind_the_pivot_stays() -> None:
    bent = Supple([("M", (5.0, 30.0)), ("L", (5.0, 0.0)), ("L", (5.0, -60.0)), ("Z", ())], (0, 0), -90, 80).bent(70)
    assert bent[0] == ("M", (5.0, 30.0))
    behind = [values[-2:] for letter, values in bent if letter == "C" and values[-1] >= 0]
    assert all(x == pytest.approx(5) for x, _ in behind)


def test_no_bend_leaves_every_point_where_it_is() -> None:
    assert points(Supple(LINE, (0, 0), -90, 100).bent(0))[:, 0] == pytest.approx(0)


def test_curves_are_cut_without_changing_them() -> None:
    curve: list[Command] = [("M", (0.0, 0.0)), ("C", (40.0, -10.0, -40.0, -90.0, 10.0, -100.0))]
    cut = points(Supple(curve, (0, 0), -90, 100).bent(0))
    whole = points(curve, 2001)
    nearest = np.hypot(cut[:, None, 0] - whole[None, :, 0], cut[:, None, 1] - whole[None, :, 1]).min(axis=1)
    assert nearest.max() < 0.1


@given(colours, colours)
def test_a_colour_recast_as_itself_stays(main: str, tone: str) -> None:
    found = recast_tone(tone, main, main)
    assert [int(found[i : i + 2], 16) for i in (1, 3, 5)] == pytest.approx(
        [int(tone[i : i + 2], 16) for i in (1, 3, 5)], abs=2
    )


@given(colours)
def test_oklab_goes_there_and_back(colour: str) -> None:
    back = colour_of(*lch(colour))
    assert [int(back[i : i + 2], 16) for i in (1, 3, 5)] == pytest.approx(
        [int(colour[i : i + 2], 16) for i in (1, 3, 5)], abs=1
    )


@given(colours)
def test_shade_stays_darker_and_light_lighter_whatever_the_dress(wanted: str) -> None:
    base, shade, light = "#FFB6D3", "#F48DB9", "#FFD3E4"
    assert recast_tone(base, base, wanted) == wanted
    assert lch(recast_tone(shade, base, wanted))[0] <= lch(wanted)[0] + 0.01
    assert lch(recast_tone(light, base, wanted))[0] >= lch(wanted)[0] - 0.01


@pytest.mark.parametrize("wanted", ["#9BE0C8", "#BDE0FE", "#2B2D5B", "#FFD166"])
def test_a_dress_keeps_two_tones(wanted: str) -> None:
    assert lch(wanted)[0] - lch(recast_tone("#F48DB9", "#FFB6D3", wanted))[0] > 0.03
