"""Who may ask: programs of this machine, and the browser's own pages, but no page of another origin."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from starlette.datastructures import Headers

from ..answers import ApiError

if TYPE_CHECKING:
    from starlette.types import Scope

__all__ = ["Guard", "checked_hosts", "checked_origins", "is_loopback"]

_HOST = re.compile(r"[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]|[0-9A-Fa-f:.]+", re.ASCII)
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[A-Za-z0-9._-]+(:\d+)?|[a-z]+://\[[0-9A-Fa-f:.]+\](:\d+)?|\*", re.ASCII)
_PORT = re.compile(r":\d*$", re.ASCII)


class Guard:
    """Refuses what a page in a browser could have sent without its user's wish.

    Args:
        hosts: The names, beside those of the loopback address, under which the emulator may be reached.
        origins: The origins whose pages may use the API, such as `http://localhost:3000`, or `*` for all.
    """

    def __init__(self, hosts: Collection[str], origins: Collection[str]) -> None:
        self._hosts = {_bare(host) for host in hosts}
        self._origins = {origin.lower() for origin in origins}

    def check_host(self, scope: Scope) -> None:
        """Refuse a request to a host that is not this one.

        A page whose host name is made to lead here has the browser's leave to read what comes back.

        Raises:
            ApiError: The request is to another host.
        """
        host = Headers(scope=scope).get("host")
        # Only programs of the time before HTTP/1.1 name none.
        if host is not None and not (is_loopback(_PORT.sub("", host)) or _bare(_PORT.sub("", host)) in self._hosts):
            message = f"The emulator does not answer as {host!r}. Start it with --allowed-host to have it do so."
            raise ApiError(403, "forbidden", message)

    def check_origin(self, scope: Scope, *, shared: bool) -> None:
        """Refuse a request that a page of another origin sends.

        Args:
            scope: The request's.
            shared: Whether the pages of the allowed origins may send it.

        Raises:
            ApiError: It does.
        """
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if shared and origin is not None and self._origins & {origin.lower(), "*"}:
            return
        site = headers.get("sec-fetch-site")
        if site is not None:
            is_own = site in ("same-origin", "none")
        else:
            is_own = origin is None or origin.partition("://")[2] == headers.get("host")
        if not is_own:
            how = " Start the emulator with --cors-origin to allow it." if shared else ""
            raise ApiError(403, "forbidden", f"Pages of {origin or 'other origins'} may not ask this.{how}")


def is_loopback(host: str) -> bool:
    """Whether a host is the loopback address, by its name or its number."""
    try:
        return ipaddress.ip_address(_bare(host)).is_loopback
    except ValueError:
        return _bare(host) == "localhost"


def checked_hosts(hosts: Collection[str]) -> tuple[str, ...]:
    """Host names, without ports.

    Raises:
        ValueError: One is not a host name.
    """
    for host in _several("allowed_hosts", hosts):
        if not (isinstance(host, str) and _HOST.fullmatch(host)):
            raise ValueError(f"allowed_hosts: {host!r} is not a host name without a port.")
    return tuple(hosts)


def checked_origins(origins: Collection[str]) -> tuple[str, ...]:
    """Origins of pages.

    Raises:
        ValueError: One is not an origin.
    """
    for origin in _several("cors_origins", origins):
        if not (isinstance(origin, str) and _ORIGIN.fullmatch(origin)):
            raise ValueError(f"cors_origins: {origin!r} is not an origin such as http://localhost:3000, nor *.")
    return tuple(origins)


def _several(name: str, values: Collection[str]) -> Collection[str]:
    if isinstance(values, str):
        raise ValueError(f"{name} must be several, not the one text {values!r}.")
    return values


def _bare(host: str) -> str:
    return host.strip("[]").lower().rstrip(".")
