"""The exceptions for responses that did not come, or make no sense."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._base import TwelveLabsError

if TYPE_CHECKING:
    from twelvelabs_tasks_api.http import httpx

__all__ = ["ApiConnectionError", "ApiTimeoutError", "ResponseError"]


class ApiConnectionError(TwelveLabsError):
    """There was no response: the API cannot be reached, or the connection broke.

    Attributes:
        request: The request, its API key removed; `None` if there was none yet.
    """

    def __init__(self, message: str = "", *, request: httpx.Request | None = None) -> None:
        super().__init__(message)
        self.request = request


class ApiTimeoutError(ApiConnectionError):
    """No response came in time. Timeouts count the time to connect and the time between bytes, not whole uploads."""


class ResponseError(TwelveLabsError):
    """A response makes no sense: not JSON, not what the contract says, or a redirect that is not followed.

    Attributes:
        request: The request, its API key removed.
        response: The response.
    """

    def __init__(
        self, message: str = "", *, request: httpx.Request | None = None, response: httpx.Response | None = None
    ) -> None:
        super().__init__(message)
        self.request = request
        self.response = response
