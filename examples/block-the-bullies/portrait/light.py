"""Her face, turned a little and lit as skin is: light that goes under it comes out redder."""

from __future__ import annotations

import math

import numpy as np
from brush import HEIGHT, MIDDLE, ROLL, SCALE, WIDTH, Array, blurred, rng, smooth
from features import REACH, TEXELS
from relief import half, relief

YAW, PITCH = math.radians(13), math.radians(2)
SHORT = 0.945


def sampled(texture: Array, u: Array, v: Array) -> Array:
    x = np.clip((u + REACH[0]) * TEXELS - 0.5, 0, texture.shape[1] - 1.01)
    y = np.clip((v + REACH[1]) * TEXELS - 0.5, 0, texture.shape[0] - 1.01)
    i, j = x.astype(int), y.astype(int)
    a, b = (x - i)[..., None], (y - j)[..., None]
    return (texture[j, i] * (1 - a) + texture[j, i + 1] * a) * (1 - b) + (
        texture[j + 1, i] * (1 - a) + texture[j + 1, i + 1] * a
    ) * b


def head(tints: Array, drawing: Array, gloss: Array) -> Array:
    """Her face in the picture, lit, premultiplied RGBA; the hair's shade is the caller's."""
    ys, xs = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    x, y = (xs + 0.5 - MIDDLE[0]) / SCALE, (ys + 0.5 - MIDDLE[1]) / SCALE
    c, s = math.cos(-ROLL), math.sin(-ROLL)
    x, y = x * c - y * s, x * s + y * c
    box = (np.abs(x + 8) < 92) & (y > -122) & (y < 125)
    rows, columns = np.where(box.any(1))[0], np.where(box.any(0))[0]
    part = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    x, y = x[part], y[part]
    sy, cy, sp = math.sin(YAW), math.cos(YAW), math.sin(PITCH)
    u, v = x.copy(), y.copy()
    for _ in range(14):
        z = relief(u, v)
        u = 0.4 * u + 0.6 * (x - (z + 25) * sy) / cy
        v = 0.4 * v + 0.6 * (y + (z + 25) * sp) / SHORT
    z = relief(u, v)
    height = z * cy - u * sy + v * sp
    within = half(v) - np.abs(u) > 1.2

    def soft_height(reach: float) -> Array:
        weight = blurred(within.astype(float), reach)
        return np.where(weight > 1e-3, blurred(np.where(within, height, 0), reach) / np.maximum(weight, 1e-3), height)

    inside = smooth(0.7, 1.5, half(v) - np.abs(u)) * smooth(-104, -98, v)

    tint = sampled(tints, u, v)
    drawn = sampled(drawing, u, v)
    skin = np.array((0.90, 0.665, 0.535))
    blotch = blurred(rng.normal(0, 1, u.shape), 26) * 26 * 2.2
    pores = blurred(rng.normal(0, 1, u.shape), 1.0) * 2.0
    albedo = skin * (1 + 0.012 * blotch[..., None] * np.array((0.4, 1.0, 1.0)) + 0.010 * pores[..., None])
    albedo = albedo * (1 - tint[..., 3:]) + tint[..., :3]
    albedo = np.clip(albedo, 0, 1) ** 2.2

    key, fill, rim = (
        np.array(one) / np.linalg.norm(one) for one in ((-0.62, -0.52, 0.72), (0.55, 0.05, 0.8), (0.95, -0.12, 0.12))
    )
    light = np.zeros((*u.shape, 3))
    occluded = np.zeros(u.shape)
    across = math.hypot(key[0], key[1])
    for step in range(2, 60, 2):
        dx, dy = round(step * SCALE * key[0] / across), round(step * SCALE * key[1] / across)
        other = np.full_like(height, -200)
        h, w = height.shape
        y0, x0 = max(0, -dy), max(0, -dx)
        y1, x1 = min(h, h - dy), min(w, w - dx)
        other[y0:y1, x0:x1] = np.where(
            inside[y0 + dy : y1 + dy, x0 + dx : x1 + dx] > 0.5, height[y0 + dy : y1 + dy, x0 + dx : x1 + dx], -200
        )
        occluded = np.maximum(occluded, other - height - step * key[2] / across)
    shade = smooth(0.2, 4.5, occluded)
    hollow = np.clip((soft_height(5.0 * SCALE) - height) / 5.0, 0, 1) + 0.6 * np.clip(
        (soft_height(2.0 * SCALE) - height) / 1.6, 0, 1
    )
    normals = []
    for channel, reach in enumerate((1.4, 1.15, 0.9)):
        g = soft_height(reach * SCALE)
        gy, gx = np.gradient(g, 1 / SCALE)
        n = np.stack((-gx, -gy, np.ones_like(gx)), -1)
        n /= np.linalg.norm(n, axis=-1, keepdims=True)
        normals.append(n)
        wrap = (0.42, 0.30, 0.24)[channel]
        lit = np.clip((n @ key + wrap) / (1 + wrap), 0, 1) ** 1.15
        dark = blurred(shade, (2.0, 1.1, 0.7)[channel] * SCALE)
        keyed = (1.40, 1.25, 1.10)[channel] * lit * (1 - (0.62, 0.74, 0.78)[channel] * dark)
        filled = (0.24, 0.18, 0.215)[channel] * np.clip(n @ fill * 0.7 + 0.3, 0, 1)
        above = (0.17, 0.15, 0.18)[channel] * (0.5 - 0.4 * n[..., 1])
        rimmed = (0.50, 0.26, 0.30)[channel] * np.clip(n @ rim, 0, 1) ** 2.2
        light[..., channel] = (keyed + filled + above) * (
            1 - (0.30, 0.46, 0.46)[channel] * np.clip(hollow, 0, 1)
        ) + rimmed
    colour = albedo * light
    # shine: broad on the skin, sharp on wet lips and the nose's tip
    n = normals[2]
    middle = key + np.array((0, 0, 1.0))
    middle /= np.linalg.norm(middle)
    facing = np.clip(n @ middle, 0, 1)
    lips_here = np.clip(sampled(gloss, u, v)[..., 3], 0, 1)
    sheen = 0.085 * facing**14 + 0.10 * facing**46 + lips_here * (0.16 * facing**30 + 0.30 * facing**110)
    colour += (sheen * (1 - 0.8 * blurred(shade, SCALE)) * (1 + 0.25 * pores * 0.4))[..., None] * np.array(
        (1.0, 0.95, 0.9)
    )
    colour = 1 - np.exp(-1.42 * colour)
    colour = np.clip(colour, 0, 1) ** (1 / 2.2)
    # what is drawn on it takes the light of its place
    tone = np.clip(blurred(light.mean(-1), 3 * SCALE) / 1.15, 0.62, 1.08)[..., None]
    colour = colour * (1 - drawn[..., 3:]) + drawn[..., :3] * tone
    kept = np.clip(6 * blurred(np.maximum(drawn[..., 3], sampled(gloss, u, v)[..., 3]), 6), 0, 1)
    found = np.zeros((HEIGHT, WIDTH, 5), np.float32)
    found[part] = np.concatenate((np.clip(colour, 0, 1) * inside[..., None], inside[..., None], kept[..., None]), -1)
    return found
