"""What is made from the models is in step with them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from storyreel.script.formats import format_names
from storyreel.script.messages import keys_of, known_keys
from storyreel.script.models import Beat, Part, Scene, Script
from storyreel.script.parts import ACTOR_KEYS, CROWD_KEYS, PROP_KEYS
from storyreel.script.props import KINDS
from storyreel.script.reference import reference
from storyreel.script.schema import schema
from storyreel.script.vocabulary import PuppetNames, Vocabulary

ROOT = Path(__file__).parent.parent


def test_the_committed_schema_is_the_models_with_the_names_of_what_ships():
    from storyreel.film.reading import schema_text

    committed = (ROOT / "schema" / "scene.schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(), "run: storyreel schema > schema/scene.schema.json"


def test_the_committed_reference_is_the_models():
    from storyreel.film.reading import reference_text

    committed = (ROOT / "docs" / "scene-format.md").read_text(encoding="utf-8")
    assert committed == reference_text(), "run: python -m storyreel.film.reading > docs/scene-format.md"


def test_the_schema_says_its_dialect_and_describes_every_key():
    made = schema()
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    models = [made, *(model for model in made["$defs"].values() if "properties" in model)]
    for model in models:
        assert model["description"]
        for key, value in model["properties"].items():
            described = "description" in value or "const" in value or "$ref" in value or key == "kind"
            assert described, f"{key} of {model['description']}"


def test_the_schema_closes_every_model_but_the_beat_which_holds_parts():
    made = schema()
    assert made["additionalProperties"] is False
    for name, model in made["$defs"].items():
        if "properties" in model and name != "Beat":
            assert model["additionalProperties"] is False, name
    texts = json.dumps(made["$defs"]["Beat"]["additionalProperties"])
    assert '"#/$defs/Part"' in texts
    assert '"string"' in texts
    assert '"array"' in texts


@pytest.mark.parametrize("key", ["camera", "hearts", "sfx"])
def test_the_schema_lets_one_thing_stand_for_a_list(key: str):
    alternatives = schema()["$defs"]["Beat"]["properties"][key]["anyOf"]
    assert any(one.get("type") == "array" for one in alternatives)
    assert any("$ref" in one for one in alternatives)


def test_the_schema_offers_the_names_that_are_known():
    words = Vocabulary(
        acts=frozenset({"wave"}),
        effects=frozenset({"pop"}),
        looks=frozenset({"kawaii"}),
        puppets=frozenset({"michii"}),
        rig=lambda puppet: PuppetNames(faces=frozenset({"joy"})),
    )
    made = schema(words)
    beats = made["$defs"]["Beat"]
    assert _matches(made["properties"]["look"], "kawaii", made)
    assert not _matches(made["properties"]["look"], "other", made)
    assert '"enum": ["joy"]' in json.dumps(made["$defs"]["Part"]["properties"]["face"])
    assert _matches(made["$defs"]["Part"]["properties"]["do"], ["wave", {"wave": {}}], made)
    assert not _matches(made["$defs"]["Part"]["properties"]["do"], ["fly"], made)
    assert _matches(beats["properties"]["sfx"], ["pop", "sounds/own.wav"], made), "a file is as good as a name"


def _matches(node: dict[str, Any], value: Any, root: dict[str, Any]) -> bool:
    """Just enough of JSON Schema to hold the examples against ours."""
    if "$ref" in node:
        return _matches(root["$defs"][node["$ref"].rsplit("/", 1)[1]], value, root)
    for key in ("anyOf", "oneOf"):
        if key in node and not any(_matches(one, value, root) for one in node[key]):
            return False
    if value not in node.get("enum", [value]) or value != node.get("const", value):
        return False
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float)}
    if "type" in node and node["type"] != "null" and not isinstance(value, kinds[node["type"]]):
        return False
    if node.get("type") == "null":
        return value is None
    if isinstance(value, dict) and node.get("type") == "object":
        known = node.get("properties", {})
        patterns = node.get("patternProperties", {})
        for key, inner in value.items():
            rule = known.get(key) or next((rule for p, rule in patterns.items() if re.search(p, key)), None)
            rule = node.get("additionalProperties", True) if rule is None else rule
            if rule is False or (rule is not True and not _matches(rule, inner, root)):
                return False
        return all(key in value for key in node.get("required", []))
    if isinstance(value, list) and "items" in node:
        return all(_matches(node["items"], inner, root) for inner in value)
    return True


def _scenes() -> list[Path]:
    return sorted([*(ROOT / "examples").glob("*/scene.yaml"), *(ROOT / "templates").glob("*/scene.yaml")])


@pytest.mark.parametrize("path", _scenes(), ids=lambda path: path.parent.name)
def test_every_scene_that_ships_keeps_to_the_schema_and_names_it(path: Path):
    from storyreel.source.tree import parse

    text = path.read_text(encoding="utf-8")
    tree, _ = parse(text, str(path))
    made = json.loads((ROOT / "schema" / "scene.schema.json").read_text(encoding="utf-8"))
    assert _matches(made, tree, made)
    assert not _matches(made, {**tree, "titel": "x"}, made)
    first = text.splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    named = (path.parent / first.split("=", 1)[1]).resolve()
    assert named == (ROOT / "schema" / "scene.schema.json").resolve() or "templates" in path.parts


def test_the_reference_names_every_key_every_kind_and_every_format():
    text = reference()
    for model in (Script, Scene, Beat, Part):
        for key in keys_of(model):
            assert f"| `{key}` |" in text
    for kind in KINDS:
        assert kind in text
    for name in format_names():
        assert f"| `{name}` |" in text


def test_the_reference_lists_every_act_with_its_options_and_every_effect():
    from storyreel.direct.acting import ACTS
    from storyreel.film.reading import reference_text
    from storyreel.script.parts import SHORT_ACTS
    from storyreel.sound.effects import EFFECTS

    text = reference_text()
    acts = text.partition("## acts")[2].partition("\n## ")[0]
    for act in ACTS.keys() - set(SHORT_ACTS):
        (row,) = re.findall(rf"^\| `{act}` \| .+", acts, re.M)
        assert all(f"`{option}`: " in row for option in ACTS[act].values)
        assert row.split(" | ")[1].strip(), f"nothing is said of {act}"
    for name in EFFECTS:
        assert f"`{name}`" in text


def test_what_a_part_can_do_is_all_of_its_keys_and_no_others():
    assert set(keys_of(Part)) == ACTOR_KEYS | PROP_KEYS | CROWD_KEYS


def test_the_keys_known_at_a_path_are_the_models_keys():
    assert known_keys(("scenes", 0, "camera")) == sorted(keys_of(Scene.model_fields["camera"].annotation.__args__[0]))
    assert "label" in known_keys(("scenes", 0, "props", "x", "button"))
    assert "say" in known_keys(("scenes", 0, "beats", 0, "anybody", 0))
    assert known_keys(("cast", "x", "colours")) == []


def test_the_readme_links_to_files_that_are_there():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    assert "docs/scene-format.md" in links
    for link in links:
        assert (ROOT / link).exists(), link


def _tutorial() -> str:
    """The scene that a reader has after the tutorial: the template with every YAML block where the README puts it."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    first, second, cast, scene = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    template = (ROOT / "templates" / "first-film" / "scene.yaml").read_text(encoding="utf-8")
    template = template.replace("portrait: portrait.png", "portrait: stand-in.png")
    start, _, rest = template.partition("cast:\n")
    middle = rest.partition("michii: {puppet")[2].partition("\n")[2].partition("    cast:\n")[0]
    beats = first.split("beats:\n")[1].partition("\n")[2] + second
    return f"{start}{cast}\n{middle}{scene}{beats}".replace("portrait: portrait.png", "portrait: stand-in.png")


