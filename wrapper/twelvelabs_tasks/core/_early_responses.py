"""Responses that come while a file is still being sent, from a server that then stops reading.

httpcore reads such a response where the connection breaks (`WriteError`), but not where writing times out, and the
streams of asyncio and trio cannot be read under TLS once a write was cut off. Both would lose the response. So its
documented `trace` extension turns the timeout into the other error, and has the streams of an async client keep what
comes while they write. A transport that is not httpcore's traces nothing, and goes on as it would; so does HTTP/2.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Any

from twelvelabs_tasks_api.http import httpx

__all__ = ["EarlyResponse"]

STREAM_MADE = ("connect_tcp.complete", "connect_unix_socket.complete", "start_tls.complete")
PATIENCE = 0.5  # seconds for which a response is waited for that must already be there
LARGE = 64 * 1024  # bytes; smaller writes, as of all requests without a file, do not get stuck
MOST_KEPT = 1024 * 1024  # bytes of what comes while a stream writes


class EarlyResponse:
    """The `trace` extension of one request, which reads an early response.

    Args:
        request: The request.
    """

    def __init__(self, request: httpx.Request) -> None:
        self._timeouts: dict[str, float | None] = request.extensions.get("timeout", {})
        self._others = request.extensions.get("trace")
        self.has_stalled = False

    def trace(self, name: str, info: dict[str, Any]) -> None:
        """Take note of an event of a sync client."""
        if self._others is not None:
            self._others(name, info)
        self._go_on_to_read(name, info)

    async def trace_async(self, name: str, info: dict[str, Any]) -> None:
        """Take note of an event of an async client."""
        if self._others is not None:
            await self._others(name, info)
        if name.endswith(STREAM_MADE):
            listen_while_writing(info["return_value"])
        self._go_on_to_read(name, info)

    def _go_on_to_read(self, name: str, info: dict[str, Any]) -> None:
        if name != "http11.send_request_body.failed":
            return
        failure = info["exception"]
        if type(failure).__name__ == "WriteTimeout":
            core = sys.modules[type(failure).__module__.partition(".")[0]]  # httpcore, or what took it over
            self.has_stalled = True
            self._timeouts["read"] = min(PATIENCE, self._timeouts.get("read") or PATIENCE)
            raise core.WriteError("the server stopped reading") from failure

    def explain(self, error: httpx.HTTPError) -> httpx.HTTPError:
        """Return what went wrong, given how it ended: where no response was there, the timeout of the write."""
        if not self.has_stalled:
            return error
        stalled = httpx.WriteTimeout("the server stopped reading")
        stalled.__cause__ = error
        return stalled


def listen_while_writing(stream: Any) -> None:
    """Have a stream of httpcore keep what comes while it writes, and return that first when it is read."""
    from anyio import create_task_group

    core = sys.modules[type(stream).__module__.partition(".")[0]]  # httpcore, or what took it over
    write, read, get_extra_info = stream.write, stream.read, stream.get_extra_info
    tls = get_extra_info("ssl_object")
    if tls is not None and tls.selected_alpn_protocol() == "h2":
        return  # there, other requests read while one writes
    received = bytearray()

    async def listen() -> None:
        with suppress(Exception):
            while len(received) < MOST_KEPT and (data := await read(LARGE, None)):
                received.extend(data)

    async def write_and_listen(buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - of httpcore
        if len(buffer) < LARGE:
            await write(buffer, timeout)
            return
        failure: Exception | None = None
        async with create_task_group() as group:
            group.start_soon(listen)
            try:
                await write(buffer, timeout)
            except (core.TimeoutException, core.NetworkError) as error:
                failure = error  # raised below, without the group that would go around it
            group.cancel_scope.cancel()
        if failure is not None:
            raise failure

    async def read_received(max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - of httpcore
        if received:
            data = bytes(received[:max_bytes])
            del received[:max_bytes]
            return data
        data = await read(max_bytes, timeout)
        return bytes(data)

    stream.write, stream.read = write_and_listen, read_received
    stream.get_extra_info = lambda name: (name == "is_readable" and bool(received)) or get_extra_info(name)
