"""Checks what one of the cast, or one prop, does in a beat."""

from __future__ import annotations

from typing import Any

from storyreel.errors import did_you_mean
from storyreel.script.findings import Findings, Stage, items, mapping, parts_of, word
from storyreel.script.messages import keys_of
from storyreel.script.models import Beat
from storyreel.script.props import VALUES
from storyreel.script.units import POSITIONS, Duration
from storyreel.source.places import Path

BEAT_KEYS = frozenset(keys_of(Beat))
"""The keys of a beat that name neither one of the cast nor a prop."""

_BOTH = ("go", "exit", "how", "at", "for")
ACTOR_KEYS = frozenset((*_BOTH, "say", "recording", "caption", "voice", "do", "face", "look", "turn", "pose", "enter"))
"""What one of the cast can do in a beat."""
PROP_KEYS = frozenset((*_BOTH, "show", "hide", "set", "play", "size", "rot", "over", "ease"))
"""What a prop can do in a beat."""

GAZES = ("left", "right", "up", "down", "camera")
"""Where eyes can look, besides at somebody."""
SHORT_ACTS = ("enter", "exit", "go", "face", "look", "turn", "pose")
"""The acts that have a key of their own and are not written under `do`."""
SIDES = ("left", "right", "top", "bottom")
"""Where somebody can come from and go to."""


def check_part(
    found: Findings, part: dict[str, Any], path: Path, name: str, beat: dict[str, Any], stage: Stage
) -> None:
    """Finds what is wrong with one part."""
    actor = name in stage.cast
    fits = ACTOR_KEYS if actor else PROP_KEYS
    for key in part:
        if key not in fits and key in (*ACTOR_KEYS, *PROP_KEYS):
            who = "one of the cast" if actor else "a prop"
            found.at_key((*path, key), f"'{name}' is {who} and can't '{key}'; it can: {', '.join(sorted(fits))}")
    check_start(found, part.get("at"), (*path, "at"), beat, stage)
    found.name((*path, "go"), part.get("go"), "place", POSITIONS)
    sides = (*SIDES, "pop") if actor else SIDES
    for way in ("enter", "exit"):
        found.name((*path, way), part.get(way), "side", sides)
    if actor:
        _actor(found, part, path, name, stage)
    else:
        _prop(found, part, path, name, stage)


def _actor(found: Findings, part: dict[str, Any], path: Path, name: str, stage: Stage) -> None:
    member = mapping(stage.cast[name])
    # `voice: {}` is a voice: the usual one.
    voiced = any(given is not None for given in (member.get("voice"), part.get("voice"), part.get("recording")))
    if "say" in part and not voiced:
        found.at((*path, "say"), f"'{name}' speaks but has no voice; give it one in the cast: voice: {{use: heart}}")
    said = part.get("say")
    if isinstance(said, str) and not any(map(str.isalnum, said)):
        found.at((*path, "say"), f"'{said}' has nothing in it that can be spoken")
    if "recording" in part:
        found.file((*path, "recording"), part["recording"], fault=found.words.unspoken)
        if "say" not in part:
            found.at_key((*path, "recording"), "a recording needs its words beside it, in `say`")
    voice = part.get("voice")
    if isinstance(voice, dict):
        found.name((*path, "voice", "use"), voice.get("use"), "voice", found.words.voices)
    for key in ("face", "pose"):
        found.asked((*path, key), name, key, part.get(key))
    gaze = part.get("look")
    if isinstance(gaze, str) and gaze not in GAZES and gaze not in stage.names():
        near = did_you_mean(gaze, {*GAZES, *stage.names()})
        found.at((*path, "look"), f"'{name}' can't look at '{gaze}'{near}")
    if isinstance(gaze, list) and any(isinstance(way, int | float) and not -1 <= way <= 1 for way in gaze):
        found.at((*path, "look"), "eyes go from -1 (left, up) to 1 (right, down)")
    for act, where, options in acts_of(part, path):
        _act(found, act, where, options)


