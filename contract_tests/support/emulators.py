"""Emulators in this process: their settings in tests, their controls, and tasks that are put into them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import httpx

from twelvelabs_emulator import Emulator
from twelvelabs_emulator.platform.platform import Platform
from twelvelabs_emulator.store import Task

__all__ = ["STAGE", "Upload", "plant", "platform_of", "refusal", "token_of"]

STAGE = 10.0
"""How long a task spends in each status: long enough that nothing happens unless a test moves the clock."""


class Upload(Protocol):
    """Uploads a video, a file or bytes, with further fields."""

    def __call__(self, video: Path | bytes, **fields: str) -> httpx.Response:
        """Return the response."""
        ...


def token_of(emulator: Emulator) -> dict[str, str]:
    """Return the header that the controls of an emulator ask for."""
    return {"authorization": f"Bearer {emulator.token}"}


def refusal(response: httpx.Response) -> tuple[int, str, str]:
    """Return the status, code and message of a response in the contract's form of an error."""
    assert response.headers["X-Api-Version"] == "1.3.0"
    assert response.headers["Content-Type"] == "application/json"
    body = response.json()
    assert set(body) == {"code", "message"}
    return response.status_code, body["code"], body["message"]


def platform_of(emulator: Emulator) -> Platform:
    """Return what the operations of an emulator act on."""
    running = emulator._running
    assert running is not None
    return running.platform


def plant(emulator: Emulator, *given: dict[str, Any]) -> list[Task]:
    """Store tasks that are `ready` by default, and return them."""
    platform = platform_of(emulator)
    now = platform.clock.now()
    planted = []
    for values in given:
        common: dict[str, Any] = {
            "id": platform.new_id(),
            "index_id": emulator.index_id,
            "status": "ready",
            "created_at": now,
            "updated_at": now,
            "filename": "planted.mp4",
            "duration": 12.0,
            "width": 640,
            "height": 360,
            "received_at": now,
        }
        planted.append(Task(**common | values))
    with platform.store.transaction():
        for task in planted:
            platform.store.tasks.insert(task)
    return planted
