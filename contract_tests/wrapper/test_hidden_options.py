"""A key that is given in the options of one request is shown by nothing that holds them."""

from __future__ import annotations

import gc
import pickle
import uuid
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract_tests.support.clock import Clock
from contract_tests.support.forms import parts_of
from contract_tests.support.samples import INDEX_ID, TASK_ID, VIDEO, created, make_files, page, problem, task
from contract_tests.support.twins import Twin
from twelvelabs_tasks import TwelveLabs, errors
from twelvelabs_tasks.core import RequestOptions

SECRET = "tlk_FEDCBA9876543210"
OPTIONS: RequestOptions = {"additional_headers": {"X-API-Key": SECRET}, "max_retries": 0}


def list_objects() -> list[Any]:
    """Return all objects of the library's classes, but those that have been set aside."""
    return [each for each in gc.get_objects() if is_of_the_library(type(each).__module__)]


def is_of_the_library(module: object) -> bool:
    return isinstance(module, str) and module.startswith(("twelvelabs_tasks.", "twelvelabs_tasks_api."))


@contextmanager
def older_objects() -> Iterator[list[Any]]:
    """Yield the objects of the library that there are, and set all objects aside until the block ends.

    A test run has millions of them, and to go through these for every request takes seconds.
    """
    gc.collect()
    found = list_objects()
    gc.freeze()
    try:
        yield found
    finally:
        gc.unfreeze()


def find_shown(objects: Iterable[Any], secret: str) -> list[str]:
    """Return what objects show of a secret."""
    shown = []
    for each in objects:
        try:
            text = repr(each) + str(each)
        except AttributeError:  # one that was never finished: the frames of an error keep what failed to be read
            continue
        if secret in text:
            shown.append(f"{type(each).__qualname__}: {text[:300]}")
    return shown


class Watching:
    """A platform that looks at all objects of the library while a request is on its way.

    Args:
        secret: What must not be shown.
        older: The objects that are set aside.

    Attributes:
        keys: The key of each request.
        shown: What was shown of the secret.
    """

    def __init__(self, secret: str, older: list[Any]) -> None:
        self.keys: list[str] = []
        self.shown: list[str] = []
        self._secret = secret
        self._older = older

    def respond(self, request: httpx.Request) -> httpx.Response:
        """Respond to a request; the response to an upload of `lost.mp4` is lost."""
        self.keys.append(request.headers["x-api-key"])
        older, self._older = self._older, []  # once is enough for what was there before
        self.shown += find_shown([*older, *list_objects()], self._secret)
        if request.method == "POST":
            is_lost = parts_of(request)["video_file"].filename == "lost.mp4"
            return httpx.Response(502) if is_lost else httpx.Response(200, json=created())
        if request.url.path.endswith("/tasks"):
            return httpx.Response(200, json=page([task()], page=1, total_page=1))
        return httpx.Response(200, json=task())


USES: dict[str, Any] = {
    "create": lambda client, **options: client.tasks.create(index_id=INDEX_ID, video_file=VIDEO, **options),
    "reconcile": lambda client, **options: client.tasks.create(
        index_id=INDEX_ID, video_file=("lost.mp4", VIDEO), on_unknown="reconcile", **options
    ),
    "create_bulk": lambda client, **options: client.tasks.create_bulk(
        index_id=INDEX_ID, video_files=[("a.mp4", VIDEO), ("lost.mp4", VIDEO)], settling_seconds=0.0, **options
    ),
    "retrieve": lambda client, **options: client.tasks.retrieve(TASK_ID, **options),
    "list": lambda client, **options: client.tasks.list(**options),
    "wait_for_done": lambda client, **options: client.tasks.wait_for_done(TASK_ID, **options),
    "wait_for_all": lambda client, **options: client.tasks.wait_for_all([TASK_ID], **options),
    "raw retrieve": lambda client, **options: client.tasks.with_raw_response.retrieve(TASK_ID, **options),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", USES)
def test_nothing_shows_the_key_while_a_request_is_on_its_way(twin: Twin, clock: Clock, name: str) -> None:
    secret = f"tlk_{uuid.uuid4().hex}"  # another one each time: what is left of other tests does not count
    options: RequestOptions = {"additional_headers": {"X-API-Key": secret}, "max_retries": 0}
    with older_objects() as older:
        platform = Watching(secret, older)
        kind: Any = httpx.AsyncClient if twin.is_async else httpx.Client
        supplied = kind(transport=httpx.MockTransport(platform.respond))
        try:
            ended = twin(lambda client: USES[name](client, request_options=options), httpx_client=supplied)
        except errors.CreateOutcomeUnknown as lost:
            ended = lost
    assert secret in platform.keys
    assert platform.shown == []
    assert secret not in repr(ended) + str(ended)


class Recording(Executor):
    """An executor like one of other processes: what it runs has travelled. It keeps what it was given.

    Attributes:
        printed: What is printed of that.
        travelled: The bytes that travelled.
    """

    def __init__(self) -> None:
        self.printed: list[str] = []
        self.travelled: list[bytes] = []

    def submit(self, function: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        for each in (function, *args, *kwargs.values()):
            self.printed += [repr(each), str(each)]
        self.travelled.append(pickle.dumps((function, args, kwargs)))
        function, args, kwargs = pickle.loads(self.travelled[-1])
        future: Future[Any] = Future()
        future.set_result(function(*args, **kwargs))
        self.printed.append(repr(future.result()))
        return future


def refuse(request: httpx.Request) -> httpx.Response:
    """Respond as the platform does to a key that it does not know."""
    assert request.headers["x-api-key"] == SECRET
    request.read()
    return httpx.Response(401, json=problem("api_key_invalid", "The key is invalid."))


def make_no_client() -> TwelveLabs:
    """Return the client of another process."""
    client = httpx.Client(transport=httpx.MockTransport(refuse))
    return TwelveLabs(api_key="of-this-process", httpx_client=client)


def test_nothing_that_is_given_to_an_executor_shows_the_key_but_it_travels(tmp_path: Path) -> None:
    executor = Recording()
    with TwelveLabs(api_key="of-the-caller", max_retries=0) as client:
        results = client.tasks.create_bulk(
            index_id=INDEX_ID,
            video_files=make_files(tmp_path, 2),
            executor=executor,
            client_factory=make_no_client,
            request_options=OPTIONS,
        )
    assert [type(result.error) for result in results] == [errors.UnauthorizedError] * 2
    assert all(SECRET.encode() in travelled for travelled in executor.travelled)
    assert [text for text in [*executor.printed, repr(results)] if SECRET in text] == []


class RecordingThreads(ThreadPoolExecutor):
    """Threads that keep what is printed of what they are given."""

    def __init__(self) -> None:
        super().__init__(2)
        self.printed: list[str] = []

    def submit(self, function: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        for each in (function, *args, *kwargs.values()):
            self.printed += [repr(each), str(each)]
        return super().submit(function, *args, **kwargs)


def test_nothing_that_is_given_to_threads_shows_the_key(tmp_path: Path) -> None:
    supplied = httpx.Client(transport=httpx.MockTransport(refuse))
    with RecordingThreads() as executor, TwelveLabs(api_key="of-the-caller", httpx_client=supplied) as client:
        results = client.tasks.create_bulk(
            index_id=INDEX_ID, video_files=make_files(tmp_path, 2), executor=executor, request_options=OPTIONS
        )
    assert [type(result.error) for result in results] == [errors.UnauthorizedError] * 2
    assert executor.printed
    assert [text for text in [*executor.printed, repr(results)] if SECRET in text] == []
