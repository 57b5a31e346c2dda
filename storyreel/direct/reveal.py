"""The reveal: the drawn character gives way to the human behind the account, then the card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from storyreel.direct.acting import Act, perform
from storyreel.direct.poster import poster
from storyreel.direct.production import Production, seeded
from storyreel.direct.speaking import timed_words
from storyreel.puppet.model import Rig
from storyreel.script.ending import spoken, written
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
from storyreel.timeline.track import Channel, keyed
from storyreel.treatment.look import Look

_TIMES = {"open": 0.05, "card": 0.75, "closing": 1.3, "puppet": 1.0, "line": 1.1, "rest": 1.3, "least": 5.2}
"""When what happens, in seconds from the reveal's first frame; `rest` after the last word, `least` in all."""
_ENTRANCES: Mapping[str, Mapping[str, Setting]] = {
    "hop": {"side": "bottom", "distance": 900.0},
    "walk": {"side": "right", "distance": 700.0},
}
"""From where the guest comes, by how it does."""


@dataclass(frozen=True)
class Reveal:
    """The reveal's scene, and its effects and its portrait's sound on the film's clock."""

    scene: Scene
    effects: tuple[EffectCue, ...]
    clips: tuple[ClipCue, ...]


def direct_reveal(production: Production, creator: Creator, start: int) -> Reveal:
    """Directs the reveal from `creator`; `start` is its first film frame.

    All of it keeps inside the production's safe box. The layers are the same in every look: `ground` under all,
    `opening` round the portrait, `card`, and `guest`, the drawn character.

    Raises:
        StoryreelError: the portrait is missing, or the creator's puppet is not in the cast.
    """
    script, scenery, speaking = production.script, production.scenery, production.speaking
    look, clock = production.look, production.clock
    style = look.reveal
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
    words = card_words(script, creator)
    guest = scenery.puppet(script.cast[puppet]) if puppet else None
    laid = poster(production.safe, lambda wide: _card_height(production, {**words, "width": wide}), _reach(guest))
    x, y, radius = laid.portrait
    card_x, foot, card_width, larger = laid.card
    opened = clock.frames(Fraction(11, 10))
    running = ("t", keyed((0, 0.0), (length, clock.seconds(length))))
    opening = Layer(
        "opening",
        GroupContent(WidgetContent("opening", settings({"label": creator.label, "radius": radius}))),
        at["open"],
        length,
        (
            ("x", x),
            ("y", y),
            ("open", keyed((at["open"], 0.0, style.opening), (at["open"] + opened, 1.0))),
            ("turn", keyed((at["open"], style.turn[0], style.turn[2]), (at["open"] + opened, style.turn[1]))),
            ("settle", keyed((at["open"] + opened // 3, 0.0, style.settle), (at["open"] + 2 * opened, 1.0))),
            running,
        ),
        order=1,
        children=(
            Layer(
                "portrait",
                scenery.picture(creator.portrait.file, radius * 2.2, radius * 2.3),
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
            ("appear", keyed((at["card"], 0.0, style.card), (at["card"] + opened, 1.0))),
            ("closing", keyed((at["closing"], 0.0, "out-cubic"), (at["closing"] + opened // 2, 1.0))),
            running,
        ),
        order=2,
    )
    layers = [
        ground(production, length),
        opening,
        card,
    ]
    if guest is not None:
        layers.append(_guest(production, puppet, *guest, laid.guest, at["puppet"], length, cues))
    return revealed(production, creator, start, layers, length, at["card"], at["open"])


def revealed(
    production: Production,
    creator: Creator,
    start: int,
    layers: Sequence[Layer],
    length: int,
    card: int,
    opens: int = 0,
) -> Reveal:
    """The reveal of these layers, with what the look sounds in it and the portrait's own sound.

    Args:
        production: what the film is directed with.
        creator: who is revealed.
        start: the reveal's first film frame.
        layers: everything in it, back to front.
        length: its frames.
        card: the frame at which the card comes.
        opens: the frame from which the portrait is seen, and heard if it is a clip.
    """
    script, clock = production.script, production.clock
    effects = tuple(
        EffectCue(effect, start + clock.frames(seconds), level)
        for effect, seconds, level in production.look.reveal.effects
    )
    scene = Scene(
        "reveal",
        length,
        tuple(layers),
        beats=(Beat(0, card, "reveal"), Beat(card, length, spoken(script, creator) or written(script, creator))),
        seed=seeded(script.seed, "reveal"),
        kind="reveal",
    )
    heard = production.scenery.heard(creator.portrait.file) if creator.sound else None
    return Reveal(scene, effects, (ClipCue(heard, start + opens, length - opens, opens),) if heard else ())


def card_words(script: Script, creator: Creator) -> dict[str, Setting]:
    """What the card says."""
    return {
        "name": creator.name,
        "handle": creator.handle,
        "message": written(script, creator),
        "hashtag": "#" + script.hashtags[0] if script.hashtags else "",
        "closing": script.closing,
    }


def ground(production: Production, length: int) -> Layer:
    """What lies under everything."""
    width, height = production.picture
    content = WidgetContent("ground", settings({"width": width, "height": height}))
    return Layer("ground", content, 0, length, (_drifting(production.look, length, production.clock),), 0.0)


def _drifting(look: Look, length: int, clock: Clock) -> tuple[str, Channel]:
    """The time of what lies under everything: it runs in steps where the look holds its drawings."""
    ease = "linear"
    if "ground" in look.drifts:
        ease = f"steps({max(length // max(clock.frames(look.drifts['ground']), 1), 1)})"
    return "t", keyed((0, 0.0, ease), (length, clock.seconds(length)))


def _card_height(production: Production, words: Mapping[str, Setting]) -> float:
    """How tall the look draws the card."""
    widget = production.widget("card")
    return widget.size(words)[1] if widget is not None and widget.size is not None else 0.0


def _reach(guest: tuple[Rig, PuppetContent] | None) -> float:
    """How far the guest reaches to the sides with a waving arm, in heights of the guest."""
    return max(0.33, 0.6 * guest[0].width / guest[0].height) if guest is not None else 0.0


def _guest(
    production: Production,
    name: str,
    rig: Rig,
    content: PuppetContent,
    place: tuple[float, float, float],
    enters: int,
    length: int,
    cues: Sequence[MouthCue],
) -> Layer:
    """The drawn character beside the card, as the look has it come; in its rig's pose `unmasked`, if it has one."""
    look, clock = production.look, production.clock
    x, y, height = place
    acts = [Act("face", 0, 1, settings({"expression": "happy", "at_once": True}))]
    if look.reveal.guest != "still":
        come = settings({"how": look.reveal.guest, **_ENTRANCES[look.reveal.guest]})
        acts += [
            Act("enter", enters, enters + clock.frames(0.7), come),
            Act("wave", enters + clock.frames(0.6), length, ()),
            Act("wink", enters + clock.frames(1.3), enters + clock.frames(1.9), ()),
            Act("wink", length - clock.frames(1.1), length - clock.frames(0.45), ()),
        ]
    channels = perform(
        rig,
        acts,
        tuple(cues),
        length,
        clock,
        seeded(production.script.seed, "reveal", name),
        look.motion,
        (x, y),
        height / rig.height,
        exposure=look.exposure,
        manner=production.script.storyreel,
    )
    unmasked = tuple(rig.poses.get("unmasked", {}).items())
    return Layer("guest", content, enters, length, (*channels, *unmasked), order=4, kind="cast")
