"""Who is in the picture when: finds what nobody would see, and those who come in though they are there already."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from storyreel.script.findings import Findings, Stage, listed, mapping, parts_of
from storyreel.script.formats import Format, custom_format, format_names, named_format
from storyreel.script.models import CustomFormat
from storyreel.script.moments import acts_of
from storyreel.script.parts import BEAT_KEYS
from storyreel.script.units import POSITIONS
from storyreel.source.places import Path

_STATES = ("face", "pose", "look", "turn")
"""What holds from then on, so that it may be set before somebody comes in."""
_DEEDS = ("do", "go", "exit")
"""What is there to be seen."""
_HALF, _TALL = 0.28, 0.7
"""Half of the width and the height of one of the cast of size 1, as shares of the safe box; it is less in wide ones."""
_THING = 1.0
"""The same for a prop, generously: how large its drawing is, is not known here."""

Part = tuple[Path, dict[str, Any]]


def check_presence(found: Findings, scene: dict[str, Any], path: Path, stage: Stage, form: object) -> None:
    """Finds who acts unseen, who comes in a second time, and what stands outside the picture in one scene.

    Args:
        found: where to put it.
        scene: the scene as plain data.
        path: where the scene stands.
        stage: who and what is in it.
        form: the film's format as written.
    """
    # A misspelt placement is said already, and whom it means is not known.
    known = mapping(scene.get("cast")).keys() <= stage.cast.keys()
    for name in sorted(stage.here - BEAT_KEYS) if known else ():
        _walk(found, name, scene, path)
    edges = _edges(form)
    cameras = [mapping(scene.get("camera"))]
    cameras += [mapping(one) for beat in listed(scene.get("beats")) for one in listed(mapping(beat).get("camera"))]
    for group, things in (("cast", mapping(scene.get("cast"))), ("props", stage.props)):
        for name, thing in things.items():
            done = {key for beat in _beats(name, scene, path) for _, part in beat for key in part}
            heard = mapping(thing).get("offstage") is True and "enter" not in done
            if "go" not in done and not heard and not any(_looks_further(camera, name) for camera in cameras):
                _place(found, name, mapping(thing), (*path, group, name, "at"), stage, edges)


def _looks_further(camera: dict[str, Any], name: str) -> bool:
    """Whether a camera may show one who stands outside the picture as it is without it."""
    wide = any(isinstance(camera.get(key), int | float) and camera[key] < 1 for key in ("zoom", "push"))
    return wide or "to" in camera or name in (camera.get("on"), camera.get("follow"))


def _beats(name: str, scene: dict[str, Any], path: Path) -> list[list[Part]]:
    """What one does in each beat."""
    beats = enumerate(listed(scene.get("beats")))
    return [parts_of(mapping(beat), name, (*path, "beats", number)) for number, beat in beats]


def _comes(part: dict[str, Any]) -> bool:
    return part.get("enter") is not None or part.get("show") is not None


def _leaves(part: dict[str, Any]) -> bool:
    return (
        part.get("exit") is not None
        or part.get("hide") is not None
        or any(act == "tumble" for act, *_ in acts_of(part, ()))
    )


def _seen(scene: dict[str, Any]) -> set[str]:
    """Whom shots place who have no place on the stage."""
    shots = [*mapping(scene.get("shots")).values(), *(mapping(beat).get("shot") for beat in listed(scene.get("beats")))]
    seen = (mapping(mapping(shot).get("sees")) for shot in shots)
    return {name for one in seen for name, at in one.items() if at is not None}


def _walk(found: Findings, name: str, scene: dict[str, Any], path: Path) -> None:
    """Follows one of the cast through a scene, as far as the first thing that is wrong."""
    beats = _beats(name, scene, path)
    placed = mapping(scene.get("cast"))
    comes = any(_comes(part) for beat in beats for _, part in beat)
    here = name in placed and mapping(placed[name]).get("offstage") is not True
    here = here or (name not in placed and name in _seen(scene))
    begun = left = False
    for beat in beats:
        coming = any(_comes(part) for _, part in beat)
        leaving = any(_leaves(part) for _, part in beat)
        for where, part in beat:
            if part.get("enter") is not None:
                # Within one beat, times decide who is first: exit and enter may stand in either order.
                if here and begun and not leaving:
                    said = f"'{name}' is on the stage already; place it with `offstage: true`, and it comes in later"
                    found.at_key((*where, "enter"), said)
                    return
                here = begun = True
            elif part.get("show") is not None or (left and "go" in part):
                here = True
            elif not here and not coming:
                hidden = [key for key in part if key in _DEEDS or (key in _STATES and not comes)]
                if name not in placed and not comes:
                    found.at_key(
                        where,
                        f"'{name}' is not in this scene; place it under the scene's `cast`, or let it `enter`; "
                        f"to be heard only, it stands there as {name}: {{offstage: true}}",
                    )
                    return
                if hidden:
                    found.at_key(
                        (*where, hidden[0]), f"nobody sees this: '{name}' is off the stage; let it `enter` first"
                    )
                    return
            if _leaves(part):
                here, left = False, True
        begun = begun or bool(beat)


Edges = tuple[float, float, float, float]
"""Where the picture ends, left, top, right, bottom, as shares of the box that places are given in."""


def _edges(form: object) -> Edges | None:
    found = _format(form)
    if found is None:
        return None
    left, top, right, bottom = found.strict
    across, down = right - left, bottom - top
    return -left / across, -top / down, (found.width - left) / across, (found.height - top) / down


def _format(form: object) -> Format | None:
    """The format that a file names; None where it is wrong."""
    if isinstance(form, str):
        return named_format(form) if form in format_names() else None
    try:
        return custom_format(CustomFormat.model_validate(form))
    except ValidationError:
        return None


def _place(found: Findings, name: str, thing: dict[str, Any], path: Path, stage: Stage, edges: Edges | None) -> None:
    """Finds one that stands wholly outside the picture, or the pane that shows it, however large it may be drawn."""
    at = thing.get("at")
    if isinstance(at, str):
        across, down = POSITIONS.get(at, (None, None))
    elif isinstance(at, list) and len(at) == 2 and all(isinstance(one, int | float) for one in at):
        across, down = at
    else:
        return
    if edges is None or across is None:
        return
    inside = thing.get("in") is not None
    left, top, right, bottom = (0.0, 0.0, 1.0, 1.0) if inside else edges
    size = 1.0
    for scaled in (thing, mapping(stage.cast.get(name))):
        size *= scaled["size"] if isinstance(scaled.get("size"), int | float) else 1.0
    member = name in stage.cast and not inside
    wide, above, below = (_HALF, 0.0, _TALL) if member else (_THING, _THING, _THING)
    wide, above, below = (share * (size if member else max(size, 1.0)) for share in (wide, above, below))
    outside = not left - wide <= across <= right + wide
    if outside or (down is not None and not top - above <= down <= bottom + below):
        found.at(path, f"'{name}' stands outside the picture; the safe box is from 0 to 1, across and down")
