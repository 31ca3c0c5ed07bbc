"""What carries out the steps of calls with httpx, as far as sync and async clients share it."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from contextvars import ContextVar
from typing import Generic, TypeVar

from twelvelabs_tasks_api.http import httpx

from .. import errors
from ._creations import Creations
from ._redaction import redact, redact_request
from ._requests import common_headers
from ._response_bodies import check_length, limit_body
from ._settings import Settings
from ._steps import Exchange

__all__ = ["LONGEST_SLEEP", "Transport", "finish_response", "has_turn", "late_error", "limit_response"]

C = TypeVar("C", httpx.Client, httpx.AsyncClient)

logger = logging.getLogger("twelvelabs_tasks")

LONGEST_SLEEP = 1e8  # seconds, which are years; the clocks of operating systems have limits

has_turn: ContextVar[bool] = ContextVar("has_turn", default=False)
"""Whether a request is made on behalf of another one, by a callback: it must not wait for that one to end."""


class Transport(Generic[C]):
    """What the sync and the async transport share: whose connections they use, and from where.

    Args:
        settings: What all calls have in common.
        client: The client to send with.
        make_client: Makes another one after a fork; `None` if the client is the caller's.
        creations: What is known of the creations of this client. Default: nothing.
    """

    def __init__(
        self,
        settings: Settings,
        client: C,
        make_client: Callable[[], C] | None,
        creations: Creations | None = None,
    ) -> None:
        self.settings = settings
        self.headers = common_headers(settings)
        self.creations = creations or Creations()
        self.owns_client = make_client is not None
        self._make_client: Callable[[], C] | None = make_client
        self._client: C = client
        self._process: int | None = None  # where its connections are
        self._begin_turns()

    @property
    def client(self) -> C:
        """The client of httpx to send with.

        Its connections are those of one process: in a child that was forked, the pool begins anew.

        Raises:
            errors.TwelveLabsError: The client is the caller's, and was used before this process was forked.
        """
        self._enter_process()
        return self._client

    def _enter_process(self) -> None:
        process = os.getpid()
        if self._process == process:
            return
        if self._process is not None and not self._client.is_closed:
            if self._make_client is None:
                raise errors.TwelveLabsError(
                    "This client was used before the process was forked, and its httpx_client shares connections with "
                    "the parent process. Make a new client in the child process."
                )
            self._client = self._make_client()
            self._begin_turns()
            self.creations.begin_anew()
        self._process = process

    def _begin_turns(self) -> None:
        raise NotImplementedError


def limit_response(settings: Settings, response: httpx.Response, exchange: Exchange) -> bool:
    """Have a response read within bounds; return whether that is still to be done, or was by a hook of the caller."""
    if exchange.upload is not None and response.status_code < 300:
        exchange.upload.may_have_created = True  # even if it came early, and if nobody can read it
    if response.is_closed:
        check_length(response, settings.max_response_bytes)
        return False
    limit_body(response, settings.max_response_bytes)
    return True


def late_error(exchange: Exchange) -> errors.ApiTimeoutError:
    """Return the exception for a response that did not come by its deadline."""
    request = redact_request(exchange.request)
    return errors.ApiTimeoutError(
        f"{request.method} {request.url.copy_with(query=None)} failed: no response in time", request=request
    )


def finish_response(response: httpx.Response) -> httpx.Response:
    """Return a response that has been read, and log that it came."""
    # Its stream refers back to it; without that, both are freed as soon as nobody needs them.
    response.stream = httpx.ByteStream(b"")
    if logger.isEnabledFor(logging.DEBUG):
        request = response.request
        url = redact(str(request.url.copy_with(query=None)), request)
        logger.debug("%s %s: %d", request.method, url, response.status_code)
    return response
