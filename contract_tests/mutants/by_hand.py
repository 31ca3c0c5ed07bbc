"""Put each fault of the catalogue into a copy of the project, run the tests concerned, and report which survived."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from contract_tests.mutants.catalogue import FAULTS, HandmadeFault
from contract_tests.mutants.project import Project

__all__ = ["main"]

LONGEST_RUN = 300  # seconds
VERDICTS = {0: "SURVIVED", 1: "killed", None: "stopped"}


def main(folder: Path) -> int:
    """Test every fault; return 1 if one survived or cannot be made."""
    project = Project(folder)
    counts: Counter[tuple[str, str]] = Counter()
    for fault in FAULTS:
        verdict = judge(project, fault)
        counts[fault.place, verdict] += 1
        print(f"{verdict:<14}  {fault.place:<12}  {fault.what}", flush=True)
    print()
    for (place, verdict), count in sorted(counts.items()):
        print(f"{place:<12} {count:>3} {verdict}")
    return 0 if {verdict for _, verdict in counts} <= {"killed", "stopped"} else 1


def judge(project: Project, fault: HandmadeFault) -> str:
    """Return whether tests kill a fault; `NOT APPLICABLE` if it cannot be made, `BROKEN` if no test ran."""
    place = project.path / fault.place
    texts = {path: path.read_text(encoding="utf-8") for path in ([place] if place.is_file() else place.rglob("*.py"))}
    found = [path for path, text in texts.items() for _ in range(text.count(fault.original))]
    if len(found) != 1:
        return "NOT APPLICABLE"
    name = found[0].relative_to(project.path).as_posix()
    with project.fault(name, texts[found[0]].replace(fault.original, fault.faulty)):
        status, _ = project.pytest(["-x", *fault.tests], {}, LONGEST_RUN)
    return VERDICTS.get(status, "BROKEN")
