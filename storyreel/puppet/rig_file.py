"""Reads a puppet's rig: the YAML beside its drawing, and what the drawing's names alone tell."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from storyreel.errors import Place, Problem, SceneError, did_you_mean
from storyreel.puppet.bounds import Box, boxes, ink
from storyreel.puppet.carrying import carriers
from storyreel.puppet.guess import SPRUNG, guessed_gaze, guessed_pivot
from storyreel.puppet.model import Drawing, Gradient, Limb, Node, Point, Recast, Rig, Spring, View, moved
from storyreel.puppet.naming import PARTS
from storyreel.puppet.stock import stock_faces, stock_poses
from storyreel.puppet.svg import read_figure
from storyreel.script.colours import hexadecimal
from storyreel.script.read import file_text
from storyreel.source.places import Places
from storyreel.source.tree import parse

_MOST_PARTS = 300
"""Parts that move by themselves; shipped puppets have up to ninety."""
_TIPS = {"Arm": "Hand", "Leg": "Foot"}
CHANNELS = frozenset(("rot", "dx", "dy", "sx", "sy", "skew", "bend", "show", "front", "turn", "nod"))
"""What may stand behind a part's name in a pose, e.g. `Head.rot`."""
FACE_CHANNELS = frozenset(
    ("blush", "blink.Left", "blink.Right", "laugh.Left", "laugh.Right", "gaze.x", "gaze.y", "mouth")
)
"""Channels of a pose that belong to no part."""
Values = dict[str, float | str]
Tone = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class LimbSpec(_Strict):
    """A limb as its rig says it."""

    tip: str
    elbow: Point | None = None


class SpringSpec(_Strict):
    """A spring as its rig says it; what is left out is measured on the drawing."""

    axis: float | None = None
    length: float | None = Field(None, gt=0)
    stiffness: float = Field(90.0, gt=0)
    damping: float = Field(9.0, gt=0)
    gain: float = 1.0
    limit: float = Field(100.0, gt=0)


class RecastSpec(_Strict):
    """A colour that may be recast."""

    tones: tuple[Tone, ...] = Field(min_length=1)
    parts: tuple[str, ...] = ()
    deep: tuple[Tone, ...] = ()


def _words(value: object) -> object:
    """One word stands for a list of one."""
    return [value] if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_words)]


class ViewSpec(_Strict):
    """For which shots another drawing of the puppet is."""

    size: Annotated[
        tuple[Literal["extreme-close", "close", "medium-close", "medium", "full", "wide", "fill"], ...],
        BeforeValidator(_words),
    ] = ()
    from_: Annotated[tuple[Literal["level", "low", "high", "above", "ground"], ...], BeforeValidator(_words)] = Field(
        (), alias="from"
    )
    turn: Annotated[tuple[Literal["front", "quarter", "profile", "back"], ...], BeforeValidator(_words)] = ()
    with_: Words = Field((), alias="with")
    faces: Literal["left", "right"] = "right"


class RigSpec(_Strict):
    """A rig file."""

    views: dict[str, ViewSpec] = {}

    height: float | None = Field(None, gt=0)
    gaze: Point | None = None
    limbs: dict[str, LimbSpec] = {}
    springs: dict[str, SpringSpec] = {}
    faces: dict[str, Values] = {}
    poses: dict[str, Values] = {}
    outfits: dict[str, Values] = {}
    colours: dict[str, RecastSpec] = {}


def _spring(parts: Mapping[str, Box], pivots: Mapping[str, Point], name: str, spec: SpringSpec) -> Spring:
    px, py = pivots[name]
    left, top, right, bottom = parts.get(name, (px, py, px, py))
    dx, dy = (left + right) / 2 - px, (top + bottom) / 2 - py
    axis = math.degrees(math.atan2(dy, dx)) if spec.axis is None else spec.axis
    length = max(2 * math.hypot(dx, dy), 1.0) if spec.length is None else spec.length
    return Spring(name, axis, length, spec.stiffness, spec.damping, spec.gain, spec.limit)


def _limb(pivots: Mapping[str, Point], name: str, spec: LimbSpec) -> Limb:
    shoulder, hand = pivots[name], pivots[spec.tip]
    elbow = spec.elbow or hand
    return Limb(name, spec.tip, shoulder, elbow, hand, (math.dist(shoulder, elbow), math.dist(elbow, hand)))


def _load(path: Path) -> tuple[RigSpec, Places]:
    """What a rig file says, and where.

    Raises:
        SceneError: the file is not YAML, or says what a rig can't.
    """
    if not path.is_file():
        return RigSpec(), Places(path.name)
    text = file_text(path, "rig", path.name)
    if all(line.strip() == "" or line.lstrip().startswith("#") for line in text.splitlines()):
        return RigSpec(), Places(path.name)
    tree, places = parse(text, path.name, "rig")
    try:
        return RigSpec.model_validate(tree), places
    except ValidationError as error:
        raise SceneError(_refusal(found, places) for found in error.errors()) from None


