"""A picture book in gouache at dusk: no outlines, paint that breaks into the paper, lantern light, pages that turn."""

from __future__ import annotations

from fractions import Fraction

from storyreel.text.caption_style import CaptionStyle
from storyreel.timeline.model import Kind
from storyreel.treatment.contract import Exposure, Kit
from storyreel.treatment.look import Grading, Look, Motion, RevealStyle

__all__ = ["LOOK"]

_BEHIND = ("M PLUS Rounded 1c ExtraBold", "Baloo Bhaijaan 2 ExtraBold", "Noto Color Emoji")
_KINDS: tuple[Kind, ...] = ("set", "cast", "prop", "air", "type", "camera")

LOOK = Look(
    name="storybook",
    about="Gouache at dusk: shapes without outlines, grain that stays on them, lantern light, pages that turn.",
    pen="storyreel.looks.storybook.pen",
    faces={
        "caption": ("Fraunces SemiBold", *_BEHIND),
        "title": ("Fraunces SemiBold", *_BEHIND),
        "body": ("Fraunces Medium", *_BEHIND),
        "label": ("Fraunces Medium Italic", *_BEHIND),
    },
    caption=CaptionStyle(size=84, least=58, lead=0.98, lift=30, pad=26, characters=22, settle=4),
    motion=Motion(squash=0.55, follow=1.2, anticipation=1.0, appear="out-cubic", vanish="in-cubic"),
    exposure=Exposure(dict.fromkeys(_KINDS, Fraction(2))),
    transition="hill",
    transitions={"iris": "hill", "cover": "hill", "wipe": "hill"},
    both=frozenset(("book", "page")),
    grading=Grading(gloom="#343A72"),
    temper=("#AEBBF6", "#FFEFD4"),
    reveal=RevealStyle(
        opening="inout-cubic",
        settle="out-cubic",
        card="out-cubic",
        effects=(("whoosh", 0.0, -12.0),),
        hands_over="book",
        words=1.06,
        labelled=(0.95, 1.09),
    ),
    kit=Kit(
        {
            "paper": "#FFF3DC",
            "ink": "#3A2350",
            "soft": "#CDB9C4",
            "accent": "#FFC668",
            "kind": "#5B8F8C",
            "mean": "#8D97BC",
            "warm": "#E2685F",
            "cool": "#C4CCE2",
            "ground": "#FBE6C6",
        },
        line=4.0,
        corner=0.3,
    ),
)
