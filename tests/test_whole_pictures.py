"""Pictures within the picture: a scene's still as a layer, and transitions that show both of their scenes."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import skia
from small_film import STAR, picture
from test_direct import beats, film

from storyreel.direct import director
from storyreel.farm.remote import _moved, name_of
from storyreel.film.directed import _unpacked
from storyreel.looks import pen
from storyreel.paint.painter import Painter, fingerprint
from storyreel.render.chunks import Chunk
from storyreel.render.encode import EncoderSettings
from storyreel.render.errors import RenderError
from storyreel.render.keys import chunk_key
from storyreel.render.reel import check_assets
from storyreel.render.slices import assets, order
from storyreel.stage.compose import compose
from storyreel.stage.display import Item
from storyreel.stage.stills import WholePicture
from storyreel.timeline.excerpt import still
from storyreel.timeline.model import DrawingContent, Layer, Scene, StillContent, Timeline, Transition
from storyreel.timeline.track import Baked, Channel, keyed
from storyreel.treatment.contract import Exposure
from storyreel.treatment.look import Pen

LENGTH, HALF = 30, 6
SETTINGS = EncoderSettings(108, 192, Fraction(30))
RED, BLUE = "#D02040", "#2040D0"
GROUND = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1080 1920"><g id="Set">
<rect width="1080" height="1920" fill="{colour}"/></g></svg>"""


def page(
    canvas: Any, kind: str, at: float, size: tuple[float, float], seed: int, focus: object, *both: Callable[[Any], None]
) -> None:
    """A page that is drawn off to the left, with the one that comes lying under it."""
    leaving, coming = both
    coming(canvas)
    canvas.save()
    canvas.translate(-at * size[0], 0)
    leaving(canvas)
    canvas.restore()


def turning(exposure: Exposure = Exposure()) -> Pen:  # noqa: B008 - it never changes
    found = pen("kawaii")
    look = replace(found.look, both=frozenset(("page",)), exposure=exposure)
    return replace(found, look=look, transition=page)


@pytest.fixture
def scenes(tmp_path: Path) -> tuple[Scene, Scene]:
    """Two scenes of a plain ground and a star that never rests."""
    star = picture(tmp_path, "star.svg", STAR)

    def scene(name: str, colour: str) -> Scene:
        back = picture(tmp_path, f"{name}.svg", GROUND.format(colour=colour))
        moves: tuple[tuple[str, Channel], ...] = (
            ("x", Baked(0, [200.0 + 20 * frame for frame in range(LENGTH)])),
            ("y", 900.0),
            ("rot", keyed((0, 0.0), (LENGTH, 300.0))),
        )
        layers = (
            Layer("set", DrawingContent(back), 0, LENGTH, plane=0.0, kind="set"),
            Layer("star", DrawingContent(star), 0, LENGTH, moves, order=1.0, kind="cast"),
        )
        return Scene(name, LENGTH, layers, camera=(("x", keyed((0, 540.0), (LENGTH, 700.0))),), seed=3)

    return scene("a", RED), scene("b", BLUE)


def reel(*scenes: Scene) -> Timeline:
    return Timeline("t", "kawaii", 108, 192, Fraction(30), (60, 250, 910, 1480), scenes)


def joined(one: Scene, other: Scene) -> Timeline:
    leave = Transition("page", HALF, under=still(other, 0, 5))
    enter = Transition("page", HALF, under=still(one, one.length - 1, 5))
    return reel(replace(one, leave=leave), replace(other, enter=enter))


def shown(timeline: Timeline, drawn: Pen, frame: int) -> np.ndarray[Any, Any]:
    painter = Painter(108, 192, 0.1)
    painter.show(compose(timeline, drawn, frame))
    return painter.pixels.copy()


# ---- stills


def framed(content: StillContent, length: int = 10) -> Timeline:
    """A film of a still that fills the picture."""
    place = (("x", 540.0), ("y", 960.0))
    return reel(Scene("framed", length, (Layer("still", content, 0, length, place, plane=0.0),)))


