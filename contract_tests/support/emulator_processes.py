"""Emulators in separate processes, which can be killed and whose memory can be measured."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

__all__ = ["COMMAND", "ServerProcess"]

COMMAND = str(Path(sys.executable).with_name("twelvelabs-emulator"))
PATIENCE = 30


class ServerProcess:
    """`twelvelabs-emulator serve`, from the time it says where it listens.

    Args:
        arguments: Further arguments.
    """

    def __init__(self, *arguments: str | Path) -> None:
        self._errors = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed with its process
        self._process = subprocess.Popen(
            [COMMAND, "serve", "--port", "0", *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        assert self._process.stdout is not None
        self.printed: list[str] = []
        for line in self._process.stdout:
            self.printed.append(line.rstrip("\n"))
            if line.startswith("export TWELVE_LABS_API_KEY="):
                break
        else:
            raise AssertionError(f"It did not start: {self.end()}")
        self.base_url = self.environment["TWELVELABS_BASE_URL"]
        self.index_id = self.printed[1].split()[-1]

    @property
    def environment(self) -> dict[str, str]:
        """What it says to export."""
        exports = (line.removeprefix("export ") for line in self.printed if line.startswith("export "))
        return dict(export.split("=", 1) for export in exports)

    @property
    def token(self) -> dict[str, str]:
        """The header that its controls ask for."""
        return {"authorization": f"Bearer {self.environment['TWELVELABS_EMULATOR_TOKEN']}"}

    @property
    def url(self) -> str:
        """Where it is, without the prefix of the API."""
        return self.base_url.removesuffix("/v1.3")

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    @property
    def resident(self) -> int:
        """How much memory it holds, in bytes."""
        lines = Path(f"/proc/{self._process.pid}/status").read_text().splitlines()
        (kilobytes,) = (line.split()[1] for line in lines if line.startswith("VmRSS:"))
        return int(kilobytes) * 1024

    @property
    def processor_seconds(self) -> float:
        """How much CPU time it has taken, in seconds."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def limit_descriptors(self, number: int) -> None:
        """Let it have no more descriptors than that."""
        import resource

        resource.prlimit(self._process.pid, resource.RLIMIT_NOFILE, (number, number))

    @property
    def logged(self) -> str:
        """What it has written to standard error so far."""
        return os.pread(self._errors.fileno(), 2**30, 0).decode()

    def kill(self) -> None:
        """End it as a failure of the machine would."""
        self._process.kill()
        self.end()

    def stop(self, how: int = signal.SIGINT) -> tuple[int, str]:
        """Ask it to end, and return its exit status and what it wrote to standard error."""
        self._process.send_signal(how)
        return self.end()

    def end(self) -> tuple[int, str]:
        """Wait for its end, and return its exit status and what it wrote to standard error."""
        self._process.communicate(timeout=PATIENCE)
        errors = self.logged
        self._errors.close()
        return self._process.returncode, errors

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self.kill()
