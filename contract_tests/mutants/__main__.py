"""Put small faults into the library, one at a time, run the tests that reach each, and report which survived.

    python -m contract_tests.mutants                              # on the lines that differ from main
    python -m contract_tests.mutants wrapper --sample 60          # 60 of a package, always the same ones
    python -m contract_tests.mutants emulator/twelvelabs_emulator/store/tasks.py    # all of a module
    python -m contract_tests.mutants --by-hand                    # those of the contract, and others no tool makes

Which tests reach which function is recorded at first, which takes minutes, and kept in `.mutants/`. Without a path, the
rest takes less than five: what there is no time for is left out. The exit status is 1 if a fault survived or an entry
of `equivalent.yaml` is stale, 2 if a test that killed fails without any fault.
"""

from __future__ import annotations

import argparse
import os
import queue
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from contract_tests.mutants import by_hand, choosing
from contract_tests.mutants.equivalent import equivalent, stale
from contract_tests.mutants.making import Mutant
from contract_tests.mutants.project import Project
from contract_tests.mutants.reach import Reach, tested_path

# How long the tests of a mutant may take together, by whether slow ones run too: a survivor takes so long.
SECONDS_OF_TESTS = {False: 60.0, True: 300.0}


def main(arguments: Sequence[str]) -> int:
    options = parse(arguments)
    os.environ.setdefault("HYPOTHESIS_PROFILE", "repeatable" if options.slow else "quick")
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        if options.by_hand:
            return by_hand.main(Path(folder))
        found = choosing.of_modules(options.paths) if options.paths else choosing.changed(options.base)
        mutants = choosing.sample(found, options.sample, options.seed)
        print(f"{len(mutants)} of {len(found)} mutants, seed {options.seed}", flush=True)
        session = Session(Path(folder), options)
        session.run(mutants)
        return session.report(mutants)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutants ARGS=...", description="See which small faults no test finds.")
    parser.add_argument("paths", nargs="*", help="modules or folders; default: the lines that differ from --base")
    parser.add_argument("--base", default=os.environ.get("BASE") or "main", help="the branch to differ from")
    parser.add_argument("--sample", type=int, help="how many mutants, taken at random")
    parser.add_argument("--seed", type=int, default=0, help="of the order and the sample")
    parser.add_argument(
        "--minutes", type=float, help="start no mutant later; default: 4.5 without paths, else no limit"
    )
    parser.add_argument("--workers", type=int, default=2, help="how many mutants are tested at a time")
    parser.add_argument("--slow", action="store_true", help="run slow tests too, for five minutes per mutant at most")
    parser.add_argument("--record", action="store_true", help="record anew which tests reach what")
    parser.add_argument("--by-hand", action="store_true", help="only the faults that no tool makes")
    options = parser.parse_args(arguments)
    if options.minutes is None and not options.paths:
        options.minutes = 4.5
    return options


class Session:
    """The tests of some mutants, each in one of several copies of the project."""

    def __init__(self, folder: Path, options: argparse.Namespace) -> None:
        self._folder = folder
        self._options = options
        self._ends = float("inf")
        self._is_equivalent = equivalent()
        self._killers: dict[str, float] = {}
        self._verdicts: dict[Mutant, str] = {}
        self._projects: queue.SimpleQueue[Project] = queue.SimpleQueue()

    def run(self, mutants: Sequence[Mutant]) -> None:
        """Test mutants, and print those that survive."""
        if not mutants:
            return
        self._reach = Reach.up_to_date(self._subfolder("record"), slow=self._options.slow, anew=self._options.record)
        if self._options.minutes is not None:
            self._ends = time.monotonic() + 60 * self._options.minutes
        for number in range(self._options.workers):
            self._projects.put(Project(self._subfolder(str(number))))
        with ThreadPoolExecutor(self._options.workers) as pool:
            for mutant, verdict in zip(mutants, pool.map(self._judge, mutants), strict=True):
                self._verdicts[mutant] = verdict
                if verdict in {"survived", "unreached"}:
                    print(f"{verdict:<10} {mutant}", flush=True)

    def _judge(self, mutant: Mutant) -> str:
        if time.monotonic() > self._ends:
            return "left out"
        if not mutant.is_sound or self._is_equivalent(mutant):
            return "no fault"
        tests = self._reach.of(mutant.path, mutant.function, SECONDS_OF_TESTS[self._options.slow])
        if not tests:
            return "unreached"
        project = self._projects.get()
        try:
            with project.fault(tested_path(mutant.path), mutant.source):
                run = project.run(tests)
        finally:
            self._projects.put(project)
        self._killers |= {name: tests[name] for name in run.failed if name in tests}
        return "survived" if run.status == 0 else "stopped" if run.status is None else "killed"

    def report(self, mutants: Sequence[Mutant]) -> int:
        """Print the score of each package, and what is wrong; return the exit status."""
        counts = Counter((mutant.path.partition("/")[0], self._verdicts[mutant]) for mutant in mutants)
        print()
        for package in sorted({package for package, _ in counts}):
            parts = {verdict: count for (each, verdict), count in counts.items() if each == package}
            tested = sum(parts.values()) - parts.pop("left out", 0) - parts.get("no fault", 0)
            killed = parts.get("killed", 0) + parts.get("stopped", 0)
            shown = ", ".join(f"{count} {verdict}" for verdict, count in sorted(parts.items()))
            print(f"{package:<10} {killed} of {tested} killed: {killed / max(1, tested):.0%} ({shown})")
        left_out = sum(count for (_, verdict), count in counts.items() if verdict == "left out")
        if left_out:
            print(f"{left_out} left out for lack of time")
        for entry in (unmatched := stale()):
            print(f"stale in equivalent.yaml: {entry}")
        for name in (wrong := self._wrong_killers()):
            print(f"fails without any fault: {name}")
        if wrong:
            return 2
        has_survivors = any(verdict in {"survived", "unreached"} for _, verdict in counts)
        return 1 if has_survivors or unmatched else 0

    def _wrong_killers(self) -> tuple[str, ...]:
        """Return the first test that killed a mutant, but fails without one too."""
        return self._projects.get().run(self._killers).failed if self._killers else ()

    def _subfolder(self, name: str) -> Path:
        path = self._folder / name
        path.mkdir()
        return path


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
