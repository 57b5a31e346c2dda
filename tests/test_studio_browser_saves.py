"""The studio in a real Chromium while the film of a save is not there yet, or never will be."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from studio_page import SAID, Studio, apart, opened

pytestmark = pytest.mark.slow

SLOW = textwrap.dedent(
    """\
    import time
    from pathlib import Path
    import storyreel.studio.desk as desk, storyreel.studio.take as taking
    from storyreel.errors import StoryreelError

    take, plan = desk.take, taking.plan

    def slow(number, path, *ways):
        while path.with_name("hold").exists():
            time.sleep(0.01)
        return take(number, path, *ways)

    def short(timeline, **ways):
        if timeline.title == "Unplanned":
            while Path(PLACE, "hold-plan").exists():
                time.sleep(0.01)
            raise StoryreelError("the paper has run out")
        return plan(timeline, **ways)

    desk.take, taking.plan = slow, short
    """
)
"""Directs nothing while there is a file `hold`, and can't plan a film of that title, once there is no `hold-plan`."""

ROWS = "[...document.querySelectorAll('#code .row')]"
BAD = f"return {ROWS}.filter(row => row.classList.contains('bad')).map(row => row.textContent)"
LIT = f"return {ROWS}.filter(row => row.classList.contains('in')).map(row => row.textContent)"
CLICK = f"{ROWS}.find(row => row.textContent.includes(arguments[0])).click()"
PANE = f"return {ROWS}.map(row => row.textContent).join('\\n') + '\\n'"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    folder = tmp_path_factory.mktemp("film")
    with opened(folder, f"PLACE = {str(folder / 'film')!r}\n{SLOW}") as found:
        yield found


@pytest.fixture
def held(studio: Studio) -> Iterator[Path]:
    """As long as this is there, nothing is directed; afterwards the scene is as it was."""
    text = studio.path.read_text(encoding="utf-8")
    hold = studio.path.with_name("hold")
    hold.touch()
    yield hold
    hold.unlink(missing_ok=True)
    again(studio, text)


def again(studio: Studio, text: str) -> None:
    """Has the film be what it was, by a text that no film had: of that which is there, nothing would be waited for."""
    studio.save(f"{text}#\n")
    studio.fine()


def shows(studio: Studio, text: str) -> None:
    studio.wait(f"{PANE} === arguments[0]", text)


def test_what_is_saved_is_read_at_once_and_its_lines_lead_to_the_film_that_is_there(studio: Studio, held: Path) -> None:
    studio.seek(SAID)
    text = studio.path.read_text(encoding="utf-8")
    said = studio.ask(LIT)
    assert any("Hello" in row for row in said)
    newer = text.replace("title: Scene", "title: Scene\n# One.\n# Two.").replace(
        "    set: pastel", "    set: pastel\n#"
    )
    newer = newer.replace("Hello there!", "Hello you!")
    studio.save(newer)
    shows(studio, newer)
    assert studio.ask("return studio.film.text") == text
    assert studio.ask(LIT) == [row for row in said if "Hello" not in row], "what is new there is no beat's yet"
    studio.ask(CLICK, "do: hop")
    assert studio.frame() == SAID, "it may be another beat's now"
    held.unlink()
    studio.fine()
    assert studio.ask(LIT) == [row.replace("there", "you") for row in said]
    studio.ask(CLICK, "do: hop")
    assert studio.frame() == 0


def test_lines_before_and_after_what_is_new_are_still_their_beats(studio: Studio, held: Path) -> None:
    studio.seek(SAID)
    text = studio.path.read_text(encoding="utf-8")
    said = studio.ask(LIT)
    newer = text.replace("title: Scene", "title: Scene\n# One.\n# Two.")
    studio.save(newer)
    shows(studio, newer)
    assert studio.ask(LIT) == said
    line = next(number for number, row in enumerate(newer.splitlines(), 1) if "Hello" in row)
    assert studio.ask("return document.getElementById('where').textContent") == f"scene.yaml:{line}"
    studio.ask(CLICK, "do: hop")
    assert studio.frame() == 0
    assert any("do: hop" in row for row in studio.ask(LIT))
    studio.ask(CLICK, "# One.")
    assert studio.frame() == 0
    studio.ask(CLICK, "Hello")
    assert studio.frame() == 60


def test_the_lines_that_are_wrong_are_red_in_the_text_as_it_was_saved(studio: Studio) -> None:
    text = studio.path.read_text(encoding="utf-8")
    wrong = text.replace("title: Scene", "title: Scene\n# One.").replace("do: hop", "do: hopp")
    wrong = wrong.replace("set: pastel", "set: pastell")
    studio.save(wrong)
    studio.wait(f"{BAD}.length === 2")
    shows(studio, wrong)
    assert [row.strip() for row in studio.ask(BAD)] == ["- michii: {do: hopp}", "set: pastell"]
    assert "did you mean 'hop'?" in studio.ask("return document.querySelector('#code .bad').title")
    red = studio.ask("return getComputedStyle(document.querySelector('#code .bad')).backgroundColor")
    assert red == "rgba(255, 123, 114, 0.15)"
    studio.page.refresh()
    studio.wait(f"return Boolean(window.studio && studio.film) && ({BAD.removeprefix('return ')}).length === 2")
    shows(studio, wrong)
    studio.save(wrong.replace("hopp", "hop"))
    studio.wait(f"{BAD}.length === 1")
    again(studio, text)
    assert studio.ask(BAD) == []


def test_a_line_that_is_edited_is_on_screen_where_the_playhead_goes(studio: Studio) -> None:
    studio.seek(20)
    text = studio.path.read_text(encoding="utf-8")
    studio.save(text.replace("Hello there!", "Hello you all!"))
    studio.wait("return studio.film.text !== arguments[0]", text)
    studio.fine()
    frame = studio.frame()
    pages = studio.ask(
        "return studio.film.captions.filter(one => one.start <= arguments[0] && arguments[0] < one.end)", frame
    )
    assert len(pages) == 1
    assert frame > 60
    assert any("you all" in row for row in studio.ask(LIT))
    again(studio, text)


@pytest.mark.parametrize("there", [True, False])
def test_the_picture_of_a_film_that_cant_be_planned_is_taken_back(studio: Studio, there: bool) -> None:
    """Be the chunk of the last good film at hand or not."""
    studio.seek(SAID)
    before = studio.shown()
    if not there:
        studio.ask("window.kept = studio.player.buffer.at; studio.player.buffer.at = () => undefined")
    studio.ask("""
        const {player} = studio, {glimpse} = player;
        window.glimpsed = false;
        player.glimpse = async news => { await glimpse.call(player, news); window.glimpsed = true; };
    """)
    hold = studio.path.with_name("hold-plan")
    hold.touch()
    text = studio.path.read_text(encoding="utf-8")
    try:
        studio.save(text.replace("title: Scene", "title: Unplanned").replace("set: pastel", "set: bedroom"))
        studio.wait("return window.glimpsed")
        assert apart(studio.shown(), before) > 10, "the picture of the next film"
    finally:
        hold.unlink()
    studio.wait("return document.getElementById('status').innerText === 'The last good picture'")
    if there:
        studio.wait("return document.getElementById('curtain').hidden")
    else:
        studio.wait("return Boolean(document.getElementById('curtain').dataset.shown)")
        studio.ask("studio.player.buffer.at = window.kept")
    assert apart(studio.shown(), before) < 8
    assert studio.frame() == SAID
    again(studio, text)


def test_nothing_complains(studio: Studio) -> None:
    assert [said for said in studio.page.get_log("browser") if said["level"] == "SEVERE"] == []
