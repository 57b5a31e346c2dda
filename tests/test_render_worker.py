"""A worker answers whatever it is asked: nobody waits for one that can't read its orders."""

from __future__ import annotations

import pickle
import struct
import subprocess
import sys
from pathlib import Path

from storyreel.render.pipes import receive

ROOT = Path(__file__).parent.parent


def answers(*orders: bytes) -> list[tuple[object, ...]]:
    """What a worker answers to pickles, one answer each; it ends by itself when nobody is there any more."""
    framed = b"".join(struct.pack("<Q", len(order)) + order for order in orders)
    command = [sys.executable, "-m", "storyreel.render.worker"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(framed)
        worker.stdin.flush()
        found = [receive(worker.stdout) for _ in orders]  # type: ignore[arg-type]
        worker.stdin.close()
        assert worker.wait(60) == 0
    return found


def test_an_order_that_cant_be_read_is_refused_and_the_next_one_is_heard() -> None:
    unknown = pickle.dumps(ROOT, protocol=0).replace(b"pathlib", b"pithlab")
    first, second = answers(unknown, b"\x80\x05garbage")
    assert (first[0], second[0]) == ("failed", "failed")
    assert "ModuleNotFoundError" in str(first[1])
    assert "pithlab" in str(first[1])
