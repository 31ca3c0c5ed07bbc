"""List 100 pages of 50 tasks. The responses are there already, so that everything but the network is measured."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from benchmarks import samples
from benchmarks.programs.running import main

PAGES, LIMIT = 100, 50
BASE_URL = "https://platform.test/v1.3"


def this(times: str) -> Callable[[], None]:
    from twelvelabs_tasks import TwelveLabs

    client = TwelveLabs(api_key="any", base_url=BASE_URL, httpx_client=platform())
    return warm(lambda: sum(1 for task in client.tasks.list(page_limit=LIMIT) if task.status == "ready"), times)


def plain(times: str) -> Callable[[], None]:
    http = platform()

    def count_ready() -> int:
        number, last, ready = 1, 1, 0
        while number <= last:
            parameters = {"page": number, "page_limit": LIMIT}
            response = http.get(f"{BASE_URL}/tasks", params=parameters, headers={"x-api-key": "any"})
            body = response.raise_for_status().json()
            ready += sum(1 for task in body["data"] if task["status"] == "ready")
            number, last = number + 1, body["page_info"]["total_page"]
        return ready

    return warm(count_ready, times)


def vendor(times: str) -> Callable[[], None]:
    from twelvelabs import TwelveLabs

    client = TwelveLabs(api_key="any", base_url=BASE_URL, httpx_client=platform())
    return warm(lambda: sum(1 for task in client.tasks.list(page_limit=LIMIT) if task.status == "ready"), times)


def platform() -> httpx.Client:
    """Return a client whose requests get responses without leaving the process."""
    pages = [samples.page(number, LIMIT, PAGES * LIMIT) for number in range(1, PAGES + 1)]

    def respond(request: httpx.Request) -> httpx.Response:
        number = int(request.url.params.get("page", 1))
        body = pages[number - 1] if number <= PAGES else b'{"data": []}'  # the vendor's SDK asks for one page more
        return httpx.Response(200, headers={"Content-Type": "application/json"}, content=body)

    return httpx.Client(transport=httpx.MockTransport(respond))


def warm(list_all: Callable[[], int], times: str) -> Callable[[], None]:
    """Return a function that lists all so many times, having done so once."""

    def run() -> None:
        for _ in range(int(times)):
            list_all()

    assert list_all() == PAGES * LIMIT
    return run


if __name__ == "__main__":
    main({"this": this, "httpx": plain, "vendor": vendor})
