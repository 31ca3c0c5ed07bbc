"""HTTP Live Streaming: a playlist that any player plays, made from a video.

H.264 in 4:2:0 and AAC are copied; everything else is transcoded to them, and so is video that is rotated, mirrored,
trimmed or stretched by its container, since the segments (MPEG-TS) cannot express that.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

import av
import av.error
from av.video.frame import PictureType

from twelvelabs_tasks.video._durations import SteadyTimes
from twelvelabs_tasks.video._opening import first_picture, open_video

from . import pictures

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer, OutputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

__all__ = ["SEGMENT_SECONDS", "SlowError", "package"]

SEGMENT_SECONDS = 4
_ENCODER = {"preset": "ultrafast", "crf": "24", "forced-idr": "1"}
_TOLERANCE = 0.001  # seconds, by which a time may be off because it is a fraction
_COPIED_PIXELS = ("yuv420p", "yuvj420p")
_CLOCK = Fraction(1, 90_000)
_SAMPLE_RATE = 48_000
_MAX_PICTURES = 2_000_000
"""More than any accepted video has, even at 240 pictures per second."""


class SlowError(Exception):
    """Making the stream would take long."""


class _Track(Protocol):
    """One stream of the source on its way into the playlist."""

    def feed(self, packet: Packet[Any] | None) -> Iterator[Packet[Any]]:
        """Yield what becomes of a packet of the source; `None` marks the end."""
        ...


def package(source: Path, playlist: Path, duration: float, max_pixels: int | None) -> None:
    """Make a playlist and its segments.

    Args:
        source: The video.
        playlist: The playlist to write; the segments are written next to it.
        duration: The duration of the video, in seconds.
        max_pixels: The maximum number of pixels to transcode; `None` means unlimited.

    Raises:
        SlowError: There are more pixels to transcode.
        av.error.FFmpegError: The video cannot be read, or cannot be written as a stream.
        ValueError: Likewise.
    """
    playlist.parent.mkdir(parents=True)
    plan = _Plan(duration, max_pixels)
    try:
        _package(source, playlist, plan, transcode=False)
    except (av.error.FFmpegError, ValueError):
        # The packets look as if they could be copied, but they lack times or headers.
        for path in playlist.parent.iterdir():
            path.unlink()
        _package(source, playlist, plan, transcode=True)


class _Plan:
    def __init__(self, duration: float, max_pixels: int | None) -> None:
        self._duration = duration
        self._max_pixels = max_pixels

    def check_transcoding(self, source: VideoStream, first: VideoFrame) -> None:
        """Reject a video that would take long to transcode.

        Raises:
            SlowError: It would.
        """
        rate = source.average_rate or Fraction(25)
        if self._max_pixels and first.width * first.height * rate * self._duration > self._max_pixels:
            raise SlowError


def _package(source: Path, playlist: Path, plan: _Plan, *, transcode: bool) -> None:
    options = {
        "hls_time": str(SEGMENT_SECONDS),
        "hls_playlist_type": "vod",
        "hls_list_size": "0",
        "avoid_negative_ts": "make_zero",  # from the first picture on, whatever time the source gives it
        "hls_segment_filename": str(playlist.with_suffix("")) + ".%05d.ts",
    }
    with source.open("rb") as file:
        with open_video(file) as container:
            first = first_picture(container, pictures.find_video(container))
        if first is None:
            raise ValueError("The video stream has no picture.")
        # Reopened, because not all containers allow seeking back, nor to a time before 0.
        with (
            open_video(file) as container,
            av.open(playlist, "w", format="hls", options=options) as output,
        ):
            tracks = _tracks(container, output, plan, first, transcode)
            left = _MAX_PICTURES
            for packet in container.demux(*tracks):
                left -= packet.stream.type == "video"
                if left < 0:
                    raise ValueError("The video has too many pictures.")
                if packet.size:  # An empty packet marks the end, but only of its own stream.
                    output.mux(list(tracks[packet.stream].feed(packet)))
            for track in tracks.values():
                output.mux(list(track.feed(None)))


def _tracks(
    container: InputContainer, output: OutputContainer, plan: _Plan, first: VideoFrame, transcode: bool
) -> dict[Stream, _Track]:
    video = pictures.find_video(container)
    tracks: dict[Stream, _Track] = {}
    if _can_be_copied(video, first) and not transcode:
        tracks[video] = _Copied(video, output)
    else:
        plan.check_transcoding(video, first)
        tracks[video] = _Pictures(video, output, first)
    sound = next(iter(container.streams.audio), None)
    if sound is not None and sound.codec_context is not None:
        copied = sound.codec_context.name == "aac" and not transcode
        tracks[sound] = _Copied(sound, output) if copied else _Sound(sound, output)
    return tracks


def _can_be_copied(video: VideoStream, first: VideoFrame) -> bool:
    """Return whether players show the pictures right by what these say themselves: the segments say nothing of them."""
    coded = video.codec_context
    shape, coded_shape = (each.sample_aspect_ratio or Fraction(1) for each in (video, coded))
    return (
        coded.name == "h264"
        and first.format.name in _COPIED_PIXELS
        and not pictures.turns_of(first)
        and shape == coded_shape
    )


class _Durations:
    """Makes each packet last until the next one: the durations of files and encoders are not always true."""

    def __init__(self) -> None:
        self._held: Packet[Any] | None = None
        self._step: int | None = None

    def follow(self, packet: Packet[Any] | None) -> Iterator[Packet[Any]]:
        """Yield the previous packet, once it is known when the next one comes, or that there is none."""
        held, self._held = self._held, packet
        if held is None:
            return
        if packet is not None and packet.dts is not None and held.dts is not None:
            self._step = packet.dts - held.dts
        if self._step is not None:
            held.duration = self._step
        yield held


class _Copied:
    """A track whose packets are copied."""

    def __init__(self, source: VideoStream | AudioStream, output: OutputContainer) -> None:
        self._target: Stream = output.add_stream_from_template(source)
        self._durations = _Durations()

    def feed(self, packet: Packet[Any] | None) -> Iterator[Packet[Any]]:
        if packet is not None:
            if packet.is_discard and packet.stream.type == "audio":
                return
            if packet.is_discard or packet.dts is None:
                raise ValueError("A packet that is not shown, or at no certain time, cannot be copied.")
            packet.stream = self._target
        yield from self._durations.follow(packet)


class _Pictures:
    """Video that is decoded, turned upright and encoded as H.264."""

    def __init__(self, source: VideoStream, output: OutputContainer, first: VideoFrame) -> None:
        self._source = source
        self._upright = pictures.Upright(source, first)
        rate = source.average_rate or Fraction(25)
        target = output.add_stream("libx264", rate=rate, options=_ENCODER)
        self._target = target
        target.width, target.height = self._upright.size
        target.pix_fmt = "yuv420p"
        target.codec_context.time_base = _CLOCK
        # Segments begin with key pictures, and the rates that files state are not always true.
        target.codec_context.gop_size = max(1, round(rate * SEGMENT_SECONDS))
        self._next_key: float | None = None
        time_base = source.time_base or _CLOCK
        self._step = round(1 / rate / time_base)
        self._times = SteadyTimes(time_base)
        self._last: int | None = None
        self._durations = _Durations()

    def feed(self, packet: Packet[Any] | None) -> Iterator[Packet[Any]]:
        for frame in _decode(self._source, packet):
            frame.pts = self._time(cast("VideoFrame", frame))
            for upright in self._upright.turn(cast("VideoFrame", frame)):
                upright.pict_type = self._kind(upright)
                yield from self._encode(upright)
        if packet is None:
            yield from self._encode(None)
            yield from self._durations.follow(None)

    def _time(self, picture: VideoFrame) -> int:
        """Return when a picture is shown: after the one before it."""
        given = picture.dts if picture.pts is None else picture.pts  # AVI stores only when pictures are decoded.
        time = self._times.follow(given, self._step, given)
        if self._last is not None:
            time = max(time, self._last + 1)
            self._step = time - self._last if given is not None else self._step
        self._last = time
        return time

    def _kind(self, picture: VideoFrame) -> PictureType:
        """Return the kind of a picture: a key picture at the start of a segment; otherwise the encoder decides."""
        time = picture.time
        if time is None or (self._next_key is not None and time < self._next_key - _TOLERANCE):
            return PictureType.NONE
        self._next_key = time + SEGMENT_SECONDS
        return PictureType.I

    def _encode(self, picture: VideoFrame | None) -> Iterator[Packet[Any]]:
        for encoded in self._target.encode(picture):
            yield from self._durations.follow(encoded)


class _Sound:
    """Sound that is decoded and encoded as AAC."""

    def __init__(self, source: AudioStream, output: OutputContainer) -> None:
        self._source = source
        self._target = output.add_stream("aac", rate=_SAMPLE_RATE)
        self._target.layout = "stereo"
        self._resampler = av.AudioResampler(format="fltp", layout="stereo", rate=_SAMPLE_RATE, frame_size=1024)

        self._position: int | None = None

    def feed(self, packet: Packet[Any] | None) -> Iterator[Packet[Any]]:
        for frame in _decode(self._source, packet):
            self._follow(frame)
            # The resampler counts by itself: the times of the file may be coarse (AVI) or jump (a damaged file).
            frame.pts = None
            yield from self._encode(cast("AudioFrame", frame))
        if packet is None:
            yield from self._encode(None)
            yield from self._target.encode(None)

    def _follow(self, frame: VideoFrame | AudioFrame) -> None:
        """Skip to the time of the source if it is well beyond what has been written so far."""
        at = round((frame.time or 0) * _SAMPLE_RATE)
        if self._position is None or at - self._position > _SAMPLE_RATE // 5:
            self._position = at

    def _encode(self, frame: AudioFrame | None) -> Iterator[Packet[Any]]:
        for resampled in self._resampler.resample(frame):
            resampled.pts, resampled.time_base = self._position, Fraction(1, _SAMPLE_RATE)
            self._position = (self._position or 0) + resampled.samples
            yield from self._target.encode(resampled)


def _decode(source: VideoStream | AudioStream, packet: Packet[Any] | None) -> list[VideoFrame] | list[AudioFrame]:
    """Return the frames of a packet; none if it is damaged, which players tolerate as well."""
    try:
        return source.decode(packet)
    except (av.error.InvalidDataError, av.error.EOFError):
        return []
