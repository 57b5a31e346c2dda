"""Touches: on the frame that is told the hand is there, and what it touches answers then and never before."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from storyreel.direct.acting.touches import strength
from storyreel.direct.board import Board
from storyreel.direct.bodies import bones
from storyreel.direct.director import Direction, direct
from storyreel.direct.drivers import Following, driven
from storyreel.direct.hands import Deed, ledger
from storyreel.errors import DirectingError
from storyreel.puppet.model import moved
from storyreel.script.read import read_text
from storyreel.timeline.model import Layer, Scene

HEAD = """\
storyreel: 2
title: Touches
reveal: false
cast: {mia: {puppet: michii}, gru: {puppet: grump}}
scenes:
  - id: a
    cast: {mia: {at: [0.3, 0.87]}, gru: {at: [0.8, 0.87], size: 0.7}}
    props:
      toy: {kind: button, at: [0.5, 0.62], size: 0.3}
      big: {kind: button, at: [0.35, 0.9], size: 0.6}
      sw: {kind: switch, at: [0.5, 0.7], size: 0.4, question: Who?}
    beats:
"""


def film(beats: str, head: str = HEAD) -> Direction:
    """A film of these beats."""
    return direct(read_text(head + beats), Path())


def scene(beats: str) -> Scene:
    """The first scene of such a film."""
    return film(beats).timeline.scenes[0]


def layer(of: Scene, name: str) -> Layer:
    """A layer by its name."""
    return next(one for one in of.layers if one.id == name)


def curve(of: Scene, name: str, channel: str) -> list[float]:
    """A channel of a layer, frame by frame."""
    return [layer(of, name).values(frame).get(channel, 0.0) for frame in range(of.length)]


def settled(beats: str, monkeypatch: pytest.MonkeyPatch) -> Board:
    """The board of a scene, once it is directed."""
    boards: list[Board] = []
    freeze = Board.freeze
    monkeypatch.setattr(Board, "freeze", lambda board: boards.append(board) or freeze(board))  # type: ignore[func-returns-value]
    film(beats)
    return boards[0]


def palm(board: Board, who: str, hand: str, frame: int) -> tuple[float, float]:
    """Where the middle of somebody's hand is, in stage units."""
    shown = board._posed(board.cast.by_name[who])
    assert shown
    known = bones(shown[0].one.content)
    middle = known.palm(hand) if known is not None else None
    assert middle is not None
    return moved(shown[0].motion(hand, frame), middle)


@pytest.mark.parametrize("contact", [9, 14, 23])
def test_a_button_moves_on_the_frame_of_the_contact_and_on_none_before(contact: int) -> None:
    press = curve(scene(f"      - {{mia: {{at: {contact}f, press: toy}}, for: 50f}}\n"), "toy", "press")
    assert not any(press[:contact])
    assert press[contact] > 0


@pytest.mark.parametrize("verb", ["touch", "tap", "pat", "bump", "push", "press"])
def test_whatever_is_done_to_a_thing_it_never_answers_before(verb: str) -> None:
    told = scene(f"      - {{mia: {{at: 20f, {verb}: sw}}, for: 40f}}\n")
    switch = layer(told, "sw")
    before = [switch.values(frame) for frame in range(20)]
    assert all(values == before[0] for values in before)
    assert switch.values(24)["on"] != before[0]["on"]


def test_the_hand_is_on_what_it_presses_within_six_units_at_the_contact(monkeypatch: pytest.MonkeyPatch) -> None:
    board = settled("      - {mia: {at: 20f, press: toy}, for: 40f}\n", monkeypatch)
    assert board.touched is not None
    assert board.touched.where is not None
    x, y = board.touched.where.point("toy")
    away = [
        math.dist(palm(board, "mia", "Left Hand", frame), (float(x[frame]), float(y[frame]))) for frame in range(40)
    ]
    assert away[20] < 6
    assert max(away[20:26]) < 6, "it stays on the cap while that goes down"
    assert min(away[:18]) > 6
    assert away[14] > away[9], "it goes back first"
    assert not board.production.notes


