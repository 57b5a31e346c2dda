"""Pencil on animation paper: lines that boil, hatching, and one accent that the story holds back."""

from __future__ import annotations

from fractions import Fraction

from storyreel.text.caption_style import CaptionStyle
from storyreel.timeline.model import Kind
from storyreel.treatment.contract import Exposure, Kit
from storyreel.treatment.look import Look, Motion, RevealStyle

__all__ = ["LOOK"]

_BEHIND = ("M PLUS Rounded 1c ExtraBold", "Baloo Bhaijaan 2 ExtraBold", "Noto Color Emoji")
_THREES = Fraction(3)
_KINDS: tuple[Kind, ...] = ("set", "cast", "prop", "air", "type", "camera")

LOOK = Look(
    name="sketch",
    about="Pencil on animation paper: lines that boil, hatching, one accent held back.",
    pen="storyreel.looks.sketch.pen",
    faces={
        "caption": ("Patrick Hand", *_BEHIND),
        "title": ("Caveat Bold", *_BEHIND),
        "body": ("Patrick Hand", *_BEHIND),
        "label": ("Patrick Hand", *_BEHIND),
    },
    caption=CaptionStyle(size=84, least=60, lead=1.1, lift=38, pad=30, characters=22, settle=3),
    motion=Motion(squash=0.7, follow=1.1, anticipation=1.2, appear="out-cubic", vanish="in-cubic"),
    exposure=Exposure(dict.fromkeys(_KINDS, _THREES), cycle=3, brisk=6.0),
    transitions={"iris": "heart", "cover": "blocks", "page": "fade", "wipe": "fade"},
    temper=("#C9D6EE", "#FBE3BC"),
    reveal=RevealStyle(
        opening="out-cubic",
        settle="out-cubic",
        card="out-cubic",
        effects=(("whoosh", 0.05, -9.0), ("pop", 0.75, -10.0)),
        guest="hop",
        framed=False,
        rises=True,
    ),
    kit=Kit(
        {"paper": "#FBF8F1", "ink": "#2B2B30", "soft": "#C3C9D6", "accent": "#FFC93C", "ground": "#F4EFE6"}, rims=False
    ),
)
