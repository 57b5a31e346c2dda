"""A drawing and a rig as frozen data."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from storyreel.errors import StoryreelError, did_you_mean

if TYPE_CHECKING:
    from storyreel.text.shape import ShapedLine

Matrix = tuple[float, float, float, float, float, float]
"""`(a, b, c, d, e, f)` as in SVG's matrix(): x' = a x + c y + e, y' = b x + d y + f."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Command = tuple[str, tuple[float, ...]]
"""One absolute path command: ("M", (x, y)), ("L", (x, y)), ("C", (x1, y1, x2, y2, x, y)) or ("Z", ())."""

Point = tuple[float, float]

Notes = tuple[tuple[str, str], ...]
"""What a drawing says beyond what the stage reads, by name."""


def concat(outer: Matrix, inner: Matrix) -> Matrix:
    """The transform that does `inner` first, then `outer`."""
    a, b, c, d, e, f = outer
    p, q, r, s, t, u = inner
    return (a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f)


def moved(matrix: Matrix, point: Point) -> Point:
    """Where a transform takes a point."""
    a, b, c, d, e, f = matrix
    x, y = point
    return (a * x + c * y + e, b * x + d * y + f)


def inverse(matrix: Matrix) -> Matrix:
    """The transform that undoes another.

    Raises:
        ZeroDivisionError: the transform flattens everything onto a line or a point.
    """
    a, b, c, d, e, f = matrix
    k = 1 / (a * d - b * c)
    return (d * k, -b * k, -c * k, a * k, (c * f - d * e) * k, (b * e - a * f) * k)


@dataclass(frozen=True)
class Grain:
    """What a gradient dissolves into where it is not opaque, instead of fading; no drawing has it.

    Attributes:
        tile: its name (`storyreel.stage.textures`).
        size: across a pixel of the tile, in units of the shape.
        gain: how hard its specks are: 1 is nearly a fade, 5 a dry brush.
    """

    tile: str
    size: float = 1.0
    gain: float = 4.0


@dataclass(frozen=True)
class Gradient:
    """A linear gradient (x1, y1, x2, y2) or a radial one (cx, cy, r, fx, fy).

    Attributes:
        stops: (offset 0..1, "#RRGGBB", opacity 0..1).
        boxed: the numbers are shares of the shape's bounding box (`objectBoundingBox`).
        grain: what it dissolves into; None: it fades.
    """

    kind: Literal["linear", "radial"]
    numbers: tuple[float, ...]
    stops: tuple[tuple[float, str, float], ...]
    boxed: bool = True
    transform: Matrix | None = None
    spread: Literal["pad", "reflect", "repeat"] = "pad"
    grain: Grain | None = None


@dataclass(frozen=True)
class Texture:
    """A colour broken by a tile; no drawing has it: looks put it in place of a colour or a gradient.

    Attributes:
        tile: its name (`storyreel.stage.textures`).
        colour: "#RRGGBB".
        cover: the share that the colour hides of what is below, 0 to 1.
        far: of a fixed one, the share on the side away from the light, at the lower right, where that is another.
        size: across a pixel of the tile, in units of the shape; of a fixed one, in pixels of a film 1080 across.
        fixed: it lies still on the screen, whatever moves there, instead of being carried by the shape.
        anchor: of a fixed one, a point of the shape: the tile goes along with it by whole pixels, and still neither
            turns nor grows.
    """

    tile: str
    colour: str
    cover: float = 1.0
    size: float = 1.0
    fixed: bool = False
    anchor: Point | None = None
    far: float | None = None


Paint = str | Gradient | Texture | None
"""A colour "#RRGGBB", a gradient, a texture, or nothing."""


@dataclass(frozen=True)
class Stroke:
    """A shape's outline: its paint and its pen."""

    paint: str | Gradient | Texture
    width: float = 1.0
    cap: str = "butt"
    join: str = "miter"
    miter: float = 4.0
    dashes: tuple[float, ...] = ()
    opacity: float = 1.0
    dash_offset: float = 0.0


