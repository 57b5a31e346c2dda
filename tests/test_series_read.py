"""A series file says which films there are, what they share and what differs; mistakes are said in place."""

from __future__ import annotations

import os
import shutil
import textwrap
from pathlib import Path

import pytest
from PIL import Image

from storyreel.errors import SceneError, StoryreelError
from storyreel.film.reading import schema_text, vocabulary
from storyreel.script.files import film_name
from storyreel.script.models import CustomFormat
from storyreel.script.series import is_series, read_series
from storyreel.series.batch import film_orders
from storyreel.series.jobs import script_of

ROOT = Path(__file__).parent.parent

SCENE = """
storyreel: 1
title: {title}
hashtags: [Own]
cast:
  michii: {{puppet: michii}}
scenes:
  - id: story
    cast: {{michii: {{at: centre}}}}
    beats:
      - michii: {{do: hop}}
"""


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("one", "two"):
        write(tmp_path / name / "scene.yaml", SCENE.format(title=name.title()))
    for name in ("a", "b"):
        write(tmp_path / "more" / f"{name}.yaml", SCENE.format(title=name.title()))
    (tmp_path / "me.jpg").write_bytes(b"picture")
    return tmp_path


def wrong(folder: Path, text: str) -> list[str]:
    """What is said about a series file, without the file's own path."""
    path = write(folder / "series.yaml", text)
    with pytest.raises(SceneError) as caught:
        read_series(path, vocabulary(folder))
    return [str(problem).removeprefix(f"{path}:") for problem in caught.value.problems]


def test_every_mistake_is_said_at_once_with_its_line_and_a_suggestion(folder: Path):
    said = wrong(
        folder,
        """
        storyreel: 1
        title: Kindness
        shared:
          hashtag: [Kind]
          hashtags: ["#Kind"]
          format: [tiktok, sqare]
          look: kawai
          loudness: -3
          creator: {name: M, handle: "@m", portrait: you.jpg, message: Hi}
          intro: opening.yaml
        episodes:
          - {scene: one/scene.yaml, nam: x, captions: burnt}
        """,
    )
    assert said == [
        "4:3: unknown key 'hashtag'; did you mean 'hashtags'?",
        "5:14: '#Kind': write one word, without the #",
        "6:20: unknown format 'sqare'; did you mean 'square'?",
        "7:9: unknown look 'kawai'; did you mean 'kawaii'?",
        "8:13: needs at most -9, not -3",
        "9:46: no file 'you.jpg' beside the series",
        "10:10: no file 'opening.yaml' beside the series",
        "12:29: unknown key 'nam'; did you mean 'name'?",
        "12:47: 'burnt' is not known here; did you mean 'burn'?",
    ]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("more/*.yml", "no scene file matches 'more/*.yml'"),
        ("/tmp/scene.yaml", "'/tmp/scene.yaml' is an absolute path; name the scene from the series' folder"),
        (r"one\scene.yaml", r"'one\scene.yaml': write paths with /"),
        ("7", 'needs text, or keys and values, not 7; put it in quotes: "7"'),
        (
            "{scene: more/*.yaml, name: x}",
            "'more/*.yaml' is 2 films, and they can't share a name",
        ),
    ],
)
def test_an_entry_that_names_no_film_is_said_where_it_stands(folder: Path, entry: str, said: str):
    [only] = wrong(folder, f"storyreel: 1\ntitle: K\nepisodes:\n  - {entry}\n")
    line, _, message = only.split(":", 2)
    assert (line, message.strip()) == ("4", said)


def test_two_films_may_not_overwrite_each_other(folder: Path):
    text = "storyreel: 1\ntitle: K\nepisodes:\n  - one/scene.yaml\n  - {scene: two/scene.yaml, name: ONE}\n"
    [said] = wrong(folder, text)
    assert said == "5:13: a second film called 'ONE'; the first is in line 4; give it a name"
    scenes = [folder / "one" / "scene.yaml", folder / "x" / "one.yaml"]
    with pytest.raises(SceneError, match="a second film called 'one'"):
        film_orders(scenes)


def test_a_series_file_of_a_newer_format_or_that_is_no_series_is_refused(folder: Path):
    [said] = wrong(folder, "storyreel: 99\ntitle: K\nepisodes: [one/scene.yaml]\n")
    assert said.startswith("1:12: this file is written for storyreel format 99; this storyreel reads up to 2")
    [said] = wrong(folder, "- a\n- b\n")
    assert said == "1:1: a series file begins with keys such as 'storyreel: 1'"


