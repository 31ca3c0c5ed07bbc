"""Who may send requests: programs, and the emulator's own pages, but not pages of other origins."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from starlette.datastructures import Headers

from ..responses import ApiError

if TYPE_CHECKING:
    from starlette.types import Scope

__all__ = ["Guard", "is_loopback"]

_PORT = re.compile(r":\d*$", re.ASCII)


class Guard:
    """Rejects what a page in a browser could have sent without the knowledge of its user.

    Args:
        hosts: The names, in addition to those of the loopback address, under which the emulator may be reached.
        origins: The origins whose pages may use the API, such as `http://localhost:3000`, or `*` for all.
    """

    def __init__(self, hosts: Collection[str], origins: Collection[str]) -> None:
        self._hosts = {_normalize(host) for host in hosts}
        self._origins = {origin.lower() for origin in origins}

    def check_host(self, scope: Scope) -> None:
        """Reject a request to a host that is not this one.

        A browser lets a page whose host name is made to point here read every response.

        Raises:
            ApiError: The request is to another host.
        """
        host = Headers(scope=scope).get("host")
        # Only clients older than HTTP/1.1 send no host, and no browser is that old.
        if host is not None and not (
            is_loopback(_PORT.sub("", host)) or _normalize(_PORT.sub("", host)) in self._hosts
        ):
            message = f"The emulator does not respond as {host!r}. Start it with --allowed-host to allow that."
            raise ApiError(403, "forbidden", message)

    def check_origin(self, scope: Scope, *, shared: bool) -> None:
        """Reject a request that a page of another origin sends.

        Args:
            scope: The scope of the request.
            shared: Whether pages of the allowed origins may send it.

        Raises:
            ApiError: A page of another origin sends it.
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
            raise ApiError(403, "forbidden", f"Pages of {origin or 'other origins'} may not send this request.{how}")


def is_loopback(host: str) -> bool:
    """Return whether a host is the loopback address, by its name or its number."""
    try:
        return ipaddress.ip_address(_normalize(host)).is_loopback
    except ValueError:
        return _normalize(host) == "localhost"


def _normalize(host: str) -> str:
    return host.strip("[]").lower().rstrip(".")
