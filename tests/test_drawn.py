"""Frames that are kept for the next time: which of them stay, and that nobody sees from a chunk that they were kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from av.video.frame import VideoFrame
from small_film import SET, STAR, picture, small_film

from storyreel.render import reel
from storyreel.render.drawn import Drawn
from storyreel.render.film import plan
from storyreel.render.reel import render_chunk
from storyreel.render.slices import ChunkOrder
from storyreel.timeline.model import DrawingContent, Layer, Timeline
from storyreel.timeline.track import keyed

SIZE = sum(plane.buffer_size for plane in VideoFrame(64, 64, "yuv420p").planes)


def frame(times: int = 1) -> VideoFrame:
    """A frame of so many times `SIZE` bytes."""
    return VideoFrame(64, 64 * times, "yuv420p")


def kept(drawn: Drawn, names: Iterable[str]) -> str:
    """Those of the names that are kept; asking for them makes the last the most recently used."""
    return "".join(name for name in names if drawn.get(name) is not None)


def test_a_frame_is_given_back_for_what_it_shows_and_for_nothing_else() -> None:
    drawn, one, other = Drawn(), frame(), frame()
    drawn.put(("star", 1), one)
    drawn.put(("star", 2), other)
    assert drawn.get(("star", 1)) is one
    assert drawn.get(("star", 2)) is other
    assert drawn.get(("star", 3)) is None


def test_what_has_no_room_any_more_goes_the_oldest_first() -> None:
    drawn = Drawn(3 * SIZE)
    for name in "abcde":
        drawn.put(name, frame())
    assert kept(drawn, "abcde") == "cde"


def test_a_byte_too_many_is_a_frame_too_many() -> None:
    for room, left in ((2 * SIZE, "ab"), (2 * SIZE - 1, "b")):
        drawn = Drawn(room)
        drawn.put("a", frame())
        drawn.put("b", frame())
        assert kept(drawn, "ab") == left


def test_what_was_looked_at_since_stays_and_what_was_not_goes() -> None:
    drawn = Drawn(3 * SIZE)
    for name in "abc":
        drawn.put(name, frame())
    assert drawn.get("a") is not None
    drawn.put("d", frame())
    assert kept(drawn, "abcd") == "acd"


def test_room_is_counted_in_bytes_not_in_frames() -> None:
    drawn = Drawn(4 * SIZE)
    for name in "abcd":
        drawn.put(name, frame())
    drawn.put("E", frame(3))
    assert kept(drawn, "abcdE") == "dE", "as many small ones go as a large one takes the room of"
    drawn.put("f", frame())
    drawn.put("g", frame())
    assert kept(drawn, "dEfg") == "fg", "the large one was older than they"
    drawn.put("h", frame())
    drawn.put("i", frame())
    assert kept(drawn, "fghi") == "fghi", "what it took is free again"


def test_a_frame_that_has_no_room_at_all_is_not_kept_and_takes_none() -> None:
    drawn = Drawn(2 * SIZE)
    drawn.put("A", frame(3))
    assert drawn.get("A") is None
    drawn.put("b", frame())
    drawn.put("c", frame())
    assert kept(drawn, "bc") == "bc"


@pytest.fixture
def keeping(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """What this process keeps of frames: nothing yet."""
    drawn = Drawn()
    monkeypatch.setattr(reel, "_DRAWN", drawn)
    return drawn


@pytest.fixture
def film(tmp_path: Path) -> Timeline:
    return small_film(tmp_path, (60,))


def ordered(film: Timeline) -> ChunkOrder:
    [(_, order)] = plan(film).orders
    return replace(order, kept=False)


def again(film: Timeline) -> tuple[bytes, int]:
    """The bytes of a film's chunk that will be drawn again, and how many frames were drawn for it now."""
    data, watch = render_chunk(replace(ordered(film), again=True))
    assert watch.tally.frames == 60
    return data, watch.tally.drawn


def afresh(film: Timeline) -> tuple[bytes, int]:
    """As `again`, by who keeps nothing."""
    data, watch = render_chunk(ordered(film))
    return data, watch.tally.drawn


@pytest.mark.parametrize("look", ["kawaii", "comic", "sketch"])
def test_a_chunk_out_of_kept_frames_has_the_bytes_of_one_that_was_drawn(
    look: str, film: Timeline, keeping: Drawn
) -> None:
    film = replace(film, look=look)
    data, most = afresh(film)
    first, drawn = again(film)
    assert first == data
    assert 5 < drawn <= most, "the star moves; where lines boil, what has been there comes again"
    assert again(film) == (data, 0)
    assert again(film) == (data, 0), "and encoding leaves no mark on what is kept"


