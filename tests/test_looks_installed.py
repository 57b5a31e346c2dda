"""Looks that other packages bring: found by their entry points, loaded when asked for, told apart by their files."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from storyreel import looks
from storyreel.assets import asset
from storyreel.cli.commands import run
from storyreel.errors import SceneError, StoryreelError
from storyreel.film.reading import schema_text, vocabulary
from storyreel.looks import about, installed, look, look_names, pen, shipped_names, usable
from storyreel.render import keys
from storyreel.render.chunks import Chunk
from storyreel.render.encode import EncoderSettings
from storyreel.render.probe import difference
from storyreel.render.slices import order
from storyreel.script.read import read_text
from storyreel.text.chain import chain
from storyreel.timeline.model import CaptionPage, Scene, Timeline, Word
from storyreel.treatment.look import Said

ROOT = Path(__file__).resolve().parent.parent
FACES = '{role: ("Baloo 2 ExtraBold",) for role in ("caption", "title", "body", "label")}'
DATA = f"""from storyreel.treatment.look import Look
LOOK = Look("wax", "Wax.", "wax_look.pen", {FACES})
"""
SCENE = """storyreel: 1
title: A wax film
look: wax
cast:
  michii: {puppet: michii}
scenes:
  - id: one
    set: bedroom
    cast: {michii: {at: centre}}
    beats:
      - michii: Hello!
"""

Install = Callable[..., Path]


def written(site: Path, package: str, version: str, entries: str, files: dict[str, str]) -> None:
    """Installs a package into a folder of packages, as an installer does."""
    about = site / f"{package.replace('-', '_')}-{version}.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n")
    (about / "entry_points.txt").write_text(f"[storyreel.looks]\n{entries}\n")
    for name, text in files.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text)


def forget() -> None:
    """What is remembered of the looks that are installed."""
    for remembered in (installed._entries, looks.look_names, looks.look, looks.pen, keys.engine):
        remembered.cache_clear()
    for name in [name for name in sys.modules if name.split(".")[0] in ("wax_look", "wax_pen", "crayon_look")]:
        del sys.modules[name]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs a package with a look into a folder of its own; gives that folder."""

    def installs(
        data: str = DATA,
        package: str = "wax-look",
        version: str = "1.0",
        name: str = "wax",
        drawing: str = "",
        **files: str,
    ) -> Path:
        site = tmp_path / f"{package}-{version}"
        texts = {"wax_look/__init__.py": data, "wax_look/pen.py": drawing, **files}
        written(site, package, version, f"{name} = wax_look:LOOK", texts)
        monkeypatch.syspath_prepend(str(site))
        forget()
        return site

    forget()
    yield installs
    monkeypatch.undo()
    forget()


def refusal(name: str = "wax") -> str:
    with pytest.raises(StoryreelError) as refused:
        usable(name)
    return str(refused.value)


def test_a_look_of_another_package_is_listed_with_it_and_found_by_its_name(install: Install) -> None:
    install()
    assert look_names() == (*shipped_names(), "wax")
    assert about("wax") == "Wax. (wax-look 1.0)"
    assert look("wax").name == "wax"
    assert look("wax").pen == "wax_look.pen"


def test_no_look_is_imported_before_it_is_asked_for(install: Install) -> None:
    install("raise RuntimeError('never asked for')")
    assert "wax" in look_names()
    assert look("kawaii").name == "kawaii"
    assert "wax_look" not in sys.modules


def test_a_look_that_cannot_be_imported_is_a_line_of_the_list(install: Install) -> None:
    install("import a_thing_that_nobody_has")
    assert about("wax") == "can't be used: the look 'wax' of wax-look 1.0 can't be loaded: ModuleNotFoundError: " + (
        "No module named 'a_thing_that_nobody_has'"
    )


def test_a_look_whose_pen_cannot_be_imported_is_refused_before_it_draws(install: Install) -> None:
    install(drawing="1 / 0")
    assert look("wax").name == "wax"
    assert refusal() == "the look 'wax' of wax-look 1.0 can't be loaded: ZeroDivisionError: division by zero"


def test_a_name_that_ships_means_the_look_that_ships(install: Install) -> None:
    install("raise RuntimeError('not this one')", name="kawaii")
    assert look("kawaii").pen == "storyreel.looks.kawaii.pen"
    assert look_names().count("kawaii") == 1
    assert "wax-look" not in about("kawaii")


