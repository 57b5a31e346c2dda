"""Names of layers: Adobe Character Animator's, however an editor wrote them into the file."""

from __future__ import annotations

import re
from functools import lru_cache

from storyreel.puppet.markup import Element

_INKSCAPE = "http://www.inkscape.org/namespaces/inkscape label"
_AFFINITY = "http://www.serif.com/ id"
VISEMES = ("Neutral", "Ah", "D", "Ee", "F", "L", "M", "Oh", "R", "S", "Uh", "W-Oo")
MOUTHS = (*VISEMES, "Smile", "Surprised", "Sad")
_SIDED = ("Eye", "Eyeball", "Pupil", "Blink", "Laugh", "Lid", "Eyebrow", "Ear", "Lock", "Arm", "Hand", "Leg", "Foot")
_SINGLE = ("Head", "Body", "Face", "Mouth", "Nose", "Neck", "Blush", "Hood", "Hair", "Hair Front", "Hair Back")
_CLOTH = ("Tail", "Skirt", "Strings", "Scarf", "Cape", "Antenna", "Ponytail")
PARTS = frozenset((*_SINGLE, *_CLOTH, *(f"{side} {part}" for side in ("Left", "Right") for part in _SIDED)))
"""Groups that are parts of a puppet by their names alone."""

_KNOWN = {name.lower(): name for name in PARTS} | {name: name for name in MOUTHS}
"""Parts in any case; mouths only as they are, since an id such as `r` or `d` is often something else."""


def _letter(code: re.Match[str]) -> str:
    letter = chr(int(code[1], 16))
    return letter if letter.isprintable() else code[0]


def layer_name(element: Element) -> str:
    """What an artist called a layer: Illustrator's `data-name`, Affinity's `serif:id`, Inkscape's label, or its id.

    Editors write spaces as `_`, `-`, `_x20_` (Illustrator) or `_x0020_` (CorelDRAW) and number what is there twice
    (`Left_Eye_1_`, `Left Eye_2`): a name that is one of Character Animator's once that is undone comes out as that.
    """
    label = element.get(_INKSCAPE).removeprefix("#")
    return _spelt(element.get("data-name") or element.get(_AFFINITY) or label or element.get("id"))


@lru_cache(maxsize=4096)
def _spelt(given: str) -> str:
    """A layer's name without what its editor did to it."""
    plain = re.sub(r"_x([0-9A-Fa-f]{2}|[0-9A-Fa-f]{4})_", _letter, given)
    spaced = " ".join(plain.removeprefix("+").replace("_", " ").split())
    dashless = " ".join(spaced.replace("-", " ").split())
    for spelling in (plain, spaced, re.sub(r"[ -]\d+$", "", spaced), dashless, re.sub(r" \d+$", "", dashless)):
        if known := _KNOWN.get(spelling.lower()) or _KNOWN.get(spelling):
            return known
    return plain
