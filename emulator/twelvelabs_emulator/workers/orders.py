"""The orders to the process that starts workers: a letter and the number of a worker. Its reply is a number."""

from __future__ import annotations

import struct

__all__ = ["FORK", "KILL", "NUMBER", "ORDER", "YIELD"]

ORDER = struct.Struct("!cI")
NUMBER = struct.Struct("!I")
"""The number of the new worker; 0 if there is no room for one."""
FORK, KILL, YIELD = b"f", b"k", b"y"
