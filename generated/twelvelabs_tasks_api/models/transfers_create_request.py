# Generated from openapi.yaml by `make regenerate`. Do not edit.
from typing import Any, ClassVar, Self

from attrs import define

from .. import types
from .user_metadata import UserMetadata


@define(kw_only=True, repr=False)
class TransfersCreateRequest(types.Model):
    """Which videos of the integration to import, to which index."""

    index_id: str
    """The unique identifier of the index to which the videos are being uploaded."""
    incremental_import: bool | None = None
    """Whether to skip videos that the index already holds. If `false`, all files of the integration are imported.
    Default: true."""
    retry_failed: bool | None = None
    """Whether to try files again that failed in an earlier import. Default: false."""
    user_metadata: UserMetadata | None = None
    """Keys and values, of your own choosing, that help you categorize your videos."""

    _names: ClassVar[frozenset[str]] = frozenset(
        {
            "index_id",
            "incremental_import",
            "retry_failed",
            "user_metadata",
        }
    )

    def to_dict(self) -> dict[str, Any]:
        data = dict(self.additional_properties)
        data["index_id"] = self.index_id
        if self.incremental_import is not None:
            data["incremental_import"] = self.incremental_import
        if self.retry_failed is not None:
            data["retry_failed"] = self.retry_failed
        if self.user_metadata is not None:
            data["user_metadata"] = self.user_metadata.to_dict()
        return data

    @classmethod
    def from_dict(cls, source: Any) -> Self:
        if not isinstance(source, dict):
            raise types.mismatch("TransfersCreateRequest", "an object", source)
        get = source.get
        index_id: Any = get("index_id")
        if index_id is None:
            raise types.mismatch("TransfersCreateRequest.index_id", "there", index_id)
        if not isinstance(index_id, str):
            raise types.mismatch("TransfersCreateRequest.index_id", "a string", index_id)
        incremental_import: Any = get("incremental_import")
        if incremental_import is not None:
            if not isinstance(incremental_import, bool):
                raise types.mismatch("TransfersCreateRequest.incremental_import", "a boolean", incremental_import)
        retry_failed: Any = get("retry_failed")
        if retry_failed is not None:
            if not isinstance(retry_failed, bool):
                raise types.mismatch("TransfersCreateRequest.retry_failed", "a boolean", retry_failed)
        user_metadata: Any = get("user_metadata")
        if user_metadata is not None:
            user_metadata = UserMetadata.from_dict(user_metadata)
        return cls(
            index_id=index_id,
            incremental_import=incremental_import,
            retry_failed=retry_failed,
            user_metadata=user_metadata,
            additional_properties=cls._additional(source),
        )
