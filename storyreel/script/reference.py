"""The reference of the scene format as Markdown, made from the models, so that it can't fall behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from storyreel.script.air import Grade, Hour, Light, Still, Wind
from storyreel.script.captions import CaptionSpec, SeriesCaptions
from storyreel.script.concepts import CONCEPTS, STAGE
from storyreel.script.dot import Moment
from storyreel.script.examples import EXAMPLES, SERIES_EXAMPLES
from storyreel.script.formats import format_names, named_format
from storyreel.script.messages import leaves, literals
from storyreel.script.models import (
    Beat,
    Build,
    Burst,
    CastMember,
    Creator,
    CustomFormat,
    Impact,
    MusicSpec,
    Placement,
    Portrait,
    Reveal,
    Scene,
    Script,
)
from storyreel.script.openings import Otherwise, PageTurn, PaneCamera
from storyreel.script.part import Follow, Part
from storyreel.script.parts import ACTOR_KEYS, PROP_KEYS
from storyreel.script.props import KINDS, PLACING
from storyreel.script.series import Differences, Entry, Series
from storyreel.script.shots import Bars, CameraSpec, Shot
from storyreel.script.sounds import Effect, MusicChange, SoundChange, SoundStart
from storyreel.script.transitions import Cut
from storyreel.script.units import LONGEST as FILM
from storyreel.script.units import POSITIONS, Colour, Duration, Point
from storyreel.script.verbs import ANSWERS, VERBS
from storyreel.script.vocabulary import NOTHING, Vocabulary
from storyreel.script.voice import VoiceSpec
from storyreel.source.tree import DEEPEST, LIMIT, LONGEST
from storyreel.timeline.easing import names as easing_names

_SECTIONS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("The file", Script),
    ("creator", Creator),
    ("portrait", Portrait),
    ("reveal", Reveal),
    ("cast", CastMember),
    ("build", Build),
    ("voice", VoiceSpec),
    ("music", MusicSpec),
    ("sound", SoundStart),
    ("captions", CaptionSpec),
    ("format, of your own size", CustomFormat),
    ("scenes", Scene),
    ("shots", Shot),
    ("somebody whom a pane shows otherwise", Otherwise),
    ("camera of a pane", PaneCamera),
    ("cast of a scene", Placement),
    ("beats", Beat),
    ("What somebody does in a beat", Part),
    ("a value that follows another", Follow),
    ("camera", CameraSpec),
    ("grade, mood", Grade),
    ("wind", Wind),
    ("hour", Hour),
    ("light", Light),
    ("still", Still),
    ("sound of a beat", SoundChange),
    ("page", PageTurn),
    ("cut", Cut),
    ("frame", Bars),
    ("hearts, sparkles, confetti, puffs, shock", Burst),
    ("impact", Impact),
    ("sfx", Effect),
    ("music of a beat", MusicChange),
)
_SERIES: tuple[tuple[str, type[BaseModel]], ...] = (
    ("A series file", Series),
    ("shared", Differences),
    ("captions of a series", SeriesCaptions),
    ("episodes", Entry),
)
Shown = Callable[[str, str], str]
"""What stands under the example of a key, by the names of its model (`props`: any prop) and of the key."""
_TOUCHES = frozenset(verb.field for verb in VERBS.values())
_SHARED = frozenset(Differences.model_fields)
_ANCHORS = {model: title for title, model in (*_SECTIONS, *_SERIES)}

_INTRODUCTION = """\
# The scene format

A scene file is YAML 1.2 (so `yes`, `on` and `off` are words, not true and false). Its first key is the version of the
format: `storyreel: 2`; a file of version 1 keeps its film. Unknown keys are refused. This page is made from the models
that read the file.

With this line at the top of a file, editors that know YAML schemas complete keys and check while you write:

    # yaml-language-server: $schema=scene.schema.json

`storyreel schema` prints that schema; `storyreel new` puts it beside the scene.

## Notations

| what | how |
| --- | --- |
"""

_DRAWINGS = """
## Drawings

**A set** is fitted by its viewBox. Its short side is as long as a tall picture is wide (1080 units), and it is drawn
larger until it reaches every edge of the picture, pane or phone that it stands in. So a set whose viewBox has the
picture's shape is the picture: draw `0 0 1080 1920` for a tall film, `0 0 1920 1080` for a wide one, `0 0 1080 1080`
for a square one; the unit doesn't matter. Another shape is cropped. Feet stand 69 % down a tall viewBox and 84 % down
another, and there the floor comes to lie in every format, as far as the set reaches.

What is painted past the viewBox is used, as far as it covers: the shipped sets are painted from -760 to 1840 across
and from -240 to 2160 down about a viewBox of `0 0 1080 1920`, so that they are never enlarged much. Where the camera
looks past even that, the set goes on as its mirror image. Paint a ground over all of the viewBox: a set with holes is
refused.

