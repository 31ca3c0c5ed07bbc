"""A data folder is the emulator's only if it says so; whatever else lies on the disk is never touched."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import pytest

from contract_tests.support.emulator_processes import COMMAND, ServerProcess
from twelvelabs_emulator import Emulator


def contents(folder: Path) -> dict[str, bytes | None]:
    """Return what lies in a folder, folders as `None`."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


@pytest.mark.slow
@pytest.mark.parametrize(
    "names",
    [["videos/holiday.mp4"], ["incoming/a/b.mp4"], ["media/list.m3u8"], ["notes.txt"], [".hidden"], ["videos/"]],
    ids=str,
)
def test_a_folder_that_is_not_the_emulators_is_refused_by_name_and_left_as_it_is(
    names: list[str], tmp_path: Path
) -> None:
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir() if name.endswith("/") else path.write_bytes(b"mine")
    before = contents(tmp_path)
    refused = subprocess.run(
        [COMMAND, "serve", "--port", "0", "--data-dir", tmp_path],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith(f"twelvelabs-emulator: {tmp_path} is not a data folder of the emulator: ")
    assert refused.stderr.count("\n") == 1
    assert contents(tmp_path) == before


@pytest.mark.slow
@pytest.mark.parametrize("exists", [True, False], ids=["empty", "new"])
def test_an_empty_or_new_folder_becomes_the_emulators_and_is_known_again(exists: bool, tmp_path: Path) -> None:
    folder = tmp_path / "a" / "data"
    if exists:
        folder.mkdir(parents=True)
    with Emulator(folder) as first:
        index_id = first.index_id
    with Emulator(folder) as second:
        assert second.index_id == index_id


def test_files_that_others_put_into_a_data_folder_are_never_touched(tmp_path: Path) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "film.mp4").write_bytes(b"mine")
    with Emulator(data):
        pass
    for name in ("videos", "incoming", "media"):
        (data / name / "own.mp4").write_bytes(b"mine")
        (data / name / "folder").mkdir()
        (data / name / "folder" / "own.mp4").write_bytes(b"mine")
        (data / name / ("0" * 24)).symlink_to(elsewhere, target_is_directory=True)
    before = contents(data) | contents(elsewhere)
    with Emulator(data) as emulator:
        emulator.reset()
        assert (contents(data) | contents(elsewhere)).items() >= before.items()


def test_what_was_left_half_done_is_still_swept_away(tmp_path: Path) -> None:
    with Emulator(tmp_path / "data"):
        pass
    left = [tmp_path / "data" / name / ("a" * 24) for name in ("videos", "incoming", "media")]
    for path in left[:2]:
        path.write_bytes(b"half")
    (left[2] / "stream").mkdir(parents=True)
    (left[2] / "stream" / f"{left[2].name}.00000.ts").write_bytes(b"half")
    with Emulator(tmp_path / "data"):
        assert not any(path.exists() for path in left)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["videos", "incoming", "media"])
def test_a_folder_that_leads_elsewhere_is_refused(name: str, tmp_path: Path) -> None:
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / ("a" * 24)).write_bytes(b"mine")
    with Emulator(data):
        pass
    (data / name).rmdir()
    (data / name).symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(OSError, match=f"{name} is not a folder of its own"):
        Emulator(data).start()
    assert (elsewhere / ("a" * 24)).read_bytes() == b"mine"


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda how: how.name)
def test_every_polite_end_removes_the_temporary_folder(
    how: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with ServerProcess() as server:
        assert len(list(tmp_path.glob("twelvelabs-emulator-*"))) == 1
        assert server.stop(how) == (0, "")
    assert list(tmp_path.iterdir()) == []
