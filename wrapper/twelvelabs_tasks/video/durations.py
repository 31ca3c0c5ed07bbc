"""How long a video lasts: its pictures, not its sound, its subtitles or its container."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

__all__ = ["declared_duration", "measured_duration"]

_EXACT = ("mov,mp4,m4a,3gp,3g2,mj2",)  # These say it of each stream, and themselves go by what they say.
_WHOLE_CONTAINER = ("asf", "wtv")  # These say of every stream what holds for the longest.
_INDEXED = ("matroska,webm", "flv", "nut", "asf")  # These find the last key picture without reading all before it.
_LARGE = 64 * 2**20  # bytes, up to which reading all of it takes no time that anybody notices
_FAR = 2**62


def declared_duration(container: InputContainer, stream: VideoStream) -> float | None:
    """The time from the first picture to the end of the last, as the container says it.

    Args:
        container: A container.
        stream: The stream of its pictures.

    Returns:
        The duration, in seconds, to the millisecond; ``None`` if the container does not say it of the pictures, or not
        to the picture and is small enough to count them.

    Example:
        >>> declared_duration(container, main_stream(container))
        20.5
    """
    name = container.format.name
    trusted = name in _EXACT or (container.size > _LARGE and name not in _WHOLE_CONTAINER)
    if not trusted or not stream.duration or stream.duration < 0:
        return None
    return _seconds(stream, stream.duration)


def measured_duration(container: InputContainer, stream: VideoStream) -> float:
    """The same, as the pictures themselves have it.

    Args:
        container: A container from which nothing was read yet, and of which nothing can be read afterwards.
        stream: The stream of its pictures.

    Returns:
        The duration, in seconds, to the millisecond.

    Raises:
        av.error.FFmpegError: The container cannot be read.
        ValueError: The pictures have no times.

    Example:
        >>> measured_duration(container, main_stream(container))
        20.5
    """
    start, end = _ends(container, stream)
    return _seconds(stream, end - start)


def _seconds(stream: VideoStream, ticks: int) -> float:
    if stream.time_base is None:
        raise ValueError("The video stream has no times.")
    return round(float(ticks * stream.time_base), 3)


def _ends(container: InputContainer, stream: VideoStream) -> tuple[int, int]:
    """From when until when pictures are shown, in the stream's own unit."""
    import av.error  # here, because the limits are of use without it

    if container.size > _LARGE and container.format.name in _INDEXED and stream.start_time is not None:
        try:
            container.seek(_FAR, stream=stream)
            return stream.start_time, _span(container.demux(stream))[1]
        except (av.error.FFmpegError, ValueError):
            container.seek(0)  # It has no index after all.
    return _span(container.demux(stream))


def _span(packets: Iterable[Packet[Any]]) -> tuple[int, int]:
    times, last, lasts = array("q"), -_FAR, 0
    for packet in packets:
        if packet.pts is not None and packet.size:
            times.append(packet.pts)
            if packet.pts >= last:
                last, lasts = packet.pts, packet.duration or 0
    if not times:
        raise ValueError("The video stream has no times.")
    # Of how long a picture lasts files say anything; but none before the last is shown longer than until the next.
    longest = max((later - earlier for earlier, later in pairwise(sorted(times))), default=lasts)
    return min(times), last + min(lasts, longest)
