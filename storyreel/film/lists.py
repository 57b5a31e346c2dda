"""Everything that a scene file may name, as rows for `storyreel list`: of all that ships, or of one film."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import get_args

from storyreel.errors import StoryreelError, did_you_mean
from storyreel.film.reading import read, vocabulary
from storyreel.script.files import is_sheet
from storyreel.script.messages import keys_of
from storyreel.script.models import Script
from storyreel.script.moments import does, part_moments
from storyreel.script.props import KINDS, Drawing
from storyreel.script.sending import sent
from storyreel.script.transitions import Cut
from storyreel.script.units import POSITIONS
from storyreel.script.verbs import VERBS
from storyreel.script.vocabulary import Vocabulary

Row = tuple[str, str]
"""A name as an author writes it, and what it is or whose."""


def rows(kind: str, scene: Path | None = None) -> list[Row]:
    """What there is of a kind, in the order in which it is told.

    Args:
        kind: one of `KINDS_OF_LISTS`.
        scene: a scene file, for what there is in its film; left out, all that ships.

    Raises:
        SceneError: the scene file has mistakes.
        StoryreelError: there is no such list.
    """
    if kind not in _LISTS:
        raise StoryreelError(f"there is no list of {kind}{did_you_mean(kind, _LISTS, len(_LISTS))}")
    script = read(scene)[0] if scene is not None else None
    base = scene.parent if scene is not None else Path()
    return list(dict.fromkeys(_LISTS[kind](script, base, vocabulary(base))))


def listing(kind: str, scene: str | Path | None = None) -> dict[str, str]:
    """What there is of a kind, by its name: acts, faces, poses, puppets, sets, props, sounds, tracks, voices, looks, …

    >>> listing("formats")["square"]
    '1080x1080, A square, 1:1, for feeds.'

    Args:
        kind: as `storyreel list` has it.
        scene: a scene file, for what there is in its film; left out, all that ships.

    Raises:
        SceneError: the scene file has mistakes.
        StoryreelError: there is no such list.
    """
    found: dict[str, str] = {}
    for name, about in rows(kind, Path(scene) if scene is not None else None):
        found.setdefault(name, about)
    return found


def _puppets(script: Script | None, words: Vocabulary) -> dict[str, tuple[str, ...]]:
    """Every puppet, and who in the film is one."""
    if script is None:
        return dict.fromkeys(sorted(words.puppets or ()), ())
    used: dict[str, tuple[str, ...]] = {}
    for who, member in script.cast.items():
        used[member.puppet] = (*used.get(member.puppet, ()), who)
    return used


def _of_rigs(what: str) -> Callable[[Script | None, Path, Vocabulary], Iterator[Row]]:
    """A list of what the puppets' rigs know, each with who has it."""

    def listed(script: Script | None, base: Path, words: Vocabulary) -> Iterator[Row]:
        having: dict[str, list[str]] = {}
        for puppet, members in _puppets(script, words).items():
            for name in sorted(getattr(words.rig(puppet), what)) if words.rig is not None else ():
                having.setdefault(name, []).extend(members or (puppet,))
        yield from ((name, ", ".join(who)) for name, who in sorted(having.items()))

    return listed


def _acts(script: Script | None, base: Path, words: Vocabulary) -> Iterator[Row]:
    yield from sorted(words.shown.items())
    yield from ((verb.name, verb.about) for verb in VERBS.values())


def _moments(script: Script | None, base: Path, words: Vocabulary) -> Iterator[Row]:
    """Of a film every moment that its beats come to; else those of each act and each touch."""
    acts = words.moments or {}
    if script is None:
        yield from ((f"name.{moment}", f"of {act}") for act in sorted(acts) for moment in sorted(acts[act]))
        yield from ((f"name.{act}.end", f"when {act} is over") for act in sorted(acts))
        for verb in VERBS.values():
            own = (f"name.{verb.name}.{moment}" for moment in ("near", "off", *verb.own))
            yield from ((moment, f"of {verb.name}") for moment in (f"name.{verb.name}", *own))
        yield from ((f"name.{moment}", "of a line") for moment in ("says", "says.word", "said"))
        yield from ((f"name.{moment}", "of what is sent") for moment in ("sends", "ding"))
        return
    for scene in script.scenes:
        props = {name: prop.model_dump(include={"kind", "sends"}) for name, prop in scene.props.items()}
        for number, beat in enumerate(scene.beats, 1):
            raw = beat.model_dump(mode="json", by_alias=True, exclude_defaults=True)
            for name in beat.parts:
                for part in raw[name] if isinstance(raw[name], list) else [raw[name]]:
                    found = [*part_moments(name, does(part), acts), *sent(does(part), props)]
                    yield from ((moment, f"{scene.id}, beat {number}") for moment in found)


def _places(script: Script | None, base: Path, words: Vocabulary) -> Iterator[Row]:
    from storyreel.direct.scenery import Scenery
    from storyreel.direct.sides import SIDES
    from storyreel.puppet.bounds import boxes
    from storyreel.puppet.svg import read_drawing

    def parts(name: str, folder: str) -> list[str]:
        """The groups of a drawing as they are written behind a dot; of cells there are none."""
        if is_sheet(name):
            return []
        return [part.replace(" ", "-").lower() for part in boxes(read_drawing(Scenery(base).drawing(name, folder)))]

    yield from ((place, "a place of the stage: for `at`, `go`") for place in POSITIONS)
    yield from ((f"name.{side}", "of everything and everybody") for side in SIDES)
    for puppet, members in _puppets(script, words).items():
        for who in members or (puppet,):
            yield from ((f"{who}.{part}", "of a body") for part in parts(puppet, "puppets"))
    for scene in script.scenes if script is not None else ():
        for name, prop in scene.props.items():
            if isinstance(prop, Drawing):
                yield from ((f"{name}.{part}", f"of a drawing, in {scene.id}") for part in parts(prop.file, "props"))
        yield from ((f"stage.{part}", f"of the set, in {scene.id}") for part in parts(scene.set, "sets"))


