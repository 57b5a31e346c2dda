"""What lies over somebody's acting for as long as the story wants it: hands, outfits, a size, a build, a side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import mul

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.puppet.model import Rig
from storyreel.timeline.track import Channel, baked, samples

Channels = tuple[tuple[str, Channel], ...]
States = Sequence[tuple[int, Mapping[str, float]]]
REST = "rest"


def hand_states(rig: Rig, hands: Mapping[str, str]) -> dict[str, float]:
    """What is shown and hidden so that hands of the rig are as they are called: `{left: open}`.

    Raises:
        StoryreelError: the rig has no such hand.
    """
    found: dict[str, float] = {}
    for side, name in hands.items():
        known = rig.hands.get(side.title(), ())
        if name == REST and known:
            name = known[0]
        chosen = next((one for one in known if one.lower().replace(" ", "-") == name.lower()), None)
        if chosen is None:
            raise StoryreelError(f"this puppet has no {side} hand '{name}'{did_you_mean(name, known)}")
        found |= {f"{side.title()} {one}.show": float(one == chosen) for one in known}
    return found


def worn_states(rig: Rig, outfits: Iterable[str], on: bool) -> dict[str, float]:
    """What is shown and hidden so that outfits of the rig are worn, or taken off.

    Raises:
        StoryreelError: the rig has no such outfit.
    """
    found: dict[str, float] = {}
    for name in outfits:
        if name not in rig.outfits:
            raise StoryreelError(f"this puppet has no outfit '{name}'{did_you_mean(name, rig.outfits)}")
        found |= {channel: value if on else 1.0 - value for channel, value in rig.outfits[name].items()}
    return found


def overlaid(
    channels: Channels,
    rig: Rig,
    states: States,
    grown: Channel,
    build: tuple[float, float],
    mirrored: bool,
    length: int,
) -> Channels:
    """The channels of somebody with what lies over their acting.

    Args:
        channels: what they act.
        rig: of the drawing that is shown.
        states: from a frame on, channels that are set, until they are set anew.
        grown: how large they are, as a factor.
        build: how broad and how tall the body is, as factors; the head keeps its size.
        mirrored: the drawing faces the other way.
        length: the scene's frames.
    """
    found = dict(channels)
    for at, values in sorted(states, key=lambda one: one[0]):
        for name, value in values.items():
            if not rig.has(name.removesuffix(".show")):
                continue
            before = found.get(name, rig.worn.get(name, 1.0 - value))
            earlier = samples(before, min(max(at, 0), length))
            found[name] = baked([*earlier, *[value] * (length - len(earlier))])
    if grown != 1.0:
        found["scale"] = _times(found.get("scale", 1.0), grown, length)
    wide, tall = build
    if build != (1.0, 1.0):
        found["sx"], found["sy"] = (
            _times(found.get(name, 1.0), by, length) for name, by in (("sx", wide), ("sy", tall))
        )
        if rig.has("Head"):
            for name, by in (("Head.sx", 1 / wide), ("Head.sy", 1 / tall)):
                found[name] = _times(found.get(name, 1.0), by, length)
    if mirrored:
        found["sx"] = _times(found.get("sx", 1.0), -1.0, length)
    return tuple(found.items())


def _times(one: Channel, other: Channel, length: int) -> Channel:
    return baked(map(mul, samples(one, length), samples(other, length)))
