"""The looks: a folder each, with `LOOK` (data) in its `__init__` and a pen beside it. No story."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.treatment.look import Look


@cache
def look_names() -> tuple[str, ...]:
    """The names of every look that is installed, in alphabetical order: the packages in this folder."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg))


@cache
def look(name: str) -> Look:
    """The look of that name.

    Raises:
        StoryreelError: there is no such look.
    """
    if name not in look_names():
        raise StoryreelError(f"unknown look '{name}'{did_you_mean(name, look_names())}")
    found = import_module(f"{__name__}.{name}").LOOK
    if not isinstance(found, Look):
        raise TypeError(f"{__name__}.{name}.LOOK is no Look")
    return found
