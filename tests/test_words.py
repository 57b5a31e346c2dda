"""Words as things: what is written on them and when, how they fall and lie, what becomes of their letters."""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from storyreel import load
from storyreel.direct.board import Board
from storyreel.direct.director import Direction, direct
from storyreel.direct.falls import Body, Lying, laid
from storyreel.direct.lettering import Change, letters_in, standing, stretches, typed_keys
from storyreel.direct.lines import pieces
from storyreel.direct.loose import Room, homes, loose_layers, pairs, scattering
from storyreel.direct.piles import Release, Stack, released
from storyreel.direct.staging import Staging
from storyreel.errors import SceneError
from storyreel.script.part import Part
from storyreel.script.props import Balloon
from storyreel.script.read import read_text
from storyreel.script.written import Note, TextField, Words
from storyreel.timeline.clock import Clock
from storyreel.timeline.model import Layer, Scene, WidgetContent
from storyreel.timeline.track import sample
from storyreel.treatment.contract import Kit
from storyreel.widgets.lettered import Sort, lettering

HEAD = """\
storyreel: 2
title: Words
reveal: false
cast: {mia: {puppet: michii, voice: {}}, gru: {puppet: grump, voice: {}}}
scenes:
  - id: a
    cast: {mia: {at: [0.3, 0.87]}, gru: {at: [0.8, 0.87], size: 0.7}}
    props:
      box: {kind: field, at: [0.5, 0.55], width: 500}
      one: {kind: words, body: stone, text: So articulate!, hidden: true, width: 420}
      two: {kind: words, body: stone, text: Your hair?, hidden: true, width: 420}
      low: {kind: words, body: stone, text: From?, at: [0.5, 0.8], width: 420}
      say: {kind: balloon, of: mia}
      tag: {kind: note, text: Hello, handwriting: mia}
      heap: {kind: pile, in: mia.arms, most: 8}
      line: {kind: thread, from: mia.left-hand, to: gru.left-hand, slack: 0.2}
    beats:
"""


def film(beats: str) -> Direction:
    """A film of these beats."""
    return direct(read_text(HEAD + beats), Path())


def settled(beats: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Staging, Scene]:
    """The staging of such a film's scene, once it is directed, and the scene."""
    boards: list[Board] = []
    freeze = Board.freeze
    monkeypatch.setattr(Board, "freeze", lambda board: boards.append(board) or freeze(board))  # type: ignore[func-returns-value]
    scene = film(beats).timeline.scenes[0]
    assert boards[0].touched is not None
    return boards[0].touched, scene


def track(staging: Staging, place: str, near: str = "") -> tuple[np.ndarray, np.ndarray]:
    """Where a place is at every frame."""
    assert staging.where is not None
    return staging.where.point(place, near)


def layer(of: Scene, name: str) -> Layer:
    """A layer by its name."""
    return next(one for one in of.layers if one.id == name)


def parts(of: Layer) -> list[tuple[WidgetContent, Layer]]:
    """The widgets of a layer, or of those in it."""
    inner = of.children or (of,)
    return [(one.content, one) for one in inner if isinstance(one.content, WidgetContent)]


TEXTS = ["No, where are you REALLY from?", "I love your work.", "", "aAaA", "bAnana!", "Ünï çödé 💛", "WORDS of power"]


@pytest.mark.parametrize("old", TEXTS)
@pytest.mark.parametrize("new", TEXTS)
def test_no_letter_is_lost_or_made_twice_where_words_become_others(old: str, new: str) -> None:
    was, will = ([sign for sign in text if not sign.isspace()] for text in (old, new))
    taken = pairs(was, will)
    used = [place for place in taken if place is not None]
    assert len(taken) == len(will)
    assert len(set(used)) == len(used)
    assert all(
        was[place].casefold() == will[index].casefold() for index, place in enumerate(taken) if place is not None
    )
    shared = Counter(map(str.casefold, was)) & Counter(map(str.casefold, will))
    assert len(used) == shared.total(), "all that are shared fly over"


