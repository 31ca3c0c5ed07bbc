"""The steps of a call: open its file, send it, follow redirects, retry, read the response."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, TypeVar

from twelvelabs_tasks_api.http import httpx

from ._calls import Call, read_response
from ._outcomes import unknown_outcome
from ._requests import build_request, follow_redirect
from ._retries import retry_delay
from ._steps import Exchange, Sleep, Steps, Work

if TYPE_CHECKING:
    from ._files import SourceFile
    from ._transport import Transport
    from ._uploads import Upload

__all__ = ["call_steps"]

T = TypeVar("T")


def call_steps(
    transport: Transport[Any], call: Call[T], deadline: float | None = None
) -> Steps[tuple[T, httpx.Response]]:
    """Return the steps that make a call; their result is that of the call, with the response it was read from.

    Args:
        transport: What sends it.
        call: The call.
        deadline: When to stop waiting for a response, and to begin no more retries, on the monotonic clock, in seconds.
    """
    source = call.file
    if source is None:
        if call.creation is not None:  # what is wrong with its arguments is known before anything is sent
            build_request(transport, call, None)
        return (yield from _attempts(transport, call, None, deadline))
    return (yield from _upload(transport, call, source, deadline))


def _upload(
    transport: Transport[Any], call: Call[T], source: SourceFile, deadline: float | None
) -> Steps[tuple[T, httpx.Response]]:
    from ._uploads import OpenFile  # here, because few operations have files

    file = OpenFile(source, max_bytes=transport.settings.max_upload_bytes, on_progress=call.on_progress)
    may_stall = source.may_stall()
    try:
        upload: Upload = yield Work(lambda: file.open(preflight=call.preflight), may_stall=may_stall)
        return (yield from _attempts(transport, call, upload, deadline))
    finally:
        yield Work(file.close)


def _attempts(
    transport: Transport[Any], call: Call[T], upload: Upload | None, deadline: float | None
) -> Steps[tuple[T, httpx.Response]]:
    """Return the steps that try until it succeeds, or until trying again is of no use."""
    asked = (call.options or {}).get("max_retries")
    max_retries = transport.settings.max_retries if asked is None else asked
    attempt = 0
    while True:
        attempt += 1
        try:
            return (yield from _attempt(transport, call, upload, deadline))
        except Exception as error:
            delay = retry_delay(error, attempt, call=call, max_retries=max_retries, upload=upload)
            if delay is None or (deadline is not None and time.monotonic() + delay >= deadline):
                if (outcome := unknown_outcome(error, call, upload)) is None:
                    raise
                raise outcome from error
        yield Sleep(delay)


def _attempt(
    transport: Transport[Any], call: Call[T], upload: Upload | None, deadline: float | None
) -> Steps[tuple[T, httpx.Response]]:
    response: httpx.Response
    request = build_request(transport, call, upload)
    hops = 0
    while True:
        response = yield Exchange(request, upload, deadline)
        target = follow_redirect(transport.settings, response, hops)
        if target is None:
            return read_response(call, response), response
        request, hops = target, hops + 1
