"""One queue for many films: first things first, equal chunks drawn once, and one film's end is no other's."""

from __future__ import annotations

import contextlib
import itertools
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from small_film import small_film

from storyreel.render import pool
from storyreel.render.cache import Cache
from storyreel.render.errors import RenderError
from storyreel.render.film import Plan, Spool, plan
from storyreel.render.pool import Done, Errand, Event, Shown
from storyreel.render.queue import ChunkQueue, Failed, Find, Rank, Workers
from storyreel.render.reel import render_chunk
from storyreel.render.slices import ChunkOrder
from storyreel.render.timings import Stopwatch, Tally
from storyreel.script.series import Entry
from storyreel.series.jobs import Checking, FilmOrder, Refused
from storyreel.timeline.model import Timeline


class IdleHands:
    """Takes orders and does nothing with them."""

    jobs = 2

    def __init__(self) -> None:
        self.orders: dict[int, tuple[Rank, ChunkOrder | Errand, Find | None]] = {}

    def __enter__(self) -> IdleHands:
        return self

    def __exit__(self, *_: object) -> None:
        self.orders.clear()

    def put(self, rank: Rank, index: int, order: ChunkOrder | Errand, find: Find | None = None) -> None:
        self.orders[index] = (rank, order, find)

    def withdraw(self, index: int) -> None:
        self.orders.pop(index, None)

    def event(self) -> Event | Failed:
        raise AssertionError("nobody works here")

    def in_turn(self) -> list[int]:
        return sorted(self.orders, key=lambda index: self.orders[index][0])


def done(index: int, data: bytes, frames: int = 60) -> Done:
    return Done(index, data, Stopwatch(tally=Tally(frames=frames)))


@pytest.fixture
def film(tmp_path: Path) -> Timeline:
    (tmp_path / "art").mkdir()
    return small_film(tmp_path / "art")


@pytest.fixture
def hands() -> IdleHands:
    return IdleHands()


@pytest.fixture
def chunks(hands: IdleHands) -> ChunkQueue:
    numbers = itertools.count()
    return ChunkQueue(hands, None, lambda: next(numbers))


@pytest.fixture
def spools(tmp_path: Path) -> Iterator[list[Spool]]:
    made = [Spool(tmp_path) for _ in range(3)]
    yield made
    for spool in made:
        spool.close()


def other(planned: Plan, index: int) -> Plan:
    """A film that differs in one chunk."""
    keys = tuple("other" if number == index else key for number, key in enumerate(planned.keys))
    return replace(planned, keys=keys)


def test_chunks_go_out_film_by_film_in_the_films_order(
    film: Timeline, hands: IdleHands, chunks: ChunkQueue, spools: list[Spool]
):
    later = replace(film, width=108, height=192)
    chunks.add(1, plan(later), spools[1])
    chunks.add(0, plan(film), spools[0])
    drawn = [hands.orders[index][1] for index in hands.in_turn()]
    starts = [(order.settings.width, order.timeline.scenes[0].id, order.start) for order in drawn]
    one = [("scene-0", 0), ("scene-0", starts[1][2]), ("scene-1", 0)]
    assert starts == [*((216, *at) for at in one), *((108, *at) for at in one)]


def test_a_chunk_that_several_films_need_is_drawn_once(
    film: Timeline, hands: IdleHands, chunks: ChunkQueue, spools: list[Spool]
):
    planned = plan(film)
    chunks.add(0, planned, spools[0])
    chunks.add(1, other(planned, 2), spools[1])
    assert len(hands.orders) == len(planned.orders) + 1
    heard = [chunks.heard(done(index, b"%d" % index)) for index in list(hands.orders)]
    assert heard == [(0, 1), (0, 1), (0,), (1,)]
    assert (chunks.missing(0), chunks.missing(1)) == (0, 0)
    assert (chunks.reused(0), chunks.reused(1)) == (0, 2)
    assert list(spools[0].parts()) == [b"0", b"1", b"2"]
    assert list(spools[1].parts()) == [b"0", b"1", b"3"]


def test_a_film_that_is_given_up_takes_only_its_own_chunks_along(
    film: Timeline, hands: IdleHands, chunks: ChunkQueue, spools: list[Spool]
):
    planned = plan(film)
    chunks.add(0, planned, spools[0])
    chunks.add(1, other(planned, 2), spools[1])
    chunks.drop(0)
    assert sorted(hands.orders) == [0, 1, 3]
    for index in list(hands.orders):
        assert chunks.heard(done(index, b"x")) == (1,)
    assert chunks.missing(1) == 0
    assert chunks.heard(done(2, b"late")) == ()