@pytest.mark.parametrize("held", [1, 2, 3])
@pytest.mark.parametrize("frame", [0, 7, 11, LENGTH - 1])
def test_a_still_that_fills_the_picture_is_the_frame_that_it_is_of(
    scenes: tuple[Scene, Scene], frame: int, held: int
) -> None:
    drawn = turning(Exposure({"cast": Fraction(held), "camera": Fraction(held)}))
    content = still(scenes[0], frame, drawn.look.exposure.block(Fraction(30)))
    assert np.array_equal(shown(framed(content), drawn, 0), shown(reel(*scenes), drawn, frame))


def test_a_still_has_the_grade_of_its_own_scene_and_no_other(scenes: tuple[Scene, Scene]) -> None:
    drained = replace(scenes[0], camera=(("saturation", 0.25), ("tint", 0.5)))
    found = shown(framed(still(drained, 4, 5)), turning(), 0).astype(int)
    assert np.abs(found - shown(reel(drained), turning(), 4)).max() <= 2
    around = framed(still(scenes[0], 4, 5)).scenes[0]
    grey = shown(reel(replace(around, camera=(("saturation", 0.0),))), turning(), 0)[20, 20, :3].astype(int)
    assert np.ptp(grey) <= 1, "but the scene that it stands in grades all that it shows"


def test_a_still_that_is_moved_and_shrunk_is_cut_to_its_own_box(scenes: tuple[Scene, Scene]) -> None:
    timeline = framed(still(scenes[0], 0, 5))
    (layer,) = timeline.scenes[0].layers
    small = replace(layer, channels=(("x", 540.0), ("y", 960.0), ("scale", 0.5)))
    pixels = shown(reel(replace(timeline.scenes[0], layers=(small,))), turning(), 0)[..., :3]
    assert pixels[5, 5].tolist() == [0, 0, 0]
    assert pixels[60, 35].tolist() == [0x40, 0x20, 0xD0]
    assert pixels[40, 54].tolist() == [0, 0, 0]
    assert pixels[150, 54].tolist() == [0, 0, 0]


def test_a_still_holds_no_more_of_its_scene_than_its_frame_takes(scenes: tuple[Scene, Scene]) -> None:
    content = still(joined(*scenes).scenes[0], LENGTH - 1, 5)
    assert (content.scene.enter, content.scene.leave, content.scene.beats) == (None, None, ())
    assert all(
        not isinstance(channel, Baked) or len(channel.values) <= 5
        for layer in content.scene.layers
        for _, channel in layer.channels
    )


# ---- transitions that show both


def test_a_page_turns_from_the_scene_that_leaves_to_the_one_that_comes(scenes: tuple[Scene, Scene]) -> None:
    timeline, drawn = joined(*scenes), turning()
    before, after = shown(timeline, drawn, LENGTH - HALF - 1), shown(timeline, drawn, LENGTH + HALF)
    assert before[5, 100].tolist()[:3] == [0x40, 0x20, 0xD0]
    assert after[5, 5].tolist()[:3] == [0xD0, 0x40, 0x20]
    reds = []
    for frame in range(LENGTH - HALF, LENGTH + HALF):
        row = shown(timeline, drawn, frame)[5, :, 2]
        reds.append(int((row == 0xD0).sum()))
        assert set(np.unique(row)[[0, -1]].tolist()) == {0x20, 0xD0}, "both are there in every frame"
    assert reds == sorted(reds, reverse=True)


def test_a_kind_that_only_covers_gets_no_pictures(scenes: tuple[Scene, Scene]) -> None:
    told: list[int] = []
    drawn = replace(turning(), transition=lambda canvas, *rest: told.append(len(rest)))
    one, other = scenes
    shown(reel(replace(one, leave=Transition("fade", HALF)), other), drawn, LENGTH - 1)
    assert told == [5]


