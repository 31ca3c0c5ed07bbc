"""What answers say, for tests to compare."""

from __future__ import annotations

import httpx

from twelvelabs_emulator import Emulator

__all__ = ["refusal", "token_of"]


def token_of(emulator: Emulator) -> dict[str, str]:
    """Return the header that the controls of an emulator ask for."""
    return {"authorization": f"Bearer {emulator.token}"}


def refusal(response: httpx.Response) -> tuple[int, str, str]:
    """Return the status, code and message of an answer in the contract's form of an error."""
    assert response.headers["X-Api-Version"] == "1.3.0"
    assert response.headers["Content-Type"] == "application/json"
    body = response.json()
    assert set(body) == {"code", "message"}
    return response.status_code, body["code"], body["message"]