def test_two_packages_that_bring_one_name_are_both_named(install: Install) -> None:
    install()
    install(package="candles", version="2.1")
    assert refusal() == "the look 'wax' is brought by candles 2.1 and wax-look 1.0; uninstall all but one"
    assert about("wax") == f"can't be used: {refusal()}"


@pytest.mark.parametrize(("number", "older"), [(2, "storyreel"), (0, "wax-look")])
def test_a_look_for_another_contract_says_what_to_update(install: Install, number: int, older: str) -> None:
    install(DATA.replace(FACES, f"{FACES}, contract={number}"))
    assert refusal() == (
        f"the look 'wax' of wax-look 1.0 is made for contract {number}; this storyreel has 1; update {older}"
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("LOOK = 7", "wax_look:LOOK must be a storyreel.treatment.look.Look, and is of type int"),
        (DATA.replace('"wax",', '"tallow",'), "calls itself 'tallow'; its entry point must have the same name"),
        (DATA.replace('"label"', '"logo"'), "has no faces for label"),
        (DATA.replace("Baloo 2 ExtraBold", "Balloo 2 ExtraBold"), "unknown face 'Balloo 2 ExtraBold'; did you mean"),
    ],
)
def test_what_is_not_as_a_look_must_be_is_said_with_its_package(install: Install, data: str, said: str) -> None:
    install(data)
    assert said in refusal()
    assert refusal().startswith("the look 'wax' of wax-look 1.0")


@pytest.mark.parametrize("files", [{"data": "1 / 0"}, {"drawing": "1 / 0"}])
def test_a_scene_that_names_a_look_that_cannot_be_used_is_told_at_its_look(
    install: Install, tmp_path: Path, files: dict[str, str]
) -> None:
    install(**files)
    with pytest.raises(SceneError) as wrong:
        read_text(SCENE.replace("at: centre", "at: centtre"), "scene.yaml", tmp_path, vocabulary(tmp_path))
    first, *others = wrong.value.problems
    assert str(first) == (
        "scene.yaml:3:7: the look 'wax' of wax-look 1.0 can't be loaded: ZeroDivisionError: division by zero"
    )
    assert 9 in {problem.place.line for problem in others}, "all mistakes are said at once"


def test_a_looks_own_face_comes_before_the_shipped_one_of_that_name(install: Install) -> None:
    data = DATA.replace("LOOK = ", "from pathlib import Path\nLOOK = ").replace(
        FACES, f"{FACES}, fonts=Path(__file__).parent / 'type'"
    )
    site = install(data, **{"wax_look/type/faces.yaml": "Baloo 2 ExtraBold: wax.ttf"})
    assert "the font file of 'wax' is missing: wax.ttf" in refusal()
    font = site / "wax_look" / "type" / "wax.ttf"
    font.write_bytes(asset("fonts", "Fredoka_500Medium.ttf").read_bytes())
    (face,) = chain(look("wax").faces["caption"]).faces
    assert face.path == str(font)
    assert face.name == "wax"
    (shipped,) = chain(look("kawaii").faces["caption"][:1]).faces
    assert shipped.path == str(asset("fonts", "Baloo2_800ExtraBold.ttf"))


def chunk_key(name: str) -> str:
    film = Timeline("t", name, 108, 192, Fraction(30), (60, 250, 910, 1480), (Scene("a", 12, ()),))
    keys.engine.cache_clear()
    return keys.chunk_key(order(film, Chunk(0, 0, 12, 0), EncoderSettings(108, 192, Fraction(30))))


@pytest.mark.parametrize("edited", ["wax_look/__init__.py", "wax_look/pen.py", "wax_look/paper/tooth.txt"])
def test_a_file_of_an_installed_look_changes_the_keys_of_its_own_chunks_alone(install: Install, edited: str) -> None:
    site = install(**{"wax_look/paper/tooth.txt": "rough"})
    before = {name: chunk_key(name) for name in ("wax", "kawaii", "sketch")}
    with (site / edited).open("a") as file:
        file.write("\n")
    after = {name: chunk_key(name) for name in before}
    assert {name for name in before if before[name] != after[name]} == {"wax"}


