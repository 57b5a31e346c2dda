"""Edges round redrawn puppets look like exact outlines, and cost what lies outermost."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import skia
from test_drawing import Save, save
from test_sprites import painted
from test_treatment import BOB

from storyreel.stage.bands import Bands
from storyreel.stage.bend import Supple
from storyreel.stage.ink import to_path
from storyreel.stage.puppet import DrawnPuppet
from storyreel.stage.treated import Hand
from storyreel.treatment.contract import Edge, Mood, Place, Plain

__all__ = ["save"]

BROAD, THIN = Edge(7, "#3366CC"), Edge(2, "#3366CC")
POSES = ({}, {"Left Arm.rot": 40.0, "Head.rot": -12.0})


@pytest.fixture
def bob(save: Save) -> Path:
    return save(BOB)


def redrawn(bob: Path) -> DrawnPuppet:
    return DrawnPuppet.load(bob, hand=Hand(Plain(redraws=True), Place("cast"), Mood()))


@pytest.mark.parametrize("edge", [BROAD, THIN, Edge(7, "#3366CC", 0.5), Edge(7, "#3366CC", shift=(3, -2))])
@pytest.mark.parametrize("pose", POSES)
def test_an_edge_of_a_redrawn_puppet_is_that_of_its_outline(bob: Path, pose: dict[str, float], edge: Edge) -> None:
    lines = painted(partial(redrawn(bob).draw, pose=pose, edges=(edge,))).astype(int)
    outline = painted(partial(DrawnPuppet.load(bob).draw, pose=pose, edges=(edge,))).astype(int)
    assert np.abs(lines - outline).mean() < 0.4
    assert (np.abs(lines - outline).max(axis=2) > 60).sum() <= 24, "but for some pixels at joints"


def test_a_soft_edge_fades_out_and_is_the_same_on_every_grid(bob: Path) -> None:
    soft = Edge(4, "#3366CC", 0.8, blur=5)
    alpha = painted(partial(redrawn(bob).draw, pose={}, edges=(soft,)))[..., 3].astype(int)
    bare = painted(partial(redrawn(bob).draw, pose={}))[..., 3]
    row = int(np.argmax((bare > 0).sum(axis=1)))
    left = int(np.flatnonzero(bare[row])[0])
    beside = alpha[row, left - 24 : left - 1]
    assert beside[0] < 8 < beside[-1], "next to nothing far away, and more beside it"
    assert (np.diff(beside) >= -2).all(), "it only grows on the way there"


def test_what_lies_inside_something_else_has_no_edge_of_its_own(save: Save) -> None:
    face = (
        '<g id="Head" data-pivot="100,100"><path d="M20,20 L180,20 L180,180 L20,180 Z"/>'
        '<g id="Left Eye" data-pivot="70,80"><path d="M60,70 L80,70 L80,90 L60,90 Z"/></g></g>'
    )
    puppet = redrawn(save(f'<svg viewBox="0 0 200 200">{face}</svg>'))
    drawn: list[int] = []
    outermost = Bands.outermost

    def noted(self: Bands, pieces: list[Any]) -> list[Any]:
        found = outermost(self, pieces)
        drawn.append(sum(piece.geometry.box is not None for piece in found))
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Bands, "outermost", noted)
        for pose in ({}, {"Left Eye.dx": 4.0}, {"Left Eye.dx": 120.0}):
            painted(partial(puppet.draw, pose=pose, edges=(BROAD,)))
    assert drawn == [1, 1, 2], "but for an eye that has left the face"


@pytest.mark.parametrize("degrees", [0.0, 35.0, -120.0])
def test_a_bent_path_is_the_one_of_its_commands(degrees: float) -> None:
    hatch = [
        command
        for x in range(0, 90, 3)
        for command in (("M", (x, 0.0)), *(("L", (x + i % 2, -6.0 * i)) for i in range(1, 12)), ("Z", ()))
    ]
    curve = [("M", (0.0, 0.0)), ("C", (40.0, -10.0, -40.0, -90.0, 10.0, -100.0))]
    supple = Supple([*hatch, *curve], (0, 0), -90, 100)
    paths = list(supple.paths(degrees, [30, 1]))
    whole = skia.Path(paths[0])
    whole.addPath(paths[1])
    assert whole == to_path(supple.bent(degrees))
    assert sum(letter == "L" for letter, _ in supple.bent(degrees)) == 30 * 11, "short lines stay lines"
