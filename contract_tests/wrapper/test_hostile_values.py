"""Hostile values in every place that takes text, over real sockets: they arrive as they are, or are refused unsent.

What arrives is split where HTTP says that it is, and nowhere else; queries and forms are read by parsers that have
nothing to do with the library.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from anyio.from_thread import start_blocking_portal
from hypothesis import given
from hypothesis import strategies as st

from contract_tests.support.effort import cases
from contract_tests.support.forms import all_parts_of
from contract_tests.support.http_server import Arrival, HttpServer, raw_response, serve
from contract_tests.support.samples import created
from contract_tests.support.twins import API_KEY
from contract_tests.wrapper.hostile import HOSTILE, PLACES, Place, Sent, SentPart, find_forgotten
from twelvelabs_tasks import AsyncTwelveLabs, TwelveLabs

pytestmark = pytest.mark.filterwarnings("ignore:tasks.transfers")

EVERY_REQUEST = {"host", "accept", "accept-encoding", "connection", "user-agent", "x-api-key"}
OF_A_BODY = {"content-type", "content-length"}


@pytest.fixture(scope="module")
def server() -> Iterator[HttpServer]:
    """The platform, which agrees to everything."""
    with serve(lambda arrival: [raw_response({**created(), "data": []})]) as server:
        yield server


@pytest.fixture(scope="module")
def senders(server: HttpServer) -> Iterator[dict[str, Callable[[Place, str], Any]]]:
    """The sync client and its async twin, which keep their connections from one value to the next."""
    with start_blocking_portal() as portal, httpx.Client() as client:
        async_client = httpx.AsyncClient()

        def connect(**options: Any) -> TwelveLabs:
            return TwelveLabs(api_key=API_KEY, base_url=server.url, httpx_client=client, **options)

        def connect_async(**options: Any) -> AsyncTwelveLabs:
            return AsyncTwelveLabs(api_key=API_KEY, base_url=server.url, httpx_client=async_client, **options)

        async def send(place: Place, value: str) -> Any:
            return await place.send(connect_async, value)

        yield {
            "sync": lambda place, value: place.send(connect, value),
            "asyncio": lambda place, value: portal.call(send, place, value),
        }
        portal.call(async_client.aclose)


def test_every_text_of_a_form_has_its_place() -> None:
    assert find_forgotten() == []


@pytest.mark.slow
@pytest.mark.parametrize("family", PLACES)
def test_a_hostile_value_arrives_as_it_is_or_is_refused_before_anything_is_sent(
    server: HttpServer,
    senders: Mapping[str, Callable[[Place, str], Any]],
    family: str,
    record_property: Callable[[str, object], None],
) -> None:
    outcomes: Counter[str] = Counter()
    connections = server.connections

    @given(st.sampled_from(PLACES[family]), HOSTILE, st.sampled_from(["sync", "sync", "sync", "asyncio"]))
    @cases(2000)
    def try_value(place: Place, value: str, sender: str) -> None:
        server.arrivals.clear()
        try:
            senders[sender](place, value)
        except (ValueError, TypeError):
            assert not place.takes(value), f"{place.name}: {value!r} was refused"
            assert server.arrivals == []
            outcomes["refused"] += 1
        else:
            (arrival,) = server.arrivals
            assert place.takes(value), f"{place.name}: {value!r} was sent: {arrival.head + arrival.body!r}"
            assert read_sent(arrival, place.sent(value)) == place.sent(value)
            outcomes["arrived"] += 1

    try_value()
    record_property(
        "cases", f"hostile values in {family}: {outcomes['arrived']} arrived, {outcomes['refused']} refused"
    )
    assert server.connections - connections <= len(senders), "a connection was abandoned in the middle of a request"


def read_sent(arrival: Arrival, expected: Sent) -> Sent:
    """Return what a request says; fail if it has other headers than are expected, or one twice."""
    path, _, query = arrival.target.partition("?")
    has_body = arrival.method == "POST"
    names = [name for name, _ in arrival.headers]
    headers = dict(arrival.headers)
    assert sorted(names) == sorted(EVERY_REQUEST | (OF_A_BODY if has_body else set()) | expected.headers.keys())
    assert "x-api-key" in expected.headers or headers["x-api-key"] == API_KEY
    is_json = headers.get("content-type") == "application/json"
    return Sent(
        arrival.method,
        path,
        parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query)) or (),
        {name: headers[name] for name in expected.headers},
        tuple(_parts(arrival)) if has_body and not is_json else (),
        json.loads(arrival.body) if is_json else None,
    )


def _parts(arrival: Arrival) -> Iterator[SentPart]:
    for part in all_parts_of(arrival.as_request()):
        names = [name.lower() for name, _ in part.headers]
        assert len(names) == len(set(names)), f"a part has a header twice: {names}"
        more = {name.lower(): value for name, value in part.headers.items()}
        del more["content-disposition"]
        yield SentPart(part.name, part.content, part.filename, more.pop("content-type", None), more)
