"""What rendering costs, step by step."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass, field, fields
from typing import Literal

Step = Literal["stage", "paint", "convert", "encode"]
STEPS: tuple[Step, ...] = ("stage", "paint", "convert", "encode")


@dataclass
class Tally:
    """What a stretch of frames cost: CPU seconds of each step, frames, and how many of them were drawn anew."""

    stage: float = 0.0
    paint: float = 0.0
    convert: float = 0.0
    encode: float = 0.0
    frames: int = 0
    drawn: int = 0

    def add(self, other: Tally) -> None:
        """Adds another stretch."""
        for item in fields(self):
            setattr(self, item.name, getattr(self, item.name) + getattr(other, item.name))

    @property
    def cpu(self) -> float:
        """CPU seconds of all steps together."""
        return self.stage + self.paint + self.convert + self.encode


@dataclass(frozen=True)
class Span:
    """One step of one thread of a process: when it began and ended, in nanoseconds of the machine's monotonic clock."""

    name: str
    process: int
    thread: int
    begin: int
    end: int


@dataclass
class Stopwatch:
    """Adds up its own thread's CPU time by steps; with `tracing` it also keeps when each step was."""

    tracing: bool = False
    tally: Tally = field(default_factory=Tally)
    spans: list[Span] = field(default_factory=list)
    _cpu: float = field(default_factory=time.thread_time)
    _wall: int = field(default_factory=time.monotonic_ns)

    def start(self) -> None:
        """Begins a lap: what was since the last one is nobody's."""
        self._cpu, self._wall = time.thread_time(), time.monotonic_ns()

    def lap(self, step: Step) -> None:
        """Books the time since the last lap on a step."""
        cpu, wall = time.thread_time(), time.monotonic_ns()
        setattr(self.tally, step, getattr(self.tally, step) + cpu - self._cpu)
        if self.tracing:
            self.spans.append(Span(step, os.getpid(), threading.get_native_id(), self._wall, wall))
        self._cpu, self._wall = cpu, wall

    def add(self, other: Stopwatch) -> None:
        """Adds what another thread's stopwatch has."""
        self.tally.add(other.tally)
        self.spans += other.spans
