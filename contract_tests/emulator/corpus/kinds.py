"""Kinds of video: every container and codec that can be made here, and files that are odd in one way each."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs

from contract_tests.emulator.corpus import composing
from twelvelabs_emulator.sample import make_video

__all__ = ["KINDS", "Kind"]

SMALL: dict[str, Any] = {"width": 480, "height": 360, "rate": 5, "duration": 12.0}


@attrs.frozen
class Kind:
    """A kind of video.

    Attributes:
        suffix: How its name ends.
        make: Makes it.
        duration: How long its pictures last, in seconds.
        size: How it is shown, in pixels.
        pictures: How many of them there are.
    """

    suffix: str
    make: Callable[[Path], object]
    duration: float = 12.0
    size: tuple[int, int] = (480, 360)
    pictures: int = 60


def plain(codec: str, suffix: str, sound: bool | str = True, **changes: Any) -> Kind:
    """Return a kind that a container and a codec make."""
    properties = SMALL | {"codec": codec, "audio": sound} | changes
    return Kind(suffix, lambda path: make_video(path, **properties))


CONTAINERS = {
    "libx264": "mp4 mov mkv ts flv m2ts 3gp m4v f4v asf nut ismv",
    "mpeg4": "mp4 mov mkv ts 3gp asf nut",
    "libx265": "mp4 mov mkv ts",
    "libsvtav1": "mp4 mkv webm",
    "libvpx-vp9": "mp4 mkv webm",
    "libvpx": "mkv webm",
    "mpeg2video": "ts mkv",
    "mjpeg": "mov mkv",
}
SINGLE = {
    "libsvtav1": "ivf",
    "libvpx-vp9": "ivf",
    "libvpx": "ogv",
    "gif": "gif",
    "rawvideo": "y4m",
    "mpeg2video": "m2v",
}
OLD = [("mpeg2video", "mpg"), ("mpeg2video", "vob"), ("msmpeg4", "avi"), ("mpeg2video", "wtv")]
OLD += [("wmv2", "wmv"), ("wmv1", "asf"), ("svq1", "mov")]
STUDIO = [
    ("rv20", "rm"),
    ("flv", "flv"),
    ("flashsv", "flv"),
    ("prores_ks", "mov"),
    ("ffv1", "mkv"),
    ("huffyuv", "avi"),
    ("rawvideo", "avi"),
    ("rawvideo", "nut"),
]
STUDIO += [("png", "mov"), ("qtrle", "mov"), ("zmbv", "avi"), ("jpeg2000", "mov"), ("magicyuv", "avi"), ("cfhd", "mov")]
STUDIO += [("snow", "mkv"), ("asv1", "avi")]

KINDS: dict[str, Kind] = {
    f"{codec} in {suffix}": plain(codec, suffix) for codec, names in CONTAINERS.items() for suffix in names.split()
}
# A container that counts places for pictures, of which the first may stay empty, which is less at a higher rate.
KINDS |= {
    f"{codec} in avi": attrs.evolve(plain(codec, "avi", rate=20), pictures=240)
    for codec in ("mpeg4", "mjpeg", "libx264")
}
KINDS |= {f"{codec} alone in {suffix}": plain(codec, suffix, sound=False) for codec, suffix in SINGLE.items()}
KINDS |= {f"{codec} in {suffix}, old": plain(codec, suffix, sound="mp2") for codec, suffix in OLD}
# Its encoder takes a fifth of a second for each picture.
KINDS |= {"cinepak in mov, old": attrs.evolve(plain("cinepak", "mov", sound="mp2", rate=1), pictures=12)}
KINDS |= {f"{codec} in {suffix}, of a studio": plain(codec, suffix, sound=False) for codec, suffix in STUDIO}
KINDS |= {
    "ten bits": plain("libx264", "mkv", pixel_format="yuv420p10le"),
    "colours in full": plain("libx264", "mp4", pixel_format="yuv444p"),
    "with transparency": plain("prores_ks", "mov", pixel_format="yuva444p10le"),
    "NTSC": attrs.evolve(plain("libx264", "mp4", rate=Fraction(30_000, 1001)), pictures=360),
    "a picture a second": attrs.evolve(plain("libx264", "mp4", rate=1), pictures=12),
    "120 pictures a second": attrs.evolve(plain("libx264", "mp4", rate=120), pictures=1440),
    "turned 90": attrs.evolve(plain("libx264", "mov", rotation=90), size=(360, 480)),
    "turned 180": plain("libx264", "mp4", rotation=180),
    "turned 270": attrs.evolve(plain("mpeg4", "mp4", rotation=270), size=(360, 480)),
    "turned 10, which is no right angle": plain("libx264", "mp4", rotation=10),
    "turned 100, which is none either": plain("libx264", "mp4", rotation=100),
    "wide pixels": attrs.evolve(plain("libx264", "mp4", sample_aspect_ratio=Fraction(4, 3)), size=(640, 360)),
    "portrait": attrs.evolve(plain("libx264", "mp4", width=360, height=640), size=(360, 640)),
    "silent": plain("libx264", "mp4", sound=False),
    "FLAC": plain("libx264", "mkv", sound="flac"),
    "MP3": plain("libx264", "mp4", sound="libmp3lame"),
    "PCM": plain("mpeg4", "mov", sound="pcm_s16le"),
    "AC-3": plain("libx264", "ts", sound="ac3"),
    "from -5 s on": Kind("ts", composing.shift_times(-5)),
    "from 1000 s on": Kind("ts", composing.shift_times(1000)),
    "over the end of the clock": Kind("ts", composing.wrap_clock),
    "sound that lasts longer, MKV": Kind("mkv", composing.longer_sound),
    "sound that lasts longer, MP4": Kind("mp4", composing.longer_sound),
    "sound that lasts longer, TS": Kind("ts", composing.longer_sound),
    "sound that lasts longer, ASF": Kind("asf", composing.longer_sound),
    "sound that lasts longer, FLV": Kind("flv", composing.longer_sound),
    "subtitles that last longer": Kind("mkv", composing.longer_subtitles),
    "wrong durations of packets": Kind("mkv", composing.wrong_durations),
    "without a duration": Kind("mkv", composing.live),
    "in fragments": Kind("mp4", composing.with_options(movflags="frag_keyframe+empty_moov")),
    "its index first": Kind("mp4", composing.with_options(movflags="faststart")),
    "a cover picture": Kind("mp4", composing.with_cover),
    "pictures at odd times": Kind("mp4", composing.drop_pictures, pictures=40),
}
