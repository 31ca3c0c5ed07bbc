"""Carries out the steps of calls with httpx, for sync and for async clients."""

from __future__ import annotations

import inspect
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import TimeoutError as LateError
from contextlib import AbstractAsyncContextManager, AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from twelvelabs_tasks_api.http import httpx
from twelvelabs_tasks_api.operations import Operation, RequestOptions
from twelvelabs_tasks_api.pagers import AsyncPager, Page, SyncPager

from .. import errors
from ._attempts import call_steps
from ._calls import Call
from ._connection_errors import translate_errors
from ._creations import Creations
from ._early_responses import EarlyResponse
from ._pages import PageCall
from ._redaction import hide_api_key, redact, redact_request
from ._response_bodies import check_length, limit_body
from ._settings import MAX_CONNECTIONS, Settings
from ._steps import Exchange, Notify, Sleep, Steps, Work, drive, drive_async
from ._threads import run_in_daemon_thread, run_in_thread, start_daemon

__all__ = ["AsyncTransport", "SyncTransport", "Transport"]

T = TypeVar("T")
C = TypeVar("C", httpx.Client, httpx.AsyncClient)

logger = logging.getLogger("twelvelabs_tasks")

LONGEST_SLEEP = 1e8  # seconds, which are years; the clocks of operating systems have limits

_has_turn: ContextVar[bool] = ContextVar("has_turn", default=False)
"""Whether a request is made on behalf of another one, by a callback: it must not wait for that one to end."""


class Transport(Generic[C]):
    """What the sync and the async transport share: whose connections they use, and from where.

    Args:
        settings: What all calls have in common.
        client: The client to send with.
        make_client: Makes another one after a fork; `None` if the client is the caller's.
        creations: What is known of the creations of this client. Default: nothing.
    """

    def __init__(
        self,
        settings: Settings,
        client: C,
        make_client: Callable[[], C] | None,
        creations: Creations | None = None,
    ) -> None:
        self.settings = settings
        self.creations = creations or Creations()
        self.owns_client = make_client is not None
        self._make_client: Callable[[], C] | None = make_client
        self._client: C = client
        self._process: int | None = None  # where its connections are
        self._begin_turns()

    @property
    def client(self) -> C:
        """The client of httpx to send with.

        Its connections are those of one process: in a child that was forked, the pool begins anew.

        Raises:
            errors.TwelveLabsError: The client is the caller's, and was used before this process was forked.
        """
        self._enter_process()
        return self._client

    def _enter_process(self) -> None:
        process = os.getpid()
        if self._process == process:
            return
        if self._process is not None and not self._client.is_closed:
            if self._make_client is None:
                raise errors.TwelveLabsError(
                    "This client was used before the process was forked, and its httpx_client shares connections with "
                    "the parent process. Make a new client in the child process."
                )
            self._client = self._make_client()
            self._begin_turns()
            self.creations.begin_anew()
        self._process = process

    def _begin_turns(self) -> None:
        raise NotImplementedError


