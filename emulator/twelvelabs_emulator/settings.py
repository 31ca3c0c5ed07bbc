"""How an emulator is set up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import attrs

from twelvelabs_tasks.video import MAX_BYTES

_IDENTIFIER = re.compile(r"[0-9a-f]{24}", re.ASCII)


def _not_negative(_instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    if value is not None and not value >= 0:
        raise ValueError(f"{attribute.name} must not be less than 0, but is {value}.")


def _identifiers(_instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    identifiers = value if isinstance(value, Mapping) else () if value is None else (value,)
    for identifier in identifiers:
        if not (isinstance(identifier, str) and _IDENTIFIER.fullmatch(identifier)):
            raise ValueError(f"{attribute.name}: {identifier!r} is not an identifier of 24 hexadecimal digits.")


@attrs.frozen(kw_only=True)
class Settings:
    """How an emulator is set up.

    Attributes:
        stage_seconds: How long a task spends in each status, in seconds. Default: 1.
        api_key: The API key to ask for; by default any that is not empty will do.
        rate_limit: How many requests a minute are answered for a key; by default all.
        credit_seconds: How many seconds of video may be indexed; by default as many as one likes.
        max_bytes: The greatest size of a video, in bytes. Default: 2,000,000,000.
        integrations: Where the videos of each integration lie: a folder, or any URL that fsspec can list.
        index_id: The identifier of the index that is there from the start; by default a random one.
    """

    stage_seconds: float = attrs.field(default=1.0, validator=_not_negative)
    api_key: str | None = None
    rate_limit: int | None = attrs.field(default=None, validator=_not_negative)
    credit_seconds: float | None = attrs.field(default=None, validator=_not_negative)
    max_bytes: int = attrs.field(default=MAX_BYTES, validator=_not_negative)
    integrations: Mapping[str, str] = attrs.field(factory=dict, validator=_identifiers)
    index_id: str | None = attrs.field(default=None, validator=_identifiers)

    @property
    def stage(self) -> int:
        """How long a task spends in each status, in milliseconds."""
        return round(self.stage_seconds * 1000)
