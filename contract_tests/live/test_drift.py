"""The drift report, against an emulator, and against one that was made to drift."""

from __future__ import annotations

import json
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from twelvelabs_emulator import Emulator
from twelvelabs_emulator.sample import make_video
from twelvelabs_tasks.testing import contract, drift_of
from twelvelabs_tasks.testing._cli import main
from twelvelabs_tasks.testing._schemas import is_json_object, parse_json

INTEGRATION_ID = "63a2eb29d1d15aaa6d2a6b2c"


@pytest.fixture
def emulator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    bucket = tmp_path / "bucket"
    bucket.mkdir()
    video = make_video(tmp_path / "video.mp4", duration=10.5)
    (bucket / "a.mp4").write_bytes(video.read_bytes())
    integrations = {INTEGRATION_ID: bucket}
    with Emulator(api_key="pinned", stage_seconds=0, integrations=integrations) as emulator:
        for name, value in emulator.environment.items():
            monkeypatch.setenv(name, value)
        yield emulator


def run(emulator: Emulator, tmp_path: Path, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    """Run the report, and return its exit status and its drifts as JSON."""
    report = tmp_path / "drift.json"
    status = main(["--json", str(report), "--index", emulator.index_id, "--integration", INTEGRATION_ID, *arguments])
    return status, json.loads(report.read_text())["drift"]


def test_an_emulator_has_not_drifted(emulator: Emulator, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(emulator, tmp_path, "--create", str(tmp_path / "video.mp4")) == (0, [])
    assert "no drift" in capsys.readouterr().out


def test_only_a_flag_creates_anything(emulator: Emulator, tmp_path: Path) -> None:
    run(emulator, tmp_path)
    assert {request.method for request in emulator.received} == {"GET"}


LISTED = contract().example("list_tasks", 200)
DRIFTS: dict[str, tuple[dict[str, Any], tuple[str, str]]] = {
    "a property that is unknown": (
        {"body": {**LISTED, "data": [{**LISTED["data"][0], "owner": "me"}]}},
        ("unknown", "body.data[].owner"),
    ),
    "a property at the top that is unknown": ({"body": {**LISTED, "cursor": "x"}}, ("unknown", "body.cursor")),
    "a status of a task that is unknown": (
        {"body": {**LISTED, "data": [{**LISTED["data"][0], "status": "archived"}]}},
        ("invalid", "body.data[].status"),
    ),
    "a number that is a text": (
        {"body": {**LISTED, "page_info": {"total_page": "one"}}},
        ("invalid", "body.page_info.total_page"),
    ),
    "a status code that is unknown": ({"status": 206, "body": LISTED}, ("unknown", "status")),
    "a failure": ({"status": 400}, ("invalid", "status")),
    "an error without a code": ({"status": 400, "body": {"message": "no"}}, ("missing", "body")),
    "a page that is no JSON": ({"body": "<html>"}, ("invalid", "body")),
}


@pytest.mark.slow
@pytest.mark.parametrize(("scenario", "drift"), DRIFTS.values(), ids=DRIFTS)
def test_each_drift_is_named(
    emulator: Emulator, tmp_path: Path, capsys: pytest.CaptureFixture[str], scenario: dict[str, Any], drift: Any
) -> None:
    emulator.scenario("list_tasks", **{"status": 200, "times": 1000, **scenario})
    status, drifts = run(emulator, tmp_path)
    assert status == 1
    assert drift in {(each["kind"], each["where"]) for each in drifts}
    assert drift[1] in capsys.readouterr().out


def test_a_promised_header_that_does_not_come_is_named() -> None:
    response = httpx.Response(429, json={"code": "too_many_requests", "message": "Slow down."})
    assert {(drift.kind, drift.where) for drift in drift_of("list_tasks", response)} == {
        ("missing", "header Retry-After"),
        ("missing", "header X-Api-Version"),
    }


def test_a_response_without_a_body_has_none_to_drift() -> None:
    assert drift_of("delete_task", httpx.Response(204, headers={"x-api-version": "1.3.0"})) == []


def test_metadata_may_have_any_names() -> None:
    document = contract().copy()
    response = document.operations["retrieve_task"].responses["200"]
    response["content"]["application/json"]["schema"] = {"$ref": "#/components/schemas/UserMetadata"}
    headers = {"x-api-version": "1.3.0"}
    assert drift_of("retrieve_task", httpx.Response(200, json={"mine": 1}, headers=headers), document) == []


def test_json_that_is_nested_without_end_is_named_and_followed_no_further() -> None:
    response = httpx.Response(200, content=b"[" * 200_000, headers={"content-type": "application/json"})
    assert ("invalid", "body") in {(drift.kind, drift.where) for drift in drift_of("list_tasks", response)}


def test_metadata_that_is_not_a_json_object_is_not_of_the_contracts_format() -> None:
    assert is_json_object('{"a": 1}')
    assert not any(is_json_object(text) for text in ("[]", "{", '{"a": NaN}', "[" * 200_000))


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_what_only_python_takes_for_json_is_refused_by_its_name(constant: str) -> None:
    with pytest.raises(ValueError, match=f"^{constant} is not JSON"):
        parse_json(f'{{"a": {constant}}}'.encode())


def test_an_upload_whose_response_has_another_form_is_named(
    emulator: Emulator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    emulator.scenario("create_task", status=200, body={"id": "renamed"})
    _, drifts = run(emulator, tmp_path, "--create", str(tmp_path / "video.mp4"))
    assert ("unknown", "body.id") in {(drift["kind"], drift["where"]) for drift in drifts}


@pytest.mark.usefixtures("emulator")
def test_the_report_is_for_people_unless_a_file_is_given(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["testing"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("twelvelabs_tasks.testing", run_name="__main__")
    assert ended.value.code == 0
    assert "no drift" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("key", "arguments", "message"),
    [(None, [], "TWELVE_LABS_API_KEY"), ("any", ["--create", "video.mp4"], "--create needs --index")],
)
def test_what_is_missing_is_reported_before_anything_is_sent(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    key: str | None,
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.delenv("TWELVE_LABS_API_KEY", raising=False)
    if key is not None:
        monkeypatch.setenv("TWELVE_LABS_API_KEY", key)
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert message in capsys.readouterr().err


def test_a_platform_that_does_not_respond_is_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TWELVELABS_BASE_URL", "http://127.0.0.1:9/v1.3")
    monkeypatch.setenv("TWELVE_LABS_API_KEY", "any")
    assert main([]) == 2
    assert "127.0.0.1:9" in capsys.readouterr().err


@pytest.mark.usefixtures("emulator")
def test_an_integration_may_be_asked_about_without_an_index(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--integration", INTEGRATION_ID]) == 0
    assert "no drift" in capsys.readouterr().out
