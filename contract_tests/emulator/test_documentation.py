"""The documentation comes from the contract itself, needs no network, and lets a reader try every operation."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
import yaml

from twelvelabs_emulator import Emulator
from twelvelabs_emulator.http.contract import load_contract

ROOT = Path(__file__).parents[2]
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture
def page(emulator: Emulator) -> str:
    """The page as it is served."""
    return httpx.get(emulator.documentation_url).text


class References(HTMLParser):
    """Collects what a page refers to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str | None] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.found += [value for name, value in attrs if name in ("src", "href", "action", "data", "srcset", "poster")]


def test_the_page_references_nothing_external(page: str) -> None:
    references = References(page)
    assert references.found == ["openapi.yaml", "openapi.json"]
    assert references.tags.isdisjoint({"link", "iframe", "object", "embed", "base", "img"})
    assert not re.search(r"https?:|//[a-z]|@import|url\(|\bimport\b|WebSocket|EventSource|sendBeacon", page)
    assert re.findall(r"fetch\(([^)]*)\)", page) == ["url, options", '"openapi.json"']


def test_a_browser_loads_nothing_from_elsewhere(emulator: Emulator) -> None:
    policy = httpx.get(emulator.documentation_url).headers["content-security-policy"]
    sources = dict(part.split(maxsplit=1) for part in policy.split("; "))
    assert sources["default-src"] == "'none'"
    assert sources["connect-src"] == "'self'"
    assert "http" not in policy


def test_the_contract_is_served_as_it_stands(emulator: Emulator) -> None:
    served = httpx.get(f"{emulator.url}/openapi.yaml")
    assert served.content == (ROOT / "openapi.yaml").read_bytes()
    assert served.headers["content-type"] == "application/yaml"


def test_the_contract_is_served_as_json_with_the_emulator_as_its_server(emulator: Emulator) -> None:
    served = httpx.get(f"{emulator.url}/openapi.json").json()
    document = yaml.safe_load((ROOT / "openapi.yaml").read_text())
    assert served.pop("servers") == [{"url": emulator.base_url, "description": "This emulator"}]
    del document["servers"]
    assert served == document


def test_other_methods_are_refused_and_head_is_allowed(emulator: Emulator) -> None:
    for path in ("/docs", "/openapi.json", "/openapi.yaml"):
        refused = httpx.post(emulator.url + path)
        assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD")
        assert httpx.head(emulator.url + path).status_code == 200
        assert httpx.get(emulator.url + path + "x").status_code == 404


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="No browser is installed: apt-get install chromium")
def test_a_browser_shows_every_operation_and_sends_a_request(emulator: Emulator, tmp_path: Path) -> None:
    assert BROWSER is not None
    shown = subprocess.run(
        [
            BROWSER,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={tmp_path}",
            "--virtual-time-budget=5000",
            "--dump-dom",
            f"{emulator.documentation_url}#try=list_tasks",
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    operations = re.findall(r'<details id="(\w+)"', shown)
    assert sorted(operations) == sorted(load_contract().operations)
    assert "video_resolution_too_low" in shown  # An example of a response.
    assert [received.operation for received in emulator.received] == ["list_tasks"]
    assert '"total_results": 0' in shown