def _refusal(found: ErrorDetails, places: Places) -> Problem:
    """One thing that the model refuses, in an artist's words."""
    path = found["loc"]
    if found["type"] == "extra_forbidden":
        known: Mapping[str, object] = {
            **{"springs": SpringSpec, "limbs": LimbSpec, "colours": RecastSpec, "views": ViewSpec}
        }
        model = known.get(str(path[0]), RigSpec) if len(path) > 1 else RigSpec
        fields: Mapping[str, object] = getattr(model, "model_fields", {})
        return Problem(places.key(path), f"unknown key '{path[-1]}'{did_you_mean(str(path[-1]), fields)}")
    if found["type"] == "string_pattern_mismatch":
        written = hexadecimal(found["input"]) or '"#RRGGBB"'
        return Problem(places(path), f"'{found['input']}' is no colour; write {written}")
    name = next((str(step) for step in reversed(path) if isinstance(step, str) and step not in ("float", "str")), "rig")
    return Problem(places(path), f"'{name}': {found['msg'][:1].lower()}{found['msg'][1:]}")


def _checked(
    spec: RigSpec, places: Places, drawing: Drawing, pivots: Mapping[str, Point], mouths: tuple[str, ...]
) -> None:
    """Complains of everything that a rig names and the drawing lacks.

    Raises:
        SceneError: there is such a thing.
    """
    problems: list[Problem] = []
    values = [channel for sets in (spec.poses, spec.faces, spec.outfits) for one in sets.values() for channel in one]
    told: set[str] = set()

    def lacks(path: tuple[str | int, ...], part: str, known: Mapping[str, object]) -> None:
        if part not in known:
            cure = did_you_mean(part, known) or "; draw it, or take it out here too"
            problems.append(Problem(places.key(path), f"the drawing has no part '{part}'{cure}"))

    for part, limb in spec.limbs.items():
        lacks(("limbs", part), part, pivots)
        lacks(("limbs", part, "tip"), limb.tip, pivots)
    for part in spec.springs:
        lacks(("springs", part), part, pivots)
    for kind, sets in (("poses", spec.poses), ("faces", spec.faces), ("outfits", spec.outfits)):
        for name, channels in sets.items():
            for channel, value in channels.items():
                path = (kind, name, channel)
                part, _, what = channel.rpartition(".")
                if channel == "mouth" and value not in mouths:
                    problems.append(Problem(places(path), f"no mouth '{value}'{did_you_mean(str(value), mouths)}"))
                elif channel != "mouth" and isinstance(value, str):
                    problems.append(Problem(places(path), f"'{channel}' needs a number, not '{value}'"))
                elif part in PARTS and part not in pivots:
                    # No slip of the pen but a layer that was deleted, which a dozen faces may move: told once.
                    if part not in told:
                        often = sum(one.rpartition(".")[0] == part for one in values) - 1
                        more = f" ({often} more of it below)" if often else ""
                        said = f"the drawing has no part '{part}'; draw it, or take its values out here too{more}"
                        problems.append(Problem(places.key(path), said))
                    told.add(part)
                elif channel not in FACE_CHANNELS:
                    lacks(path, part, pivots)
                    if part in pivots and what not in CHANNELS:
                        problems.append(
                            Problem(places.key(path), f"unknown channel '{channel}'{did_you_mean(what, CHANNELS)}")
                        )
    names = dict.fromkeys(drawing.names())
    used = dict.fromkeys(_colours(drawing.root))
    for name, colour in spec.colours.items():
        for index, part in enumerate(colour.parts):
            lacks(("colours", name, "parts", index), part, names)
        for index, tone in enumerate(colour.tones):
            if tone.upper() not in used:
                said = f"the drawing has no colour {tone} (any more); write one that it has, or take '{name}' out here"
                problems.append(Problem(places(("colours", name, "tones", index)), said))
        if colour.deep and len(colour.deep) != len(colour.tones):
            counts = f"{len(colour.tones)} tones, but {len(colour.deep)} deep ones"
            problems.append(Problem(places(("colours", name, "deep")), f"'{name}' has {counts}; each needs its own"))
    if problems:
        raise SceneError(problems)


def _colours(root: Node) -> Iterator[str]:
    """Every hex that the drawing paints with."""
    for node in root.walk():
        if node.shape is not None:
            for paint in (node.shape.fill, node.shape.stroke.paint if node.shape.stroke else None):
                if isinstance(paint, Gradient):
                    yield from (colour for _, colour, _ in paint.stops)
                elif isinstance(paint, str):
                    yield paint


def _pivots(drawing: Drawing, parts: Mapping[str, Box]) -> dict[str, Point]:
    """Where every part turns, in the drawing's units: as its artist said, or as its name tells."""
    found = {name: guessed_pivot(name, parts) for name in parts}
    for node, matrix in drawing.root.at_rest():
        if node.id and node.pivot is not None:
            found[node.id] = moved(matrix, node.pivot)
    return found


