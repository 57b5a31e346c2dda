"""A small example of each of the fourteen things that the format is made of, for the reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

STAGE = """\
storyreel: 2
title: A small stage
reveal: false
cast: {michii: {puppet: michii, voice: {}}, grump: {puppet: grump, voice: {pitch: 0.6}}}
scenes:
  - id: room
    set: room-lilac
    cast: {michii: {at: [0.18, 0.87], size: 0.8}, grump: {at: [0.85, 0.87], size: 0.62}}
    props: {bell: {kind: button, label: RING, at: [0.5, 0.87], size: 0.42}}
    beats: []
"""
"""The film that the examples stand in: what they name of a scene takes the place of what it has, its props come to
those that are there, and what they name of a film stands at its top."""


@dataclass(frozen=True)
class Concept:
    """One of the things that the format is made of: its name, what it is, and an example."""

    name: str
    about: str
    example: str


CONCEPTS: Sequence[Concept] = (
    Concept(
        "The dot",
        "Behind a name's dot stand its places, its values and its moments.",
        """\
beats:
  - shot: {on: stage}
    michii: {do: hop}
    grump: {at: michii.land + 2f, look: michii.head}
    hearts: {at: michii.land, burst: 4, from: bell.top}
""",
    ),
    Concept(
        "Shot",
        "How one looks; it stands until the next.",
        """\
shots: {near: {on: michii, size: close, at: [0.5, 0.4], from: low, tilt: 4}}
beats: [{shot: near, michii: {face: determined}, for: 1s}]
""",
    ),
    Concept(
        "Body",
        "What somebody looks like from then on; many from few.",
        """\
props: {far: {kind: crowd, of: [grump], count: 4, at: [0.5, 0.62], size: [0.2, 0.3], order: -2}}
beats: [{shot: {on: stage}, michii: {face: joy, pose: cheer, turn: 0.4}, far: {do: cheer}, for: 1s}]
""",
    ),
    Concept(
        "Touch",
        "What is done to a thing: `at` is the contact.",
        """\
beats: [{shot: {on: stage}, grump: {at: 14f, press: bell}, michii: {at: bell.press + 3f, look: bell}}]
""",
    ),
    Concept(
        "Hold",
        "Who has what, from the contact on.",
        """\
props: {cloud: {kind: drawing, file: cloud, at: [0.27, 0.62], size: 0.5}}
beats: [{shot: {on: stage}, michii: [{at: 14f, take: cloud}, {at: 30f, drop: cloud}]}]
""",
    ),
    Concept(
        "Follow",
        "A value that is another's, and somebody who copies another.",
        """\
props: {full: {kind: meter, at: [0.5, 0.2], size: 0.7}}
beats:
  - shot: {on: stage}
    grump: {at: 14f, tap: bell, times: 3, each: 6f}
    full: {set: {full: grump.tap}}
    michii: {echo: grump, late: 4f, only: [head]}
""",
    ),
    Concept(
        "Line",
        "What is said, and where it can be read.",
        """\
props: {sign: {kind: balloon, of: grump}}
beats: [{shot: {on: stage}, grump: {say: Hello., on: sign}, michii: {say: Oh!, off: left, at: grump.said}}]
""",
    ),
    Concept(
        "Words",
        "Text that is a thing, and can be done to.",
        """\
props:
  ask: {kind: words, body: stone, text: Too loud, hidden: true, width: 300}
  tag: {kind: note, text: For you, back: Thank you!, handwriting: grump, at: [0.6, 0.4], width: 220, height: 150}
beats: [{shot: {on: stage}, ask: {at: 16f, fall: michii.hands, over: 12f}, tag: {at: 8f, flip: true}}]
""",
    ),
    Concept(
        "Air",
        "Wind, the hour, colours and stillness: what all take part in.",
        """\
hour: 18.5
wind: {from: left, strength: 0.5}
beats: [{shot: {on: stage}, mood: {saturation: 0.4, over: 12f}, michii: {mood: {warmth: 0.5}}, for: 1s}]
""",
    ),
    Concept(
        "Light",
        "Lamps, and whatever else shines.",
        """\
hour: 22
props: {lamp: {kind: lamp, at: [0.5, 0.74], light: {reach: 0.5, on: 0}}}
beats: [{shot: {on: stage}, michii: {at: 12f, touch: lamp.switch}, for: 1s}]
""",
    ),
    Concept(
        "Opening",
        "Whatever one looks through.",
        """\
props: {hole: {kind: pane, shape: circle, at: [0.5, 0.3], width: 400, height: 400, set: gloom, radius: 0}}
beats: [{shot: {on: stage}, hole: {set: {radius: 1}, over: 12f}, frame: {top: 0.1, bottom: 0.1, over: 12f}, for: 1s}]
""",
    ),
    Concept(
        "Leaving",
        "The way out of a shot.",
        """\
beats:
  - {shot: {on: stage}, grump: {do: snort}, cut: {at: 10f, tear: down, by: grump, over: 20f}}
  - {shot: {on: michii, size: close}, michii: {face: surprised}, for: 1s}
""",
    ),
    Concept(
        "Sound",
        "Effects, music, and how wide all of it is.",
        """\
music: {track: small-hours, level: -20}
sound: {width: 0}
beats:
  - shot: {on: stage}
    michii: {do: hop}
    sfx: {at: 6f, play: chime, muffle: door}
    sound: [{copy: michii, late: 8f, side: right}, {at: 12f, width: 1}]
""",
    ),
    Concept(
        "Reveal",
        "The human behind the account: quiet, one thing after another.",
        """\
creator: {name: Mi, handle: "@mi", portrait: portrait.png, message: Take a moment.}
hashtags: [CreateKindness]
reveal: {first: {shot: {on: michii, size: close}, cut: {at: 12f}}, alone: 0.9s, say: Take a moment.}
beats: [{shot: {on: stage}, michii: {do: hop}}]
""",
    ),
)
"""All fourteen, in the order in which an author meets them."""
