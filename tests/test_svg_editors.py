"""Drawings come out as Figma, Illustrator, Affinity, Sketch, CorelDRAW and Inkscape write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_puppet_svg import HEAD, Read, ends, read, refusal, shapes

from storyreel.errors import SceneError
from storyreel.film.reading import read as read_scene
from storyreel.puppet.rig import read_rig
from storyreel.puppet.svg import read_drawing, read_figure
from storyreel.stage.puppet import DrawnPuppet

__all__ = ["read"]

ILLUSTRATOR = """<?xml version="1.0" encoding="utf-8"?>
{}<svg version="1.1" xmlns:x="&ns_extend;" xmlns:i="&ns_ai;" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 520">
<switch><foreignObject requiredExtensions="&ns_ai;" width="1" height="1"><i:pgfRef/></foreignObject>
<g i:extraneous="self"><g id="Left_Arm"><path d="M0 0"/></g></g></switch></svg>"""
DECLARED = """<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
<!ENTITY ns_extend "http://ns.adobe.com/Extensibility/1.0/"> <!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/">
]>
"""


@pytest.mark.parametrize("doctype", [DECLARED, ""])
def test_illustrators_entities_are_read_with_their_doctype_and_without(tmp_path: Path, doctype: str) -> None:
    path = tmp_path / "arm.svg"
    path.write_text(ILLUSTRATOR.format(doctype))
    assert read_drawing(path).find("Left Arm") is not None


@pytest.mark.parametrize(
    ("paint", "expected"),
    [
        ('fill="#3D7DD8" style="fill:#3D7DD8;fill:color(display-p3 0.2392 0.4902 0.8471);fill-opacity:1"', "#3D7DD8"),
        ('style="fill:color(display-p3 0 1 0)"', "#00FF00"),
        ('style="fill:color(display-p3 0.6 60% .6 / 1)"', "#999999"),
        ('style="fill:color(display-p3 0.6 0.4 0.4)"', "#A26365"),
        ('fill="#CD853F icc-color(acmecmyk, 0.11, 0.48, 0.83, 0.00)"', "#CD853F"),
        ('fill="var(--fill-0, #123456)"', "#123456"),
        ('fill="red" style="fill: context-fill; fill: lch(50% 70 10)"', "#FF0000"),
        ('fill="red" style="fill: #00F; fill: blurple"', "#0000FF"),
    ],
)
def test_of_several_colours_the_last_plain_one_holds(read: Read, paint: str, expected: str) -> None:
    (shape,) = shapes(read(f'<path {paint} d="M0 0"/>'))
    assert shape.fill == expected


def test_a_colour_that_cannot_be_read_is_said_where_no_other_stands(read: Read) -> None:
    assert "'blurple' is not a colour" in refusal(read, '<path style="fill: blurple" d="M0 0"/>')


FRAME = '<g clip-path="url(#k)"><g id="Body"><rect width="500" height="50"/></g></g>'


@pytest.mark.parametrize(
    "frame",
    [
        f'{FRAME}<defs><clipPath id="k"><rect width="200" height="100" fill="white"/></clipPath></defs>',
        f'<mask id="k"><rect width="200" height="100" rx="0" fill="#fff"/></mask>{FRAME.replace("clip-path", "mask")}',
    ],
)
def test_a_frame_is_no_part_of_a_puppet_but_cuts_a_set(tmp_path: Path, frame: str) -> None:
    path = tmp_path / "framed.svg"
    path.write_text(f"{HEAD}{frame}</svg>")
    assert any(node.clip_shapes for node in read_drawing(path).root.walk())
    assert not any(node.clip_shapes for node in read_figure(path).root.walk())
    left, _, right, _ = DrawnPuppet.load(path).bounds()
    assert right - left == pytest.approx(500)


def test_a_smaller_clip_stays_a_clip(tmp_path: Path) -> None:
    path = tmp_path / "cut.svg"
    path.write_text(f'{HEAD}<clipPath id="k"><rect width="150" height="100"/></clipPath>{FRAME}</svg>')
    assert any(node.clip_shapes for node in read_figure(path).root.walk())


def test_a_mask_of_opaque_white_is_a_clip(read: Read) -> None:
    drawing = read(
        '<mask id="m" fill="white"><use href="#q" x="1"/></mask><defs><rect id="q" width="4" height="4"/></defs>'
        '<mask id="n" style="mask-type:alpha" maskUnits="userSpaceOnUse"><rect width="9" height="9" fill="#D9D9D9"/>'
        '</mask><g id="a" mask="url(#m)"><path d="M0 0"/></g><g id="b" style="mask:url(#n)"><path d="M0 0"/></g>'
    )
    cuts = [node.clip_shapes for node in drawing.root.walk() if node.clip_shapes]
    assert [ends(shape)[2] for (shape,) in cuts] == [(5, 4), (9, 9)]


@pytest.mark.parametrize("paint", ['fill="#888"', 'fill="#fff" opacity=".5"', 'fill="#fff" stroke="#fff"', ""])
def test_a_soft_mask_is_refused(read: Read, paint: str) -> None:
    body = f'<mask id="m"><rect width="4" height="4" {paint}/></mask><g mask="url(#m)"><path d="M0 0"/></g>'
    assert "thing.svg:2:1: only a mask of opaque white shapes is read" in refusal(read, body)


def test_definitions_that_nothing_uses_are_passed_over(read: Read) -> None:
    unused = (
        '<defs><filter id="f"><feImage href="a.png"/></filter><pattern id="p"><image href="a.png"/></pattern>'
        '<mask id="m"/><marker id="k"/><color-profile name="icc" href="a.icc"/></defs>'
    )
    assert len(shapes(read(unused + '<a href="https://example.org"><path d="M0 0"/></a>'))) == 1


SCENE = """storyreel: 1
title: t
reveal: false
cast: {p: {puppet: GOOD.SVG}}
scenes:
  - id: a
    set: set.Svg
    cast: {p: {at: centre}}
    props: {q: {kind: drawing, file: prop.svg}, w: {kind: pane, set: set.Svg, width: 300, height: 300}}
    beats: [{wait: 0.2s}]
"""
GOOD = f'{HEAD}<g id="Head"><rect width="50" height="50"/></g></svg>'


def test_an_ending_may_be_in_capitals(tmp_path: Path) -> None:
    (tmp_path / "scene.yaml").write_text(SCENE)
    for name in ("GOOD.SVG", "prop.svg"):
        (tmp_path / name).write_text(GOOD)
    (tmp_path / "set.Svg").write_text(f'{HEAD}<rect width="200" height="100"/></svg>')
    read_scene(tmp_path / "scene.yaml")


def test_sets_and_props_are_checked_as_puppets_are(tmp_path: Path) -> None:
    (tmp_path / "scene.yaml").write_text(SCENE)
    (tmp_path / "GOOD.SVG").write_text(GOOD)
    (tmp_path / "set.Svg").write_text(f"{HEAD}\n<text>hi</text></svg>")
    (tmp_path / "prop.svg").write_text(f"{HEAD}\n\n<image/></svg>")
    with pytest.raises(SceneError) as caught:
        read_scene(tmp_path / "scene.yaml")
    assert [str(problem.place) for problem in caught.value.problems] == ["prop.svg:3:1", "set.Svg:2:1"]


def test_a_rig_that_links_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "away.yaml").write_text("height: 5\n")
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "thing.svg"
    path.write_text(GOOD)
    (tmp_path / "in" / "thing.rig.yaml").symlink_to("../away.yaml")
    with pytest.raises(SceneError, match=r"thing\.rig\.yaml:1:1: this rig is a link"):
        read_rig(path)
