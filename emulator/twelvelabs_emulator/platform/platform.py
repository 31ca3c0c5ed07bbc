"""The platform on this machine: what all operations act on."""

from __future__ import annotations

import secrets
import sqlite3
import threading
from pathlib import Path

from ..answers import not_found
from ..settings import Settings
from ..workers.starting import start_workers
from . import stages, tasks
from .clock import Clock
from .files import Files
from .intake import Intake
from .integrations import Integration
from .jobs import Jobs
from .shortage import is_shortage, report_shortage
from .store import Store
from .streams import Streams
from .tasks import Task

# Downloads do little but wait for others, so that many slow ones leave room for more.
_LANES = {"download": 64, "copy": 8, "stream": 2, "slow-stream": 1, "stages": 1}
_PAUSE = 0.002
"""How long others have the database to themselves when very many tasks are moved, in seconds."""


class Platform:
    """State, files, clock and the work going on.

    Args:
        folder: The data folder.
        settings: How it is set up.

    Raises:
        DataFolderError: The folder cannot be used, or another emulator uses it.
        ValueError: An integration cannot be used.
        ImportError: An integration needs a package that is not installed.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.settings = _usable(settings)
        self.files = Files(folder)
        self.store = Store(folder / "emulator.sqlite3")
        self.clock = Clock(self.store)
        self.jobs = Jobs(_LANES)
        self.workers = start_workers()
        self.importing = set[str]()
        self.streams = Streams(self)
        self.intake = Intake(self)
        self._resume()

    def close(self) -> None:
        """Stop the work and close the store."""
        self.workers.close()
        self.jobs.close()
        self.store.close()

    def configure(self, settings: Settings) -> None:
        """Be set up differently from now on."""
        self.settings = _usable(settings)
        self._ensure_index()

    def reset(self, settings: Settings) -> None:
        """Forget everything and begin anew.

        Args:
            settings: How to be set up from now on.
        """
        _usable(settings)
        with self.store.writing():
            self.store.wipe()
        self.jobs.cancel()
        self.settings = settings
        self.clock.reset()
        self.files.sweep((), ())
        self._ensure_index()

    @staticmethod
    def new_identifier() -> str:
        """An identifier: 24 hexadecimal digits."""
        return secrets.token_hex(12)

    # Time

    def advance(self) -> int:
        """Bring tasks to where they are by now, and say what time that is.

        Where very many are due at once, those that have been for longest are moved, and the others beside the requests.
        """
        now = self.clock.now()
        if self._move(now):
            self.jobs.submit("stages", "stages", self._move_all)
        return now

    def advance_task(self, task_id: str) -> None:
        """Bring a task to where it is by now, whatever others are due."""
        self._move(self.clock.now(), task_id)
        self.advance()

    def _move(self, now: int, task_id: str | None = None) -> bool:
        """Move tasks that are due, and say whether there may be more; where they cannot be stored, they stay."""
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
        """Move the clock forward, as if the time had passed with all work done in it.

        Args:
            seconds: By how much.
            patience: How long to wait for work to end before and afterwards, in real seconds.

        Raises:
            ValueError: The clock cannot be moved by that.
        """
        self._settle(patience)
        self.clock.skip(seconds)
        self.advance()
        self._settle(patience)
        self.advance()
        self._settle(patience)

    def _settle(self, patience: float) -> None:
        """Wait for work to end, but not for space on the disk, which may take for ever."""
        self.jobs.settle(patience, stalled=self.files.has_room())

    # Indexes

    @property
    def index_id(self) -> str:
        """The index that was made first."""
        with self.store.reading() as db:
            return str(db.execute("SELECT id FROM indexes ORDER BY seq LIMIT 1").fetchone()[0])

    def create_index(self, name: str, index_id: str | None = None) -> str:
        """Make an index, unless there is one of that identifier, and return its identifier."""
        index_id = index_id or self.new_identifier()
        with self.store.writing() as db:
            db.execute("INSERT OR IGNORE INTO indexes (id, name) VALUES (?, ?)", (index_id, name))
        return index_id

    def index_name(self, index_id: str) -> str:
        """The name of an index.

        Raises:
            ApiError: There is no such index.
        """
        with self.store.reading() as db:
            row = db.execute("SELECT name FROM indexes WHERE id = ?", (index_id,)).fetchone()
        if not row:
            raise not_found(index_id, "indexes")
        return str(row["name"])

    # Tasks

    def new_task(self, index_id: str, filename: str, *, status: str, stream: bool, **known: object) -> Task:
        """A task that begins now; it is not stored yet."""
        now = self.clock.now()
        return Task(
            id=self.new_identifier(),
            index_id=index_id,
            status=status,
            created_at=now,
            updated_at=now,
            due_at=now + self.settings.stage,
            filename=filename,
            hls_status="PROCESSING" if stream else None,
            hls_updated_at=now if stream else None,
            **known,  # type: ignore[arg-type]  # Columns of the table, from modules beside this one.
        )

    def remove(self, task: Task) -> None:
        """Remove a task and its files."""
        self.jobs.cancel(task.id)
        with self.store.writing() as db:
            db.execute("DELETE FROM tasks WHERE id = ?", (task.id,))
        self.files.remove(task.id)

    def integration(self, integration_id: str) -> Integration | None:
        """The integration of that identifier, if there is one."""
        url = self.settings.integrations.get(integration_id)
        return Integration(url) if url else None

    # Start

    def _resume(self) -> None:
        """Sweep away what was left half done, and go on with the rest."""
        waiting = tasks.select(self.store, "received_at IS NULL AND due_at IS NOT NULL")
        unstreamed = tasks.select(self.store, "received_at IS NOT NULL AND hls_status = 'PROCESSING'")
        with self.store.reading() as db:
            streamed = {row["id"] for row in db.execute("SELECT id FROM tasks WHERE hls_status = 'COMPLETE'")}
        self.files.sweep_incoming()
        self.files.sweep({task.id for task in unstreamed}, streamed)
        self._ensure_index()
        for task in waiting:
            self.intake.start(task)
        for task in unstreamed:
            self.streams.start(task)

    def _ensure_index(self) -> None:
        with self.store.reading() as db:
            empty = db.execute("SELECT count(*) FROM indexes").fetchone()[0] == 0
        if empty or self.settings.index_id:
            self.create_index("default", self.settings.index_id)


def _usable(settings: Settings) -> Settings:
    """The settings, if there is a file system for each integration."""
    for identifier, url in settings.integrations.items():
        try:
            Integration(url)
        except ImportError as error:
            raise ImportError(f"The integration {identifier} cannot be used: {error}.") from error
        except Exception as error:  # each file system has errors of its own
            raise ValueError(f"The integration {identifier} cannot be used: {error}.") from error
    return settings
