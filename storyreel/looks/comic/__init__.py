"""A page that shouts and a gutter that is quiet: brush ink, four printing inks, one screen of dots."""

from __future__ import annotations

from fractions import Fraction

from storyreel.text.caption_style import CaptionStyle
from storyreel.timeline.model import Kind
from storyreel.treatment.contract import Exposure, Kit
from storyreel.treatment.look import Look, Motion, RevealStyle

__all__ = ["LOOK"]

_BEHIND = ("M PLUS Rounded 1c ExtraBold", "Baloo Bhaijaan 2 ExtraBold", "Noto Color Emoji")
_TWOS = Fraction(2)
_PAGE = "page lower-right"
_KINDS: tuple[Kind, ...] = ("set", "cast", "prop", "type")

LOOK = Look(
    name="comic",
    about="A printed comic: brush ink, flat inks, one screen of dots, balloons.",
    pen="storyreel.looks.comic.pen",
    faces={
        "caption": ("Bangers", *_BEHIND),
        "title": ("Bangers", *_BEHIND),
        "body": ("Comic Neue Bold", *_BEHIND),
        "label": ("Bangers", *_BEHIND),
    },
    caption=CaptionStyle(size=76, least=54, lead=1.24, lift=66, pad=40, characters=22, settle=3),
    motion=Motion(squash=1.0, follow=0.7, anticipation=1.2, appear="out-back", vanish="in-cubic"),
    exposure=Exposure(dict.fromkeys(_KINDS, _TWOS)),
    transitions={"page": _PAGE},
    both=frozenset((_PAGE,)),
    temper=("#CFE9F5", "#FFF0C8"),
    reveal=RevealStyle(
        opening="out-cubic",
        settle="out-cubic",
        card="out-cubic",
        effects=(("page", 0.0, -8.0),),
        hands_over=_PAGE,
        guest="still",
    ),
    kit=Kit(
        {
            "paper": "#FFFFFF",
            "ink": "#111111",
            "soft": "#BDEFFB",
            "accent": "#FFD400",
            "kind": "#00B8E6",
            "mean": "#FF3B3F",
            "warm": "#FF3B3F",
            "cool": "#00B8E6",
            "ground": "#FFFFFF",
        },
        line=8.0,
        corner=0.12,
    ),
)
