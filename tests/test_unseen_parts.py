"""What of a puppet lies outside of the picture is passed over; what reaches in is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
import skia

from storyreel.stage.pictures import Picture
from storyreel.stage.puppet import DrawnPuppet

TWO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 200">
 <g id="pair">
  <g id="Left Arm"><rect x="100" y="50" width="100" height="100" fill="#AA0000" stroke="#000000" stroke-width="40"/></g>
  <g id="Right Arm"><rect x="600" y="50" width="100" height="100" fill="#0000AA"/></g>
 </g>
</svg>
"""


@pytest.mark.parametrize(
    ("across", "seen"),
    [
        pytest.param(0.0, 2, id="both"),
        pytest.param(-210.0, 2, id="a line of the left one reaches in"),
        pytest.param(-390.0, 1, id="the left one is outside"),
    ],
)
def test_a_part_outside_of_the_picture_is_not_recorded_and_one_that_reaches_in_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, across: float, seen: int
) -> None:
    path = tmp_path / "pair.svg"
    path.write_text(TWO)
    drawn: list[Picture] = []
    draw = Picture.draw

    def noted(self: Picture, canvas: skia.Canvas, *how: object) -> None:
        drawn.append(self)
        draw(self, canvas, *how)  # type: ignore[arg-type]

    monkeypatch.setattr(Picture, "draw", noted)
    puppet = DrawnPuppet.load(path)
    surface = skia.Surface(800, 200)
    canvas = surface.getCanvas()
    canvas.translate(puppet.rig.feet[0] + across, puppet.rig.feet[1])
    puppet.draw(canvas, {})
    assert len(drawn) == seen
    left = surface.toarray()[50:150, : max(int(220 + across), 0), 3]
    assert bool(left.any()) == (across > -220)
