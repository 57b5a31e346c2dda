"""Pages: panes with corners, which go over from one layout to another, are reached out of, and pushed shut like doors.

A pane's corners are values of it, about the middle of the box round them, which is its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from storyreel.direct.blocking import Ground
from storyreel.direct.contacts import Contact, Reaching
from storyreel.direct.keyline import KeyLine
from storyreel.direct.schedule import Times
from storyreel.direct.things import Thing
from storyreel.errors import StoryreelError, did_you_mean
from storyreel.script.models import Scene
from storyreel.script.openings import EDGES, PageTurn
from storyreel.script.props import Pane
from storyreel.timeline.clock import Clock
from storyreel.timeline.track import Channel

Corners = Sequence[tuple[float, float]]
NAMES = tuple(f"c{corner}{axis}" for corner in range(4) for axis in "xy")
"""The values of a pane that are its corners."""
SEEN = {"across": "x", "down": "y", "near": "zoom", "tilt": "rot"}
"""The values of a pane that are its camera."""
_OFF = 0.04
"""How far beyond the picture's edge a pane lies that isn't on a page, as a share of the picture."""
_SLAM, _HIT = Fraction(1, 5), 0.6
"""Seconds in which panes go over, and after which share of that the one that comes first hits the others."""
_SHOVED, _SWINGS, _JOLT = Fraction(5, 30), Fraction(12, 30), 26.0
"""Seconds in which a pane that is hit moves, and in which what it shows comes to rest; by how much that is jolted."""
_BENDS, _BENT, _BACK = 18.0, Fraction(2, 30), Fraction(14, 30)
"""By how many units an edge bends that is reached over, in how many seconds, and in how many it is straight again."""


def laid_out(scene: Scene, picture: tuple[float, float]) -> Scene:
    """A scene whose panes with corners are as large as they ever get, and lie where its first page has them.

    Those that are on a later page only lie beyond the picture's nearest edge.
    """
    pages = list(scene.pages.values())
    changed = {}
    for name, model in scene.props.items():
        known = [page[name] for page in pages if name in page]
        if not isinstance(model, Pane) or (model.corners is None and not known):
            continue
        begins = model.corners
        if begins is None:
            begins = pages[0][name] if name in pages[0] else list(_beyond(known[0]))
        boxes = [_box([(x * picture[0], y * picture[1]) for x, y in corners]) for corners in (begins, *known)]
        changed[name] = model.model_copy(
            update={
                "corners": begins,
                "width": max(right - left for left, _, right, _ in boxes),
                "height": max(bottom - top for _, top, _, bottom in boxes),
            }
        )
    return scene.model_copy(update={"props": {**scene.props, **changed}}) if changed else scene


def cornered(thing: Thing) -> bool:
    """Whether a thing is a pane with corners."""
    return NAMES[0] in thing.values


def put(thing: Thing, corners: Corners, picture: tuple[float, float]) -> None:
    """Gives a pane its first corners, in shares of the picture."""
    for name in NAMES:
        thing.values.setdefault(name, KeyLine(0.0))
    _move(thing, [(x * picture[0], y * picture[1]) for x, y in corners], 0, 0, "linear")


def _move(thing: Thing, corners: Corners, frame: int, frames: int, ease: str) -> None:
    """Moves a pane's corners to points of the stage."""
    left, top, right, bottom = _box(corners)
    x, y = (left + right) / 2, (top + bottom) / 2
    thing.x.move(frame, frames, x, ease)
    thing.y.move(frame, frames, y, ease)
    for number, corner in enumerate(corners):
        thing.values[f"c{number}x"].move(frame, frames, corner[0] - x, ease)
        thing.values[f"c{number}y"].move(frame, frames, corner[1] - y, ease)


def corners_at(thing: Thing, frame: int) -> list[tuple[float, float]]:
    """A pane's corners on the stage at a frame."""
    x, y = thing.x.at(frame), thing.y.at(frame)
    return [
        (x + thing.values[f"c{number}x"].at(frame), y + thing.values[f"c{number}y"].at(frame)) for number in range(4)
    ]


def turn(
    spec: PageTurn,
    pages: Mapping[str, Mapping[str, Corners]],
    things: Mapping[str, Thing],
    frame: int,
    times: Times,
    picture: tuple[float, float],
) -> tuple[int, int]:
    """Takes the panes over to another page; gives the frame at which they are hit, and the one at which all is done.

    Raises:
        StoryreelError: there is no such page, or no such pane on it.
    """
    if spec.to not in pages:
        raise StoryreelError(f"no page '{spec.to}'{did_you_mean(spec.to, pages)}")
    page, panes = pages[spec.to], {name: one for name, one in things.items() if cornered(one)}
    if spec.by is not None and spec.by not in page:
        raise StoryreelError(f"no pane '{spec.by}' on the page '{spec.to}'{did_you_mean(spec.by, page)}")
    frames = max(times.optional(spec.over, float(_SLAM)), 1)
    hit = frame + (max(round(frames * _HIT), 1) if spec.by is not None else frames)
    end = max(hit + times.clock.frames(_SHOVED), frame + frames) if spec.by is not None else hit
    for name, pane in panes.items():
        here = corners_at(pane, frame)
        there = [(x * picture[0], y * picture[1]) for x, y in page[name]] if name in page else None
        if there is None:
            shares = [(x / picture[0], y / picture[1]) for x, y in here]
            there = [(x * picture[0], y * picture[1]) for x, y in _beyond(shares)]
        if name == spec.by:
            _move(pane, there, frame, frames, "out-cubic")
        elif spec.by is None:
            _move(pane, there, frame, frames, "inout")
        elif there != here:
            _move(pane, there, hit, end - hit, "out-back")
            _jolt(pane, here, there, hit, times.clock)
    return hit, end