def test_the_letters_of_new_words_come_home_one_after_another_the_last_at_the_end() -> None:
    home = homes(Change(10, 60, "become", "I love your work."))
    assert len(home) == 14
    assert home == sorted(home)
    assert home[0] > 10
    assert home[-1] == 60


def test_a_field_takes_a_letter_with_every_key_and_gives_one_away_with_every_other() -> None:
    scene = film(
        "      - {mia: {at: 12f, type: cringe, on: box, each: 6f}}\n"
        "      - {mia: {at: 12f, erase: box, each: 4f}, gru: {at: box.empty, look: up}, for: 60f}\n"
    ).timeline.scenes[0]
    field = layer(scene, "box").children[-1]
    shown = [6 - field.values(frame)["left"] for frame in range(120)]
    assert shown[11] == 0
    assert [shown[12 + 6 * number] for number in range(6)] == [1, 2, 3, 4, 5, 6]
    erased = [frame for frame in range(61, 120) if shown[frame] < shown[frame - 1]]
    assert [shown[frame] for frame in erased] == [5, 4, 3, 2, 1, 0]
    assert set(np.diff(erased)) == {4}


def test_what_is_typed_stands_behind_what_is_there_and_what_is_said_again_changes_nothing() -> None:
    field = TextField.model_validate({"kind": "field", "text": "Hey "})
    typed = Change(5, 9, "written", "you", typed_keys("you", (5, 7, 9)), "typed")
    said = Change(20, 30, "written", "Hey, you!", (20, 22, 24, 26, 28, 30))
    assert standing(field, [typed], 6) == ("Hey you", 4)
    assert standing(field, [typed, said], 40) == ("Hey you", 6)
    erased = Change(40, 45, "erased", keys=(40, 42, 44))
    assert standing(field, [typed, said, erased], 43)[1] == 4


def test_a_line_goes_on_behind_its_first_half_in_the_same_place() -> None:
    words = Words.model_validate({"kind": "words"})
    first = Change(3, 6, "written", "Why would you… say that?", (3, 4, 5))
    second = Change(30, 33, "written", "Why would you… say that?", (30, 31))
    found = stretches(words, [first, second], 60)
    assert {one.side.text for one in found if one.start > 0} == {"Why would you… say that?"}
    assert standing(words, [first, second], 20)[1] == 3
    assert standing(words, [first, second], 40)[1] == 5


def test_a_note_is_written_on_the_side_that_is_up() -> None:
    note = Note.model_validate({"kind": "note", "text": "front", "back": ""})
    flip = Change(10, 20, "flip")
    said = Change(24, 30, "written", "behind", tuple(range(24, 30)))
    last = stretches(note, [flip, said], 60)[-1]
    assert [side.text for side in last.sides] == ["front", "behind"]
    assert last.up == 1


def test_a_wrung_balloon_shouts_what_it_has_become() -> None:
    balloon = Balloon.model_validate({"kind": "balloon", "text": "I love rainy days."})
    last = stretches(balloon, [Change(30, 30, "twist", "So you HATE the SUN?!")], 60)[-1]
    assert (last.side.text, last.style) == ("So you HATE the SUN?!", "shout")


def test_what_is_said_on_words_is_in_the_captions_of_nobody_and_in_the_subtitles() -> None:
    told = film("      - {mia: {say: Hello!, on: say}, for: 60f}\n").timeline
    assert not told.captions
    assert [line.text for line in told.lines] == ["Hello!"]
    blank, (content, _) = parts(layer(told.scenes[0], "say"))
    assert blank[1].values(0)["appear"] < 1
    assert content.kind == "bubble"
    assert content.setting("text") == "Hello!"


