"""Folders for temporary files are gone afterwards, even those of a process that was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from storyreel.render.scratch import scratch_folder

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="folders are locked by flock")


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def holding() -> tuple[subprocess.Popen[bytes], Path]:
    """A process that holds a folder with a file in it."""
    code = (
        "import time; from storyreel.render.scratch import scratch_folder\n"
        "with scratch_folder() as held: (held / 'file').touch(); print(held, flush=True); time.sleep(60)"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment)
    assert process.stdout is not None
    return process, Path(process.stdout.readline().decode().strip())


def old(folder: Path) -> None:
    """Lets a folder be an hour old."""
    os.utime(folder, (time.time() - 3600,) * 2)


def test_a_folder_is_gone_when_its_block_ends(temporary: Path) -> None:
    with scratch_folder() as folder:
        (folder / "file").touch()
    assert list(temporary.iterdir()) == []


def test_what_a_killed_process_has_left_is_swept_and_what_is_in_use_is_not() -> None:
    (killed, left), (alive, held) = holding(), holding()
    try:
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        old(left)
        old(held)
        with scratch_folder():
            assert not left.exists()
            assert (held / "file").exists()
    finally:
        for process in (killed, alive):
            process.kill()
            process.communicate()


def test_a_folder_that_may_not_be_claimed_yet_is_left_alone(temporary: Path) -> None:
    newborn = temporary / "storyreel-newborn"
    newborn.mkdir()
    with scratch_folder():
        assert newborn.exists()
