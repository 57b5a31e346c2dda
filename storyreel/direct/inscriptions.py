"""Things with something written on them, as layers: one widget, or letters on their own while they are loose."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from storyreel.direct.acting.curves import Array
from storyreel.direct.framing import Head
from storyreel.direct.lettering import (
    Change,
    Side,
    Stretch,
    after_of,
    box_of,
    given,
    grows,
    letters_in,
    said_keys,
    set_on,
    sort_on,
    stretches,
    widget_kind,
)
from storyreel.direct.loose import Room, becoming, crumbling, loose_layers, scattering
from storyreel.direct.prop_orders import look_settings
from storyreel.direct.things import Thing
from storyreel.direct.weather import Weather
from storyreel.script.props import Balloon
from storyreel.script.written import TextField, Words
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import GroupContent, Layer, Setting, WidgetContent, Word, settings
from storyreel.timeline.track import Channel, baked, keyed, sample, samples
from storyreel.treatment.widget import Box
from storyreel.widgets.bubbles import bubble_size
from storyreel.widgets.lettered import Lettering

_PLACING = frozenset(("x", "y", "scale", "rot", "opacity", "sx", "sy"))
_BLINKS = Fraction(8, 15)
"""Seconds for which a caret stands, and is out."""
_GROWS = Fraction(1, 3)
"""Seconds in which a balloon grows out of a mouth."""
_KEYS = 90.0
"""How far below a field its keys are."""
Track = tuple[Array, Array]
Mouth = Callable[[str], Track | None]
"""Where somebody's mouth is at every frame, in the units that a thing stands in; None where it isn't seen."""


def inscribe(thing: Thing, words: Sequence[Word], whole: str, film: int, speaker: str, clock: Clock) -> None:
    """Has words be written on a thing as they are said, which shows it.

    Args:
        thing: on which they can be read.
        words: what is said now.
        whole: all that will stand there once the rest of the line is said.
        film: the scene's first film frame.
        speaker: who says it.
        clock: the film's.
    """
    frame = words[0].start - film
    thing.changes.append(Change(frame, words[-1].end - film, "written", whole, said_keys(words, film)))
    if isinstance(thing.model, Balloon):
        thing.speaker = thing.model.of or speaker
        if "eaten" in thing.values:
            thing.values["eaten"].move(max(frame, 0), 0, 0.0)
    appear, at = thing.value("appear"), max(frame, 0)
    if appear.at(at) < 0.5 and appear.last < 0.5:
        appear.move(at, clock.frames(_GROWS), 1.0, thing.look.motion.appear)


def beside_mouth(thing: Thing, head: Head, zoom: float, view: tuple[float, float, float, float]) -> None:
    """Puts a balloon that has no place beside the head out of which it comes, as large as the picture shows things.

    Args:
        thing: the balloon.
        head: whose mouth it comes out of.
        zoom: the camera's.
        view: what of the stage is seen and covered by no app: left, top, right, bottom.
    """
    if "at" in thing.model.model_fields_set or not isinstance(thing.model, Balloon):
        return
    scale = float(thing.model.size) / zoom
    longest = max((change.text for change in thing.changes), key=len, default="") or thing.model.text
    left, top, right, bottom = box_of(
        thing.model, {"text": longest, "style": thing.model.style or "speech"}, thing.look.kit
    )
    half, tall = (right - left) / 2 * scale, (bottom - top) / 2 * scale
    side = 1.0 if head.x <= (view[0] + view[2]) / 2 else -1.0
    x = head.x + side * (0.3 * head.width + 0.55 * half)
    y = head.y - 0.62 * head.height - tall
    x = min(max(x, view[0] + half), max(view[2] - half, view[0] + half))
    y = min(max(y, view[1] + tall), max(view[3] - tall, view[1] + tall))
    thing.x.move(0, 0, x)
    thing.y.move(0, 0, y)
    thing.scale.move(0, 0, scale)


def is_inscribed(thing: Thing) -> bool:
    """Whether a thing is drawn letter by letter; a balloon that nothing is done to is drawn as its look does."""
    return not isinstance(thing.model, Balloon) or grows(thing.model) or bool(thing.changes)


def typed(thing: Thing, length: int) -> Array:
    """How much of its text stands in a field, frame by frame, from 0 to 1."""
    found = np.zeros(length)
    for one in stretches(thing.model, thing.changes, length):
        whole = max(letters_in(one.side.text), 1)
        for frame in range(max(one.start, 0), min(one.end, length)):
            found[frame] = one.side.at(frame) / whole
    return found


def spot_on(thing: Thing, where: str, around: Box, length: int) -> Track | None:
    """A place that only what is written on has, in its own units: where the next letter comes (`caret`), where one
    types (`keys`), where a balloon's `tail` begins; None for any other."""
    if where == "caret":
        return caret(thing, length)
    if where not in ("keys", "tail"):
        return None
    left, _, right, bottom = around
    x, y = (left + right) / 2, bottom + (_KEYS if where == "keys" else 0.0)
    return np.full(length, x), np.full(length, y)


