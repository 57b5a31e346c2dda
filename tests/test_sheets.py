"""The picture as a sheet: whole at first, gone at last, and never anything but the two pictures and paper between."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import skia

from storyreel.treatment.contract import Kit
from storyreel.widgets.sheets import sheet

SIZE = (270.0, 480.0)
RED, BLUE = 0xFFFF0000, 0xFF0000FF
KINDS = ("page lower-right", "page upper-left wind", "tear down left", "tear up right", "tear right left")


PLAIN = Kit()


def drawn(kind: str, progress: float, kit: Kit = PLAIN) -> np.ndarray:  # type: ignore[type-arg]
    surface = skia.Surface(round(SIZE[0]), round(SIZE[1]))

    def flat(colour: int):  # type: ignore[no-untyped-def]
        return lambda canvas: canvas.drawRect(skia.Rect.MakeWH(*SIZE), skia.Paint(Color=colour))

    sheet(surface.getCanvas(), kind, progress, SIZE, 7, (flat(RED), flat(BLUE)), kit)
    return np.asarray(surface.toarray(colorType=skia.kRGBA_8888_ColorType))


@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_is_the_picture_at_first_and_gone_at_last(kind: str) -> None:
    assert (drawn(kind, 0.5)[..., :3] == (255, 0, 0)).all()
    assert (drawn(kind, 1.0)[..., :3] == (0, 0, 255)).all()


@pytest.mark.parametrize("kind", KINDS)
def test_there_is_ever_less_of_the_picture_that_leaves(kind: str) -> None:
    shares = [(drawn(kind, at)[..., :2] == (255, 0)).all(axis=-1).mean() for at in np.linspace(0.5, 1, 9)]
    steady = [after <= before + 0.02 for before, after in pairwise(shares)]
    assert all(steady)
    assert shares[6] < 0.75


def test_one_sees_the_back_of_a_page_as_it_is_turned_and_the_bare_paper_of_a_torn_edge() -> None:
    paper = Kit({"paper": "#00FF00"}, crisp=True)
    for kind in ("page lower-right", "tear down left"):
        shown = drawn(kind, 0.73, paper)
        assert ((shown[..., 1] > 120) & (shown[..., 2] < 140)).sum() > 100
