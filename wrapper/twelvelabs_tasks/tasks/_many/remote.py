"""How an input is sent by another process: what travels there, and what is done there."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from attrs import evolve, field, frozen

from twelvelabs_tasks_api.http import httpx

from ... import errors
from ...core._files import File, SourceFile
from ...core._settings import Settings
from ...types import TasksCreateResponse
from .._new_task import NewTask
from .progress import StoppedError
from .uploads import BulkUpload, Outcome

if TYPE_CHECKING:
    from ..._client import TwelveLabs

__all__ = ["ClientSettings", "Errand", "run_errand"]


@frozen
class ClientSettings:
    """Makes clients that are like the caller's, but for the API key and the headers: those never travel."""

    base_url: str
    timeout: httpx.Timeout | None
    max_retries: int
    follow_redirects: bool
    max_upload_bytes: int
    max_response_bytes: int

    @classmethod
    def of(cls, settings: Settings) -> ClientSettings:
        """Return those of a client."""
        return cls(
            base_url=settings.base_url,
            timeout=settings.timeout,
            max_retries=settings.max_retries,
            follow_redirects=settings.follow_redirects,
            max_upload_bytes=settings.max_upload_bytes,
            max_response_bytes=settings.max_response_bytes,
        )

    def __call__(self) -> TwelveLabs:
        """Return a client; raise ValueError if the environment of this process has no API key."""
        from ..._client import TwelveLabs  # here, because the client has the method that leads here

        return TwelveLabs(
            base_url=self.base_url,
            timeout=self.timeout,
            max_retries=self.max_retries,
            follow_redirects=self.follow_redirects,
            max_upload_bytes=self.max_upload_bytes,
            max_response_bytes=self.max_response_bytes,
        )


@frozen
class Errand:
    """What travels to another process.

    Attributes:
        make_client: Makes the client there.
        new_task: What describes the task, apart from its video.
        video_file: The file, given as a path.
        video_url: The URL, if it is not a file.
        gives_up_at: When the other process gives the upload up, by its clock.
        process: The number of the process that runs the bulk creation.
        id: Tells it from all others, so that no scheduler takes two for the same and runs one.
    """

    make_client: Callable[[], TwelveLabs] = field(repr=False)
    new_task: NewTask
    video_file: File | None
    video_url: str | None
    gives_up_at: datetime
    process: int = field(factory=os.getpid)
    id: str = field(factory=lambda: uuid.uuid4().hex)

    @classmethod
    def of(cls, upload: BulkUpload, new_task: NewTask, make_client: Callable[[], TwelveLabs]) -> Errand:
        """Return the errand that sends an input."""
        if upload.is_url:
            return cls(make_client, new_task, None, str(upload.given), upload.given_up_at)
        video = SourceFile.of(upload.given, "video_file")
        path = os.path.abspath(os.fsdecode(cast("os.PathLike[str]", video.content)))  # noqa: PTH100 - see below
        # An absolute path, because the other process may stand in another folder.
        file = (video.name, path, video.content_type, dict(video.headers))
        return cls(make_client, new_task, file, None, upload.given_up_at)

    def check(self, *_: object) -> None:
        """Raise an exception if the upload is to be sent no further: asked before each piece, and before its end.

        An upload that lacks its end makes no task. So a later run can be certain that nobody sends it any more.
        """
        if datetime.now(UTC) >= self.gives_up_at:
            raise errors.ApiTimeoutError("The worker gave the upload up after worker_timeout: there is no task")
        if is_orphan(self.process):
            raise StoppedError("the process that ran the bulk creation is dead")


def run_errand(errand: Errand) -> Outcome:
    """Send an input, in another process, with a client of its own; return how that ended."""

    def create() -> TasksCreateResponse:
        errand.check()
        with errand.make_client() as client:
            return client.tasks.create(
                **errand.new_task.fields,
                video_file=errand.video_file,
                video_url=errand.video_url,
                preflight=errand.new_task.preflight,
                on_progress=None if errand.video_file is None else errand.check,
                request_options=errand.new_task.options,
            )

    return _make_portable(Outcome.capture(create))


def _make_portable(outcome: Outcome) -> Outcome:
    """Return an outcome that survives the trip back: an exception that does not would break the pool for all others."""
    try:
        pickle.loads(pickle.dumps(outcome))
    except Exception:  # noqa: BLE001 - exceptions of the caller's fail as they like
        is_known = outcome.is_failure
        return evolve(outcome, result=RuntimeError(repr(outcome.result)), is_known=is_known, may_retry=False)
    return outcome


def is_orphan(process: int) -> bool:
    """Whether this process is a child of another one that is dead. False where it is not a child of that one."""
    parent = multiprocessing.parent_process()
    if parent is None or parent.pid != process:
        return False
    return not parent.is_alive() or (os.name == "posix" and is_gone(process))


def is_gone(process: int) -> bool:
    """Whether a process is dead. Siblings that were forked hold open the pipe which `is_alive` watches.

    Where there is `/proc`, one that is dead but still listed, because nobody has waited for it, counts as dead.
    """
    try:
        state = Path(f"/proc/{process}/stat").read_bytes().rpartition(b") ")[2][:1]
    except OSError:
        state = b""
    if state:
        return state in b"ZX"
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
