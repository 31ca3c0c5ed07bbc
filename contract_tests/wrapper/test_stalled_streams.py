"""An async upload from a stream that stalls: a cancellation comes through, and the process can exit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from contract_tests.support.http_server import raw_response, serve
from contract_tests.support.programs.stalled import STREAMS
from contract_tests.support.samples import created

ROOT = Path(__file__).parents[2]
PATIENCE = 45.0  # seconds; a process that cannot exit would take for ever


@pytest.mark.slow
@pytest.mark.parametrize("method", STREAMS)
@pytest.mark.parametrize("way", ["asyncio: wait_for", "asyncio: Task.cancel", "trio"])
def test_a_cancelled_upload_from_a_stream_that_stalls_holds_up_neither_the_caller_nor_the_process(
    way: str, method: str, tmp_path: Path
) -> None:
    with serve(lambda arrival: [raw_response(created())]) as server:
        arguments = [way, server.url, str(tmp_path), method]
        program = [sys.executable, "-m", "contract_tests.support.programs.stalled", *arguments]
        with subprocess.Popen(program, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            try:
                printed, written = process.communicate(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                printed, written = process.communicate()
    assert printed.splitlines() == STREAMS[method], written
    assert written == ""
    assert process.returncode == 0, "it could not exit"
