"""Sample videos are made without a trace in the process that makes them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from twelvelabs_emulator.sample import make_video


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has this scheduling")
@pytest.mark.parametrize("codec", ["libx264", "libsvtav1"])
def test_making_a_video_leaves_the_scheduling_of_the_process_as_it_was(tmp_path: Path, codec: str) -> None:
    before = os.sched_getscheduler(0), os.sched_getparam(0)
    make_video(tmp_path / "video.mkv", codec=codec, duration=0.5)
    assert (os.sched_getscheduler(0), os.sched_getparam(0)) == before
