"""The client that the drift report sends its requests with: it reads no more of a response than there may be."""

from __future__ import annotations

from functools import partial
from typing import Any

import httpx

from ..core.answers import ACCEPT_ENCODING, bound
from ..core.connections import make_client
from ..core.settings import Settings

__all__ = ["bounded_client"]


def bounded_client(settings: Settings) -> httpx.Client:
    """Return the client; it keeps no cookies.

    Raises:
        ValueError: A proxy in the environment cannot be used.
    """
    headers = {"x-api-key": settings.api_key, "accept-encoding": ACCEPT_ENCODING}
    return make_client(
        partial(_BoundedClient, settings.max_response_bytes, base_url=settings.base_url, headers=headers)
    )


class _BoundedClient(httpx.Client):
    def __init__(self, limit: int, **options: Any) -> None:
        super().__init__(**options)
        self._limit = limit

    def send(self, request: httpx.Request, *, stream: bool = False, **options: Any) -> httpx.Response:
        """Send a request; return its response, which has been read.

        Raises:
            errors.ResponseError: It is too long, or cannot be decoded.
        """
        response = super().send(request, stream=True, **options)
        try:
            bound(response, self._limit, cuts_refusals=False)
            response.read()
        except BaseException:
            response.close()
            raise
        return response