def test_a_balloons_tail_points_at_the_mouth_in_every_frame_and_ends_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    staging, scene = settled("      - {say: {show: pop}, mia: {do: hop}, for: 40f}\n", monkeypatch)
    x, y = track(staging, "mia.mouth")
    balloon = layer(scene, "say")
    for frame in range(scene.length):
        outer, inner = balloon.values(frame), parts(balloon)[-1][1].values(frame)
        tip = outer["x"] + inner["tail_x"] * outer["scale"], outer["y"] + inner["tail_y"] * outer["scale"]
        mouth = float(x[frame]), float(y[frame])
        ways = [math.atan2(mouth[1] - point[1], mouth[0] - point[0]) for point in (tip, (outer["x"], outer["y"]))]
        assert ways[0] == pytest.approx(ways[1], abs=0.01)
        assert 60 < math.dist(tip, mouth) < 260


@pytest.mark.parametrize("seed", range(12))
def test_what_falls_never_comes_into_what_it_lies_on(seed: int) -> None:
    chance = random.Random(seed)
    length, landing = 90, chance.randrange(20, 40)
    ground = 900 + np.cumsum([chance.uniform(-4, 4) for _ in range(length)])
    across = 500 + np.cumsum([chance.uniform(-3, 3) for _ in range(length)])
    box = (-150.0, -chance.uniform(20, 90), 150.0, chance.uniform(20, 90))
    body = Body(box, np.full(length, chance.uniform(0.4, 1.6)), seed * 7919, -300.0, False, 1.0)
    base = (np.full(length, 540.0), np.full(length, 300.0), np.zeros(length))
    lying = [Lying("under", landing, landing - 12, above=bool(seed % 2))]
    (_, y, turn), told = laid(lying, base, body, lambda one: ((across, ground), 200.0))
    for frame in range(landing, length):
        angle = math.radians(float(turn[frame]))
        corners = [(u, v) for u in box[::2] for v in box[1::2]]
        low = max(u * math.sin(angle) + v * math.cos(angle) for u, v in corners) * body.scale[frame]
        assert y[frame] + low <= ground[frame] + 1e-6
    assert abs(y[landing] + low - ground[landing]) < 1e-6, "it lands on the frame that is told"
    assert np.all(np.diff(y[landing - 11 : landing]) > 0), "it falls ever on"
    assert told[0].dx is not None
    assert abs(told[0].dx) <= 200


def test_a_stone_lies_on_a_stone_that_lies_in_somebodys_hands(monkeypatch: pytest.MonkeyPatch) -> None:
    staging, scene = settled(
        "      - {one: {at: 20f, fall: mia.hands}, two: {at: 40f, fall: one}, for: 70f}\n", monkeypatch
    )
    upper, lower = track(staging, "two.bottom"), track(staging, "one.top")
    assert np.abs(upper[1][52:] - lower[1][52:]).max() < 12, "it lies there, a little askew"
    body = [layer(scene, "mia").values(frame)["Body.sy"] for frame in range(70)]
    assert body[42] < body[39] - 0.02, "who holds what it lies on gives, and not before"
    assert body[39] == pytest.approx(body[38], abs=0.01)


def test_what_falls_on_what_is_not_there_then_falls_on_nothing() -> None:
    """On somebody who has left, on what is hidden; not on what has come, nor on a place in the picture."""
    beat = (
        "      - {gru: {exit: right, over: 8f}, one: {at: 40f, fall: gru}, two: {at: 44f, fall: heap}, "
        "tag: {at: 50f, fall: one}, low: {at: 54f, fall: [0.4, 0.9]}, for: 70f}\n"
    )
    head = HEAD.replace("{kind: pile, in: mia.arms, most: 8}", "{kind: drawing, file: cloud, hidden: true}")
    told = [note.message for note in direct(read_text(head + beat), Path()).notes if "nothing" in note.message]
    assert [said.partition(",")[0] for said in told] == ["'one' falls on 'gru'", "'two' falls on 'heap'"]


