"""A small film around each example of the reference: what it stands in, so that it can be read, seen and heard."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from storyreel.script.props import KINDS
from storyreel.source.tree import parse

FILES = ("mi.png", "hello.wav")
"""What the examples name beside the scene: a portrait, and somebody who says hello."""
SIZE = {"width": 240, "height": 300}
STAGE = {"on": "stage"}
_HERE, _THERE = [0.3, 0.9], [0.74, 0.9]
_LINE = "Hello there!"

_NEEDED: Mapping[str, Mapping[str, Any]] = {
    "Creator": {"name": "Mi", "handle": "@mi", "portrait": "mi.png", "message": "You are in control."},
    "Portrait": {"file": "mi.png"},
    "CastMember": {"puppet": "michii"},
    "MusicSpec": {"track": "bubblegum"},
    "CustomFormat": {"width": 240, "height": 300},
    "Still": {"for": "6f"},
    "PageTurn": {"to": "slam"},
    "Hour": {"to": 5},
    "Follow": {"of": "field.typed"},
    "Comment": {"handle": "@mi", "text": "Love it!"},
    "Post": {"handle": "@mi"},
    "Switch": {"question": "Who?"},
    "Crowd": {"of": "michii"},
    "Thread": {"from": [0.15, 0.3], "to": [0.85, 0.3]},
    "Drawing": {"file": "cloud"},
    "Picture": {"file": "mi.png"},
    "Pane": {"width": 600, "height": 700, "set": "bedroom"},
    "Meter": {"label": "THINK"},
    "Pile": {"of": ["kite", "phone"]},
}
"""What stands beside an example because the model can't do without it, or nothing would be seen."""

_PROPS: Mapping[str, Mapping[str, Any]] = {
    "bin": {"kind": "button", "at": [0.62, 0.9], "size": 0.5},
    "phone": {"kind": "phone", "at": [0.72, 0.62], "width": 300},
    "door": {"kind": "door", "at": [0.78, 0.9], "width": 260, "height": 520},
    "far": {"kind": "crowd", "of": "michii", "count": 5, "at": [0.5, 0.86], "size": [0.3, 0.4]},
    "kite": {"kind": "drawing", "file": "cloud", "at": [0.66, 0.3], "size": 0.7},
    "field": {"kind": "field", "text": "Hel", "at": [0.5, 0.3], "width": 500},
    "said": {"kind": "words", "text": "Hello", "at": [0.5, 0.25]},
    "tag": {"kind": "note", "text": "Hello!", "back": "Hi!", "at": [0.5, 0.3]},
    "left": {"kind": "pane", "at": [0.5, 0.35], "width": 500, "height": 560, "set": "bedroom"},
}
_PAGES: Mapping[str, Any] = {
    "one": {"left": [[0, 0], [1, 0], [1, 1], [0, 1]]},
    "slam": {"left": [[0, 0], [0.5, 0], [0.5, 1], [0, 1]]},
}
_PANES = frozenset(("Otherwise", "PaneCamera", "PageTurn"))
_SPEAKS = frozenset(("VoiceSpec", "SoundStart", "SoundChange", "CaptionSpec"))
"""Models whose examples are seen or heard of somebody who speaks."""
_PLAYS = frozenset(("MusicSpec", "MusicChange"))
_REVEALED = frozenset(("Creator", "Portrait", "Reveal"))
_TEXTLESS = frozenset(KINDS) - {"typing", "balloon", "title", "badge", "comment"}
_OF_PROPS = {
    **dict.fromkeys(("set", "play", "show", "hide", "size", "rot", "ease"), "bin"),
    **dict.fromkeys(("fall", "hang", "become", "scatter"), "said"),
    "from": "far",
    "flip": "tag",
}
"""Keys of a part that things have; all others are somebody's."""
_HELD = frozenset(("give", "put", "into", "drop", "throw"))
"""What is done with a thing that one holds."""

_HOLDERS = {
    "Creator": ("tree", "creator"),
    "Portrait": ("tree", "creator.portrait"),
    "Reveal": ("tree", "reveal"),
    "CastMember": ("tree", "cast.michii"),
    "Build": ("tree", "cast.michii.build"),
    "VoiceSpec": ("tree", "cast.michii.voice"),
    "MusicSpec": ("tree", "music"),
    "CustomFormat": ("tree", "format"),
    "Placement": ("scene", "cast.michii"),
    "Shot": ("beat", "shot"),
    "Otherwise": ("scene", "props.left.shows.michii"),
    "PaneCamera": ("scene", "props.left.camera"),
    "PageTurn": ("beat", "page"),
    "Follow": ("beat", "bin.set.press"),
    "CameraSpec": ("beat", "camera"),
    "Grade": ("beat", "grade"),
    "Still": ("beat", "still"),
    "Wind": ("beat", "wind"),
    "Hour": ("beat", "hour"),
    "Light": ("scene", "props.bin.light"),
    "SoundChange": ("beat", "sound"),
    "SoundStart": ("tree", "sound"),
    "CaptionSpec": ("tree", "captions"),
    "Cut": ("beat", "cut"),
    "Bars": ("beat", "frame"),
    "Burst": ("beat", "hearts"),
    "Impact": ("beat", "impact"),
    "Effect": ("beat", "sfx"),
    "MusicChange": ("beat", "music"),
}
"""Where an example of a model stands: in the file, the scene or the beat, under which keys."""


