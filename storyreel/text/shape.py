"""Shapes a line of text: faces, directions, glyphs, the place of every word, and the ink it covers.

Order of work: grapheme clusters (UAX 29), a face for each, bidirectional levels (UAX 9), runs of one face and one level
shaped by HarfBuzz with the whole text as context, runs reordered (rule L2).
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from storyreel.errors import StoryreelError
from storyreel.text.chain import Face, FontChain, has_glyph, hb_font
from storyreel.text.direction import base_level, levels, visual

_BLANKS = dict.fromkeys(map(ord, "\t\n\v\f\r\x85\u2028\u2029"), " ")
"""White space that fonts have no glyph for."""
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
"""Characters that shape others and need no glyph of their own (Unicode: Default_Ignorable_Code_Point)."""
_QUOTED = 30
"""Characters on either side of one without a glyph that a message quotes."""
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff\U0001f1e6-\U0001f1ff\u203c\u2049\u3030\u303d\ufe0f\u20e3]"
)


class MissingGlyph(StoryreelError):
    """No face of a chain has a character."""

    def __init__(self, character: str, text: str, chain: FontChain) -> None:
        self.character, self.text = character, text
        point = " ".join(f"U+{ord(c):04X}" for c in character)
        faces = ", ".join(face.name for face in chain.faces)
        at = max(text.find(character), 0)
        first, end = max(at - _QUOTED, 0), at + len(character) + _QUOTED
        quoted = f"{'…' * (first > 0)}{text[first:end]}{'…' * (end < len(text))}"
        super().__init__(f"no glyph for '{character}' ({point}) in “{quoted}”; looked in {faces}")


@dataclass(frozen=True)
class GlyphRun:
    """Glyphs of one face: ids, their places (x right, y down, from the line's origin), the text index of each."""

    face: Face
    glyphs: tuple[int, ...]
    points: tuple[tuple[float, float], ...]
    clusters: tuple[int, ...]
    advances: tuple[float, ...]


@dataclass(frozen=True)
class WordBox:
    """Where a word stands: its span of the text, and its left and right edge on the line."""

    start: int
    end: int
    left: float
    right: float


@dataclass(frozen=True)
class ShapedLine:
    """A line of text ready to be drawn with its baseline's left end at (0, 0).

    Attributes:
        width: how far the pen has gone.
        ink: left, top, right, bottom of what is painted; a coloured glyph counts as its whole box.
        words: the words by white space, in the order of the text.
        ascent, descent: of the first face, both positive.
    """

    text: str
    size: float
    runs: tuple[GlyphRun, ...]
    width: float
    ink: tuple[float, float, float, float]
    words: tuple[WordBox, ...]
    ascent: float
    descent: float


def _clusters(text: str) -> Sequence[tuple[int, int]]:
    """Each as where it starts and ends, in text without line breaks."""
    if text.isascii():
        return [(at, at + 1) for at in range(len(text))]
    from uniseg.graphemecluster import grapheme_cluster_boundaries

    return list(itertools.pairwise(grapheme_cluster_boundaries(text)))


def _face_of(cluster: str, chain: FontChain) -> Face | None:
    if cluster.isspace():
        return chain.faces[0]
    needed = _UNSEEN.sub("", cluster)
    faces = list(chain.faces)
    if _EMOJI.search(cluster) and not cluster.isascii():
        faces.sort(key=lambda face: not face.coloured)
    return next((face for face in faces if all(has_glyph(face, character) for character in needed)), None)


@lru_cache(maxsize=2048)
def shape(text: str, chain: FontChain, size: float, language: str = "en", track: float = 0.0) -> ShapedLine:
    """Shapes one line.

    Args:
        text: the line; line breaks and tabs in it are spaces.
        chain: the faces to look in.
        size: type size in stage units.
        language: BCP 47; decides the base direction, unless all letters run from right to left.
        track: extra space after each glyph.

    Raises:
        MissingGlyph: no face of the chain has a character.
    """
    import uharfbuzz as hb

    text = text.translate(_BLANKS)
    base = base_level(text, language)
    faces: list[Face] = []
    for start, end in _clusters(text):
        found = _face_of(text[start:end], chain)
        if found is None:
            raise MissingGlyph(text[start:end], text, chain)
        faces += [found] * (end - start)
    depths = levels(text, base) if not text.isascii() or base else [0] * len(text)
    spans: list[tuple[int, int]] = []
    for index in range(len(text)):
        if spans and faces[index] == faces[index - 1] and depths[index] == depths[index - 1]:
            spans[-1] = (spans[-1][0], index + 1)
        else:
            spans.append((index, index + 1))
    pen, runs = 0.0, []
    left = top = float("inf")
    right = bottom = float("-inf")
    for number in visual([depths[start] for start, _ in spans]):
        start, end = spans[number]
        face = faces[start]
        font = hb_font(face)
        scale = size / font.face.upem
        buffer = hb.Buffer()
        buffer.add_str(text, start, end - start)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if depths[start] % 2 else "ltr"
        hb.shape(font, buffer)
        glyphs, points, clusters, advances = [], [], [], []
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            if info.codepoint == 0 and _UNSEEN.match(text[info.cluster]) is None:
                raise MissingGlyph(text[info.cluster], text, chain)
            x, y = pen + position.x_offset * scale, -position.y_offset * scale
            advance = position.x_advance * scale + (track if position.x_advance else 0.0)
            box = font.get_glyph_extents(info.codepoint)
            if face.coloured:
                left, right = min(left, x), max(right, x + advance)
                top, bottom = min(top, y - size * 0.95), max(bottom, y + size * 0.25)
            elif box is not None and box.width:
                left, right = min(left, x + box.x_bearing * scale), max(right, x + (box.x_bearing + box.width) * scale)
                top = min(top, y - box.y_bearing * scale)
                bottom = max(bottom, y - (box.y_bearing + box.height) * scale)
            glyphs.append(info.codepoint)
            points.append((x, y))
            clusters.append(info.cluster)
            advances.append(advance)
            pen += advance
        runs.append(GlyphRun(face, tuple(glyphs), tuple(points), tuple(clusters), tuple(advances)))
    if left > right:
        left = top = right = bottom = 0.0
    metrics = hb_font(chain.faces[0]).get_font_extents("ltr")
    unit = size / hb_font(chain.faces[0]).face.upem
    return ShapedLine(
        text,
        size,
        tuple(runs),
        pen,
        (left, top, right, bottom),
        _words(text, runs),
        metrics.ascender * unit,
        -metrics.descender * unit,
    )


def _words(text: str, runs: list[GlyphRun]) -> tuple[WordBox, ...]:
    spans = [match.span() for match in re.finditer(r"\S+", text)]
    starts = [start for start, _ in spans]
    edges: dict[int, tuple[float, float]] = {}
    for run in runs:
        for (x, _), advance, cluster in zip(run.points, run.advances, run.clusters, strict=True):
            number = bisect_right(starts, cluster) - 1
            if number >= 0 and cluster < spans[number][1]:
                left, right = edges.get(number, (x, x + advance))
                edges[number] = (min(left, x), max(right, x + advance))
    return tuple(WordBox(*spans[number], *edges[number]) for number in sorted(edges))
