# Generated from openapi.yaml by `make regenerate`. Do not edit.
from typing import Literal, TypeAlias

ListTasksSortBy: TypeAlias = Literal["created_at", "updated_at"] | str
"""The values the contract lists; others are passed through."""
