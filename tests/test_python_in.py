"""What Python programs bring and take: pictures, clips and sounds of others, scene files, lists, films in a batch."""

from __future__ import annotations

import ast
import base64
import io
import re
from pathlib import Path
from typing import TypeGuard

import numpy as np
import pytest
from PIL import Image

import storyreel
from storyreel import Beat, Episode, Placement, Scene, Script, StoryreelError, batch, listing, put
from storyreel.film.reading import read
from storyreel.media.clips import Reel
from storyreel.script.models import CastMember, Creator, MusicSpec, Part, VoiceSpec
from storyreel.script.read import read_text
from storyreel.script.saved import scene_text
from storyreel.sound.interchange import decoded

ROOT = Path(__file__).parent.parent


def film(title: str = "Calm", **more: object) -> Script:
    scene = Scene(id="meadow", set="pastel", beats=[Beat(wait="0.2s")])
    return Script.model_validate(
        {"storyreel": 2, "title": title, "format": {"width": 180, "height": 180}, "scenes": [scene], **more}
    )


class Turning:
    """A layer of another library: it has a length, and gives an array for a time."""

    duration = 0.5

    def __call__(self, seconds: float) -> np.ndarray:
        shown = np.zeros((40, 60, 4), np.uint8)
        shown[:, :30, 0] = 255
        shown[..., 3] = 255 if seconds < 0.25 else 0
        return shown


def test_a_picture_of_another_library_is_one_that_a_scene_can_name(tmp_path: Path) -> None:
    red = np.full((20, 30, 3), (255, 0, 0), np.uint8)
    assert put(red, tmp_path / "red.png") == "red.png"
    put(Image.fromarray(red), tmp_path / "too.webp")
    prop = {"kind": "picture", "file": "red.png", "width": 1080, "height": 1080, "at": [0.5, 0.5]}
    scene = Scene.model_validate({"id": "a", "props": {"it": prop}, "beats": [{"wait": "0.2s"}]})
    shown = Episode.from_script(film(scenes=[scene]), tmp_path).picture(3)
    assert shown.getpixel((90, 90)) == (255, 0, 0)


def test_anything_with_a_duration_that_gives_arrays_is_a_clip(tmp_path: Path) -> None:
    put(Turning(), tmp_path / "it.webm", fps=10)
    clip = Reel(tmp_path / "it.webm")
    assert len(clip.starts) == 5
    early, late = (clip.frame(number, (60, 40)) for number in (1, 4))
    assert early.shape[:2] == (40, 60)
    assert early[20, 10, 3] > 250
    assert early[20, 10, 2] > 200 > 60 > early[20, 50, 2]
    assert late[..., 3].max() < 5
    put(np.zeros((4, 20, 20, 3), np.uint8), tmp_path / "many.mp4", fps=4)
    with pytest.raises(StoryreelError, match="has no `duration`, or gives no picture"):
        put(object(), tmp_path / "no.mp4")


def test_a_clip_of_moviepy_brings_its_sound(tmp_path: Path) -> None:
    moviepy = pytest.importorskip("moviepy")
    from moviepy.audio.AudioClip import AudioClip

    tone = AudioClip(lambda t: np.array([0.3 * np.sin(2 * np.pi * 440 * t)] * 2).T, duration=0.4, fps=48000)
    clip = moviepy.ColorClip((32, 48), (0, 120, 255), duration=0.4).with_fps(10).with_audio(tone)
    put(clip, tmp_path / "blue.mp4")
    blue = Reel(tmp_path / "blue.mp4").frame(2, (32, 48))[24, 16]
    assert abs(int(blue[0]) - 255) < 12
    heard = decoded(tmp_path / "blue.mp4")
    assert 0.15 < np.sqrt((heard**2).mean()) < 0.25


def test_a_segment_is_a_sound(tmp_path: Path) -> None:
    from pydub.generators import Sine

    put(Sine(440).to_audio_segment(duration=300, volume=-6), tmp_path / "tone.wav")
    heard = decoded(tmp_path / "tone.wav")
    assert heard.shape == (14400, 2)
    music = MusicSpec(track="tone.wav")
    assert Episode.from_script(film(music=music), tmp_path).samples().any()