def _sounds(script: Script | None, base: Path, words: Vocabulary) -> Iterator[Row]:
    from storyreel.sound.instruments import INSTRUMENTS

    for scene in script.scenes if script is not None else ():
        named = (effect.play for beat in scene.beats for effect in beat.sfx)
        yield from ((name, f"played in {scene.id}") for name in named if name not in (words.effects or ()))
    yield from ((name, "an effect, for `sfx`") for name in sorted(words.effects or ()))
    yield from ((name, "an instrument, for `by`") for name in sorted(INSTRUMENTS))


def _tracks(script: Script | None, base: Path, words: Vocabulary) -> Iterator[Row]:
    music = script.music if script is not None else None
    if music is not None and music.track not in (words.tracks or ()):
        known = sorted(words.score(music.track)) if words.score is not None else []
        yield music.track, f"the film's; sections: {', '.join(known)}" if known else "the film's"
    for name in sorted(words.tracks or ()):
        yield name, f"sections: {', '.join(sorted(words.sections.get(name, ())))}"


def _voices(script: Script | None, base: Path, words: Vocabulary) -> Iterator[Row]:
    for name in sorted(words.voices or ()):
        yield name, f"speaks {', '.join(sorted(words.languages.get(name, ())))}"
    for who, member in script.cast.items() if script is not None else ():
        if member.voice is not None:
            yield who, f"speaks with {member.voice.use}"


def _unused(script: Script | None, base: Path, puppets: bool) -> Iterator[Row]:
    """Drawings that lie beside a scene file and that nothing in it names: puppets have a rig beside them."""
    if script is None:
        return
    used = {member.puppet for member in script.cast.values()}
    for scene in script.scenes:
        used |= {scene.set, *(shot.set for shot in scene.shots.values() if shot.set)}
        used |= {prop.file for prop in scene.props.values() if isinstance(prop, Drawing)}
    for path in sorted(base.glob("*.svg")):
        if path.name not in used and path.with_suffix(".rig.yaml").exists() == puppets:
            yield path.name, "lies beside the scene, unused"


def _props(script: Script | None, base: Path, words: Vocabulary) -> Iterator[Row]:
    for scene in script.scenes if script is not None else ():
        yield from ((name, f"a {prop.kind}, in {scene.id}") for name, prop in scene.props.items())
    yield from _unused(script, base, puppets=False)
    for kind, model in KINDS.items():
        moves = f" Values: {', '.join(model.values)}." if model.values else ""
        yield f"kind: {kind}", f"{' '.join((model.__doc__ or '').split())}{moves}"
    yield from ((name, "a drawing that ships: kind: drawing, file") for name in sorted(words.props or ()))


def _sets(script: Script | None, base: Path, words: Vocabulary) -> Iterator[Row]:
    for scene in script.scenes if script is not None else ():
        for name in (scene.set, *(shot.set for shot in scene.shots.values() if shot.set)):
            yield name, f"in {scene.id}"
    yield from _unused(script, base, puppets=False)
    yield from ((name, "ships") for name in sorted(words.sets or ()))


def _puppet_rows(script: Script | None, base: Path, words: Vocabulary) -> Iterator[Row]:
    yield from ((puppet, ", ".join(who) or "ships") for puppet, who in _puppets(script, words).items())
    yield from _unused(script, base, puppets=True)
    if script is not None:
        yield from ((name, "ships") for name in sorted(words.puppets or ()) if name not in _puppets(script, words))


def _looks(script: Script | None, base: Path, words: Vocabulary) -> Iterator[Row]:
    from storyreel.looks import about

    yield from ((name, about(name)) for name in sorted(words.looks or ()))


def _formats(script: Script | None, base: Path, words: Vocabulary) -> Iterator[Row]:
    from storyreel.script.formats import format_names, named_format

    for name in format_names():
        form = named_format(name)
        yield name, f"{form.width}x{form.height}, {form.about}"


def _transitions(script: Script | None, base: Path, words: Vocabulary) -> Iterator[Row]:
    from storyreel.looks import look
    from storyreel.script.models import Scene

    for key in keys_of(Cut):
        field = next(field for name, field in Cut.model_fields.items() if (field.alias or name) == key)
        yield f"cut: {{{key}: …}}", field.description or ""
    drawn = look(script.look) if script is not None else None
    for way in words_of(Scene.model_fields["enter"].annotation):
        yield f"enter: {way}", f"drawn as {drawn.kind(way)}" if drawn is not None and way != "cut" else "into a scene"


def words_of(kind: object) -> Iterable[str]:
    for inner in get_args(kind):
        yield from [inner] if isinstance(inner, str) else words_of(inner)


_LISTS: Mapping[str, Callable[[Script | None, Path, Vocabulary], Iterable[Row]]] = {
    "faces": _of_rigs("faces"),
    "poses": _of_rigs("poses"),
    "outfits": _of_rigs("outfits"),
    "acts": _acts,
    "places": _places,
    "moments": _moments,
    "sounds": _sounds,
    "tracks": _tracks,
    "voices": _voices,
    "props": _props,
    "sets": _sets,
    "puppets": _puppet_rows,
    "looks": _looks,
    "formats": _formats,
    "transitions": _transitions,
}
KINDS_OF_LISTS = tuple(_LISTS)
"""Everything that can be listed."""
