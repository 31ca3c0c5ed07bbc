"""Make `generated/twelvelabs_tasks_api` from `openapi.yaml`.

    python -m codegen.generate           write it
    python -m codegen.generate --check   exit with 1 if that would change it

The contract is looked through for what there is no rule for (`rules.py`) and put into the form that the generator
understands best (`prepare`), openapi-python-client runs with `config.yaml` and `templates/`, and its operations are
corrected (`CORRECTIONS`). What comes out is imported, and then takes the place of what was there (`replace.py`). If any
of this fails, nothing is changed, and the exit status is 2. Nothing is edited by hand.
"""

import argparse
import copy
import filecmp
import json
import re
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from codegen.contract import Contract, ContractError, read
from codegen.replace import import_failures, replace
from codegen.rules import SIMPLE_TYPES, problems

HERE = Path(__file__).parent
CONTRACT = HERE.parent / "openapi.yaml"
TARGET = HERE.parent / "generated" / "twelvelabs_tasks_api"
SCRIPTS = Path(sysconfig.get_path("scripts"))
HEADER = "# Generated from openapi.yaml by `make regenerate`. Do not edit.\n"

# What the generator writes into its operations, what it should be, and why. One that matches nothing stops the
# generation: then upstream has changed, and the row can be mended or dropped.
CORRECTIONS = [
    # A fixed boundary lets the bytes of a video end their part and inject form fields; httpx makes a random one.
    (r'\n    headers\["Content-Type"\] = "multipart/form-data; boundary=\+\+\+"\n', "\n"),
    # `..`, `.` and the empty string would lead to other paths.
    (r'(\w+)=quote\(str\(\1\), safe=""\)', r'\1=path_segment("\1", \1)'),
    (r"from urllib.parse import quote\n", ""),
    # HTTPStatus raises ValueError for codes that IANA does not list (499, 520 to 527, 561).
    (r"status_code=HTTPStatus\(response.status_code\)", "status_code=response.status_code"),
    (r"from http import HTTPStatus\n", ""),
    # Annotations that nobody evaluates, and a client that only they name, make the client above slower to import.
    (r"\Afrom ", "from __future__ import annotations\n\nfrom "),
    (r"from typing import Any, cast\n", "from typing import TYPE_CHECKING, Any\n"),
    (r"from \.\.\.client import AuthenticatedClient, Client\n", ""),
    (r"(?=def _get_kwargs)", "if TYPE_CHECKING:\n    from ...client import AuthenticatedClient, Client\n\n\n"),
    # An answer that is not JSON is an InvalidBody, not a JSONDecodeError.
    (r"\bresponse\.json\(\)", "json_body(response)"),
    # What is absent is None, as in the models.
    (r"\| Unset = UNSET", "| None = None"),
    (r"if not isinstance\((\w+), Unset\):", r"if \1 is not None:"),
    (r"(json_\w+): (.+?) \| Unset = UNSET|(json_\w+): (.+?) \| None = None", r"\1\3: \2\4 | None = None"),
    (r"v is not UNSET and v is not None", "v is not None"),
    (r"\((.+?) \| Unset\)", r"(\1 | None)"),
    (
        r"from \.\.\.types import (?:Response, UNSET|UNSET, Response)",
        "from ...types import Response, json_body, path_segment",
    ),
    (r"from \.\.\.types import UNSET, Unset\n", ""),
    # Statuses are not checked against the contract when they are sent.
    (r"from \.\.\.models\.\w+ import check_\w+\n", ""),
    # The library above builds requests with this function, so it is public.
    (r"\b_get_kwargs\b", "get_kwargs"),
]


