"""Import a library and make its client; and then retrieve a first task, for which more may have to be imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.programs.running import main

if TYPE_CHECKING:
    import httpx


def this() -> None:
    import twelvelabs_tasks

    twelvelabs_tasks.TwelveLabs(api_key="any")


def plain() -> None:
    import httpx

    httpx.Client()


def vendor() -> None:
    import twelvelabs

    twelvelabs.TwelveLabs(api_key="any")


def this_and_first_task() -> None:
    import twelvelabs_tasks

    twelvelabs_tasks.TwelveLabs(api_key="any", httpx_client=offline_client()).tasks.retrieve("1")


def plain_and_first_task() -> None:
    offline_client().get("https://platform.test/tasks/1").json()


def vendor_and_first_task() -> None:
    import twelvelabs

    twelvelabs.TwelveLabs(api_key="any", httpx_client=offline_client()).tasks.retrieve("1")


def offline_client() -> httpx.Client:
    """Return a client that gets its responses without a network."""
    import httpx

    httpx.Client()  # as one is made that has a network
    return httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, json={"_id": "1"})))


if __name__ == "__main__":
    main(
        {
            "this": this,
            "httpx": plain,
            "vendor": vendor,
            "this_and_first_task": this_and_first_task,
            "httpx_and_first_task": plain_and_first_task,
            "vendor_and_first_task": vendor_and_first_task,
        }
    )
