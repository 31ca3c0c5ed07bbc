"""Faults of connections: refused, reset, closed too early, stalled, slow, and not HTTP at all."""

from __future__ import annotations

from contract_tests.support.fault_server import FaultPlay, Peer
from contract_tests.support.socket_server import Listening
from contract_tests.wrapper.faults.fault import PATIENCE, Fault
from contract_tests.wrapper.faults.rules import Rule, broken, cut_off, cut_off_at_once, fine, unreachable

__all__ = ["CONNECTIONS"]

SOME = 2**20  # bytes of an upload; the rest is more than the buffers of the system take
DRIPPING = 2 * PATIENCE  # seconds that a response takes that comes byte by byte

NO_HTTP = {
    "bytes that are not HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 10,
    "the greeting of another protocol": b"220 mail.example.com ESMTP ready\r\n",
    "a line that is not a header": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nno header\r\n\r\n{}",
    "a length that is not a number": b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}",
    "a status that is not a number": b"HTTP/1.1 fine\r\nContent-Length: 2\r\n\r\n{}",
    "a head without an end": b"HTTP/1.1 200 OK\r\n" + b"X-Header: more\r\n" * 20_000,
    "a chunk without a size": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nmany\r\n{}\r\n",
}


def do_nothing(peer: Peer) -> None:
    """Do nothing, which ends the connection."""


def reset_at_once(peer: Peer) -> None:
    peer.reset()


def reset_before_request(peer: Peer) -> None:
    peer.await_request()
    peer.reset()


def reset_in_request(peer: Peer) -> None:
    peer.read_head()
    peer.read_body(SOME)
    peer.reset()


def reset_after(part: float | None) -> FaultPlay:
    """Reset the connection after the request and a part of the response, from 0 to 1; `None` is half of its head."""

    def play(peer: Peer) -> None:
        peer.read_request()
        peer.send(begin_response(peer, part))
        peer.reset()

    return play


def close_after(part: float | None) -> FaultPlay:
    """Close the connection instead."""

    def play(peer: Peer) -> None:
        peer.read_request()
        peer.send(begin_response(peer, part))

    return play


def stall_after(part: float | None) -> FaultPlay:
    """Send no more instead."""

    def play(peer: Peer) -> None:
        peer.read_request()
        peer.send(begin_response(peer, part))
        peer.stall()

    return play


def begin_response(peer: Peer, part: float | None) -> bytes:
    """Return the beginning of the response."""
    response = peer.with_body
    if part is None:
        return response.head()[: len(response.head()) // 2]
    return response.raw()[: round(len(response.raw()) * part)]


def stall_in_request(peer: Peer) -> None:
    peer.read_head()
    peer.stall()


def close_in_chunk(peer: Peer) -> None:
    peer.read_request()
    peer.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\n" + peer.with_body.body)


def drip(peer: Peer) -> None:
    peer.read_request()
    response = peer.well.raw()
    for byte in response:
        peer.send(bytes([byte]))
        peer.stall(DRIPPING / len(response))


def send_raw(data: bytes) -> FaultPlay:
    """Say something that is not HTTP."""

    def play(peer: Peer) -> None:
        peer.read_request()
        peer.send(data)

    return play


def make_stall(name: str, play: FaultPlay, rule: Rule, listening: Listening = "accepting") -> Fault:
    """Return a fault that ends only by a timeout."""
    return Fault(name, play, rule, listening, timeout=PATIENCE, max_retries=1)


CONNECTIONS = (
    Fault("refused", do_nothing, unreachable("ApiConnectionError"), "closed"),
    make_stall("no room in the queue of connections", do_nothing, unreachable("ApiTimeoutError"), "full"),
    Fault("reset at once", reset_at_once, cut_off_at_once("ApiConnectionError", most=3)),
    Fault("reset before the request", reset_before_request, cut_off_at_once("ApiConnectionError")),
    Fault("reset within the request", reset_in_request, cut_off("ApiConnectionError")),
    Fault("reset after the request", reset_after(0), broken("ApiConnectionError")),
    Fault("reset within the head of the response", reset_after(None), broken("ApiConnectionError")),
    Fault("reset within the body of the response", reset_after(0.99), broken("ApiConnectionError")),
    Fault("closed after the request", close_after(0), broken("ApiConnectionError")),
    Fault("closed within the head of the response", close_after(None), broken("ApiConnectionError")),
    Fault("closed within the body of the response", close_after(0.99), broken("ApiConnectionError")),
    Fault("closed within a chunk of the response", close_in_chunk, broken("ApiConnectionError")),
    make_stall("stalled in the queue of connections", do_nothing, cut_off("ApiTimeoutError"), "deaf"),
    make_stall("stalled within the request", stall_in_request, cut_off("ApiTimeoutError")),
    make_stall("stalled after the request", stall_after(0), broken("ApiTimeoutError")),
    make_stall("stalled within the head of the response", stall_after(None), broken("ApiTimeoutError")),
    make_stall("stalled within the body of the response", stall_after(0.99), broken("ApiTimeoutError")),
    Fault("one byte at a time", drip, fine(), timeout=PATIENCE),
    *(Fault(name, send_raw(data), broken("ApiConnectionError")) for name, data in NO_HTTP.items()),
)
