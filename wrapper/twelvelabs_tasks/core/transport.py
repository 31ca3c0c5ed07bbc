"""Sends calls: opens their files, retries, follows redirects, turns what goes wrong into this library's exceptions."""

from __future__ import annotations

import logging
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, nullcontext, suppress
from functools import cached_property
from typing import Any, TypeVar

import httpx
import tenacity

from .. import errors
from .answers import bound, check_length
from .calls import Call, read_answer
from .files import check_video
from .outcomes import known_outcome
from .redaction import without_api_key
from .requests import build_request, following
from .retries import retry_arguments
from .settings import Settings
from .uploads import Upload, start_of

__all__ = ["AsyncTransport", "SyncTransport"]

T = TypeVar("T")

logger = logging.getLogger("twelvelabs_tasks")

# The exceptions of httpx and what they become, the particular ones first.
TRANSLATIONS: dict[type[httpx.HTTPError], type[errors.ApiConnectionError | errors.ResponseError]] = {
    httpx.TimeoutException: errors.ApiTimeoutError,
    httpx.DecodingError: errors.ResponseError,
    httpx.HTTPError: errors.ApiConnectionError,
}


class SyncTransport:
    """Sends calls with an `httpx.Client`."""

    def __init__(self, settings: Settings, client: httpx.Client) -> None:
        self.settings = settings
        self.client = client

    def call(self, call: Call[T]) -> T:
        """Send a call and return its result."""
        return self.call_with_response(call)[0]

    def call_with_response(self, call: Call[T]) -> tuple[T, httpx.Response]:
        """Send a call and return its result with the answer it was read from.

        The first attempt is made without tenacity, which takes a tenth of the time of a short call.
        """
        with opened(self.settings, call) as upload, known_outcome(call, upload):
            try:
                return self._attempt(call, upload)
            except errors.TwelveLabsError as error:
                failed = [error]

            def again() -> tuple[T, httpx.Response]:
                if failed:
                    raise failed.pop()  # tenacity begins with the attempt that was made without it
                return self._attempt(call, upload)

            return tenacity.Retrying(**retrying(self.settings, call, upload))(again)

    def _attempt(self, call: Call[T], upload: Upload | None) -> tuple[T, httpx.Response]:
        request = build_request(self.client, self.settings, call, upload)
        hops = 0
        while True:
            response = self._send(request, upload)
            target = following(self.settings, response, hops)
            if target is None:
                return read_answer(call, response), response
            request, hops = target, hops + 1

    def _send(self, request: httpx.Request, upload: Upload | None) -> httpx.Response:
        with translated(request, upload):
            response = self.client.send(request, stream=True, follow_redirects=False)
            try:
                if not is_read(self.settings, response):
                    response.read()
            except BaseException:
                response.close()
                raise
        return logged(response)


class AsyncTransport:
    """Sends calls with an `httpx.AsyncClient`, under asyncio or trio.

    Args:
        settings: What all calls have in common.
        client: What sends them.
        most_at_once: How many requests are under way at a time, the others waiting here in their order. In the pool of
            the client they would be looked through whenever another ends: a thousand take a minute there, not seconds.
            Default: all of them.
    """

    def __init__(self, settings: Settings, client: httpx.AsyncClient, *, most_at_once: int | None = None) -> None:
        self.settings = settings
        self.client = client
        self._most_at_once = most_at_once

    @cached_property
    def _turns(self) -> AbstractAsyncContextManager[object]:
        from anyio import Semaphore  # only async clients need it, and httpx has it

        return nullcontext() if self._most_at_once is None else Semaphore(self._most_at_once, fast_acquire=True)

    async def call(self, call: Call[T]) -> T:
        """Send a call and return its result."""
        return (await self.call_with_response(call))[0]

    async def call_with_response(self, call: Call[T]) -> tuple[T, httpx.Response]:
        """Send a call and return its result with the answer it was read from."""
        from anyio import sleep  # only async clients need it, and httpx has it

        async with opened_in_thread(self.settings, call) as upload:
            with known_outcome(call, upload):
                try:
                    return await self._attempt(call, upload)
                except errors.TwelveLabsError as error:
                    failed = [error]

                async def again() -> tuple[T, httpx.Response]:
                    if failed:
                        raise failed.pop()
                    return await self._attempt(call, upload)

                return await tenacity.AsyncRetrying(sleep=sleep, **retrying(self.settings, call, upload))(again)

    async def _attempt(self, call: Call[T], upload: Upload | None) -> tuple[T, httpx.Response]:
        request = build_request(self.client, self.settings, call, upload)
        hops = 0
        while True:
            response = await self._send(request, upload)
            target = following(self.settings, response, hops)
            if target is None:
                return read_answer(call, response), response
            request, hops = target, hops + 1

    async def _send(self, request: httpx.Request, upload: Upload | None) -> httpx.Response:
        async with self._turns:
            return await self._send_in_turn(request, upload)

    async def _send_in_turn(self, request: httpx.Request, upload: Upload | None) -> httpx.Response:
        with translated(request, upload):
            try:
                response = await self.client.send(request, stream=True, follow_redirects=False)
            finally:
                await close_body(request)
            try:
                if not is_read(self.settings, response):
                    await response.aread()
            except BaseException:
                await response.aclose()
                raise
        return logged(response)


