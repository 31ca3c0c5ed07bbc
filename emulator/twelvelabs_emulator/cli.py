"""The command ``twelvelabs-emulator``."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

_EPILOG = "Wherever a folder is asked for, any URL that fsspec can list will do for an integration (s3://bucket/...)."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: Its arguments; by default those of the process.

    Returns:
        The exit status: 0 if it was ended as it should be, 1 after an error that is printed, 2 for wrong arguments.
    """
    given = _parser().parse_args(arguments)
    try:
        return int(given.command(given))
    except (OSError, ValueError, ImportError) as error:
        print(f"twelvelabs-emulator: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


def _serve(given: argparse.Namespace) -> int:
    from . import Emulator

    emulator = Emulator(
        given.data_dir,
        host=given.host,
        port=given.port,
        integrations=dict(given.integration),
        stage_seconds=given.stage_seconds,
        api_key=given.api_key,
        rate_limit=given.rate_limit,
        credit_seconds=given.credit_seconds,
        max_bytes=given.max_bytes,
        index_id=given.index_id,
    )

    def announce() -> None:
        print(f"Listening at {emulator.base_url}")
        print(f"Index        {emulator.index_id}")
        for name, value in emulator.environment.items():
            print(f"export {name}={value}")
        sys.stdout.flush()

    signal.signal(signal.SIGTERM, _interrupt)
    try:
        emulator.run(ready=announce)
    except KeyboardInterrupt:
        print("Stopped.")
    return 0


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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="twelvelabs-emulator", description="The TwelveLabs video indexing tasks API on this machine."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser(
        "serve",
        help="run the emulator until ctrl-C",
        description="Run the emulator until ctrl-C.",
        epilog=_EPILOG,
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    serve.set_defaults(command=_serve)
    add = serve.add_argument
    add("--host", default="127.0.0.1", help="where to listen")
    add("--port", type=int, default=8321, help="the port to listen at; 0 for a free one")
    add(
        "--data-dir", metavar="FOLDER", help="where to keep state; a temporary folder, removed at the end, if not given"
    )
    add("--api-key", metavar="KEY", help="the API key to ask for; any that is not empty if not given")
    add("--index-id", metavar="ID", help="the identifier of the index there is from the start; random if not given")
    add("--stage-seconds", type=float, default=1.0, metavar="S", help="how long a task spends in each status")
    add("--rate-limit", type=int, metavar="N", help="how many requests a minute are answered for a key")
    add("--credit-seconds", type=float, metavar="S", help="how many seconds of video may be indexed")
    add("--max-bytes", type=int, default=2_000_000_000, metavar="N", help="the greatest size of a video")
    add(
        "--integration",
        type=_integration,
        action="append",
        default=[],
        metavar="ID=FOLDER",
        help="an integration (24 hexadecimal digits) and where its videos lie; may be given several times",
    )

    sample = commands.add_parser(
        "sample-video",
        help="make a small, real video to try things on",
        description="Make a small, real video to try things on. The suffix of its path chooses the container.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    sample.set_defaults(command=_sample_video)
    add = sample.add_argument
    add("path", metavar="PATH", help="where to write it")
    add("--duration", type=float, default=12.0, metavar="S", help="its duration in seconds")
    add("--width", type=int, default=640, help="its width in pixels")
    add("--height", type=int, default=360, help="its height in pixels")
    add("--codec", default="libx264", help="the video encoder, by FFmpeg's name")
    add("--rotation", type=int, default=0, choices=(0, 90, 180, 270), help="degrees to turn it counterclockwise")
    add("--no-audio", dest="audio", action="store_false", help="leave out the sound")
    return parser


def _integration(text: str) -> tuple[str, str]:
    identifier, equals, place = text.partition("=")
    if not (equals and place):
        raise argparse.ArgumentTypeError(f"{text!r} is not ID=FOLDER")
    return identifier, os.path.expanduser(place) if "://" not in place else place  # noqa: PTH111 - may be relative


if __name__ == "__main__":
    sys.exit(main())
