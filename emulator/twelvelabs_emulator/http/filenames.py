"""Filenames in multipart bodies, as the many kinds of clients write them."""

from __future__ import annotations

import re

__all__ = ["find_filename"]

_PARAMETER = rb"""(?:;\s*(?!filename=)[^\s=;"]+\s*=(?:\s*"(?:[^"\\]|\\.)*"\s*|[^";]*))*"""
_ESCAPED = re.compile(rb'[^;"]*' + _PARAMETER + rb';\s*filename="((?:[^"\\]|\\.)*)"\s*(?:;|$)', re.IGNORECASE)
# Browsers and curl do not escape a backslash, so that one may stand before the closing quotation mark.
_BARE = re.compile(rb'[^;"]*' + _PARAMETER + rb';\s*filename="(.*?)"\s*(?:;|$)', re.IGNORECASE)
_BACKSLASH = re.compile(rb'\\([\\"])')
_PERCENT = re.compile(rb"%(0[0-9A-F]|1[0-9A-F]|22)")


def find_filename(disposition: bytes) -> bytes | None:
    r"""Return the filename in a header `Content-Disposition`, as the client meant it.

    A quotation mark is written as `\"` or, by the HTML standard, as `%22`; a backslash as `\\` or by itself.

    Args:
        disposition: The value of the header.

    Returns:
        The filename, or `None` if there is no filename in quotation marks.

    Example:
        >>> find_filename(b'form-data; name="video_file"; filename="a%22b.mp4"')
        b'a"b.mp4'
    """
    match = _ESCAPED.match(disposition) or _BARE.match(disposition)
    if not match:
        return None
    name = _BACKSLASH.sub(rb"\1", match[1])
    return _PERCENT.sub(lambda escape: bytes([int(escape[1], 16)]), name)
