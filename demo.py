"""Index a real video on this machine, from start to end: `make demo`.

Everything goes through the library, over HTTP, to the emulator. Nothing leaves the machine.
"""

import io
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import av
import httpx

from twelvelabs_emulator import Emulator
from twelvelabs_emulator.sample import make_video
from twelvelabs_tasks import TwelveLabs
from twelvelabs_tasks.tasks import TasksRetrieveResponse

INTEGRATION_ID = "63a2eb29d1d15aaa6d2a6b2c"

# The platform has deprecated imports, so the library warns. The demo uses them anyway.
warnings.filterwarnings("ignore", "tasks.transfers", DeprecationWarning)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        step("Make a sample video: 15 s, 1280x720, with sound")
        video = folder / "sample.mp4"
        make_video(video, duration=15, width=1280, height=720)
        bucket = folder / "bucket"
        bucket.mkdir()
        for number in (1, 2):
            make_video(bucket / f"clip-{number}.mp4", duration=10 + number, width=640, height=360)
        (bucket / "notes.txt").write_text("not a video")
        print(f"  {video.name}: {video.stat().st_size:,} bytes")

        step("Start the emulator")
        with (
            Emulator(integrations={INTEGRATION_ID: bucket}, stage_seconds=0.5) as emulator,
            TwelveLabs(api_key="demo", base_url=emulator.base_url) as client,
        ):
            print(f"  {emulator.base_url}, index {emulator.index_id}")
            index_a_video(client, emulator.index_id, video)
            import_a_folder(client, emulator.index_id)
    print("\nDone: a real video was uploaded, indexed, streamed and deleted, and a folder imported.")


def index_a_video(client: TwelveLabs, index_id: str, video: Path) -> None:
    step("Upload the video")
    created = client.tasks.create(index_id=index_id, video_file=video, on_progress=make_progress_bar())
    print(f"\n  created task {created.id}")

    step("Wait until it is indexed")
    task = client.tasks.wait_for_done(created.id, sleep_interval=0.1, callback=print_changes())
    if task.status != "ready":
        sys.exit(f"Indexing failed with status {task.status}")
    if task.system_metadata is not None:
        print("  " + ", ".join(f"{name}: {value}" for name, value in task.system_metadata))

    step("List the tasks of the index")
    for listed in client.tasks.list(index_id=index_id, status="ready"):
        print(f"  {listed.id} {listed.status} {listed.created_at}")

    step("Fetch and decode the HLS stream")
    if task.hls is None or task.hls.video_url is None:
        sys.exit("The task has no HLS stream")
    print(f"  {task.hls.video_url}")
    print(f"  {play(task.hls.video_url)}")

    step("Delete the video vector and the task")
    client.indexes.videos.delete(index_id, created.video_id)
    client.tasks.delete(created.id)
    print(f"  {len(list(client.tasks.list(index_id=index_id)))} tasks left")


def import_a_folder(client: TwelveLabs, index_id: str) -> None:
    step("Import a folder of videos")
    response = client.tasks.transfers.create(INTEGRATION_ID, index_id=index_id)
    for file in response.failed_files or []:
        print(f"  not imported: {file.filename}: {file.error_message}")
    for video in response.videos or []:
        task = client.tasks.wait_for_done(video.video_id or "", sleep_interval=0.1)
        print(f"  imported: {video.filename}: {task.status}")
    for log in client.tasks.transfers.get_logs(INTEGRATION_ID).data or []:
        print(f"  log: {log.video_status}")


def play(playlist_url: str) -> str:
    """Fetch a playlist and all its segments, decode them, and describe their content."""
    with httpx.Client() as http:
        lines = http.get(playlist_url).raise_for_status().text.splitlines()
        segments = [urljoin(playlist_url, line) for line in lines if line and not line.startswith("#")]
        stream = b"".join(http.get(segment).raise_for_status().content for segment in segments)
    with av.open(io.BytesIO(stream), "r") as container:
        frames = {"video": 0, "audio": 0}
        for frame in container.decode(video=0, audio=0):
            frames["video" if isinstance(frame, av.VideoFrame) else "audio"] += 1
    counts = f"{frames['video']} video frames and {frames['audio']} audio frames"
    return f"{len(segments)} segments, {len(stream):,} bytes: {counts} decoded"


def make_progress_bar() -> Callable[[int, int | None], None]:
    def show(sent: int, total: int | None) -> None:
        done = sent / total if total else 1.0
        print(f"\r  [{'#' * round(40 * done):<40}] {done:4.0%} of {total:,} bytes", end="", flush=True)

    return show


def print_changes() -> Callable[[TasksRetrieveResponse], None]:
    """Return a callback that prints each status once, with the time since the start."""
    start = time.monotonic()
    seen: list[str | None] = []

    def show(task: TasksRetrieveResponse) -> None:
        if task.status not in seen:
            seen.append(task.status)
            print(f"  {time.monotonic() - start:4.1f} s  {task.status}")

    return show


def step(title: str) -> None:
    print(f"\n{title}")


if __name__ == "__main__":
    main()
