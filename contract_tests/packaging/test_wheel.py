"""What users get: the wheel, installed into empty environments outside the checkout."""

import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("wheel"),
    pytest.mark.timeout(300),  # builds the wheel, and installs it with its dependencies
]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT)
    (built,) = folder.glob("*.whl")
    return built


def test_the_contract_and_the_type_markers_travel_with_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        contract = archive.read("twelvelabs_tasks_api/openapi.yaml")
    assert contract == (ROOT / "openapi.yaml").read_bytes()
    packages = ("twelvelabs_tasks", "twelvelabs_tasks_api", "twelvelabs_emulator")
    assert {f"{package}/py.typed" for package in packages} <= names
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == set(packages)


def test_the_library_needs_its_own_dependencies_alone(wheel: Path, tmp_path: Path) -> None:
    python = environment(tmp_path, str(wheel))
    loaded = run(python, "-c", "import sys, twelvelabs_tasks; print(*sys.modules)", cwd=tmp_path).split()
    assert "twelvelabs_tasks" in loaded
    assert not {"twelvelabs_emulator", "av", "starlette", "yaml"} & set(loaded)
    version = run(python, "-c", "import twelvelabs_tasks; print(twelvelabs_tasks.__version__)", cwd=tmp_path).strip()
    assert f"-{version}-" in wheel.name
    requirements = run(python, "-m", "pip", "show", "twelvelabs-tasks", cwd=tmp_path)
    assert re.search(r"^Requires: attrs, httpx$", requirements, flags=re.MULTILINE)


def test_the_demo_runs_from_the_wheel_with_the_emulator_extra(wheel: Path, tmp_path: Path) -> None:
    python = environment(tmp_path, f"{wheel}[emulator]")
    script = tmp_path / "demo.py"
    script.write_bytes((ROOT / "demo.py").read_bytes())
    assert "Done: a real video was uploaded" in run(python, script, cwd=tmp_path)


def environment(folder: Path, requirement: str) -> Path:
    """Make an empty environment, install into it, and return its interpreter."""
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(python, "-m", "pip", "install", "--quiet", "--constraint", ROOT / "constraints.txt", requirement)
    return python


def run(*command: str | Path, cwd: Path | None = None) -> str:
    """Run a command that must succeed, and return what it prints."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV", "TWELVE"))}
    result = subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout
