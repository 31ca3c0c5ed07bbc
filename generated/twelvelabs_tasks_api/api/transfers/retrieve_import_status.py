# Generated from openapi.yaml by `make regenerate`. Do not edit.
"""`GET /tasks/transfers/import/{integration-id}/status`: Retrieve import status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...operations import (
    Operation,
    encode_query,
    non_empty,
    path_segment,
    read_json,
)

if TYPE_CHECKING:
    from ...models import TransfersGetStatusResponse


def retrieve_import_status(integration_id: str, *, index_id: str) -> Operation[TransfersGetStatusResponse]:
    """Return the operation `retrieve_import_status`."""
    from ...models import TransfersGetStatusResponse

    return Operation(
        {
            "method": "get",
            "url": f"/tasks/transfers/import/{path_segment('integration_id', integration_id)}/status",
            "params": encode_query(
                {
                    "index_id": non_empty("index_id", index_id),
                }
            ),
        },
        read_json(TransfersGetStatusResponse),
    )
