"""Iterate over as many tasks as are asked for."""

from __future__ import annotations

import httpx

from benchmarks import samples
from benchmarks.programs.running import main

LIMIT = 50


def this(count: str) -> None:
    from twelvelabs_tasks import TwelveLabs

    total = int(count)
    body = samples.page(1, LIMIT, total)

    def respond(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"Content-Type": "application/json"}, content=body)

    with httpx.Client(transport=httpx.MockTransport(respond)) as http:
        client = TwelveLabs(api_key="any", base_url="https://platform.test", httpx_client=http)
        assert sum(1 for _ in client.tasks.list(page_limit=LIMIT)) == total


if __name__ == "__main__":
    main({"this": this})
