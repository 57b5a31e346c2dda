"""Anime at night: thin tapered ink, hard second tones, a rim of cold light, and gold that is bought."""

from __future__ import annotations

from fractions import Fraction

from storyreel.text.caption_style import CaptionStyle
from storyreel.treatment.contract import Exposure, Kit
from storyreel.treatment.look import Look, Motion, RevealStyle

__all__ = ["LOOK"]

_BEHIND = ("M PLUS Rounded 1c ExtraBold", "Baloo Bhaijaan 2 ExtraBold", "Noto Color Emoji")

LOOK = Look(
    name="cel",
    about="Anime at night: tapered ink, hard second tones, a rim of cold light, gold that is bought.",
    pen="storyreel.looks.cel.pen",
    faces={
        "caption": ("Anton", *_BEHIND),
        "title": ("Anton", *_BEHIND),
        "body": ("Archivo Narrow Bold", *_BEHIND),
        "label": ("Archivo Narrow Bold", *_BEHIND),
    },
    caption=CaptionStyle(
        size=88, least=60, lead=1.04, lift=40, pad=22, characters=22, settle=4, capitals=True, points=False
    ),
    motion=Motion(squash=0.55, follow=1.15, anticipation=0.8, appear="out-quart", vanish="in-cubic"),
    exposure=Exposure({"cast": Fraction(2)}),
    transitions={"iris": "frame", "cover": "frame", "page": "bar", "wipe": "bar"},
    both=frozenset(("bar", "frame", "step-out")),
    sweep=22 / 30,
    reveal_transition="bar",
    reveal=RevealStyle(
        opening="out-quart",
        settle="out-cubic",
        card="out-quart",
        effects=(("whoosh", 0.05, -9.0), ("chime", 0.6, -12.0)),
        framed=False,
        draws_back=True,
        hands_over="step-out",
    ),
    kit=Kit(
        {
            "paper": "#FBF7F0",
            "ink": "#0B1026",
            "soft": "#8D9AC8",
            "accent": "#FFC857",
            "kind": "#6FE3F2",
            "mean": "#D6336C",
            "warm": "#FF9A5A",
            "cool": "#1F6E8C",
            "ground": "#0E1738",
        },
        line=3.0,
        corner=0.24,
    ),
)
