"""How long a video lasts: its pictures, not its sound, its subtitles or its container."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

__all__ = ["SteadyTimes", "declared_duration", "measure_duration"]

_EXACT = ("mov,mp4,m4a,3gp,3g2,mj2",)  # These say it of each stream, and themselves go by what they say.
_WHOLE_CONTAINER = ("asf", "wtv")  # These say of every stream what holds for the longest.
_INDEXED = ("matroska,webm", "flv", "nut", "asf")  # These find the last key picture without reading all before it.
_LARGE = 64 * 2**20  # bytes, up to which reading all of it takes no time that anybody notices
_FAR = 2**62
_JITTER = 0.5  # seconds that times go back by without beginning anew
_REORDERED = 16  # pictures that may be stored before one that is shown before them


class SteadyTimes:
    """Makes times go on where those of a file begin anew, as in recordings that were joined, or have not begun yet.

    Args:
        time_base: The unit of the times, in seconds.
    """

    def __init__(self, time_base: Fraction) -> None:
        self._jitter = round(Fraction(_JITTER) / time_base)
        self._last: int | None = None
        self._step = 0
        self._offset = 0
        self._begun = False
        self._grew = False  # whether the last picture came with a time that grows

    def follow(self, time: int | None, step: int | None, order: int | None = None) -> int:
        """Return when a picture is shown.

        Args:
            time: When the file says so.
            step: How long it is shown, if that is known.
            order: A time that grows from picture to picture, if there is one: pictures need not come as they are shown.
        """
        grows, self._grew = self._grew, order is not None
        slack = self._jitter if grows and self._grew else max(self._jitter, _REORDERED * self._step)
        order = time if order is None else order
        if time is None or order is None:
            order = time = self._next() - self._offset
        else:
            if self._last is not None and self._is_anew(order + self._offset, self._last - slack):
                self._offset = self._next() - order
            self._begun = True
        self._last, self._step = order + self._offset, step or self._step
        return time + self._offset

    def _next(self) -> int:
        return 0 if self._last is None else self._last + max(1, self._step)

    def _is_anew(self, order: int, least: int) -> bool:
        # Times that were made up until the file gave some are followed by these, wherever they begin.
        return order < least or (not self._begun and order < self._next())


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
    if not trusted or _is_cut_off(container, stream) or not stream.duration or stream.duration < 0:
        return None
    return _seconds(stream, stream.duration)


def _is_cut_off(container: InputContainer, stream: VideoStream) -> bool:
    """Whether the last picture that the container knows of lies behind its end."""
    places: Sequence[Any] = getattr(stream, "index_entries", ())  # which older versions of PyAV do not have
    return len(places) > 0 and places[-1].pos + places[-1].size > container.size


def measure_duration(container: InputContainer, stream: VideoStream) -> float:
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
        >>> measure_duration(container, main_stream(container))
        20.5
    """
    start, end = _ends(container, stream)
    return _seconds(stream, end - start)


def _seconds(stream: VideoStream, ticks: int) -> float:
    return round(float(ticks * _time_base(stream)), 3)


def _time_base(stream: VideoStream) -> Fraction:
    if not stream.time_base:
        raise ValueError("The video stream has no times.")
    return stream.time_base


def _ends(container: InputContainer, stream: VideoStream) -> tuple[int, int]:
    """From when until when pictures are shown, in the stream's own unit."""
    import av.error  # here, because the limits are of use without it

    time_base = _time_base(stream)
    if container.size > _LARGE and container.format.name in _INDEXED and stream.start_time is not None:
        try:
            container.seek(_FAR, stream=stream)
            return stream.start_time, _span(container.demux(stream), time_base)[1]
        except (av.error.FFmpegError, ValueError):
            container.seek(0)  # It has no index after all.
    return _span(container.demux(stream), time_base)


def _span(packets: Iterable[Packet[Any]], time_base: Fraction) -> tuple[int, int]:
    times, last, lasts, steady, begun = array("q"), -_FAR, 0, SteadyTimes(time_base), False
    for packet in packets:
        if not packet.size or packet.is_discard:
            continue
        given = packet.dts if packet.pts is None else packet.pts
        begun = begun or given is not None
        time = steady.follow(given, packet.duration, packet.dts)
        times.append(time)
        if time >= last:
            last, lasts = time, packet.duration or 0
    if not begun:
        raise ValueError("The video stream has no times.")
    # Of how long a picture lasts files say anything; but none before the last is shown longer than until the next.
    longest = max((later - earlier for earlier, later in pairwise(sorted(times))), default=lasts)
    return min(times), last + min(lasts, longest)
