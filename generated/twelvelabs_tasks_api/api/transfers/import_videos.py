# Generated from openapi.yaml by `make regenerate`. Do not edit.
"""`POST /tasks/transfers/import/{integration-id}`: Import videos."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...operations import (
    Operation,
    encode_json,
    non_empty,
    path_segment,
    read_json,
)

if TYPE_CHECKING:
    from ...models import TransfersCreateResponse


def import_videos(
    integration_id: str,
    *,
    index_id: str,
    incremental_import: bool | None = None,
    retry_failed: bool | None = None,
    user_metadata: Mapping[str, Any] | None = None,
) -> Operation[TransfersCreateResponse]:
    """Return the operation `import_videos`."""
    from ...models import TransfersCreateResponse

    return Operation(
        {
            "method": "post",
            "url": f"/tasks/transfers/import/{path_segment('integration_id', integration_id)}",
            "json": encode_json(
                {
                    "index_id": non_empty("index_id", index_id),
                    "incremental_import": incremental_import,
                    "retry_failed": retry_failed,
                    "user_metadata": user_metadata,
                }
            ),
        },
        read_json(TransfersCreateResponse),
    )
