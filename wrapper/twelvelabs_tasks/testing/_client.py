"""The client that the drift report sends its requests with: it reads no more of a response than there may be."""

from __future__ import annotations

from typing import Any

from twelvelabs_tasks_api.http import httpx

from ..core._connections import make_client
from ..core._response_bodies import ACCEPT_ENCODING, limit_body
from ..core._settings import Settings

__all__ = ["bounded_client"]


def bounded_client(settings: Settings) -> httpx.Client:
    """Return the client; it keeps no cookies.

    Raises:
        ValueError: A proxy in the environment cannot be used.
    """
    client = make_client(_BoundedClient)
    client.limit = settings.max_response_bytes
    client.base_url = httpx.URL(settings.base_url)
    client.headers.update({"x-api-key": settings.api_key, "accept-encoding": ACCEPT_ENCODING})
    return client


class _BoundedClient(httpx.Client):
    limit: int
    """The maximum length of a response, in bytes."""

    def send(self, request: httpx.Request, *, stream: bool = False, **options: Any) -> httpx.Response:
        """Send a request; return its response, which has been read.

        Raises:
            errors.ResponseError: It is too long, or cannot be decoded.
        """
        response = super().send(request, stream=True, **options)
        try:
            limit_body(response, self.limit, cuts_refusals=False)
            response.read()
        except BaseException:
            response.close()
            raise
        return response
