"""What a layer was probably meant to be, whose name is none of a puppet's parts: for advice, never for drawing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from storyreel.puppet.naming import PARTS

_SIDES: Mapping[str, str] = {"left": "Left", "l": "Left", "right": "Right", "r": "Right"}
_PARTS: Mapping[str, str] = {
    **{part.split()[-1].lower(): part.split()[-1] for part in PARTS if part not in ("Hair Front", "Hair Back")},
    **{
        "paw": "Hand",
        "fist": "Hand",
        "shoe": "Foot",
        "feet": "Foot",
        "torso": "Body",
        "trunk": "Body",
        "skull": "Head",
    },
    **{"iris": "Pupil", "brow": "Eyebrow", "eyelid": "Lid", "lips": "Mouth", "blushes": "Blush", "cheeks": "Blush"},
    **{"sclera": "Eyeball", "braid": "Lock", "strand": "Lock", "dress": "Skirt", "horn": "Ear", "sleeve": "Arm"},
}
_MOUTHS: Mapping[str, str] = {
    **dict.fromkeys(("closed", "shut", "rest", "neutral", "idle", "default"), "Neutral"),
    **dict.fromkeys(("open", "a", "aa", "ah", "ai"), "Ah"),
    **dict.fromkeys(("e", "ee", "i"), "Ee"),
    **dict.fromkeys(("o", "oh"), "Oh"),
    **dict.fromkeys(("u", "oo", "w", "wq", "woo"), "W-Oo"),
    **dict.fromkeys(("m", "b", "p", "mbp"), "M"),
    **dict.fromkeys(("f", "v", "fv"), "F"),
    **dict.fromkeys(("smile", "happy", "smiling"), "Smile"),
    **dict.fromkeys(("sad", "frown", "unhappy"), "Sad"),
    **dict.fromkeys(("surprised", "surprise", "gasp"), "Surprised"),
    **{"l": "L", "th": "D", "d": "D", "t": "D", "s": "S", "z": "S", "r": "R", "uh": "Uh"},
}
_SIDED = frozenset(part.partition(" ")[2] for part in PARTS if part.startswith("Left "))


def _words(name: str) -> list[str]:
    """The words of a name, however they are put together: `armLeft`, `arm_left-2`."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]


def meant_part(name: str) -> tuple[str, ...]:
    """The parts that a layer may have been meant as: one, or a left and a right one; none where nothing tells.

    >>> meant_part("arm-left"), meant_part("brow2"), meant_part("hairBack"), meant_part("cloud")
    (('Left Arm',), ('Left Eyebrow', 'Right Eyebrow'), ('Hair Back',), ())
    """
    words = _words(name)
    if "hair" in words:
        return ("Hair Back",) if {"back", "behind"} & {*words} else ("Hair Front",) if "front" in words else ("Hair",)
    found = [_PARTS[word] for word in words if word in _PARTS]
    if len(found) != 1 or len(words) > 2 + ("part" in words):
        return ()
    if found[0] not in _SIDED:
        return (found[0],)
    side = next((_SIDES[word] for word in words if word in _SIDES), "")
    return (f"{side} {found[0]}",) if side else (f"Left {found[0]}", f"Right {found[0]}")


def meant_mouth(name: str) -> str:
    """The shape of a mouth that a layer may have been meant as; "" where nothing tells.

    >>> meant_mouth("mouth-open"), meant_mouth("closed"), meant_mouth("Tongue Out")
    ('Ah', 'Neutral', '')
    """
    words = [word for word in _words(name) if word not in ("mouth", "lips", "viseme", "shape")]
    return _MOUTHS.get(words[0], "") if len(words) == 1 else ""
