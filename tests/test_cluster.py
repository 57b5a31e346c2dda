"""Films drawn by a Dask cluster: the same bytes, whatever happens to its workers."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
from small_film import small_film, soundtrack

import storyreel
from storyreel.assets import digest
from storyreel.errors import StoryreelError
from storyreel.farm import handshake, remote
from storyreel.farm.cluster import Cluster
from storyreel.farm.local import LocalNodes
from storyreel.farm.shared_cache import SharedCache, shared_cache
from storyreel.render.cache import Cache
from storyreel.render.errors import RenderError
from storyreel.render.film import Report, plan, render_film
from storyreel.render.pool import Done, Event
from storyreel.render.probe import described, difference, probe
from storyreel.render.reel import render_chunk
from storyreel.render.slices import ChunkOrder
from storyreel.timeline.model import Asset, DrawingContent, Layer, Timeline

pytestmark = pytest.mark.slow
PACKAGE = Path(storyreel.__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def nodes() -> Iterator[LocalNodes]:
    nodes = LocalNodes(2)
    yield nodes
    nodes.close()


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYREEL_CACHE", str(tmp_path / "own"))


def film(timeline: Timeline, out: Path, cluster: Cluster | None = None, cache: Cache | None = None) -> Report:
    return render_film(timeline, soundtrack(timeline, "ab" * 32), out, jobs=1, pool=cluster, cache=cache)


class Watched(Cluster):
    """Keeps what files were sent to which worker, and does something when the first chunk is there."""

    def __init__(self, address: str, cache: Cache | None = None) -> None:
        super().__init__(address, None, cache)
        self.sent: list[tuple[str | None, str]] = []
        self.first = lambda: None

    def _submit(self, order: Any, parcels: tuple[str, ...] = (), worker: str | None = None) -> None:
        self.sent += [(worker, name) for name in parcels]
        super()._submit(order, parcels, worker)

    def render(self, orders: Iterable[tuple[int, ChunkOrder]]) -> Iterator[Event]:
        for number, event in enumerate(super().render(orders)):
            if number == 0:
                self.first()
            yield event


def test_a_cluster_of_this_machine_draws_the_film_of_one_process(tmp_path: Path) -> None:
    timeline = small_film(tmp_path)
    film(timeline, tmp_path / "alone.mp4")
    with Cluster("local", 2) as cluster:
        report = film(timeline, tmp_path / "cluster.mp4", cluster)
    assert report.tally.frames == timeline.length
    assert (tmp_path / "cluster.mp4").read_bytes() == (tmp_path / "alone.mp4").read_bytes()


def test_files_travel_once_to_each_worker_that_lacks_them_and_are_known_by_their_bytes(
    nodes: LocalNodes, tmp_path: Path
) -> None:
    timeline = small_film(tmp_path, (75, 75, 75, 75))
    orders = plan(timeline).orders
    chunks = {index: render_chunk(order)[0] for index, order in orders}
    with Watched(nodes.address) as cluster:
        drawn = {event.index: event.data for event in cluster.render(orders) if isinstance(event, Done)}
        assert drawn == chunks
        assert {name for _, name in cluster.sent} == {
            f"{asset.content.drawing.digest}.svg" for asset in timeline.scenes[0].layers
        }
        assert len(cluster.sent) == len(set(cluster.sent))
        (tmp_path / "set.svg").unlink()
        (tmp_path / "star.svg").unlink()
        again = {event.index: event.data for event in cluster.render(orders) if isinstance(event, Done)}
    assert again == chunks
    assert len(cluster.sent) <= 2 * 2


class Withdrawing(Cluster):
    """Withdraws two orders as soon as files are on their way with them."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.withdrawn: list[int] = []

    def _submit(self, order: Any, parcels: tuple[str, ...] = (), worker: str | None = None) -> None:
        super()._submit(order, parcels, worker)
        if parcels and len(self.withdrawn) < 2:
            self.withdrawn.append(order.index)
            self.withdraw(order.index)


