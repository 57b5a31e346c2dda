"""Where somebody sits: the lights on them, the lens that sees them, and what is out of focus behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from mathutils import Vector
from nodes import linear
from numpy.typing import NDArray
from scipy.signal import fftconvolve

Points = NDArray[np.float64]


def surroundings(name: str) -> Path:
    """One of the CC0 panoramas by Poly Haven that Blender brings, such as `sunset`."""
    return Path(bpy.utils.system_resource("DATAFILES")) / "studiolights" / "world" / f"{name}.exr"


def lit(look: Mapping[str, Any], middle: Points) -> None:
    """The light of a panorama all round, and lamps, each `from` an angle to the right and an angle up (degrees)."""
    scene = bpy.context.scene
    world = bpy.data.worlds.new("around")
    scene.world = world
    world.use_nodes = True
    nodes, links = world.node_tree.nodes, world.node_tree.links
    sky = nodes.new("ShaderNodeTexEnvironment")
    sky.image = bpy.data.images.load(str(surroundings(look["around"])))
    turn = nodes.new("ShaderNodeMapping")
    turn.inputs["Rotation"].default_value = (0, 0, np.radians(look.get("turned", 0)))
    links.new(nodes.new("ShaderNodeTexCoord").outputs["Generated"], turn.inputs[0])
    links.new(turn.outputs[0], sky.inputs[0])
    links.new(sky.outputs[0], nodes["Background"].inputs[0])
    nodes["Background"].inputs[1].default_value = look.get("ambient", 0.4)
    for index, lamp in enumerate(look["lamps"]):
        right, up = np.radians(lamp["from"])
        way = np.array([np.sin(right) * np.cos(up), -np.cos(right) * np.cos(up), np.sin(up)])
        light = bpy.data.lights.new(f"lamp-{index}", "AREA")
        light.shape, light.size, light.size_y = "RECTANGLE", lamp["size"][0], lamp["size"][1]
        light.energy, light.color = lamp["power"], linear(lamp.get("colour", "#ffffff"))
        thing = bpy.data.objects.new(f"lamp-{index}", light)
        scene.collection.objects.link(thing)
        thing.location = middle + way * lamp.get("far", 1.4)
        thing.rotation_euler = Vector(-way).to_track_quat("-Z", "Y").to_euler()


def seen_from(pupils: Sequence[Points], framing: Mapping[str, Any], size: tuple[int, int]) -> None:
    """The lens: both pupils are where `framing` says (`eyes`, `apart`: see the films' portraits), from `far` away."""
    scene = bpy.context.scene
    middle = (pupils[0] + pupils[1]) / 2
    far, high = framing.get("far", 1.7), framing.get("high", 0.0)
    lens = bpy.data.cameras.new("lens")
    lens.sensor_fit, lens.sensor_width = "HORIZONTAL", 36.0
    deep = middle[1] - (middle[1] - far)
    share = framing["apart"] * deep / abs(pupils[0][0] - pupils[1][0])
    lens.lens = share * lens.sensor_width
    x, y = framing["eyes"]
    lens.shift_x = 0.5 - x
    lens.shift_y = (y - 0.5) * size[1] / size[0] - share * high / deep
    thing = bpy.data.objects.new("lens", lens)
    scene.collection.objects.link(thing)
    thing.location = middle + np.array([0.0, -far, high])
    thing.rotation_euler = (np.pi / 2, 0, 0)
    scene.camera = thing


def _panorama(name: str) -> NDArray[np.float32]:
    image = bpy.data.images.load(str(surroundings(name)))
    pixels = np.zeros(len(image.pixels), dtype=np.float32)
    image.pixels.foreach_get(pixels)
    return pixels.reshape(image.size[1], image.size[0], -1)[::-1, :, :3]


def _disc(radius: float) -> NDArray[np.float64]:
    reach = int(radius) + 2
    across, down = np.meshgrid(np.arange(-reach, reach + 1), np.arange(-reach, reach + 1))
    far = np.hypot(across, down)
    # A real lens' disc is a little brighter at its edge.
    disc = np.clip(radius - far + 0.5, 0, 1) * (0.8 + 0.4 * (far / radius) ** 2)
    return np.asarray(disc / disc.sum())


def behind(look: Mapping[str, Any], size: tuple[int, int]) -> NDArray[np.float64]:
    """What is behind the sitter, out of focus: a piece of a panorama, with lights in it. Rows from above, 0 to 1."""
    width, height = 270, round(270 * size[1] / size[0])
    seen = _panorama(look["around"])
    rows, columns = seen.shape[:2]
    half = np.tan(np.radians(look.get("angle", 34) / 2))
    across, down = np.meshgrid(
        (np.arange(width) + 0.5) / width * 2 - 1, ((np.arange(height) + 0.5) / height * 2 - 1) * height / width
    )
    yaw = np.radians(look["turned"]) + np.arctan(across * half)
    pitch = np.radians(look.get("pitch", 0)) - np.arctan(down * half)
    column = (yaw / (2 * np.pi) % 1) * columns
    row = np.clip((0.5 - pitch / np.pi) * rows, 0, rows - 1)
    picked = seen[row.astype(int), column.astype(int) % columns].astype(np.float64)
    picked = np.minimum(picked * look.get("bright", 1.0), look.get("most", 30.0))
    picked = picked * np.array(linear(look.get("tint", "#ffffff")))
    chance = np.random.default_rng(look.get("seed", 2))
    for light in look.get("lights", []):
        for _ in range(light["count"]):
            x = int(chance.uniform(*light.get("across", (0, 1))) * (width - 1))
            y = int(chance.uniform(*light.get("down", (0, 1))) * (height - 1))
            picked[y, x] += np.array(linear(light["colour"])) * light["power"] * chance.uniform(0.3, 1.2)
    blurred = np.stack(
        [
            fftconvolve(np.pad(picked[..., c], 40, mode="edge"), _disc(look.get("blur", 9)), mode="same")[
                40:-40, 40:-40
            ]
            for c in range(3)
        ],
        axis=-1,
    )
    blurred = np.maximum(blurred, 0)
    luminous = 1 - np.exp(-blurred * 1.1)
    return np.asarray(np.clip(luminous, 0, 1) ** (1 / 2.2))
