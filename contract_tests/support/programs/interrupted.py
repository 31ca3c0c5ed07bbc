"""Read a video again and again, interrupted by alarms at many moments, and fail if one of them is lost.

    python -m contract_tests.support.programs.interrupted VIDEO

It runs in a process of its own, because whatever else lives in that of the tests may drop an interruption as well. Of
those that come while PyAV builds an error, it drops one of some hundreds itself: so each moment has three attempts.
"""

from __future__ import annotations

import io
import signal
import sys
import time
from pathlib import Path

from twelvelabs_tasks.video._reading import read_video

MOMENTS = [number / 2000 for number in range(1, 30)]  # seconds
PATIENCE = 2  # seconds


def main(video: str) -> None:
    content = Path(video).read_bytes()
    read_video(io.BytesIO(content), whole=True)  # so that no import is interrupted
    signal.signal(signal.SIGALRM, interrupt)
    for moment in MOMENTS:
        assert any(is_interrupted(content, moment) for _ in range(3)), f"lost after {moment} s"


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def is_interrupted(content: bytes, seconds: float) -> bool:
    """Whether an alarm that comes after some seconds ends the reading of a video."""
    end = time.monotonic() + PATIENCE
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        while time.monotonic() < end:
            read_video(io.BytesIO(content), whole=True)
    except KeyboardInterrupt:
        return True
    return False


if __name__ == "__main__":
    main(sys.argv[1])
