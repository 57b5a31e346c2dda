"""Reads a puppet's rig: the YAML beside its drawing, and what the drawing's names alone tell."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from storyreel.assets import digest
from storyreel.errors import Place, Problem, SceneError, did_you_mean
from storyreel.puppet.model import Drawing, Limb, Node, Point, Recast, Rig, Spring
from storyreel.puppet.svg import read_drawing

_TIPS = {"Arm": "Hand", "Leg": "Foot"}
_GUESSED_SPRINGS = ("Ear", "Lock", "Tail", "Strings", "Skirt", "Scarf", "Cape", "Antenna", "Ponytail")
CHANNELS = frozenset(("rot", "dx", "dy", "sx", "sy", "skew", "bend", "show", "front", "turn", "nod", "x", "y"))
"""What may stand behind a part's name in a pose, e.g. `Head.rot`."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


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

    tones: tuple[str, ...] = Field(min_length=1)
    parts: tuple[str, ...] = ()


class RigSpec(_Strict):
    """A rig file."""

    height: float | None = Field(None, gt=0)
    gaze: Point = (8.0, 6.0)
    limbs: dict[str, LimbSpec] = {}
    springs: dict[str, SpringSpec] = {}
    faces: dict[str, dict[str, float | str]] = {}
    poses: dict[str, dict[str, float]] = {}
    colours: dict[str, RecastSpec] = {}


def _ink(node: Node) -> tuple[float, float, float, float]:
    """Bounds of a node's control points, groups' own transforms left out: a measure, not an edge."""
    xs: list[float] = []
    ys: list[float] = []
    for inner in node.walk():
        if inner.shape is not None:
            for _, values in inner.shape.path:
                xs += values[::2]
                ys += values[1::2]
    return (min(xs), min(ys), max(xs), max(ys)) if xs else (0.0, 0.0, 0.0, 0.0)


def _visible(node: Node) -> Node:
    kept = tuple(_visible(child) for child in node.children if child.shown)
    return Node(node.id, shape=node.shape, children=kept)


def _carriers(node: Node, carrier: str, pivots: Mapping[str, Point]) -> Iterator[tuple[str, str]]:
    """Every part with what carries it: its `data-parent`, or the nearest part around it."""
    own = node.id if node.id in pivots else ""
    if own:
        yield own, node.parent or carrier
    for child in node.children:
        yield from _carriers(child, own or carrier, pivots)


def _guessed_springs(drawing: Drawing, pivots: Mapping[str, Point]) -> dict[str, SpringSpec]:
    names = [name for name in pivots if name.split()[-1] in _GUESSED_SPRINGS or name == "Hair Back"]
    return {name: SpringSpec() for name in names if drawing.find(name) is not None}


def _spring(drawing: Drawing, pivots: Mapping[str, Point], name: str, spec: SpringSpec) -> Spring:
    node = drawing.find(name)
    assert node is not None
    left, top, right, bottom = _ink(node)
    px, py = pivots[name]
    dx, dy = (left + right) / 2 - px, (top + bottom) / 2 - py
    axis = math.degrees(math.atan2(dy, dx)) if spec.axis is None else spec.axis
    length = max(2 * math.hypot(dx, dy), 1.0) if spec.length is None else spec.length
    return Spring(name, axis, length, spec.stiffness, spec.damping, spec.gain, spec.limit)


def _limb(pivots: Mapping[str, Point], name: str, spec: LimbSpec) -> Limb:
    shoulder, hand = pivots[name], pivots[spec.tip]
    elbow = spec.elbow or hand
    return Limb(name, spec.tip, shoulder, elbow, hand, (math.dist(shoulder, elbow), math.dist(elbow, hand)))


def _load(path: Path) -> RigSpec:
    if not path.is_file():
        return RigSpec()
    try:
        data = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")) or {}
        return RigSpec.model_validate(data)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        place = Place(path.name, mark.line + 1, mark.column + 1) if mark else Place(path.name)
        raise SceneError([Problem(place, str(error.problem))]) from None
    except ValidationError as error:
        raise SceneError(
            Problem(Place(path.name), f"{'.'.join(map(str, found['loc']))}: {found['msg']}") for found in error.errors()
        ) from None


