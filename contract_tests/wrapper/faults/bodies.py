"""Faults of responses that say that all is well, but whose body is not what it should be."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable
from functools import cache

import attrs

from contract_tests.support.fault_server import FaultPlay, Peer
from contract_tests.support.http_server import Response
from contract_tests.wrapper.faults.fault import Fault
from contract_tests.wrapper.faults.rules import RESULT, Rule, fine, senseless

__all__ = ["BODIES", "HTML", "bomb", "respond_with"]

HTML = b"<!DOCTYPE html><html><body><h1>Sign in to the network of the hotel</h1></body></html>"
LIMIT = 16 * 2**20  # bytes of a response, documented
DEPTH = 100_000

JSON = "application/json"


def respond_with(
    body: Callable[[bytes], bytes], content_type: str | None = JSON, coding: str | None = None
) -> FaultPlay:
    """Respond as usual, but with another body, made from the usual one."""
    headers = {"Content-Type": content_type, "Content-Encoding": coding}

    def play(peer: Peer) -> None:
        peer.read_request()
        response = peer.with_body
        peer.send(
            Response(response.status, body(response.body), {name: text for name, text in headers.items() if text}).raw()
        )

    return play


def always(body: bytes) -> Callable[[bytes], bytes]:
    return lambda _: body


def as_usual(status: int) -> FaultPlay:
    """Respond as usual, but with another status."""

    def play(peer: Peer) -> None:
        peer.read_request()
        peer.send(attrs.evolve(peer.with_body, status=status).raw())

    return play


def same(body: bytes) -> bytes:
    return body


def mistype(body: bytes) -> bytes:
    """Return the body, with each value of another type."""
    usual = json.loads(body or b'{"_id": ""}')
    return json.dumps({name: "7" if isinstance(value, int | float) else 7 for name, value in usual.items()}).encode()


def huge(body: bytes) -> bytes:
    """Return the body, with more white space than a response may have bytes."""
    return body + b" " * LIMIT


@cache
def bomb(wbits: int = 16 + zlib.MAX_WBITS) -> bytes:
    """Return a few kilobytes that unpack to more than a response may have: gzip, unless other window bits are given."""
    packing = zlib.compressobj(9, wbits=wbits)
    return b"".join([*(packing.compress(bytes(2**20)) for _ in range(2 * LIMIT // 2**20)), packing.flush()])


def bare(status: int, more: bytes = b"") -> FaultPlay:
    """Respond with a status and nothing else, but for bytes that come after the response."""

    def play(peer: Peer) -> None:
        peer.read_request()
        peer.send(Response(status, headers={}).raw() + more)

    return play


# The response to a deletion says nothing, so any JSON will do, but no page that somebody put in between.
WRONG_JSON: dict[str, FaultPlay] = {
    "200 with nothing": respond_with(always(b"")),
    "200 with the wrong kind of JSON": respond_with(always(b'["task"]')),
    "200 with the wrong JSON": respond_with(mistype),
}
UNREADABLE: dict[str, FaultPlay] = {
    "200 with HTML": respond_with(always(HTML), "text/html"),
    "200 with HTML that is called JSON": respond_with(always(HTML)),
    "200 with truncated JSON": respond_with(lambda body: body[: len(body) // 2]),
    "200 with two JSON texts": respond_with(lambda body: body + body),
    "200 with invalid UTF-8": respond_with(always(b'{"_id": "\xff\xfe"}')),
    "200 with JSON nested 100,000 deep": respond_with(always(b"[" * DEPTH + b"]" * DEPTH)),
    "200 with JSON of more than 16 MiB": respond_with(huge),
    "200 with a gzip bomb": respond_with(always(bomb()), coding="gzip"),
    "200 with a deflate bomb": respond_with(always(bomb(zlib.MAX_WBITS)), coding="deflate"),
    "200 with gzip in gzip": respond_with(lambda body: gzip.compress(gzip.compress(body)), coding="gzip, gzip"),
    "200 with a gzip bomb in gzip": respond_with(lambda _: gzip.compress(bomb()), coding="gzip, gzip"),
    "200 with an unknown coding": respond_with(same, coding="unheard-of"),
    "200 with what is not gzip": respond_with(same, coding="gzip"),
    "200 with gzip without an end": respond_with(lambda body: gzip.compress(body)[:-20], coding="gzip"),
}
HARMLESS: dict[str, FaultPlay] = {
    "200 with gzip": respond_with(gzip.compress, coding="gzip"),
    "200 with JSON that is called HTML": respond_with(same, "text/html"),
    "200 with JSON that is called nothing": respond_with(same, None),
    "200 with a byte order mark": respond_with(lambda body: b"\xef\xbb\xbf" + body),
}

SENSELESS_UNLESS_DELETED: Rule = senseless(deletions=RESULT)

BODIES = (
    *(Fault(name, play, SENSELESS_UNLESS_DELETED) for name, play in WRONG_JSON.items()),
    *(Fault(name, play, senseless()) for name, play in UNREADABLE.items()),
    *(Fault(name, play, fine()) for name, play in HARMLESS.items()),
    Fault("202 with the usual body", as_usual(202), senseless()),
    Fault("206 with the usual body", as_usual(206), senseless()),
    Fault("204 with nothing", bare(204), SENSELESS_UNLESS_DELETED),
    Fault("204 with a body", bare(204, b'{"_id": "62a1ec6d9ea24f052b971a0f"}'), SENSELESS_UNLESS_DELETED),
)
