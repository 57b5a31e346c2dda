"""What a look makes of drawings: made once, kept and checked, shared by workers, and sent along to a cluster."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from small_film import small_film

import storyreel
from storyreel.farm.remote import named
from storyreel.film.warmup import pictures
from storyreel.looks import pen
from storyreel.paint.painter import blank
from storyreel.render.cache import Cache
from storyreel.render.film import plan
from storyreel.render.pool import Pool
from storyreel.render.reel import render_chunk
from storyreel.render.shelf import SentShelf, pieces, treat, wanted
from storyreel.render.still import paint
from storyreel.stage import forms, kept, puppet, still
from storyreel.timeline.model import Timeline

SCENE = """storyreel: 1
title: Twinkle
look: sketch
cast:
  near: {puppet: star.svg}
  far: {puppet: star.svg}
scenes:
  - id: one
    set: set.svg
    cast:
      near: {at: left}
      far: {in: window}
    props:
      window: {kind: pane, at: right}
    beats:
      - near: {do: hop}
"""


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("STORYREEL_CACHE", str(tmp_path / "cache"))
    forget()
    yield tmp_path / "cache" / "pieces"
    forget()


def forget() -> None:
    """As in a process that has just begun."""
    for known in (puppet._puppet, forms.forms, forms.lit, still._still, still.drawn_by, still.plainest):
        known.cache_clear()


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the drawings that are treated, one after the other."""
    names: list[str] = []
    treat = kept.treated

    def noted(drawing, *rest):
        names.append(drawing.name)
        return treat(drawing, *rest)

    monkeypatch.setattr(kept, "treated", noted)
    return names


def film(folder: Path) -> Timeline:
    """The small film in a look that treats."""
    return replace(small_film(folder, (40,)), look="sketch")


def frames(timeline: Timeline, *numbers: int) -> list[bytes]:
    found = []
    for number in numbers:
        pixels = blank(timeline)
        paint(timeline, number, pixels)
        found.append(pixels.tobytes())
    return found


def test_the_next_process_treats_nothing_again_and_draws_the_same(tmp_path: Path, made: list[str]) -> None:
    timeline = film(tmp_path)
    first = frames(timeline, 0, 3, 6)
    assert len(made) == 2 * 3
    forget()
    assert frames(timeline, 0, 3, 6) == first
    assert len(made) == 2 * 3


def test_a_drawing_that_has_changed_is_treated_again_and_no_other(tmp_path: Path, made: list[str]) -> None:
    frames(film(tmp_path), 0)
    star = tmp_path / "star.svg"
    changed = star.read_text().replace("-90", "-80")
    timeline = film(tmp_path)
    star.write_text(changed)
    forget()
    frames(timeline, 0)
    assert len(made) == 3
    assert made[-1] == next(name for name in made if "star" in name)


@pytest.mark.parametrize("broken", [b"", b"no piece", zlib.compress(pickle.dumps(Path("/nowhere")))])
def test_what_is_broken_is_refused_and_made_anew(
    own_cache: Path, tmp_path: Path, made: list[str], broken: bytes
) -> None:
    timeline = film(tmp_path)
    first = frames(timeline, 0)
    for path in [path for path in own_cache.rglob("*") if path.is_file()]:
        path.write_bytes(broken)
    for again in (4, 4):
        forget()
        assert frames(timeline, 0) == first
        assert len(made) == again


def test_a_sealed_piece_that_holds_something_else_is_made_anew(tmp_path: Path, made: list[str]) -> None:
    timeline = film(tmp_path)
    first = frames(timeline, 0)
    for key, _ in pieces(timeline):
        Cache().put(key, zlib.compress(pickle.dumps(Path("/nowhere"))))
    made.clear()
    forget()
    assert frames(timeline, 0) == first
    assert len(made) == 2


def test_workers_treat_nothing_that_was_treated_before(tmp_path: Path, own_cache: Path) -> None:
    timeline = film(tmp_path)
    keys = [key for key, _ in pieces(timeline)]
    assert len(keys) == 2 * 3

    def written() -> dict[str, int]:
        return {path.name: path.stat().st_ino for path in own_cache.rglob("*") if path.is_file()}

    before = written()
    assert before.keys() == set(keys)
    orders = plan(timeline).orders
    with Pool(2) as pool:
        list(pool.render(orders))
    # One that is made again is written again.
    assert written() == before


def test_what_is_treated_beside_speech_is_what_the_first_scene_shows(tmp_path: Path, made: list[str]) -> None:
    small_film(tmp_path)
    (tmp_path / "scene.yaml").write_text(SCENE)
    episode = storyreel.load(tmp_path / "scene.yaml")
    early = pictures(episode.script, episode.base)
    # How large anything will be seen nobody knows yet.
    assert set(early.wanted()) == {(drawn, replace(place, scale=1.0)) for drawn, place in wanted(episode.timeline)}
    made.clear()
    for number in range(2):
        replace(early, share=(number, 2)).run()
    assert len(made) == len(set(early.wanted())) == 3 * 3
    made.clear()
    forget()
    frames(episode.timeline, 0, 3, 6)
    # The stars are seen larger than they are drawn, in lines of their own.
    assert "set" not in made


def test_what_a_film_wants_treated_is_all_that_it_draws_however_large(tmp_path: Path, made: list[str]) -> None:
    small_film(tmp_path)
    (tmp_path / "scene.yaml").write_text(SCENE)
    timeline = storyreel.load(tmp_path / "scene.yaml").timeline
    assert {place.scale for _, place in wanted(timeline)} > {1.0}
    treat(pen("sketch"), wanted(timeline))
    made.clear()
    forget()
    frames(timeline, 0, 3, 6)
    assert not made


def test_a_look_that_draws_things_as_they_are_keeps_nothing(tmp_path: Path, own_cache: Path) -> None:
    timeline = small_film(tmp_path, (40,))
    frames(timeline, 0)
    assert not list(pieces(timeline))
    assert not own_cache.exists()


def test_a_cluster_draws_from_what_was_sent_and_refuses_what_was_damaged(tmp_path: Path, made: list[str]) -> None:
    timeline = film(tmp_path)
    ((_, order),) = plan(timeline, keyed=False).orders
    whole, _ = render_chunk(order)
    files = {}
    for key, piece in pieces(timeline):
        files[key] = tmp_path / named(piece)
        files[key].write_bytes(piece)
    made.clear()
    forget()
    assert render_chunk(order, shelf=SentShelf("sketch", files))[0] == whole
    assert not made
    for path in files.values():
        path.write_bytes(path.read_bytes()[:-1])
    forget()
    assert render_chunk(order, shelf=SentShelf("sketch", files))[0] == whole
    assert len(made) == 2 * 3
