"""The origin under which a client reaches the emulator."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import Scope

__all__ = ["find_origin", "resolve_target"]

_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?", re.ASCII)


_ABSOLUTE = re.compile(rb"https?://([^/?#]*)(.*)", re.IGNORECASE | re.DOTALL)


def resolve_target(scope: Scope) -> Scope:
    """Return a scope whose path is one, also if the client named a whole URL, as it does to a proxy.

    The host in the URL is then the host of the request, whatever its header says.
    """
    match = _ABSOLUTE.fullmatch(scope["raw_path"])
    if not match:
        return scope
    host, path = match[1], match[2] or b"/"
    headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {**scope, "headers": [(b"host", host), *headers], "raw_path": path, "path": unquote(path.decode("latin-1"))}


def find_origin(request: Request) -> str:
    """Return the beginning of the URLs that the client of a request can use, such as `http://127.0.0.1:8000`.

    It is what the request says, so that it also holds behind a proxy or a forwarded port. If that makes no sense, it
    is the address of the server.
    """
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        server = request.scope["server"]
        host = f"{server[0]}:{server[1]}"
    return f"{request.scope['scheme']}://{host}"
