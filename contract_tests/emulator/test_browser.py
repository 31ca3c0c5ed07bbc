"""A playlist of the emulator plays in a real browser, and its pictures are those of the video."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from fractions import Fraction
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import av
import av.filter
import pytest
from av.video.frame import VideoFrame

from contract_tests.support.browsers import FLAGS, browser
from contract_tests.support.videos import Videos
from twelvelabs_emulator import Emulator
from twelvelabs_tasks import TwelveLabs

PAGE = """
<style>body { margin: 0 } video { display: block; width: 640px; height: 360px }</style>
<video src="PLAYLIST" muted autoplay></video>
<script>
  const video = document.querySelector("video")
  const report = found => fetch("/", {method: "POST", body: JSON.stringify(found)})
  video.requestVideoFrameCallback(function show(_, picture) {
    if (picture.mediaTime < 2) return video.requestVideoFrameCallback(show)
    video.pause()
    report({time: picture.mediaTime, width: video.videoWidth, height: video.videoHeight})
  })
  video.onerror = () => report({error: video.error.message, plays: video.canPlayType("application/vnd.apple.mpegurl")})
</script>
<img src="/report">
"""
__all__ = ["browser"]

PATIENCE = 60.0
"""How long a browser may take, in seconds."""
WIDTH, HEIGHT = 640, 360
COLUMNS, ROWS = 32, 18
SIMILAR = 25
"""By how much colours may differ, of 255: browsers and FFmpeg disagree on those of a video that says little of them."""


class Page(ThreadingHTTPServer):
    """A page with a video, which has not loaded before it has reported how the video plays.

    Args:
        playlist: The URL of the video.
    """

    def __init__(self, playlist: str) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.html = PAGE.replace("PLAYLIST", playlist)
        self.found: dict[str, Any] = {}
        self.reported = threading.Event()

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_address[1]}/"


class Visit(BaseHTTPRequestHandler):
    """A request of the browser."""

    @property
    def page(self) -> Page:
        """The page that is visited."""
        assert isinstance(self.server, Page)
        return self.server

    def do_GET(self) -> None:
        """Send the page; or, as its picture, nothing, once it has reported."""
        if self.path == "/":
            self._send(self.page.html.encode())
        else:
            self.page.reported.wait(PATIENCE / 2)
            self._send(b"")

    def do_POST(self) -> None:
        """Take the report."""
        self.page.found = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.page.reported.set()
        self._send(b"")

    def _send(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as in the standard library
        """Log nothing."""


@pytest.fixture
def client(emulator: Emulator) -> Iterator[TwelveLabs]:
    """A client of the emulator."""
    with TwelveLabs(api_key=emulator.api_key, base_url=emulator.base_url) as client:
        yield client


@pytest.mark.slow
@pytest.mark.parametrize("name", ["passed-on.mp4", "transcoded.webm"])
def test_a_playlist_plays_in_a_browser(
    name: str, browser: str, client: TwelveLabs, emulator: Emulator, videos: Videos, tmp_path: Path
) -> None:
    video = videos.make(name, **{"codec": "libvpx-vp9", "rate": 10} if name.endswith(".webm") else {})
    playlist = playlist_of(video, client, emulator)
    found, screenshot = visit(browser, playlist, tmp_path)
    if found.get("plays") == "":
        pytest.skip(f"{browser} plays no HLS by itself; Chromium does from version 146 on")
    assert found.keys() == {"time", "width", "height"}, found
    assert (found["width"], found["height"]) == (WIDTH, HEIGHT)
    assert 2 <= found["time"] < 12
    seen = colours(picture_at(screenshot, 0))
    assert difference(seen, colours(picture_at(video, found["time"]))) < SIMILAR
    assert difference(seen, colours(picture_at(videos.make("other.mp4", seed=5), found["time"]))) > 2 * SIMILAR


def playlist_of(video: Path, client: TwelveLabs, emulator: Emulator) -> str:
    """Return the playlist that the emulator makes of a video."""
    task = client.tasks.create(index_id=emulator.index_id, video_file=video)
    emulator.advance(1000)
    hls = client.tasks.retrieve(task.id).hls
    assert hls is not None
    assert hls.video_url is not None
    return hls.video_url


def visit(browser: str, playlist: str, folder: Path) -> tuple[dict[str, Any], Path]:
    """Return what a browser reports of a playlist, and its screenshot."""
    screenshot = folder / "screenshot.png"
    with Page(playlist) as page:
        serving = threading.Thread(target=page.serve_forever)
        serving.start()
        try:
            command = [browser, *FLAGS, f"--user-data-dir={folder / 'profile'}", f"--screenshot={screenshot}", page.url]
            ended = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
        finally:
            page.shutdown()
            serving.join()
    assert screenshot.exists(), ended.stderr.decode()
    return page.found, screenshot


def picture_at(path: Path, seconds: float) -> VideoFrame:
    """Return the picture of a video that is shown at a time."""
    with av.open(path, "r") as container:
        frames = container.decode(video=0)
        shown = next(frames)
        for frame in frames:
            if (frame.time or 0) > seconds:
                break
            shown = frame
    return shown


def colours(picture: VideoFrame) -> bytes:
    """Return the colours of the fields of a picture's upper left corner, where a page has its video."""
    graph = av.filter.Graph()
    graph.link_nodes(
        graph.add_buffer(width=picture.width, height=picture.height, format=picture.format, time_base=Fraction(1, 25)),
        graph.add("crop", f"{WIDTH}:{HEIGHT}:0:0"),
        graph.add("scale", f"{COLUMNS}:{ROWS}:flags=area"),
        graph.add("format", "pix_fmts=rgb24"),
        graph.add("buffersink"),
    ).configure()
    graph.vpush(picture)
    (plane,) = graph.vpull().planes
    rows = bytes(plane)
    return b"".join(rows[start : start + COLUMNS * 3] for start in range(0, ROWS * plane.line_size, plane.line_size))


def difference(some: bytes, others: bytes) -> float:
    """Return by how much colours differ, on average."""
    return sum(abs(a - b) for a, b in zip(some, others, strict=True)) / len(some)
