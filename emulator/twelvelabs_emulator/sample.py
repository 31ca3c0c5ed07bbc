"""Real, small videos with moving pictures and sound, made on the spot.

>>> from twelvelabs_emulator.sample import make_video
>>> make_video("sample.mp4", duration=12.0)
PosixPath('sample.mp4')
"""

from __future__ import annotations

import heapq
import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import av
import av.error
import av.filter

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

__all__ = ["make_video"]

_YUV420P = av.VideoFormat("yuv420p")
_SAMPLE_RATE = 48_000
_FAST = {
    "libx264": {"preset": "ultrafast", "crf": "30"},
    "libx265": {"preset": "ultrafast", "crf": "34", "x265-params": "log-level=none"},
    "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8", "crf": "45", "b": "0"},
    "libsvtav1": {"preset": "12", "crf": "50"},
    "mpeg4": {"qscale": "8"},
    "mjpeg": {"qscale": "8"},
}
_SOUND = {".webm": "libopus", ".avi": "mp3"}


def make_video(
    path: str | os.PathLike[str],
    *,
    duration: float = 12.0,
    width: int = 640,
    height: int = 360,
    rate: float | Fraction = 25,
    codec: str = "libx264",
    pixel_format: str | None = None,
    audio: bool | str = True,
    rotation: int = 0,
    sample_aspect_ratio: Fraction | None = None,
    seed: int | None = None,
) -> Path:
    """Make a video: a moving test picture with a counter, and a tone.

    Args:
        path: Where to write it. The suffix selects the container: `.mp4`, `.mov`, `.mkv`, `.webm`, `.avi`, `.ts`, or
            any other that FFmpeg knows.
        duration: Its duration, in seconds.
        width: The width of the stored picture, in pixels; an even number.
        height: The height of the stored picture, in pixels; an even number.
        rate: Pictures per second. A low rate makes a long video cheap.
        codec: The video encoder: `libx264`, `libx265`, `libvpx-vp9`, `libsvtav1`, `mpeg4`, `mjpeg`, ...
        pixel_format: How pixels are stored. Default: the encoder's preference, which is `yuv420p` for most.
        audio: Whether it has sound, or the name of an audio encoder. Default: AAC, Opus in WebM, MP3 in AVI.
        rotation: The degrees by which a player has to turn it counterclockwise, as phones store it: 0, 90, 180 or 270.
        sample_aspect_ratio: The width of a pixel divided by its height. Default: square pixels.
        seed: A number that makes the content differ from that of other videos with the same arguments.

    Returns:
        The path.

    Raises:
        ValueError: An encoder, a size or a duration is impossible.
        OSError: The file cannot be written.

    Example:
        >>> make_video("portrait.mov", rotation=90, duration=10.5)
        PosixPath('portrait.mov')
    """
    if not duration > 0:
        raise ValueError(f"duration must be greater than 0 seconds, not {duration}")
    path, rate = Path(path), Fraction(rate).limit_denominator(1001)
    try:
        with _keep_scheduling(), av.open(path, "w") as container:
            picture = cast("VideoStream", container.add_stream(codec, rate=rate, options=_FAST.get(codec)))
            picture.width, picture.height = width, height
            picture.pix_fmt = pixel_format or (picture.codec_context.codec.video_formats or [_YUV420P])[0].name
            picture.gop_size = max(1, round(2 * rate))
            if sample_aspect_ratio:
                picture.codec_context.sample_aspect_ratio = sample_aspect_ratio
            if rotation:
                picture.set_display_rotation(rotation)
            tracks = [_encode(picture, _pictures(picture, rate, duration, seed))]
            if audio:
                encoder = audio if isinstance(audio, str) else _SOUND.get(path.suffix.lower(), "aac")
                sound = cast("AudioStream", container.add_stream(encoder, rate=_SAMPLE_RATE))
                sound.layout = "stereo"
                tracks.append(_encode(sound, _tone(sound, duration, seed)))
            for packet in heapq.merge(*tracks, key=_moment):
                container.mux_one(packet)
    except OSError as error:
        raise OSError(error.errno, f"Cannot make {path}: {error.strerror}") from error
    except (av.error.FFmpegError, ValueError) as error:
        raise ValueError(f"Cannot make {path}: {error}") from error
    return path


def _pictures(stream: VideoStream, rate: Fraction, duration: float, seed: int | None) -> Iterator[VideoFrame]:
    graph = av.filter.Graph()
    source = graph.add("testsrc2", f"size={stream.width}x{stream.height}:rate={rate}:duration={duration}")
    hue = graph.add("hue", f"h={(seed or 0) * 37 % 360}:s={1 + (seed or 0) % 7 / 10}")
    graph.link_nodes(
        source, hue, graph.add("format", f"pix_fmts={stream.pix_fmt}"), graph.add("buffersink")
    ).configure()
    while True:
        try:
            frame = graph.vpull()
        except av.error.EOFError:
            return
        frame.pict_type = 0  # Leaves the choice to the encoder; the source calls every picture a key picture.
        yield frame


def _tone(stream: AudioStream, duration: float, seed: int | None) -> Iterator[AudioFrame]:
    frame_size = stream.codec_context.frame_size or 1024
    graph = av.filter.Graph()
    source = graph.add(
        "sine",
        f"frequency={220 + (seed or 0) % 660}:beep_factor=4:sample_rate={_SAMPLE_RATE}"
        f":duration={duration}:samples_per_frame={frame_size}",
    )
    shape = graph.add("aformat", f"sample_fmts={stream.format.name}:channel_layouts=stereo")
    graph.link_nodes(source, shape, graph.add("abuffersink")).configure()
    while True:
        try:
            yield cast("AudioFrame", graph.pull())
        except av.error.EOFError:
            return


@contextmanager
def _keep_scheduling() -> Iterator[None]:
    """Restore the scheduling of the thread: SVT-AV1, run by root, makes its caller and its later children real-time."""
    if not hasattr(os, "sched_getscheduler"):
        yield  # not Linux
        return
    policy, parameters = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        yield
    finally:
        os.sched_setscheduler(0, policy, parameters)


def _encode(stream: VideoStream | AudioStream, frames: Iterator[VideoFrame | AudioFrame]) -> Iterator[Packet[Any]]:
    for frame in itertools.chain(frames, [None]):
        yield from stream.encode(frame)  # type: ignore[arg-type]  # Each stream gets frames of its own kind.


def _moment(packet: Packet[Any]) -> Fraction:
    return (packet.dts or 0) * packet.time_base
