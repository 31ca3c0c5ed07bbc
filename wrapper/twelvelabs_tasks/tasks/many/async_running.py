"""Runs a bulk creation with the async client, under asyncio or trio."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from ... import errors
from ...bulk_result import BulkResult
from ...core.transport import AsyncTransport
from ...types import TasksCreateResponse
from .bulk import Bulk
from .ledger import Ledger
from .plan import Plan
from .progress import Progress
from .steps import Ask, Collect, Ended, Reply, Send, Sleep, Step
from .uploads import BulkUpload, Outcome

if TYPE_CHECKING:
    from anyio.abc import TaskGroup

__all__ = ["run_async"]


async def run_async(plan: Plan, transport: AsyncTransport) -> list[BulkResult]:
    """Run a bulk creation; return the results in the order of the inputs. Files are read off the event loop."""
    from anyio import CancelScope, to_thread  # only async clients need it, and httpx has it

    progress = Progress(plan.on_progress)
    ledger = await to_thread.run_sync(Ledger, plan.ledger)
    try:
        bulk = Bulk(plan, ledger, progress, only_paths=False)
        return await AsyncRunner(plan, bulk, transport, progress).run()
    finally:
        with CancelScope(shield=True):
            await to_thread.run_sync(ledger.close)


class AsyncRunner:
    """Does what a bulk creation asks for, as `Runner` does, with a task for each input that is on its way."""

    def __init__(self, plan: Plan, bulk: Bulk, transport: AsyncTransport, progress: Progress) -> None:
        from anyio import Event

        self._plan = plan
        self._bulk = bulk
        self._transport = transport
        self._progress = progress
        self._ended: Ended = []
        self._has_ended = Event()

    async def run(self) -> list[BulkResult]:
        """Return the results. What ends it early leaves in the ledger what is known."""
        from anyio import CancelScope, create_task_group, to_thread

        failure: Exception | None = None
        results: list[BulkResult] = []
        try:
            async with create_task_group() as group:
                try:
                    results = await self._all_steps(group)
                except Exception as error:  # noqa: BLE001 - raised below, without the group that would go around it
                    failure = error
                group.cancel_scope.cancel()
        finally:
            with CancelScope(shield=True):
                await to_thread.run_sync(self._note_rest)
        if failure is not None:
            raise failure
        return results

    async def _all_steps(self, group: TaskGroup) -> list[BulkResult]:
        from anyio import to_thread

        step = await to_thread.run_sync(self._bulk.advance, None)
        while not isinstance(step, list):
            step = await to_thread.run_sync(self._bulk.advance, await self._reply_to(step, group))
        return step

    async def _reply_to(self, step: Step, group: TaskGroup) -> Reply:
        from anyio import sleep

        match step:
            case Send(upload):
                group.start_soon(self._send, upload)
            case Collect(timeout):
                return await self._collect(timeout)
            case Sleep(seconds):
                await sleep(seconds)
            case Ask(call):  # pragma: no branch - there are no other steps
                try:
                    return await self._transport.call_with_response(call)
                except errors.TwelveLabsError as error:
                    return error
        return None

    async def _send(self, upload: BulkUpload) -> None:
        outcome = await Outcome.of_awaitable(self._create(upload))
        self._ended.append((upload, outcome))
        self._has_ended.set()

    async def _create(self, upload: BulkUpload) -> TasksCreateResponse:
        return await self._transport.call(self._plan.arguments.call(upload, self._progress.of(upload)))

    async def _collect(self, timeout: float | None) -> Ended:  # noqa: ASYNC109 - to wait no longer is no failure
        from anyio import Event, move_on_after

        if not self._ended:
            with move_on_after(timeout):
                await self._has_ended.wait()
        if self._progress.failure is not None:
            raise self._progress.failure
        ended, self._ended, self._has_ended = self._ended, [], Event()
        return ended

    def _note_rest(self) -> None:
        with suppress(errors.LedgerError):  # there is something worse to tell
            for upload, outcome in self._ended:
                self._bulk.note(upload, outcome)
