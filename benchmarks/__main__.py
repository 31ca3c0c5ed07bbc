"""Compare this library with the alternatives, and print what it must reach and whether it does.

    python -m benchmarks                  everything but the tests; writes benchmarks/results/
    python -m benchmarks listing growth   these only; writes nothing
    python -m benchmarks --quick          once and with little work, to see that it runs; writes nothing

The exit status is 0 if all rows hold, 1 if one does not, 2 if an option is wrong or the results cannot be written; in a
quick run the figures mean nothing, and it is 0.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks import emulator, growth, importing, listing, report, retrieving, testing, uploading, waiting
from benchmarks.machine import description
from benchmarks.processes import compile_all
from benchmarks.rows import Row

MEASUREMENTS = {
    "importing": importing.measure,
    "listing": listing.measure,
    "uploading": uploading.measure,
    "waiting": waiting.measure,
    "retrieving": retrieving.measure,
    "growth": growth.measure,
    "emulator": emulator.measure,
    "testing": testing.measure,
}
RESULTS = Path(__file__).parent / "results"


def main() -> int:
    given, folder = parse_arguments()
    names = given.names or [name for name in MEASUREMENTS if name != "testing" or given.with_tests]
    compile_all()
    rows: list[Row] = []
    for name in names:
        print(f"measuring: {name}", file=sys.stderr, flush=True)
        rows.extend(MEASUREMENTS[name](quick=given.quick))
    print(report.table(rows))
    if folder is not None:
        try:
            report.write(folder, rows, description())
        except OSError as error:
            print(f"cannot write the results: {error}", file=sys.stderr)
            return 2
    failed = [row.measured for row in rows if row.holds is False]
    return 1 if failed and not given.quick else 0


def parse_arguments() -> tuple[argparse.Namespace, Path | None]:
    """Return the options, and the folder of the results; end the program if they are wrong, before any measurement."""
    options = parser()
    given = options.parse_args()
    unknown = [name for name in given.names if name not in MEASUREMENTS]
    if unknown:
        options.error(f"unknown measurement {unknown[0]!r}; choose from {', '.join(MEASUREMENTS)}")
    folder: Path | None = given.results or (None if given.names or given.quick else RESULTS)
    if folder is not None:
        try:
            report.prepare(folder)
        except OSError as error:
            options.error(f"cannot write the results: {error}")
    return given, folder


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(MEASUREMENTS)}")
    parser.add_argument("--quick", action="store_true", help="run once with little work, to see that it runs")
    parser.add_argument("--with-tests", action="store_true", help="also measure how long `make test` takes")
    parser.add_argument("--results", type=Path, metavar="FOLDER", help="where to write the table and the plot")
    return parser


if __name__ == "__main__":
    sys.exit(main())
