"""How an emulator is reached, and by whom."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import attrs

__all__ = ["Access"]

_HOST = re.compile(r"[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]|[0-9A-Fa-f:.]+", re.ASCII)
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[A-Za-z0-9._-]+(:\d+)?|[a-z]+://\[[0-9A-Fa-f:.]+\](:\d+)?|\*", re.ASCII)
_TOKEN = re.compile("[!-~]+", re.ASCII)


def _each(pattern: re.Pattern[str], what: str) -> Any:
    """Return a check that each of several values matches a pattern."""

    def check(_instance: object, attribute: attrs.Attribute[Any], values: Any) -> None:
        if isinstance(values, str):
            raise ValueError(f"{attribute.name} must be a list of strings, not the string {values!r}.")
        for value in values:
            if not (isinstance(value, str) and pattern.fullmatch(value)):
                raise ValueError(f"{attribute.name}: {value!r} is not {what}.")

    return check


def _check_token(_instance: object, _attribute: attrs.Attribute[Any], token: str) -> None:
    if not _TOKEN.fullmatch(token):
        raise ValueError("token must be a non-empty string of printable ASCII characters without spaces.")


@attrs.frozen(kw_only=True)
class Access:
    """How an emulator is reached, and by whom.

    Attributes:
        host: The host to listen at.
        allowed_hosts: Host names, in addition to `localhost` and `host`, under which it may be reached.
        cors_origins: The origins whose pages may use the API, or `*` for all.
        token: The token of the controls over HTTP.

    Raises:
        ValueError: A value is invalid.
    """

    host: str
    allowed_hosts: Collection[str] = attrs.field(validator=_each(_HOST, "a host name without a port"))
    cors_origins: Collection[str] = attrs.field(
        validator=_each(_ORIGIN, "an origin such as http://localhost:3000, nor *")
    )
    token: str = attrs.field(validator=_check_token)
