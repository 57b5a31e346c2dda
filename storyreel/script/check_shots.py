"""Checks how a scene is looked at: its set-ups, the shots of its beats, the ways out of them."""

from __future__ import annotations

from typing import Any

from storyreel.errors import did_you_mean
from storyreel.script.findings import Findings, Stage, a_moment, items, listed, mapping, someone, word
from storyreel.script.shots import SIZES
from storyreel.script.transitions import WAYS
from storyreel.script.units import POSITIONS
from storyreel.source.places import Path

STAGE = "stage"
"""What a set is called: its named groups are its places."""
_WORDS = {
    "mirror": "what a pane `shows`",
    "under": "what a pane `shows`",
    STAGE: "the set, whose groups are its places",
    "floor": "on what things `fall`",
    "nowhere": "where a line can be read",
    "lane": "where a line can be read",
}
"""Names that mean something already, and where."""
_ON = frozenset(("then", "same", "again", "continue", "stay", "before"))
"""What somebody may write who wants no other shot."""
WIND = "wind"
"""What turns a page besides hands."""


def check_names(found: Findings, tree: dict[str, Any]) -> None:
    """Complains of two that share a name, and of shots that are called like a size."""
    if tree.get("storyreel") == 1:
        return
    cast = dict.fromkeys(mapping(tree.get("cast")), "one of the cast")
    scenes = [(number, mapping(scene)) for number, scene in enumerate(listed(tree.get("scenes")))]
    taken = dict(cast)
    for number, scene in scenes:
        called = scene.get("id")
        if isinstance(called, str):
            if called in cast:
                found.at(("scenes", number, "id"), f"'{called}' is one of the cast; one name, one thing")
            taken.setdefault(called, "a scene")
    for name in (name for name in cast if name in _WORDS):
        found.at_key(("cast", name), _reserved(name))
    for number, scene in scenes:
        for name in mapping(scene.get("props")):
            if name in _WORDS:
                found.at_key(("scenes", number, "props", name), _reserved(name))
            if taken.get(name) == "a scene":
                found.at_key(("scenes", number, "props", name), f"'{name}' is a scene; one name, one thing")
        here = {**taken, **dict.fromkeys(mapping(scene.get("props")), "a prop")}
        for name in mapping(scene.get("shots")):
            path = ("scenes", number, "shots", name)
            if name in SIZES:
                found.at_key(path, f"'{name}' is a size; give the shot another name")
            elif name in here:
                found.at_key(path, f"'{name}' is {here[name]}; give the shot another name")


def _reserved(name: str) -> str:
    return f"'{name}' is a word of the format ({_WORDS[name]}) and can't name anything; write {name}-1, or another name"


def check_shots(found: Findings, scene: dict[str, Any], path: Path, stage: Stage, tree: dict[str, Any]) -> None:
    """Complains of the set-ups and the shots of one scene."""
    own = mapping(scene.get("shots"))
    shots = {**_elsewhere(tree), **own}
    for name, shot in own.items():
        _shot(found, mapping(shot), (*path, "shots", name), stage, shots)
        if name in _likes(name, shots):
            found.at((*path, "shots", name, "like"), f"'{name}' would be like itself")
    current: dict[str, Any] | None = None
    for number, item in enumerate(listed(scene.get("beats"))):
        beat, here = mapping(item), (*path, "beats", number)
        shot = beat.get("shot")
        if isinstance(shot, str) and shot not in shots and shot not in SIZES:
            tail = did_you_mean(shot, {*SIZES, *shots})
            tail = "; a beat without `shot` goes on in the same picture" if shot in _ON else tail
            found.at((*here, "shot"), f"no shot '{shot}' in this scene{tail}")
        elif isinstance(shot, dict):
            _shot(found, shot, (*here, "shot"), stage, shots)
        current = resolved(shot, shots) if shot is not None else current
        for where, camera in items((*here, "camera"), beat.get("camera")):
            _into(found, mapping(camera), where, own, current, stage)
        _cut(found, mapping(beat.get("cut")), (*here, "cut"), stage)
        still = mapping(beat.get("still"))
        for where, one in items((*here, "still", "except"), still.get("except")):
            place(found, one, where, stage)


def _cut(found: Findings, cut: dict[str, Any], path: Path, stage: Stage) -> None:
    """Complains of a way out that names nobody, and of two of them at once."""
    ways = [way for way in WAYS if cut.get(way) is not None]
    if len(ways) > 1:
        found.at_key((*path, ways[1]), f"a shot has one way out; `{ways[0]}` is said, too")
    for key in ("cover", "follow", "through", "match"):
        if isinstance(cut.get(key), str):
            place(found, cut[key], (*path, key), stage)
    if "with" in cut and "match" not in cut:
        found.at_key((*path, "with"), "`with` says what lies where a `match` was; write match: and a name, too")
    if cut.get("keep") and cut.get("tear") != "down":
        found.at_key((*path, "keep"), "what is kept is half of a sheet that is torn down; write tear: down, too")
    by = cut.get("by")
    if isinstance(by, str) and "tear" in cut:
        someone(found, by, (*path, "by"), stage)
    elif isinstance(by, str) and by != WIND and "page" in cut:
        found.at((*path, "by"), "a page is turned by: wind; or by nobody, if it is left out")
    elif isinstance(by, str) and not {"tear", "page"} & set(cut):
        found.at_key((*path, "by"), "`by` says who pulls a torn sheet away, or what turns a page")


