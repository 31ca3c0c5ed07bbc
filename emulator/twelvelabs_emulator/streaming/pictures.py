"""Single pictures of a video: turned upright as a player shows them, and as thumbnails."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
import av.error
import av.filter

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

THUMBNAILS = 3
_THUMBNAIL_SIDE = 640
_TURNS = {90: ("transpose", "cclock"), 180: ("rotate", "PI"), 270: ("transpose", "clock")}


def video_stream(container: InputContainer) -> VideoStream:
    """The video of a file, not the cover picture of its sound.

    Raises:
        ValueError: It has none.
    """
    for stream in container.streams.video:
        if not stream.disposition & stream.disposition.attached_pic:
            return stream
    raise ValueError("The file has no video stream.")


class Upright:
    """Turns pictures as their metadata say, with square pixels and even sides.

    Args:
        stream: Where they come from.
        first: The first of them.
        longest: The greatest length of a side, in pixels; as it is if not given.
        pixel_format: How pixels are to be stored.
    """

    def __init__(
        self, stream: VideoStream, first: VideoFrame, longest: int | None = None, pixel_format: str = "yuv420p"
    ) -> None:
        width = round(first.width * (stream.sample_aspect_ratio or Fraction(1)))
        height = first.height
        if first.rotation % 180:
            width, height = height, width
        scale = min(1.0, longest / max(width, height)) if longest else 1.0
        self.size = tuple(max(2, round(side * scale / 2) * 2) for side in (width, height))
        self._graph = av.filter.Graph()
        nodes = [
            self._graph.add_buffer(
                width=first.width, height=first.height, format=first.format, time_base=stream.time_base
            )
        ]
        if turn := _TURNS.get(round(first.rotation / 90) * 90 % 360):
            nodes.append(self._graph.add(*turn))
        nodes.append(self._graph.add("scale", f"{self.size[0]}:{self.size[1]}"))
        nodes.append(self._graph.add("setsar", "1"))
        nodes.append(self._graph.add("format", f"pix_fmts={pixel_format}"))
        nodes.append(self._graph.add("buffersink"))
        self._graph.link_nodes(*nodes).configure()
        self._shape = (first.width, first.height, first.format.name)

    def turn(self, frame: VideoFrame) -> Iterator[VideoFrame]:
        """The picture upright; nothing for one of another shape than the first, which a damaged file may hold."""
        if (frame.width, frame.height, frame.format.name) != self._shape:
            return
        self._graph.vpush(frame)
        while True:
            try:
                yield self._graph.vpull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return


def make_thumbnails(source: Path, folder: Path, name: str) -> int:
    """Write JPEG thumbnails of moments spread over a video.

    Args:
        source: The video.
        folder: The folder to make, for ``NAME.0000001.jpg`` and so on.
        name: The name.

    Returns:
        How many there are, at least one.

    Raises:
        av.error.FFmpegError: The video cannot be read.
    """
    folder.mkdir(parents=True)
    with source.open("rb") as file, av.open(file, "r", metadata_errors="replace") as container:
        stream = video_stream(container)
        frames = [frame for number in range(THUMBNAILS) if (frame := _picture(container, stream, number))]
        for number, frame in enumerate(frames, 1):
            (folder / f"{name}.{number:07}.jpg").write_bytes(_jpeg(stream, frame))
    return len(frames)


def _picture(container: InputContainer, stream: VideoStream, number: int) -> VideoFrame | None:
    """A picture at the beginning for number 0, further on for others; none where the file cannot be read there."""
    try:
        if number and container.duration:
            start = container.start_time or 0
            container.seek(start + container.duration * number // THUMBNAILS)
        return next(container.decode(stream), None)
    except av.error.FFmpegError:
        if number == 0:
            raise
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
