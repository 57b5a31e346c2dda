"""What an author writes in Python, and what runs, is right to a type checker too, without a plugin."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FILM = """
from storyreel import Beat, CastMember, Episode, Placement, Scene, Script

script = Script(
    storyreel=2,
    title="Dicts",
    format={"width": 216, "height": 384},
    creator={"name": "Me", "handle": "@me", "portrait": {"file": "me.png"}},
    cast={
        "mi": CastMember(puppet="michii", voice={"use": "heart"}, build={"height": 1.1}),
        "grump": {"puppet": "grump"},
    },
    music={"track": "bubblegum"},
    captions={"size": 1.2},
    scenes=[
        Scene(
            id="one",
            cast={"mi": {"at": "left"}, "grump": Placement(at="right")},
            props={"go": {"kind": "button"}},
            camera={"zoom": 2},
            beats=[Beat(mi={"do": "wave"}, hearts={"burst": 3}), {"wait": "1s"}],
        ),
    ],
    reveal={"alone": "1s"},
)
alone = Scene(id="one", beats=Beat(wait="1s"))
plain = Script(storyreel=2, title="Plain", music="bubblegum", scenes=alone, reveal=False)
title: str = script.title
"""


def checked(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    (folder / "film.py").write_text(text, encoding="utf-8")
    (folder / "mypy.ini").write_text("[mypy]\nstrict = true\n", encoding="utf-8")
    root = str(Path(__file__).parent.parent)
    return subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", "mypy.ini", "film.py"],
        cwd=folder,
        env={"MYPYPATH": root, "PYTHONPATH": root, "PATH": ""},
        capture_output=True,
        text=True,
    )


def test_what_is_written_here_runs() -> None:
    known: dict[str, object] = {}
    exec(FILM, known)
    assert known["title"] == "Dicts"


@pytest.mark.slow
def test_a_film_of_dicts_has_no_mistake_to_a_strict_type_checker_and_a_wrong_one_has(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    good = checked(tmp_path, FILM)
    assert "film.py" not in good.stdout, good.stdout
    assert good.returncode == 0, good.stdout + good.stderr
    wrong = checked(tmp_path, FILM.replace('title="Dicts"', "title=3"))
    assert 'error: Argument "title" to "Script" has incompatible type "int"' in wrong.stdout
