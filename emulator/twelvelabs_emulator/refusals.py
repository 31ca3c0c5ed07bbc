"""Invalid requests of tests to an emulator, as opposed to bugs of the emulator itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["RefusedError", "refuse"]


class RefusedError(ValueError):
    """A value is invalid; the message says why."""


@contextmanager
def refuse() -> Iterator[None]:
    """Take what is wrong with values that a block checks for a refusal."""
    try:
        yield
    except (TypeError, ValueError) as error:
        raise RefusedError(str(error)) from error
