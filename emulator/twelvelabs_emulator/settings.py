"""How an emulator is set up."""

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

_LONGEST_STAGE = 1_000_000_000
"""The longest time that a task may spend in a status, in seconds: no clock comes to its end."""
_IDENTIFIER = re.compile(r"[0-9a-f]{24}", re.ASCII)


def _number(*kinds: type[int] | type[float], greatest: int | None = None) -> Any:
    """A check that a value is a finite number of that kind, not less than 0 and not greater than allowed."""
    limits = "that is not less than 0" if greatest is None else f"from 0 to {greatest:,}"
    most = math.inf if greatest is None else greatest

    def check(_instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, kinds) or not 0 <= value <= most or value == math.inf:
            raise ValueError(f"{attribute.name} must be a number {limits}, not {value!r}.")

    return check


def _text(_instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    if value is not None and not (isinstance(value, str) and value):
        raise ValueError(f"{attribute.name} must be a text that is not empty, not {value!r}.")


def _identifiers(_instance: object, attribute: attrs.Attribute[Any], value: Any) -> None:
    identifiers = value if isinstance(value, Mapping) else () if value is None else (value,)
    for identifier in identifiers:
        if not (isinstance(identifier, str) and _IDENTIFIER.fullmatch(identifier)):
            raise ValueError(f"{attribute.name}: {identifier!r} is not an identifier of 24 hexadecimal digits.")


def _resolved(integrations: Mapping[str, str | os.PathLike[str]] | None) -> dict[str, str]:
    """Places as they are to be remembered: folders by their whole path, URLs as they are."""
    if integrations is not None and not isinstance(integrations, Mapping):
        raise ValueError(f"integrations must be places by the identifiers of integrations, not {integrations!r}.")
    places = {identifier: os.fspath(place) for identifier, place in (integrations or {}).items()}
    return {
        identifier: place if "://" in place or "::" in place else str(Path(place).expanduser().absolute())
        for identifier, place in places.items()
    }


@attrs.frozen(kw_only=True)
class Settings:
    """How an emulator is set up.

    Attributes:
        stage_seconds: How long a task spends in each status, in seconds, at most 1,000,000,000. Default: 1.
        api_key: The API key to ask for; by default any that is not empty will do.
        rate_limit: How many requests a minute are answered for a key; by default all.
        credit_seconds: How many seconds of video may be indexed; by default as many as one likes.
        max_bytes: The greatest size of a video, in bytes. Default: 2,000,000,000.
        integrations: Where the videos of each integration lie: a folder, or any URL that fsspec can list.
        index_id: The identifier of the index that is there from the start; by default a random one.
    """

    stage_seconds: float = attrs.field(default=1.0, validator=_number(int, float, greatest=_LONGEST_STAGE))
    api_key: str | None = attrs.field(default=None, validator=_text)
    rate_limit: int | None = attrs.field(default=None, validator=optional(_number(int)))
    credit_seconds: float | None = attrs.field(default=None, validator=optional(_number(int, float)))
    max_bytes: int = attrs.field(default=MAX_BYTES, validator=_number(int))
    integrations: Mapping[str, str] = attrs.field(factory=dict, converter=_resolved, validator=_identifiers)
    index_id: str | None = attrs.field(default=None, validator=_identifiers)

    @property
    def stage(self) -> int:
        """How long a task spends in each status, in milliseconds."""
        return round(self.stage_seconds * 1000)