class SyncTransport(Transport[httpx.Client]):
    """Carries out steps with an `httpx.Client`."""

    def call(self, operation: Operation[T], options: RequestOptions | None = None) -> T:
        """Send an operation and return its result."""
        return self.run(call_steps(self, Call(operation, options)))[0]

    def call_with_response(
        self, operation: Operation[T], options: RequestOptions | None = None
    ) -> tuple[T, httpx.Response]:
        """Send an operation and return its result with the response that it was read from."""
        result, response = self.run(call_steps(self, Call(operation, options)))
        hide_api_key(response)
        return result, response

    def pages(self, operation: Operation[Page[T]], options: RequestOptions | None = None) -> SyncPager[T]:
        """Send the operation of a list and return its first page."""
        return self._page(PageCall.first(operation, options))

    def _page(self, page: PageCall[T]) -> SyncPager[T]:
        contents, response = self.run(call_steps(self, page.call))
        hide_api_key(response)
        return SyncPager(*page.contents(contents), response, lambda: self._page(page.next()))

    def run(self, steps: Steps[T]) -> T:
        """Carry out steps and return their result."""
        return drive(steps, self.carry_out)

    def carry_out(self, step: Any) -> Any:
        """Carry out one step and return its outcome."""
        match step:
            case Exchange():
                return self.exchange(step)
            case Sleep(seconds):
                time.sleep(min(seconds, LONGEST_SLEEP))
            case Work(function):
                return function()
            case Notify(callback, value):
                callback(value)
            case _:  # pragma: no cover - there are no other steps
                raise AssertionError(step)
        return None

    def exchange(self, exchange: Exchange) -> httpx.Response:
        """Send a request and return its response, in a thread of its own if there is a deadline."""
        client = self.client
        if exchange.deadline is None:
            with self._turn():
                return self._send(client, exchange)
        # Without a turn, so that a thread that is left behind keeps nobody from theirs; and it ends by its timeouts.
        limit_timeouts(exchange, exchange.deadline)
        sending = start_daemon(lambda: self._send(client, exchange))
        try:
            return sending.result(max(0.0, exchange.deadline - time.monotonic()))
        except LateError:
            if sending.done():
                return sending.result()
            raise late_error(exchange) from None

    def _send(self, client: httpx.Client, exchange: Exchange) -> httpx.Response:
        early = EarlyResponse(exchange.request)
        if exchange.upload is not None:
            exchange.request.extensions["trace"] = early.trace
        with translate_errors(exchange, early):
            response = client.send(exchange.request, stream=True, follow_redirects=False)
            try:
                if limit_response(self.settings, response, exchange):
                    response.read()
            except BaseException:
                response.close()
                raise
        return log_response(response)

    def _begin_turns(self) -> None:
        self._turns: AbstractContextManager[object] = (
            threading.Semaphore(MAX_CONNECTIONS) if self.owns_client else nullcontext()
        )

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with nullcontext() if _has_turn.get() else self._turns:
            token = _has_turn.set(True)
            try:
                yield
            finally:
                _has_turn.reset(token)


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
        return await self._page(PageCall.first(operation, options))

    async def _page(self, page: PageCall[T]) -> AsyncPager[T]:
        contents, response = await self.run(call_steps(self, page.call))
        hide_api_key(response)
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
            return await self._send(self.client, exchange)
        with move_on_after(max(0.0, exchange.deadline - time.monotonic())):
            return await self._send(self.client, exchange)
        raise late_error(exchange)

    async def _send(self, client: httpx.AsyncClient, exchange: Exchange) -> httpx.Response:
        async with nullcontext() if _has_turn.get() else self._turns:
            token = _has_turn.set(True)
            try:
                return await self._send_in_turn(client, exchange)
            finally:
                _has_turn.reset(token)

    async def _send_in_turn(self, client: httpx.AsyncClient, exchange: Exchange) -> httpx.Response:
        early = EarlyResponse(exchange.request)
        exchange.request.extensions["trace"] = early.trace_async  # any request may make the connection of an upload
        with translate_errors(exchange, early):
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
        return log_response(response)

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


def limit_response(settings: Settings, response: httpx.Response, exchange: Exchange) -> bool:
    """Have a response read within bounds; return whether that is still to be done, or was by a hook of the caller."""
    if exchange.upload is not None and response.status_code < 300:
        exchange.upload.may_have_created = True  # even if it came early, and if nobody can read it
    if response.is_closed:
        check_length(response, settings.max_response_bytes)
        return False
    limit_body(response, settings.max_response_bytes)
    return True


def limit_timeouts(exchange: Exchange, deadline: float) -> None:
    """Let no part of an exchange wait for longer than until its deadline."""
    left = max(0.001, deadline - time.monotonic())
    timeouts = exchange.request.extensions.get("timeout", {})
    for name in ("connect", "read", "write", "pool"):
        seconds = timeouts.get(name)
        timeouts[name] = left if seconds is None else min(seconds, left)


async def close_body(request: httpx.Request) -> None:
    """End the iteration over the body of a request, which httpx leaves where a connection breaks."""
    await cast("httpx.AsyncByteStream", request.stream).aclose()


def late_error(exchange: Exchange) -> errors.ApiTimeoutError:
    """Return the exception for a response that did not come by its deadline."""
    request = redact_request(exchange.request)
    return errors.ApiTimeoutError(
        f"{request.method} {request.url.copy_with(query=None)} failed: no response in time", request=request
    )


def log_response(response: httpx.Response) -> httpx.Response:
    """Return a response, and log that it came."""
    if logger.isEnabledFor(logging.DEBUG):
        request = response.request
        url = redact(str(request.url.copy_with(query=None)), request)
        logger.debug("%s %s: %d", request.method, url, response.status_code)
    return response
