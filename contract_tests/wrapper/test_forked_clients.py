"""A client that was used before `os.fork()`: parent and children share no connection, and so never swap responses."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from contract_tests.support.echo import echo
from contract_tests.support.http_server import Arrival, HttpServer, serve
from contract_tests.support.programs.forking import CHILDREN, KINDS

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0
CHILD_NAMES = {f"child{number}" for number in range(CHILDREN)}


def run(kind: str, server: HttpServer) -> str:
    """Run the program, which must end well; return what it printed."""
    ended = subprocess.run(
        [sys.executable, "-m", "contract_tests.support.programs.forking", kind, server.url],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "ignore::ResourceWarning"},  # its clients are never closed
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
    return ended.stdout


def who_asked(arrival: Arrival) -> str:
    """Return the process that a request comes from."""
    if arrival.method == "POST":
        return arrival.body.split(b'name="index_id"\r\n\r\n')[1].split(b"-")[0].decode()
    return arrival.target.rpartition("/")[2].partition("-")[0]


def connections(server: HttpServer) -> dict[str, set[int]]:
    """Return the connections that each process used."""
    used: dict[str, set[int]] = defaultdict(set)
    for arrival in server.arrivals:
        used[who_asked(arrival)].add(arrival.connection)
    return used


@pytest.mark.slow
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.startswith("own")] + ["given, unused"])
def test_a_child_makes_connections_of_its_own(kind: str) -> None:
    with serve(echo) as server:
        assert run(kind, server) == ""
    used = connections(server)
    used["parent"] |= used.pop("before", set())
    assert used.keys() == {"parent", *CHILD_NAMES}
    assert sum(map(len, used.values())) == len(set().union(*used.values())), used


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["given", "given, asyncio", "given, trio"])
def test_a_child_does_not_use_the_connections_of_an_httpx_client_that_its_parent_has_used(kind: str) -> None:
    with serve(echo) as server:
        printed = run(kind, server).splitlines()
    assert len(printed) == CHILDREN
    assert set(printed) == {printed[0]}
    assert printed[0].startswith("TwelveLabsError: This client was used ")
    assert not CHILD_NAMES & connections(server).keys()


def test_a_child_is_told_to_make_a_client_of_its_own() -> None:
    with serve(echo) as server:
        assert "before the process was forked" in run("given", server)
