"""`client.tasks.with_raw_response`: the methods of `client.tasks`, each returning its response as well."""

from __future__ import annotations

from twelvelabs_tasks_api.api.tasks.async_raw_client import AsyncRawTasksClient as PlainAsyncRawTasksClient
from twelvelabs_tasks_api.api.tasks.raw_client import RawTasksClient as PlainRawTasksClient

from ..core._async_transport import AsyncTransport
from ..core._raw import with_awaited_response, with_response
from ..core._sync_transport import SyncTransport
from ._async_client import AsyncTasksClient
from ._client import TasksClient

__all__ = ["AsyncRawTasksClient", "RawTasksClient"]


class RawTasksClient(PlainRawTasksClient):
    """The methods of `TasksClient` that send one request, each returning a `RawResponse`."""

    def __init__(self, transport: SyncTransport) -> None:
        super().__init__(transport)
        self.create = with_response(transport, TasksClient, TasksClient.create)


class AsyncRawTasksClient(PlainAsyncRawTasksClient):
    """The async twin of `RawTasksClient`."""

    def __init__(self, transport: AsyncTransport) -> None:
        super().__init__(transport)
        self.create = with_awaited_response(transport, AsyncTasksClient, AsyncTasksClient.create)
