"""Names of layers: Adobe Character Animator's, however an editor wrote them into the file."""

from __future__ import annotations

import re

from storyreel.puppet.markup import Element

_INKSCAPE = "http://www.inkscape.org/namespaces/inkscape label"
VISEMES = ("Neutral", "Ah", "D", "Ee", "F", "L", "M", "Oh", "R", "S", "Uh", "W-Oo")
MOUTHS = (*VISEMES, "Smile", "Surprised", "Sad")
_SIDED = ("Eye", "Eyeball", "Pupil", "Blink", "Laugh", "Lid", "Eyebrow", "Ear", "Lock", "Arm", "Hand", "Leg", "Foot")
_SINGLE = ("Head", "Body", "Face", "Mouth", "Nose", "Neck", "Blush", "Hood", "Hair", "Hair Front", "Hair Back")
_CLOTH = ("Tail", "Skirt", "Strings", "Scarf", "Cape", "Antenna", "Ponytail")
PARTS = frozenset((*_SINGLE, *_CLOTH, *(f"{side} {part}" for side in ("Left", "Right") for part in _SIDED)))
"""Groups that are parts of a puppet by their names alone."""

_KNOWN = {name.lower(): name for name in PARTS} | {name: name for name in MOUTHS}
"""Parts in any case; mouths only as they are, since an id such as `r` or `d` is often something else."""


def layer_name(element: Element) -> str:
    """What an artist called a layer: Illustrator's `data-name`, Inkscape's label, or its id.

    Editors write spaces as `_` or `_x20_` and number what is there twice (`Left_Eye_1_`): a name that is one of
    Character Animator's once that is undone comes out as that.
    """
    given = element.get("data-name") or element.get(_INKSCAPE).removeprefix("#") or element.get("id")
    plain = re.sub(r"_x([0-9A-Fa-f]{2})_", lambda found: chr(int(found[1], 16)), given)
    spaced = " ".join(plain.removeprefix("+").replace("_", " ").split())
    for spelling in (plain, spaced, re.sub(r"[ -]\d+$", "", spaced)):
        if known := _KNOWN.get(spelling.lower()) or _KNOWN.get(spelling):
            return known
    return plain
