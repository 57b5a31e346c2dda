"""Whatever stops the command, nothing is left behind; whatever its streams are, the film is made."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small_series import scene

from storyreel.render import progress
from storyreel.render.progress import Progress, bar

ROOT = Path(__file__).parent.parent
PROGRAM = [sys.executable, "-m", "storyreel"]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and streams as POSIX has them")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYREEL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT])
def test_a_render_that_is_told_to_end_leaves_nothing(tmp_path: Path, how: signal.Signals) -> None:
    film, out = scene(tmp_path, "film", seconds=60.0), tmp_path / "out"
    out.mkdir()
    render = [*PROGRAM, "render", str(film), "-o", str(out / "film.mp4"), "--draft", "--jobs", "1"]
    process = subprocess.Popen(render, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not any(out.iterdir()):
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(how)
    said, complained = process.communicate(timeout=30)
    assert process.returncode == 128 + how
    assert (said, complained.strip()) == ("", "")
    assert list(out.iterdir()) == []


@pytest.mark.parametrize("where", ["storyreel.cli.commands.run = late", "sys.meta_path.insert(0, Early())"])
def test_a_stop_while_a_library_is_imported_is_no_traceback(where: str) -> None:
    """What is imported from C says of it that its initialization failed."""
    code = f"""
import os, signal, sys, time
import storyreel
def late(*_):
    try:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(10)
    except KeyboardInterrupt:
        raise ImportError("initialization failed")
class Early:
    def find_spec(self, name, *_):
        if name == "click":
            late()
if "late" in {where!r}:
    import storyreel.cli.commands
{where}
from storyreel.__main__ import main
main()
"""
    done = python(code)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_what_fails_without_a_stop_is_not_hidden() -> None:
    code = "import storyreel.cli.commands as cli\ndef run(_): raise ImportError('broken')\ncli.run = run\ncli.main([])"
    done = python(code)
    assert done.returncode == 1
    assert "ImportError: broken" in done.stderr


def test_a_signal_that_is_ignored_stays_so() -> None:
    code = (
        "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); from storyreel.stopping import notice_stops; "
        "notice_stops(); assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN; "
        "assert callable(signal.getsignal(signal.SIGTERM))"
    )
    assert python(code).returncode == 0


CLOSED = {
    "standard error closed": ("2>&-", 0, ""),
    "all closed": ("<&- >&- 2>&-", 0, ""),
    "nobody reads": ("| true", 0, ""),
    "standard output full": (
        ">/dev/full",
        1,
        "storyreel: cannot write to standard output: No space left on device\n",
    ),
}


@pytest.mark.parametrize("how", CLOSED)
def test_a_film_is_made_whatever_its_streams_are(tmp_path: Path, how: str) -> None:
    streams, code, complained = CLOSED[how]
    if "full" in streams and not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    film = scene(tmp_path, "film", seconds=0.1)
    command = f"{' '.join(PROGRAM)} render film.yaml -o film.mp4 --draft --jobs 1 {streams}; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=film.parent, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (code, complained)
    assert (tmp_path / "film.mp4").stat().st_size > 1000


def test_a_name_that_is_no_text_is_said_with_escapes(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/no\xfftext"
    done = subprocess.run([*PROGRAM, "new", name], capture_output=True, text=True)
    assert done.returncode == 1
    assert "gives the film no name; choose another one" in done.stderr
    assert list(tmp_path.iterdir()) == []
    done = subprocess.run([*PROGRAM, "new", "x" * 300], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, f"storyreel: {'x' * 300} can't be made: File name too long\n")


def test_without_a_terminal_a_render_says_now_and_then_how_far_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    with bar("A film") as tell:
        for second in range(25):
            now[0] = 100.0 + second
            tell(Progress(second, 200, 1.0, 175.0 - second))
    said = capsys.readouterr().err.splitlines()
    assert said == ["Drawing: 10 of 200 frames, 2:45 left", "Drawing: 20 of 200 frames, 2:35 left"]


@pytest.mark.parametrize("at", ["nan", "inf", "-inf", "-1", "999"])
def test_a_time_that_is_not_in_the_film_is_said_to_be_none(tmp_path: Path, at: str) -> None:
    from storyreel import StoryreelError, load

    with pytest.raises(StoryreelError, match=re.escape(f"there is no picture at {at} s: the film lasts 1.60 s")):
        load(scene(tmp_path, "film", seconds=0.1)).frame(float(at))
