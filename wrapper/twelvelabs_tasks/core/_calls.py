"""A call: the request of one operation, and how its response is read. What sync and async clients share begins here."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, NoReturn, TypeVar
from urllib.parse import urlsplit

from twelvelabs_tasks_api.http import httpx
from twelvelabs_tasks_api.operations import Operation, json_body
from twelvelabs_tasks_api.types import InvalidBody

from .. import errors
from ._redaction import redact, redact_response, secret_of
from ._request_options import RequestOptions, check_options

if TYPE_CHECKING:
    from ._files import SourceFile
    from ._uploads import OnProgress

__all__ = [
    "Call",
    "Creation",
    "read_response",
    "response_error",
]

T = TypeVar("T")

SUCCESSES = frozenset({200, 201, 204})  # those of the contract, over all operations


class Creation(NamedTuple):
    """What a call creates, so that it can be searched for if the response is lost.

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


class Call(Generic[T]):
    """One call of one operation.

    Args:
        operation: What is sent, and how the response is read. A part of its form may hold a `SourceFile`.
        options: The caller's options for this call only.
        creation: The task that it creates, if it does.
        preflight: Whether to inspect the file before it is uploaded.
        on_progress: Called with how much of the file has been sent.
        waits_for_connection: Whether to wait for a connection of the pool as long as it takes.
    """

    def __init__(
        self,
        operation: Operation[T],
        options: RequestOptions | None = None,
        *,
        creation: Creation | None = None,
        preflight: bool = False,
        on_progress: OnProgress | None = None,
        waits_for_connection: bool = False,
    ) -> None:
        if options is not None:
            check_options(options)
        self.operation = operation
        self.options = options
        self.creation = creation
        self.preflight = preflight
        self.on_progress = on_progress
        self.waits_for_connection = waits_for_connection

    @property
    def file(self) -> SourceFile | None:
        """The file to upload, if there is one."""
        parts = self.operation.request.get("files")
        if not parts:
            return None
        from ._files import SourceFile  # here, because few operations have files

        contents = (part[1] for _, part in parts)
        return next((each for each in contents if isinstance(each, SourceFile)), None)


def read_response(call: Call[T], response: httpx.Response) -> T:
    """Return the result of a call; raise the exception that its response stands for."""
    if response.status_code in SUCCESSES:
        try:
            return call.operation.read(response)
        except InvalidBody as error:
            # Whoever looks at the cause finds no API key either: JSONDecodeError keeps the whole document.
            error.args = (redact(str(error), response.request),)
            error.__cause__ = error.__context__ = None
            raise response_error(f"Invalid response ({response.status_code}): {error}", response) from error
    if response.is_redirect:
        _refuse_redirect(response)
    if response.status_code < 400:
        raise response_error(f"Unexpected status code {response.status_code}", response)
    raise api_error(response)


def response_error(message: str, response: httpx.Response) -> errors.ResponseError:
    """Return the exception for a response that makes no sense."""
    message = redact(message, response.request)
    response = redact_response(response)
    return errors.ResponseError(message, request=response.request, response=response)


def api_error(response: httpx.Response) -> errors.ApiError:
    """Return the exception for a response that is not a success."""
    secret = secret_of(response.request)
    response = redact_response(response)
    status = response.status_code
    body = secret.redact_data(_body(response))
    fields = body if isinstance(body, dict) else {}
    message = _text(fields.get("message"))
    if message is None:
        message = f"The API responded with {status} {response.reason_phrase}".rstrip()
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
            # Unlike `response.text`, this refuses a charset that is a codec, but not one of text, such as hex or zlib.
            return response.content.decode(response.encoding or "utf-8", "replace")
        except (LookupError, TypeError, ValueError):
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
        f"The API redirects to {where}, which is not followed: only requests "
        "that change nothing follow redirects, and only to the same origin, because the API key goes with them.",
        response,
    )
