"""A Dask cluster of this machine alone: a scheduler in this process, and a worker process a core.

The workers are programs of their own and neither forked nor spawned: spawning imports the user's script again.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

import storyreel
from storyreel.render.scratch import scratch_folder

HERE = "127.0.0.1"
RESTARTS = 5
"""So often a worker that has ended is started again."""

SETTINGS = {
    # A chunk handed to a worker that still draws another is one that an idle worker doesn't get: that costs seconds at
    # the end of a film, and to hand it out late costs milliseconds.
    "distributed.scheduler.worker-saturation": 1.0,
    # Nobody looks at what these measure, and they wake every process up many times a second.
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "10s",
}
"""Dask's own settings for chunks, which are few and long."""


def _variables() -> dict[str, str]:
    """The settings as variables of the environment, as Dask reads them."""
    return {f"DASK_{name.replace('.', '__').replace('-', '_').upper()}": str(value) for name, value in SETTINGS.items()}


class LocalNodes:
    """The cluster; a worker that is killed is started again."""

    def __init__(self, count: int) -> None:
        import dask.config
        from distributed import LocalCluster

        self._belongings = ExitStack()
        self._folder = str(self._belongings.enter_context(scratch_folder()))
        with dask.config.set(SETTINGS | {"temporary-directory": self._folder}):
            self._cluster = LocalCluster(
                n_workers=0,
                processes=True,
                host=HERE,
                dashboard_address=f"{HERE}:0",
                scheduler_kwargs={"dashboard": False},
                silence_logs=logging.CRITICAL,
            )
        self.address: str = self._cluster.scheduler_address
        self._stopped = threading.Event()
        self._running: dict[int, subprocess.Popen[bytes]] = {number: self._start() for number in range(count)}
        self._watching = [threading.Thread(target=self._watch, args=(one,), daemon=True) for one in range(count)]
        for thread in self._watching:
            thread.start()

    @property
    def processes(self) -> tuple[int, ...]:
        """The workers' process ids."""
        return tuple(process.pid for process in self._running.values())

    def _start(self) -> subprocess.Popen[bytes]:
        package = str(Path(storyreel.__file__).resolve().parent.parent)
        paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
        program = [sys.executable, "-P", "-m", "distributed.cli.dask_worker", self.address]
        options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--memory-limit", "0"]
        # Without a dashboard a worker still serves its health at that address, which is any of the machine's by itself.
        options += ["--host", HERE, "--dashboard-address", f"{HERE}:0"]
        return subprocess.Popen(
            [*program, *options, "--death-timeout", "60", "--local-directory", self._folder],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            process_group=0 if os.name == "posix" else None,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)} | _variables(),
        )

    def _watch(self, number: int) -> None:
        for _ in range(RESTARTS):
            self._running[number].wait()
            if self._stopped.is_set():
                return
            self._running[number] = self._start()

    def close(self) -> None:
        """Ends all of it."""
        self._stopped.set()
        for process in self._running.values():
            process.kill()
        for thread in self._watching:
            thread.join(timeout=5)
        for process in self._running.values():
            process.kill()
            process.wait()
        self._cluster.close(timeout=5)
        self._belongings.close()
