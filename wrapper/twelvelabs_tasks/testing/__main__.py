"""`python -m twelvelabs_tasks.testing`: the drift report."""

import os
import signal
import sys
from contextlib import suppress
from typing import NoReturn

INTERRUPTED, NOT_COMPARED = 130, 2


def run() -> int:
    """Run the program; return its exit status, which is 1 for drift only, whatever happens."""
    try:
        from ._cli import main  # here, because this takes time, in which it can be interrupted
        from ._comparison import is_left_behind

        status = main()
        if is_left_behind():
            leave(status)
        return status
    except KeyboardInterrupt:
        with suppress(ValueError):  # not in the main thread
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        leave(end("interrupted", INTERRUPTED))
    except (ImportError, Warning) as error:
        return end(f"{type(error).__name__}: {error} (pip install 'twelvelabs-tasks[testing]')", NOT_COMPARED)


def leave(status: int) -> NoReturn:
    """End the program with an exit status, and with it a thread that nothing else ends."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):  # closed
            stream.flush()
    os._exit(status)


def end(why: str, status: int) -> int:
    """Say in one line why the program ends; return the exit status."""
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(f"python -m twelvelabs_tasks.testing: {why}\n")
    return status


if __name__ == "__main__":
    sys.exit(run())
