"""What a save comes to on the studio's desk: its text at once, where the playhead goes, what stays if it fails."""

from __future__ import annotations

import queue
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from small_series import scene

from storyreel.direct.rushes import Rushes
from storyreel.errors import StoryreelError
from storyreel.publish.sheet import cells
from storyreel.render import film as rendering
from storyreel.render.cache import Cache
from storyreel.studio.desk import Desk, Told
from storyreel.studio.lines import BeatLines
from storyreel.studio.moments import moment
from storyreel.studio.take import Take, take
from storyreel.studio.wants import Playhead
from storyreel.studio.work import Work
from storyreel.timeline.model import Beat, CaptionPage, Line, Scene, Timeline, Word

Heard = queue.SimpleQueue[Told]


class Hands:
    """Takes orders and does nothing."""

    jobs = 2

    def put(self, rank: Any, index: int, order: Any, *, by: int) -> None:
        pass

    def drop(self, index: int) -> None:
        pass

    def get_ready(self, errand: Any) -> None:
        pass

    def event(self) -> Any:
        return queue.SimpleQueue[Any]().get()


@contextmanager
def at_desk(path: Path) -> Iterator[tuple[Desk, Heard]]:
    """A desk that watches a scene, and what it tells."""
    told = Heard()
    desk = Desk(path, lambda ear: Work(Hands(), Cache(path.parent / "cache"), ear))
    with desk.heard(told.put), desk.at_work():
        yield desk, told


def until(told: Heard, kind: str, **said: Any) -> list[Told]:
    """All that is told up to something, which comes last."""
    found: list[Told] = []
    while not (found and found[-1]["type"] == kind and said.items() <= found[-1].items()):
        found.append(told.get(timeout=60))
    return found


def held(desk: Desk) -> list[Told]:
    """What somebody is told who comes now."""
    late = Heard()
    with desk.heard(late.put):
        return [late.get_nowait() for _ in range(late.qsize())]


def test_the_text_of_a_save_is_told_before_it_is_directed_and_though_it_is_wrong(tmp_path: Path) -> None:
    path = scene(tmp_path, "scene")
    good = path.read_text(encoding="utf-8")
    with at_desk(path) as (desk, told):
        kinds = [one["type"] for one in until(told, "film")]
        assert [one for one in kinds if one != "chunk"] == ["messages", "text", "directing", "still", "film"]
        for bad, line in (
            (good.replace("do: hop", "do: hopp"), 1 + good.splitlines().index("      - michii: {do: hop}")),
            (good + "  x: [", len(good.splitlines()) + 1),
        ):
            path.write_text(bad, encoding="utf-8")
            (text,) = (one for one in until(told, "directing") if one["type"] == "text")
            assert (text["file"], text["text"]) == ("scene.yaml", bad)
            wrong = until(told, "messages", take=text["take"])[-1]["messages"]
            assert {(one["file"], one["line"]) for one in wrong if one["level"] == "error"} == {("scene.yaml", line)}
            late = held(desk)
            assert [one["type"] for one in late] == ["film", "text", "messages"]
            assert [one.get("text") for one in late] == [good, bad, None]


def test_what_is_said_of_an_older_text_is_not_said_of_the_newest(tmp_path: Path) -> None:
    """A piece that fails while a save is directed has all be told again."""
    path = scene(tmp_path, "scene", beat="{do: hopp}")
    with at_desk(path) as (desk, told):
        wrong = until(told, "messages", take=1)[-1]
        assert wrong["messages"]
        desk._takes += 1
        desk._piece("a chunk", "failed")
        assert until(told, "messages")[-1] == wrong


def test_a_film_that_cant_be_planned_leaves_nothing_of_it_on_the_desk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = scene(tmp_path, "scene")
    good = path.read_text(encoding="utf-8")
    planned = rendering.plan

    def plan(timeline: Timeline, **ways: Any) -> Any:
        if timeline.title == "Unplanned":
            raise StoryreelError("the paper has run out")
        return planned(timeline, **ways)

    monkeypatch.setattr("storyreel.studio.take.plan", plan)
    with at_desk(path) as (desk, told):
        (film,) = (one for one in until(told, "messages", take=1) if one["type"] == "film")
        picture, states = desk.still(0), desk.work.states()
        bad = good.replace("title: Scene", "title: Unplanned").replace("set: bedroom", "set: pastel")
        path.write_text(bad, encoding="utf-8")
        found = until(told, "messages", take=2)
        assert [one["type"] for one in found if one["type"] in ("still", "withdrawn", "film")] == ["still", "withdrawn"]
        still, withdrawn = (one for one in found if one["type"] in ("still", "withdrawn"))
        assert still["take"] == withdrawn["take"] == 2
        assert [one["text"] for one in found[-1]["messages"]] == ["the paper has run out"]
        assert desk.still(0) == picture, "what is there is the last good picture"
        assert desk.work.states() == states
        again = next(one for one in held(desk) if one["type"] == "film")
        assert (again["take"], again["still"], again["at"]) == (1, film["still"], film["at"])
        path.write_text(bad.replace("Unplanned", "Planned"), encoding="utf-8")
        assert until(told, "film")[-1]["title"] == "Planned"


