"""Runs a program in which any attempt to open a socket ends it by SIGSYS: `python sealed_off.py PROGRAM ARGUMENTS...`.

The kernel watches the system call itself (seccomp), so that native libraries are seen as well as Python, whatever
resolver the machine has; processes that are started inherit it. Linux only, no privileges needed.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys

SOCKET = {"x86_64": 41, "aarch64": 198}
"""The number of the system call, by machine."""

CAN = sys.platform == "linux" and platform.machine() in SOCKET

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_KILL_PROCESS, _ALLOW = 0x80000000, 0x7FFF0000


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def seal_off() -> None:
    """Makes the kernel end this process, and those that it starts, at their first socket."""
    steps = ((_LOAD, 0, 0, 0), (_JUMP_IF_EQUAL, 0, 1, SOCKET[platform.machine()]))
    code = b"".join(
        struct.pack("HBBI", *step) for step in (*steps, (_RETURN, 0, 0, _KILL_PROCESS), (_RETURN, 0, 0, _ALLOW))
    )
    held = ctypes.create_string_buffer(code)
    program = _Program(len(code) // 8, ctypes.cast(held, ctypes.c_void_p))
    libc = ctypes.CDLL(None, use_errno=True)
    for call in ((_NO_NEW_PRIVILEGES, 1, 0, 0, 0), (_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)):
        if libc.prctl(*call):
            raise OSError(ctypes.get_errno(), "the kernel does not take the filter")


if __name__ == "__main__":
    seal_off()
    os.execv(sys.argv[1], sys.argv[1:])