@dataclass(frozen=True)
class Shape:
    """A path with its paints.

    `role` says what it is to a look, in the word of its drawing (`storyreel.treatment.roles`). `stroke_first` puts the
    outline under the fill (`paint-order`). `notes` are the other `data-*` of it, for looks: `("tone", "0.2 0.5")`.
    """

    path: tuple[Command, ...]
    fill: Paint = "#000000"
    fill_opacity: float = 1.0
    even_odd: bool = False
    stroke: Stroke | None = None
    role: str = "fill"
    stroke_first: bool = False
    notes: Notes = ()

    def note(self, name: str) -> str:
        """A note by name; "" where there is none."""
        return dict(self.notes).get(name, "")

    def amounts(self, name: str) -> tuple[float, ...]:
        """A note's numbers; none where there is no such note, or where it says anything else.

        >>> Shape((), notes=(("tone", "0.2 0.5"), ("mix", "soft"))).amounts("tone")
        (0.2, 0.5)
        """
        try:
            found = tuple(map(float, self.note(name).replace(",", " ").split()))
        except ValueError:
            return ()
        return found if all(map(math.isfinite, found)) else ()


@dataclass(frozen=True)
class Node:
    """A group or a shape, with what it carries.

    Attributes:
        id: the layer's name ("" for none).
        transform: from its own units to those of the group around it.
        pivot: about what it turns, in its own units.
        parent: the group that carries it though it is drawn elsewhere (`data-parent`).
        clip: the id of the shape that clips it (`data-clip`).
        clip_shapes: shapes of an SVG clipPath in this node's own units; it is cut to all of them together.
        plane: a set's depth (`data-plane`).
        shown: whether it is drawn unless something shows or hides it.
        notes: the other `data-*` of a group (a mouth's `lift`).
        signs: a line of type whose emoji stand here, its baseline's left end at (0, 0): they are pictures, no outlines.
    """

    id: str = ""
    transform: Matrix | None = None
    opacity: float = 1.0
    pivot: Point | None = None
    parent: str = ""
    clip: str = ""
    clip_shapes: tuple[Shape, ...] = ()
    plane: float | None = None
    shown: bool = True
    shape: Shape | None = None
    children: tuple[Node, ...] = ()
    notes: Notes = ()
    signs: ShapedLine | None = None

    def walk(self) -> Iterator[Node]:
        """The node and everything in it, in the order of drawing."""
        left = [self]
        while left:
            node = left.pop()
            yield node
            left += reversed(node.children)

    def at_rest(self, outer: Matrix = IDENTITY) -> Iterator[tuple[Node, Matrix]]:
        """Every node with the matrix from its own units to those around this one, in the order of drawing."""
        left = [(self, outer)]
        while left:
            node, around = left.pop()
            matrix = concat(around, node.transform) if node.transform else around
            yield node, matrix
            left += [(child, matrix) for child in reversed(node.children)]


