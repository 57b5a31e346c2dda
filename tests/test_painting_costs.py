"""What is dear to paint is copied from an image; what is cheap, or out of sight, isn't."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import skia
from test_drawing import Save, save
from test_sprites import hand

from storyreel.stage import baking
from storyreel.stage.gradients import disc_shader
from storyreel.stage.puppet import DrawnPuppet
from storyreel.stage.still import DrawnPart

__all__ = ["save"]

ASLANT = """<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="90" y2="200">
<stop offset="0" stop-color="#102040"/><stop offset="1" stop-color="#F0C080"/></linearGradient>"""


def still(save: Save, inside: str) -> DrawnPart:
    return DrawnPart.load(save(f'<svg viewBox="0 0 200 200">{inside}</svg>'), hand=hand("set"))


def copies(part: DrawnPart, degrees: float = 0.0) -> int:
    """How many images are made to draw it between pixels."""
    before = baking.RESAMPLED.made
    canvas = skia.Surface(200, 200).getCanvas()
    canvas.rotate(degrees)
    canvas.translate(0.4, 0.4)
    part.draw(canvas)
    return baking.RESAMPLED.made - before


def test_flat_paint_is_painted_and_what_is_reckoned_for_each_pixel_is_copied(save: Save) -> None:
    assert copies(still(save, '<path d="M0,0 L200,0 L150,200 Z" fill="#336699"/>')) == 0
    aslant = still(save, f'<defs>{ASLANT}</defs><path d="M0,0 L200,0 L150,200 Z" fill="url(#g)"/>')
    assert copies(aslant) == 1
    assert copies(aslant) == 0, "the image serves again"
    assert copies(aslant, 3.3) == 0, "one that is turned would serve but once"


def test_a_box_aslant_is_painted_in_bands_that_look_like_its_gradient(save: Save) -> None:
    box = f'<defs>{ASLANT}</defs><path d="M0,0 L200,0 L200,200 L0,200 Z" fill="url(#g)"/>'
    quick, plain = skia.Surface(200, 200), skia.Surface(200, 200)
    still(save, box).draw(quick.getCanvas())
    DrawnPart.load(save(f'<svg viewBox="0 0 200 200">{box}</svg>')).draw(plain.getCanvas())
    assert np.abs(quick.toarray().astype(int) - plain.toarray()).max() <= 2


def test_a_disc_is_its_gradient_to_a_level_or_two_unless_that_has_edges() -> None:
    colours, offsets = [0xF2FFC857, 0x99D6336C, 0x000B1026], [0.0, 0.45, 1.0]
    disc = disc_shader((310.5, 290.0), 280.0, colours, offsets, skia.Matrix())
    gradient = skia.GradientShader.MakeRadial(skia.Point(310.5, 290.0), 280.0, colours, offsets)
    found = []
    for shader in (disc, gradient):
        surface = skia.Surface(600, 600)
        surface.getCanvas().drawColor(skia.ColorWHITE)
        surface.getCanvas().drawPaint(skia.Paint(Shader=shader))
        found.append(surface.toarray().astype(int))
    assert np.abs(found[0] - found[1]).max() <= 2
    assert disc_shader((0, 0), 100.0, colours, [0.0, 0.5, 0.501], skia.Matrix()) is None


@pytest.mark.parametrize(("x", "seen"), [(100.0, True), (2000.0, False), (-2000.0, False)])
def test_a_figure_that_is_out_of_sight_is_not_drawn(save: Save, bob: Path, x: float, seen: bool) -> None:
    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(skia.Rect.MakeWH(200, 200))
    canvas.translate(x, 180)
    DrawnPuppet.load(bob).draw(canvas, {"Left Arm.rot": 12.0})
    assert (recorder.finishRecordingAsPicture().approximateOpCount() > 4) == seen


@pytest.fixture
def bob(save: Save) -> Path:
    from test_treatment import BOB

    return save(BOB)
