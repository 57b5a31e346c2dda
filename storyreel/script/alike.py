"""Whether two written things say the same: stricter than their models' own equality."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel


def alike(one: Any, other: Any) -> bool:
    """Whether models, or what they hold, say the same in the same order, and leave the same unsaid.

    Models are equal where one says what the other leaves out, and whatever the order of their names is; both may
    decide what is directed.
    """
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, BaseModel):
        return (
            one.model_fields_set == other.model_fields_set
            and alike(one.__dict__, other.__dict__)
            and alike(one.model_extra, other.model_extra)
        )
    if isinstance(one, dict):
        return len(one) == len(other) and all(map(alike, one.items(), other.items()))
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    return bool(one == other)