@dataclass(frozen=True)
class Drawing:
    """A whole SVG: `viewbox` is (left, top, width, height)."""

    name: str
    viewbox: tuple[float, float, float, float]
    root: Node

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The viewbox as left, top, right, bottom."""
        left, top, width, height = self.viewbox
        return left, top, left + width, top + height

    def find(self, name: str) -> Node | None:
        """The node of that id."""
        return next((node for node in self.root.walk() if node.id == name), None)

    def names(self) -> tuple[str, ...]:
        """Every id, in the order of drawing."""
        return tuple(node.id for node in self.root.walk() if node.id)


@dataclass(frozen=True)
class Limb:
    """An arm or a leg: where its joints rest, in the drawing's units.

    `bones` are the lengths of its upper and lower bone; a limb drawn as one piece has the second bone 0 and its elbow
    at the hand. `part` and `tip` are the groups that turn about shoulder and hand.
    """

    part: str
    tip: str
    shoulder: Point
    elbow: Point
    hand: Point
    bones: tuple[float, float]


@dataclass(frozen=True)
class Spring:
    """A part that trails behind: it curls along an axis from its pivot, on a damped spring.

    Attributes:
        axis: direction in degrees (0 right, 90 down) in which the part lies at rest.
        length: from the pivot to its tip, in the drawing's units.
        stiffness, damping: of a unit mass, per second squared and per second.
        gain: degrees of curl for what its carrier does.
        limit: the furthest it curls, in degrees.
    """

    part: str
    axis: float
    length: float
    stiffness: float = 90.0
    damping: float = 9.0
    gain: float = 1.0
    limit: float = 100.0


@dataclass(frozen=True)
class Recast:
    """A colour that an author may change: its hexes in the drawing, the main one first, and where they count.

    `parts` restricts it to shapes inside those groups (empty: everywhere). The other hexes keep their distance in
    lightness and chroma from the main one. `deep` are the same tones as the artist sees them on a dark main colour:
    what lies between the two castings is mixed from both.
    """

    tones: tuple[str, ...]
    parts: tuple[str, ...] = ()
    deep: tuple[str, ...] = ()


@dataclass(frozen=True)
class View:
    """Another drawing of a puppet, and for which shots it is: each an empty tuple where that doesn't matter.

    Attributes:
        sizes: sizes of a shot.
        angles: from where it is seen.
        turns: which side somebody turns to us.
        limbs: what has to be in the picture.
        left: a drawing with a turn faces the picture's left; else its right.
    """

    sizes: tuple[str, ...] = ()
    angles: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()
    limbs: tuple[str, ...] = ()
    left: bool = False


@dataclass(frozen=True)
class Rig:
    """What the stage and the director know about a puppet beyond its shapes.

    Attributes:
        root: the top group's name.
        height, width: of its visible ink, in the drawing's units.
        feet: where it stands: the root's pivot.
        pivots: every part's pivot, in the drawing's units.
        carriers: for each part, the part that carries it.
        poses, faces: named channel values; `mouth` in them is an index into `mouths`.
        gaze: how far the pupils go from rest, across and down.
        recast: the colours that an author may change, by name.
        mouths: the shapes of its mouth, in the order of the `mouth` channel.
        outfits: named channel values that show and hide optional parts: what a cast member may wear.
        worn: the channel values of what it does wear; they hold wherever an act or a pose sets nothing else.
        head: the box of its face, or else of its head, in the drawing's units.
        views: other drawings of it, by name: `close` is `<puppet>.close.svg`.
        hands: the drawn alternatives of its hands, by side: `Open` for the group `Left Open`.
        celled: it is drawn as cells: what changes, changes at once.
        stands: it is drawn down to its feet; what is hardly more than a head is not.
    """

    root: str
    height: float
    width: float
    feet: Point
    pivots: Mapping[str, Point]
    carriers: Mapping[str, str] = field(default_factory=dict)
    limbs: Mapping[str, Limb] = field(default_factory=dict)
    springs: tuple[Spring, ...] = ()
    poses: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    faces: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    gaze: Point = (8.0, 6.0)
    recast: Mapping[str, Recast] = field(default_factory=dict)
    mouths: tuple[str, ...] = ()
    outfits: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    worn: Mapping[str, float] = field(default_factory=dict)
    head: tuple[float, float, float, float] | None = None
    views: Mapping[str, View] = field(default_factory=dict)
    hands: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    celled: bool = False
    stands: bool = True

    def wearing(self, outfits: Iterable[str]) -> Rig:
        """The rig with outfits put on, one over the other: the later has a part that two of them show or hide.

        Raises:
            StoryreelError: it has no outfit of that name.
        """
        worn = dict(self.worn)
        for name in outfits:
            if name not in self.outfits:
                raise StoryreelError(f"this puppet has no outfit '{name}'{did_you_mean(name, self.outfits)}")
            worn.update(self.outfits[name])
        return replace(self, worn=worn)

    def has(self, part: str) -> bool:
        """Whether the drawing has a part of that name."""
        return part in self.pivots
