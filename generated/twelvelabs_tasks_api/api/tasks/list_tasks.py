# Generated from openapi.yaml by `make regenerate`. Do not edit.
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from ... import errors
from ...models.error_response import ErrorResponse
from ...models.list_tasks_sort_by import ListTasksSortBy
from ...models.list_tasks_sort_option import ListTasksSortOption
from ...models.tasks_list_request_status_item import TasksListRequestStatusItem
from ...models.tasks_list_response import TasksListResponse
from ...types import Response, json_body

if TYPE_CHECKING:
    from ...client import AuthenticatedClient, Client


def get_kwargs(
    *,
    page: int | None = None,
    page_limit: int | None = None,
    sort_by: ListTasksSortBy | None = None,
    sort_option: ListTasksSortOption | None = None,
    index_id: str | None = None,
    status: list[TasksListRequestStatusItem] | None = None,
    filename: str | None = None,
    duration: float | None = None,
    width: int | None = None,
    height: int | None = None,
    created_at: str | None = None,
    updated_at: str | None = None,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["page"] = page

    params["page_limit"] = page_limit

    json_sort_by: str | None = None
    if sort_by is not None:
        json_sort_by = sort_by

    params["sort_by"] = json_sort_by

    json_sort_option: str | None = None
    if sort_option is not None:
        json_sort_option = sort_option

    params["sort_option"] = json_sort_option

    params["index_id"] = index_id

    json_status: list[str] | None = None
    if status is not None:
        json_status = []
        for status_item_data in status:
            status_item: str = status_item_data
            json_status.append(status_item)

    params["status"] = json_status

    params["filename"] = filename

    params["duration"] = duration

    params["width"] = width

    params["height"] = height

    params["created_at"] = created_at

    params["updated_at"] = updated_at

    params = {k: v for k, v in params.items() if v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/tasks",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorResponse | TasksListResponse | None:
    if response.status_code == 200:
        response_200 = TasksListResponse.from_dict(json_body(response))

        return response_200

    if response.status_code == 400:
        response_400 = ErrorResponse.from_dict(json_body(response))

        return response_400

    if response.status_code == 401:
        response_401 = ErrorResponse.from_dict(json_body(response))

        return response_401

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
) -> Response[ErrorResponse | TasksListResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    page: int | None = None,
    page_limit: int | None = None,
    sort_by: ListTasksSortBy | None = None,
    sort_option: ListTasksSortOption | None = None,
    index_id: str | None = None,
    status: list[TasksListRequestStatusItem] | None = None,
    filename: str | None = None,
    duration: float | None = None,
    width: int | None = None,
    height: int | None = None,
    created_at: str | None = None,
    updated_at: str | None = None,
) -> Response[ErrorResponse | TasksListResponse]:
    """List video indexing tasks

     One page of the account's tasks, the newest first unless asked otherwise. Filters are combined: a
    task is
    returned if it meets all of them. A filter that no task meets, and a page beyond the last, give an
    empty list.

    Args:
        page (int | None): The page to return, counted from 1. Default: 1.
        page_limit (int | None): How many tasks a page holds. Default: 10.
        sort_by (ListTasksSortBy | None): The time to sort by, that of creation or that of the
            last update. Default: "created_at".
        sort_option (ListTasksSortOption | None): The direction to sort in, ascending or
            descending. Default: "desc".
        index_id (str | None): Only tasks of this index.
        status (list[TasksListRequestStatusItem] | None): Only tasks with one of these statuses.
            Given once for each status.
        filename (str | None): Only tasks whose video has this filename.
        duration (float | None): Only tasks whose video lasts this long, in seconds, give or take
            half a second.
        width (int | None): Only tasks whose video has this width, in pixels.
        height (int | None): Only tasks whose video has this height, in pixels.
        created_at (str | None): Only tasks created on the day (UTC) of this time, at or after
            it.
        updated_at (str | None): Only tasks last updated on the day (UTC) of this time, at or
            after it.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | TasksListResponse]
    """

    kwargs = get_kwargs(
        page=page,
        page_limit=page_limit,
        sort_by=sort_by,
        sort_option=sort_option,
        index_id=index_id,
        status=status,
        filename=filename,
        duration=duration,
        width=width,
        height=height,
        created_at=created_at,
        updated_at=updated_at,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    page: int | None = None,
    page_limit: int | None = None,
    sort_by: ListTasksSortBy | None = None,
    sort_option: ListTasksSortOption | None = None,
    index_id: str | None = None,
    status: list[TasksListRequestStatusItem] | None = None,
    filename: str | None = None,
    duration: float | None = None,
    width: int | None = None,
    height: int | None = None,
    created_at: str | None = None,
    updated_at: str | None = None,
) -> ErrorResponse | TasksListResponse | None:
    """List video indexing tasks

     One page of the account's tasks, the newest first unless asked otherwise. Filters are combined: a
    task is
    returned if it meets all of them. A filter that no task meets, and a page beyond the last, give an
    empty list.

    Args:
        page (int | None): The page to return, counted from 1. Default: 1.
        page_limit (int | None): How many tasks a page holds. Default: 10.
        sort_by (ListTasksSortBy | None): The time to sort by, that of creation or that of the
            last update. Default: "created_at".
        sort_option (ListTasksSortOption | None): The direction to sort in, ascending or
            descending. Default: "desc".
        index_id (str | None): Only tasks of this index.
        status (list[TasksListRequestStatusItem] | None): Only tasks with one of these statuses.
            Given once for each status.
        filename (str | None): Only tasks whose video has this filename.
        duration (float | None): Only tasks whose video lasts this long, in seconds, give or take
            half a second.
        width (int | None): Only tasks whose video has this width, in pixels.
        height (int | None): Only tasks whose video has this height, in pixels.
        created_at (str | None): Only tasks created on the day (UTC) of this time, at or after
            it.
        updated_at (str | None): Only tasks last updated on the day (UTC) of this time, at or
            after it.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | TasksListResponse
    """

    return sync_detailed(
        client=client,
        page=page,
        page_limit=page_limit,
        sort_by=sort_by,
        sort_option=sort_option,
        index_id=index_id,
        status=status,
        filename=filename,
        duration=duration,
        width=width,
        height=height,
        created_at=created_at,
        updated_at=updated_at,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    page: int | None = None,
    page_limit: int | None = None,
    sort_by: ListTasksSortBy | None = None,
    sort_option: ListTasksSortOption | None = None,
    index_id: str | None = None,
    status: list[TasksListRequestStatusItem] | None = None,
    filename: str | None = None,
    duration: float | None = None,
    width: int | None = None,
    height: int | None = None,
    created_at: str | None = None,
    updated_at: str | None = None,
) -> Response[ErrorResponse | TasksListResponse]:
    """List video indexing tasks

     One page of the account's tasks, the newest first unless asked otherwise. Filters are combined: a
    task is
    returned if it meets all of them. A filter that no task meets, and a page beyond the last, give an
    empty list.

    Args:
        page (int | None): The page to return, counted from 1. Default: 1.
        page_limit (int | None): How many tasks a page holds. Default: 10.
        sort_by (ListTasksSortBy | None): The time to sort by, that of creation or that of the
            last update. Default: "created_at".
        sort_option (ListTasksSortOption | None): The direction to sort in, ascending or
            descending. Default: "desc".
        index_id (str | None): Only tasks of this index.
        status (list[TasksListRequestStatusItem] | None): Only tasks with one of these statuses.
            Given once for each status.
        filename (str | None): Only tasks whose video has this filename.
        duration (float | None): Only tasks whose video lasts this long, in seconds, give or take
            half a second.
        width (int | None): Only tasks whose video has this width, in pixels.
        height (int | None): Only tasks whose video has this height, in pixels.
        created_at (str | None): Only tasks created on the day (UTC) of this time, at or after
            it.
        updated_at (str | None): Only tasks last updated on the day (UTC) of this time, at or
            after it.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorResponse | TasksListResponse]
    """

    kwargs = get_kwargs(
        page=page,
        page_limit=page_limit,
        sort_by=sort_by,
        sort_option=sort_option,
        index_id=index_id,
        status=status,
        filename=filename,
        duration=duration,
        width=width,
        height=height,
        created_at=created_at,
        updated_at=updated_at,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    page: int | None = None,
    page_limit: int | None = None,
    sort_by: ListTasksSortBy | None = None,
    sort_option: ListTasksSortOption | None = None,
    index_id: str | None = None,
    status: list[TasksListRequestStatusItem] | None = None,
    filename: str | None = None,
    duration: float | None = None,
    width: int | None = None,
    height: int | None = None,
    created_at: str | None = None,
    updated_at: str | None = None,
) -> ErrorResponse | TasksListResponse | None:
    """List video indexing tasks

     One page of the account's tasks, the newest first unless asked otherwise. Filters are combined: a
    task is
    returned if it meets all of them. A filter that no task meets, and a page beyond the last, give an
    empty list.

    Args:
        page (int | None): The page to return, counted from 1. Default: 1.
        page_limit (int | None): How many tasks a page holds. Default: 10.
        sort_by (ListTasksSortBy | None): The time to sort by, that of creation or that of the
            last update. Default: "created_at".
        sort_option (ListTasksSortOption | None): The direction to sort in, ascending or
            descending. Default: "desc".
        index_id (str | None): Only tasks of this index.
        status (list[TasksListRequestStatusItem] | None): Only tasks with one of these statuses.
            Given once for each status.
        filename (str | None): Only tasks whose video has this filename.
        duration (float | None): Only tasks whose video lasts this long, in seconds, give or take
            half a second.
        width (int | None): Only tasks whose video has this width, in pixels.
        height (int | None): Only tasks whose video has this height, in pixels.
        created_at (str | None): Only tasks created on the day (UTC) of this time, at or after
            it.
        updated_at (str | None): Only tasks last updated on the day (UTC) of this time, at or
            after it.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorResponse | TasksListResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            page=page,
            page_limit=page_limit,
            sort_by=sort_by,
            sort_option=sort_option,
            index_id=index_id,
            status=status,
            filename=filename,
            duration=duration,
            width=width,
            height=height,
            created_at=created_at,
            updated_at=updated_at,
        )
    ).parsed
