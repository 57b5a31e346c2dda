"""The faces that the kawaii look sets its type in."""

from __future__ import annotations

from functools import cache

from storyreel.looks.kawaii import LOOK
from storyreel.text.chain import FontChain, chain


@cache
def faces(role: str) -> FontChain:
    """The font chain of a role: title, body, label, caption."""
    return chain(LOOK.faces[role])
