"""The `timeout` of a wait bounds it, whatever hangs; values that bound nothing are rejected."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from contract_tests.support.account import Account
from contract_tests.support.http_server import Arrival, raw_response, serve
from contract_tests.support.samples import INDEX_ID, identifier, page, problem, task
from contract_tests.support.twins import Twin
from twelvelabs_tasks import errors

IDS = [identifier(number) for number in range(3)]
TIMEOUT = 0.2
LATENESS = 1.0  # seconds by which a wait may outlast its timeout
CLIENT_TIMEOUT = 3.0  # seconds of the client itself, which must not be waited for
LONGEST = 5.0  # seconds for which a server hangs at most

NAN, INFINITY = float("nan"), float("inf")


def drip(over: threading.Event, piece: bytes) -> Iterator[bytes]:
    """Yield a piece again and again, so slowly that it never ends, and so fast that no read times out."""
    end = time.monotonic() + LONGEST
    while not over.wait(0.05) and time.monotonic() < end:
        yield piece


def no_response(over: threading.Event) -> Iterator[bytes]:
    over.wait(LONGEST)
    yield b""


def drip_headers(over: threading.Event) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    yield from drip(over, b"x-drop: 1\r\n")


def drip_header(over: threading.Event) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nx-drop: "
    yield from drip(over, b"1")


def drip_body(over: threading.Event) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n{"
    yield from drip(over, b" ")


def retry_later(over: threading.Event) -> Iterator[bytes]:
    yield raw_response(problem("too_many_requests", "Slow down."), 429, retry_after="8")


def unavailable(over: threading.Event) -> Iterator[bytes]:
    yield raw_response(problem("unavailable", "Not now."), 503, retry_after="8")


TROUBLES = {
    each.__name__: each for each in (no_response, drip_headers, drip_header, drip_body, retry_later, unavailable)
}


async def wait_for_done(client: Any, **options: Any) -> Any:
    return await client.tasks.wait_for_done(IDS[0], **options)


async def wait_for_all(client: Any, **options: Any) -> Any:
    return await client.tasks.wait_for_all(IDS, **options)


async def as_completed(client: Any, **options: Any) -> Any:
    return [task async for task in client.tasks.as_completed(IDS, **options)]


METHODS: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "wait_for_done": (lambda client, **options: client.tasks.wait_for_done(IDS[0], **options), wait_for_done),
    "wait_for_all": (lambda client, **options: client.tasks.wait_for_all(IDS, **options), wait_for_all),
    "as_completed": (lambda client, **options: list(client.tasks.as_completed(IDS, **options)), as_completed),
}


def make_wait(twin: Twin, method: str, **options: Any) -> Callable[[Any], Any]:
    """Return what waits with a client."""
    wait = METHODS[method][twin.is_async]
    return lambda client: wait(client, **options)


def time_out(twin: Twin, method: str, url: str) -> errors.WaitTimeoutError:
    """Wait until the timeout; return what that raises. It may neither come early nor late."""
    took: list[float] = []

    def wait(client: Any) -> Any:
        use = make_wait(twin, method, timeout=TIMEOUT, sleep_interval=0.05)
        return measure_async(use, client, took) if twin.is_async else measure(use, client, took)

    with pytest.raises(errors.WaitTimeoutError) as caught:
        twin(wait, base_url=url, timeout=CLIENT_TIMEOUT)
    assert TIMEOUT <= took[0] <= TIMEOUT + LATENESS, url
    return caught.value


def measure(use: Callable[[Any], Any], client: Any, took: list[float]) -> Any:
    began = time.monotonic()
    try:
        return use(client)
    finally:
        took.append(time.monotonic() - began)


async def measure_async(use: Callable[[Any], Any], client: Any, took: list[float]) -> Any:
    began = time.monotonic()
    try:
        return await use(client)
    finally:
        took.append(time.monotonic() - began)


def time_out_all(twin: Twin, method: str, urls: dict[str, str]) -> dict[str, errors.WaitTimeoutError]:
    """Wait with several servers at the same time; return what each wait raises, by the name of its trouble."""
    with ThreadPoolExecutor(len(urls)) as threads:
        waits = {name: threads.submit(time_out, twin, method, url) for name, url in urls.items()}
    return {name: wait.result() for name, wait in waits.items()}


@contextmanager
def serve_troubles(play: Callable[[Arrival, Iterator[bytes]], Iterator[bytes]]) -> Iterator[dict[str, str]]:
    """Provide a server with a base URL for each trouble; yield these by its name.

    Args:
        play: What it sends back for each request; it is given what the trouble makes of that.
    """
    over = threading.Event()

    def play_trouble(arrival: Arrival) -> Iterator[bytes]:
        return play(arrival, TROUBLES[arrival.target.split("/")[1]](over))

    with serve(play_trouble) as server:
        try:
            yield {name: f"{server.url}/{name}" for name in TROUBLES}
        finally:
            over.set()


@contextmanager
def never_accepting() -> Iterator[str]:
    """Provide a server whose queue of connections is full, so that connecting to it hangs; yield its URL."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener, ExitStack() as stack:
        for _ in range(8):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_a_wait_ends_soon_after_its_timeout_whatever_hangs(twin: Twin, method: str) -> None:
    with serve_troubles(lambda arrival, trouble: trouble) as urls, never_accepting() as unreachable:
        raised = time_out_all(twin, method, urls | {"no connection": unreachable})
    assert {(error.task, *error.tasks) for error in raised.values()} == {(None,)}


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_a_wait_whose_later_checks_hang_ends_with_the_tasks_last_seen(twin: Twin, method: str) -> None:
    shown = [task(_id=task_id, index_id=INDEX_ID, status="indexing", hls=None) for task_id in IDS]
    asked: set[str] = set()

    def play(arrival: Arrival, trouble: Iterator[bytes]) -> Iterator[bytes]:
        path = arrival.target.partition("?")[0]
        if path in asked:
            yield from trouble
        else:
            asked.add(path)
            yield raw_response(page(shown) if path.endswith("/tasks") else shown[0])

    with serve_troubles(play) as urls:
        raised = time_out_all(twin, method, urls)
    for error in raised.values():
        seen = [error.task] if method == "wait_for_done" else error.tasks
        assert [(each and each.id, each and each.status) for each in seen] == [
            (task_id, "indexing") for task_id in IDS[: len(seen)]
        ]
        assert seen


