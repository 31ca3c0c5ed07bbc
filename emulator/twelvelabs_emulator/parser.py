"""The arguments of the command `twelvelabs-emulator`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from typing import Any, NoReturn

from .http.formats import parse_json
from .terminal import escape

__all__ = ["Command", "make_parser"]

_EPILOG = """\
An integration may also be any URL that fsspec can list, such as s3://bucket/folder, which needs the extra
twelvelabs-tasks[s3]. The same port serves /docs, which shows the API, and /_emulator, which controls it in tests."""

_MAX_SHOWN = 100
"""How much of a wrong argument is shown, in characters."""

Command = Callable[[argparse.Namespace], int]


class _Parser(argparse.ArgumentParser):
    """A parser that explains wrong arguments in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, escape(f"{self.prog}: {message} (see {self.prog} --help)") + "\n")


def make_parser(serve: Command, make_sample: Command) -> argparse.ArgumentParser:
    """Return the parser of the arguments.

    Args:
        serve: Carries out the command `serve`.
        make_sample: Carries out the command `sample-video`.
    """
    parser = _Parser(prog="twelvelabs-emulator", description="The TwelveLabs video indexing tasks API on this machine.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serving = commands.add_parser(
        "serve",
        help="run the emulator until ctrl-C",
        description="Run the emulator until ctrl-C.",
        epilog=_EPILOG,
    )
    serving.set_defaults(command=serve)
    _add_access(serving)
    _add_behaviour(serving)
    sampling = commands.add_parser(
        "sample-video",
        help="make a small, real video to try things on",
        description="Make a small, real video to try things on. The suffix of its path selects the container.",
    )
    sampling.set_defaults(command=make_sample)
    _add_sample(sampling)
    return parser


def _add_access(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "--host",
        default="127.0.0.1",
        help="the host to listen at; any but loopback needs --api-key (default: %(default)s)",
    )
    add("--port", type=_port, default=8321, help="the port to listen at; 0 means a free one (default: %(default)s)")
    add("--api-key", metavar="KEY", help="accept only this API key (default: any non-empty key)")
    add(
        "--allowed-host",
        action="append",
        default=[],
        metavar="HOST",
        help="a host name, in addition to localhost, under which it may be reached; repeatable",
    )
    add(
        "--cors-origin",
        action="append",
        default=[],
        metavar="ORIGIN",
        help="an origin whose pages may use the API, such as http://localhost:3000; repeatable",
    )
    add("--token", help="the token that programs need to use /_emulator (default: a random one, which is printed)")
    add("-v", "--verbose", action="store_true", help="log one line for each request")


def _add_behaviour(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--data-dir", metavar="FOLDER", help="where to keep state (default: a temporary folder, deleted on exit)")
    add("--index-id", metavar="ID", help="id of the initial index (default: random)")
    add(
        "--stage-seconds",
        type=float,
        default=1.0,
        metavar="S",
        help="how long a task spends in each status, in seconds (default: %(default)s)",
    )
    add("--rate-limit", type=int, metavar="N", help="maximum requests per minute and key (default: unlimited)")
    add(
        "--credit-seconds",
        type=float,
        metavar="S",
        help="total seconds of video that may be indexed (default: unlimited)",
    )
    add(
        "--max-bytes",
        type=int,
        default=2_000_000_000,
        metavar="N",
        help="the maximum size of a video, in bytes (default: %(default)s)",
    )
    add(
        "--integration",
        type=_integration,
        action="append",
        default=[],
        metavar="ID=FOLDER",
        help="an integration id (24 hex digits) and the folder or URL of its videos; repeatable",
    )
    add(
        "--scenario",
        type=_scenario,
        action="append",
        default=[],
        metavar="JSON",
        help="scripted response for the next calls of an operation, e.g. "
        """'{"operation": "create_task", "status": 503, "times": 2}'; repeatable""",
    )


def _add_sample(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
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


def _port(text: str) -> int:
    if not (text.isdecimal() and int(text) < 2**16):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 65535")
    return int(text)


def _scenario(text: str) -> dict[str, Any]:
    shown = repr(text if len(text) <= _MAX_SHOWN else text[:_MAX_SHOWN] + "...")
    try:
        scenario = parse_json(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{shown} is not JSON: {error}") from error
    if not isinstance(scenario, dict):
        raise argparse.ArgumentTypeError(f"{shown} is not a JSON object")
    return scenario


def _integration(text: str) -> tuple[str, str]:
    identifier, equals, place = text.partition("=")
    if not (equals and place):
        raise argparse.ArgumentTypeError(f"{text!r} is not ID=FOLDER")
    return identifier, os.path.expanduser(place) if "://" not in place else place  # noqa: PTH111 - may be relative