def _elsewhere(tree: dict[str, Any]) -> dict[str, Any]:
    """The set-ups of all scenes by the names that others have for them: `night.low`."""
    found: dict[str, Any] = {}
    for scene in map(mapping, listed(tree.get("scenes"))):
        shots = mapping(scene.get("shots"))
        for name, shot in shots.items():
            like = mapping(shot).get("like")
            own = {"like": f"{scene.get('id')}.{like}"} if isinstance(like, str) and like in shots else {}
            found[f"{scene.get('id')}.{name}"] = {**mapping(shot), **own}
    return found


def resolved(shot: object, shots: dict[str, Any]) -> dict[str, Any]:
    """A shot with all that it takes from the one that it is like."""
    if isinstance(shot, str):
        return resolved(shots[shot], shots) if shot in shots and shot not in _likes(shot, shots) else {"size": shot}
    own = mapping(shot)
    like = word(own.get("like"))
    return {**(resolved(like, shots) if like in shots else {}), **own}


def _likes(name: str, shots: dict[str, Any]) -> list[str]:
    """The shots that a shot is like, one behind the other."""
    found: list[str] = []
    like = word(mapping(shots.get(name)).get("like"))
    while like in shots and like not in found:
        found.append(like)
        like = word(mapping(shots[like]).get("like"))
    return found


def _shot(found: Findings, shot: dict[str, Any], path: Path, stage: Stage, shots: dict[str, Any]) -> None:
    like = shot.get("like")
    if isinstance(like, str) and like not in shots:
        found.at((*path, "like"), f"no shot '{like}' in this scene{did_you_mean(like, shots)}")
    place(found, shot.get("on"), (*path, "on"), stage)
    someone(found, shot.get("behind"), (*path, "behind"), stage)
    sees = shot.get("sees")
    for where, name in items((*path, "sees"), sees if not isinstance(sees, dict) else None):
        someone(found, name, where, stage)
    for name in mapping(sees):
        if name not in stage.names():
            found.at_key((*path, "sees", name), f"nobody and nothing here is called '{name}'{_near(name, stage)}")
    for where, name in items((*path, "cuts"), shot.get("cuts")):
        if isinstance(name, str) and name not in stage.here:
            found.at(where, f"`cuts` names whose face is cut, and '{name}' is none of the cast here")
    someone(found, shot.get("along"), (*path, "along"), stage)
    for where, one in items((*path, "focus"), shot.get("focus")):
        someone(found, one, where, stage, besides=(STAGE,))
    found.ground((*path, "set"), shot.get("set"))
    share = shot.get("size")
    if isinstance(share, int | float) and not 0 < share <= 4:
        found.at((*path, "size"), "a head is 0 to 4 pictures high; or write a size: close, medium, full")


def _into(
    found: Findings,
    camera: dict[str, Any],
    path: Path,
    shots: dict[str, Any],
    current: dict[str, Any] | None,
    stage: Stage,
) -> None:
    into = camera.get("into")
    if not isinstance(into, str):
        return
    if into not in shots:
        found.at((*path, "into"), f"no shot '{into}' in this scene{did_you_mean(into, shots)}")
    elif current is None:
        found.at((*path, "into"), "there is no shot yet to move from; begin the beat with `shot`")
    elif resolved(into, shots).get("set") != current.get("set"):
        found.at((*path, "into"), f"'{into}' has another set, and a camera can't move into it; cut to it: shot: {into}")


def along_something(found: Findings, value: object, path: Path, stage: Stage) -> None:
    """Complains of a camera that should go along somebody, or what isn't there."""
    if isinstance(value, str) and value in stage.here:
        found.at(path, f"'{value}' is one of the cast, and no way; to keep them in view write follow: {value}")
    else:
        someone(found, value, path, stage)


def place(found: Findings, value: object, path: Path, stage: Stage, besides: frozenset[str] = frozenset()) -> None:
    """Complains of what is no name or place of anybody here: a moment above all."""
    if not isinstance(value, str) or value in besides or a_moment(found, value, path, stage):
        return
    head, *rest = value.split(".")
    if head != STAGE and (rest or head not in POSITIONS):
        someone(found, head, path, stage)


def _near(name: str, stage: Stage) -> str:
    return did_you_mean(name, stage.names())
