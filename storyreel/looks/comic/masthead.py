"""A masthead: letters with dots on their red, paper round them, and a block of ink that they stand out of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from storyreel.looks.comic.palette import INK, RED, WHITE, WINE, YELLOW
from storyreel.puppet.model import Node, Shape
from storyreel.stage.ink import to_path
from storyreel.stage.outline import grown, joined, to_commands
from storyreel.widgets.outlines import Outline, shifted
from storyreel.widgets.pieces import filled, group

_BLOCK, _RIM, _EDGE = 14, 9.0, 4.0
"""How far the ink stands out, down right; how broad the paper round the letters is, and the line round that."""


@lru_cache(maxsize=16)
def _letters(path: Outline, bold: float) -> Node:
    back = to_path(tuple(to_commands(grown(to_path(path), _RIM * bold))))
    block = back
    for step in range(2, round(_BLOCK * bold) + 1, 2):
        block = joined(block, to_path(shifted(tuple(to_commands(back)), step * 0.8, step)))
    head = Shape(path, fill=YELLOW, role="shade", notes=(("tone", "0.7 0"),))
    foot = Shape(path, fill=WINE, role="shade", notes=(("tone", "0 0.6"),))
    return group(
        filled(tuple(to_commands(grown(block, _EDGE * bold))), INK, "ink"),
        filled(tuple(to_commands(back)), WHITE),
        filled(path, RED),
        Node(shape=head),
        Node(shape=foot),
    )


def lettered(rows: Sequence[Node], bold: float = 1.0) -> Node:
    """Rows of type as a masthead, its rim and its block so much bolder; emoji stand in it as they are."""
    nodes = []
    for row in rows:
        for letters in row.children:
            if letters.shape is not None:
                nodes.append(group(_letters(letters.shape.path, bold), transform=row.transform))
            if letters.signs is not None:
                nodes.append(Node(transform=row.transform, signs=letters.signs))
    return group(*nodes)
