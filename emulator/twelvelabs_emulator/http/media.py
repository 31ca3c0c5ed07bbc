"""Streams and thumbnails for players."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from ..platform.files import Files
from ..responses import ApiError, not_found

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

__all__ = ["media_route"]

_PATH = re.compile(r"(?P<task>[0-9a-f]{24})/(?P<kind>stream|thumbnails)/(?P<name>[0-9a-f]{24}[0-9a-z.]*)", re.ASCII)
_TYPES = {".m3u8": "application/vnd.apple.mpegurl", ".ts": "video/mp2t", ".jpg": "image/jpeg"}
# Players in a browser are part of pages of other origins.
_HEADERS = {"Access-Control-Allow-Origin": "*"}


class _Media(FileResponse):
    """A file, or the part of it that is requested; what there is not is refused in the contract's form."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_refused = False

        async def translate(message: Message) -> None:
            nonlocal is_refused
            if message["type"] == "http.response.start" and message["status"] in (400, 416):
                is_refused = True
                text = f"The header `Range` is invalid; the file has {self.headers['content-length']} bytes."
                headers = {name.decode(): value.decode() for name, value in message["headers"]}
                kept = {name: value for name, value in headers.items() if name == "content-range"} | _HEADERS
                error = ApiError(message["status"], "parameter_invalid", text, kept)
                await error.response(scope, receive, send)
            elif not is_refused:
                await send(message)

        await super().__call__(scope, receive, translate)


def media_route(files: Files) -> Route:
    """Return the route of streams and thumbnails. They need no API key, since players do not know any."""

    def send_file(request: Request) -> Response:
        if match := _PATH.fullmatch(request.path_params["path"]):
            file = files.stream(match["task"]) / match["kind"] / match["name"]
            if file.is_file():
                return _Media(file, media_type=_TYPES.get(file.suffix), headers=_HEADERS)
        raise not_found(request.scope["path"], "media")

    return Route("/media/{path:path}", send_file)
