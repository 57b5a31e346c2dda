"""Whether we see what touches what: hitter and hit are both in the picture, on the frame of the contact."""

from __future__ import annotations

from storyreel.direct.contacts import Reaching
from storyreel.direct.falls import FLOOR
from storyreel.direct.framing import shown_at
from storyreel.direct.shooting import Shooting
from storyreel.direct.staging import Staging
from storyreel.errors import directing

_EDGE = 30.0
"""How far beyond the picture's edge a contact may lie that is still seen, in stage units."""
_UNSEEN = frozenset(("read", "hold", "take-off", "wear"))
"""Verbs whose contact nobody needs to see."""


def judge_contacts(shooting: Shooting, staging: Staging, length: int) -> None:
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


def _told(x: float, y: float, width: float, height: float) -> str:
    out = {"left of": -x, "right of": x - width, "above": -y, "below": y - height}
    return max(out, key=lambda side: out[side])


def _where(one: Reaching) -> tuple[str | int, ...]:
    return (*one.path, one.verb.name)