def revealed(model: str, key: str) -> bool:
    """Whether the example shows in the reveal rather than in the story."""
    of_file = model == "Script" and key in ("creator", "hashtags", "closing")
    return model in _REVEALED or of_file or (model, key) == ("Cut", "keep")


def heard(model: str, key: str) -> bool:
    """Whether the example is to be listened to."""
    return (
        model in (_SPEAKS - {"CaptionSpec"}) | _PLAYS | {"Effect"}
        or (model == "Script" and key in ("music", "sound"))
        or (model == "Beat" and key in ("music", "sound", "sfx"))
        or (model, key) in (("CastMember", "voice"), ("Scene", "music"), ("Part", "voice"), ("Part", "notes"))
        or (model, key) in (("Part", "by"), ("Part", "recording"))
    )


def key_film(model: str, key: str, line: str) -> dict[str, Any]:
    """A film with an example in the braces that it belongs to, as the tree of a scene file.

    Args:
        model, key, line: as `storyreel.script.examples.EXAMPLES` has them.
    """
    example, _ = parse(f"{{{line}}}", "example")
    tree = _film(model, key, line)
    scene, beat = tree["scenes"][0], tree["scenes"][0]["beats"][0]
    given = {**_NEEDED.get(model, {}), **example}
    kinds = {kind.__name__: word for word, kind in KINDS.items()}
    if model == "Script":
        tree |= example
    elif model == "Scene":
        scene |= example
        scene["beats"] = example.get("beats", scene["beats"])
    elif model == "Beat":
        beat |= example
    elif model == "props" or model in kinds:
        kind = kinds.get(model, "badge")
        text = {"text": "x" if model == "Typing" else "DUET"} if kind not in _TEXTLESS else {}
        scene["props"]["thing"] = {"at": [0.5, 0.4], **text, "kind": kind, **given}
    elif (model, key) == ("Cut", "keep"):
        tree["reveal"] = {"first": {"shot": dict(STAGE), "michii": {"face": "happy"}, "cut": given}}
    elif model == "Part":
        beat[_OF_PROPS.get(key, "michii")] = given
    else:
        at, name = _HOLDERS[model]
        holder: Any = {"tree": tree, "scene": scene, "beat": beat}[at]
        *way, last = name.split(".")
        for step in way:
            holder = holder.setdefault(step, {})
        holder[last] = {**holder[last], **given} if model == "Placement" else given
    return tree


def _film(model: str, key: str, line: str) -> dict[str, Any]:
    """The film without the example: on its stage is what the example names, and whoever does something there."""
    words = set(re.findall(r"[a-z]+", line))
    holder = _OF_PROPS.get(key, "michii") if model == "Part" else _HOLDERS.get(model, ("", ""))[1]
    named = words | set(holder.split("."))
    both = "grump" in named or key in ("cast", "resume")
    size = 0.62 if both or named & {"bin", "phone", "door"} else 0.8
    placed: dict[str, dict[str, Any]] = {"michii": {"at": _HERE if size < 0.8 else [0.5, 0.9], "size": size}}
    if model == "Part" and key in _HELD:
        placed["michii"]["holds"] = "kite"
    if both:
        placed["grump"] = {"at": _THERE, "size": 0.5}
    panes = model in _PANES or "left." in line or (model, key) in (("Beat", "page"), ("Scene", "pages"))
    things = {name: dict(prop) for name, prop in _PROPS.items() if name in named and name != "left"}
    if panes:
        things["left"] = dict(_PROPS["left"])
    if "field" in line or model == "Follow":
        things["field"] = dict(_PROPS["field"])
    if model == "Pile":
        things |= {name: dict(_PROPS[name]) for name in ("kite", "phone")}
    beat: dict[str, Any] = {"wait": "1s"} if model == "Shot" else {"wait": "1s", "shot": dict(STAGE)}
    scene: dict[str, Any] = {
        "id": "a",
        "set": "room-lilac",
        "shots": {"low": {"on": "michii", "size": "close", "from": "low"}},
        "cast": placed,
        "props": things,
        "beats": [beat],
    }
    cast: dict[str, Any] = {name: {"puppet": name, "voice": {}} for name in ("michii", "grump")}
    tree: dict[str, Any] = {"storyreel": 2, "title": "Be kind", "format": dict(SIZE), "seed": 1, "cast": cast}
    tree["scenes"] = [scene]
    if panes and model != "Part":
        scene["pages"] = {name: dict(page) for name, page in _PAGES.items()}
    if model in _SPEAKS or (model, key) in (("CastMember", "voice"), ("Script", "captions"), ("Script", "sound")):
        beat["michii"] = {"say": _LINE}
    if model == "Follow":
        beat["michii"] = {"type": "lo!", "on": "field", "each": "6f"}
    if model in _PLAYS or key == "music":
        tree["music"] = "bubblegum"
        beat["wait"] = "4s"
    if revealed(model, key):
        tree["creator"] = dict(_NEEDED["Creator"])
    if model == "Cut" or (model, key) in (("Scene", "enter"), ("Scene", "clip")):
        after = {"shot": {"on": "michii", "size": "close"}, "michii": {"face": "joy"}, "for": "0.8s"}
        if model == "Cut":
            scene["beats"].append(after)
        else:
            tree["scenes"].append({"id": "b", "cast": placed, "beats": [after]})
    return tree
