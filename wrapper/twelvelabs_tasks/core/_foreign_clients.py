"""Clients of libraries that took over the interface of httpx, such as httpx2, used as if they were clients of httpx.

What they send and receive is of their own classes. So a client of httpx is made whose transport hands each request on
to them, and hands responses and exceptions back as those of httpx. Nothing else in the library knows of them.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, TypeVar, cast

from twelvelabs_tasks_api.http import httpx

__all__ = ["adapt"]

C = TypeVar("C", bound=httpx.Client | httpx.AsyncClient)


def adapt(client: C, kind: type[C]) -> C:
    """Return a client of httpx that sends with `client`: itself if it is one.

    Raises:
        TypeError: It is not a client, or one of the other kind.
    """
    if isinstance(client, kind):
        return client
    library = library_of(client, kind.__name__)
    if library is None:
        raise TypeError(f"httpx_client must be an httpx.{kind.__name__}, not {type(client).__name__}")
    return cast("C", _AdaptedClient(client, library) if kind is httpx.Client else _AdaptedAsyncClient(client, library))


def library_of(client: object, name: str) -> ModuleType | None:
    """Return the module whose class `name` an object is of, if it has all that is needed here."""
    for each in type(client).__mro__:
        library = sys.modules.get(each.__module__.partition(".")[0])
        if library is not None and getattr(library, name, None) is each and hasattr(library, "SyncByteStream"):
            return library
    return None


def timeout_of(client: Any) -> httpx.Timeout:
    """Return the timeout of a client as one of httpx."""
    given = client.timeout
    return httpx.Timeout(connect=given.connect, read=given.read, write=given.write, pool=given.pool)


class _AdaptedClient(httpx.Client):
    def __init__(self, client: Any, library: ModuleType) -> None:
        super().__init__(transport=_Transport(client, library), timeout=timeout_of(client))
        self._foreign = client

    @property
    def is_closed(self) -> bool:
        return bool(self._foreign.is_closed)


class _AdaptedAsyncClient(httpx.AsyncClient):
    def __init__(self, client: Any, library: ModuleType) -> None:
        super().__init__(transport=_AsyncTransport(client, library), timeout=timeout_of(client))
        self._foreign = client

    @property
    def is_closed(self) -> bool:
        return bool(self._foreign.is_closed)


class _Transport(httpx.BaseTransport):
    def __init__(self, client: Any, library: ModuleType) -> None:
        self._client = client
        self._library = library

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        with translate_foreign_errors(self._library, request):
            sent = foreign_request(self._client, self._library, request, self._stream(request))
            response = self._client.send(sent, stream=True, follow_redirects=False)
        return own_response(response, _ForeignBody(response, self._library, request))

    def _stream(self, request: httpx.Request) -> Any:
        class SyncStream(self._library.SyncByteStream):  # type: ignore[name-defined,misc] # known at run time only
            def __iter__(self) -> Iterator[bytes]:
                yield from cast("httpx.SyncByteStream", request.stream)

        return SyncStream()


class _AsyncTransport(httpx.AsyncBaseTransport):
    def __init__(self, client: Any, library: ModuleType) -> None:
        self._client = client
        self._library = library

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        with translate_foreign_errors(self._library, request):
            sent = foreign_request(self._client, self._library, request, self._stream(request))
            response = await self._client.send(sent, stream=True, follow_redirects=False)
        return own_response(response, _ForeignBody(response, self._library, request))

    def _stream(self, request: httpx.Request) -> Any:
        class AsyncStream(self._library.AsyncByteStream):  # type: ignore[name-defined,misc] # known at run time only
            def __aiter__(self) -> AsyncIterator[bytes]:
                return aiter(cast("httpx.AsyncByteStream", request.stream))

        return AsyncStream()


class _ForeignBody(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of a response, as it comes."""

    def __init__(self, response: Any, library: ModuleType, request: httpx.Request) -> None:
        self._response = response
        self._library = library
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        with translate_foreign_errors(self._library, self._request):
            yield from self._response.iter_raw()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with translate_foreign_errors(self._library, self._request):
            async for piece in self._response.aiter_raw():
                yield piece

    def close(self) -> None:
        self._response.close()

    async def aclose(self) -> None:
        await self._response.aclose()


def foreign_request(client: Any, library: ModuleType, request: httpx.Request, stream: Any) -> Any:
    """Return a request of another library, with what its client adds to all requests."""
    made = client.build_request(request.method, str(request.url), headers=request.headers.raw)
    extensions = {**made.extensions, **request.extensions}
    return library.Request(made.method, made.url, headers=made.headers, stream=stream, extensions=extensions)


def own_response(response: Any, body: _ForeignBody) -> httpx.Response:
    """Return a response of another library as one of httpx; one that a hook has read keeps what was read."""
    headers = response.headers.raw
    if not response.is_closed:
        return httpx.Response(response.status_code, headers=headers, stream=body, extensions=response.extensions)
    kept = [(name, value) for name, value in headers if name.lower() != b"content-encoding"]
    return httpx.Response(response.status_code, headers=kept, content=response.content, extensions=response.extensions)


@contextmanager
def translate_foreign_errors(library: ModuleType, request: httpx.Request) -> Iterator[None]:
    """Raise the exceptions of another library as those of httpx, which have the same names."""
    try:
        yield
    except library.HTTPStatusError as error:
        response = own_response(error.response, _ForeignBody(error.response, library, request))
        response.request = request
        raise httpx.HTTPStatusError(str(error), request=request, response=response) from error
    except library.HTTPError as error:
        names = [each.__name__ for each in type(error).__mro__ if issubclass(each, library.HTTPError)]
        kind = next((getattr(httpx, name) for name in names if hasattr(httpx, name)), httpx.RequestError)
        raise kind(str(error), request=request) from error
    except library.InvalidURL as error:
        raise httpx.InvalidURL(str(error)) from error
