"""Hair, strand by strand: where it grows, how it falls, how strands keep together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import bpy
import numpy as np
from body import Body
from mathutils import Vector
from mathutils.bvhtree import BVHTree
from nodes import Shader, linear
from numpy.typing import NDArray
from PIL import Image
from scalp import MIDDLE, hairline
from scipy.spatial import cKDTree
from skin import between_eyes

Points = NDArray[np.float64]
_STEPS = 18
"""Points of a strand that is grown."""


@dataclass(frozen=True)
class Head:
    """A head that hair grows on: its own directions, and what hair can't go through."""

    eyes: Points
    turned: Points
    solid: BVHTree

    def own(self, points: Points) -> Points:
        """Points in the head's own measures, from between the eyes."""
        return np.asarray((points - self.eyes) @ self.turned)

    def world(self, points: Points) -> Points:
        """The other way round."""
        return np.asarray(points @ self.turned.T + self.eyes)


def head_of(body: Body, things: list[bpy.types.Object]) -> Head:
    """The head of a body, and the things (its skin, its clothes) that hair lies upon."""
    points: list[Points] = []
    faces: list[tuple[int, ...]] = []
    graph = bpy.context.evaluated_depsgraph_get()
    for thing in things:
        for modifier in thing.modifiers:
            if modifier.type == "SUBSURF":
                modifier.levels = 1
        mesh = thing.evaluated_get(graph).to_mesh()
        first = sum(len(rows) for rows in points)
        mesh.vertices.foreach_get("co", flat := np.zeros(len(mesh.vertices) * 3, dtype=np.float32))
        points.append(flat.reshape(-1, 3).astype(np.float64))
        faces += [tuple(first + corner for corner in polygon.vertices) for polygon in mesh.polygons]
    points = np.concatenate(points).tolist()
    return Head(between_eyes(body), body.turned, BVHTree.FromPolygons(points, faces))


def roots(body: Body, head: Head, count: int, ears: str, seed: int, style: Mapping[str, Any]) -> tuple[Points, Points]:
    """Where hairs of a style grow from the scalp, evenly, and which way is out there.

    Its hairline may be `raised`, and `soft` (metres within which hair sets in); with `band` hair grows only so near it.
    """
    raised, soft = style.get("raised", 0.0), style.get("soft", 0.003)
    chance = np.random.default_rng(seed)
    faces = np.array([face for face in body.base.faces["body"] if len(face) == 4])
    corners = np.array([corner for corner in body.base.corners["body"] if len(corner) == 4])
    with Image.open(ears) as opened:
        mask = np.asarray(opened.convert("L").resize((512, 512)))
    middles = body.base.places[corners].mean(axis=1)
    ear = (
        mask[
            np.clip(((1 - middles[:, 1]) * 512).astype(int), 0, 511), np.clip((middles[:, 0] * 512).astype(int), 0, 511)
        ]
        > 60
    )
    quads = body.points[faces]
    above = hairline(head.own(quads.mean(axis=1)), raised)
    kept = (
        (above > -0.03)
        & (above < style.get("band", 1.0) + 0.02)
        & ~ear
        & (quads[:, :, 2].min(axis=1) > head.eyes[2] - 0.13)
    )
    quads = quads[kept]
    sides = np.cross(quads[:, 1] - quads[:, 0], quads[:, 3] - quads[:, 0])
    area = np.linalg.norm(sides, axis=1)
    which = chance.choice(len(quads), count * 2, p=area / area.sum())
    along, across = chance.uniform(size=(2, count * 2, 1))
    picked = quads[which]
    points = (picked[:, 0] * (1 - along) + picked[:, 1] * along) * (1 - across) + (
        picked[:, 3] * (1 - along) + picked[:, 2] * along
    ) * across
    own = head.own(points)
    above = hairline(own, raised)
    inside = (above > chance.normal(0.0, soft, len(points))) & (above < style.get("band", 1.0))
    if "parting" in style:
        inside &= np.abs(own[:, 0] - style["part"]) > style["parting"]
    return points[inside][:count], (sides / area[:, None])[which][inside][:count]


