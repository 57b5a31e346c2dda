"""What there is to be shown in a gallery: small scenes, each with the YAML that makes it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from storyreel.direct.scenery import Scenery, known
from storyreel.film.lists import rows
from storyreel.looks import about, look, look_names
from storyreel.puppet.rig import read_rig
from storyreel.script.props import KINDS
from storyreel.source.tree import parse

Shown = Literal["still", "face", "loop", "hidden"]


@dataclass(frozen=True)
class Specimen:
    """Something to be shown: what to write for it, and what it is.

    Attributes:
        yaml: what an author writes, with the key that it stands under.
        scene: the scene that shows it, where that is not what is written: YAML.
        shown: as a picture of its end, of the face there, or as a loop of all of it; or not at all.
    """

    name: str
    about: str
    yaml: str
    scene: str = ""
    shown: Shown = "still"


@dataclass(frozen=True)
class Case:
    """Specimens that are scenes of one film.

    Attributes:
        head: keys of the film besides its scenes.
        common: what each of its scenes has unless it says otherwise.
    """

    kind: str
    title: str
    specimens: tuple[Specimen, ...]
    head: Mapping[str, Any] = field(default_factory=dict)
    common: Mapping[str, Any] = field(default_factory=dict)

    def film(self) -> dict[str, Any]:
        """The film that shows all of them, as the tree of a scene file."""
        scenes = []
        for number, specimen in enumerate(self.specimens):
            own, _ = parse(specimen.scene or specimen.yaml, specimen.name)
            scenes.append({**self.common, **own, "id": f"s{number}"})
        return {"storyreel": 2, "title": self.title, "format": SIZE, "seed": 1, **self.head, "scenes": scenes}


SIZE, LARGE = {"width": 432, "height": 540}, {"width": 1080, "height": 1350}
_REST = [{"wait": "0.8s"}]
_HERO = "michii"
_PROPS: Mapping[str, str] = {
    "button": "label: POST",
    "wall": "columns: 4, rows: 4",
    "phone": "width: 420, set: bedroom",
    "post": 'handle: "@mi", text: My little dance!',
    "comment": 'handle: "@mi", text: Love it!',
    "switch": "question: Who can comment?, off: Everyone, on: Friends",
    "door": "width: 300, height: 560",
    "lamp": "",
    "typing": "text: Hello!",
    "balloon": "text: Hello!, of: michii",
    "title": "text: Hello!",
    "badge": "text: DUET",
    "block": "icon: star",
    "crowd": "of: [michii, grump], count: 9, spread: [0.9, 0.25]",
    "thread": "from: [0.15, 0.35], to: [0.85, 0.35]",
    "note": "text: Be kind.",
    "words": "text: Be kind.",
}
"""What a kind of thing needs to be seen, besides its kind and its place."""
_WITH_HERO = frozenset(("balloon",))
_DOES: Mapping[str, str] = {"wall": "{it: {play: true}, wait: 3s}", "pile": "{it: {set: {full: 1}}, wait: 1s}"}
"""Beats of those kinds of which nothing is seen before."""
_LEFT_OUT = frozenset(("drawing", "picture", "pane"))
"""Kinds that show something else or need a place of their own: the reference has them."""


def cases(kinds: Collection[str] | None = None) -> Iterator[Case]:
    """All that ships and can be seen, case by case; of these kinds, if they are given."""
    for make in (_puppets, _faces, _poses, _acts, _sets, _props, _looks, _transitions):
        if kinds is None or make.__name__.removeprefix("_") in kinds:
            yield from make()


def _cast(*names: str) -> dict[str, Any]:
    return {name: {"puppet": name} for name in names}


def _puppets() -> Iterator[Case]:
    names = tuple(sorted(known("puppets")))
    found = (
        Specimen(name, "", f"cast: {{{name}: {{puppet: {name}}}}}", f"cast: {{{name}: {{at: centre}}}}")
        for name in names
    )
    yield Case("puppets", "Puppets", tuple(found), {"cast": _cast(*names)}, {"beats": _REST})


def _of_puppets(kind: str, what: Callable[[Any], Mapping[str, Any]], key: str) -> Iterator[Case]:
    for puppet in sorted(known("puppets")):
        rig = read_rig(Scenery(Path()).drawing(puppet, "puppets"))
        found = []
        for name in what(rig):
            part = f"{puppet}: {{{key}: {name}}}"
            shown: Shown = "face" if key == "face" else "still"
            found.append(Specimen(name, "", f"- {part}", f"beats: [{{{part}, for: 0.8s}}]", shown))
        common = {"cast": {puppet: {"at": "centre"}}}
        head = {"cast": _cast(puppet), "format": LARGE if key == "face" else SIZE}
        yield Case(kind, f"{kind.capitalize()} of {puppet}", tuple(found), head, common)


def _faces() -> Iterator[Case]:
    yield from _of_puppets("faces", lambda rig: rig.faces, "face")


def _poses() -> Iterator[Case]:
    yield from _of_puppets("poses", lambda rig: rig.poses, "pose")


def _acts() -> Iterator[Case]:
    from storyreel.direct.acting import ACTS

    told = {name: said for name, said in reversed(rows("acts")) if name in ACTS}
    found = (
        Specimen(name, said, f"- {_HERO}: {{do: {name}}}", f"beats: [{{{_HERO}: {{do: {name}}}}}]", "loop")
        for name, said in sorted(told.items())
    )
    # A little smaller than usual: some jump.
    yield Case("acts", "Acts", tuple(found), {"cast": _cast(_HERO)}, {"cast": {_HERO: {"at": "centre", "size": 0.84}}})


def _sets() -> Iterator[Case]:
    found = tuple(Specimen(name, "", f"set: {name}") for name in sorted(known("sets")))
    yield Case("sets", "Sets", found, {}, {"beats": _REST})


def _props() -> Iterator[Case]:
    found = []
    for kind, model in KINDS.items():
        if kind in _LEFT_OUT:
            continue
        needs = f", {_PROPS[kind]}" if _PROPS.get(kind) else ""
        yaml = f"props: {{it: {{kind: {kind}, at: [0.5, 0.45]{needs}}}}}"
        hero = f"\ncast: {{{_HERO}: {{at: centre}}}}" if kind in _WITH_HERO else ""
        does = f"\nbeats: [{_DOES[kind]}]" if kind in _DOES else ""
        found.append(Specimen(kind, " ".join((model.__doc__ or "").split()), yaml, yaml + hero + does))
    for name in sorted(known("props")):
        yaml = f"props: {{it: {{kind: drawing, file: {name}, at: [0.5, 0.7]}}}}"
        found.append(Specimen(name, "A drawing that ships.", yaml))
    yield Case("props", "Props", tuple(found), {"cast": _cast(_HERO, "grump")}, {"beats": _REST})


def _looks() -> Iterator[Case]:
    for name in look_names():
        scene = (
            f"cast: {{{_HERO}: {{at: left, face: joy, pose: cheer}}, grump: {{at: right, face: smug}}}}\nset: bedroom"
        )
        found = (Specimen(name, about(name), f"look: {name}", scene),)
        yield Case("looks", "Looks", found, {"cast": _cast(_HERO, "grump"), "look": name}, {"beats": _REST})


def _transitions() -> Iterator[Case]:
    from storyreel.film.lists import words_of
    from storyreel.script.models import Scene

    drawn = look("kawaii")
    for way in words_of(Scene.model_fields["enter"].annotation):
        told = f"drawn as {drawn.kind(way)}" if way != "cut" else ""
        here = Specimen("before", "", "set: bedroom\nbeats: [{wait: 0.6s}]", "", "hidden")
        into = f"enter: {way}\nset: party\nbeats: [{{wait: 0.8s}}]"
        there = Specimen(way, told, f"enter: {way}", into, "loop")
        yield Case("transitions", "Transitions", (here, there))