def test_orders_that_wait_for_files_outlive_the_order_that_brings_them(nodes: LocalNodes, tmp_path: Path) -> None:
    timeline = small_film(tmp_path, (60,) * 6, turn=33.0)
    star = tmp_path / "star.svg"
    star.write_text(star.read_text().replace("#FFE14D", "#FFE333"))
    orders = dict(plan(small_film_again(timeline, star)).orders)
    with Withdrawing(nodes.address) as cluster:
        for index, order in orders.items():
            cluster.put((0, 0, 1, index), index, order)
        events = [cluster._events.get(timeout=30) for _ in range(len(orders) - 2)]
        assert len(cluster.withdrawn) == 2
        assert {event.index for event in events} == set(orders) - set(cluster.withdrawn)
        assert all(isinstance(event, Done) for event in events)


def small_film_again(timeline: Timeline, star: Path) -> Timeline:
    """The film with the star as it is now."""
    scenes = tuple(
        replace(scene, layers=tuple(_with_star(layer, star) for layer in scene.layers)) for scene in timeline.scenes
    )
    return replace(timeline, scenes=scenes)


def test_a_worker_that_is_killed_costs_only_its_chunks(nodes: LocalNodes, tmp_path: Path) -> None:
    timeline = small_film(tmp_path, (60,) * 7)
    film(timeline, tmp_path / "alone.mp4")
    killed = nodes.processes[0]
    with Watched(nodes.address) as cluster:
        cluster.first = lambda: os.kill(killed, signal.SIGKILL)
        report = film(timeline, tmp_path / "cluster.mp4", cluster)
    assert killed not in nodes.processes or not _alive(killed)
    assert report.chunks == 7
    assert (tmp_path / "cluster.mp4").read_bytes() == (tmp_path / "alone.mp4").read_bytes()


def test_a_worker_that_is_killed_while_all_are_compared_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    timeline = small_film(tmp_path, (60,) * 2)
    film(timeline, tmp_path / "alone.mp4")
    nodes = LocalNodes(1)
    token = handshake._token

    def killing(cache: Cache | None) -> tuple[str, str | None]:
        monkeypatch.setattr(handshake, "_token", token)
        os.kill(nodes.processes[0], signal.SIGKILL)
        return token(cache)

    monkeypatch.setattr(handshake, "_token", killing)
    try:
        with Cluster(nodes.address) as cluster:
            film(timeline, tmp_path / "cluster.mp4", cluster)
    finally:
        nodes.close()
    assert (tmp_path / "cluster.mp4").read_bytes() == (tmp_path / "alone.mp4").read_bytes()


def test_workers_of_this_machine_listen_to_this_machine_alone(nodes: LocalNodes) -> None:
    with Cluster(nodes.address):
        for process in map(psutil.Process, (os.getpid(), *nodes.processes)):
            listening = [one for one in process.net_connections("inet") if one.status == psutil.CONN_LISTEN]
            assert listening
            assert {one.laddr.ip for one in listening} == {"127.0.0.1"}


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_chunks_stay_in_the_shared_cache_and_are_drawn_once(nodes: LocalNodes, tmp_path: Path) -> None:
    timeline = small_film(tmp_path)
    film(timeline, tmp_path / "alone.mp4")
    url = f"file://{tmp_path}/shared"
    films = []
    for reused in (0, len(plan(timeline).orders)):
        cache = shared_cache(url)
        with Watched(nodes.address, cache) as cluster:
            report = film(timeline, tmp_path / "cluster.mp4", cluster, cache)
        assert report.reused == reused
        assert not cluster.sent
        films.append((tmp_path / "cluster.mp4").read_bytes())
    assert films == [(tmp_path / "alone.mp4").read_bytes()] * 2
    pieces = [path for path in (tmp_path / "shared").rglob("*") if path.is_file()]
    drawn, sound, token = report.chunks, 1, 1
    # The two files that the film draws lie there too, unless the workers have them from a film before.
    assert len(pieces) - (drawn + sound + token) in (0, 1, 2)


