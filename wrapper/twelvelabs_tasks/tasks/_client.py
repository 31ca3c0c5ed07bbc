"""`client.tasks`: the plain methods of the contract, uploads, and waiting."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from twelvelabs_tasks_api.api.tasks.client import TasksClient as PlainTasksClient

from ..core._files import File
from ..core._request_options import RequestOptions
from ..core._uploads import OnProgress
from . import _create_bulk
from ._creating import check_choice, create_steps
from ._new_task import NewTask
from ._waiting import wait_for_done_steps

if TYPE_CHECKING:
    from ..core._sync_transport import SyncTransport
    from ..types import TasksCreateResponse, TasksRetrieveResponse, VideoIndexingTask
    from ._raw_client import RawTasksClient
    from .transfers import TransfersClient

__all__ = ["TasksClient"]


class TasksClient(PlainTasksClient):
    """Video indexing tasks, each of which uploads and indexes one video. Reached as `client.tasks`."""

    def __init__(self, transport: SyncTransport) -> None:
        super().__init__(transport)
        self._runner = transport

    @cached_property
    def transfers(self) -> TransfersClient:
        """Imports of all videos of a cloud storage integration (deprecated by the API)."""
        from .transfers import TransfersClient

        return TransfersClient(self._transport)

    @property
    def with_raw_response(self) -> RawTasksClient:
        """The same methods, each returning a `RawResponse`: its result with the response it was read from."""
        from ._raw_client import RawTasksClient  # here, because it is made of this class

        return RawTasksClient(self._runner)

    def create(
        self,
        *,
        index_id: str,
        video_file: File | None = None,
        video_url: str | None = None,
        enable_video_stream: bool | None = None,
        user_metadata: str | Mapping[str, Any] | None = None,
        preflight: bool = False,
        on_progress: OnProgress | None = None,
        on_unknown: Literal["raise", "reconcile"] = "raise",
        request_options: RequestOptions | None = None,
    ) -> TasksCreateResponse:
        """Create a video indexing task: upload a video and index it.

        The API has announced that this way of uploading will be deprecated in a future version, in favour of direct or
        multipart uploads followed by a separate indexing.

        A video must be 360x360 to 5184x2160 pixels large, have an aspect ratio between 1:1 and 2.4:1, last 10 seconds
        to 2 hours, and take no more than 2,000,000,000 bytes.

        One call never creates two tasks: a request that may have been received completely is never retried. If its
        response is lost, `CreateOutcomeUnknown` is raised, or the task is searched for, as `on_unknown` says.

        Args:
            index_id: The unique identifier of the index to which the video will be uploaded.
            video_file: The video to upload: a path, an open binary file, bytes, or a tuple of a filename and one of
                these, a content type and headers. A path of a regular file is opened and closed here.
            video_url: The publicly accessible URL, http or https, of the video to upload. Exactly one of `video_file`
                and `video_url` is given.
            enable_video_stream: Whether the video is stored for streaming, so that the task has an `hls` object.
                Default: that of the API, `True`.
            user_metadata: Metadata that helps you categorize your videos: a mapping whose values are strings,
                integers, floats or booleans, or the JSON text of one.
            preflight: Inspect the file first and raise, before uploading, the error that the API would return. Needs
                the extra `twelvelabs-tasks[video]` and a seekable file. Default: False.
            on_progress: Called as `on_progress(sent, total)` with the bytes of the file sent so far and with their
                total, `None` if it cannot be known. Starts again at 0 when an upload is retried.
            on_unknown: What to do if the response was lost, so that there may be a task or none. `"raise"`: raise
                `CreateOutcomeUnknown`. `"reconcile"`: search the list, for up to 7 seconds and the time the list takes,
                for the task of this filename that was created meanwhile; return it if there is exactly one that is not
                known to be that of another call; raise otherwise. It cannot be distinguished from a video of the same
                filename that somebody else uploads to the same index at the same time. Default: `"raise"`.
            request_options: Options for this request only. Default: those of the client.

        Returns:
            The identifiers of the task and of its video.

        Raises:
            ValueError: Not exactly one of file and URL, an empty file, an empty `index_id`, or a filename with control
                characters.
            TypeError: `video_file` is not a file, or is opened in text mode.
            OSError: The file cannot be read, or changed while it was sent; `FileNotFoundError` if it does not exist.
            errors.VideoFilesizeTooLargeError: The file is larger than `max_upload_bytes` of the client.
            errors.BadRequestError: The video or a parameter was rejected. Problems of the video raise a subclass such
                as `VideoDurationTooShortError`.
            errors.ApiError: Any other response that is an error.
            errors.CreateOutcomeUnknown: The response was lost: there may be a task or none.
            errors.ApiConnectionError: The request was not received completely: there is no task.

        Example:
            task = client.tasks.create(index_id="6298d673f1090f1100476d4c", video_file="holiday.mp4")
            print(f"Created task: id={task.id}")
        """
        check_choice("on_unknown", on_unknown, "raise", "reconcile")
        fields = {"index_id": index_id, "enable_video_stream": enable_video_stream, "user_metadata": user_metadata}
        call = NewTask(fields, preflight, request_options).call(video_file, video_url, on_progress)
        return self._runner.run(create_steps(self._runner, call, on_unknown))

    def wait_for_done(
        self,
        task_id: str,
        *,
        sleep_interval: float = 5.0,
        callback: Callable[[TasksRetrieveResponse], object] | None = None,
        timeout: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> TasksRetrieveResponse:
        """Wait until a video indexing task is done: `ready`, or `failed`, for which the API gives no reason.

        Connection errors, 429 and 5xx are logged, and waiting continues; every other error ends it.

        Args:
            task_id: The unique identifier of the task to wait for.
            sleep_interval: The time between two status checks, in seconds. Default: 5.0.
            callback: Called with the task after every successful status check, the first and the last included.
            timeout: The time after which to give up, in seconds, at most a second later. Default: never.
            request_options: Options for each request that checks the status.

        Returns:
            The task, `ready` or `failed`.

        Raises:
            ValueError: `sleep_interval` or `timeout` is out of range, or `task_id` is empty or a dot segment.
            errors.WaitTimeoutError: The task is not done after `timeout`. Its `task` is the task as last seen.
            errors.NotFoundError: There is no such task.
            errors.ApiError: The API rejected a request with a non-transient error.

        Example:
            task = client.tasks.wait_for_done("62a1ec6d9ea24f052b971a0f", callback=print)
            if task.status != "ready":
                raise RuntimeError(f"Indexing failed with status {task.status}")
        """
        steps = wait_for_done_steps(self._runner, task_id, sleep_interval, timeout, callback, request_options)
        return self._runner.run(steps)

    def wait_for_all(
        self,
        task_ids: Iterable[str],
        *,
        sleep_interval: float = 5.0,
        callback: Callable[[VideoIndexingTask], object] | None = None,
        timeout: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> builtins.list[VideoIndexingTask]:
        """Wait until many video indexing tasks are done: each `ready`, or `failed`.

        Their status is read from the list of tasks, 50 at once, the newest first and only as far as needed; so waiting
        for the newest 1,000 tasks of an index takes about 20 requests a round. A task that the list does not show is
        retrieved on its own. Errors are handled as by `wait_for_done`.

        Args:
            task_ids: The unique identifiers of the tasks to wait for. Duplicates are allowed.
            sleep_interval: The time between two rounds of status checks, in seconds. Default: 5.0.
            callback: Called with each task that is not done yet after each check of its status, and with each that has
                just been done.
            timeout: The time after which to give up, in seconds, at most a second later. Default: never.
            request_options: Options for each request that checks the status.

        Returns:
            The tasks, `ready` or `failed`, in the order of `task_ids`, as lists show them: without `hls`, which takes a
            `retrieve`.

        Raises:
            ValueError: `sleep_interval` or `timeout` is out of range, or an identifier is empty or a dot segment.
            errors.WaitTimeoutError: Not all tasks are done after `timeout`. Its `tasks` are the tasks as last seen.
            errors.NotFoundError: There is no such task, perhaps not any more.
            errors.ApiError: The API rejected a request with a non-transient error.

        Example:
            tasks = client.tasks.wait_for_all(["62a1ec6d9ea24f052b971a0f", "62a1ec6d9ea24f052b971a10"])
            print([task.status for task in tasks])
        """
        from ._many.waiting import WaitForMany

        wait = WaitForMany(task_ids, sleep_interval, timeout, request_options)
        return self._runner.run(wait.all_steps(self._runner, callback))

    def as_completed(
        self,
        task_ids: Iterable[str],
        *,
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> Iterator[VideoIndexingTask]:
        """Yield each of many video indexing tasks once, as soon as it is `ready` or `failed`.

        It asks as `wait_for_all` does, and only while it is iterated over.

        Args:
            task_ids: The unique identifiers of the tasks to wait for. Duplicates are allowed.
            sleep_interval: The time between two rounds of status checks, in seconds. Default: 5.0.
            timeout: The time after which to give up, in seconds from this call on. Default: never.
            request_options: Options for each request that checks the status.

        Returns:
            The tasks, in the order in which they were found to be done, as lists show them: without `hls`.

        Raises:
            ValueError: `sleep_interval` or `timeout` is out of range, or an identifier is empty or a dot segment.
            errors.WaitTimeoutError: While iterating, as by `wait_for_all`; so are the errors of the API.

        Example:
            for task in client.tasks.as_completed(["62a1ec6d9ea24f052b971a0f", "62a1ec6d9ea24f052b971a10"]):
                print(task.id, task.status)
        """
        from ._many.waiting import WaitForMany, iterate_completed

        wait = WaitForMany(task_ids, sleep_interval, timeout, request_options)
        return iterate_completed(self._runner, wait)

    create_bulk = _create_bulk.create_bulk
