"""The drift report as a program.

TWELVELABS_BASE_URL=... TWELVE_LABS_API_KEY=... python -m twelvelabs_tasks.testing
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from twelvelabs_tasks_api.http import httpx
from twelvelabs_tasks_api.operations import path_segment

from ..core._redaction import shown
from ..core._settings import DEFAULT_TIMEOUT, MAX_RESPONSE_BYTES, MAX_UPLOAD_BYTES, Settings
from ._document import contract
from ._drift import Drift
from ._live import Answer, ask, create

__all__ = ["main"]

NO_DRIFT, DRIFT, NOT_COMPARED = range(3)
STATUSES = """\
exit status: 0 if there is no drift, 1 if there is, 2 if there is none as far as could be compared, but not all could
be: wrong API key, rate limit, outage, another server, wrong option"""
LONGEST_CELL = 100  # characters


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the checks and print the report; return the exit status."""
    options, settings = parsed(arguments)
    answers, obstacles = gather(options, settings)
    drifts = sorted({drift for answer in answers for drift in answer.drift()})
    if answers and not any(answer.is_of_the_platform() for answer in answers):
        first = answers[0].response
        came = f"{first.status_code} {first.headers.get('content-type', '')}".strip()
        obstacles, drifts = obstacles or [f"nothing there answers as the platform does (the first answer: {came})"], []
    status = DRIFT if drifts else NOT_COMPARED if obstacles else NO_DRIFT
    try:
        if answers:
            say(f"{settings.base_url}, contract {contract().root['info']['version']}", sys.stdout)
            say(table(answers, drifts, is_whole=not obstacles), sys.stdout)
        for obstacle in obstacles:
            say(f"could not compare: {settings.base_url}: {obstacle}", sys.stderr)
        if options.json:
            report = {
                "base_url": settings.base_url,
                "answers": len(answers),
                "drift": [drift.to_dict() for drift in drifts],
                "not_compared": obstacles,
            }
            options.json.write_text(json.dumps(report, indent=2) + "\n")
    except OSError as error:
        say(f"the report cannot be written: {error}", sys.stderr)
        return NOT_COMPARED
    return status


def parsed(arguments: Sequence[str] | None) -> tuple[argparse.Namespace, Settings]:
    """Return the options and the settings; end the program if they cannot be right, before anything is asked."""
    parser = argparse.ArgumentParser(
        prog="python -m twelvelabs_tasks.testing",
        description="Ask a running platform, and report where it and the contract have drifted apart.",
        epilog=STATUSES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the report to a file as JSON as well")
    parser.add_argument("--index", metavar="ID", help="an index to ask about, and to create the task in")
    parser.add_argument("--integration", metavar="ID", help="an integration to ask about")
    parser.add_argument("--create", type=Path, metavar="VIDEO", help="upload a video, which costs credit")
    options = parser.parse_args(arguments)
    if options.create and not options.index:
        parser.error("--create needs --index")
    try:
        for name in ("index", "integration"):
            if getattr(options, name) is not None:
                path_segment(f"--{name}", getattr(options, name))
        settings = Settings.resolve(
            api_key=None,
            base_url=None,
            headers=None,
            timeout=None,
            max_retries=0,
            follow_redirects=False,
            max_upload_bytes=MAX_UPLOAD_BYTES,
            max_response_bytes=MAX_RESPONSE_BYTES,
        )
        if options.create:
            options.create.open("rb").close()
        if options.json and not (options.json.is_fifo() or options.json.is_char_device()):
            options.json.open("a").close()
    except (ValueError, OSError) as error:
        parser.error(printable(str(error)))
    return options, settings


def gather(options: argparse.Namespace, settings: Settings) -> tuple[list[Answer], list[str]]:
    """Return the answers of the platform, the API key hidden, and what was in the way of comparing them."""
    answers: list[Answer] = []
    obstacles: list[str] = []
    try:
        headers = {"x-api-key": settings.api_key}
        with httpx.Client(base_url=settings.base_url, headers=headers, timeout=DEFAULT_TIMEOUT) as http:
            for answer in ask(http, index_id=options.index, integration_id=options.integration):
                answers.append(replace(answer, response=shown(answer.response)))
                obstacles += filter(None, [answers[-1].obstacle()])
                if len(answers) == len(obstacles):  # The first has failed: so would all others.
                    return answers, obstacles
            if options.create and not obstacles:
                for answer in create(http, options.index, options.create):
                    answers.append(replace(answer, response=shown(answer.response)))
                    obstacles += filter(None, [answers[-1].obstacle()])
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ImportError, ValueError) as error:
        # Also what httpx raises for proxies and certificates in the environment that cannot be used.
        obstacles.append(f"{type(error).__name__}: {error}")
    except KeyboardInterrupt:
        obstacles.append("interrupted")
    return answers, obstacles


def table(answers: Sequence[Answer], drifts: Sequence[Drift], *, is_whole: bool) -> str:
    """Return the report as a table for people."""
    rows = [("operation", "status", "kind", "where", "what")]
    rows += [(drift.operation, str(drift.status), drift.kind, drift.where, drift.detail) for drift in drifts]
    cells = [[printable(cell, LONGEST_CELL) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(4)]
    lines = ["  ".join([*map(str.ljust, row[:4], widths), row[4]]).rstrip() for row in cells]
    compared = [answer for answer in answers if not answer.obstacle()]
    asked = f"{len(compared)} answers of {len({answer.operation for answer in compared})} operations compared"
    return "\n".join([asked, *lines]) if drifts else f"{asked}: no drift{'' if is_whole else ' in these'}"


def printable(text: str, longest: int | None = None) -> str:
    """Return a text without what would command a terminal, cut where it becomes too long for a line."""
    cut = text if longest is None or len(text) <= longest else f"{text[: longest - 3]}..."
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in cut)


def say(text: str, stream: TextIO) -> None:
    """Print lines, whatever the encoding of the stream; raise OSError if it takes no more."""
    encoding = stream.encoding or "ascii"
    lines = "\n".join(map(printable, text.split("\n"))).encode(encoding, "backslashreplace").decode(encoding)
    try:
        print(lines, file=stream, flush=True)
    except OSError:
        # Whatever is left would be tried again at the end of the program, and fail with a traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        raise
