"""What a bulk creation asks of whoever runs it, sync or async, and what it is told in reply."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import httpx

from ... import errors
from ...core.calls import Call
from ...types import TasksListResponse
from .uploads import BulkUpload, Outcome

__all__ = ["Ask", "Collect", "Reply", "Send", "Sleep", "Step", "Steps"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Send:
    """Begin to send an upload, and do not wait for its end."""

    upload: BulkUpload


@dataclass(frozen=True, slots=True)
class Collect:
    """Wait until an upload has ended, but no longer than some seconds; reply with all that have ended."""

    timeout: float | None


@dataclass(frozen=True, slots=True)
class Sleep:
    """Sleep for some seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Ask:
    """Send a call; reply with its result and the answer, or with the exception that it raised."""

    call: Call[TasksListResponse]


Step: TypeAlias = Send | Collect | Sleep | Ask
Ended: TypeAlias = list[tuple[BulkUpload, Outcome]]
Answered: TypeAlias = tuple[TasksListResponse, httpx.Response] | errors.TwelveLabsError
Reply: TypeAlias = Ended | Answered | None
Steps: TypeAlias = Generator[Step, Reply, T]