def _jolt(pane: Thing, here: Corners, there: Corners, frame: int, clock: Clock) -> None:
    """What stands in a pane is jolted the way that it is shoved."""
    (left, top, right, bottom), (left_to, top_to, right_to, bottom_to) = _box(here), _box(there)
    x, y = left_to + right_to - left - right, top_to + bottom_to - top - bottom
    far = max(abs(x), abs(y))
    if far < 1:
        return
    first, rest = clock.frames(_BENT), clock.frames(_SWINGS)
    for name, share in (("across", x / far), ("down", y / far)):
        line = pane.value(name)
        stands = line.at(frame)
        line.move(frame, first, stands - share * _JOLT, "out-quad")
        line.move(frame + first, rest, stands, "out-elastic")


def seen_by(thing: Thing) -> tuple[tuple[str, Channel], ...]:
    """The channels of the camera that a pane has of its own; none if it has none."""
    return tuple((SEEN[name], thing.values[name].channel()) for name in SEEN if name in thing.values)


def begin(thing: Thing, picture: tuple[float, float]) -> None:
    """Gives a pane its first corners, and puts its camera where it stands at the start."""
    model = thing.model
    if not isinstance(model, Pane):
        return
    if model.corners is not None:
        put(thing, model.corners, picture)
    spec = model.camera
    if spec is None:
        return
    across, down = (
        (share - 0.5) * side for share, side in zip(spec.to or (0.5, 0.5), (model.width, model.height), strict=True)
    )
    for name, value in (("near", spec.zoom), ("across", across), ("down", down), ("tilt", spec.tilt)):
        thing.value(name).move(0, 0, value)


def edge_of(target: str, things: Mapping[str, Thing]) -> tuple[Thing, int] | None:
    """The pane and the number of its edge that a target such as `a.right` is; None if it is something else."""
    name, _, side = target.partition(".")
    thing = things.get(name)
    if thing is None or side not in EDGES or not isinstance(thing.model, Pane):
        return None
    return thing, EDGES.index(side)


def bend(thing: Thing, edge: int, frame: int, clock: Clock) -> None:
    """An edge bends under what goes over it, and twangs back."""
    if not cornered(thing):
        return
    line = thing.value(f"bend{edge}")
    line.move(frame, clock.frames(_BENT), _BENDS, "out-quad")
    line.move(frame + clock.frames(_BENT), clock.frames(_BACK), 0.0, "out-elastic")


def pushed(one: Reaching, contact: Contact, things: Mapping[str, Thing], ground: Ground, times: Times) -> str | None:
    """Slides the edge of a pane that is pushed, and with it all that stands in its way; gives the pane's name, None if
    it is no edge that is pushed.

    Whatever lies on the side to which the edge goes is pressed together.
    """
    if one.verb.name not in ("push", "pull") or one.part.to is None or not isinstance(contact.target, str):
        return None
    found = edge_of(contact.target, things)
    if found is None or not cornered(found[0]) or isinstance(one.part.to, str) or not one.touches:
        return None
    thing, edge = found
    axis = edge % 2
    to, frames = ground.point(one.part.to, standing=False)[axis], max(contact.off - contact.frame, 1)
    here = corners_at(thing, contact.frame)
    own = [here[number][axis] for number in _ENDS[edge]]
    forward = to > sum(own) / 2
    bend(thing, edge, contact.frame, times.clock)
    for pane in (each for each in things.values() if cornered(each)):
        corners = corners_at(pane, contact.frame)
        if pane is not thing and not _in_the_way(corners, own, axis, forward):
            continue
        there = [_swept(corner, axis, to, forward) for corner in corners]
        _move(pane, there, contact.frame, frames, "inout")
    return thing.name


_ENDS = ((3, 0), (0, 1), (1, 2), (2, 3))
"""The corners at the ends of each edge."""


def _in_the_way(corners: Corners, edge: Sequence[float], axis: int, forward: bool) -> bool:
    """Whether a pane lies on the side to which an edge goes."""
    middle = sum(corner[axis] for corner in corners) / len(corners)
    return middle > min(edge) if forward else middle < max(edge)


def _swept(corner: tuple[float, float], axis: int, to: float, forward: bool) -> tuple[float, float]:
    """A corner as a wall leaves it that has come as far as there."""
    at = max(corner[axis], to) if forward else min(corner[axis], to)
    return (at, corner[1]) if axis == 0 else (corner[0], at)


def _box(corners: Iterable[tuple[float, float]]) -> tuple[float, float, float, float]:
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _beyond(corners: Corners) -> list[tuple[float, float]]:
    """Corners in shares of the picture, beyond its nearest edge."""
    left, top, right, bottom = _box(corners)
    ways = {(-right - _OFF, 0.0), (1 - left + _OFF, 0.0), (0.0, -bottom - _OFF), (0.0, 1 - top + _OFF)}
    across, down = min(sorted(ways), key=lambda way: abs(way[0]) + abs(way[1]))
    return [(x + across, y + down) for x, y in corners]
