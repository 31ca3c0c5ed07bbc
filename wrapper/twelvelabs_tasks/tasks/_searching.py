"""The search for the tasks of uploads whose outcome is unknown: what the list proves, and what it does not.

The rules are the same for `create` and `create_bulk`:

- A task is *found* if it is the only one of exactly that filename that was created while the upload may have created
  it, and if nobody else is known to whom it may belong.
- There is *none* if the list shows no task that could be it, whatever the clocks say and whatever the platform may have
  made of the filename. That holds only when the list is certain to show it, which is for the caller to know.
- Anything else is *unclear*, and reported with the candidates.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any

from attrs import frozen

from twelvelabs_tasks_api.http import httpx
from twelvelabs_tasks_api.types import InvalidBody, decode_datetime

from .. import errors
from ..core._attempts import call_steps
from ..core._pages import PageCall
from ..core._request_options import RequestOptions
from ..core._steps import Steps
from ..core._transport import Transport
from ..types import TasksCreateResponse, VideoIndexingTask
from ._filenames import ANY_NAME, is_plain, likeness
from ._listing import newest_page

__all__ = ["Claim", "Search", "Verdict", "clock_offset", "creation_time", "search_steps"]

SLACK = timedelta(seconds=5)  # by which clocks may differ without anyone noticing
MOST_CANDIDATES = 50  # that are reported for an upload

LAST = datetime.max.replace(tzinfo=UTC)
MOST_OFFSET = timedelta(days=3650)  # a clock that is further off says nothing


@frozen
class Claim:
    """An upload whose outcome is unknown.

    Attributes:
        filename: The filename that the API was sent, or that of the URL.
        started_at: When it began, by the clock of this machine.
        ended_by: When it had certainly ended, likewise.
        is_url: Whether the platform fetched it from a URL.
        size: The size of the file in bytes; `None` if it is not known.
        offset: By how much the clock of the platform was ahead when it began; `None` if that was not seen.
        not_before: A time, by the clock of the platform, before which its task was certainly not created.
    """

    filename: str
    started_at: datetime
    ended_by: datetime
    is_url: bool = False
    size: int | None = None
    offset: timedelta | None = None
    not_before: datetime | None = None

    @property
    def may_be_renamed(self) -> bool:
        """Whether the list may show its task under another name."""
        return self.is_url or not is_plain(self.filename)


@frozen
class Verdict:
    """What the list says of one upload.

    Attributes:
        task: Its task, if it was found.
        candidates: Tasks that may be its; the one that was found, too.
    """

    task: TasksCreateResponse | None = None
    candidates: Sequence[VideoIndexingTask] = ()


@frozen
class _Listed:
    """A task of the list that nobody is known to have been given.

    Attributes:
        task: The task.
        id: Its identifier.
        name: Its filename, `None` if the list leaves it out.
        created_at: When it was created, `None` if the list does not say so.
    """

    task: VideoIndexingTask
    id: str
    name: str | None
    created_at: datetime | None

    @property
    def response(self) -> TasksCreateResponse:
        """What `create` would have returned for it."""
        return TasksCreateResponse(id=self.id, video_id=self.task.video_id or self.id)


class Search:
    """One look at the list of an index, on behalf of several uploads.

    Args:
        claims: The uploads.
        is_given: Whether a task is known to be that of another creation.
        contenders: Returns how many creations, those of `claims` among them, may make a task of each name, as
            `contended_names` gives them.
        margin: How long before the start of an upload a task is still a candidate, in case the clocks are wrong.
    """

    def __init__(
        self,
        claims: Sequence[Claim],
        *,
        is_given: Callable[[str], bool],
        contenders: Callable[[], Mapping[str, int]],
        margin: timedelta = timedelta(0),
    ) -> None:
        self._claims = claims
        self._is_given = is_given
        self._contenders = contenders
        self._margin = max(margin, SLACK)
        self._offset = timedelta(0)
        self._listed: dict[str, _Listed] = {}
        self._reach = min(self._earliest(claim) for claim in claims)

    def take(self, tasks: Sequence[VideoIndexingTask], response: httpx.Response, asked_at: datetime) -> bool:
        """Take in a page, the newest tasks first; return whether the next one may show more that matters."""
        offset = clock_offset(response, asked_at, datetime.now(UTC))
        if offset != self._offset:
            self._offset = offset
            self._reach = min(self._earliest(claim) for claim in self._claims)
        created_at = None
        for task in tasks:
            created_at = creation_time(task)
            if task.id is not None:
                self._listed[task.id] = _Listed(task, task.id, filename(task), created_at)
        return bool(tasks) and (created_at is None or created_at >= self._reach)

    def verdicts(self) -> list[Verdict]:
        """Return what the list says of each of the claims, when all pages were taken in."""
        # Asked only now, so that it counts what began, or was given a task, while the list was read.
        contenders = self._contenders()
        by_time = sorted((each for each in self._listed.values() if not self._is_given(each.id)), key=_time)
        by_name: defaultdict[str | None, list[_Listed]] = defaultdict(list)
        for listed in by_time:
            by_name[None if listed.name is None else likeness(listed.name)].append(listed)
        groups = [[by_name.get(likeness(claim.filename), []), by_name.get(None, [])] for claim in self._claims]
        matches = [self._match(claim, group) for claim, group in zip(self._claims, groups, strict=True)]
        # Those whose task may have any name may own any task, unless there is one of their own name.
        at_home = {
            match.id
            for claim, match in zip(self._claims, matches, strict=True)
            if match is not None and claim.may_be_renamed
        }
        is_contended = contenders.get(ANY_NAME, 0) > len(at_home)
        return [
            Verdict(match.response, (match.task,))
            if match is not None and not is_contended and contenders.get(likeness(claim.filename), 0) <= 1
            else self._unclear_verdict(claim, [by_time] if claim.may_be_renamed else group)
            for claim, group, match in zip(self._claims, groups, matches, strict=True)
        ]

    def _match(self, claim: Claim, alike: list[list[_Listed]]) -> _Listed | None:
        """Return the only task that agrees with a claim in all that can be compared."""
        agreeing = [listed for group in alike for listed in self._find_agreeing(claim, group)]
        if len(agreeing) != 1 or agreeing[0].name != claim.filename or agreeing[0].created_at is None:
            return None
        return agreeing[0]

    def _unclear_verdict(self, claim: Claim, alike: list[list[_Listed]]) -> Verdict:
        possible = [listed for group in alike for listed in self._find_possible(claim, group)]
        possible.sort(key=_time, reverse=True)
        return Verdict(candidates=tuple(listed.task for listed in possible[:MOST_CANDIDATES]))

    def _find_possible(self, claim: Claim, listed: list[_Listed]) -> list[_Listed]:
        """Return the newest of some tasks, sorted by their time, that may be the claim's, whatever the clocks say."""
        since = bisect_left(listed, self._earliest(claim), key=_time)
        fitting = (each for each in islice(reversed(listed), len(listed) - since) if _fits(each.task, claim.size))
        return list(islice(fitting, MOST_CANDIDATES))

    def _find_agreeing(self, claim: Claim, listed: list[_Listed]) -> list[_Listed]:
        """Return which of some tasks, sorted by their time, were created while the upload may have created them.

        Those whose time is not known are among them. Two are enough to know that there is more than one.
        """
        agreeing: dict[str, _Listed] = {}
        for since, until in [*self._windows(claim), (LAST, LAST)]:
            for each in islice(listed, bisect_left(listed, since, key=_time), None):
                if _time(each) > until or len(agreeing) > 1:
                    break
                if _fits(each.task, claim.size):
                    agreeing[each.id] = each
        return list(agreeing.values())

    def _windows(self, claim: Claim) -> list[tuple[datetime, datetime]]:
        """Return when the upload may have created its task, by the clock of the platform, as far as that is known."""
        windows = [
            (claim.started_at + offset - SLACK, claim.ended_by + offset + SLACK) for offset in self._offsets(claim)
        ]
        if claim.not_before is not None:
            windows = [(max(since, claim.not_before), until) for since, until in windows]
        return windows

    def _earliest(self, claim: Claim) -> datetime:
        """Return the time, by the clock of the platform, before which no task is the claim's."""
        if claim.not_before is not None:
            return claim.not_before
        return claim.started_at + min(self._offsets(claim)) - self._margin

    def _offsets(self, claim: Claim) -> tuple[timedelta, ...]:
        """Return by how much the clock of the platform may be ahead: not at all, as seen now, as seen then."""
        return timedelta(0), self._offset, claim.offset or timedelta(0)


