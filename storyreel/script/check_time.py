"""The time graph of a film, without painting: every moment that something waits for, and the rings among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from storyreel.errors import did_you_mean
from storyreel.script.dot import Moment, time
from storyreel.script.findings import Findings, items, listed, mapping
from storyreel.script.moments import END, GUST, does, part_moments, touched_short
from storyreel.script.rings import Waits
from storyreel.script.sending import sent
from storyreel.script.units import POSITIONS, Duration
from storyreel.script.verbs import VERBS
from storyreel.source.places import Path

CUES = (
    *("camera", "grade", "mood", "wind", "hour", "page"),
    *("hearts", "sparkles", "confetti", "puffs", "shock", "impact", "sfx", "music"),
)
"""The keys of a beat that begin `at` some time, beside its parts."""
_ENDING = ("still", "sound", "cut")
PLACES = frozenset(("middle", "top", "bottom", "left", "right", "hand", "face", "head", "chest", "feet", "foot"))
"""What everything and everybody has as a place, so that nobody means a moment by it."""

Node = tuple[int, Path, int]
"""A stage of a part (or of a cue, or a beat itself): the beat's number in the film, where it stands, which stage."""


@dataclass(frozen=True)
class _Beat:
    """One beat of the film: where it stands, its parts by name, and who can come to which moments in it."""

    number: int
    path: Path
    raw: dict[str, Any]
    parts: tuple[tuple[str, Path, dict[str, Any]], ...]
    moments: Mapping[str, tuple[Node, ...]]
    """Each moment, with the stages of the parts that come to it."""
    short: Mapping[str, float]
    """The contacts that are not reached, and how short of them a touch stops."""
    names: frozenset[str]
    """Everybody and everything in the scene."""

    def comes_from(self) -> set[str]:
        """Whoever has a moment in it."""
        return {moment.partition(".")[0] for moment in self.moments}


def check_time(found: Findings, tree: dict[str, Any]) -> None:
    """Complains of moments that never come: nobody comes to them, or what comes to them waits for them."""
    beats = list(_beats(found, tree))
    later: dict[str, list[int]] = {}
    for beat in beats:
        for moment in beat.moments:
            later.setdefault(moment, []).append(beat.number)
    graph = _Graph(found, beats, later)
    for beat in beats:
        graph.beat(beat)
    graph.say_rings()


def _beats(found: Findings, tree: dict[str, Any]) -> Iterator[_Beat]:
    cast, number = mapping(tree.get("cast")), 0
    for index, one in enumerate(listed(tree.get("scenes"))):
        scene = mapping(one)
        names = frozenset({*cast, *mapping(scene.get("props"))})
        for place, item in enumerate(listed(scene.get("beats"))):
            beat, path = mapping(item), ("scenes", index, "beats", place)
            parts = tuple(
                (name, where, does(part))
                for name in beat
                if name in names
                for where, part in items((*path, name), beat[name])
            )
            moments: dict[str, tuple[Node, ...]] = {}
            short: dict[str, float] = {}
            if "page" in beat:
                moments["page.hit"] = tuple((number, where, 0) for where, _ in items((*path, "page"), beat["page"]))
            for name, where, part in parts:
                short |= touched_short(name, part)
                for moment, stage in part_moments(name, part, found.words.moments).items():
                    moments[moment] = (*moments.get(moment, ()), (number, where, stage))
                for moment in sent(part, mapping(scene.get("props"))):
                    moments[moment] = (*moments.get(moment, ()), (number, where, 0))
            for where, wind in items((*path, "wind"), beat.get("wind")):
                if mapping(wind).get("gust") is not None:
                    moments[GUST] = (*moments.get(GUST, ()), (number, where, 0))
            yield _Beat(number, path, beat, parts, moments, short, names | {"wind", "page"})
            number += 1