def test_the_version_of_an_installed_look_counts_and_the_place_where_it_lies_does_not(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = install()
    first = chunk_key("wax")
    monkeypatch.setattr(sys, "path", [path for path in sys.path if path != str(site)])
    site.rename(site.with_name("elsewhere"))
    monkeypatch.syspath_prepend(str(site.with_name("elsewhere")))
    forget()
    assert chunk_key("wax") == first
    about = next(site.with_name("elsewhere").glob("*.dist-info"))
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: wax-look\nVersion: 1.1\n")
    forget()
    assert chunk_key("wax") != first


def test_a_look_of_single_modules_is_known_by_those_files_before_its_pen_is_loaded_and_after(install: Install) -> None:
    install(DATA.replace("wax_look.pen", "wax_pen"), **{"wax_pen.py": "", "others.py": ""})
    names = [path.name for _, path in installed.files_of("wax")]
    assert "wax_pen" not in sys.modules
    assert names == ["__init__.py", "pen.py", "wax_pen.py"]
    usable("wax")
    assert [path.name for _, path in installed.files_of("wax")] == names


def test_a_look_that_is_not_installed_any_more_has_no_digest(install: Install) -> None:
    with pytest.raises(StoryreelError, match="no package that is installed brings a look 'wax'"):
        keys.look_digest("wax")


def test_the_schema_that_is_printed_offers_installed_looks_and_the_committed_one_does_not(install: Install) -> None:
    install()
    assert '"wax"' in schema_text(installed=True)
    assert '"wax"' not in schema_text()
    assert '"wax"' in schema_text(series=True, installed=True)


def test_how_machines_differ_in_a_look_is_told() -> None:
    here = {"storyreel": "0.1.0", "look": "wax", "package": "wax-look 1.0", "files": "ab", "drawn": "cd"}
    assert difference(here, here) == ""
    assert difference(here, {"storyreel": "0.1.0", "look": "wax", "package": ""}) == (
        "has no look 'wax', and this machine has that of wax-look 1.0"
    )
    assert difference(here, {**here, "package": "wax-look 0.9"}) == (
        "has the look 'wax' of wax-look 0.9, and this machine has that of wax-look 1.0"
    )
    assert "has other files of the look 'wax'" in difference(here, {**here, "files": "?"})
    assert "draws other bits in the look 'wax'" in difference(here, {**here, "drawn": "?"})


def test_a_look_without_captions_has_plain_ones_in_the_colours_of_its_kit(install: Install) -> None:
    import numpy as np
    import skia

    from storyreel.text.setting import layout

    kit = 'Kit({"paper": "#0000FF", "ink": "#FFFFFF", "accent": "#FF0000"})'
    install(f"from storyreel.treatment.contract import Kit\n{DATA}".replace(FACES, f"{FACES}, kit={kit}"))
    drawn, data = pen("wax"), look("wax")
    page = CaptionPage(0, 30, (Word("Hello", 0, 9), Word("you!", 10, 20)), ((0, 1),), 72)
    placed = layout(page, chain(data.faces["caption"]), data.caption, (60.0, 250.0, 910.0, 1480.0))

    def painted(frame: int) -> np.ndarray:
        surface = skia.Surface(1080, 1920)
        drawn.caption(surface.getCanvas(), placed, page, Said.at(page, frame, data.caption.settle))
        return surface.toarray(colorType=skia.kRGBA_8888_ColorType)

    first, second = painted(2), painted(12)
    rows, columns = np.nonzero(first[:, :, 3])
    left, top, right, bottom = placed.ink
    assert left <= columns.min() < columns.max() <= right
    assert top <= rows.min() < rows.max() <= bottom
    for colour in ((0, 0, 255), (255, 255, 255), (255, 0, 0)):
        assert (first[:, :, :3] == colour).all(axis=2).any()

    def marked(picture: np.ndarray) -> float:
        return float(np.nonzero((picture[:, :, :3] == (255, 0, 0)).all(axis=2))[1].mean())

    assert marked(first) < marked(second), "the mark goes with what is said"


def test_a_look_without_transitions_covers_the_whole_picture_at_half(install: Install) -> None:
    import skia

    install()
    surface = skia.Surface(60, 40)
    pen("wax").transition(surface.getCanvas(), "cut", 0.5, (60, 40), 1, None)
    assert not surface.toarray().any()
    pen("wax").transition(surface.getCanvas(), "fade", 0.5, (60, 40), 1, None)
    assert (surface.toarray()[:, :, 3] == 255).all()


# ---- the page that makes a look


def blocks() -> dict[str, str]:
    """The files of `docs/looks.md` by their names."""
    text = (ROOT / "docs" / "looks.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^`([\w./]+)`\n\n```\w+\n(.*?)^```", text, re.DOTALL | re.MULTILINE))


