"""The drift report against servers that mean it harm: it ends, in time, with a status that is 1 for drift only."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from contract_tests.live.reports import KEY, LISTED, Run, always, documented_body, drifts, make_refusal, respond_to_list
from contract_tests.support.http_server import Arrival, Play, raw_response, serve
from twelvelabs_emulator import Emulator

pytestmark = pytest.mark.slow

MIB = 1 << 20
HEADERS: Any = {"content_type": "application/json", "x_api_version": "1.3.0"}
PROGRAM = [sys.executable, "-m", "twelvelabs_tasks.testing"]


def endless(first: bytes, then: bytes) -> Play:
    """Respond without end."""

    def play(arrival: Arrival) -> Iterator[bytes]:
        yield first
        while True:
            time.sleep(0.001)
            yield then

    return play


BOMB = gzip.compress(b"[" + b" " * 300 * MIB)
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"


@pytest.mark.parametrize("play", [
    always(raw_response(BOMB, content_encoding="gzip", **HEADERS)),
    always(raw_response(BOMB, 404, content_encoding="gzip", **HEADERS)),
    endless(HEAD, b"100000\r\n" + b" " * MIB + b"\r\n"),
], ids=["a bomb", "a bomb in a refusal", "endless bytes"])  # fmt: skip
def test_a_body_without_bounds_is_2(run: Run, play: Play) -> None:
    with serve(play) as server:
        report = run(server.url)
    assert report.status == 2
    assert "longer than 16,777,216 bytes" in report.err


@pytest.mark.parametrize("play", [
    endless(HEAD, b"1\r\n \r\n"), endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
], ids=["a body that trickles", "responses before the response"])  # fmt: skip
def test_a_response_that_never_ends_is_2(run: Run, play: Play) -> None:
    with serve(play) as server:
        report = run(server.url, "--timeout", "3")
    assert report.status == 2
    assert "not done after 3 seconds (see --timeout)" in report.err


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "1e300", "soon"])
def test_a_timeout_that_is_not_a_number_of_seconds_is_2(run: Run, seconds: str) -> None:
    report = run("http://127.0.0.1:9", f"--timeout={seconds}")
    assert report.status == 2
    assert "--timeout" in report.err


def respond_to_upload(reply: bytes) -> Play:
    """Respond to an upload, and to everything else as the contract allows."""

    def play(arrival: Arrival) -> Iterator[bytes]:
        path, _, query = arrival.target.partition("?")
        if arrival.method == "POST":
            arrival.body  # noqa: B018 - so that the connection is not reset
            yield reply
        elif path.startswith("/tasks/") and path.endswith("/status"):
            yield make_refusal(400, "parameter_not_provided")
        elif ("x-api-key", KEY) not in arrival.headers:
            yield make_refusal(401, "api_key_invalid")
        elif "0" * 24 in path:
            yield make_refusal(404, "resource_not_exist")
        elif "page_limit=51" in query or "page=0" in query or "pagelimit" in query:
            yield make_refusal(400, "parameter_invalid")
        else:
            yield raw_response(documented_body(path), **HEADERS)

    return play


@pytest.mark.parametrize(("status", "reason"), [
    (500, "the platform is failing"), (503, "the platform is failing"), (429, "the rate limit is reached"),
    (401, "the API key is not accepted"), (403, "the API key is not accepted"), (400, "--create is refused"),
])  # fmt: skip
def test_a_video_that_is_not_taken_is_2(run: Run, tmp_path: Path, status: int, reason: str) -> None:
    (tmp_path / "video.mp4").write_bytes(b"no video")
    code = "parameter_invalid" if status == 400 else "any"
    with serve(respond_to_upload(make_refusal(status, code))) as server:
        report = run(server.url, "--index", "0" * 24, "--create", str(tmp_path / "video.mp4"))
    assert (report.status, report.json["drift"]) == (2, [])
    assert f"{reason} ({status}" in report.err


def test_an_integration_during_an_outage_is_2(run: Run) -> None:
    play = respond_to_upload(b"")

    def fail(arrival: Arrival) -> Iterator[bytes]:
        yield from [make_refusal(500, "any")] if "/import/abc/" in arrival.target else play(arrival)

    with serve(fail) as server:
        report = run(server.url, "--integration", "abc")
    assert (report.status, report.json["drift"]) == (2, [])


ESCAPED = "".join(f"\\u{ord(character):04x}" for character in KEY)
QUOTED = 'tlk_"abcdefghijkl\\mnop'
ECHOES: dict[str, tuple[str, Play, int]] = {
    "escapes of JSON": (KEY, respond_to_list(f'{{"x": "{ESCAPED}", "{ESCAPED}": 1}}'), 1),
    "a key that is escaped": (QUOTED, always(raw_response({"data": [], "x": QUOTED}, **HEADERS)), 1),
    "a refusal": (KEY, always(raw_response(f'{{"code": "a", "message": "{ESCAPED}"}}'.encode(), 401, **HEADERS)), 2),
    "a status line": (KEY, always(b"HTTP/1.1 2x0 " + KEY.encode() + b"\r\n\r\n"), 2),
    "a header line": (KEY, always(b"HTTP/1.1 200 OK\r\nx\x00" + KEY.encode() + b": 1\r\n\r\n"), 2),
    "the target of a redirect": (KEY, always(raw_response(b"", 302, location=f"http://[::1:{KEY}/")), 2),
    "a short key": ("short-key", always(raw_response({"code": "a", "message": "not short-key!"}, 401, **HEADERS)), 2),
    "a short key in drift": ("short-key", always(raw_response({"data": [{"short-key": "short-key"}]}, **HEADERS)), 1),
    "a header that is not ASCII": (KEY, respond_to_list(json.dumps({"x": KEY}), x_n="é"), 1),
}


@pytest.mark.parametrize(("key", "play", "status"), ECHOES.values(), ids=ECHOES)
def test_the_api_key_is_not_reported_however_it_is_repeated(
    run: Run, tmp_path: Path, key: str, play: Play, status: int
) -> None:
    with serve(play) as server:
        report = run(server.url, key=key)
    assert report.status == status
    assert "[hidden]" in report.out + report.err
    everything = report.out + report.err + (tmp_path / "drift.json").read_text() + str(report.json)
    assert [text for text in (key, json.dumps(key)[1:-1], "abcdefghijkl") if text in everything] == []


def test_a_short_api_key_is_not_taken_for_a_part_of_a_word_or_of_a_response(run: Run) -> None:
    with serve(always(raw_response({"data": [], "readymade": 1}, **HEADERS))) as server:
        report = run(server.url, key="ready")
    assert "body.readymade" in report.out
    with serve(always(raw_response(json.loads(LISTED), **HEADERS))) as server:
        report = run(server.url, key="ready")
    assert ("invalid", "body.data[].status") not in drifts(report)


def test_values_of_one_property_are_one_difference(run: Run) -> None:
    tasks = [{"status": f"status {number}", "mine": number} for number in range(20_000)]
    with serve(respond_to_list(json.dumps({"data": tasks}))) as server:
        report = run(server.url, "--timeout", "60")
    found = [each for each in report.json["drift"] if each["status"] == 200]
    assert sorted(each["where"] for each in found) == ["body.data[].mine", "body.data[].status"]
    assert "the contract has no such property, for example 0" in report.out
    assert '"ready"' in report.out


def test_two_properties_of_one_name_are_drift(run: Run) -> None:
    with serve(respond_to_list('{"data": [], "data": []}')) as server:
        report = run(server.url)
    assert ("invalid", "body") in drifts(report)
    assert "two properties with the name 'data'" in report.out


def test_a_message_without_end_is_cut(run: Run) -> None:
    reply = raw_response({"code": "x", "message": "y" * 10 * MIB}, 500, **HEADERS)
    with serve(always(reply)) as server:
        report = run(server.url)
    assert report.status == 2
    assert len(report.err) < 1000


def test_a_message_is_one_line(run: Run) -> None:
    with serve(always(raw_response({"code": "x", "message": "a\nb: no drift"}, 500, **HEADERS))) as server:
        report = run(server.url)
    assert len(report.err.splitlines()) == 1


def test_no_cookies_are_kept(run: Run) -> None:
    cookie = raw_response(json.loads(LISTED), set_cookie="é=1", **HEADERS)
    with serve(always(cookie)) as server:
        report = run(server.url)
    assert report.json["not_compared"] == []
    assert "cookie" not in {name for arrival in server.arrivals for name, _ in arrival.headers}


def environment(base_url: str, **more: str) -> dict[str, str]:
    return {**os.environ, "TWELVE_LABS_API_KEY": KEY, "TWELVELABS_BASE_URL": base_url, **more}


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
@pytest.mark.parametrize(
    "play", [respond_to_upload(b""), always(make_refusal(500, "any"))], ids=["no drift", "an outage"]
)
def test_closed_streams_change_no_status(closed: str, play: Play, request: pytest.FixtureRequest) -> None:
    with serve(play) as server:
        command = ["sh", "-c", f'"$@" {closed}', "sh", *PROGRAM]
        result = subprocess.run(command, env=environment(server.url), capture_output=True, text=True, check=False)
    assert result.returncode == (2 if "outage" in request.node.name else 0)
    assert "Traceback" not in result.stdout + result.stderr


@pytest.mark.parametrize("url", ["http://platform.test", "http://127.0.0.1:9"])
def test_warnings_that_are_errors_are_2_in_one_line(url: str) -> None:
    more = {"PYTHONWARNINGS": "error", "HTTP_PROXY": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9"}
    more |= {"NO_PROXY": "", "no_proxy": ""}
    result = subprocess.run(PROGRAM, env=environment(url, **more), capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert "Insecure base_url" in result.stderr.splitlines()[-1]


def run_and_interrupt(base_url: str, wait: Callable[[], object]) -> tuple[int, str]:
    """Run the program, interrupt it a little after a wait, and return how it ended and what it said."""
    with subprocess.Popen(PROGRAM, env=environment(base_url), stderr=subprocess.PIPE, text=True) as process:
        wait()
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    return process.returncode, err


def test_an_interruption_while_responses_are_compared_is_one_line() -> None:
    asked = threading.Event()
    body = json.dumps({"data": [{"_id": 5, "mine": [number]} for number in range(300_000)]}).encode()

    def play(arrival: Arrival) -> Iterator[bytes]:
        yield raw_response(body, **HEADERS)
        asked.set()

    with serve(play) as server:
        ended = run_and_interrupt(server.url, lambda: asked.wait(30))
    assert ended == (130, "python -m twelvelabs_tasks.testing: interrupted\n")


def test_an_interruption_while_modules_are_imported_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "jsonschema_rs.py").write_text(
        "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(9)\n"
    )
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    given = environment("http://127.0.0.1:9", PYTHONPATH=path)
    result = subprocess.run(PROGRAM, env=given, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (130, "python -m twelvelabs_tasks.testing: interrupted\n")


def test_a_package_that_is_missing_is_2_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "jsonschema_rs.py").write_text("raise ModuleNotFoundError('no jsonschema_rs')\n")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    given = environment("http://127.0.0.1:9", PYTHONPATH=path)
    result = subprocess.run(PROGRAM, env=given, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "pip install 'twelvelabs-tasks[testing]'" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_what_nobody_expected_is_2(emulator: Emulator, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("jsonschema_rs.Draft202012Validator", fail)
    report = run(emulator.base_url)
    assert report.status == 2
    assert "MemoryError" in report.err
