"""An order that is dropped is dropped, whenever that comes, and no other order is."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from small_film import small_film

from storyreel.render import pipes
from storyreel.render.film import plan
from storyreel.render.pool import Done, Dropped, Event, Shown, Worker, WorkerDied
from storyreel.render.queue import Failed, Find, Workers
from storyreel.render.slices import ChunkOrder
from storyreel.render.timings import Stopwatch


@dataclass(frozen=True)
class Errand:
    """Something to be sent."""

    def run(self) -> None:
        """Does nothing."""


@pytest.fixture
def orders(tmp_path: Path) -> list[ChunkOrder]:
    return [order for _, order in plan(small_film(tmp_path, (45, 45))).orders]


@contextmanager
def answering(*answers: object) -> Iterator[tuple[Worker, io.BytesIO]]:
    """A worker whose process has answered already, and what is sent to it."""
    said, heard = io.BytesIO(), io.BytesIO()
    for answer in answers:
        pipes.send(said, answer)
    said.seek(0)
    worker = Worker()
    worker.process = cast(Any, SimpleNamespace(stdin=heard, stdout=said))
    yield worker, heard


def drops(heard: io.BytesIO) -> list[int]:
    """The numbers of the messages that are dropped, in order."""
    heard.seek(0)
    found = []
    while heard.tell() < len(heard.getvalue()):
        number = pipes.dropped(pipes.packed(heard))
        if number is not None:
            found.append(number)
    return found


def ended(hands: Workers) -> Event | Failed:
    """The next order that came to an end."""
    return next(event for event in iter(hands.event, None) if not isinstance(event, Shown))


def dropping(hands: Workers, index: int) -> Find:
    """Drops an order when its turn has come, before it is sent."""

    def find() -> None:
        hands.drop(index)

    return find


def test_an_order_that_is_dropped_between_its_turn_and_its_sending_is_not_drawn(orders: list[ChunkOrder]) -> None:
    first, second = orders
    with Workers(1) as hands:
        hands.put((0,), 0, second)
        assert isinstance(ended(hands), Done)
        hands.put((0,), 1, first, dropping(hands, 1))
        hands.put((1,), 2, second)
        left, done = ended(hands), ended(hands)
    assert isinstance(left, Failed)
    assert (left.index, type(left.error)) == (1, Dropped)
    assert isinstance(done, Done)
    assert done.index == 2


def test_the_first_order_of_a_worker_is_dropped_before_it_is_started() -> None:
    with Workers(1) as hands:
        hands.put((0,), 0, Errand(), dropping(hands, 0))
        event = ended(hands)
    assert isinstance(event, Failed)
    assert isinstance(event.error, Dropped)


def test_what_was_dropped_when_its_worker_died_is_not_begun_again(orders: list[ChunkOrder]) -> None:
    worker = Worker()
    process = worker.start()
    try:
        process.kill()
        process.wait()
        with pytest.raises(WorkerDied):
            list(worker.render(1, orders[0]))
        worker.drop(1)
        with pytest.raises(Dropped):
            list(worker.render(1, orders[0]))
        *_, last = worker.render(2, orders[1])
        assert isinstance(last, Done), "what the worker before was sent is not counted with this one's"
    finally:
        worker.stop()


def test_the_number_that_is_dropped_is_the_orders_whatever_was_sent_since() -> None:
    with answering(("shown", 5), ("dropped",)) as (worker, heard):
        worker.get_ready(Errand())
        events = worker.render(7, Errand())
        assert next(events) == Shown(7, 5)
        worker.get_ready(Errand())
        worker.drop(7)
        with pytest.raises(Dropped):
            next(events)
    assert drops(heard) == [2]


def test_a_drop_that_comes_when_its_order_is_done_leaves_the_next_one_alone() -> None:
    with answering(("done", b"one", Stopwatch()), ("done", b"two", Stopwatch())) as (worker, heard):
        for index, data in ((7, b"one"), (8, b"two")):
            (done,) = worker.render(index, Errand())
            assert isinstance(done, Done)
            assert done.data == data
            worker.drop(7)
    assert drops(heard) == [1], "what is done has a number that nobody has any more"


def test_an_order_that_a_worker_is_not_at_is_not_dropped_by_it() -> None:
    with answering(("shown", 5), ("done", b"one", Stopwatch())) as (worker, heard):
        events = worker.render(7, Errand())
        next(events)
        worker.drop(6)
        assert isinstance(next(events), Done)
    assert drops(heard) == []
