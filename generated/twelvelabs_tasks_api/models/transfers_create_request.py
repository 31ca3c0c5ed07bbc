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
        self = cls.__new__(cls)  # the values are set one by one: twice as fast as through __init__
        value: Any
        get = source.get
        value = get("index_id")
        if not isinstance(value, str):
            raise types.mismatch("TransfersCreateRequest.index_id", "a string", value)
        self.index_id = value
        value = get("incremental_import")
        if value is not None and not isinstance(value, bool):
            raise types.mismatch("TransfersCreateRequest.incremental_import", "a boolean", value)
        self.incremental_import = value
        value = get("retry_failed")
        if value is not None and not isinstance(value, bool):
            raise types.mismatch("TransfersCreateRequest.retry_failed", "a boolean", value)
        self.retry_failed = value
        value = get("user_metadata")
        if value is not None:
            value = UserMetadata.from_dict(value)
        self.user_metadata = value
        self.additional_properties = cls._additional(source)
        return self
