"""The command `twelvelabs-emulator`."""

from __future__ import annotations

import argparse
import logging
import os
import shlex
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

from .parser import make_parser

__all__ = ["main"]

_DESCRIPTORS = 65_536
_PATIENCE = 0.1
"""How long to wait for each thread at the end, in seconds."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: Its arguments; by default those of the process.

    Returns:
        The exit status: 0 on success and after ctrl-C, 1 after an error that is printed, 2 for wrong arguments.
    """
    signal.signal(signal.SIGTERM, _interrupt)
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup ignores it.
        # While the server runs, it treats SIGTERM in its own way.
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    try:
        given = make_parser(_serve, _make_sample).parse_args(arguments)
        return int(given.command(given))
    except ModuleNotFoundError as error:
        print(
            f"twelvelabs-emulator: {error.name!r} is not installed: pip install 'twelvelabs-tasks[emulator]'",
            file=sys.stderr,
        )
    except (OSError, ValueError, ImportError) as error:
        print(f"twelvelabs-emulator: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        return _leave()
    return 1


def _leave() -> int:
    """End the process, even if a thread that nobody waits for is busy, as with reading from a dead disk."""
    busy = [each for each in threading.enumerate() if each is not threading.main_thread() and not each.daemon]
    for each in busy:
        each.join(_PATIENCE)
    if any(each.is_alive() for each in busy):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
    return 0


def _raise_descriptor_limit() -> None:
    """Allow as many open files and connections as the system does."""
    try:
        import resource
    except ImportError:  # Windows has no such limit.
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY:
        wanted = _DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, _DESCRIPTORS)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


def _serve(given: argparse.Namespace) -> int:
    from . import Emulator

    integrations = dict(given.integration)
    if len(integrations) < len(given.integration):
        raise ValueError("An integration is given twice.")
    for identifier, place in integrations.items():
        if "://" not in place and "::" not in place and not os.path.isdir(place):  # noqa: PTH112 - may be a URL
            raise ValueError(f"The integration {identifier} cannot be used: {place} is not a folder.")
    emulator = Emulator(
        given.data_dir,
        host=given.host,
        port=given.port,
        integrations=integrations,
        stage_seconds=given.stage_seconds,
        api_key=given.api_key,
        rate_limit=given.rate_limit,
        credit_seconds=given.credit_seconds,
        max_bytes=given.max_bytes,
        index_id=given.index_id,
        allowed_hosts=given.allowed_host,
        cors_origins=given.cors_origin,
        token=given.token,
    )

    def announce() -> None:
        for scenario in given.scenario:
            try:
                emulator.scenario(**scenario)
            except TypeError as error:
                raise ValueError(f"--scenario: {error}") from error
        print(f"Listening at {emulator.base_url}")
        print(f"Index        {emulator.index_id}")
        print(f"Try it at    {emulator.documentation_url}")
        for name, value in emulator.environment.items():
            print(f"export {name}={shlex.quote(value)}")
        sys.stdout.flush()

    _raise_descriptor_limit()
    with _log_to_stderr(verbose=given.verbose):
        emulator.run(ready=announce)
    return 0


class _Formatter(logging.Formatter):
    """A formatter whose lines cannot command a terminal, whatever names are in them."""

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        return "".join(each if each.isprintable() or each == "\n" else ascii(each)[1:-1] for each in text)


@contextmanager
def _log_to_stderr(*, verbose: bool) -> Iterator[None]:
    handler = logging.StreamHandler()
    handler.setFormatter(_Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
    logger = logging.getLogger("twelvelabs_emulator")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO if verbose else logging.WARNING)
    try:
        yield
    finally:
        logger.removeHandler(handler)


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _make_sample(given: argparse.Namespace) -> int:
    from .sample import make_video

    make_video(
        given.path,
        duration=given.duration,
        width=given.width,
        height=given.height,
        codec=given.codec,
        audio=given.audio,
        rotation=given.rotation,
    )
    print(given.path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
