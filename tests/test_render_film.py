"""A film is the same bytes however it is rendered, appears whole or not at all, and leaves nothing behind."""

from __future__ import annotations

import itertools
import json
import subprocess
import threading
import time
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import av
import numpy as np
import pytest
from small_film import STAR, render, small_film, soundtrack, tone

from storyreel.errors import StoryreelError
from storyreel.paint.painter import blank
from storyreel.render import pool
from storyreel.render.cache import Cache
from storyreel.render.chunks import chunks
from storyreel.render.encode import ChunkEncoder, Converter, encode_chunk
from storyreel.render.errors import RenderError
from storyreel.render.film import Soundtrack, handed_out, plan, render_film
from storyreel.render.pool import with_spare_core
from storyreel.render.profile import rows as rows_of
from storyreel.render.profile import write_trace
from storyreel.render.progress import Progress
from storyreel.render.reel import draw, render_chunk
from storyreel.render.settings import drafted, encoder_settings
from storyreel.render.slices import ChunkOrder, order
from storyreel.render.still import paint
from storyreel.render.timings import Stopwatch
from storyreel.sound.tape import Samples
from storyreel.timeline.model import Timeline


def frames(path: Path) -> list[np.ndarray]:
    with av.open(str(path), "r") as container:
        return [frame.to_ndarray() for frame in container.decode(video=0)]


@pytest.fixture
def film(tmp_path: Path) -> Timeline:
    folder = tmp_path / "art"
    folder.mkdir()
    return small_film(folder)


def test_a_film_has_all_of_its_frames_and_its_sound(film: Timeline, tmp_path: Path) -> None:
    out = tmp_path / "film.mp4"
    report = render(film, out)
    with av.open(str(out), "r") as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.width, video.height, video.average_rate) == (216, 384, 30)
        assert (audio.rate, audio.channels) == (48000, 2)
        assert abs(video.duration * video.time_base - audio.duration * audio.time_base) <= Fraction(1, 30)
        assert [frame.pts * frame.time_base for frame in container.decode(video=0)] == [
            Fraction(i, 30) for i in range(150)
        ]
    assert (report.frames, report.chunks, report.reused) == (150, 3, 0)
    assert report.tally.frames == 150
    assert report.tally.drawn < 100, "held drawings are not drawn again"


def test_jobs_do_not_change_a_byte(film: Timeline, tmp_path: Path) -> None:
    assert render(film, tmp_path / "one.mp4", jobs=1).jobs == 1
    assert render(film, tmp_path / "two.mp4", jobs=2).jobs == 2
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()


def test_a_chunk_encoded_on_a_spare_core_is_the_same_bytes(film: Timeline) -> None:
    for _, wanted in plan(film).orders:
        alone, beside = (render_chunk(replace(wanted, spare=spare, tracing=True)) for spare in (False, True))
        assert alone[0] == beside[0]
        assert beside[1].tally.frames == alone[1].tally.frames
        assert len({span.thread for span in alone[1].spans}) == 1
        assert len({span.thread for span in beside[1].spans}) == 2


def test_what_goes_wrong_on_a_spare_core_is_told(film: Timeline, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: ChunkEncoder, frame: object) -> None:
        raise RenderError("no room")

    monkeypatch.setattr(ChunkEncoder, "add", refuse)
    (_, wanted), *_ = plan(film).orders
    with pytest.raises(RenderError, match="no room"):
        render_chunk(replace(wanted, spare=True))


def test_only_the_last_chunks_find_a_core_to_spare(film: Timeline) -> None:
    (_, wanted), *_ = plan(film).orders
    spare = [with_spare_core(wanted, waiting, jobs=2).spare for waiting in (3, 2, 1, 0)]
    assert spare == [False, False, True, True]
    assert not with_spare_core(wanted, 0, jobs=1).spare


def test_a_frame_of_the_film_is_the_frame_painted_alone(film: Timeline) -> None:
    pixels = blank(film)
    for chunk in chunks(film):
        for number, frame in enumerate(draw(order(film, chunk, encoder_settings(film)), Stopwatch())):
            paint(film, chunk.film + number, pixels)
            assert np.array_equal(frame.to_ndarray(), Converter().convert(pixels).to_ndarray())


def test_a_warm_render_draws_nothing_and_gives_the_same_bytes(film: Timeline, tmp_path: Path) -> None:
    cold = render(film, tmp_path / "cold.mp4", cache=Cache(tmp_path / "cache"))
    asked = []

    def make() -> Samples:
        asked.append(1)
        return tone(film)

    track = Soundtrack(make, "ab" * 32)
    warm = render_film(film, track, tmp_path / "warm.mp4", cache=Cache(tmp_path / "cache"))
    assert (cold.reused, cold.sound_reused) == (0, False)
    assert (warm.reused, warm.sound_reused, warm.tally.frames) == (3, True, 0)
    assert not asked
    assert (tmp_path / "cold.mp4").read_bytes() == (tmp_path / "warm.mp4").read_bytes()


