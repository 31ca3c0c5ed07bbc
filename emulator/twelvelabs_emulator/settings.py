"""The settings of an emulator."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs
from attrs.validators import optional

from twelvelabs_tasks.video import MAX_BYTES

__all__ = ["Settings"]

_MAX_STAGE = 1_000_000_000
"""The longest time that a task may spend in a status, in seconds: no clock reaches its end."""
_MAX_INTEGER = 2**63 - 1
"""The largest number that SQLite can hold."""
_KEY = re.compile("[!-~](?:[ -~]*[!-~])?", re.ASCII)
_IDENTIFIER = re.compile(r"[0-9a-f]{24}", re.ASCII)


def _is_huge(value: object) -> bool:
    """Return whether a value is an integer that cannot be stored, and perhaps not even be written."""
    return isinstance(value, int) and value > _MAX_INTEGER


def _hide(secret: str | None) -> str:
    return "None" if secret is None else "***"


def _number(*kinds: type[int] | type[float], maximum: int | None = None) -> Any:
    """Return a check that a value is a finite, non-negative number of a type, up to a maximum."""
    limits = "of at least 0" if maximum is None else f"from 0 to {maximum:,}"
    limit = math.inf if maximum is None else maximum

    def check(_instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
        is_number = isinstance(value, kinds) and not isinstance(value, bool)
        if not is_number or not 0 <= value <= limit or value == math.inf or _is_huge(value):
            shown = f"more than {_MAX_INTEGER:,}" if _is_huge(value) else repr(value)
            raise ValueError(f"{attribute.name} must be a number {limits}, not {shown}.")

    return check


def _check_key(_instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    if value is not None and not (isinstance(value, str) and _KEY.fullmatch(value)):
        raise ValueError(
            f"{attribute.name} must be a non-empty string of printable ASCII characters without spaces around it,"
            " since a header cannot hold any other."
        )


def _check_ids(_instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    identifiers = value if isinstance(value, Mapping) else () if value is None else (value,)
    for identifier in identifiers:
        if not (isinstance(identifier, str) and _IDENTIFIER.fullmatch(identifier)):
            raise ValueError(f"{attribute.name}: {identifier!r} is not an id of 24 hexadecimal digits.")


def _resolve(integrations: Mapping[str, str | os.PathLike[str]] | None) -> dict[str, str]:
    """Return the places of integrations: folders as absolute paths, URLs as they are."""
    if integrations is not None and not isinstance(integrations, Mapping):
        raise ValueError(f"integrations must map integration ids to folders or URLs, not {integrations!r}.")
    places = {identifier: os.fspath(place) for identifier, place in (integrations or {}).items()}
    return {
        identifier: place if "://" in place or "::" in place else str(Path(place).expanduser().absolute())
        for identifier, place in places.items()
    }


@attrs.frozen(kw_only=True)
class Settings:
    """The settings of an emulator.

    Attributes:
        stage_seconds: How long a task spends in each status, in seconds, at most 1,000,000,000. Default: 1.
        api_key: The only valid API key. Default: any non-empty key is valid.
        rate_limit: Maximum requests per minute and key. Default: unlimited.
        credit_seconds: Total seconds of video that may be indexed. Default: unlimited.
        max_bytes: The maximum size of a video, in bytes. Default: 2,000,000,000.
        integrations: The place of the videos of each integration: a folder, or any URL that fsspec can list.
        index_id: The id of the index that exists from the start. Default: random.
    """

    stage_seconds: float = attrs.field(default=1.0, validator=_number(int, float, maximum=_MAX_STAGE))
    api_key: str | None = attrs.field(default=None, validator=_check_key, repr=_hide)
    rate_limit: int | None = attrs.field(default=None, validator=optional(_number(int)))
    credit_seconds: float | None = attrs.field(default=None, validator=optional(_number(int, float)))
    max_bytes: int = attrs.field(default=MAX_BYTES, validator=_number(int))
    integrations: Mapping[str, str] = attrs.field(factory=dict, converter=_resolve, validator=_check_ids)
    index_id: str | None = attrs.field(default=None, validator=_check_ids)

    @property
    def stage(self) -> int:
        """How long a task spends in each status, in milliseconds."""
        return round(self.stage_seconds * 1000)