@pytest.mark.parametrize("timeout", [NAN, -1, -0.5, -INFINITY])
@pytest.mark.parametrize("method", METHODS)
def test_a_timeout_that_is_not_a_time_is_rejected(twin: Twin, method: str, timeout: float) -> None:
    account = Account(statuses=dict.fromkeys(range(3), "ready"))
    with pytest.raises(ValueError, match="timeout"):
        account.use(twin, make_wait(twin, method, timeout=timeout))
    assert not account.asked


@pytest.mark.parametrize("interval", [NAN, INFINITY])
@pytest.mark.parametrize("method", METHODS)
def test_an_interval_that_is_not_a_finite_time_is_rejected(twin: Twin, method: str, interval: float) -> None:
    account = Account(statuses=dict.fromkeys(range(3), "ready"))
    with pytest.raises(ValueError, match="sleep_interval"):
        account.use(twin, make_wait(twin, method, sleep_interval=interval))
    assert not account.asked


@pytest.mark.parametrize("timeout", [1e10, 1e300, INFINITY])
@pytest.mark.parametrize("method", METHODS)
def test_a_timeout_of_centuries_is_as_good_as_none(twin: Twin, method: str, timeout: float) -> None:
    account = Account(statuses=dict.fromkeys(range(3), "ready"))
    account.use(twin, make_wait(twin, method, timeout=timeout))
    assert account.told
