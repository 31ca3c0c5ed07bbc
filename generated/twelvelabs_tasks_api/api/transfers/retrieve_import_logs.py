# Generated from openapi.yaml by `make regenerate`. Do not edit.
"""`GET /tasks/transfers/import/{integration-id}/logs`: Retrieve import logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...operations import (
    Operation,
    path_segment,
    read_json,
)

if TYPE_CHECKING:
    from ...models import TransfersGetLogsResponse


def retrieve_import_logs(integration_id: str) -> Operation[TransfersGetLogsResponse]:
    """Return the operation `retrieve_import_logs`."""
    from ...models import TransfersGetLogsResponse

    return Operation(
        {
            "method": "get",
            "url": f"/tasks/transfers/import/{path_segment('integration_id', integration_id)}/logs",
        },
        read_json(TransfersGetLogsResponse),
    )