def grown(head: Head, starts: Points, out: Points, style: Mapping[str, Any], seed: int) -> Points:
    """Guides: each grows from its start, is combed, falls, and lies on what is solid."""
    chance = np.random.default_rng(seed)
    own, away = head.own(starts), out @ head.turned
    length = style["length"] * chance.uniform(1 - style.get("uneven", 0.1), 1, len(starts))
    if "short" in style:
        # Shorter below: `short` metres at the nape and the ears.
        high = np.clip((own[:, 2] - 0.0) / 0.06, 0, 1)
        length = length * high + style["short"] * (1 - high)
    combed = _combed(style)
    path = np.zeros((len(starts), _STEPS, 3))
    path[:, 0] = own
    going = away * style.get("lift", 0.5) + combed(own, own)
    going /= np.linalg.norm(going, axis=1)[:, None]
    down = np.array([0.0, 0.0, -1.0]) @ head.turned
    step = length / (_STEPS - 1)
    goals = [np.array(point) for point in style.get("gathers", [])]
    thick = style.get("under", 0.002) + style.get("volume", 0.01) * chance.uniform(0, 1, len(starts)) ** 0.7
    for index in range(1, _STEPS):
        share = index / (_STEPS - 1)
        here = path[:, index - 1]
        wish = combed(here, own) * style.get("comb", 0.5) * (1 - 0.6 * share) + down * style.get("gravity", 0.25) * (
            0.25 + share
        )
        inward = (
            np.stack([-here[:, 0], MIDDLE[1] - here[:, 1], np.zeros(len(here))], axis=1)
            * 10
            * style.get("hug", 0.0)
            * share
        )
        going = going * style.get("stiff", 1.0) + wish + inward + chance.normal(0, style.get("wild", 0.03), going.shape)
        going /= np.linalg.norm(going, axis=1)[:, None]
        if goals:
            # Gathered hair ends where it is tied.
            left = np.min([np.linalg.norm(goal - here, axis=1) for goal in goals], axis=0)
            going = going * np.clip((left - 0.012) / 0.02, 0.02, 1)[:, None]
        after = here + going * step[:, None]
        far = thick * np.minimum(1, index * step / 0.02)
        world = head.world(after)
        for which, point in enumerate(world):
            near, normal, _, gap = head.solid.find_nearest(Vector(point), 0.08)
            if near is not None:
                side = (Vector(point) - near).dot(normal)
                inside = side < 0 and gap < 0.05
                if inside or (goals and gap < 0.05) or (side >= 0 and gap < far[which]):
                    world[which] = near + normal * far[which]
        after = head.own(world)
        if "curtain" in style:
            # Hair at the sides hangs beside the face, not over it.
            over = (
                (after[:, 2] < style.get("fringe", 0.02) + 0.012)
                & (after[:, 1] < 0.075)
                & (np.abs(after[:, 0]) < style["curtain"])
            )
            after[over, 0] = np.sign(own[over, 0]) * style["curtain"]
            after[over, 1] += step[over] * 0.5
        moved = after - here
        going = moved / np.maximum(np.linalg.norm(moved, axis=1)[:, None], 1e-9)
        path[:, index] = after
    return path


def _combed(style: Mapping[str, Any]) -> Callable[[Points, Points], Points]:
    """Which way hair is combed at a point (in the head's measures), for hair that grows from another."""
    whorl = np.array(style.get("whorl", (0.01, 0.12, 0.125)))
    part = style.get("part")
    gathers = [np.array(point) for point in style.get("gathers", [])]

    def way(here: Points, root: Points) -> Points:
        out = here - MIDDLE
        out = out / np.maximum(np.linalg.norm(out, axis=1)[:, None], 1e-9)
        if gathers:
            goal = (
                gathers[0]
                if len(gathers) == 1
                else np.where(root[:, :1] > style.get("part", 0.0), gathers[0], gathers[1])
            )
            wish = goal - here
        else:
            wish = here - whorl
            if part is not None:
                side = np.tanh((root[:, 0] - part) / 0.012)
                aside = np.stack(
                    [side, np.full(len(root), style.get("forward", -0.1)), np.full(len(root), -0.25)], axis=1
                )
                front = np.clip((0.1 - root[:, 1]) / 0.08, 0, 1)[:, None]
                wish = wish / np.maximum(np.linalg.norm(wish, axis=1)[:, None], 1e-9) * (1 - front) + aside * front
        wish = wish - out * (wish * out).sum(axis=1)[:, None]
        return np.asarray(wish / np.maximum(np.linalg.norm(wish, axis=1)[:, None], 1e-9))

    return way