def test_patterns_are_films_in_alphabetical_order_and_never_the_series_or_its_intro(folder: Path):
    write(folder / "more" / "intro.yaml", SCENE.format(title="Intro"))
    text = "storyreel: 1\ntitle: K\nshared: {intro: intro.yaml}\nepisodes: ['*.yaml', ../one/scene.yaml]\n"
    path = write(folder / "more" / "series.yaml", text)
    _, films = read_series(path)
    assert [film.name for film in films] == ["a", "b", "one"]


def test_a_film_is_called_as_its_file_or_its_folder(tmp_path: Path):
    assert film_name(tmp_path / "bullies" / "scene.yaml") == "bullies"
    assert film_name(tmp_path / "bullies" / "take-two.yaml") == "take-two"


def test_only_a_file_with_episodes_is_a_series(folder: Path):
    assert is_series(write(folder / "s.yaml", "title: K\n'episodes':\n  - a.yaml\n"))
    assert not is_series(folder / "one" / "scene.yaml")
    assert not is_series(folder / "nowhere.yaml")
    assert not is_series(folder)


def test_what_is_shared_holds_where_scene_and_entry_say_nothing(folder: Path):
    creator = '{name: %s, handle: "@m", portrait: me.jpg, message: Hi}'
    text = f"""
        storyreel: 1
        title: Kindness
        shared:
          creator: {creator % "Shared"}
          hashtags: [Kind, Own]
          loudness: -16
          captions: sidecar
        episodes:
          - one/scene.yaml
          - scene: two/scene.yaml
            title: Second
            message: Bye
            hashtags: [Two]
            loudness: -20
            creator: {creator % "Another"}
    """
    _, (one, two) = film_orders(write(folder / "series.yaml", text))
    first, second = script_of(one), script_of(two)
    assert (first.title, second.title) == ("One", "Second")
    assert (first.hashtags, second.hashtags) == (["Own", "Kind"], ["Own", "Kind", "Two"])
    assert (one.entry.loudness, two.entry.loudness) == (-16, -20)
    assert (one.captions, two.captions) == ("sidecar", "sidecar")
    assert first.creator is not None
    assert second.creator is not None
    assert (first.creator.name, first.creator.message) == ("Shared", "Hi")
    assert (second.creator.name, second.creator.message) == ("Another", "Bye")


def test_a_scenes_own_creator_comes_before_the_shared_one(folder: Path):
    Image.new("RGB", (8, 8)).save(folder / "one" / "me.jpg")
    scene = folder / "one" / "scene.yaml"
    own = 'creator: {name: Own, handle: "@o", portrait: me.jpg, message: Mine}\n'
    scene.write_text(scene.read_text() + own)
    shared = '{name: Shared, handle: "@m", portrait: me.jpg, message: Hi}'
    text = f"storyreel: 1\ntitle: K\nshared: {{creator: {shared}}}\nepisodes: [one/scene.yaml]\n"
    _, [film] = film_orders(write(folder / "series.yaml", text))
    creator = script_of(film).creator
    assert creator is not None
    assert creator.name == "Own"


def test_variants_multiply_and_their_names_say_only_what_varies(folder: Path):
    scenes = [folder / "one" / "scene.yaml"]
    assert [film.name for film in film_orders(scenes, ["square"])[1]] == ["one"]
    both = film_orders(scenes, ["tiktok", "square", "tiktok"], ["kawaii"])[1]
    assert [(film.name, film.form, film.look) for film in both] == [
        ("one.tiktok", "tiktok", "kawaii"),
        ("one.square", "square", "kawaii"),
    ]
    text = (
        "storyreel: 1\ntitle: K\nepisodes:\n  - {scene: one/scene.yaml, format: [reels, {width: 640, height: 640}]}\n"
    )
    series = write(folder / "series.yaml", text)
    names = [(film.name, film.form) for film in film_orders(series)[1]]
    assert names == [("one.reels", "reels"), ("one.640x640", CustomFormat(width=640, height=640))]
    assert [film.name for film in film_orders(series, ["square"])[1]] == ["one"]


def test_an_unknown_format_or_look_is_refused_before_anything_is_read(folder: Path):
    with pytest.raises(StoryreelError, match="unknown format 'sqare'; did you mean 'square'"):
        film_orders([folder / "nowhere.yaml"], ["sqare"])
    with pytest.raises(StoryreelError, match="kawaii"):
        film_orders([folder / "nowhere.yaml"], [], ["kawai"])


