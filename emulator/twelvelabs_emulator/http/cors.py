"""Pages of other origins: which of them may use the API."""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp

from ..responses import ApiError

__all__ = ["Cors"]


class Cors(CORSMiddleware):
    """Lets pages of some origins use an application; what it refuses it refuses in the contract's form.

    Args:
        app: The application.
        origins: The origins, or `*` for all.
    """

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        super().__init__(
            app,
            allow_origins=[origin.lower() for origin in origins],  # as browsers write them
            allow_methods=["*"],
            allow_headers=["*"],
            expose_headers=["Retry-After", "X-Api-Version"],
        )

    def is_allowed_origin(self, origin: str) -> bool:
        """Return whether pages of an origin may use the application, however it is spelled."""
        return super().is_allowed_origin(origin.lower())

    def preflight_response(self, request_headers: Headers) -> Response:
        """Return the response to the question of a browser whether a page may send a request."""
        response = super().preflight_response(request_headers)
        if response.status_code < 400:
            return response
        shared = {name: value for name, value in response.headers.items() if not name.startswith("content-")}
        return ApiError(403, "forbidden", f"{bytes(response.body).decode()}.", shared).response
