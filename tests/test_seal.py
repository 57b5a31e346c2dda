"""What others write into a cache is not taken for what storyreel wrote there."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from small_film import render, small_film

from storyreel import seal
from storyreel.errors import StoryreelError
from storyreel.farm.shared_cache import SharedCache, shared_cache
from storyreel.film import directed as kept
from storyreel.render.cache import Cache
from storyreel.seal import VARIABLE, own_seal
from storyreel.sound.clip import Speech
from storyreel.sound.store import ClipStore

ROOT = Path(__file__).parent.parent
KEY, OTHER = "ab" * 32, "cd" * 32
SECRET = "a secret that the team shares"


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the user's secret, empty."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    seal._kept.cache_clear()
    return tmp_path / "state"


def somebody_else(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """From now on the user is one with another secret."""
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))


def entry(cache: Cache, key: str) -> Path:
    return cache.folder / "pieces" / key[:2] / key


def test_an_entry_of_somebody_else_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    film, cache = small_film(tmp_path, (60,)), Cache(tmp_path / "cache")
    render(film, tmp_path / "film.mp4", cache=cache)
    with monkeypatch.context() as other:
        somebody_else(other, tmp_path / "other")
        for path in [path for path in cache.folder.rglob("*") if path.is_file()]:
            Cache(cache.folder).put(path.name, b"forged")
            assert Cache(cache.folder).get(path.name) == b"forged"
    report = render(film, tmp_path / "again.mp4", cache=Cache(cache.folder))
    assert (report.reused, report.sound_reused) == (0, False)
    assert (tmp_path / "again.mp4").read_bytes() == (tmp_path / "film.mp4").read_bytes()
    assert render(film, tmp_path / "again.mp4", cache=Cache(cache.folder)).reused == report.chunks


@pytest.mark.parametrize("forged", ["checksum", "moved"])
def test_neither_a_checksum_nor_the_entry_of_another_key_will_do(tmp_path: Path, forged: str) -> None:
    cache = Cache(tmp_path)
    cache.put(KEY, b"piece")
    cache.put(OTHER, b"other")
    head = entry(cache, KEY).read_bytes()[: seal.HEAD - 32]
    made = {"checksum": head + hashlib.sha256(b"piece").digest() + b"piece", "moved": entry(cache, OTHER).read_bytes()}
    for ask in (lambda: cache.get(KEY), lambda: cache.copy(KEY, tmp_path / "copy")):
        entry(cache, KEY).write_bytes(made[forged])
        assert not ask()
        assert not entry(cache, KEY).exists()


def test_a_clip_of_somebody_else_is_not_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoken = Speech(np.zeros(2400, dtype=np.float32), 24_000, (), ())
    with monkeypatch.context() as other:
        somebody_else(other, tmp_path / "other")
        ClipStore(tmp_path / "clips").keep(KEY, spoken)
        assert ClipStore(tmp_path / "clips").kept(KEY) is not None
    assert ClipStore(tmp_path / "clips").kept(KEY) is None


def test_the_secret_is_made_once_and_only_the_user_can_read_it(state: Path) -> None:
    assert own_seal() == own_seal()
    seal._kept.cache_clear()
    first = own_seal()
    (made,) = (path for path in state.rglob("*") if path.is_file())
    assert made.stat().st_mode & 0o777 == 0o600
    assert len(made.read_bytes()) == 64
    assert repr(first) == "Seal()"


def test_processes_that_make_it_at_once_agree(state: Path) -> None:
    code = "import hashlib; from storyreel.seal import own_seal; print(hashlib.sha256(own_seal().secret).hexdigest())"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    started = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment) for _ in range(6)
    ]
    assert len({process.communicate()[0] for process in started}) == 1
    assert len(list(state.rglob("*"))) == 2


@pytest.mark.parametrize("fault", ["short", "readable"])
def test_a_secret_that_is_none_is_made_anew(state: Path, fault: str) -> None:
    own_seal()
    (made,) = (path for path in state.rglob("*") if path.is_file())
    before = made.read_bytes()
    if fault == "short":
        made.write_bytes(before[:5])
    else:
        made.chmod(0o644)
    seal._kept.cache_clear()
    assert own_seal().secret != before
    assert made.stat().st_mode & 0o077 == 0


def test_without_a_place_for_a_secret_the_film_is_made_and_nothing_kept(tmp_path: Path, state: Path) -> None:
    state.touch()
    cache = Cache(tmp_path / "cache")
    report = render(small_film(tmp_path), tmp_path / "film.mp4", cache=cache)
    assert (tmp_path / "film.mp4").is_file()
    (note,) = report.notes
    assert "no secret can be kept" in note
    assert VARIABLE in note
    assert not cache.folder.exists()


def test_a_secret_in_the_environment_needs_no_file(
    tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, SECRET)
    Cache(tmp_path).put(KEY, b"piece")
    assert Cache(tmp_path).get(KEY) == b"piece"
    assert not state.exists()
    monkeypatch.setenv(VARIABLE, "short")
    with pytest.raises(StoryreelError, match="16 characters"):
        own_seal()


@pytest.mark.parametrize("place", ["folder", "url"])
def test_a_team_that_shares_a_secret_takes_nothing_from_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    shared = f"file://{tmp_path}/shared" if place == "url" else tmp_path / "shared"
    shared_cache(shared, "probe").put(KEY, b"of anybody")
    assert shared_cache(shared, "probe").get(KEY) == b"of anybody"
    monkeypatch.setenv(VARIABLE, SECRET)
    assert shared_cache(shared, "probe").get(KEY) is None
    shared_cache(shared, "probe").put(KEY, b"ours")
    assert shared_cache(shared, "probe").get(KEY) == b"ours"
    monkeypatch.delenv(VARIABLE)
    assert shared_cache(shared, "probe").get(KEY) is None


def test_the_users_own_cache_is_sealed_for_a_cluster_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYREEL_CACHE", str(tmp_path / "own"))
    SharedCache(probe="probe").put(KEY, b"piece")
    assert SharedCache(probe="probe").get(KEY) == b"piece"
    somebody_else(monkeypatch, tmp_path / "other")
    assert SharedCache(probe="probe").get(KEY) is None


class _Wrong:
    """Unpickled, it is a number that there is none of."""

    def __reduce__(self) -> tuple[type, tuple[int, int]]:
        return Fraction, (1, 0)


def test_what_is_no_timeline_is_no_traceback(tmp_path: Path) -> None:
    for wrong in (_Wrong(), (), ((), "look", _Wrong()), {}):
        assert kept._unpacked(pickle.dumps(wrong)) is None
    film = small_film(tmp_path)
    assert kept._unpacked(pickle.dumps(((), "look", film))) == ((), "look", film)