@pytest.mark.parametrize(
    ("thing", "name", "said"),
    [
        (np.zeros((4, 4, 7)), "a.png", "is no picture"),
        (np.zeros((4, 3)), "a.wav", "is no sound"),
        (np.zeros((4, 4, 3)), "a.tiff", "its name must end in .png"),
    ],
)
def test_what_is_nothing_of_the_kind_is_refused_and_nothing_is_left(
    tmp_path: Path, thing: object, name: str, said: str
) -> None:
    with pytest.raises(StoryreelError, match=re.escape(said)):
        put(thing, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_saved_script_is_the_same_when_it_is_read_again() -> None:
    path = ROOT / "examples" / "what-we-dont-see" / "scene.yaml"
    script = read_text(path.read_text(encoding="utf-8"), "s", path.parent)
    assert read_text(scene_text(script), "s", path.parent) == script


def test_a_script_built_in_python_is_saved_as_a_scene_file_whole_or_not_at_all(tmp_path: Path) -> None:
    part = Part(say='She said: "no" – ja?', do=["wave"])
    beat = Beat.model_validate({"mi": part, "pause": "0.4s"})
    scene = Scene(id="a", cast={"mi": Placement(at="left")}, beats=[beat])
    script = film(cast={"mi": CastMember(puppet="michii", voice=VoiceSpec())}, scenes=[scene])
    script.save(tmp_path / "a.yaml")
    assert read(tmp_path / "a.yaml")[0] == script
    assert storyreel.load(tmp_path / "a.yaml").title == "Calm"
    with pytest.raises(StoryreelError, match="cannot write here"):
        script.save(tmp_path / "no" / "a.yaml")
    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]


def test_what_there_is_can_be_listed(tmp_path: Path) -> None:
    assert "hop" in listing("acts")
    assert listing("tracks")["bubblegum"].startswith("sections: ")
    film().save(tmp_path / "a.yaml")
    assert listing("sets", tmp_path / "a.yaml")["pastel"] == "in meadow"
    with pytest.raises(StoryreelError, match="there is no list of act; did you mean 'acts'"):
        listing("act")


def test_drawings_that_lie_beside_a_scene_are_listed_though_nothing_names_them(tmp_path: Path) -> None:
    props = "props: {it: {kind: drawing, file: it.svg}}"
    words = f"storyreel: 2\ntitle: T\nscenes:\n  - {{id: a, {props}, beats: [{{wait: 1s}}]}}\n"
    (tmp_path / "a.yaml").write_text(words, encoding="utf-8")
    for name in ("it", "other", "somebody"):
        (tmp_path / f"{name}.svg").write_text(DRAWN, encoding="utf-8")
    (tmp_path / "somebody.rig.yaml").write_text("{}\n", encoding="utf-8")
    unused = "lies beside the scene, unused"
    for kind, theirs in (("props", ["other.svg"]), ("sets", ["other.svg"]), ("puppets", ["somebody.svg"])):
        found = listing(kind, tmp_path / "a.yaml")
        assert [name for name, about in found.items() if about == unused] == theirs


DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g id="Box"><path d="M1 1h7v7z" fill="#f00"/></g></svg>'
)


def test_a_notebook_shows_a_film_as_its_contact_sheet() -> None:
    episode = Episode.from_script(film("Calm & <still>"))
    assert repr(episode) == "<Episode 'Calm & <still>'>"
    with Image.open(io.BytesIO(episode._repr_png_())) as sheet:
        assert sheet.size == episode.sheet().size
    html = episode._repr_html_()
    assert "Calm &amp; &lt;still&gt;" in html
    (data,) = re.findall(r"base64,([^\"]+)\"", html)
    assert base64.b64decode(data)[1:4] == b"PNG"


def test_episodes_are_rendered_in_a_batch_as_files_are(tmp_path: Path) -> None:
    film("From a file").save(tmp_path / "one.yaml")
    two = film("Built & here")
    report = batch(
        [storyreel.load(tmp_path / "one.yaml", form="square"), Episode.from_script(two, tmp_path)],
        tmp_path / "out",
        jobs=1,
        draft=True,
        cache=False,
    )
    assert [(one.name, one.status, one.title, one.width) for one in report.films] == [
        ("one", "done", "From a file", 540),
        ("built-here", "done", "Built & here", 180),
    ]
    assert not (tmp_path / "built-here.yaml").exists()
    with pytest.raises(StoryreelError, match="calm"):
        batch([Episode.from_script(film()), Episode.from_script(film())], tmp_path / "again", cache=False)


def test_every_default_of_a_model_is_named_so_that_type_checkers_see_it() -> None:
    """A default that comes first and unnamed makes a key look needed (PEP 681), and editors mark its absence."""
    modules = sorted((Path(storyreel.__file__).parent / "script").glob("*.py"))
    calls = [node for path in modules for node in ast.walk(ast.parse(path.read_text("utf-8"))) if _is_field(node)]
    assert len(calls) > 200
    assert not [ast.unparse(call) for call in calls if call.args]


def test_what_type_checkers_are_told_of_a_model_is_what_it_takes() -> None:
    folder = Path(storyreel.__file__).parent / "script"
    told = {}
    for path in (folder / "models.py", folder / "people.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for inner in ast.walk(node) if isinstance(node, ast.ClassDef) else ():
                if isinstance(inner, ast.FunctionDef) and inner.name == "__init__" and inner.args.kwonlyargs:
                    needed = {
                        one.arg: default is None
                        for one, default in zip(inner.args.kwonlyargs, inner.args.kw_defaults, strict=True)
                    }
                    told[node.name] = needed
    assert told == {
        model.__name__: {name: field.is_required() for name, field in model.model_fields.items()}
        for model in (Script, Scene, CastMember, Creator)
    }


def _is_field(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Field"
