"""`client.tasks.transfers.with_raw_response`: the same methods, which return the platform's answers as well."""

from __future__ import annotations

from ...core.raw import with_answer, with_awaited_answer
from ...core.transport import AsyncTransport, SyncTransport
from .client import AsyncTransfersClient, TransfersClient

__all__ = ["AsyncRawTransfersClient", "RawTransfersClient"]


class RawTransfersClient:
    """The methods of `TransfersClient`, each returning a `RawResponse`."""

    def __init__(self, transport: SyncTransport) -> None:
        self.create = with_answer(transport, TransfersClient, TransfersClient.create)
        self.get_status = with_answer(transport, TransfersClient, TransfersClient.get_status)
        self.get_logs = with_answer(transport, TransfersClient, TransfersClient.get_logs)


class AsyncRawTransfersClient:
    """The async twin of `RawTransfersClient`."""

    def __init__(self, transport: AsyncTransport) -> None:
        self.create = with_awaited_answer(transport, AsyncTransfersClient, AsyncTransfersClient.create)
        self.get_status = with_awaited_answer(transport, AsyncTransfersClient, AsyncTransfersClient.get_status)
        self.get_logs = with_awaited_answer(transport, AsyncTransfersClient, AsyncTransfersClient.get_logs)
