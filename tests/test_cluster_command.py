"""`--cluster`, `--cache` and URLs, as they are typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from small_series import scene

import storyreel
from storyreel.cli.commands import run
from storyreel.farm import handshake


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYREEL_CACHE", str(tmp_path / "own"))


Ran = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> Ran:
    def command(*arguments: str | Path) -> tuple[int, str, str]:
        try:
            code = run([str(argument) for argument in arguments])
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.mark.slow
def test_a_batch_and_a_render_on_a_cluster_come_out_as_on_one_machine(tmp_path: Path, ran: Ran) -> None:
    scenes = [scene(tmp_path, "one", seconds=1.0), scene(tmp_path, "two", "pastel", colour="#FFB3D1", seconds=1.0)]
    out, shared = f"file://{tmp_path}/out", f"file://{tmp_path}/shared"
    code, said, _ = ran("batch", *scenes, "-o", out, "--cluster", "local", "--jobs", "1", "--cache", shared)
    assert code == 0
    assert f"{out}/index.html: 2 of 2 films" in said
    files = {path.name for path in (tmp_path / "out").iterdir()}
    assert files >= {"one.mp4", "one.cover.png", "one.vtt", "two.post.txt", "index.html", "report.json"}
    code, _, _ = ran("render", scenes[0], "-o", f"file://{tmp_path}/alone/one.mp4", "--no-cache", "--jobs", "1")
    assert code == 0
    film = (tmp_path / "alone" / "one.mp4").read_bytes()
    assert (tmp_path / "out" / "one.mp4").read_bytes() == film
    assert (tmp_path / "alone" / "one.vtt").is_file()
    again = storyreel.load(scenes[0]).render(tmp_path / "again.mp4", cache=shared, cluster="local", jobs=1)
    assert again.reused == again.chunks
    assert (tmp_path / "again.mp4").read_bytes() == film


def test_an_address_where_nobody_answers_ends_a_render_before_it_begins(
    tmp_path: Path, ran: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handshake, "ANSWER", 0.3)
    film = scene(tmp_path, "one")
    for arguments in (("render", film, "-o", tmp_path / "film.mp4"), ("batch", film, "-o", tmp_path / "out")):
        code, _, error = ran(*arguments, "--cluster", "tcp://127.0.0.1:9")
        assert code == 1
        assert error.startswith("storyreel: no Dask scheduler answers at tcp://127.0.0.1:9: ")
        assert error.count("\n") == 1
    assert not (tmp_path / "film.mp4").exists()
    assert not (tmp_path / "own" / "clips").exists()


def test_a_cache_and_no_cache_are_not_both_asked_for(tmp_path: Path, ran: Ran) -> None:
    code, _, error = ran("render", tmp_path / "one.yaml", "--cache", tmp_path, "--no-cache")
    assert (code, "--cache and --no-cache" in error) == (2, True)


def test_a_films_url_must_end_as_a_films_name_does(tmp_path: Path, ran: Ran) -> None:
    code, _, error = ran("render", tmp_path / "one.yaml", "-o", "memory://films/one.avi")
    assert (code, "memory://films/one.avi: its name must end in .mp4" in error) == (2, True)


def test_a_url_of_an_unknown_kind_is_one_message(tmp_path: Path, ran: Ran) -> None:
    for arguments in (("--cache", "nowhere://x"), ("-o", "nowhere://x/film.mp4")):
        code, _, error = ran("render", scene(tmp_path, "one"), *arguments)
        assert (code, error.count("\n")) == (1, 1)
        assert "cannot be used: Protocol not known: nowhere" in error
