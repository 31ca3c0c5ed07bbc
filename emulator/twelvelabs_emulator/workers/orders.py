"""The orders to the process that starts workers: a letter and the number of a worker. Some have a number as reply."""

from __future__ import annotations

import struct

__all__ = ["AWAIT", "FORK", "KILL", "NUMBER", "ORDER", "YIELD"]

ORDER = struct.Struct("!cI")
NUMBER = struct.Struct("!I")
"""The reply to `FORK`: the number of the new worker; 0 if there is no room for one.

The reply to `AWAIT`, once the worker has ended: the number of the signal that ended it; 0 if none did.
"""
FORK, KILL, YIELD, AWAIT = b"f", b"k", b"y", b"a"
