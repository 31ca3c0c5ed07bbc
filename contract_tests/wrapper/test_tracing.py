"""Under OpenTelemetry's instrumentation of httpx, every attempt is a span, and no span shows the API key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from contract_tests.support.http_server import Arrival, and_leave, raw_response, serve
from contract_tests.support.samples import INDEX_ID, TASK_ID, VIDEO, created, page, problem, task
from contract_tests.support.twins import API_KEY, Twin
from twelvelabs_tasks import errors

BUSY = raw_response(problem(), 429, retry_after="0")


@pytest.fixture
def spans() -> InMemorySpanExporter:
    """The spans that have ended."""
    return InMemorySpanExporter()


@pytest.fixture
def provider(spans: InMemorySpanExporter) -> TracerProvider:
    """What the spans come from."""
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    return provider


@pytest.fixture
def instrumented(provider: TracerProvider) -> Iterator[None]:
    """Have all clients of httpx make spans."""
    HTTPXClientInstrumentor().instrument(tracer_provider=provider)
    yield
    HTTPXClientInstrumentor().uninstrument()


def attributes(span: ReadableSpan) -> dict[str, Any]:
    return dict(span.attributes or {})


def summary(spans: InMemorySpanExporter) -> list[tuple[str, Any]]:
    """Return the method and the status of each span; fail if one shows the API key."""
    finished = spans.get_finished_spans()
    assert [span for span in finished if API_KEY in span.to_json()] == []
    return [(span.name, attributes(span).get("http.status_code")) for span in finished]


def retrieve(client: Any) -> Any:
    return client.tasks.retrieve(TASK_ID)


@pytest.mark.usefixtures("instrumented")
def test_every_attempt_is_a_span(twin: Twin, spans: InMemorySpanExporter) -> None:
    responses = iter([BUSY, BUSY, raw_response(task())])
    with serve(lambda arrival: [next(responses)]) as server:
        twin(retrieve, base_url=server.url)
    assert summary(spans) == [("GET", 429), ("GET", 429), ("GET", 200)]
    for span, arrival in zip(spans.get_finished_spans(), server.arrivals, strict=True):
        assert attributes(span)["http.url"] == f"{server.url}/tasks/{TASK_ID}"
        assert span.context is not None
        assert f"{span.context.span_id:016x}" in dict(arrival.headers)["traceparent"], "the platform learns of the span"


@pytest.mark.usefixtures("instrumented")
def test_an_upload_is_a_span_and_arrives_whole(twin: Twin, spans: InMemorySpanExporter) -> None:
    with serve(lambda arrival: [raw_response(created())]) as server:
        twin(lambda client: client.tasks.create(index_id=INDEX_ID, video_file=VIDEO), base_url=server.url)
    assert summary(spans) == [("POST", 200)]
    assert VIDEO in server.arrivals[0].body


@pytest.mark.usefixtures("instrumented")
def test_every_page_and_every_hop_of_a_redirect_is_a_span(twin: Twin, spans: InMemorySpanExporter) -> None:
    def play(arrival: Arrival) -> list[bytes]:
        if arrival.target == "/tasks":
            return [raw_response(b"", 307, location="/moved")]
        return [raw_response(page([task()], total_page=2))]

    with serve(play) as server:
        assert len(twin.items(lambda client: client.tasks.list(), base_url=server.url)) == 2
    assert summary(spans) == [("GET", 307), ("GET", 200), ("GET", 200)]


@pytest.mark.usefixtures("instrumented")
def test_a_connection_that_breaks_is_a_span_with_an_error(twin: Twin, spans: InMemorySpanExporter) -> None:
    with serve(and_leave) as server, pytest.raises(errors.ApiConnectionError):
        twin(retrieve, base_url=server.url, max_retries=0)
    assert summary(spans) == [("GET", None)]
    (span,) = spans.get_finished_spans()
    assert not span.status.is_ok


def test_a_supplied_client_that_is_instrumented_by_itself_makes_spans(
    twin: Twin, provider: TracerProvider, spans: InMemorySpanExporter
) -> None:
    client: Any = httpx.AsyncClient() if twin.is_async else httpx.Client()
    HTTPXClientInstrumentor.instrument_client(client, tracer_provider=provider)
    with serve(lambda arrival: and_leave(arrival, raw_response(task(), connection="close"))) as server:
        twin(retrieve, base_url=server.url, httpx_client=client)
    assert summary(spans) == [("GET", 200)]


def test_the_spans_of_a_call_are_within_that_of_its_caller(
    twin: Twin, instrumented: None, provider: TracerProvider, spans: InMemorySpanExporter
) -> None:
    with (
        serve(lambda arrival: [raw_response(task())]) as server,
        provider.get_tracer("caller").start_as_current_span("caller") as caller,
    ):
        twin(retrieve, base_url=server.url)
    request, _ = spans.get_finished_spans()
    assert request.parent == caller.get_span_context()
