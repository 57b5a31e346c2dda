"""Where the eye is in the picture as a shot ends and the next begins, and whether it has to jump between them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from storyreel.direct.cast import Performer
from storyreel.direct.framing import shown_at
from storyreel.direct.shooting import STAGE, Shooting

_JUMP, _ABOUT = 200.0, 1.2
"""How far the eye may have to jump over a cut, in units of a picture 1080 wide; how roughly that is known."""


def judge_jump(shooting: Shooting, left: Sequence[tuple[float, float]]) -> None:
    """Warns of an eye that has to jump from where the shot before left it: from whatever was last seen to move
    there to whatever is first seen to move here, or to what the shot is about."""
    here = looked_at(shooting, 0, 0)
    if not left or not here:
        return
    far = min(math.dist(one, other) for one in here for other in left)
    if far > _JUMP * _ABOUT:
        said = f"the eye has to jump {far:.0f} px from where the last shot left it"
        shooting.production.warn(said, *shooting.take.path("shot"))


def looked_at(shooting: Shooting, frame: int, beat: int) -> tuple[tuple[float, float], ...]:
    """Where in the picture the eye may be at a frame: at what the shot is about, and at all that acts in a beat (by
    its number in the shot), is touched there, or has words written on it; nowhere in a shot of the whole stage."""
    if shooting.shot is None or shooting.shot.on in (None, STAGE):
        return ()
    shot = shooting.sizes[-1][2] if frame else shooting.shot
    if shot.on == STAGE:
        return ()
    named = [shot.on or shooting.shot.on or ""]
    for name, parts in shooting.take.scene.beats[beat].parts.items():
        named.append(name)
        for part in parts:
            targets = (target for touch in part.touches if not touch.verb.text for target in touch.targets)
            named += [one for one in (*targets, *part.on, part.look) if isinstance(one, str)]
    width, height = shooting.production.picture
    found = []
    for on in dict.fromkeys(named):
        name = on.partition(".")[0]
        if not (shooting.shows(name) and (name in shooting.cast.by_name or name in shooting.things.by_name)):
            continue
        px, py = shown_at(_at(shooting, on, name, frame), shooting.camera.eye(frame), shooting.production.picture)
        if 0 <= px <= width and 0 <= py <= height:
            found.append((px, py))
    return tuple(found)


def _at(shooting: Shooting, on: str, name: str, frame: int) -> tuple[float, float]:
    """Where on the stage somebody or something is at a frame (or a place of theirs), as far as they were sent."""
    head = shooting.head(on)
    if name in shooting.cast.by_name:
        one = shooting.cast.by_name[name]
        now, then = _gone(one, frame) if frame else one.home, one.home
    else:
        thing = shooting.things.by_name[name]
        now, then = (shooting.things.outside(thing, at) for at in (frame, 0))
    return head.x + now[0] - then[0], head.y + now[1] - then[1]


def _gone(one: Performer, frame: int) -> tuple[float, float]:
    """Where somebody stands at a frame, who may be on the way."""
    under_way = [act for act in one.acts if act.kind == "go" and act.start <= frame < act.end]
    if not under_way:
        return one.place
    share = (frame - under_way[-1].start) / under_way[-1].frames
    (x, y), (there_x, there_y) = one.before, one.place
    return x + (there_x - x) * share, y + (there_y - y) * share