class GenerationError(Exception):
    """Nothing could be generated. The message says why."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 if something would change")
    check = parser.parse_args().check
    try:
        with tempfile.TemporaryDirectory() as folder:
            package = Path(folder) / TARGET.name
            generate(package)
            changed = changes(package, TARGET)
            if check:
                return report(changed)
            if changed:
                replace(package, TARGET)
    except (ContractError, GenerationError, OSError) as error:
        print(printable(str(error)), "generated/ is as it was.", sep="\n", file=sys.stderr)
        return 2
    return 0


def generate(package: Path) -> None:
    """Write the package into a new folder."""
    contract = read(CONTRACT)
    found = sorted(set(problems(contract)))
    if found:
        places = [f"  {place}: {problem}" for place, problem in found]
        raise ContractError("\n".join([f"{CONTRACT.name} cannot be generated from:", *places]))
    document = package.with_suffix(".json")
    document.write_text(json.dumps(prepare(contract)))
    run(
        "openapi-python-client", "generate", "--path", document, "--output-path", package, "--meta", "none",
        "--config", HERE / "config.yaml", "--custom-template-path", HERE / "templates", "--fail-on-warning",
    )  # fmt: skip
    correct(package / "api")
    for module in package.rglob("*.py"):
        module.write_text(HEADER + module.read_text())
    (package / "py.typed").touch()
    options = ("--isolated", "--no-cache", "--line-length=120", "--target-version=py311")
    run(
        "ruff",
        "check",
        *options[:2],
        "--quiet",
        "--output-format=concise",
        "--fix",
        "--select=F401,I",
        *options[2:],
        package,
    )
    run("ruff", "format", *options[:2], "--quiet", *options[2:], package)
    # Names that nothing defines are found at the first call only, not when a module is imported.
    run(
        "ruff", "check", *options[:2], "--quiet", "--output-format=concise", "--select=E9,F,W605", *options[2:], package
    )
    failures = import_failures(package)
    if failures:
        raise GenerationError(
            "\n".join(["What was generated cannot be imported:", *(f"  {each}" for each in failures)])
        )


def prepare(contract: Contract) -> dict[str, Any]:
    """Return the contract in the form that the generator understands best."""
    document = Contract(copy.deepcopy(contract.root))
    for use in document.parameters():
        # The generator reads a parameter's description from its schema.
        use.schema["description"] = use.description
    for _, node in document.schemas():
        inline(node, document)
    for _, node in document.schemas():
        if isinstance(node.get("type"), list):
            # Absent and null are both None, so the generator need not tell them apart.
            (node["type"],) = set(node["type"]) - {"null"}
        if "pattern" in node and node.get("format") == "date-time":
            # A time with a pattern is handed out as text, see `Timestamp`.
            del node["format"]
        if "default" in node:
            # The generator would always send a default. The platform has it: absent means the same.
            default = f"Default: {json.dumps(node.pop('default'))}."
            node["description"] = f"{node.get('description', '')} {default}".strip()
    return document.root


def inline(node: dict[str, Any], contract: Contract) -> None:
    """Write a schema of a simple type in place of a reference to it: the generator ignores what is beside a $ref."""
    target = contract.named(node.get("$ref"))
    if target is not None and target.get("type") in SIMPLE_TYPES and "enum" not in target:
        siblings = {key: value for key, value in node.items() if key != "$ref"}
        node.clear()
        node.update({**copy.deepcopy(target), **siblings})


def correct(folder: Path) -> None:
    """Apply `CORRECTIONS` to all modules below a folder; each must match somewhere."""
    unused = {pattern for pattern, _ in CORRECTIONS}
    for module in sorted(folder.rglob("*.py")):
        text = module.read_text()
        for pattern, replacement in CORRECTIONS:
            text, count = re.subn(pattern, replacement, text)
            if count:
                unused.discard(pattern)
        module.write_text(text)
    if unused:
        raise GenerationError(
            "\n".join(["These corrections match nothing in the generator's output:", *sorted(unused)])
        )


def run(program: str, *arguments: str | Path) -> None:
    """Run a program of this environment; raise GenerationError with what it says if it fails."""
    result = subprocess.run([SCRIPTS / program, *arguments], capture_output=True, text=True, check=False)
    if result.returncode:
        lines = (result.stdout + result.stderr).rstrip().splitlines()
        # Of a traceback, the last line is what happened: the rest is about the generator, not the contract.
        lines = lines[-1:] if any("Traceback" in line for line in lines) else lines[:20]
        raise GenerationError("\n  ".join([f"{program} failed:", *lines]))


def printable(text: str) -> str:
    """Return a text as a terminal may have it: names in a contract can hold what would command it."""
    return "".join(each if each.isprintable() or each == "\n" else ascii(each)[1:-1] for each in text)


def changes(new: Path, old: Path) -> list[str]:
    """Return the files, relative to both folders, that differ or are in one of them only."""
    names = {path.relative_to(base) for base in (new, old) for path in base.rglob("*") if path.is_file()}
    names = {name for name in names if "__pycache__" not in name.parts}
    _, different, missing = filecmp.cmpfiles(new, old, sorted(map(str, names)), shallow=False)
    return sorted([*different, *missing])


def report(changed: list[str]) -> int:
    """Print what would change; return the exit status."""
    for name in changed:
        print(f"would change: {name}", file=sys.stderr)
    if changed:
        print("generated/ is not what openapi.yaml and codegen/ make of it: run `make regenerate`", file=sys.stderr)
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
