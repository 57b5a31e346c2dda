"""Reads a scene with everything that the other rooms know: every name, every puppet, every glyph of its texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path as FilePath

from storyreel.assets import asset
from storyreel.errors import DirectingError, Place, Problem, SceneError
from storyreel.looks import look, look_names, shipped_names, usable
from storyreel.script.check import problems
from storyreel.script.ending import unfolded
from storyreel.script.files import file_beside, is_drawing, is_sheet
from storyreel.script.models import Script
from storyreel.script.moments import SHORT_ACTS
from storyreel.script.read import read_scene_with_places
from storyreel.script.vocabulary import Names, PuppetNames, Vocabulary
from storyreel.source.places import Places, unwritten


def read(path: str | FilePath) -> tuple[Script, Places]:
    """The script in a scene file, and where everything in it stands.

    Raises:
        SceneError: everything that can be known to be wrong without directing the film.
    """
    return read_scene_with_places(path, vocabulary(FilePath(path).parent))


def verify(script: Script, base: FilePath) -> None:
    """Checks a script that was built in Python as a scene file is checked; `base` is the folder whose files it names.

    Raises:
        SceneError: everything that is wrong, each with its path: `script.scenes[0].beats[2].michii`.
    """
    tree = script.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    found = problems(*unfolded(tree, unwritten(tree)), base, vocabulary(base))
    if found.problems:
        raise SceneError(found.problems)


def written_places(script: Script) -> Places:
    """The places of a script that stands in no file."""
    tree = script.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return unfolded(tree, unwritten(tree))[1]


def located(error: DirectingError, script: Script, places: Places) -> SceneError:
    """What can't be directed, with its place in the author's file."""
    return SceneError([Problem(placed(error.path, script, places), str(error))])


def placed(path: tuple[str | int, ...], script: Script, places: Places) -> Place:
    """Where in the author's file a path of directing leads, which names scenes by their ids, and shots of a scene as
    scenes of their own (`night.2`)."""
    numbers = {scene.id: number for number, scene in enumerate(script.scenes)}
    if path[:1] == ("scenes",):
        called = str(path[1]) if len(path) > 1 else ""
        number = numbers.get(called, numbers.get(called.rpartition(".")[0]))
        path = ("scenes", number, *path[2:]) if number is not None else ()
    return places(path)


def schema_text(series: bool = False, installed: bool = False) -> str:
    """The JSON Schema of scene (or series) files with every shipped name in it: the text of `schema/*.schema.json`.

    Args:
        series: of series files.
        installed: with the looks of other packages, too.
    """
    from storyreel.script import schema

    return schema.schema_text(vocabulary(FilePath()) if installed else _shipped_words(), series)


def reference_text(shown: Callable[[str, str], str] = lambda model, key: "") -> str:
    """The reference of the scene format with every act and every shipped name in it: the text of
    `docs/scene-format.md`."""
    from storyreel.script.reference import reference

    return reference(_shipped_words(), shown)


def _shipped_words() -> Vocabulary:
    """Every name that ships: the same on every machine."""
    return replace(vocabulary(FilePath()), looks=frozenset(shipped_names()))


def vocabulary(base: FilePath) -> Vocabulary:
    """Every name that a scene in the folder `base` may use."""
    from storyreel.direct.acting import ACTS, described
    from storyreel.direct.groups import groups_of
    from storyreel.sound.effects import EFFECTS
    from storyreel.sound.notes import is_note
    from storyreel.sound.pronunciation import unsaid
    from storyreel.sound.score import load_track, track_names
    from storyreel.sound.voice import VOICES, missing, spoken_by

    acts = frozenset(ACTS) - frozenset(SHORT_ACTS)
    return Vocabulary(
        acts=acts,
        options={act: ACTS[act].values for act in acts},
        shown={act: described(act) for act in acts},
        moments=_moments(),
        effects=frozenset(EFFECTS),
        note=is_note,
        tracks=frozenset(track_names()),
        sections={name: frozenset(load_track(name).sections) for name in track_names()},
        score=lambda track: _sections(file_beside(base, track)),
        voices=frozenset(VOICES),
        languages={name: frozenset((spoken_by(name),)) for name in VOICES},
        missing=missing,
        unsaid=unsaid,
        looks=frozenset(look_names()),
        look=usable,
        puppets=_shipped("puppets"),
        sets=_shipped("sets"),
        props=_shipped("props"),
        glyphless=_glyphless,
        rig=cache(lambda puppet: _rig(_drawing(base, "puppets", puppet))),
        unseen=_unseen,
        unheard=_unheard,
        unspoken=_unspoken,
        unplayed=_unplayed,
        ground=lambda name: _ground(file_beside(base, name), name),
        drawing=lambda name: _read(file_beside(base, name)),
        groups=cache(lambda name: frozenset(groups_of(_drawing(base, "props", name)))),
    )


def _unseen(path: FilePath) -> str | None:
    from storyreel.media.pictures import picture_fault

    return picture_fault(path)


def _unheard(path: FilePath) -> str | None:
    from storyreel.sound.interchange import sound_fault

    return sound_fault(path)


def _unspoken(path: FilePath) -> str | None:
    from storyreel.sound.recording import recording_fault

    return recording_fault(path)


def _unplayed(path: FilePath) -> str | None:
    from storyreel.media.pictures import has_sound

    return _unseen(path) or (_unheard(path) if has_sound(path) else None)


def _read(path: FilePath) -> object:
    from storyreel.direct.celled import sheet_of
    from storyreel.puppet.svg import read_drawing

    return sheet_of(path) if is_sheet(path.name) else read_drawing(path)


@cache
def _shipped(folder: str) -> Names:
    """The names of the drawings in an asset folder."""
    return frozenset(path.stem for path in asset(folder).rglob("*.svg"))


def _drawing(base: FilePath, folder: str, name: str) -> FilePath:
    """A drawing beside the scene, or a shipped one."""
    if is_drawing(name) or is_sheet(name):
        return file_beside(base, name)
    return next(path for path in sorted(asset(folder).rglob("*.svg")) if path.stem == name)


def _sections(track: FilePath) -> Names:
    """The sections of a track beside the scene; a recording has none."""
    from storyreel.sound.score import is_score, load_track

    return frozenset(load_track(track).sections) if is_score(track) else frozenset()


def _ground(path: FilePath, name: str) -> object:
    from storyreel.direct.celled import cell_backdrop
    from storyreel.direct.scenery import own_backdrop

    return cell_backdrop(path, name) if is_sheet(path.name) else own_backdrop(path, name)


def _rig(path: FilePath) -> PuppetNames:
    from storyreel.puppet.rig import all_rigs

    rigs = all_rigs(path)
    faces = frozenset(name for rig in rigs for name in rig.faces)
    poses = frozenset(name for rig in rigs for name in rig.poses)
    return PuppetNames(frozenset(rigs[0].recast), faces, poses, frozenset(rigs[0].outfits))


@cache
def _moments() -> dict[str, Names]:
    """The moments of each act; they don't depend on how long it takes."""
    from fractions import Fraction

    from storyreel.direct.acting import ACTS, moments
    from storyreel.timeline.clock import Clock

    clock = Clock(Fraction(30))
    return {kind: frozenset(name for name, _ in moments(kind, {}, 0, 60, clock)) for kind in ACTS}


def _glyphless(look_name: str, role: str, text: str, language: str) -> str | None:
    """What is wrong with a text when a look's whole font chain lacks one of its glyphs."""
    from storyreel.text.chain import chain
    from storyreel.text.shape import MissingGlyph, shape

    faces = chain(look(look_name).faces[role])
    for row in filter(None, map(str.strip, text.splitlines())):
        try:
            shape(row, faces, 72, language)
        except MissingGlyph as error:
            return str(error)
    return None


if __name__ == "__main__":
    print(reference_text(), end="")