def search_steps(
    transport: Transport[Any], search: Search, index_id: str, options: RequestOptions | None
) -> Steps[errors.TwelveLabsError | None]:
    """Return the steps of paging through the list of an index as far as matters; their result is what prevented it."""
    page: PageCall[VideoIndexingTask] | None = newest_page(index_id, options)
    while page is not None:
        asked_at = datetime.now(UTC)
        try:
            listed, response = yield from call_steps(transport, page.call)
        except errors.TwelveLabsError as error:
            return error
        tasks, has_next, _ = page.contents(listed)
        page = page.next() if search.take(tasks, response, asked_at) and has_next else None
    return None


def clock_offset(response: httpx.Response, asked_at: datetime, received_at: datetime) -> timedelta:
    """Return by how much the platform's clock is ahead of this machine's, as far as a response shows it.

    Its header `Date` counts in whole seconds, and the response took its time: a difference that these explain is
    ignored.
    """
    try:
        date = parsedate_to_datetime(response.headers.get("date", ""))
        date = date if date.tzinfo else date.replace(tzinfo=UTC)
        if date - received_at <= timedelta(0) <= date - asked_at + timedelta(seconds=1):
            return timedelta(0)
        offset = date - received_at
    except (ValueError, OverflowError):
        return timedelta(0)
    return offset if abs(offset) < MOST_OFFSET else timedelta(0)


def creation_time(task: VideoIndexingTask) -> datetime | None:
    """Return when a task was created; `None` if the list does not say so."""
    try:
        return decode_datetime("created_at", task.created_at)
    except InvalidBody:
        return None


def filename(task: VideoIndexingTask) -> str | None:
    """Return the filename of the video of a task; `None` if the list leaves it out."""
    return (task.system_metadata and task.system_metadata.filename) or None


def _fits(task: VideoIndexingTask, size: int | None) -> bool:
    """Whether the video of a task may have a size, in bytes. The contract does not know it, but some lists have it."""
    listed = task.system_metadata.additional_properties.get("size") if task.system_metadata else None
    return size is None or not isinstance(listed, int) or listed in (0, size)


def _time(listed: _Listed) -> datetime:
    """Return the time to sort a task by; those whose time is not known come last, and so are always possible."""
    return listed.created_at or LAST
