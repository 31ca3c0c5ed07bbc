"""`make regenerate` says at which place of the contract it has no rule, and leaves nothing half done."""

from __future__ import annotations

import copy
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from codegen.contract import Contract, ContractError, read
from codegen.replace import import_failures
from codegen.rules import problems
from contract_tests.generated.unruled import CONTRACT, ROOT, TEXT, TEXTS, WITHOUT_A_RULE, ref, schemas

pytestmark = pytest.mark.slow


class Checkout:
    """A checkout of its own, with nothing in it but what a generation needs."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(ROOT / "codegen", folder / "codegen", ignore=shutil.ignore_patterns("__pycache__"))
        self.contract = folder / "openapi.yaml"
        self.package = folder / "generated" / "twelvelabs_tasks_api"
        self.package.mkdir(parents=True)
        (self.package / "__init__.py").write_text("OLD = True\n")
        self._folder = folder

    def write(self, contract: Any) -> None:
        self.contract.write_text(yaml.safe_dump(contract, sort_keys=False))

    def run(self, *arguments: str) -> tuple[int, list[str]]:
        """Run the command line; return its exit status and what it says."""
        command = [sys.executable, "-m", "codegen.generate", *arguments]
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        result = subprocess.run(
            command, cwd=self._folder, capture_output=True, text=True, check=False, env=environment, timeout=120
        )
        return result.returncode, (result.stdout + result.stderr).splitlines()

    def is_as_it_was(self) -> bool:
        """Return whether the old package is still there, whole, and nothing beside it."""
        files = [path for path in self.package.parent.rglob("*") if path.is_file()]
        return files == [self.package / "__init__.py"] and files[0].read_text() == "OLD = True\n"


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


@pytest.mark.parametrize(("contract", "place", "reason"), WITHOUT_A_RULE.values(), ids=WITHOUT_A_RULE)
def test_what_has_no_rule_is_found(contract: dict[str, Any], place: str, reason: str) -> None:
    found = [problem for where, problem in problems(Contract(json.loads(json.dumps(contract)))) if where == place]
    assert any(reason in problem for problem in found)


@pytest.mark.parametrize(
    "case",
    [
        "oneOf", "anyOf with null", "const", "uuid", "arrays of arrays", "a schema that holds itself",
        "a property to_dict", "a reference to nothing", "no responses", "a property that commands terminals",
    ],
)  # fmt: skip
def test_what_has_no_rule_is_reported_with_its_place_and_changes_nothing(checkout: Checkout, case: str) -> None:
    contract, place, reason = WITHOUT_A_RULE[case]
    checkout.write(contract)
    status, lines = checkout.run()
    assert status == 2
    shown = place.replace("\x1b", "\\x1b")
    assert [line for line in lines if line.strip().startswith(f"{shown}: ") and reason in line]
    assert len(lines) < 10
    assert checkout.is_as_it_was()


def test_the_contract_has_rules_for_all() -> None:
    assert list(problems(read(ROOT / "openapi.yaml"))) == []


WITH_A_RULE: dict[str, Any] = {
    "a_text": TEXT,
    "a_number": {"type": "number"},
    "an_integer": {"type": "integer", "minimum": 0},
    "a_boolean": {"type": "boolean"},
    "a_time": {"type": "string", "format": "date-time"},
    "an_enum": {"type": "string", "enum": ["a", 'b"', "c\\"]},
    "a_referenced_enum": ref("HlsObjectStatus"),
    "some_texts": TEXTS,
}


WITH_A_RULE_IN_JSON: dict[str, Any] = {
    "maybe_null": {"type": ["string", "null"]},
    "anything": {},
    "an_object": {"type": "object", "properties": {"default": TEXT, "pattern": TEXT, "in": TEXT, "$ref": TEXT}},
    "objects": {"type": "array", "items": ref("HlsObject")},
    "an_alias": {"allOf": [ref("HlsObject")]},
    "free": {"type": "object", "additionalProperties": {"type": ["string", "integer"]}},
    "default": {"type": "string", "default": "without a description"},
    "quoted": {"type": "string", "description": 'Either "a" or "b"'},
    "class": TEXT,
    "größe": TEXT,
}


def test_what_has_a_rule_can_be_imported_and_holds_what_arrives(checkout: Checkout) -> None:
    contract = copy.deepcopy(CONTRACT)
    schemas(contract)["VideoIndexingTask"]["properties"] |= WITH_A_RULE | WITH_A_RULE_IN_JSON
    form = {name: schema for name, schema in WITH_A_RULE.items() if name not in ("a_time", "some_texts")}
    schemas(contract)["TasksCreateRequest"]["properties"] |= form
    contract["paths"]["/tasks"]["get"]["parameters"] += [
        {"name": name, "in": "query", "schema": schema} for name, schema in WITH_A_RULE.items()
    ]
    checkout.write(contract)
    schemas(contract)["VideoIndexingTask"]["required"] = ["maybe_null"]
    checkout.write(contract)
    assert checkout.run() == (0, [])
    assert checkout.run("--check") == (0, [])
    body = {"an_object": {"default": "a"}, "default": "b", "class": "c", "größe": "d", "free": {"e": 1}, "an_enum": "f"}
    script = (
        f"import inspect, sys; sys.path.insert(0, {str(checkout.package.parent)!r})\n"
        "from twelvelabs_tasks_api.models.video_indexing_task import VideoIndexingTask\n"
        "from twelvelabs_tasks_api.api.tasks.list_tasks import list_tasks\n"
        "from twelvelabs_tasks_api.api.tasks.client import TasksClient\n"
        "assert 'some_texts' in inspect.signature(TasksClient.list).parameters\n"
        f"task = VideoIndexingTask.from_dict({body!r})\n"
        f"assert task.to_dict() == {body!r}\n"
        "assert (task.an_object.default, task.class_, task.größe) == ('a', 'c', 'd')\n"
        "request = list_tasks(some_texts=['a', 'b'], a_boolean=True).request\n"
        "assert request['params'] == {'some_texts': ['a', 'b'], 'a_boolean': True}\n"
    )
    tried = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=False)
    assert tried.stderr == ""


UNREADABLE = {
    "no YAML": (b"openapi: [", "not valid YAML"),
    "bytes that are no text": (b"\xff\xfe\xff", "not valid YAML"),
    "a date without quotation marks": (b"info: {version: 2024-03-01}", "info/version: 2024-03-01 is read as a date"),
    "an alias within itself": (b"a: &a {b: *a}", "a/b: holds itself"),
    "a number that is none": (b"a: .nan", "a: nan is not a number of JSON"),
    "a list": (b"[]", "does not hold an object"),
    "nothing": (b"", "does not hold an object"),
    "an empty object": (b"{}", "not valid OpenAPI 3.1"),
    "a key that is there twice": (b"a: {b: 1, b: 2}", "the key 'b' is there twice"),
    "a key that is no text": (b"a: {on: 1}", "the key 'on' is read as a bool"),
    "a date that is none": (b"a: 2024-99-99", "not valid YAML"),
    "a number of no digits": (b"a: 0b_", "not valid YAML"),
    "a very deep list": (b"a: " + b"[" * 2000 + b"]" * 2000, "not valid YAML"),
    "an older version": (b"{openapi: 3.0.3, info: {title: a, version: a}, paths: {}}", "openapi: not valid"),
}


@pytest.mark.parametrize(("content", "reason"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_contract_that_cannot_be_read_says_why(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "openapi.yaml").write_bytes(content)
    try:
        found = [f"{place}: {problem}" for place, problem in problems(read(tmp_path / "openapi.yaml"))]
    except ContractError as error:
        found = [str(error)]
    assert any(reason in each for each in found)


@pytest.mark.parametrize("arguments", [[], ["--check"]], ids=["write", "check"])
def test_a_contract_that_cannot_be_read_is_reported_and_changes_nothing(
    checkout: Checkout, arguments: list[str]
) -> None:
    checkout.contract.write_bytes(b"a: 2024-03-01")
    status, lines = checkout.run(*arguments)
    assert status == 2
    assert lines[1] == "  a: 2024-03-01 is read as a date: put it into quotation marks"
    assert len(lines) == 3
    assert checkout.is_as_it_was()


def test_a_missing_contract_is_reported(checkout: Checkout) -> None:
    status, lines = checkout.run()
    assert status == 2
    assert "No such file or directory" in lines[0]
    assert "openapi.yaml" in lines[0]


BROKEN_TEMPLATES = {
    "raises": ("raise RuntimeError('broken')", "hls_object.py: RuntimeError: broken"),
    "names nothing": ("def later() -> None:\n    nothing_of_that_name()", "nothing_of_that_name"),
    "warns": ("PATTERN = '\\d'", "W605"),
    "ends the process": ("raise SystemExit(7)", "ended with 7"),
    "is no Python": ("1x", "hls_object.py"),
    "cannot be rendered": ("{{ nothing.at.all }}", "UndefinedError: 'nothing' is undefined"),
}


@pytest.mark.parametrize(("code", "reason"), BROKEN_TEMPLATES.values(), ids=BROKEN_TEMPLATES)
def test_code_that_cannot_be_imported_replaces_nothing(checkout: Checkout, code: str, reason: str) -> None:
    checkout.write(CONTRACT)
    with (checkout.contract.parent / "codegen" / "templates" / "model.py.jinja").open("a") as template:
        template.write(f"\n{code}\n")
    status, lines = checkout.run()
    assert status == 2
    assert reason in "\n".join(lines)
    assert not any("Traceback" in line for line in lines)
    assert checkout.is_as_it_was()


def test_a_check_says_what_would_change_and_changes_nothing(checkout: Checkout) -> None:
    checkout.write(CONTRACT)
    status, lines = checkout.run("--check")
    assert status == 1
    assert "would change: __init__.py" in lines
    assert checkout.is_as_it_was()


def test_a_generation_replaces_the_whole_package_and_leaves_nothing_else(checkout: Checkout) -> None:
    shutil.copy(ROOT / "openapi.yaml", checkout.contract)
    (checkout.package / "gone.py").touch()
    assert checkout.run() == (0, [])
    assert sorted(path.name for path in checkout.package.parent.iterdir()) == ["twelvelabs_tasks_api"]
    assert not (checkout.package / "gone.py").exists()
    committed = ROOT / "generated" / "twelvelabs_tasks_api"
    for path in committed.rglob("*.py"):
        assert (checkout.package / path.relative_to(committed)).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("kind", ["executable", "link", "file beside", "folder"])
def test_a_check_sees_more_than_the_content_of_files(checkout: Checkout, kind: str) -> None:
    checkout.write(CONTRACT)
    assert checkout.run() == (0, [])
    module = checkout.package / "types.py"
    if kind == "executable":
        module.chmod(0o755)
    elif kind == "link":
        moved = checkout.contract.with_name("moved.py")
        module.rename(moved)
        module.symlink_to(moved)
    elif kind == "folder":
        (checkout.package / "more").mkdir()
    else:
        (checkout.package.parent / "more.py").touch()
    status, lines = checkout.run("--check")
    assert (status, len(lines)) == (1, 2)


def test_what_a_killed_generation_left_is_removed(checkout: Checkout) -> None:
    checkout.write(CONTRACT)
    (checkout.package.parent / ".twelvelabs_tasks_api-left" / "more").mkdir(parents=True)
    assert checkout.run() == (0, [])
    assert [path.name for path in checkout.package.parent.iterdir()] == ["twelvelabs_tasks_api"]


def test_a_first_generation_needs_no_folder(checkout: Checkout) -> None:
    checkout.write(CONTRACT)
    shutil.rmtree(checkout.package.parent)
    assert checkout.run() == (0, [])
    assert import_failures(checkout.package) == []
