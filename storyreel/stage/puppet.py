"""Draws puppets in a pose. The same pose gives the same pixels, always."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple, TypeVar

import skia

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.puppet.bounds import around, boxes
from storyreel.puppet.model import Drawing, Matrix, Rig, concat
from storyreel.puppet.rig import read_rig
from storyreel.puppet.svg import read_drawing, read_figure
from storyreel.stage.covering import Nest
from storyreel.stage.edges import draw_edges
from storyreel.stage.forms import Forms, firm, forms, lit, parts, plain, silhouette
from storyreel.stage.geometry import Curl, Geometry, Recent, union
from storyreel.stage.ink import to_matrix
from storyreel.stage.kept import Figure
from storyreel.stage.parts import Part, clip_areas, switches
from storyreel.stage.pictures import Picture
from storyreel.stage.posing import Pose, Skeleton
from storyreel.stage.recast import Wardrobe
from storyreel.stage.sight import in_sight
from storyreel.stage.sprites import between_steps, lay, stepped
from storyreel.stage.toning import Tone
from storyreel.stage.treated import Hand
from storyreel.stage.trimming import hidden
from storyreel.treatment.contract import Edge

Bounds = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_BEND_STEP = 0.5
"""Bends are rounded to half a degree before anything is computed, so that a kept bend is the bend itself."""
_IMAGE_STEP = 1.0
"""Those of what is kept as an image for each bend, whose parts turn by three times as much at once."""
_TURNS = 24
"""Parts kept that a look has drawn as they are turned."""
_ORDERS = 64
"""Orders of drawing kept of one puppet, for what it shows and how it looks."""
_Value = TypeVar("_Value")
_Choices = tuple[tuple[str, _Value], ...]


class _Trim(NamedTuple):
    """A picture without what something hides that is drawn later, and what carries that."""

    carrier: str
    picture: Picture


class _Piece(NamedTuple):
    """A picture in its place: the part it belongs to, how that moves, how it bends."""

    part: Part
    picture: Picture
    trims: tuple[_Trim, ...]
    motion: Matrix
    curl: Curl

    @property
    def geometry(self) -> Geometry:
        """What it draws, whatever the colours."""
        return self.picture.covered

    def trimmed(self, motion: Callable[[str], Matrix]) -> Picture:
        """What has to be drawn of it, as it and what hides it have moved."""
        for trim in self.trims:
            if hidden(self.geometry, self.motion, motion(trim.carrier)):
                return trim.picture
        return self.picture


class DrawnPuppet:
    """A puppet ready to be drawn in any pose."""

    def __init__(
        self,
        figure: Figure,
        drawing: Drawing,
        rig: Rig,
        known: Forms,
        hand: Hand | None = None,
    ) -> None:
        self._figure, self.drawing, self.rig, self._forms = figure, drawing, rig, known
        self._hand = hand
        self._wardrobe = Wardrobe(rig.recast, dict(figure.colours))
        self._smooth = hand is None or hand.smooth
        self._top = parts(self._treated(), rig, self._colour, known.geometries, self._smooth, hand is not None)
        if hand is None:
            nest = Nest(firm(self._top))
            self._edged: Callable[[skia.Canvas, Sequence[_Piece], Sequence[Edge]], None] = partial(draw_edges, nest)
        else:
            under = silhouette(plain(figure), figure.state)
            self._edged = under.bands.draw
            for part in self._top.walk():
                for picture in part.pictures:
                    picture.covered = under.covered[picture.number]
        self._turns: Recent[dict[int, Picture]] = Recent(_TURNS)
        self._skeleton = Skeleton(drawing, rig)
        self._springs = {spring.part: spring for spring in rig.springs}
        named = {part.name for part in self._top.walk()}
        self._lids = {
            f"{side} Eye": (side, {what for what in ("Blink", "Laugh") if f"{side} {what}" in named})
            for side in ("Left", "Right")
        }
        self._clips = clip_areas(drawing, rig)
        self._orders: Recent[list[tuple[Part, Picture, tuple[_Trim, ...]]]] = Recent(_ORDERS)
        self._cut_pictures: dict[int, Picture] = {}

    def _treated(self, turn: float = 0.0, only: str = "") -> Drawing:
        """The drawing as the look's hand draws it; of a turned one, one part alone."""
        if self._hand is None:
            return self.drawing
        return replace(self.drawing, root=self._forms.treated(self._figure, self._hand, turn, only))

    def _colour(self, hexed: str, parts: tuple[str, ...], role: str) -> str:
        if self._hand is not None:
            return self._hand.colour(hexed, role, parts)
        return self._wardrobe.colour(hexed, parts)

    @staticmethod
    def load(
        drawing: Path,
        rig: Path | None = None,
        colours: tuple[tuple[str, str], ...] = (),
        hand: Hand | None = None,
    ) -> DrawnPuppet:
        """A puppet from its SVG, kept for as long as its files stay the same.

        Args:
            drawing: the SVG.
            rig: its rig; left out, the one beside it, if there is one.
            colours: names of the rig's `colours` with the "#RRGGBB" that each becomes.
            hand: how a look draws it; left out, as it is.

        Raises:
            SceneError: the drawing or its rig has mistakes.
            StoryreelError: a file is not there, or a colour has no such name.
        """
        read_drawing(drawing)
        figure = Figure(drawing, rig, colours)
        if hand is None or not hand.redraws:
            return _puppet(figure, figure.state, None)
        return _puppet(figure, figure.state, lit(figure, figure.state, hand))

    def motions(self, pose: Pose) -> Callable[[str], Matrix]:
        """How each part is moved in a pose, with all that carries it, in the drawing's units."""
        return self._skeleton.motions(pose)

    def draw(
        self,
        canvas: skia.Canvas,
        pose: Pose,
        edges: Sequence[Edge] = (),
        only: frozenset[str] | None = None,
        tone: Tone | None = None,
    ) -> None:
        """Draws the puppet with its feet at the origin, in its own units.

        Args:
            canvas: where to draw; its matrix and clip are left as they were.
            pose: channel values; a missing one is at rest.
            edges: bands round the whole, the undermost first.
            only: draws nothing but these parts and what they hold.
            tone: what one whose parts are kept as images is seen through.
        """
        as_images = self._hand is not None and self._hand.as_images
        if as_images and between_steps(canvas, lambda inner: self.draw(inner, pose, edges, only), tone):
            return
        saved = canvas.save()
        canvas.translate(-self.rig.feet[0], -self.rig.feet[1])
        motion = self.motions(pose)
        if as_images:
            motion = stepped(motion, self.rig.pivots, self.rig.carriers, self.rig.feet, canvas)
        pieces = [
            piece for piece in self._pieces(pose, motion) if only is None or not only.isdisjoint(piece.part.names)
        ]
        if not in_sight(canvas, pieces, edges):
            canvas.restoreToCount(saved)
            return
        if edges:
            self._edged(canvas, list(_outer(pieces)), edges)
        cuts: list[tuple[Part, int]] = []
        for piece in pieces:
            wanted = piece.part.cuts
            keep = 0
            while keep < min(len(cuts), len(wanted)) and cuts[keep][0] is wanted[keep]:
                keep += 1
            if keep < len(cuts):
                canvas.restoreToCount(cuts[keep][1])
                del cuts[keep:]
            picture = self._turned(piece) or (piece.picture if only is not None else piece.trimmed(motion))
            matrix = to_matrix(piece.motion)
            # An image is laid on whole pixels: it may reach in by what it is moved.
            if not as_images and not picture.is_seen(canvas, matrix, piece.curl):
                continue
            for part in wanted[keep:]:
                cuts.append((part, self._cut(canvas, part, motion, pose)))
            if as_images:
                lay(canvas, picture, matrix, piece.curl, tone)
            else:
                picture.draw(canvas, matrix, piece.curl)
        canvas.restoreToCount(saved)

    def _turned(self, piece: _Piece) -> Picture | None:
        """A piece as the look draws it where its part is turned far from rest; None where it is not."""
        step = self._hand.treatment.step if self._hand is not None else 0.0
        if step <= 0:
            return None
        a, b, *_ = piece.motion
        turn = round(math.degrees(math.atan2(b, a)) / step) * step
        if not turn:
            return None
        carrier = piece.part.carrier
        found = self._turns.get((carrier, turn), lambda: self._redrawn(carrier, turn))
        return found.get(piece.picture.number)

    def _redrawn(self, part: str, turn: float) -> dict[int, Picture]:
        """The pictures of one part as the look draws it turned, by their numbers."""
        top = parts(self._treated(turn, part), self.rig, self._colour, {}, self._smooth, True)
        found = (inner for inner in top.walk() if inner.carrier == part)
        return {picture.number: picture for inner in found for picture in inner.pictures}

    def bounds(self, pose: Pose | None = None) -> Bounds:
        """Where the puppet's ink is in a pose, with its feet at the origin, in its own units.

        Raises:
            StoryreelError: nothing of it is shown.
        """
        posed = pose or {}
        pieces = self._pieces(posed, self._skeleton.motions(posed))
        box = _whole(pieces).computeTightBounds()
        if box.isEmpty():
            raise StoryreelError(f"{self.drawing.name}: nothing to see in this pose")
        x, y = self.rig.feet
        return (box.left() - x, box.top() - y, box.right() - x, box.bottom() - y)

    def parts(self, pose: Pose, matrix: Matrix) -> dict[str, Bounds]:
        """The box of each part that is shown in a pose, where `matrix` takes the puppet with its feet at the origin."""
        motion = self._skeleton.motions(pose)
        shown = {name for piece in self._pieces(pose, motion) for name in piece.part.names}
        x, y = self.rig.feet
        outer = concat(matrix, (1, 0, 0, 1, -x, -y))
        rest = boxes(self.drawing)
        return {
            name: around(box, concat(outer, motion(name)))
            for name, box in rest.items()
            if name in shown and name in self.rig.pivots
        }

    def _pieces(self, pose: Pose, motion: Callable[[str], Matrix]) -> list[_Piece]:
        """Every picture to draw, in order; what is in front comes last."""
        shows, fronts = switches(tuple(pose))
        state = (
            tuple((name, pose[channel] >= 0.5) for name, channel in shows),
            tuple(name for name, channel in fronts if pose[channel] >= 0.5),
            round(pose.get("mouth", 0.0)),
            tuple((name, self._shut(name, pose)) for name in self._lids),
        )
        curls: dict[str, Curl] = {"": None}
        for name in self._springs:
            curls[name] = self._curl(name, pose)
        return [
            _Piece(part, picture, trims, motion(part.carrier), curls[part.spring])
            for part, picture, trims in self._orders.get(state, lambda: self._order(*state))
        ]

    def _order(
        self, shown: _Choices[bool], fronts: tuple[str, ...], mouth: int, lids: _Choices[str]
    ) -> list[tuple[Part, Picture, tuple[_Trim, ...]]]:
        """What is drawn, in order, with these parts shown or hidden, these in front, that mouth and those lids."""
        shows, shut = dict(shown), dict(lids)
        front: list[Part] = []
        found: list[tuple[Part, Picture]] = []

        def appears(part: Part) -> bool:
            name = part.name
            if name in shows:
                return shows[name]
            if part.viseme is not None:
                return part.viseme == mouth
            if part.holder in shut:
                lid = shut[part.holder]
                return name == lid if lid else part.node.shown and not part.is_lid
            return part.node.shown

        def visit(part: Part, forced: bool) -> None:
            if not appears(part):
                return
            if not forced and part.name in fronts:
                front.append(part)
                return
            closed = shut.get(part.name)
            for inner in part.content:
                if isinstance(inner, Part):
                    visit(inner, False)
                elif not closed:
                    found.append((part, inner))

        visit(self._top, False)
        for part in front:
            visit(part, True)
        return [(*drawn, self._trims(*drawn, found[index + 1 :])) for index, drawn in enumerate(found)]

    def _trims(self, part: Part, picture: Picture, later: list[tuple[Part, Picture]]) -> tuple[_Trim, ...]:
        """A picture of a part as those cut it that are drawn later."""
        if part.spring or part.cuts or self._hand is not None:
            return ()
        made = []
        for other, cover in later:
            if other.spring or other.cuts:
                continue
            left = self._forms.trims.trimmed(picture.geometry, cover.geometry)
            if left is not None:
                known = self._cut_pictures.setdefault(id(left), picture.showing(left))
                made.append(_Trim(other.carrier, known))
        return tuple(made)

    def _shut(self, name: str, pose: Pose) -> str:
        """The part that is drawn in place of an eye that is shut or laughs; "" for an open one."""
        side, drawn = self._lids[name]
        if "Laugh" in drawn and pose.get(f"laugh.{side}", 0.0) >= 0.5:
            return f"{side} Laugh"
        return f"{side} Blink" if "Blink" in drawn and pose.get(f"blink.{side}", 0.0) >= 0.5 else ""

    def _curl(self, name: str, pose: Pose) -> Curl:
        """How the parts of a spring bend."""
        step = _IMAGE_STEP if self._hand is not None and self._hand.as_images else _BEND_STEP
        amount = round(pose.get(f"{name}.bend", 0.0) / step) * step
        return (amount, self._springs[name], self.rig.pivots[name]) if amount else None

    def _cut(self, canvas: skia.Canvas, part: Part, motion: Callable[[str], Matrix], pose: Pose) -> int:
        """Opens what a part is cut to and faded by; gives the canvas's depth before."""
        saved = int(canvas.save())
        if part.node.clip in self._clips:
            area, carrier = self._clips[part.node.clip]
            path = skia.Path(area)
            path.transform(to_matrix(motion(carrier)))
            canvas.clipPath(path, doAntiAlias=self._smooth)
        if part.node.clip_shapes:
            path = union((shape, part.rest) for shape in part.node.clip_shapes)
            path.transform(to_matrix(motion(part.carrier)))
            canvas.clipPath(path, doAntiAlias=self._smooth)
        if part.node.opacity < 1:
            canvas.saveLayerAlpha(None, round(part.node.opacity * 255))
        return saved


def _outer(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """The pieces that make up the whole's outline: what is clipped to a part or faded lies inside it."""
    for piece in pieces:
        if not piece.part.clipped:
            yield piece


def _whole(pieces: Iterable[_Piece]) -> skia.Path:
    """The area of all pieces."""
    whole = skia.Path()
    for piece in _outer(pieces):
        whole.addPath(piece.geometry.silhouette(piece.curl), to_matrix(piece.motion))
    return whole


@lru_cache(maxsize=96)
def _puppet(figure: Figure, state: str, hand: Hand | None) -> DrawnPuppet:
    path, rig = figure.path, read_rig(figure.path, figure.rig)
    unknown = next((name for name, _ in figure.colours if name not in rig.recast), None)
    if unknown is not None:
        raise StoryreelError(f"{path.stem} has no colour '{unknown}'{did_you_mean(unknown, rig.recast)}")
    if hand is not None:
        # What a look draws may depend on the colours of what it redraws; never on the mood.
        return DrawnPuppet(figure, read_figure(path), rig, forms(figure, state, hand.unlit()), hand)
    return DrawnPuppet(figure, read_figure(path), rig, forms(plain(figure), state, None))
