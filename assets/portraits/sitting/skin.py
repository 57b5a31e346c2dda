"""Skin: the mesh of a body that is seen, and what light does in it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import bpy
import numpy as np
from body import Body, data
from nodes import Shader, linear
from numpy.typing import NDArray
from PIL import Image, ImageFilter
from scalp import hairline
from scipy.ndimage import gaussian_filter
from scipy.spatial import cKDTree

_LIPS = "mpfb_lips.jpg"
_MAP = 2048
"""Points to a side of the pictures of a skin."""
_FLUSH = {
    # Where blood shows through: a point of the face in the head's own measures, how far, how much.
    "nose": ((0.0, -0.055, -0.045), 0.016, 0.75),
    "left cheek": ((0.043, -0.02, -0.04), 0.024, 0.85),
    "right cheek": ((-0.043, -0.02, -0.042), 0.024, 0.85),
    "chin": ((0.0, -0.04, -0.1), 0.016, 0.35),
    "left ear": ((0.075, 0.06, -0.02), 0.03, 0.9),
    "right ear": ((-0.075, 0.06, -0.02), 0.03, 0.9),
}


def between_eyes(body: Body) -> NDArray[np.float64]:
    """The point between the eyes' middles."""
    return np.asarray((body.middle("helper-l-eye") + body.middle("helper-r-eye")) / 2)


def solid(
    name: str, points: NDArray[np.float64], faces: list[tuple[int, ...]], material: Any, smooth: int = 2
) -> bpy.types.Object:
    """A mesh in the scene, rounded `smooth` times; only the points that its faces use are kept."""
    used = sorted({corner for face in faces for corner in face})
    place = {corner: index for index, corner in enumerate(used)}
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(points[used].tolist(), [], [tuple(place[corner] for corner in face) for face in faces])
    mesh.shade_smooth()
    mesh.materials.append(material)
    thing = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(thing)
    if smooth:
        rounding = thing.modifiers.new("round", "SUBSURF")
        rounding.levels = rounding.render_levels = smooth
    return thing


def toothed(body: Body, look: Mapping[str, Any]) -> None:
    """The upper teeth, which show when lips part, so much `lower` than the base has them."""
    shader = Shader("enamel")
    across = shader.sum("MULTIPLY", shader.attribute("across").outputs["Fac"], np.pi / look.get("wide", 0.0082))
    apart = shader.sum("POWER", shader.sum("ABSOLUTE", shader.sum("SINE", across)), 0.22)
    colour = linear(look["colour"])
    inputs = {
        "Base Color": shader.mixed(apart, tuple(part * 0.45 for part in colour), colour),
        "Roughness": 0.18,
        "Subsurface Weight": 0.3,
        "Subsurface Scale": 0.002,
    }
    material = shader.made(shader.add("BsdfPrincipled", inputs).outputs[0])
    points = body.points + body.turned @ np.array([0.0, -0.001, -look.get("lower", 0.0045)])
    thing = solid("teeth", points, body.base.faces["helper-upper-teeth"], material, 2)
    own = (np.array([vertex.co for vertex in thing.data.vertices]) - between_eyes(body)) @ body.turned
    thing.data.attributes.new("across", "FLOAT", "POINT").data.foreach_set("value", own[:, 0])


def seen(body: Body, below: float) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    """The faces of the body that are higher than `below`, and their corners in the picture of its skin."""
    pairs = zip(body.base.faces["body"], body.base.corners["body"], strict=True)
    high = [(face, corner) for face, corner in pairs if all(body.points[index][2] > below for index in face)]
    return [face for face, _ in high], [corner for _, corner in high]


def kept(name: str, pixels: NDArray[np.float32]) -> bpy.types.Image:
    """A picture for a material, from numbers: rows from above, three a point."""
    image = bpy.data.images.new(name, pixels.shape[1], pixels.shape[0], float_buffer=True)
    image.colorspace_settings.name = "Non-Color"
    whole = np.dstack([pixels, np.ones(pixels.shape[:2], np.float32)])[::-1]
    image.pixels.foreach_set(np.ascontiguousarray(whole, dtype=np.float32).ravel())
    image.pack()
    return image


def _drawn(path: str, blur: float, size: int = _MAP) -> NDArray[np.float32]:
    with Image.open(path) as opened:
        small = opened.convert("RGB").resize((size, size), Image.Resampling.BICUBIC)
        return np.asarray(small.filter(ImageFilter.BoxBlur(blur)), dtype=np.float32) / 255