def _checked(spec: RigSpec, path: Path, names: Mapping[str, Point], mouths: tuple[str, ...]) -> None:
    """Everything a rig names has to be in the drawing."""
    problems = []
    for part in [*spec.limbs, *(limb.tip for limb in spec.limbs.values()), *spec.springs]:
        if part not in names:
            message = f"the drawing has no part '{part}' with a data-pivot{did_you_mean(part, names)}"
            problems.append(Problem(Place(path.name), message))
    named: list[tuple[str, Mapping[str, float | str]]] = [*spec.poses.items(), *spec.faces.items()]
    for name, channels in named:
        for channel, value in channels.items():
            part, _, what = channel.rpartition(".")
            if channel == "mouth":
                if value not in mouths:
                    problems.append(
                        Problem(Place(path.name), f"'{name}': no mouth '{value}'{did_you_mean(str(value), mouths)}")
                    )
            elif channel in ("blush", "blink.Left", "blink.Right", "gaze.x", "gaze.y"):
                continue
            elif part not in names:
                message = f"'{name}': the drawing has no part '{part}'{did_you_mean(part, names)}"
                problems.append(Problem(Place(path.name), message))
            elif what not in CHANNELS:
                problems.append(Problem(Place(path.name), f"'{name}': '{channel}'{did_you_mean(what, CHANNELS)}"))
    if problems:
        raise SceneError(problems)


@lru_cache(maxsize=64)
def _read(path: Path, drawn: str, rigged: str) -> Rig:
    drawing = read_drawing(path)
    beside = path.with_suffix(".rig.yaml")
    spec = _load(beside)
    top = next((node for node in drawing.root.children if node.id), drawing.root)
    pivots = {node.id: node.pivot for node in drawing.root.walk() if node.id and node.pivot is not None}
    mouth = drawing.find("Mouth")
    mouths = tuple(child.id for child in mouth.children if child.id) if mouth is not None else ()
    for name in mouths:
        pivots.setdefault(name, pivots.get("Mouth", (0.0, 0.0)))
    _checked(spec, beside, pivots, mouths)
    left, upper, right, lower = _ink(_visible(top))
    feet = pivots.get(top.id, ((left + right) / 2, lower))
    limbs = spec.limbs or {
        f"{side} {kind}": LimbSpec(tip=f"{side} {tip}")
        for side in ("Left", "Right")
        for kind, tip in _TIPS.items()
        if f"{side} {kind}" in pivots and f"{side} {tip}" in pivots
    }
    springs = spec.springs or _guessed_springs(drawing, pivots)

    def values(channels: Mapping[str, float | str]) -> dict[str, float]:
        return {
            name: float(mouths.index(str(value))) if name == "mouth" else float(value)
            for name, value in channels.items()
        }

    return Rig(
        top.id,
        spec.height or feet[1] - upper,
        right - left,
        feet,
        pivots,
        dict(_carriers(top, "", pivots)),
        {name: _limb(pivots, name, limb) for name, limb in limbs.items()},
        tuple(_spring(drawing, pivots, name, spring) for name, spring in springs.items()),
        {name: values(pose) for name, pose in spec.poses.items()},
        {name: values(face) for name, face in spec.faces.items()},
        spec.gaze,
        {name: Recast(tuple(t.upper() for t in made.tones), made.parts) for name, made in spec.colours.items()},
        mouths,
    )


def read_rig(path: Path) -> Rig:
    """The rig of a drawing (`michii.svg`), from `michii.rig.yaml` beside it; without one, from the layers' names alone.

    Raises:
        SceneError: the drawing or the rig has mistakes; the rig names parts that the drawing lacks.
    """
    beside = path.with_suffix(".rig.yaml")
    return _read(path, digest(path), digest(beside) if beside.is_file() else "")
