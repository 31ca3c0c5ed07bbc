"""Uploads of any size: taken in with flat memory, and gone without a trace when their client goes away."""

from __future__ import annotations

import os
import shutil
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import attrs
import httpx
import pytest

from contract_tests.support.emulators import platform_of
from contract_tests.support.videos import Videos
from twelvelabs_emulator import Emulator

LARGE = 1_900_000_000
MIB = 2**20
PIECE = bytes(4 * MIB)


@attrs.frozen
class SeparateEmulator:
    """An emulator in a separate process.

    Attributes:
        pid: The process.
        base_url: Where its API is.
        index_id: Its index.
        folder: Its data folder.
    """

    pid: int
    base_url: str
    index_id: str
    folder: Path

    def memory(self, line: str) -> float:
        """Return a figure of its memory: `VmRSS`, what it takes, or `VmHWM`, the most it took so far; in MiB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.partition(f"{line}:")[2].split()[0]) / 1024


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SeparateEmulator]:
    folder = tmp_path / "data"
    command = [sys.executable, "-m", "twelvelabs_emulator.cli", "serve", "--port=0", f"--data-dir={folder}"]
    command += ["--stage-seconds=0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as process:
        try:
            assert process.stdout
            told = [process.stdout.readline().split()[-1] for _ in range(2)]
            yield SeparateEmulator(process.pid, told[0], told[1], folder)
        finally:
            process.terminate()
            process.wait(30)
            shutil.rmtree(folder)


def form(index_id: str) -> bytes:
    """Return the beginning of a form, up to the content of the video."""
    return (
        f'--xyz\r\nContent-Disposition: form-data; name="index_id"\r\n\r\n{index_id}\r\n'
        '--xyz\r\nContent-Disposition: form-data; name="video_file"; filename="large.mp4"\r\n\r\n'
    ).encode()


END = b"\r\n--xyz--\r\n"


def request(base_url: str, length: int) -> tuple[socket.socket, bytes]:
    """Return a connection, and the headers of an upload on it."""
    parts = urlsplit(base_url)
    connection = socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=60)
    head = (
        f"POST {parts.path}/tasks HTTP/1.1\r\nHost: {parts.netloc}\r\nx-api-key: key\r\nConnection: close\r\n"
        f"Content-Type: multipart/form-data; boundary=xyz\r\nContent-Length: {length}\r\n\r\n"
    )
    return connection, head.encode()


def upload_padded(server: SeparateEmulator, video: bytes, padding: int) -> bytes:
    """Upload a video with a box at its end that holds nothing but zeros, and return the response."""
    start = form(server.index_id) + video + struct.pack(">I4s", padding + 8, b"free")
    connection, head = request(server.base_url, len(start) + padding + len(END))
    with connection:
        connection.sendall(head + start)
        left = padding
        while left:
            left -= connection.send(PIECE[:left])
        connection.sendall(END)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def wait_until(condition: Callable[[], Any], patience: float = 30) -> None:
    end = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < end, "The condition was never met."


@pytest.mark.slow
@pytest.mark.timeout(300)  # uploads two gigabytes
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Memory is read from /proc.")
def test_an_upload_of_almost_two_gigabytes_takes_hardly_any_memory(
    server: SeparateEmulator, videos: Videos, record_property: Callable[[str, object], None]
) -> None:
    video = videos.plain().read_bytes()
    with httpx.Client(base_url=server.base_url, headers={"x-api-key": "key"}, timeout=60) as http:

        def ready() -> bool:
            tasks = http.get("/tasks").json()["data"]
            return all(task["status"] == "ready" for task in tasks)

        assert upload_padded(server, video, 1000).startswith(b"HTTP/1.1 200 ")
        wait_until(ready)
        before = server.memory("VmRSS")
        assert upload_padded(server, video, LARGE - len(video) - 8).startswith(b"HTTP/1.1 200 ")
        wait_until(ready)
        added = server.memory("VmHWM") - before
        record_property("added_mib", added)
        assert added < 100
        task = http.get("/tasks").json()["data"][0]
        assert task["system_metadata"] == {"filename": "large.mp4", "duration": 12.0, "width": 640, "height": 360}


# Clients that go away


def hang_up(connection: socket.socket) -> None:
    connection.close()


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


@pytest.mark.parametrize("leave", [hang_up, reset])
@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_an_upload_whose_client_goes_away_leaves_nothing(
    leave: Callable[[socket.socket], None], share: float, emulator: Emulator, http: httpx.Client
) -> None:
    size = 40_000_000
    files = platform_of(emulator).files
    connection, head = request(emulator.base_url, size)
    connection.sendall(head + form(emulator.index_id) + bytes(int(size * share)))
    wait_until(lambda: list(files.incoming.iterdir()))
    leave(connection)
    wait_until(lambda: not list(files.incoming.iterdir()))
    assert http.get("/tasks").json()["data"] == []
    assert not list(files.videos.iterdir())


def test_a_client_that_goes_away_leaves_the_upload_of_another_alone(
    emulator: Emulator, http: httpx.Client, videos: Videos
) -> None:
    video = videos.plain().read_bytes()
    body = form(emulator.index_id) + video + END
    files = platform_of(emulator).files
    staying, head = request(emulator.base_url, len(body))
    with staying:
        staying.sendall(head + body[:-1000])
        leaving, head = request(emulator.base_url, len(body))
        leaving.sendall(head + body[: len(body) // 2])
        wait_until(lambda: len(list(files.incoming.iterdir())) == 2)
        leaving.close()
        wait_until(lambda: len(list(files.incoming.iterdir())) == 1)
        staying.sendall(body[-1000:])
        assert staying.recv(65_536).startswith(b"HTTP/1.1 200 ")
    assert http.get("/tasks").json()["page_info"]["total_results"] == 1


def test_an_upload_that_is_refused_early_gets_its_response_while_it_is_still_sent(emulator: Emulator) -> None:
    connection, head = request(emulator.base_url, LARGE)
    with connection:
        connection.sendall(head + form("no identifier").replace(b"index_id", b"index"))
        assert connection.recv(65_536).startswith(b"HTTP/1.1 400 ")


def test_a_client_that_asks_before_it_sends_is_told_to_continue(emulator: Emulator, videos: Videos) -> None:
    body = form(emulator.index_id) + videos.cheap().read_bytes() + END
    connection, head = request(emulator.base_url, len(body))
    with connection:
        connection.sendall(head.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n"))
        assert connection.recv(65_536).startswith(b"HTTP/1.1 100 ")
        connection.sendall(body)
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200 ")
