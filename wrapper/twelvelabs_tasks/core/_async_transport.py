"""Carries out the steps of calls with an `httpx.AsyncClient`."""

from __future__ import annotations

import inspect
import time
from contextlib import AbstractAsyncContextManager, nullcontext
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from twelvelabs_tasks_api.http import httpx
from twelvelabs_tasks_api.operations import Operation, RequestOptions

from .. import errors
from ._attempts import call_steps
from ._calls import Call
from ._connection_errors import translate_error
from ._early_responses import EarlyResponse
from ._redaction import hide_api_key
from ._settings import MAX_CONNECTIONS
from ._steps import Exchange, Notify, Sleep, Steps, Work, drive_async
from ._threads import run_in_daemon_thread, run_in_thread
from ._transport import LONGEST_SLEEP, Transport, finish_response, has_turn, late_error, limit_response

if TYPE_CHECKING:
    from twelvelabs_tasks_api.pagers import AsyncPager, Page

    from ._pages import PageCall

__all__ = ["AsyncTransport"]

T = TypeVar("T")


class AsyncTransport(Transport[httpx.AsyncClient]):
    """Carries out steps with an `httpx.AsyncClient`, under asyncio or trio, always in the same event loop."""

    _event_loop: object = None

    async def call(self, operation: Operation[T], options: RequestOptions | None = None) -> T:
        """Send an operation and return its result."""
        return (await self.run(call_steps(self, Call(operation, options))))[0]

    async def call_with_response(
        self, operation: Operation[T], options: RequestOptions | None = None
    ) -> tuple[T, httpx.Response]:
        """Send an operation and return its result with the response that it was read from."""
        result, response = await self.run(call_steps(self, Call(operation, options)))
        hide_api_key(response)
        return result, response

    async def pages(self, operation: Operation[Page[T]], options: RequestOptions | None = None) -> AsyncPager[T]:
        """Send the operation of a list and return its first page."""
        from ._pages import PageCall  # here, because not everybody makes lists

        return await self._page(PageCall.first(operation, options))

    async def _page(self, page: PageCall[T]) -> AsyncPager[T]:
        contents, response = await self.run(call_steps(self, page.call))
        hide_api_key(response)
        from twelvelabs_tasks_api.pagers import AsyncPager

        return AsyncPager(*page.contents(contents), response, lambda: self._page(page.next()))

    async def run(self, steps: Steps[T]) -> T:
        """Carry out steps and return their result."""
        self.check_event_loop()
        return await drive_async(steps, self.carry_out)

    async def carry_out(self, step: Any) -> Any:
        """Carry out one step and return its outcome."""
        from anyio import sleep  # only async clients need it, and httpx has it

        match step:
            case Exchange():
                return await self.exchange(step)
            case Sleep(seconds):
                await sleep(min(seconds, LONGEST_SLEEP))
            case Work(function, may_stall):
                return await (run_in_daemon_thread if may_stall else run_in_thread)(function)
            case Notify(callback, value):
                returned = callback(value)
                if inspect.isawaitable(returned):
                    await returned
            case _:  # pragma: no cover - there are no other steps
                raise AssertionError(step)
        return None

    async def exchange(self, exchange: Exchange) -> httpx.Response:
        """Send a request and return its response."""
        from anyio import move_on_after

        if exchange.deadline is None:
            return await self._send_in_turn(self.client, exchange)
        with move_on_after(max(0.0, exchange.deadline - time.monotonic())):
            return await self._send_in_turn(self.client, exchange)
        raise late_error(exchange)

    async def _send_in_turn(self, client: httpx.AsyncClient, exchange: Exchange) -> httpx.Response:
        async with nullcontext() if has_turn.get() else self._turns:
            token = has_turn.set(True)
            try:
                return await self._send(client, exchange)
            finally:
                has_turn.reset(token)

    async def _send(self, client: httpx.AsyncClient, exchange: Exchange) -> httpx.Response:
        early = EarlyResponse(exchange.request)
        exchange.request.extensions["trace"] = early.trace_async  # any request may make the connection of an upload
        try:
            try:
                response = await client.send(exchange.request, stream=True, follow_redirects=False)
            finally:
                await close_body(exchange.request)
            try:
                if limit_response(self.settings, response, exchange):
                    await response.aread()
            except BaseException:
                await response.aclose()
                raise
        except httpx.HTTPError as error:
            raise translate_error(error, exchange, early)  # noqa: B904 - it has its cause
        return finish_response(response)

    def _begin_turns(self) -> None:
        self.__dict__.pop("_turns", None)
        self._event_loop = None

    @cached_property
    def _turns(self) -> AbstractAsyncContextManager[object]:
        """The turns of requests, of which only so many are sent at a time, the others waiting here in their order.

        In the pool of the client they would be looked through whenever another ends: a thousand take a minute there.
        """
        from anyio import Semaphore

        return Semaphore(MAX_CONNECTIONS, fast_acquire=True) if self.owns_client else nullcontext()

    def check_event_loop(self) -> None:
        """Raise TwelveLabsError in another event loop than the one that the connections belong to."""
        from anyio.lowlevel import current_token

        self._enter_process()
        event_loop = current_token()
        if self._event_loop is None:
            self._event_loop = event_loop
        elif self._event_loop != event_loop:
            raise errors.TwelveLabsError(
                "This client was used in another event loop, which its connections belong to. Make one client in each."
            )


async def close_body(request: httpx.Request) -> None:
    """End the iteration over the body of a request, which httpx leaves where a connection breaks."""
    await cast("httpx.AsyncByteStream", request.stream).aclose()
