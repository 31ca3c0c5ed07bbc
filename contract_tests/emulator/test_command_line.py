"""The command line: it says what to do next, ends cleanly, and explains in one line what is wrong."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract_tests.support.emulator_processes import COMMAND, ServerProcess
from contract_tests.support.videos import Videos
from twelvelabs_emulator.cli import main
from twelvelabs_tasks import TwelveLabs

pytestmark = pytest.mark.slow

INTEGRATION = "63a2eb29d1d15aaa6d2a6b2c"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=30)


def test_serve_prints_where_it_listens_its_index_and_what_to_export(
    videos: Videos, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ServerProcess("--stage-seconds", "0") as server:
        assert re.fullmatch(r"Listening at http://127\.0\.0\.1:\d+/v1\.3", server.printed[0])
        assert re.fullmatch(r"Index        [0-9a-f]{24}", server.printed[1])
        assert re.fullmatch(r"Try it at    http://127\.0\.0\.1:\d+/docs", server.printed[2])
        assert server.environment.keys() == {
            "TWELVELABS_BASE_URL",
            "TWELVELABS_EMULATOR_TOKEN",
            "TWELVE_LABS_API_KEY",
        }
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        with TwelveLabs() as client:
            task = client.tasks.create(index_id=server.index_id, video_file=videos.cheap(), enable_video_stream=False)
            assert client.tasks.wait_for_done(task.id, sleep_interval=0.01).status == "ready"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=["SIGINT", "SIGTERM"])
def test_ctrl_c_and_a_polite_kill_end_it_with_0_and_no_word(how: int) -> None:
    with ServerProcess() as server:
        assert server.stop(how) == (0, "")


def test_ctrl_c_ends_it_while_a_stream_is_made_and_a_client_is_connected(videos: Videos, tmp_path: Path) -> None:
    video = videos.make("slow.mp4", duration=20.0, codec="mpeg4", width=1280, height=720)
    with (
        ServerProcess("--data-dir", tmp_path, "--stage-seconds", "0") as server,
        TwelveLabs(api_key="any", base_url=server.base_url) as client,
    ):
        task = client.tasks.create(index_id=server.index_id, video_file=video)
        assert client.tasks.retrieve(task.id).status == "indexing"
        assert server.stop() == (0, "")


def test_a_temporary_data_folder_is_removed_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with ServerProcess() as server:
        assert len(list(tmp_path.glob("twelvelabs-emulator-*"))) == 1
        server.stop()
    assert list(tmp_path.iterdir()) == []


SERVE = "--host --port --data-dir --api-key --index-id --stage-seconds --rate-limit --credit-seconds --max-bytes"
SERVE += " --allowed-host --cors-origin --token --verbose"
SAMPLE = "PATH --duration --width --height --codec --rotation --no-audio"


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        ("", "serve sample-video"),
        ("serve", f"{SERVE} --integration --scenario ctrl-C s3:// /docs /_emulator"),
        ("sample-video", SAMPLE),
    ],
)
def test_help_is_complete(command: str, wanted: str) -> None:
    printed = run(*command.split(), "--help")
    assert (printed.returncode, printed.stderr) == (0, "")
    assert [word for word in wanted.split() if word not in printed.stdout] == []
    assert "None" not in printed.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "line"),
    [
        (
            ["serve", "--port", "0", "--data-dir", "/proc/none"],
            1,
            "Cannot use the data folder /proc/none: No such file or directory.",
        ),
        (["serve", "--port", "0", "--data-dir", __file__], 1, f"Cannot use the data folder {__file__}: "),
        (["serve", "--host", "192.0.2.1", "--api-key", "k"], 1, "Cannot listen at 192.0.2.1:8321: "),
        (["serve", "--stage-seconds", "nan"], 2, "stage_seconds must be a number"),
        (["serve", "--index-id", "1"], 2, "index_id: '1' is not an id of 24 hexadecimal digits."),
        (["serve", "--api-key", ""], 2, "api_key must be a non-empty string"),
        (["serve", "--integration", "nonsense"], 2, "serve: argument --integration: 'nonsense' is not ID=FOLDER"),
        (["serve", "--integration", f"{INTEGRATION}=/none"], 2, "/none is not a folder."),
        (["serve", "--port", "0", "--integration", f"{INTEGRATION}=none://place"], 2, "Protocol not known: none."),
        (["serve", "--integration", "1=."], 2, "integrations: '1' is not an id of 24 hexadecimal digits."),
        (["serve", "--scenario", "{"], 2, "serve: argument --scenario: '{' is not JSON: "),
        (["serve", "--scenario", "[]"], 2, "serve: argument --scenario: '[]' is not a JSON object"),
        (["serve", "--port", "65536"], 2, "serve: argument --port: '65536' is not a number from 0 to 65535"),
        (["serve", "--nonsense"], 2, "unrecognized arguments: --nonsense"),
        ([], 2, "the following arguments are required: COMMAND"),
        (["sample-video", "/none/video.mp4"], 1, "Cannot make /none/video.mp4: "),
        (["sample-video", "video.nonsense"], 2, "Cannot make video.nonsense: "),
        (["sample-video", "video.mp4", "--duration", "-1"], 2, "duration must be greater than 0 seconds, not -1.0"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_is_wrong_is_one_line(
    arguments: list[str],
    status: int,
    line: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(signal, "signal", lambda *_: None)  # The process is that of the tests.
    try:
        ended = main(arguments)
    except SystemExit as exited:
        ended = int(exited.code or 0)
    printed = capsys.readouterr()
    assert (ended, printed.out) == (status, "")
    assert printed.err.startswith("twelvelabs-emulator")
    assert line in printed.err
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize(
    ("scenario", "problem"),
    [
        ({"operation": "remove_task"}, "Unknown operation 'remove_task'"),
        ({"operation": "list_tasks", "state": 500}, "--scenario: "),
        ({"status": 99}, "status must be an integer"),
    ],
)
def test_a_scenario_that_cannot_be_is_one_line(scenario: dict[str, Any], problem: str) -> None:
    refused = run("serve", "--port", "0", "--scenario", json.dumps(scenario))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert problem in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_scenarios_happen_from_the_start() -> None:
    scenarios: list[dict[str, Any]] = [
        {"operation": "list_tasks", "status": 429, "retry_after": 0},
        {"operation": "list_tasks", "status": 200, "body": {"data": [{"_id": "1"}]}},
    ]
    with (
        ServerProcess(*(each for scenario in scenarios for each in ("--scenario", json.dumps(scenario)))) as server,
        TwelveLabs(api_key="any", base_url=server.base_url) as client,
    ):
        assert [task.id for task in client.tasks.list()] == ["1"]
        assert client.tasks.list().items == []


def test_a_busy_port_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        refused = run("serve", "--port", str(port))
    message = f"twelvelabs-emulator: Cannot listen at 127.0.0.1:{port}: Address already in use.\n"
    assert (refused.returncode, refused.stdout, refused.stderr) == (1, "", message)


def test_a_second_emulator_on_a_data_folder_is_refused_in_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    with ServerProcess("--data-dir", tmp_path) as server:
        refused = run("serve", "--port", "0", "--data-dir", tmp_path)
        message = f"twelvelabs-emulator: Another emulator is running on the data folder {tmp_path}.\n"
        assert (refused.returncode, refused.stdout, refused.stderr) == (1, "", message)
        assert list((tmp_path / "incoming").iterdir()) == []
        with TwelveLabs(api_key="any", base_url=server.base_url) as client:
            assert client.tasks.list().items == []
        assert server.stop() == (0, "")
    with ServerProcess("--data-dir", tmp_path) as again:
        assert again.index_id == server.index_id


def test_a_file_that_is_not_a_database_is_one_line(tmp_path: Path) -> None:
    with ServerProcess("--data-dir", tmp_path) as server:
        assert server.stop() == (0, "")
    (tmp_path / "emulator.sqlite3").write_text("No database at all, but a text that is long enough. " * 10)
    refused = run("serve", "--port", "0", "--data-dir", tmp_path)
    assert refused.returncode == 1
    assert "is not a database of the emulator" in refused.stderr
    assert refused.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "absent"),
    [
        ("serve --port 0", "starlette"),
        ("serve --port 0", "uvicorn"),
        ("serve --port 0", "av"),
        ("sample-video video.mp4", "av"),
    ],
)
def test_a_missing_extra_is_one_line(command: str, absent: str) -> None:
    program = f"import sys; sys.modules[{absent!r}] = None; from twelvelabs_emulator import cli; sys.exit(cli.main())"
    ended = subprocess.run(
        [sys.executable, "-c", program, *command.split()], capture_output=True, text=True, check=False, timeout=30
    )
    assert ended.returncode == 1
    assert f"{absent!r}" in ended.stderr
    assert "pip install 'twelvelabs-tasks[emulator]'" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_the_command_makes_a_sample_video(tmp_path: Path) -> None:
    path = tmp_path / "sample.mp4"
    made = run("sample-video", path, "--duration", "11")
    assert (made.returncode, made.stdout) == (0, f"{path}\n")
    with (
        ServerProcess() as server,
        TwelveLabs(api_key="any", base_url=server.base_url) as client,
        httpx.Client() as http,
    ):
        task = client.tasks.create(index_id=server.index_id, video_file=path, enable_video_stream=False)
        metadata = client.tasks.retrieve(task.id).system_metadata
        assert metadata is not None
        assert metadata.duration == 11.0
        assert http.get(f"{server.url}/docs").status_code == 200
