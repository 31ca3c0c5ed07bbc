"""Make `generated/twelvelabs_tasks_api` from `openapi.yaml`.

    python -m codegen.generate           write it
    python -m codegen.generate --check   exit with 1 if that would change it

The contract is checked for what there is no rule for (`rules.py`) and put into the form that the generator understands
best (`prepare`); openapi-python-client runs with `config.yaml` and `templates/`; `runtime/` is copied. The result is
imported before it takes the place of what was there (`replace.py`). If any of this fails, nothing is changed, and the
exit status is 2. Nothing is edited by hand.
"""

import argparse
import contextlib
import copy
import io
import json
import os
import shutil
import stat
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

import jinja2
from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.strings import ClassName

from codegen.codec import annotation, decode, model_imports
from codegen.contract import Contract, ContractError, read
from codegen.docstrings import fill_docstring
from codegen.methods import FORMS, tags_of
from codegen.replace import import_failures, replace
from codegen.rules import SIMPLE_TYPES, problems

HERE = Path(__file__).parent
CONTRACT = HERE.parent / "openapi.yaml"
TARGET = HERE.parent / "generated" / "twelvelabs_tasks_api"
SCRIPTS = Path(sysconfig.get_path("scripts"))
HEADER = "# Generated from openapi.yaml by `make regenerate`. Do not edit.\n"


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
        print(escape_controls(str(error)), "generated/ is as it was.", sep="\n", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Interrupted.", "generated/ is as it was.", file=sys.stderr)
        return 130
    return 0


def generate(package: Path) -> None:
    """Write the package into a new folder."""
    contract = read(CONTRACT)
    found = sorted(set(problems(contract)))
    if found:
        places = [f"  {place}: {problem}" for place, problem in found]
        raise ContractError("\n".join([f"{CONTRACT.name} cannot be generated from:", *places]))
    try:
        build(package, contract)
    except (jinja2.TemplateError, LookupError, TypeError, ValueError) as error:  # what no rule foresaw
        raise GenerationError(f"openapi-python-client failed: {type(error).__name__}: {error}") from error
    for module in package.rglob("*.py"):
        module.write_text(HEADER + module.read_text())
    (package / "py.typed").touch()
    ruff("check", "--fix", "--select=F401,I", package=package)
    ruff("format", package=package)
    # Names that nothing defines are found at the first call only, not when a module is imported.
    ruff("check", "--select=E9,F,W605", package=package)
    if failures := import_failures(package):
        raise GenerationError(
            "\n".join(["What was generated cannot be imported:", *(f"  {each}" for each in failures)])
        )


def build(package: Path, contract: Contract) -> None:
    """Have openapi-python-client write the models and operations, and add the methods and the runtime."""
    config = Config.from_sources(
        ConfigFile.load_from_path(HERE / "config.yaml"), MetaType.NONE, CONTRACT, "utf-8", False, package
    )
    data = GeneratorData.from_dict(prepare(contract), config=config)
    if isinstance(data, GeneratorError):
        raise GenerationError(f"openapi-python-client failed: {data.header} {data.detail}")
    data.models = models_of_responses(data)
    project = Project(openapi=data, config=config, custom_template_path=HERE / "templates")
    tags, methods = tags_of(project, contract)
    project.env.globals.update(
        annotation=annotation,
        decode=decode,
        fill_docstring=fill_docstring,
        methods=methods,
        model_imports=model_imports,
        parent_of=lambda model: parent_of(model, data.models),
    )
    with contextlib.redirect_stdout(io.StringIO()):  # it says where it writes
        failures = project.build()
    if failures:
        lines = [f"{each.header} {each.detail}" for each in failures]
        raise GenerationError("\n  ".join(["openapi-python-client failed:", *lines[:20]]))
    template = project.env.get_template("methods.py.jinja")
    for tag in tags:
        for form in FORMS:
            path = package / "api" / tag.name / f"{form.module}.py"
            path.write_text(template.render(tag=tag, form=form))
    for unused in ("client.py", "errors.py"):  # replaced by the runtime, or by the library
        (package / unused).unlink()
    shutil.copytree(HERE / "runtime", package, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))


