"""What all calls of a client have in common, and where it comes from when it is not given."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from .._version import __version__

__all__ = ["DEFAULT_TIMEOUT", "Settings"]

PLATFORM = "https://api.twelvelabs.io/v1.3"
DEFAULT_TIMEOUT = httpx.Timeout(60.0, connect=10.0)  # seconds between bytes, and to connect
USER_AGENT = (
    f"twelvelabs-tasks/{__version__} httpx/{httpx.__version__} python/{'.'.join(map(str, sys.version_info[:3]))}"
)


@dataclass(frozen=True)
class Settings:
    """What all calls of a client have in common."""

    base_url: str
    api_key: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    timeout: httpx.Timeout | None  # None: that of the httpx client
    max_retries: int
    follow_redirects: bool

    @classmethod
    def resolve(
        cls,
        *,
        api_key: str | None,
        base_url: str | None,
        headers: Mapping[str, str] | None,
        timeout: float | httpx.Timeout | None,
        max_retries: int,
        follow_redirects: bool,
    ) -> Settings:
        """Return the settings, the environment's where none are given; raise ValueError if there is no API key."""
        api_key = api_key or os.environ.get("TWELVE_LABS_API_KEY")
        if not api_key:
            raise ValueError("no API key: give api_key, or set the environment variable TWELVE_LABS_API_KEY")
        if not (api_key.isascii() and api_key.isprintable() and api_key == api_key.strip()):
            raise ValueError("the API key must be printable ASCII without spaces around it")
        base_url = base_url or os.environ.get("TWELVELABS_BASE_URL") or PLATFORM
        check_base_url(base_url)
        if max_retries < 0:
            raise ValueError(f"max_retries must not be negative, but is {max_retries}")
        return cls(
            base_url=base_url.rstrip("/"),
            api_key=api_key,
            headers=dict(headers or {}),
            timeout=None if timeout is None else httpx.Timeout(timeout),
            max_retries=max_retries,
            follow_redirects=follow_redirects,
        )


def check_base_url(text: str) -> None:
    """Raise ValueError unless paths of the API can be appended to a URL."""
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as error:
        raise ValueError(f"base_url is not a URL: {text!r}: {error}") from error
    if url.scheme not in ("https", "http") or not url.host or url.query or url.fragment:
        raise ValueError(f"base_url must be https:// or http://, a host and perhaps a path, but is {text!r}")