Groups with an id and a `data-plane` are planes, back to front: a plane takes that share of the camera's movement (0
none, as the sky; 1 with the actors; more for what is in front of them). Groups with an id and a `data-pivot` go with
the wind about that point if they are called after what does (`Hill Grass 3`, `Curtain`, `Flag`) or say how much of it
they take: `data-sway="0.5"`. So do those of a prop.

**A prop** (`kind: drawing`) lies with the middle of its viewBox at its place, and turns and grows about that, as a
picture does; `data-pivot="x,y"` on the `<svg>` itself names another point, such as its foot. At size 1 a unit of its
viewBox is a unit of the stage, of which a tall picture has 1080 across. The shipped ones stand on their foot.

**A puppet of cells** is drawn pixel by pixel: a sheet of small pictures (`rosie.png`, named by `rosie.json` beside
it), of which one of each part is there at a time, put in whole pixels and never turned. The JSON lists its `cells` by
name, the part and behind it the state (`body stand`, `eyes open`, `mouth Ah`, `head`), each with its `rect` (left, top,
width, height), its `z` (higher is nearer), the `anchor` by which it is put in its place, `points` for others and the
point that it is put `on`; anchor and points count from the rect's corner. A body's anchor is the ground between its
feet; what belongs to the head goes by the body's point `neck`. `mouth` and `eyes` in the usual shapes (`blink`, `half`,
`happy`, `left`, `right`, `up`, `down`) are moved by speech and acting. Every cell is a pose, every state of the body
too, every state of eyes and brows a face. What is there at rest can be listed under `rest`, more of both under `poses`
and `faces`, as lists of cells by name; `part` names a cell's part where its first word is not that. Acting that no cell
shows is passed over. Faces and poses change at once, and eyes that a face has look where they look: only those at rest
blink. Under `loops` stand the cells that go round by themselves, each with those that it shows in turn, four a second,
or as many as `turns` says. In a look of whole pixels a cell's pixels are whole pixels of the picture, or two by two,
or more.

**A prop of cells** (`kind: drawing`, `file: stones.json`) is a sheet that is nobody's body: things lie loose on it, and
its cells are its groups. One of each part is there, if `groups` or `set` say so, by its anchor at the prop's place;
`dx` and `dy` move it by whole pixels. **A set of cells** says how large a picture it is (`"box": [270, 480]`): each of
its cells is a plane, back to front by `z`, its anchor on the picture's upper left corner, and `step` is the share of
the camera's movement that it takes; one of them fills the picture.

