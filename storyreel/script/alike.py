"""Whether two written things say the same: stricter than their models' own equality."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel


def alike(one: Any, other: Any) -> bool:
    """Whether models, or what they hold, say the same in the same order, and leave the same unsaid.

    Models are equal where one says what the other leaves out, and whatever the order of their names is; both may
    decide what is directed.
    """
    if one is other:
        return True
    kind = type(one)
    if kind is not type(other):
        return False
    if isinstance(one, BaseModel):
        if one.model_fields_set != other.model_fields_set or not alike(one.model_extra, other.model_extra):
            return False
        return _each(one.__dict__.values(), other.__dict__.values())
    if kind is dict:
        return list(one) == list(other) and _each(one.values(), other.values())
    if kind is list or kind is tuple:
        return len(one) == len(other) and _each(one, other)
    return bool(one == other)


def _each(ones: Iterable[Any], others: Iterable[Any]) -> bool:
    # Most are the same object, or defaults: that is told without a call.
    return all(one is other or alike(one, other) for one, other in zip(ones, others, strict=True))
