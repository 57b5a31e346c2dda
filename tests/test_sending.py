"""What a phone sends: its `send` is pressed, the other dings and wakes so much later."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from storyreel.direct.director import direct
from storyreel.errors import SceneError
from storyreel.looks import pen
from storyreel.paint.painter import blank, paint
from storyreel.script.read import read_text
from storyreel.timeline.model import Layer, Timeline
from storyreel.timeline.track import sample

FILM = """\
storyreel: 2
title: Sent
reveal: false
cast: {mi: {puppet: michii}, bo: {puppet: grump}}
scenes:
  - id: a
    cast: {mi: {at: [0.3, 0.9]}, bo: {at: [0.75, 0.9]}}
    props:
      hers: {kind: phone, at: [0.4, 0.6], width: 200, dark: 0.9, sends: his, after: 12f}
      his: {kind: phone, at: [0.8, 0.6], width: 160, dark: 0.8, light: {on: 0}}
      bell: {kind: button, at: [0.4, 0.8], sends: his}
    beats:
"""


def film(*beats: str, change: tuple[str, str] = ("", ""), base: Path = Path(), look: str = "kawaii") -> Timeline:
    text = FILM.replace(*change).replace("title: Sent", f"title: Sent\nlook: {look}")
    text += "".join(f"      - {beat}\n" for beat in beats)
    return direct(read_text(text, "f", base), base).timeline


def refused(*beats: str, change: tuple[str, str] = ("", "")) -> str:
    with pytest.raises(SceneError) as caught:
        film(*beats, change=change)
    return str(caught.value)


def painted(told: Timeline) -> NDArray[np.uint8]:
    """Its first frame, at a quarter of its size."""
    small = replace(told, width=270, height=480)
    buffer = blank(small)
    paint(small, pen(small.look), 0, buffer)
    return buffer


def over(layer: Layer, value: str, *frames: int) -> list[float]:
    return [sample(dict(layer.channels)[value], frame) for frame in frames]


def test_what_a_phone_sends_arrives_later_with_a_ding_and_wakes_the_other() -> None:
    told = film("{shot: {on: stage}, mi: {at: 20f, press: hers.send}, bo: {at: his.ding + 2f, look: mi}}")
    (scene,) = told.scenes
    marks = dict(scene.marks)
    assert (marks["mi.press"], marks["hers.sends"], marks["his.ding"]) == (20, 20, 32)
    assert scene.length > 32, "a beat lasts until what it sends has arrived"
    assert ("notification", 32) in [(cue.effect, cue.frame) for cue in told.sound.effects]
    hers, his = (next(layer for layer in scene.layers if layer.id == name) for name in ("hers", "his"))
    assert over(hers, "dark", 19, 28) == pytest.approx([0.9, 0], abs=0.01), "a phone wakes when it is touched"
    assert over(his, "dark", 31, 36) == pytest.approx([0.8, 0], abs=0.01), "and as something arrives, not before"
    assert over(his, "light", 31, 36) == pytest.approx([0, 1])
    assert over(hers, "send", 19, 23, 60) == pytest.approx([0, 1, 0]), "its key goes down under the thumb, and comes up"


@pytest.mark.parametrize("look", ["kawaii", "sketch"])
@pytest.mark.parametrize("hers", ["kind: phone, width: 200", "kind: pane, edge: phone, width: 200, height: 410"])
def test_the_key_at_which_a_screen_sends_is_seen_and_goes_down(look: str, hers: str) -> None:
    def drawn(frame: int, sends: str) -> NDArray[np.uint8]:
        change = ("kind: phone, at: [0.4, 0.6], width: 200, dark: 0.9, sends: his, after: 12f", f"{hers}{sends}")
        told = film("{shot: {on: stage}, mi: {at: 20f, press: hers.right}, for: 40f}", change=change, look=look)
        scene = told.scenes[0]
        kept = tuple(layer for layer in scene.layers if layer.id == "hers")
        pressed = tuple(replace(one, channels=(*one.channels, ("send", float(frame > 0)))) for one in kept)
        alone = replace(told, scenes=(replace(scene, layers=pressed),))
        return painted(alone)

    without, up, down = drawn(0, ""), drawn(0, ", sends: his"), drawn(1, ", sends: his")
    changed, sunk = ((one.astype(int) != other).any(axis=2).sum() for one, other in ((up, without), (down, up)))
    assert changed > sunk > 0


def test_a_drawing_wakes_by_a_group_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "mine.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 200"><rect width="100" height="200" fill="#333333"/>'
        '<g id="awake" data-pivot="50,100" display="none"><rect width="90" height="190" fill="#EEEEEE"/></g>'
        "</svg>",
        encoding="utf-8",
    )
    change = (
        "kind: phone, at: [0.8, 0.6], width: 160, dark: 0.8, light: {on: 0}",
        "kind: drawing, file: mine.svg, at: [0.8, 0.6]",
    )
    for beat, frame in (("mi: {at: 20f, press: hers.send}", 32), ("bo: {at: 12f, touch: his}", 12)):
        (scene,) = film(f"{{shot: {{on: stage}}, {beat}, for: 40f}}", change=change, base=tmp_path).scenes
        his = next(layer for layer in scene.layers if layer.id == "his")
        assert over(his, "awake.show", frame - 1, frame, 39) == [0, 1, 1]


def test_a_touch_beside_send_wakes_a_phone_and_sends_nothing() -> None:
    beat = "{shot: {on: stage}, mi: {at: 20f, tap: hers.bottom}, for: 40f}"
    (scene,) = film(beat).scenes
    assert "his.ding" not in dict(scene.marks)
    assert over(next(layer for layer in scene.layers if layer.id == "hers"), "dark", 30) == [0]


def test_a_button_that_sends_does_so_wherever_it_is_pressed() -> None:
    (scene,) = film("{shot: {on: stage}, mi: {at: 20f, press: bell}}").scenes
    assert dict(scene.marks)["his.ding"] == 30


def test_what_is_not_sent_never_arrives() -> None:
    waits = "bo: {at: his.ding, look: mi}"
    assert "'his'" in refused(f"{{mi: {{at: 20f, press: hers.send, stop: 12}}, {waits}}}")
    assert "'his'" in refused(f"{{mi: {{at: 20f, press: hers.top}}, {waits}}}")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("sends: his, after", "sends: hsi, after"), "f:10:73: no other prop 'hsi' in this scene; did you mean 'his'?"),
        (("sends: his, after", "sends: hers, after"), "'hers' can't send to itself"),
        (("sends: his, after", "after"), "`after` says when what is sent arrives; write sends: and a prop's name, too"),
        (("storyreel: 2", "storyreel: 1"), "'sends' belongs to format 2"),
    ],
)
def test_what_cannot_be_sent_is_told(change: tuple[str, str], said: str) -> None:
    assert said in refused("{mi: {do: hop}}", change=change)
