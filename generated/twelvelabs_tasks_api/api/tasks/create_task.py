# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from ... import errors
from ...models.error_response import ErrorResponse
from ...models.tasks_create_request import TasksCreateRequest
from ...models.tasks_create_response import TasksCreateResponse
from ...types import Response, json_body

if TYPE_CHECKING:
    from ...client import AuthenticatedClient, Client


def get_kwargs(
    *,
    body: TasksCreateRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/tasks",
    }

    _kwargs["files"] = body.to_multipart()

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorResponse | TasksCreateResponse | None:
    if response.status_code == 200:
        response_200 = TasksCreateResponse.from_dict(json_body(response))

        return response_200

    if response.status_code == 201:
        response_201 = TasksCreateResponse.from_dict(json_body(response))

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
) -> Response[ErrorResponse | TasksCreateResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: TasksCreateRequest,
) -> Response[ErrorResponse | TasksCreateResponse]:
    """Create a video indexing task

     Uploads a video, from a file or from a publicly accessible URL, and indexes it. Exactly one of
    `video_file` and
    `video_url` is given.

    A file must be 360x360 to 5184x2160 pixels large, have an aspect ratio between 1:1 and 2.4:1 (long
    side to
    short side), last 10 to 7,200 seconds, and take no more than 2,000,000,000 bytes.

    The platform has announced that this way of uploading will be deprecated in a future version, in
    favour of
    direct or multipart uploads followed by a separate indexing.

    Args:
        body (TasksCreateRequest): What to upload, to which index. Exactly one of `video_file` and
            `video_url` is given.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | TasksCreateResponse]
    """

    kwargs = get_kwargs(
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: TasksCreateRequest,
) -> ErrorResponse | TasksCreateResponse | None:
    """Create a video indexing task

     Uploads a video, from a file or from a publicly accessible URL, and indexes it. Exactly one of
    `video_file` and
    `video_url` is given.

    A file must be 360x360 to 5184x2160 pixels large, have an aspect ratio between 1:1 and 2.4:1 (long
    side to
    short side), last 10 to 7,200 seconds, and take no more than 2,000,000,000 bytes.

    The platform has announced that this way of uploading will be deprecated in a future version, in
    favour of
    direct or multipart uploads followed by a separate indexing.

    Args:
        body (TasksCreateRequest): What to upload, to which index. Exactly one of `video_file` and
            `video_url` is given.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | TasksCreateResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: TasksCreateRequest,
) -> Response[ErrorResponse | TasksCreateResponse]:
    """Create a video indexing task

     Uploads a video, from a file or from a publicly accessible URL, and indexes it. Exactly one of
    `video_file` and
    `video_url` is given.

    A file must be 360x360 to 5184x2160 pixels large, have an aspect ratio between 1:1 and 2.4:1 (long
    side to
    short side), last 10 to 7,200 seconds, and take no more than 2,000,000,000 bytes.

    The platform has announced that this way of uploading will be deprecated in a future version, in
    favour of
    direct or multipart uploads followed by a separate indexing.

    Args:
        body (TasksCreateRequest): What to upload, to which index. Exactly one of `video_file` and
            `video_url` is given.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | TasksCreateResponse]
    """

    kwargs = get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: TasksCreateRequest,
) -> ErrorResponse | TasksCreateResponse | None:
    """Create a video indexing task

     Uploads a video, from a file or from a publicly accessible URL, and indexes it. Exactly one of
    `video_file` and
    `video_url` is given.

    A file must be 360x360 to 5184x2160 pixels large, have an aspect ratio between 1:1 and 2.4:1 (long
    side to
    short side), last 10 to 7,200 seconds, and take no more than 2,000,000,000 bytes.

    The platform has announced that this way of uploading will be deprecated in a future version, in
    favour of
    direct or multipart uploads followed by a separate indexing.

    Args:
        body (TasksCreateRequest): What to upload, to which index. Exactly one of `video_file` and
            `video_url` is given.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | TasksCreateResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