def caret(thing: Thing, length: int) -> Track:
    """Where the caret of a field is, or the end of what is written on a thing, frame by frame, in its own units."""
    told = dict(look_settings(thing.model))
    xs, ys = np.zeros(length), np.zeros(length)
    for one in stretches(thing.model, thing.changes, length):
        found = set_on(thing.model, told | dict(given(thing.model, told, one)), one.side.text, thing.look.kit)
        for frame in range(max(one.start, 0), min(one.end, length)):
            xs[frame], ys[frame] = found.caret(one.side.at(frame))
    return xs, ys


def inscribed(
    thing: Thing, length: int, clock: Clock, mouth: Mouth, floor: float, weather: Weather | None = None
) -> Layer:
    """A thing with all that is written on it.

    Args:
        thing: one of those on which something is written.
        length: the scene's frames.
        clock: the film's.
        mouth: where whoever speaks has their mouth.
        floor: how far down the floor is, in what the thing stands in.
        weather: the wind that may carry letters off.
    """
    kind, told = widget_kind(thing.model), dict(look_settings(thing.model))
    found = stretches(thing.model, thing.changes, length)
    if isinstance(thing.model, TextField):
        told["widest"] = max((one.side.text for one in found), key=len)
    whole = thing.layer(WidgetContent(kind, given(thing.model, told, found[0])), length, clock)
    outer = {name: channel for name, channel in whole.channels if name in _PLACING}
    inner = {name: channel for name, channel in whole.channels if name not in _PLACING}
    inner |= _tail(thing, outer, length, mouth)
    if len(found) == 1 and found[0].parted is None:
        channels = outer | inner | _letters(thing, found[0], inner, length, clock)
        return replace(whole, channels=tuple(channels.items()))
    children: list[Layer] = []
    for number, one in enumerate(found):
        name, span = f"{thing.name} {number}", (max(one.start, 0), min(one.end, whole.end))
        if one.parted is not None:
            scale = max(abs(thing.scale.at(one.parted.frame)), 1e-6)
            away = (floor - thing.y.at(one.parted.frame)) / scale
            on = Room(length, float(clock.rate), away, 1 / scale, thing.seed + one.parted.frame)
            on = replace(on, pushes=weather.pushes) if weather is not None else on
            children += _Parting(thing, one, one.parted, told, inner, name, span).layers(on)
            continue
        before = found[number - 1].parted if number else None
        if isinstance(thing.model, Balloon) and before is not None and before.kind == "scatter":
            continue  # With its words a balloon is gone.
        channels = inner | _letters(thing, one, inner, length, clock)
        content = WidgetContent(kind, given(thing.model, told, one))
        children.append(Layer(name, content, *span, tuple(channels.items()), kind=whole.kind))
    return replace(whole, content=GroupContent(), channels=tuple(outer.items()), children=tuple(children))


def _letters(thing: Thing, one: Stretch, inner: dict[str, Channel], length: int, clock: Clock) -> dict[str, Channel]:
    """The channels that say how many letters are still to come, and whether the caret is out."""
    made: dict[str, Channel] = {"left": _left(one.side)}
    if isinstance(thing.model, TextField):
        made["caret"] = _blinking(one.side, length, clock)
        if "typed" in inner:
            count = letters_in(one.side.text)
            shares = (min(max(sample(inner["typed"], frame), 0.0), 1.0) for frame in range(length))
            made["left"] = baked(count - round(count * share) for share in shares)
    return made


def _left(side: Side) -> Channel:
    whole = letters_in(side.text)
    rows = {frame: float(max(whole - count, 0)) for frame, count in sorted(side.counts, key=lambda one: one[0])}
    if len(rows) == 1:
        return next(iter(rows.values()))
    return keyed(*((frame, left, "hold") for frame, left in rows.items()))


