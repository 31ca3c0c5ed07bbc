"""Carries out the steps of a bulk creation with the sync client, on threads or with any other executor."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any, TypeAlias

from ..._bulk_result import BulkResult
from ...core._attempts import call_steps
from ...core._steps import drive
from ...core._sync_transport import SyncTransport
from ...types import TasksCreateResponse
from .bulk import bulk_steps
from .plan import Plan
from .progress import NOT_BEGUN, Progress, StoppedError
from .remote import ClientSettings, Errand, run_errand
from .senders import Senders
from .steps import Collect, Ended, Send, Stop
from .uploads import BulkUpload, Outcome

if TYPE_CHECKING:
    from ..._client import TwelveLabs

__all__ = ["run"]


Submit: TypeAlias = Callable[[BulkUpload], Future[Outcome]]


def run(
    plan: Plan, transport: SyncTransport, executor: Executor | None, client_factory: Callable[[], TwelveLabs] | None
) -> list[BulkResult]:
    """Run a bulk creation with an executor, `None` for one of its own; return the results."""
    senders = Senders.of(executor)
    progress = Progress(plan.on_progress)
    with ExitStack() as stack:
        if executor is None:
            executor = stack.enter_context(ThreadPoolExecutor(plan.max_concurrency, "twelvelabs-bulk"))
        if senders is Senders.HERE:
            submit = local_submit(executor, transport, plan, progress)
        else:
            make_client = client_factory or ClientSettings.of(transport.settings)
            submit = remote_submit(executor, make_client, plan, is_pickled=senders is Senders.CHILDREN)
        runner = Runner(transport, submit, progress, senders)
        return drive(bulk_steps(plan, transport, progress, senders), runner.carry_out)


def local_submit(executor: Executor, transport: SyncTransport, plan: Plan, progress: Progress) -> Submit:
    """Return what sends an input on a thread of this process, with the caller's client."""

    def send(upload: BulkUpload) -> Outcome:
        return Outcome.capture(
            lambda: transport.run(call_steps(transport, plan.call(upload, progress.callback_for(upload))))[0]
        )

    return lambda upload: executor.submit(send, upload)


def remote_submit(executor: Executor, make_client: Callable[[], TwelveLabs], plan: Plan, *, is_pickled: bool) -> Submit:
    """Return what has an input sent by another process, with a client of its own."""

    def submit(upload: BulkUpload) -> Future[Outcome]:
        errand = Errand.of(upload, plan.new_task_once, make_client)
        if is_pickled:
            pickle.dumps(errand)  # here it says what is wrong; in the pool, it would look as if an upload was lost
        return executor.submit(run_errand, errand)

    return submit


class Runner:
    """Carries out steps. Ledger, progress and pauses stay with the thread that runs it.

    Args:
        transport: What reads lists.
        submit: What sends an input.
        progress: How far all inputs got.
        senders: Who sends.
    """

    def __init__(self, transport: SyncTransport, submit: Submit, progress: Progress, senders: Senders) -> None:
        self._transport = transport
        self._submit = submit
        self._progress = progress
        self._senders = senders
        self._on_their_way: dict[Future[Outcome], BulkUpload] = {}

    def carry_out(self, step: Any) -> Any:
        """Carry out one step and return its outcome."""
        match step:
            case Send(upload):
                self._on_their_way[self._submit(upload)] = upload
                return None
            case Collect(timeout):
                return self._collect(wait(self._on_their_way, timeout, FIRST_COMPLETED).done)
            case Stop():
                return self._stop()
        return self._transport.carry_out(step)

    def _collect(self, done: set[Future[Outcome]]) -> Ended:
        ended = [(self._on_their_way.pop(future), outcome_of(future)) for future in done]
        for upload, outcome in ended:
            if self._senders is not Senders.HERE and upload.size and isinstance(outcome.result, TasksCreateResponse):
                with suppress(StoppedError):
                    self._progress.report(upload, upload.size)
        return ended

    def _stop(self) -> Ended:
        """Cancel what has not begun, and wait for all others: those of other processes are sent to their end."""
        # What a cluster says is cancelled may go on.
        not_begun = {
            future for future in self._on_their_way if self._senders is not Senders.WORKERS and future.cancel()
        }
        done, _ = wait(self._on_their_way)
        return [
            (self._on_their_way[future], NOT_BEGUN if future in not_begun else outcome_of(future)) for future in done
        ]


def outcome_of(future: Future[Outcome]) -> Outcome:
    """Return how sending an input ended, which nobody knows if it was not this library's code that failed."""
    try:
        return future.result()
    except BaseException as error:  # noqa: BLE001 - executors fail with exceptions of their own; workers meet ctrl-C
        return Outcome(error if isinstance(error, Exception) else RuntimeError(repr(error)), is_known=False)
