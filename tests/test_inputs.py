"""Nothing of the author's is overwritten: what a film is made from is refused as a place to write to."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from small_series import scene

import storyreel
from storyreel.assets import asset
from storyreel.cli.commands import FAILED, WRONG_INPUT, run

CREATOR = "creator: {{name: Mi, handle: '@mi', portrait: {0}, message: Hi}}\nreveal: false\n"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYREEL_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A scene with a drawing and its rig, and a picture whose name is that of a film."""
    path = scene(tmp_path / "film", "one", seconds=0.3)
    folder = path.parent
    shutil.copy(asset("puppets", "michii", "michii.svg"), folder / "mine.svg")
    shutil.copy(asset("puppets", "michii", "michii.rig.yaml"), folder / "mine.rig.yaml")
    shutil.copy(next(asset("portraits").glob("*.png")), folder / "me.png")
    text = path.read_text().replace("puppet: michii", "puppet: mine.svg")
    path.write_text(text + CREATOR.format("me.png"))
    return path


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.is_file()}


def plain(folder: Path, name: str) -> Path:
    return folder / name


def linked(folder: Path, name: str) -> Path:
    link = folder.parent / f"link{Path(name).suffix}"
    link.symlink_to(folder / name)
    return link


def hard(folder: Path, name: str) -> Path:
    link = folder.parent / f"hard{Path(name).suffix}"
    os.link(folder / name, link)
    return link


def as_film(film: Path, name: str, other: str) -> None:
    """Gives a file that the scene reads another name."""
    (film.parent / name).rename(film.parent / other)
    film.write_text(film.read_text().replace(name, other))


@pytest.mark.parametrize("way", [plain, linked, hard])
@pytest.mark.parametrize("known", [False, True])
def test_a_film_is_not_rendered_over_its_own_portrait(
    film: Path, capsys: pytest.CaptureFixture[str], way: Callable[[Path, str], Path], known: bool
) -> None:
    as_film(film, "me.png", "me.mp4")
    if known:
        _ = storyreel.load(film).timeline
    out = way(film.parent, "me.mp4")
    before = digests(film.parent)
    assert run(["render", str(film), "-o", str(out), "--jobs", "1", "--draft"]) == WRONG_INPUT
    assert capsys.readouterr().err == f"{out}: is read for the film; write to another place\n"
    assert digests(film.parent) == before


def test_captions_are_not_written_over_it_either(film: Path, tmp_path: Path) -> None:
    as_film(film, "me.png", "me.srt")
    before = digests(film.parent)
    for out in (film.parent / "me.mp4", f"file://{film.parent}/me.mp4"):
        assert run(["render", str(film), "-o", str(out), "--jobs", "1", "--draft"]) == WRONG_INPUT
    assert digests(film.parent) == before
    with pytest.raises(storyreel.SceneError, match=r"me\.srt: is read for the film"):
        storyreel.load(film).render(film.parent / "me.mp4", draft=True, cache=False)


@pytest.mark.parametrize("command", [["frame", "--at", "0.1"], ["sheet"]])
def test_a_picture_is_not_drawn_over_one_that_the_film_shows(film: Path, command: list[str]) -> None:
    before = digests(film.parent)
    assert run([command[0], str(film), *command[1:], "-o", str(film.parent / "me.png")]) == WRONG_INPUT
    assert digests(film.parent) == before


@pytest.mark.parametrize("name", ["one.yaml", "mine.rig.yaml", "mine.svg"])
def test_neither_the_scene_nor_a_drawing_nor_its_rig_is_overwritten(film: Path, name: str) -> None:
    with pytest.raises(storyreel.SceneError, match="is read for the film"):
        storyreel.load(film).spare(film.parent / name)
    storyreel.load(film).spare(film.parent / "other.mp4", "memory://one.yaml")


def test_a_film_built_in_python_spares_what_it_names(film: Path) -> None:
    episode = storyreel.Episode.from_script(storyreel.load(film).script, film.parent)
    with pytest.raises(storyreel.SceneError, match=r"me\.png: is read for the film"):
        episode.spare(film.parent / "me.png")


@pytest.mark.parametrize("escaped", [False, True])
def test_a_batch_spares_what_any_of_its_films_reads(film: Path, tmp_path: Path, escaped: bool) -> None:
    other = scene(film.parent, "two", seconds=0.3)
    as_film(film, "me.png", "two.cover.png")
    if escaped:
        film.write_text(film.read_text().replace("two.cover.png", '"two.c\\x6fver.png"'))
    before = digests(film.parent)
    said = r"two\.cover\.png: is read for the film"
    for out in (film.parent, f"file://{film.parent}"):
        with pytest.raises(storyreel.SceneError, match=said):
            storyreel.batch([film, other], out, jobs=1, draft=True)
    assert digests(film.parent) == before
    (tmp_path / "out").mkdir()
    os.link(film.parent / "two.cover.png", tmp_path / "out" / "one.mp4")
    with pytest.raises(storyreel.SceneError, match=r"one\.mp4: is read"):
        storyreel.batch([film, other], tmp_path / "out", jobs=1, draft=True)


def test_a_batch_spares_the_series_file_and_its_portrait(film: Path) -> None:
    folder = film.parent
    (folder / "one.mp4").write_bytes((folder / "me.png").read_bytes())
    creator = "{name: Mi, handle: '@mi', portrait: one.mp4, message: Hi}"
    series = f"storyreel: 1\ntitle: Mine\nepisodes:\n  - {{scene: one.yaml, creator: {creator}}}\n"
    (folder / "series.yaml").write_text(series)
    with pytest.raises(storyreel.SceneError, match=r"one\.mp4: is read"):
        storyreel.batch(folder / "series.yaml", folder, jobs=1, draft=True)


@pytest.mark.parametrize("suffix", [".srt", ".vtt"])
def test_a_film_whose_captions_cannot_be_written_is_not_made(
    film: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    out = tmp_path / "out"
    (out / f"one{suffix}").mkdir(parents=True)
    assert run(["render", str(film), "-o", str(out / "one.mp4"), "--jobs", "1", "--draft"]) == FAILED
    assert f"one{suffix}: cannot write here: it is a folder" in capsys.readouterr().err
    assert [path.name for path in out.iterdir()] == [f"one{suffix}"]
    report = storyreel.batch([film], out, jobs=1, draft=True)
    assert [one.status for one in report.films] == ["failed"]
    assert {path.name for path in out.iterdir()} == {f"one{suffix}", "index.html", "report.json"}