def test_a_chunk_that_another_client_has_left_in_the_cache_is_not_drawn_again(
    nodes: LocalNodes, tmp_path: Path
) -> None:
    timeline = small_film(tmp_path, (60,))
    orders = plan(timeline).orders
    cache = SharedCache(tmp_path / "shared")
    with Cluster(nodes.address, cache=cache) as cluster:
        first = [event for event in cluster.render(orders) if isinstance(event, Done)]
        again = [event for event in cluster.render(orders) if isinstance(event, Done)]
    assert [event.watch.tally.frames for event in first] == [60]
    assert [event.watch.tally.frames for event in again] == [0]
    assert first[0].data == again[0].data == render_chunk(orders[0][1])[0]


def test_a_file_that_has_changed_since_directing_is_named(nodes: LocalNodes, tmp_path: Path) -> None:
    timeline = small_film(tmp_path, (60,))
    star = tmp_path / "star.svg"
    unseen = star.read_text().replace("#FFE14D", "#FFE14E")
    star.write_text(unseen)
    order = plan(small_film_again(timeline, star)).orders[0][1]
    star.write_text("<svg/>")
    said = r"star.svg: it has changed since the film was directed"
    with Cluster(nodes.address) as cluster, pytest.raises(RenderError, match=said):
        list(cluster.render([(0, order)]))


def _with_star(layer: Layer, star: Path) -> Layer:
    return replace(layer, content=DrawingContent(Asset(str(star), digest(star)))) if layer.id == "star" else layer


def test_an_address_where_nobody_answers_is_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handshake, "ANSWER", 0.5)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    for wrong in (address, "nonsense://x", "no such host:1"):
        with pytest.raises(StoryreelError, match=f"no Dask scheduler answers at {wrong}: "), Cluster(wrong):
            pass


def test_a_scheduler_without_workers_is_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handshake, "PATIENCE", 0.2)
    nodes = LocalNodes(0)
    try:
        with pytest.raises(StoryreelError, match="has no workers"), Cluster(nodes.address):
            pass
    finally:
        nodes.close()


