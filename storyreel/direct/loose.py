"""Letters that have come loose: words that become others, are blown away, go to dust or fall, all of it baked."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from storyreel.direct.acting.curves import Array
from storyreel.direct.lettering import Change, letters_in
from storyreel.timeline.model import Layer, Setting, WidgetContent, settings
from storyreel.timeline.track import baked
from storyreel.widgets.lettered import Letter, Lettering, Sort

_FALLS = 3400.0
"""Units a second, a second, by which what is loose falls; it has little weight."""
_GOES = 0.42
"""The share of a change that one letter's way takes; the rest, they set off one after another."""
_CRUMBS = 9


@dataclass(frozen=True)
class Loose:
    """One letter, or crumb, on its way: where it is and how it is turned, frame by frame from `start` on."""

    content: WidgetContent
    start: int
    x: Array
    y: Array
    rot: Array
    scale: Array
    opacity: Array

    def layer(self, name: str, end: int, order: float = 0.0) -> Layer:
        """It as a layer of the thing that it comes from."""
        tracks = (("x", self.x), ("y", self.y), ("rot", self.rot), ("scale", self.scale), ("opacity", self.opacity))
        channels = tuple((channel, baked(curve, self.start)) for channel, curve in tracks)
        return Layer(name, self.content, max(self.start, 0), max(end, 0), channels, order=order)


