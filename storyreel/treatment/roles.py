"""What a shape is to a look: nine roles, what other words fall back to, and which of them make a silhouette."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from storyreel.puppet.model import Shape

Role = Literal["fill", "shade", "light", "shine", "glint", "line", "ink", "rim", "letter"]
"""Fill: what a thing is made of. Shade, light, shine: tones on it. Glint: the light in an eye. Line: an outline. Ink: a
solid mark. Rim: light along an edge. Letter: type."""

ROLES: tuple[Role, ...] = get_args(Role)

FALLBACK: Mapping[str, Role] = {
    "hair": "fill",
    "dark": "fill",
    "lid": "fill",
    "erase": "fill",
    "teeth": "fill",
    "tongue": "fill",
    "glow": "light",
    "dim": "shade",
    "crayon": "fill",
    "scribble": "line",
    "prop": "fill",
}
"""What a role that only some looks know is to all the others."""

INSIDE: frozenset[Role] = frozenset(("shade", "light", "shine", "glint", "rim", "letter"))
"""Roles that lie inside the shape they belong to: they add nothing to a silhouette."""

_BY_WORD: Mapping[str, Role] = {**FALLBACK, **{role: role for role in ROLES}}
_EYES = ("Eye", "Pupil")


def role_of(shape: Shape, parts: tuple[str, ...] = ()) -> Role:
    """What a shape is to every look, whatever its drawing calls it.

    A bare stroke that says nothing is a line; a shine inside an eye or a pupil is a glint; a word that nobody knows is
    a fill.

    Args:
        shape: as it was read.
        parts: the named groups around it, outermost first.
    """
    word = shape.role
    if word == "fill" and shape.fill is None and shape.stroke is not None:
        return "line"
    if word == "shine" and any(part.endswith(_EYES) for part in parts):
        return "glint"
    return known(word)


def known(word: str) -> Role:
    """The role that a drawing's word for it means to every look; a word that nobody knows is a fill."""
    return _BY_WORD.get(word, "fill")
