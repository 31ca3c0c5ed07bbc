"""What cannot be uploaded is refused before anything is sent."""

from __future__ import annotations

import io
import os
import pathlib
import tempfile
from collections.abc import Callable, Iterator
from typing import IO, Any

import pytest
import respx

from contract_tests.support.samples import INDEX_ID, VIDEO
from contract_tests.support.twins import Twin


def make_closed_file() -> IO[bytes]:
    stream = io.BytesIO(VIDEO)
    stream.close()
    return stream


def at_its_end() -> IO[bytes]:
    stream = io.BytesIO(VIDEO)
    stream.seek(0, os.SEEK_END)
    return stream


@pytest.fixture(scope="module")
def text_file() -> Iterator[Any]:
    """A file in text mode that is no `io.TextIOBase`."""
    with tempfile.NamedTemporaryFile("w+") as stream:
        stream.write("text")
        stream.seek(0)
        yield stream


def test_a_file_in_text_mode_is_refused_in_whatever_wrapping(
    twin: Twin, platform: respx.MockRouter, text_file: Any
) -> None:
    with pytest.raises(TypeError, match="binary mode"):
        twin(lambda client: client.tasks.create(index_id=INDEX_ID, video_file=text_file))
    assert not platform.calls


@pytest.mark.parametrize(
    ("make", "expected", "message"),
    [
        (lambda: b"", ValueError, "empty"),
        (lambda: ("a.mp4", b""), ValueError, "empty"),
        (io.BytesIO, ValueError, "empty"),
        (at_its_end, ValueError, "empty"),
        (make_closed_file, ValueError, "closed"),
        (lambda: io.StringIO("text"), TypeError, "binary"),
        (lambda: ("a.mp4", io.StringIO("text")), TypeError, "binary"),
        (lambda: bytearray(VIDEO), TypeError, "bytearray"),
        (lambda: 5, TypeError, "int"),
        (lambda: ("a.mp4", 5), TypeError, "int"),
        (lambda: ("a.mp4",), TypeError, "content_type"),
        (lambda: (), TypeError, "content_type"),
        (lambda: ("a", b"b", "c", {}, "e"), TypeError, "content_type"),
        (lambda: ('a.mp4"\r\n\r\nx', VIDEO), ValueError, "control characters"),
        (lambda: ("a\x00.mp4", VIDEO), ValueError, "control characters"),
        (lambda: ("a\udcff.mp4", VIDEO), ValueError, "not valid Unicode"),
        (lambda: (5, VIDEO), TypeError, "filename"),
        (lambda: ("a.mp4", VIDEO, "video/mp4\r\nX-Evil: 1"), ValueError, "Content-Type"),
        (lambda: ("a.mp4", VIDEO, None, {"X-A": "1\r\nX-Evil: 1"}), ValueError, "X-A"),
        (lambda: ("a.mp4", VIDEO, None, {"X-A: 1\r\nX-Evil": "1"}), ValueError, "name of a header"),
        (lambda: ("a.mp4", VIDEO, None, {"Content-Disposition": 'form-data; name="index_id"'}), ValueError, "follows"),
        (lambda: "/no/such/file.mp4", FileNotFoundError, "file.mp4"),
        (lambda: pathlib.Path("/no/such/file.mp4"), FileNotFoundError, "file.mp4"),
        (tempfile.gettempdir, IsADirectoryError, "directory"),
        (lambda: "/dev/null", ValueError, "not a regular file"),
    ],
)
def test_what_cannot_be_uploaded_is_refused_before_anything_is_sent(
    twin: Twin, platform: respx.MockRouter, make: Callable[[], Any], expected: type[Exception], message: str
) -> None:
    with pytest.raises(expected, match=message):
        twin(lambda client: client.tasks.create(index_id=INDEX_ID, video_file=make()))
    assert not platform.calls


@pytest.mark.parametrize(
    "arguments",
    [{}, {"video_file": VIDEO, "video_url": "https://example.com/a.mp4"}, {"video_file": None, "video_url": None}],
)
def test_a_task_needs_exactly_one_of_file_and_url(
    twin: Twin, platform: respx.MockRouter, arguments: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match="exactly one of video_file and video_url"):
        twin(lambda client: client.tasks.create(index_id=INDEX_ID, **arguments))
    assert not platform.calls
