"""A batch's report in a real Chromium, from disk: films play, captions show, nothing is fetched, nothing complains."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from chromium import chromium
from PIL import Image
from small_series import scene

import storyreel

pytestmark = pytest.mark.slow


PLAY = """
const [video, done] = arguments;
const told = error => done({
    error: error ? String(error) : video.error && video.error.message,
    time: video.currentTime, length: video.duration, width: video.videoWidth, height: video.videoHeight,
    frames: video.getVideoPlaybackQuality().totalVideoFrames,
});
video.muted = true;
video.addEventListener('timeupdate', () => { if (video.currentTime > 1) { video.pause(); told(); } });
video.play().catch(told);
"""

SEEK = """
const [video, seconds, shown, done] = arguments;
const track = video.textTracks[0];
track.mode = shown;
const settled = () => requestAnimationFrame(() => setTimeout(
    () => done([...(track.activeCues || [])].map(cue => cue.text)), 200));
video.addEventListener('seeked', settled, {once: true});
video.currentTime = seconds;
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on two films, one with captions beside its picture and one with captions in it, and on a failure."""
    folder = tmp_path_factory.mktemp("series")
    scene(folder, "beside", beat="{say: Hello there!}")
    scene(folder, "both", "party", "{say: Hello there!}", "#FFB59A")
    (folder / "bad.yaml").write_text("storyreel: 1\ntitle: <b>Bad</b>\n")
    (folder / "series.yaml").write_text(
        "storyreel: 1\ntitle: Kindness & <i>care</i>\nepisodes:\n"
        "  - {scene: beside.yaml, captions: sidecar, name: film-1}\n  - both.yaml\n  - bad.yaml\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STORYREEL_CACHE", str(folder / "cache"))
        report = storyreel.batch(folder / "series.yaml", folder / "out")
    assert [film.status for film in report.films] == ["done", "done", "failed"]
    return folder / "out"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with chromium(tmp_path_factory.mktemp("profile"), 1400) as opened:
        yield opened


@pytest.fixture
def page(browser: Any, out: Path) -> Any:
    browser.get((out / "index.html").as_uri())
    return browser


def videos(page: Any) -> list[Any]:
    return list(page.find_elements("tag name", "video"))


def test_every_film_plays(page: Any) -> None:
    assert len(videos(page)) == 2
    for video in videos(page):
        told = page.execute_async_script(PLAY, video)
        assert told["error"] is None
        assert (told["width"], told["height"]) == (216, 384)
        assert told["length"] == pytest.approx(3.5, abs=0.1)
        assert told["time"] > 1
        assert told["frames"] > 10


def test_captions_show_at_once_only_where_the_picture_has_none(page: Any) -> None:
    modes = [page.execute_script("return arguments[0].textTracks[0].mode", video) for video in videos(page)]
    assert modes == ["showing", "disabled"]


def test_captions_are_seen_in_the_picture(page: Any) -> None:
    for video in videos(page):
        page.execute_async_script(PLAY, video)
        pictures = []
        for shown in ("showing", "hidden"):
            assert page.execute_async_script(SEEK, video, 2.4, shown) == ["Hello there!"]
            pictures.append(Image.open(io.BytesIO(video.screenshot_as_png)).convert("RGB"))
        difference = np.abs(np.asarray(pictures[0], int) - np.asarray(pictures[1], int)).max(axis=2)
        assert (difference > 60).sum() > 500, "nothing is written over the picture"


def test_nothing_complains_and_nothing_is_fetched_from_a_network(page: Any) -> None:
    for video in videos(page):
        page.execute_async_script(PLAY, video)
    assert page.get_log("browser") == []
    entries = page.execute_script("return performance.getEntriesByType('resource').map(entry => entry.name)")
    assert all(name.startswith(("file:", "data:")) for name in entries)


def test_every_poster_and_every_file_that_is_linked_is_there(page: Any, out: Path) -> None:
    for video in videos(page):
        size = page.execute_async_script(
            "const [video, done] = arguments, image = new Image();"
            "image.onload = () => done([image.naturalWidth, image.naturalHeight]);"
            "image.onerror = () => done(null); image.src = video.poster;",
            video,
        )
        assert size == [216, 384]
    linked = [link.get_attribute("href") for link in page.find_elements("tag name", "a")]
    assert len(linked) == 2 * 5
    for href in linked:
        assert (out / href.rsplit("/", 1)[1]).is_file()


@pytest.mark.parametrize("width", [500, 1200])
def test_the_page_fits_a_phone_and_a_desk(page: Any, width: int) -> None:
    page.set_window_size(width, 1400)
    across, inside = page.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
    assert across <= inside
    places = page.execute_script("return [...document.querySelectorAll('article')].map(card => card.offsetTop)")
    assert (len(set(places)) == 1) == (width == 1200)


def test_what_went_wrong_stands_on_the_page_as_it_was_written(page: Any) -> None:
    text = page.find_element("id", "bad").text
    assert "bad.yaml:1:1: the file needs a key 'scenes'" in text
    assert page.find_element("tag name", "h1").text == "Kindness & <i>care</i>"
    assert page.title == "Kindness & <i>care</i>"
