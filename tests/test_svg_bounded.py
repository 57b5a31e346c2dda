"""A small drawing is drawn or refused with its place, whatever it does to those who follow it."""

from __future__ import annotations

import math
import time
from pathlib import Path

import numpy as np
import pytest
import skia
from test_puppet_svg import HEAD, Read, read, refusal

from storyreel.puppet.rig import read_rig
from storyreel.puppet.svg import read_drawing
from storyreel.stage.outline import grown, to_commands
from storyreel.stage.puppet import DrawnPuppet
from storyreel.stage.still import DrawnPart
from storyreel.stage.tangle import tangled, traced
from storyreel.treatment.contract import Edge

__all__ = ["read"]

SECONDS = 2.0
RECT = '<rect width="99" height="99"/>'
HANG = "L1 1 2 3 " * 200
DOUBLED = "".join(f'<g id="a{n + 1}"><use href="#a{n}"/><use href="#a{n}"/></g>' for n in range(7))


def drawn(folder: Path, body: str) -> None:
    """Draws a puppet with its rim, and the same as a set."""
    path = folder / "thing.svg"
    path.write_text(f"{HEAD}{body}</svg>")
    puppet = DrawnPuppet.load(path)
    with skia.Surface(100, 100) as canvas:
        puppet.draw(canvas, {"Head.turn": 0.5, "Left Ear.bend": 20.0, "Left Arm.rot": 10.0}, (Edge(14, "#FFFFFF"),))
        DrawnPart.load(path).draw(canvas)
        if abs(puppet.bounds()[2]) == math.inf:
            raise AssertionError("a drawing without end")


def nested(*names: str) -> str:
    return "".join(f'<g id="{name}">{RECT}' for name in names) + "</g>" * len(names)


@pytest.mark.parametrize(
    "names",
    [
        ("P", "Left Arm", "Left Hand", "Left Arm"),
        ("P", "Left Ear", "Inner", "Left Ear"),
        ("P", "Head", "Left Eye", "Left Pupil", "Left Eye"),
        ("P", "Head", "Face", "Head_2"),
        ("P", "Mouth", "Smile", "Mouth"),
    ],
)
def test_a_layer_inside_its_own_name_goes_along_with_it(tmp_path: Path, names: tuple[str, ...]) -> None:
    drawn(tmp_path, nested(*names))
    carriers = read_rig(tmp_path / "thing.svg").carriers
    for name in carriers:
        way = [name]
        while way[-1]:
            way.append(carriers.get(way[-1], ""))
            assert len(way) <= len(carriers) + 1


def test_a_part_may_be_carried_by_a_group_that_is_none(tmp_path: Path) -> None:
    body = f'<g id="P"><g id="Head">{RECT}<g id="Any">{RECT}</g></g><g id="Left Arm" data-parent="Any">{RECT}</g></g>'
    drawn(tmp_path, body)
    assert read_rig(tmp_path / "thing.svg").carriers["Left Arm"] == "Head"


@pytest.mark.parametrize(
    "body",
    [
        f'<g id="P">{RECT * 100}</g>',
        "".join(f'<rect x="{n / 1000}" width="9" height="9"/>' for n in range(80)),
        "".join(f'<rect width="{5 + n}" height="9" stroke="red"/>' for n in range(60)),
        f'<g id="a0">{RECT}</g>{DOUBLED}',
        '<rect width="200" height="200" stroke="blue" stroke-width="50" stroke-dasharray="1"/>',
        '<rect width="600" height="900" stroke="blue" stroke-width="20" stroke-dasharray="5 5"/>',
        '<rect width="200" height="200" stroke="blue" stroke-width="1e7" stroke-dasharray="1 2 3"/>',
        f'<path d="M0 0 {HANG}" stroke="red"/>' * 3,
        f'<path d="M0 0A1e-200 1e-200 0 0 0 10 10"/>{RECT}',
        f'<g id="Head" data-pivot="5,5"><rect width="1e7" height="1e7"/></g>{RECT}',
    ],
)
def test_what_lies_on_itself_is_drawn_soon(tmp_path: Path, body: str) -> None:
    begun = time.process_time()
    drawn(tmp_path, body)
    assert time.process_time() - begun < SECONDS


LONG = "9" * 50_000
PATH = '<path id="p" d="M0 0' + "l1 1" * 30_000 + '"/>'


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (f'<clipPath id="c"><g clip-path="url(#c)">{RECT}</g></clipPath><g clip-path="url(#c)"/>', "cuts itself"),
        ('<g data-pivot="1e9,0"/>', "data-pivot has a number above"),
        ('<symbol id="s" viewBox="1e308 0 1 1"/><use href="#s"/>', "viewBox has a number above"),
        (f'<g transform="{"scale(1e7) " * 46}">{RECT}</g>', "its transforms come to more than"),
        ('<g transform="scale(1e3)"><rect width="1e6" height="1"/></g>', "units away"),
        ('<rect width="200" height="200" stroke="red" stroke-dasharray="0.001"/>', "more than 5000 dashes"),
        (f"<style>{'a' * 100_000}</style><g/><blob/>", "<blob>"),
        (f"<style>{'/*' * 50_000}</style><blob/>", "<blob>"),
        (f"<style>{''.join(f'.c{n},' for n in range(30_000))}a{{fill:red}}</style>", "more than 2000 selectors"),
        (f'<rect width="{LONG}x"/>', "is not a length"),
        (f'<g transform="{"a" * 50_000}"/>', "transform has 'aaa"),
        (PATH + '<use href="#p"/>' * 300, "more than 100000 lines"),
        ("".join(f'<g id="n{n}" data-parent="n{n + 1}"/>' for n in range(3000)), "'n3000', which is not there"),
        ("".join(f'<g id="u{n}"><use href="#u{n + 1}"/></g>' for n in range(99)) + '<g id="u99"/>', "inside each"),
    ],
)  # fmt: skip
def test_what_would_take_long_is_refused_soon(read: Read, body: str, said: str) -> None:
    begun = time.process_time()
    message = refusal(read, body)
    assert time.process_time() - begun < SECONDS
    assert said in message
    assert all(line.startswith("thing.svg:2:") and len(line) < 300 for line in message.splitlines())


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "thing.svg"
    path.write_text(HEAD + "".join(f'<g id="n{n}" data-pivot="0,0">{RECT}</g>' for n in range(400)) + "</svg>")
    read_drawing(path)
    with pytest.raises(Exception, match=r"thing\.svg:1:1: \d+ parts that move"):
        read_rig(path)


def test_a_traced_area_is_the_area_itself_all_one_way_round() -> None:
    ring = skia.Path()
    ring.addCircle(50, 50, 40)
    ring.addCircle(50, 50, 20, skia.PathDirection.kCCW)
    outline = traced(ring)
    assert not tangled(ring)
    for x in np.linspace(3, 97, 24):
        for y in np.linspace(3, 97, 24):
            away = math.hypot(x - 50, y - 50)
            if min(abs(away - 40), abs(away - 20)) > 0.2:
                assert outline.contains(x, y) == ring.contains(x, y)
    exact, fine = (skia.Path(grown(path, 5.0)) for path in (ring, outline))
    assert fine.computeTightBounds().width() == pytest.approx(exact.computeTightBounds().width(), abs=0.5)
    assert list(to_commands(traced(skia.Path()))) == []
