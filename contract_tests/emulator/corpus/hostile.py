"""Files that are out to harm their reader: they name other files and addresses, or unfold to more than anybody has."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs

__all__ = ["Bait", "hostile_files", "mutations", "png"]

ENDLESS = 2**31 - 1


@attrs.frozen
class Bait:
    """What hostile files try to get at.

    Attributes:
        file: A video that is not theirs to read.
        port: A port of this machine.
        clip: A real clip to be broken, an MP4.
    """

    file: Path
    port: int
    clip: bytes


def hostile_files(bait: Bait) -> Mapping[str, bytes]:
    """Return all files by name. A name may be part of the attack."""
    texts = {name: text.encode() for name, text in _texts(bait)}
    return texts | dict(_archives(bait)) | dict(_pictures()) | dict(_containers(bait)) | dict(_rubbish())


def mutations(clip: bytes, count: int, seed: int) -> Iterator[bytes]:
    """Yield copies of a clip, each damaged somewhere: bytes changed, left out, doubled, or set to extremes."""
    chance = random.Random(seed)
    for _ in range(count):
        changed = bytearray(clip)
        for _ in range(chance.choice((1, 1, 2, 4, 16))):
            # The structure lies at both ends, and that is where it hurts.
            where = chance.choice((0, len(changed) - 4096, 0)) + chance.randrange(4096)
            where = min(max(0, where if chance.random() < 0.7 else chance.randrange(len(changed))), len(changed) - 8)
            _damage(changed, where, chance)
        yield bytes(changed)


def _damage(changed: bytearray, where: int, chance: random.Random) -> None:
    kind = chance.randrange(6)
    if kind == 0:
        changed[where] = chance.randrange(256)
    elif kind == 1:
        changed[where : where + 4] = chance.choice((b"\xff" * 4, b"\x7f\xff\xff\xff", bytes(4), b"\x80\0\0\0"))
    elif kind == 2:
        changed[where] ^= 1 << chance.randrange(8)
    elif kind == 3:
        del changed[where : where + chance.randrange(1, 64)]
    elif kind == 4:
        changed[where:where] = changed[where : where + chance.randrange(1, 64)]
    else:
        changed[where : where + 8] = chance.randbytes(8)


def _texts(bait: Bait) -> Iterator[tuple[str, str]]:
    file, web = bait.file, f"http://127.0.0.1:{bait.port}"
    hls = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:12\n#EXT-X-PLAYLIST-TYPE:VOD\n{}#EXT-X-ENDLIST\n"
    for name, place in {"path": file, "file": f"file://{file}", "web": f"{web}/a.ts", "name": file.name}.items():
        yield f"hls-{name}.m3u8", hls.format(f"#EXTINF:12.0,\n{place}\n")
    yield "hls-concat.m3u8", hls.format(f"#EXTINF:12.0,\nconcat:{file}|{file}\n")
    yield "hls-subfile.ts", hls.format(f"#EXTINF:12.0,\nsubfile,,start,0,end,0,,:{file}\n")
    yield "hls-data.ts", hls.format("#EXTINF:12.0,\ndata:video/mp2t;base64,R0AAEAAAsA0AAcEAAAAB8AAqsQSy\n")
    yield "hls-key.m3u8", hls.format(f'#EXT-X-KEY:METHOD=AES-128,URI="{file}"\n#EXTINF:12.0,\n{web}/a.ts\n')
    yield "hls-map.m3u8", hls.format(f'#EXT-X-MAP:URI="{file}"\n#EXTINF:12.0,\n{file}\n')
    yield "hls-master.m3u8", f'#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1,CODECS="avc1"\n{web}/b.m3u8\n'
    yield "hls.mp4", hls.format(f"#EXTINF:12.0,\n{file}\n")
    yield "concat.ffconcat", f"ffconcat version 1.0\nfile '{file}'\n"
    yield "concat-relative.ffconcat", f"ffconcat version 1.0\nfile '{file.name}'\n"
    yield "concat-web.txt", f"ffconcat version 1.0\nfile '{web}/a.ts'\noption safe 0\n"
    yield "concat-protocol.mp4", f"concat:{file}"
    media = "m=video {port} RTP/AVP 96\na=rtpmap:96 H264/90000\n"
    sdp = "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=No Name\nc=IN IP4 {address}\nt=0 0\n"
    yield "session.sdp", sdp.format(address="127.0.0.1") + media.format(port=bait.port)
    yield "session.mp4", sdp.format(address="127.0.0.1") + media.format(port=bait.port)
    yield "session-multicast.sdp", sdp.format(address="224.2.17.12/127") + media.format(port=bait.port)
    yield (
        "sessions.sdp",
        sdp.format(address="127.0.0.1") + "".join(media.format(port=bait.port + 2 * number) for number in range(40)),
    )
    yield (
        "dash.mpd",
        (
            '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
            'mediaPresentationDuration="PT12S"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" '
            f'bandwidth="1"><BaseURL>{file}</BaseURL></Representation></AdaptationSet></Period></MPD>'
        ),
    )
    yield "dash-web.mpd", f'<?xml version="1.0"?><MPD type="dynamic"><Location>{web}/a.mpd</Location></MPD>'
    yield "entities.xml", f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file://{file}">]><MPD>&e;</MPD>'
    yield "manifest.f4m", f'<manifest xmlns="http://ns.adobe.com/f4m/1.0"><media url="{web}/a"/></manifest>'
    yield "picture.svg", f'<svg xmlns="http://www.w3.org/2000/svg"><image href="file://{file}"/></svg>'
    yield "stream.rtsp", f"RTSPtext\nrtsp://127.0.0.1:{bait.port}/a\n"
    yield "list.asx", f'<asx version="3.0"><entry><ref href="{web}/a.asf"/></entry></asx>'
    yield "list.pls", f"[playlist]\nFile1={file}\nNumberOfEntries=1\nVersion=2\n"
    yield "subtitles.idx", "# VobSub index file, v7 (do not modify this line!)\nsize: 720x576\n"
    yield "image%03d.png", "a name that asks for a sequence of pictures"
    yield "metadata.ffmeta", ";FFMETADATA1\ntitle=no video\n"
    yield "subtitles.srt", "1\n00:00:00,000 --> 00:59:00,000\nno video\n"
    yield "graph.lavfi", "testsrc2=size=640x360:duration=20"


def _archives(bait: Bait) -> Iterator[tuple[str, bytes]]:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("video.mp4", bait.clip)
    yield "video.zip", packed.getvalue()
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(50_000_000))
    yield "bomb.zip", bomb.getvalue()
    rolled = io.BytesIO()
    with tarfile.open(fileobj=rolled, mode="w:gz") as tape:
        link = tarfile.TarInfo("link.mp4")
        link.type, link.linkname = tarfile.SYMTYPE, str(bait.file)
        tape.addfile(link)
    yield "link.tar.gz", rolled.getvalue()
    yield "bomb.gz", gzip.compress(bytes(50_000_000))
    yield "video.mp4.bz2", bz2.compress(bait.clip)
    yield "video.mp4.xz", lzma.compress(bait.clip)
    yield "flash-bomb.swf", b"CWS\x0a" + struct.pack("<I", ENDLESS) + zlib.compress(bytes(50_000_000))


def _pictures() -> Iterator[tuple[str, bytes]]:
    yield "bomb.png", png(20_000, 20_000)
    yield "wide.gif", b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff" + _gif_picture(65_535, 65_535) * 300 + b";"
    yield "bomb.bmp", b"BM" + struct.pack("<IIIIiiHH", 54, 0, 54, 40, 60_000, 60_000, 1, 24) + bytes(24)
    yield "bomb.jpg", b"\xff\xd8\xff\xc0\0\x11\x08" + struct.pack(">HH", 65_500, 65_500) + b"\3\1\x11\0\2\x11\0\3\x11\0"
    yield "bomb.y4m", b"YUV4MPEG2 W65535 H65535 F25:1 C444\nFRAME\n" + bytes(1000)
    yield "bomb.ivf", b"DKIF\0\0\x20\0VP90" + struct.pack("<HHIIII", 65_535, 65_535, 25, 1, 300, 0) + bytes(100)
    yield "bomb.tiff", b"II*\0\x08\0\0\0\2\0" + struct.pack("<HHIIHHII", 256, 4, 1, 90_000, 257, 4, 1, 90_000)


def png(width: int, height: int) -> bytes:
    """Return a picture of a single colour, of that size in pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = bytes(1 + width // 8)
    packer = zlib.compressobj(9)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _gif_picture(width: int, height: int) -> bytes:
    return b"!\xf9\4\0\x0a\0\0\0," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\2\2\x4c\1\0"


def _box(kind: bytes, content: bytes = b"", size: int | None = None) -> bytes:
    return struct.pack(">I4s", len(content) + 8 if size is None else size, kind) + content


def _containers(bait: Bait) -> Iterator[tuple[str, bytes]]:
    clip = bait.clip
    place = str(bait.file).encode()
    url = _box(b"rdrf", b"\0\0\0\0url " + struct.pack(">I", len(place) + 1) + place + b"\0")
    yield "reference.mov", _box(b"ftyp", b"qt  \0\0\2\0") + _box(b"moov", _box(b"rmra", _box(b"rmda", url)))
    # Where the samples lie: in another file.
    own = _box(b"url ", b"\0\0\0\1")
    other = _box(b"url ", bytes(4) + b"file://" + place + b"\0")
    if own not in clip:
        raise ValueError("The clip does not say that its samples lie in itself.")
    yield "elsewhere.mp4", _resize(clip, own, other)
    yield "endless-samples.mp4", _patch(clip, b"stsz", 8, struct.pack(">II", 1, ENDLESS))
    yield "endless-times.mp4", _patch(clip, b"stts", 8, struct.pack(">II", ENDLESS, 1))
    yield "huge-table.mp4", _patch(clip, b"stco", 8, struct.pack(">I", ENDLESS))
    yield "huge-entry.mp4", _patch(clip, b"stsd", 8, struct.pack(">I", ENDLESS))
    yield "lying-size.mp4", _patch(clip, b"moov", -4, struct.pack(">I", ENDLESS))
    nested = b""
    for _ in range(5000):
        nested = _box(b"moov", nested)
    yield "nested.mp4", _box(b"ftyp", b"isom\0\0\2\0") + nested
    yield "only-a-type.mp4", _box(b"ftyp", b"isom\0\0\2\0isomiso2avc1mp41")
    yield (
        "endless.mkv",
        b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\1\x42\xf7\x81\1\x42\xf2\x81\4\x42\xf3\x81\x08\x42\x82\x88matroska"
        + (b"\x18\x53\x80\x67\1\xff\xff\xff\xff\xff\xff\xff" + b"\xec\x80" * 500_000),
    )
    yield "endless.avi", b"RIFF\xff\xff\xff\x7fAVI LIST\xff\xff\xff\x7fhdrlavih" + b"\xff" * 400_000
    yield "no-tags.flv", b"FLV\1\5\0\0\0\x09\0\0\0\0" + b"\x09\0\0\0\0\0\0\0\0\0\0\0\0\0\0" * 50_000
    yield (
        "programs.ts",
        b"".join(
            b"\x47\x40\0" + bytes([0x10 | number % 16]) + b"\0\0\xb0\xb1" + random.Random(number).randbytes(180)
            for number in range(8000)
        ),
    )
    yield "padding.ts", (b"\x47\x1f\xff\x10" + b"\xff" * 184) * 20_000
    yield "garbage.ogg", b"OggS" * 250_000
    yield "garbage.mpg", b"\0\0\1\xba" + b"\0\0\1\xe0\0\0" * 150_000
    yield "garbage.nut", b"nut/multimedia container\0" + b"NM" * 200_000


def _patch(clip: bytes, kind: bytes, offset: int, data: bytes) -> bytes:
    """Return the clip with something else in its first box of a kind; offsets count from its name."""
    at = clip.index(kind) + offset
    return clip[:at] + data + clip[at + len(data) :]


def _resize(clip: bytes, old: bytes, new: bytes) -> bytes:
    """Return the clip with one box in the place of another, and all boxes around it of the size they have now."""
    at = clip.index(old)
    changed = bytearray(clip[:at] + new + clip[at + len(old) :])
    for kind in (b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref"):
        start = clip.rindex(kind, 0, at) - 4
        (size,) = struct.unpack_from(">I", changed, start)
        struct.pack_into(">I", changed, start, size + len(new) - len(old))
    return bytes(changed)


def _rubbish() -> Iterator[tuple[str, bytes]]:
    yield "empty.mp4", b""
    yield "zeros.mp4", bytes(1_000_000)
    yield "noise.mp4", random.Random(11).randbytes(1_000_000)
    yield "program", b"\x7fELF\2\1\1" + bytes(200_000)
    yield "text.pdf", b"%PDF-1.7\n" + b"1 0 obj <<>> endobj\n" * 1000
    yield "page.html", b"<!doctype html><video src='x.mp4'></video>"
    yield (
        "sound.wav",
        b"RIFF\xff\xff\xff\x7fWAVEfmt \x10\0\0\0\1\0\1\0\x80\xbb\0\0\0\x77\1\0\2\0\x10\0data\xff\xff\xff\x7f"
        + (bytes(200_000)),
    )
    yield "frames.mp3", (b"\xff\xfb\x90\x64" + bytes(413)) * 500