def pairs(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """For each letter of a new text, which of the old one becomes it: the same letter, or else its capital or small
    one; None for one that is missing. No letter is taken twice."""
    free = dict(enumerate(old))
    found: list[int | None] = [None] * len(new)
    for same in (str, str.casefold):
        for index, sign in enumerate(new):
            if found[index] is not None:
                continue
            near = [place for place, other in free.items() if same(other) == same(sign)]
            if near:
                found[index] = min(near, key=lambda place: abs(place * len(new) - index * len(old)))
                del free[found[index]]  # type: ignore[arg-type]
    return found


def homes(change: Change) -> list[int]:
    """The frames at which the letters of what words become are home, in the order of the new text."""
    count, lasts = letters_in(change.text), change.end - change.frame
    first = change.frame + max(round(_GOES * lasts), 1)
    return [first + round((change.end - first) * number / max(count - 1, 1)) for number in range(count)]


def letter_content(text: str, number: int, sort: Sort) -> WidgetContent:
    """One letter of some words as the look draws it."""
    told: dict[str, Setting] = {"text": text, "number": number, "role": sort.role, "size": sort.size}
    told |= {"width": sort.width, "most": sort.most, "hand": sort.hand, "rim": sort.rim, "align": sort.align}
    return WidgetContent("letter", settings(told))


@dataclass(frozen=True)
class Room:
    """Where loose letters move: how long, at what rate, how far away the floor is in their own units, and their seed.

    Attributes:
        unit: units of a thing a unit of the stage: what is drawn small falls as fast as what is drawn large.
        pushes: how hard the wind has blown from a frame on up to each of so many; None where there is none.
    """

    length: int
    rate: float
    floor: float
    unit: float
    seed: int
    pushes: Callable[[int, int], Array | None] = lambda start, count: None


def becoming(
    change: Change, old: tuple[str, Lettering, Sort], new: tuple[str, Lettering, Sort], on: Room
) -> tuple[list[Loose], list[Loose]]:
    """Words on their way to others: shared letters fly over along an arc, and what is missing grows; the rest drops.

    Gives what comes home, and what drops.
    """
    was, will = old[1].letters, new[1].letters
    taken = pairs([one.text for one in was], [one.text for one in will])
    frames = np.arange(change.frame, max(on.length, change.end) + 1, dtype=np.float64)
    arrive = _spread(homes(change), len(will))
    lasts = max((change.end - change.frame) * _GOES, 1.0)
    made: list[Loose] = []
    for index, (letter, source) in enumerate(zip(will, taken, strict=True)):
        share = np.clip((frames - (arrive[index] - lasts)) / lasts, 0, 1)
        way = share * share * (3 - 2 * share)
        content = letter_content(new[0], index, new[2])
        if source is None:
            size = np.where(share > 0.6, np.clip((share - 0.6) / 0.4, 0, 1), 0.0)
            size = size * (1 + 0.35 * np.sin(math.pi * size))
            still = np.full(len(frames), letter.x), np.full(len(frames), letter.y)
            made.append(Loose(content, change.frame, *still, 0 * size, size, np.ones(len(frames))))
            continue
        here = was[source]
        # It flies as itself until it is half-way: a capital becomes a small letter there.
        arc = 0.22 * (math.dist((here.x, here.y), (letter.x, letter.y)) + 2.2 * new[1].size)
        x = here.x + (letter.x - here.x) * way
        y = here.y + (letter.y - here.y) * way - arc * 4 * way * (1 - way)
        turn = 26.0 * (1 if (index + on.seed) % 2 else -1) * np.sin(math.pi * way)
        one = np.ones(len(frames))
        size = 1 + (old[1].size / new[1].size - 1) * (1 - way)
        made.append(Loose(content, change.frame, x, y, turn, size, np.where(way >= 0.5, one, 0.0)))
        made.append(
            Loose(
                letter_content(old[0], source, old[2]),
                change.frame,
                x,
                y,
                turn,
                1 + (new[1].size / old[1].size - 1) * way,
                np.where(way < 0.5, one, 0.0),
            )
        )
    rest = [(index, one) for index, one in enumerate(was) if index not in taken]
    chance, drop = random.Random(on.seed), []
    for number, (index, letter) in enumerate(rest):
        begins = change.frame + (change.end - change.frame) * 0.3 * number / max(len(rest), 1)
        drop.append(_dropped(letter_content(old[0], index, old[2]), letter, frames, begins, chance, on))
    return made, drop


def _spread(frames: Sequence[int], count: int) -> list[int]:
    """As many frames as there are letters that are drawn: a ligature comes with its first."""
    if len(frames) == count:
        return list(frames)
    return [frames[min(number * len(frames) // max(count, 1), len(frames) - 1)] for number in range(count)]


def _dropped(
    content: WidgetContent, letter: Letter, frames: Array, begins: float, chance: random.Random, on: Room
) -> Loose:
    """A letter that lets go, hops a little, and falls out of the picture."""
    t = np.maximum(frames - begins, 0) / on.rate
    side = chance.uniform(-150, 150)
    x = letter.x + side * t * on.unit
    y = letter.y + (-210 * t + 0.5 * _FALLS * t**2) * on.unit
    return Loose(
        content,
        int(frames[0]),
        x,
        y,
        chance.uniform(-240, 240) * t,
        np.ones(len(frames)),
        np.where(y < letter.y + 2600 * on.unit, 1.0, 0.0),
    )


def scattering(change: Change, old: tuple[str, Lettering, Sort], on: Room) -> list[Loose]:
    """Words that come apart: each letter goes its own way, those first that the wind meets first."""
    letters = old[1].letters
    last = change.end if change.how == "dust" else max(on.length, change.end)
    frames = np.arange(change.frame, last + 1, dtype=np.float64)
    chance = random.Random(on.seed)
    wide = max(old[1].box[2] - old[1].box[0], 1.0)
    lasts = max(change.end - change.frame, 1)
    pushes = on.pushes(change.frame, len(frames))
    against = pushes is not None and pushes[-1] < 0
    made = []
    for index, letter in enumerate(letters):
        met = (letter.x - old[1].box[0]) / wide
        met = 1 - met if change.how == "wind" and against else met
        late = 0.45 * lasts * (met if change.how != "fall" else chance.random())
        t = np.maximum(frames - change.frame - late, 0) / on.rate
        content = letter_content(old[0], index, old[2])
        if change.how == "fall":
            made.append(_fallen(content, letter, change.frame, t, chance, on))
            continue
        left = max(lasts - late, 1.0) / on.rate
        share = np.clip(t / left, 0, 1)
        made.append((_blown if change.how == "wind" else _dust)(content, letter, change.frame, t, share, chance, on))
        if change.how == "dust":
            made += _specks(letter, change.frame, t, share, chance, on)
    return made


def _blown(
    content: WidgetContent, letter: Letter, start: int, t: Array, share: Array, chance: random.Random, on: Room
) -> Loose:
    """Caught by the wind: it lifts, turns over, and is carried off with it, along a way of its own; to the right where
    no other wind blows."""
    fast, lift, turns = chance.uniform(1300, 1900), chance.uniform(250, 620), chance.uniform(2.0, 4.5)
    pushes = on.pushes(start, len(t))
    x = letter.x + on.unit * (60 * t + fast * t**2) * (1.0 if pushes is None else pushes)
    y = letter.y - on.unit * (lift * t + 46 * np.sin(turns * 2.4 * t) * np.minimum(t * 3, 1))
    far = np.where(np.abs(x - letter.x) < 2400 * on.unit, 1.0, 0.0)
    return Loose(content, start, x, y, 90 * turns * t, 1 - 0.25 * share, far)


def _dust(
    content: WidgetContent, letter: Letter, start: int, t: Array, share: Array, chance: random.Random, on: Room
) -> Loose:
    """It crumbles where it stands: sinks a little, and is gone."""
    gone = np.clip(share * 1.7, 0, 1)
    x = np.full(len(t), letter.x)
    y = letter.y + 10 * on.unit * gone
    return Loose(content, start, x, y, 0 * t, 1 - 0.35 * gone, 1 - gone * gone)


def _specks(letter: Letter, start: int, t: Array, share: Array, chance: random.Random, on: Room) -> Iterator[Loose]:
    for _ in range(2):
        told: dict[str, Setting] = {"seed": chance.randrange(64), "size": round(chance.uniform(5, 9)), "paper": True}
        x0, y0 = letter.x + chance.uniform(-14, 14), letter.y + chance.uniform(-18, 18)
        x = x0 + on.unit * (chance.uniform(10, 120) * t + 40 * t**2)
        y = y0 - on.unit * (chance.uniform(-20, 70) * t - 60 * t**2)
        size = np.where(share > 0.05, np.clip(1.15 - share, 0, 1), 0.0)
        yield Loose(WidgetContent("shard", settings(told)), start, x, y, 120 * t, size, np.where(share < 1, 1.0, 0.0))


def _fallen(content: WidgetContent, letter: Letter, start: int, t: Array, chance: random.Random, on: Room) -> Loose:
    """It falls, bounces twice, each time a little less, and lies on the floor."""
    turn = chance.choice((-1, 1)) * chance.uniform(40, 150)
    # What lies there touches the floor with whatever of it is lowest as it has come to be turned.
    lies = math.radians(turn)
    corners = [(x, y) for x in letter.box[::2] for y in letter.box[1::2]]
    low = max(x * math.sin(lies) + y * math.cos(lies) for x, y in corners) * letter.grown
    high = max(on.floor - low - letter.y, 0.0)
    g = _FALLS * on.unit
    fall = math.sqrt(2 * high / g)
    y, begun, bounce = letter.y + np.minimum(0.5 * g * t**2, high), fall, fall
    for _ in range(2):
        bounce *= 0.36
        up = np.clip(t - begun, 0, 2 * bounce)
        y = y - (0.5 * g * bounce**2 - 0.5 * g * (up - bounce) ** 2) * ((t > begun) & (t < begun + 2 * bounce))
        begun += 2 * bounce
    share = np.clip(t / max(begun, 1e-6), 0, 1)
    x = letter.x + chance.uniform(-90, 90) * on.unit * share * (2 - share)
    return Loose(content, start, x, y, turn * share * (2 - share), np.ones(len(t)), np.ones(len(t)))


def crumbling(change: Change, around: tuple[float, float, float, float], on: Room) -> list[Loose]:
    """A stone's crumbs, as it cracks along its letters and falls apart."""
    left, top, right, bottom = around
    frames = np.arange(change.frame, max(on.length, change.end) + 1, dtype=np.float64)
    chance = random.Random(on.seed + 1)
    made = []
    for number in range(_CRUMBS):
        share = (number + 0.5) / _CRUMBS
        size = round(chance.uniform(0.28, 0.5) * (bottom - top) * 0.5)
        told: dict[str, Setting] = {"seed": chance.randrange(64), "size": max(size, 8)}
        start = change.frame + 2 + 5 * chance.random()
        t = np.maximum(frames - start, 0) / on.rate
        x = left + share * (right - left) + (share - 0.5) * 300 * t * on.unit
        y = chance.uniform(top, bottom) * 0.6 + (-120 * t + 0.5 * _FALLS * t**2) * on.unit
        shown = np.where(y < 2600 * on.unit, 1.0, 0.0)
        turn = chance.uniform(-200, 200) * t
        made.append(
            Loose(WidgetContent("shard", settings(told)), change.frame, x, y, turn, np.ones(len(frames)), shown)
        )
    return made


def loose_layers(
    name: str, made: Sequence[Loose], end: int, order: float = 1.0, upright: bool = False
) -> tuple[Layer, ...]:
    """Loose letters as layers of the thing that they come from, all their papers below all of them.

    Args:
        upright: nothing is turned, as in a look whose pixels lie on one grid.
    """
    found = []
    for number, flown in enumerate(made):
        one = replace(flown, rot=np.zeros_like(flown.rot)) if upright else flown
        told = dict(one.content.settings)
        if not told.get("rim"):
            found.append(one.layer(f"{name} {number}", end, order))
            continue
        for part, above in (("under", 0.0), ("front", 0.1)):
            half = replace(one, content=WidgetContent(one.content.kind, settings({**told, "part": part})))
            found.append(half.layer(f"{name} {number} {part}", end, order + above))
    return tuple(found)
