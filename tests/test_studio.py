"""The studio without a browser: who may talk to it, what is drawn first, what is dropped, which line is which beat."""

from __future__ import annotations

import asyncio
import json
import os
import queue
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from small_series import scene

from storyreel.errors import StoryreelError
from storyreel.film.episode import load
from storyreel.film.reading import read
from storyreel.publish.sheet import cells
from storyreel.render.cache import Cache
from storyreel.render.film import plan
from storyreel.render.pool import Done, Dropped, Shown
from storyreel.render.queue import Failed, Workers
from storyreel.render.timings import Stopwatch
from storyreel.studio.app import Guarded
from storyreel.studio.desk import Desk
from storyreel.studio.editor import command, inside
from storyreel.studio.guard import new_token, refusal
from storyreel.studio.lines import beat_at_line, beat_lines, first_changed
from storyreel.studio.overlays import captions, holdings, zones
from storyreel.studio.wants import Playhead, Size, Want, chunk_wants, given_up
from storyreel.studio.watch import Watch
from storyreel.studio.work import Work

TOKEN = new_token()
OWN = {"host": "127.0.0.1:8000", "origin": "http://127.0.0.1:8000"}


def refused(path: str = f"/{TOKEN}/", method: str = "GET", **headers: str) -> str | None:
    asked = {**OWN, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return refusal(method, path, {name: value for name, value in asked.items() if value}, TOKEN, 8000)


def test_the_studios_own_page_is_answered() -> None:
    assert refused() is None
    assert refused(host="localhost:8000", origin="http://localhost:8000") is None
    assert refused(origin="") is None
    assert refused(method="POST") is None


@pytest.mark.parametrize("path", ["/", "//", "/{short}/", "/{token}x/", "/x/{token}/", "/ö/"])
def test_an_address_without_its_token_is_refused(path: str) -> None:
    assert refused(path.format(token=TOKEN, short=TOKEN[:-1])) is not None


@pytest.mark.parametrize(
    "host", ["", "127.0.0.1", "127.0.0.1:8001", "evil.example:8000", "127.0.0.1.evil.example:8000"]
)
def test_a_name_that_somebody_else_leads_here_is_refused(host: str) -> None:
    assert refused(host=host) is not None


def test_what_another_page_sends_is_refused() -> None:
    assert refused(origin="http://evil.example") is not None
    assert refused(origin="http://127.0.0.1:8001") is not None
    assert refused(origin="null") is not None
    assert refused(sec_fetch_site="cross-site") is not None
    assert refused(method="POST", origin="") is not None


def test_no_two_studios_have_the_same_token() -> None:
    assert len({new_token() for _ in range(100)}) == 100


def answered(path: str, headers: Mapping[str, str]) -> tuple[int, dict[str, str]]:
    """The status and the headers of what a guarded application answers."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"here"})

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "headers": raw, "query_string": b"", "scheme": "http"}
    asyncio.run(Guarded(app, TOKEN, lambda: 8000)(scope, None, send))  # type: ignore[arg-type]
    return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def test_every_answer_forbids_what_comes_from_elsewhere() -> None:
    status, headers = answered(f"/{TOKEN}/", OWN)
    assert status == 200
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert answered(f"/{TOKEN}/", {**OWN, "origin": "http://evil.example"})[0] == 403
    assert answered("/", OWN)[0] == 403


@dataclass
class FakeHands:
    """Takes orders and does nothing: `given` are the tickets by what was ordered."""

    jobs: int = 2
    given: dict[str, int] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    loaded: int = 0

    def put(self, rank: Any, index: int, order: Any, *, by: int) -> None:
        self.given[order if isinstance(order, str) else f"order {index}"] = index

    def drop(self, index: int) -> None:
        self.dropped.append(next(order for order, ticket in self.given.items() if ticket == index))

    def get_ready(self, errand: Any) -> None:
        self.loaded += 1

    def event(self) -> Any:
        return queue.SimpleQueue[Any]().get()


def film(name: str = "", count: int = 4, length: int = 60) -> list[Want]:
    """So many chunks, each as draft and in full, and a sound; orders are called like keys."""

    def want(size: Size, number: int) -> Want:
        key = f"{size} {number}{name}"
        return Want(key, key, number * length, (number + 1) * length, size)  # type: ignore[arg-type]

    chunks = [want(size, number) for size in ("draft", "full") for number in range(count)]
    return [*chunks, Want(f"sound{name}", f"sound{name}", 0, count * length, "sound")]  # type: ignore[arg-type]


class Studio:
    """Work on a film with hands that only take orders."""

    def __init__(self, folder: Path, jobs: int = 1) -> None:
        self.hands = FakeHands(jobs)
        self.told: list[tuple[str, str]] = []
        self.ended: set[str] = set()
        self.work = Work(self.hands, Cache(folder), lambda key, state: self.told.append((key, state)))

    def done(self, key: str) -> None:
        self.ended.add(key)
        self.work.heard(Done(self.hands.given[key], key.encode(), Stopwatch()))

    def fails(self, key: str, error: Exception) -> None:
        self.work.heard(Failed(self.hands.given.pop(key), error))

    def all_done(self) -> list[str]:
        """Does everything; gives it in the order in which it was asked for."""
        did = []
        while left := [key for key in self.hands.given if key not in self.ended]:
            did.append(left[0])
            self.done(left[0])
        return did


def test_what_is_looked_at_is_drawn_first_then_what_comes_and_in_full_only_after_that(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    studio.work.take(film(), Playhead(70))
    assert studio.all_done() == [
        *("draft 1", "full 1", "sound", "draft 2", "draft 3", "draft 0"),
        *("full 2", "full 3", "full 0"),
    ]


def test_while_the_film_plays_drafts_ahead_come_before_any_chunk_in_full(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    studio.work.take(film(), Playhead(70, playing=True))
    assert studio.all_done()[:5] == ["draft 1", "sound", "draft 2", "draft 3", "draft 0"]


def test_a_playhead_that_moves_changes_what_comes_next(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    studio.work.take(film(), Playhead(0))
    studio.work.look(Playhead(200))
    studio.done("draft 0")
    assert list(studio.hands.given) == ["draft 0", "draft 3"]


def test_what_a_newer_save_does_not_want_is_given_up_and_the_rest_stays(tmp_path: Path) -> None:
    studio = Studio(tmp_path, jobs=3)
    old = film(count=3)
    studio.work.take(old, Playhead(0))
    assert list(studio.hands.given) == ["draft 0", "full 0", "sound"]
    newer = [want for want in old if want.start or want.size == "sound"] + film(" again", 1)[:1]
    studio.work.take(newer, Playhead(0))
    assert studio.hands.dropped == ["draft 0", "full 0"]
    studio.fails("draft 0", Dropped())
    studio.done("full 0")
    assert studio.work.states()["draft 0 again"] == "drawing"
    assert "full 0" not in studio.work.states()
    assert studio.work.piece("full 0") is None, "what no page can want is not handed out"
    assert ("full 0", "ready") not in studio.told


def test_ten_saves_in_a_burst_draw_the_last_alone(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    for number in range(10):
        studio.work.take(film(f" of save {number}", 1), Playhead(0))
    assert list(studio.hands.given) == ["draft 0 of save 0"]
    studio.fails("draft 0 of save 0", Dropped())
    assert studio.all_done() == ["draft 0 of save 9", "full 0 of save 9", "sound of save 9"]


def test_a_chunk_in_full_makes_room_for_a_draft_and_is_drawn_later(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    old = film(count=2)
    studio.work.take(old, Playhead(0))
    for key in ("draft 0", "full 0", "sound", "draft 1"):
        studio.done(key)
    assert list(studio.hands.given)[-1] == "full 1"
    unchanged = [want for want in old if want.start or want.size == "sound"]
    studio.work.take([*unchanged, *film(" anew", 1)[:1]], Playhead(0))
    assert studio.hands.dropped == ["full 1"]
    studio.fails("full 1", Dropped())
    assert list(studio.hands.given)[-1] == "draft 0 anew"
    studio.done("draft 0 anew")
    assert studio.work.states()["full 1"] == "drawing"


def test_a_draft_that_waits_takes_no_room_from_what_is_as_urgent() -> None:
    drafts, fulls = film()[:4], film()[4:8]
    assert given_up(drafts[:1], drafts[1], Playhead(0)) is None
    assert given_up(fulls[:1], drafts[1], Playhead(0)) is None, "the picture stands there"
    assert given_up(fulls, drafts[1], Playhead(0)) is fulls[3]
    assert given_up(fulls, fulls[1], Playhead(0)) is None


def test_a_piece_that_fails_is_told_and_not_tried_again_before_the_next_save(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    wants = film(count=1)
    studio.work.take(wants, Playhead(0))
    studio.done("draft 0")
    studio.fails("full 0", StoryreelError("the ink has run out"))
    assert studio.work.faults() == ("the ink has run out",)
    assert studio.work.states()["full 0"] == "failed"
    assert studio.all_done() == ["sound"]
    studio.work.take(wants, Playhead(0))
    assert list(studio.hands.given)[-1] == "full 0"


def test_a_finished_piece_is_known_the_next_time(tmp_path: Path) -> None:
    first = Studio(tmp_path)
    first.work.take(film(count=1), Playhead(0))
    first.all_done()
    second = Studio(tmp_path)
    second.work.take(film(count=1), Playhead(0))
    assert set(second.work.states().values()) == {"ready"}
    assert second.work.piece("full 0") == b"full 0"
    assert second.work.piece("../seal") is None


@pytest.fixture
def hands() -> Iterator[Workers]:
    with Workers(1) as workers:
        yield workers


def test_a_worker_gives_up_a_chunk_in_the_middle_and_draws_the_next(tmp_path: Path, hands: Workers) -> None:
    timeline = load(scene(tmp_path, "one")).timeline
    first, second, *_ = (want.order for want in chunk_wants(plan(timeline), "full"))
    hands.put((0,), 1, first)
    assert isinstance(hands.event(), Shown)
    hands.put((0,), 3, second)
    hands.drop(3)
    hands.drop(1)
    hands.put((0,), 2, second)
    ended = (event for event in iter(hands.event, None) if not isinstance(event, Shown))
    never, left, done = next(ended), next(ended), next(ended)
    for one in (never, left):
        assert isinstance(one, Failed)
        assert isinstance(one.error, Dropped)
    assert (never.index, left.index, done.index) == (3, 1, 2)
    assert isinstance(done, Done)


def test_a_save_is_taken_once_it_is_whole_whatever_way_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "scene.yaml"
    path.write_text("one")
    watch = Watch([path])
    watch.take()
    assert not watch.settled()
    path.write_text("")
    assert not watch.settled()
    path.write_text("two, whole")
    assert not watch.settled()
    assert watch.settled()
    watch.take()
    assert not watch.settled()
    other = tmp_path / "scene.yaml~"
    other.write_text("two, renamed")
    other.rename(path)
    assert not watch.settled()
    assert watch.settled()


def test_a_file_that_is_put_there_later_is_seen(tmp_path: Path) -> None:
    watch = Watch([tmp_path / "scene.yaml"])
    watch.take()
    watch.follow([tmp_path / "scene.yaml", tmp_path / "portrait.png"])
    assert not watch.changed()
    (tmp_path / "portrait.png").write_bytes(b"here")
    assert watch.changed()


def test_a_page_is_told_of_the_film_of_what_a_save_changes_and_of_what_is_wrong(tmp_path: Path) -> None:
    path = scene(tmp_path / "film", "scene")
    text = path.read_text(encoding="utf-8")
    hands, told = FakeHands(), queue.SimpleQueue[Any]()
    desk = Desk(path, lambda ear: Work(hands, Cache(tmp_path / "cache"), ear))

    def next_of(kind: str, ear: queue.SimpleQueue[Any] = told) -> Any:
        found = next(one for one in iter(lambda: ear.get(timeout=60), None) if one["type"] == kind)
        return json.loads(json.dumps(found, allow_nan=False))

    with desk.at_work(), desk.heard(told.put):
        first = next_of("film")
        assert first["beats"][0]["summary"] == "michii: hop"
        assert first["still"].startswith("data:image/jpeg;base64,")
        desk.look_at(80, False)
        path.write_text(text.replace("do: hop", "do: hopp"), encoding="utf-8")
        while not (wrong := next_of("messages")["messages"]):
            pass
        line = next(number for number, row in enumerate(text.splitlines(), 1) if "do: hop" in row)
        assert [(one["file"], one["line"], one["level"]) for one in wrong] == [("scene.yaml", line, "error")]
        assert desk.take is not None, "the last good film stays"
        path.write_text(text.replace("do: hop", "do: wave"), encoding="utf-8")
        second = next_of("film")
        shown = cells(load(path).timeline)[0].frame
        assert (second["goes"], second["at"]) == (shown, shown), "the playhead goes to the beat that was written"
        changed = [old["key"] != new["key"] for old, new in zip(first["full"], second["full"], strict=True)]
        assert changed == [True, False], "what stands in another scene is not drawn again"
        late = queue.SimpleQueue[Any]()
        for ticket in list(hands.given.values()):
            desk.work.heard(Failed(ticket, Dropped()))
        desk.work.heard(Failed(max(hands.given.values()), StoryreelError("the ink has run out")))
        while not (failed := next_of("messages")["messages"]):
            pass
        assert failed[0]["text"] == "the ink has run out"
        with desk.heard(late.put):
            again = next_of("film", late)
        assert {name: again[name] for name in ("take", "text", "full", "at")} == {
            name: second[name] for name in ("take", "text", "full", "at")
        }


SHOTS = """\
    storyreel: 2
    title: Two shots
    format: square
    cast:
      michii: {puppet: michii}
    scenes:
      - id: one
        set: bedroom
        cast: {michii: {at: centre}}
        beats:
          - shot: {on: michii}
            michii: {do: hop}
            for: 1s
          # Nothing is said here.
          - wait: 0.5s
          - shot: {on: stage}

            michii: {do: wave}
    """


def test_every_beat_knows_its_lines_and_every_line_its_beat(tmp_path: Path) -> None:
    path = tmp_path / "scene.yaml"
    path.write_text(textwrap.dedent(SHOTS))
    script, places = read(path)
    timeline = load(path).timeline
    beats = beat_lines(timeline, script, places, path.read_text())
    assert [(beat.scene, beat.first, beat.last) for beat in beats] == [
        ("one.1", 11, 13),
        ("one.1", 15, 15),
        ("one.2", 16, 18),
    ]
    assert beats[0].start == 0
    assert beats[-1].end == timeline.length
    assert [beat_at_line(beats, line) for line in (3, 12, 14, 18)] == [None, beats[0], None, beats[2]]


def test_the_reveal_leads_to_who_made_the_film(tmp_path: Path) -> None:
    Image.new("RGB", (64, 64), "teal").save(tmp_path / "me.png")
    text = (
        textwrap.dedent(SHOTS) + "creator:\n  name: Me\n  handle: '@me'\n  portrait: me.png\n  message: Hi.\nseed: 3\n"
    )
    path = tmp_path / "scene.yaml"
    path.write_text(text)
    script, places = read(path)
    beats = beat_lines(load(path).timeline, script, places, text)
    assert {(beat.first, beat.last) for beat in beats if beat.scene == "reveal"} == {(19, 23)}


def test_the_first_line_that_is_new_is_found() -> None:
    assert first_changed("a\nb\nc", "a\nB\nc") == 2
    assert first_changed("a\nb", "a\nb\nc") == 3
    assert first_changed("a\nb\nc", "a\nc") == 2
    assert first_changed("a", "a") == 0


def test_overlays_say_where_captions_stand_and_what_platforms_leave_free(tmp_path: Path) -> None:
    path = scene(tmp_path, "said", beat="{say: Hello there!}")
    script, _ = read(path)
    timeline = load(path).timeline
    (page,) = captions(timeline)
    left, top, right, bottom = page["box"]
    assert 0 <= left < right <= 1
    assert 0.5 < top < bottom <= 1
    assert holdings(timeline) == []
    found = zones(script)
    assert next(iter(found)) == "216x384", "the film's own comes first"
    assert {"tiktok", "reels", "shorts"} < set(found)
    assert "square" not in found


def test_the_editor_is_told_the_place_in_its_own_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("code", "subl", "vim"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    path = Path("/films/one.yaml")
    assert command(path, 12, 9, {"EDITOR": "code --wait"}) == ["code", "--goto", f"{path}:12:9"]
    assert command(path, 0, 0, {"VISUAL": "subl", "EDITOR": "code"}) == ["subl", f"{path}:1:1"]
    assert command(path, 12, 9, {"VISUAL": "vim"}) is None, "there is no terminal for it"
    assert command(path, 12, 9, {}) is None


def test_only_files_of_the_project_are_opened(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "scene.yaml").write_text("")
    (tmp_path / "secret").write_text("")
    (project / "link").symlink_to(tmp_path / "secret")
    assert inside(project, "scene.yaml") == project / "scene.yaml"
    for name in ("../secret", str(tmp_path / "secret"), "link", "nowhere", "a\0b", "."):
        with pytest.raises(StoryreelError):
            inside(project, name)
