"""A call: the request of one operation, and how its answer is read. What sync and async clients share begins here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, NoReturn, TypeVar
from urllib.parse import urlsplit

import httpx

from twelvelabs_tasks_api.errors import InvalidBody
from twelvelabs_tasks_api.types import Model, json_body

from .. import errors
from .files import VideoFile
from .redaction import hidden, shown
from .request_options import RequestOptions, check_options
from .uploads import OnProgress

__all__ = [
    "Call",
    "Creation",
    "json_object",
    "no_content",
    "not_empty",
    "read_answer",
    "response_error",
]

T = TypeVar("T")
M = TypeVar("M", bound=Model)

SUCCESSES = frozenset({200, 201, 204})  # those of the contract, over all operations


@dataclass(frozen=True, slots=True)
class Creation:
    """What a call creates, so that it can be looked for if the answer is lost.

    Attributes:
        index_id: The index that the task will be in.
        filename: The filename that its video will have.
        started_at: When the call was made, by the clock of this machine.
        is_url: Whether the platform fetches the video from a URL, and may call it something else.
    """

    index_id: str
    filename: str
    started_at: datetime
    is_url: bool


@dataclass(frozen=True, slots=True)
class Call(Generic[T]):
    """One call of one operation.

    Attributes:
        request: The arguments of the request, as the generated `get_kwargs` of the operation returns them.
        read: Makes the result from a successful answer.
        options: What the caller asked for, for this call only.
        repeatable: Whether doing it twice is the same as doing it once.
        creation: The task that it creates, if it does.
        video: The file to upload, which replaces the part of the form that is called `video_file`.
        preflight: Whether to look into the file before it is uploaded.
        on_progress: Told how much of the file has been sent.
        waits_for_connection: Whether to wait for a connection of the pool as long as it takes.
    """

    request: Mapping[str, Any]
    read: Callable[[httpx.Response], T]
    options: RequestOptions | None = field(default=None, repr=False)  # among its headers may be secrets
    repeatable: bool = True
    creation: Creation | None = None
    video: VideoFile | None = None
    preflight: bool = False
    on_progress: OnProgress | None = None
    waits_for_connection: bool = False

    def __post_init__(self) -> None:
        if self.options is not None:
            check_options(self.options)


def json_object(model: type[M]) -> Callable[[httpx.Response], M]:
    """Return the function that reads an object of the contract from the body of an answer."""

    def read(response: httpx.Response) -> M:
        try:
            return model.from_dict(json_body(response))
        except InvalidBody as error:
            error.args = (hidden(str(error), response.request),)  # whoever looks at the cause finds no API key either
            raise response_error(
                f"The platform answered {response.status_code} with a body that is not what the contract says: {error}",
                response,
            ) from error

    return read


def no_content(response: httpx.Response) -> None:
    """Read an answer that has nothing to say. JSON is passed over; a page is from somebody else than the platform."""
    if not response.content:
        return
    try:
        json_body(response)
    except InvalidBody as error:
        raise response_error(
            f"The platform answered {response.status_code} with a body where the contract has none: {error}", response
        ) from error


def not_empty(name: str, identifier: str) -> str:
    """Return an identifier; raise ValueError if it is empty."""
    if not identifier:
        raise ValueError(f"{name} must not be empty")
    return identifier


def read_answer(call: Call[T], response: httpx.Response) -> T:
    """Return the result of a call; raise the exception that its answer stands for."""
    if response.status_code in SUCCESSES:
        return call.read(response)
    if response.is_redirect:
        _refuse_redirect(response)
    if response.status_code < 400:
        raise response_error(
            f"The platform answered {response.status_code}, which the contract does not know", response
        )
    raise api_error(response)


def response_error(message: str, response: httpx.Response) -> errors.ResponseError:
    """Return the exception for an answer that makes no sense."""
    message = hidden(message, response.request)
    response = shown(response)
    return errors.ResponseError(message, request=response.request, response=response)


def api_error(response: httpx.Response) -> errors.ApiError:
    """Return the exception for an answer of the platform that is not a success."""
    response = shown(response)
    status = response.status_code
    body = _body(response)
    fields = body if isinstance(body, dict) else {}
    message = _text(fields.get("message"))
    if message is None:
        message = f"The platform answered {status} {response.reason_phrase}".rstrip()
    return errors.class_of(status, fields.get("code"))(
        message,
        code=_text(fields.get("code")),
        docs_url=_text(fields.get("docs_url")),
        status_code=status,
        headers=response.headers,
        body=body,
        request=response.request,
        response=response,
    )


def _body(response: httpx.Response) -> Any:
    try:
        return json_body(response)
    except httpx.ResponseNotRead:
        return None
    except InvalidBody:
        try:
            return response.text
        except (AssertionError, LookupError, TypeError, ValueError):
            # The charset it names is a codec, but none of text, such as hex.
            return response.content.decode(errors="replace")


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _refuse_redirect(response: httpx.Response) -> NoReturn:
    try:
        target = urlsplit(response.headers.get("location", ""))
        where = f"{target.hostname or 'itself'}{target.path}"
    except ValueError:
        where = "what is not a URL"
    raise response_error(
        f"The platform redirects to {where}, which is not followed: only requests "
        "that change nothing follow redirects, and only to the same origin, because the API key goes with them.",
        response,
    )
