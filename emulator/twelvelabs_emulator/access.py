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


def _check_host(_instance: object, _attribute: attrs.Attribute[Any], host: str) -> None:
    if not (isinstance(host, str) and host.strip() and host.isprintable()):
        raise ValueError(f"host must be the name or the number of a host, not {host!r}.")


def _check_port(_instance: object, _attribute: attrs.Attribute[Any], port: int) -> None:
    if isinstance(port, bool) or not isinstance(port, int) or not 0 <= port < 2**16:
        raise ValueError(f"port must be a number from 0 to 65535, not {port!r}.")


def _check_token(_instance: object, _attribute: attrs.Attribute[Any], token: str) -> None:
    if not (isinstance(token, str) and _TOKEN.fullmatch(token)):
        raise ValueError("token must be a non-empty string of printable ASCII characters without spaces.")


@attrs.frozen(kw_only=True)
class Access:
    """How an emulator is reached, and by whom.

    Attributes:
        host: The host to listen at.
        allowed_hosts: Host names, in addition to `localhost` and `host`, under which it may be reached.
        cors_origins: The origins whose pages may use the API, or `*` for all.
        token: The token of the controls over HTTP.
        port: The port to listen at; 0 means a free one.

    Raises:
        ValueError: A value is invalid.
    """

    host: str = attrs.field(validator=_check_host)
    allowed_hosts: Collection[str] = attrs.field(validator=_each(_HOST, "a host name without a port"))
    cors_origins: Collection[str] = attrs.field(
        validator=_each(_ORIGIN, "an origin such as http://localhost:3000, nor *")
    )
    token: str = attrs.field(validator=_check_token, repr=False)
    port: int = attrs.field(default=0, validator=_check_port)
