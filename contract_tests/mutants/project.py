"""A copy of the project, in which tests run on code that may have a fault."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import frozen

from contract_tests.mutants.making import ROOT

__all__ = ["Project", "Run", "git"]

SOURCES = ("generated", "wrapper", "emulator")
START = 30  # seconds that pytest may take beside the tests


@frozen
class Run:
    """How tests ended: the status of pytest, `None` if they were stopped, and the tests that failed."""

    status: int | None
    failed: tuple[str, ...] = ()


class Project:
    """A copy of the files of the project, as they are now."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "project"
        self._folder = folder
        self._times = itertools.count(1)
        for name in git("ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
            if name and (ROOT / name).is_file():
                (self.path / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.path / name)

    @contextlib.contextmanager
    def fault(self, path: str, source: str) -> Iterator[None]:
        """Let a file have another content."""
        original = (self.path / path).read_text(encoding="utf-8")
        self._write(path, source)
        try:
            yield
        finally:
            self._write(path, original)

    def _write(self, path: str, source: str) -> None:
        """Write a module, at another time than ever before, so that no compiled one is taken for it."""
        (self.path / path).write_text(source, encoding="utf-8")
        time = next(self._times)
        os.utime(self.path / path, (time, time))

    def run(self, tests: Mapping[str, float]) -> Run:
        """Run tests, given with their seconds, in this order until the first fails or takes far longer than it did."""
        chosen = self._folder / "chosen"
        chosen.write_text(json.dumps([*tests]), encoding="utf-8")
        chosen.with_name("failed").unlink(missing_ok=True)
        slowest = 10 + 5 * max(tests.values(), default=0.0)
        options = ["-x", "-p", "contract_tests.mutants.chooser", "-o", f"faulthandler_timeout={slowest:.0f}"]
        options += ["-o", "faulthandler_exit_on_timeout=true"]
        files = sorted({nodeid.partition("::")[0] for nodeid in tests})
        status, errors = self.pytest(
            [*options, *files], {"MUTANT_TESTS": str(chosen)}, START + slowest + 3 * sum(tests.values())
        )
        failed = chosen.with_name("failed")
        names = failed.read_text(encoding="utf-8").split("\n")[:-1] if failed.exists() else []
        return Run(None if "Timeout (" in errors and not names else status, tuple(names))

    def pytest(
        self, arguments: Sequence[str], variables: Mapping[str, str], seconds: float | None
    ) -> tuple[int | None, str]:
        """Run pytest on the code of the copy; return its status, `None` if it was stopped, and its stderr."""
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        command += [f"--basetemp={self._folder / 'tmp'}", *arguments]
        code = os.pathsep.join(str(self.path / each) for each in SOURCES)
        process = subprocess.Popen(
            command,
            cwd=self.path,
            env={**os.environ, "PYTHONPATH": code, **variables},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            _, errors = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            return None, ""
        finally:
            with contextlib.suppress(ProcessLookupError):  # what the tests started may still run
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        return process.returncode, errors


def git(*arguments: str) -> str:
    """Return what git says about the project."""
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout
