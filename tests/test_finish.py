"""What a look does to the whole picture: the same for a frame alone, in a run and in a chunk, and in whole cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
import pytest
import skia
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st
from test_render_painter import WIDTH, Display, films, holdings, shape

from storyreel.looks import pen
from storyreel.paint import laws
from storyreel.paint.damage import Rect, rows
from storyreel.paint.finish import Finisher
from storyreel.paint.painter import Painter, paint
from storyreel.paint.surface import Pixels
from storyreel.render import reel
from storyreel.render import settings as render_settings
from storyreel.render.chunks import Chunk
from storyreel.render.encode import Converter, EncoderSettings
from storyreel.render.settings import drafted
from storyreel.render.slices import order
from storyreel.render.timings import Stopwatch
from storyreel.timeline.model import Layer, Scene, Timeline, WidgetContent
from storyreel.timeline.track import Baked
from storyreel.treatment.contract import Exposure, Mood
from storyreel.treatment.look import Pen
from storyreel.treatment.widget import Settings, Values, Widget

HEIGHT = 382
"""No whole number of any cell but 2."""


@dataclass(frozen=True)
class Smear:
    """Each pixel becomes the lightest within its reach, less what the mood and the drawing say; in cells."""

    reach: int = 3
    across: int = 60
    """Cells across a picture, about; 0: pixels."""

    def cell(self, width: int, height: int) -> int:
        """Film pixels across a painted one."""
        return max(round(min(width, height) / self.across), 1) if self.across else 1

    def apply(self, painted: Pixels, finished: Pixels, rects: Sequence[Rect], mood: Mood, drawing: int) -> None:
        """Smears and enlarges."""
        height, width = painted.shape[:2]
        less = 10 * drawing + round(40 * mood.saturation)
        for rect in rects:
            down = np.clip(np.arange(rect.top - self.reach, rect.bottom + self.reach), 0, height - 1)
            across = np.clip(np.arange(rect.left - self.reach, rect.right + self.reach), 0, width - 1)
            wide, high = rect.right - rect.left, rect.bottom - rect.top
            spread = painted[down[:, None], across]
            spread = np.max([spread[:, at : at + wide] for at in range(2 * self.reach + 1)], axis=0)
            spread = np.max([spread[at : at + high] for at in range(2 * self.reach + 1)], axis=0)
            spread[..., :3] -= np.minimum(spread[..., :3], less)
            laws.enlarge(spread, finished, rect, self.cell(finished.shape[1], finished.shape[0]))


finishes = st.builds(Smear, st.integers(0, 4), st.sampled_from([0, 40, 60, 110]))
lights = st.lists(st.tuples(st.sampled_from([0.0, 0.5, 1.0]), st.integers(0, 2)), min_size=5, max_size=5)


@st.composite
def told(draw: st.DrawFn) -> list[Display]:
    """Films whose frames have moods and drawings, often the same ones."""
    run, said = draw(films()), draw(lights)
    return [
        replace(display, mood=Mood(mood), drawing=drawing) for display, (mood, drawing) in zip(run, said, strict=False)
    ]


@budget(deadline=None, max_examples=40)
@given(told(), finishes, st.integers(1, 4))
def test_a_finished_frame_in_a_run_is_the_frame_alone(run: list[Display], finish: Smear, size: int) -> None:
    painter, converter = Painter(WIDTH, HEIGHT, 0.2, finish), Converter()
    before: Pixels | None = None
    for display, holding in zip(run, holdings(run, size), strict=True):
        changed = painter.show(display, holding)
        alone = Painter(WIDTH, HEIGHT, 0.2, finish)
        alone.show(display, holding)
        assert np.array_equal(painter.pixels, alone.pixels)
        assert painter.pixels.shape == (HEIGHT, WIDTH, 4)
        assert (painter.pixels[..., 3] == 255).all()
        frame = converter.convert(painter.pixels, rows(changed) if before is not None else None)
        assert np.array_equal(frame.to_ndarray(), Converter().convert(alone.pixels).to_ndarray())
        if before is not None:
            kept = np.ones((HEIGHT, WIDTH), bool)
            for left, top, right, bottom in changed:
                assert 0 <= left < right <= WIDTH
                assert 0 <= top < bottom <= HEIGHT
                kept[top:bottom, left:right] = False
            assert np.array_equal(before[kept], alone.pixels[kept])
        before = painter.pixels.copy()


def test_only_what_changed_is_finished_grown_by_the_reach_and_in_whole_cells() -> None:
    painter = Painter(WIDTH, HEIGHT, 0.2, Smear(reach=2, across=54))
    still, small = shape("screen", 0, 0, 10, 0x336699), shape("cut", 300, 400, 100, 0xCC3300)
    painter.show(Display((still,)))
    assert painter.show(Display((still,))) == []
    # The ink lies at 50 to 70 pixels across: cells 12 to 18 with the one around it, and two more to either side.
    assert painter.show(Display((still, small))) == [Rect(36, 56, 84, 104)]


@pytest.mark.parametrize("told", [{"drawing": 1}, {"mood": Mood(0.5)}])
def test_all_is_finished_anew_where_the_drawing_or_the_mood_is_another(told: dict[str, object]) -> None:
    painter = Painter(WIDTH, HEIGHT, 0.2, Smear())
    display = Display((shape("fill", 500, 900, 300, 0xFFAACC),))
    painter.show(display)
    assert painter.show(replace(display, **told)) == [Rect(0, 0, WIDTH, HEIGHT)]  # type: ignore[arg-type]
    assert painter.show(replace(display, **told)) == []  # type: ignore[arg-type]


def test_without_a_finish_the_picture_is_what_is_painted() -> None:
    painter = Painter(WIDTH, HEIGHT, 0.2)
    display = Display((shape("fill", 500, 900, 300, 0xFFAACC),), Mood(0.5), 1)
    painter.show(display)
    assert painter.show(replace(display, drawing=2)) == []


def test_a_cell_at_the_edge_of_a_film_is_cut_off() -> None:
    finish = Smear(reach=0, across=2)
    painted = np.full((3, 2, 4), 255, np.uint8)
    finisher = Finisher(finish, 7, 10)
    assert finish.cell(7, 10) == 4
    assert finisher.show(painted, [], Mood(), 0) == [Rect(0, 0, 7, 10)]
    assert (finisher.pixels[..., :3] == 215).all()


# ---- in a film


def with_finish(finish: Smear, exposure: Exposure = Exposure()) -> Pen:  # noqa: B008 - it never changes
    drawn = pen("kawaii")
    look = replace(drawn.look, exposure=exposure, grading=None, kit=replace(drawn.look.kit, crisp=True))
    return replace(drawn, look=look, finish=finish, widgets={"dot": Widget(draw=dot)})


def dot(canvas: skia.Canvas, settings: Settings, values: Values) -> None:
    canvas.drawCircle(300, 0, 200, skia.Paint(Color=0xFFCC8844, AntiAlias=True))


def a_film(width: int = 108, height: int = 190) -> Timeline:
    moving = Layer("a", WidgetContent("dot"), 0, 12, (("y", Baked(0, (400.0, 800.0, 1200.0))),))
    scene = Scene("a", 12, (moving,), camera=(("saturation", Baked(0, (1.0, 1.0, 0.5, 0.5, 0.55))),))
    return Timeline("t", "kawaii", width, height, Fraction(30), (60, 250, 910, 1480), (replace(scene, length=5), scene))


def test_a_finished_frame_of_a_chunk_is_the_frame_of_the_film(monkeypatch: pytest.MonkeyPatch) -> None:
    timeline, drawn = a_film(), with_finish(Smear(), Exposure({"set": Fraction(2)}, cycle=3))
    monkeypatch.setattr(reel, "pen", lambda name: drawn)
    chunk = order(timeline, Chunk(1, 0, 12, 5), EncoderSettings(108, 190, Fraction(30)))
    frames = list(reel.draw(chunk, Stopwatch(False)))
    assert len(frames) == 12
    # The dot rests from frame 2 on, and drawings of a set are on twos: each second frame stands.
    assert [frames[n] is frames[n - 1] for n in range(1, 12)] == [n in (3, 5, 7, 9, 11) for n in range(1, 12)]
    for number, frame in enumerate(frames):
        alone = np.zeros((190, 108, 4), np.uint8)
        paint(timeline, drawn, 5 + number, alone)
        assert np.array_equal(frame.to_ndarray(), Converter().convert(alone).to_ndarray()), number


@pytest.mark.parametrize(
    ("size", "cell", "draft"),
    [
        ((1080, 1920), 4, (540, 960)),
        ((1080, 1350), 4, (540, 676)),
        ((720, 1280), 3, (480, 854)),
        ((1920, 1080), 4, (960, 540)),
        ((540, 960), 2, (540, 960)),
        ((270, 480), 1, (270, 480)),
    ],
)
def test_a_draft_has_the_cells_of_its_film(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], cell: int, draft: tuple[int, int]
) -> None:
    finish = Smear(across=270)
    drawn = with_finish(finish)
    monkeypatch.setattr(render_settings, "look", lambda name: drawn.look)
    monkeypatch.setattr(render_settings, "pen", lambda name: drawn)
    small = drafted(a_film(*size))
    assert finish.cell(*size) == cell
    assert (small.width, small.height) == draft
    assert -(-size[0] // cell) == -(-small.width // finish.cell(*draft))
    assert -(-size[1] // cell) == -(-small.height // finish.cell(*draft))
