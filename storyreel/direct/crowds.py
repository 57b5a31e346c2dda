"""Many from few: a crowd as so many of the cast, each in a place of their own, who do what is said of all of them."""

from __future__ import annotations

import math
import random
import re
from dataclasses import dataclass
from typing import Any

from storyreel.direct.production import seeded
from storyreel.direct.schedule import Times
from storyreel.script.dot import Moment, time
from storyreel.script.models import Scene, Script
from storyreel.script.props import Crowd
from storyreel.script.units import POSITIONS, Duration, Point

_GOLDEN = (math.sqrt(5) - 1) / 2
"""How far apart in depth those stand who are beside each other, as a share of the crowd's: evenly, never in rows."""
_JITTER = 0.35
_TEXTS = frozenset(("say", "as", "text", "sub", "label", "question", "notes", "type", "recording"))
"""Keys whose text is shown or heard, and names nobody."""
_FLOOR = 0.878


@dataclass(frozen=True)
class _One:
    """One of a crowd: the name that the director calls them by, and where they stand."""

    name: str
    at: Point
    size: float
    order: float


def peopled(script: Script, times: Times) -> Script:
    """A film whose crowds are people of its cast: `far.3` is the third of the crowd `far`, from the left.

    Args:
        script: the film as written.
        times: how long an author's times are.
    """
    if not any(isinstance(prop, Crowd) for scene in script.scenes for prop in scene.props.values()):
        return script
    tree = script.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for scene, written in zip(tree["scenes"], script.scenes, strict=True):
        crowds = {name: prop for name, prop in written.props.items() if isinstance(prop, Crowd)}
        for name, crowd in crowds.items():
            people = _people(f"{name}", crowd, seeded(script.seed, written.id, name), written.floor)
            _place(tree, scene, people, crowd, script)
            del scene["props"][name]
            scene["beats"] = [_told(beat, name, crowd, people, times, written) for beat in scene["beats"]]
            for shot in scene.get("shots", {}).values():
                _seen(shot, name, people)
            for part in ("beats", "shots", "camera"):
                if part in scene:
                    scene[part] = _named(scene[part], name, people)
    return Script.model_validate(tree)


def _people(name: str, crowd: Crowd, seed: int, floor: float) -> list[_One]:
    """The people of a crowd from left to right: the lower somebody stands, the nearer and the larger they are."""
    chance = random.Random(seed)
    across, down = POSITIONS.get(crowd.at, (0.5, None)) if isinstance(crowd.at, str) else crowd.at
    down = floor if down is None else down
    least, most = crowd.sizes
    found = []
    for number in range(crowd.count):
        deep = (number * _GOLDEN + 0.5) % 1.0
        aside = (number + 0.5 + _JITTER * chance.uniform(-1, 1)) / crowd.count - 0.5
        at = (across + aside * crowd.spread[0], down + (deep - 0.5) * crowd.spread[1])
        found.append(_One(f"{name}-{number + 1}", at, least + (most - least) * deep, crowd.order + deep - 1.0))
    return found


def _place(tree: dict[str, Any], scene: dict[str, Any], people: list[_One], crowd: Crowd, script: Script) -> None:
    cast = tree.setdefault("cast", {})
    placed = scene.setdefault("cast", {})
    for number, one in enumerate(people):
        of = crowd.of[number % len(crowd.of)]
        member = (
            script.cast[of].model_dump(mode="json", by_alias=True, exclude_defaults=True) if of in script.cast else {}
        )
        cast[one.name] = {
            **{key: value for key, value in member.items() if key != "voice"},
            "puppet": member.get("puppet", of),
        }
        placed[one.name] = {"at": list(one.at), "size": one.size, "order": one.order, "offstage": crowd.hidden}
        if crowd.in_ is not None:
            placed[one.name]["in"] = crowd.in_


def _told(
    beat: dict[str, Any], name: str, crowd: Crowd, people: list[_One], times: Times, scene: Scene
) -> dict[str, Any]:
    """A beat in which everybody of a crowd does what it does, one after another where it says `each`."""
    found: dict[str, Any] = {}
    for key, value in beat.items():
        single = re.fullmatch(rf"{re.escape(name)}\.(\d+)", key)
        if single and int(single[1]) <= len(people):
            found[f"{name}-{single[1]}"] = value
        elif key != name:
            found[key] = value
        else:
            parts = [
                {"say": part} if isinstance(part, str) else part
                for part in (value if isinstance(value, list) else [value])
            ]
            for one in people:
                found[one.name] = [_his(part, one, people, times, scene) for part in parts]
    if isinstance(found.get("shot"), dict):
        _seen(found["shot"], name, people)
    return found


def _his(part: dict[str, Any], one: _One, people: list[_One], times: Times, scene: Scene) -> dict[str, Any]:
    own = {key: value for key, value in part.items() if key not in ("each", "from")}
    if "each" not in part:
        return own
    order = people
    start = _spot(part.get("from"), scene)
    if start is not None:
        order = sorted(people, key=lambda other: math.dist(other.at, start))
    late = times.frames(Duration.parse(part["each"])) * order.index(one)
    own["at"] = _later(part.get("at"), late, times)
    return own


def _spot(place: object, scene: Scene) -> Point | None:
    """Roughly where something is, in shares of the safe box: where it is placed as the scene begins."""
    if isinstance(place, list) and len(place) == 2:
        return float(place[0]), float(place[1])
    head = str(place).partition(".")[0] if place is not None else ""
    known = {**scene.cast, **scene.props}
    at = known[head].at if head in known else head
    if isinstance(at, str):
        across, down = POSITIONS.get(at, (None, None))
        return None if across is None else (across, _FLOOR if down is None else down)
    return at


def _later(at: object, frames: int, times: Times) -> str:
    """A time or a moment, so many frames later."""
    if at is None:
        return f"{frames}f"
    read = time(at)
    if isinstance(read, Duration):
        return f"{times.frames(read) + frames}f"
    off = 0 if read.offset is None else times.frames(read.offset) * (-1 if read.before else 1)
    off += frames
    return str(Moment(read.path, Duration.parse(f"{abs(off)}f"), off < 0))


def _seen(shot: dict[str, Any], name: str, people: list[_One]) -> None:
    sees = shot.get("sees")
    if isinstance(sees, dict) and name in sees:
        del sees[name]
        sees.update(dict.fromkeys(one.name for one in people))


def _named(value: Any, name: str, people: list[_One], key: str = "") -> Any:
    """What is written of a crowd, as the names of its people; of the crowd as a whole, as the one in its middle."""
    if isinstance(value, dict):
        return {inner: _named(one, name, people, inner) for inner, one in value.items()}
    if isinstance(value, list):
        return [_named(one, name, people, key) for one in value]
    if not isinstance(value, str) or key in _TEXTS or value.partition(".")[0].partition(" ")[0] != name:
        return value
    number, rest = re.fullmatch(rf"{re.escape(name)}(?:\.(\d+))?(.*)", value, re.DOTALL).groups()  # type: ignore[union-attr]
    return f"{name}-{number or (len(people) + 1) // 2}{rest}"
