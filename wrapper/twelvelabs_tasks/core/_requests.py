"""The requests of a call: the first one, and those that follow redirects."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from twelvelabs_tasks_api.http import httpx

from .. import errors
from ._calls import Call
from ._request_options import RequestOptions, apply_options
from ._response_bodies import ACCEPT_ENCODING
from ._settings import USER_AGENT, Settings

if TYPE_CHECKING:
    from ._transport import Transport
    from ._uploads import Upload

__all__ = ["build_request", "common_headers", "follow_redirect"]

MAX_REDIRECTS = 10
FIXED_HEADERS = {"Accept": "application/json", "Accept-Encoding": ACCEPT_ENCODING, "User-Agent": USER_AGENT}


def common_headers(settings: Settings) -> httpx.Headers:
    """Return the headers of all requests of a client, beside those of `FIXED_HEADERS` that are not among them."""
    headers = httpx.Headers(settings.headers)
    headers["x-api-key"] = settings.api_key
    return headers


def build_request(transport: Transport[Any], call: Call[Any], upload: Upload | None) -> httpx.Request:
    """Return the request of a call, with its file.

    Raises:
        errors.TwelveLabsError: The client has been closed.
        ValueError: The arguments do not make a valid request.
    """
    client = transport.client
    if client.is_closed:
        raise errors.TwelveLabsError("This client has been closed. Make a new one.")
    try:
        arguments = request_arguments(transport, client, call, upload)
        request = client.build_request(**arguments)
    except httpx.InvalidURL as error:
        raise ValueError(f"cannot build a URL from these arguments: {error}") from error
    # Set here, because what httpx does to replace headers of its client by others takes three times as long.
    for name, value in FIXED_HEADERS.items():
        if name not in arguments["headers"]:
            request.headers[name] = value
    return upload.attach(request) if upload is not None else request


def request_arguments(
    transport: Transport[Any], client: httpx.Client | httpx.AsyncClient, call: Call[Any], upload: Upload | None
) -> dict[str, Any]:
    """Return the arguments of `httpx.Client.build_request` for a call."""
    settings = transport.settings
    options: RequestOptions = call.options or {}
    request = dict(call.operation.request)
    if upload is not None:
        parts = request["files"]
        request["files"] = [(name, upload.part if part[1] is call.file else part) for name, part in parts]
        check_additional_parts(upload, request["files"], options)
    request = apply_options(request, options)
    request["url"] = parse_url(settings.base_url + request["url"])
    request["headers"] = transport.headers
    if more := options.get("additional_headers"):
        request["headers"] = transport.headers.copy()
        request["headers"].update(more)
    timeout = options.get("timeout_in_seconds") or settings.timeout
    if timeout is not None:
        request["timeout"] = timeout
    if call.waits_for_connection:
        given = httpx.Timeout(client.timeout if timeout is None else timeout)
        request["timeout"] = httpx.Timeout(connect=given.connect, read=given.read, write=given.write, pool=None)
    return request


def check_additional_parts(
    upload: Upload, parts: Iterable[tuple[str, tuple[Any, ...]]], options: RequestOptions
) -> None:
    """Raise ValueError if the options of a request would replace its file."""
    for name, part in parts:
        if part is upload.part and name in options.get("additional_body_parameters", {}):
            raise ValueError(f"additional_body_parameters must not name {name}, which is the file")


@lru_cache(maxsize=64)
def parse_url(url: str) -> httpx.URL:
    """Return a URL, parsed once for all pages of a list."""
    return httpx.URL(url)


def follow_redirect(settings: Settings, response: httpx.Response, hops: int) -> httpx.Request | None:
    """Return the request that follows a redirect, `None` if the response is not a redirect that is followed."""
    target = response.next_request
    if target is None or response.request.method != "GET" or not settings.follow_redirects or hops >= MAX_REDIRECTS:
        return None
    return target if _origin(target.url) == _origin(response.request.url) else None


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port
