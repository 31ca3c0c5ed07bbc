"""What an operation is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from ..platform.files import ReceivedFile


@attrs.frozen
class Arguments:
    """What an operation is asked for, valid and in the types of the contract.

    Attributes:
        path: The parameters in the path.
        query: The parameters in the query that were given.
        body: The properties of the body that were given, files aside.
        files: The files that were given, the operation's to keep; what is left of them is discarded afterwards.
        origin: Where the client reaches the emulator, such as ``http://127.0.0.1:8000``.
    """

    path: Mapping[str, str]
    query: Mapping[str, Any]
    body: Mapping[str, Any]
    files: Mapping[str, ReceivedFile]
    origin: str
