"""Puppets of pixel cells: whole small pictures, one for each state of a part, that change places and never turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from storyreel.puppet.model import Point, Rig
from storyreel.puppet.stock import stock_poses

Values = Mapping[str, float]
Pixels = NDArray[np.uint8]
"""A picture of shape (height, width, 4): RGBA, not premultiplied."""

TURN, TURNS = "turn of loops", 4.0
"""The channel that says how often what goes round has changed, and how often it does in a second."""
_ON_NECK = ("head", "eyes", "brows", "mouth", "puffs")
"""Parts that go by the neck of the body, where nothing else is said."""
_AT_REST = ("body", "head", "eyes", "brows", "mouth")
"""Parts whose first cell is there at rest."""
_GAZE = 0.45
"""From here on, of 1, eyes look aside."""
_HALF, _SHUT = 0.3, 0.75
"""How far lids are down where half shut eyes are drawn, and shut ones."""
_FACES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "neutral": (("Neutral",), (), ()),
    "happy": (("Smile",), (), ()),
    "joy": (("Smile",), ("happy",), ("up",)),
    "tender": (("Smile",), ("shy",), ()),
    "smug": (("Smile",), ("half",), ("one",)),
    "sad": (("Sad",), ("sad", "wet"), ("sad",)),
    "worried": (("Sad",), (), ("sad",)),
    "angry": (("Sad",), (), ("firm",)),
    "determined": (("M",), (), ("firm",)),
    "surprised": (("Surprised",), ("wide",), ("up",)),
}
"""The usual faces: mouth, eyes and brows, each the first that is drawn."""
_BUST = 0.75
"""From this share of its height on that is head, a drawing shows no feet."""
_ACTED = {"cheer": "arms up", "wave": "wave1"}
"""Usual poses that a body may have a cell for."""


@dataclass(frozen=True)
class Cell:
    """One small picture on a sheet.

    Attributes:
        name: the part, and behind it the state: `body bent`, `eyes open`, `mouth Ah`, `head`.
        rect: left, top, width and height on the sheet.
        z: who is drawn before whom: higher is nearer.
        anchor: the point that is put in its place, from the rect's corner.
        points: places for others, from the rect's corner.
        on: the point that it is put on; "" where nothing is said.
        part: the part that it is a state of.
        step: as a plane of a set, its share of the camera's movement.
    """

    name: str
    rect: tuple[int, int, int, int]
    z: float
    anchor: Point
    points: Mapping[str, Point]
    on: str
    part: str
    step: float = 1.0

    @property
    def state(self) -> str:
        """The state of its part that it shows."""
        return self.name.removeprefix(self.part).strip()


@dataclass(frozen=True)
class Sheet:
    """All cells of a puppet by their names.

    Attributes:
        rest: the cells that are there at rest.
        poses, faces: named lists of cells, besides those that their names tell of.
        box: how wide and how high a picture is that it is a set of.
        loops: what goes round by itself: cells by name, and those that each shows in turn.
        turns: how many of those it shows in a second.
    """

    name: str
    cells: Mapping[str, Cell]
    pixels: Pixels
    rest: tuple[str, ...] = ()
    poses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    faces: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    box: tuple[float, float] | None = None
    loops: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    turns: float = TURNS

    @property
    def loose(self) -> bool:
        """Whether it is nobody's body: things lie on it, each of which is there when it is asked for."""
        return not {"body", "head"} & self.parts.keys()

    @cached_property
    def parts(self) -> Mapping[str, tuple[Cell, ...]]:
        """The cells of each part, in the order of the sheet."""
        found: dict[str, list[Cell]] = {}
        for cell in self.cells.values():
            found.setdefault(cell.part, []).append(cell)
        return {part: tuple(cells) for part, cells in found.items()}

    @cached_property
    def mouths(self) -> tuple[str, ...]:
        """The shapes of its mouth."""
        return tuple(cell.state for cell in self.parts.get("mouth", ()))

    def cell(self, part: str, *states: str) -> Cell | None:
        """A part's cell for the first of these states that there is one for."""
        known = {cell.state: cell for cell in self.parts.get(part, ())}
        return next((known[state] for state in states if state in known), None)

    def resting(self, part: str) -> Cell | None:
        """The cell of a part at rest; None for one that is not there."""
        cells = self.parts[part]
        if self.rest:
            return next((cell for cell in cells if cell.name in self.rest), None)
        first = cells[0]
        return first if part in _AT_REST or first.on or not first.state else None


