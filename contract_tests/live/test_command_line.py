"""`python -m twelvelabs_tasks.testing` as a job meets it: what it exits with, and what it says, whatever comes back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_tests.live.reports import INTEGRATION_ID, KEY, LISTED, Run, always, drifts, make_refusal, respond_to_list
from contract_tests.support.http_server import Arrival, raw_response, serve
from twelvelabs_emulator import Emulator
from twelvelabs_emulator.sample import make_video

PATIENCE = 30.0  # seconds

pytestmark = pytest.mark.slow


def test_no_drift_is_0(emulator: Emulator, run: Run) -> None:
    report = run(emulator.base_url, "--index", emulator.index_id, "--integration", INTEGRATION_ID)
    assert (report.status, report.err) == (0, "")
    assert "no drift" in report.out
    assert report.json["drift"] == report.json["not_compared"] == []


def test_drift_is_1(emulator: Emulator, run: Run) -> None:
    emulator.scenario("list_tasks", status=200, body={**json.loads(LISTED), "cursor": "x"}, times=1000)
    report = run(emulator.base_url)
    assert report.status == 1
    assert "body.cursor" in report.out


NOT_COMPARED = {
    "a wrong key": (make_refusal(401, "api_key_invalid"), "the API key is not accepted (401, api_key_invalid, It is"),
    "a key without rights": (make_refusal(403, "forbidden"), "the API key is not accepted (403"),
    "a rate limit": (make_refusal(429, "too_many_requests", retry_after="30"), "the rate limit is reached (429"),
    "a failure": (make_refusal(500, "internal"), "the platform is failing (500"),
    "an outage": (
        raw_response(b"<html>Back soon</html>", 503, content_type="text/html"),
        "the platform is failing (503",
    ),
    "a status that nobody knows": (raw_response(b"", 522), "the platform is failing (522"),
    "another server": (raw_response(b"<html>Hello</html>", 200, content_type="text/html"), "nothing there responds as"),
    "a wrong path": (raw_response(b"Not Found", 404, content_type="text/plain"), "404 text/plain"),
    "a redirect": (
        raw_response(b"", 301, location="https://example.com/"),
        "nothing there responds as the API does",
    ),
    "a body that cannot be decoded": (
        raw_response(b"this is not gzip", 200, content_encoding="gzip"),
        "the body is not gzip",
    ),
    "no HTTP": (b"SSH-2.0-OpenSSH\r\n\r\n", "RemoteProtocolError"),
}


@pytest.mark.parametrize(("reply", "reason"), NOT_COMPARED.values(), ids=NOT_COMPARED)
def test_what_could_not_be_compared_is_2_and_no_drift(run: Run, reply: bytes, reason: str) -> None:
    with serve(always(reply)) as server:
        report = run(server.url)
    assert report.status == 2
    assert reason in report.err
    assert server.url in report.err
    assert report.json["drift"] == []
    assert any(reason in each for each in report.json["not_compared"])


def test_a_wrong_key_is_asked_about_once(emulator: Emulator, run: Run) -> None:
    report = run(emulator.base_url, key="another-key-than-that-of-it")
    assert report.status == 2
    assert "the API key is not accepted" in report.err
    assert len(emulator.received) == 1


def test_drift_found_before_an_outage_is_still_1(emulator: Emulator, run: Run) -> None:
    emulator.scenario("list_tasks", status=200, body={**json.loads(LISTED), "cursor": "x"}, times=1)
    emulator.scenario("retrieve_task", status=503, times=1000)
    report = run(emulator.base_url)
    assert report.status == 1
    assert "body.cursor" in report.out
    assert "retrieve_task" not in report.out
    assert "the platform is failing (503" in report.err


def test_an_outage_on_the_way_is_2_and_nothing_is_created(emulator: Emulator, run: Run, tmp_path: Path) -> None:
    emulator.scenario("retrieve_import_logs", status=503, times=1000)
    video = make_video(tmp_path / "video.mp4", duration=10.5)
    report = run(emulator.base_url, "--index", emulator.index_id, "--create", str(video))
    assert report.status == 2
    assert "no drift in these" in report.out
    assert "POST" not in {request.method for request in emulator.received}


@pytest.mark.parametrize(
    "arguments",
    [["--integration", "0" * 24], ["--integration", "../../x"], ["--integration", INTEGRATION_ID, "--index", "0" * 24]],
    ids=["an integration", "an integration that is no identifier", "an index"],
)
def test_an_option_that_the_platform_refuses_is_2(emulator: Emulator, run: Run, arguments: list[str]) -> None:
    report = run(emulator.base_url, *arguments)
    assert report.status == 2
    assert "--integration is refused (40" in report.err
    assert report.json["drift"] == []
    assert all("/import/" in request.path or request.path.startswith("/v1.3/tasks") for request in emulator.received)


def test_a_video_that_the_platform_refuses_is_2(emulator: Emulator, run: Run, tmp_path: Path) -> None:
    (tmp_path / "video.mp4").write_bytes(b"no video")
    report = run(emulator.base_url, "--index", emulator.index_id, "--create", str(tmp_path / "video.mp4"))
    assert report.status == 2
    assert "--create is refused (400, video_file_broken" in report.err


WRONG_USE: dict[str, tuple[list[str], dict[str, str], str]] = {
    "a key that is not ASCII": ([], {"key": "schlüssel"}, "API key"),
    "a key with a line break": ([], {"key": "a\nb"}, "API key"),
    "no key": ([], {"key": ""}, "TWELVE_LABS_API_KEY"),
    "a base URL without a scheme": ([], {"base_url": "localhost"}, "base_url"),
    "a base URL that is none": ([], {"base_url": "http://["}, "base_url"),
    "a base URL that commands terminals": ([], {"base_url": "\x1b[31m"}, "base_url"),
    "an option that is unknown": (["--nothing"], {}, "--nothing"),
    "an integration without a name": (["--integration", ""], {}, "--integration"),
    "an integration that leads elsewhere": (["--integration", ".."], {}, "--integration"),
    "a video that is not there": (["--create", "nothing.mp4", "--index", "0" * 24], {}, "nothing.mp4"),
    "a folder as a video": (["--create", "/", "--index", "0" * 24], {}, "directory"),
    "a report in no folder": ([], {"file": "no/drift.json"}, "no/drift.json"),
    "a report over a folder": ([], {"file": "."}, "directory"),
}


@pytest.mark.parametrize(("arguments", "given", "reason"), WRONG_USE.values(), ids=WRONG_USE)
def test_wrong_use_is_2_and_said_before_anything_is_asked(
    run: Run, arguments: list[str], given: dict[str, str], reason: str
) -> None:
    with serve(always(raw_response({}))) as server:
        options = {"base_url": server.url, **given}
        report = run(options.pop("base_url"), *arguments, **options)
    assert report.status == 2
    assert reason in report.err
    assert "\x1b" not in report.err
    assert "schlüssel" not in report.err
    assert server.arrivals == []


ODD_BODIES = {
    "half a surrogate pair": ('{"data": [{"_id": "\\ud800"}]}', ("invalid", "body.data[]._id")),
    "half a surrogate pair in a name": ('{"\\udfff": "\\udfff"}', ("unknown", "body.\udfff")),
    "NaN": ('{"data": [{"system_metadata": {"duration": NaN}}]}', ("invalid", "body")),
    "Infinity": ('{"page_info": {"page": -Infinity}}', ("invalid", "body")),
    "a number that is too large": ('{"page_info": {"page": 1e999}}', ("invalid", "body")),
    "a byte order mark": ("\ufeff{}", ("invalid", "body")),
    "arrays without end": (f'{{"data": {"[" * 500}{"]" * 500}}}', ("invalid", "body")),
    "a name that commands terminals": ('{"\\u001b[31m\\u202e\\n": 1}', ("unknown", "body.\x1b[31m\u202e\n")),
    "a name without end": (f'{{"{"x" * 10_000}": 1}}', ("unknown", f"body.{'x' * 10_000}")),
    "an identifier that leads elsewhere": ('{"data": [{"_id": "../.."}]}', ("invalid", "body.data[]._id")),
    "an identifier without end": (f'{{"data": [{{"_id": "{"x" * 100_000}"}}]}}', ("invalid", "body.data[]._id")),
    "an identifier with a line break": ('{"data": [{"_id": "a\\nb"}]}', ("invalid", "body.data[]._id")),
    "an index that is a list": ('{"data": [{"index_id": ["a"]}]}', ("invalid", "body.data[].index_id")),
    "half a surrogate pair as an index": (
        '{"data": [{"_id": "a", "index_id": "\\ud800"}]}',
        ("invalid", "body.data[].index_id"),
    ),
}


@pytest.mark.parametrize(("body", "drift"), ODD_BODIES.values(), ids=ODD_BODIES)
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_whatever_comes_back_is_reported_as_text(run: Run, body: str, drift: tuple[str, str], encoding: str) -> None:
    with serve(respond_to_list(body)) as server:
        report = run(server.url, encoding=encoding)
    assert report.status == 1
    assert drift in drifts(report)
    assert all(each.isprintable() or each == "\n" for each in report.out + report.err)
    assert max(map(len, report.out.splitlines())) < 400
    assert all(arrival.target.startswith("/tasks") for arrival in server.arrivals)


def test_the_api_key_is_not_reported_though_the_platform_repeats_it(run: Run, tmp_path: Path) -> None:
    with serve(respond_to_list(f'{{"{KEY}": "{KEY}"}}')) as server:
        report = run(server.url)
    assert report.status == 1
    assert KEY not in report.out + report.err + (tmp_path / "drift.json").read_text()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("where", ["the report", "the terminal"])
def test_a_full_disk_is_reported(emulator: Emulator, run: Run, where: str) -> None:
    if where == "the report":
        report = run(emulator.base_url, file="/dev/full")
        assert (report.status, "No space left" in report.err) == (2, True)
        assert "no drift" in report.out
        return
    environment = {**os.environ, **emulator.environment}
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "twelvelabs_tasks.testing"]
        result = subprocess.run(command, env=environment, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (result.returncode, "No space left" in result.stderr) == (2, True)
    assert "Traceback" not in result.stderr


def test_an_environment_that_httpx_cannot_use_is_2(emulator: Emulator, run: Run) -> None:
    for environment in ({"HTTPS_PROXY": "nonsense://x"}, {"SSL_CERT_FILE": "/nothing.pem"}):
        report = run(emulator.base_url, **environment)
        assert report.status == 2
        assert "could not compare" in report.err


def test_an_interrupted_report_says_so(tmp_path: Path) -> None:
    def stop_the_program(arrival: Arrival) -> Iterator[bytes]:
        process.send_signal(signal.SIGINT)
        process.wait(2 * PATIENCE)
        yield b""

    with serve(stop_the_program) as server:
        environment = {**os.environ, "TWELVE_LABS_API_KEY": KEY, "TWELVELABS_BASE_URL": server.url}
        command = [sys.executable, "-X", "faulthandler", "-m", "twelvelabs_tasks.testing"]
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
            try:
                _, err = process.communicate(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGABRT)  # so that it says what it waits for
                _, err = process.communicate()
                pytest.fail(err)
    assert process.returncode == 130
    assert err == "python -m twelvelabs_tasks.testing: interrupted\n"


def test_help_says_what_the_exit_status_means(run: Run) -> None:
    report = run("", "--help")
    assert report.status == 0
    assert "exit status: 0 if there is no drift, 1 if there is, 2 if" in report.out
