"""Streams and thumbnails for players."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from ..platform.files import Files
from ..responses import not_found

__all__ = ["media_route"]

_PATH = re.compile(r"(?P<task>[0-9a-f]{24})/(?P<kind>stream|thumbnails)/(?P<name>[0-9a-f]{24}[0-9a-z.]*)", re.ASCII)
_TYPES = {".m3u8": "application/vnd.apple.mpegurl", ".ts": "video/mp2t", ".jpg": "image/jpeg"}
# Players in a browser are part of pages of other origins.
_HEADERS = {"Access-Control-Allow-Origin": "*"}


def media_route(files: Files) -> Route:
    """Return the route of streams and thumbnails. They need no API key, since players do not know any."""

    def send_file(request: Request) -> Response:
        if match := _PATH.fullmatch(request.path_params["path"]):
            file = files.stream(match["task"]) / match["kind"] / match["name"]
            if file.is_file():
                return FileResponse(file, media_type=_TYPES.get(file.suffix), headers=_HEADERS)
        raise not_found(request.scope["path"], "media")

    return Route("/media/{path:path}", send_file)
