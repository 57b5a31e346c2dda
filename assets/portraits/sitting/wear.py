"""What a sitter wears: a garment that hangs about the body, collars, scarves and hoods about the neck, small things."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import bpy
import numpy as np
from body import Body
from hair import Head, strands
from mathutils import Vector
from mathutils.bvhtree import BVHTree
from nodes import Shader, linear
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d
from skin import solid

Points = NDArray[np.float64]


def cloth(look: Mapping[str, Any]) -> bpy.types.Material:
    """The material of a thing: `kind` is wool, cotton, coat (rubbered, wet) or smooth (metal, plastic)."""
    shader = Shader("cloth")
    kind, colour = look["kind"], linear(look["colour"])
    dark = tuple(part * 0.55 for part in colour)
    place = shader.add("TexCoord").outputs["Object"]
    inputs: dict[str | int, Any] = {"Base Color": colour, "Roughness": look.get("rough", 0.85)}
    if kind == "wool":
        yarn = shader.add(
            "TexWave",
            {"Vector": place, "Scale": 95.0, "Distortion": 2.5, "Detail": 1.0, "Detail Scale": 3.0},
            bands_direction="X",
        ).outputs["Fac"]
        rows = shader.add(
            "TexWave", {"Vector": place, "Scale": 42.0, "Distortion": 3.0, "Detail": 1.0}, bands_direction="Z"
        ).outputs["Fac"]
        knit = shader.sum("MULTIPLY", yarn, shader.sum("MULTIPLY_ADD", rows, 0.6, 0.4))
        inputs["Base Color"] = shader.mixed(knit, dark, colour)
        inputs["Normal"] = shader.add("Bump", {"Strength": 0.8, "Distance": 0.002, "Height": knit}).outputs[0]
        inputs |= {"Sheen Weight": 0.4, "Sheen Roughness": 0.4, "Sheen Tint": (*colour, 1.0), "Roughness": 0.95}
    elif kind == "cotton":
        weave = shader.noise(1500, 1, place)
        worn = shader.noise(45, 4, place)
        inputs["Base Color"] = shader.mixed(shader.sum("MULTIPLY", worn, 0.35), colour, dark)
        height = shader.sum("MULTIPLY_ADD", worn, 2.5, shader.sum("MULTIPLY", weave, 0.35))
        inputs["Normal"] = shader.add("Bump", {"Strength": 0.6, "Distance": 0.002, "Height": height}).outputs[0]
        inputs |= {"Sheen Weight": 0.25, "Sheen Roughness": 0.45, "Sheen Tint": (*colour, 1.0)}
    elif kind == "coat":
        folds = shader.noise(28, 4, place)
        inputs["Normal"] = shader.add("Bump", {"Strength": 0.45, "Distance": 0.008, "Height": folds}).outputs[0]
        inputs |= {"Roughness": 0.48, "Coat Weight": 0.15, "Coat Roughness": 0.2}
    else:
        inputs |= {
            "Roughness": look.get("rough", 0.25),
            "Metallic": look.get("metal", 0.0),
            "Coat Weight": 0.4,
            "Coat Roughness": 0.08,
        }
    surface = shader.add("BsdfPrincipled", inputs)
    return shader.made(surface.outputs[0])


def _thick(thing: bpy.types.Object, metres: float) -> None:
    modifier = thing.modifiers.new("thick", "SOLIDIFY")
    modifier.thickness, modifier.offset = metres, 1.0


def _folded(thing: bpy.types.Object, size: float, much: float) -> None:
    texture = bpy.data.textures.new("folds", "CLOUDS")
    texture.noise_scale, texture.noise_depth = size, 2
    modifier = thing.modifiers.new("folds", "DISPLACE")
    modifier.texture, modifier.strength, modifier.mid_level = texture, much, 0.5
    modifier.texture_coords = "LOCAL"


def neck(body: Body) -> Points:
    """The middle of the neck where a collar lies."""
    return body.middle("joint-neck") + np.array([0.0, -0.03, -0.045])


def garment(body: Body, look: Mapping[str, Any], below: float) -> bpy.types.Object:
    """A garment from the neck down, `loose` metres from the body."""
    middle = neck(body)
    faces = []
    wide = look.get("neckline", 0.078)
    for face in body.base.faces["helper-tights"]:
        rows = body.points[list(face)]
        around = rows.mean(axis=0) - middle
        deep = look.get("deep", 0.01) * max(0.0, -around[1] / 0.1)
        open_ = np.hypot(around[0], around[1]) < wide and around[2] > -0.045 - deep
        if rows[:, 2].min() > below and not open_ and rows[:, 2].max() < middle[2] + 0.05:
            faces.append(face)
    thing = solid("garment", body.points, faces, cloth(look), 2)
    mesh = thing.data
    normals = np.zeros((len(mesh.vertices), 3))
    mesh.vertices.foreach_get("normal", flat := np.zeros(normals.size))
    normals = flat.reshape(-1, 3)
    points = np.array([vertex.co for vertex in mesh.vertices])
    loose = np.full(len(points), look.get("loose", 0.012))
    # It hangs from the shoulders: lower, it is wider.
    loose = loose + np.clip((middle[2] - 0.08 - points[:, 2]) * 0.1, 0, 0.03)
    wave = 0.35 * np.sin(points[:, 0] * 90 + points[:, 2] * 35) + 0.3 * np.sin(
        points[:, 0] * 47 - points[:, 2] * 70 + 1
    )
    points = points + normals * (loose * (1 + look.get("waves", 0.3) * wave))[:, None]
    mesh.vertices.foreach_set("co", points.ravel())
    _folded(thing, look.get("fold", 0.07), look.get("folds", 0.02))
    _thick(thing, 0.003)
    return thing


def _swept(
    name: str,
    middle: Points,
    profile: Callable[[float], Sequence[tuple[float, float]]],
    material: Any,
    gap: float = 0.0,
    closed: bool = False,
) -> bpy.types.Object:
    """A band about the neck: `profile` gives, for an angle from the front, how far out and how high its points are.

    With `closed` it is a tube: its last points meet its first.
    """
    around = 72
    angles = (
        np.linspace(-np.pi + 0.0, np.pi, around, endpoint=False)
        if not gap
        else np.linspace(gap, 2 * np.pi - gap, around)
    )
    rows = [np.array(profile(float((angle + np.pi) % (2 * np.pi) - np.pi))) for angle in angles]
    deep = len(rows[0])
    points = [
        middle + np.array([far * np.sin(angle), -far * np.cos(angle) * 0.95, high])
        for angle, row in zip(angles, rows, strict=True)
        for far, high in row
    ]
    faces = []
    for index in range(around if not gap else around - 1):
        after = (index + 1) % around
        faces += [
            (index * deep + step, after * deep + step, after * deep + beside, index * deep + beside)
            for step, beside in ((step, (step + 1) % deep) for step in range(deep if closed else deep - 1))
        ]
    return solid(name, np.array(points), faces, material, 2)


def _laid(thing: bpy.types.Object, under: bpy.types.Object, middle: Points, deep: int, metres: float) -> None:
    """Lays the outer half of a band swept about `middle` (`deep` points across) on what is `under` it."""
    solid_ = BVHTree.FromObject(under, bpy.context.evaluated_depsgraph_get())
    points = np.array([vertex.co for vertex in thing.data.vertices]).reshape(-1, deep, 3)
    for step in range(3, deep):
        share = (step - 2) / (deep - 3)
        for row in points[:, step]:
            away = (row - middle) * np.array([1.0, 1.0, 0.0])
            away = away / np.linalg.norm(away) * 0.28 + np.array([0.0, 0.0, 0.96])
            near, _, _, _ = solid_.ray_cast(Vector(row + away * 0.15), Vector(-away), 0.3)
            if near is not None:
                over = float((row - np.array(near)) @ away)
                row += away * (max(metres, over * (1 - share)) - over)
        points[:, step] = gaussian_filter1d(points[:, step], 2.5, axis=0, mode="nearest")
    thing.data.vertices.foreach_set("co", points.ravel())


def collar(body: Body, look: Mapping[str, Any], under: bpy.types.Object) -> bpy.types.Object:
    """A collar that stands and falls over what is `under` it: `wide` over the shoulder, `point` longer in front."""
    middle, gap = neck(body), look.get("gap", 0.18)
    rounded = look.get("round", 0.0)
    near, wide, point = look.get("near", 0.066), look.get("wide", 0.05), look.get("point", 0.03)

    def profile(angle: float) -> list[tuple[float, float]]:
        front = np.cos(angle) * 0.5 + 0.5
        tip = point * np.exp(-(((abs(angle) - gap) / 0.45) ** 2))
        low = look.get("front", -0.02) * front + look.get("behind", 0.055) * (1 - front)
        fall = wide + tip
        if rounded:
            # A child's collar: its corners in front are round.
            fall *= 0.55 + 0.45 * np.clip((abs(angle) - gap) / rounded, 0, 1) ** 0.5
        return [
            (near, low),
            (near + 0.001, low + 0.026),
            (near + 0.007, low + 0.032),
            (near + 0.016, low + 0.026),
            (near + 0.3 * fall + 0.01, low + 0.014 - 0.1 * fall),
            (near + 0.7 * fall, low - 0.32 * fall),
            (near + fall, low - 0.62 * fall),
        ]

    thing = _swept("collar", middle, profile, cloth(look), gap)
    _laid(thing, under, middle, len(profile(0.0)), look.get("off", 0.008))
    _folded(thing, 0.06, look.get("folds", 0.002))
    _thick(thing, look.get("thick", 0.0025))
    return thing


def coils(body: Body, look: Mapping[str, Any]) -> list[bpy.types.Object]:
    """A scarf, a cowl or a hood that lies on the shoulders: rings of cloth about the neck."""
    middle, made = neck(body), []
    for index, coil in enumerate(look["coils"]):
        fat, far, high, tilt = coil["fat"], coil.get("far", 0.075), coil.get("high", 0.0), coil.get("tilt", 0.0)
        back, lean = coil.get("back", 0.0), coil.get("lean", 0.0)

        def profile(
            angle: float,
            index: int = index,
            fat: float = fat,
            far: float = far,
            high: float = high,
            tilt: float = tilt,
            back: float = back,
            lean: float = lean,
        ) -> list[tuple[float, float]]:
            behind = (0.5 - 0.5 * np.cos(angle)) ** 2
            radius = fat * (1 + 0.16 * np.sin(angle * 3 + index * 2) + 0.1 * np.sin(angle * 7 + index)) + back * behind
            out = far + lean * behind + 0.004 * np.sin(angle * 2 + index)
            rise = high + tilt * np.cos(angle) + 0.004 * np.sin(angle * 4 + index)
            turns = np.linspace(0, 2 * np.pi, 14, endpoint=False)
            ripple = 1 + 0.12 * np.sin(turns * 3 + angle * 2 + index) + 0.06 * np.sin(turns * 5 - angle * 3)
            return [
                (out + radius * 0.8 * wave * np.cos(turn), rise + radius * wave * np.sin(turn))
                for turn, wave in zip(turns, ripple, strict=True)
            ]

        thing = _swept(f"coil-{index}", middle, profile, cloth(look), closed=True)
        _folded(thing, coil.get("fold", 0.04), coil.get("folds", 0.012))
        made.append(thing)
    return made


def rope(
    name: str, points: Sequence[Sequence[float]], radius: float, material: Any, round_: int = 10
) -> bpy.types.Object:
    """A tube through points: a string, a frame of glasses, a headband."""
    curve = bpy.data.curves.new(name, "CURVE")
    curve.dimensions, curve.bevel_depth, curve.bevel_resolution = "3D", radius, round_
    line = curve.splines.new("NURBS")
    line.points.add(len(points) - 1)
    for place, point in zip(line.points, points, strict=True):
        place.co = (*point, 1.0)
    line.use_endpoint_u, line.order_u = True, 4
    curve.materials.append(material)
    curve.use_fill_caps = True
    thing = bpy.data.objects.new(name, curve)
    bpy.context.scene.collection.objects.link(thing)
    return thing


def bead(name: str, at: Points, size: Sequence[float], material: Any) -> bpy.types.Object:
    """A rounded thing, such as a button: its half sizes along x, y and z."""
    bpy.ops.mesh.primitive_uv_sphere_add(segments=32, ring_count=20, radius=1.0, location=tuple(at), scale=tuple(size))
    thing = bpy.context.object
    thing.name = name
    thing.data.shade_smooth()
    thing.data.materials.append(material)
    return thing


def before(thing: bpy.types.Object, points: Points) -> Points:
    """Where points come to lie on a thing, looked at from the front."""
    solid_ = BVHTree.FromObject(thing, bpy.context.evaluated_depsgraph_get())
    laid = points.copy()
    for row in laid:
        near, _, _, _ = solid_.ray_cast(Vector((row[0], row[1] - 1.0, row[2])), Vector((0.0, 1.0, 0.0)), 2.0)
        if near is not None:
            row[1] = near[1]
    return laid


def on(head: Head, where: Sequence[float], out: float = 0.0) -> Points:
    """A point of the surface, seen from the front at `where` (to the side and up from between the eyes)."""
    start = head.world(np.array([[where[0], -0.25, where[1]]]))[0]
    near, normal, _, _ = head.solid.ray_cast(Vector(start), Vector(head.turned @ np.array([0.0, 1.0, 0.0])), 0.6)
    return np.array(near + normal * out)


def glasses(head: Head, look: Mapping[str, Any], pupils: Sequence[Points]) -> None:
    """Round glasses: two rims, a bridge and temples."""
    material = cloth(look)
    radius, thick = look.get("radius", 0.025), look.get("thick", 0.0013)
    rims = []
    for pupil in pupils:
        own = head.own(np.array(pupil)[None])[0]
        middle = np.array([own[0] * 1.02, own[1] - look.get("off", 0.016), own[2] - 0.003])
        angles = np.linspace(0, 2 * np.pi, 49)
        lean = 0.16 * np.sign(own[0])
        ring = [
            middle
            + np.array(
                [radius * np.cos(a), 0.09 * radius * np.sin(a) + lean * radius * np.cos(a), radius * 0.96 * np.sin(a)]
            )
            for a in angles
        ]
        rope("rim", head.world(np.array(ring)).tolist(), thick, material)
        rims.append(middle)
    inner = [rims[0] + np.array([-radius, -0.005, 0.004]), rims[1] + np.array([radius, -0.005, 0.004])]
    arch = (inner[0] + inner[1]) / 2 + np.array([0.0, -0.002, 0.005])
    rope(
        "bridge",
        head.world(
            np.array(
                [inner[0], (inner[0] + arch) / 2 + [0, 0, 0.002], arch, (inner[1] + arch) / 2 + [0, 0, 0.002], inner[1]]
            )
        ).tolist(),
        thick,
        material,
    )
    for rim, side in zip(rims, (1, -1), strict=True):
        outer = rim + np.array([side * radius, 0.16 * radius, 0.004])
        ear = np.array([side * 0.078, 0.085, 0.005])
        half = (outer + ear) / 2 + np.array([side * 0.004, 0.0, 0.0])
        bow = [outer, outer + np.array([side * 0.003, 0.003, 0.0]), half, ear, ear + np.array([0.0, 0.02, -0.02])]
        rope("temple", head.world(np.array(bow)).tolist(), thick, material)


def cat_ears(head: Head, look: Mapping[str, Any]) -> None:
    """A headband with two ears."""
    band, inner = cloth(look), cloth({**look, "colour": look["inner"]})
    y, z = look.get("back", 0.065), 0.03
    wide, high = look.get("wide", 0.094), look.get("high", 0.103)
    arc = [np.array([wide * np.sin(a), y, z + high * np.cos(a)]) for a in np.linspace(-1.65, 1.65, 31)]
    for shift in (-0.0035, 0.0, 0.0035):
        rope("band", head.world(np.array(arc) + np.array([0.0, shift, 0.0])).tolist(), 0.0042, band)
    for side in (1, -1):
        angle = side * 0.52
        foot = np.array([wide * np.sin(angle), y, z + high * np.cos(angle)])
        out = np.array([np.sin(angle * 0.75), 0.0, np.cos(angle * 0.75)])
        along = np.array([np.cos(angle * 0.75), 0.0, -np.sin(angle * 0.75)])
        for size, depth, material in (
            (1.0, 0.0, cloth({**look, "colour": look["outer"], "kind": "cotton"})),
            (0.66, -0.006, inner),
        ):
            half, tall = 0.028 * size, 0.062 * size
            rows = []
            for share in np.linspace(0, 1, 7):
                wide_ = half * (1 - share) ** 0.75 + 0.0015
                bow = 0.011 * (1 - share) * size
                for cross in np.linspace(-1, 1, 7):
                    rows.append(
                        foot
                        + out * (tall * share + 0.004 * (1 - size))
                        + along * wide_ * cross
                        + np.array([0.0, depth + bow * cross**2 - 0.004 * share, 0.0])
                    )
            faces = [
                (i * 7 + j, i * 7 + j + 1, (i + 1) * 7 + j + 1, (i + 1) * 7 + j) for i in range(6) for j in range(6)
            ]
            _thick(solid("ear", head.world(np.array(rows)), faces, material, 2), 0.005)


def fuzz(thing: bpy.types.Object, look: Mapping[str, Any], count: int, seed: int) -> None:
    """The down that wool has: short thin hairs standing off a thing."""
    chance = np.random.default_rng(seed)
    mesh = thing.evaluated_get(bpy.context.evaluated_depsgraph_get()).to_mesh()
    which = chance.choice(len(mesh.polygons), count)
    starts = np.array([mesh.polygons[int(index)].center for index in which])
    out = np.array([mesh.polygons[int(index)].normal for index in which])
    way = out + chance.normal(0, 0.7, out.shape)
    along = np.linspace(0, 1, 4)[None, :, None]
    path = starts[:, None] + way[:, None] * along * chance.uniform(0.002, 0.006, (count, 1, 1))
    path = path + chance.normal(0, 0.002, (count, 1, 3)) * along**2
    strands("fuzz", path, 0.00006, cloth({"kind": "smooth", "colour": look["colour"], "rough": 0.9}), 0.5)
