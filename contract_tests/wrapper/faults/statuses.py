"""Faults that a status says: informational responses, redirects, refusals and failures."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from contract_tests.support.fault_server import FaultPlay, Peer
from contract_tests.support.http_server import Response
from contract_tests.support.samples import problem
from contract_tests.wrapper.faults.bodies import HTML, bomb
from contract_tests.wrapper.faults.fault import PATIENCE, Fault
from contract_tests.wrapper.faults.rules import RESULT, Expected, Rule, broken, failed, fine, refused, turned_away

__all__ = ["STATUSES"]

SOME = 2**20  # bytes of an upload
MAX_REDIRECTS = 10
IN_A_MINUTE = format_datetime(datetime.now(UTC) + timedelta(minutes=1), usegmt=True)


def respond_with_status(status: int, body: Any = None, **headers: str) -> FaultPlay:
    """Respond with a status and the body of an error; `retry_after` and other headers by their names in Python."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    content = body if isinstance(body, bytes) else json.dumps(body or problem("trouble", "There is trouble.")).encode()

    def play(peer: Peer) -> None:
        peer.read_request()
        peer.send(Response(status, content, {"Content-Type": "application/json", **named}).raw())

    return play


def respond_after(*lines: bytes) -> FaultPlay:
    """Respond as usual, after informational responses."""

    def play(peer: Peer) -> None:
        peer.read_request()
        for line in lines:
            peer.send(b"HTTP/1.1 " + line + b"\r\n\r\n")
        peer.send(peer.well.raw())

    return play


def redirect(status: int, target: Callable[[Peer], str]) -> FaultPlay:
    """Redirect to a path or URL, at which everything is well."""

    def play(peer: Peer) -> None:
        peer.read_request()
        if peer.path == "/moved":
            peer.send(peer.well.raw())
        else:
            peer.send(Response(status, headers={"Location": target(peer)}).raw())

    return play


def begin_response(status: int, *, stalled: bool = False) -> FaultPlay:
    """Begin a response that is not sent to its end."""

    def play(peer: Peer) -> None:
        peer.read_request()
        peer.send(Response(status, b'{"code": ', length=100).raw())
        if stalled:
            peer.stall()

    return play


def refuse_early(peer: Peer) -> None:
    """Say that the body is too large while it is being sent, and read no more of it."""
    peer.read_head()
    peer.read_body(SOME)
    peer.send(too_large())


def refuse_early_and_read(peer: Peer) -> None:
    """Say that the body is too large while it is being sent, but read all of it."""
    peer.read_head()
    peer.read_body(SOME)
    peer.send(too_large())
    peer.read_rest()


def too_large() -> bytes:
    return Response(413, json.dumps(problem("trouble", "There is too much.")).encode()).raw()


def redirected(requests: int = 1, outcome: str = "ResponseError") -> Rule:
    """Return the rule for redirects: safe requests follow them within the origin; all others are refused."""
    followed = Expected((outcome,), requests)
    return Rule("ResponseError", but={"reads": followed, "waiting": followed})


# Asyncio drops what has arrived when it writes to a connection that was reset; sockets and trio do not.
LOST_BY_SOME = Rule(
    "ContentTooLargeError", but={"create, file": Expected(("ContentTooLargeError", "ApiConnectionError"), 1)}
)