def models_of_responses(data: GeneratorData) -> list[ModelProperty]:
    """Return the models that a response holds. What a request holds becomes arguments."""
    waiting: list[Any] = [
        response.prop
        for collection in data.endpoint_collections_by_tag.values()
        for endpoint in collection.endpoints
        for response in endpoint.responses
        if str(response.status_code.pattern).startswith("2")
    ]
    found: dict[str, ModelProperty] = {}
    by_name = {str(model.class_info.name): model for model in data.models}
    while waiting:
        prop = waiting.pop()
        if isinstance(prop, ListProperty):
            waiting.append(prop.inner_property)
        elif isinstance(prop, ModelProperty) and str(prop.class_info.name) not in found:
            model = by_name[str(prop.class_info.name)]
            found[str(model.class_info.name)] = model
            waiting += [*(model.required_properties or []), *(model.optional_properties or [])]
            waiting += [parent for parent in [parent_of(model, data.models)] if parent]
    return [model for name, model in by_name.items() if name in found]


def parent_of(model: ModelProperty, models: list[ModelProperty]) -> ModelProperty | None:
    """Return the model that another one derives from, which `allOf` names first."""
    parts = model.data.allOf
    reference = getattr(parts[0], "ref", None) if parts else None
    if reference is None:
        return None
    name = ClassName(reference.get_untrusted_value().rpartition("/")[2], "")
    return next(each for each in models if each.class_info.name == name)


def prepare(contract: Contract) -> dict[str, Any]:
    """Return the contract in the form that the generator understands best."""
    document = Contract(copy.deepcopy(contract.root))
    for use in document.parameters():
        # The generator reads a parameter's description from its schema.
        use.schema["description"] = use.description
    for _, node in document.schemas():
        inline(node, document)
    for _, node in document.schemas():
        if "required" in node:
            nullable = {name for name, inner in node.get("properties", {}).items() if is_nullable(inner, document)}
            node["required"] = [name for name in node["required"] if name not in nullable]
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


def is_nullable(schema: dict[str, Any], contract: Contract) -> bool:
    """Whether a property may be null, which is the same as absent in Python: it need not be there."""
    return "null" in contract.resolve(schema).get("type", [])


def inline(node: dict[str, Any], contract: Contract) -> None:
    """Write a schema of a simple type in place of a reference to it: the generator ignores what is beside a $ref."""
    target = contract.find_schema(node.get("$ref"))
    if target is not None and target.get("type") in SIMPLE_TYPES and "enum" not in target:
        siblings = {key: value for key, value in node.items() if key != "$ref"}
        node.clear()
        node.update({**copy.deepcopy(target), **siblings})


def ruff(*arguments: str, package: Path) -> None:
    """Run ruff over a package, apart from the settings of the project; raise GenerationError if it finds anything."""
    command, *others = arguments
    shown = ["--quiet", "--output-format=concise"] if command == "check" else ["--quiet"]
    fixed = ["--isolated", "--no-cache", *shown, "--line-length=120", "--target-version=py311"]
    result = subprocess.run(
        [SCRIPTS / "ruff", command, *fixed, *others, package], capture_output=True, text=True, check=False
    )
    if result.returncode:
        lines = (result.stdout + result.stderr).rstrip().splitlines()
        raise GenerationError("\n  ".join(["ruff failed:", *lines[:20]]))


def escape_controls(text: str) -> str:
    """Return a text as a terminal may have it: names in a contract can hold what would command it."""
    return "".join(each if each.isprintable() or each == "\n" else ascii(each)[1:-1] for each in text)


def changes(new: Path, old: Path) -> list[str]:
    """Return what differs between two folders, or is in one of them only, or beside the old one; relative to both."""
    different = entries(new).items() ^ entries(old).items()
    beside = {path.name for path in old.parent.iterdir()} - {old.name} if old.parent.is_dir() else set()
    return sorted({str(name) for name, _ in different} | {f"../{name}" for name in beside})


def entries(folder: Path) -> dict[Path, tuple[str, bytes]]:
    """Return the kind and the content of everything in a folder, compiled modules aside."""
    found: dict[Path, tuple[str, bytes]] = {}
    for path in folder.rglob("*"):
        is_compiled = "__pycache__" in path.parts and (path.suffix == ".pyc" or path.name == "__pycache__")
        if not is_compiled:
            mode = path.lstat().st_mode
            is_plain = stat.S_ISREG(mode) and not mode & 0o111 and os.access(path, os.R_OK)
            content = path.read_bytes() if is_plain else b""
            kind = "file" if is_plain else "folder" if stat.S_ISDIR(mode) else f"something else: {mode:o}"
            found[path.relative_to(folder)] = (kind, content)
    return found


def report(changed: list[str]) -> int:
    """Print what would change; return the exit status."""
    for name in changed:
        print(f"would change: {name}", file=sys.stderr)
    if changed:
        print("generated/ is not what openapi.yaml and codegen/ make of it: run `make regenerate`", file=sys.stderr)
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
