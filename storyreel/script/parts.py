"""Checks what one of the cast, or one prop, does in a beat."""

from __future__ import annotations

from typing import Any

from storyreel.errors import did_you_mean
from storyreel.script.check_shots import STAGE, place
from storyreel.script.check_words import check_changes, check_long
from storyreel.script.dot import DOTTED
from storyreel.script.findings import Findings, Stage, a_moment, items, listed, mapping, someone, word
from storyreel.script.messages import keys_of
from storyreel.script.models import Beat
from storyreel.script.moments import CHANGES, PAUSE, SHORT_ACTS, SIDES, acts_of
from storyreel.script.props import SHINING, VALUES
from storyreel.script.units import POSITIONS
from storyreel.script.verbs import VERBS, targets
from storyreel.source.places import Path

SHOWS = frozenset(("pane", "phone"))
"""The kinds of prop that show others inside."""
BEAT_KEYS = frozenset(keys_of(Beat))
"""The keys of a beat that name neither one of the cast nor a prop."""

WRITTEN = ("hang", *CHANGES)
"""What words, notes and balloons do of themselves."""
NEWER = frozenset(
    (
        *(
            "with",
            "stop",
            "to",
            "through",
            "into",
            "times",
            "each",
            "notes",
            "by",
            "until",
            "stay",
            "in",
            "echo",
            "late",
            "only",
        ),
        *("as", "on", "and", "early", "off", "resume", "hands", "mood", "blink", *VERBS),
        *WRITTEN,
    )
)
"""The keys of a part that came with version 2 of the format."""
_TOUCHING = NEWER - {"blink", "as", "on", "and", "early", "off", "resume", "hands", "in", "fall", *WRITTEN}
_BOTH = ("go", "exit", "how", "at", "for", "over", *_TOUCHING)
_SPEAKING = ("say", "recording", "caption", "voice", "as", "on", "and", "early", "off", "resume")
SHOWN = frozenset(("show", "hide", "size", "ease"))
"""The keys of a prop that are the cast's, too, since version 2 of the format."""
ACTOR_KEYS = frozenset(
    (*_BOTH, *SHOWN, *_SPEAKING, "do", "face", "blink", "look", "turn", "pose", "hands", "enter", "in")
)
"""What one of the cast can do in a beat."""
CROWD_KEYS = ACTOR_KEYS - {*_SPEAKING, *VERBS} | {"from"}
"""What a crowd can do in a beat."""
PROP_KEYS = frozenset((*_BOTH, *SHOWN, *WRITTEN, "fall", "set", "play", "rot"))
"""What a prop can do in a beat."""

SET_KEYS = frozenset(("at", "set", "from", "over", "ease"))
"""What the set can do in a beat."""
GAZES = ("left", "right", "up", "down", "camera")
"""Where eyes can look, besides at somebody."""


