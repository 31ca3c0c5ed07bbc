"""Pictures that are much too large are refused with their resolution, by what the headers say and without a decoder."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import pytest
from av.video.stream import VideoStream

from twelvelabs_tasks import video

KINDS = [
    ("libvpx-vp9", "webm"),
    ("libvpx-vp9", "mp4"),
    ("libx264", "mp4"),
    ("libx264", "mkv"),
    ("libx265", "mp4"),
    ("libsvtav1", "mp4"),
    ("mjpeg", "avi"),
    ("png", "mov"),
    ("jpeg2000", "mkv"),
]


def large(path: Path, codec: str, width: int, height: int) -> Path:
    """Return a video of two large, gray pictures that are ten seconds apart."""
    options = {"preset": "ultrafast", "x265-params": "log-level=none"} if codec in ("libx264", "libx265") else {}
    options |= {"preset": "12"} if codec == "libsvtav1" else {}
    options |= {"deadline": "realtime", "cpu-used": "8"} if codec == "libvpx-vp9" else {}
    with av.open(str(path), "w") as container:
        stream = cast("VideoStream", container.add_stream(codec, rate=1, options=options))
        stream.width, stream.height = width, height
        stream.pix_fmt = {"mjpeg": "yuvj420p", "png": "gray"}.get(codec, "yuv420p")
        frame = av.VideoFrame(width, height, stream.pix_fmt)
        for plane in frame.planes:
            plane.update(bytes([128]) * plane.buffer_size)
        for second in (0, 10):
            frame.pts, frame.time_base = second, Fraction(1)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@pytest.mark.slow
@pytest.mark.parametrize(("codec", "suffix"), KINDS)
def test_a_video_that_is_much_too_large_is_refused_with_its_resolution(tmp_path: Path, codec: str, suffix: str) -> None:
    path = large(tmp_path / f"large.{suffix}", codec, 7680, 4320)
    fault = video.check(path)
    assert fault is not None
    assert fault.code == "video_resolution_too_high"
    assert fault.values == {"current_resolution": "7680x4320"}
    found = video.probe(path)
    assert (found.width, found.height) == (7680, 4320)
    assert found.duration == pytest.approx(10, abs=5.1)
