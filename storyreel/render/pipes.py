"""Messages between the parent and its workers: pickles over pipes, each after its length."""

from __future__ import annotations

import pickle
import struct
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol


class Errand(Protocol):
    """Other work for a worker: pickled, run there, and what it gives comes back pickled."""

    def run(self) -> Any:
        """Does it.

        Raises:
            StoryreelError: it can't be done; the parent gets the message alone.
        """
        ...


@dataclass(frozen=True)
class Beforehand:
    """An errand that is run for what it leaves in the worker's memory: nobody waits for it, whatever comes of it."""

    errand: Errand


_LENGTH = struct.Struct("<Q")
_DROP = b"drop "
"""What begins a message that drops an order: no pickle does."""


def send(pipe: BinaryIO, message: object) -> None:
    """Writes one message whole."""
    _write(pipe, pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL))


def send_drop(pipe: BinaryIO, number: int) -> None:
    """Says that the order of that number, counted from 1 over all that was sent, is not wanted any more."""
    _write(pipe, _DROP + str(number).encode())


def dropped(message: bytes) -> int | None:
    """The number of the order that a message, still packed, drops; None for any other message."""
    return int(message.removeprefix(_DROP)) if message.startswith(_DROP) else None


def _write(pipe: BinaryIO, data: bytes) -> None:
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def receive(pipe: BinaryIO) -> Any:
    """The next message.

    Raises:
        EOFError: the other side is gone.
    """
    return pickle.loads(packed(pipe))


def packed(pipe: BinaryIO) -> bytes:
    """The next message as its pickle.

    Raises:
        EOFError: the other side is gone.
    """
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return data