@pytest.fixture
def crayon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Installs the look of the page, for this process and for those that it starts."""
    files = blocks()
    project = tomllib.loads(files.pop("pyproject.toml"))["project"]
    (entry,) = project["entry-points"]["storyreel.looks"].items()
    site = tmp_path / "site"
    written(site, project["name"], project["version"], " = ".join(entry), files)
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(ROOT), str(site))))
    monkeypatch.setenv("STORYREEL_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    forget()
    yield
    monkeypatch.undo()
    forget()


@pytest.mark.usefixtures("crayon")
def test_the_look_that_the_page_makes_has_about_sixty_lines_and_is_listed_as_the_page_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = [line for name, text in blocks().items() if name.endswith(".py") for line in text.splitlines() if line]
    assert len(code) <= 70
    assert run(["looks"]) == 0
    shown = re.search(r"\$ storyreel looks\n(.*?)```", (ROOT / "docs" / "looks.md").read_text(), re.DOTALL)
    assert shown is not None
    assert set(shown[1].splitlines()) <= set(capsys.readouterr().out.splitlines())


@pytest.mark.usefixtures("crayon")
def test_the_look_that_the_page_makes_draws_the_first_film(tmp_path: Path) -> None:
    import numpy as np
    from PIL import Image, ImageColor

    import storyreel

    assert run(["new", "film"]) == 0
    assert run(["frame", "film/scene.yaml", "--at", "2.2", "-o", "crayon.png", "--look", "crayon"]) == 0
    picture = np.asarray(Image.open(tmp_path / "crayon.png"))
    assert picture.shape == (1920, 1080, 3)
    assert picture.mean() < 110, "the paper is black"
    assert (picture == (0x17, 0x17, 0x1C)).all(axis=2).mean() > 0.01, "captions lie on strips of it"
    speakers = storyreel.load(tmp_path / "film" / "scene.yaml").timeline.captions[0].colour
    assert (picture == ImageColor.getrgb(speakers)).all(axis=2).any(), "what is said is marked in the speaker's colour"


@pytest.mark.slow
@pytest.mark.usefixtures("crayon")
def test_workers_here_and_on_a_cluster_draw_in_the_look_that_the_page_makes(tmp_path: Path) -> None:
    scene = SCENE.replace("look: wax", "look: crayon\nreveal: false\nformat: {width: 216, height: 384, fps: 30}")
    (tmp_path / "scene.yaml").write_text(scene.replace("Hello!", "{do: wave, for: 1.5s}"))
    films = {}
    for name, hands in (("here", ("--jobs", "2")), ("cluster", ("--cluster", "local", "--jobs", "1"))):
        assert run(["render", "scene.yaml", "--no-cache", "-o", f"{name}.mp4", *hands]) == 0
        films[name] = (tmp_path / f"{name}.mp4").read_bytes()
    assert films["here"] == films["cluster"]


@pytest.mark.slow
def test_a_worker_that_lacks_the_films_look_is_refused(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    from storyreel.farm.cluster import Cluster
    from storyreel.farm.local import LocalNodes

    nodes = LocalNodes(1)
    try:
        site = install()
        monkeypatch.setenv("PYTHONPATH", str(site))
        film = Timeline("t", "wax", 108, 192, Fraction(30), (60, 250, 910, 1480), (Scene("a", 12, ()),))
        wanted = order(film, Chunk(0, 0, 12, 0), EncoderSettings(108, 192, Fraction(30)))
        with Cluster(nodes.address) as cluster:
            events = list(cluster.render([(0, replace(wanted, timeline=replace(film, look="kawaii")))]))
            assert events
            with pytest.raises(
                StoryreelError, match=r"worker tcp://\S+ has no look 'wax', and this machine has that of"
            ):
                list(cluster.render([(1, wanted)]))
    finally:
        nodes.close()