def check_part(found: Findings, part: dict[str, Any], path: Path, name: str, stage: Stage) -> None:
    """Finds what is wrong with one part."""
    actor = name in stage.cast
    place(found, part.get("from"), (*path, "from"), stage)
    if name == STAGE:
        for key in (key for key in part if key not in SET_KEYS):
            found.at_key((*path, key), f"'{STAGE}' is the set and can't '{key}'; it can: {', '.join(sorted(SET_KEYS))}")
        return
    crowd = word(mapping(stage.props.get(name)).get("kind")) == "crowd"
    fits = CROWD_KEYS if crowd else ACTOR_KEYS if actor else PROP_KEYS
    for key in part:
        if key not in fits and key in (*ACTOR_KEYS, *PROP_KEYS, "from"):
            who = "a crowd" if crowd else "one of the cast" if actor else "a prop"
            found.at_key(
                (*path, key), f"'{name}' is {who} and can't '{key}'; it can: {', '.join(sorted(fits - NEWER))}"
            )
    _touches(found, part, path, name, stage)
    inside = part.get("in")
    if actor and isinstance(inside, str) and word(mapping(stage.props.get(inside)).get("kind")) not in SHOWS:
        frames = {name for name, prop in stage.props.items() if word(mapping(prop).get("kind")) in SHOWS}
        found.at((*path, "in"), f"no pane or phone '{inside}' in this scene{did_you_mean(inside, frames)}")
    goes = word(part.get("go"))
    if actor and ("." in goes or goes in stage.names()):
        place(found, goes, (*path, "go"), stage)
    elif not a_moment(found, goes, (*path, "go"), stage):
        found.name(
            (*path, "go"), part.get("go"), "place", {**POSITIONS, **dict.fromkeys(stage.names() if actor else ())}
        )
    sides = (*SIDES, "pop") if actor else SIDES
    doors = [other for other, prop in stage.props.items() if word(mapping(prop).get("kind")) == "door" and actor]
    for way in ("enter", "exit"):
        found.name((*path, way), part.get(way), "side or door" if doors else "side", (*sides, *doors))
    if actor:
        _actor(found, part, path, name, stage)
    elif crowd:
        _acting(found, part, path, name, stage)
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
        found.voice((*path, "voice", "use"), voice.get("use"))
    for key in ("face", "pose"):
        found.asked((*path, key), name, key, part.get(key))
    if "blink" in part and "face" not in part:
        found.at_key(
            (*path, "blink"), "'blink' says more of a face, and none is made here; write face: and a name, too"
        )
    _line(found, part, path)
    _acting(found, part, path, name, stage)


def _acting(found: Findings, part: dict[str, Any], path: Path, name: str, stage: Stage) -> None:
    """Finds what is wrong with where somebody looks and with what they do."""
    gaze = part.get("look")
    if isinstance(gaze, str) and gaze not in GAZES and "." in gaze:
        place(found, gaze, (*path, "look"), stage)
    elif isinstance(gaze, str) and gaze not in GAZES and gaze not in stage.names():
        near = did_you_mean(gaze, {*GAZES, *stage.names()})
        found.at((*path, "look"), f"'{name}' can't look at '{gaze}'{near}")
    if isinstance(gaze, list) and any(isinstance(way, int | float) and not -1 <= way <= 1 for way in gaze):
        found.at((*path, "look"), "eyes go from -1 (left, up) to 1 (right, down)")
    for act, where, options in acts_of(part, path):
        _act(found, act, where, options)


def _line(found: Findings, part: dict[str, Any], path: Path) -> None:
    """Finds what is wrong with how a line is said and shown."""
    said = word(part.get("say"))
    for key in ("as", "and", "early", "off", "resume") if not said else ():
        if key in part:
            found.at_key((*path, key), f"'{key}' says more of a line, and nothing is said here")
    if "on" in part and not said and "type" not in part:
        found.at_key((*path, "on"), "`on` says where a line can be read, and nothing is said here")
    waits, pauses = len(listed(part.get("resume"))), said.count(PAUSE)
    if said and waits and waits != pauses:
        found.at(
            (*path, "resume"), f"the line waits at « / », which stands {pauses} times in it, and goes on {waits} times"
        )


_NEEDS_TOUCH = ("with", "stop", "times", "notes", "stay")
"""The keys that say more of a touch."""
_HOLDERS = frozenset(("wind", "lane", "nowhere", "title"))


