"""Results with the responses they were read from, as `with_raw_response` returns them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from types import MethodType
from typing import Concatenate, ParamSpec, TypeVar

from twelvelabs_tasks_api.http import httpx
from twelvelabs_tasks_api.raw_responses import RawResponse

from ._async_transport import AsyncTransport
from ._redaction import hide_api_key
from ._steps import Exchange, Steps, drive_async
from ._sync_transport import SyncTransport

__all__ = ["with_awaited_response", "with_response"]

T = TypeVar("T")
C = TypeVar("C")
P = ParamSpec("P")


def with_response(
    transport: SyncTransport, client: Callable[[SyncTransport], C], method: Callable[Concatenate[C, P], T]
) -> Callable[P, RawResponse[T]]:
    """Return a method of a client, bound to a transport, so that it returns a `RawResponse`."""

    @wraps(MethodType(method, client(transport)))
    def call(*args: P.args, **kwargs: P.kwargs) -> RawResponse[T]:
        recorder = SyncRecorder(transport)
        data = method(client(recorder), *args, **kwargs)
        return RawResponse(data, recorder.response)

    return call


def with_awaited_response(
    transport: AsyncTransport, client: Callable[[AsyncTransport], C], method: Callable[Concatenate[C, P], Awaitable[T]]
) -> Callable[P, Awaitable[RawResponse[T]]]:
    """Do as `with_response` does, for an async client."""

    @wraps(MethodType(method, client(transport)))
    async def call(*args: P.args, **kwargs: P.kwargs) -> RawResponse[T]:
        recorder = AsyncRecorder(transport)
        data = await method(client(recorder), *args, **kwargs)
        return RawResponse(data, recorder.response)

    return call


class SyncRecorder(SyncTransport):
    """A transport that sends through another one, and keeps the last response.

    Attributes:
        response: That response.
    """

    response: httpx.Response

    def __init__(self, transport: SyncTransport) -> None:
        self.settings = transport.settings
        self.headers = transport.headers
        self.creations = transport.creations
        self._transport = transport

    @property
    def client(self) -> httpx.Client:
        """The client of the other transport."""
        return self._transport.client

    def run(self, steps: Steps[T]) -> T:
        """Carry out steps, and take the API key out of what is kept."""
        result = super().run(steps)
        hide_api_key(self.response)
        return result

    def exchange(self, exchange: Exchange) -> httpx.Response:
        """Send a request, keep its response and return it."""
        self.response = self._transport.exchange(exchange)
        return self.response


class AsyncRecorder(AsyncTransport):
    """The async twin of `SyncRecorder`."""

    response: httpx.Response

    def __init__(self, transport: AsyncTransport) -> None:
        self.settings = transport.settings
        self.headers = transport.headers
        self.creations = transport.creations
        self._transport = transport

    @property
    def client(self) -> httpx.AsyncClient:
        """The client of the other transport."""
        return self._transport.client

    async def run(self, steps: Steps[T]) -> T:
        """Carry out steps, and take the API key out of what is kept."""
        self._transport.check_event_loop()
        result = await drive_async(steps, self.carry_out)
        hide_api_key(self.response)
        return result

    async def exchange(self, exchange: Exchange) -> httpx.Response:
        """Send a request, keep its response and return it."""
        self.response = await self._transport.exchange(exchange)
        return self.response
