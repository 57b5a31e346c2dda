"""The messages that a newcomer meets first: a piece of YAML brings each, and another brings none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from storyreel.errors import SceneError
from storyreel.film.reading import vocabulary
from storyreel.script.hints import hints
from storyreel.script.read import read_text_with_places

ROOT = Path(__file__).parent.parent
FIRST, *SECTIONS = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8").split("\n## ")
MESSAGES = [
    (section.partition("\n")[0], *found)
    for section in SECTIONS
    for found in re.findall(r"```yaml\n(.*?)```\n\n```console\n(.*?)```\n\n.*?```yaml\n(.*?)```", section, re.DOTALL)
]
"""What is wrong, the YAML, what is said of it, and the YAML that is right."""
KNOWN = vocabulary(ROOT)


def stage() -> list[str]:
    """The lines of the film around each piece."""
    (shown,) = re.findall(r"```yaml\n(.*?)```", FIRST, re.DOTALL)
    return str(shown).splitlines(keepends=True)


def indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def placed(piece: str) -> str:
    """The film with a piece in place of its like: its beats, or the key of that name; a new key, below the title."""
    first = piece.splitlines()[0]
    key = re.match(r" *(- )?\w*", first)
    assert key is not None
    before: list[str] = []
    after = stage()
    while after and not after[0].startswith(" " * 6 + "- " if key[1] else key[0] + ":"):
        before.append(after.pop(0))
    if not after:
        return "".join([*before[:2], piece, *before[2:]])
    after.pop(0)
    while after and indent(after[0]) > indent(first):
        after.pop(0)
    return "".join([*before, piece, *after])


def said(text: str) -> list[str]:
    """What `storyreel check` says of a film before it is spoken."""
    try:
        script, places = read_text_with_places(text, "scene.yaml", ROOT, KNOWN)
    except SceneError as error:
        return [str(problem) for problem in error.problems]
    return [str(hint) for hint in hints(script, places)]


def test_twenty_messages_are_told_of_and_the_film_around_them_is_good() -> None:
    assert len(MESSAGES) == len(SECTIONS) == 20
    assert said("".join(stage())) == []


@pytest.mark.parametrize(("name", "wrong", "shown", "right"), MESSAGES, ids=[one[0] for one in MESSAGES])
def test_a_piece_brings_the_message_beneath_it_and_what_is_right_brings_none(
    name: str, wrong: str, shown: str, right: str
) -> None:
    assert said(placed(wrong)) == shown.splitlines()
    assert said(placed(right)) == []
