"""Drawing a puppet of one's own: the template, what is found in a drawing, the page about it."""

from __future__ import annotations

import doctest
import itertools
import json
import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from test_cli import call

from storyreel.cli.templates import write_template
from storyreel.direct.acting.limbs import Reach, reach
from storyreel.errors import SceneError, StoryreelError
from storyreel.film.drawing_review import set_review, with_set
from storyreel.film.drawing_sheet import prop_sheet
from storyreel.film.episode import Episode
from storyreel.film.puppet_sheet import puppet_file, puppet_sheet
from storyreel.film.reading import vocabulary
from storyreel.publish.plates import Plate, Section, page
from storyreel.puppet import meant
from storyreel.puppet.model import Limb
from storyreel.puppet.naming import PARTS, VISEMES
from storyreel.puppet.review import review
from storyreel.puppet.rig import read_rig
from storyreel.puppet.svg import read_figure
from storyreel.script.hints import hints
from storyreel.script.read import read_text_with_places
from storyreel.sound.lipsync import nearest
from storyreel.treatment.contours import area, contours

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "puppets.md").read_text(encoding="utf-8")
ROBOT = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 600">
 <g id="robot">
  <g id="arm-left"><rect x="280" y="250" width="60" height="160"/></g>
  <g id="Right_Arm"><rect x="60" y="250" width="60" height="160"/></g>
  <g id="Body"><rect x="120" y="240" width="160" height="220"/></g>
  <g id="Head"><rect x="120" y="60" width="160" height="160"/>
   <g id="Left Eye"><circle cx="240" cy="120" r="20" fill="#fff"/></g>
   <g id="Right Eye"><circle cx="160" cy="120" r="20" fill="#fff"/></g>
   <g id="mouth-open"><rect x="160" y="170" width="80" height="30" fill="#fff"/></g>
  </g>
 </g>
