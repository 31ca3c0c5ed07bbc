"""What `client.tasks` does with many tasks at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from ...bulk_result import BulkResult
from ...core.files import File
from ...core.request_options import RequestOptions
from ...core.transport import SyncTransport
from ...core.uploads import OnProgress
from ...types import VideoIndexingTask
from ..waiting import is_done
from .waiting import WaitForMany

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from ...client import TwelveLabs

__all__ = ["ManyTasksClient"]


class ManyTasksClient:
    """The part of `TasksClient` that is about many tasks at once."""

    def __init__(self, transport: SyncTransport) -> None:
        self._transport = transport

    def wait_for_all(
        self,
        task_ids: Iterable[str],
        *,
        sleep_interval: float = 5.0,
        callback: Callable[[VideoIndexingTask], object] | None = None,
        timeout: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> list[VideoIndexingTask]:
        """Wait until many video indexing tasks are done: each `ready`, or `failed`.

        Their status is read from the list of tasks, 50 at once, the newest first and only as far as needed; so waiting
        for the newest 1,000 tasks of an index takes about 20 requests a round. A task that the list does not show is
        retrieved on its own. Connection errors, 429 and 5xx are logged, and the wait goes on; every other error ends
        it.

        Args:
            task_ids: The unique identifiers of the tasks to wait for. One may be named more than once.
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
            errors.ApiError: The platform refused a request for another reason that does not pass.

        Example:
            tasks = client.tasks.wait_for_all(["62a1ec6d9ea24f052b971a0f", "62a1ec6d9ea24f052b971a10"])
            print([task.status for task in tasks])
        """
        wait = WaitForMany(task_ids, sleep_interval, timeout, request_options)
        return self._transport.run(wait.all_steps(self._transport, callback))

    def as_completed(
        self,
        task_ids: Iterable[str],
        *,
        sleep_interval: float = 5.0,
        timeout: float | None = None,
        request_options: RequestOptions | None = None,
    ) -> Iterator[VideoIndexingTask]:
        """Yield many video indexing tasks as they finish, each once, `ready` or `failed`.

        It asks as `wait_for_all` does, and only while it is iterated over.

        Args:
            task_ids: The unique identifiers of the tasks to wait for.
            sleep_interval: The time between two rounds of status checks, in seconds. Default: 5.0.
            timeout: The time after which to give up, in seconds from this call on. Default: never.
            request_options: Options for each request that checks the status.

        Returns:
            The tasks, in the order in which they were found to be done, as lists show them: without `hls`.

        Raises:
            ValueError: `sleep_interval` or `timeout` is out of range, or an identifier is empty or a dot segment.
            errors.WaitTimeoutError: While iterating, as `wait_for_all`; so do the errors of the platform.

        Example:
            for task in client.tasks.as_completed(["62a1ec6d9ea24f052b971a0f", "62a1ec6d9ea24f052b971a10"]):
                print(task.id, task.status)
        """
        wait = WaitForMany(task_ids, sleep_interval, timeout, request_options)
        return self._completed(wait)

    def _completed(self, wait: WaitForMany) -> Iterator[VideoIndexingTask]:
        while wait.goes_on:
            yield from filter(is_done, self._transport.run(wait.check_steps(self._transport)))

    def create_bulk(
        self,
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
        """Create many video indexing tasks, several at once. One that fails never stops the others.

        Rate limits slow it down instead of failing it: when the platform tells one upload to wait, all wait, and fewer
        are sent at once; an input is given up after 10 refusals in a row, or 50 while others are accepted.

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
            max_concurrency: How many are on their way at once. Default: 4.
            executor: What to send with: a `ThreadPoolExecutor`, whose threads use this client, or any other executor,
                that of a cluster too, whose processes make clients of their own. It must run nothing twice: Dask does,
                when a worker dies, unless its setting `distributed.scheduler.allowed-failures` is 0. Default: threads
                of its own.
            client_factory: Makes the client of another process, for each upload, and is sent there. Default: the client
                is like this one, without its `headers`, and finds its API key in the environment there: no key is ever
                sent.
            ledger: The file of the ledger, an SQLite database, made if it does not exist. Default: none.
            settling_seconds: How long after the end of an upload, in seconds, the list is sure to show its task.
                Default: 60.
            on_unclear: What to do where it stays unclear whether there is a task. `"report"`: the result is
                `CreateOutcomeUnknown`, in later runs too, until the list or you settle it. `"send"`: upload it again,
                if you would rather have two tasks than none. Default: `"report"`.
            worker_timeout: How long an upload may take in another process, in seconds since it was submitted. A worker
                gives it up then by itself, without a task. After a run that was killed, the next run waits as long
                before it sends such an upload again, since workers of a cluster outlive it; those of a
                `ProcessPoolExecutor` notice and end. Default: 3600.
            on_progress: Called as `on_progress(sent, total)`, by one thread at a time, with the bytes sent so far of
                all files and with their sum, `None` as long as it is not known. What is sent again is counted anew.
            request_options: Options for each request. With other processes, they travel there.

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
        from .plan import Plan  # here, because only who creates in bulk pays for it
        from .running import run

        plan = Plan.of(
            self._transport.settings,
            index_id=index_id,
            video_files=video_files,
            video_urls=video_urls,
            enable_video_stream=enable_video_stream,
            user_metadata=user_metadata,
            preflight=preflight,
            max_concurrency=max_concurrency,
            ledger=ledger,
            settling_seconds=settling_seconds,
            on_unclear=on_unclear,
            worker_timeout=worker_timeout,
            on_progress=on_progress,
            request_options=request_options,
        )
        return run(plan, self._transport, executor, client_factory)