def test_a_hand_winds_up_for_four_frames_or_more() -> None:
    on = strength(np.arange(40.0), 1.0, 11, 20, 27)
    assert np.all(np.diff(on[11:15]) < 0)
    assert on[20] == 1
    assert np.all(on[20:27] == 1)
    assert on[39] == 0


def test_what_is_out_of_reach_is_said_with_how_far(monkeypatch: pytest.MonkeyPatch) -> None:
    board = settled("      - {mia: {at: 20f, press: [0.95, 0.1]}, for: 40f}\n", monkeypatch)
    assert "units short" in board.production.notes[0].message


def test_short_of_a_thing_nothing_is_touched() -> None:
    told = scene("      - {mia: {at: 20f, press: toy, stop: 12}, for: 40f}\n")
    assert not any(curve(told, "toy", "press"))


def test_others_wait_for_the_contact_by_the_name_of_who_touches_or_of_what_is_touched() -> None:
    told = scene(
        "      - {mia: {at: 20f, press: toy}, sw: {at: mia.press, set: {on: 1}, over: 1f},"
        " big: {at: toy.press.off, set: {press: 1}, over: 1f}, for: 50f}\n"
    )
    assert curve(told, "sw", "on")[20:22] == [0.0, 1.0]
    assert curve(told, "big", "press")[26:29] == [0.0, 0.0, 1.0]


def test_feet_land_on_the_contact_and_go_where_that_goes_on_which_they_stand() -> None:
    told = scene(
        "      - {mia: {at: 24f, touch: big, with: feet, stay: true}, for: 40f}\n"
        "      - {big: {go: [0.6, 0.8], over: 20f}, for: 30f}\n"
    )
    x, y = curve(told, "mia", "x"), curve(told, "mia", "y")
    button = curve(told, "big", "x")
    assert abs(x[24] - button[24]) < 0.1
    assert abs(y[23] - y[24]) > 4, "in the air the frame before"
    assert all(abs(here - there) < 0.1 for here, there in zip(x[24:], button[24:], strict=True))
    assert x[-1] > x[24] + 100
    assert y[27] > y[24], "the cap goes down under her"


def test_what_is_taken_goes_along_with_the_hand_and_lies_where_it_is_put(monkeypatch: pytest.MonkeyPatch) -> None:
    board = settled(
        "      - {mia: {at: 20f, take: toy}, for: 30f}\n"
        "      - {mia: {do: {wave: {side: left}}}, for: 30f}\n"
        "      - {mia: {at: 16f, put: toy, to: [0.15, 0.55]}, for: 40f}\n",
        monkeypatch,
    )
    x, y, _ = board.touched.placed("toy") if board.touched is not None else ((), (), ())
    apart = [math.dist(palm(board, "mia", "Left Hand", frame), (x[frame], y[frame])) for frame in range(21, 75)]
    assert max(apart) - min(apart) < 1
    assert x[0] == x[19]
    assert max(abs(np.diff(y[30:60]))) > 5
    lies = board.ground.point((0.15, 0.55), standing=False)
    assert math.dist((x[-1], y[-1]), lies) < 1


def test_what_is_held_is_held_over_a_cut_too() -> None:
    told = film(
        "      - {shot: full, mia: {at: 20f, take: toy}, for: 40f}\n"
        "      - {shot: {on: mia, size: wide}, mia: {do: hop}, for: 40f}\n"
    ).timeline.scenes
    assert len(told) == 2
    assert max(curve(told[1], "toy", "y")) - min(curve(told[1], "toy", "y")) > 10, "it hops along"


def test_what_is_held_at_the_start_is_in_the_hand_from_the_first_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    holding = HEAD.replace("mia: {at: [0.3, 0.87]}", "mia: {at: [0.3, 0.87], holds: toy}")
    told = direct(read_text(holding + "      - {mia: {do: hop}, for: 30f}\n"), Path()).timeline.scenes[0]
    assert max(curve(told, "toy", "y")) - min(curve(told, "toy", "y")) > 20


