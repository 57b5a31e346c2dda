"""A small console at night: 270 by 480 cells, sixteen colours, twelve drawings a second."""

from __future__ import annotations

from fractions import Fraction

from storyreel.text.caption_style import CaptionStyle
from storyreel.timeline.model import Kind
from storyreel.treatment.contract import Exposure, Kit
from storyreel.treatment.look import Look, Motion, RevealStyle

__all__ = ["LOOK"]

_BEHIND = ("M PLUS Rounded 1c ExtraBold", "Baloo Bhaijaan 2 ExtraBold", "Noto Color Emoji")
_TYPE = ("Press Start 2P", *_BEHIND)
_TWELVE_A_SECOND = Fraction(5, 2)
_KINDS: tuple[Kind, ...] = ("set", "cast", "prop", "air", "type", "camera")

LOOK = Look(
    name="gif",
    about="A little console game: whole cells, sixteen colours, twelve drawings a second.",
    pen="storyreel.looks.gif.pen",
    faces={
        "caption": _TYPE,
        "title": _TYPE,
        "body": _TYPE,
        "label": ("Silkscreen", *_BEHIND),
    },
    caption=CaptionStyle(size=64, least=32, lead=1.3, lift=38, pad=12, characters=13, settle=3),
    motion=Motion(squash=0.5, follow=0.6, anticipation=1.0, appear="out-cubic", vanish="in-cubic"),
    exposure=Exposure(dict.fromkeys(_KINDS, _TWELVE_A_SECOND)),
    transition="fade",
    sweep=0.8,
    sweeps={"resolve": 1.7},
    transitions={"iris": "iris", "cover": "cover", "wipe": "wipe", "blocks": "fade", "page": "fade"},
    both=frozenset(("resolve",)),
    reveal=RevealStyle(
        opening="linear",
        settle="out-cubic",
        card="linear",
        effects=(("pop", 0.05, -10.0),),
        framed=False,
        draws_back=True,
        rises=True,
        risen=0.095,
        hands_over="resolve",
        fine=True,
    ),
    kit=Kit(
        {
            "paper": "#F4F4F4",
            "ink": "#1A1C2C",
            "soft": "#63719F",
            "accent": "#FFCD75",
            "kind": "#38B764",
            "mean": "#3E51A6",
            "warm": "#EF7D57",
            "cool": "#41A6F6",
            "ground": "#2A2D5C",
        },
        line=4.0,
        corner=0.1,
        crisp=True,
    ),
)
