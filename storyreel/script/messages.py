"""Turns what the models refuse into messages for authors: one each, short, with its place and a suggestion."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from storyreel.errors import MOST, Problem, did_you_mean
from storyreel.script.colours import hexadecimal
from storyreel.script.models import Beat, Parts, Script, Strict
from storyreel.script.props import KINDS
from storyreel.script.units import COLOUR, POSITIONS, Position
from storyreel.source.places import Path, Places
from storyreel.timeline.easing import names as easing_names

_SCALARS = ("string_type", "float_type", "int_type", "bool_type")
_TYPE_ERRORS = frozenset((*_SCALARS, "tuple_type", "list_type", "dict_type", "model_type", "model_attributes_type"))
_BRANCHES = {
    "str": "a word",
    "tuple[float, float]": "two numbers such as [0.5, 0.8]",
    "function-plain[parse()]": "a time such as 2s",
    "CustomFormat": "{width, height, fps}",
    "float": "a number",
    "literal": "a word",
}
"""What pydantic calls the alternatives of a value, and what an author calls them."""

_PATTERNS = {
    "^[A-Za-z][A-Za-z0-9_-]*$": "is no name; a name begins with a letter and has letters, digits, - and _ only",
}


_WIDEST = 40
"""The most characters of a value that a message shows."""


_SHORT = frozenset(("Part", "Effect", "MusicChange", "MusicSpec", "Entry", "Portrait", "SeriesCaptions"))
"""The models of what plain text can stand for."""
_MODELS = {model.__name__: model for model in Strict.__subclasses__()}


@dataclass(frozen=True)
class _Refused:
    """One thing that the models refuse: the alternative it belongs to (`branch`), where that stands, and the error."""

    error: ErrorDetails
    at: Path
    branch: str | None


def messages(
    errors: Iterable[ErrorDetails], tree: Mapping[str, Any], places: Places, root: type[BaseModel] = Script
) -> Iterator[tuple[Path, Problem]]:
    """Every refusal (of the first `MOST`) as one problem, with the path that it stands at.

    Args:
        errors: as `ValidationError.errors()` gives them.
        tree: what was validated.
        places: where everything in it stands.
        root: the model that it was validated by.
    """
    alternatives: dict[Path, list[_Refused]] = {}
    for error in islice(errors, MOST):
        refused = _sort(error, tree)
        if refused.branch is None:
            yield refused.at, _problem(error, tree, places, root)
        else:
            alternatives.setdefault(refused.at, []).append(refused)
    for at, group in alternatives.items():
        value = _value(tree, at)
        fitting = [one for one in group if _fits(one.branch or "", value) and one.error["type"] not in _TYPE_ERRORS]
        words = [one for one in fitting if one.branch == "literal"]
        if words and isinstance(value, str):
            # That it is no number either goes without saying.
            yield at, _problem(words[0].error, tree, places, root)
        elif fitting and not isinstance(value, list):
            for one in fitting:
                yield at, _problem(one.error, tree, places, root)
        elif (comment := _in_place_of_nothing(value, at, places)) is not None:
            yield at, comment
        else:
            wanted = dict.fromkeys(_BRANCHES[one.branch] for one in group if one.branch in _BRANCHES)
            yield at, Problem(places(at), f"needs {' or '.join(wanted)}, not {_shown(value)}")


def _sort(error: ErrorDetails, tree: Mapping[str, Any]) -> _Refused:
    """Finds the first step of an error's path that names an alternative of a value instead of a key."""
    value: Any = tree
    at: Path = ()
    for index, step in enumerate(error["loc"]):
        if _holds(value, step):
            value, at = value[step], (*at, step)
        elif (index + 1 == len(error["loc"]) and error["type"] == "missing") or step == "[key]":
            break
        elif (branch := str(step).partition("[")[0] if str(step).startswith("literal[") else step) in _BRANCHES:
            return _Refused(error, at, str(branch))
    return _Refused(error, at, None)


def _holds(value: Any, step: str | int) -> bool:
    """Whether a value has something at a step of a path."""
    return (isinstance(value, dict) and step in value) or (
        isinstance(value, list) and isinstance(step, int) and step < len(value)
    )


def _value(tree: Mapping[str, Any], at: Path) -> Any:
    value: Any = tree
    for step in at:
        value = value[step]
    return value


def _fits(branch: str, value: object) -> bool:
    if isinstance(value, dict):
        return branch == "CustomFormat"
    if isinstance(value, list):
        return branch.startswith("tuple")
    return not branch.startswith("tuple") and branch != "CustomFormat"


