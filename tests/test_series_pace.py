"""How far a batch is: counts that fit together whatever order things happen in."""

from __future__ import annotations

import pytest

from storyreel.cli.terminal import clock
from storyreel.series.progress import Pace


def test_films_that_are_not_directed_yet_are_taken_to_be_as_long_as_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("storyreel.series.progress.time.monotonic", lambda: now[0])
    pace = Pace(3)
    assert pace.event("begun", "", (0, 0), 0, 0, "").seconds_left is None
    pace.directed(100, 2)
    pace.shown(7, 50)
    now[0] = 5.0
    event = pace.event("drawn", "one", (50, 100), 50, 1, "")
    assert (event.fps, event.done_frames, event.all_done, event.all_frames) == (10, 50, 50, 100)
    assert event.seconds_left == (50 + 2 * 100) / 10
    pace.drawn(7, 50)
    pace.directed(300, 6)
    event = pace.event("drawn", "one", (50, 100), 50, 2, "")
    assert event.seconds_left == (350 + 200) / 10
    assert pace.chunks == 4


def test_a_chunk_that_is_begun_again_counts_once() -> None:
    pace = Pace(1)
    pace.directed(60, 1)
    for frames in (30, 5, 55):
        pace.shown(0, frames)
    pace.drawn(0, 60)
    pace.ended(60)
    event = pace.event("done", "", (0, 0), 0, 0, "")
    assert (event.all_done, event.all_frames, event.seconds_left) == (60, 60, 0)
    assert pace.left == 0


def test_a_film_that_fails_is_not_waited_for() -> None:
    pace = Pace(2)
    pace.directed(60, 1)
    pace.directed(600, 10)
    pace.drawn(0, 60)
    pace.ended(60)
    pace.forgotten(600, 10)
    pace.ended(0)
    event = pace.event("done", "", (0, 0), 0, 0, "")
    assert (pace.left, event.all_done, event.all_frames, event.seconds_left) == (0, 60, 60, 0)


@pytest.mark.parametrize(
    ("seconds", "said"), [(None, ""), (0.4, "0:00 left"), (61, "1:01 left"), (3600 * 5 + 62, "5:01:02 left")]
)
def test_time_left_reads_as_a_clock(seconds: float | None, said: str) -> None:
    assert clock(seconds) == said
