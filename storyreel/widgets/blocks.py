"""Toy blocks, drawn neutrally: one, and the wall that rains down and builds itself."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from storyreel.puppet.model import Node
from storyreel.puppet.outline import ellipse_commands
from storyreel.stage.lettering import outline
from storyreel.stage.outline import to_commands
from storyreel.timeline import wall
from storyreel.timeline.wall import Brick
from storyreel.treatment.contract import Kit
from storyreel.treatment.tones import mixed
from storyreel.treatment.widget import Box, Settings, Values, Widget
from storyreel.widgets import figures
from storyreel.widgets.copyfit import fitted
from storyreel.widgets.given import number, text, whole
from storyreel.widgets.outlines import Outline, disc, heart, polygon, scaled, shifted, softened
from storyreel.widgets.pieces import filled, group, lined
from storyreel.widgets.solids import placed, solid, toys, within

_DEPTH, _LIFT = 0.3, 0.216
"""How far the side and the top of a block reach, as factors of its front: an oblique view from the upper right."""
_ICONS = ("heart", "star", "bunny", "B", "heart", "bunny", "star", "O", "heart", "K", "star")
_STEADY = 0.25
"""How much of the kit's roundness a block's corners take."""


def _icon(name: str, size: float, kit: Kit) -> Outline:
    """What is on a block, `size` units across: a heart, a star, a bunny, or a letter."""
    if name == "heart":
        return shifted(heart(0, 0, size * 0.56), 0, size * 0.02)
    if name == "star":
        return shifted(figures.star(size * 0.33), 0, size * 0.02)
    if name == "bunny":
        return figures.bunny(size * 0.6)
    letter = outline(fitted(name, "title", kit, size * 0.66, size * 0.6, 1).lines[0])
    bounds = letter.computeTightBounds()
    letter.offset(-bounds.centerX(), -bounds.centerY())
    return tuple(to_commands(letter))


@lru_cache(maxsize=256)
def block(colour: int, name: str, size: float, kit: Kit) -> Node:
    """A toy block: the middle of its front at (0, 0), `size` units across."""
    tint = toys(kit)[colour % len(toys(kit))]
    half, out, up = size / 2, size * _DEPTH, size * _LIFT
    pen = max(3.5, min(kit.line * 1.15, size * 0.07))
    corners = (
        *((-half, -half), (-half + out, -half - up), (half + out, -half - up), (half + out, half - up)),
        *((half, half), (-half, half)),
    )
    front = softened(corners, size * kit.corner * _STEADY)
    top = polygon(((-half, -half), (-half + out, -half - up), (half + out, -half - up), (half, -half)))
    side = polygon(((half, -half), (half + out, -half - up), (half + out, half - up), (half, half)))
    seams = (
        *polygon(((-half, -half), (half, -half), (half, half)), closed=False),
        *polygon(((half, -half), (half + out, -half - up)), closed=False),
    )
    return group(
        filled(front, tint),
        filled(within(top, front), mixed(tint, kit.colour("paper"), 0.55)),
        filled(within(side, front), mixed(tint, kit.colour("ink"), 0.32)),
        lined(seams, kit.colour("ink"), pen * 0.62),
        lined(front, kit.colour("ink"), pen),
        filled(_icon(name, size, kit), mixed(tint, kit.colour("ink"), 0.72), "ink"),
    )


def build_block(settings: Settings, values: Values, kit: Kit) -> Node:
    """One toy block about the middle of its front."""
    return block(whole(settings, "colour", 0), text(settings, "icon", "heart"), number(settings, "size", 96), kit)


def _block_box(settings: Settings) -> Box:
    size = number(settings, "size", 96)
    return (-0.62 * size, -0.82 * size, 0.92 * size, 0.62 * size)


BLOCK = Widget(shapes=build_block, bounds=_block_box)


class _Wall(NamedTuple):
    columns: int
    rows: int
    seed: int
    size: float
    profile: str

    @property
    def bricks(self) -> tuple[Brick, ...]:
        """Its blocks, in the order of drawing."""
        return wall.bricks(self.columns, self.rows, self.seed, self.profile)


def _wall(settings: Settings) -> _Wall:
    return _Wall(
        max(1, whole(settings, "columns", 4)),
        max(1, whole(settings, "rows", 6)),
        whole(settings, "seed", 0),
        number(settings, "size", 98),
        text(settings, "profile", "castle"),
    )


class _Fixtures(NamedTuple):
    """What of a wall of blocks so large is not a block."""

    shadow: Node
    rush: Node
    dash: Node
    pole: Node
    flag: Node


@lru_cache(maxsize=8)
def _fixtures(columns: int, size: float, kit: Kit) -> _Fixtures:
    unit, ink = size / 98, kit.colour("ink")
    behind = [polygon(((at * size, 0), (at * size, -far * size)), closed=False) for at, far in _RUSH]
    cloth = figures.curves(
        (3, -116),
        (36, -124, 70, -104, 112, -114),
        (90, -88),
        (112, -64),
        (70, -54, 36, -72, 3, -62),
    )
    return _Fixtures(
        group(filled(ellipse_commands(size * 0.25, 0, columns * size * 0.56, size * 0.2), ink, "shade", 0.24)),
        group(*(lined(path, ink, size * 0.05, 0.55) for path in behind)),
        group(lined(polygon(((0, 0), (size * 0.17, -size * 0.03)), closed=False), ink, size * 0.06)),
        group(
            lined(scaled(polygon(((0, 0), (0, -124)), closed=False), unit), ink, 15 * unit),
            lined(scaled(polygon(((0, -2), (0, -122)), closed=False), unit), kit.colour("paper"), 5 * unit),
            *solid(disc(0, -128 * unit, 10 * unit), kit.colour("warm"), kit, 5 * unit),
        ),
        group(
            *solid(scaled(cloth, unit), kit.colour("accent"), kit, 6.5 * unit, 12 * unit),
            filled(scaled(shifted(heart(0, 0, 32), 44, -88), unit), ink, "ink"),
        ),
    )


_RUSH = ((-0.3, 0.6), (0.12, 0.9), (0.5, 0.55))
"""The lines behind a block that falls: where, and how long, as shares of its size."""


def _brick(brick: Brick, shape: _Wall, seconds: float, made: _Fixtures, kit: Kit) -> Node:
    """A block with the lines behind it and the dashes that fly off when it lands."""
    size = shape.size
    toy = block(brick.colour, _ICONS[brick.icon % len(_ICONS)], size - 5, kit)
    pose = wall.pose(brick, seconds)
    if pose is None:
        return Node(children=(made.rush, toy, made.dash, made.dash), shown=False)
    foot = size / 2
    lines = placed(made.rush, 0, -size * 0.95, tall=max(pose.speed, 0.0), opacity=1.0 if pose.speed > 0 else 0.0)
    turned = placed(toy, 0, -foot, brick.tilt + pose.turn, crisp=kit.crisp)
    squashed = placed(turned, 0, foot, wide=pose.wide, tall=pose.tall)
    age = pose.impact
    dashes = [
        placed(
            made.dash,
            side * size * (0.56 + 0.3 * age),
            size * (0.42 - 0.04 * age),
            wide=side * (1 - age * age) if 0 < age < 1 else 0.0,
            tall=1 - age * age,
        )
        for side in (-1, 1)
    ]
    x = (brick.column - (shape.columns - 1) / 2) * size - size * 0.1 + brick.nudge * size * 0.03
    y = -size * (brick.row + 0.5) - abs(brick.nudge) * 1.5
    flying = placed((lines, squashed), 0, -pose.height, crisp=kit.crisp)
    return placed((flying, *dashes), x, y, crisp=kit.crisp)


def build_wall(settings: Settings, values: Values, kit: Kit) -> Node:
    """The wall `t` seconds after it began to rain; the middle of its foot is at (0, 0)."""
    shape = _wall(settings)
    columns, rows, seed, size, profile = shape
    seconds = values.get("t", 0.0)
    made = _fixtures(columns, size, kit)
    grown = min(1.0, max(0.0, (seconds - shape.bricks[0].landing) / 0.3))
    after = number(settings, "pennant", wall.PENNANT)
    up, sway = wall.pennant(columns, rows, seed, profile, seconds, after)
    x = (wall.tower(columns) - (columns - 1) / 2) * size + size * 0.04
    flag = placed(made.flag, 0, 0, wide=1.0, tall=1.0, turn=sway * 7, crisp=kit.crisp)
    return Node(
        children=(
            placed(made.shadow, wide=0.85 + 0.15 * grown, tall=1.0, opacity=grown),
            placed((made.pole, flag), x, -rows * size - size * 0.06, wide=1.0, tall=up),
            *(_brick(brick, shape, seconds, made, kit) for brick in shape.bricks),
        )
    )


def _wall_box(settings: Settings) -> Box:
    columns, rows, _, size, _ = _wall(settings)
    side = (columns / 2 + 0.7) * size
    return (-side - size * 0.3, -rows * size - wall.DROP - 2.2 * size, side + size, size * 0.4)


WALL = Widget(shapes=build_wall, bounds=_wall_box, values=("t",))
