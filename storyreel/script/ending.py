"""The end of a film: the beat of the story that its reveal begins with, and what is said and written there."""

from __future__ import annotations

from typing import Any

from storyreel.errors import did_you_mean
from storyreel.script.findings import Findings, Stage, items, listed, mapping, word
from storyreel.script.models import Creator, Reveal, Script
from storyreel.script.parts import check_part
from storyreel.script.units import Duration
from storyreel.source.places import Path, Places

_FIRST: Path = ("reveal", "first")
_ON_CARD = ("at", "for", "do", "face", "look", "turn", "pose")
"""What a guest can do on the card."""


def ending(script: Script) -> Reveal:
    """How the film's reveal goes, as far as it says."""
    return script.reveal if isinstance(script.reveal, Reveal) else Reveal()


def spoken(script: Script, creator: Creator) -> str:
    """What is said at the end."""
    return ending(script).say or creator.line


def written(script: Script, creator: Creator) -> str:
    """The message, as the card writes it."""
    own = ending(script)
    return own.as_ or creator.message or own.say


def with_first(script: Script) -> Script:
    """A script whose last scene ends with the first beat of its reveal, if there is one."""
    own = ending(script)
    last = next((number for number in reversed(range(len(script.scenes))) if not script.scenes[number].clip), None)
    if own.first is None or last is None or script.creator is None:
        return script
    scenes = list(script.scenes)
    scenes[last] = scenes[last].model_copy(update={"beats": [*scenes[last].beats, own.first]})
    return script.model_copy(update={"scenes": scenes})


def unfolded(tree: dict[str, Any], places: Places) -> tuple[dict[str, Any], Places]:
    """The same of a file as plain data; and its places, where that beat is found at either path."""
    first = mapping(tree.get("reveal")).get("first")
    scenes = tree.get("scenes")
    if not isinstance(first, dict) or not isinstance(scenes, list) or "creator" not in tree:
        return tree, places
    told = [number for number, one in enumerate(scenes) if mapping(one).get("clip") is not True]
    if not told or not isinstance(scenes[told[-1]], dict):
        return tree, places
    last = scenes[told[-1]]
    beats = listed(last.get("beats"))
    scenes = [*scenes[: told[-1]], {**last, "beats": [*beats, first]}, *scenes[told[-1] + 1 :]]
    return {**tree, "scenes": scenes}, places.also(("scenes", told[-1], "beats", len(beats)), _FIRST)


def check_ending(found: Findings, tree: dict[str, Any], cast: dict[str, Any]) -> None:
    """Finds what is wrong with a reveal."""
    reveal, path = mapping(tree.get("reveal")), ("reveal",)
    creator = mapping(tree.get("creator"))
    if isinstance(tree.get("reveal"), dict) and "creator" not in tree:
        found.at_key(path, "nobody is revealed: the film has no `creator`")
    if creator and tree.get("reveal", True) and not (word(creator.get("message")) or word(reveal.get("say"))):
        found.at(("creator",), "the card says nothing: give the creator a `message`, or the reveal something to `say`")
    if "as" in reveal and not word(reveal.get("say")) and not word(creator.get("line")):
        found.at_key((*path, "as"), "'as' is how a line is written, and none is said; write the creator's `message`")
    _half_kept(found, tree)
    seen: set[str] = set()
    for where, one in items((*path, "card"), reveal.get("card")):
        if isinstance(one, str) and one in seen:
            found.at(where, f"'{one}' stands on the card twice")
        seen.add(str(one))
    stage = Stage(cast, frozenset(cast), {})
    for name, parts in mapping(reveal.get("guest")).items():
        here = (*path, "guest", name)
        if name not in cast:
            found.at_key(here, f"nobody in the cast is called '{name}'{did_you_mean(name, cast)}")
            continue
        for where, part in items(here, parts):
            _guest(found, mapping(part), where, name, stage)


def _half_kept(found: Findings, tree: dict[str, Any]) -> None:
    """Complains of a torn sheet whose half is to stay where no portrait comes under it."""
    cuts = [
        (where, mapping(mapping(beat).get("cut")))
        for scene, told in items(("scenes",), tree.get("scenes"))
        for where, beat in items((*scene, "beats"), mapping(told).get("beats"))
    ]
    revealed = "creator" in tree and tree.get("reveal", True)
    for where, cut in cuts if not revealed else cuts[:-1]:
        if cut.get("keep"):
            message = (
                "half of a sheet is kept on the portrait alone: by the last cut before it, that of the reveal's `first`"
            )
            found.at_key((*where, "cut", "keep"), message)


def _guest(found: Findings, part: dict[str, Any], path: Path, name: str, stage: Stage) -> None:
    for key in part:
        if key not in _ON_CARD:
            found.at_key((*path, key), f"a guest of the reveal can't '{key}'; it can: {', '.join(_ON_CARD)}")
    at = part.get("at")
    if isinstance(at, str) and not Duration.written(at):
        found.at((*path, "at"), f"'{at}' is a moment; on the card there are times alone, such as 183f")
    check_part(found, part, path, name, stage)