**Cards** that stand `in` a pane or a phone are made smaller until they are as wide as that.
"""


def reference(words: Vocabulary = NOTHING, shown: Shown = lambda model, key: "") -> str:
    """The whole reference, as the text of `docs/scene-format.md`; the acts and names in `words` are listed in it.

    Args:
        shown: what stands under the example of a model's key, or under an act (a key of `acts`): a picture, for pages
            that have some.
    """
    return "".join(_lines(words, shown)).rstrip() + "\n"


def _lines(words: Vocabulary, shown: Shown) -> Iterator[str]:
    yield _INTRODUCTION
    places = ", ".join(f"`{name}`" for name in POSITIONS if name != "center")
    yield "| a time | `2s`, `450ms`, `12f` (frames), `2beats` (beats of the music), `6d` (drawings of the look) |\n"
    yield "| a start within a beat | a time, or a moment of somebody's in the same beat, with an offset or without: "
    yield "`michii.slam`, `michii.press + 2f`, `kelly.says.this` (the word), `kelly.said` |\n"
    yield f"| a place | {places}, or `[across, down]`: 0 to 1 of the format's safe box |\n"
    yield '| a colour | `"#FFB3D1"`, in quotes |\n'
    yield "| a file | a path from the scene's own folder; nothing outside it is read |\n"
    yield f"| a film | at most {FILM // 60} minutes; its file at most {LONGEST // 1024} KB, with {LIMIT:,} keys and "
    yield f"values in {DEEPEST} levels |\n"
    yield "| one or several | wherever a list can stand, one thing can stand alone |\n"
    yield f"| an easing | {', '.join(f'`{name}`' for name in easing_names())}, `spring(stiffness, damping)`, "
    yield "`steps(n)`, `cubic-bezier(x1, y1, x2, y2)` |\n\n"
    yield "## Formats\n\n"
    yield "| name | pixels | frames a second | box for text and faces | |\n| --- | --- | --- | --- | --- |\n"
    for name in format_names():
        form = named_format(name)
        left, top, right, bottom = form.strict
        box = f"x {left:g} to {right:g}, y {top:g} to {bottom:g}"
        yield f"| `{name}` | {form.width}x{form.height} | {form.rate} | {box} | {form.about} |\n"
    yield "\nThe numbers, their dates and their sources are data: `assets/formats/`.\n"
    yield _DRAWINGS
    yield "\n## Fourteen small films\n\nEach of the things that the format is made of, on this stage: what an example "
    yield "names of a scene stands there in place of what it has, its props stand beside those that are there.\n\n"
    yield f"```yaml\n{STAGE}```\n"
    for concept in CONCEPTS:
        yield f"\n**{concept.name}.** {concept.about}\n\n```yaml\n{concept.example}```\n"
    for title, model in _SECTIONS:
        yield f"\n## {title}\n\n{_about(model)}\n\n"
        if model is Part:
            yield f"One of the cast can: {_keys(ACTOR_KEYS - VERBS.keys())}. "
            yield f"A prop can: {_keys(PROP_KEYS - VERBS.keys())}. Both can touch (see below).\n\n"
        if model is Part:
            others = {name: field for name, field in model.model_fields.items() if name not in _TOUCHES}
            yield from _table(others, model, shown)
            yield from _verbs(shown)
            yield from _acts(words, shown)
        else:
            yield from _table(model.model_fields, model, shown)
    yield from _props(shown)
    yield from _names(words)
    yield from _series(shown)


def _verbs(shown: Shown) -> Iterator[str]:
    yield "\n## touches\n\n"
    yield "One form for all that is done to a thing, by one of the cast or by another thing: `verb: what`. What is "
    yield "touched reacts on the frame of the contact, and never before. `at` is the contact: the limb sets off `over` "
    yield "(9 frames) before. A list is done one after another. Others may wait for its moments: `michii.press.near`, "
    yield "`michii.press` (the contact; `.2` is the second), `michii.press.off`, `michii.press.end`, and for the same "
    yield "of what is touched: `bin.press`.\n\n"
    yield "| verb | what is seen | with, if not said | moments of its own | example |\n"
    yield "| --- | --- | --- | --- | --- |\n"
    for verb in VERBS.values():
        own, example = _keys(frozenset(verb.own)), f"`{EXAMPLES['Part'][verb.name]}`{shown('Part', verb.name)}"
        yield f"| `{verb.name}` | {verb.about} | {verb.limb} | {own} | {example} |\n"
    yield "\nWhat answers a touch, and how; everything else gives a little:\n\n"
    yield "| kind | what it does |\n| --- | --- |\n"
    yield from (f"| `{kind}` | {answer} |\n" for kind, answer in ANSWERS.items())


def _acts(words: Vocabulary, shown: Shown) -> Iterator[str]:
    if not words.acts:
        return
    yield "\n## acts\n\nWhat can stand under `do`, alone or with options: `do: [hop, {dance: {style: b}}]`. "
    yield "Others may wait for an act's moments (`at: michii.slam`); every act has `start` and `end`, too.\n\n"
    yield "| act | what is seen | options | moments |\n| --- | --- | --- | --- |\n"
    for act in sorted(words.acts):
        options = (f"`{name}`: {option.about}; {option.wants()}" for name, option in words.options.get(act, {}).items())
        moments = (words.moments or {}).get(act, frozenset()) - {"start", "end"}
        seen = f"`{act}`{shown('acts', act)} | {words.shown.get(act, '')}"
        yield f"| {seen} | {'<br>'.join(options)} | {_keys(moments)} |\n"


def _names(words: Vocabulary) -> Iterator[str]:
    if words.puppets is None or words.rig is None:
        return
    yield "\n## What ships\n\nThe names that a scene can use beside files of its own.\n\n"
    yield "| what | names |\n| --- | --- |\n"
    kinds = {"looks": words.looks, "voices": words.voices, "sets": words.sets, "drawings for props": words.props}
    for kind, names in {**kinds, "sound effects": words.effects, "puppets": words.puppets}.items():
        yield f"| {kind} | {_keys(names or frozenset())} |\n"
    for track, sections in sorted(words.sections.items()):
        yield f"| sections of the track `{track}` | {_keys(sections)} |\n"
    for puppet in sorted(words.puppets):
        rig = words.rig(puppet)
        for kind in ("faces", "poses", "outfits", "colours"):
            if names := getattr(rig, kind):
                yield f"| {kind} of `{puppet}` | {_keys(names)} |\n"


def _series(shown: Shown) -> Iterator[str]:
    yield "\n# The series format\n\n`storyreel batch` renders the films of a series file, which is YAML as well. "
    yield "`storyreel check` says what is wrong with it and with its scenes, "
    yield "`storyreel schema --series` prints its schema.\n"
    for title, model in _SERIES:
        yield f"\n## {title}\n\n{_about(model)}\n\n"
        own = {name: field for name, field in model.model_fields.items() if model is not Entry or name not in _SHARED}
        yield from _table(own, model, shown)
    yield "\nAn episode takes every key of `shared` as well; what it says comes before what is shared, and hashtags "
    yield "add up. A scene's own `creator` comes before the shared one; `format` and `look` come before the scene's,"
    yield " and so does what `captions` says.\n"
    yield "\nAn episode may be in a neighbouring folder (`../other/scene.yaml`); a pattern stays in the series' "
    yield "folder, follows no links and passes over hidden files. Whatever a film shows or plays is read from its "
    yield "scene's own folder or the series', and from nowhere else.\n"


def _props(shown: Shown) -> Iterator[str]:
    yield "\n## props\n\nThings on the stage. Every one of them takes:\n\n"
    first = next(iter(KINDS.values()))
    yield from _table({name: field for name, field in first.model_fields.items() if name in PLACING}, None, shown)
    models = dict.fromkeys(KINDS.values())
    for model in models:
        kinds = ", ".join(kind for kind, known in KINDS.items() if known is model)
        yield f"\n### kind: {kinds}\n\n{_about(model)}\n\n"
        own = {name: field for name, field in model.model_fields.items() if name not in PLACING and name != "kind"}
        if own:
            yield from _table(own, model, shown)
        if model.values:
            yield f"\n`set` moves: {_keys(frozenset(model.values))}.\n"


def _keys(names: frozenset[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _about(model: type[BaseModel]) -> str:
    return " ".join((model.__doc__ or "").split())


def _table(fields: dict[str, FieldInfo], model: type[BaseModel] | None, shown: Shown) -> Iterator[str]:
    """The keys of a model, or those that every prop takes."""
    called = model.__name__ if model is not None else "props"
    examples = {**EXAMPLES, **SERIES_EXAMPLES}[called]
    yield "| key | value | without it | meaning | example |\n| --- | --- | --- | --- | --- |\n"
    for name, field in fields.items():
        key = field.alias or name
        cells = [f"`{key}`", _value(field), _without(field), field.description or ""]
        cells.append(f"`{examples[key]}`{shown(called, key)}")
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _without(field: FieldInfo) -> str:
    if field.is_required():
        return "**needed**"
    default = field.get_default(call_default_factory=True)
    if default is None or default in ("", [], {}) or isinstance(default, BaseModel):
        return ""
    if isinstance(default, bool):
        return str(default).lower()
    return f"{default:g}" if isinstance(default, float) else str(default)


def _value(field: FieldInfo) -> str:
    """What a key takes, in words, with its limits."""
    kinds = set(leaves(field.annotation))
    if Point in kinds and str in kinds:
        return "a word or two numbers" if "eyes" in (field.description or "") else "a place"
    if Duration in kinds and Moment in kinds:
        return "a start"
    words = list(dict.fromkeys(word for leaf in leaves(field.annotation) for word in _words(leaf)))
    return " or ".join(word for word in words if word) + _limits(field)


def _words(kind: Any) -> Iterator[str]:
    if kind is type(None):
        return
    if known := literals(kind):
        yield ", ".join(f"`{word}`" for word in known)
    elif kind in _NAMED:
        yield _NAMED[kind]
    elif get_origin(kind) is list:
        inner = " or ".join(dict.fromkeys(word for leaf in leaves(get_args(kind)[0]) for word in _words(leaf)))
        yield f"{inner}, or a list"
    elif get_origin(kind) is dict:
        held = get_args(kind)[1]
        inner = " or ".join(dict.fromkeys(word for leaf in leaves(held) for word in _words(leaf)))
        yield f"by name: {'a colour' if held == Colour else inner}"
    elif get_origin(kind) is tuple:
        yield "two numbers"
    elif kind in KINDS.values():
        yield "a [prop](#props)"
    else:
        title = _ANCHORS[kind]
        yield f"[{title}](#{title.lower().replace(',', '').replace(chr(39), '').replace(' ', '-')})"


_NAMED: dict[Any, str] = {
    str: "text",
    float: "a number",
    int: "a whole number",
    bool: "true or false",
    Duration: "a time",
    Moment: "a moment",
    Any: "anything",
}


def _limits(field: FieldInfo) -> str:
    """The limits of a number or a text, as `0 to 1`."""
    found = {
        name: getattr(limit, name)
        for limit in field.metadata
        for name in ("ge", "gt", "le", "lt", "max_length", "multiple_of")
        if getattr(limit, name, None) is not None
    }
    low = f"from {found['ge']:g}" if "ge" in found else f"above {found['gt']:g}" if "gt" in found else ""
    high = f"to {found['le']:g}" if "le" in found else ""
    if "max_length" in found:
        high = f"at most {found['max_length']} characters"
    even = f"in steps of {found['multiple_of']:g}" if "multiple_of" in found else ""
    said = " ".join(part for part in (low, high, even) if part)
    return f", {said}" if said else ""
