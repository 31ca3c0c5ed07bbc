# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from ... import errors
from ...models.error_response import ErrorResponse
from ...models.transfers_create_request import TransfersCreateRequest
from ...models.transfers_create_response import TransfersCreateResponse
from ...types import Response, json_body, path_segment

if TYPE_CHECKING:
    from ...client import AuthenticatedClient, Client


def get_kwargs(
    integration_id: str,
    *,
    body: TransfersCreateRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/tasks/transfers/import/{integration_id}".format(
            integration_id=path_segment("integration_id", integration_id),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorResponse | TransfersCreateResponse | None:
    if response.status_code == 201:
        response_201 = TransfersCreateResponse.from_dict(json_body(response))

        return response_201

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
) -> Response[ErrorResponse | TransfersCreateResponse]:
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
    body: TransfersCreateRequest,
) -> Response[ErrorResponse | TransfersCreateResponse]:
    """Import videos

     Starts to import all videos of an integration into an index and returns at once, with the videos
    that will be
    imported and those that will not. Each imported video is a video indexing task under the same
    identifier.
    Videos that the index already holds, recognised by a hash of their content, are skipped unless
    `incremental_import` is `false`. One import at a time runs for an integration.

    The platform announced the end of cloud-to-cloud integrations for October 31, 2025.

    Args:
        integration_id (str): The unique identifier of the integration, a connection between the
            platform and a cloud storage.
        body (TransfersCreateRequest): Which videos of the integration to import, to which index.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | TransfersCreateResponse]
    """

    kwargs = get_kwargs(
        integration_id=integration_id,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    integration_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: TransfersCreateRequest,
) -> ErrorResponse | TransfersCreateResponse | None:
    """Import videos

     Starts to import all videos of an integration into an index and returns at once, with the videos
    that will be
    imported and those that will not. Each imported video is a video indexing task under the same
    identifier.
    Videos that the index already holds, recognised by a hash of their content, are skipped unless
    `incremental_import` is `false`. One import at a time runs for an integration.

    The platform announced the end of cloud-to-cloud integrations for October 31, 2025.

    Args:
        integration_id (str): The unique identifier of the integration, a connection between the
            platform and a cloud storage.
        body (TransfersCreateRequest): Which videos of the integration to import, to which index.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | TransfersCreateResponse
    """

    return sync_detailed(
        integration_id=integration_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    integration_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: TransfersCreateRequest,
) -> Response[ErrorResponse | TransfersCreateResponse]:
    """Import videos

     Starts to import all videos of an integration into an index and returns at once, with the videos
    that will be
    imported and those that will not. Each imported video is a video indexing task under the same
    identifier.
    Videos that the index already holds, recognised by a hash of their content, are skipped unless
    `incremental_import` is `false`. One import at a time runs for an integration.

    The platform announced the end of cloud-to-cloud integrations for October 31, 2025.

    Args:
        integration_id (str): The unique identifier of the integration, a connection between the
            platform and a cloud storage.
        body (TransfersCreateRequest): Which videos of the integration to import, to which index.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | TransfersCreateResponse]
    """

    kwargs = get_kwargs(
        integration_id=integration_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    integration_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: TransfersCreateRequest,
) -> ErrorResponse | TransfersCreateResponse | None:
    """Import videos

     Starts to import all videos of an integration into an index and returns at once, with the videos
    that will be
    imported and those that will not. Each imported video is a video indexing task under the same
    identifier.
    Videos that the index already holds, recognised by a hash of their content, are skipped unless
    `incremental_import` is `false`. One import at a time runs for an integration.

    The platform announced the end of cloud-to-cloud integrations for October 31, 2025.

    Args:
        integration_id (str): The unique identifier of the integration, a connection between the
            platform and a cloud storage.
        body (TransfersCreateRequest): Which videos of the integration to import, to which index.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | TransfersCreateResponse
    """

    return (
        await asyncio_detailed(
            integration_id=integration_id,
            client=client,
            body=body,
        )
    ).parsed
