# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from ... import errors
from ...models.error_response import ErrorResponse
from ...models.transfers_get_logs_response import TransfersGetLogsResponse
from ...types import Response, json_body, path_segment

if TYPE_CHECKING:
    from ...client import AuthenticatedClient, Client


def get_kwargs(
    integration_id: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/tasks/transfers/import/{integration_id}/logs".format(
            integration_id=path_segment("integration_id", integration_id),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorResponse | TransfersGetLogsResponse | None:
    if response.status_code == 200:
        response_200 = TransfersGetLogsResponse.from_dict(json_body(response))

        return response_200

    if response.status_code == 400:
        response_400 = ErrorResponse.from_dict(json_body(response))

        return response_400

    if response.status_code == 401:
        response_401 = ErrorResponse.from_dict(json_body(response))

        return response_401

    if response.status_code == 404:
        response_404 = ErrorResponse.from_dict(json_body(response))

        return response_404

    if response.status_code == 429:
        response_429 = ErrorResponse.from_dict(json_body(response))

        return response_429

    if response.status_code == 503:
        response_503 = ErrorResponse.from_dict(json_body(response))

        return response_503

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ErrorResponse | TransfersGetLogsResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    integration_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[ErrorResponse | TransfersGetLogsResponse]:
    """Retrieve import logs

     The imports of an integration, the oldest first, each with how many videos are in which status.

    Args:
        integration_id (str): The unique identifier of the integration, a connection between the
            platform and a cloud storage.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | TransfersGetLogsResponse]
    """

    kwargs = get_kwargs(
        integration_id=integration_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    integration_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> ErrorResponse | TransfersGetLogsResponse | None:
    """Retrieve import logs

     The imports of an integration, the oldest first, each with how many videos are in which status.

    Args:
        integration_id (str): The unique identifier of the integration, a connection between the
            platform and a cloud storage.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | TransfersGetLogsResponse
    """

    return sync_detailed(
        integration_id=integration_id,
        client=client,
    ).parsed


async def asyncio_detailed(
    integration_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[ErrorResponse | TransfersGetLogsResponse]:
    """Retrieve import logs

     The imports of an integration, the oldest first, each with how many videos are in which status.

    Args:
        integration_id (str): The unique identifier of the integration, a connection between the
            platform and a cloud storage.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | TransfersGetLogsResponse]
    """

    kwargs = get_kwargs(
        integration_id=integration_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    integration_id: str,
    *,
    client: AuthenticatedClient | Client,
) -> ErrorResponse | TransfersGetLogsResponse | None:
    """Retrieve import logs

     The imports of an integration, the oldest first, each with how many videos are in which status.

    Args:
        integration_id (str): The unique identifier of the integration, a connection between the
            platform and a cloud storage.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | TransfersGetLogsResponse
    """

    return (
        await asyncio_detailed(
            integration_id=integration_id,
            client=client,
        )
    ).parsed
