# Generated from openapi.yaml by `make regenerate`. Do not edit.
from typing import Literal, TypeAlias

ListTasksSortOption: TypeAlias = Literal["asc", "desc"] | str
"""The values the contract lists; others are passed through."""
