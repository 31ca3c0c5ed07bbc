"""How a measured program is run, and says what it took. Light, so that it does not weigh on what is measured."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time

__all__ = ["main"]


def main(subjects: Mapping[str, Callable[..., object]]) -> None:
    """Run the subject that the command line names, with the arguments after it, and print what it took.

    Where a subject returns a function, it was the preparation, and the function is what is measured.
    """
    without_extras()
    name, *arguments = sys.argv[1:]
    figures: dict[str, float] = {}
    with record_time(figures):
        prepared = subjects[name](*arguments)
    if callable(prepared):
        with record_time(figures):
            prepared()
    json.dump({**figures, "peak_mib": peak_mib()}, sys.stdout)


def without_extras() -> None:
    """Hide what httpx imports where it happens to be installed, as it is for the tests, not for users.

    It makes httpx slower and larger, and so this library look better beside it.
    """
    for name in ("click", "trio"):
        sys.modules[name] = None  # type: ignore[assignment]  # this is how an import is made to fail


@contextmanager
def record_time(figures: dict[str, float]) -> Iterator[None]:
    """Record what the block takes in the figures."""
    cpu, start = process_time(), perf_counter()
    yield
    figures["seconds"] = perf_counter() - start
    figures["cpu_seconds"] = process_time() - cpu


def peak_mib() -> float:
    """Return the most memory that this process has taken so far, in MiB."""
    status = Path("/proc/self/status").read_text()  # not getrusage, which begins with what the parent took
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024
