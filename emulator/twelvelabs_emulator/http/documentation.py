"""The contract, and a page that shows it and lets one try it, without a network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from twelvelabs_tasks_api import contract_path

from ..answers import Answer, method_not_allowed, not_found
from .contract import Contract
from .origin import origin
from .sending import Listening, send_answer

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

PATHS = ("/docs", "/openapi.json", "/openapi.yaml")
_PAGE = Path(__file__).with_name("documentation.html")
_PAGE_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    # Nothing is fetched but what this server has; the page holds its own script and style.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; img-src data:;"
        " frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    ),
}


class Documentation:
    """The ASGI application of the contract and its page.

    Args:
        contract: The contract.
    """

    def __init__(self, contract: Contract) -> None:
        self._contract = contract

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        request = Request(scope, receive)
        if request.method not in ("GET", "HEAD"):
            answer = method_not_allowed(request.method, ["GET", "HEAD"]).answer
        else:
            answer = self._answer(request)
        await send_answer(answer, request.method, Listening(receive), send)

    def _answer(self, request: Request) -> Answer:
        match request.scope["path"]:
            case "/docs":
                return Answer(200, _PAGE.read_text(encoding="utf-8"), _PAGE_HEADERS)
            case "/openapi.json":
                return Answer(200, self._document(request))
            case "/openapi.yaml":
                return Answer(200, contract_path().read_bytes(), {"Content-Type": "application/yaml"})
            case path:
                return not_found(path, "paths").answer

    def _document(self, request: Request) -> dict[str, Any]:
        """The contract with this emulator in the place of the platform."""
        server = {"url": origin(request) + self._contract.prefix, "description": "This emulator"}
        return {**self._contract.document, "servers": [server]}