def _act(found: Findings, act: str, where: Path, options: object) -> None:
    """Finds what is wrong with one act and what is set of it."""
    said = found.at_key if where[-1] == act else found.at
    if act in SHORT_ACTS:
        said(where, f"'{act}' is a key of its own; write it beside `do`")
    elif found.words.acts is None:
        return
    elif act not in found.words.acts:
        said(where, f"unknown act '{act}'{did_you_mean(act, found.words.acts, len(found.words.acts))}")
    elif options is not None and not isinstance(options, dict):
        found.at(where, f"what is set of '{act}' needs keys and values: {{{act}: {{…}}}}")
    if act not in found.words.options:
        return
    known = found.words.options[act]
    for name, value in mapping(options).items():
        if name not in known:
            found.at_key(
                (*where, name), f"'{act}' has no option '{name}'{did_you_mean(name, known) or '; it has none'}"
            )
        elif not known[name].takes(value):
            found.at((*where, name), f"'{name}' of '{act}' needs {known[name].wants()}")


def _prop(found: Findings, part: dict[str, Any], path: Path, name: str, stage: Stage) -> None:
    prop = mapping(stage.props[name])
    kind = word(prop.get("kind"))
    values = part.get("set")
    for value in values if isinstance(values, dict) and kind in VALUES else ():
        if value not in VALUES[kind]:
            tail = did_you_mean(value, VALUES[kind]) or "; it has none"
            found.at_key((*path, "set", value), f"a {kind} has no value '{value}'{tail}")


def acts_of(part: dict[str, Any], path: Path) -> list[tuple[str, Path, object]]:
    """The acts that a part names, each with its path, and what is set of it."""
    found: list[tuple[str, Path, object]] = []
    for where, item in items((*path, "do"), part.get("do")):
        if isinstance(item, str):
            found.append((item, where, None))
        elif isinstance(item, dict):
            found += [(act, (*where, act), options) for act, options in item.items()]
    return found


def check_start(found: Findings, at: object, path: Path, beat: dict[str, Any], stage: Stage) -> None:
    """Finds what is wrong with a start within a beat: a time, or a moment of somebody's act in the same beat."""
    if not isinstance(at, str):
        return
    try:
        Duration.parse(at)
        return
    except ValueError:
        who, dot, moment = at.partition(".")
    if not dot or not who or not moment or at[0].isdigit():
        found.at(path, f"'{at}' is no start; write a time (0.5s) or a moment of somebody's act (michii.slam)")
        return
    acting = [key for key in beat if key in stage.cast]
    if who not in acting:
        found.at(path, f"'{who}' does nothing in this beat{did_you_mean(who, acting)}")
        return
    if found.words.moments is None:
        return
    moments = {moment for _, part in parts_of(beat, who, ()) for moment in _moments(found, part)}
    if moment not in moments:
        tail = did_you_mean(moment, moments) or "; its acts have no moments"
        found.at(path, f"'{who}' comes to no '{moment}' in this beat{tail}")


def check_waiting(found: Findings, beat: dict[str, Any], path: Path, stage: Stage) -> None:
    """Finds parts of a beat that wait for each other, so that none of them ever begins."""
    waiting: list[tuple[str, Path, set[str]]] = []
    comes: set[str] = set()
    for name in (key for key in beat if key in stage.cast):
        for where, part in parts_of(beat, name, path):
            waiting.append((word(part.get("at")), where, {f"{name}.{moment}" for moment in _moments(found, part)}))
    known = set().union(*(moments for _, _, moments in waiting))
    while ready := [one for one in waiting if one[0] not in known or one[0] in comes]:
        comes.update(*(moments for _, _, moments in ready))
        waiting = [one for one in waiting if one not in ready]
    for at, where, _ in waiting:
        found.at((*where, "at"), f"'{at}' never comes: what it is a moment of waits for this")


def _moments(found: Findings, part: dict[str, Any]) -> set[str]:
    """The moments of the acts of a part."""
    acts = [act for act, *_ in acts_of(part, ())] + [act for act in SHORT_ACTS if act in part]
    return {moment for act in acts for moment in (found.words.moments or {}).get(act, ())}
