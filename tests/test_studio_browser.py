"""The studio in a real Chromium: a save changes the picture, nothing is ever black, and what is seen is the film."""

from __future__ import annotations

import base64
import io
import time
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image
from studio_page import SAID, Studio, apart, opened, pixels

from storyreel.film.episode import load
from storyreel.publish.sheet import cells

pytestmark = pytest.mark.slow

HELD = """
const {player} = studio, {glimpse, take} = player;
Object.assign(window, {glimpsed: false, held: null});
player.glimpse = async news => { await glimpse.call(player, news); window.glimpsed = true; };
player.take = news => { window.held = news; };
window.release = () => { Object.assign(player, {glimpse, take}); player.take(window.held); };
"""
"""Keeps what a film is made of from the player until it is released."""

COMPOSED = "let left = 4; const next = () => left-- ? requestAnimationFrame(next) : arguments[0](); next();"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with opened(tmp_path_factory.mktemp("film")) as found:
        yield found


def test_the_gallery_shows_what_there_is_and_a_click_copies_what_to_write(studio: Studio) -> None:
    studio.ask("document.getElementById('shelves').click()")
    studio.wait("const found = document.querySelector('#gallery img'); return Boolean(found && found.naturalWidth)")
    studio.ask("document.querySelector('#gallery .yaml').click()")
    studio.wait("return Boolean(document.getElementById('gallery').dataset.copied)")
    written = studio.ask("return document.getElementById('gallery').dataset.copied")
    assert written == "cast: {grump: {puppet: grump}}"
    studio.ask("document.getElementById('gallery').close()")


def test_the_gallery_shows_the_kind_that_was_asked_for_last(studio: Studio) -> None:
    """However late the answer about an earlier one is."""
    studio.ask("document.getElementById('shelves').click()")
    studio.wait("return document.querySelectorAll('#gallery nav button').length > 1")
    studio.ask("""
        const answered = fetch, late = new Promise(done => { window.answer = done; });
        window.fetch = async (...asked) => {
            const found = await answered(...asked);
            if (asked[0] === 'gallery/poses') { await late; window.late = true; }
            return found;
        };
        for (const kind of ['poses', 'voices'])
            [...document.querySelectorAll('#gallery nav button')].find(tab => tab.innerText === kind).click();
    """)
    shown = "[...document.querySelectorAll('#gallery figure :is(img, audio)')].map(one => one.src.split('/').at(-2))"
    studio.wait(f"return {shown}[0] === 'voices'")
    studio.ask("window.answer()")
    studio.wait("return Boolean(window.late)")
    studio.page.execute_async_script("requestAnimationFrame(() => setTimeout(arguments[0]))")
    assert set(studio.ask(f"return {shown}")) == {"voices"}
    studio.ask("document.getElementById('gallery').close()")


def test_what_is_shown_at_a_time_is_the_frame_that_the_command_draws_there(studio: Studio) -> None:
    film = load(studio.path)
    for frame in (20, SAID):
        studio.seek(frame)
        found = studio.shown()
        here, before, after = (apart(found, pixels(film.picture(one))) for one in (frame, frame - 3, frame + 3))
        assert here < min(before, after, 5)
    exact = studio.page.execute_async_script(
        "const done = arguments[0]; fetch(`picture/20.png`).then(answer => answer.blob()).then(blob => {"
        "const reader = new FileReader(); reader.onload = () => done(reader.result.split(',')[1]);"
        "reader.readAsDataURL(blob); })"
    )
    assert apart(pixels(Image.open(io.BytesIO(base64.b64decode(exact)))), pixels(film.picture(20))) == 0


def test_a_caption_that_is_edited_changes_the_picture_which_is_never_black(studio: Studio) -> None:
    studio.seek(SAID)
    before = studio.shown()
    text = studio.path.read_text(encoding="utf-8")
    studio.save(text.replace("Hello there!", "Hello you all!"))
    assert studio.watched() > 100
    assert studio.frame() == SAID
    after = studio.shown()
    drawn = pixels(load(studio.path).picture(SAID))
    assert apart(after, drawn) < 5
    assert apart(before, drawn) > apart(after, drawn) + 0.5
    assert (np.abs(after - before).max(axis=2) > 60).sum() > 200, "another caption stands there"


def test_ten_saves_in_a_burst_end_in_the_last_one(studio: Studio) -> None:
    studio.seek(SAID)
    text = studio.path.read_text(encoding="utf-8")
    for number in range(10):
        studio.save(text.replace("at: left", f"at: [0.{2 + number // 2}{number}, 1]"))
        time.sleep(0.04)
    assert studio.watched() > 100
    assert "0.69" in studio.ask("return studio.film.text")
    assert apart(studio.shown(), pixels(load(studio.path).picture(SAID))) < 5


def test_what_is_wrong_stands_over_the_last_good_picture_with_its_line(studio: Studio) -> None:
    studio.seek(20)
    text = studio.path.read_text(encoding="utf-8")
    before = studio.shown()
    studio.save(text.replace("do: hop", "do: hopp"))
    studio.wait("return document.querySelectorAll('#messages .error').length === 1")
    said = studio.ask("return document.getElementById('messages').innerText")
    line = next(number for number, row in enumerate(text.splitlines(), 1) if "do: hop" in row)
    assert f"scene.yaml:{line}:" in said
    assert "did you mean 'hop'?" in said
    assert apart(studio.shown(), before) < 1
    studio.save(text)
    studio.wait("return document.querySelectorAll('#messages .error').length === 0")
    studio.fine()


