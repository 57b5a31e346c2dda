"""The studio in a real Chromium: every key, what is laid over the picture and beside it, the lanes and their sound."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from studio_page import LONG, SAID, Studio, opened

pytestmark = pytest.mark.slow

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


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with opened(tmp_path_factory.mktemp("film")) as found:
        yield found


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


def test_nothing_complains_and_nothing_comes_from_elsewhere(studio: Studio) -> None:
    assert [said for said in studio.page.get_log("browser") if said["level"] == "SEVERE"] == []
    address = studio.ask("return location.origin")
    entries = studio.ask("return performance.getEntriesByType('resource').map(entry => entry.name)")
    assert all(name.startswith((address, "data:", "blob:")) for name in entries)
