"""The moments that a part of a beat comes to, told from its text alone: of its acts, its line, what it touches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from storyreel.script.dot import spoken_words
from storyreel.script.findings import items, listed, mapping, word
from storyreel.script.verbs import VERBS, Verb, targets
from storyreel.script.vocabulary import Names
from storyreel.source.places import Path

SHORT_ACTS = ("enter", "exit", "go", "face", "look", "turn", "pose")
"""The acts that have a key of their own and are not written under `do`."""
SIDES = ("left", "right", "top", "bottom")
"""Where somebody can come from and go to."""
CHANGES = ("flip", "become", "scatter")
"""What words and notes do of themselves, by the keys of a part."""
GUST = "wind.gust"
"""The moment at which a gust of wind sets in."""
END = -1
"""The stage of a part at which it is over."""
PAUSE = " / "
"""Where a line waits for its `resume`."""


def acts_of(part: dict[str, Any], path: Path) -> list[tuple[str, Path, object]]:
    """The acts that a part names, each with its path, and what is set of it."""
    found: list[tuple[str, Path, object]] = []
    for where, item in items((*path, "do"), part.get("do")):
        if isinstance(item, str):
            found.append((item, where, None))
        elif isinstance(item, dict):
            found += [(act, (*where, act), options) for act, options in item.items()]
    return found


def part_moments(name: str, part: dict[str, Any], acts: Mapping[str, Names] | None) -> dict[str, int]:
    """The moments of a part as `name.moment`, each with its stage: 0 from the part's start on, 1 from its first
    `resume` on …, `END` when it is over.

    Args:
        name: whose part it is.
        part: the part as plain data.
        acts: the moments of each act, where they are known.
    """
    found: dict[str, int] = {}
    for stage, moment in _moments(name, part, acts or {}):
        found.setdefault(moment, stage)
    return found


def _moments(name: str, part: dict[str, Any], acts: Mapping[str, Names]) -> Iterator[tuple[int, str]]:
    kinds = [act for act, *_ in acts_of(part, ())] + [act for act in SHORT_ACTS if part.get(act) is not None]
    for act in kinds:
        for moment in sorted(acts.get(act, ())):
            yield END if moment == "end" else 0, f"{name}.{moment}"
        yield END, f"{name}.{act}.end"
    if any(part.get(way) not in (None, *SIDES, "pop") for way in ("enter", "exit")) or part.get("through") is not None:
        yield 0, f"{name}.through"
    if part.get("to") is not None:
        edges = [one.split(".") for verb in ("push", "pull") for one in listed(part.get(verb)) if "." in word(one)]
        yield from ((END, f"{edge[0]}.shut") for edge in edges if edge[1] in SIDES)
    yield from _said(name, word(part.get("say")))
    for other in listed(part.get("and")):
        yield from _said(word(other), word(part.get("say")))
    for verb in VERBS.values():
        if part.get(verb.name) is not None:
            yield from _touched(name, part, verb)
    yield from _written(name, part)


def _said(name: str, line: str) -> Iterator[tuple[int, str]]:
    if not line:
        return
    times: dict[str, int] = {}
    yield 0, f"{name}.says"
    for stage, piece in enumerate(line.split(PAUSE)):
        for spoken in spoken_words(piece):
            times[spoken] = times.get(spoken, 0) + 1
            count = f".{times[spoken]}" if times[spoken] > 1 else ""
            yield stage, f"{name}.says.{spoken}{count}"
    yield END, f"{name}.said"


def _written(name: str, part: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """What words do of themselves."""
    for key in CHANGES:
        if part.get(key):
            yield 0, f"{name}.{key}"
            yield END, f"{name}.{key}.end"
    letters = sum(not sign.isspace() for sign in word(part.get("become")))
    yield from ((0, f"{name}.home{number}") for number in range(1, min(letters, 500) + 1))
    if letters:
        yield END, f"{name}.read"


def _touched(name: str, part: dict[str, Any], verb: Verb) -> Iterator[tuple[int, str]]:
    named = targets(part[verb.name])
    things = [one for one in named if isinstance(one, str)] if isinstance(named, list) else []
    times = part.get("times", 1)
    count = max(len(things), min(times, 60) if isinstance(times, int) else 1)
    reached = "stop" not in part
    if verb.text:
        count = sum(map(str.isalnum, "".join(things)))
        things = [one for one in listed(part.get("on")) if isinstance(one, str)]
    heads = [one.partition(".")[0] for one in things]
    for who in dict.fromkeys((name, *heads)):
        yield 0, f"{who}.{verb.name}.near"
        yield END, f"{who}.{verb.name}.end"
        if not reached:
            continue
        yield 0, f"{who}.{verb.name}"
        yield END, f"{who}.{verb.name}.off"
        yield from ((0, f"{who}.{verb.name}.{number}") for number in range(1, count + 1))
        yield from ((0, f"{who}.{verb.name}.{own}") for own in verb.own)
        if "key" in verb.own:
            yield from ((0, f"{who}.key{number}") for number in range(1, max(count, 24) + 1))
            yield (0 if verb.name == "erase" else END), f"{who}.empty" if verb.name == "erase" else f"{who}.full"
    if reached and verb.name in ("tug", "pull"):
        yield from ((0, f"{head}.taut") for head in heads)
    if reached:
        yield from ((0, f"{name}.{verb.name}.{thing.rpartition('.')[2]}") for thing in things)
        yield from ((0, head) for head in heads if head != name)


def touched_short(name: str, part: dict[str, Any]) -> dict[str, float]:
    """The contacts that a part doesn't come to, because it stops short of them, with how short."""
    short = part.get("stop")
    if not isinstance(short, int | float):
        return {}
    verbs = [verb for verb in VERBS if part.get(verb) is not None]
    things = [one.partition(".")[0] for verb in verbs for one in listed(part[verb]) if isinstance(one, str)]
    return {f"{who}.{verb}": short for verb in verbs for who in (name, *things)}


def does(part: object) -> dict[str, Any]:
    """A part as keys and values: plain text is a spoken line."""
    return {"say": part} if isinstance(part, str) else mapping(part)
