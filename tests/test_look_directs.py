"""A look's own way of revealing, moving and sounding, while the story and its layers stay the same in all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from storyreel.direct import director
from storyreel.direct.foley import NEUTRAL
from storyreel.looks import look
from storyreel.script.models import Script
from storyreel.sound.effects import EFFECTS
from storyreel.timeline.model import Timeline
from storyreel.timeline.track import Track
from storyreel.treatment.look import Look, Motion, RevealStyle

Directed = Callable[[Look], Timeline]


@pytest.fixture
def directed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Directed:
    """A short story with a reveal, directed for a look."""
    Image.new("RGB", (64, 64), "#8CC8FF").save(tmp_path / "me.png")
    script = Script(
        **{"storyreel": 1, "title": "Mine"},
        cast={"m": {"puppet": "michii"}},
        creator={"portrait": "me.png", "name": "Jo", "handle": "@jo", "message": "Hi"},
        scenes=[
            {
                "id": "a",
                "cast": {"m": {}},
                "props": {"rays": {"kind": "rays"}, "block": {"kind": "block", "hidden": True}},
                "beats": [{"m": {"do": "perk"}, "block": {"show": "pop"}}, {"block": {"hide": "pop"}}, {"wait": "2s"}],
            }
        ],
    )

    def made(chosen: Look) -> Timeline:
        monkeypatch.setattr(director, "look_named", lambda name: chosen)
        return director.direct(script, tmp_path).timeline

    return made


def eases(timeline: Timeline, scene: int, layer: str, channel: str) -> set[str]:
    """The easings of a layer's channel."""
    found = next(one for one in timeline.scenes[scene].layers if one.id == layer)
    line = dict(found.channels)[channel]
    assert isinstance(line, Track)
    return {key.ease for key in line.keys}


KAWAII = look("kawaii")


def test_a_reveal_has_the_same_layers_in_every_look(directed: Directed) -> None:
    for name in ("kawaii", "sketch"):
        reveal = directed(replace(KAWAII, reveal=look(name).reveal)).scenes[-1]
        assert [layer.id for layer in reveal.layers] == ["ground", "opening", "card", "guest"]


def test_the_reveal_opens_turns_and_sounds_as_the_look_says(directed: Directed) -> None:
    style = RevealStyle("out-quad", (5.0, 0.0, "in-cubic"), card="in-sine", effects=(("thump", 1.0, -3.0),))
    timeline = directed(replace(KAWAII, reveal=style))
    start = timeline.scenes[0].length
    assert "out-quad" in eases(timeline, -1, "opening", "open")
    assert "in-cubic" in eases(timeline, -1, "opening", "turn")
    assert "in-sine" in eases(timeline, -1, "card", "appear")
    late = [(cue.effect, cue.frame - start, cue.gain_db) for cue in timeline.sound.effects if cue.frame >= start]
    assert late == [("thump", 30, -3.0)]


def test_a_guest_that_stands_still_comes_from_nowhere(directed: Directed) -> None:
    def highest(guest: str) -> float:
        layer = directed(replace(KAWAII, reveal=RevealStyle(guest=guest))).scenes[-1].layers[-1]  # type: ignore[arg-type]
        ys = [layer.values(frame)["y"] for frame in range(layer.start, layer.end)]
        return max(ys) - min(ys)

    assert highest("hop") > 300
    assert highest("still") < 40


def test_things_come_and_go_with_the_looks_easings(directed: Directed) -> None:
    timeline = directed(replace(KAWAII, motion=Motion(appear="out-quad", vanish="in-cubic")))
    assert {"out-quad", "in-cubic"} <= eases(timeline, 0, "block", "scale")


def test_what_drifts_is_held_only_where_the_look_holds_it(directed: Directed) -> None:
    assert any(ease.startswith("steps(") for ease in eases(directed(KAWAII), 0, "rays", "t"))
    assert not any(ease.startswith("steps(") for ease in eases(directed(replace(KAWAII, drifts={})), 0, "rays", "t"))


def test_a_transition_takes_as_long_as_the_look_says(directed: Directed) -> None:
    for sweep, half in ((0.4, 6), (0.8, 12)):
        leave = directed(replace(KAWAII, sweep=sweep)).scenes[0].leave
        assert leave is not None
        assert leave.frames == half


def test_a_looks_own_effects_lie_over_the_neutral_ones(directed: Directed) -> None:
    def heard(own: Look) -> set[str]:
        timeline = directed(own)
        return {cue.effect for cue in timeline.sound.effects if cue.frame < timeline.scenes[0].length}

    assert heard(KAWAII) == {"boing", "pop"}
    assert heard(replace(KAWAII, foley={})) == {NEUTRAL["thing", "shown"][0]}
    assert heard(replace(KAWAII, foley={("perk", "up"): ("ding", -8.0)})) == {"ding", NEUTRAL["thing", "shown"][0]}


def test_every_effect_of_a_look_ships() -> None:
    for table in (NEUTRAL, KAWAII.foley, look("sketch").foley):
        assert {effect for effect, _ in table.values()} <= set(EFFECTS)