def shown(sheet: Sheet, pose: Values) -> tuple[Cell, ...]:
    """The cells that a pose shows, back to front: one of each part that is there."""
    chosen: dict[str, Cell] = {}
    for part, cells in sheet.parts.items():
        asked = [cell for cell in cells if pose.get(f"{cell.name}.show", 0.0) >= 0.5]
        cell = asked[-1] if asked else None if sheet.loose else sheet.resting(part)
        if part == "mouth" and not sheet.loose:
            cell = cells[min(round(pose.get("mouth", 0.0)), len(cells) - 1)]
        elif part == "eyes" and not sheet.loose and (not asked or cell is sheet.resting(part)):
            # Eyes that a face has look somewhere on purpose: they don't blink, unless they are those at rest.
            cell = _lids(sheet, pose) or (cell if asked else _gaze(sheet, pose) or cell)
        if cell is not None:
            chosen[part] = cell
    if "body" in chosen and "arms" not in chosen:
        # Forearms that pass before the head are a cell of their own.
        arms = sheet.cell("arms", chosen["body"].state)
        if arms is not None:
            chosen["arms"] = arms
    if not chosen:
        # Loose things lie on such a sheet: stones, people on their ledges.
        chosen = {cell.part: cell for cell in list(sheet.cells.values())[:1]}
    turn = int(pose.get(TURN, 0.0))
    going = (_in_turn(sheet, cell, turn) for cell in chosen.values())
    return tuple(sorted(going, key=lambda cell: cell.z))


def _in_turn(sheet: Sheet, cell: Cell, turn: int) -> Cell:
    """What a cell shows by now that goes round by itself."""
    loop = sheet.loops.get(cell.name)
    return sheet.cells[loop[turn % len(loop)]] if loop else cell


def _lids(sheet: Sheet, pose: Values) -> Cell | None:
    """Eyes that laugh or are shut; both at once, as one cell shows both."""
    lids, glad = (min(pose.get(f"{what}.{side}", 0.0) for side in ("Left", "Right")) for what in ("blink", "laugh"))
    if glad >= 0.5 and (cell := sheet.cell("eyes", "happy")) is not None:
        return cell
    states = ("blink", "half") if lids >= _SHUT else ("half",) if lids >= _HALF else ()
    return sheet.cell("eyes", *states)


def _gaze(sheet: Sheet, pose: Values) -> Cell | None:
    """Eyes that look aside."""
    x, y = pose.get("gaze.x", 0.0), pose.get("gaze.y", 0.0)
    across = "left" if x <= -_GAZE else "right" if x >= _GAZE else ""
    down = "up" if y <= -_GAZE else "down" if y >= _GAZE else ""
    return sheet.cell("eyes", down + across, across, down) if across or down else None


def laid(sheet: Sheet, pose: Values) -> list[tuple[Cell, tuple[int, int]]]:
    """The cells of a pose, back to front, each with where its corner lies: whole pixels, the feet at the origin."""
    cells = shown(sheet, pose)
    there = {cell.part: cell for cell in cells}
    nod = (round(pose.get("Head.dx", 0.0)), round(pose.get("Head.dy", 0.0)))
    known: dict[str, tuple[int, int]] = {}

    def corner(part: str) -> tuple[int, int]:
        if part not in known:
            known[part] = (0, 0)  # what would carry itself stands at the origin
            cell = there[part]
            x, y = (-round(side) for side in cell.anchor)
            holder = _holder(cell, there)
            if holder is not None:
                left, top = corner(holder.part)
                across, down = holder.points[cell.on or "neck"]
                x, y = x + left + round(across), y + top + round(down)
            if not cell.on and part in _ON_NECK and part != "body":
                x, y = x + nod[0], y + nod[1]
            x, y = (at + round(pose.get(f"{cell.name}.{way}", 0.0)) for at, way in ((x, "dx"), (y, "dy")))
            known[part] = (x, y)
        return known[part]

    return [(cell, corner(cell.part)) for cell in cells]


