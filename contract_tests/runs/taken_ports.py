"""A plugin of pytest that takes the ports which programs like to use, so that tests do not count on them.

python -m pytest -p contract_tests.runs.taken_ports
"""

from __future__ import annotations

import socket
from contextlib import ExitStack, suppress

import pytest

PORTS = (3000, 5000, 5173, 8000, 8080, 8081, 8321, 8443, 8888, 9000)
STACK = pytest.StashKey[ExitStack]()


def pytest_configure(config: pytest.Config) -> None:
    """Take the ports that are still free."""
    taken = config.stash[STACK] = ExitStack()
    for port in PORTS:
        with suppress(OSError):
            taken.enter_context(socket.create_server(("127.0.0.1", port)))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Free them."""
    config.stash[STACK].close()