def _hands(drawing: Drawing) -> dict[str, tuple[str, ...]]:
    """What each hand can be, by side: the groups in it that are named after it."""
    found = {}
    for side in ("Left", "Right"):
        hand = drawing.find(f"{side} Hand")
        known = [child.id.removeprefix(f"{side} ") for child in hand.children if child.id] if hand is not None else []
        if len(known) > 1:
            found[side] = tuple(known)
    return found


def _alternatives(drawing: Drawing, spec: RigSpec, pivots: Mapping[str, Point]) -> dict[str, Point]:
    """The groups that a rig shows or hides, and that turn about nothing of their own: about their middles."""
    named = {
        channel.removesuffix(".show")
        for sets in (spec.poses, spec.faces, spec.outfits)
        for channels in sets.values()
        for channel in channels
        if channel.endswith(".show")
    }
    if named <= pivots.keys():
        return {}
    found: dict[str, Point] = {}
    for node, matrix in drawing.root.at_rest():
        if node.id in named and node.id not in pivots and node.id not in found:
            left, top, right, bottom = ink(replace(node, transform=None), matrix) or (0.0, 0.0, 0.0, 0.0)
            found[node.id] = ((left + right) / 2, (top + bottom) / 2)
    return found


def _top(drawing: Drawing) -> Node:
    """The group that is the whole puppet: the only one at the top, or the drawing itself."""
    groups = [node for node in drawing.root.children if node.children]
    return groups[0] if len(groups) == 1 and groups[0].id else drawing.root


def rigged(path: Path, beside: Path) -> Rig:
    """The rig of a drawing, from the rig file that is said to lie beside it, if there is one.

    Raises:
        SceneError: the drawing or the rig has mistakes; the rig names parts that the drawing lacks.
        OSError: a file can't be read.
    """
    drawing = read_figure(path)
    spec, places = _load(beside)
    top = _top(drawing)
    parts = boxes(drawing)
    pivots = _pivots(drawing, parts)
    pivots |= _alternatives(drawing, spec, pivots)
    mouth = drawing.find("Mouth")
    mouths = tuple(child.id for child in mouth.children if child.id) if mouth is not None else ()
    for name in mouths:
        pivots.setdefault(name, pivots.get("Mouth", (0.0, 0.0)))
    if len(pivots) > _MOST_PARTS:
        message = f"{len(pivots)} parts that move; more than {_MOST_PARTS} take too long to draw"
        raise SceneError([Problem(Place(path.name, 1, 1), message)])
    left, upper, right, lower = ink(top, hidden=False) or (0.0, 0.0, *drawing.viewbox[2:])
    feet = pivots.setdefault(top.id, ((left + right) / 2, lower))
    _checked(spec, places, drawing, pivots, mouths)
    limbs = spec.limbs or {
        f"{side} {kind}": LimbSpec(tip=f"{side} {tip}")
        for side in ("Left", "Right")
        for kind, tip in _TIPS.items()
        if f"{side} {kind}" in pivots and f"{side} {tip}" in pivots
    }
    springs = spec.springs or {
        name: SpringSpec(gain=gain, limit=limit)
        for name in pivots
        for end, (gain, limit) in SPRUNG.items()
        if name == end or name.endswith(f" {end}")
    }
    bones = {name: _limb(pivots, name, limb) for name, limb in limbs.items()}
    trailing = tuple(_spring(parts, pivots, name, spring) for name, spring in springs.items())
    height = spec.height or max(feet[1] - upper, 1.0)
    head = parts.get("Face") or parts.get("Head")
    tall = head[3] - head[1] if head else height
    axes = {spring.part: spring.axis for spring in trailing}

    def values(channels: Values) -> dict[str, float]:
        return {
            name: float(mouths.index(str(value))) if name == "mouth" else float(value)
            for name, value in channels.items()
        }

    poses = {name: values(pose) for name, pose in spec.poses.items()}
    faces = {**stock_faces(mouths, pivots, tall), **spec.faces}
    return Rig(
        top.id,
        height,
        right - left,
        feet,
        pivots,
        carriers(top, pivots),
        bones,
        trailing,
        {**stock_poses(top.id, pivots, bones, axes, tall), **poses},
        {name: values(face) for name, face in faces.items()},
        spec.gaze or guessed_gaze(parts),
        {
            name: Recast(tuple(t.upper() for t in made.tones), made.parts, tuple(t.upper() for t in made.deep))
            for name, made in spec.colours.items()
        },
        mouths,
        {name: values(outfit) for name, outfit in spec.outfits.items()},
        head=head,
        views={
            name: View(one.size, one.from_, one.turn, one.with_, one.faces == "left")
            for name, one in spec.views.items()
        },
        hands=_hands(drawing),
    )
