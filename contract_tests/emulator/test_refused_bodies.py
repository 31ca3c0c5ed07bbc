"""Bodies that are not what an operation takes: forms, JSON, and what is neither."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from contract_tests.support.emulators import platform_of, refusal
from contract_tests.support.samples import INTEGRATION_ID
from contract_tests.support.videos import Videos
from twelvelabs_emulator import Emulator

IMPORT = f"/tasks/transfers/import/{INTEGRATION_ID}"
FORM = "multipart/form-data; boundary=xyz"


def invalid(name: str, code: str = "parameter_invalid") -> tuple[int, str, str]:
    what = {
        "parameter_invalid": "is invalid",
        "parameter_unknown": "is unknown",
        "parameter_not_provided": "is required but was not provided",
    }
    return 400, code, f"The `{name}` parameter {what[code]}."


@pytest.fixture(autouse=True)
def nothing_is_left(emulator: Emulator, folder: Path, http: httpx.Client) -> Iterator[None]:
    """Of what is refused, no task, no import and no file remains."""
    emulator.configure(integrations={INTEGRATION_ID: folder})
    yield
    assert http.get("/tasks").json()["page_info"]["total_results"] == 0
    assert http.get(f"{IMPORT}/logs").json() == {"data": None}
    files = platform_of(emulator).files
    assert not list(files.incoming.iterdir())
    assert not list(files.videos.iterdir())


# Forms


def part(name: str, content: bytes | str, *, filename: str = "") -> bytes:
    file = f'; filename="{filename}"' if filename else ""
    content = content.encode() if isinstance(content, str) else content
    return f'--xyz\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode() + content + b"\r\n"


END = b"--xyz--\r\n"


def send_form(http: httpx.Client, *parts: bytes, content_type: str = FORM) -> tuple[int, str, str]:
    return refusal(http.post("/tasks", content=b"".join(parts), headers={"Content-Type": content_type}))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, invalid("index_id", "parameter_not_provided")),
        ({"index_id": "INDEX"}, invalid("video_file", "parameter_not_provided")),
        ({"video_file": "VIDEO"}, invalid("index_id", "parameter_not_provided")),
        ({"index_id": "abc", "video_file": "VIDEO"}, invalid("index_id")),
        ({"index_id": "", "video_file": "VIDEO"}, invalid("index_id")),
        ({"index_id": "INDEX", "video_file": "VIDEO", "videofile": "x"}, invalid("videofile", "parameter_unknown")),
        ({"index_id": "INDEX", "video_file": "VIDEO", "": "x"}, invalid("", "parameter_unknown")),
        ({"index_id": "INDEX", "video_file": "VIDEO", "video_url": "http://a/b"}, invalid("video_url")),
        ({"index_id": "INDEX", "video_url": "ftp://127.0.0.1/v.mp4"}, invalid("video_url")),
        ({"index_id": "INDEX", "video_url": "file:///etc/hostname"}, invalid("video_url")),
        ({"index_id": "INDEX", "video_url": "HTTP//127.0.0.1"}, invalid("video_url")),
        ({"index_id": "INDEX", "video_url": "/etc/hostname"}, invalid("video_url")),
        ({"index_id": "INDEX", "video_url": "http://a b/c"}, invalid("video_url")),
        ({"index_id": "INDEX", "video_url": ""}, invalid("video_url")),
        ({"index_id": "INDEX", "video_file": "VIDEO", "enable_video_stream": "yes"}, invalid("enable_video_stream")),
        ({"index_id": "INDEX", "video_file": "VIDEO", "enable_video_stream": "True"}, invalid("enable_video_stream")),
        ({"index_id": "INDEX", "video_file": "VIDEO", "enable_video_stream": ""}, invalid("enable_video_stream")),
        ({"index_id": "INDEX", "video_file": "VIDEO", "user_metadata": "a=b"}, invalid("user_metadata")),
        ({"index_id": "INDEX", "video_file": "VIDEO", "user_metadata": "[]"}, invalid("user_metadata")),
        ({"index_id": "INDEX", "video_file": "VIDEO", "user_metadata": '{"a": null}'}, invalid("user_metadata")),
        ({"index_id": "INDEX", "video_file": "VIDEO", "user_metadata": '{"a": {}}'}, invalid("user_metadata")),
        ({"index_id": "INDEX", "video_file": "VIDEO", "user_metadata": '{"a": NaN}'}, invalid("user_metadata")),
        ({"index_id": "INDEX", "video_file": "VIDEO", "user_metadata": "[" * 100_000}, invalid("user_metadata")),
    ],
)
def test_a_form_with_fields_that_do_not_conform_is_refused(
    fields: dict[str, str], expected: tuple[int, str, str], emulator: Emulator, videos: Videos, http: httpx.Client
) -> None:
    contents = {"INDEX": emulator.index_id.encode(), "VIDEO": videos.cheap().read_bytes()}
    parts = [
        part(name, contents.get(value, value.encode()), filename="v.mp4" if name == "video_file" else "")
        for name, value in fields.items()
    ]
    assert send_form(http, *parts, END) == expected


@pytest.mark.parametrize("name", ["index_id", "video_file", "enable_video_stream", "user_metadata"])
def test_a_field_that_is_given_twice_is_refused(
    name: str, emulator: Emulator, videos: Videos, http: httpx.Client
) -> None:
    parts = {
        "index_id": part("index_id", emulator.index_id),
        "video_file": part("video_file", videos.cheap().read_bytes(), filename="v.mp4"),
        "enable_video_stream": part("enable_video_stream", "true"),
        "user_metadata": part("user_metadata", "{}"),
    }
    assert send_form(http, *parts.values(), parts[name], END) == invalid(name)


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "application/json",
        "application/x-www-form-urlencoded",
        "text/plain",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/mixed; boundary=xyz",
        "multipart/form-data; boundary*0=",
        ";;;",
    ],
)
def test_a_task_is_created_by_a_form_only(content_type: str, emulator: Emulator, http: httpx.Client) -> None:
    parts = [part("index_id", emulator.index_id), END]
    assert send_form(http, *parts, content_type=content_type) == invalid("Content-Type")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nonsense",
        b"--xyz",
        b"--xyz\r\n",
        b"--xyz\r\n\r\nno header\r\n--xyz--\r\n",
        b"--xyz\r\nContent-Disposition: form-data\r\n\r\nno name\r\n--xyz--\r\n",
        b'--xyz\r\nContent-Disposition: attachment; name="index_id"\r\n\r\nwrong kind\r\n--xyz--\r\n',
        b"--xyz\r\nContent-Disposition\r\n\r\nno value\r\n--xyz--\r\n",
        b"--xyz\r\n" + b"A: b\r\n" * 100_000 + b"\r\n\r\n--xyz--\r\n",
        b"--xyz\r\nA: " + b"b" * 1_000_000 + b"\r\n\r\n\r\n--xyz--\r\n",
        b"--xyz\r\n" + b"a" * 1_000_000 + b": b\r\n\r\n\r\n--xyz--\r\n",
        b'--xyz\r\nContent-Disposition: form-data; name="index_id"\r\n\r\n0123456789abcdef01234567',
        b'--xyz\r\nContent-Disposition: form-data; name="index_id"\r\n\r\n0123456789abcdef01234567\r\n--xyz\r\n',
        b'--xyz\r\nContent-Disposition: form-data; name="\xff\xfe"\r\n\r\nx\r\n--xyz--\r\n',
        b"--other\r\n\r\n--other--\r\n",
        b"\0" * 100_000,
    ],
)
def test_a_broken_form_is_refused(body: bytes, http: httpx.Client) -> None:
    assert send_form(http, body) == invalid("body")


def test_invalid_text_or_too_much_of_it_is_refused(videos: Videos, http: httpx.Client) -> None:
    video = part("video_file", videos.cheap().read_bytes(), filename="v.mp4")
    assert send_form(http, video, part("index_id", b"\xff\xfe"), END) == invalid("index_id")
    assert send_form(http, part("user_metadata", b"x" * 2_000_000), END) == invalid("user_metadata")


def test_a_form_that_breaks_off_within_the_video_is_refused(
    emulator: Emulator, videos: Videos, http: httpx.Client
) -> None:
    video = part("video_file", videos.plain().read_bytes(), filename="v.mp4")
    assert send_form(http, part("index_id", emulator.index_id), video[:-10_000]) == invalid("body")


# JSON


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", invalid("body")),
        ("{", invalid("body")),
        ("null", invalid("body")),
        ("[]", invalid("body")),
        ('"INDEX"', invalid("body")),
        ('{"index_id": "INDEX"} x', invalid("body")),
        ('{"index_id": "\\ud800"}', invalid("body")),
        ("[" * 100_000, invalid("body")),
        ("{}", invalid("index_id", "parameter_not_provided")),
        ('{"index_id": null}', invalid("index_id")),
        ('{"index_id": 1}', invalid("index_id")),
        ('{"index_id": ["INDEX"]}', invalid("index_id")),
        ('{"index_id": "INDEX", "index": 1}', invalid("index", "parameter_unknown")),
        ('{"index_id": "INDEX", "incremental_import": "true"}', invalid("incremental_import")),
        ('{"index_id": "INDEX", "incremental_import": 1}', invalid("incremental_import")),
        ('{"index_id": "INDEX", "retry_failed": null}', invalid("retry_failed")),
        ('{"index_id": "INDEX", "user_metadata": "{}"}', invalid("user_metadata")),
        ('{"index_id": "INDEX", "user_metadata": {"a": null}}', invalid("user_metadata")),
        ('{"index_id": "INDEX", "user_metadata": {"a": [1]}}', invalid("user_metadata")),
        ('{"index_id": "INDEX", "user_metadata": {"a": Infinity}}', invalid("body")),
    ],
)
def test_json_that_does_not_conform_is_refused(
    body: str, expected: tuple[int, str, str], emulator: Emulator, http: httpx.Client
) -> None:
    content = body.replace("INDEX", emulator.index_id)
    assert refusal(http.post(IMPORT, content=content, headers={"Content-Type": "application/json"})) == expected


@pytest.mark.parametrize("content", [b"\xff\xfe", b'{"index_id": "\xff"}', b" " * 5_000_000])
def test_json_that_is_not_text_or_too_much_of_it_is_refused(content: bytes, http: httpx.Client) -> None:
    headers = {"Content-Type": "application/json"}
    assert refusal(http.post(IMPORT, content=content, headers=headers)) == invalid("body")


@pytest.mark.parametrize("content_type", ["", "text/json", "text/plain", "multipart/form-data; boundary=xyz", "json"])
def test_an_import_is_requested_in_json_only(content_type: str, emulator: Emulator, http: httpx.Client) -> None:
    content = json.dumps({"index_id": emulator.index_id})
    response = http.post(IMPORT, content=content, headers={"Content-Type": content_type})
    assert refusal(response) == invalid("Content-Type")


def test_a_charset_in_the_content_type_is_accepted(emulator: Emulator, http: httpx.Client) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    response = http.post(IMPORT, content='{"index_id": "abc"}', headers=headers)
    assert refusal(response) == invalid("index_id")
