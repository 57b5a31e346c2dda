"""What a puppet's drawing comes to: which parts were found, which weren't and what that costs, what is named oddly."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from storyreel.errors import Place, Problem, StoryreelError
from storyreel.puppet.bounds import Box, boxes
from storyreel.puppet.cell_file import read_sheet
from storyreel.puppet.cells import Sheet
from storyreel.puppet.covered import covered
from storyreel.puppet.markup import Element, read_markup
from storyreel.puppet.meant import meant_mouth, meant_part
from storyreel.puppet.model import Drawing, Node, Rig
from storyreel.puppet.naming import MOUTHS, PARTS, VISEMES, layer_name
from storyreel.puppet.rig import read_rig
from storyreel.puppet.svg import GROUPS, read_figure
from storyreel.script.files import companion, is_drawing, is_sheet
from storyreel.sound.lipsync import nearest

_WORTH: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("Head",), "turns, nods and tilts", "nothing nods or turns, and shots of its face show all of it"),
    (("Face",), "is what close shots frame", "close shots frame the whole head, with hair and ears"),
    (("Body",), "breathes, bends and gives as it lands", "it moves as one stiff piece"),
    (("Mouth",), "speaks", "its mouth stays as it is drawn while it speaks"),
    (("Left Eye", "Right Eye"), "blink", "it never blinks"),
    (("Left Pupil", "Right Pupil"), "look at somebody", "it looks at nobody: only its head turns"),
    (("Left Blink", "Right Blink"), "are its shut eyes", "a shut eye is the open one, pressed flat"),
    (("Left Laugh", "Right Laugh"), "are its laughing eyes", "laughing eyes are shut ones"),
    (("Left Eyebrow", "Right Eyebrow"), "show its feelings", "its faces differ by the mouth alone"),
    (("Left Arm", "Right Arm"), "wave, point and dance", "it waves, points, holds and hugs with nothing"),
    (("Left Hand", "Right Hand"), "reach, touch and hold", "its arms swing, but reach for nothing"),
    (("Left Leg", "Right Leg"), "walk", "it takes no steps: it glides and bobs"),
    (("Left Foot", "Right Foot"), "stand on the ground", "its feet slide as it walks or sways"),
)
"""Parts that go together, what they do, and what it costs where they aren't there."""

_CELLS = {
    "body": "it has no poses",
    "head": "its head goes where its body goes",
    "eyes": "it neither blinks nor looks anywhere",
    "brows": "its faces differ by eyes and mouth alone",
    "mouth": "its mouth stays as it is drawn while it speaks",
}
"""What it costs where a sheet has no cells of a part."""
_STATES = (
    ("eyes", ("blink",), "it never shuts its eyes"),
    ("eyes", ("happy",), "laughing eyes are those at rest"),
    ("eyes", ("left", "right", "up", "down"), "it looks that way with the eyes at rest"),
    ("mouth", ("Smile", "Sad", "Surprised"), "mouths of the usual faces, which keep the one at rest instead"),
    ("body", ("arms up",), "it cheers as it stands"),
    ("body", ("wave1",), "it waves as it stands"),
)
"""States of a part that something is done with, and what it costs where there is no cell of them."""


@dataclass(frozen=True)
class Found:
    """Parts that are there: what they do, and how it is known about which points they turn."""

    names: tuple[str, ...]
    does: str
    by: str = ""


@dataclass(frozen=True)
class Missing:
    """Parts that aren't there, and what that costs."""

    names: tuple[str, ...]
    cost: str


@dataclass(frozen=True)
class Review:
    """What a puppet comes to.

    Attributes:
        found, missing: its parts.
        mouths: the shapes of its mouth; `stand_ins` are what is shown for each of those of speech that it lacks.
        odd: what was hardly meant so, each with its place in the file.
        rig: what is known of it, its faces, poses, outfits and colours among it.
        covered: features that are largely hidden at rest, each with the layer over it.
    """

    found: tuple[Found, ...]
    missing: tuple[Missing, ...]
    mouths: tuple[str, ...]
    stand_ins: Mapping[str, str]
    odd: tuple[Problem, ...]
    rig: Rig
    covered: Mapping[str, str] = field(default_factory=dict)