def test_the_scenes_that_the_tutorial_makes_are_good():
    from storyreel.film.reading import vocabulary
    from storyreel.script.hints import hints
    from storyreel.script.read import read_text_with_places

    base = ROOT / "assets" / "portraits"
    script, places = read_text_with_places(_tutorial(), "tutorial", base, vocabulary(base))
    assert hints(script, places) == ()
    assert list(script.cast) == ["michii", "grump"]
    assert [part.say for beat in script.scenes[0].beats for part in beat.parts.get("michii", []) if part.say] == [
        "I like being silly.",
        "I made a little dance!",
    ]


def test_whoever_dances_in_the_tutorial_is_in_the_picture_to_the_end_of_the_push(tmp_path: Path):
    from storyreel.film.episode import load

    (tmp_path / "scene.yaml").write_text(_tutorial(), encoding="utf-8")
    (tmp_path / "stand-in.png").write_bytes((ROOT / "assets" / "portraits" / "stand-in.png").read_bytes())
    episode = load(tmp_path / "scene.yaml")
    danced = episode.timeline.scenes[0].length / float(episode.timeline.rate)
    seen = {one["name"]: one["visible"] for one in episode.layout(danced - 0.4)["things"]}
    assert seen["michii"] == 1


def test_the_mistake_that_the_tutorial_shows_is_said_in_those_words():
    from storyreel.errors import SceneError
    from storyreel.script.read import read_text

    shown = re.findall(r"^my-film/scene.yaml:(\d+):(\d+: .*)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)
    with pytest.raises(SceneError) as caught:
        read_text(_tutorial().replace("camera: {push", "cammera: {push"), "s", ROOT / "assets" / "portraits")
    said = [(str(one.place.line), f"{one.place.column}: {one.message}") for one in caught.value.problems]
    assert len(shown) == 1
    assert shown == said


def test_the_checks_run_what_the_readme_says_passes_the_tests():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    checks = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    commands = re.findall(r"-m pytest [^&\n]*", readme)
    assert len(commands) == 2
    for command in commands:
        assert f'"$python" {command.strip()}\n' in checks