def test_a_series_stands_alone(folder: Path):
    series = write(folder / "series.yaml", "storyreel: 1\ntitle: K\nepisodes: [one/scene.yaml]\n")
    with pytest.raises(SceneError, match="is a series file; give it alone"):
        film_orders([series, folder / "two" / "scene.yaml"])


def test_intro_and_outro_stand_around_the_story(folder: Path):
    part = SCENE.replace("michii: {{puppet: michii}}", "grump: {{puppet: grump}}").replace("michii", "grump")
    write(folder / "intro.yaml", part.format(title="Intro").replace("id: story", "id: opening"))
    write(folder / "outro.yaml", part.format(title="Outro").replace("id: story", "id: goodbye"))
    text = "storyreel: 1\ntitle: K\nshared: {intro: intro.yaml, outro: outro.yaml}\nepisodes: [one/scene.yaml]\n"
    _, [film] = film_orders(write(folder / "series.yaml", text))
    script = script_of(film)
    assert [scene.id for scene in script.scenes] == ["opening", "story", "goodbye"]
    assert sorted(script.cast) == ["grump", "michii"]


def test_an_intro_that_does_not_fit_a_film_says_where(folder: Path):
    scene = SCENE.replace("{{puppet: michii}}", "{{puppet: grump}}")
    intro = write(folder / "intro.yaml", scene.format(title="Intro"))
    text = "storyreel: 1\ntitle: K\nshared: {intro: intro.yaml}\nepisodes: [one/scene.yaml]\n"
    _, [film] = film_orders(write(folder / "series.yaml", text))
    with pytest.raises(SceneError) as caught:
        script_of(film)
    assert [str(problem).removeprefix(str(intro)) for problem in caught.value.problems] == [
        ":5:3: 'michii' is someone else in the film 'One'; give one of the two another name",
        ":7:9: the film 'One' has a scene 'story' too; give this one another id",
    ]


def test_the_committed_schema_is_the_models():
    committed = (ROOT / "schema" / "series.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(series=True), "run: storyreel schema --series > schema/series.schema.json"


@pytest.mark.parametrize("series", ["examples/create-kindness/series.yaml", "benchmarks/series/series.yaml"])
def test_the_series_in_this_repository_are_good(series: str):
    path = ROOT / series
    _, films = film_orders(path)
    assert films
    for film in films:
        assert script_of(film).scenes


def test_a_pattern_stays_in_the_series_folder_and_a_name_may_lead_to_a_neighbour(folder: Path):
    start = "storyreel: 1\ntitle: K\nepisodes:\n  - "
    [said] = wrong(folder / "two", start + "'../**/*.yaml'\n")
    assert said.startswith("4:5: '../**/*.yaml': a pattern stays in the series' folder")
    _, [film] = read_series(write(folder / "two" / "series.yaml", start + "../one/scene.yaml\n"))
    assert film.scene.samefile(folder / "one" / "scene.yaml")


def test_a_pattern_follows_no_links_out_of_the_folder_or_in_circles(folder: Path):
    home = folder / "two"
    (home / "circle").symlink_to(home)
    (home / "again").symlink_to(home)
    (home / "away.yaml").symlink_to(folder / "one" / "scene.yaml")
    text = "storyreel: 1\ntitle: K\nepisodes: '**/*.yaml'\n"
    _, films = read_series(write(home / "series.yaml", text))
    assert [film.scene for film in films] == [home / "scene.yaml"]


def test_what_is_no_pattern_is_said(folder: Path):
    [said] = wrong(folder, "storyreel: 1\ntitle: K\nepisodes: ['x**y/*.yaml']\n")
    assert said.startswith("3:12: ")
    assert "x**y" in said


def test_one_episode_stands_for_a_list_of_one(folder: Path):
    _, [film] = read_series(write(folder / "series.yaml", "storyreel: 1\ntitle: K\nepisodes: one/scene.yaml\n"))
    assert film.name == "one"


def test_a_name_that_is_not_utf8_is_said_before_anything_is_rendered(folder: Path):
    name = os.fsdecode(b"caf\xe9.yaml")
    shutil.copy(folder / "one" / "scene.yaml", folder / name)
    with pytest.raises(SceneError) as caught:
        film_orders([folder / name])
    assert str(caught.value) == f"{folder}/caf\\udce9.yaml: a name in its path is not UTF-8; rename it"
    [said] = wrong(folder, "storyreel: 1\ntitle: K\nepisodes: ['caf*.yaml']\n")
    assert said == "3:12: 'caf\\udce9.yaml': a name in its path is not UTF-8; rename it"
