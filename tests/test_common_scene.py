"""The common scene of the benchmarks is the scene it says it is, and a frame of it is the same alone and in a run."""

from __future__ import annotations

import importlib.util
import math
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw

from storyreel.looks import pen
from storyreel.paint.cels import block, held
from storyreel.paint.painter import Painter, blank, fingerprint
from storyreel.render.chunks import chunks
from storyreel.render.settings import encoder_settings
from storyreel.render.slices import order
from storyreel.render.still import paint
from storyreel.stage.compose import compose
from storyreel.timeline.model import Timeline

SCENE = Path(__file__).resolve().parent.parent / "benchmarks" / "common-scene" / "scene.py"


@pytest.fixture(scope="module")
def common() -> ModuleType:
    spec = importlib.util.spec_from_file_location("common_scene_benchmark", SCENE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def timeline(common: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Timeline:
    folder = tmp_path_factory.mktemp("common")
    sprite = Image.new("RGBA", (600, 600), (0, 0, 0, 0))
    ImageDraw.Draw(sprite).ellipse((100, 100, 500, 500), fill=(0, 0, 255, 255))
    sprite.save(folder / "sprite.png")
    film: Timeline = common.common_scene(folder / "sprite.png", folder)
    return film


def pixels(timeline: Timeline, frame: int) -> np.ndarray[Any, Any]:
    buffer = blank(timeline)
    paint(timeline, frame, buffer)
    return buffer[..., 2::-1].astype(int)


def test_every_frame_holds_the_background_the_stars_the_sprite_and_one_lit_word(timeline: Timeline) -> None:
    assert (timeline.width, timeline.height, timeline.length) == (1080, 1920, 240)
    assert timeline.rate == 30
    for frame in range(0, 240, 29):
        assert len(compose(timeline, pen(timeline.look), frame).items) == 1 + 24 + 1 + 1 + 1


def test_stars_go_round_and_turn_as_the_scene_says(timeline: Timeline) -> None:
    stars = {layer.id: layer for layer in timeline.scenes[0].layers if layer.id.startswith("star ")}
    assert len(stars) == 24
    for index, frame in ((0, 0), (7, 45), (23, 239)):
        t, values = frame / 30, stars[f"star {index}"].values(frame)
        wanted = {
            "x": 120 + 168 * (index % 6) + 30 * math.sin(2 * math.pi * t / 3 + index),
            "y": 220 + 230 * (index // 6) + 30 * math.cos(2 * math.pi * t / 3 + index),
            "rot": 40 * t + 10 * index,
        }
        assert values == pytest.approx(wanted, abs=1 / 1024)


def test_gradient_star_and_sprite_have_their_colours(timeline: Timeline) -> None:
    picture = pixels(timeline, 0)
    assert abs(picture[1, 5] - (255, 217, 232)).max() <= 1
    assert abs(picture[-2, 5] - (181, 232, 255)).max() <= 1
    assert picture[250, 120].tolist() == [232, 125, 125]  # hsl(0, 70%, 70%), at the first star's centre
    assert picture[1150, 540].tolist() == [0, 0, 255]


def test_word_k_is_lit_in_second_k_and_the_others_are_white(timeline: Timeline) -> None:
    where, letters = [], []
    for second in range(8):
        area = pixels(timeline, 30 * second + 15)[1480:1700]
        lit = np.argwhere((area == (255, 225, 77)).all(-1))
        assert len(lit) > 0
        where.append((lit[:, 0].mean() > 110, lit[:, 1].mean()))
        letters.append(len(lit) + (area == 255).all(-1).sum())
    assert where == sorted(where)
    assert max(letters) - min(letters) < 0.01 * max(letters)


def test_a_frame_alone_is_the_frame_in_a_run(timeline: Timeline) -> None:
    small = replace(timeline, width=270, height=480)
    chunk = list(chunks(small))[1]
    part = order(small, chunk, encoder_settings(small)).timeline
    painter, alone = Painter(small.width, small.height, small.scale), blank(small)
    drawn = pen(small.look)
    size = drawn.look.exposure.block(small.rate)
    for frame in range(chunk.start, chunk.start + 18):
        displays = {number: compose(part, drawn, number) for number in block(frame, chunk.end, size)}
        painter.show(displays[frame], held([fingerprint(display) for display in displays.values()]))
        paint(small, frame, alone)
        assert np.array_equal(painter.pixels, alone), frame