</svg>
"""


SCENES = [block for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) if block.startswith("storyreel:")]


@pytest.fixture
def me(tmp_path: Path) -> Path:
    done = call("puppet", "new", "me.svg", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path / "me.svg"


@pytest.fixture
def robot(tmp_path: Path) -> Path:
    path = tmp_path / "robot.svg"
    path.write_text(ROBOT)
    return path


def test_the_template_has_every_part_that_does_something_and_every_mouth(me: Path) -> None:
    found = review(me)
    assert found.missing == ()
    assert found.stand_ins == {}
    assert found.odd == ()
    assert {*VISEMES, "Smile", "Sad", "Surprised"} == {*found.mouths}
    bones = [limb.bones for limb in found.rig.limbs.values()]
    assert len(bones) == 4
    assert all(lower > 0 for _, lower in bones), "elbows and knees bend"


def test_a_new_puppet_never_lands_on_a_file_that_is_there(me: Path) -> None:
    before = me.read_bytes()
    me.with_name("you.rig.yaml").write_text("height: 2\n")
    for name in ("me.svg", "you.svg"):
        done = call("puppet", "new", name, cwd=me.parent)
        assert done.returncode == 1
        assert "is there already" in done.stderr
    assert me.read_bytes() == before
    assert not me.with_name("you.svg").exists()
    assert call("puppet", "new", "me.png", cwd=me.parent).returncode == 2


def test_the_scene_on_the_page_is_good_with_the_template(me: Path) -> None:
    drawn, cells = SCENES
    script, places = read_text_with_places(drawn, "scene", me.parent, vocabulary(me.parent))
    assert hints(script, places) == ()
    for kind, name in (("puppet", "me.json"), ("prop", "box.json"), ("set", "street.json")):
        assert [path.suffix for path in write_template(kind, me.parent / name)] == [".json", ".png"]
    script, places = read_text_with_places(cells, "scene", me.parent, vocabulary(me.parent))
    assert hints(script, places) == ()
    assert set_review(me.with_name("street.json")).missing == ()


def test_the_template_of_cells_has_each_that_something_is_done_with(tmp_path: Path) -> None:
    path, picture = write_template("puppet", tmp_path / "me.json")
    found = review(path)
    assert (found.missing, found.stand_ins) == ((), {})
    text = path.read_text()
    path.write_text(text.replace('"eyes blink"', '"eyes odd"').replace('"body wave1"', '"body wave"'))
    assert [one.names for one in review(path).missing] == [("eyes blink",), ("body wave1",)]
    path.unlink()
    with pytest.raises(StoryreelError, match=r"me\.png is there already"):
        write_template("puppet", path)
    assert not path.exists()
    assert picture.exists()


def test_each_cell_of_a_thing_is_shown_and_a_set_of_them_fills_every_shape(tmp_path: Path) -> None:
    thing, _ = write_template("prop", tmp_path / "box.json")
    each, sheet = prop_sheet(thing, "gif"), json.loads(thing.read_text())
    thing.write_text(json.dumps({**sheet, "loops": {"box shut": [*sheet["cells"]]}}))
    assert prop_sheet(thing, "gif").height < each.height, "what a loop shows in turn is one thing"
    place, _ = write_template("set", tmp_path / "street.json")
    for form in ("landscape", "square", "reels"):
        film = Episode.from_script(with_set(place, form), tmp_path)
        least = int(np.asarray(film.picture(3)).max(axis=2).min())
        assert least > 40, f"{form} has none of the ground's black"


def test_the_rig_on_the_page_is_one_for_the_template_once_it_has_a_bow(me: Path) -> None:
    rig, views = (block for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) if "storyreel:" not in block)
    bow = '<g id="Bow" visibility="hidden"><circle cx="300" cy="120" r="20"/></g>'
    me.write_text(me.read_text().replace('<g id="Nose"', bow + '<g id="Nose"'))
    me.with_name("me.rig.yaml").write_text(rig + views)
    known = read_rig(me)
    assert {"doubtful", "joy"} <= known.faces.keys()
    assert {"shrug", "wave"} <= known.poses.keys()
    assert known.outfits == {"bow": {"Bow.show": 1.0}}
    assert set(known.views) == {"close", "profile"}


def test_the_page_says_what_check_says_of_the_robot(robot: Path) -> None:
    done = call("puppet", "check", "robot.svg", cwd=robot.parent)
    shown = re.findall(r"^robot\.svg:.*$", PAGE, re.MULTILINE)
    assert len(shown) == 2
    assert done.stderr.splitlines() == shown
    assert done.returncode == 0
    assert "Mouth: its mouth stays as it is drawn while it speaks" in done.stdout
    assert "Left Arm: on that side it waves" in done.stdout
    assert call("puppet", "check", "robot.svg", "--strict", cwd=robot.parent).returncode == 2


def test_the_page_names_every_part_and_what_stands_in_for_every_mouth() -> None:
    table = PAGE.partition("## Names of layers")[2].partition("### Mouths")[0]
    for part in PARTS:
        assert part in table or part.partition(" ")[2] in table, part
    rows = dict(re.findall(r"^\| `([\w-]+)` \| .* \|(?: ([\w, -]*))? \|$", PAGE, re.MULTILINE))
    assert set(VISEMES) <= rows.keys()
    for shape in set(VISEMES) - {"Neutral"}:
        drawn = [*VISEMES]
        drawn.remove(shape)
        for other in rows[shape].split(", "):
            assert nearest(shape, drawn) == other, shape
            drawn.remove(other)


def test_a_layer_that_was_deleted_is_told_once_however_many_faces_move_it(me: Path) -> None:
    me.write_text(re.sub(r'<g id="Left_Eyebrow".*?</g>', "", me.read_text(), flags=re.DOTALL))
    with pytest.raises(SceneError) as refused:
        review(me)
    assert [problem.message.partition(" (")[0] for problem in refused.value.problems] == [
        "the drawing has no part 'Left Eyebrow'; draw it, or take its values out here too"
    ]


def test_a_layer_of_ones_own_is_told_to_go_along_with_what_holds_it(me: Path) -> None:
    hat = '<g id="Hat"><rect x="200" y="60" width="200" height="40"/></g>'
    me.write_text(me.read_text().replace('<g id="Nose"', hat + '<g id="Nose"'))
    done = call("puppet", "check", "me.svg", cwd=me.parent)
    assert "\n  Hat: goes along with Head\n" in done.stdout
    assert done.stderr == ""


def test_a_feature_under_another_layer_is_told_with_what_covers_it(me: Path) -> None:
    assert review(me).covered == {}
    fringe = '<g id="Fringe"><path d="M 150,150 L 290,150 L 290,230 L 150,230 Z"/></g>'
    me.write_text(me.read_text().replace("    </g>\n  </g>\n</svg>", fringe + "    </g>\n  </g>\n</svg>"))
    assert review(me).covered == {"Right Eyebrow": "Fringe"}
    assert "Right Eyebrow: lies under Fringe" in call("puppet", "check", "me.svg", cwd=me.parent).stdout
    me.write_text(me.read_text().replace('<g id="Fringe"', '<g id="Fringe" opacity="0.4"'))
    assert review(me).covered == {}, "it is seen through what is thin"


def test_a_colour_that_an_own_puppet_lacks_is_told_with_where_its_tones_go(me: Path) -> None:
    scene = "storyreel: 2\ntitle: T\ncast:\n  me: {puppet: me.svg, colours: {shirt: '#FF0000'}}\n"
    scene += "scenes:\n  - {id: a, cast: {me: {}}, beats: [{wait: 1s}]}\n"
    with pytest.raises(
        SceneError, match=r"scene:4:34: .*no colour 'shirt'; .*`colours` in me\.rig\.yaml .*take the # off"
    ):
        read_text_with_places(scene, "scene", me.parent, vocabulary(me.parent))
    rig = me.with_name("me.rig.yaml")
    rig.write_text(rig.read_text().replace("# colours:", "colours:").replace("#   ", "  "))
    read_text_with_places(scene, "scene", me.parent, vocabulary(me.parent))
    with pytest.raises(SceneError, match=r"no colour 'shrt'; did you mean 'shirt'\?"):
        read_text_with_places(scene.replace("shirt", "shrt"), "scene", me.parent, vocabulary(me.parent))


def test_each_two_faces_of_the_template_differ_by_what_is_seen_at_once(me: Path) -> None:
    def seen(face: Mapping[str, float | str]) -> tuple[object, ...]:
        """Its mouth, what is done to it, and how far its eyes and brows go, in steps that an eye tells apart."""
        wide, brow = round(float(face.get("Mouth.sx", 1)) * 4), round(float(face.get("Left Eyebrow.rot", 0)) / 10)
        high, lids = round(float(face.get("Left Eyebrow.dy", 0)) / 8), round(float(face.get("blink.Left", 0)) * 5)
        return face.get("mouth"), wide, brow, high, lids

    faces = read_rig(me).faces
    for (one, its), (other, others) in itertools.combinations(faces.items(), 2):
        differing = sum(a != b for a, b in zip(seen(its), seen(others), strict=True))
        assert differing >= (1 if "neutral" in (one, other) else 2), f"{one}, {other}"


def test_the_templates_brows_lie_before_the_fringe(me: Path) -> None:
    names = [node.id for node in read_figure(me).root.walk()]
    assert names.index("Hair Front") < min(names.index("Left Eyebrow"), names.index("Right Eyebrow"))


def test_what_hides_the_templates_joints_is_as_large_as_the_limb_so_that_looks_shade_both_alike(me: Path) -> None:
    drawing = read_figure(me)
    limbs = [drawing.find(f"{side} {limb}") for side in ("Left", "Right") for limb in ("Arm", "Leg")]
    shapes = [node.shape for limb in limbs if limb is not None for node in limb.walk() if node.shape is not None]
    bare = [shape for shape in shapes if shape.stroke is None]
    assert len(bare) == 4
    assert min(area(contours(shape.path)) for shape in bare) > 4000, "sketch blackens what is dark and smaller"


def test_sides_that_are_the_pictures_are_told(robot: Path) -> None:
    turned = ROBOT.replace("Left Eye", "Eye").replace("Right Eye", "Left Eye").replace('"Eye"', '"Right Eye"')
    robot.write_text(turned)
    assert "left and right (Eye) are the picture's" in [one.message for one in review(robot).odd][-1][:60]


def test_a_bitmap_is_told_what_to_do_instead(tmp_path: Path) -> None:
    Image.new("RGB", (4, 4)).save(tmp_path / "me.png")
    with pytest.raises(
        StoryreelError, match=r"storyreel puppet new me\.svg.*puppet new me\.json.*\{kind: picture, file: me\.png\}"
    ):
        review(tmp_path / "me.png")
    scene = "storyreel: 2\ntitle: T\ncast:\n  me: {puppet: me.png}\nscenes:\n  - {id: a, beats: [{wait: 1s}]}\n"
    with pytest.raises(SceneError, match=r"scene:4:16: 'me\.png' is not an SVG.*`storyreel puppet new me\.svg`"):
        read_text_with_places(scene, "scene", tmp_path, vocabulary(tmp_path))


def test_shipped_puppets_are_named_and_unknown_ones_refused() -> None:
    assert review(puppet_file("michii")).missing == ()
    with pytest.raises(StoryreelError, match="no 'gramp' among the shipped puppets; did you mean 'grump'"):
        puppet_file("gramp")


def test_a_sheet_of_cells_is_looked_at_too() -> None:
    found = review(ROOT / "examples" / "power-of-words" / "rosie.json")
    assert "mouth" in [name for one in found.found for name in one.names]


def test_what_a_layer_was_meant_as_is_told_by_its_words() -> None:
    assert doctest.testmod(meant).failed == 0


def test_an_arm_without_a_hand_reaches_for_nothing() -> None:
    bare = Limb("Left Arm", "Left Hand", (0.0, 0.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0))
    assert reach(bare, 10.0, 20.0) == Reach(0.0, 0.0, 1.0)


def test_a_page_of_plates_has_rows_under_headings() -> None:
    red = Image.new("RGB", (100, 50), "#FF0000")
    shown = page("All", "3", [Section("Some", [Plate("one", red)] * 3), Section("None", [])], width=320)
    across = [x for x in range(320) if shown.getpixel((x, 200)) == (255, 0, 0)]
    assert (across[0], across[-1]) == (41, 256), "two in a row"
    assert shown.height < 104 + 62 + 2 * (50 + 34 + 18) + 60


@pytest.mark.slow
def test_a_puppets_sheet_shows_each_face_mouth_pose_and_act(robot: Path) -> None:
    sheet = puppet_sheet(robot)
    assert sheet.width == 1640
    assert sheet.height > 2000
    done = call("puppet", "sheet", "robot.svg", "-o", "robot.svg.png", "--look", "no-such", cwd=robot.parent)
    assert done.returncode == 1
    assert "unknown look 'no-such'" in done.stderr
