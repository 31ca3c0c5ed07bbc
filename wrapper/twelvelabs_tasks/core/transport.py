"""Sends calls: builds the request, retries, follows redirects, turns what goes wrong into this library's exceptions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import httpx
import tenacity

from .. import errors
from .calls import Call, read_answer, without_api_key
from .request_options import RequestOptions, apply_options
from .retries import retry_arguments
from .settings import USER_AGENT, Settings
from .uploads import Upload

__all__ = ["AsyncTransport", "SyncTransport"]

T = TypeVar("T")

MAX_REDIRECTS = 10

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
        """Send a call and return its result with the answer it was read from."""
        with opened(call) as upload:
            return tenacity.Retrying(**retrying(self.settings, call, upload))(self._attempt, call, upload)

    def _attempt(self, call: Call[T], upload: Upload | None) -> tuple[T, httpx.Response]:
        request = build_request(self.client, self.settings, call, upload)
        hops = 0
        while True:
            with translated(request):
                response = self.client.send(request, follow_redirects=False)
            target = following(self.settings, response, hops)
            if target is None:
                return read_answer(call, response), response
            request, hops = target, hops + 1


class AsyncTransport:
    """Sends calls with an `httpx.AsyncClient`, under asyncio or trio."""

    def __init__(self, settings: Settings, client: httpx.AsyncClient) -> None:
        self.settings = settings
        self.client = client

    async def call(self, call: Call[T]) -> T:
        """Send a call and return its result."""
        return (await self.call_with_response(call))[0]

    async def call_with_response(self, call: Call[T]) -> tuple[T, httpx.Response]:
        """Send a call and return its result with the answer it was read from."""
        from anyio import sleep  # only async clients need it, and httpx has it

        with opened(call) as upload:
            retry = tenacity.AsyncRetrying(sleep=sleep, **retrying(self.settings, call, upload))
            return await retry(self._attempt, call, upload)

    async def _attempt(self, call: Call[T], upload: Upload | None) -> tuple[T, httpx.Response]:
        request = build_request(self.client, self.settings, call, upload)
        hops = 0
        while True:
            with translated(request):
                response = await self.client.send(request, follow_redirects=False)
            target = following(self.settings, response, hops)
            if target is None:
                return read_answer(call, response), response
            request, hops = target, hops + 1


def request_arguments(settings: Settings, call: Call[Any], upload: Upload | None) -> dict[str, Any]:
    """Return the arguments of `httpx.Client.build_request` for a call."""
    options: RequestOptions = call.options or {}
    request = apply_options(dict(call.request), options)
    if upload is not None:
        request["files"] = [
            (name, upload.part.to_tuple() if name == "video_file" else part) for name, part in request["files"]
        ]
    request["url"] = settings.base_url + request["url"]
    headers = httpx.Headers({"Accept": "application/json", "User-Agent": USER_AGENT})
    for more in (
        request.get("headers"),
        settings.headers,
        {"x-api-key": settings.api_key},
        options.get("additional_headers"),
    ):
        headers.update(more)
    request["headers"] = headers
    if "timeout_in_seconds" in options:
        request["timeout"] = options["timeout_in_seconds"]
    elif settings.timeout is not None:
        request["timeout"] = settings.timeout
    return request


def retrying(settings: Settings, call: Call[Any], upload: Upload | None) -> dict[str, Any]:
    """Return the arguments of `tenacity.Retrying` for a call. A file that cannot be rewound is sent once."""
    retries = (call.options or {}).get("max_retries", settings.max_retries)
    if upload is not None and not upload.can_repeat:
        retries = 0
    return retry_arguments(retries, repeatable=call.repeatable)


def following(settings: Settings, response: httpx.Response, hops: int) -> httpx.Request | None:
    """Return the request that follows a redirect, `None` if the answer is none that is followed."""
    target = response.next_request
    if target is None or response.request.method != "GET" or not settings.follow_redirects or hops >= MAX_REDIRECTS:
        return None
    return target if _origin(target.url) == _origin(response.request.url) else None


@contextmanager
def opened(call: Call[Any]) -> Iterator[Upload | None]:
    """Open the file of a call, if it has one, for all attempts to send it."""
    if call.video is None:
        yield None
    else:
        with call.video.opened() as stream:
            yield Upload(call.video, stream, call.on_progress)


def build_request(
    client: httpx.Client | httpx.AsyncClient, settings: Settings, call: Call[Any], upload: Upload | None
) -> httpx.Request:
    if client.is_closed:
        raise errors.TwelveLabsError("This client has been closed. Make a new one.")
    request = client.build_request(**request_arguments(settings, call, upload))
    return upload.attach(request) if upload is not None else request


@contextmanager
def translated(request: httpx.Request) -> Iterator[None]:
    """Turn the exceptions of httpx into those of this library."""
    try:
        yield
    except httpx.HTTPError as error:
        kind = next(kind for cause, kind in TRANSLATIONS.items() if isinstance(error, cause))
        error.request = without_api_key(request)  # whoever looks at the cause finds no API key either
        raise kind(_what(request, error), request=error.request) from error


def _what(request: httpx.Request, error: Exception) -> str:
    """Return what failed, and what the exception of httpx says, which for a timeout may be nothing."""
    why = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return f"{request.method} {request.url.copy_with(query=None)} failed: {why}"


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port
