"""Caches that machines share, and films delivered to URLs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from small_film import render, small_film

from storyreel.errors import StoryreelError
from storyreel.farm.shared_cache import Delivery, RemoteCache, SharedCache, delivered, opened, shared_cache
from storyreel.render.cache import Cache
from storyreel.render.errors import RenderError

KEY, OTHER = "ab" * 32, "cd" * 32


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STORYREEL_CACHE", str(tmp_path / "own"))
    return tmp_path / "own"


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    files = fsspec.filesystem("memory")
    yield files
    files.store.clear()
    files.pseudo_dirs[:] = [""]


@pytest.fixture(params=["folder", "file", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path, memory: fsspec.AbstractFileSystem) -> str | Path:
    folder = tmp_path / "shared"
    return {"folder": folder, "file": f"file://{folder}", "memory": "memory://films/cache"}[request.param]


def test_a_piece_put_by_one_machine_is_there_for_another(place: str | Path) -> None:
    shared_cache(place, "probe").put(KEY, b"piece")
    there = shared_cache(place, "probe")
    assert there.get(KEY) == b"piece"
    assert there.get(OTHER) is None
    assert there.trouble is None


def test_a_machine_that_draws_other_bits_finds_nothing(place: str | Path) -> None:
    shared_cache(place, "one probe").put(KEY, b"piece")
    assert shared_cache(place, "another").get(KEY) is None


def test_pieces_that_are_fetched_together_are_those_that_are_there(place: str | Path) -> None:
    cache = shared_cache(place, "probe")
    cache.put(KEY, b"piece")
    cache.ahead([KEY, OTHER])
    assert (cache.get(KEY), cache.get(OTHER)) == (b"piece", None)
    cache.put(OTHER, b"later")
    assert (cache.get(KEY), cache.get(OTHER)) == (b"piece", b"later")


def test_finished_films_are_kept_in_folders_and_not_at_urls(tmp_path: Path, memory: fsspec.AbstractFileSystem) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(bytes(range(256)) * 9000)
    shared, remote = SharedCache(tmp_path / "shared", "probe"), RemoteCache("memory://cache", "probe")
    for cache in (shared, remote):
        cache.put_file(KEY, film)
    assert shared.copy(KEY, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == film.read_bytes()
    assert not remote.copy(KEY, tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_damaged_piece_is_not_given(tmp_path: Path) -> None:
    url = f"file://{tmp_path}/shared"
    shared_cache(url, "probe").put(KEY, b"piece")
    (piece,) = (path for path in (tmp_path / "shared").rglob("*") if path.is_file())
    piece.write_bytes(piece.read_bytes()[:-1] + b"?")
    assert shared_cache(url, "probe").get(KEY) is None
    piece.write_bytes(b"")
    assert shared_cache(url, "probe").get(KEY) is None


def test_nothing_half_written_is_left_where_writes_are_not_whole_by_themselves(tmp_path: Path) -> None:
    shared_cache(f"file://{tmp_path}/shared", "probe").put(KEY, b"piece")
    assert not list((tmp_path / "shared").rglob("*.part"))


def test_a_shared_cache_that_cannot_be_written_says_so_and_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for place in (tmp_path / "file" / "cache", f"file://{tmp_path}/file/cache"):
        cache = shared_cache(place, "probe")
        cache.put(KEY, b"piece")
        assert cache.trouble is not None
        assert "nothing more is kept in the cache" in cache.trouble
        assert str(place) in cache.trouble


def test_only_the_users_own_folder_is_trimmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYREEL_CACHE_LIMIT", "10")
    own, shared = SharedCache(probe="probe"), SharedCache(tmp_path / "shared", "probe")
    for cache in (own, shared):
        cache.put(KEY, b"piece")
        cache.trim()
    assert SharedCache(probe="probe").get(KEY) is None
    assert SharedCache(tmp_path / "shared", "probe").get(KEY) == b"piece"


def test_what_is_asked_for_decides_the_cache(tmp_path: Path) -> None:
    assert opened(False) is None
    assert opened(False, cluster=True) is None
    assert type(opened(True)) is Cache
    assert type(opened(True, cluster=True)) is SharedCache
    assert type(opened(tmp_path)) is SharedCache
    assert type(opened("memory://cache")) is RemoteCache


def test_an_unknown_kind_of_url_is_refused_at_once() -> None:
    with pytest.raises(StoryreelError, match="nowhere://x: cannot be used: Protocol not known: nowhere"):
        opened("nowhere://x")
    with pytest.raises(StoryreelError, match="cannot be used"), delivered("nowhere://x/film.mp4"):
        pass


def test_chunks_in_a_shared_cache_serve_a_machine_that_has_none(
    tmp_path: Path, memory: fsspec.AbstractFileSystem
) -> None:
    timeline = small_film(tmp_path)
    render(timeline, tmp_path / "one.mp4")
    first = render(timeline, tmp_path / "two.mp4", cache=RemoteCache("memory://team", "probe"))
    assert first.reused == 0
    again = render(timeline, tmp_path / "three.mp4", cache=RemoteCache("memory://team", "probe"))
    assert again.reused == again.chunks
    assert {(tmp_path / f"{name}.mp4").read_bytes() for name in ("one", "two", "three")} == {
        (tmp_path / "one.mp4").read_bytes()
    }


def test_a_film_for_a_url_appears_there_with_what_lies_beside_it(memory: fsspec.AbstractFileSystem) -> None:
    with delivered("memory://bucket/out/film.mp4") as local:
        local.write_bytes(b"film")
        local.with_suffix(".srt").write_bytes(b"words")
        assert not memory.exists("/bucket/out/film.mp4")
    assert memory.cat_file("/bucket/out/film.mp4") == b"film"
    assert memory.cat_file("/bucket/out/film.srt") == b"words"
    assert not local.parent.exists()


def test_a_film_that_failed_leaves_nothing_at_its_url(tmp_path: Path) -> None:
    def fail() -> None:
        with delivered(f"file://{tmp_path}/out/film.mp4") as local:
            local.write_bytes(b"half a film")
            raise RenderError("no")

    with pytest.raises(RenderError, match="no"):
        fail()
    assert not (tmp_path / "out").exists()


def test_an_upload_that_breaks_off_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fsspec.implementations.local import LocalFileSystem

    def half(self: LocalFileSystem, local: str, path: str, **options: object) -> None:
        Path(path).write_bytes(b"half")
        raise OSError("the line is dead")

    monkeypatch.setattr(LocalFileSystem, "put_file", half)
    (tmp_path / "film.mp4").write_bytes(b"a film")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "film.mp4").write_bytes(b"the one before")
    with pytest.raises(RenderError, match=r"out/film.mp4: cannot write here: the line is dead"):
        Delivery(f"file://{tmp_path}/out", tmp_path).send(["film.mp4"])
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["film.mp4"]
    assert (tmp_path / "out" / "film.mp4").read_bytes() == b"the one before"


def test_films_that_are_sent_aside_are_there_at_the_end(tmp_path: Path, memory: fsspec.AbstractFileSystem) -> None:
    for name in ("one.mp4", "one.srt", "two.mp4"):
        (tmp_path / name).write_text(name)
    with Delivery("memory://bucket/out", tmp_path) as delivery:
        delivery.send_aside(["one.mp4", "one.srt"], ["one.mp4"])
        delivery.send_aside(["two.mp4"], [])
    assert {name: memory.cat_file(f"/bucket/out/{name}") for name in ("one.mp4", "one.srt", "two.mp4")} == {
        name: name.encode() for name in ("one.mp4", "one.srt", "two.mp4")
    }
    assert {path.name for path in tmp_path.iterdir()} == {"one.srt", "two.mp4"}


def test_a_film_that_could_not_be_sent_aside_is_told_of_at_the_end(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way")
    (tmp_path / "film.mp4").write_bytes(b"film")
    said = r"out/film.mp4: cannot write here: "
    with pytest.raises(RenderError, match=said), Delivery(f"file://{tmp_path}/out", tmp_path) as delivery:
        delivery.send_aside(["film.mp4"], ["film.mp4"])
    assert (tmp_path / "film.mp4").exists()


def test_a_path_is_left_alone(tmp_path: Path) -> None:
    with delivered(tmp_path / "film.mp4") as local:
        assert local == tmp_path / "film.mp4"
    with delivered(str(tmp_path / "film.mp4")) as local:
        assert local == tmp_path / "film.mp4"
