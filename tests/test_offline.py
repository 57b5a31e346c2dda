"""Offline is offline: no socket is opened, no host looked up, and no library leaves an id of the machine behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sealed_off
from small_series import scene

ROOT = Path(__file__).parent.parent
SPOKEN = '{say: "Hello there."}'

Ran = Callable[..., int]


@pytest.fixture
def homes(tmp_path: Path) -> dict[str, str]:
    """A home, a cache and a folder for temporary files, all empty."""
    homes = {"HOME": "home", "TMPDIR": "temporary", "STORYREEL_CACHE": "cache"}
    for name in homes.values():
        (tmp_path / name).mkdir()
    away = {"XDG_CACHE_HOME", "XDG_STATE_HOME", "ORT_DISABLE_TELEMETRY"}
    kept = {name: value for name, value in os.environ.items() if name not in away}
    return kept | {name: str(tmp_path / folder) for name, folder in homes.items()} | {"PYTHONPATH": str(ROOT)}


@pytest.fixture
def sealed(homes: dict[str, str]) -> Ran:
    """Runs Python where a socket is deadly; gives the exit code."""
    if not sealed_off.CAN:
        pytest.skip("sockets are watched by seccomp, on Linux")

    def run(*arguments: str | Path) -> int:
        program = [sys.executable, sealed_off.__file__, sys.executable, *map(str, arguments)]
        return subprocess.run(program, env=homes, stdout=subprocess.DEVNULL, timeout=120).returncode

    return run


def left(homes: dict[str, str]) -> set[str]:
    """What lies in the home and among the temporary files, but for storyreel's own, its secret among them."""
    folders = [Path(homes["HOME"]), Path(homes["TMPDIR"])]
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return {path.name for path in files if "storyreel" not in f"{path.parent.name}/{path.name}"}


def test_a_looked_up_host_is_noticed(sealed: Ran) -> None:
    assert sealed("-c", "import socket; socket.getaddrinfo('storyreel.invalid', 80)") == -signal.SIGSYS
    assert sealed("-c", "pass") == 0


def test_a_spoken_film_is_made_without_a_socket_and_without_an_id(
    tmp_path: Path, homes: dict[str, str], sealed: Ran
) -> None:
    film = scene(tmp_path / "film", "one", beat=SPOKEN, seconds=0.3)
    assert sealed("-m", "storyreel", "render", film, "-o", tmp_path / "one.mp4", "--draft", "--jobs", "2") == 0
    assert left(homes) == set()


@pytest.mark.slow
def test_a_voice_looks_nothing_up_for_as_long_as_it_is_held(homes: dict[str, str], sealed: Ran) -> None:
    """The look-up comes about nine seconds after the library was loaded."""
    code = "import time; from storyreel.sound.voice import voice; voice('heart').speak('Hello.'); time.sleep(12)"
    assert sealed("-c", code) == 0
    assert left(homes) == set()


@pytest.mark.slow
def test_the_workers_of_a_cluster_leave_no_id_either(tmp_path: Path, homes: dict[str, str]) -> None:
    film = scene(tmp_path / "film", "one", beat=SPOKEN, seconds=0.3)
    program = [sys.executable, "-m", "storyreel", "render", str(film), "-o", str(tmp_path / "one.mp4")]
    subprocess.run([*program, "--draft", "--cluster", "local", "--jobs", "1"], env=homes, check=True, timeout=120)
    assert left(homes) == set()
