"""The JSON Schemas of scene and series files, made from the models, for editors that complete and check."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from storyreel.script.captions import Captions, where_alone
from storyreel.script.formats import format_names
from storyreel.script.models import Script, alone_or_listed, named_effect, named_picture, named_track, spoken_line
from storyreel.script.moments import SIDES
from storyreel.script.part import followed
from storyreel.script.parts import GAZES
from storyreel.script.series import Series, named_scene
from storyreel.script.shots import unplaced
from storyreel.script.sounds import named_section
from storyreel.script.verbs import targets
from storyreel.script.vocabulary import NOTHING, Vocabulary

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Offer = tuple[str, str, Iterable[str] | None, bool]
"""Which key of which model (the file itself: no name) takes which names; True: nothing else, no file either."""

_PLAIN: dict[object, str] = {
    spoken_line: "A spoken, captioned line.",
    followed: "Another's value, that it follows from then on: field.typed.",
    where_alone: "Where captions go: burn, sidecar, both or none.",
    named_scene: "A scene file, or a pattern: `scenes/*.yaml`.",
    named_effect: "An effect's name, or an audio file beside the scene.",
    named_section: "A section of the track, from here on.",
    named_picture: "A photo or video clip beside the scene.",
    named_track: "A shipped track's name, or an audio file or score beside the scene.",
}
"""What plain text stands for where keys and values could stand."""


class _Generator(GenerateJsonSchema):
    """Knows the short forms: one thing for a list of one, plain text for a line or an effect."""

    schema_dialect = DIALECT

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        full = super().function_before_schema(schema)
        function = schema["function"]["function"]
        if function is alone_or_listed or function is targets:
            return {"anyOf": [full["items"], full]}
        if function is unplaced:
            return {"anyOf": [{"type": "array", "items": {"type": "string"}}, full]}
        if function in _PLAIN:
            return {"anyOf": [{"type": "string", "description": _PLAIN[function]}, full]}
        return full


def schema(words: Vocabulary = NOTHING) -> dict[str, Any]:
    """The scene format as a JSON Schema (draft 2020-12), as plain data; the names in `words` are offered as values."""
    return _made(Script, "A storyreel scene", _offers(words))


def series_schema(words: Vocabulary = NOTHING) -> dict[str, Any]:
    """The series format as a JSON Schema, as `schema` gives the scene format's."""
    offers = [(model, "look", words.looks, True) for model in ("Differences", "Entry")]
    offers += [(model, "format", frozenset(format_names()), True) for model in ("Differences", "Entry")]
    offers += [(model, "captions", frozenset(get_args(Captions)), True) for model in ("Differences", "Entry")]
    return _made(Series, "A storyreel series", offers)


def _made(root: type[BaseModel], title: str, offers: Iterable[Offer]) -> dict[str, Any]:
    made = root.model_json_schema(by_alias=True, mode="validation", schema_generator=_Generator)
    tidy: dict[str, Any] = {"$schema": DIALECT, "title": title, **_tidy(made)}
    for model, key, names, closed in offers:
        properties = (tidy["$defs"][model] if model else tidy)["properties"]
        if names:
            properties[key] = _offering(properties[key], sorted(names), closed)
    return tidy


def schema_text(words: Vocabulary = NOTHING, series: bool = False) -> str:
    """The JSON Schema of scene files, or of series files, as text."""
    made = series_schema(words) if series else schema(words)
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


def _offers(words: Vocabulary) -> Iterator[Offer]:
    rigs = [words.rig(puppet) for puppet in sorted(words.puppets or ())] if words.rig else []
    faces = {name for rig in rigs for name in rig.faces}
    poses = {name for rig in rigs for name in rig.poses}
    yield "CastMember", "wear", {name for rig in rigs for name in rig.outfits}, False
    yield "", "look", words.looks, True
    yield "", "format", format_names(), True
    yield "CastMember", "puppet", words.puppets, False
    yield "VoiceSpec", "use", words.voices, True
    yield "MusicSpec", "track", words.tracks, False
    for model in ("Scene", "Pane", "Phone"):
        yield model, "set", words.sets, False
    yield "Drawing", "file", words.props, False
    yield "Effect", "play", words.effects, False
    yield "Beat", "sfx", words.effects, False
    yield "Part", "do", words.acts, True
    for model in ("Part", "Placement"):
        yield model, "face", faces, False
        yield model, "pose", poses, False
    yield "Part", "look", GAZES, False
    for way in ("enter", "exit"):
        yield "Part", way, (*SIDES, "pop"), False


def _offering(node: Any, names: list[str], closed: bool) -> Any:
    """A schema whose plain text is one of the names; or any text, where the list is not closed."""
    if isinstance(node, list):
        return [_offering(one, names, closed) for one in node]
    if not isinstance(node, dict):
        return node
    if node.get("type") == "string":
        about = {key: value for key, value in node.items() if key != "type"}
        known = {"type": "string", "enum": names}
        return {**about, **known} if closed else {**about, "anyOf": [known, {"type": "string"}]}
    return {key: _offering(value, names, closed) if key in ("anyOf", "items") else value for key, value in node.items()}


def _tidy(node: Any) -> Any:
    """The same schema without what only gets in an editor's way: titles that repeat the key, nested alternatives.

    Keys that must be names are closed: `patternProperties` alone would let any other key pass.
    """
    if isinstance(node, list):
        return [_tidy(value) for value in node]
    if not isinstance(node, dict):
        return node
    tidy = {key: _tidy(value) for key, value in node.items() if not _noise(key, value)}
    if "patternProperties" in tidy:
        tidy["additionalProperties"] = False
    if isinstance(tidy.get("anyOf"), list):
        inner = [one["anyOf"] if set(one) == {"anyOf"} else [one] for one in tidy["anyOf"]]
        tidy["anyOf"] = [one for group in inner for one in group]
    return tidy


def _noise(key: str, value: object) -> bool:
    """Whether a keyword says nothing: its value tells keywords from keys of the format that are called the same."""
    if key == "title":
        return isinstance(value, str)
    if key == "discriminator":
        return isinstance(value, dict) and "propertyName" in value
    return key == "default" and value is None
