"""What the API requires of a video, and how to find out whether a file meets it.

Inspecting files needs PyAV, which the extra ``twelvelabs-tasks[video]`` installs. Each file is read in a process
of its own, with limits on processor time and memory; on Windows, and in programs that are frozen or embed Python, in
the calling process without them.

The requirements, codes and messages are those that the platform documents under "Error codes"; they are written down
here once, for the check before an upload and for the emulator alike.

    >>> from twelvelabs_tasks import video
    >>> video.probe("holiday.mp4")
    Video(duration=20.5, width=640, height=360)
    >>> fault = video.check("stamp.mp4")
    >>> fault.code, fault.values
    ('video_resolution_too_low', {'current_resolution': '320x240'})
"""

from ._limits import (
    MAX_ASPECT_RATIO,
    MAX_BYTES,
    MAX_LONG_SIDE,
    MAX_SECONDS,
    MAX_SHORT_SIDE,
    MIN_SECONDS,
    MIN_SIDE,
    Fault,
    Video,
    broken,
    check_duration,
    check_size,
    check_video,
)
from ._probing import check, examine, probe
from ._reading import BrokenVideoError

__all__ = [
    "MAX_ASPECT_RATIO",
    "MAX_BYTES",
    "MAX_LONG_SIDE",
    "MAX_SECONDS",
    "MAX_SHORT_SIDE",
    "MIN_SECONDS",
    "MIN_SIDE",
    "BrokenVideoError",
    "Fault",
    "Video",
    "broken",
    "check",
    "check_duration",
    "check_size",
    "check_video",
    "examine",
    "probe",
]