def test_a_scheduler_that_dies_in_the_middle_is_one_message(tmp_path: Path) -> None:
    timeline = small_film(tmp_path, (75,) * 6)
    told = tmp_path / "scheduler.json"
    host = ["--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0", "--no-dashboard"]
    program = [sys.executable, "-m", "distributed.cli.dask_scheduler", *host, "--scheduler-file", str(told)]
    scheduler = subprocess.Popen(program, env=os.environ | {"PYTHONPATH": str(PACKAGE)}, stderr=subprocess.DEVNULL)
    try:
        while not told.exists() or not told.read_text():
            assert scheduler.poll() is None
            time.sleep(0.05)
        address = json.loads(told.read_text())["address"]
        worker = _worker(address, os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{PACKAGE}"})
        try:
            with Watched(address) as cluster:
                cluster.first = scheduler.kill
                with pytest.raises(StoryreelError, match=f"the connection to the Dask scheduler at {address} is lost"):
                    film(timeline, tmp_path / "film.mp4", cluster)
        finally:
            worker.kill()
            worker.wait()
    finally:
        scheduler.kill()
        scheduler.wait()
    assert not (tmp_path / "film.mp4").exists()


def test_a_cluster_that_loses_all_workers_is_one_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storyreel.farm.cluster.PATIENCE", 0.5)
    monkeypatch.setattr("storyreel.farm.cluster.WATCH", 0.3)
    timeline = small_film(tmp_path, (75,) * 6)
    nodes = LocalNodes(0)
    worker = _worker(nodes.address, os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{PACKAGE}"})
    try:
        with Watched(nodes.address) as cluster:
            cluster.first = worker.kill
            with pytest.raises(StoryreelError, match="has lost all its workers"):
                film(timeline, tmp_path / "film.mp4", cluster)
    finally:
        worker.kill()
        worker.wait()
        nodes.close()


def _other_numpy(folder: Path) -> dict[str, str]:
    """An environment in which numpy says that it is another version."""
    info = folder / "numpy-1.99.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: numpy\nVersion: 1.99.0\n")
    return os.environ | {"PYTHONPATH": f"{folder}{os.pathsep}{PACKAGE}"}


def _worker(address: str, env: dict[str, str]) -> subprocess.Popen[bytes]:
    program = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--no-nanny", "--no-dashboard"]
    options = ["--nthreads", "2", "--local-directory", env["PYTHONPATH"].split(os.pathsep)[0]]
    return subprocess.Popen([*program, *options], env=env, stderr=subprocess.DEVNULL, cwd="/")


def test_a_worker_with_another_library_is_refused_before_anything_renders(tmp_path: Path) -> None:
    nodes = LocalNodes(0)
    stranger = _worker(nodes.address, _other_numpy(tmp_path))
    try:
        said = r"worker tcp://\S+ has numpy 1\.99\.0, and this machine has \d"
        with pytest.raises(StoryreelError, match=said), Cluster(nodes.address):
            pass
    finally:
        stranger.kill()
        stranger.wait()
        nodes.close()


def test_a_worker_with_another_storyreel_is_refused_before_anything_renders(tmp_path: Path) -> None:
    (tmp_path / "storyreel").mkdir()
    (tmp_path / "storyreel" / "__init__.py").write_text('__version__ = "0.0.9"\n')
    nodes = LocalNodes(0)
    stranger = _worker(nodes.address, os.environ | {"PYTHONPATH": str(tmp_path)})
    try:
        with pytest.raises(StoryreelError, match=r"worker tcp://\S+ has storyreel 0\.0\.9, and this"):
            Cluster(nodes.address).__enter__()
    finally:
        stranger.kill()
        stranger.wait()
        nodes.close()


def test_a_worker_that_comes_later_and_draws_otherwise_is_refused_too(nodes: LocalNodes, tmp_path: Path) -> None:
    timeline = small_film(tmp_path, (75,) * 12, turn=77.0)
    with Cluster(nodes.address) as cluster:
        stranger = _worker(nodes.address, _other_numpy(tmp_path))
        try:
            cluster._dask().wait_for_workers(3, timeout=20)
            with pytest.raises(StoryreelError, match=r"has come to the cluster and has numpy 1\.99\.0"):
                film(timeline, tmp_path / "film.mp4", cluster)
        finally:
            stranger.kill()
            stranger.wait()
    assert not (tmp_path / "film.mp4").exists()


def test_a_worker_gives_up_the_files_that_it_has_not_used_for_longest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "ROOM", 25)
    monkeypatch.setattr(remote, "RECENT", 1)
    store = remote.Store(tmp_path / "files")
    names = []
    for number in range(4):
        data = f"file no. {number}".encode()
        names.append(f"{hashlib.sha256(data).hexdigest()}.svg")
        store.put({names[-1]: data})
        if number == 1:
            os.utime(tmp_path / "files" / names[0], (1, 1))
    assert [store.find(name) is not None for name in names] == [False, False, True, True]


def test_a_file_that_was_damaged_on_its_way_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="damaged on its way"):
        remote.Store(tmp_path).put({"ab" * 32 + ".svg": b"something else"})
    assert not list(tmp_path.iterdir())


def test_the_probe_is_the_same_in_every_process_and_its_difference_is_told() -> None:
    here = described()
    assert here["probe"] == probe()
    assert difference(here, here) == ""
    assert "draws other bits" in difference(here, {**here, "probe": "?"})
    assert "other sources" in difference(here, {**here, "engine": "?"})
    assert difference(here, {**here, "av": "1.0"}).startswith("has av 1.0, and this machine has ")
