"""What is found out about a video before it is uploaded, also where its file says little of itself."""

from __future__ import annotations

import io
from pathlib import Path

import av
import pytest

from contract_tests.emulator.corpus.composing import WriteOnly
from contract_tests.support.videos import CHEAP, Videos
from twelvelabs_tasks import video


@pytest.mark.parametrize("name", ["probed.mp4", "probed.mkv", "probed.ts", "probed.avi"])
def test_duration_and_size_are_found_in_every_container(videos: Videos, name: str) -> None:
    found = video.probe(videos.make(name, **CHEAP))
    assert (found.width, found.height) == (360, 360)
    assert found.duration == pytest.approx(12, abs=2.1)


def test_a_file_that_does_not_say_how_long_it_is_is_measured(videos: Videos, tmp_path: Path) -> None:
    path = tmp_path / "live.mkv"
    with av.open(videos.make("probed.mp4", **CHEAP)) as source, path.open("wb") as file:
        sink = io.BytesIO()
        with av.open(WriteOnly(sink), "w", format="matroska", options={"live": "1"}) as copy:
            (stream,) = source.streams.video
            target = copy.add_stream_from_template(stream)
            for packet in source.demux(stream):
                if packet.dts is not None:
                    packet.stream = target
                    copy.mux(packet)
        file.write(sink.getvalue())
    with av.open(path) as container:
        assert container.duration is None
    assert video.probe(path).duration == pytest.approx(12, abs=2.1)


def test_a_stream_of_pictures_without_times_is_not_a_video(videos: Videos, tmp_path: Path) -> None:
    path = tmp_path / "bare.h264"
    with av.open(videos.make("probed.mp4", **CHEAP)) as source, av.open(str(path), "w") as copy:
        (stream,) = source.streams.video
        target = copy.add_stream_from_template(stream)
        for packet in source.demux(stream):
            if packet.dts is not None:
                packet.stream = target
                copy.mux(packet)
    with pytest.raises(video.BrokenVideoError):
        video.probe(path)
    fault = video.check(path)
    assert fault is not None
    assert fault.code == "video_file_broken"


def test_the_size_of_a_file_comes_before_all_else(tmp_path: Path) -> None:
    path = tmp_path / "no-video.mp4"
    path.write_bytes(bytes(1_000))
    for source in (path, io.BytesIO(bytes(1_000))):
        fault = video.check(source, max_bytes=999)
        assert fault is not None
        assert fault.values == {"maximum_size": "999 bytes", "current_file_size": "1.000 KB"}
