"""`client.tasks.create_bulk` of the async client. In a module of its own, because it takes much explaining."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from ._new_task import NewTask

if TYPE_CHECKING:
    from ..core._files import File
    from ..core._request_options import RequestOptions
    from ..core._uploads import OnProgress
    from ..types import BulkResult
    from ._async_client import AsyncTasksClient

__all__ = ["create_bulk"]


async def create_bulk(
    self: AsyncTasksClient,
    *,
    index_id: str,
    video_files: Iterable[File] | None = None,
    video_urls: Iterable[str] | None = None,
    enable_video_stream: bool | None = None,
    user_metadata: str | Mapping[str, Any] | None = None,
    preflight: bool = False,
    max_concurrency: int = 4,
    ledger: str | os.PathLike[str] | None = None,
    settling_seconds: float = 60.0,
    on_unclear: Literal["report", "send"] = "report",
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

    Files are read, and the iterables consumed, off the event loop. If the call is cancelled, uploads end at once.

    Args:
        index_id: The unique identifier of the index to which the videos will be uploaded.
        video_files: The videos to upload, each as for `create`: a regular file, or a stream, which is sent once;
            with a ledger, each a path, or a tuple with one. Any iterable;
            it is consumed lazily.
        video_urls: The URLs of videos to upload, after the files.
        enable_video_stream: For every task, as for `create`.
        user_metadata: For every task, as for `create`.
        preflight: For every file, as for `create`. Default: False.
        max_concurrency: The maximum number of uploads at once. Default: 4.
        ledger: The file of the ledger, an SQLite database, made if it does not exist. Default: none.
        settling_seconds: How long after the end of an upload, in seconds, the list is sure to show its task.
            Default: 60.
        on_unclear: What to do where it stays unclear whether there is a task. `"report"`: the result is
            `CreateOutcomeUnknown`, in later runs too, until the list or you settle it. `"send"`: upload it again,
            if you would rather have two tasks than none. Default: `"report"`.
        on_progress: Called as `on_progress(sent, total)`, one call at a time, with the bytes sent so far of
            all files and with their sum, `None` as long as it is not known. Bytes of a retried upload are counted
            again.
        request_options: Options for each request.

    Returns:
        A result for every input, in the order of the inputs: its task, or the exception that `create` raised.
        `errors.CreateOutcomeUnknown` is among them if it is unclear whether there is a task.

    Raises:
        ValueError: Neither files nor URLs are given, `index_id` is empty, or a number is out of range.
        TypeError: A single file or URL is given.
        errors.LedgerError: The ledger cannot be used, or another process uses it.
        Exception: What the iterables or `on_progress` raised. No more uploads begin then, those on their way end at
            once, and the ledger holds what is known.

    Example:
        results = await client.tasks.create_bulk(
            index_id="6298d673f1090f1100476d4c",
            video_files=pathlib.Path("videos").glob("*.mp4"),
            ledger="uploads.sqlite",
        )
        for result in results:
            print(result.input, result.task.id if result.task else result.error)
    """
    from ._many.async_running import run_async
    from ._many.plan import Plan  # here, because only who creates in bulk pays for it

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
        on_progress=on_progress,
    )
    return await run_async(plan, self._runner)
