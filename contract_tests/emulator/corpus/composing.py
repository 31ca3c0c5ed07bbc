"""Makes files that no camera makes, by copying the packets of an ordinary one."""

from __future__ import annotations

import heapq
import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TypeAlias

import av
from av.packet import Packet
from av.stream import Stream

from twelvelabs_emulator.sample import make_video

__all__ = [
    "WriteOnly",
    "drop_pictures",
    "live",
    "longer_sound",
    "longer_subtitles",
    "shift_times",
    "with_cover",
    "with_options",
    "wrap_clock",
    "wrong_durations",
]

WRAP = 2**33 / 90_000
"""When the clock of a transport stream begins anew, in seconds."""

_TIMES_KEPT = {"mpegts_copyts": "1", "avoid_negative_ts": "disabled"}

Change: TypeAlias = "Callable[[Packet[Any]], bool]"
"""Changes a packet; whether it is to be kept."""


class WriteOnly:
    """A file that is only written to, so that nothing can be added to its beginning in the end."""

    def __init__(self, sink: io.BytesIO) -> None:
        self._sink = sink

    def write(self, piece: bytes) -> int:
        return self._sink.write(piece)


def source(path: Path, **changes: Any) -> Path:
    """Return an ordinary video to copy from."""
    properties: dict[str, Any] = {"width": 480, "height": 360, "rate": 5, "duration": 12.0}
    return make_video(path.with_name(f"{path.stem}.source.mkv"), **properties | changes)


def copy(
    sources: list[tuple[Path, str]],
    target: Any,
    change: Change = lambda _packet: True,
    options: dict[str, str] | None = None,
    container: str | None = None,
) -> None:
    """Copy a stream of each source, `video` or another type, into one file."""
    with ExitStack() as stack:
        output = stack.enter_context(av.open(target, "w", format=container, options=options or {}))
        pairs = []
        for path, kind in sources:
            opened = stack.enter_context(av.open(str(path)))
            stream = next(each for each in opened.streams if each.type == kind)
            pairs.append(_copy_packets(opened, stream, output.add_stream_from_template(stream)))
        for packet in heapq.merge(*pairs, key=lambda packet: (packet.dts or 0) * packet.time_base):
            if change(packet):
                output.mux_one(packet)


def _copy_packets(opened: Any, stream: Stream, target: Stream) -> Iterator[Packet[Any]]:
    for packet in opened.demux(stream):
        if packet.dts is not None:
            packet.stream = target
            yield packet


def both(path: Path) -> list[tuple[Path, str]]:
    """Copy its pictures and its sound."""
    return [(path, "video"), (path, "audio")]


def move(packet: Packet[Any], seconds: float) -> None:
    """Move a packet in time."""
    ticks = round(seconds / packet.time_base)
    packet.dts = (packet.dts or 0) + ticks
    packet.pts = (packet.pts or 0) + ticks


def shift_times(seconds: float) -> Callable[[Path], None]:
    """Return a function that copies a video with all times later, or earlier."""

    def make(path: Path) -> None:
        def change(packet: Packet[Any]) -> bool:
            move(packet, seconds)
            return True

        options = _TIMES_KEPT if path.suffix == ".ts" else {"avoid_negative_ts": "disabled"}
        copy(both(source(path)), str(path), change, options)

    return make


def wrap_clock(path: Path) -> None:
    """Let the clock of a transport stream begin anew in the middle."""

    def change(packet: Packet[Any]) -> bool:
        move(packet, WRAP - 6)
        return True

    copy(both(source(path)), str(path), change, _TIMES_KEPT)


def longer_sound(path: Path) -> None:
    """Let the sound continue for a minute after the pictures."""
    sound = source(path.with_stem(f"{path.stem}.sound"), duration=72.0, rate=1)
    pictures = source(path, codec="mpeg4" if path.suffix == ".asf" else "libx264")
    copy([(pictures, "video"), (sound, "audio")], str(path))


def longer_subtitles(path: Path) -> None:
    """Let the subtitles continue for an hour after the pictures."""
    subtitles = path.with_suffix(".srt")
    subtitles.write_text("1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n01:00:00,000 --> 01:00:09,000\nStill there?\n")
    copy([(source(path), "video"), (subtitles, "subtitle")], str(path))


def wrong_durations(path: Path) -> None:
    """Let each packet claim that it lasts nine seconds."""

    def change(packet: Packet[Any]) -> bool:
        if packet.stream.type == "video":
            packet.duration = round(9 / packet.time_base)
        return True

    copy(both(source(path)), str(path), change)


def live(path: Path) -> None:
    """Write a recording as if its length were not known yet."""
    sink = io.BytesIO()
    copy(both(source(path)), WriteOnly(sink), options={"live": "1"}, container="matroska")
    path.write_bytes(sink.getvalue())


def with_options(**options: str) -> Callable[[Path], None]:
    """Return a function that writes the container in another way."""

    def make(path: Path) -> None:
        copy(both(source(path)), str(path), options=options)

    return make


def with_cover(path: Path) -> None:
    """Put a picture for the sound before the video."""
    cover = make_video(path.with_name(f"{path.stem}.cover.mkv"), codec="mjpeg", rate=1, duration=1.0, audio=False)
    ordinary = source(path)
    with av.open(str(path), "w") as output, av.open(str(cover)) as picture, av.open(str(ordinary)) as opened:
        stamp = output.add_stream_from_template(picture.streams.video[0])
        stamp.disposition = type(stamp.disposition).attached_pic
        target = output.add_stream_from_template(opened.streams.video[0])
        for packet in _copy_packets(picture, picture.streams.video[0], stamp):
            output.mux_one(packet)
        for packet in _copy_packets(opened, opened.streams.video[0], target):
            output.mux_one(packet)


def drop_pictures(path: Path) -> None:
    """Leave out every third picture, so that the others last unequally long."""
    bare = make_video(
        path.with_name(f"{path.stem}.bare.mkv"),
        width=480,
        height=360,
        rate=5,
        duration=12.0,
        codec="mjpeg",
        audio=False,
    )
    count = iter(range(10_000))
    copy([(bare, "video")], str(path), lambda _packet: next(count) % 3 != 1)
