# Generated from openapi.yaml by `make regenerate`. Do not edit.
from typing import Literal, TypeAlias

HlsObjectStatus: TypeAlias = Literal["CANCELED", "COMPLETE", "ERROR", "PROCESSING"] | str
"""The values the contract lists; others are passed through."""