class _Graph:
    """What waits for what, in the making."""

    def __init__(self, found: Findings, beats: list[_Beat], later: Mapping[str, list[int]]) -> None:
        self.found, self.beats, self.later = found, beats, later
        self.waits: Waits[Node] = Waits()
        self.links: dict[tuple[Node, Node], tuple[str, Path]] = {}
        """For each node that waits for another: the moment it waits for, and where that is written."""

    def beat(self, beat: _Beat) -> None:
        """Adds everything in a beat."""
        start, end = (beat.number, beat.path, 0), (beat.number, beat.path, END)
        self.waits.add(start, *([(beat.number - 1, self.beats[beat.number - 1].path, END)] if beat.number else []))
        self.waits.add(end, start)
        lasts = "for" in beat.raw or "at" in mapping(beat.raw.get("cut"))
        for name, where, part in beat.parts:
            last = self._part(beat, name, where, part)
            if not lasts:
                self.waits.add(end, last)
        for key in (*CUES, *_ENDING):
            for where, item in items((*beat.path, key), beat.raw.get(key)):
                node = (beat.number, where, 0)
                self._start(beat, node, mapping(item).get("at"), (*where, "at"), "at")
                if "until" in mapping(item):
                    over = (beat.number, where, END)
                    until, onwards = mapping(item)["until"], "copy" in mapping(item)
                    self._start(beat, over, until, (*where, "until"), "until", onwards=onwards)
                if key == "cut":
                    self.waits.add(end, node)

    def _part(self, beat: _Beat, name: str, where: Path, part: dict[str, Any]) -> Node:
        """Adds the stages of a part; gives its last."""
        begins: Node = (beat.number, where, 0)
        ends: Node = (beat.number, where, END)
        self._start(beat, begins, part.get("at"), (*where, "at"), "at")
        stages = [begins]
        for number, (place, at) in enumerate(items((*where, "resume"), part.get("resume")), 1):
            node = (beat.number, where, number)
            self.waits.add(node, stages[-1])
            self._start(beat, node, at, place, "resume")
            stages.append(node)
        for stage in stages:
            self.waits.add(ends, stage)
        until: Node = (beat.number, (*where, "until"), 0)
        self._start(beat, until, part.get("until"), (*where, "until"), "until")
        moment = read_moment(part.get("until"))
        if moment is not None and moment.name in beat.moments:
            # Only what ends in its own beat is waited for there; all else goes on behind it.
            self.waits.add(ends, until)
        return ends

    def _start(self, beat: _Beat, node: Node, at: object, path: Path, key: str, *, onwards: bool | None = None) -> None:
        """Lets a node wait for the moment that is written at a path, or for the beat's start."""
        onwards = key != "at" if onwards is None else onwards
        self.waits.add(node, (beat.number, beat.path, 0))
        moment = read_moment(at)
        if moment is None:
            return
        givers = self._givers(beat, moment, onwards=onwards)
        if not givers:
            _say(self.found, beat, moment, path, key, onwards, self.later, self.beats)
            return
        self.waits.add(node, *givers)
        for giver in givers:
            self.links.setdefault((node, giver), (moment.name, path))

    def _givers(self, beat: _Beat, moment: Moment, onwards: bool) -> tuple[Node, ...]:
        here = beat.moments.get(moment.name, ()) or beat.moments.get(_counted(moment), ())
        if here or not onwards:
            # A line that is said along has the moments of whoever says it.
            known = {node: None for node in here if node[0] == beat.number}
            return tuple(self._known(node) for node in known)
        number = next((one for one in self.later.get(moment.name, ()) if one > beat.number), None)
        return self.beats[number].moments[moment.name] if number is not None else ()

    def _known(self, node: Node) -> Node:
        """A stage of a part as it is waited for: a piece of a line without a `resume` of its own comes with the last
        piece that has one."""
        number, where, stage = node
        if stage <= 0:
            return node
        part = next(part for _, path, part in self.beats[number].parts if path == where)
        return (number, where, min(stage, len(listed(part.get("resume")))))

    def say_rings(self) -> None:
        """Complains of each ring, with every link of it."""
        for ring in self.waits.rings():
            steps = []
            for here, there in zip(ring, (*ring[1:], ring[0]), strict=True):
                link = self.links.get((here, there))
                if link is not None:
                    steps.append(link)
            if not steps:
                continue
            path = steps[0][1]
            told = [(moment, self.found.places(where).line) for moment, where in steps]
            if len(told) == 1:
                self.found.at(path, self._alone(ring, told[0][0]))
                continue
            names = [told[-1][0], *(moment for moment, _ in told[:-1])]
            links = [
                f"{'which waits' if number else f'{names[0]}{_in(told[0][1])} waits'} for {moment}"
                + (_in(told[(number + 1) % len(told)][1]) if number + 1 < len(told) else "")
                for number, (moment, _) in enumerate(told)
            ]
            said = f"these wait for each other: {', '.join(links)}; give one of them a time"
            self.found.at(path, said)

    def _alone(self, ring: tuple[Node, ...], moment: str) -> str:
        if any(where == self.beats[number].path for number, where, _ in ring):
            return (
                f"'{moment}' comes after this beat, which would wait for it before it ends; give the beat a length: "
                "`for`, or a `cut` with its `at`"
            )
        return f"'{moment}' never comes: what it is a moment of waits for this"


