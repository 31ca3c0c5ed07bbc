"""Ledgers of bulk creations: what they say, and uploads left behind in them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from contract_tests.support.samples import INDEX_ID
from twelvelabs_tasks.tasks._many.records import Key, Records

__all__ = ["leave_started", "read_states"]


def read_states(ledger: Path) -> dict[str, str]:
    """Return the state of each upload by the name of its file."""
    with closing(sqlite3.connect(ledger)) as db:
        return {Path(source).name: state for source, state in db.execute("SELECT source, state FROM uploads")}


def leave_started(ledger: Path, file: Path, ago: float = 10.0) -> None:
    """Leave an upload behind as a run does that is killed: begun some seconds ago, and never ended."""
    status = file.stat()
    key = Key(INDEX_ID, str(file), f"{status.st_size} bytes, {status.st_mtime_ns} ns")
    with closing(Records(str(ledger))) as records:
        records.start(key, file.name, given_up_at=None)
    with closing(sqlite3.connect(ledger)) as db, db:
        started_at = datetime.now(UTC) - timedelta(seconds=ago)
        db.execute("UPDATE uploads SET started_at = ? WHERE source = ?", (started_at.isoformat(), str(file)))
        db.execute("UPDATE runs SET newest_at = ? WHERE newest_at IS NULL", (started_at.isoformat(),))
