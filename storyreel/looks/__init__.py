"""The looks: a folder each, with `LOOK` (data) in its `__init__` and a pen beside it. No story."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.treatment.contract import PLAIN
from storyreel.treatment.look import Look, Pen


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


@cache
def pen(name: str) -> Pen:
    """What draws in the look of that name; loads all that it draws with.

    Raises:
        StoryreelError: there is no such look.
    """
    # What draws the neutral widgets is loaded no sooner than a pen: whoever asks what a look is like draws nothing.
    from storyreel.widgets import NEUTRAL

    found = look(name)
    module = import_module(found.pen)
    return Pen(
        found,
        getattr(module, "TREATMENT", PLAIN),
        getattr(module, "FINISH", None),
        {**NEUTRAL, **getattr(module, "WIDGETS", {})},
        module.caption,
        module.transition,
    )