def test_only_the_chunks_that_changed_are_drawn_again(film: Timeline, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    render(film, tmp_path / "film.mp4", cache=cache)
    first, last = film.scenes
    layers = (last.layers[0], replace(last.layers[1], channels=(("x", 400.0), ("y", 400.0))))
    changed = replace(film, scenes=(first, replace(last, layers=layers)))
    report = render(changed, tmp_path / "again.mp4", cache=cache)
    assert (report.reused, report.tally.frames) == (2, 50)
    render(changed, tmp_path / "fresh.mp4")
    assert (tmp_path / "again.mp4").read_bytes() == (tmp_path / "fresh.mp4").read_bytes()


def test_a_damaged_chunk_is_drawn_again(film: Timeline, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    render(film, tmp_path / "film.mp4", cache=cache)
    entries = [path for path in (tmp_path / "cache" / "pieces").rglob("*") if path.is_file()]
    assert len(entries) == 3 + 1 + 1, "three chunks, the sound, the film"
    for path in entries:
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 0x10
        path.write_bytes(bytes(data))
    report = render(film, tmp_path / "again.mp4", cache=cache)
    assert (report.reused, report.sound_reused) == (0, False)
    assert (tmp_path / "film.mp4").read_bytes() == (tmp_path / "again.mp4").read_bytes()


def test_an_asset_that_changes_meanwhile_stops_the_render(film: Timeline, tmp_path: Path) -> None:
    (tmp_path / "art" / "star.svg").write_text(STAR.replace("#FFE14D", "#FF0000"))
    for jobs in (1, 2):
        with pytest.raises(StoryreelError, match=r"star\.svg: it has changed since"):
            render(film, tmp_path / "film.mp4", jobs=jobs)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["art"]


def test_progress_counts_every_frame(film: Timeline, tmp_path: Path) -> None:
    for jobs in (1, 2):
        told: list[Progress] = []
        render_film(film, soundtrack(film), tmp_path / "film.mp4", jobs=jobs, progress=told.append)
        done = [progress.done_frames for progress in told]
        assert done == sorted(done)
        assert (told[-1].done_frames, told[-1].total_frames, told[-1].stage) == (150, 150, "done")
        assert len(told) > 20
        assert all(progress.seconds_left is None or progress.seconds_left >= 0 for progress in told)


def test_a_drafts_file_is_smaller_than_the_films(film: Timeline) -> None:
    whole = replace(film, width=432, height=768)
    grain = np.random.default_rng(3).integers(0, 200, (32, 20, 4), dtype=np.uint8).repeat(32, axis=0).repeat(32, axis=1)
    sizes = []
    for draft, step in ((False, 1), (True, 2)):
        settings = encoder_settings(replace(whole, width=432 // step, height=768 // step), draft)
        shown = (grain[at : at + 768 : step, at : at + 432 : step] for at in range(0, 120, 6))
        sizes.append(len(encode_chunk([np.ascontiguousarray(one) for one in shown], settings)))
    assert sizes[1] < sizes[0]
    assert encoder_settings(film, draft=True, crf=30).crf == 30


def test_a_draft_is_half_as_wide_and_tells_the_same(film: Timeline, tmp_path: Path) -> None:
    whole = replace(film, width=1080, height=1920)
    assert (drafted(whole).width, drafted(whole).height) == (540, 960)
    assert drafted(whole).scenes == whole.scenes
    assert drafted(film) == film
    render_film(film, soundtrack(film), tmp_path / "draft.mp4", jobs=1, draft=True)
    assert len(frames(tmp_path / "draft.mp4")) == 150


def test_a_higher_rate_factor_makes_a_smaller_film_of_other_chunks(film: Timeline, tmp_path: Path) -> None:
    usual, asked, coarse = (plan(film, "sound", **more) for more in ({}, {"crf": 18}, {"crf": 30}))
    assert usual.keys == asked.keys
    assert not set(usual.keys) & set(coarse.keys)
    assert usual.whole != coarse.whole
    render_film(film, soundtrack(film), tmp_path / "usual.mp4", jobs=1)
    render_film(film, soundtrack(film), tmp_path / "coarse.mp4", jobs=1, crf=30)
    assert (tmp_path / "coarse.mp4").stat().st_size < (tmp_path / "usual.mp4").stat().st_size


def test_the_last_chunks_are_drawn_longest_first() -> None:
    lengths = (45, 75, 45, 50, 75, 60, 70)
    orders = [(index, cast(ChunkOrder, SimpleNamespace(start=0, end=length))) for index, length in enumerate(lengths)]
    assert [index for index, _ in handed_out(orders, 2)] == [0, 1, 2, 4, 6, 5, 3]
    assert [index for index, _ in handed_out(orders[:3], 2)] == [1, 0, 2]


def test_a_sound_of_the_wrong_length_is_refused(film: Timeline, tmp_path: Path) -> None:
    short = Soundtrack(lambda: tone(film)[:-100])
    with pytest.raises(RenderError, match="the sound has 239900 samples where the film has 240000"):
        render_film(film, short, tmp_path / "film.mp4", jobs=1)
    assert not (tmp_path / "film.mp4").exists()


def test_an_error_in_the_sound_reaches_the_caller(film: Timeline, tmp_path: Path) -> None:
    def make() -> Samples:
        raise StoryreelError("no such music")

    with pytest.raises(StoryreelError, match="no such music"):
        render_film(film, Soundtrack(make), tmp_path / "film.mp4", jobs=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["art"]


def test_an_output_that_cant_be_written_is_said_before_anything_is_drawn(film: Timeline, tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(RenderError, match=r"nowhere/film\.mp4: cannot write here: no such file or directory"):
        render(film, tmp_path / "nowhere" / "film.mp4")
    assert time.monotonic() - began < 1


def test_a_worker_that_dies_is_replaced(film: Timeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    render(film, tmp_path / "whole.mp4")
    started: list[int] = []
    original = pool.Worker.start

    def start(self: pool.Worker) -> subprocess.Popen[bytes]:
        fresh = self.process is None
        process = original(self)
        if fresh:
            started.append(process.pid)
            if len(started) == 1:
                process.kill()
        return process

    monkeypatch.setattr(pool.Worker, "start", start)
    render(film, tmp_path / "film.mp4", jobs=2)
    assert len(started) == 3
    assert (tmp_path / "film.mp4").read_bytes() == (tmp_path / "whole.mp4").read_bytes()


def test_a_worker_that_keeps_dying_gives_one_clear_error(
    film: Timeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = pool.Worker.start

    def start(self: pool.Worker) -> subprocess.Popen[bytes]:
        process = original(self)
        process.kill()
        return process

    monkeypatch.setattr(pool.Worker, "start", start)
    with pytest.raises(RenderError, match=r"died twice \(signal 9\) while drawing scene 'scene-\d'"):
        render(film, tmp_path / "film.mp4", jobs=2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["art"]


def test_renders_side_by_side_do_not_disturb_each_other(film: Timeline, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    failed: list[BaseException] = []

    def one(number: int) -> None:
        try:
            render(film, tmp_path / f"{number}.mp4", cache=cache)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len({(tmp_path / f"{number}.mp4").read_bytes() for number in range(3)}) == 1


def test_verifying_renders_chunks_again_and_compares_them(film: Timeline, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    told = render_film(film, soundtrack(film), tmp_path / "film.mp4", jobs=2, cache=cache, verify=2)
    assert told.verified == 2
    other = replace(film, scenes=tuple(reversed(film.scenes)))
    keys = [path.name for path in (tmp_path / "cache" / "pieces").rglob("*") if path.is_file()]
    foreign = Cache(tmp_path / "foreign")
    render(other, tmp_path / "other.mp4", cache=foreign)
    wrong = foreign.get(next(path.name for path in (foreign.folder / "pieces").rglob("*") if path.is_file()))
    assert wrong is not None
    for key in keys:
        cache.put(key, wrong)
    with pytest.raises(RenderError, match="did not come out the same twice"):
        render_film(film, soundtrack(film), tmp_path / "film.mp4", jobs=2, cache=cache, verify=3)


def test_a_profile_says_where_the_time_went(film: Timeline, tmp_path: Path) -> None:
    report = render_film(film, soundtrack(film), tmp_path / "film.mp4", jobs=2, tracing=True)
    facts = dict(rows_of(report))
    assert facts["frames"].startswith("150 in the film, 150 rendered")
    assert facts["chunks"] == "0 of 3 out of the cache"
    assert all(facts[name].endswith("%") for name in ("staging", "painting", "colour conversion", "encoding"))
    write_trace(report, tmp_path / "trace.json")
    events = json.loads((tmp_path / "trace.json").read_text())["traceEvents"]
    spans = [event for event in events if event["ph"] == "X"]
    assert len({event["pid"] for event in spans}) == 2
    assert sum(event["name"] == "encode" for event in spans) == 150 + 3 * len(("opening", "finishing"))
    for thread in {event["tid"] for event in spans}:
        mine = sorted((event["ts"], event["dur"]) for event in spans if event["tid"] == thread)
        assert all(ts + dur <= after + 1 for (ts, dur), (after, _) in itertools.pairwise(mine))
