"""Imports: which files of an integration become tasks, which do not and why, and what became of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from twelvelabs_tasks import video

from ..store import Store
from ..store.imports import ImportFile
from .integrations import Integration, RemoteFile, escape_name
from .shortage import is_shortage

if TYPE_CHECKING:
    from .platform import Platform

__all__ = ["ImportInProgressError", "Log", "Outcome", "Record", "filter_failures", "read_logs", "read_records", "start"]

_PIECE = 2**20


class ImportInProgressError(Exception):
    """An import of the integration is already running."""


@attrs.frozen
class Record:
    """What became of one file in one import.

    Attributes:
        filename: The name of the file.
        created_at: When the import began.
        task_id: Its task, if it got one.
        status: The status of its task, or `failed` if it got none; `None` if the index held the video already.
        error: Why it failed.
    """

    filename: str
    created_at: int
    task_id: str | None
    status: str | None
    error: str | None


@attrs.frozen
class Log:
    """One import and its files."""

    index_id: str
    index_name: str
    created_at: int
    ended_at: int | None
    records: list[Record]


@attrs.frozen
class Outcome:
    """What an import does with a file: turn it into a task, or leave it, because of an error or as a duplicate."""

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
        platform: The platform to import to.
        integration: The integration to import from.
        integration_id: The id of the integration.
        index_id: The id of the index.
        incremental: Whether to skip videos that the index holds.
        retry_failed: Whether to retry unchanged files that failed earlier.
        user_metadata: Metadata for all videos.

    Returns:
        What is done with each file. The tasks are stored, and their videos are being copied.

    Raises:
        ImportInProgressError: One is already running.
        UnlistableError: The place of the integration cannot be listed.
    """
    with platform.store.hold():
        imports = platform.store.imports.list_imports(integration_id)
        if integration_id in platform.importing or any(each.ended_at is None for each in imports):
            raise ImportInProgressError
        platform.importing.add(integration_id)
    try:
        chooser = _Chooser(platform, integration, integration_id, index_id, incremental, retry_failed)
        outcomes = chooser.choose()
        parameters = json.dumps({} if user_metadata is None else {"user_metadata": user_metadata})
        _store(platform, integration_id, index_id, outcomes, parameters)
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
        self._new_id = platform.new_id
        self._incremental = incremental
        self._held = platform.store.tasks.list_content_hashes(index_id)
        self._hashes: dict[tuple[str, str], str | None] = {}
        self._errors: dict[tuple[str, str], str | None] = {}
        for file, record in _read_files(platform.store, integration_id, index_id):
            self._hashes[file.filename, file.fingerprint] = file.content_hash
            self._errors[file.filename, file.fingerprint] = record.error if record else None
        if retry_failed or not incremental:
            self._errors.clear()

    def choose(self) -> list[Outcome]:
        """Return what to do with each file, by name."""
        return [self._choose(file) for file in self._integration.files()]

    def _choose(self, file: RemoteFile) -> Outcome:
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
        except Exception as error:
            if is_shortage(error):  # This says nothing about the file.
                raise
            # Each file system has errors of its own.
            return attrs.evolve(outcome, error=escape_name(f"Cannot read {file.filename}: {error}"))
        if self._incremental and content_hash in self._held:
            return attrs.evolve(outcome, content_hash=content_hash)
        self._held.add(content_hash)
        return attrs.evolve(outcome, content_hash=content_hash, task_id=self._new_id(), known=known)

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
    """A file does not meet the requirements; the message says why."""


def _store(platform: Platform, integration_id: str, index_id: str, outcomes: list[Outcome], parameters: str) -> None:
    """Store an import with its files and tasks, and begin to copy the videos."""
    started = []
    with platform.store.transaction():
        platform.check_index(index_id)  # A reset may have come in between.
        import_id = platform.store.imports.create(integration_id, index_id, platform.clock.now())
        for each in outcomes:
            platform.store.imports.add_file(
                ImportFile(import_id, each.filename, each.fingerprint, each.content_hash, each.task_id, each.error)
            )
            if each.task_id:
                task = platform.new_task(
                    index_id,
                    each.filename,
                    status="validating",
                    stream=True,
                    source=f"{integration_id}:{each.path}",
                    content_hash=each.content_hash,
                    parameters=parameters,
                    import_id=import_id,
                    **each.known,
                )
                task = attrs.evolve(task, id=each.task_id)
                platform.store.tasks.insert(task)
                started.append(task)
    for task in started:
        platform.intake.start(task)


def read_records(store: Store, integration_id: str, index_id: str) -> list[Record]:
    """Return what became of the files of an integration and an index, over all imports, the oldest first."""
    return [record for _, record in _read_files(store, integration_id, index_id) if record]


def filter_failures(records: list[Record]) -> list[Record]:
    """Return the files that failed, except those that a later import brought in or found in the index."""
    last = {record.filename: record for record in records}
    return [record for record in last.values() if record.status == "failed"]


def read_logs(store: Store, integration_id: str) -> list[Log]:
    """Return the imports of an integration, the oldest first."""
    with store.hold():
        imports = store.imports.list_imports(integration_id)
        by_import: dict[int, list[Record]] = {each.id: [] for each in imports}
        for file, record in _read_files(store, integration_id):
            if record:
                by_import[file.import_id].append(record)
        return [
            Log(each.index_id, store.indexes.name(each.index_id) or "", each.created_at, each.ended_at, records)
            for each, records in zip(imports, by_import.values(), strict=True)
        ]


def _read_files(
    store: Store, integration_id: str, index_id: str | None = None
) -> list[tuple[ImportFile, Record | None]]:
    """Return the files of an integration, and of an index if one is given, with what became of them.

    That is `None` where the task of the file was deleted.
    """
    with store.hold():
        imports = {each.id: each for each in store.imports.list_imports(integration_id)}
        files = [
            file
            for file in store.imports.list_files(integration_id)
            if index_id is None or imports[file.import_id].index_id == index_id
        ]
        tasks = store.tasks.get_many(file.task_id for file in files if file.task_id)
    found: list[tuple[ImportFile, Record | None]] = []
    for file in files:
        created_at = imports[file.import_id].created_at
        if file.task_id is None:
            status = "failed" if file.error else None
            found.append((file, Record(file.filename, created_at, None, status, file.error)))
        elif task := tasks.get(file.task_id):
            found.append((file, Record(file.filename, created_at, task.id, task.status, task.fault)))
        else:
            found.append((file, None))
    return found
