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
from typing import Any, NoReturn

from .parser import make_parser
from .signals import ENDING, ignore_signals
from .terminal import escape

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
    for number in ENDING:
        if signal.getsignal(number) != signal.SIG_IGN:  # nohup ignores the end of its terminal.
            signal.signal(number, _interrupt)
    try:
        given = make_parser(_serve, _make_sample).parse_args(arguments)
        return int(given.command(given))
    except ModuleNotFoundError as error:
        _complain(f"{error.name!r} is not installed: pip install 'twelvelabs-tasks[emulator]'")
    except ValueError as error:
        _complain(error)
        return 2
    except (OSError, ImportError) as error:
        _complain(error)
    except KeyboardInterrupt:
        return _leave()
    return 1


def _complain(about: object) -> None:
    """Print what is wrong, in one line."""
    print(escape(f"twelvelabs-emulator: {about}").replace("\n", " "), file=sys.stderr)


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

    scenarios = [_read_scenario(each) for each in given.scenario]
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
        for scenario in scenarios:
            emulator.scenario(**scenario)
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


def _read_scenario(given: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a scenario.

    Raises:
        ValueError: They are invalid.
    """
    from .controls import check_operation
    from .http.contract import load_contract
    from .http.scenarios import Scenario

    try:
        check_operation(load_contract(), Scenario(**given))
    except (TypeError, ValueError) as error:
        raise ValueError(f"--scenario: {error}") from error
    return given


class _Formatter(logging.Formatter):
    """A formatter whose lines cannot command a terminal, whatever names are in them."""

    def format(self, record: logging.LogRecord) -> str:
        return escape(super().format(record))


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
    ignore_signals()
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
