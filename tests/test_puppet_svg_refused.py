"""What can't be drawn, or must not be followed, is refused by name with its line, everything at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_puppet_svg import HEAD, Read, read, refusal, shapes

from storyreel.errors import SceneError, StoryreelError
from storyreel.puppet.svg import read_drawing

__all__ = ["read"]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("<image href='a.png'/>", "<image>"),
        ("<script>1</script>", "<script>"),
        ("<foreignObject/>", "<foreignObject>"),
        ("<text>hi</text>", "convert text to outlines"),
        ("<circle r='5'><animate attributeName='r'/></circle>", "<animate>"),
        ("<g><set attributeName='x'/></g>", "<set>"),
        ("<path onclick='x()' d='M0 0'/>", "'onclick'"),
        ("<use href='other.svg#a'/>", "other.svg#a"),
        ("<use xlink:href='https://example.org/a.svg#a'/>", "https://example.org"),
        ("<g style='filter:url(#f)'/>", "'filter'"),
        ("<g mask='url(#m)'/>", "'mask'"),
        ("<pattern id='p'/><path fill='url(#p)' d='M0 0'/>", "<pattern>"),
        ("<path marker-end='url(#m)' d='M0 0'/>", "'marker-end'"),
        ("<g style='mix-blend-mode:multiply'/>", "'mix-blend-mode'"),
        ("<style>@import url(a.css);</style>", "'@import'"),
        ("<blob/>", "<blob>"),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_name_and_line(read: Read, body: str, name: str) -> None:
    message = refusal(read, f"\n{body}")
    assert name in message
    assert all(line.startswith("thing.svg:3:") for line in message.splitlines())


def test_everything_wrong_is_said_at_once_in_the_order_of_the_text(read: Read) -> None:
    message = refusal(read, '<image/>\n<path fill="blurple" d="M0 0"/>\n<g><text>x</text></g>\n<use href="#no"/>')
    assert [line.split(": ")[0] for line in message.splitlines()] == [
        "thing.svg:2:1", "thing.svg:3:1", "thing.svg:4:4", "thing.svg:5:1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<!DOCTYPE svg [\n<!ENTITY a "<g/>">]>\n<svg>&a;</svg>', "entity 'a' is refused"),
        ('<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>\n<svg>&b;</svg>', "entity 'b' is refused"),
        ('<!DOCTYPE svg [<!ENTITY a SYSTEM "/etc/passwd">]>\n<svg>&a;</svg>', "entity 'a' is refused"),
        ('<!DOCTYPE svg [<!ENTITY % a SYSTEM "x.dtd">%a;]>\n<svg/>', "entity 'a' is refused"),
        ('<!DOCTYPE svg [<!ENTITY a "' + "ha" * 200 + '">]>\n<svg/>', "entity 'a' is refused"),
        ('<?xml version="1.0" encoding="nope"?><svg/>', "save the file as UTF-8"),
        ('<?xml-stylesheet href="a.css"?>\n<svg/>', "thing.svg:1:1: a style sheet from another file"),
        ("<svg>\n<g></svg>", "thing.svg:2:6: no well-formed XML"),
        ("<svg>\n&undefined;</svg>", "thing.svg:2:1: no well-formed XML"),
        ("<html/>", "no SVG"),
        ("", "no well-formed XML"),
        ("<svg viewBox='0 0 0 5'/>", "needs a width and a height above 0"),
        ("<svg/>", "needs a width and a height above 0"),
        (f"<svg viewBox='0 0 1 1'>{'<g>' * 120}{'</g>' * 120}</svg>", "inside each other"),
    ],
)
def test_files_that_are_no_safe_drawing_are_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "thing.svg"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SceneError) as caught:
        read_drawing(path)
    assert said in str(caught.value)


def test_a_file_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(StoryreelError, match=r"nowhere\.svg"):
        read_drawing(tmp_path / "nowhere.svg")


def test_editors_own_elements_and_attributes_are_passed_over(read: Read) -> None:
    head = HEAD.replace(" viewBox", ' xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/x" sodipodi:v="1" viewBox')
    drawing = read("<sodipodi:view><path d='M0 0'/></sodipodi:view><metadata><g/></metadata><title>t</title>", head)
    assert shapes(drawing) == []


def test_a_drawing_is_read_again_when_its_file_changes(tmp_path: Path) -> None:
    path = tmp_path / "thing.svg"
    path.write_text(f'{HEAD}<path d="M0 0"/></svg>')
    first = read_drawing(path)
    assert read_drawing(path) is first
    path.write_text(f'{HEAD}<path d="M0 0"/><path d="M1 1"/></svg>')
    assert len(shapes(read_drawing(path))) == 2
