"""Programs and servers in separate processes."""

from __future__ import annotations

import compileall
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import twelvelabs_emulator
import twelvelabs_tasks
import twelvelabs_tasks_api
from benchmarks.rows import Figures

__all__ = ["ROOT", "compile_all", "curl", "environment", "run", "run_emulator", "serve"]

ROOT = Path(__file__).parents[1]


def compile_all() -> None:
    """Compile the packages, as an installation does, so that no import has to."""
    for package in (twelvelabs_tasks, twelvelabs_tasks_api, twelvelabs_emulator):
        compileall.compile_dir(package.__path__[0], quiet=1)
    compileall.compile_dir(ROOT / "benchmarks", quiet=1)


def environment() -> Mapping[str, str]:
    """Return the environment without what would lead a client elsewhere."""
    misleading = ("TWELVE", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSLKEYLOGFILE")
    return {name: value for name, value in os.environ.items() if not name.upper().startswith(misleading)}


def run(program: str, subject: str, *arguments: object) -> Figures:
    """Run one subject of a program of `benchmarks.programs`, and return what it took, by itself and as a process."""
    command = [sys.executable, "-m", f"benchmarks.programs.{program}", subject, *map(str, arguments)]
    before = _children_cpu_seconds()
    result = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    used = _children_cpu_seconds() - before
    if result.returncode:
        raise SystemExit(f"{' '.join(command[2:])} failed:\n{result.stdout}{result.stderr}")
    return {**json.loads(result.stdout), "process_cpu_seconds": used}


def _children_cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def curl(*arguments: str) -> Figures:
    """Run curl, and return the seconds it was busy and the CPU seconds it took."""
    command = ["curl", "--silent", "--fail", "--noproxy", "*", "--write-out", "%{time_total}", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        seconds = float(process.stdout.read())
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"curl failed with status {process.returncode}")
    return {"seconds": seconds, "cpu_seconds": used.ru_utime + used.ru_stime}


@contextmanager
def serve(server: str, *arguments: object) -> Iterator[str]:
    """Run a server of `benchmarks.servers`, whose URL is handed out, until the block ends."""
    command = [sys.executable, "-m", f"benchmarks.servers.{server}", *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


@contextmanager
def run_emulator(*arguments: object) -> Iterator[str]:
    """Run an emulator with some arguments, whose base URL is handed out, until the block ends."""
    emulator = Path(sys.executable).with_name("twelvelabs-emulator")
    command = [str(emulator), "serve", "--port", "0", *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            said = "export TWELVELABS_BASE_URL="
            yield next(line.removeprefix(said).strip() for line in process.stdout if line.startswith(said))
        finally:
            process.kill()
