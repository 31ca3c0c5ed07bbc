# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import Any, Self

from .. import types
from .user_metadata import UserMetadata

NAMES: frozenset[str] = frozenset({"index_id", "incremental_import", "retry_failed", "user_metadata"})


class TransfersCreateRequest(types.Model):
    """Which videos of the integration to import, to which index."""

    __slots__ = ("index_id", "incremental_import", "retry_failed", "user_metadata")

    index_id: str
    """The unique identifier of the index to which the videos are being uploaded."""
    incremental_import: bool | None
    """Whether to skip videos that the index already holds. If `false`, all files of the integration are imported.
    Default: true."""
    retry_failed: bool | None
    """Whether to try files again that failed in an earlier import. Default: false."""
    user_metadata: UserMetadata | None
    """Keys and values, of your own choosing, that help you categorize your videos."""

    def __init__(
        self,
        *,
        index_id: str,
        incremental_import: bool | None = None,
        retry_failed: bool | None = None,
        user_metadata: UserMetadata | None = None,
        additional_properties: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(additional_properties=additional_properties)
        self.index_id = index_id
        self.incremental_import = incremental_import
        self.retry_failed = retry_failed
        self.user_metadata = user_metadata

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
        self = cls.__new__(cls)  # not __init__: checked and set one by one, they are there in half the time
        value: Any
        get = source.get
        value = get("index_id")
        if value.__class__ is not str:
            raise types.mismatch("TransfersCreateRequest.index_id", "a string", value)
        self.index_id = value
        value = get("incremental_import")
        if value.__class__ is not bool and value is not None:
            raise types.mismatch("TransfersCreateRequest.incremental_import", "a boolean", value)
        self.incremental_import = value
        value = get("retry_failed")
        if value.__class__ is not bool and value is not None:
            raise types.mismatch("TransfersCreateRequest.retry_failed", "a boolean", value)
        self.retry_failed = value
        value = get("user_metadata")
        if value is not None:
            value = UserMetadata.from_dict(value)
        self.user_metadata = value
        self.additional_properties = {} if NAMES.issuperset(source) else types.beyond(NAMES, source)
        return self
