"""Put each fault of the catalogue into a copy of the project, run the tests concerned, and report which survived.

    python -m contract_tests.mutants [WORD ...]

With words, only faults whose file or description holds one of them. The exit status is 0 if all were killed, 1 if one
survived or could not be applied. That `generated/` is not what the contract makes of it does not count: a fault must
be found by what the code does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from contract_tests.mutants.catalogue import FAULTS, Fault

ROOT = Path(__file__).parents[2]
WORKERS = 2
LONGEST_RUN = 300  # seconds


def main(words: Sequence[str]) -> int:
    faults = [fault for fault in FAULTS if not words or any(word in f"{fault.path} {fault.what}" for word in words)]
    width = max((len(fault.path) for fault in faults), default=0)
    with tempfile.TemporaryDirectory() as folder:
        pristine = Path(folder) / "pristine"
        copy_project(pristine)
        verdicts = []
        with ThreadPoolExecutor(WORKERS) as pool:
            for fault, verdict in zip(faults, pool.map(lambda fault: judge(pristine, fault), faults), strict=True):
                print(f"{fault.party:<10} {verdict:<14}  {fault.path:<{width}}  {fault.what}", flush=True)
                verdicts.append(verdict)
    counts = Counter((fault.party, verdict) for fault, verdict in zip(faults, verdicts, strict=True))
    print()
    for (party, verdict), count in sorted(counts.items()):
        print(f"{party:<10} {count:>3} {verdict}")
    killed = verdicts.count("killed")
    print(f"{killed} of {len(faults)} faults killed")
    return 0 if killed == len(faults) else 1


def judge(pristine: Path, fault: Fault) -> str:
    """Return whether tests kill a fault: `killed`, `SURVIVED`, `NOT APPLICABLE`, `HUNG`, or `BROKEN` if no test ran."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        shutil.copytree(pristine, project)
        target = project / fault.path
        text = target.read_text() if target.is_file() else ""
        if text.count(fault.original) != 1:
            return "NOT APPLICABLE"
        target.write_text(text.replace(fault.original, fault.faulty))
        status = run_tests(project, fault.tests)
    return {0: "SURVIVED", 1: "killed", None: "HUNG"}.get(status, "BROKEN")


def run_tests(project: Path, tests: Sequence[str]) -> int | None:
    """Run tests of a copy on its own code until the first fails; return pytest's exit status, `None` if it hung."""
    code = os.pathsep.join(str(project / folder) for folder in ("generated", "wrapper", "emulator"))
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": code, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        result = subprocess.run(
            command, cwd=project, env=environment, capture_output=True, check=False, timeout=LONGEST_RUN
        )
    except subprocess.TimeoutExpired:
        return None
    return result.returncode


def copy_project(target: Path) -> None:
    """Copy the files that git tracks, as they are now."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
