"""The looks: a folder each, with `LOOK` (data) in its `__init__` and a pen beside it; and those of other packages."""

from __future__ import annotations

import pkgutil
from functools import cache, partial
from importlib import import_module

from storyreel import __version__
from storyreel.errors import StoryreelError, did_you_mean
from storyreel.looks import installed
from storyreel.treatment.contract import PLAIN
from storyreel.treatment.look import Look, Pen

__all__ = ["about", "look", "look_names", "package_of", "pen", "shipped_names", "usable"]


@cache
def shipped_names() -> tuple[str, ...]:
    """The names of the looks that ship, in alphabetical order: the packages in this folder."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg))


@cache
def look_names() -> tuple[str, ...]:
    """The names of every look, in alphabetical order; where another package brings one that ships, ours counts."""
    return tuple(sorted({*shipped_names(), *installed.installed_names()}))


@cache
def look(name: str) -> Look:
    """The look of that name.

    Raises:
        StoryreelError: there is no such look, or it is of another package and can't be used.
    """
    if name in shipped_names():
        found = import_module(f"{__name__}.{name}").LOOK
        if not isinstance(found, Look):
            raise TypeError(f"{__name__}.{name}.LOOK is no Look")
        return found
    if name not in look_names():
        raise StoryreelError(f"unknown look '{name}'{did_you_mean(name, look_names())}")
    return installed.load(name)


@cache
def pen(name: str) -> Pen:
    """What draws in the look of that name; loads all that it draws with.

    Raises:
        StoryreelError: there is no such look, or it is of another package and can't be used.
    """
    # What draws the neutral widgets is loaded no sooner than a pen: whoever asks what a look is like draws nothing.
    from storyreel.stage.textures import add_tiles
    from storyreel.widgets import NEUTRAL, captions
    from storyreel.widgets.sheets import turned
    from storyreel.widgets.transitions import transition

    found = look(name)
    if name in shipped_names():
        module = import_module(found.pen)
    else:
        with installed.loading(name):
            module = import_module(found.pen)
    add_tiles(getattr(module, "TILES", {}))
    treatment = getattr(module, "TREATMENT", PLAIN)
    return Pen(
        found,
        treatment,
        getattr(module, "FINISH", None),
        {**NEUTRAL, **getattr(module, "WIDGETS", {})},
        getattr(module, "caption", None) or partial(captions.caption, found.kit),
        turned(
            getattr(module, "transition", None) or partial(transition, kit=found.kit, treatment=treatment),
            found.both,
            found.kit,
        ),
        getattr(module, "CUTOUT", None),
    )


def package_of(name: str) -> str:
    """The name and the version of the package that brings a look; empty where none does.

    Raises:
        StoryreelError: more than one brings it.
    """
    if name in shipped_names():
        return f"storyreel {__version__}"
    return installed.package_of(name) if name in look_names() else ""


def about(name: str) -> str:
    """One line about a look; of another package's, who brings it, or why it can't be used."""
    if name in shipped_names():
        return look(name).about
    try:
        return f"{look(name).about} ({installed.package_of(name)})"
    except StoryreelError as error:
        return f"can't be used: {error}"


def usable(name: str) -> Look:
    """The look of that name; one of another package is loaded with all that it draws with, to try it out.

    Raises:
        StoryreelError: there is no such look, or it can't be used.
    """
    return look(name) if name in shipped_names() else pen(name).look
