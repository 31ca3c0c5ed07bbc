# Generated from openapi.yaml by `make regenerate`. Do not edit.
"""What the operations share: their requests, the reading of their responses, and what sends them."""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypedDict, TypeVar
from urllib.parse import quote

from attr import field, frozen

from .http import httpx
from .types import InvalidBody, Model, encode

if TYPE_CHECKING:
    from .pagers import AsyncPager, Page, SyncPager

__all__ = (
    "AsyncTransport",
    "File",
    "Operation",
    "RequestOptions",
    "SyncTransport",
    "encode_form",
    "encode_json",
    "encode_query",
    "json_body",
    "no_content",
    "non_empty",
    "path_segment",
    "read_json",
    "warn_of_deprecation",
)

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
M = TypeVar("M", bound=Model)

IDEMPOTENT_METHODS = frozenset({"get", "head", "options", "put", "delete"})


class RequestOptions(TypedDict, total=False):
    """Options of a single request, accepted by every method as `request_options`.

    Nothing beyond the documented API is sent unless you add it here.

    Attributes:
        timeout_in_seconds: The time to wait to connect and between bytes, in seconds. Default: that of the client.
        max_retries: The number of retries after a failed request; 0 disables retries. Default: that of the client.
        additional_headers: Headers to send as well. They take precedence over all others.
        additional_query_parameters: Query parameters to send as well.
        additional_body_parameters: Properties of the body to send as well, where the operation has a body.
        chunk_size: Accepted for compatibility; it concerns downloads, of which there are none here.
    """

    timeout_in_seconds: float
    max_retries: int
    additional_headers: Mapping[str, str]
    additional_query_parameters: Mapping[str, Any]
    additional_body_parameters: Mapping[str, Any]
    chunk_size: int


@frozen
class Operation(Generic[T_co]):
    """A call of one operation of the contract.

    Attributes:
        request: The arguments of `httpx.Client.build_request`, with a path in place of the URL.
        read: Return the result from a successful response; raise `InvalidBody` if it is not what the contract says.
    """

    request: Mapping[str, Any] = field(repr=False)
    read: Callable[[httpx.Response], T_co] = field(repr=False)

    @property
    def is_idempotent(self) -> bool:
        """Whether doing it twice is the same as doing it once."""
        return self.request["method"] in IDEMPOTENT_METHODS

    def with_query(self, **parameters: Any) -> Operation[T_co]:
        """Return the same operation with other values of some query parameters."""
        request = {**self.request, "params": {**self.request.get("params", {}), **parameters}}
        return Operation(request, self.read)


class SyncTransport(Protocol):
    """What sends the operations of a sync client."""

    def call(self, operation: Operation[T], options: RequestOptions | None = None) -> T:
        """Send an operation and return its result."""
        ...

    def call_with_response(
        self, operation: Operation[T], options: RequestOptions | None = None
    ) -> tuple[T, httpx.Response]:
        """Send an operation and return its result with the response that it was read from."""
        ...

    def pages(self, operation: Operation[Page[T]], options: RequestOptions | None = None) -> SyncPager[T]:
        """Send the operation of a list and return its first page."""
        ...


class AsyncTransport(Protocol):
    """What sends the operations of an async client."""

    async def call(self, operation: Operation[T], options: RequestOptions | None = None) -> T:
        """Send an operation and return its result."""
        ...

    async def call_with_response(
        self, operation: Operation[T], options: RequestOptions | None = None
    ) -> tuple[T, httpx.Response]:
        """Send an operation and return its result with the response that it was read from."""
        ...

    async def pages(self, operation: Operation[Page[T]], options: RequestOptions | None = None) -> AsyncPager[T]:
        """Send the operation of a list and return its first page."""
        ...


class File(NamedTuple):
    """A file of a multipart form: its name, content, media type and headers, in the order that httpx takes.

    The content is bytes or an open binary file, or whatever the transport makes one of.
    """

    filename: str | None
    content: Any
    content_type: str | None = None
    headers: Mapping[str, str] = {}


Part = tuple[str | None, Any, str | None, Mapping[str, str]]


def path_segment(name: str, value: str) -> str:
    """Return `value`, escaped for use as one segment of a path; raise ValueError if it cannot be one."""
    if value in ("", ".", ".."):
        raise ValueError(f"{name} must not be empty or a dot segment, but is {value!r}")
    return quote(value, safe="")


def non_empty(name: str, value: str) -> str:
    """Return `value`; raise ValueError if it is empty."""
    if not value:
        raise ValueError(f"{name} must not be empty")
    return value


def encode_json(arguments: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments that are not `None`, as JSON data."""
    return {
        name: dict(value) if isinstance(value, Mapping) else encode(value)
        for name, value in arguments.items()
        if value is not None
    }


def encode_query(arguments: dict[str, Any], *, arrays: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return the query parameters that are not `None`; where several values may be given, one may stand alone."""
    return {
        name: [value] if name in arrays and isinstance(value, str) else value
        for name, value in encode_json(arguments).items()
    }


def encode_form(arguments: dict[str, Any]) -> list[tuple[str, Part]]:
    """Return the parts of a multipart form, one for each argument that is not `None`."""
    return [(name, _part(value)) for name, value in arguments.items() if value is not None]


def _part(value: Any) -> Part:
    if isinstance(value, File):
        return value
    if isinstance(value, Mapping):
        value = json.dumps(dict(value), allow_nan=False)
    return None, str(value).lower() if isinstance(value, bool) else str(value), None, {}


def json_body(response: httpx.Response) -> Any:
    """Return the JSON that a response holds; raise `InvalidBody` if it holds none."""
    try:
        return response.json()
    except (ValueError, RecursionError) as error:
        raise InvalidBody(f"the body is not JSON: {error}") from error


def read_json(model: type[M]) -> Callable[[httpx.Response], M]:
    """Return the function that reads an object of the contract from a response."""
    return lambda response: model.from_dict(json_body(response))


def no_content(response: httpx.Response) -> None:
    """Read a response without a result. JSON is ignored; anything else comes from somebody else than the API."""
    if response.content:
        json_body(response)


def warn_of_deprecation(method: str, why: str) -> None:
    """Issue a `DeprecationWarning` at the line outside the library that called a method."""
    frame, level = sys._getframe(0), 1
    while frame.f_back is not None and _is_of_the_library(frame.f_globals):
        frame, level = frame.f_back, level + 1
    warnings.warn(f"{method} is deprecated: {why}", DeprecationWarning, stacklevel=level)


def _is_of_the_library(module: dict[str, Any]) -> bool:
    # Code that is given to `exec` may belong to no module.
    return str(module.get("__name__", "")).startswith(("twelvelabs_tasks.", "twelvelabs_tasks_api."))
