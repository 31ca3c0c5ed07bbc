"""`create` and `create_bulk` of a sync `client.tasks`, in one module, because they take the same parameters."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from .._client import TwelveLabs
    from ..core._files import File
    from ..core._request_options import RequestOptions
    from ..core._uploads import OnProgress
    from ..types import BulkResult, TasksCreateResponse
    from ._client import TasksClient

__all__ = ["create", "create_bulk"]


def create(
    self: TasksClient,
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
    # Modules are imported by the methods that need them, so that the first call of another is quick.
    from ._creating import check_choice, create_steps
    from ._new_task import NewTask

    check_choice("on_unknown", on_unknown, "raise", "reconcile")
    fields = {"index_id": index_id, "enable_video_stream": enable_video_stream, "user_metadata": user_metadata}
    call = NewTask(fields, preflight, request_options).call(video_file, video_url, on_progress)
    return self._runner.run(create_steps(self._runner, call, on_unknown))


def create_bulk(
    self: TasksClient,
    *,
    index_id: str,
    video_files: Iterable[File] | None = None,
    video_urls: Iterable[str] | None = None,
    enable_video_stream: bool | None = None,
    user_metadata: str | Mapping[str, Any] | None = None,
    preflight: bool = False,
    max_concurrency: int = 4,
    executor: Executor | None = None,
    client_factory: Callable[[], TwelveLabs] | None = None,
    ledger: str | os.PathLike[str] | None = None,
    settling_seconds: float = 60.0,
    on_unclear: Literal["report", "send"] = "report",
    worker_timeout: float = 3600.0,
    on_progress: OnProgress | None = None,
    request_options: RequestOptions | None = None,
) -> list[BulkResult]:
    """Create many video indexing tasks, several at once. One failure does not affect the others.

    A rate limit pauses all uploads instead of failing them, and fewer are sent at once; an input is given up after
    10 refusals in a row, or 50 while others are accepted.

    If the response to an upload is lost, the list is searched for its task, `settling_seconds` after it ended. The
    upload is sent again only if the list certainly shows none; what is unclear is reported, unless `on_unclear`
    says otherwise. Two things nobody can know: whether somebody else uploads a video of the same filename to the
    same index at the same time; and whether bytes that the operating system of a killed process had already taken
    still arrive after `settling_seconds`. The page "What a lost response means" (docs/lost-responses.md) has the
    rules and their reasons.

    With a ledger it can be resumed, even after the process or the machine was killed: run it again with the same
    arguments. What was created is not sent again, what failed is, and what was on its way is searched for as above.
    The ledger knows a file by its path, its size and its time of modification, and a URL by its text; what it knows
    already, in this call too, is created once. Only one process at a time can use it. `Ledger` reads it, and
    settles by hand what a run cannot.

    Args:
        index_id: The unique identifier of the index to which the videos will be uploaded.
        video_files: The videos to upload, each as for `create`: a regular file, or a stream, which is sent once;
            with a ledger, and with an executor of other processes, each a path, or a tuple with one. Any iterable;
            it is consumed lazily.
        video_urls: The URLs of videos to upload, after the files.
        enable_video_stream: For every task, as for `create`.
        user_metadata: For every task, as for `create`.
        preflight: For every file, as for `create`. Default: False.
        max_concurrency: The maximum number of uploads at once. Default: 4.
        executor: What to send with: a `ThreadPoolExecutor`, whose threads use this client, or any other executor,
            that of a cluster too, whose processes make clients of their own. It must not re-run work: Dask does
            when a worker dies, less often if its setting `distributed.scheduler.allowed-failures` is 0. Default:
            threads of its own.
        client_factory: Called in each worker process to create a client; must be picklable. Default: a client with
            the same settings (except `headers`) and the API key from the worker's environment.
        ledger: The file of the ledger, an SQLite database, made if it does not exist. Default: none.
        settling_seconds: How long after the end of an upload, in seconds, the list is sure to show its task.
            Default: 60.
        on_unclear: What to do where it stays unclear whether there is a task. `"report"`: the result is
            `CreateOutcomeUnknown`, in later runs too, until the list or you settle it. `"send"`: upload it again,
            if you would rather have two tasks than none. Default: `"report"`.
        worker_timeout: The maximum time of an upload in another process, in seconds since it was submitted. A
            worker gives it up then by itself, without a task. After a run that was killed, the next run waits as
            long before it sends such an upload again, since workers of a cluster outlive it; those of a
            `ProcessPoolExecutor` notice and end. Default: 3600.
        on_progress: Called as `on_progress(sent, total)`, one call at a time, with the bytes sent so far of
            all files and with their sum, `None` as long as it is not known. Bytes of a retried upload are counted
            again.
        request_options: Options for each request. With other processes, they are sent to them.

    Returns:
        A result for every input, in the order of the inputs: its task, or the exception that `create` raised.
        `errors.CreateOutcomeUnknown` is among them if it is unclear whether there is a task.

    Raises:
        ValueError: Neither files nor URLs are given, `index_id` is empty, or a number is out of range.
        TypeError: A single file or URL is given.
        errors.LedgerError: The ledger cannot be used, or another process uses it.
        Exception: What the iterables, `on_progress`, or `executor.submit` raised. As with `KeyboardInterrupt`, no
            more uploads begin, those in other processes are waited for, and the ledger then holds what is known.

    Example:
        results = client.tasks.create_bulk(
            index_id="6298d673f1090f1100476d4c",
            video_files=pathlib.Path("videos").glob("*.mp4"),
            ledger="uploads.sqlite",
        )
        for result in results:
            print(result.input, result.task.id if result.task else result.error)
    """
    from ._many.plan import Plan  # here, because only who creates in bulk pays for it
    from ._many.running import run
    from ._new_task import NewTask

    fields = {"index_id": index_id, "enable_video_stream": enable_video_stream, "user_metadata": user_metadata}
    plan = Plan.of(
        self._runner.settings,
        NewTask(fields, preflight, request_options),
        video_files,
        video_urls,
        max_concurrency=max_concurrency,
        ledger=ledger,
        settling_seconds=settling_seconds,
        on_unclear=on_unclear,
        worker_timeout=worker_timeout,
        on_progress=on_progress,
    )
    return run(plan, self._runner, executor, client_factory)
