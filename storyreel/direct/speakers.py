"""The colour that somebody's words are marked in: one of their own."""

from __future__ import annotations

from storyreel.puppet.model import Rig
from storyreel.script.models import CastMember
from storyreel.timeline.model import PuppetContent


def speaker_colour(rig: Rig, content: PuppetContent, member: CastMember) -> str:
    """The main tone of the first colour that a puppet can be recast in, as it is cast."""
    for name, recast in rig.recast.items():
        return dict(content.colours).get(name, member.colours.get(name, recast.tones[0])).upper()
    return _PLAIN


_PLAIN = "#8B81A3"
"""That of somebody who has no colours to recast."""
