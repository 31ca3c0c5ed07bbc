"""Secrets, taken out of what is recorded and logged."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import unquote_plus

__all__ = ["redact", "redact_query", "redact_url"]

_SECRET = re.compile(r"api[-_]?key|auth|token|cookie|secret|passw|credential", re.IGNORECASE)
"""What the names of headers and parameters have in them whose values are secrets."""
_USERINFO = re.compile(r"^([^:/?#]*://)[^/?#]*@")


def redact(name: str, value: str) -> str:
    """Return the value of a header or parameter; if it is a secret, only a hash, which tells it apart from others."""
    if not _SECRET.search(name):
        return value
    return f"sha256:{hashlib.sha256(value.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def redact_query(query: str) -> str:
    """Return a query, still escaped, with hashes in place of secrets."""
    parts = (part.partition("=") for part in query.split("&"))
    return "&".join(f"{name}{equals}{redact(unquote_plus(name), value)}" for name, equals, value in parts)


def redact_url(url: str) -> str:
    """Return a URL without the name and password that may be in it."""
    return _USERINFO.sub(r"\1***@", url)