def _touches(found: Findings, part: dict[str, Any], path: Path, name: str, stage: Stage) -> None:
    """Finds what is wrong with what a part does to things."""
    verbs = [verb for verb in VERBS.values() if verb.name in part]
    if len(verbs) > 1:
        pair = f"'{verbs[0].name}' and '{verbs[1].name}'"
        found.at_key((*path, verbs[1].name), f"{pair} are two touches; make it a list of two parts")
    needs = () if verbs else ("stop", "times", "notes", "stay") if "through" in part else _NEEDS_TOUCH
    for key in needs:
        if key in part and not (key == "notes" and "become" in part):
            found.at_key((*path, key), f"'{key}' says more of a touch, and nothing is touched here")
    if "by" in part and "notes" not in part:
        found.at_key((*path, "by"), "`by` plays `notes`, and there are none here")
    for verb in verbs:
        given = targets(part[verb.name])
        for where, target in items((*path, verb.name), given) if isinstance(given, list) and not verb.text else ():
            spot = where if isinstance(part[verb.name], list) else (*path, verb.name)
            if target == name:
                found.at(spot, f"'{name}' can't {verb.name} itself")
            elif verb.name == "wear" and word(target) not in stage.props:
                _outfit(found, target, spot, name)
            else:
                besides = _HOLDERS | {"floor"} if verb.name == "fall" else frozenset()
                place(found, target, spot, stage, besides)
    for key in ("to", "into"):
        if verbs and not (key == "into" and verbs[0].name in ("twist", "type")):
            place(found, part.get(key), (*path, key), stage, _HOLDERS)
    for where, spot in items((*path, "on"), part.get("on")):
        place(found, spot, where, stage, _HOLDERS)
        check_long(found, part.get("say"), (*path, "say"), word(mapping(stage.props.get(word(spot))).get("kind")))
    for where, other in items((*path, "and"), part.get("and")):
        someone(found, other, where, stage)
    if isinstance(part.get("echo"), str):
        someone(found, part["echo"], (*path, "echo"), stage)
        if part["echo"] == name:
            found.at((*path, "echo"), f"'{name}' can't copy itself")
    for key in ("late", "only"):
        if key in part and "echo" not in part:
            found.at_key((*path, key), f"'{key}' says more of `echo`, and nobody is copied here")


def _outfit(found: Findings, outfit: object, path: Path, name: str) -> None:
    rig = found.rigs.get(name)
    if rig is not None and isinstance(outfit, str) and outfit not in rig.outfits:
        found.at(path, f"the puppet of '{name}' has no outfit '{outfit}'{did_you_mean(outfit, rig.outfits)}")


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
    known = known_values(prop)
    for value in values if isinstance(values, dict) and kind in VALUES and kind != "drawing" else ():
        if value not in known:
            tail = did_you_mean(value, known) or "; it has none"
            found.at_key((*path, "set", value), f"a {kind} has no value '{value}'{tail}")
    if kind == "drawing":
        own = values
        if isinstance(values, dict):
            own = {value: goal for value, goal in values.items() if value not in known}
        found.groups((*path, "set"), prop.get("file"), own)
    check_changes(found, part, path, name, stage)
    for value, goal in mapping(values).items():
        _followed(found, goal, (*path, "set", value), f"{name}.{value}", stage)


def known_values(prop: dict[str, Any]) -> tuple[str, ...]:
    """The values of a prop, as written, that `set` may move; of a drawing, those that are none of its groups'."""
    own = VALUES.get(word(prop.get("kind")), ())
    return (*own, SHINING) if prop.get("light") is not None and SHINING not in own else own


def _followed(found: Findings, goal: object, path: Path, own: str, stage: Stage) -> None:
    """Finds what is wrong with a value that follows another's."""
    of, where = (goal, path) if isinstance(goal, str) else (mapping(goal).get("of"), (*path, "of"))
    if not isinstance(of, str) or not DOTTED.fullmatch(of):
        return
    head = of.partition(".")[0]
    if of == own:
        found.at(where, f"'{own}' can't follow itself")
    elif head not in stage.names():
        found.at(where, f"nobody and nothing here is called '{head}'{did_you_mean(head, stage.names())}")
    elif head in stage.props:
        kind, value = word(mapping(stage.props[head]).get("kind")), of.partition(".")[2]
        known = known_values(mapping(stage.props[head]))
        if kind in VALUES and kind != "drawing" and value not in known:
            tail = did_you_mean(value, known) or "; it has none"
            found.at(where, f"a {kind} has no value '{value}'{tail}")