def cut(path: Points, style: Mapping[str, Any]) -> Points:
    """Strands cut off where scissors went: `fringe` and `hem` are heights from the eyes, a fringe's `ragged`."""
    result = path.copy()
    whole = np.linspace(0, 1, path.shape[1])
    for index, strand in enumerate(path):
        ends = np.zeros(len(strand), dtype=bool)
        if "hem" in style:
            ends |= strand[:, 2] < style["hem"] + 0.006 * np.sin(index * 12.9)
        if "fringe" in style:
            front = (np.abs(strand[:, 0]) < style.get("wide", 0.052)) & (strand[:, 1] < 0.03)
            curve = style["fringe"] - 2.0 * strand[:, 0] ** 2 + style.get("ragged", 0.005) * np.sin(index * 7.7)
            ends |= front & (strand[:, 2] < curve)
        if ends[1:].any():
            last = max(int(np.argmax(ends)), 2) / (len(strand) - 1)
            for axis in range(3):
                result[index, :, axis] = np.interp(whole * last, whole, strand[:, axis])
    return result


def children(guides: Points, starts: Points, style: Mapping[str, Any], seed: int) -> Points:
    """Many strands from guides: between them, then drawn together in locks, wavy, some of them astray."""
    chance = np.random.default_rng(seed)
    near, which = cKDTree(guides[:, 0]).query(starts, k=3)
    part = style.get("part")
    weight = 1 / (near + 0.001)
    if part is not None:
        same = np.sign(guides[which, 0, 0] - part) == np.sign(starts[:, :1] - part)
        weight = weight * np.where(same, 1.0, 1e-4)
    weight /= weight.sum(axis=1)[:, None]
    shapes = guides - guides[:, :1]
    path = starts[:, None] + np.einsum("nk,nkpc->npc", weight, shapes[which])
    share = np.linspace(0, 1, path.shape[1])
    lock = which[np.arange(len(which)), np.argmax(weight, axis=1)]
    # A lock's strands stay as far from its guide as they grow apart, less and less towards its end.
    apart = path - guides[lock]
    drawn = (
        style.get("clump", 0.6)
        * chance.uniform(0.6, 1, (len(path), 1, 1))
        * share[None, :, None] ** style.get("clumps", 0.8)
    )
    path = guides[lock] + apart * (1 - drawn)
    if style.get("locks"):
        spread = chance.normal(0, 1, (len(path), 1, 3)) * style["locks"]
        path = path + spread * np.minimum(1, share / 0.15)[None, :, None] * (
            1 - style.get("pointed", 0.3) * share[None, :, None]
        )
    along = share[None, :, None]
    length = np.linalg.norm(np.diff(path, axis=1), axis=2).sum(axis=1)[:, None, None]
    curl = style.get("curl")
    if curl:
        phase = chance.uniform(0, 2 * np.pi, (int(lock.max()) + 1, 1, 1))[lock] + chance.normal(
            0, style.get("curls", 0.4), (len(path), 1, 1)
        )
        turns = along * length / curl["every"] * 2 * np.pi + phase
        side = np.array(curl.get("side", (1.0, 0.3, 0.0)))
        other = np.array(curl.get("other", (0.0, 0.6, 0.8)))
        path = path + curl["wide"] * np.minimum(1, along / 0.25) * (np.cos(turns) * side + np.sin(turns) * other)
    for waves, much in ((1.5, 1.0), (4.0, 0.35)):
        phase = chance.uniform(0, 2 * np.pi, (len(path), 1, 3))
        path = path + style.get("frizz", 0.0015) * much * along * np.sin(along * waves * 2 * np.pi + phase)
    astray = chance.uniform(size=len(path)) < style.get("astray", 0.03)
    way = chance.normal(0, style.get("stray", 0.014), (int(astray.sum()), 1, 3))
    path[astray] += way * along**1.5
    path[astray] += np.sin(along * 6 + chance.uniform(0, 6, (int(astray.sum()), 1, 3))) * 0.002 * along
    return cut(path, {**style, "wide": style["curtain"] - 0.006}) if "curtain" in style else path


def strands(name: str, path: Points, thick: float, material: Any, tip: float = 0.25) -> bpy.types.Object:
    """Strands in the scene; `thick` is their radius at the root in metres, `tip` the share of it at the end."""
    count, steps, _ = path.shape
    curves = bpy.data.hair_curves.new(name)
    curves.add_curves([steps] * count)
    curves.position_data.foreach_set("vector", np.ascontiguousarray(path, dtype=np.float32).ravel())
    share = np.linspace(0, 1, steps)
    radius = thick * (1 - (1 - tip) * share**2)
    each = np.random.default_rng(1).uniform(0.7, 1.15, (count, 1))
    curves.attributes.new("radius", "FLOAT", "POINT").data.foreach_set(
        "value", (radius * each).astype(np.float32).ravel()
    )
    along = np.repeat(share[None], count, axis=0).astype(np.float32)
    curves.attributes.new("along", "FLOAT", "POINT").data.foreach_set("value", along.ravel())
    curves.materials.append(material)
    thing = bpy.data.objects.new(name, curves)
    bpy.context.scene.collection.objects.link(thing)
    return thing


