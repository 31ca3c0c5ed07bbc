"""Tasks put into an emulator without the work that they take."""

from __future__ import annotations

from typing import Any

from twelvelabs_emulator import Emulator
from twelvelabs_emulator.platform.platform import Platform
from twelvelabs_emulator.store import Task

__all__ = ["plant", "platform_of"]


def platform_of(emulator: Emulator) -> Platform:
    """What the operations of an emulator act on."""
    running = emulator._running
    assert running is not None
    return running.platform


def plant(emulator: Emulator, *given: dict[str, Any]) -> list[Task]:
    """Store tasks that are `ready` unless said otherwise, and return them."""
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
