"""The filenames of uploads, and what the platform may make of them in its list."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

__all__ = ["ANY_NAME", "contended_names", "is_plain", "likeness"]

ANY_NAME = "*"
PLAIN = re.compile(r"[A-Za-z0-9._()-](?:[A-Za-z0-9 ._()-]*[A-Za-z0-9._()-])?")
LONGEST_PLAIN_NAME = 200  # characters


def is_plain(filename: str) -> bool:
    """Whether a filename is of a kind that no platform rewrites, so that the list shows it as it is."""
    return len(filename) <= LONGEST_PLAIN_NAME and PLAIN.fullmatch(filename) is not None


def contended_names(filename: str, *, is_url: bool) -> tuple[str, ...]:
    """Return the names, as far as they can be distinguished, that the task of an upload may have."""
    may_be_renamed = is_url or not is_plain(filename)
    return (likeness(filename), ANY_NAME) if may_be_renamed else (likeness(filename),)


def likeness(filename: str) -> str:
    """Return what is left of a filename whatever a platform may make of it: decoded, without folders and marks."""
    name = unicodedata.normalize("NFKC", unquote(filename, errors="replace")).casefold()
    return "".join(character for character in re.split(r"[\\/]", name)[-1] if character.isalnum() or character == ".")