def test_a_chunk_that_will_not_be_drawn_again_keeps_and_takes_nothing(film: Timeline, keeping: Drawn) -> None:
    first = afresh(film)
    assert again(film) == first, "nothing was kept"
    assert afresh(film) == first, "nothing is taken"


def moved(film: Timeline, *stretches: tuple[int, int], to: float = 500.0) -> Timeline:
    """The film, whose star is higher or lower in those stretches of frames (half-open)."""
    (scene,) = film.scenes
    back, star = scene.layers
    places = [(0, 900.0)]
    for start, end in stretches:
        places += [(start, to), (end, 900.0)]
    height = keyed(*((frame, y, "hold") for frame, y in dict(places).items()))
    star = replace(star, channels=(*(pair for pair in star.channels if pair[0] != "y"), ("y", height)))
    return replace(film, scenes=(replace(scene, layers=(back, star)),))


def test_a_thing_that_rests_no_longer_is_not_taken_from_where_it_rested(film: Timeline, keeping: Drawn) -> None:
    (scene,) = film.scenes
    back, star = scene.layers
    still = (("x", 500.0), ("rot", 7.0), ("opacity", 0.6))
    above = replace(star, id="above", order=2.0)
    hop = keyed((0, 900.0), (12, 880.0, "hold"), (13, 900.0, "hold"))
    before, after = (
        replace(film, scenes=(replace(scene, layers=(back, star, replace(above, channels=(*still, ("y", y))))),))
        for y in (900.0, hop)
    )
    again(before)
    assert again(after)[0] == afresh(after)[0]


def redrawn(film: Timeline, name: str, text: str, folder: Path) -> Timeline:
    """The film after another save of one of its files: the same path, other contents."""
    asset = picture(folder, name, text)

    def layer(old: Layer) -> Layer:
        content = old.content
        assert isinstance(content, DrawingContent)
        return replace(old, content=replace(content, drawing=asset)) if content.drawing.path == asset.path else old

    (scene,) = film.scenes
    return replace(film, scenes=(replace(scene, layers=tuple(layer(old) for old in scene.layers)),))


@pytest.mark.parametrize(
    "stretches", [((0, 10),), ((10, 20),), ((50, 60),), ((51, 53),), ((5, 10), (15, 20), (40, 45))]
)
def test_an_edit_is_seen_and_what_it_leaves_alone_is_not_drawn_again(
    stretches: tuple[tuple[int, int], ...], film: Timeline, keeping: Drawn
) -> None:
    before, _ = again(film)
    edited = moved(film, *stretches)
    data, drawn = again(edited)
    fresh, all_of_them = afresh(edited)
    assert data == fresh
    assert data != before
    assert 0 < drawn < all_of_them
    assert again(film) == (before, 0), "an edit that is taken back shows what was there"
    assert again(edited) == (data, 0)


@pytest.mark.parametrize(
    ("name", "text"), [("set.svg", SET.replace("#B5E8FF", "#FF3300")), ("star.svg", STAR.replace("#FFE14D", "#3366FF"))]
)
def test_a_drawing_that_was_saved_anew_is_seen(
    name: str, text: str, film: Timeline, tmp_path: Path, keeping: Drawn
) -> None:
    before, _ = again(film)
    edited = redrawn(film, name, text, tmp_path)
    data, drawn = again(edited)
    assert (data, drawn) == afresh(edited)
    assert data != before


@pytest.mark.parametrize(
    "changed",
    [{"width": 270, "height": 480}, {"look": "comic"}, {"stage": 540.0}],
    ids=lambda changed: next(iter(changed)),
)
def test_the_same_things_in_another_picture_are_drawn(
    changed: dict[str, object], film: Timeline, keeping: Drawn
) -> None:
    again(film)
    other = replace(film, **changed)  # type: ignore[arg-type]
    assert again(other) == afresh(other)


@pytest.mark.parametrize("frames", [1, 7])
def test_with_room_for_few_frames_a_chunk_is_drawn_right_all_the_same(
    frames: int, film: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = sum(plane.buffer_size for plane in VideoFrame(film.width, film.height, "yuv420p").planes)
    monkeypatch.setattr(reel, "_DRAWN", Drawn(frames * size))
    edited = moved(film, (5, 10), (40, 45))
    for shown in (film, edited, film):
        assert again(shown)[0] == afresh(shown)[0]


def test_what_was_drawn_of_a_chunk_that_was_given_up_need_not_be_drawn_again(film: Timeline, keeping: Drawn) -> None:
    class GivenUp(Exception):
        """Another film is wanted."""

    def shown(frames: int) -> None:
        if frames == 20:
            raise GivenUp

    with pytest.raises(GivenUp):
        render_chunk(replace(ordered(film), again=True), shown)
    fresh, all_of_them = afresh(film)
    data, drawn = again(film)
    assert data == fresh
    assert 0 < drawn < all_of_them
