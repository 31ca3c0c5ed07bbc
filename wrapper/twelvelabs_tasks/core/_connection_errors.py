"""Turns the exceptions of httpx into those of this library."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

from twelvelabs_tasks_api.http import httpx

from .. import errors
from ._calls import api_error
from ._redaction import hide_in_error, redact, redact_request, secret_of
from ._steps import Exchange

if TYPE_CHECKING:
    from ._early_responses import EarlyResponse

__all__ = ["translate_error"]

# The exceptions of httpx and what they become, the particular ones first.
TRANSLATIONS: dict[type[httpx.HTTPError], type[errors.ApiConnectionError | errors.ResponseError]] = {
    httpx.TimeoutException: errors.ApiTimeoutError,
    httpx.DecodingError: errors.ResponseError,
    httpx.HTTPError: errors.ApiConnectionError,
}


def translate_error(
    raised: httpx.HTTPError, exchange: Exchange, early: EarlyResponse | None
) -> errors.TwelveLabsError | httpx.HTTPError:
    """Return what to raise for an exception of httpx, which is its cause; or that itself, if a callback raised it."""
    upload = exchange.upload
    if upload is not None and raised is upload.failure:
        return raised
    error = raised if early is None else early.explain(raised)
    # Whoever looks at the cause finds no API key either.
    hide_in_error(error, secret_of(exchange.request))
    error.request = raised.request = redact_request(exchange.request)
    if isinstance(raised, httpx.HTTPStatusError):  # of a hook of the caller's
        refusal = api_error(raised.response)
        raised.response = refusal.response or raised.response
        refusal.__cause__ = raised
        return refusal
    kind = next(kind for cause, kind in TRANSLATIONS.items() if isinstance(error, cause))
    how_far = "" if upload is None else f"; {upload.progress}"
    translated = kind(_describe(exchange.request, error) + how_far, request=error.request)
    translated.__cause__ = error
    return translated


def _describe(request: httpx.Request, error: Exception) -> str:
    """Return what failed, and what the exception of httpx says, which for a timeout may be nothing."""
    says = str(error) or _tls_failure(error)
    why = f"{type(error).__name__}: {says}" if says else type(error).__name__
    return redact(f"{request.method} {request.url.copy_with(query=None)} failed: {why}", request)


def _tls_failure(error: BaseException | None) -> str:
    """Return what is wrong with a certificate, if that is behind an error: under trio, httpx does not say it."""
    while error is not None and not isinstance(error, ssl.SSLError):
        error = error.__cause__ or error.__context__
    return "" if error is None else str(error)
