# Generated from openapi.yaml by `make regenerate`. Do not edit.
from typing import Literal, TypeAlias

TasksListRequestStatusItem: TypeAlias = (
    Literal["failed", "indexing", "pending", "queued", "ready", "uploading", "validating"] | str
)
"""The values the contract lists; others are passed through."""
