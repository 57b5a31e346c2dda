"""A cover is a picture of somebody with open eyes."""

from __future__ import annotations

from pathlib import Path

import pytest

from storyreel.direct.director import direct
from storyreel.publish.poster import awake, cover_frame
from storyreel.publish.sheet import cells
from storyreel.script.read import read_text
from storyreel.timeline.model import Timeline
from storyreel.timeline.track import sample

FILM = """\
storyreel: 2
title: T
format: {width: 180, height: 320, fps: 30}
cast: {mi: {puppet: michii}}
scenes:
  - id: a
    cast: {mi: {}}
    beats:
"""


def film(*beats: str) -> Timeline:
    return direct(read_text(FILM + "".join(f"      - {beat}\n" for beat in beats)), Path()).timeline


def lids(timeline: Timeline, frame: int) -> float:
    local, scene = timeline.locate(frame)
    (mi,) = (layer for layer in scene.layers if layer.id == "mi")
    return max(sample(channel, local) for name, channel in mi.channels if name.startswith("blink."))


def test_beside_a_blink_the_eyes_are_open_again() -> None:
    timeline = film("{wait: 8s}")
    shut = [frame for frame in range(timeline.length) if lids(timeline, frame) > 0.5]
    assert shut
    for frame in shut:
        assert lids(timeline, awake(timeline, frame)) <= 0.2
        assert abs(awake(timeline, frame) - frame) <= 12


def test_where_eyes_are_open_the_frame_is_the_one_that_is_asked_for() -> None:
    timeline = film("{wait: 3s}")
    found = [frame for frame in range(timeline.length) if lids(timeline, frame) == 0]
    assert found
    assert [awake(timeline, frame) for frame in found] == found


def test_the_cover_is_no_blink(monkeypatch: pytest.MonkeyPatch) -> None:
    timeline = film("{wait: 8s}")
    blink = next(frame for frame in range(timeline.length) if lids(timeline, frame) > 0.5)
    (cell,) = cells(timeline)
    monkeypatch.setattr("storyreel.publish.poster.cells", lambda _: [type(cell)(blink, cell.scene, "", False)])
    assert lids(timeline, cover_frame(timeline)) <= 0.2
