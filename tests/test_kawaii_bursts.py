"""Bursts keep clear of whom they celebrate, and are as bright as the toys."""

from __future__ import annotations

import numpy as np
import pytest
from test_kawaii_widgets import bounds_of, pixels

from storyreel.looks.kawaii import palette
from storyreel.looks.kawaii.pen import WIDGETS


@pytest.mark.parametrize("t", [0.2, 0.7, 1.2, 1.8])
def test_hearts_rise_on_both_sides_and_never_in_the_middle(t: float) -> None:
    order = {"count": 14, "seed": 3}
    left, _, _, _ = bounds_of(WIDGETS["hearts"], order)
    columns = np.flatnonzero(pixels("hearts", {"t": t}, order)[:, :, 3].sum(axis=0))
    across = left - 30 + columns / 0.4
    assert (across < -110).any()
    assert (across > 90).any()
    assert not (np.abs(across) < 60).any()


def test_confetti_is_of_the_toys_colours_without_plum() -> None:
    picture = pixels("confetti", {"t": 0.6}, {"count": 30, "seed": 3})
    solid = {tuple(int(v) for v in one) for one in picture[picture[:, :, 3] == 255][:, 2::-1]}
    for tones in palette.BLOCKS[:5]:
        assert tuple(int(tones.front[i : i + 2], 16) for i in (1, 3, 5)) in solid
    assert min(max(colour) for colour in solid) > 180