def test_the_line_that_is_saved_moves_the_playhead_and_the_playhead_lights_its_line(studio: Studio) -> None:
    studio.seek(SAID)
    lit = "return [...document.querySelectorAll('#code .in')].map(row => row.innerText).join('\\n')"
    assert "Hello" in studio.ask(lit)
    text = studio.path.read_text(encoding="utf-8")
    studio.save(text.replace("do: hop}", "do: hop, face: happy}"))
    shown = cells(load(studio.path).timeline)[0].frame
    studio.wait("return studio.player.frame === arguments[0]", shown)
    studio.fine()
    assert "face: happy" in studio.ask(lit)
    studio.ask("[...document.querySelectorAll('#code .row')].find(row => row.innerText.includes('Hello')).click()")
    assert studio.frame() == 60
    assert "Hello" in studio.ask(lit)


def test_keys_move_the_playhead_as_editors_of_films_do(studio: Studio) -> None:
    from selenium.webdriver.common.keys import Keys

    studio.seek(40)
    body = studio.page.find_element("tag name", "body")

    def press(*keys: str) -> int:
        body.send_keys(*keys)
        return studio.frame()

    assert press(Keys.ARROW_RIGHT) == 41
    assert press(Keys.ARROW_LEFT) == 40
    assert press(Keys.SHIFT, Keys.ARROW_RIGHT) == 70
    assert press(Keys.SHIFT, Keys.ARROW_LEFT) == 40
    assert press(Keys.END) == studio.ask("return studio.film.length") - 1
    assert press(Keys.HOME) == 0
    press(" ")
    studio.wait("return studio.player.frame > 5")
    press("k")
    stopped = studio.frame()
    assert not studio.ask("return studio.player.playing")
    press("j")
    studio.wait("return studio.player.frame < arguments[0]", stopped)
    press("l")
    press("l")
    assert studio.ask("return document.getElementById('video').playbackRate") == 2
    press("k")
    studio.ask("document.getElementById('speed').value = '1'; studio.player.video.playbackRate = 1")


def test_the_film_plays_to_its_last_frame_and_begins_again_where_that_is_asked_for(studio: Studio) -> None:
    last = studio.ask("return studio.film.length") - 1
    studio.seek(last - 10)
    studio.ask("studio.player.play()")
    studio.wait("return !studio.player.playing")
    assert studio.frame() == last
    studio.ask("studio.player.loop = true; studio.player.seek(arguments[0]); studio.player.play()", last - 10)
    studio.wait("return studio.player.playing && studio.player.frame < 60")
    studio.ask("studio.player.loop = false; studio.player.pause()")


def test_overlays_are_laid_over_the_picture(studio: Studio) -> None:
    studio.seek(SAID)
    for button in ("captions", "hands", "bones"):
        studio.page.find_element("id", button).click()
    studio.wait("return document.querySelectorAll('#over line').length > 5")
    assert studio.ask("return document.querySelector('#over text').textContent") == "nobody holds anything"
    for button in ("captions", "hands", "bones"):
        studio.page.find_element("id", button).click()
    assert studio.ask("return document.getElementById('over').children.length") == 0


def test_the_picture_of_a_save_is_there_before_its_chunks_are_known(studio: Studio) -> None:
    """And nothing of the version before it is seen again."""
    studio.seek(SAID)
    studio.ask(HELD)
    studio.save(studio.path.read_text(encoding="utf-8").replace("set: pastel", "set: bedroom"))
    studio.wait("return Boolean(window.glimpsed && window.held)")
    studio.ask("studio.player.video.dispatchEvent(new Event('seeked'))")
    studio.page.execute_async_script(COMPOSED)
    drawn = pixels(load(studio.path).picture(SAID))
    assert not studio.ask("return document.getElementById('curtain').hidden")
    assert apart(studio.shown(), drawn) < 8
    studio.ask("window.release()")
    assert studio.watched() > 60
    assert apart(studio.shown(), drawn) < 5


def test_the_curtain_goes_where_a_save_leaves_the_chunk_as_it_was(studio: Studio) -> None:
    studio.seek(SAID)
    key = studio.ask("return studio.player.buffer.at(studio.player.frame).key")
    studio.ask(HELD)
    studio.save(studio.path.read_text(encoding="utf-8").replace("title: Scene", "title: Another"))
    studio.wait("return Boolean(window.glimpsed && window.held)")
    assert not studio.ask("return document.getElementById('curtain').hidden")
    studio.ask("window.release()")
    studio.fine()
    assert studio.ask("return studio.player.buffer.at(studio.player.frame).key") == key


def test_nothing_complains_and_nothing_comes_from_elsewhere(studio: Studio) -> None:
    assert [said for said in studio.page.get_log("browser") if said["level"] == "SEVERE"] == []
    address = studio.ask("return location.origin")
    entries = studio.ask("return performance.getEntriesByType('resource').map(entry => entry.name)")
    assert all(name.startswith((address, "data:", "blob:")) for name in entries)