def _holder(cell: Cell, there: Mapping[str, Cell]) -> Cell | None:
    """The cell whose point another is put on: the head's before the body's before any other's."""
    if not cell.on:
        body = there.get("body")
        return body if cell.part in _ON_NECK and body is not None and "neck" in body.points else None
    order: Iterable[str] = dict.fromkeys(("head", "body", *there))
    return next(
        (there[part] for part in order if part in there and part != cell.part and cell.on in there[part].points), None
    )


def rig_of(sheet: Sheet) -> Rig:
    """What the director has to know of a puppet of cells: its parts, its measures, its poses, faces and mouths.

    Its units are the sheet's pixels. Every cell is a part that a pose can show; joints that would turn it has none.
    """
    placed = laid(sheet, {})
    left = min((x for _, (x, _) in placed), default=0)
    top = min((y for _, (_, y) in placed), default=0)
    right = max((x + cell.rect[2] for cell, (x, _) in placed), default=1)
    corners = {cell.part: (cell, at) for cell, at in placed}

    def pivot(part: str) -> Point:
        if part not in corners:
            return (0.0, 0.0)
        cell, (x, y) = corners[part]
        return (x + cell.anchor[0], y + cell.anchor[1])

    pivots = {cell.name: pivot(cell.part) for cell in sheet.cells.values()}
    for name, part in (("Head", "head"), ("Body", "body"), ("Mouth", "mouth")):
        if part in sheet.parts:
            pivots[name] = pivot(part)
    if sheet.cell("eyes", "happy") is not None:
        pivots |= {"Left Laugh": pivot("eyes"), "Right Laugh": pivot("eyes")}
    pivots[sheet.name] = (0.0, 0.0)
    head = float(corners["head"][0].rect[3]) if "head" in corners else float(max(-top, 1))
    return Rig(
        sheet.name,
        float(max(-top, 1)),
        float(right - left),
        (0.0, 0.0),
        pivots,
        poses={**stock_poses(sheet.name, pivots, {}, {}, head), **dict(_poses(sheet))},
        faces=dict(_faces(sheet)),
        mouths=sheet.mouths,
        celled=True,
        stands=head < _BUST * -top or "head" not in corners,
    )


def _poses(sheet: Sheet) -> Iterator[tuple[str, Values]]:
    """A pose for every cell by its whole name, for every state of the body by that alone, and those that are listed."""
    for cell in sheet.cells.values():
        if cell.part != "mouth":
            yield cell.name, {f"{cell.name}.show": 1.0}
    for cell in sheet.parts.get("body", ()):
        if cell.state:
            yield cell.state, {f"{cell.name}.show": 1.0}
    for name, state in _ACTED.items():
        if (acted := sheet.cell("body", state)) is not None:
            yield name, {f"{acted.name}.show": 1.0}
    for name, cells in sheet.poses.items():
        yield name, _showing(sheet, cells)


def _faces(sheet: Sheet) -> Iterator[tuple[str, Values]]:
    """A face for every state of the eyes and of the brows, the usual ones, and those that are listed."""
    for part in ("brows", "eyes"):
        for cell in sheet.parts.get(part, ()):
            yield cell.state, {f"{cell.name}.show": 1.0}
    for name, states in _FACES.items():
        cells = (sheet.cell(part, *wanted) for part, wanted in zip(("mouth", "eyes", "brows"), states, strict=True))
        yield name, _showing(sheet, (cell.name for cell in cells if cell is not None))
    for name, listed in sheet.faces.items():
        yield name, _showing(sheet, listed)


def _showing(sheet: Sheet, names: Iterable[str]) -> Values:
    """The channels that show some cells."""
    found: dict[str, float] = {}
    for cell in map(sheet.cells.__getitem__, names):
        if cell.part == "mouth":
            found["mouth"] = float(sheet.mouths.index(cell.state))
        else:
            found[f"{cell.name}.show"] = 1.0
    return found