def retrying(settings: Settings, call: Call[Any], upload: Upload | None) -> dict[str, Any]:
    """Return the arguments of `tenacity.Retrying` for a call."""
    retries = (call.options or {}).get("max_retries")
    return retry_arguments(
        settings.max_retries if retries is None else retries, repeatable=call.repeatable, upload=upload
    )


def is_read(settings: Settings, response: httpx.Response) -> bool:
    """Whether an answer has been read by a hook of the caller; if not, have it read within bounds."""
    if response.is_closed:
        check_length(response, settings.max_response_bytes)
        return True
    bound(response, settings.max_response_bytes)
    return False


async def close_body(request: httpx.Request) -> None:
    """End the iteration over the body of a request, which httpx leaves where a connection breaks."""
    assert isinstance(request.stream, httpx.AsyncByteStream)
    await request.stream.aclose()


def logged(response: httpx.Response) -> httpx.Response:
    """Return an answer, and log that it came."""
    if logger.isEnabledFor(logging.DEBUG):
        logger.debug("%s: %d", _shown(response.request), response.status_code)
    return response


@contextmanager
def opened(settings: Settings, call: Call[Any]) -> Iterator[Upload | None]:
    """Open the file of a call, if it has one, for all attempts to send it."""
    if call.video is None:
        yield None
        return
    with call.video.opened() as stream:
        upload = Upload(call.video, stream, max_bytes=settings.max_upload_bytes, on_progress=call.on_progress)
        if call.preflight:
            check_video(stream, start_of(stream))
        yield upload


@asynccontextmanager
async def opened_in_thread(settings: Settings, call: Call[Any]) -> AsyncIterator[Upload | None]:
    """Do as `opened` does, off the event loop."""
    if call.video is None:
        yield None
        return
    from anyio import CancelScope, to_thread  # only async clients need it, and httpx has it

    opening = opened(settings, call)
    upload = await to_thread.run_sync(opening.__enter__)
    try:
        yield upload
    finally:
        with CancelScope(shield=True):
            try:
                await to_thread.run_sync(opening.__exit__, None, None, None)
            except BaseException:  # Nothing is shielded from asyncio's own cancellation.
                with suppress(ValueError):  # A thread is at it.
                    opening.gen.close()
                raise


@contextmanager
def translated(request: httpx.Request, upload: Upload | None) -> Iterator[None]:
    """Turn the exceptions of httpx into those of this library, except one that the caller's own callback raised."""
    try:
        yield
    except httpx.HTTPError as error:
        if upload is not None and error is upload.failure:
            raise
        kind = next(kind for cause, kind in TRANSLATIONS.items() if isinstance(error, cause))
        error.request = without_api_key(request)  # whoever looks at the cause finds no API key either
        how_far = "" if upload is None else f"; {upload.progress}"
        raise kind(_what(request, error) + how_far, request=error.request) from error


def _shown(request: httpx.Request) -> str:
    return f"{request.method} {request.url.copy_with(query=None)}"


def _what(request: httpx.Request, error: Exception) -> str:
    """Return what failed, and what the exception of httpx says, which for a timeout may be nothing."""
    says = str(error) or _tls_failure(error)
    why = f"{type(error).__name__}: {says}" if says else type(error).__name__
    return f"{_shown(request)} failed: {why}"


def _tls_failure(error: BaseException | None) -> str:
    """Return what is wrong with a certificate, if that is behind an error: under trio, httpx does not say it."""
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return "" if error is None else str(error)
