"""Killed at any moment, the emulator continues where it was: nothing lost, nothing doubled, nothing half there."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from contract_tests.support.machines import Machine
from contract_tests.support.polling import spin, until
from contract_tests.support.videos import Videos, pad

pytestmark = pytest.mark.slow

INTEGRATION = "63a2eb29d1d15aaa6d2a6b2c"
MIB = 2**20
FORM = {"content-type": "multipart/form-data; boundary=b"}
UPLOADS = [0.0, 0.2, 0.4, 0.6, 0.8, 0.95]
ENDS = 4
STATUSES = ["validating", "pending", "queued", "indexing", "ready"]
SEGMENTS = [0, 1, 2]
FETCHES = [0.1, 0.5, 0.9]
IMPORTS = 5
CROWD = 8


def test_the_suite_kills_at_least_thirty_times() -> None:
    assert len(UPLOADS) + ENDS + len(STATUSES) + len(SEGMENTS) + len(FETCHES) + IMPORTS + CROWD >= 30


def multipart(index_id: str, content: bytes) -> tuple[bytes, bytes]:
    """Return the head and the body of a form with a file, up to its end."""
    head = (
        f'--b\r\ncontent-disposition: form-data; name="index_id"\r\n\r\n{index_id}\r\n'
        '--b\r\ncontent-disposition: form-data; name="video_file"; filename="v.mp4"\r\n\r\n'
    )
    return head.encode(), content + b"\r\n--b--\r\n"


def test_an_upload_that_was_cut_off_leaves_nothing(videos: Videos, tmp_path: Path) -> None:
    content = pad(videos.cheap(), 8 * MIB)
    with Machine(tmp_path, "--stage-seconds", "0.1") as machine:
        incoming = tmp_path / "incoming"
        for fraction in UPLOADS:
            machine.create(video_file=("kept.mp4", videos.cheap().read_bytes()), enable_video_stream="false")
            before = machine.tasks().keys()
            head, body = multipart(machine.index_id, content)
            cut = int(len(content) * fraction)

            def pieces(head: bytes = head, body: bytes = body, cut: int = cut) -> Iterator[bytes]:
                yield head
                yield body[:cut]
                # It is written in pieces of a mebibyte.
                least = max(0, cut // MIB - 1) * MIB
                until(partial(holds, incoming, least), "the upload")
                machine.kill()
                yield body[cut:]

            with pytest.raises(httpx.TransportError):
                machine.http.post("/tasks", content=pieces(), headers=FORM)
            machine.restart()
            assert machine.tasks().keys() == before
            assert list(incoming.iterdir()) == []
        assert len(machine.end()) == machine.kills == len(UPLOADS)


def test_an_upload_whose_response_was_due_is_there_whole_or_not_at_all(videos: Videos, tmp_path: Path) -> None:
    content = pad(videos.cheap(), MIB)
    with Machine(tmp_path, "--stage-seconds", "0.1") as machine, ThreadPoolExecutor() as pool:
        for number in range(ENDS):
            head, body = multipart(machine.index_id, content)
            sent = threading.Event()

            def pieces(head: bytes = head, body: bytes = body, sent: threading.Event = sent) -> Iterator[bytes]:
                yield head
                yield body
                sent.set()

            upload = partial(machine.http.post, "/tasks", content=pieces(), headers=FORM)
            sending = pool.submit(machine.send, upload)
            sent.wait()
            spin(0.006 * number)
            machine.kill()
            sending.result()
            machine.restart()
        tasks = machine.end()
        assert all(task["system_metadata"]["duration"] == 12.0 for task in tasks.values())


def test_a_task_continues_from_the_status_it_was_seen_in(videos: Videos, tmp_path: Path) -> None:
    with Machine(tmp_path, "--stage-seconds", "0.4") as machine:
        for status in STATUSES:
            task = machine.create(video_file=("v.mp4", videos.cheap().read_bytes()), enable_video_stream="false")
            assert task
            while (before := machine.task(task))["status"] != status:
                pass
            machine.kill()
            machine.restart()
            after = machine.task(task)
            assert STATUSES.index(after["status"]) >= STATUSES.index(before["status"])
            assert after["created_at"] == before["created_at"]
            assert after["updated_at"] >= before["updated_at"]
        assert len(machine.end()) == len(STATUSES)


def test_a_stream_that_was_being_made_is_made_again(videos: Videos, tmp_path: Path) -> None:
    video = videos.make("transcoded.avi", codec="mpeg4", width=1280, height=720, duration=12.0).read_bytes()
    with Machine(tmp_path, "--stage-seconds", "0") as machine:
        for count in SEGMENTS:
            task = machine.create(video_file=("v.avi", video))
            assert task
            folder = tmp_path / "media" / task / "stream"
            until(partial(holds, folder, 0, count), "segments")
            machine.kill()
            assert not list(folder.glob("*.m3u8"))
            machine.restart()
        assert len(machine.end()) == len(SEGMENTS)


class Source(ThreadingHTTPServer):
    """Serves a video: each time as much of it as is allowed, and the rest when that is."""

    daemon_threads = True

    def __init__(self, content: bytes) -> None:
        super().__init__(("127.0.0.1", 0), _Serving)
        self.content = content
        self.allowed = 0
        self.released = threading.Event()


class _Serving(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Source)
        content, allowed = self.server.content, self.server.allowed
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        try:
            self.wfile.write(content[:allowed])
            self.server.released.wait()
            self.wfile.write(content[allowed:])
        except OSError:
            pass  # Whoever asked was killed.

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the class above calls it
        """Log nothing."""


@pytest.fixture
def source(videos: Videos) -> Iterator[Source]:
    """A server of a video of eight mebibytes."""
    with Source(pad(videos.cheap(), 8 * MIB)) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        yield server
        server.released.set()
        server.shutdown()
        thread.join()


def test_a_video_that_was_being_fetched_is_fetched_again(source: Source, tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{source.server_address[1]}/holiday.mp4"
    with Machine(tmp_path, "--stage-seconds", "0.1") as machine:
        for fraction in FETCHES:
            source.allowed = int(len(source.content) * fraction)
            machine.create(video_url=url, enable_video_stream="false")
            least = max(0, source.allowed - MIB)
            until(partial(holds, tmp_path / "incoming", least), "the fetching")
            machine.kill()
            machine.restart()
            assert {task["status"] for task in machine.tasks().values()} == {"uploading"}
        source.released.set()
        assert len(machine.end()) == len(FETCHES)


def test_an_import_continues_and_ends(videos: Videos, tmp_path: Path) -> None:
    folder, data = tmp_path / "videos", tmp_path / "data"
    folder.mkdir()
    for seed in range(6):
        (folder / f"{seed}.mp4").write_bytes(pad(videos.cheap(seed), 2 * MIB))
    (folder / "notes.txt").write_text("No video.")
    importing = f"/tasks/transfers/import/{INTEGRATION}"
    with Machine(data, "--stage-seconds", "0.5", "--integration", f"{INTEGRATION}={folder}") as machine:
        for number in range(IMPORTS):
            index_id = machine.http.post(
                f"{machine.server.url}/_emulator/indexes", headers=machine.server.token
            ).json()["_id"]
            response = machine.http.post(importing, json={"index_id": index_id})
            assert response.status_code == 201
            machine.acknowledged |= {video["video_id"] for video in response.json()["videos"]}
            spin(0.004 * number)
            machine.kill()
            machine.restart()
            *_, log = machine.http.get(f"{importing}/logs").json()["data"]
            assert (log["index_id"], sum(log["video_status"].values())) == (index_id, 7)
            machine.http.post(
                f"{machine.server.url}/_emulator/clock", json={"seconds": 60}, headers=machine.server.token
            )
            logs = machine.http.get(f"{importing}/logs").json()["data"]
            assert len(logs) == 2 * number + 1
            assert logs[-1]["ended_at"]
            assert (logs[-1]["video_status"]["ready"], logs[-1]["video_status"]["failed"]) == (6, 1)
            again = machine.http.post(importing, json={"index_id": index_id}).json()
            assert again["videos"] is None
        assert len(machine.end()) == 6 * IMPORTS


def test_a_crowd_of_requests_is_accounted_for(videos: Videos, tmp_path: Path) -> None:
    content = pad(videos.cheap(), MIB)
    moments = random.Random(20240302)
    deleted: set[str] = set()
    with Machine(tmp_path, "--stage-seconds", "0") as machine, ThreadPoolExecutor(4) as pool:

        def work(number: int, responded: threading.Semaphore) -> None:
            task = machine.create(
                video_file=(f"{number}.mp4", content), enable_video_stream="true" if number % 4 == 0 else "false"
            )
            responded.release()
            if task and number % 4 == 1:
                path = f"/indexes/{machine.index_id}/videos/{task}"
                try:
                    machine.task(task)
                    machine.http.delete(path)
                    if machine.http.delete(f"/tasks/{task}").status_code == 204:
                        deleted.add(task)
                except httpx.TransportError:
                    machine.lost_responses += 1
                machine.acknowledged.discard(task)

        for _ in range(CROWD):
            responded = threading.Semaphore(0)
            working = [pool.submit(work, number, responded) for number in range(8)]
            for _ in range(moments.randint(0, 6)):
                responded.acquire()
            spin(moments.uniform(0, 0.01))
            machine.kill()
            for each in working:
                each.result()
            machine.restart()
            assert machine.tasks().keys().isdisjoint(deleted)
        assert machine.end().keys().isdisjoint(deleted)
        assert len(machine.acknowledged) >= CROWD


def holds(folder: Path, size: int, count: int = 1) -> bool:
    """Return whether a folder is there, with that many files and one of that size among them."""
    try:
        sizes = [path.stat().st_size for path in folder.iterdir()]
    except FileNotFoundError:
        return False
    return len(sizes) >= count and max(sizes, default=0) >= size
