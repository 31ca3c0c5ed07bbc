"""What answers say, for tests to compare."""

from __future__ import annotations

import httpx

__all__ = ["refusal"]


def refusal(response: httpx.Response) -> tuple[int, str, str]:
    """Return the status, code and message of an answer in the contract's form of an error."""
    assert response.headers["X-Api-Version"] == "1.3.0"
    assert response.headers["Content-Type"] == "application/json"
    body = response.json()
    assert set(body) == {"code", "message"}
    return response.status_code, body["code"], body["message"]