def _problem(error: ErrorDetails, tree: Mapping[str, Any], places: Places, root: type[BaseModel]) -> Problem:
    kind, path = error["type"], error["loc"]
    if kind == "extra_forbidden":
        known = known_keys(path[:-1], root)
        if (whole := cut_by_comma(_held(tree, path[:-1]), str(path[-1]))) is not None:
            return Problem(places.key(path), f"a comma ends a text in braces; put what is said in quotes: {whole}")
        return Problem(places.key(path), f"unknown key '{path[-1]}'{did_you_mean(str(path[-1]), known)}")
    if kind == "missing":
        whose = _owner(places.written(path))
        return Problem(places.key(path), f"{whose} needs a key '{path[-1]}'")
    if path and path[-1] == "[key]":
        return Problem(places.key(path[:-1]), _said(error))
    if kind == "union_tag_invalid":
        path = (*path, "kind")
    if kind.startswith("tuple_") and error["input"] in POSITIONS and {"shot", "shots"} & set(path):
        said = f"'{error['input']}' is a place of the stage, and a shot only frames: two numbers, across and down"
        return Problem(places(path), f"{said}; to place somebody there write go: {error['input']}")
    comment = _in_place_of_nothing(error["input"], path, places)
    return comment or Problem(places(path), _said(error, places.as_written(path)))


def _held(tree: Mapping[str, Any], path: Sequence[str | int]) -> object:
    """What stands at a path; a lone item stands for a list of one."""
    value: Any = tree
    for step in path:
        value = value[step] if _holds(value, step) else value
    return value


def cut_by_comma(held: object, key: str) -> str | None:
    """The text in quotes that a comma cut in two, so that its end looks like a key with nothing behind it."""
    if not isinstance(held, dict) or held.get(key, "") is not None:
        return None
    keys = list(held)
    before = held[keys[keys.index(key) - 1]] if keys.index(key) else None
    whole = f'"{before}, {key}"'
    return whole if isinstance(before, str) and len(whole) <= 2 * _WIDEST else None


def _in_place_of_nothing(value: object, path: Path, places: Places) -> Problem | None:
    """A `#` that made a comment of what should be a value."""
    comment = places.comment(path) if value is None else None
    if comment is None:
        return None
    if "hashtags" in path:
        return Problem(comment, "write hashtags without #; an unquoted '#' begins a comment")
    return Problem(comment, "an unquoted '#' begins a comment; put the text in quotes")


def _owner(path: Path) -> str:
    """What an author calls the mapping at a path."""
    if not path:
        return "the file"
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    return f"'{name}'" if path[-1] == name else f"an item of '{name}'"


def _said(error: ErrorDetails, written: str | None = None) -> str:
    """One error in an author's words; `written` is how its value stands in the file, if it is plain and no text."""
    kind, value, limits = error["type"], error["input"], error.get("ctx", {})
    shown = _shown(value)
    if value is not None and written and (kind == "string_type" or limits.get("class_name") in _SHORT):
        wanted = "text" if kind == "string_type" else "text, or keys and values"
        as_text = written if len(written) <= _WIDEST else f"{written[: _WIDEST - 1]}…"
        return f'needs {wanted}, not {as_text}; put it in quotes: "{as_text}"'
    if kind in ("model_type", "model_attributes_type") and not isinstance(value, dict | list):
        return f"needs keys and values, not {shown}{_as_keys(value, limits.get('class_name', ''))}"
    if kind == "value_error":
        said = str(limits["error"])
        if said.startswith("unknown easing"):
            return (
                f"unknown easing {shown}{did_you_mean(str(value), easing_names()) or '; see `ease` in the reference'}"
            )
        return said
    if kind == "literal_error":
        known = [word.strip("' ") for word in limits["expected"].replace(" or ", ", ").split(",")]
        return f"{shown} is not known here{did_you_mean(str(value), known)}"
    if kind == "union_tag_invalid":
        known = [word.strip("' ") for word in limits["expected_tags"].split(",")]
        near = did_you_mean(limits["tag"], known, most=0)
        own = f"a drawing of your own is {{kind: drawing, file: {limits['tag']}.svg}}"
        return f"unknown kind '{limits['tag']}'{near or f'; `storyreel list props` shows them all; {own}'}"
    if kind == "union_tag_not_found":
        return "a prop needs a key 'kind'; such as kind: button"
    if kind == "string_pattern_mismatch":
        if limits["pattern"] == COLOUR:
            return f"{shown} is no colour; write {hexadecimal(str(value)) or '#RRGGBB in quotes'}"
        return f"{shown} {_PATTERNS.get(limits['pattern'], 'does not have the right form')}"
    for start, wanted in _WANTED:
        if kind.startswith(start):
            return f"needs {wanted}, not {shown}"
    for name, sense in _LIMITS.items():
        if name in limits and kind in (name, *_LIMIT_KINDS.get(name, ())):
            return f"needs {sense.format(_number(limits[name]))}, not {_measured(kind, value)}"
    return f"{error['msg'][:1].lower()}{error['msg'][1:]}, not {shown}"


