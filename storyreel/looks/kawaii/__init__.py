"""Toy-shop light, sticker characters, everything soft enough to bounce on."""

from __future__ import annotations

from storyreel.treatment.look import CaptionStyle, Grading, Look, Motion, RevealStyle

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
    caption=CaptionStyle(size=72, least=52, lead=1.2, lift=40, pad=24, characters=24),
    motion=Motion(),
    transition="heart",
    reveal_transition="bunny",
    reveal=RevealStyle(
        turn=(-40.0, -7.0, "spring(120, 14)"),
        effects=(("whoosh", 0.05, -8.0), ("sparkle", 0.42, -8.0), ("pop", 0.75, -8.0)),
        guest="hop",
    ),
    grading=Grading(gloom="#8A8796", keeps=("Blush",)),
)
