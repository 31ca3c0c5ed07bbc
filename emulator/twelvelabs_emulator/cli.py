"""The command ``twelvelabs-emulator``."""

from __future__ import annotations

import argparse
import json
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

_EPILOG = """\
An integration may also be any URL that fsspec can list, such as s3://bucket/folder, which needs the extra
twelvelabs-tasks[s3]. The same port answers /docs, which shows the API, and /_emulator, which controls it in tests."""

_DESCRIPTORS = 65_536
_PATIENCE = 0.1
"""How long to wait for each thread at the end, in seconds."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: Its arguments; by default those of the process.

    Returns:
        The exit status: 0 if it was ended as it should be, 1 after an error that is printed, 2 for wrong arguments.
    """
    signal.signal(signal.SIGTERM, _interrupt)
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # As nohup has it.
        # The server answers SIGTERM in its own way while it runs.
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))
    try:
        given = _parser().parse_args(arguments)
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
    """End the process, also where a thread is busy that nobody waits for, as with reading from a dead disk."""
    busy = [each for each in threading.enumerate() if each is not threading.main_thread() and not each.daemon]
    for each in busy:
        each.join(_PATIENCE)
    if any(each.is_alive() for each in busy):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
    return 0


def _raise_limit_of_descriptors() -> None:
    """Let as many files and connections be open as the system allows."""
    try:
        import resource
    except ImportError:  # Windows has no limit of its own.
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

    _raise_limit_of_descriptors()
    with _logging_to_standard_error(verbose=given.verbose):
        emulator.run(ready=announce)
    return 0


class _Formatter(logging.Formatter):
    """One whose lines cannot command a terminal, whatever names are in them."""

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        return "".join(each if each.isprintable() or each == "\n" else ascii(each)[1:-1] for each in text)


@contextmanager
def _logging_to_standard_error(*, verbose: bool) -> Iterator[None]:
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


def _sample_video(given: argparse.Namespace) -> int:
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


class _Parser(argparse.ArgumentParser):
    """One that explains wrong arguments in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="twelvelabs-emulator", description="The TwelveLabs video indexing tasks API on this machine.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser(
        "serve",
        help="run the emulator until ctrl-C",
        description="Run the emulator until ctrl-C.",
        epilog=_EPILOG,
    )
    serve.set_defaults(command=_serve)
    add = serve.add_argument
    add(
        "--host",
        default="127.0.0.1",
        help="where to listen; other than loopback needs --api-key (default: %(default)s)",
    )
    add("--port", type=_port, default=8321, help="the port to listen at; 0 for a free one (default: %(default)s)")
    add(
        "--data-dir", metavar="FOLDER", help="where to keep state; a temporary folder, removed at the end, if not given"
    )
    add("--api-key", metavar="KEY", help="the API key to ask for; any that is not empty if not given")
    add("--index-id", metavar="ID", help="the identifier of the index there is from the start; random if not given")
    add(
        "--allowed-host",
        action="append",
        default=[],
        metavar="HOST",
        help="a host name, beside localhost, under which it may be reached; may be given several times",
    )
    add(
        "--cors-origin",
        action="append",
        default=[],
        metavar="ORIGIN",
        help="an origin whose pages may use the API, such as http://localhost:3000; may be given several times",
    )
    add("--token", help="what programs have to know to use /_emulator (default: a random one, which is printed)")
    add("-v", "--verbose", action="store_true", help="log one line for each request")
    add(
        "--stage-seconds",
        type=float,
        default=1.0,
        metavar="S",
        help="how long a task spends in each status, in seconds (default: %(default)s)",
    )
    add(
        "--rate-limit",
        type=int,
        metavar="N",
        help="how many requests a minute are answered for a key; all if not given",
    )
    add(
        "--credit-seconds",
        type=float,
        metavar="S",
        help="how many seconds of video may be indexed; no limit if not given",
    )
    add(
        "--max-bytes",
        type=int,
        default=2_000_000_000,
        metavar="N",
        help="the greatest size of a video, in bytes (default: %(default)s)",
    )
    add(
        "--integration",
        type=_integration,
        action="append",
        default=[],
        metavar="ID=FOLDER",
        help="an integration (24 hexadecimal digits) and where its videos lie; may be given several times",
    )
    add(
        "--scenario",
        type=_scenario,
        action="append",
        default=[],
        metavar="JSON",
        help="what the next calls of an operation are answered, as a test would say it: "
        """'{"operation": "create_task", "status": 503, "times": 2}'; may be given several times""",
    )

    sample = commands.add_parser(
        "sample-video",
        help="make a small, real video to try things on",
        description="Make a small, real video to try things on. The suffix of its path chooses the container.",
    )
    sample.set_defaults(command=_sample_video)
    add = sample.add_argument
    add("path", metavar="PATH", help="where to write it")
    add("--duration", type=float, default=12.0, metavar="S", help="its duration in seconds (default: %(default)s)")
    add("--width", type=int, default=640, help="its width in pixels (default: %(default)s)")
    add("--height", type=int, default=360, help="its height in pixels (default: %(default)s)")
    add("--codec", default="libx264", help="the video encoder, by FFmpeg's name (default: %(default)s)")
    add(
        "--rotation",
        type=int,
        default=0,
        choices=(0, 90, 180, 270),
        help="degrees to turn it counterclockwise (default: %(default)s)",
    )
    add("--no-audio", dest="audio", action="store_false", help="leave out the sound")
    return parser


def _port(text: str) -> int:
    if not (text.isdecimal() and int(text) < 2**16):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 65535")
    return int(text)


def _scenario(text: str) -> dict[str, Any]:
    try:
        scenario = json.loads(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not JSON: {error}") from error
    if not isinstance(scenario, dict):
        raise argparse.ArgumentTypeError(f"{text!r} is not a JSON object")
    return scenario


def _integration(text: str) -> tuple[str, str]:
    identifier, equals, place = text.partition("=")
    if not (equals and place):
        raise argparse.ArgumentTypeError(f"{text!r} is not ID=FOLDER")
    return identifier, os.path.expanduser(place) if "://" not in place else place  # noqa: PTH111 - may be relative


if __name__ == "__main__":
    sys.exit(main())