def _blinking(side: Side, length: int, clock: Clock) -> Channel:
    """1 while the caret is out: it stands while somebody types, and blinks from then on."""
    keys = np.array(sorted({frame for frame, _ in side.counts if frame > -(1 << 19)} or {0}))
    frames = np.arange(length)
    last = keys[np.clip(np.searchsorted(keys, frames, side="right") - 1, 0, None)]
    beats = np.maximum(frames - last, 0) // max(clock.frames(_BLINKS), 1)
    return baked((beats % 2 == 1).astype(np.float64))


def _tail(thing: Thing, outer: dict[str, Channel], length: int, mouth: Mouth) -> dict[str, Channel]:
    """Where the tip of a balloon's tail is, in its own units: at its speaker's mouth."""
    model = thing.model
    if not isinstance(model, Balloon):
        return {}
    track = mouth(thing.speaker or model.of or "") if thing.speaker or model.of else None
    if track is None:
        wide, tall = bubble_size({"text": model.text, "style": model.style or "speech"})
        side = {"left": -0.4, "right": 0.4}.get(model.tail, 0.0)
        return {"tail_x": side * wide, "tail_y": (0.5 * tall + 120) * (model.tail != "none")}

    def at(name: str, rest: float) -> Array:
        return np.array(samples(outer.get(name, rest), length))

    scale = at("scale", 1.0)
    scale = np.where(np.abs(scale) < 1e-6, 1.0, scale)
    return {"tail_x": baked((track[0] - at("x", 0.0)) / scale), "tail_y": baked((track[1] - at("y", 0.0)) / scale)}


@dataclass(frozen=True)
class _Parting:
    """A thing while its letters are loose, in a stretch of frames."""

    thing: Thing
    one: Stretch
    change: Change
    told: Mapping[str, Setting]
    inner: Mapping[str, Channel]
    name: str
    span: tuple[int, int]

    def layers(self, on: Room) -> Iterator[Layer]:
        """What they stood on, and they themselves."""
        model, change = self.thing.model, self.change
        before = self._drawn(self.one)
        after = self._drawn(after_of(model, self.one, change.text))
        text, set_ = self.one.side.text, self._set(before, self.one.side.text)
        old = (text, replace(set_, letters=set_.letters[: self.one.side.at(change.frame)]), sort_on(model, before))
        yield from self._bodies(before, after)
        upright = self.thing.look.kit.crisp
        if isinstance(model, Words) and self.one.style == "stone":
            crumbs = crumbling(change, box_of(model, before, self.thing.look.kit), on)
            yield from loose_layers(f"{self.name} crumb", crumbs, on.length, 0.5, upright)
        if change.kind == "become":
            new = (change.text, self._set(after, change.text), sort_on(model, after))
            home, drop = becoming(change, old, new, on)
            yield from loose_layers(f"{self.name} letter", home, self.span[1], upright=upright)
            # What drops goes on dropping when all that is shared is home.
            yield from loose_layers(f"{self.name} rest", drop, on.length, upright=upright)
        else:
            gone = self.span[1] if change.how == "dust" else on.length
            yield from loose_layers(f"{self.name} letter", scattering(change, old, on), gone, upright=upright)

    def _drawn(self, one: Stretch) -> dict[str, Setting]:
        return {**self.told, **dict(given(self.thing.model, self.told, one))}

    def _set(self, drawn: Mapping[str, Setting], text: str) -> Lettering:
        return set_on(self.thing.model, drawn, text, self.thing.look.kit)

    def _bodies(self, before: Mapping[str, Setting], after: Mapping[str, Setting]) -> Iterator[Layer]:
        """The paper under loose letters: the old one, then the one that the new letters need; a stone is gone."""
        if isinstance(self.thing.model, Words):
            return
        start, end = self.span
        middle = max((self.change.frame + self.change.end) // 2, start) if self.change.kind == "become" else end
        fades: dict[str, Channel] = {}
        if isinstance(self.thing.model, Balloon) and self.change.kind == "scatter":
            fades["opacity"] = keyed((self.change.frame, 1.0, "out-quad"), (self.change.end, 0.0))
        kept = tuple({**self.inner, **fades, "left": 0.0}.items())
        for half, span, told in (("old", (start, middle), before), ("new", (middle, end), after)):
            if span[0] < span[1]:
                content = WidgetContent(widget_kind(self.thing.model), settings({**told, "bare": True}))
                yield Layer(f"{self.name} {half}", content, *span, kept, order=-1.0)
