"""The small hair of a face: brows and lashes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from body import Body
from eyes import lids
from hair import Head, strands
from mathutils import Vector


def browed(head: Head, look: Mapping[str, Any], material: Any) -> None:
    """Brows: short hairs along an arch over each eye, lying the way that brows lie."""
    chance = np.random.default_rng(9)
    brow = look.get("brow", {})
    low, arch, thick = brow.get("low", 0.017), brow.get("arch", 0.007), brow.get("thick", 0.0035)
    paths = []
    for side in (1, -1):
        raised = brow.get("raised", 0.0015) if side > 0 else 0.0
        for share in chance.beta(1.1, brow.get("tail", 1.25), brow.get("count", 520)):
            width = (
                thick * (0.55 + 0.9 * np.sin(np.pi * min(share + 0.18, 1.0))) * (1 - brow.get("taper", 0.75) * share**3)
            )
            across = chance.normal(0, 0.42)
            x = side * (brow.get("from", 0.0125) + share * brow.get("wide", 0.038))
            z = low + raised + arch * np.sin(np.pi * min(share * 0.78, 1.0)) - 0.004 * share**2 + across * width
            slope = np.array(
                [side * (0.35 + 0.65 * share), 0.0, 0.85 * (1 - share) ** 1.5 - 0.35 * share - across * 0.35]
            )
            slope += chance.normal(0, 0.12, 3)
            slope /= np.linalg.norm(slope)
            length = chance.uniform(0.005, 0.0085) * (0.75 + 0.25 * np.sin(np.pi * share))
            line = []
            for step in range(5):
                part = step / 4
                bend = np.array([side * 0.25, 0.0, -0.3]) * part * part * length
                point = np.array([x, -0.2, z]) + slope * length * part + bend
                start, ahead = head.world(point[None])[0], head.turned @ np.array([0.0, 1.0, 0.0])
                near, normal, _, _ = head.solid.ray_cast(Vector(start), Vector(ahead), 0.4)
                if near is None:
                    break
                line.append(np.array(near + normal * (0.0002 + 0.0011 * np.sin(np.pi * part * 0.8))))
            if len(line) == 5:
                paths.append(line)
    strands("brows", np.array(paths), brow.get("hair", 0.00006), material, 0.3)


def lashed(body: Body, look: Mapping[str, Any], material: Any) -> None:
    """Lashes: they leave the lid, bend, and meet in small points."""
    chance = np.random.default_rng(4)
    up = body.turned @ np.array([0.0, 0.0, 1.0])
    front = body.turned @ np.array([0.0, -1.0, 0.0])
    paths = []
    shut = look.get("shut", 0.0)
    for side, outer in (("l", 1.0), ("r", -1.0)):
        aside = body.turned @ np.array([outer, 0.0, 0.0])
        for lid, count, size, rise in (
            (1, 95, look.get("lashes", 0.0085), 1.0),
            (2, 50, look.get("lashes", 0.0085) * 0.5, -0.55),
        ):
            edge, _ = lids(body, side, lid)
            if side == "r":
                edge = edge[::-1]
            for share in chance.uniform(0.04, 1.0, count):
                here = np.array(
                    [np.interp(share * (len(edge) - 1), np.arange(len(edge)), edge[:, axis]) for axis in range(3)]
                )
                length = size * (0.55 + 0.5 * share) * chance.uniform(0.75, 1.1)
                lock = 0.12 * np.sin(share * 60)
                out = front * 0.9 + aside * (0.9 * (share - 0.42) + lock) - up * 0.15 * rise * (1 + 3 * shut)
                out /= np.linalg.norm(out)
                lift = rise * (0.9 - 1.5 * shut)
                line = [here + (out * part + up * lift * part**2.1 * 0.85) * length for part in np.linspace(0, 1, 7)]
                paths.append(line)
    strands("lashes", np.array(paths), look.get("lash", 0.00006), material, 0.15)
