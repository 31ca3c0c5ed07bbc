"""The arguments of an operation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..platform.files import ReceivedFile

__all__ = ["Arguments"]


@attrs.frozen
class Arguments:
    """The arguments of an operation, valid and in the types of the contract.

    Attributes:
        path: The parameters in the path.
        query: The parameters in the query that were given.
        body: The properties of the body that were given, except for files.
        files: The files that were given. The operation may keep them; the others are discarded afterwards.
        origin: The origin under which the client reaches the emulator, such as `http://127.0.0.1:8000`.
    """

    path: Mapping[str, str]
    query: Mapping[str, Any]
    body: Mapping[str, Any]
    files: Mapping[str, ReceivedFile]
    origin: str
