"""Treated drawings, made once and kept: what a look makes of a drawing is dear, and always the same.

In a process they are kept by who draws them. From one process to the next they lie on a shelf, as plain data: 350 ms
for a puppet in pencil, and 1 s for a room, become 15 and 60.
"""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, is_dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from storyreel.assets import digest
from storyreel.puppet import model
from storyreel.puppet.model import Node
from storyreel.puppet.rig import read_rig
from storyreel.puppet.svg import read_drawing, read_figure
from storyreel.stage.recast import Wardrobe
from storyreel.stage.treated import Hand, treated
from storyreel.treatment.contract import Place

What = tuple[str | float | Place | tuple[tuple[str, str], ...], ...]
"""All that decides what comes of a drawing, beside the look."""


class Shelf(Protocol):
    """Where treated drawings of one look lie."""

    def get(self, what: What) -> bytes | None:
        """A kept one, as it was put; None where there is none."""

    def put(self, what: What, piece: bytes) -> None:
        """Keeps one."""


_shelf: ContextVar[Shelf | None] = ContextVar("shelf", default=None)


@contextmanager
def kept_on(shelf: Shelf | None) -> Iterator[None]:
    """Has drawings looked up on a shelf, and put there, for the time of the block."""
    before = _shelf.set(shelf)
    try:
        yield
    finally:
        _shelf.reset(before)


@dataclass(frozen=True)
class Still:
    """A drawing without joints, or one named group of it, with some of its hexes replaced."""

    path: Path
    colours: tuple[tuple[str, str], ...] = ()
    part: str = ""

    def what(self, hand: Hand) -> What:
        """What it is known by, drawn so."""
        return ("still", digest(self.path), self.colours, self.part, hand.place)

    def treated(self, hand: Hand) -> Node:
        """It, or its group, as a look draws it in any mood."""
        return _kept(self.what(hand), lambda: self._made(hand))

    def _made(self, hand: Hand) -> Node:
        drawing = read_drawing(self.path)
        root = (drawing.find(self.part) if self.part else None) or drawing.root
        known = replaced(self.colours)
        return treated(replace(drawing, root=root), hand, lambda hexed, _: known.get(hexed, hexed)).root


def replaced(colours: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """The hexes of a drawing with what each becomes."""
    return {old.upper(): new for old, new in colours}


@dataclass(frozen=True)
class Figure:
    """A puppet in its author's colours, by the rig's names of them."""

    path: Path
    rig: Path | None = None
    colours: tuple[tuple[str, str], ...] = ()

    @property
    def state(self) -> str:
        """Digests of its drawing and its rig."""
        beside = self.rig or self.path.with_suffix(".rig.yaml")
        return f"{digest(self.path)} {digest(beside) if beside.is_file() else ''}"

    def what(self, hand: Hand, turn: float = 0.0, only: str = "") -> What:
        """What it is known by, drawn so."""
        return ("figure", self.state, self.colours, hand.place, turn, only)

    def treated(self, hand: Hand, turn: float = 0.0, only: str = "") -> Node:
        """It as a look draws it in any mood; of a turned one (in degrees), one part alone."""
        return _kept(self.what(hand, turn, only), lambda: self._made(hand, turn, only))

    def _made(self, hand: Hand, turn: float, only: str) -> Node:
        rig = read_rig(self.path, self.rig)
        recast = Wardrobe(rig.recast, dict(self.colours)).colour
        return treated(read_figure(self.path), hand, recast, rig.pivots, turn, only).root


def _kept(what: What, make: Any) -> Node:
    shelf = _shelf.get()
    piece = shelf.get(what) if shelf is not None else None
    found = _unpacked(piece) if piece is not None else None
    if found is None:
        found = make()
        if shelf is not None:
            shelf.put(what, _packed(found))
    return found


def _packed(root: Node) -> bytes:
    return zlib.compress(pickle.dumps(root, protocol=5), 1)


class _Data(pickle.Unpickler):
    """Reads nothing but what drawings are made of: whatever else a piece names is neither imported nor called."""

    def find_class(self, module: str, name: str) -> Any:
        kind = getattr(model, name, None)
        if module == model.__name__ and isinstance(kind, type) and is_dataclass(kind):
            return kind
        raise pickle.UnpicklingError(f"a drawing holds no {module}.{name}")


def _unpacked(piece: bytes) -> Node | None:
    """What was kept; None where the piece holds something else."""
    try:
        found = _Data(io.BytesIO(zlib.decompress(piece))).load()
    except (zlib.error, pickle.UnpicklingError, EOFError, AttributeError, TypeError, ValueError, LookupError):
        return None
    return found if isinstance(found, Node) else None
