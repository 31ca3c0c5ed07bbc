"""What a caller gives as headers and names of fields, checked before it is sent, so that none can become another."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

__all__ = ["CONTROL", "FRAMING_OF_A_PART", "check_field_name", "check_header", "check_headers"]

# Compiled when they are first used, because many programs never use them.
NAME = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
VALUE = r"([\x21-\x7e]([\t\x20-\x7e]*[\x21-\x7e])?)?"
CONTROL = r"[\x00-\x1f\x7f]"
FRAMING = frozenset({"content-length", "transfer-encoding"})
FRAMING_OF_A_PART = FRAMING | {"content-disposition", "content-transfer-encoding"}


def check_headers(headers: Mapping[str, str] | None, framing: Set[str] = FRAMING) -> dict[str, str]:
    """Return the headers of a request, or of a part of a form.

    Args:
        headers: The headers.
        framing: Those that are no business of the caller, because they say what the body is and where it ends.

    Raises:
        TypeError: A name or a value is not a string.
        ValueError: A name or a value has characters that it must not have, or the header is one of `framing`.
    """
    found = dict(headers or {})
    for name, value in found.items():
        check_header(name, value)
        if name.lower() in framing:
            raise ValueError(f"the header {name} follows from the body and cannot be given")
    return found


def check_header(name: str, value: str) -> None:
    """Raise ValueError or TypeError unless a header can be sent. The value, which may be secret, is not shown."""
    if not isinstance(name, str) or not isinstance(value, str):
        raise TypeError(f"the name and the value of a header must be str: {name!r}")
    if not re.fullmatch(NAME, name):
        raise ValueError(f"{name!r} cannot be the name of a header")
    if not re.fullmatch(VALUE, value):
        raise ValueError(f"the value of the header {name} must be printable ASCII without spaces around it")


def check_field_name(name: str) -> None:
    """Raise ValueError if the name of a form field would arrive as another one."""
    if re.search(CONTROL, name):
        raise ValueError(f"{name!r} cannot be the name of a field: it has control characters")
