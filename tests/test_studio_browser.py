"""The studio in a real Chromium: a save changes the picture, nothing is ever black, and what is seen is the film."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from chromium import chromium
from PIL import Image
from small_series import scene

from storyreel.film.episode import load

pytestmark = pytest.mark.slow

LONG = 60.0
"""Seconds after which something will not come any more, on a machine that has much else to do."""
SAID = 75
"""A frame at which the line of the second scene is spoken."""

SHOWN = """
const [video, curtain] = ['video', 'curtain'].map(id => document.getElementById(id));
const copy = document.createElement('canvas');
Object.assign(copy, {width: studio.film.width, height: studio.film.height});
for (const one of curtain.hidden ? [video] : [video, curtain])
    copy.getContext('2d').drawImage(one, 0, 0, copy.width, copy.height);
return copy.toDataURL('image/png').split(',')[1];
"""

FINE = """
const {player, film, states} = studio;
const there = film && player.buffer.at(player.frame);
return Boolean(there && film.text === arguments[0] && document.getElementById('curtain').hidden
    && film.full.some(({key}) => key === there.key) && states.get(film.sound) === 'ready');
"""

HELD = """
const {player} = studio, {glimpse, take} = player;
Object.assign(window, {glimpsed: false, held: null});
player.glimpse = async news => { await glimpse.call(player, news); window.glimpsed = true; };
player.take = news => { window.held = news; };
window.release = () => { Object.assign(player, {glimpse, take}); player.take(window.held); };
"""
"""Keeps what a film is made of from the player until it is released."""

COMPOSED = "let left = 4; const next = () => left-- ? requestAnimationFrame(next) : arguments[0](); next();"

INKED = """
const inked = canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean);
"""

LANES = """
const canvas = document.querySelector('#lanes canvas'), pen = canvas.getContext('2d');
let y = 30;
return [22, 26, 22, 18, 22, 20, 20].map(tall => {
    const {data} = pen.getImageData(90 * devicePixelRatio, (y + tall / 2) * devicePixelRatio, canvas.width - 130, 1);
    y += tall + 2;
    return new Set(new Uint32Array(data.buffer)).size;
});
"""
"""How many colours each lane has, from its names to the right edge."""


@dataclass
class Studio:
    """A page of a studio, and the scene file that it shows."""

    page: Any
    path: Path

    def ask(self, script: str, *arguments: Any) -> Any:
        return self.page.execute_script(script, *arguments)

    def wait(self, script: str, *arguments: Any) -> float:
        """Waits until something is so; gives the seconds that took."""
        began = time.monotonic()
        while not self.ask(script, *arguments):
            assert time.monotonic() - began < LONG, (script, self.ask("return document.body.innerText"))
            time.sleep(0.02)
        return time.monotonic() - began

    def save(self, text: str) -> None:
        """As many editors save: another file that is renamed."""
        beside = self.path.with_name(f".{self.path.name}.swp")
        beside.write_text(text, encoding="utf-8")
        beside.replace(self.path)

    def fine(self) -> None:
        """Waits until what is shown is the film's own chunk of what is saved."""
        self.wait(FINE, self.path.read_text(encoding="utf-8"))

    def watched(self) -> float:
        """Looks at the screen itself until what is shown is fine; gives how light its darkest picture was."""
        picture, darkest = self.page.find_element("id", "picture"), 255.0
        text = self.path.read_text(encoding="utf-8")
        began = time.monotonic()
        while not self.ask(FINE, text):
            assert time.monotonic() - began < LONG
            seen = Image.open(io.BytesIO(picture.screenshot_as_png)).convert("L").reduce(8)
            darkest = min(darkest, float(np.asarray(seen, np.float64).mean()))
        return darkest

    def seek(self, frame: int) -> None:
        self.ask("studio.player.pause(); studio.player.seek(arguments[0])", frame)
        self.fine()
        self.wait("return !document.getElementById('video').seeking")
        self.page.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")

    def press(self, *keys: str) -> int:
        """Presses keys; gives the frame that is looked at then."""
        self.page.find_element("tag name", "body").send_keys(*keys)
        return self.frame()

    def frame(self) -> int:
        return int(self.ask("return studio.player.frame"))

    def shown(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """What is seen now."""
        return pixels(Image.open(io.BytesIO(base64.b64decode(self.ask(SHOWN)))))


def pixels(image: Image.Image) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.asarray(image.convert("RGB"), np.float64)


def apart(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> float:
    return float(np.abs(one - other).mean())


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scene(tmp_path_factory.mktemp("film"), "scene", beat="{say: Hello there!}")


@pytest.fixture(scope="module")
def address(path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running studio."""
    kept = os.environ | {"STORYREEL_CACHE": str(tmp_path_factory.mktemp("cache")), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "storyreel", "studio", str(path), "--no-open", "--jobs", "2"]
    with subprocess.Popen(command, env=kept, stdout=subprocess.PIPE, text=True) as studio:
        assert studio.stdout is not None
        yield studio.stdout.readline().strip()
        studio.terminate()
        assert studio.wait(20) != 0


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with chromium(tmp_path_factory.mktemp("profile"), 900) as opened:
        yield opened


@pytest.fixture(scope="module")
def studio(browser: Any, path: Path, address: str) -> Studio:
    browser.get(address)
    found = Studio(browser, path)
    found.wait("return Boolean(window.studio && studio.film)")
    found.fine()
    return found


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
    studio.wait("return studio.player.frame === 0")
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


@pytest.mark.parametrize(
    ("key", "state"),
    [
        ("m", "studio.player.video.muted"),
        ("r", "studio.player.loop"),
        ("g", "document.getElementById('gallery').open"),
        ("c", "document.querySelectorAll('#over rect').length > 0"),
        ("h", "document.querySelectorAll('#over text').length > 0"),
        ("b", "document.querySelectorAll('#over line').length > 5"),
        ("o", "!document.getElementById('onion').hidden && inked(document.getElementById('onion'))"),
        ("f", "document.fullscreenElement?.id === 'stage'"),
    ],
)
def test_a_key_turns_something_on_and_off_again(studio: Studio, key: str, state: str) -> None:
    studio.seek(SAID)
    state = f"{INKED} return Boolean({state})"
    assert not studio.ask(state)
    studio.press(key)
    studio.wait(state)
    studio.press(key)
    studio.wait(state.replace("Boolean", "!Boolean"))


def test_keys_go_from_beat_to_beat_and_open_the_line_in_the_editor(studio: Studio) -> None:
    from selenium.webdriver.common.keys import Keys

    studio.seek(SAID)
    assert studio.press(Keys.ARROW_UP) == 60
    assert studio.press(Keys.ARROW_UP) == 0
    assert studio.press(Keys.ARROW_DOWN) == 60
    studio.ask("""
        const asked = window.fetch;
        window.fetch = async (what, how) => {
            if (what !== 'open') return asked(what, how);
            Object.assign(window, {opened: JSON.parse(how.body), fetch: asked});
            return new Response('{"opened": true}', {headers: {'content-type': 'application/json'}});
        };
    """)
    studio.press("e")
    rows = studio.path.read_text(encoding="utf-8").splitlines()
    opened = studio.ask("return window.opened")
    assert opened["file"] == "scene.yaml"
    assert "say: Hello" in rows[opened["line"] - 1]


def test_a_key_goes_through_the_safe_zones_of_the_platforms(studio: Studio) -> None:
    names = studio.ask("return Object.keys(studio.film.zones)")
    assert {"reels", "shorts", "tiktok"} <= set(names)
    seen = {}
    for name in names:
        studio.press("z")
        assert studio.ask("return document.getElementById('zone').value") == name
        seen[name] = studio.ask("return document.getElementById('over').innerHTML")
        assert "mask" in seen[name]
    assert seen["reels"] != seen["tiktok"] != seen["shorts"]
    studio.press("z")
    assert studio.ask("return document.getElementById('over').children.length") == 0


def test_another_look_or_format_stands_beside_the_picture(studio: Studio) -> None:
    studio.seek(SAID)
    beside = """
        const select = document.getElementById('beside');
        select.value = arguments[0];
        select.dispatchEvent(new Event('change'));
    """
    size = "const other = document.getElementById('other'); return other.naturalWidth / other.naturalHeight"
    for kind, shape in (("look=sketch", 9 / 16), ("format=square", 1), ("format=landscape", 16 / 9)):
        studio.ask(beside, kind)
        studio.wait(
            "const {hidden, src} = document.getElementById('other'); return !hidden && src.endsWith(arguments[0])", kind
        )
        assert studio.ask(size) == pytest.approx(shape, abs=0.01)
    studio.ask(beside, "")
    studio.wait("return document.getElementById('other').hidden")


def test_every_lane_has_something_and_dragging_over_them_is_heard(studio: Studio) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    studio.seek(0)
    colours = studio.ask(LANES)
    assert min(colours) > 1, "beside the ground there is something in each of the seven"
    studio.ask("""
        window.grains = [];
        const start = AudioBufferSourceNode.prototype.start;
        AudioBufferSourceNode.prototype.start = function (...when) { grains.push(when[1]); start.apply(this, when); };
    """)
    lanes = studio.page.find_element("css selector", "#lanes canvas")
    ActionChains(studio.page).move_to_element(lanes).click().perform()
    middle = studio.frame()
    assert 40 < middle < 65
    studio.wait("const {film, states} = studio; return states.get(film.sound) === 'ready'")
    drag = ActionChains(studio.page).move_to_element(lanes).click_and_hold().move_by_offset(60, 0).release()
    drag.perform()
    began = time.monotonic()
    while studio.ask("return grains.length") < 2:
        assert time.monotonic() - began < LONG, "the sound is read once something is dragged"
        drag.perform()
    assert studio.frame() > middle
    assert studio.ask("return grains.at(-1)") == pytest.approx(studio.frame() / 30, abs=0.5)


def test_backwards_goes_faster_with_every_press(studio: Studio) -> None:
    studio.seek(100)
    for speed in (1, 2, 4, 4):
        studio.press("j")
        assert studio.ask("return studio.player.backwards") == speed
    studio.wait("return studio.player.frame === 0 && !studio.player.playing")


def test_nothing_complains_and_nothing_comes_from_elsewhere(studio: Studio, address: str) -> None:
    assert [said for said in studio.page.get_log("browser") if said["level"] == "SEVERE"] == []
    entries = studio.ask("return performance.getEntriesByType('resource').map(entry => entry.name)")
    assert all(name.startswith((address, "data:", "blob:")) for name in entries)
