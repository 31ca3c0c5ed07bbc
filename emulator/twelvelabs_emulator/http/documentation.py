"""The contract, and a page that shows it and lets one try it, without a network."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from ..responses import JsonResponse
from .contract import Contract
from .origin import find_origin

__all__ = ["documentation_routes"]

_PAGE = Path(__file__).with_name("documentation.html")
_PAGE_HEADERS = {
    # The page fetches nothing but what this server has; its script and style are part of it.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; img-src data:;"
        " frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    ),
}


def documentation_routes(contract: Contract) -> list[Route]:
    """Return the routes of the page, and of the contract as JSON and YAML."""

    def show_page(_request: Request) -> Response:
        return HTMLResponse(_PAGE.read_text(encoding="utf-8"), headers=_PAGE_HEADERS)

    def send_json(request: Request) -> Response:
        """Send the contract with this emulator as its server."""
        server = {"url": find_origin(request) + contract.prefix, "description": "This emulator"}
        return JsonResponse({**contract.document, "servers": [server]})

    def send_yaml(_request: Request) -> Response:
        return Response(contract.source, media_type="application/yaml")

    return [Route("/docs", show_page), Route("/openapi.json", send_json), Route("/openapi.yaml", send_yaml)]
