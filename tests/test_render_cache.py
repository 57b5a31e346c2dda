"""The cache gives back what was put in or nothing, stays within its limit, and never stands in the way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from storyreel.errors import StoryreelError
from storyreel.render.cache import Cache, cache_folder

KEY, OTHER = "ab" + "0" * 62, "cd" + "0" * 62


def entry(cache: Cache, key: str) -> Path:
    return cache.folder / "pieces" / key[:2] / key


def test_a_piece_comes_back_as_it_was_put(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "deep" / "cache")
    assert cache.get(KEY) is None
    cache.put(KEY, b"a chunk")
    assert Cache(cache.folder).get(KEY) == b"a chunk"
    assert cache.trouble is None


@pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda b: b"", lambda b: b[:-3] + b"xyz", lambda b: b"x" + b[1:]])
def test_a_damaged_piece_is_not_given_out_and_is_removed(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    cache = Cache(tmp_path)
    cache.put(KEY, b"a chunk of pictures")
    path = entry(cache, KEY)
    path.write_bytes(damage(path.read_bytes()))
    assert cache.get(KEY) is None
    assert not path.exists()


def test_a_file_is_kept_and_comes_back_as_a_file(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    source, target = tmp_path / "film", tmp_path / "again"
    source.write_bytes(bytes(range(256)) * 10_000)
    assert not cache.copy(KEY, target)
    cache.put_file(KEY, source)
    assert cache.copy(KEY, target)
    assert target.read_bytes() == source.read_bytes() == cache.get(KEY)


@pytest.mark.parametrize("damage", [lambda b: b[:-1], lambda b: b"", lambda b: b[:-3] + b"xyz", lambda b: b"x" + b[1:]])
def test_a_damaged_file_is_not_given_out_and_is_removed(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    cache = Cache(tmp_path)
    cache.put(KEY, b"a whole film")
    path = entry(cache, KEY)
    path.write_bytes(damage(path.read_bytes()))
    assert not cache.copy(KEY, tmp_path / "film")
    assert not path.exists()


def test_the_least_recently_used_goes_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=3500)
    for age, name in enumerate(("a", "b", "c", "d")):
        key = name * 64
        cache.put(key, bytes(1000))
        os.utime(entry(cache, key), (1000.0 + age, 1000.0 + age))
    assert cache.get("a" * 64) is not None
    cache.trim()
    kept = [name for name in "abcd" if entry(cache, name * 64).exists()]
    assert kept == ["a", "c", "d"]
    assert cache.info().size <= 3500


def test_it_says_how_full_it_is_and_can_be_emptied(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=10_000)
    cache.put(KEY, bytes(100))
    cache.put(OTHER, bytes(200))
    info = cache.info()
    assert (info.folder, info.entries, info.limit) == (tmp_path, 2, 10_000)
    assert 300 < info.size < 500
    assert cache.clear() == info
    assert cache.info().entries == 0
    assert cache.clear().entries == 0


def test_a_cache_that_cant_be_written_keeps_nothing_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache = Cache(tmp_path / "file")
    cache.put(KEY, b"a chunk")
    assert cache.get(KEY) is None
    assert cache.trouble is not None
    assert "nothing more is kept" in cache.trouble


def test_a_piece_that_was_being_written_when_its_writer_died_is_swept_away(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put(KEY, b"a chunk")
    abandoned = entry(cache, KEY).with_name(".abandoned.part")
    fresh = entry(cache, KEY).with_name(".fresh.part")
    abandoned.touch()
    fresh.touch()
    os.utime(abandoned, (0, 0))
    cache.trim()
    assert not abandoned.exists()
    assert fresh.exists()
    assert cache.get(KEY) == b"a chunk"


def test_the_environment_says_where_it_lies_and_how_big_it_may_be(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("STORYREEL_CACHE", str(tmp_path / "here"))
    monkeypatch.setenv("STORYREEL_CACHE_LIMIT", "12345")
    assert cache_folder() == tmp_path / "here"
    assert Cache().limit == 12345
    for wrong in ("much", "²", "٣", "-1", "9" * 5000):
        monkeypatch.setenv("STORYREEL_CACHE_LIMIT", wrong)
        with pytest.raises(StoryreelError, match="number of bytes"):
            Cache()


def test_a_user_without_a_home_is_told_how_to_name_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.delenv("STORYREEL_CACHE", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    with pytest.raises(StoryreelError, match="STORYREEL_CACHE"):
        cache_folder()
