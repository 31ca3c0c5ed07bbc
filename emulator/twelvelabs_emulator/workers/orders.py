"""What the process that starts workers is told: a letter, and the number of a worker. It answers with a number."""

from __future__ import annotations

import struct

ORDER = struct.Struct("!cI")
NUMBER = struct.Struct("!I")
FORK, KILL, YIELD = b"f", b"k", b"y"
