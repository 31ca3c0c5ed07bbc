"""Opens videos such that FFmpeg reads the one file and nothing else, and finds their first picture."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, Final

from ._guarding import GuardedFile
from ._limits import MAX_LONG_SIDE, MAX_SHORT_SIDE

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.codeccontext import VideoCodecContext
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

__all__ = ["MAX_PIXELS", "first_picture", "main_stream", "open_video", "rotation_of"]

MAX_PIXELS: Final = 2 * MAX_LONG_SIDE * MAX_SHORT_SIDE
"""How many pixels a picture may have to be decoded at all: twice as many as the platform takes, so that a picture that
is somewhat too large, and one that is stored in whole blocks, is still seen as what it is."""

_PATIENCE = 1000

_DEMUXERS = (
    # What people have: phones, cameras, screen recorders, editors, browsers.
    *("mov", "mp4", "m4a", "3gp", "3g2", "mj2", "matroska", "webm", "avi", "mpegts", "mpeg", "flv", "asf", "ogg"),
    # Broadcast and old equipment.
    *("mxf", "gxf", "dv", "wtv", "rm", "nut", "nsv", "swf", "gif"),
    # One stream of pictures, with its times.
    *("ivf", "mpegvideo", "yuv4mpegpipe"),
)
# Neither lists of other files (HLS, DASH, concat, SDP, image sequences, ...) nor devices nor single pictures.

_OPTIONS = {
    "protocol_whitelist": "none",  # No such protocol exists, so whatever a demuxer wants to open is refused.
    "format_whitelist": ",".join(_DEMUXERS),
    "max_streams": "128",
    "threads": "1",  # Each thread of a decoder holds pictures of its own; a look at the beginning needs one.
}
_DECODING = {"max_pixels", "skip_frame"}


@contextmanager
def open_video(
    file: IO[bytes], processor_seconds: float | None = None, *, decode: bool = True
) -> Iterator[InputContainer]:
    """Open a video.

    FFmpeg reads the file and can open nothing else: neither files nor addresses that a playlist, a session description
    or a reference within a video names. Its name is kept from FFmpeg too, which would take a name with a pattern for a
    sequence of pictures; so it is what a file holds that says what it is.

    Args:
        file: A binary file that can seek; it is read from its beginning.
        processor_seconds: How much time of the processor this thread may spend until the last of the file is read, in
            seconds. Any by default. It does not count how long a slow disk lets it wait.
        decode: Whether pictures are to be decoded. If not, those that are too large for it are described, too.

    Returns:
        The opened container, for a ``with`` block. What its file fails with is raised at the end of the block, instead
        of all else.

    Raises:
        TooLaboriousError: It takes more time.
        av.error.FFmpegError: It is not a video that can be read.
        ImportError: PyAV is not installed.

    Example:
        >>> with open("holiday.mp4", "rb") as file, open_video(file) as container:
        ...     main_stream(container).codec_context.name
        'h264'
    """
    import av  # here, because the limits are of use without it

    file.seek(0)
    guarded = GuardedFile(file, processor_seconds)
    try:
        options = _OPTIONS | ({"max_pixels": str(MAX_PIXELS)} if decode else {"skip_frame": "all"})
        with av.open(guarded, "r", options=options, metadata_errors="replace") as container:
            for stream in container.streams.video:
                if stream.codec_context is not None:
                    stream.codec_context.options = {name: options[name] for name in options.keys() & _DECODING}
            yield container
    finally:
        guarded.raise_error()


def main_stream(container: InputContainer) -> VideoStream | None:
    """The first video stream of a container that is not the cover picture of its sound, if there is one."""
    for stream in container.streams.video:
        if stream.codec_context is not None and not stream.disposition & stream.disposition.attached_pic:
            return stream
    return None


def first_picture(container: InputContainer, stream: VideoStream) -> VideoFrame | None:
    """The first picture of a stream, those before it aside that are damaged or refer to what was cut off.

    It is asked for as soon as it can be there, since decoders like to collect a dozen before they give any.

    Args:
        container: A container from which nothing was read yet.
        stream: A stream of it.

    Returns:
        The picture, or ``None`` if there is none among the first thousand packets.

    Raises:
        av.error.FFmpegError: The container cannot be read.

    Example:
        >>> first_picture(container, main_stream(container)).pts
        0
    """
    decoder = stream.codec_context
    decoder.thread_count = 1
    for number, packet in enumerate(container.demux(stream)):
        pictures = _decode(decoder, packet)
        if not pictures and packet.is_keyframe:
            pictures = _decode(decoder, None)
            decoder.flush_buffers()
        if pictures:
            return pictures[0]
        if number == _PATIENCE:
            break
    return None


def _decode(decoder: VideoCodecContext, packet: Packet[Any] | None) -> list[VideoFrame]:
    import av.error

    try:
        return decoder.decode(packet)
    except (av.error.InvalidDataError, av.error.EOFError):
        return []


def rotation_of(frame: VideoFrame) -> int:
    """How a picture has to be turned to be shown: 0, 90, 180 or 270 degrees counterclockwise.

    Angles in between, which players do not follow either, count as 0.
    """
    nearest = round(frame.rotation / 90) * 90
    return nearest % 360 if abs(frame.rotation - nearest) <= 1 else 0
