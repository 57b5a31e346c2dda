"""In which light everything of a shot is seen: the hour's, its own colours, lamps; and what the wind does to things."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from storyreel.direct.acting.curves import Array
from storyreel.direct.acting.motor import chase
from storyreel.direct.cast import Performer
from storyreel.direct.hands import Holding
from storyreel.direct.lamps import Shining, glow, reaching, reaching_thing, shining
from storyreel.direct.places import Whereabouts, sampled
from storyreel.direct.production import Production
from storyreel.direct.sides import named_part
from storyreel.direct.states import Channels
from storyreel.direct.swaying import swayed
from storyreel.direct.things import Thing
from storyreel.direct.tones import MOODS, Tones
from storyreel.direct.weather import Weather, light_at
from storyreel.errors import StoryreelError, did_you_mean
from storyreel.puppet.model import Node
from storyreel.puppet.svg import read_drawing
from storyreel.script.props import Lamp
from storyreel.script.written import Note, Words
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import DrawingContent, Layer, WidgetContent, settings
from storyreel.timeline.track import Channel, baked

_LIGHTS = ("light.red", "light.green", "light.blue")
_REST = {"saturation": 1.0, "tint": 0.0, "warmth": 0.0}
_COLOURED = 0.42
"""How much of a lamp's colour is seen on whom it lights."""
_DARK = 0.75
"""From this light on downwards, or from this tint on, it is so dark that a lamp is needed."""
_TINTED = 0.2
UNLIT = "no lamp reaches anybody in this shot: switch one on, bring it nearer, or let its light `reach` further"
_SKY = "Sky"
STAGE = "stage"
_LEAN, _SHIFT = 17.0, 34.0
"""Degrees that a lantern swings in a strong wind; units by which drifting air goes with it."""
_SWAY_HERTZ, _SWAY_ZETA = 0.75, 0.16
_FLAPS, _FLAP_HERTZ = 7.0, 1.7
_CORD, _LONG = 900.0, 0.4
"""How long the cord of a lamp is, in its own units, and how much less what hangs on a long one swings."""
_SLANT = 13.0
"""Degrees that rain leans by."""
_CARRIED = 620.0
"""Units a second that what has burst is carried by a strong wind."""

Curves = Mapping[str, Array]


@dataclass(frozen=True)
class Lit:
    """A shot as it is lit.

    Attributes:
        camera: its camera's channels.
        layers: its layers.
        dark: whether there are lamps, it is dark, and none of them reaches anybody.
    """

    camera: Channels
    layers: list[Layer]
    dark: bool = False