def test_a_first_film_that_cant_be_planned_is_no_film(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def plan(timeline: Timeline, **ways: Any) -> Any:
        raise StoryreelError("the paper has run out")

    monkeypatch.setattr("storyreel.studio.take.plan", plan)
    with at_desk(scene(tmp_path, "scene")) as (desk, told):
        assert "withdrawn" in [one["type"] for one in until(told, "messages", take=1)]
        assert desk.still(0) is None
        assert "film" not in [one["type"] for one in held(desk)]


def written(tmp_path: Path, text: str) -> Take:
    path = tmp_path / "scene.yaml"
    path.write_text(text, encoding="utf-8")
    return take(1, path, None, None, True, Rushes())


def test_a_line_that_is_edited_is_seen_where_the_playhead_goes(tmp_path: Path) -> None:
    before = written(tmp_path, scene(tmp_path, "said", beat="{say: Hello there!}").read_text(encoding="utf-8"))
    after = written(tmp_path, before.text.replace("there", "you"))
    (page,) = after.timeline.captions
    goes = moment(before, after, Playhead(20))
    assert goes == cells(after.timeline)[1].frame
    assert page.start < goes < page.end
    assert moment(before, after, Playhead(20, playing=True)) is None
    assert moment(before, after, Playhead(page.start)) is None, "it is seen there"


def test_what_is_done_otherwise_is_seen_as_the_contact_sheet_shows_it(tmp_path: Path) -> None:
    before = written(tmp_path, scene(tmp_path, "done").read_text(encoding="utf-8"))
    after = written(tmp_path, before.text.replace("do: hop", "do: wave"))
    assert moment(before, after, Playhead(80)) == cells(after.timeline)[0].frame
    assert moment(before, after, Playhead(0)) is None, "in the beat that was edited it stays"
    assert moment(before, before, Playhead(80)) is None
    renamed = written(tmp_path, before.text.replace("title: Done", "title: Undone"))
    assert moment(before, renamed, Playhead(80)) is None, "no beat is written there"


TEXT = textwrap.dedent(
    """\
    - do: sit
    - say: {}
    """
)


def spoken(text: str, captioned: bool = True, capitals: bool = False) -> Take:
    """A beat of 50 frames, then one of 200 in which so much is said from its frame 40 on, a word in 10 frames and on a
    caption of its own."""
    words = tuple(Word(one, 90 + 10 * index, 100 + 10 * index) for index, one in enumerate(text.split()))
    written = [replace(word, text=word.text.upper()) if capitals else word for word in words]
    pages = tuple(CaptionPage(word.start - 2, word.end - 2, (word,), ((0,),), 72.0) for word in written)
    beats = (Beat(0, 50, "sit"), Beat(50, 250, text))
    film = Timeline("Film", "kawaii", 216, 384, Fraction(30), (0, 0, 216, 384), (Scene("one", 250, (), beats=beats),))
    film = replace(film, lines=(Line("one", "michii", words),), captions=pages if captioned else ())
    lines = tuple(BeatLines(one.start, one.end, "one", one.summary, row, row) for row, one in enumerate(beats, 1))
    nothing: Any = None
    return Take(1, Path("scene.yaml"), TEXT.format(text), True, nothing, nothing, nothing, film, film, lines)


@pytest.mark.parametrize("capitals", [False, True])
def test_a_word_on_another_caption_than_the_sheet_shows_is_gone_to_itself(capitals: bool) -> None:
    before, after = spoken("I saw one dog"), spoken("I saw two dogs", capitals=capitals)
    assert moment(before, after, Playhead(0)) == 115, "the middle of the first word that is new"
    assert moment(before, after, Playhead(50)) == 115, "in its beat, but before its caption"
    assert moment(before, after, Playhead(107)) == 115
    assert moment(before, after, Playhead(108)) is None, "from there it is seen"
    assert moment(before, after, Playhead(240)) is None
    assert moment(before, spoken("I saw", capitals=capitals), Playhead(0)) == 105, "the last word where others are gone"


def test_a_word_without_a_caption_is_gone_to_where_it_sounds() -> None:
    before, after = spoken("I saw one dog"), spoken("I saw two dogs", captioned=False)
    assert moment(before, after, Playhead(109)) == 115
    assert moment(before, after, Playhead(110)) is None


def test_what_is_done_in_a_beat_moves_nothing_within_it_though_something_is_said_there() -> None:
    before = spoken("I saw one dog")
    after = replace(before, text=before.text.replace("- say", "- loudly, say"))
    assert moment(before, after, Playhead(60)) is None
    assert moment(before, after, Playhead(10)) == cells(after.timeline)[1].frame
