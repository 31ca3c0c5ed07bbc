"""Single pictures of a video: turned upright, as a player shows them, and as thumbnails."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import av.error
import av.filter

from twelvelabs_tasks.video._opening import first_picture, main_stream, open_video, rotation_of

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

__all__ = ["THUMBNAILS", "Upright", "find_video", "make_thumbnails", "turns_of"]

THUMBNAILS = 3
_THUMBNAIL_SIDE = 640
_MATRIX = struct.Struct("=9i")


def find_video(container: InputContainer) -> VideoStream:
    """Return the video stream of a file, not the cover picture of its sound.

    Raises:
        ValueError: The file has no video stream.
    """
    stream = main_stream(container)
    if stream is None:
        raise ValueError("The file has no video stream.")
    return stream


def turns_of(picture: VideoFrame) -> list[tuple[str, str | None]]:
    """Return the filters, with their arguments, that turn and mirror a picture as its metadata say."""
    notes: Any = picture.side_data  # whose type PyAV does not tell
    if "DISPLAYMATRIX" not in notes:
        return []
    across, _, _, diagonal, down, *_ = _MATRIX.unpack_from(notes["DISPLAYMATRIX"])
    match rotation_of(picture):
        case 90:
            return [("transpose", "clock_flip" if diagonal < 0 else "cclock")]
        case 270:
            return [("transpose", "cclock_flip" if diagonal > 0 else "clock")]
        case 180:
            return [(name, None) for name, negative in (("hflip", across < 0), ("vflip", down < 0)) if negative]
        case _:
            return [("vflip", None)] if down < 0 and abs(picture.rotation) <= 1 else []


class Upright:
    """Turns pictures upright, as their metadata say, with square pixels and even sides.

    Args:
        stream: The stream of the pictures.
        first: The first picture.
        max_side: The maximum length of a side, in pixels. Default: unlimited.
        pixel_format: How pixels are to be stored.
    """

    def __init__(
        self, stream: VideoStream, first: VideoFrame, max_side: int | None = None, pixel_format: str = "yuv420p"
    ) -> None:
        width = round(first.width * (stream.sample_aspect_ratio or Fraction(1)))
        height = first.height
        if rotation_of(first) % 180:
            width, height = height, width
        scale = min(1.0, max_side / max(width, height)) if max_side else 1.0
        self.size = tuple(max(2, round(side * scale / 2) * 2) for side in (width, height))
        self._time_base = stream.time_base
        self._filters = [
            *turns_of(first),
            ("scale", f"{self.size[0]}:{self.size[1]}"),
            ("setsar", "1"),
            ("format", f"pix_fmts={pixel_format}"),
            ("buffersink", None),
        ]
        self._shape: tuple[int, int, str] | None = None

    def turn(self, frame: VideoFrame) -> Iterator[VideoFrame]:
        """Yield the picture upright. All have the size of the first, as a player keeps its window."""
        shape = (frame.width, frame.height, frame.format.name)
        if shape != self._shape:
            self._graph, self._shape = self._connect(frame), shape
        self._graph.vpush(frame)
        while True:
            try:
                yield self._graph.vpull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return

    def _connect(self, frame: VideoFrame) -> av.filter.Graph:
        graph = av.filter.Graph()
        source = graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, time_base=self._time_base
        )
        graph.link_nodes(source, *(graph.add(name, arguments) for name, arguments in self._filters)).configure()
        return graph


def make_thumbnails(source: Path, folder: Path, name: str, duration: float) -> int:
    """Write JPEG thumbnails of moments spread over a video, and return their number, at least one.

    Args:
        source: The video.
        folder: The folder to make, for `NAME.0000001.jpg` and so on.
        name: The name.
        duration: The duration of the video, in seconds.

    Raises:
        av.error.FFmpegError: The video cannot be read.
        ValueError: It has no picture.
    """
    folder.mkdir(parents=True)
    count = 0
    for number in range(THUMBNAILS):
        with source.open("rb") as file, open_video(file) as container:
            stream = find_video(container)
            frame = _picture(container, stream, duration * number / THUMBNAILS)
            if frame is not None:
                count += 1
                (folder / f"{name}.{count:07}.jpg").write_bytes(_jpeg(stream, frame))
    if not count:
        raise ValueError("The video stream has no picture.")
    return count


def _picture(container: InputContainer, stream: VideoStream, seconds: float) -> VideoFrame | None:
    """Return the picture at a time, in seconds, or `None` if the file cannot be read there."""
    try:
        if seconds and stream.time_base:
            container.seek((stream.start_time or 0) + round(seconds / stream.time_base), stream=stream)
        return first_picture(container, stream)
    except av.error.FFmpegError:
        return None


def _jpeg(stream: VideoStream, frame: VideoFrame) -> bytes:
    upright = Upright(stream, frame, _THUMBNAIL_SIDE, "yuvj420p")
    encoder = av.VideoCodecContext.create("mjpeg", "w")
    encoder.width, encoder.height = upright.size
    encoder.pix_fmt = "yuvj420p"
    encoder.time_base = Fraction(1, 25)
    (picture,) = upright.turn(frame)
    picture.pts, picture.time_base = 0, encoder.time_base
    return b"".join(bytes(packet) for packet in (*encoder.encode(picture), *encoder.encode(None)))
