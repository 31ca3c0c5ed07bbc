"""What a bulk creation asks of whoever runs it, beside the steps of all calls."""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

from .uploads import BulkUpload, Outcome

__all__ = ["Collect", "Ended", "Send", "Stop"]

Ended: TypeAlias = list[tuple[BulkUpload, Outcome]]


@frozen
class Send:
    """Begin to send an upload, and do not wait for its end."""

    upload: BulkUpload


@frozen
class Collect:
    """Wait until an upload has ended, but no longer than some seconds; the outcome is all that have ended."""

    timeout: float | None


@frozen
class Stop:
    """Begin no more uploads, and wait for those on their way; the outcome is all that have ended."""
