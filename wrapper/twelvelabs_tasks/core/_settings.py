"""What all calls of a client have in common, and where it comes from when it is not given."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Mapping

from twelvelabs_tasks_api.http import httpx

from .._version import __version__
from ._headers import check_headers

__all__ = [
    "DEFAULT_TIMEOUT",
    "MAX_RESPONSE_BYTES",
    "MAX_UPLOAD_BYTES",
    "Settings",
    "check_retries",
    "check_timeout",
]

PLATFORM = "https://api.twelvelabs.io/v1.3"
MAX_UPLOAD_BYTES = 2_000_000_000
MAX_CONNECTIONS = 100  # as many as httpx has
MAX_RESPONSE_BYTES = 16 * 1024 * 1024
DEFAULT_TIMEOUT = httpx.Timeout(60.0, connect=10.0)  # seconds between bytes, and to connect
USER_AGENT = (
    f"twelvelabs-tasks/{__version__} httpx/{httpx.__version__} python/{'.'.join(map(str, sys.version_info[:3]))}"
)


class Settings:
    """What all calls of a client have in common: the environment's where none are given.

    Raises:
        ValueError: One is invalid, or there is no API key.
    """

    def __init__(
        self,
        *,
        api_key: str | None,
        base_url: str | None,
        headers: Mapping[str, str] | None,
        timeout: float | httpx.Timeout | None,
        max_retries: int,
        follow_redirects: bool,
        max_upload_bytes: int,
        max_response_bytes: int,
    ) -> None:
        api_key = api_key or os.environ.get("TWELVE_LABS_API_KEY")
        if not api_key:
            raise ValueError("no API key: give api_key, or set the environment variable TWELVE_LABS_API_KEY")
        if not (api_key.isascii() and api_key.isprintable() and api_key == api_key.strip()):
            raise ValueError("the API key must be printable ASCII without spaces around it")
        base_url = base_url or os.environ.get("TWELVELABS_BASE_URL") or PLATFORM
        check_base_url(base_url)
        if min(max_upload_bytes, max_response_bytes) <= 0:
            raise ValueError("max_upload_bytes and max_response_bytes must be greater than 0")
        self.base_url = base_url.rstrip("/")
        self.api_key = api_key
        self.headers = check_headers(headers)
        # `None`: that of the httpx client.
        self.timeout = None if timeout is None else httpx.Timeout(check_timeout(timeout))
        self.max_retries = check_retries(max_retries)
        self.follow_redirects = follow_redirects
        self.max_upload_bytes = max_upload_bytes
        self.max_response_bytes = max_response_bytes


def check_retries(number: int) -> int:
    """Return a number of retries; raise ValueError if it is not one."""
    if not isinstance(number, int) or number < 0:
        raise ValueError(f"max_retries must be a whole number that is not negative, but is {number!r}")
    return number


def check_timeout(timeout: float | httpx.Timeout) -> float | httpx.Timeout:
    """Return a timeout; raise ValueError if it is a number of seconds that is not greater than 0."""
    if isinstance(timeout, (int, float)) and not timeout > 0:
        raise ValueError(f"a timeout must be greater than 0 seconds, but is {timeout!r}")
    return timeout


def check_base_url(text: str) -> None:
    """Raise ValueError unless paths of the API can be appended to a URL; warn if the API key would go unencrypted."""
    if "@" in text:  # Wherever it is: what follows shows the text, which must not be a password.
        raise ValueError("base_url must have no user and password, and no @: give a header instead")
    try:
        url = httpx.URL(text)
        check_port(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise ValueError(f"base_url is not a URL: {error}") from error
    if url.scheme not in ("https", "http") or not url.host or url.query or url.fragment:
        raise ValueError(
            f"base_url must be https:// or http://, a host and perhaps a path, but is {text.partition('?')[0]!r}"
        )
    if url.scheme != "http":
        return
    if not _is_loopback(url.host):
        _warn_of(f"the API key and videos are sent to {url.host} unencrypted")
    elif _goes_through_proxy(url.host):
        _warn_of("the API key and videos are sent to the proxy of the environment unencrypted. Set NO_PROXY")


def check_port(url: httpx.URL) -> None:
    """Raise ValueError if the port of a URL is out of range."""
    if url.port is not None and not 0 < url.port < 65536:
        raise ValueError(f"{url.port} is not a valid port")


def _warn_of(what: str) -> None:
    warnings.warn(f"Insecure base_url (http://): {what}", stacklevel=5)


def _goes_through_proxy(host: str) -> bool:
    from urllib.request import getproxies, proxy_bypass  # only who leaves TLS out needs it

    proxies = getproxies()
    return bool(proxies.get("http") or proxies.get("all")) and not proxy_bypass(host)


def _is_loopback(host: str) -> bool:
    import ipaddress  # only who leaves TLS out needs it

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
