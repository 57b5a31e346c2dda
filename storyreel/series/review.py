"""What is wrong with a series, and what may be: with its file, and with every scene that it names."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from storyreel.errors import Problem, SceneError


def wrong_in(scenes: Iterable[Path]) -> list[Problem]:
    """Everything that is wrong with scene files, each by itself."""
    from storyreel.film.reading import read

    found: list[Problem] = []
    for scene in scenes:
        try:
            read(scene)
        except SceneError as error:
            found += error.problems
    return found


def review(path: Path) -> tuple[int, tuple[Problem, ...]]:
    """How many films a series file lists, each with what it says of them, and every warning about their scenes.

    Raises:
        SceneError: everything that is wrong with the file, and with the scenes that it names.
    """
    from storyreel.film.review import review as looked_over
    from storyreel.series.batch import film_orders
    from storyreel.series.jobs import script_of

    _, films = film_orders(path)
    found: list[Problem] = []
    for film in films:
        try:
            script_of(film)
        except SceneError as error:
            found += error.problems
    if found:
        # Two formats of a scene have the same mistakes.
        raise SceneError(list(dict.fromkeys(found)))
    notes = [note for scene in dict.fromkeys(film.scene for film in films) for note in looked_over(scene)[1]]
    return len(films), tuple(dict.fromkeys(notes))
