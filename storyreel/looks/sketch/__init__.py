"""Pencil on animation paper: lines that boil, hatching, and one accent that the story holds back."""

from __future__ import annotations

from fractions import Fraction

from storyreel.treatment.contract import Exposure, Kit
from storyreel.treatment.look import CaptionStyle, Look, Motion

_BEHIND = ("M PLUS Rounded 1c ExtraBold", "Baloo Bhaijaan 2 ExtraBold", "Noto Color Emoji")
_THREES = Fraction(3)

LOOK = Look(
    name="sketch",
    about="Pencil on animation paper: lines that boil, hatching, one accent held back.",
    pen="storyreel.looks.sketch.pen",
    faces={
        "caption": ("Fredoka Medium", *_BEHIND),
        "title": ("Fredoka SemiBold", *_BEHIND),
        "body": ("Fredoka Medium", *_BEHIND),
        "label": ("Fredoka SemiBold", *_BEHIND),
    },
    caption=CaptionStyle(size=92, least=60, lead=1.25, lift=40, pad=30, characters=22),
    motion=Motion(squash=0.7, follow=1.1, anticipation=1.2, appear="out-cubic", vanish="in-cubic"),
    exposure=Exposure({"set": _THREES, "cast": _THREES, "prop": _THREES, "air": _THREES, "type": _THREES}, cycle=3),
    kit=Kit({"paper": "#FBF8F1", "ink": "#2B2B30", "soft": "#C3C9D6", "accent": "#FFC93C", "ground": "#F4EFE6"}),
)
