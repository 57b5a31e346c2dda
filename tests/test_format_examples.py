"""Every key of the reference has an example beside it, and every example is read and checked as an author's file is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from storyreel.script.examples import EXAMPLES
from storyreel.script.messages import keys_of
from storyreel.script.props import KINDS, PLACING
from storyreel.script.read import read_text
from storyreel.script.reference import _SECTIONS
from storyreel.source.tree import parse

FILES = ("mi.png", "hello.wav")
SOMEBODY = {"puppet": "michii", "voice": {}}
NEEDED: dict[str, dict[str, Any]] = {
    "Creator": {"name": "M", "handle": "@m", "portrait": "mi.png", "message": "Hi"},
    "Portrait": {"file": "mi.png"},
    "CastMember": SOMEBODY,
    "MusicSpec": {"track": "bubblegum"},
    "CustomFormat": {"width": 1080, "height": 1920},
    "Still": {"for": "6f"},
    "PageTurn": {"to": "slam"},
    "Hour": {"to": 5},
    "Follow": {"of": "field.typed"},
    "Comment": {"handle": "@m", "text": "Hi"},
    "Post": {"handle": "@m"},
    "Switch": {"question": "Who?"},
    "Crowd": {"of": "michii"},
    "Thread": {"from": "kite.left", "to": "kite.right"},
    "Drawing": {"file": "cloud"},
    "Picture": {"file": "mi.png"},
}
"""What stands beside an example because the model can't do without it."""


def film() -> dict[str, Any]:
    props = {
        "bin": {"kind": "button"},
        "phone": {"kind": "phone"},
        "door": {"kind": "door"},
        "far": {"kind": "crowd", "of": "michii"},
        "kite": {"kind": "drawing", "file": "cloud"},
        "field": {"kind": "typing", "text": "Hello"},
        "said": {"kind": "words", "text": "Hello"},
        "tag": {"kind": "note"},
        "left": {"kind": "pane"},
    }
    scene = {
        "id": "a",
        "shots": {"low": {"on": "michii", "size": "close"}},
        "cast": {"michii": {}, "grump": {}},
        "props": props,
        "pages": {"slam": {"left": [[0, 0], [0.5, 0], [0.5, 1], [0, 1]]}},
        "beats": [{"wait": "1s", "shot": "full"}],
    }
    cast = {"michii": dict(SOMEBODY), "grump": dict(SOMEBODY)}
    return {"storyreel": 2, "title": "T", "music": "bubblegum", "cast": cast, "scenes": [scene]}


def with_example(model: str, key: str, example: dict[str, Any]) -> dict[str, Any]:
    """A film with an example in the braces that it belongs to."""
    tree = film()
    scene, beat = tree["scenes"][0], tree["scenes"][0]["beats"][0]
    given = {**NEEDED.get(model, {}), **example}
    kinds = {kind.__name__: word for word, kind in KINDS.items()}
    if model in ("Portrait", "Reveal") or key == "keep":
        tree["creator"] = dict(NEEDED["Creator"])
    if model == "Script":
        tree |= example
    elif model == "Scene":
        scene |= example
        scene["beats"] = example.get("beats", scene["beats"])
        if "clip" in example:
            tree["scenes"].append({"id": "b", "beats": [{"wait": "1s"}]})
    elif model == "Beat":
        beat |= example
    elif model == "props" or model in kinds:
        kind = kinds.get(model, "badge")
        scene["props"]["thing"] = {**({"text": "x"} if kind not in _TEXTLESS else {}), "kind": kind, **given}
    else:
        at, name = _HOLDERS[model]
        holder: Any = {"tree": tree, "scene": scene, "beat": beat}[at]
        for step in name.split(".")[:-1]:
            holder = holder.setdefault(step, {})
        last = name.split(".")[-1]
        if model == "Part":
            last = "bin" if key in ("set", "play", "show", "hide", "size", "rot", "ease") else "michii"
            last = "far" if key == "from" else last
            last = "said" if key in ("fall", "hang", "become", "scatter") else "tag" if key == "flip" else last
        holder[last] = given
    return tree


_TEXTLESS = frozenset(KINDS) - {"typing", "balloon", "title", "badge", "comment"}
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
    "Part": ("beat", "michii"),
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


@pytest.mark.parametrize("model", EXAMPLES)
def test_every_example_of_the_reference_is_read_without_a_word(model: str, tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_bytes(b"x")
    for key, line in EXAMPLES[model].items():
        example, _ = parse(f"{{{line}}}", "example")
        assert next(iter(example)) == key
        read_text(json.dumps(with_example(model, key, example)), f"{model} {line}", tmp_path)


def test_every_key_of_the_reference_has_an_example() -> None:
    sections = {model.__name__: set(keys_of(model)) for _, model in _SECTIONS}
    placing = {"in" if key == "in_" else key for key in PLACING}
    kinds = {kind.__name__: set(keys_of(kind)) - placing - {"kind"} for kind in KINDS.values()}
    assert {model: set(keys) for model, keys in EXAMPLES.items()} == {**sections, "props": placing, **kinds}
