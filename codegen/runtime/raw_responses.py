"""What methods return that give the response as well."""

from __future__ import annotations

from typing import Generic, TypeVar

from attr import field, frozen

from .http import httpx

__all__ = ("RawResponse",)

T = TypeVar("T")


@frozen
class RawResponse(Generic[T]):
    """What a method returns, together with the response that it was read from.

    Attributes:
        data: What the method returns.
        response: The response; the last one, if a method sends several requests. Its request does not hold the API key.

    Example:
        raw = client.tasks.with_raw_response.retrieve("62a1ec6d9ea24f052b971a0f")
        print(raw.status_code, raw.headers["x-api-version"], raw.data.status)
    """

    data: T
    response: httpx.Response = field(repr=False)

    @property
    def status_code(self) -> int:
        """The status code of the response."""
        return self.response.status_code

    @property
    def headers(self) -> httpx.Headers:
        """The headers of the response; names may be given in any case."""
        return self.response.headers
