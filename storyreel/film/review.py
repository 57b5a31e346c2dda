"""What is worth a second look in a film that is right: of its text, and of what directing it brings to light."""

from __future__ import annotations

from pathlib import Path

from storyreel.errors import Problem
from storyreel.film.reading import placed, read
from storyreel.script.hints import hints
from storyreel.script.models import Script


def review(path: str | Path) -> tuple[Script, tuple[Problem, ...]]:
    """The script in a scene file, and every warning about it, in the order of the text.

    A film with shots is directed for it, which speaks its lines: only then is it known who is out of reach, or what
    lies in the lane of the captions.

    Raises:
        SceneError: everything that is wrong with the file.
    """
    script, places = read(path)
    found = set(hints(script, places))
    if script.storyreel >= 2:
        from storyreel.film.episode import load

        notes = load(path).direction.notes
        found |= {Problem(placed(note.path, script, places), note.message, "warning") for note in notes}
    return script, tuple(sorted(found))
