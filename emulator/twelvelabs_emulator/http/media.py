"""Streams and thumbnails, served to players."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import FileResponse

from ..answers import Answer, method_not_allowed, not_found
from ..platform.platform import Platform
from .sending import Listening, send_answer

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

_PATH = re.compile(
    r"/media/(?P<task>[0-9a-f]{24})/(?P<kind>stream|thumbnails)/(?P<name>[0-9a-f]{24}[0-9a-z.]*)", re.ASCII
)
_TYPES = {".m3u8": "application/vnd.apple.mpegurl", ".ts": "video/mp2t", ".jpg": "image/jpeg"}
# Players in a browser live on pages of other origins.
_HEADERS = {"Access-Control-Allow-Origin": "*"}


class Media:
    """The ASGI application that serves them. They need no API key, since players know none.

    Args:
        platform: Whose files they are.
    """

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a file."""
        request = Request(scope, receive)
        path = request.scope["path"]
        match = _PATH.fullmatch(path)
        if request.method not in ("GET", "HEAD"):
            answer: Answer = method_not_allowed(request.method, ["GET", "HEAD"]).answer
        elif match:
            file = self._platform.files.stream(match["task"]) / match["kind"] / match["name"]
            if file.is_file():
                response = FileResponse(file, media_type=_TYPES.get(file.suffix), headers=_HEADERS)
                await response(scope, receive, send)
                return
            answer = not_found(path, "media").answer
        else:
            answer = not_found(path, "media").answer
        await send_answer(answer, request.method, Listening(receive), send)
