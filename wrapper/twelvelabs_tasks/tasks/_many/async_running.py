"""Carries out the steps of a bulk creation with the async client, under asyncio or trio."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ..._bulk_result import BulkResult
from ...core._async_transport import AsyncTransport
from ...core._attempts import call_steps
from ...core._steps import drive_async
from .bulk import bulk_steps
from .plan import Plan
from .progress import Progress
from .senders import Senders
from .steps import Collect, Ended, Send, Stop
from .uploads import BulkUpload, Outcome

if TYPE_CHECKING:
    from anyio.abc import TaskGroup

__all__ = ["run_async"]


async def run_async(plan: Plan, transport: AsyncTransport) -> list[BulkResult]:
    """Run a bulk creation; return the results in the order of the inputs. Files are read off the event loop."""
    from anyio import create_task_group  # only async clients need it, and httpx has it

    transport.check_event_loop()
    progress = Progress(plan.on_progress)
    results: list[BulkResult] = []
    failure: BaseException | None = None
    async with create_task_group() as group:
        runner = AsyncRunner(plan, transport, progress, group)
        try:
            results = await drive_async(
                bulk_steps(plan, transport, progress, Senders.HERE), runner.carry_out, blocks=True
            )
        except BaseException as error:  # noqa: BLE001 - raised below, without the group that would go around it
            failure = error
            group.cancel_scope.cancel()
    if failure is not None:
        raise failure
    return results


class AsyncRunner:
    """Carries out steps, as `Runner` does, with a task for each input that is on its way."""

    def __init__(self, plan: Plan, transport: AsyncTransport, progress: Progress, group: TaskGroup) -> None:
        from anyio import Event

        self._plan = plan
        self._transport = transport
        self._progress = progress
        self._group = group
        self._sending = 0
        self._ended: Ended = []
        self._has_ended = Event()

    async def carry_out(self, step: Any) -> Any:
        """Carry out one step and return its outcome."""
        from anyio.lowlevel import checkpoint_if_cancelled

        match step:
            case Send(upload):
                await checkpoint_if_cancelled()  # all that uses files is shielded, and need not wait for anything else
                self._group.start_soon(self._send, upload)
                return None
            case Collect(timeout):
                return await self._collect(timeout)
            case Stop():
                return await self._stop()
        return await self._transport.carry_out(step)

    async def _send(self, upload: BulkUpload) -> None:
        try:
            self._sending += 1
            call = self._plan.call(upload, self._progress.callback_for(upload))
            task, _ = await self._transport.run(call_steps(self._transport, call))
            self._ended.append((upload, Outcome(task)))
        except Exception as error:  # noqa: BLE001 - one failure never stops the others; the caller gets it as a result
            self._ended.append((upload, Outcome.of_error(error)))
        finally:
            self._sending -= 1
            self._has_ended.set()

    async def _collect(self, timeout: float | None) -> Ended:  # noqa: ASYNC109 - to wait no longer is no failure
        from anyio import move_on_after
        from anyio.lowlevel import checkpoint_if_cancelled

        await checkpoint_if_cancelled()
        if not self._ended:
            with move_on_after(timeout):
                await self._has_ended.wait()
        return self._take()

    async def _stop(self) -> Ended:
        from anyio import CancelScope, Event, get_cancelled_exc_class
        from anyio.lowlevel import checkpoint

        self._group.cancel_scope.cancel()
        with CancelScope(shield=True):
            with suppress(get_cancelled_exc_class()):
                await checkpoint()  # what has not begun by now never will
            while self._sending:
                with suppress(get_cancelled_exc_class()):  # asyncio's own passes the shield, and comes a second time
                    await self._has_ended.wait()
                self._has_ended = Event()
        return self._take()

    def _take(self) -> Ended:
        from anyio import Event

        ended, self._ended, self._has_ended = self._ended, [], Event()
        return ended
