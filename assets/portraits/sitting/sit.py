"""Takes the portraits of people who don't exist: `python sit.py NAME [--draft] [--blink]`; see README.md."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import bpy
import hair
import numpy as np
import wear
import yaml
from body import Body, data, moulded
from brows import browed, lashed
from eyes import eyed
from numpy.typing import NDArray
from place import behind, lit, seen_from
from skin import between_eyes, skinned, toothed

_HERE = Path(__file__).parent


def people() -> dict[str, Any]:
    """All that is known of each sitter (people.yaml)."""
    return dict(yaml.safe_load((_HERE / "people.yaml").read_text()))


def _moulded(person: Mapping[str, Any], shut: float, more: Mapping[str, float]) -> Body:
    units = "expression/units/caucasian/"
    targets = {f"macrodetails/{name}": share for name, share in person["kin"].items()}
    targets |= dict(person.get("face", {}))
    targets |= {f"{units}{name}": share for name, share in person.get("smile", {}).items()}
    for name, share in more.items():
        targets[f"{units}{name}"] = targets.get(f"{units}{name}", 0.0) + share
    for side in ("left", "right"):
        name = f"{units}eye-{side}-closure"
        targets[name] = targets.get(name, 0.0) * (1 - shut) + person.get("closes", 1.12) * shut
        for opened in ("slit", "opened-up"):
            other = f"{units}eye-{side}-{opened}"
            targets[other] = targets.get(other, 0.0) * (1 - shut)
    return moulded(targets, person.get("pose", {}))


def _dressed(body: Body, person: Mapping[str, Any], below: float) -> list[bpy.types.Object]:
    made = []
    for look in person.get("wear", []):
        if look["piece"] == "garment":
            made.append(wear.garment(body, look, below))
        elif look["piece"] == "collar":
            made.append(wear.collar(body, look, made[0]))
        elif look["piece"] == "coils":
            made += wear.coils(body, look)
        if look.get("fuzz"):
            wear.fuzz(made[-1], look, look["fuzz"], 4)
    return made


def _adorned(
    body: Body,
    head: hair.Head,
    person: Mapping[str, Any],
    pupils: list[NDArray[np.float64]],
    clothes: list[bpy.types.Object],
) -> None:
    middle = wear.neck(body)

    def placed(look: Mapping[str, Any], points: NDArray[np.float64]) -> NDArray[np.float64]:
        of = look.get("of", "head")
        if of == "head":
            return head.world(points)
        return wear.before(clothes[0], points + middle) if of == "front" else points + middle

    for look in person.get("adorn", []):
        if look["piece"] == "glasses":
            wear.glasses(head, look, pupils)
        elif look["piece"] == "cat ears":
            wear.cat_ears(head, look)
        elif look["piece"] == "rope":
            points = placed(look, np.array(look["points"]))
            wear.rope("rope", points.tolist(), look["radius"], wear.cloth(look))
        elif look["piece"] == "bead":
            wear.bead("bead", placed(look, np.array([look["at"]]))[0], look["size"], wear.cloth(look))


def _haired(body: Body, head: hair.Head, person: Mapping[str, Any], few: float) -> None:
    material = hair.coloured(person["hair"])
    ears = str(data() / "textures" / "mpfb_ears.jpg")
    for index, style in enumerate(person["hair"]["styles"]):
        style = {"raised": person["hair"].get("raised", 0.0)} | style
        seed = style.get("seed", person.get("seed", 1) * 10 + index)
        starts, out = hair.roots(body, head, style.get("guides", 900), ears, seed, style)
        keep = _within(head.own(starts), style.get("from", {}))
        guides = hair.cut(hair.grown(head, starts[keep], out[keep], style, seed), style)
        more, _ = hair.roots(body, head, int(style["count"] * few), ears, seed + 5, style)
        own = head.own(more)
        path = hair.children(guides, own[_within(own, style.get("from", {}))], style, seed)
        hair.strands("hair", head.world(path), style.get("thick", 0.00005) / few**0.6, material, style.get("tip", 0.3))
    for index, ball in enumerate(person["hair"].get("balls", [])):
        path = hair.balled(ball, int(ball["count"] * few), index)
        hair.strands("ball", head.world(path), ball.get("thick", 0.00006) / few**0.6, material, 0.6)
    shade = hair.coloured(person["hair"]["brows"]) if "brows" in person["hair"] else material
    browed(head, person, shade)
    lashed(body, person, hair.coloured({"colour": "#0b0807"}))


def _within(own: NDArray[np.float64], limits: Mapping[str, Any]) -> NDArray[np.bool_]:
    """Which roots a style takes: those between the limits of its axes."""
    kept = np.ones(len(own), dtype=bool)
    for axis, name in enumerate("xyz"):
        low, high = limits.get(name, (-1, 1))
        kept &= (own[:, axis] >= low) & (own[:, axis] <= high)
    return kept


def seat(person: Mapping[str, Any], size: tuple[int, int], shut: float, few: float, more: Mapping[str, float]) -> None:
    """Builds the scene: somebody, dressed, in their light, before the lens."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    rest = _moulded(person, 0.0, {})
    body = _moulded(person, shut, more)
    eye = between_eyes(body)
    skin = skinned(
        body,
        person["skin"]
        | {"hair": person["hair"]["colour"], "raised": person["hair"].get("raised", 0.0)}
        | ({"parted": person["hair"]["parted"]} if "parted" in person["hair"] else {}),
        str(_HERE / "skins"),
        eye[2] - person.get("bare", 0.24),
    )
    if "teeth" in person:
        toothed(body, person["teeth"])
    clothes = _dressed(body, person, eye[2] - person.get("seen", 0.62))
    middle = between_eyes(rest)
    framing = person["framing"]
    look = (
        np.array(framing.get("looks", (0.0, 0.0, 0.0)))
        + middle
        + np.array([0.0, -framing.get("far", 1.7), framing.get("high", 0.0)])
    )
    pupils = eyed(rest, person, look)
    bare = hair.head_of(rest, [skin])
    clothed = hair.head_of(rest, [skin, *clothes])
    _adorned(body, bare, person, pupils, clothes)
    bald = hair.Head(middle, rest.turned, clothed.solid)
    _haired(body, bald, person | {"shut": shut}, few)
    lit(person["light"], middle)
    seen_from(pupils, framing, size)


