"""What is sent from one thing to another: the frame at which it arrives, dings and wakes the other."""

from __future__ import annotations

from storyreel.direct import foley
from storyreel.direct.contacts import Contact, Reaching
from storyreel.direct.reactions import wakes
from storyreel.direct.schedule import Times
from storyreel.direct.things import Things
from storyreel.script.placing import Sender
from storyreel.script.sending import SENDING, at_send
from storyreel.timeline.model import EffectCue

_AFTER = 10 / 30
"""Seconds until what is sent arrives, where nobody says."""


class Sending:
    """All that is sent in one scene."""

    def __init__(self, things: Things, times: Times) -> None:
        self.things, self.times = things, times
        self.dings: list[tuple[int, str]] = []

    @property
    def last(self) -> int:
        """The frame at which the last of it so far arrives."""
        return max((frame for frame, _ in self.dings), default=0)

    def touched(self, one: Reaching, contact: Contact) -> dict[str, int]:
        """Sends what a touch sends, if it does; gives the moments that come of it."""
        thing = self.things.by_name[contact.name]
        model = thing.model
        pressed = one.touches and one.verb.name in SENDING and at_send(str(contact.target), thing.kind)
        if not pressed or not isinstance(model, Sender) or model.sends is None:
            return {}
        frame = contact.frame + self.times.optional(model.after, _AFTER)
        self.dings.append((frame, model.sends))
        wakes(self.things.by_name[model.sends], frame, self.times)
        return {f"{contact.name}.sends": contact.frame, f"{model.sends}.ding": frame}

    def sounds(self, start: int, seed: int, own: foley.Foley) -> list[EffectCue]:
        """What is heard of it; `start` is the scene's first film frame, `own` are the look's effects."""
        return [
            foley.ding_effect(self.things.by_name[name].kind, start + frame, seed + number, own)
            for number, (frame, name) in enumerate(self.dings)
        ]
