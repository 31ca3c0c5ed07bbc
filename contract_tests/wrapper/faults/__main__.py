"""Run every fault against every method, sync and async, and print the outcomes and the numbers of requests.

    python -m contract_tests.wrapper.faults [--pairs] [WORD ...]

With words, only faults whose name holds one of them; with `--pairs`, calls that meet one of these and then another,
each fault with each, and only what is not as documented is printed. The exit status is 0 if all is as documented, 1 if
something is not, 2 if a word is in the name of no fault.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
import warnings
from collections.abc import Mapping, Sequence

from contract_tests.support.methods import Method
from contract_tests.support.twins import Twin
from contract_tests.wrapper.faults.catalogue import FAULTS
from contract_tests.wrapper.faults.fault import Fault
from contract_tests.wrapper.faults.methods import KINDS, METHODS, Kind, kind_of
from contract_tests.wrapper.faults.observing import Observed, differences, observe
from contract_tests.wrapper.faults.pairs import all_pairs, not_as_documented

TWINS = (Twin("sync"), Twin("asyncio"))


def main(arguments: Sequence[str]) -> int:
    faults, in_pairs = choose(arguments)
    if in_pairs:
        return run_pairs(faults)
    widths = [max(len(fault.name) for fault in faults), *(widest(faults, kind) for kind in KINDS)]
    print_row(["", *KINDS], widths)
    found: list[str] = []
    for fault in faults:
        observed = {twin: observe(fault, twin) for twin in TWINS}
        print_row([fault.name, *(cell(observed, kind) for kind in KINDS)], widths)
        for twin, seen in observed.items():
            found += [f"{fault}, {twin}: {difference}" for difference in differences(fault, seen)]
    print()
    for kind in KINDS:
        print(f"{kind}: {', '.join(method.name for method in METHODS if kind_of(method) == kind)}")
    print(
        "Each outcome is followed by the number of requests. For `waiting`, the fault passes once a check has failed."
    )
    print(*found, f"{len(faults) * len(METHODS) * len(TWINS)} calls, {len(found)} not as documented", sep="\n")
    return 1 if found else 0


def run_pairs(faults: Sequence[Fault]) -> int:
    pairs = [pair for pair in all_pairs() if pair.first in faults]
    found = not_as_documented(pairs)
    print(*found, f"{len(pairs)} calls that meet two faults, {len(found)} not as documented", sep="\n")
    return 1 if found else 0


def choose(arguments: Sequence[str]) -> tuple[list[Fault], bool]:
    """Return the faults to run, and whether in pairs; end the program if a word chooses none."""
    parser = argparse.ArgumentParser(
        prog="python -m contract_tests.wrapper.faults",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("words", nargs="*", metavar="WORD", help="a part of the name of the faults to play")
    parser.add_argument("--pairs", action="store_true", help="let two faults come after one another")
    options = parser.parse_args(arguments)
    words: list[str] = options.words
    for word in words:
        if not any(word in fault.name for fault in FAULTS):
            names = "".join(f"\n  {fault.name}" for fault in FAULTS)
            parser.error(f"no fault has {word!a} in its name. These are the faults:{names}")
    return [fault for fault in FAULTS if not words or any(word in fault.name for word in words)], options.pairs


def cell(observed: Mapping[Twin, Mapping[Method, Observed]], kind: Kind) -> str:
    """Return what was observed of the methods of a kind; more than one thing only where they differ."""
    seen = [str(each) for methods in observed.values() for method, each in methods.items() if kind_of(method) == kind]
    return " / ".join(dict.fromkeys(seen))


def widest(faults: Sequence[Fault], kind: Kind) -> int:
    """Return how wide a column is in which one outcome is seen in each row."""
    return max(len(kind), *(len(f"{outcome} 1") for fault in faults for outcome in fault.expect(kind).outcomes))


def print_row(cells: Sequence[str], widths: Sequence[int]) -> None:
    print("  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip(), flush=True)


if __name__ == "__main__":
    warnings.filterwarnings("ignore", message="tasks.transfers")
    logging.disable()  # What the library says of faults that pass is in the table.
    with tempfile.TemporaryDirectory() as no_certificates:
        # Nothing leaves this machine, nor is it encrypted; to read certificates takes longer than most calls.
        os.environ.pop("SSL_CERT_FILE", None)
        os.environ |= {"NO_PROXY": "*", "SSL_CERT_DIR": no_certificates}
        sys.exit(main(sys.argv[1:]))
