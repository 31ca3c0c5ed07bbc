"""`client.tasks.transfers`: import all videos of a cloud storage integration, and follow the imports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...core.request_options import RequestOptions
from ...core.transport import AsyncTransport, SyncTransport
from ...types import TransfersCreateResponse, TransfersGetLogsResponse, TransfersGetStatusResponse
from .calls import create_call, get_logs_call, get_status_call

if TYPE_CHECKING:
    from .raw_client import AsyncRawTransfersClient, RawTransfersClient

__all__ = ["AsyncTransfersClient", "TransfersClient"]


class TransfersClient:
    """Imports of cloud storage integrations. Deprecated by the platform. Reached as `client.tasks.transfers`."""

    def __init__(self, transport: SyncTransport) -> None:
        self._transport = transport

    @property
    def with_raw_response(self) -> RawTransfersClient:
        """The same methods, each returning a `RawResponse`: its result with the status and headers of the answer."""
        from .raw_client import RawTransfersClient  # here, because it is made of this class

        return RawTransfersClient(self._transport)

    def create(
        self,
        integration_id: str,
        *,
        index_id: str,
        incremental_import: bool | None = None,
        retry_failed: bool | None = None,
        user_metadata: Mapping[str, Any] | None = None,
        request_options: RequestOptions | None = None,
    ) -> TransfersCreateResponse:
        """Start to import all videos of an integration (deprecated).

        Returns at once; the videos are uploaded and indexed afterwards, each as a video indexing task under the
        identifier of its video. One import at a time runs for an integration.

        Args:
            integration_id: The unique identifier of the integration.
            index_id: The unique identifier of the index to which the videos are being uploaded.
            incremental_import: Whether to skip videos that the index already holds. Default: that of the platform,
                `True`.
            retry_failed: Whether to try files again that failed in an earlier import. Default: that of the platform,
                `False`.
            user_metadata: Metadata for all videos of this import: strings, integers, floats or booleans by name.
            request_options: Options for this request only.

        Returns:
            The videos that will be imported, and the files that will not, with the reason.

        Raises:
            ValueError: `integration_id` is empty or a dot segment.
            errors.BadRequestError: A parameter is invalid, or an import is running (code `import_in_progress`).
            errors.NotFoundError: There is no such integration or index.
            errors.ApiError: The platform refused the request for another reason.
            errors.ApiConnectionError: No answer came. The import may have started all the same: see `get_logs`.

        Example:
            answer = client.tasks.transfers.create("63a2eb29d1d15aaa6d2a6b2c", index_id="6298d673f1090f1100476d4c")
            for video in answer.videos or []:
                print(video.video_id, video.filename)
        """
        return self._transport.call(
            create_call(
                integration_id,
                index_id=index_id,
                incremental_import=incremental_import,
                retry_failed=retry_failed,
                user_metadata=user_metadata,
                request_options=request_options,
            )
        )

    def get_status(
        self, integration_id: str, *, index_id: str, request_options: RequestOptions | None = None
    ) -> TransfersGetStatusResponse:
        """Retrieve the videos of an integration and an index, grouped by the status of their import (deprecated).

        Args:
            integration_id: The unique identifier of the integration.
            index_id: The unique identifier of the index.
            request_options: Options for this request only.

        Returns:
            A list of videos for each status; a list may be `None`.

        Raises:
            ValueError: `integration_id` is empty or a dot segment.
            errors.NotFoundError: There is no such integration or index.
            errors.ApiError: The platform refused the request for another reason.
            errors.ApiConnectionError: No answer came, also after the retries that are allowed.

        Example:
            status = client.tasks.transfers.get_status("63a2eb29d1d15aaa6d2a6b2c", index_id="6298d673f1090f1100476d4c")
            for video in status.ready or []:
                print(video.video_id, video.filename, video.created_at)
        """
        return self._transport.call(get_status_call(integration_id, index_id=index_id, request_options=request_options))

    def get_logs(
        self, integration_id: str, *, request_options: RequestOptions | None = None
    ) -> TransfersGetLogsResponse:
        """Retrieve the imports of an integration, the oldest first (deprecated).

        Args:
            integration_id: The unique identifier of the integration.
            request_options: Options for this request only.

        Returns:
            The imports, each with how many videos are in which status, and with the files that failed.

        Raises:
            ValueError: `integration_id` is empty or a dot segment.
            errors.NotFoundError: There is no such integration.
            errors.ApiError: The platform refused the request for another reason.
            errors.ApiConnectionError: No answer came, also after the retries that are allowed.

        Example:
            for log in client.tasks.transfers.get_logs("63a2eb29d1d15aaa6d2a6b2c").data or []:
                print(log.index_name, log.created_at, log.ended_at)
        """
        return self._transport.call(get_logs_call(integration_id, request_options=request_options))


class AsyncTransfersClient:
    """The async twin of `TransfersClient`: the same methods, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    @property
    def with_raw_response(self) -> AsyncRawTransfersClient:
        """The same methods, each returning a `RawResponse`: its result with the status and headers of the answer."""
        from .raw_client import AsyncRawTransfersClient  # here, because it is made of this class

        return AsyncRawTransfersClient(self._transport)

    async def create(
        self,
        integration_id: str,
        *,
        index_id: str,
        incremental_import: bool | None = None,
        retry_failed: bool | None = None,
        user_metadata: Mapping[str, Any] | None = None,
        request_options: RequestOptions | None = None,
    ) -> TransfersCreateResponse:
        """Start to import all videos of an integration (deprecated), as `TransfersClient.create` does."""
        return await self._transport.call(
            create_call(
                integration_id,
                index_id=index_id,
                incremental_import=incremental_import,
                retry_failed=retry_failed,
                user_metadata=user_metadata,
                request_options=request_options,
            )
        )

    async def get_status(
        self, integration_id: str, *, index_id: str, request_options: RequestOptions | None = None
    ) -> TransfersGetStatusResponse:
        """Retrieve the status of imports (deprecated), as `TransfersClient.get_status` does."""
        return await self._transport.call(
            get_status_call(integration_id, index_id=index_id, request_options=request_options)
        )

    async def get_logs(
        self, integration_id: str, *, request_options: RequestOptions | None = None
    ) -> TransfersGetLogsResponse:
        """Retrieve the imports of an integration (deprecated), as `TransfersClient.get_logs` does."""
        return await self._transport.call(get_logs_call(integration_id, request_options=request_options))
