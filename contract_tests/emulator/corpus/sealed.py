"""A program that examines files as a worker does, and is ended by the kernel if anything else is opened meanwhile.

    python -m contract_tests.emulator.corpus.sealed FOLDER

examines every file of a folder, each in a separate process that is forbidden to open files and sockets, on pain of
death (seccomp): what Python's audit hooks cannot see of a library in C, the kernel does. It prints a line of JSON for
each.
"""

from __future__ import annotations

import ctypes
import json
import os
import platform
import signal
import struct
import sys
from pathlib import Path

import attrs

from twelvelabs_tasks.video._probing import examine_here
from twelvelabs_tasks.video._resources import examination_limits, limit_process, load_everything

__all__ = ["CALLS", "forbid_to_open"]

CALLS = {
    # The architecture as the kernel calls it, and there: open, openat, openat2, creat, socket, connect, bind, execve.
    "x86_64": (0xC000003E, (2, 257, 437, 85, 41, 42, 49, 59)),
    "aarch64": (0xC00000B7, (56, 437, 198, 203, 200, 221)),
}
NO_NEW_PRIVILEGES, SECCOMP, FILTER = 38, 22, 2
LOAD, EQUALS, RETURN = 0x20, 0x15, 0x06
KILL, ALLOW = 0x80000000, 0x7FFF0000


def forbid_to_open() -> None:
    """Let opening anything end this process with SIGSYS from now on."""
    architecture, calls = CALLS[platform.machine()]
    program = [(LOAD, 0, 0, 4), (EQUALS, 1, 0, architecture), (RETURN, 0, 0, KILL), (LOAD, 0, 0, 0)]
    program += [(EQUALS, len(calls) - number, 0, call) for number, call in enumerate(calls)]
    program += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, KILL)]
    steps = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in program))
    header = struct.pack("HL", len(program), ctypes.addressof(steps))
    kernel = ctypes.CDLL(None, use_errno=True)
    for arguments in ((NO_NEW_PRIVILEGES, 1, 0, 0, 0), (SECCOMP, FILTER, ctypes.create_string_buffer(header), 0, 0)):
        if kernel.prctl(*arguments):
            raise OSError(ctypes.get_errno(), "The kernel does not forbid it.")


def examine(path: Path) -> dict[str, object]:
    """Return what is found out about a file, and what that took."""
    reading, writing = os.pipe()
    with path.open("rb") as file:
        child = os.fork()
        if not child:
            with limit_process(examination_limits(path.stat().st_size)):
                forbid_to_open()
                found = examine_here(file)
            os.write(writing, json.dumps(attrs.asdict(found)).encode())
            os._exit(0)
    os.close(writing)
    _, status, used = os.wait4(child, 0)
    said = os.read(reading, 2**16)
    os.close(reading)
    return {
        "name": path.name,
        "seconds": used.ru_utime + used.ru_stime,
        "memory": used.ru_maxrss * 1024,
        "signal": signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else None,
        "found": json.loads(said) if said else None,
    }


if __name__ == "__main__":
    load_everything()
    for path in sorted(Path(sys.argv[1]).iterdir()):
        print(json.dumps(examine(path)), flush=True)