def _noise(size: int, waves: float, chance: np.random.Generator) -> NDArray[np.float32]:
    """Noise that tiles, about 0 and as a rule within 1, of so many points a wave."""
    small = max(1, int(waves / 1.5))
    rows = chance.standard_normal((size // small, size // small)).astype(np.float32)
    rough = gaussian_filter(rows, waves / small, mode="wrap")
    whole = Image.fromarray(rough / rough.std() / 2).resize((size, size), Image.Resampling.BICUBIC)
    return np.asarray(whole, dtype=np.float32)


@cache
def _grain() -> NDArray[np.float32]:
    """What skin is like close by, a tile of ten centimetres: height, roughness, and the grooves of lips."""
    chance = np.random.default_rng(5)
    spots = chance.uniform(0, 1024, (9000, 2))
    grid = np.stack(np.meshgrid(np.arange(1024), np.arange(1024), indexing="ij"), axis=-1).reshape(-1, 2)
    near, _ = cKDTree(spots, boxsize=1024).query(grid, k=2)
    cells = np.clip((near[:, 1] - near[:, 0]) / 7, 0, 1).reshape(1024, 1024)
    height = (
        0.5 * cells + 0.3 * _noise(1024, 1.6, chance) + 0.35 * _noise(1024, 5, chance) + 0.3 * _noise(1024, 24, chance)
    )
    rough = 0.6 * _noise(1024, 6, chance) + 0.5 * _noise(1024, 50, chance)
    grooves = gaussian_filter(chance.standard_normal((1024, 1024)).astype(np.float32), (1.5, 14), mode="wrap")
    return np.dstack([height, rough, grooves / grooves.std() / 2]).astype(np.float32)


def _coloured(look: Mapping[str, Any], skins: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The colour of a skin, and the masks of its freckles, its blotches and its lips."""
    chance = np.random.default_rng(look.get("seed", 1))
    tone = np.array(linear(look["tone"]), dtype=np.float32)
    painted = _drawn(f"{skins}/{look['picture']}", 3)
    face = painted[int(_MAP * 0.42) : int(_MAP * 0.58), int(_MAP * 0.84) : int(_MAP * 0.93)]
    painted = np.clip(painted / np.median(face, axis=(0, 1)), 0.25, 1.3).astype(np.float32) ** (
        2.2 * look.get("painted", 0.6)
    )
    colour = tone * painted
    mottle = 0.5 * _noise(_MAP, 3, chance) + 0.7 * _noise(_MAP, 9, chance) + 0.6 * _noise(_MAP, 28, chance)
    colour = colour * (1 + 0.055 * mottle[..., None] * np.array([0.6, 1.0, 1.1], np.float32))
    dots = np.zeros((_MAP, _MAP), np.float32)
    spots = chance.uniform(0, _MAP, (26000, 2)).astype(int)
    dots[spots[:, 0], spots[:, 1]] = chance.uniform(0.1, 1, len(spots)) ** 3
    freckles = np.clip(gaussian_filter(dots, 1.15) * 9 + gaussian_filter(dots, 2.2) * 12, 0, 1)
    lips = _drawn(str(data() / "textures" / _LIPS), 2.5)[..., 0]
    blotches = np.clip(0.65 + 0.5 * _noise(_MAP, 14, chance) + 0.25 * _noise(_MAP, 4, chance), 0, 1)
    return colour.astype(np.float32), np.dstack([freckles, blotches, lips]).astype(np.float32)


def skinned(body: Body, look: Mapping[str, Any], skins: str, below: float) -> bpy.types.Object:
    """The skin of a body, as its `look` says: tone, lips, flush, freckles, shine, picture."""
    faces, corners = seen(body, below)
    thing = solid("skin", body.points, faces, _material(look, skins))
    mesh = thing.data
    places = mesh.uv_layers.new(name="places")
    places.data.foreach_set("uv", np.array([body.base.places[index] for face in corners for index in face]).ravel())
    own = np.array([vertex.co for vertex in mesh.vertices]) - between_eyes(body)
    own = own @ body.turned
    flush = np.zeros(len(own))
    for point, reach, much in _FLUSH.values():
        flush = np.maximum(flush, much * np.exp(-(((own - point) ** 2).sum(axis=1)) / (2 * reach**2)))
    # Under hair, skin is in its shade.
    scalp = np.clip((hairline(own, look.get("raised", 0.0)) + 0.004) / 0.016, 0, 1)
    scalp *= (np.abs(own[:, 0]) < 0.079) | (own[:, 2] > 0.032)
    mesh.attributes.new("scalp", "FLOAT", "POINT").data.foreach_set("value", scalp)
    mesh.attributes.new("flush", "FLOAT", "POINT").data.foreach_set("value", flush)
    across = own[:, 0] - look.get("parted", 1.0)
    mesh.attributes.new("across", "FLOAT", "POINT").data.foreach_set("value", across)
    return thing


def _material(look: Mapping[str, Any], skins: str) -> bpy.types.Material:
    shader = Shader("skin")
    tone, lips = linear(look["tone"]), linear(look["lips"])
    coloured, masks = _coloured(look, skins)
    place = shader.add("UVMap", uv_map="places").outputs[0]
    near = shader.add("Mapping", {"Vector": place, "Scale": (10.0, 10.0, 10.0)}).outputs[0]
    colour = shader.add("TexImage", {"Vector": place}, image=kept("colour", coloured)).outputs[0]
    mask = shader.add(
        "SeparateColor", {0: shader.add("TexImage", {"Vector": place}, image=kept("masks", masks)).outputs[0]}
    )
    freckles, blotches, lip = mask.outputs
    grain = shader.add(
        "SeparateColor", {0: shader.add("TexImage", {"Vector": near}, image=kept("grain", _grain())).outputs[0]}
    )
    height, rough, grooves = grain.outputs
    flush = shader.attribute("flush").outputs["Fac"]
    red = shader.sum("MULTIPLY", shader.sum("MULTIPLY", flush, blotches), look.get("flush", 0.5))
    colour = shader.mixed(red, colour, linear(look["blood"]))
    sunny = shader.sum("MULTIPLY_ADD", flush, 1.2, 0.08)
    spots = shader.sum(
        "MINIMUM", shader.sum("MULTIPLY", shader.sum("MULTIPLY", freckles, sunny), look.get("freckles", 0.3)), 0.75
    )
    brown = tuple(part * share for part, share in zip(tone, (0.5, 0.36, 0.28), strict=True))
    colour = shader.mixed(spots, colour, brown)
    lined = shader.mixed(shader.sum("MULTIPLY_ADD", grooves, 0.5, 0.4), lips, tuple(part * 0.62 for part in lips))
    colour = shader.mixed(shader.sum("MULTIPLY", lip, look.get("rouge", 0.7)), colour, lined)
    # Where hair is parted its shade ends, for a millimetre or two.
    parted = shader.sum("DIVIDE", shader.sum("ABSOLUTE", shader.attribute("across").outputs["Fac"]), 0.0022)
    shade = shader.sum("MULTIPLY", shader.sum("MINIMUM", parted, 1.0), 0.85)
    scalp = shader.sum("MULTIPLY", shader.attribute("scalp").outputs["Fac"], shade)
    colour = shader.mixed(scalp, colour, linear(look["hair"]))
    height = shader.sum("ADD", height, shader.sum("MULTIPLY", shader.sum("MULTIPLY", lip, grooves), 0.9))
    bump = shader.add("Bump", {"Strength": look.get("pores", 0.4), "Distance": 0.0005, "Height": height}).outputs[0]
    matt = shader.sum("MULTIPLY_ADD", rough, 0.1, look.get("matt", 0.5))
    matt = shader.sum("SUBTRACT", matt, shader.sum("MULTIPLY", lip, 0.14))
    matt = shader.sum("SUBTRACT", matt, shader.sum("MULTIPLY", flush, look.get("shine", 0.05)))
    surface = shader.add(
        "BsdfPrincipled",
        {
            "Base Color": colour,
            "Roughness": matt,
            "IOR": 1.4,
            "Subsurface Weight": 1.0,
            "Subsurface Radius": look.get("deep", (1.0, 0.32, 0.16)),
            "Subsurface Scale": look.get("depth", 0.0045),
            "Coat Weight": look.get("oil", 0.1),
            "Coat Roughness": 0.3,
            "Normal": bump,
        },
        subsurface_method=look.get("light", "BURLEY"),
    )
    return shader.made(surface.outputs[0])