def review(path: Path) -> Review:
    """What a puppet's file comes to: an SVG, or a sheet of cells (JSON).

    Raises:
        SceneError: it can't be drawn; everything that is wrong with it, each with its line.
        StoryreelError: it is no drawing, or can't be read.
    """
    if is_sheet(path.name):
        return _of_cells(read_sheet(path, companion(path)), read_rig(path))
    if not is_drawing(path.name):
        raise StoryreelError(
            f"{path.name} is no SVG: a puppet is drawn in shapes, so that its parts can move. Draw it over "
            f"`storyreel puppet new {path.stem}.svg`, or trace it there layer by layer; in pixels, begin with cells: "
            f"`storyreel puppet new {path.stem}.json`; a picture as it is can be a prop: "
            f"{{kind: picture, file: {path.name}}}"
        )
    rig, drawing = read_rig(path), read_figure(path)
    said = {node.id for node in drawing.root.walk() if node.pivot is not None}
    found, missing = [], []
    for names, does, cost in _WORTH:
        there = tuple(name for name in names if drawing.find(name) is not None)
        if there:
            by = "about its data-pivot" if said.issuperset(there) else "about a point that its name tells"
            found.append(Found(there, does, by if there[0] in rig.pivots else ""))
        if lacking := tuple(name for name in names if name not in there):
            missing.append(Missing(lacking, f"on that side {cost}" if there else cost))
    worth = {name for names, _, _ in _WORTH for name in names}
    trailing = {spring.part for spring in rig.springs}
    others = tuple(name for name in rig.pivots if name not in worth and name not in rig.mouths and name != rig.root)
    for names, does in (
        (tuple(name for name in others if name in trailing), "trail behind"),
        (tuple(name for name in others if name not in trailing), "move in poses and faces"),
    ):
        if names:
            found.append(Found(names, does))
    along = _along(drawing, {name for one in found for name in one.names} | {*rig.mouths, rig.root})
    found.extend(Found(names, f"goes along with {holder}") for holder, names in along.items())
    speaks = drawing.find("Mouth") is not None
    if speaks and (lacking := tuple(shape for shape in MOUTHS if shape not in (*VISEMES, *rig.mouths))):
        missing.append(Missing(lacking, "mouths of the usual faces, which keep the one at rest instead"))
    stand_ins = _stand_ins(rig) if speaks else {}
    odd = tuple(_odd(path, drawing, rig))
    return Review(tuple(found), tuple(missing), rig.mouths, stand_ins, odd, rig, covered(drawing))


def _along(drawing: Drawing, parts: Container[str]) -> dict[str, tuple[str, ...]]:
    """Layers of any other name that hold shapes, by the part that carries each."""
    held: dict[str, tuple[str, ...]] = {}

    def visit(node: Node, holder: str) -> None:
        for child in node.children:
            if child.id and child.shape is None and child.id not in parts:
                carrier = child.parent or holder
                if carrier and any(inner.shape is not None for inner in child.walk()):
                    held[carrier] = (*held.get(carrier, ()), child.id)
            elif child.shape is None:
                visit(child, child.id if child.id in parts else child.parent or holder)

    visit(drawing.root, drawing.root.id)
    return held


def _stand_ins(rig: Rig) -> dict[str, str]:
    """What is shown for each shape of speech that a mouth lacks."""
    return {shape: nearest(shape, rig.mouths) for shape in VISEMES if shape not in rig.mouths}


def _of_cells(sheet: Sheet, rig: Rig) -> Review:
    """What a sheet of cells comes to."""
    found = tuple(
        Found((part,), ", ".join(cell.state for cell in cells if cell.state) or "one drawing")
        for part, cells in sheet.parts.items()
    )
    missing = tuple(Missing((part,), cost) for part, cost in _CELLS.items() if part not in sheet.parts)
    missing += tuple(
        Missing(tuple(f"{part} {state}" for state in lacking), cost)
        for part, states, cost in _STATES
        if part in sheet.parts and (lacking := [one for one in states if sheet.cell(part, one) is None])
    )
    return Review(found, missing, rig.mouths, _stand_ins(rig) if rig.mouths else {}, (), rig)


def _odd(path: Path, drawing: Drawing, rig: Rig) -> Iterator[Problem]:
    """Layers whose names are no parts' but nearly, and sides that are the wrong way round."""
    names = set(drawing.names())
    mouth = drawing.find("Mouth")
    shapes = {child.id for child in mouth.children} if mouth is not None else set()

    def complain(element: Element, message: str) -> Problem:
        return Problem(element.place, message, "warning")

    def visit(element: Element, in_mouth: bool) -> Iterator[Problem]:
        for child in element.children:
            name = layer_name(child)
            if name and name not in PARTS and name not in rig.pivots and child.tag in GROUPS:
                if in_mouth or (mouth is None and "mouth" in name.lower()):
                    yield from mouths(child, name, in_mouth)
                elif wanted := [part for part in meant_part(name) if part not in names]:
                    called = " or ".join(f"'{part}'" for part in wanted)
                    yield complain(child, f"'{name}' is no part's name, and so it doesn't move; call it {called}")
            yield from visit(child, in_mouth or name == "Mouth")

    def mouths(element: Element, name: str, in_mouth: bool) -> Iterator[Problem]:
        shape = meant_mouth(name)
        if shape and shape not in shapes and name not in MOUTHS:
            where = "call it" if in_mouth else "put it into a group 'Mouth' and call it"
            yield complain(element, f"'{name}' is no shape of a mouth that is spoken with; {where} '{shape}'")

    root = read_markup(path, path.name)
    yield from visit(root, False)
    yield from _sides(root.place, boxes(drawing))


def _sides(place: Place, parts: Mapping[str, Box]) -> Iterator[Problem]:
    """Sides that are the wrong way round: somebody who faces us has their left at the right of the picture."""

    def middle(name: str) -> float:
        return (parts[name][0] + parts[name][2]) / 2

    kinds = [kind for kind in ("Eye", "Arm", "Leg", "Eyebrow") if f"Left {kind}" in parts and f"Right {kind}" in parts]
    swapped = [kind for kind in kinds if middle(f"Left {kind}") < middle(f"Right {kind}")]
    if swapped and len(swapped) == len(kinds):
        told = ", ".join(swapped)
        message = f"left and right ({told}) are the picture's, not its own: who faces us has their left at our right"
        yield Problem(place, message, "warning")
