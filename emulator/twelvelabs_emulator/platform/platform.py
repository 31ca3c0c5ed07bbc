"""The platform on this machine: what all operations act on."""

from __future__ import annotations

import secrets
import sqlite3
import threading
from contextlib import ExitStack
from pathlib import Path

from ..refusals import RefusedError
from ..responses import not_found
from ..settings import Settings
from ..store import Store, Task
from ..workers.starting import start_workers
from . import stages
from .clock import Clock
from .files import Files
from .intake import Intake
from .integrations import Integration
from .jobs import Jobs
from .shortage import is_shortage, report_shortage
from .streams import Streams

__all__ = ["Platform"]

# Downloads do little but wait for others, so that many slow ones leave room for more.
_LANES = {"download": 64, "copy": 8, "stream": 2, "slow-stream": 1, "stages": 1}
_INDEX = "default"
"""The name of the index that exists from the start."""
_PAUSE = 0.002
"""How long others have the database to themselves while very many tasks are moved, in seconds."""


class Platform:
    """State, files, clock and the work in progress.

    Args:
        folder: The data folder.
        settings: The settings.

    Raises:
        DataFolderError: The folder cannot be used, or another emulator uses it.
        ValueError: An integration cannot be used.
        ImportError: An integration needs a package that is not installed.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        _check_integrations(settings)
        self.settings = settings
        self.files = Files(folder)
        with ExitStack() as undo:
            self.store = Store(self.files.folder / "emulator.sqlite3")
            undo.callback(self.store.close)
            self.clock = Clock(self.store)
            self.jobs = Jobs(_LANES)
            undo.callback(self.jobs.close)
            self.workers = start_workers(self.files.folder)
            undo.callback(self.workers.close)
            self.importing = set[str]()
            self.streams = Streams(self)
            self.intake = Intake(self)
            self._resume()
            undo.pop_all()

    def close(self) -> None:
        """Stop the work and close the store."""
        with ExitStack() as steps:  # the last one first, and all of them
            steps.callback(self.store.close)
            steps.callback(self.jobs.close)
            steps.callback(self.workers.close)

    def configure(self, settings: Settings) -> None:
        """Use other settings from now on."""
        _check_integrations(settings)
        self.settings = settings
        self._ensure_index()

    def reset(self, settings: Settings) -> None:
        """Clear all state and begin again.

        Args:
            settings: The settings from now on.
        """
        _check_integrations(settings)
        with self.store.transaction():  # so that there is an index at every moment
            self.store.clear()
            self.store.indexes.create(settings.index_id or self.new_id(), _INDEX)
        self.jobs.cancel()
        self.settings = settings
        self.clock.reset()
        self.files.sweep((), ())

    @staticmethod
    def new_id() -> str:
        """Return a new id: 24 hexadecimal digits."""
        return secrets.token_hex(12)

    # Time

    def advance(self, *task_ids: str) -> None:
        """Do the work of stages whose time has come, so that every task is where it should be by now.

        If very many are due, those that have been due for longest are moved now, and the others in the background.

        Args:
            task_ids: Tasks to move now in any case; ids of anything else are ignored.
        """
        now = self.clock.now()
        for task_id in task_ids:
            self._move(now, task_id)
        if self._move(now):
            self.jobs.submit("stages", "stages", self._move_all)

    def _move(self, now: int, task_id: str | None = None) -> bool:
        """Move tasks that are due, and return whether there may be more; tasks that cannot be stored stay."""
        try:
            return stages.advance(self.store, now, self.settings.stage, task_id=task_id)
        except sqlite3.Error as error:
            if not is_shortage(error):
                raise
            report_shortage(error)
            return False

    def _move_all(self, cancelled: threading.Event) -> None:
        while not cancelled.wait(_PAUSE) and self._move(self.clock.now()):
            pass

    def skip(self, seconds: float, *, patience: float = 30.0) -> None:
        """Move the clock forward, as if the time had passed and all work had been done in it.

        Args:
            seconds: How far.
            patience: How long to wait for work to end before and afterwards, in real seconds.

        Raises:
            ValueError: The clock cannot be moved that far.
        """
        self._settle(patience)
        self.clock.skip(seconds)
        self.advance()
        self._settle(patience)
        self.advance()
        self._settle(patience)

    def _settle(self, patience: float) -> None:
        """Wait for work to end, but not for space on the disk, which may take forever."""
        self.jobs.settle(patience, stalled=self.files.has_room())

    # Indexes

    @property
    def index_id(self) -> str:
        """The index that was created first."""
        return self.store.indexes.first() or ""

    def create_index(self, name: str, index_id: str | None = None) -> str:
        """Create an index, unless the id exists, and return its id."""
        index_id = index_id or self.new_id()
        self.store.indexes.create(index_id, name)
        return index_id

    def check_index(self, index_id: str) -> None:
        """Check that an index exists.

        Raises:
            ApiError: It does not.
        """
        if self.store.indexes.name(index_id) is None:
            raise not_found(index_id, "indexes")

    # Tasks

    def new_task(self, index_id: str, filename: str, *, status: str, stream: bool, **known: object) -> Task:
        """Return a task that begins now; it is not stored yet."""
        now = self.clock.now()
        return Task(
            id=self.new_id(),
            index_id=index_id,
            status=status,
            created_at=now,
            updated_at=now,
            due_at=now + self.settings.stage,
            filename=filename,
            hls_status="PROCESSING" if stream else None,
            hls_updated_at=now if stream else None,
            **known,  # type: ignore[arg-type]  # Columns of the table, from other modules of this package.
        )

    def remove(self, task: Task) -> None:
        """Remove a task and its files."""
        self.jobs.cancel(task.id)
        self.store.tasks.delete(task.id)
        self.files.remove(task.id)

    def list_failed(self, limit: int) -> list[Task]:
        """Return the latest tasks that have failed by now, the oldest first."""
        self.advance()
        return self.store.tasks.list_failed(limit)

    def integration(self, integration_id: str) -> Integration | None:
        """Return an integration, or `None` if it does not exist."""
        url = self.settings.integrations.get(integration_id)
        return Integration(url) if url else None

    # Start

    def _resume(self) -> None:
        """Sweep away what was left half done, and continue with the rest."""
        unstreamed = self.store.tasks.list_awaiting_stream()
        self.files.sweep_incoming()
        self.files.sweep({task.id for task in unstreamed}, self.store.tasks.list_ids_with_stream())
        self._ensure_index()
        for task in self.store.tasks.list_awaiting_video():
            self.intake.start(task)
        for task in unstreamed:
            self.streams.start(task)

    def _ensure_index(self) -> None:
        if self.settings.index_id or self.store.indexes.first() is None:
            self.create_index(_INDEX, self.settings.index_id)


def _check_integrations(settings: Settings) -> None:
    """Check that there is a file system for each integration."""
    for identifier, url in settings.integrations.items():
        try:
            Integration(url)
        except ImportError as error:
            raise ImportError(f"The integration {identifier} cannot be used: {error}.") from error
        except Exception as error:  # each file system has errors of its own
            raise RefusedError(f"The integration {identifier} cannot be used: {error}.") from error
