"""The origin under which a client reaches the emulator."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request

__all__ = ["find_origin"]

_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?", re.ASCII)


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
