# Generated from openapi.yaml by `make regenerate`. Do not edit.
"""The raw methods of `client.tasks.transfers`, for async clients."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...operations import AsyncTransport, warn_of_deprecation
from ...raw_responses import RawResponse

if TYPE_CHECKING:
    from ...models import TransfersCreateResponse, TransfersGetLogsResponse, TransfersGetStatusResponse
    from ...operations import RequestOptions

__all__ = ("AsyncRawTransfersClient",)


class AsyncRawTransfersClient:
    """The methods of `client.tasks.transfers`, each returning a `RawResponse`."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def create(
        self,
        integration_id: str,
        *,
        index_id: str,
        incremental_import: bool | None = None,
        retry_failed: bool | None = None,
        user_metadata: Mapping[str, Any] | None = None,
        request_options: RequestOptions | None = None,
    ) -> RawResponse[TransfersCreateResponse]:
        """Import videos.

        Starts to import all videos of an integration into an index and returns at once, with the videos that will be
        imported and those that will not. Each imported video is a video indexing task under the same identifier. Videos
        that the index already holds, recognised by a hash of their content, are skipped unless `incremental_import` is
        `false`. One import at a time runs for an integration.

        Deprecated: the platform announced the end of cloud-to-cloud integrations for October 31, 2025. Upload the
        videos with tasks.create instead.

        Args:
            integration_id: The unique identifier of the integration, a connection between the platform and a cloud
                storage.
            index_id: The unique identifier of the index to which the videos are being uploaded.
            incremental_import: Whether to skip videos that the index already holds. If `false`, all files of the
                integration are imported. Default: True.
            retry_failed: Whether to retry files that failed in an earlier import. Default: False.
            user_metadata: Metadata for all videos imported by this request.
            request_options: Options for this request only. Default: those of the client.

        Returns:
            A `RawResponse`, whose `data` is: The import has started.

        Raises:
            ValueError: `integration_id` is empty or a dot segment, or `index_id` is empty.
            errors.BadRequestError: 400 (`import_in_progress`, `parameter_not_provided`): An import is already running
                for this integration, or the request is invalid.
            errors.UnauthorizedError: 401 (`api_key_invalid`): The API key is missing, invalid or expired.
            errors.NotFoundError: 404 (`resource_not_exist`): A resource that the request names does not exist.
            errors.TooManyRequestsError: 429 (`too_many_requests`): The rate limit was reached. Wait as long as
                `Retry-After` says.
            errors.ServiceUnavailableError: 503 (`service_unavailable`): The platform is temporarily unavailable, and
                has done nothing. Wait as long as `Retry-After` says.
            errors.ApiError: Any other response that is an error.
            errors.ResponseError: The response is not what the contract says.
            errors.ApiConnectionError: There was no response. The request may have been carried out all the same.

        Example:
            raw = await client.tasks.transfers.with_raw_response.create(
                "63a2eb29d1d15aaa6d2a6b2c",
                index_id="6298d673f1090f1100476d4c",
            )
            print(raw.status_code, raw.data)
        """
        from .import_videos import import_videos

        warn_of_deprecation(
            "tasks.transfers.create",
            "the platform announced the end of cloud-to-cloud integrations for October 31, 2025. Upload the videos with tasks.create instead.",
        )
        operation = import_videos(
            integration_id,
            index_id=index_id,
            incremental_import=incremental_import,
            retry_failed=retry_failed,
            user_metadata=user_metadata,
        )
        return RawResponse(*await self._transport.call_with_response(operation, request_options))

    async def get_status(
        self, integration_id: str, *, index_id: str, request_options: RequestOptions | None = None
    ) -> RawResponse[TransfersGetStatusResponse]:
        """Retrieve import status.

        Returns the videos of an integration and an index from all imports so far, grouped by import status.

        Deprecated: the platform announced the end of cloud-to-cloud integrations for October 31, 2025. Upload the
        videos with tasks.create instead.

        Args:
            integration_id: The unique identifier of the integration, a connection between the platform and a cloud
                storage.
            index_id: The unique identifier of the index for which to retrieve the status of imported videos.
            request_options: Options for this request only. Default: those of the client.

        Returns:
            A `RawResponse`, whose `data` is: The videos, grouped by status.

        Raises:
            ValueError: `integration_id` is empty or a dot segment, or `index_id` is empty.
            errors.BadRequestError: 400 (`parameter_invalid`, `parameter_not_provided`, `parameter_unknown`): The
                request is invalid.
            errors.UnauthorizedError: 401 (`api_key_invalid`): The API key is missing, invalid or expired.
            errors.NotFoundError: 404 (`resource_not_exist`): A resource that the request names does not exist.
            errors.TooManyRequestsError: 429 (`too_many_requests`): The rate limit was reached. Wait as long as
                `Retry-After` says.
            errors.ServiceUnavailableError: 503 (`service_unavailable`): The platform is temporarily unavailable, and
                has done nothing. Wait as long as `Retry-After` says.
            errors.ApiError: Any other response that is an error.
            errors.ResponseError: The response is not what the contract says.
            errors.ApiConnectionError: There was no response, even after all retries.

        Example:
            raw = await client.tasks.transfers.with_raw_response.get_status(
                "63a2eb29d1d15aaa6d2a6b2c",
                index_id="6298d673f1090f1100476d4c",
            )
            print(raw.status_code, raw.data)
        """
        from .retrieve_import_status import retrieve_import_status

        warn_of_deprecation(
            "tasks.transfers.get_status",
            "the platform announced the end of cloud-to-cloud integrations for October 31, 2025. Upload the videos with tasks.create instead.",
        )
        operation = retrieve_import_status(integration_id, index_id=index_id)
        return RawResponse(*await self._transport.call_with_response(operation, request_options))

    async def get_logs(
        self, integration_id: str, *, request_options: RequestOptions | None = None
    ) -> RawResponse[TransfersGetLogsResponse]:
        """Retrieve import logs.

        Returns the imports of an integration, the oldest first, each with the number of videos per status.

        Deprecated: the platform announced the end of cloud-to-cloud integrations for October 31, 2025. Upload the
        videos with tasks.create instead.

        Args:
            integration_id: The unique identifier of the integration, a connection between the platform and a cloud
                storage.
            request_options: Options for this request only. Default: those of the client.

        Returns:
            A `RawResponse`, whose `data` is: The imports.

        Raises:
            ValueError: `integration_id` is empty or a dot segment.
            errors.BadRequestError: 400 (`parameter_invalid`, `parameter_not_provided`, `parameter_unknown`): The
                request is invalid.
            errors.UnauthorizedError: 401 (`api_key_invalid`): The API key is missing, invalid or expired.
            errors.NotFoundError: 404 (`resource_not_exist`): A resource that the request names does not exist.
            errors.TooManyRequestsError: 429 (`too_many_requests`): The rate limit was reached. Wait as long as
                `Retry-After` says.
            errors.ServiceUnavailableError: 503 (`service_unavailable`): The platform is temporarily unavailable, and
                has done nothing. Wait as long as `Retry-After` says.
            errors.ApiError: Any other response that is an error.
            errors.ResponseError: The response is not what the contract says.
            errors.ApiConnectionError: There was no response, even after all retries.

        Example:
            raw = await client.tasks.transfers.with_raw_response.get_logs("63a2eb29d1d15aaa6d2a6b2c")
            print(raw.status_code, raw.data)
        """
        from .retrieve_import_logs import retrieve_import_logs

        warn_of_deprecation(
            "tasks.transfers.get_logs",
            "the platform announced the end of cloud-to-cloud integrations for October 31, 2025. Upload the videos with tasks.create instead.",
        )
        operation = retrieve_import_logs(integration_id)
        return RawResponse(*await self._transport.call_with_response(operation, request_options))