def test_a_third_thing_finds_no_hand_free_and_what_is_not_held_cannot_be_put_down() -> None:
    sides = {"mia": ("Left", "Right")}
    taken = [Deed(frame, "take", "mia", f"thing{frame}") for frame in (1, 2, 3)]
    with pytest.raises(DirectingError, match="full, with 'thing1' and 'thing2'"):
        ledger(taken, sides, 50, lambda *_: "Left")
    with pytest.raises(DirectingError, match="nobody holds it; write take: toy"):
        ledger([Deed(5, "drop", "mia", "toy")], sides, 50, lambda *_: "Left")
    with pytest.raises(DirectingError, match="box has no arms to hold 'toy' with"):
        ledger([Deed(5, "catch", "box", "toy")], sides, 50, lambda *_: "Left")


def test_what_one_gives_the_other_has() -> None:
    sides = {"mia": ("Left", "Right"), "gru": ("Left", "Right")}
    deeds = [Deed(0, "take", "mia", "toy"), Deed(9, "give", "mia", "toy", to="gru")]
    assert [(one.who, one.since, one.until) for one in ledger(deeds, sides, 50, lambda *_: "Left")] == [
        ("mia", 0, 9),
        ("gru", 9, 50),
    ]


def test_a_value_follows_another_and_a_ring_of_them_is_refused_with_every_link() -> None:
    told = scene("      - {big: {set: {press: sw.on}}, sw: {at: 10f, set: {on: 1}, over: 1f}, for: 20f}\n")
    assert curve(told, "big", "press")[9:12] == [0.0, 0.0, 1.0]
    ring = [Following("a.x", "b.x", 0), Following("b.x", "c.x", 0), Following("c.x", "a.x", 0)]
    with pytest.raises(DirectingError, match=r"'a\.x' follows 'b\.x', which follows 'c\.x', which follows 'a\.x'"):
        driven(ring, lambda _: np.zeros(5), lambda _: None)


def test_who_copies_another_does_their_acts_so_much_later() -> None:
    alone = scene("      - {mia: {do: hop}, gru: {at: 3f, do: hop}, for: 40f}\n")
    copied = scene("      - {mia: {do: hop}, gru: {echo: mia, late: 3f}, for: 40f}\n")
    assert curve(copied, "gru", "y") == curve(alone, "gru", "y")


def test_a_note_sounds_on_every_contact() -> None:
    told = film("      - {mia: {at: 12f, tap: toy, times: 3, each: 8f, notes: g4 a4 c5, by: kalimba}, for: 50f}\n")
    heard = [(cue.effect, cue.frame) for cue in told.timeline.sound.effects]
    assert heard == [("kalimba g4", 12), ("kalimba a4", 20), ("kalimba c5", 28)]


def test_a_shadow_lies_under_everybody_and_pales_as_they_leave_the_ground() -> None:
    told = scene("      - {mia: {do: jump}, for: 40f}\n")
    gap, ground = curve(told, "mia shadow", "gap"), curve(told, "mia shadow", "y")
    assert gap[0] == 0
    assert max(gap) > 80
    assert max(ground) == min(ground)
    assert curve(told, "gru shadow", "gap") == [0.0] * told.length


def test_films_of_the_first_format_have_no_such_shadows() -> None:
    old = direct(read_text(HEAD.replace("storyreel: 2", "storyreel: 1") + "      - {mia: {do: jump}}\n"), Path())
    assert not [one.id for one in old.timeline.scenes[0].layers if "shadow" in one.id]


def test_both_give_where_one_of_the_cast_is_touched() -> None:
    apart = scene("      - {mia: {at: 20f, touch: gru.head, over: 9f}, for: 40f}\n")
    alone = scene("      - {mia: {at: 20f, touch: toy, over: 9f}, for: 40f}\n")
    touched, calm = curve(apart, "gru", "sy"), curve(alone, "gru", "sy")
    assert touched[:19] == calm[:19]
    assert min(touched[20:26]) < min(calm[20:26]) - 0.005


def test_frames_of_contact_are_those_on_which_a_drawing_begins() -> None:
    sketch = HEAD.replace("title: Touches", "title: Touches\nlook: sketch")
    told = film("      - {mia: {at: 20f, press: toy}, for: 40f}\n", sketch).timeline.scenes[0]
    press = curve(told, "toy", "press")
    first = next(frame for frame, value in enumerate(press) if value)
    assert first >= 20
    assert first % 3 == 0
