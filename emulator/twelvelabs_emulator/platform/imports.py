"""Imports: which files of an integration become tasks, which do not and why, and what became of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from twelvelabs_tasks import video

from . import tasks
from .integrations import Integration, RemoteFile
from .store import Store

if TYPE_CHECKING:
    from .platform import Platform

_PIECE = 2**20


class ImportInProgressError(Exception):
    """An import of the integration is running already."""


@attrs.frozen
class Record:
    """What became of one file in one import."""

    filename: str
    created_at: int
    task_id: str | None
    status: str | None
    """That of its task, or ``failed`` if it got none; ``None`` if the index held the video already."""
    error: str | None


@attrs.frozen
class Log:
    """One import."""

    index_id: str
    index_name: str
    created_at: int
    ended_at: int | None
    records: list[Record]


@attrs.frozen
class Outcome:
    """What an import will do with a file: bring it in as a task, or not, because of an error or as a duplicate."""

    filename: str
    fingerprint: str
    path: str
    task_id: str | None = None
    content_hash: str | None = None
    error: str | None = None
    known: Mapping[str, float] = attrs.field(factory=dict)


def start(
    platform: Platform,
    integration: Integration,
    integration_id: str,
    index_id: str,
    *,
    incremental: bool,
    retry_failed: bool,
    user_metadata: Mapping[str, Any] | None,
) -> list[Outcome]:
    """Start an import.

    Args:
        platform: Where to.
        integration: Where from.
        integration_id: The integration's identifier.
        index_id: The index's.
        incremental: Whether to skip videos that the index holds.
        retry_failed: Whether to try files again that failed earlier and are unchanged.
        user_metadata: Metadata for all videos.

    Returns:
        What will be done with each file. The tasks are stored, and their videos being copied.

    Raises:
        ImportInProgressError: One is running.
        UnlistableError: The place of the integration cannot be listed.
    """
    with platform.store.reading() as db:
        running = db.execute(
            "SELECT 1 FROM imports WHERE integration_id = ? AND ended_at IS NULL", (integration_id,)
        ).fetchone()
        if running or integration_id in platform.importing:
            raise ImportInProgressError
        platform.importing.add(integration_id)
    try:
        chooser = _Chooser(platform, integration, integration_id, index_id, incremental, retry_failed)
        outcomes = chooser.outcomes()
        metadata = None if user_metadata is None else json.dumps(user_metadata)
        _store(platform, integration_id, index_id, outcomes, metadata)
    finally:
        platform.importing.discard(integration_id)
    return outcomes


class _Chooser:
    """Decides what to do with each file."""

    def __init__(
        self,
        platform: Platform,
        integration: Integration,
        integration_id: str,
        index_id: str,
        incremental: bool,
        retry_failed: bool,
    ) -> None:
        self._integration = integration
        self._settings = platform.settings
        self._workers = platform.workers
        self._new_identifier = platform.new_identifier
        self._incremental = incremental
        with platform.store.reading() as db:
            self._held = {
                row["content_hash"]
                for row in db.execute(
                    "SELECT content_hash FROM tasks WHERE index_id = ? AND content_hash IS NOT NULL"
                    " AND (has_vector OR due_at IS NOT NULL) AND fault IS NULL",
                    (index_id,),
                )
            }
            earlier = db.execute(
                "SELECT f.filename, f.fingerprint, f.content_hash, coalesce(f.error, t.fault) AS error"
                " FROM import_files f JOIN imports i ON i.id = f.import_id LEFT JOIN tasks t ON t.id = f.task_id"
                " WHERE i.integration_id = ? AND i.index_id = ? ORDER BY f.seq",
                (integration_id, index_id),
            ).fetchall()
        self._hashes = {(row["filename"], row["fingerprint"]): row["content_hash"] for row in earlier}
        errors = {(row["filename"], row["fingerprint"]): row["error"] for row in earlier}
        self._errors = {} if retry_failed or not incremental else errors

    def outcomes(self) -> list[Outcome]:
        """What to do with each file, by name."""
        return [self._outcome(file) for file in self._integration.files()]

    def _outcome(self, file: RemoteFile) -> Outcome:
        outcome = Outcome(file.filename, file.fingerprint, file.path)
        if not file.is_named:
            return attrs.evolve(outcome, error="The name of the file is not valid UTF-8.")
        key = (file.filename, file.fingerprint)
        if error := self._errors.get(key):
            return attrs.evolve(outcome, error=error)
        try:
            known = self._check(file)
            content_hash = self._hashes.get(key) or self._hash(file)
        except _UnfitError as error:
            return attrs.evolve(outcome, error=str(error))
        except Exception as error:  # noqa: BLE001 - each file system has errors of its own
            return attrs.evolve(outcome, error=f"Cannot read {file.filename}: {error}")
        if self._incremental and content_hash in self._held:
            return attrs.evolve(outcome, content_hash=content_hash)
        self._held.add(content_hash)
        return attrs.evolve(outcome, content_hash=content_hash, task_id=self._new_identifier(), known=known)

    def _check(self, file: RemoteFile) -> dict[str, float]:
        fault = video.check_size(file.size or 0, max_bytes=self._settings.max_bytes)
        if fault:
            raise _UnfitError(fault.message)
        with self._integration.open(file) as opened:
            found = self._workers.examine(opened, self._settings.max_bytes)
        if isinstance(found, video.Fault):
            raise _UnfitError(found.message)
        return {"duration": found.duration, "width": found.width, "height": found.height}

    def _hash(self, file: RemoteFile) -> str:
        digest = hashlib.sha256()
        with self._integration.open(file) as opened:
            while piece := opened.read(_PIECE):
                digest.update(piece)
        return digest.hexdigest()


class _UnfitError(Exception):
    """A file that does not meet the requirements; the message says why."""


def _store(
    platform: Platform, integration_id: str, index_id: str, outcomes: list[Outcome], metadata: str | None
) -> None:
    started = []
    with platform.store.writing() as db:
        platform.index_name(index_id)  # A reset may have come in between.
        cursor = db.execute(
            "INSERT INTO imports (integration_id, index_id, created_at) VALUES (?, ?, ?)",
            (integration_id, index_id, platform.clock.now()),
        )
        import_id = cursor.lastrowid
        for each in outcomes:
            db.execute(
                "INSERT INTO import_files (import_id, filename, fingerprint, content_hash, task_id, error)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (import_id, each.filename, each.fingerprint, each.content_hash, each.task_id, each.error),
            )
            if each.task_id:
                task = platform.new_task(
                    index_id,
                    each.filename,
                    status="validating",
                    stream=True,
                    source=f"{integration_id}:{each.path}",
                    content_hash=each.content_hash,
                    user_metadata=metadata,
                    import_id=import_id,
                    **each.known,
                )
                task = attrs.evolve(task, id=each.task_id)
                tasks.insert(db, task)
                started.append(task)
    for task in started:
        platform.intake.start(task)


def records(store: Store, *, integration_id: str, index_id: str) -> list[Record]:
    """What became of the files of an integration and an index, over all imports, in the order they were looked at."""
    condition = "i.integration_id = ? AND i.index_id = ?"
    return [record for _, record in _records(store, condition, (integration_id, index_id))]


def last_failures(records: list[Record]) -> list[Record]:
    """The files that failed, those aside that a later import brought in or found in the index."""
    last = {record.filename: record for record in records}
    return [record for record in last.values() if record.status == "failed"]


def logs(store: Store, integration_id: str) -> list[Log]:
    """The imports of an integration, the oldest first."""
    by_import: dict[int, list[Record]] = {}
    for import_id, record in _records(store, "i.integration_id = ?", (integration_id,)):
        by_import.setdefault(import_id, []).append(record)
    with store.reading() as db:
        rows = db.execute(
            "SELECT i.*, x.name FROM imports i JOIN indexes x ON x.id = i.index_id"
            " WHERE integration_id = ? ORDER BY i.id",
            (integration_id,),
        ).fetchall()
    return [
        Log(row["index_id"], row["name"], row["created_at"], row["ended_at"], by_import.get(row["id"], []))
        for row in rows
    ]


def _records(store: Store, condition: str, values: tuple[str, ...]) -> list[tuple[int, Record]]:
    """Records with their imports; those of tasks that were deleted are left out."""
    with store.reading() as db:
        rows = db.execute(
            "SELECT i.id, i.created_at, f.filename, f.task_id, f.error, t.status, t.fault"
            " FROM import_files f JOIN imports i ON i.id = f.import_id LEFT JOIN tasks t ON t.id = f.task_id"
            f" WHERE {condition} AND (f.task_id IS NULL OR t.id IS NOT NULL) ORDER BY f.seq",
            values,
        ).fetchall()
    return [
        (
            row["id"],
            Record(
                filename=row["filename"],
                created_at=row["created_at"],
                task_id=row["task_id"],
                status="failed" if row["error"] else row["status"],
                error=row["error"] or row["fault"],
            ),
        )
        for row in rows
    ]
