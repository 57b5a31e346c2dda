"""Toy-shop light, sticker characters, everything soft enough to bounce on."""

from __future__ import annotations

from storyreel.text.caption_style import CaptionStyle
from storyreel.treatment.contract import Kit
from storyreel.treatment.look import Grading, Look, Motion, RevealStyle

__all__ = ["LOOK"]

_FAT = ("M PLUS Rounded 1c ExtraBold", "Baloo Bhaijaan 2 ExtraBold", "Noto Color Emoji")
"""Japanese, Arabic and emoji behind the Latin face; the small type is rounded and fat too, so they serve every role."""

LOOK = Look(
    name="kawaii",
    about="Toy-shop light, sticker characters, everything soft enough to bounce on.",
    pen="storyreel.looks.kawaii.pen",
    faces={
        "caption": ("Baloo 2 ExtraBold", *_FAT),
        "title": ("Baloo 2 ExtraBold", *_FAT),
        "body": ("Baloo 2 SemiBold", *_FAT),
        "label": ("Fredoka SemiBold", *_FAT),
    },
    caption=CaptionStyle(grows=0.26, size=72, large=84, least=52, lead=1.2, lift=40, pad=24, characters=24),
    kit=Kit({"ink": "#4A2545", "paper": "#FFFDF6", "ground": "#FFE3EF", "accent": "#FF7FB0"}),
    motion=Motion(),
    transition="heart",
    reveal_transition="bunny",
    transitions={
        "iris": "heart",
        "cover": "blocks",
        "page": "blocks",
        "wipe": "blocks",
        "bunny": "bunny",
        "star": "star",
        "hood": "hood",
    },
    sweeps={"hood": 1.0},
    reveal=RevealStyle(
        turn=(-40.0, -7.0, "spring(120, 14)"),
        effects=(("whoosh", 0.05, -8.0), ("sparkle", 0.42, -8.0), ("pop", 0.75, -8.0)),
        hands_over="hood",
        guest="hop",
    ),
    foley={
        ("stamp", "takeoff"): ("spring", -9.0),
        ("enter", "land"): ("pop", -12.0),
        ("hop", "land"): ("pop", -16.0),
        ("droop", "start"): ("droop", -9.0),
        ("perk", "up"): ("boing", -8.0),
        ("bonk", "hit"): ("bonk", 0.0),
        ("cheer", "up"): ("sparkle", -9.0),
        ("title", "shown"): ("sparkle", -12.0),
        ("switch", "shown"): ("pop", -12.0),
        ("badge", "shown"): ("ding", -12.0),
        ("thing", "shown"): ("pop", -12.0),
        ("tumbling", "gone"): ("slide-whistle-down", -6.0),
    },
    drifts={"rays": 0.2, "foreground": 0.1, "ground": 0.1, "stars": 1 / 15, "rain": 1 / 15},
    temper=("#B9D2FF", "#FFDCA8"),
    grading=Grading(gloom="#8A8796", keeps=("Blush",)),
)
