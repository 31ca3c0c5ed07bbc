"""The drift report as a program.

TWELVELABS_BASE_URL=... TWELVE_LABS_API_KEY=... python -m twelvelabs_tasks.testing
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from twelvelabs_tasks_api.operations import path_segment

from ..core._settings import MAX_RESPONSE_BYTES, MAX_UPLOAD_BYTES, Settings
from ._comparison import ComparisonPlan, compare, secret_of_reports
from ._document import contract
from ._report import as_json, escape_controls, say, table

__all__ = ["main"]

NO_DRIFT, DRIFT, NOT_COMPARED = range(3)
STATUSES = """\
exit status: 0 if there is no drift, 1 if there is, 2 if there is none as far as could be compared, but not all could
be: wrong API key, rate limit, outage, another server, wrong option; 130 after ctrl-C"""
LONGEST_OBSTACLE = 500  # characters
TIMEOUT = 600.0  # seconds


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the checks and print the report; return the exit status."""
    options, plan = parse(arguments)
    secret = secret_of_reports(plan.settings.api_key)
    try:
        return report(plan, options.json)
    except OSError as error:
        failure = f"the report cannot be written: {error}"
    except Exception as error:  # noqa: BLE001 - Python would exit with status 1, which means drift
        failure = f"failed unexpectedly: {type(error).__name__}: {error}"
    with suppress(OSError):  # There may be nowhere left to say it.
        say(escape_controls(secret.redact(failure), LONGEST_OBSTACLE), sys.stderr)
    return NOT_COMPARED


def report(plan: ComparisonPlan, file: Path | None) -> int:
    """Run the checks and write the report; return the exit status."""
    findings = compare(plan)
    drifts, obstacles = findings.conclude()
    secret = secret_of_reports(plan.settings.api_key)
    base_url = secret.redact(plan.settings.base_url)
    if findings.responses:
        say(f"{base_url}, contract {contract().root['info']['version']}", sys.stdout)
        say(table(findings, drifts, is_whole=not obstacles), sys.stdout)
    for obstacle in obstacles:
        say(f"could not compare: {base_url}: {escape_controls(obstacle, LONGEST_OBSTACLE)}", sys.stderr)
    if file:
        file.write_text(json.dumps(as_json(base_url, findings, drifts, obstacles), indent=2) + "\n")
    return DRIFT if drifts else NOT_COMPARED if obstacles else NO_DRIFT


def parse(arguments: Sequence[str] | None) -> tuple[argparse.Namespace, ComparisonPlan]:
    """Return the options and the plan; end the program if they cannot be right, before anything is asked."""
    parser = argparse.ArgumentParser(
        prog="python -m twelvelabs_tasks.testing",
        description="Compare a live API with the contract and report the differences.",
        epilog=STATUSES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the report to a file, as JSON")
    parser.add_argument("--index", metavar="ID", help="an index to ask about, and to create the task in")
    parser.add_argument("--integration", metavar="ID", help="an integration to ask about")
    parser.add_argument("--create", type=Path, metavar="VIDEO", help="upload a video, which costs credit")
    parser.add_argument(
        "--timeout",
        type=_seconds,
        default=TIMEOUT,
        metavar="SECONDS",
        help="how long everything may take, an upload included (default: %(default)g)",
    )
    options = parser.parse_args(arguments)
    if options.create and not options.index:
        parser.error("--create needs --index")
    try:
        return options, make_plan(options)
    except (ValueError, OSError, Warning) as error:  # a warning, if the environment makes errors of them
        parser.error(escape_controls(str(error)))


def make_plan(options: argparse.Namespace) -> ComparisonPlan:
    """Return the plan; raise ValueError or OSError if it cannot be carried out, or its report not be written."""
    for name in ("index", "integration"):
        if getattr(options, name) is not None:
            path_segment(f"--{name}", getattr(options, name))
    settings = Settings(
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
    return ComparisonPlan(settings, options.timeout, options.index, options.integration, options.create)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= threading.TIMEOUT_MAX:
        raise ValueError(text)
    return seconds
