"""The reveal: the drawn character gives way to the human behind the account, then the card."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from storyreel.direct.acting import Act, perform
from storyreel.direct.board import seeded
from storyreel.direct.poster import Box, poster
from storyreel.direct.scenery import Scenery
from storyreel.direct.speaking import Speaking, timed_words
from storyreel.puppet.model import Rig
from storyreel.script.models import Creator, Part, Script
from storyreel.sound.lipsync import MouthCue, mouths
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import (
    Beat,
    ClipCue,
    EffectCue,
    GroupContent,
    Layer,
    Line,
    PuppetContent,
    Scene,
    Setting,
    WidgetContent,
    settings,
)
from storyreel.timeline.track import keyed
from storyreel.treatment.look import Look
from storyreel.treatment.widget import Widget

_TIMES = {"open": 0.05, "card": 0.75, "closing": 1.3, "puppet": 1.0, "line": 1.1, "rest": 1.3, "least": 5.2}
"""When what happens, in seconds from the reveal's first frame; `rest` after the last word, `least` in all."""


@dataclass(frozen=True)
class Reveal:
    """The reveal's scene, and its effects and its portrait's sound on the film's clock."""

    scene: Scene
    effects: tuple[EffectCue, ...]
    clips: tuple[ClipCue, ...]


def direct_reveal(
    script: Script,
    creator: Creator,
    scenery: Scenery,
    speaking: Speaking,
    look: Look,
    clock: Clock,
    picture: tuple[float, float],
    safe: Box,
    room: Box,
    start: int,
) -> Reveal:
    """Directs the reveal from `creator`; `start` is its first film frame.

    Text and face keep inside `safe`, everything else inside `room`.

    Raises:
        StoryreelError: the portrait is missing, or the creator's puppet is not in the cast.
    """
    at = {name: clock.frames(Fraction(seconds)) for name, seconds in _TIMES.items()}
    puppet = creator.puppet or next(iter(script.cast), "")
    cues: Sequence[MouthCue] = ()
    spoken_until = at["line"]
    if creator.line and puppet and script.cast[puppet].voice is not None:
        key, speech = speaking.clip(Part(say=creator.line), puppet, script.cast)
        spoken = timed_words(speech, creator.line, start + at["line"], clock)
        line = Line("reveal", puppet, spoken, burned=False)
        speaking.say(key, speech, start + at["line"], line, clock)
        cues = list(mouths(speech.phonemes, clock.seconds(at["line"]), clock))
        spoken_until = at["line"] + clock.frames(len(speech.samples) / speech.rate)
    length = max(spoken_until + at["rest"], at["least"])
    width, height = picture
    words = {
        "name": creator.name,
        "handle": creator.handle,
        "message": creator.message,
        "hashtag": "#" + script.hashtags[0] if script.hashtags else "",
        "closing": script.closing,
    }
    guest = scenery.puppet(script.cast[puppet]) if puppet else None
    laid = poster(safe, room, lambda wide: _card_height(look, {**words, "width": wide}), _reach(guest))
    x, y, radius = laid.portrait
    card_x, foot, card_width, larger = laid.card
    opened = clock.frames(Fraction(11, 10))
    running = ("t", keyed((0, 0.0), (length, clock.seconds(length))))
    # The cloth drifts slowly and lies under everything: ten drawings of it a second are enough.
    drifting = ("t", keyed((0, 0.0, f"steps({max(length // clock.frames(0.1), 1)})"), (length, clock.seconds(length))))

    iris = Layer(
        "iris",
        GroupContent(WidgetContent("iris", settings({"label": creator.label, "radius": radius}))),
        at["open"],
        length,
        (
            ("x", x),
            ("y", y),
            ("open", keyed((at["open"], 0.0, "spring(150, 17)"), (at["open"] + opened, 1.0))),
            ("turn", keyed((at["open"], -40.0, "spring(120, 14)"), (at["open"] + opened, -7.0))),
            ("ears", keyed((at["open"] + opened // 3, 0.0, "spring(60, 7)"), (at["open"] + 2 * opened, 1.0))),
            running,
        ),
        order=1,
        children=(
            Layer(
                "portrait",
                scenery.picture(creator.portrait, radius * 2.2, radius * 2.3),
                0,
                length,
                (("scale", keyed((0, 1.14, "out-cubic"), (at["open"] + 2 * opened, 1.0))),),
            ),
        ),
    )
    card = Layer(
        "card",
        WidgetContent("card", settings({**words, "width": card_width})),
        at["card"],
        length,
        (
            ("x", card_x),
            ("y", foot),
            ("scale", larger),
            ("appear", keyed((at["card"], 0.0, "spring(170, 15)"), (at["card"] + opened, 1.0))),
            ("closing", keyed((at["closing"], 0.0, "out-cubic"), (at["closing"] + opened // 2, 1.0))),
            running,
        ),
        order=2,
    )
    layers = [
        Layer(
            "cloth", WidgetContent("cloth", settings({"width": width, "height": height})), 0, length, (drifting,), 0.0
        ),
        iris,
        card,
    ]
    if guest is not None:
        layers.append(_guest(script, puppet, *guest, look, clock, laid.guest, at["puppet"], length, cues))
    effects = (
        EffectCue("whoosh", start + at["open"], -8.0),
        EffectCue("sparkle", start + at["open"] + opened // 3, -8.0),
        EffectCue("pop", start + at["card"], -8.0),
    )
    scene = Scene(
        "reveal",
        length,
        tuple(layers),
        beats=(Beat(0, at["card"], "reveal"), Beat(at["card"], length, creator.line or creator.message)),
        seed=seeded(script.seed, "reveal"),
        kind="reveal",
    )
    heard = scenery.heard(creator.portrait) if creator.sound else None
    clips = (ClipCue(heard, start + at["open"], length - at["open"], at["open"]),) if heard else ()
    return Reveal(scene, effects, clips)


def _card_height(look: Look, words: Mapping[str, Setting]) -> float:
    """How tall the look draws the card."""
    widget: Widget = importlib.import_module(look.pen).WIDGETS["card"]
    return widget.size(words)[1] if widget.size is not None else 0.0


def _reach(guest: tuple[Rig, PuppetContent] | None) -> float:
    """How far the guest reaches to the sides with a waving arm, in heights of the guest."""
    return max(0.33, 0.6 * guest[0].width / guest[0].height) if guest is not None else 0.0


def _guest(
    script: Script,
    name: str,
    rig: Rig,
    content: PuppetContent,
    look: Look,
    clock: Clock,
    place: tuple[float, float, float],
    enters: int,
    length: int,
    cues: Sequence[MouthCue],
) -> Layer:
    """The drawn character beside the card: hops in, waves and winks; in its rig's pose `unmasked`, if it has one."""
    x, y, height = place
    acts = (
        Act("face", 0, 1, settings({"expression": "happy", "at_once": True})),
        Act("enter", enters, enters + clock.frames(0.7), settings({"side": "bottom", "how": "hop", "distance": 900.0})),
        Act("wave", enters + clock.frames(0.6), length, ()),
        Act("wink", enters + clock.frames(1.3), enters + clock.frames(1.9), ()),
        Act("wink", length - clock.frames(1.1), length - clock.frames(0.45), ()),
    )
    channels = perform(
        rig,
        acts,
        tuple(cues),
        length,
        clock,
        seeded(script.seed, "reveal", name),
        look.motion,
        (x, y),
        height / rig.height,
        exposure=look.exposure,
    )
    unmasked = tuple(rig.poses.get("unmasked", {}).items())
    return Layer(name, content, enters, length, (*channels, *unmasked), order=4, kind="cast")
