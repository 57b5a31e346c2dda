"""Living eyes: a white that isn't white, an iris with depth, a wet cornea over it, a tear along the lid, lashes."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import bpy
import numpy as np
from body import Body
from nodes import Shader, linear
from numpy.typing import NDArray
from skin import solid

_IRIS, _PUPIL = 0.47, 0.36
"""An iris' radius as a share of its eye's, and a pupil's as a share of its iris'."""
_SIZE = 320


def iris(colours: Mapping[str, str], seed: int) -> NDArray[np.float32]:
    """A picture of an iris and the white about it, looked at from straight on; it spans the whole eye."""
    chance = np.random.default_rng(seed)
    across, down = np.meshgrid(np.linspace(-1, 1, _SIZE), np.linspace(-1, 1, _SIZE))
    far, angle = np.hypot(across, down), np.arctan2(down, across)
    inner, outer, ring, white = (np.array(linear(colours[name])) for name in ("inner", "outer", "ring", "white"))
    fibres = np.zeros_like(far)
    for waves in (23, 41, 67, 101, 149):
        phase, bend = chance.uniform(0, 2 * np.pi), chance.uniform(-3, 3)
        fibres += np.sin(angle * waves + phase + bend * far + 2 * np.sin(angle * 5 + phase)) * chance.uniform(0.5, 1)
    fibres = fibres / 3.2
    share = np.clip((far / _IRIS - _PUPIL) / (1 - _PUPIL), 0, 1)
    colour = inner + (outer - inner) * np.clip(share * 1.5 - 0.15 + 0.16 * fibres, 0, 1)[..., None]
    colour = colour * (1 + 0.42 * fibres * (1 - 0.5 * share))[..., None]
    collar = np.exp(-(((share - 0.28 - 0.05 * fibres) / 0.09) ** 2))[..., None]
    colour = colour * (1 + 0.4 * collar)
    # The light that a cornea gathers on the far side of the iris.
    colour = colour * (1 + 0.7 * np.clip(down / _IRIS, -0.6, 1) * np.clip(1.4 - share, 0, 1))[..., None]
    dark = np.clip((far / _IRIS - 0.82) / 0.16, 0, 1)[..., None]
    colour = colour * (1 - 0.85 * dark) + ring * 0.85 * dark
    veins = np.zeros_like(far)
    for _ in range(26):
        start, wander = chance.uniform(0, 2 * np.pi), chance.uniform(-0.5, 0.5)
        path = start + wander * (far - 1) + 0.06 * np.sin(far * chance.uniform(14, 30) + chance.uniform(0, 6))
        gap = np.abs((angle - path + np.pi) % (2 * np.pi) - np.pi) * far
        veins += np.exp(-((gap / 0.006) ** 2)) * np.clip((far - 0.62) * 2.2, 0, 1) * chance.uniform(0.2, 0.8)
    outside = white * (1 - np.clip(veins, 0, 1)[..., None] * np.array([0.1, 0.42, 0.42]))
    outside = outside * (1 - np.clip((far - 0.6) * 0.9, 0, 0.6)[..., None] * np.array([0.12, 0.3, 0.34]))
    edge = np.clip((far / _IRIS - 0.96) / 0.1, 0, 1)[..., None]
    edge = edge * edge * (3 - 2 * edge)
    colour = np.maximum(colour, 0) * (1 - edge) + outside * edge
    hole = np.clip((far / (_IRIS * _PUPIL) - 0.93) / 0.12, 0, 1)[..., None]
    return (colour * hole).astype(np.float32)


def _ball(radius: float, bulge: float, dish: float) -> tuple[NDArray[np.float64], list[tuple[int, ...]]]:
    """An eyeball that looks along -y: `bulge` out over its iris, or `dish` in."""
    rings, around = 64, 64
    turned = np.concatenate([np.linspace(0, 0.75, 40), np.linspace(0.75, np.pi, rings - 39)[1:]])
    edge = np.arcsin(_IRIS)
    points = [(0.0, 0.0, 0.0)]
    for angle in turned[1:-1]:
        share = np.clip(1 - (angle / (edge * 1.12)) ** 2, 0, 1)
        far = radius * (1 + bulge * share**1.3)
        depth = dish * radius * np.clip(1 - angle / edge, 0, 1) ** 0.35 if dish else 0.0
        for step in range(around):
            turn = 2 * np.pi * step / around
            points.append(
                (far * np.sin(angle) * np.cos(turn), -far * np.cos(angle) + depth, far * np.sin(angle) * np.sin(turn))
            )
    points[0] = (0.0, -radius * (1 + bulge) + dish * radius, 0.0)
    faces: list[tuple[int, ...]] = [(0, 1 + (step + 1) % around, 1 + step) for step in range(around)]
    for ring in range(rings - 2 - 1):
        first = 1 + ring * around
        for step in range(around):
            after = (step + 1) % around
            faces.append((first + step, first + after, first + around + after, first + around + step))
    return np.array(points), faces


def _eyeball(look: Mapping[str, Any], radius: float, seed: int) -> bpy.types.Material:
    shader = Shader("eye")
    drawn = iris(look["eyes"], seed)
    image = bpy.data.images.new(f"iris-{seed}", _SIZE, _SIZE, float_buffer=True)
    image.colorspace_settings.name = "Non-Color"
    image.pixels.foreach_set(np.dstack([drawn[::-1], np.ones(drawn.shape[:2], np.float32)]).ravel())
    image.pack()
    own = shader.add("SeparateXYZ", {0: shader.add("TexCoord").outputs["Object"]})
    half = 0.5 / radius
    place = shader.add(
        "CombineXYZ",
        {
            0: shader.sum("MULTIPLY_ADD", own.outputs[0], half, 0.5),
            1: shader.sum("MULTIPLY_ADD", own.outputs[2], half, 0.5),
        },
    ).outputs[0]
    colour = shader.add("TexImage", {"Vector": place}, image=image, interpolation="Cubic").outputs[0]
    surface = shader.add(
        "BsdfPrincipled",
        {
            "Base Color": colour,
            "Roughness": 0.4,
            "Specular IOR Level": 0.2,
            "Subsurface Weight": 0.15,
            "Subsurface Scale": 0.001,
            "Subsurface Radius": (1.0, 0.4, 0.3),
        },
    )
    return shader.made(surface.outputs[0])


def wet(name: str, share: float = 1.0) -> bpy.types.Material:
    """Clear water: what is behind shows, and what is bright is mirrored."""
    shader = Shader(name)
    mirror = shader.add("BsdfGlossy", {"Roughness": 0.015, "Color": (1.0, 1.0, 1.0)})
    clear = shader.add("BsdfTransparent")
    much = shader.sum("MULTIPLY", shader.add("Fresnel", {"IOR": 1.376}).outputs[0], share)
    return shader.made(shader.add("MixShader", {0: much, 1: clear.outputs[0], 2: mirror.outputs[0]}).outputs[0])


def eyed(body: Body, look: Mapping[str, Any], at: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Both eyes, looking `at` a point; gives where their pupils are."""
    pupils = []
    water = wet("cornea", look.get("wet", 1.0))
    for side, seed in (("l", 3), ("r", 8)):
        group = f"helper-{side}-eye"
        middle = body.middle(group)
        rows = body.points[sorted({corner for face in body.base.faces[group] for corner in face})]
        radius = float(np.median(np.linalg.norm(rows - middle, axis=1))) * look.get("eyeball", 1.0)
        gaze = at - middle
        gaze = gaze / np.linalg.norm(gaze)
        pitch, yaw = np.arcsin(gaze[2]), np.arctan2(gaze[0], -gaze[1])
        for name, (points, faces), material in (
            ("eye", _ball(radius, 0.0, 0.06), _eyeball(look, radius, seed)),
            ("cornea", _ball(radius * 1.012, 0.075, 0.0), water),
        ):
            ball = solid(f"{name}-{side}", points, faces, material, 0)
            ball.location = middle
            ball.rotation_mode = "XYZ"
            ball.rotation_euler = (-pitch, 0.0, yaw)
        pupils.append(middle + gaze * radius)
    return pupils


def lids(body: Body, side: str, lid: int, steps: int = 60) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The edge of a lid (1 the upper, 2 the lower), from point to point, and which way its lashes stand there."""
    group = f"helper-{side}-eyelashes-{lid}"
    used = sorted({corner for face in body.base.faces[group] for corner in face})
    eye = body.middle(f"helper-{side}-eye")
    rows = body.points[used]
    far = np.linalg.norm(rows - eye, axis=1)
    across = (rows - eye) @ body.turned[:, 0]
    bins = np.linspace(across.min(), across.max(), 13)
    roots, tips = [], []
    for low, high in pairwise(bins):
        there = np.where((across >= low) & (across <= high))[0]
        if len(there) >= 2:
            roots.append(rows[there[np.argmin(far[there])]])
            tips.append(rows[there[np.argmax(far[there])]])
    share = np.linspace(0, len(roots) - 1, steps)
    whole = np.arange(len(roots))
    root = np.stack([np.interp(share, whole, np.array(roots)[:, axis]) for axis in range(3)], axis=1)
    tip = np.stack([np.interp(share, whole, np.array(tips)[:, axis]) for axis in range(3)], axis=1)
    return root, tip - root