_WANTED = (
    ("string_type", "text"),
    ("string_too_short", "some text"),
    ("int_from_float", "a whole number"),
    ("int_", "a whole number"),
    ("float_", "a number"),
    ("finite_number", "a number that ends"),
    ("bool_", "true or false"),
    ("model", "keys and values"),
    ("dict_", "keys and values"),
    ("list_", "a list"),
    ("tuple_", "two numbers such as [0.5, 0.8]"),
)
_LIMITS = {
    "gt": "a number above {}",
    "ge": "at least {}",
    "lt": "a number below {}",
    "le": "at most {}",
    "multiple_of": "a multiple of {}",
    "max_length": "at most {} characters",
    "min_length": "at least {} item",
}
_LIMIT_KINDS = {
    "gt": ("greater_than",),
    "ge": ("greater_than_equal",),
    "lt": ("less_than",),
    "le": ("less_than_equal",),
    "max_length": ("string_too_long",),
    "min_length": ("too_short",),
}


def _number(limit: object) -> str:
    return f"{limit:g}" if isinstance(limit, float) else str(limit)


def _measured(kind: str, value: object) -> str:
    """What was found, as the limit counts it."""
    return (
        str(len(value)) if kind in ("string_too_long", "too_short") and isinstance(value, str | list) else _shown(value)
    )


def _shown(value: object) -> str:
    """A value as an author wrote it, cut short."""
    if isinstance(value, dict):
        return "keys and values"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value) if len(str(value)) <= _WIDEST else f"{str(value)[: _WIDEST - 1]}…"
    return f"'{text}'" if isinstance(value, str) else text


def _as_keys(value: object, model: str) -> str:
    """What to write where plain text stands for keys and values: `; write {shot: close, on: mi}`."""
    text = str(value)
    if len(text) > _WIDEST or isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if model == "" and text in KINDS:
        return f"; write {{kind: {text}}}"
    fields = (
        {field.alias or name: field for name, field in _MODELS[model].model_fields.items()} if model in _MODELS else {}
    )
    found: dict[str, str] = {}
    words = text.split()
    for word, following in pairwise([*words, ""]):
        if word in found.values():
            continue
        if word in fields and following:
            found[word] = following
        else:
            choice = next((key for key, field in fields.items() if word in literals(field.annotation)), None)
            if choice is not None:
                found[choice] = word
    if set(words) - {*found, *found.values()}:
        first = next((key for key, field in fields.items() if _takes(field.annotation, value)), None)
        found = {first: text} if first else {}
    return f"; write {{{', '.join(f'{key}: {word}' for key, word in found.items())}}}" if found else ""


def _takes(kind: Any, value: object) -> bool:
    """Whether a key takes such a value: any text, any number."""
    number = isinstance(value, int | float)
    return any(leaf in ((int, float) if number else (str, Position)) for leaf in leaves(kind))


def known_keys(path: Sequence[str | int], root: type[BaseModel] = Script) -> list[str]:
    """The keys that the models know at a path, as authors write them; empty where none are fixed."""
    found: list[Any] = [root]
    for step in path:
        found = [inner for outer in found for inner in _into(outer, step)]
    return sorted({key for model in found if _is_model(model) for key in keys_of(model)})


def keys_of(model: type[BaseModel]) -> list[str]:
    """A model's keys as authors write them."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _is_model(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def leaves(kind: Any) -> Iterator[Any]:
    """The alternatives of an annotation, with what pydantic is told about them stripped."""
    origin = get_origin(kind)
    if origin is Annotated:
        yield from leaves(get_args(kind)[0])
    elif origin in (Union, types.UnionType):
        for one in get_args(kind):
            yield from leaves(one)
    else:
        yield kind


def _into(kind: Any, step: str | int) -> Iterator[Any]:
    """What an annotation holds behind one step of a path: a key, an index, or the name of an alternative."""
    if _is_model(kind):
        fields = {field.alias or name: field for name, field in kind.model_fields.items()}
        if step in fields:
            yield from leaves(fields[str(step)].annotation)
        elif step == kind.__name__ or ("kind" in fields and step in literals(fields["kind"].annotation)):
            yield kind
        elif kind is Beat and isinstance(step, str):
            yield from leaves(Parts)
    elif get_origin(kind) is list and isinstance(step, int):
        yield from leaves(get_args(kind)[0])
    elif get_origin(kind) is dict:
        yield from leaves(get_args(kind)[1])


def literals(kind: Any) -> tuple[Any, ...]:
    """The words of a `Literal`, among an annotation's alternatives."""
    return tuple(word for leaf in leaves(kind) if get_origin(leaf) is Literal for word in get_args(leaf))
