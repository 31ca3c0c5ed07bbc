"""What a bulk creation asks of whoever runs it, beside the steps of all calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from .uploads import BulkUpload, Outcome

__all__ = ["Collect", "Ended", "Send", "Stop"]

Ended: TypeAlias = list[tuple[BulkUpload, Outcome]]


@dataclass(frozen=True, slots=True)
class Send:
    """Begin to send an upload, and do not wait for its end."""

    upload: BulkUpload


@dataclass(frozen=True, slots=True)
class Collect:
    """Wait until an upload has ended, but no longer than some seconds; the outcome is all that have ended."""

    timeout: float | None


@dataclass(frozen=True, slots=True)
class Stop:
    """Begin no more uploads, and wait for those on their way; the outcome is all that have ended."""