def test_fallen_letters_lie_on_the_floor_with_their_lowest_point() -> None:
    found = lettering("Power of Words", Sort("title", 90), Kit())
    on = Room(120, 30.0, 400.0, 1.0, 5)
    loose = scattering(Change(0, 20, "scatter", how="fall"), ("Power of Words", found, Sort("title", 90)), on)
    assert len(loose) == letters_in("Power of Words")
    for one, letter in zip(loose, found.letters, strict=True):
        angle = math.radians(float(one.rot[-1]))
        corners = [(x, y) for x in letter.box[::2] for y in letter.box[1::2]]
        low = max(x * math.sin(angle) + y * math.cos(angle) for x, y in corners)
        assert one.y[-1] + low == pytest.approx(400.0, abs=0.5)


def test_letters_fall_as_they_stood_where_nothing_is_turned() -> None:
    found = lettering("Words", Sort("title", 90), Kit())
    change = Change(0, 20, "scatter", how="fall")
    falling = scattering(change, ("Words", found, Sort("title", 90)), Room(40, 30.0, 900.0, 1.0, 7))
    turned, upright = (loose_layers("words", falling, 40, upright=straight) for straight in (False, True))
    assert any(layer.values(15)["rot"] for layer in turned)
    assert not any(layer.values(15).get("rot", 0.0) for layer in upright)


def test_both_ends_of_a_thread_sit_on_their_anchors_in_every_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    staging, scene = settled(
        "      - {mia: [{do: wave}, {at: 40f, tug: line}], gru: {at: line.taut, look: up, do: hop}, for: 70f}\n",
        monkeypatch,
    )
    thread = layer(scene, "line")
    for place, index in (("mia.left-hand", 0), ("gru.left-hand", 1)):
        x, y = track(staging, place)
        for frame in range(scene.length):
            values = thread.values(frame)
            assert math.dist((values[f"x{index}"], values[f"y{index}"]), (float(x[frame]), float(y[frame]))) < 0.01
    sags = [thread.values(frame)["sag0"] for frame in range(70)]
    assert sags[38] > 20
    assert sags[43] == 0, "a tug makes it taut"
    path = staging.handling.strung(staging.things.by_name["line"])
    assert path.path(50)[-1] == pytest.approx((thread.values(50)["x1"], thread.values(50)["y1"]), abs=0.01)


def test_who_holds_the_other_end_gives_when_the_tug_has_come_there(monkeypatch: pytest.MonkeyPatch) -> None:
    staging, _ = settled("      - {mia: {at: 30f, tug: line}, for: 60f}\n", monkeypatch)
    given = staging.handling.given
    assert list(given) == ["gru"]
    assert [met.start for _, met in given["gru"]] == [34]
    assert given["gru"][0][1].way == -1, "towards her"


def test_a_pile_takes_things_in_and_comes_apart_into_as_many_sheets() -> None:
    scene = film(
        "      - {heap: {at: 0f, set: {full: 0.5}, over: 1f}, mia: {at: 20f, catch: tag, into: heap}, for: 40f}\n"
        "      - {mia: {at: 20f, drop: heap, to: wind}, for: 60f}\n"
    ).timeline.scenes[0]
    heap = layer(scene, "heap")
    full = [heap.children[0].values(frame)["full"] for frame in range(100)]
    assert full[19] == pytest.approx(0.5, abs=0.01)
    assert full[30] == pytest.approx(0.625, abs=0.01)
    assert full[60] == 0
    assert len(heap.children) == 1 + 5
    assert layer(scene, "tag").values(40)["opacity"] == 0


def test_the_lightest_sheets_leave_a_pile_first() -> None:
    stack = Stack(500, 900, 1.0, 10, 3, 1500, 90)
    sheets = list(released("heap", stack, Release(10, 30, "", 10), Clock(30)))
    leaves = [next(frame for frame in range(10, 90) if one.values(frame)["y"] != one.values(10)["y"]) for one in sheets]
    assert len(set(leaves)) == 10
    assert all(one.values(89)["y"] <= 1500 for one in sheets), "none of them goes through the floor"


def test_words_are_where_they_are_each_time_they_are_directed() -> None:
    beats = (
        "      - {one: {at: 20f, fall: mia.hands}, low: {at: 24f, become: I see., over: 20f}, for: 50f}\n"
        "      - {low: {scatter: wind}, one: {scatter: dust}, for: 40f}\n"
    )
    assert film(beats).timeline.scenes == film(beats).timeline.scenes


