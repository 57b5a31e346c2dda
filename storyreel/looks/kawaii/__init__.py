"""Toy-shop light, sticker characters, everything soft enough to bounce on."""

from __future__ import annotations

from storyreel.treatment.look import CaptionStyle, Look, Motion

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
    motion=Motion(hold=1),
    transition="heart",
    reveal_transition="bunny",
    gloom="#8A8796",
    keeps=("Blush",),
    rim=14,
    shadow=12,
)
