"""Touches through a pane with a camera of its own: the hand meets what is seen where it is seen."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from storyreel.direct.board import Board
from storyreel.direct.bodies import bones
from storyreel.direct.director import direct
from storyreel.direct.places import CAP_TRAVEL
from storyreel.puppet.model import Matrix, concat, moved
from storyreel.script.read import read_text
from storyreel.stage.camera import placed, view
from storyreel.timeline.model import GroupContent, Layer
from storyreel.timeline.track import sample

AT = 24
FILM = """
storyreel: 2
title: Glass
reveal: false
cast: {mia: {puppet: michii}}
scenes:
  - id: a
    cast: {mia: {MIA}}
    props:
      glass: {kind: pane, edge: ink, at: [0.6, 0.62], width: 500, height: 800, rot: 6,
              camera: {zoom: 1.6, to: [0.6, 0.45], tilt: 8}}
      toy: {kind: button, size: 0.3, TOY}
    beats:
      - shot: {on: stage}
        mia: {at: 24f, touch: toy}
        for: 40f
"""


def gap(mia: str, toy: str, monkeypatch: pytest.MonkeyPatch) -> tuple[float, list[str]]:
    """How far apart a palm and the button are seen at the contact, as the stage composes both; and all warnings."""
    boards: list[Board] = []
    freeze = Board.freeze
    monkeypatch.setattr(Board, "freeze", lambda board: boards.append(board) or freeze(board))  # type: ignore[func-returns-value]
    told = direct(read_text(FILM.replace("MIA", mia).replace("TOY", toy)), Path())
    glass = next(one for one in told.timeline.scenes[0].layers if one.id == "glass")
    button = next(one for one in (*glass.children, *told.timeline.scenes[0].layers) if one.id == "toy")
    shown = boards[0]._posed(boards[0].cast.by_name["mia"])
    assert shown
    known = bones(shown[0].one.content)
    assert known is not None
    hands = []
    for side in ("Left", "Right"):
        palm = known.palm(f"{side} Hand")
        assert palm is not None
        hands.append(moved(shown[0].motion(f"{side} Hand", AT), palm))
    if "in: glass" in mia:
        hands = [moved(through(glass), hand) for hand in hands]
    cap = moved(placed(button.values(AT)), (0.0, CAP_TRAVEL * button.values(AT).get("press", 0.0)))
    cap = moved(through(glass), cap) if "in: glass" in toy else cap
    return min(math.dist(hand, cap) for hand in hands), [note.message for note in told.notes]


def through(glass: Layer) -> Matrix:
    """From what stands in the pane to the stage, as it is composed."""
    assert isinstance(glass.content, GroupContent)
    camera = {name: sample(channel, AT) for name, channel in glass.content.camera}
    return concat(placed(glass.values(AT)), view(camera, 0.0, 0.0).plane(1.0, 0.0, 0.0))


@pytest.mark.parametrize(
    ("mia", "toy"),
    [
        ("at: [0.3, 0.87]", "in: glass, at: [0.45, 0.5]"),
        ("in: glass, at: [0.55, 0.75], size: 0.4", "at: [0.62, 0.64]"),
        ("in: glass, at: [0.5, 0.75], size: 0.4", "in: glass, at: [0.6, 0.56]"),
    ],
)
def test_a_hand_meets_what_is_seen_in_a_pane_with_its_own_camera_where_it_is_seen(
    mia: str, toy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    away, notes = gap(mia, toy, monkeypatch)
    assert not [note for note in notes if "doesn't reach" in note]
    assert away < 10
