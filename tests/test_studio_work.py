"""Who draws what in the studio: a core for who directs, the first worker for what is looked at, no draft where the
chunk in full is soon there."""

from __future__ import annotations

import queue
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, cast

import pytest

from storyreel.errors import StoryreelError
from storyreel.render.cache import Cache
from storyreel.render.encode import EncoderSettings
from storyreel.render.pool import Done, Dropped
from storyreel.render.queue import Failed
from storyreel.render.slices import ChunkOrder
from storyreel.render.timings import Stopwatch, Tally
from storyreel.studio.wants import Playhead, Size, Want
from storyreel.studio.work import LATE, Work
from storyreel.timeline.model import Timeline

LENGTH = 60
"""Frames of every chunk here."""
SOON, LATER = Tally(paint=0.9 * LATE, frames=LENGTH), Tally(paint=1.1 * LATE, frames=LENGTH)
"""What a chunk cost that is there before it is late, and one that is late."""


@dataclass
class Given:
    """An order that was given to a worker."""

    key: str
    worker: int
    again: bool


class Hands:
    """Takes orders, one a worker as promised, and does nothing by itself."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self.at: dict[int, Given] = {}
        self.log: list[str] = []
        self.dropped: list[str] = []

    def get_ready(self, errand: Any) -> None:
        raise AssertionError("nothing is to be done beforehand")

    def put(self, rank: Any, index: int, order: Any, *, by: int) -> None:
        assert by in range(self.jobs)
        assert all(given.worker != by for given in self.at.values()), "a worker is given one thing at a time"
        if isinstance(order, ChunkOrder):
            self.at[index] = Given(order.timeline.title, by, order.again)
        else:
            self.at[index] = Given(order, by, False)
        self.log.append(self.at[index].key)

    def drop(self, index: int) -> None:
        key = self.at[index].key
        assert key not in self.dropped, "nothing is given up twice"
        self.dropped.append(key)

    def event(self) -> Any:
        return queue.SimpleQueue[Any]().get()


def chunk(size: Size, number: int, save: str = "") -> Want:
    """A chunk of a film; its order is called like its key."""
    key = f"{size} {number}{save}"
    film = Timeline(key, "kawaii", 216, 384, Fraction(30), (0, 0, 216, 384), ())
    order = ChunkOrder(film, 0, LENGTH, EncoderSettings(216, 384, Fraction(30)))
    return Want(key, order, number * LENGTH, (number + 1) * LENGTH, size)


def film(count: int = 3, save: str = "", sound: bool = False) -> list[Want]:
    """So many chunks, each as draft and in full, the first of them of a newer save; with a sound or without."""
    sizes: tuple[Size, ...] = ("draft", "full")
    chunks = [chunk(size, number, "" if number else save) for size in sizes for number in range(count)]
    return [*chunks, Want("sound", cast(Any, "sound"), 0, count * LENGTH, "sound")] if sound else chunks


class Studio:
    """Work with hands that only take orders."""

    def __init__(self, folder: Path, jobs: int = 2) -> None:
        self.hands = Hands(jobs)
        self.told: list[tuple[str, str]] = []
        self.work = Work(self.hands, Cache(folder), lambda key, state: self.told.append((key, state)))

    @property
    def under_way(self) -> dict[str, int]:
        """What is worked at and not given up, and by which worker."""
        return {given.key: given.worker for given in self.hands.at.values() if given.key not in self.hands.dropped}

    def _ends(self, key: str) -> int:
        ticket = next(ticket for ticket, given in self.hands.at.items() if given.key == key)
        del self.hands.at[ticket]
        return ticket

    def done(self, *keys: str, cost: Tally | None = None) -> None:
        for key in keys:
            watch = Stopwatch(tally=cost or Tally())
            self.work.heard(Done(self._ends(key), key.encode(), watch))

    def leaves(self, key: str) -> None:
        """Whoever was at something that was given up is free."""
        ticket = self._ends(key)
        self.hands.dropped.remove(key)
        self.work.heard(Failed(ticket, Dropped()))

    def fails(self, key: str) -> None:
        self.work.heard(Failed(self._ends(key), StoryreelError("the ink has run out")))

    def all_done(self) -> list[str]:
        """Does everything that is left, in the order in which it was asked for; gives that."""
        did: list[str] = []
        while self.hands.at:
            did.append(next(iter(self.hands.at.values())).key)
            self.done(did[-1])
        return did


def paced(folder: Path, cost: Tally, jobs: int = 2) -> Studio:
    """A studio that has drawn the chunk at the playhead once, at that cost, and all of the film."""
    studio = Studio(folder, jobs)
    studio.work.take(film(), Playhead(0))
    studio.done("draft 0")
    studio.done("full 0", cost=cost)
    while studio.hands.at:
        key = next(iter(studio.hands.at.values())).key
        studio.done(key, cost=cost if key.startswith("full") else None)
    studio.hands.log.clear()
    return studio


def test_while_a_save_is_directed_one_core_is_left_and_work_goes_on_afterwards(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    studio.work.take(film(4), Playhead(0))
    studio.done("draft 0", "full 0")
    assert studio.under_way == {"draft 1": 1, "draft 2": 0}
    studio.work.make_way()
    assert studio.under_way == {"draft 1": 1}, "the first worker is to be free"
    studio.leaves("draft 2")
    studio.done("draft 1")
    assert studio.under_way == {"draft 2": 1}, "one thing goes on, but not by the first worker"
    studio.work.go_on()
    assert studio.under_way == {"draft 2": 1, "draft 3": 0}


def test_what_gives_way_is_told_to_wait_and_is_drawn_later(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    studio.work.take(film(), Playhead(0, playing=True))
    studio.work.make_way()
    assert studio.hands.dropped == ["draft 1"]
    studio.leaves("draft 1")
    assert studio.told[-1] == ("draft 1", "waiting")
    assert studio.work.states()["draft 1"] == "waiting"
    studio.work.go_on()
    assert studio.told[-1] == ("draft 1", "drawing")


def test_what_is_looked_at_and_the_sound_do_not_give_way(tmp_path: Path) -> None:
    studio = Studio(tmp_path, jobs=3)
    studio.work.take(film(sound=True), Playhead(0))
    assert studio.under_way == {"draft 0": 2, "full 0": 0, "sound": 1}
    studio.work.make_way()
    assert studio.hands.dropped == []
    studio.done("draft 0")
    assert set(studio.under_way) == {"full 0", "sound"}, "but nothing comes in their place"
    studio.done("full 0")
    assert set(studio.under_way) == {"sound", "draft 1"}


def test_while_the_film_plays_no_chunk_is_looked_at_for_long_and_any_gives_way(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    studio.work.take(film(), Playhead(0, playing=True))
    assert studio.under_way == {"draft 0": 1, "draft 1": 0}
    studio.work.make_way()
    assert studio.under_way == {"draft 0": 1}


def test_directing_takes_one_core_and_no_more_however_often_that_is_said(tmp_path: Path) -> None:
    studio = Studio(tmp_path, jobs=3)
    studio.work.take(film(5), Playhead(0, playing=True))
    assert len(studio.under_way) == 3
    for _ in range(3):
        studio.work.make_way()
    assert studio.under_way == {"draft 0": 2, "draft 1": 1}
    studio.leaves("draft 2")
    studio.work.look(Playhead(10, playing=True))
    assert studio.under_way == {"draft 0": 2, "draft 1": 1}


def test_a_single_worker_goes_on_while_a_save_is_directed(tmp_path: Path) -> None:
    studio = Studio(tmp_path, jobs=1)
    studio.work.take(film(), Playhead(0, playing=True))
    studio.work.make_way()
    assert studio.under_way == {"draft 0": 0}
    studio.done("draft 0")
    assert studio.under_way == {"draft 1": 0}


def test_the_new_film_itself_ends_the_directing(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    studio.work.take(film(), Playhead(0, playing=True))
    studio.work.make_way()
    studio.leaves("draft 1")
    studio.work.take(film(), Playhead(0, playing=True))
    assert set(studio.under_way) == {"draft 0", "draft 1"}


def test_where_nothing_is_known_of_its_pace_or_it_is_late_the_draft_goes_first(tmp_path: Path) -> None:
    for folder, cost in ((tmp_path / "unknown", Tally()), (tmp_path / "late", LATER)):
        studio = paced(folder, cost)
        studio.work.take(film(save=" anew"), Playhead(0))
        assert studio.hands.log == ["draft 0 anew", "full 0 anew"]


def test_where_it_is_soon_there_in_full_no_draft_is_drawn_of_what_is_looked_at(tmp_path: Path) -> None:
    studio = paced(tmp_path, SOON)
    studio.work.take(film(save=" anew"), Playhead(0))
    assert studio.under_way == {"full 0 anew": 0}
    studio.done("full 0 anew", cost=SOON)
    studio.all_done()
    assert studio.hands.log == ["full 0 anew"]
    assert studio.work.states()["draft 0 anew"] == "waiting", "it is not wanted for as long as there is the other"


def test_a_chunk_that_hurries_has_one_core_for_its_encoder(tmp_path: Path) -> None:
    for jobs in (2, 3):
        studio = paced(tmp_path / str(jobs), SOON, jobs)
        studio.work.take([*film(save=" anew"), *(chunk("draft", number) for number in (3, 4, 5))], Playhead(0))
        assert len(studio.under_way) == jobs - 1
        assert studio.under_way["full 0 anew"] == 0
        studio.done("full 0 anew", cost=SOON)
        assert len(studio.under_way) == jobs, "afterwards all are at work"


def test_a_chunk_that_hurries_sends_away_what_has_no_core_any_more(tmp_path: Path) -> None:
    studio = paced(tmp_path, SOON)
    more = [chunk("draft", number) for number in (3, 4)]
    studio.work.take([*film(), *more], Playhead(0))
    assert studio.under_way == {"draft 3": 1, "draft 4": 0}
    studio.work.take([*film(save=" anew"), *more], Playhead(0))
    assert studio.hands.dropped == ["draft 4"], "it makes room at the first worker"
    studio.leaves("draft 4")
    assert studio.under_way == {"full 0 anew": 0}
    assert studio.hands.dropped == ["draft 3"], "and its encoder has the other's core"


def test_a_save_that_is_directed_does_not_hold_up_what_hurries(tmp_path: Path) -> None:
    studio = paced(tmp_path, SOON)
    studio.work.take([*film(), chunk("draft", 3), chunk("full", 4)], Playhead(0))
    studio.work.make_way()
    studio.leaves("full 4")
    assert studio.under_way == {"draft 3": 1}
    studio.work.look(Playhead(4 * LENGTH))
    assert studio.under_way["full 4"] == 0


@pytest.mark.parametrize(
    ("cost", "jobs", "hurries"),
    [
        (Tally(paint=0.6 * LATE, encode=0.7 * LATE, frames=LENGTH), 2, True),
        (Tally(paint=0.6 * LATE, encode=0.7 * LATE, frames=LENGTH), 1, False),
        (Tally(paint=0.2 * LATE, encode=0.7 * LATE, frames=LENGTH), 1, True),
        (Tally(paint=0.2 * LATE, encode=1.1 * LATE, frames=LENGTH), 2, False),
        (Tally(stage=0.4 * LATE, paint=0.4 * LATE, convert=0.3 * LATE, frames=LENGTH), 2, False),
        (Tally(paint=0.9 * LATE, frames=LENGTH // 2), 2, False),
        (Tally(paint=0.9 * LATE, frames=LENGTH * 2), 2, True),
    ],
)
def test_a_chunk_is_soon_there_by_the_longer_of_what_is_done_side_by_side(
    cost: Tally, jobs: int, hurries: bool, tmp_path: Path
) -> None:
    studio = paced(tmp_path, cost, jobs)
    studio.work.take(film(save=" anew"), Playhead(0))
    assert studio.hands.log[0] == ("full 0 anew" if hurries else "draft 0 anew")


def test_the_pace_is_that_of_the_last_chunk_in_full(tmp_path: Path) -> None:
    studio = paced(tmp_path, SOON)
    studio.work.take(film(save=" heavy"), Playhead(0))
    studio.done("full 0 heavy", cost=LATER)
    studio.work.take(film(save=" heavier"), Playhead(0))
    assert studio.hands.log == ["full 0 heavy", "draft 0 heavier", "full 0 heavier"]
    studio.done("draft 0 heavier", cost=SOON)
    studio.work.take(film(save=" heaviest"), Playhead(0))
    assert "draft 0 heaviest" in studio.hands.log, "what a draft costs says nothing of it"


def test_a_chunk_hurries_where_the_picture_stands_not_where_it_plays_or_elsewhere(tmp_path: Path) -> None:
    playing = paced(tmp_path / "playing", SOON)
    playing.work.take(film(save=" anew"), Playhead(0, playing=True))
    assert playing.hands.log[0] == "draft 0 anew"
    elsewhere = paced(tmp_path / "elsewhere", SOON)
    elsewhere.work.take(film(save=" anew"), Playhead(LENGTH))
    assert elsewhere.hands.log[0] == "draft 0 anew"


def test_a_draft_is_given_up_once_the_chunk_is_there_or_hurries(tmp_path: Path) -> None:
    there = Studio(tmp_path / "there")
    there.work.take(film(), Playhead(0))
    there.done("full 0", cost=LATER)
    assert there.hands.dropped == ["draft 0"]
    stopped = paced(tmp_path / "stopped", SOON)
    stopped.work.take(film(save=" anew"), Playhead(0, playing=True))
    assert "draft 0 anew" in stopped.under_way
    stopped.work.look(Playhead(0))
    assert "draft 0 anew" in stopped.hands.dropped


def test_a_chunk_that_hurried_and_failed_leaves_its_draft_to_be_seen(tmp_path: Path) -> None:
    studio = paced(tmp_path, SOON)
    studio.work.take(film(save=" anew"), Playhead(0))
    studio.fails("full 0 anew")
    assert "draft 0 anew" in studio.under_way


def test_drafts_alone_are_drawn_though_no_chunk_in_full_is_wanted(tmp_path: Path) -> None:
    studio = paced(tmp_path, SOON)
    studio.work.take([want for want in film(save=" anew") if want.size == "draft"], Playhead(0))
    assert studio.hands.log == ["draft 0 anew"]


def test_the_first_worker_alone_draws_what_is_looked_at(tmp_path: Path) -> None:
    studio = Studio(tmp_path, jobs=3)
    studio.work.take(film(6), Playhead(0))
    assert studio.under_way == {"draft 0": 2, "full 0": 0, "draft 1": 1}
    studio.done("draft 0", "full 0", "draft 1")
    assert studio.under_way == {"draft 2": 2, "draft 3": 0, "draft 4": 1}
    studio.work.look(Playhead(3 * LENGTH))
    assert studio.hands.dropped == [], "its own draft is as urgent"
    studio.done("draft 2", "draft 4")
    assert "full 3" not in studio.under_way, "though others are free"
    studio.done("draft 3")
    assert studio.under_way["full 3"] == 0


def test_the_first_worker_is_freed_for_what_is_looked_at_and_no_other_is(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    studio.work.take(film(6), Playhead(0))
    studio.done("draft 0", "full 0", *(f"draft {number}" for number in range(1, 6)), "full 1", "full 2")
    assert studio.under_way == {"full 3": 0, "full 4": 1}
    studio.work.look(Playhead(5 * LENGTH))
    assert studio.hands.dropped == ["full 3"], "though the other is wanted later"
    studio.work.look(Playhead(5 * LENGTH + 1))
    assert studio.hands.dropped == ["full 3"], "whoever leaves is waited for"
    studio.leaves("full 3")
    assert studio.under_way == {"full 5": 0, "full 4": 1}


def test_the_first_worker_is_freed_even_while_another_leaves(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    wants = film(6)
    studio.work.take(wants, Playhead(0))
    studio.done("draft 0", "full 0", *(f"draft {number}" for number in range(1, 6)), "full 1", "full 2")
    studio.work.take([want for want in wants if want.key != "full 4"], Playhead(5 * LENGTH))
    assert studio.hands.dropped == ["full 4", "full 3"]
    studio.leaves("full 4")
    assert studio.under_way == {}, "it is not for the other to draw it"
    studio.leaves("full 3")
    assert studio.under_way["full 5"] == 0


def test_for_one_draft_that_waits_one_chunk_is_given_up(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    studio.work.take(film(6), Playhead(0))
    studio.done("draft 0", "full 0", *(f"draft {number}" for number in range(1, 6)), "full 1", "full 2")
    studio.work.take(film(6, save=" anew"), Playhead(0, playing=True))
    assert studio.hands.dropped == ["full 4"]
    studio.work.look(Playhead(1, playing=True))
    assert studio.hands.dropped == ["full 4"], "its worker is as good as any"
    studio.leaves("full 4")
    assert studio.under_way == {"full 3": 0, "draft 0 anew": 1}


def test_only_of_what_is_looked_at_are_frames_kept(tmp_path: Path) -> None:
    studio = Studio(tmp_path, jobs=3)
    studio.work.take(film(sound=True), Playhead(0))
    studio.done("sound")
    assert {given.key: given.again for given in studio.hands.at.values()} == {
        "draft 0": True,
        "full 0": True,
        "draft 1": False,
    }
    studio.work.look(Playhead(0, playing=True))
    studio.done("draft 1")
    assert not any(given.again for given in studio.hands.at.values() if given.key == "draft 2")
