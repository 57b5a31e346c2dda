"""The JSON Schema of the scene format, made from the models, for editors that complete and check while one writes."""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from storyreel.script.models import Script, alone_or_listed, named_effect, spoken_line

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_PLAIN: dict[object, str] = {
    spoken_line: "A spoken, captioned line.",
    named_effect: "An effect's name, or an audio file beside the scene.",
}
"""What plain text stands for where keys and values could stand."""


class _Generator(GenerateJsonSchema):
    """Knows the short forms: one thing for a list of one, plain text for a line or an effect."""

    schema_dialect = DIALECT

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        full = super().function_before_schema(schema)
        function = schema["function"]["function"]
        if function is alone_or_listed:
            return {"anyOf": [full["items"], full]}
        if function in _PLAIN:
            return {"anyOf": [{"type": "string", "description": _PLAIN[function]}, full]}
        return full


def schema() -> dict[str, Any]:
    """The scene format as a JSON Schema (draft 2020-12), as plain data."""
    made = Script.model_json_schema(by_alias=True, mode="validation", schema_generator=_Generator)
    return {"$schema": DIALECT, "title": "A storyreel scene", **_tidy(made)}


def schema_text() -> str:
    """The JSON Schema as the text of `schema/scene.schema.json`."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


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