class Lighting:
    """Lights one shot, once everything stands where it stands."""

    def __init__(self, weather: Weather, tones: Tones, clock: Clock, length: int, size: tuple[float, float]) -> None:
        self.weather, self.tones, self.clock, self.length, self.size = weather, tones, clock, length, size

    def light(
        self,
        camera: Channels,
        layers: Sequence[Layer],
        where: Whereabouts | None,
        people: Sequence[Performer],
        things: Mapping[str, Thing],
        holdings: Sequence[Holding],
    ) -> Lit:
        """The shot in its light; as it is, where nothing is said of that."""
        lamps = shining(things.values(), where) if where is not None else []
        if not (self.weather.timed or self.tones.changes or lamps):
            return Lit(camera, list(layers))
        channels = dict(camera)
        picture = self._picture(channels)
        own = {name: self.tones.curves(name, picture) for name in self.tones.names()}
        found = list(layers)
        for name in own:
            if name.startswith(f"{STAGE}."):
                found = _with_group(found, name)
        dark = False
        if lamps and where is not None:
            reached = self._reached(lamps, where, people, things, holdings)
            for name, (near, colour) in reached.items():
                own[name] = _lamplit({**picture, **own.get(name, {})}, near, colour)
            gloomy = min(float(np.min(picture[light])) for light in _LIGHTS) < _DARK
            gloomy = gloomy or float(np.max(picture["tint"])) >= _TINTED
            dark = bool(people) and gloomy and not any(one.name in reached for one in people)
            found += [glow(lamp, self.length) for lamp in lamps if lamp.level.any()]
        sky = self._sky(found) if self.weather.timed else None
        if sky is not None:
            found.insert(*sky)
        found = [_in_own(layer, own) for layer in found]
        if self.weather.timed:
            channels |= {name: baked(np.round(picture[name], 3)) for name in _LIGHTS}
            channels["hour"] = baked(np.round(self.weather.hours(self.length) % 24, 2))
        if own or lamps or sky is not None:
            channels["apart"] = 1.0
        return Lit(tuple(channels.items()), found, dark)

    def _picture(self, camera: Mapping[str, Channel]) -> dict[str, Array]:
        """The mood and the light of all, at every frame."""
        found = {name: sampled(camera.get(name, rest), self.length) for name, rest in _REST.items()}
        accent = camera.get("accent")
        found["accent"] = np.minimum(found["saturation"], 1.0) if accent is None else sampled(accent, self.length)
        hours = self.weather.hours(self.length)
        white = np.ones(self.length)
        lights = light_at(hours) if self.weather.timed else (white, white, white)
        return found | dict(zip(_LIGHTS, lights, strict=True))

    def _reached(
        self,
        lamps: Sequence[Shining],
        where: Whereabouts,
        people: Sequence[Performer],
        things: Mapping[str, Thing],
        holdings: Sequence[Holding],
    ) -> dict[str, tuple[Array, tuple[Array, ...]]]:
        """Whom lamps reach: how much light they get, and of what colour."""
        found: dict[str, tuple[Array, tuple[Array, ...]]] = {}

        def gather(name: str, near_of: Callable[[Shining], Array | None]) -> None:
            got = [(lamp, near) for lamp in lamps if (near := near_of(lamp)) is not None and near.any()]
            if got:
                total = np.maximum(sum(near for _, near in got), 1e-6)
                colour = tuple(
                    np.asarray(sum(near * lamp.colour()[channel] for lamp, near in got) / total) for channel in range(3)
                )
                found[name] = 1 - np.prod([1 - near for _, near in got], axis=0), colour

        for one in people:
            gather(one.name, lambda lamp, one=one: reaching(one, lamp, where, holdings, self.clock))  # type: ignore[misc]
        for name, thing in things.items():
            gather(name, lambda lamp, thing=thing: reaching_thing(thing, lamp, where))  # type: ignore[misc]
        return found

    def _sky(self, layers: Sequence[Layer]) -> tuple[int, Layer] | None:
        """The sky of the hour, and before which layer it is laid: over the plane of a set that is its sky."""
        for index, layer in enumerate(layers):
            content = layer.content
            if layer.kind != "set" or not isinstance(content, DrawingContent):
                continue
            if layer.plane == 0 or content.part.casefold() == _SKY.casefold():
                given = settings({"width": 1.1 * self.size[0], "height": 1.05 * self.size[1], "seed": 7})
                moves: dict[str, Channel] = {"x": self.size[0] / 2, "y": self.size[1] / 2}
                moves |= {
                    "hour": baked(np.round(self.weather.hours(self.length) % 24, 2)),
                    **dict.fromkeys(_LIGHTS, 1.0),
                }
                made = replace(
                    layer, id="sky", content=WidgetContent("sky", given), channels=tuple(moves.items()), kind="air"
                )
                return index + 1, made
        return None


def _lamplit(before: Curves, near: Array, colour: Sequence[Array]) -> dict[str, Array]:
    """A mood and a light under a lamp: what was dark or drained comes back, in the lamp's colour."""
    found = {name: before[name] for name in MOODS}
    found["saturation"] = before["saturation"] + (1 - np.minimum(before["saturation"], 1)) * near
    found["tint"] = before["tint"] * (1 - near)
    for name, level in zip(_LIGHTS, colour, strict=True):
        goal = 1 - _COLOURED * (1 - level)
        found[name] = before[name] + (goal - before[name]) * near
    return found


def _in_own(layer: Layer, own: Mapping[str, Curves]) -> Layer:
    """A layer, and what it holds, in its own light."""
    name = layer.id if layer.id.startswith(f"{STAGE}.") else layer.id.partition(" ")[0]
    name = STAGE if layer.kind == "set" and STAGE in own and name not in own else name
    if layer.children:
        layer = replace(layer, children=tuple(_in_own(child, own) for child in layer.children))
    if name not in own or layer.id.endswith(" glow"):
        return layer
    toned = {key: baked(np.round(curve, 3)) for key, curve in own[name].items()}
    return replace(layer, channels=tuple({**dict(layer.channels), **toned}.items()))


