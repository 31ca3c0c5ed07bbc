"""A platform that keeps nothing, and responds with what was requested."""

from __future__ import annotations

from contract_tests.support.http_server import Arrival, raw_response
from contract_tests.support.samples import created, page, problem, task

__all__ = ["echo"]


def echo(arrival: Arrival) -> list[bytes]:
    """Respond with what was requested, so that nobody can take the response to another request for theirs."""
    path, _, query = arrival.target.partition("?")
    if arrival.method == "POST":
        index_id = arrival.body.split(b'name="index_id"\r\n\r\n')[1].split(b"\r\n")[0].decode()
        return [raw_response(created(_id=index_id))]
    if path == "/tasks":
        return [raw_response(page([task(_id=query.partition("index_id=")[2].partition("&")[0])], total_page=2))]
    task_id = path.rpartition("/")[2]
    return [
        raw_response(problem(message=task_id), 404) if task_id.startswith("no-") else raw_response(task(_id=task_id))
    ]
