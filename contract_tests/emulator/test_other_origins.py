"""Pages of other origins, in a real browser and by what it would send: they read nothing and change nothing."""

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
from contract_tests.support.emulators import plant, refusal, token_of
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
    """A server with a page that asks for all it should not have.

    What it has no page for it passes on to the emulator, as if its name had been made to lead there in the meantime.
    """

    daemon_threads = True

    def __init__(self, emulator: Emulator) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
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


class Visit(BaseHTTPRequestHandler):
    """A request of the browser."""

    def _answer(self) -> None:
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
                answer = httpx.request(self.command, url, headers=headers, content=body, trust_env=False)
                self._send(answer.status_code, answer.content)

    do_GET = do_POST = do_DELETE = do_PATCH = do_OPTIONS = _answer  # noqa: N815 - as in the standard library

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as in the standard library
        """Say nothing."""


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
    """Look at a page."""
    command = [
        browser, *FLAGS, f"--user-data-dir={folder / 'profile'}", f"--screenshot={folder / 'screenshot.png'}",
        f"--host-resolver-rules=MAP {NAME} 127.0.0.1", url,
    ]  # fmt: skip
    subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)


def state(emulator: Emulator) -> dict[str, Any]:
    """Return all that a page could change."""
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
        answers = [(found["path"], found.get("status")) for found in attacker.found]
        assert answers[0] == ("/v1.3/tasks", 200)
        assert SECRET in attacker.found[0]["body"]
        assert answers[2] == ("/v1.3/tasks", 200)
        assert {status for path, status in answers if path.startswith("/_emulator")} <= {None, 0}
        assert emulator.scenarios == []
        assert [received.status for received in emulator.received if received.method == "POST"] == [200, 401]


# What a browser would send, and what others do


HOSTS = ["evil.test", "evil.test:80", "localhost.evil.test", "127.0.0.1.evil.test", "10.0.0.1", "[::2]", "", "a b", "@"]


@pytest.mark.parametrize("path", ["/v1.3/tasks", "/_emulator", "/docs", "/openapi.json", "/media/x", "/none"])
@pytest.mark.parametrize("host", HOSTS)
def test_requests_to_another_host_are_refused(host: str, path: str, emulator: Emulator) -> None:
    headers = {"host": host, "x-api-key": KEY, **token_of(emulator)}
    answer = httpx.get(emulator.url + path, headers=headers)
    assert refusal(answer)[:2] == (403, "forbidden")
    assert emulator.received == []


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1", "127.1.2.3:80", "[::1]", "[::1]:80"])
def test_the_names_of_the_loopback_address_are_answered(host: str, emulator: Emulator) -> None:
    assert httpx.get(f"{emulator.base_url}/tasks", headers={"host": host, "x-api-key": KEY}).status_code == 200


def test_other_hosts_are_answered_where_that_was_asked_for() -> None:
    with Emulator(allowed_hosts=["emulator", "ci.example"]) as emulator:
        for host, status in [("emulator:80", 200), ("CI.example", 200), ("x.ci.example", 403)]:
            headers = {"host": host, "x-api-key": "k"}
            assert httpx.get(f"{emulator.base_url}/tasks", headers=headers).status_code == status


CROSS = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:1"},
    {"sec-fetch-site": "nonsense"},
    {"origin": "http://evil.test"},
    {"origin": "null"},
    {"origin": "http://127.0.0.1"},
]


@pytest.mark.parametrize("headers", CROSS, ids=str)
def test_requests_from_another_origin_are_refused(headers: dict[str, str], emulator: Emulator) -> None:
    for path in ("/v1.3/tasks", "/_emulator", "/_emulator/reset", "/_emulator/health"):
        for method in ("GET", "POST", "OPTIONS"):
            answer = httpx.request(
                method, emulator.url + path, headers={"x-api-key": KEY, **token_of(emulator), **headers}
            )
            assert refusal(answer)[:2] == (403, "forbidden")
            assert not [name for name in answer.headers if name.startswith("access-control")]
    assert emulator.received == []


def test_the_pages_of_the_emulator_itself_are_answered(emulator: Emulator) -> None:
    for headers in ({"sec-fetch-site": "same-origin"}, {"origin": emulator.url}, {"sec-fetch-site": "none"}):
        answer = httpx.get(f"{emulator.base_url}/tasks", headers={"x-api-key": KEY, **headers})
        assert answer.status_code == 200