def test_a_thread_that_is_hidden_is_not_there_until_it_is_shown_and_after_it_is_hidden_again() -> None:
    hidden = HEAD.replace("slack: 0.2}", "slack: 0.2, hidden: true}")
    orders = ("{wait: 10f}", "{line: {show: pop}}", "{wait: 20f}", "{line: {hide: now}}", "{wait: 5f}")
    beats = "".join(f"      - {order}\n" for order in orders)
    scene = direct(read_text(hidden + beats), Path()).timeline.scenes[0]
    there = [sample(dict(layer(scene, "line").channels)["opacity"], frame) for frame in range(scene.length)]
    assert there[:10] == [0.0] * 10
    assert max(there) == 1.0
    assert there[-5:] == [0.0] * 5


@pytest.mark.parametrize(
    ("beat", "said"),
    [
        ("{box: {flip: true}}", "'box' is a field and can't 'flip'; note can"),
        ("{line: {become: Hello}}", "'line' is a thread and can't 'become'"),
        ("{line: {fall: one}}", "'line' is a thread and can't fall"),
        ("{one: {fall: nobody}}", "nobody and nothing here is called 'nobody'"),
        ("{low: {become: Hi, scatter: wind}}", "are two changes"),
        (f"{{low: {{become: {'word ' * 30}}}}}", "on a words 90 can be read at the most"),
        ("{mia: {fall: one}}", "can't 'fall'"),
    ],
)
def test_what_words_cannot_do_is_refused_with_what_can(beat: str, said: str) -> None:
    with pytest.raises(SceneError, match=re.escape(said)):
        read_text(f"{HEAD}      - {beat}\n")


@pytest.mark.parametrize(
    ("prop", "said"),
    [
        ("{kind: thread, from: mia.hand, to: nowhere.ring}", "called 'nowhere'"),
        ("{kind: pile, in: kelly.arms}", "'kelly' is none of the cast"),
        ("{kind: balloon, of: kelly}", "called 'kelly'"),
    ],
)
def test_what_a_written_thing_hangs_on_has_to_be_there(prop: str, said: str) -> None:
    with pytest.raises(SceneError, match=said):
        read_text(HEAD.replace("    beats:", f"      odd: {prop}\n    beats:") + "      - {wait: 1s}\n")


def test_each_side_of_a_stroke_has_a_place_of_its_own_or_goes_on_in_the_same() -> None:
    apart = pieces(Part.model_validate({"say": "Leave room / for you.", "resume": "40f", "on": ["box", "low"]}))
    assert [(one.on, one.whole) for one in apart] == [("box", "Leave room"), ("low", "for you.")]
    along = pieces(Part.model_validate({"say": "Leave room / for you.", "resume": "40f", "on": "box"}))
    assert [(one.written, one.whole) for one in along] == [
        ("Leave room", "Leave room for you."),
        ("for you.", "Leave room for you."),
    ]


FILM = Path(__file__).parent / "films" / "words" / "scene.yaml"


@pytest.mark.slow
@pytest.mark.parametrize("look", ["kawaii", "sketch"])
def test_words_are_drawn_the_same_alone_and_after_others_in_every_look(look: str, tmp_path: Path) -> None:
    (tmp_path / "scene.yaml").write_text(FILM.read_text(encoding="utf-8").replace("look: sketch", f"look: {look}"))
    frames = (22, 52, 110, 190, 345, 386, 446, 500, 575, 690)
    film, other = load(tmp_path / "scene.yaml"), load(tmp_path / "scene.yaml")
    drawn = {frame: film.frame((frame + 0.5) / 30).tobytes() for frame in frames}
    assert len(set(drawn.values())) == len(frames)
    assert {frame: other.frame((frame + 0.5) / 30).tobytes() for frame in reversed(frames)} == drawn