def _counted(moment: Moment) -> str:
    """The moment of an act that `michii.land.2` is the second of; how often it comes is not known here."""
    *base, number = moment.path
    act = len(base) == 2 and base[1] not in (*VERBS, "says", "said")
    return ".".join(base) if act and number.isdigit() else ""


def _in(line: int) -> str:
    return f" ({line})" if line else ""


def read_moment(at: object) -> Moment | None:
    """A moment, where it is one; what is neither a time nor a moment is said by the models."""
    if not isinstance(at, str):
        return None
    try:
        read = time(at)
    except ValueError:
        return None
    return None if isinstance(read, Duration) else read


def _say(
    found: Findings,
    beat: _Beat,
    moment: Moment,
    path: Path,
    key: str,
    onwards: bool,
    later: Mapping[str, list[int]],
    beats: list[_Beat],
) -> None:
    """Complains of a moment that doesn't come."""
    who, rest = moment.who, ".".join(moment.path[1:])
    name = moment.name
    if name in POSITIONS:
        found.at(path, f"'{name}' is a place; `{key}` wants a time; to go there write go: {name}")
    elif who not in beat.names:
        found.at(path, f"'{who}' does nothing in this beat{did_you_mean(who, beat.comes_from())}")
    elif name in beat.short:
        found.at(path, f"waits for {name}, which stops {beat.short[name]:g} short; {name}.near comes")
    elif (other := _elsewhere(beat, later.get(name, ()))) is not None:
        line = found.places(beats[other].path).line
        order = "comes later" if other > beat.number else "has come before"
        looks = "looks here and onwards" if onwards else "looks in its own beat"
        found.at(path, f"'{name}' {order}{f', in the beat in line {line}' if line else ''}; `{key}` {looks}")
    elif rest.partition(".")[0] in PLACES and f"{who}.{rest}" not in beat.moments:
        found.at(path, f"'{name}' is a place; `{key}` wants a time; to go there write go: {name}")
    elif moment.path[1:2] in (("says",), ("said",)):
        _unsaid(found, beat, moment, path)
    elif who == "page":
        turned = any(each.startswith("page.") for each in beat.moments)
        found.at(path, f"a page comes to no '{rest}'; write page.hit" if turned else "no page is turned in this beat")
    elif not rest:
        found.at(path, f"nothing touches '{who}' in this beat; `{key}` wants a time; to go there write go: {who}")
    elif moment.path[1] in VERBS and who not in _doers(beat):
        found.at(path, f"nothing touches '{who}' in this beat: who should {moment.path[1]} it?")
    elif who not in beat.comes_from() and who not in _doers(beat):
        found.at(path, f"'{who}' does nothing in this beat{did_you_mean(who, beat.comes_from())}")
    elif found.words.moments is not None:
        known = {one.partition(".")[2] for one in beat.moments if one.startswith(f"{who}.")}
        plain = {one for one in known if one.partition(".")[2] != "end"}
        tail = did_you_mean(rest, plain) or "; its acts have no moments"
        found.at(path, f"'{who}' comes to no '{rest}' in this beat{tail}")


def _doers(beat: _Beat) -> set[str]:
    return {name for name, _, _ in beat.parts}


def _elsewhere(beat: _Beat, numbers: list[int] | tuple[int, ...]) -> int | None:
    """The nearest other beat in which a moment comes."""
    return min(numbers, key=lambda one: abs(one - beat.number), default=None)


def _unsaid(found: Findings, beat: _Beat, moment: Moment, path: Path) -> None:
    who = moment.who
    said = {one.removeprefix(f"{who}.says.") for one in beat.moments if one.startswith(f"{who}.says.")}
    if not said:
        found.at(path, f"'{who}' says nothing in this beat")
    else:
        spoken = ".".join(moment.path[2:])
        found.at(path, f"{who} doesn't say '{spoken}' here{did_you_mean(spoken, said)}")