def _with_group(layers: Sequence[Layer], name: str) -> list[Layer]:
    """Layers with a group of the set over the plane that it is a part of.

    Raises:
        StoryreelError: the set has no such group.
    """
    index, part = _set_group(layers, name.partition(".")[2])
    plane = layers[index]
    assert isinstance(plane.content, DrawingContent)
    content = replace(plane.content, part=part)
    return [*layers[: index + 1], replace(plane, id=name, content=content, kind="prop"), *layers[index + 1 :]]


def _set_group(layers: Sequence[Layer], where: str) -> tuple[int, str]:
    """The plane of a set that a group belongs to, by its number among the layers, and the group's own name."""
    known: list[str] = []
    for index, layer in enumerate(layers):
        if layer.kind == "set" and isinstance(layer.content, DrawingContent):
            root = read_drawing(Path(layer.content.drawing.path)).root
            names = dict.fromkeys(_named(root, layer.content.part, not layer.content.part))
            part = named_part(where, names)
            if part is not None:
                return index, part
            known += names
    said = did_you_mean(where, [name.replace(" ", "-").lower() for name in known])
    raise StoryreelError(f"the set has no group '{where}'{said}")


def _named(node: Node, plane: str, inside: bool) -> Iterator[str]:
    """The groups in a plane of a drawing."""
    inside = inside or node.id == plane
    if inside and node.id:
        yield node.id
    for child in node.children:
        yield from _named(child, plane, inside)


def blown(
    layers: Sequence[Layer],
    things: Mapping[str, Thing],
    weather: Weather,
    production: Production,
    held: Callable[[str], bool],
    where: Whereabouts | None,
) -> list[Layer]:
    """Layers with what the wind does to things: what hangs swings, grass bends, rain leans, what has burst is carried
    off."""
    if not weather.blows or where is None:
        return list(layers)
    found = [_blown(layer, things.get(layer.id), weather, production.clock, held, where) for layer in layers]
    return swayed(found, weather, production.look.exposure, where.length, production.picture[0])


def _blown(
    layer: Layer,
    thing: Thing | None,
    weather: Weather,
    clock: Clock,
    held: Callable[[str], bool],
    where: Whereabouts,
) -> Layer:
    length = max(layer.end, 1)
    force = weather.force(length, weather.late(layer.plane, layer.order))
    channels = dict(layer.channels)

    def by(name: str, moved: Array) -> None:
        channels[name] = baked(np.round(sampled(channels.get(name, 0.0), length) + moved, 2))

    if thing is not None and thing.model.sway:
        lean = _LEAN * thing.model.sway * chase(force[None], float(clock.rate), _SWAY_HERTZ, _SWAY_ZETA)[0]
        lean = lean * _LONG if _above(thing, where) >= _CORD else lean
        by("rot", -lean)
        if not held(thing.name):
            scale = sampled(channels.get("scale", 1.0), length)
            by("x", _above(thing, where) * scale * np.sin(np.radians(lean)))
    elif thing is not None and _flaps(thing, held):
        by("rot", -_FLAPS * chase(force[None], float(clock.rate), _FLAP_HERTZ, _SWAY_ZETA)[0])
    elif thing is not None and thing.kind == "rain":
        by("rot", _SLANT * force)
        channels["scale"] = baked(1.16 * sampled(channels.get("scale", 1.0), length))
    elif thing is not None and thing.kind in ("stars", "foreground"):
        by("x", _SHIFT * force)
    elif layer.kind == "air" and thing is None and layer.id.partition(" ")[0] in _LOOSE:
        since = np.where(np.arange(length) >= layer.start, force, 0.0)
        by("x", np.cumsum(since) * _CARRIED / float(clock.rate))
    else:
        return layer
    return replace(layer, channels=tuple(channels.items()))


def _flaps(thing: Thing, held: Callable[[str], bool]) -> bool:
    """Whether the wind moves a paper, or words: one that somebody has in hand, or that hangs in the air."""
    hangs = bool(thing.lying) and thing.lying[-1].hangs
    return (isinstance(thing.model, Note) and held(thing.name)) or (isinstance(thing.model, Note | Words) and hangs)


def _above(thing: Thing, where: Whereabouts) -> float:
    """How far above its middle a thing hangs from something, in its own units."""
    return _CORD if isinstance(thing.model, Lamp) and thing.model.hangs else -where.box(thing)[1]


_LOOSE = frozenset(("confetti", "hearts", "sparkles", "puffs"))
