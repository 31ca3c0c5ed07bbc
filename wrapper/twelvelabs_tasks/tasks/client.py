"""`client.tasks`: create, retrieve, list, delete, and wait for video indexing tasks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from ..core.files import File
from ..core.pagers import SyncPager
from ..core.redaction import hide_api_key
from ..core.request_options import RequestOptions
from ..core.transport import SyncTransport
from ..core.uploads import OnProgress
from ..types import (
    ListTasksSortBy,
    ListTasksSortOption,
    TasksCreateResponse,
    TasksListRequestStatusItem,
    TasksRetrieveResponse,
    VideoIndexingTask,
)
from .calls import TaskPage, create_call, delete_call, first_page, retrieve_call
from .creating import check_choice, create_steps
from .many.client import ManyTasksClient
from .transfers.client import TransfersClient
from .waiting import wait_for_done_steps

if TYPE_CHECKING:
    from .raw_client import RawTasksClient

__all__ = ["TasksClient"]


class TasksClient(ManyTasksClient):
    """Video indexing tasks, each of which uploads and indexes one video. Reached as `client.tasks`."""

    def __init__(self, transport: SyncTransport) -> None:
        super().__init__(transport)
        self.transfers = TransfersClient(transport)

    @property
    def with_raw_response(self) -> RawTasksClient:
        """The same methods, each returning a `RawResponse`: its result with the status and headers of the answer."""
        from .raw_client import RawTasksClient  # here, because it is made of this class

        return RawTasksClient(self._transport)

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
        """Create a video indexing task, which uploads and indexes a video.

        The platform has announced that this way of uploading will be deprecated in a future version, in favour of
        direct or multipart uploads followed by a separate indexing.

        A video must be 360x360 to 5184x2160 pixels large, have an aspect ratio between 1:1 and 2.4:1, last 10 seconds
        to 2 hours, and take no more than 2,000,000,000 bytes.

        Never are two tasks made by one call: a request that may have reached the platform whole is not sent again. If
        its answer is lost, `CreateOutcomeUnknown` is raised, or the task is looked for, as `on_unknown` says.

        Args:
            index_id: The unique identifier of the index to which the video will be uploaded.
            video_file: The video to upload: a path, an open binary file, bytes, or a tuple of a filename and one of
                these, a content type and headers. A path of a regular file is opened and closed here.
            video_url: The publicly accessible URL, http or https, of the video to upload. Exactly one of `video_file`
                and `video_url` is given.
            enable_video_stream: Whether the platform stores the video for streaming, so that the task has an `hls`
                object. Default: that of the platform, `True`.
            user_metadata: Metadata that helps you categorize your videos: a mapping whose values are strings,
                integers, floats or booleans, or the JSON text of one.
            preflight: Whether to look into the file first, and raise without an upload what the platform would refuse
                it with. Needs the extra `twelvelabs-tasks[video]` and a file that can be rewound. Default: False.
            on_progress: Called as `on_progress(sent, total)` with the bytes of the file sent so far and with their
                total, `None` if it cannot be known. Starts again at 0 when an upload is retried.
            on_unknown: What to do if the answer was lost, so that there may be a task or none. `"raise"`: raise
                `CreateOutcomeUnknown`. `"reconcile"`: search the list, for up to 7 seconds and the time the list takes,
                for the task of this filename that was created meanwhile; return it if there is exactly one, and if it
                is not known to be that of another call; raise otherwise. A video of the same filename that somebody
                else uploads to the same index at the same time cannot be told apart. Default: `"raise"`.
            request_options: Options for this request only.

        Returns:
            The identifiers of the task and of its video.

        Raises:
            ValueError: Not exactly one of file and URL, an empty file, an empty `index_id`, or a filename with control
                characters.
            TypeError: `video_file` is no file, or one opened in text mode.
            OSError: The file cannot be read, or changed while it was sent; `FileNotFoundError` if it does not exist.
            errors.VideoFilesizeTooLargeError: The file is larger than `max_upload_bytes` of the client.
            errors.BadRequestError: The video or a parameter does not meet the platform's requirements; where the video
                does not, of a class of its own, such as `VideoDurationTooShortError`.
            errors.ApiError: The platform refused the request for another reason.
            errors.CreateOutcomeUnknown: The answer was lost: there may be a task or none.
            errors.ApiConnectionError: The request did not reach the platform whole: there is no task.

        Example:
            task = client.tasks.create(index_id="6298d673f1090f1100476d4c", video_file="holiday.mp4")
            print(f"Created task: id={task.id}")
        """
        check_choice("on_unknown", on_unknown, "raise", "reconcile")
        call = create_call(
            index_id=index_id,
            video_file=video_file,
            video_url=video_url,
            enable_video_stream=enable_video_stream,
            user_metadata=user_metadata,
            preflight=preflight,
            on_progress=on_progress,
            request_options=request_options,
        )
        return self._transport.run(create_steps(self._transport, call, on_unknown))

    def retrieve(self, task_id: str, *, request_options: RequestOptions | None = None) -> TasksRetrieveResponse:
        """Retrieve a video indexing task.

        Args:
            task_id: The unique identifier of the video indexing task.
            request_options: Options for this request only.

        Returns:
            The task, with its HLS stream if it has one.

        Raises:
            ValueError: `task_id` is empty or a dot segment.
            errors.NotFoundError: There is no such task.
            errors.ApiError: The platform refused the request for another reason.
            errors.ApiConnectionError: No answer came, also after the retries that are allowed.

        Example:
            task = client.tasks.retrieve("62a1ec6d9ea24f052b971a0f")
            print(task.status, task.hls.video_url if task.hls else None)
        """
        return self._transport.call(retrieve_call(task_id, request_options))

    def wait_for_done(
        self,
        task_id: str,
        *,
        sleep_interval: float = 5.0,
        callback: Callable[[TasksRetrieveResponse], object] | None = None,
        timeout: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> TasksRetrieveResponse:
        """Wait until a video indexing task is done: `ready`, or `failed`, for which the platform gives no reason.

        Connection errors, 429 and 5xx are logged, and the wait goes on; every other error ends it.

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
            errors.WaitTimeoutError: The task is not done after `timeout`. Its `task` is the task last seen.
            errors.NotFoundError: There is no such task.
            errors.ApiError: The platform refused a request for another reason that does not pass.

        Example:
            task = client.tasks.wait_for_done("62a1ec6d9ea24f052b971a0f", callback=lambda task: print(task.status))
            if task.status != "ready":
                raise RuntimeError(f"Indexing failed with status {task.status}")
        """
        steps = wait_for_done_steps(self._transport, task_id, sleep_interval, timeout, callback, request_options)
        return self._transport.run(steps)

    def list(
        self,
        *,
        page: int | None = None,
        page_limit: int | None = None,
        sort_by: ListTasksSortBy | None = None,
        sort_option: ListTasksSortOption | None = None,
        index_id: str | None = None,
        status: TasksListRequestStatusItem | Sequence[TasksListRequestStatusItem] | None = None,
        filename: str | None = None,
        duration: float | None = None,
        width: int | None = None,
        height: int | None = None,
        created_at: str | None = None,
        updated_at: str | None = None,
        request_options: RequestOptions | None = None,
    ) -> SyncPager[VideoIndexingTask]:
        """List the video indexing tasks of the account, the newest first unless asked otherwise.

        Filters are combined. What is `None` is not sent.

        Args:
            page: The number of the page to begin with. Default: 1.
            page_limit: How many tasks a page holds, at most 50. Default: 10.
            sort_by: `"created_at"` or `"updated_at"`. Default: `"created_at"`.
            sort_option: `"asc"` or `"desc"`. Default: `"desc"`.
            index_id: Only tasks of this index.
            status: Only tasks with this status, or with one of these: `"ready"`, `"uploading"`, `"validating"`,
                `"pending"`, `"queued"`, `"indexing"`, `"failed"`.
            filename: Only tasks whose video has this filename.
            duration: Only tasks whose video lasts this long, in seconds, give or take half a second.
            width: Only tasks whose video has this width, in pixels.
            height: Only tasks whose video has this height, in pixels.
            created_at: Only tasks created on the day (UTC) of this RFC 3339 time, at or after it.
            updated_at: Only tasks last updated on the day (UTC) of this RFC 3339 time, at or after it.
            request_options: Options for the request of each page.

        Returns:
            The first page. Iterating over it yields the tasks of all pages, fetched as they are reached.

        Raises:
            errors.BadRequestError: A parameter is invalid.
            errors.ApiError: The platform refused the request for another reason.
            errors.ApiConnectionError: No answer came, also after the retries that are allowed.

        Example:
            for task in client.tasks.list(index_id="6298d673f1090f1100476d4c", status=["ready", "failed"]):
                print(task.id, task.status)
        """
        first = first_page(
            page=page,
            page_limit=page_limit,
            sort_by=sort_by,
            sort_option=sort_option,
            index_id=index_id,
            status=status,
            filename=filename,
            duration=duration,
            width=width,
            height=height,
            created_at=created_at,
            updated_at=updated_at,
            request_options=request_options,
        )
        return self._page(first)

    def _page(self, page: TaskPage) -> SyncPager[VideoIndexingTask]:
        answer, response = self._transport.call_with_response(page.call)
        hide_api_key(response)
        return SyncPager(*page.contents(answer), response, lambda: self._page(page.next()))

    def delete(self, task_id: str, *, request_options: RequestOptions | None = None) -> None:
        """Delete a video indexing task, for good.

        Only a task that is `ready` or `failed` can be deleted, and one that is `ready` only after its video vector:
        `client.indexes.videos.delete(index_id, video_id)`.

        Args:
            task_id: The unique identifier of the video indexing task.
            request_options: Options for this request only.

        Raises:
            ValueError: `task_id` is empty or a dot segment.
            errors.TaskCannotBeDeletedError: The task cannot be deleted now.
            errors.NotFoundError: There is no such task; or, after an answer that was lost, no longer.
            errors.ApiError: The platform refused the request for another reason.
            errors.ApiConnectionError: No answer came, also after the retries that are allowed.

        Example:
            client.tasks.delete("62a1ec6d9ea24f052b971a0f")
        """
        self._transport.call(delete_call(task_id, request_options))