def test_frames_of_a_chunk_under_way_count_and_count_afresh_when_it_is_begun_again(
    film: Timeline, hands: IdleHands, chunks: ChunkQueue, spools: list[Spool]
):
    planned = plan(film)
    chunks.add(0, planned, spools[0])
    length = planned.orders[0][1].end
    chunks.heard(Shown(0, 30))
    assert chunks.frames(0) == 30
    chunks.heard(Shown(0, 5))
    assert chunks.frames(0) == 5
    chunks.heard(done(0, b"x"))
    assert chunks.frames(0) == length


def until_done(hands: Workers, count: int) -> dict[int, Done | Failed]:
    """What became of so many orders."""
    ended: dict[int, Done | Failed] = {}
    while len(ended) < count:
        event = hands.event()
        if not isinstance(event, Shown):
            ended[event.index] = event
    return ended


def test_workers_draw_what_this_process_draws(film: Timeline) -> None:
    orders = dict(plan(film).orders)
    with Workers(2) as hands:
        for index, order in orders.items():
            hands.put((index,), index, order)
        ended = until_done(hands, len(orders))
    for index, order in orders.items():
        event = ended[index]
        assert isinstance(event, Done)
        assert event.data == render_chunk(order)[0]


def test_what_has_been_finished_elsewhere_meanwhile_is_not_drawn(film: Timeline, tmp_path: Path) -> None:
    cache, numbers = Cache(tmp_path / "cache"), itertools.count()
    planned = plan(film)
    hands = Workers(1)
    with contextlib.closing(Spool(tmp_path)) as spool:
        chunks = ChunkQueue(hands, cache, lambda: next(numbers))
        chunks.add(0, planned, spool)
        for key in planned.keys:
            cache.put(key, b"from elsewhere")
        with hands:
            for event in until_done(hands, len(planned.orders)).values():
                chunks.heard(event)
            assert hands.processes == (None,)
        assert list(spool.parts()) == [b"from elsewhere"] * len(planned.orders)
        assert chunks.reused(0) == len(planned.orders)


def test_an_errand_is_run_where_chunks_are_drawn(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere.yaml"
    errand = Checking(FilmOrder("nowhere", nowhere, Entry(scene=str(nowhere))))
    with Workers(1) as hands:
        hands.put((0,), 0, errand)
        event = hands.event()
    assert isinstance(event, Done)
    assert isinstance(event.data, Refused)
    assert [str(problem) for problem in event.data.problems] == [f"{nowhere}: no such file"]


def test_a_worker_that_dies_is_replaced(film: Timeline, monkeypatch: pytest.MonkeyPatch) -> None:
    killed = _killing(monkeypatch, times=1)
    (index, order), *_ = plan(film).orders
    with Workers(1) as hands:
        hands.put((0,), index, order)
        event = until_done(hands, 1)[index]
    assert killed == [True, False]
    assert isinstance(event, Done)
    assert event.data == render_chunk(order)[0]


def test_a_worker_that_dies_twice_fails_its_order_and_no_other(film: Timeline, monkeypatch: pytest.MonkeyPatch) -> None:
    _killing(monkeypatch, times=2)
    (first, order), (second, another), *_ = plan(film).orders
    with Workers(1) as hands:
        hands.put((0,), first, order)
        hands.put((1,), second, another)
        ended = until_done(hands, 2)
    failed, fine = ended[first], ended[second]
    assert isinstance(failed, Failed)
    assert isinstance(failed.error, RenderError)
    assert "died twice (signal 9) while drawing scene 'scene-0'" in str(failed.error)
    assert isinstance(fine, Done)


def test_whoever_is_about_to_begin_when_work_ends_begins_nothing(film: Timeline) -> None:
    orders = plan(film).orders
    before = threading.active_count()
    for _ in range(4):
        with Workers(2) as hands:
            for index, order in orders:
                hands.put((index,), index, order)
        assert hands.processes == (None, None)
        assert threading.active_count() == before


def _killing(monkeypatch: pytest.MonkeyPatch, times: int) -> list[bool]:
    """Kills the first workers that are started; the list says of each whether it was."""
    killed: list[bool] = []
    original = pool.Worker.start

    def start(self: pool.Worker) -> subprocess.Popen[bytes]:
        fresh = self.process is None
        process = original(self)
        if fresh:
            killed.append(len(killed) < times)
            if killed[-1]:
                process.kill()
        return process

    monkeypatch.setattr(pool.Worker, "start", start)
    return killed