def coloured(look: Mapping[str, Any]) -> bpy.types.Material:
    """The material of hair: `colour`, and `ends` where it is dyed from a share of its length on."""
    shader = Shader("hair")
    colour: Any = linear(look["colour"])
    light = tuple(min(1.0, part * 1.9 + 0.008) for part in colour)
    chance = shader.add("HairInfo").outputs["Random"]
    colour = shader.mixed(shader.sum("POWER", chance, look.get("lights", 4.0)), colour, light)
    if "ends" in look:
        along = shader.attribute("along").outputs["Fac"]
        wander = shader.sum("MULTIPLY_ADD", chance, 0.22, along)
        dyed = shader.add(
            "MapRange", {0: wander, 1: look["from"], 2: look["from"] + 0.25}, interpolation_type="SMOOTHSTEP"
        )
        colour = shader.mixed(dyed.outputs[0], colour, linear(look["ends"]))
    surface = shader.add(
        "BsdfHairPrincipled",
        {
            "Color": colour,
            "Roughness": look.get("rough", 0.32),
            "Radial Roughness": 0.4,
            "Random Roughness": 0.3,
            "IOR": 1.5,
        },
        model="CHIANG",
        parametrization="COLOR",
    )
    return shader.made(surface.outputs[0])


def balled(look: Mapping[str, Any], count: int, seed: int) -> Points:
    """A ball of coils (a puff) or of wound hair (a bun), in the head's own measures."""
    chance = np.random.default_rng(seed + 40)
    middle, size = np.array(look["at"]), np.array(look["size"])
    way = chance.normal(0, 1, (count, 3))
    way /= np.linalg.norm(way, axis=1)[:, None]
    along = np.linspace(0, 1, 26)[None, :, None]
    if look["kind"] == "puff":
        reach = chance.uniform(0.86, 1.05, (count, 1, 1)) * (
            1 + 0.07 * np.sin(way[:, None, :1] * 9 + way[:, None, 2:] * 11)
        )
        path = middle + way[:, None] * size * (0.35 + 0.65 * along) * reach
        side = np.cross(way, chance.normal(0, 1, (count, 3)))
        side /= np.linalg.norm(side, axis=1)[:, None]
        other = np.cross(way, side)
        turns = along * look.get("turns", 4.5) * 2 * np.pi + chance.uniform(0, 6.3, (count, 1, 1))
        return np.asarray(
            path + look.get("coil", 0.0035) * (np.cos(turns) * side[:, None] + np.sin(turns) * other[:, None])
        )
    # Wound: locks that go about the bun's middle on tilted rings.
    lock = chance.integers(0, look.get("locks", 16), count)
    tilt = chance.normal(0, look.get("tilt", 0.5), (look.get("locks", 16), 3))
    axis = np.array(look.get("axis", (0.0, 0.4, 1.0))) + tilt
    axis /= np.linalg.norm(axis, axis=1)[:, None]
    first = np.cross(axis, np.array([0.3, 1.0, 0.1]))
    first /= np.linalg.norm(first, axis=1)[:, None]
    second = np.cross(axis, first)
    start = chance.uniform(0, 6.3, look.get("locks", 16))[lock][:, None, None] + chance.normal(0, 0.12, (count, 1, 1))
    turns = start + along * look.get("turns", 0.8) * 2 * np.pi
    far = chance.uniform(0.72, 1.0, look.get("locks", 16))[lock][:, None, None]
    loose = chance.normal(0, look.get("spread", 0.1), (count, 1, 3))
    ring = np.cos(turns) * first[lock][:, None] + np.sin(turns) * second[lock][:, None] + loose
    lift = axis[lock][:, None] * chance.uniform(-0.35, 0.6, look.get("locks", 16))[lock][:, None, None]
    astray = (chance.uniform(size=(count, 1, 1)) < 0.05) * along**3 * chance.normal(0, 0.45, (count, 1, 3))
    return np.asarray(middle + size * (ring * far + lift + astray))
