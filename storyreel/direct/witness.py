"""Whether we see what the story says: hitter and hit on the frame of the contact; on what things fall; the side, the
angle, the face and the pose that are asked of somebody's drawings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storyreel.direct.cast import Performer, can
from storyreel.direct.contacts import Reaching
from storyreel.direct.cropping import judge_edges
from storyreel.direct.enlarged import coarse, judge_pixels, said_of, times
from storyreel.direct.falls import FLOOR
from storyreel.direct.framing import shown_at
from storyreel.direct.occupied import Occupied
from storyreel.direct.shooting import Appearance, Shooting
from storyreel.direct.staging import Staging
from storyreel.direct.things import Thing
from storyreel.direct.views import ASIDE, has_turn
from storyreel.errors import directing
from storyreel.script.shots import SIZES, Shot

_EDGE = 30.0
"""How far beyond the picture's edge a contact may lie that is still seen, in stage units."""
_STEEP = frozenset(("high", "above", "ground"))
"""Angles from which somebody looks so unlike themselves at eye level that it takes a drawing."""
_DRAW = "; draw one, name it under `views`"
_UNSEEN = frozenset(("read", "hold", "take-off", "wear"))
"""Verbs whose contact nobody needs to see."""


def witness(shooting: Shooting, staging: Staging, length: int) -> None:
    """Warns of what a shot of so many frames is told to show, and doesn't."""
    _judge_contacts(shooting, staging, length)
    _judge_falls(shooting, staging, length)
    if shooting.shot is not None:
        for said in dict.fromkeys(_undrawn(shooting, shooting.shot, length)):
            shooting.production.warn(said, *shooting.take.path("shot"))


def judge_picture(shooting: Shooting, occupied: Occupied, touches: Sequence[Reaching], length: int) -> None:
    """Warns of what is wrong with the picture of a shot of so many frames, once all in it are in motion."""
    take, production = shooting.take, shooting.production
    path = take.path("shot") if shooting.shot is not None else take.path()

    def warn(said: str) -> None:
        production.warn(said, *path)

    if shooting.shot is not None:
        setups = [(frame, setup) for frame, _, setup in shooting.sizes]
        judge_edges(setups, occupied, shooting.meant(), touches, length, warn)
    judge_pixels(occupied, production, length, warn)


def _undrawn(shooting: Shooting, shot: Shot, length: int) -> Iterator[str]:
    """What no drawing of those whom a shot shows has, or not the one that it shows them in."""
    for one in shooting.cast.by_name.values():
        if not shooting.shows(one.name):
            continue
        drawings = list(shooting.appearances(one, length))
        turns = [(each.frame, each.turn) for each in one.facings if each.frame < length and each.turn != ASIDE]
        for frame, turn in (*turns, *([(0, "back")] if shot.behind == one.name else [])):
            if not has_turn(one.rig, turn):
                instead, _ = _instead(shooting, drawings, frame)
                yield f"{one.name} has no drawing of turn '{turn}': {instead}{_DRAW}"
        instead, factor = _instead(shooting, drawings, 0)
        views = one.rig.views.values()
        steep = (shot.on or "").partition(".")[0] == one.name and shot.from_ in _STEEP
        if steep and not any(shot.from_ in view.angles for view in views):
            yield f"{one.name} has no drawing from '{shot.from_}': {instead}{_DRAW}"
        large = shot.on == one.name and shot.size in SIZES and not one.rig.celled and coarse(factor)
        # Whoever has a single drawing is enlarged for every close-up, and is meant to be.
        sizes = {size for view in views for size in view.sizes}
        if large and not steep and sizes and shot.size not in sizes:
            yield f"{one.name} has no drawing of size '{shot.size}': {instead}{_DRAW}"
        for shown in drawings:
            asked = (act for act in one.acts if max(shown.start, 0) <= act.start < shown.end)
            for act in asked if shown.view else ():
                if not can(shown.one.rig, act):
                    kind = "face" if act.kind == "face" else "pose"
                    word = act.word("expression" if kind == "face" else "pose", "")
                    yield f"{one.name}'s drawing '{shown.view}', which this shot shows, has no {kind} '{word}'"


def _instead(shooting: Shooting, drawings: Sequence[Appearance], frame: int) -> tuple[str, float]:
    """Which drawing of somebody is shown at a frame, as a sentence, and how many times enlarged."""
    shown = next((one for one in reversed(drawings) if one.start <= frame), drawings[0])
    zoom = next((eye.zoom for since, eye, _ in reversed(shooting.sizes) if since <= frame), 1.0)
    factor = times(shown.one, zoom, shooting.production)
    name = f"'{shown.view}'" if shown.view else "the main one"
    return f"{name} is shown{said_of(factor)}", factor


def _judge_contacts(shooting: Shooting, staging: Staging, length: int) -> None:
    """Warns of every touch whose contact lies outside the picture, and of which nothing else is wrong."""
    if shooting.shot is None or staging.where is None:
        return
    told = {note.path for note in shooting.production.notes}
    for one in staging.reachings:
        if (
            one.path in told
            or not one.touches
            or not 0 <= one.frame < length
            or one.verb.name in _UNSEEN
            or one.contacts[0].target == FLOOR
        ):
            continue
        with directing(*one.path):
            across, down = staging.where.point(one.contacts[0].target)
        at = float(across[one.frame]), float(down[one.frame])
        x, y = shown_at(at, shooting.camera.eye(one.frame), shooting.production.picture)
        width, height = shooting.production.picture
        if not (-_EDGE <= x <= width + _EDGE and -_EDGE <= y <= height + _EDGE):
            shooting.production.warn(
                f"nobody sees this: what is touched lies {_told(x, y, width, height)} the picture", *_where(one)
            )


def _judge_falls(shooting: Shooting, staging: Staging, length: int) -> None:
    """Warns of everything that falls on something or somebody who isn't there then.

    A place in the picture is taken at its word: what the set draws there bears what falls.
    """
    known: dict[str, Thing | Performer] = {**shooting.things.by_name, **shooting.cast.by_name}
    for name, one in staging.handling.falls:
        contact = one.contacts[0]
        under = known.get(contact.name)
        if under is not None and 0 <= contact.frame < length and not under.there(contact.frame):
            said = f"'{name}' falls on '{contact.name}', which isn't there then: it falls on nothing"
            shooting.production.warn(said, *_where(one))


def _told(x: float, y: float, width: float, height: float) -> str:
    out = {"left of": -x, "right of": x - width, "above": -y, "below": y - height}
    return max(out, key=lambda side: out[side])


def _where(one: Reaching) -> tuple[str | int, ...]:
    return (*one.path, one.verb.name)
