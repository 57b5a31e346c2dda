"""The common scene, the same work for every renderer, as a storyreel timeline: layers, channels, drawings.

    python benchmarks/common-scene/scene.py OUT.mp4 --materials FOLDER [--font FONT.ttf] [--jobs N]

`--materials` is the folder that holds `sprite.png` and `music.wav`. 1080x1920, 30 frames a second, 8 seconds: a
gradient, 24 outlined stars that drift and turn, a sprite that bobs and rocks, two rows of caption whose words light up
in turn. Encoded with veryfast and the scene's own CRF 20.
"""

from __future__ import annotations

import argparse
import colorsys
import math
import tempfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from storyreel.assets import asset, digest
from storyreel.render.cache import Cache
from storyreel.render.film import Soundtrack, render_film
from storyreel.sound.interchange import decoded
from storyreel.text.chain import FontChain, face, hb_font
from storyreel.text.shape import ShapedLine, shape
from storyreel.timeline.model import Asset, DrawingContent, Layer, PictureContent, Scene, Timeline
from storyreel.timeline.track import Channel, baked

HERE = Path(__file__).resolve().parent
FONT = asset("fonts", "Baloo2_800ExtraBold.ttf")
RATE, SECONDS = 30, 8
LENGTH = RATE * SECONDS
ROWS = (("One positive comment can", 1560), ("make someone's day brighter", 1660))
"""The caption's rows and their baselines."""
SIZE, OUTLINE = 56, 6
CRF = 20
WHITE, LIT = "#FFFFFF", "#FFE14D"


def over_time(value: Callable[[float], float]) -> Channel:
    """A function of seconds as a channel."""
    return baked(value(frame / RATE) for frame in range(LENGTH))


def kept(path: Path) -> Asset:
    """A file that layers draw."""
    return Asset(str(path), digest(path))


def star(index: int, drawing: Asset) -> Layer:
    """One star, on its own round."""
    rgb = colorsys.hls_to_rgb((15 * index % 360) / 360, 0.7, 0.7)
    colour = "#" + "".join(f"{round(255 * part):02X}" for part in rgb)
    x, y = 120 + 168 * (index % 6), 220 + 230 * (index // 6)
    channels = (
        ("x", over_time(lambda t: x + 30 * math.sin(2 * math.pi * t / 3 + index))),
        ("y", over_time(lambda t: y + 30 * math.cos(2 * math.pi * t / 3 + index))),
        ("rot", over_time(lambda t: 40 * t + 10 * index)),
    )
    return Layer(f"star {index}", DrawingContent(drawing, colours=((WHITE, colour),)), 0, LENGTH, channels)


def character(file: Asset) -> Layer:
    """The sprite, bobbing and rocking."""
    channels = (
        ("x", 540.0),
        ("y", over_time(lambda t: 1150 + 40 * math.sin(math.pi * t))),
        ("rot", over_time(lambda t: 5 * math.sin(math.pi * t))),
    )
    return Layer("sprite", PictureContent(file, 600, 600), 0, LENGTH, channels)


def outline(line: ShapedLine, start: int, end: int, x: float, y: float) -> str:
    """The letters `start` to `end` of a line, its origin at (x, y), as SVG path data."""
    data: list[str] = []
    for run in line.runs:
        font = hb_font(run.face)
        scale = line.size / font.face.upem
        for glyph, (left, base), cluster in zip(run.glyphs, run.points, run.clusters, strict=True):
            if start <= cluster < end:
                pen = _Pen(x + left, y + base, scale, data)
                font.draw_glyph_with_pen(glyph, pen)
    return "".join(data)


class _Pen:
    """Writes a glyph's outline, which comes in font units with y up, as path data in stage units."""

    def __init__(self, x: float, y: float, scale: float, data: list[str]) -> None:
        self._x, self._y, self._scale, self._data = x, y, scale, data

    def _put(self, letter: str, *points: tuple[float, float]) -> None:
        places = (f"{self._x + x * self._scale:.3f},{self._y - y * self._scale:.3f}" for x, y in points)
        self._data.append(letter + " ".join(places))

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 -- a pen's own name, as are the others
        self._put("M", point)

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self._put("L", point)

    def qCurveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._put("Q", *points)

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._put("C", *points)

    def closePath(self) -> None:  # noqa: N802
        self._data.append("Z")


def caption_drawing(folder: Path, font: Path) -> Asset:
    """The two rows as a drawing in `folder`, a group for each word; the black outline lies behind the fill."""
    chain = FontChain((face(str(font)),))
    groups: list[str] = []
    for text, baseline in ROWS:
        line = shape(text, chain, SIZE)
        x = 540 - (line.ink[0] + line.ink[2]) / 2
        for word in line.words:
            letters = outline(line, word.start, word.end, x, baseline)
            groups.append(f'<g id="{_name(len(groups))}"><path d="{letters}"/></g>')
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1080 1920"><g id="caption" fill="{WHITE}" '
        f'stroke="#000000" stroke-width="{2 * OUTLINE}" stroke-linejoin="round" paint-order="stroke">\n'
        + "\n".join(groups)
        + "\n</g></svg>\n"
    )
    path = folder / "caption.svg"
    path.write_text(svg, encoding="utf-8")
    return kept(path)


def _name(word: int) -> str:
    return f"word {word}"


def captions(drawing: Asset) -> list[Layer]:
    """The caption, and over it each word lit during its own second."""
    lit = ((WHITE, LIT),)
    return [
        Layer("caption", DrawingContent(drawing), 0, LENGTH, screen=True),
        *(
            Layer(_name(k), DrawingContent(drawing, _name(k), lit), k * RATE, (k + 1) * RATE, screen=True)
            for k in range(SECONDS)
        ),
    ]


def common_scene(sprite: Path, folder: Path, font: Path = FONT) -> Timeline:
    """The scene; `folder` takes the caption's drawing and has to stay until the scene is rendered."""
    round_star = kept(HERE / "star.svg")
    layers = (
        Layer("background", DrawingContent(kept(HERE / "background.svg")), 0, LENGTH),
        *(star(index, round_star) for index in range(24)),
        character(kept(sprite)),
        *captions(caption_drawing(folder, font)),
    )
    scene = Scene("common", LENGTH, layers)
    return Timeline("The common scene", "kawaii", 1080, 1920, Fraction(RATE), (60, 250, 910, 1480), (scene,))


def main() -> None:
    """Renders the scene, and prints what it cost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--materials", type=Path, required=True)
    parser.add_argument("--font", type=Path, default=FONT)
    parser.add_argument("--jobs", type=int)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        timeline = common_scene(asked.materials / "sprite.png", Path(folder), asked.font)
        music = asked.materials / "music.wav"
        soundtrack = Soundtrack(lambda: decoded(music), digest(music))
        report = render_film(timeline, soundtrack, asked.out, jobs=asked.jobs, cache=Cache(), crf=CRF)
    tally = report.tally
    steps = ", ".join(
        f"{name} {1000 * getattr(tally, name) / max(tally.frames, 1):.2f}"
        for name in ("stage", "paint", "convert", "encode")
    )
    print(f"{report.frames} frames, {report.reused} of {report.chunks} chunks reused, {report.jobs} jobs, ", end="")
    print(f"{report.seconds:.2f} s; CPU ms a frame: {steps}")


if __name__ == "__main__":
    main()
