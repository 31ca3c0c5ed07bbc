"""Times as the platform writes them, for calculations."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

__all__ = ["EPOCH", "measure_stage", "moment"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(text: str) -> datetime:
    """Return the point in time, which has to be written in UTC with milliseconds."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def measure_stage(task: dict[str, Any]) -> float:
    """Return how many seconds after its creation a task came into its status."""
    return (moment(task["updated_at"]) - moment(task["created_at"])) / timedelta(seconds=1)
