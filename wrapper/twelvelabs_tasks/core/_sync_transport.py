"""Carries out the steps of calls with an `httpx.Client`."""

from __future__ import annotations

import threading
import time
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any, TypeVar

from twelvelabs_tasks_api.http import httpx
from twelvelabs_tasks_api.operations import Operation, RequestOptions

from ._attempts import call_steps
from ._calls import Call
from ._connection_errors import translate_error
from ._redaction import hide_api_key
from ._settings import MAX_CONNECTIONS
from ._steps import Exchange, Notify, Sleep, Steps, Work, drive
from ._transport import LONGEST_SLEEP, Transport, finish_response, has_turn, late_error, limit_response

if TYPE_CHECKING:
    from twelvelabs_tasks_api.pagers import Page, SyncPager

    from ._pages import PageCall

__all__ = ["SyncTransport"]

T = TypeVar("T")


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
        from ._pages import PageCall  # here, because not everybody makes lists

        return self._page(PageCall.first(operation, options))

    def _page(self, page: PageCall[T]) -> SyncPager[T]:
        contents, response = self.run(call_steps(self, page.call))
        hide_api_key(response)
        from twelvelabs_tasks_api.pagers import SyncPager

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
            return self._send_in_turn(client, exchange)
        from ._threads import start_daemon  # here, because it is rarely needed

        # Without a turn, so that a thread that is left behind keeps nobody from theirs; and it ends by its timeouts.
        limit_timeouts(exchange, exchange.deadline)
        sending = start_daemon(lambda: self._send(client, exchange))
        try:
            return sending.result(max(0.0, exchange.deadline - time.monotonic()))
        except TimeoutError:
            if sending.done():
                return sending.result()
            raise late_error(exchange) from None

    def _send(self, client: httpx.Client, exchange: Exchange) -> httpx.Response:
        early = None
        if exchange.upload is not None:
            from ._early_responses import EarlyResponse  # here, because few operations have files

            early = EarlyResponse(exchange.request)
            exchange.request.extensions["trace"] = early.trace
        try:
            response = client.send(exchange.request, stream=True, follow_redirects=False)
            try:
                if limit_response(self.settings, response, exchange):
                    response.read()
            except BaseException:
                response.close()
                raise
        except httpx.HTTPError as error:
            raise translate_error(error, exchange, early)  # noqa: B904 - it has its cause
        return finish_response(response)

    def _begin_turns(self) -> None:
        self._turns: AbstractContextManager[object] = (
            threading.Semaphore(MAX_CONNECTIONS) if self.owns_client else nullcontext()
        )

    def _send_in_turn(self, client: httpx.Client, exchange: Exchange) -> httpx.Response:
        with nullcontext() if has_turn.get() else self._turns:
            token = has_turn.set(True)
            try:
                return self._send(client, exchange)
            finally:
                has_turn.reset(token)


def limit_timeouts(exchange: Exchange, deadline: float) -> None:
    """Let no part of an exchange wait for longer than until its deadline."""
    left = max(0.001, deadline - time.monotonic())
    timeouts = exchange.request.extensions.get("timeout", {})
    for name in ("connect", "read", "write", "pool"):
        seconds = timeouts.get(name)
        timeouts[name] = left if seconds is None else min(seconds, left)