def test_an_allowed_origin_is_asked_for_beforehand_and_told_so() -> None:
    origin = "http://localhost:3000"
    with Emulator(cors_origins=[origin]) as emulator:
        asked = {
            "origin": origin,
            "access-control-request-method": "DELETE",
            "access-control-request-headers": "x-api-key",
            "sec-fetch-site": "same-site",
        }
        answer = httpx.options(f"{emulator.base_url}/tasks/1", headers=asked)
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == origin
        assert "DELETE" in answer.headers["access-control-allow-methods"]
        assert "x-api-key" in answer.headers["access-control-allow-headers"]
        answer = httpx.get(f"{emulator.base_url}/tasks", headers={"origin": origin, "x-api-key": "k"})
        assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, origin)
        for other in ("http://localhost:3001", f"{origin}.evil.test", "null"):
            assert httpx.get(f"{emulator.base_url}/tasks", headers={"origin": other}).status_code == 403
        refused = httpx.get(f"{emulator.url}/_emulator", headers={"origin": origin, **token_of(emulator)})
        assert refused.status_code == 403


@pytest.mark.parametrize("path", ["", "/clock", "/scenarios", "/requests", "/settings", "/failures", "/none"])
def test_the_controls_need_the_token(path: str, emulator: Emulator) -> None:
    url = f"{emulator.url}/_emulator{path}"
    for headers in (
        {},
        {"authorization": "Bearer x"},
        {"authorization": f"Basic {emulator.token}"},
        {"x-api-key": KEY},
    ):
        answer = httpx.get(url, headers=headers)
        assert refusal(answer)[:2] == (401, "token_invalid")
        assert answer.headers["www-authenticate"] == "Bearer"
    assert httpx.get(url, headers=token_of(emulator)).status_code == (404 if path == "/none" else 200)


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", None])
def test_the_controls_take_nothing_that_a_page_may_send_anywhere(media_type: str | None, emulator: Emulator) -> None:
    headers = token_of(emulator) | ({"content-type": media_type} if media_type else {})
    answer = httpx.post(f"{emulator.url}/_emulator/scenarios", content=b'{"status": 500}', headers=headers)
    assert refusal(answer) == (400, "parameter_invalid", "The `Content-Type` parameter is invalid.")
    assert emulator.scenarios == []


def test_its_health_is_told_to_every_program(emulator: Emulator) -> None:
    answer = httpx.get(f"{emulator.url}/_emulator/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "has_room": True})


def test_no_key_is_kept_in_the_log(emulator: Emulator) -> None:
    secrets = {"x-api-key": KEY, "authorization": "Bearer tlk_other", "cookie": "session=tlk_other"}
    for key in (KEY, "tlk_wrong"):
        httpx.get(f"{emulator.base_url}/tasks", headers=secrets | {"x-api-key": key})
    listed = httpx.get(f"{emulator.url}/_emulator/requests", headers=token_of(emulator)).text
    assert "tlk_" not in listed + repr(emulator.received)
    first, second = (received.headers["x-api-key"] for received in emulator.received)
    assert first != second  # They can be told apart.


def test_other_machines_are_let_in_with_a_key_of_their_own_only(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ValueError, match=r"Other machines can reach 0\.0\.0\.0: pass the API key that they need"):
        Emulator(host="0.0.0.0").start()
    with Emulator(host="0.0.0.0", api_key=KEY) as emulator:
        assert httpx.get(f"{emulator.base_url}/tasks", headers={"x-api-key": KEY}).status_code == 200
    assert "Other machines can reach the emulator at 0.0.0.0" in caplog.text


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"allowed_hosts": ["a b"]}, "allowed_hosts: 'a b' is not a host name"),
        ({"allowed_hosts": ["http://a"]}, "allowed_hosts: 'http://a' is not a host name"),
        ({"allowed_hosts": "emulator"}, "allowed_hosts must be a list of strings"),
        ({"cors_origins": ["localhost:3000"]}, "cors_origins: 'localhost:3000' is not an origin"),
        ({"cors_origins": ["http://a/"]}, "cors_origins: 'http://a/' is not an origin"),
        ({"token": "a b"}, "token must be"),
        ({"token": ""}, "token must be"),
    ],
)
def test_nonsense_is_refused(arguments: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=r"\S") as refused:
        Emulator(**arguments)
    assert problem in str(refused.value)
