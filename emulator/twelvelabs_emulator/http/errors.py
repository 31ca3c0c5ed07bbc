"""The responses to requests that ended with an exception: in the contract's form, like all others."""

from __future__ import annotations

import logging

from starlette.exceptions import HTTPException
from starlette.responses import Response

from ..platform.shortage import RETRY_SECONDS, is_shortage, report_shortage
from ..responses import ApiError, internal_error, method_not_allowed, service_unavailable
from ..store import DataFolderError

__all__ = ["respond_to"]

logger = logging.getLogger("twelvelabs_emulator")


def respond_to(error: Exception, method: str) -> Response:
    """Return the response to a request that ended with an exception, and log what nobody expected.

    Args:
        error: The exception.
        method: The method of the request.

    Returns:
        What an `ApiError` says; 405 if the path has no such method; 503 with `Retry-After` if the machine was short of
        something, and without it if its data folder is gone; else 500.
    """
    if isinstance(error, ApiError):
        return error.response
    if isinstance(error, HTTPException) and error.headers and "Allow" in error.headers:
        return method_not_allowed(method, error.headers["Allow"].split(", ")).response
    if is_shortage(error):
        report_shortage(error)
        return service_unavailable(round(RETRY_SECONDS)).response
    if isinstance(error, DataFolderError):
        logger.error("%s", error)
        return ApiError(503, "service_unavailable", str(error)).response
    logger.error("A request failed.", exc_info=error)
    return internal_error().response