def rendered(
    size: tuple[int, int], samples: int, path: Path, box: tuple[float, float, float, float] | None = None
) -> None:
    """Renders the scene into a picture with alpha; of it only `box` (left, top, right, bottom in shares), if given."""
    scene = bpy.context.scene
    render = scene.render
    render.engine = "CYCLES"
    cycles = scene.cycles
    cycles.samples, cycles.use_adaptive_sampling, cycles.adaptive_threshold = samples, True, 0.04
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = 4, 2, 2
    cycles.transmission_bounces, cycles.transparent_max_bounces = 3, 10
    cycles.use_denoising, cycles.denoiser = True, "OPENIMAGEDENOISE"
    cycles.denoising_prefilter = "FAST"
    cycles.sample_clamp_indirect = 6.0
    cycles.caustics_reflective = cycles.caustics_refractive = False
    scene.cycles_curves.shape = "RIBBONS"
    render.film_transparent = True
    scene.view_settings.view_transform, scene.view_settings.look = "AgX", "AgX - Punchy"
    render.resolution_x, render.resolution_y = size
    render.image_settings.file_format, render.image_settings.color_mode = "PNG", "RGBA"
    if box is not None:
        render.use_border, render.use_crop_to_border = True, False
        render.border_min_x, render.border_max_x = box[0], box[2]
        render.border_min_y, render.border_max_y = 1 - box[3], 1 - box[1]
    render.filepath = str(path)
    bpy.ops.render.render(write_still=True)


def main() -> None:
    """Takes one portrait and leaves its rendering and its picture in a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=sorted(people()))
    parser.add_argument("--width", type=int, default=720)
    parser.add_argument("--samples", type=int, default=48)
    parser.add_argument("--few", type=float, default=1.0, help="the share of the hair that grows (drafts)")
    parser.add_argument(
        "--shut", type=float, default=0.0, help="how far the eyes are shut; only they are rendered then"
    )
    parser.add_argument("--more", default="{}", help="more of an expression, such as {mouth-corner-puller: 0.1}")
    parser.add_argument("--box", type=float, nargs=4, help="only this part is rendered: left, top, right, bottom")
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    person = people()[asked.name]
    width, height = person["size"]
    size = (asked.width, round(asked.width * height / width))
    seat(person, size, asked.shut, asked.few, yaml.safe_load(asked.more))
    x, y = person["framing"]["eyes"]
    apart = person["framing"]["apart"]
    box = (x - 1.15 * apart, y - 0.55 * apart * width / height, x + 1.15 * apart, y + 0.5 * apart * width / height)
    rendered(size, asked.samples, asked.out, asked.box or (box if asked.shut else None))
    if "behind" in person:
        np.save(asked.out.with_suffix(".behind.npy"), behind(person["behind"], size))


if __name__ == "__main__":
    main()