def test_a_frame_is_the_same_alone_in_its_film_and_in_a_chunk(scenes: tuple[Scene, Scene]) -> None:
    timeline = joined(*scenes)
    for held in (1, 3):
        drawn = turning(Exposure({"cast": Fraction(held)}))
        for number, (start, end) in ((0, (18, 30)), (1, (0, 12))):
            chunk = order(timeline, Chunk(number, start, end, number * LENGTH + start), SETTINGS).timeline
            run = Painter(108, 192, 0.1)
            for frame in range(start, end):
                run.show(compose(chunk, drawn, frame))
                assert np.array_equal(run.pixels, shown(timeline, drawn, number * LENGTH + frame)), frame
                whole = fingerprint(compose(timeline, drawn, number * LENGTH + frame))
                assert fingerprint(compose(chunk, drawn, frame)) == whole


def test_only_the_chunks_that_show_a_transition_have_the_other_scene_in_their_keys(scenes: tuple[Scene, Scene]) -> None:
    one, other = scenes
    changed = replace(other, layers=other.layers[:1])

    def keys(timeline: Timeline) -> list[str]:
        return [chunk_key(order(timeline, Chunk(0, start, start + 15, start), SETTINGS)) for start in (0, 15)]

    before, after = keys(joined(one, other)), keys(joined(one, changed))
    assert (before[0] == after[0], before[1] == after[1]) == (True, False)


# ---- what else has to know of a picture in a picture


def test_files_of_a_picture_in_a_picture_are_checked_and_sent(scenes: tuple[Scene, Scene]) -> None:
    timeline = joined(*scenes)
    own = reel(framed(still(scenes[1], 3, 5)).scenes[0])
    for each, frames in ((timeline, (20, 30)), (own, (0, 10))):
        sliced = order(each, Chunk(0, *frames, frames[0]), SETTINGS)
        named = {Path(asset.path).name for asset in assets(sliced.timeline)}
        assert "b.svg" in named
        check_assets(sliced)
        elsewhere = _moved(each, {name_of(asset): Path("/there") / name_of(asset) for asset in assets(each)})
        assert {Path(asset.path).parent for asset in assets(elsewhere)} == {Path("/there")}
    drawing = next(asset for asset in assets(own) if asset.path.endswith("b.svg"))
    Path(drawing.path).write_text("<svg/>")
    for each, frames in ((timeline, (20, 30)), (own, (0, 10))):
        with pytest.raises(RenderError, match=r"b\.svg: it has changed"):
            check_assets(order(each, Chunk(0, *frames, frames[0]), SETTINGS))


def test_a_kept_film_has_its_pictures_in_pictures(scenes: tuple[Scene, Scene]) -> None:
    timeline = joined(*scenes)
    assert _unpacked(pickle.dumps(((), "look", timeline), protocol=5)) == ((), "look", timeline)


def test_the_director_gives_both_pictures_to_the_kinds_that_a_look_shows_both_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = director.look_named("kawaii")
    monkeypatch.setattr(director, "look_named", lambda name: replace(known, both=frozenset(("star",))))
    timeline = film(beats({"wait": "1s"}), beats({"wait": "1s"}, enter="star"), beats({"wait": "1s"}, enter="heart"))
    first, second, third = timeline.scenes
    under = [change and change.under for change in (first.leave, second.enter, second.leave, third.enter)]
    shown = [(picture.scene.id, picture.frame) if picture else None for picture in under]
    assert shown == [(second.id, 0), (first.id, first.length - 1), None, None]


def test_a_picture_that_lasts_is_painted_once_however_often_it_is_shown() -> None:
    painted: list[int] = []

    def draw(canvas: Any) -> None:
        painted.append(1)
        canvas.drawRect(skia.Rect.MakeXYWH(2, 2, 5, 5), skia.Paint(Color=0xFF3366CC))

    def shown(lasting: bool) -> Any:
        surface = skia.Surface(12, 12)
        canvas = surface.getCanvas()
        canvas.translate(1, 1)
        for _ in range(3):
            WholePicture((Item("lasts", draw),), (10.0, 10.0), lasting)(canvas)
        return surface.toarray()

    each = shown(False)
    assert len(painted) == 3
    assert (shown(True) == each).all()
    assert len(painted) == 4
