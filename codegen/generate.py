"""Make `generated/twelvelabs_tasks_api` from `openapi.yaml`.

    python codegen/generate.py           write it
    python codegen/generate.py --check   exit with 1 if that would change it

Three steps: the contract is put into the form the generator understands best (`prepare`), openapi-python-client runs
with `config.yaml` and `templates/`, and its operations are corrected (`CORRECTIONS`). Nothing is edited by hand.
"""

import argparse
import copy
import filecmp
import json
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

import yaml

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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 if something would change")
    check = parser.parse_args().check
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / TARGET.name
        generate(package)
        if check:
            return report(changes(package, TARGET))
        shutil.rmtree(TARGET, ignore_errors=True)
        shutil.copytree(package, TARGET)
    return 0


def generate(package: Path) -> None:
    """Write the package into a new folder."""
    document = package.with_suffix(".json")
    document.write_text(json.dumps(prepare(yaml.safe_load(CONTRACT.read_text()))))
    run(
        "openapi-python-client", "generate", "--path", document, "--output-path", package, "--meta", "none",
        "--config", HERE / "config.yaml", "--custom-template-path", HERE / "templates", "--fail-on-warning",
    )  # fmt: skip
    correct(package / "api")
    for module in package.rglob("*.py"):
        module.write_text(HEADER + module.read_text())
    (package / "py.typed").touch()
    options = ("--isolated", "--no-cache", "--line-length=120", "--target-version=py311")
    run("ruff", "check", *options[:2], "--quiet", "--fix", "--select=F401,I", *options[2:], package)
    run("ruff", "format", *options[:2], "--quiet", *options[2:], package)


def prepare(contract: dict[str, Any]) -> dict[str, Any]:
    """Return the contract in the form that the generator understands best."""
    document = copy.deepcopy(contract)
    merge_siblings(document, document["components"]["schemas"])
    for node in nodes(document):
        if isinstance(node.get("type"), list) and "null" in node["type"]:
            # Absent and null are both None, so the generator need not tell them apart.
            (node["type"],) = set(node["type"]) - {"null"}
        if "pattern" in node:
            # A time with a pattern is handed out as text, see `Timestamp`.
            node.pop("format", None) if node.get("format") == "date-time" else None
        if "in" in node and "schema" in node:
            # The generator reads a parameter's description from its schema.
            node["schema"]["description"] = node["description"]
        if "default" in node:
            # The generator would always send a default. The platform has it: absent means the same.
            node["description"] = f"{node['description']} Default: {json.dumps(node.pop('default'))}."
    return document


def nodes(node: Any) -> list[dict[str, Any]]:
    """Return all objects in a document, the outer ones first."""
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return [*([node] if isinstance(node, dict) else []), *(found for child in children for found in nodes(child))]


def merge_siblings(document: Any, schemas: dict[str, Any]) -> None:
    """Write a schema of a simple type in place of each reference to it: the generator ignores what is beside a $ref."""
    for node in nodes(document):
        name = str(node.get("$ref", "")).removeprefix("#/components/schemas/")
        target = schemas.get(name, {})
        if target.get("type") in ("string", "number", "integer", "boolean") and "enum" not in target:
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
        raise SystemExit("These corrections match nothing in the generator's output:\n" + "\n".join(sorted(unused)))


def run(program: str, *arguments: str | Path) -> None:
    """Run a program of this environment; stop if it fails."""
    result = subprocess.run([SCRIPTS / program, *arguments], capture_output=True, text=True, check=False)
    if result.returncode:
        raise SystemExit(f"{program} failed:\n{result.stdout}{result.stderr}")


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
