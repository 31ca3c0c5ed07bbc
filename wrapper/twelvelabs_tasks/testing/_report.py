"""The drift report: a table for people, and JSON for other programs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, TextIO

from ._comparison import Findings
from ._drift import Drift

__all__ = ["as_json", "escape_controls", "say", "table"]

LONGEST_CELL = 100  # characters


def table(findings: Findings, drifts: Sequence[Drift], *, is_whole: bool) -> str:
    """Return the report as a table for people."""
    asked = f"{len(findings.compared)} responses of {len(set(findings.compared))} operations compared"
    if not drifts:
        return f"{asked}: no drift{'' if is_whole else ' in these'}"
    rows = [("operation", "status", "kind", "where", "what")]
    rows += [(drift.operation, str(drift.status), drift.kind, drift.where, _what(drift)) for drift in drifts]
    cells = [[escape_controls(cell, LONGEST_CELL) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(4)]
    return "\n".join([asked, *("  ".join([*map(str.ljust, row[:4], widths), row[4]]).rstrip() for row in cells)])


def _what(drift: Drift) -> str:
    return f"{drift.detail}, for example {drift.example}" if drift.example else drift.detail


def as_json(base_url: str, findings: Findings, drifts: Sequence[Drift], obstacles: Sequence[str]) -> dict[str, Any]:
    """Return the report as JSON data."""
    return {
        "base_url": base_url,
        "responses": findings.responses,
        "drift": [drift.to_dict() for drift in drifts],
        "not_compared": list(obstacles),
    }


def escape_controls(text: str, longest: int | None = None) -> str:
    """Return a text without what would command a terminal, cut where it becomes too long for a line."""
    cut = text if longest is None or len(text) <= longest else f"{text[: longest - 3]}..."
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in cut)


def say(text: str, stream: TextIO | None) -> None:
    """Print lines, whatever the encoding of the stream; raise OSError if it takes no more.

    Nothing is printed to a stream that was closed before the program began: nobody wants to read it.
    """
    if stream is None:
        return
    encoding = stream.encoding or "ascii"
    lines = "\n".join(map(escape_controls, text.split("\n"))).encode(encoding, "backslashreplace").decode(encoding)
    try:
        print(lines, file=stream, flush=True)
    except OSError:
        # Whatever is left would be tried again at the end of the program, and fail with a traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        raise
