"""A scene file is read strictly: everything wrong is said at once, each with its line and column."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyreel.errors import Place, SceneError
from storyreel.script.files import file_beside
from storyreel.script.models import Script
from storyreel.script.read import read_scene, read_scene_with_places, read_text, read_text_with_places
from storyreel.source.tree import parse

GOOD = """\
storyreel: 1
title: Hello
cast:
  mi: {puppet: michii, voice: {use: heart}}
  bo: {puppet: grump}
scenes:
  - id: one
    cast:
      mi: {at: left, face: happy}
    props:
      go: {kind: button, label: GO}
      glass: {kind: pane}
    beats:
      - mi: Hello there!
        sfx: pop
      - mi: {do: [wave, {dance: {style: b}}], at: 0.5s}
        go: {set: {press: 1}, at: mi.up}
        hearts: {burst: 8, from: mi}
        camera:
          - {push: 1.2, over: 2s}
          - {shake: 9}
"""


def problems_of(text: str, base: Path | str = ".") -> list[str]:
    with pytest.raises(SceneError) as caught:
        read_text(text, "scene.yaml", base)
    return str(caught.value).splitlines()


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)


def test_a_good_scene_is_read_into_models():
    script = read_text(GOOD)
    assert isinstance(script, Script)
    beats = script.scenes[0].beats
    assert beats[0].parts["mi"][0].say == "Hello there!"
    assert beats[0].sfx[0].play == "pop"
    assert beats[1].parts["mi"][0].do == ["wave", {"dance": {"style": "b"}}]
    assert [spec.push for spec in beats[1].camera] == [1.2, None]


def test_the_first_film_is_read():
    path = Path(__file__).parent.parent / "examples" / "block-the-bullies" / "scene.yaml"
    assert read_text(
        path.read_text(encoding="utf-8").replace("portrait: portrait.png", "portrait: scene.yaml"), base=path.parent
    )


YAML_ERRORS = {
    "a: {say: Half for me: Nobody shared, ever., face: sad}\n": (
        "scene.yaml:1:21: not YAML: a text with a ':' in it needs quotes: \"Half for me: Nobody shared, ever.\""
    ),
    "a: {say: Half for me: Nobody shared\nb: 3\n": (
        "scene.yaml:1:21: not YAML: a text with a ':' in it needs quotes: \"Half for me: Nobody shared\""
    ),
    "a: {do: hop face: joy}\n": (
        "scene.yaml:1:17: not YAML: a text with a ':' in it needs quotes: \"hop face: joy\"; "
        "or a ',' is missing before 'face'"
    ),
    "a: Well, half for me: nobody # yet\n": (
        "scene.yaml:1:21: not YAML: a text with a ':' in it needs quotes: \"Well, half for me: nobody\""
    ),
    'a: He said: it\'s "me"': (
        "scene.yaml:1:11: not YAML: a text with a ':' in it needs quotes: 'He said: it''s \"me\"'"
    ),
    "a: say: hi": (
        "scene.yaml:1:7: not YAML: keys in one line need braces: {say: hi}; "
        "a text with a ':' in it needs quotes: \"say: hi\""
    ),
    "a: {do: hop\nb: 3\n": "scene.yaml:1:4: not YAML: this '[' or '{' is not closed, or a ',' is missing in it",
    "a: [1, 2\nb: 3\n": "scene.yaml:1:4: not YAML: this '[' or '{' is not closed, or a ',' is missing in it",
    'title: "x\n': "scene.yaml:1:8: not YAML: this quote is not closed",
    "a:\n\t- b\n": "scene.yaml:2:1: not YAML: a tab; YAML indents with spaces",
    "a: b: c\n": (
        "scene.yaml:1:5: not YAML: keys in one line need braces: {b: c}; a text with a ':' in it needs quotes: \"b: c\""
    ),
    "a: b\n  c: d\n": (
        "scene.yaml:2:4: not YAML: a ':' where none can stand; check the indent, or put the text in quotes"
    ),
    "a: *nobody\n": "scene.yaml:1:4: not YAML: no anchor '&nobody' stands before this; "
    "a text that begins with '*' needs quotes: \"*nobody\"",
    "a: 1\n---\nb: 2\n": "scene.yaml:2:1: not YAML: a second document ('---'); a scene file is one",
    "a: \x07\n": "scene.yaml:1:4: a character that YAML does not allow",
    "- 1\n": "scene.yaml:1:1: a scene file begins with keys such as 'storyreel: 1'",
    "": "scene.yaml:1:1: the file is empty; `storyreel new NAME` writes one to start from",
    "? [a]\n: 1\n": "scene.yaml:1:3: a key must be a word",
    "a: 1\nb: {c: 1, c: 2}\n": "scene.yaml:2:11: 'c' stands here twice; it is first in line 2",
    "a: !!python/name:os.system x\n": "scene.yaml:1:4: tags are not read here: !!python/name:os.system; "
    "a text that begins with '!' needs quotes",
    "a: !mine {b: 1}\n": "scene.yaml:1:4: tags are not read here: !mine; a text that begins with '!' needs quotes",
    'a: "\\ud83d"\n': "scene.yaml:1:4: half a character: an escape such as \\ud83d needs its second half",
    "a: @sam\n": "scene.yaml:1:4: not YAML: a text that begins with '@' needs quotes: \"@sam\"",
    "a: {b: @sam, c: 1}\n": "scene.yaml:1:8: not YAML: a text that begins with '@' needs quotes: \"@sam\"",
    "a: {b: {c: #FFB3D1}}\nd: 1\n": (
        "scene.yaml:1:12: not YAML: '#' begins a comment; put the text in quotes: \"#FFB3D1\""
    ),
    "a: {b: {c: #FFB3D1}}\n": "scene.yaml:1:12: not YAML: '#' begins a comment; put the text in quotes: \"#FFB3D1\"",
    "a: *sighs* well\nb: 1\n": (
        "scene.yaml:1:4: not YAML: no anchor '&sighs*' stands before this; "
        "a text that begins with '*' needs quotes: \"*sighs* well\""
    ),
    'a: "Hi" she said\n': (
        "scene.yaml:1:9: not YAML: the text goes on behind its closing quote; put the whole of it in single quotes"
    ),
    "a: 'don't'\n": (
        "scene.yaml:1:9: not YAML: the text goes on behind its closing quote; put the whole of it in double quotes"
    ),
    "a: [laughs] Hi\n": "scene.yaml:1:13: not YAML: a text that begins with '[' or '{' needs quotes",
    "a: ! now\n": "scene.yaml:1:4: a text that begins with '!' needs quotes",
    'a: "C:\\pics"\n': (
        "scene.yaml:1:8: not YAML: in double quotes '\\' begins an escape, and '\\p' is none; "
        "write \\\\ or use single quotes"
    ),
    'a: "\\U00110000"\n': "scene.yaml:1:7: '\\U00110000' is no character; the last one is \\U0010FFFF",
    'a: "\\UFFFFFFFF"\n': "scene.yaml:1:7: '\\UFFFFFFFF' is no character; the last one is \\U0010FFFF",
    "a: &a {b: *a}\n": "scene.yaml:1:4: an alias may not stand inside the value that it names",
}


@pytest.mark.parametrize("text", YAML_ERRORS, ids=lambda text: repr(text[:14]))
def test_what_is_not_yaml_is_said_with_its_place(text: str):
    assert problems_of(text) == [YAML_ERRORS[text]]


def test_keys_that_stand_twice_are_all_said():
    assert [line.split(": ")[0] for line in problems_of("a: 1\na: 2\nb:\n  c: 1\n  c: 2\n")] == [
        "scene.yaml:2:1",
        "scene.yaml:5:3",
    ]


def test_aliases_that_multiply_are_refused_quickly():
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 9)]
    (message,) = problems_of("l0: &l0 [x, x, x]\n" + "\n".join(levels))
    assert "aliases repeat" in message


def test_deep_nesting_is_refused():
    assert problems_of("a: " + "[" * 500) == ["scene.yaml:1:43: nested too deeply: more than 40 levels"]


def test_a_file_that_is_too_large_is_refused_before_it_is_read_through(tmp_path: Path):
    for text in (GOOD + "# " + "x" * 10_000_000, "a: [" + "b, " * 40_000 + "]", GOOD + "\n" * 10_000_000):
        began = time.process_time()
        (said,) = problems_of(text)
        assert time.process_time() - began < 2
        assert re.match(r"scene\.yaml:1:\d+: (longer than 128 KB|more than 12000 keys and values)", said)
    path = tmp_path / "scene.yaml"
    with path.open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(SceneError, match=r"scene\.yaml:1:1: longer than 128 KB"):
        read_scene(path)


def test_aliases_that_nest_are_refused():
    levels = "".join(f"l{n}: &l{n} [[[[[*l{n - 1}]]]]]\n" for n in range(1, 9))
    (said,) = problems_of("l0: &l0 x\n" + levels)
    assert said.endswith("nested too deeply; aliases repeat")


def test_one_thing_stands_for_a_list_everywhere():
    text = "storyreel: 1\ntitle: T\nhashtags: Kind\nscenes: {id: a, beats: {wait: 1s}}\n"
    script = read_text(text)
    assert script.hashtags == ["Kind"]
    assert [len(scene.beats) for scene in script.scenes] == [1]
    assert problems_of(text.replace("1s", "x"))[0].startswith("scene.yaml:4:31: 'x' is not a time")


def test_a_voice_of_which_nothing_is_said_is_a_voice():
    text = changed("voice: {use: heart}", "voice: {}")
    assert read_text(text).cast["mi"].voice is not None


def test_a_section_may_be_named_alone_where_the_music_changes():
    alone, listed, whole = (
        read_text(changed("sfx: pop", f"music: {said}").replace("title: Hello", "title: Hello\nmusic: bubblegum"))
        for said in ("home", "[home, {level: -30, at: 1s}]", "{section: home}")
    )
    assert [change.section for change in alone.scenes[0].beats[0].music] == ["home"]
    assert [change.section for change in listed.scenes[0].beats[0].music] == ["home", None]
    assert alone == whole


def test_a_track_may_be_named_alone():
    script = read_text(changed("title: Hello", "title: Hello\nmusic: bubblegum"))
    assert script.music is not None
    assert script.music.track == "bubblegum"


def test_a_comment_behind_a_text_is_one_where_it_looks_like_one():
    assert read_text(changed("Hello there!", "Hello there! # softly")).scenes[0].beats[0].parts["mi"][0].say


def test_a_film_of_many_beats_is_no_longer_than_a_film_may_be():
    beats = "\n".join(["      - {wait: 1000s, pause: 1f}"] * 4)
    said = problems_of(GOOD + beats + "\n")
    assert said == [
        "scene.yaml:25:9: with this beat the film is longer than 60 minutes; tell it in several, as a series"
    ]
    assert read_text(GOOD + beats.replace("1000s", "600s"))


@pytest.mark.parametrize("decomposed", [True, False])
def test_a_name_is_found_in_whichever_normal_form_the_disk_has_it(tmp_path: Path, decomposed: bool):
    on_disk, written = (
        unicodedata.normalize(form, "Zoë/Zoë.png") for form in ("NFD", "NFC")[:: 1 if decomposed else -1]
    )
    (tmp_path / on_disk).parent.mkdir()
    (tmp_path / on_disk).touch()
    assert file_beside(tmp_path, written).samefile(tmp_path / on_disk)


@pytest.mark.parametrize(
    ("name", "said"), [("a" * 300 + ".png", "can't be read: File name too long"), ("loop.png", "leads in a circle")]
)
def test_names_that_no_disk_holds_and_links_in_circles_are_refused(tmp_path: Path, name: str, said: str):
    (tmp_path / "loop.png").symlink_to("loop.png")
    text = changed("title: Hello", f"title: Hello\ncreator: {{name: A, handle: '@a', message: m, portrait: {name}}}")
    (found,) = problems_of(text, tmp_path)
    assert found.startswith("scene.yaml:3:56: ")
    assert said in found
    assert len(found) < 200


def test_anchors_and_merges_may_be_used_and_keep_their_places():
    text = changed("  bo: {puppet: grump}\n", "  bo: &bo {puppet: grump}\n  cy: {<<: *bo, size: 2}\n")
    script, places = read_text_with_places(text)
    assert (script.cast["cy"].puppet, script.cast["cy"].size) == ("grump", 2)
    assert places(("cast", "cy", "puppet")).line == 5
    assert problems_of(text.replace("puppet: grump", "puppet: 5")) == [
        'scene.yaml:5:20: needs text, not 5; put it in quotes: "5"'
    ]


def test_words_of_yaml_1_1_are_plain_words():
    text = changed("title: Hello", "title: off").replace("label: GO", "label: yes")
    script = read_text(text)
    assert script.title == "off"
    assert script.scenes[0].props["go"].label == "yes"


def mistakes() -> list[tuple[str, str, list[str]]]:
    """The corpus of mistakes: what is taken out of the good scene, what is put in, what is then said."""
    blocks = (Path(__file__).parent / "script_mistakes.txt").read_text(encoding="utf-8").split("\n\n")[1:]

    def marked(block: str, mark: str) -> list[str]:
        return [line[2:] for line in block.splitlines() if line.startswith(mark)]

    return [("\n".join(marked(block, "-")), "\n".join(marked(block, "+")), marked(block, "=")) for block in blocks]


def test_the_corpus_of_mistakes_is_read():
    assert len(mistakes()) > 50
    assert all(old and new and said for old, new, said in mistakes())


@pytest.mark.parametrize(("old", "new", "said"), mistakes(), ids=[new[-24:] for _, new, _ in mistakes()])
def test_each_mistake_is_said_once_with_its_place(old: str, new: str, said: list[str]):
    assert problems_of(changed(old, new)) == [f"scene.yaml:{line}" for line in said]


def test_everything_wrong_is_said_at_once_in_the_order_of_the_text():
    text = GOOD
    places = []
    for old, new in (
        ("title: Hello", "titel: Hello"),
        ("puppet: grump", "puppet: 5"),
        ("label: GO", "lable: GO"),
        ("mi: {at: left,", "mi: {at: lft,"),
        ("burst: 8", "burst: 900"),
        ("at: mi.up", "at: bo.up"),
    ):
        text = text.replace(old, new)
    said = problems_of(text)
    places = [tuple(map(int, line.split(":")[1:3])) for line in said]
    assert places == sorted(places)
    assert [line for line, _ in places] == [1, 2, 5, 9, 11, 17, 18]


def test_a_mistake_under_an_unknown_key_of_a_beat_is_not_said_again():
    (only,) = problems_of(changed("- mi: Hello there!", "- cammera: [{push: 1, zom: 2}, 5]"))
    assert "did you mean 'camera'" in only


def test_scenes_may_not_share_an_id():
    second = dedent("""\
      - id: one
        beats: [{wait: 1s}]
    """)
    assert problems_of(GOOD + "".join(f"  {line}\n" for line in second.splitlines())) == [
        "scene.yaml:22:9: scene 'one' stands here twice; it is first in line 7"
    ]


def test_panes_may_not_show_each_other():
    text = changed("glass: {kind: pane}", "glass: {kind: pane, in: other}\n      other: {kind: phone, in: glass}")
    assert [line.split(": ", 1)[1] for line in problems_of(text)] == [
        "'glass' would show itself",
        "'other' would show itself",
    ]


@pytest.mark.parametrize("name", ["../other/p.png", "/etc/passwd", "C:/p.png", "a/../../p.png", "a\\p.png", "."])
def test_files_outside_the_scenes_folder_are_refused(tmp_path: Path, name: str):
    (tmp_path / "film").mkdir()
    (tmp_path / "p.png").touch()
    text = changed("title: Hello", f"title: Hello\ncreator: {{name: A, handle: '@a', message: m, portrait: '{name}'}}")
    (said,) = problems_of(text, tmp_path / "film")
    assert said.startswith("scene.yaml:3:56: '")
    assert "no file" not in said


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path):
    (tmp_path / "film").mkdir()
    (tmp_path / "secret.png").touch()
    (tmp_path / "film" / "p.png").symlink_to(tmp_path / "secret.png")
    text = changed("title: Hello", "title: Hello\ncreator: {name: A, handle: '@a', message: m, portrait: p.png}")
    (said,) = problems_of(text, tmp_path / "film")
    assert "lies outside the scene's folder" in said


def test_a_file_beside_the_scene_is_found(tmp_path: Path):
    (tmp_path / "art").mkdir()
    (tmp_path / "art" / "p.png").touch()
    text = changed("title: Hello", "title: Hello\ncreator: {name: A, handle: '@a', message: m, portrait: art/p.png}")
    assert read_text(text, base=tmp_path).creator is not None


def test_a_newer_format_is_refused_alone_and_clearly():
    assert problems_of(changed("storyreel: 1", "storyreel: 3").replace("beats", "acts")) == [
        "scene.yaml:1:12: this file is written for storyreel format 3; this storyreel reads up to 2; "
        "update with: pip install -U storyreel"
    ]


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path):
    with pytest.raises(SceneError, match=r"scene\.yaml: no such file"):
        read_scene(tmp_path / "scene.yaml")
    with pytest.raises(SceneError, match="is a folder"):
        read_scene(tmp_path)


def test_a_file_that_is_not_utf8_is_said_with_its_place(tmp_path: Path):
    path = tmp_path / "scene.yaml"
    path.write_bytes(b"storyreel: 1\ntitle: caf\xe9\n")
    with pytest.raises(SceneError, match=r"scene.yaml:2:11: not UTF-8"):
        read_scene(path)


def test_a_byte_order_mark_is_not_part_of_the_first_key(tmp_path: Path):
    path = tmp_path / "scene.yaml"
    path.write_text("\ufeff" + GOOD, encoding="utf-8")
    assert read_scene(path).title == "Hello"


def test_later_steps_can_name_the_line_of_what_they_refuse(tmp_path: Path):
    path = tmp_path / "scene.yaml"
    path.write_text(GOOD, encoding="utf-8")
    _, places = read_scene_with_places(path)
    assert places(("scenes", 0, "beats", 0, "mi", 0, "say")) == Place(str(path), 14, 13)
    assert places(("scenes", 0, "beats", 1, "mi", 0, "do", 1)) == Place(str(path), 16, 25)
    assert places.key(("scenes", 0, "beats", 1, "camera", 1, "shake")) == Place(str(path), 21, 14)
    assert places(("nothing", "of", "this")) == Place(str(path), 1, 1)


PLAIN = ["", "5", "-1", "~", "yes", "[]", "{}", "[a, b]", "{a: 1}", "mi", "nobody"]
TOKENS = st.sampled_from([*PLAIN, "'", '"', ": ", "- ", "\n", "  ", "<<", "&a", "*a"])


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_is_broken_the_answer_is_a_script_or_messages_with_places(data: st.DataObject):
    words = re.split(r"(\W+)", GOOD)
    for _ in range(data.draw(st.integers(1, 3))):
        words[data.draw(st.integers(0, len(words) - 1))] = data.draw(TOKENS)
    text = "".join(words)
    try:
        script = read_text(text)
    except SceneError as refused:
        found = refused.problems
    else:
        assert isinstance(script, Script)
        return
    assert found
    for problem in found:
        assert problem.place.file == "scene.yaml"
        assert problem.place.line <= text.count("\n") + 1
        assert problem.place.line > 0
        assert problem.message
        assert "\n" not in problem.message


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(VALUES)
def test_json_is_read_as_yaml_reads_it(value: object):
    text = json.dumps({"a": value}, allow_nan=False) if _finite(value) else '{"a": 1}'
    tree, places = parse(text, "f")
    assert tree == json.loads(text)
    assert places(("a",)).column > 1


def _finite(value: object) -> bool:
    try:
        json.dumps(value, allow_nan=False)
    except ValueError:
        return False
    return True


def test_a_text_folded_over_lines_holds_what_is_written_and_nothing_else() -> None:
    tree, _ = parse("title: >\n  over two\n  lines\nnote: >-\n  one\n\n  two\n", "scene.yaml")
    assert tree == {"title": "over two lines\n", "note": "one\ntwo"}
