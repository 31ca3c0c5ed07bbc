"""`client.tasks.with_raw_response`: the methods of `client.tasks`, which return the platform's answers as well."""

from __future__ import annotations

from ..core.raw import with_answer, with_awaited_answer
from ..core.transport import AsyncTransport, SyncTransport
from .async_client import AsyncTasksClient
from .client import TasksClient

__all__ = ["AsyncRawTasksClient", "RawTasksClient"]


class RawTasksClient:
    """The methods of `TasksClient` that ask once, each returning a `RawResponse`."""

    def __init__(self, transport: SyncTransport) -> None:
        self.create = with_answer(transport, TasksClient, TasksClient.create)
        self.retrieve = with_answer(transport, TasksClient, TasksClient.retrieve)
        self.list = with_answer(transport, TasksClient, TasksClient.list)
        self.delete = with_answer(transport, TasksClient, TasksClient.delete)


class AsyncRawTasksClient:
    """The async twin of `RawTasksClient`."""

    def __init__(self, transport: AsyncTransport) -> None:
        self.create = with_awaited_answer(transport, AsyncTasksClient, AsyncTasksClient.create)
        self.retrieve = with_awaited_answer(transport, AsyncTasksClient, AsyncTasksClient.retrieve)
        self.list = with_awaited_answer(transport, AsyncTasksClient, AsyncTasksClient.list)
        self.delete = with_awaited_answer(transport, AsyncTasksClient, AsyncTasksClient.delete)
