"""Runs a bulk creation with the sync client, on threads or with any other executor."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, closing, suppress
from typing import TYPE_CHECKING, TypeAlias

from ... import errors
from ...bulk_result import BulkResult
from ...core.transport import SyncTransport
from ...types import TasksCreateResponse
from .bulk import Bulk
from .ledger import Ledger
from .plan import Plan
from .progress import Progress, StoppedError
from .remote import ClientSettings, Errand, run_errand
from .steps import Ask, Collect, Ended, Reply, Send, Sleep, Step
from .uploads import BulkUpload, Outcome

if TYPE_CHECKING:
    from ...client import TwelveLabs

__all__ = ["run"]


Submit: TypeAlias = Callable[[BulkUpload], Future[Outcome]]


def run(
    plan: Plan, transport: SyncTransport, executor: Executor | None, client_factory: Callable[[], TwelveLabs] | None
) -> list[BulkResult]:
    """Run a bulk creation with an executor, `None` for one of its own; return the results."""
    is_local = executor is None or isinstance(executor, ThreadPoolExecutor)
    progress = Progress(plan.on_progress)
    with closing(Ledger(plan.ledger)) as ledger, ExitStack() as stack:
        if executor is None:
            executor = stack.enter_context(ThreadPoolExecutor(plan.max_concurrency, "twelvelabs-bulk"))
        if is_local:
            submit = locally(executor, transport, plan, progress)
        else:
            submit = remotely(executor, client_factory or ClientSettings.of(transport.settings), plan)
        bulk = Bulk(plan, ledger, progress, only_paths=not is_local)
        return Runner(bulk, transport, submit, progress, is_local=is_local).run()


def locally(executor: Executor, transport: SyncTransport, plan: Plan, progress: Progress) -> Submit:
    """Return what sends an input on a thread of this process, with the caller's client."""

    def send(upload: BulkUpload) -> Outcome:
        return Outcome.of(lambda: transport.call(plan.arguments.call(upload, progress.of(upload))))

    return lambda upload: executor.submit(send, upload)


def remotely(executor: Executor, make_client: Callable[[], TwelveLabs], plan: Plan) -> Submit:
    """Return what has an input sent by another process, with a client of its own."""
    return lambda upload: executor.submit(run_errand, Errand.of(upload, plan.arguments, make_client))


class Runner:
    """Does what a bulk creation asks for. Ledger, progress and pauses stay with the thread that runs it.

    Args:
        bulk: The bulk creation.
        transport: What reads lists.
        submit: What sends an input.
        progress: How far all inputs got.
        is_local: Whether inputs are sent by this process, so that they tell of their progress and can be ended.
    """

    def __init__(
        self, bulk: Bulk, transport: SyncTransport, submit: Submit, progress: Progress, *, is_local: bool
    ) -> None:
        self._bulk = bulk
        self._transport = transport
        self._submit = submit
        self._progress = progress
        self._is_local = is_local
        self._on_their_way: dict[Future[Outcome], BulkUpload] = {}

    def run(self) -> list[BulkResult]:
        """Return the results. What ends it early leaves in the ledger what is known."""
        try:
            step = self._bulk.advance(None)
            while not isinstance(step, list):
                step = self._bulk.advance(self._reply_to(step))
        except BaseException:
            self._progress.stop()
            with suppress(errors.LedgerError):  # there is something worse to tell
                self._stop()
            raise
        return step

    def _reply_to(self, step: Step) -> Reply:
        match step:
            case Send(upload):
                self._on_their_way[self._submit(upload)] = upload
            case Collect(timeout):
                return self._collect(timeout)
            case Sleep(seconds):
                time.sleep(seconds)
            case Ask(call):  # pragma: no branch - there are no other steps
                try:
                    return self._transport.call_with_response(call)
                except errors.TwelveLabsError as error:
                    return error
        return None

    def _collect(self, timeout: float | None) -> Ended:
        done, _ = wait(self._on_their_way, timeout, FIRST_COMPLETED)
        ended = [(self._on_their_way[future], outcome_of(future)) for future in done]
        for upload, outcome in ended:
            if not self._is_local and upload.size and isinstance(outcome.result, TasksCreateResponse):
                with suppress(StoppedError):
                    self._progress.tell(upload, upload.size)
        if self._progress.failure is not None:
            raise self._progress.failure
        for future in done:
            del self._on_their_way[future]
        return ended

    def _stop(self) -> None:
        """Begin no more uploads, and write down how those ended that were on their way, if they end soon."""
        for future, upload in list(self._on_their_way.items()):
            if future.cancel() and self._is_local:
                self._bulk.note(upload, Outcome(StoppedError("it was not begun")))
        running = [future for future in self._on_their_way if not future.cancelled()]
        for future in wait(running, None if self._is_local else 0).done:
            self._bulk.note(self._on_their_way[future], outcome_of(future))


def outcome_of(future: Future[Outcome]) -> Outcome:
    """Return how sending an input ended, which nobody knows if it was not this library's code that failed."""
    try:
        return future.result()
    except Exception as error:  # noqa: BLE001 - executors fail with exceptions of their own
        return Outcome(error, is_known=False)