INFORMED: Mapping[str, tuple[bytes, ...]] = {
    "100 before the response": (b"100 Continue",),
    "102 before the response": (b"102 Processing",),
    "103 before the response": (b"103 Early Hints\r\nLink: </style.css>; rel=preload",),
    "100, 102 and 103 before the response": (b"100 Continue", b"102 Processing", b"103 Early Hints"),
}
REFUSED: Mapping[int, str] = {
    400: "BadRequestError", 401: "UnauthorizedError", 402: "ApiError", 403: "ForbiddenError", 404: "NotFoundError",
    405: "ApiError", 408: "ApiError", 409: "ConflictError", 410: "GoneError", 413: "ContentTooLargeError",
    418: "ApiError", 422: "UnprocessableEntityError", 499: "ApiError",
}  # fmt: skip
CODES: Mapping[tuple[int, str], str] = {
    (400, "video_resolution_too_low"): "VideoResolutionTooLowError",
    (400, "usage_limit_exceeded"): "UsageLimitExceededError",
    (400, "unheard_of"): "BadRequestError",
}
FAILED: Mapping[int, str] = {
    500: "InternalServerError", 501: "InternalServerError", 520: "InternalServerError", 561: "InternalServerError",
}  # fmt: skip
GATEWAYS: Mapping[int, str] = {502: "BadGatewayError", 503: "ServiceUnavailableError", 504: "GatewayTimeoutError"}
RETRY_AFTER: Mapping[str, str] = {
    "seconds": "7",
    "a date": IN_A_MINUTE,
    "nonsense": "soon",
    "nothing": "",
    "a huge number": "1" * 300,
    "a date in another age": "Fri, 31 Dec 9999 23:59:59 GMT",
}

STATUSES = (
    *(Fault(name, respond_after(*lines), fine()) for name, lines in INFORMED.items()),
    Fault("101, unasked", respond_with_status(101, b"", upgrade="websocket"), broken("ApiConnectionError")),
    Fault("300", respond_with_status(300), refused("ResponseError")),
    Fault("304", respond_with_status(304, b""), refused("ResponseError")),
    Fault("302 within the origin", redirect(302, lambda peer: "/moved"), redirected(2, RESULT)),
    Fault("307 within the origin", redirect(307, lambda peer: "/moved"), redirected(2, RESULT)),
    Fault("302 to another origin", redirect(302, lambda peer: f"{peer.url_elsewhere}/moved"), redirected()),
    Fault("308 to another origin", redirect(308, lambda peer: f"{peer.url_elsewhere}/moved"), redirected()),
    Fault("302 to itself", redirect(302, lambda peer: peer.path), redirected(1 + MAX_REDIRECTS)),
    *(Fault(str(status), respond_with_status(status), refused(error)) for status, error in REFUSED.items()),
    *(
        Fault(f"{status}, {code}", respond_with_status(status, problem(code, "The video will not do.")), refused(error))
        for (status, code), error in CODES.items()
    ),
    Fault("404 with HTML", respond_with_status(404, HTML), refused("NotFoundError")),
    Fault("404 with a gzip bomb", respond_with_status(404, bomb(), content_encoding="gzip"), refused("NotFoundError")),
    Fault("404, closed within its body", begin_response(404), refused("NotFoundError")),
    Fault(
        "404, stalled within its body", begin_response(404, stalled=True), refused("NotFoundError"), timeout=PATIENCE
    ),
    Fault("413 within the request, then reset", refuse_early, LOST_BY_SOME),
    Fault("413 within the request, which is read", refuse_early_and_read, refused("ContentTooLargeError")),
    Fault("429", respond_with_status(429), turned_away("TooManyRequestsError")),
    *(
        Fault(
            f"429, Retry-After {name}", respond_with_status(429, retry_after=text), turned_away("TooManyRequestsError")
        )
        for name, text in RETRY_AFTER.items()
    ),
    *(
        Fault(str(status), respond_with_status(status), failed(error, repeated=False))
        for status, error in FAILED.items()
    ),
    Fault(
        "500 with Retry-After", respond_with_status(500, retry_after="7"), failed("InternalServerError", repeated=False)
    ),
    *(
        Fault(str(status), respond_with_status(status), failed(error, repeated=True))
        for status, error in GATEWAYS.items()
    ),
    Fault("502 with HTML", respond_with_status(502, HTML), failed("BadGatewayError", repeated=True)),
    Fault("503 with Retry-After", respond_with_status(503, retry_after="7"), turned_away("ServiceUnavailableError")),
)
