"""`create_bulk` on executors: threads, processes, and a cluster; the API key stays where it is."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import pickle
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from contract_tests.support.videos import Videos
from twelvelabs_emulator import Emulator
from twelvelabs_tasks import TwelveLabs, errors

KEY = "tlk_THE_KEY_OF_THE_CALLER"
OTHER_KEY = "tlk_THE_KEY_OF_THE_WORKERS"
FACTORY_KEY = "tlk_OF_THE_FACTORY"
COUNT = 12


class PicklingExecutor(Executor):
    """Does at once what it is given, after a journey through pickle, and remembers what travelled."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.sent.append(pickle.dumps((fn, args, kwargs)))
        function, arguments, options = pickle.loads(self.sent[-1])
        future: Future[Any] = Future()
        future.set_result(pickle.loads(pickle.dumps(function(*arguments, **options))))
        return future


class LosingExecutor(PicklingExecutor):
    """Loses the results of some of what it has done, as a cluster does whose machines fail."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future = super().submit(fn, *args, **kwargs)
        if len(self.sent) % 3 == 0:
            future = Future()
            future.set_exception(OSError("the machine is gone"))
        return future


@pytest.fixture
def files(videos: Videos, tmp_path: Path) -> list[Path]:
    """Videos, each with a name of its own."""
    paths = [tmp_path / f"{number:03}.mp4" for number in range(COUNT)]
    for path in paths:
        path.hardlink_to(videos.cheap())
    return paths


@pytest.fixture
def local(emulator: Emulator) -> Iterator[TwelveLabs]:
    """A client with a key of its own, and a secret in a header."""
    with TwelveLabs(api_key=KEY, base_url=emulator.base_url, headers={"x-secret": KEY}) as client:
        yield client


@pytest.fixture(autouse=True)
def key_of_the_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other processes find in their environment."""
    monkeypatch.setenv("TWELVE_LABS_API_KEY", OTHER_KEY)


def check(emulator: Emulator, local: TwelveLabs, files: list[Path], **arguments: Any) -> None:
    """Create in bulk; check that each video has its task, in the order of the inputs."""
    results = local.tasks.create_bulk(
        index_id=emulator.index_id, video_files=files, enable_video_stream=False, settling_seconds=0.1, **arguments
    )
    assert [result.error for result in results] == [None] * len(files)
    names = {
        task.id: task.system_metadata and task.system_metadata.filename for task in local.tasks.list(page_limit=50)
    }
    assert [names[result.task.id] for result in results if result.task] == [path.name for path in files]
    assert len(names) == len(files)


def keys(emulator: Emulator) -> set[str]:
    """Return which of the API keys uploads came with."""
    known = {f"sha256:{hashlib.sha256(key.encode()).hexdigest()[:12]}": key for key in (KEY, OTHER_KEY, FACTORY_KEY)}
    return {known[each.headers["x-api-key"]] for each in emulator.received if each.operation == "create_task"}


@pytest.mark.slow
def test_threads_of_the_caller_use_this_client(emulator: Emulator, local: TwelveLabs, files: list[Path]) -> None:
    with ThreadPoolExecutor(3) as pool:
        check(emulator, local, files, executor=pool)
        assert pool.submit(lambda: "still open").result() == "still open"
    assert keys(emulator) == {KEY}


@pytest.mark.slow
def test_other_processes_have_their_key_from_their_environment(
    emulator: Emulator, local: TwelveLabs, files: list[Path], tmp_path: Path
) -> None:
    told: list[tuple[int, int | None]] = []
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        check(
            emulator, local, files,
            executor=pool, ledger=tmp_path / "uploads.sqlite", on_progress=lambda *numbers: told.append(numbers),
        )  # fmt: skip
        check(emulator, local, files, executor=pool, ledger=tmp_path / "uploads.sqlite")
    assert keys(emulator) == {OTHER_KEY}
    size = sum(path.stat().st_size for path in files)
    assert told[-1] == (size, size)


@pytest.mark.slow
def test_a_cluster_uploads_what_is_named_to_it(
    emulator: Emulator, local: TwelveLabs, files: list[Path], tmp_path: Path
) -> None:
    from dask import config
    from distributed import Client, LocalCluster

    config.set({"distributed.scheduler.allowed-failures": 0})  # nothing is to be run twice
    cluster = LocalCluster(  # type: ignore[no-untyped-call]  # It has no annotations.
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
    )
    with cluster, Client(cluster) as cluster_client:  # type: ignore[no-untyped-call]  # Nor has it.
        emulator.scenario("create_task", status=429, retry_after=0.1, times=3)
        check(emulator, local, files, executor=cluster_client.get_executor(), ledger=tmp_path / "uploads.sqlite")
    assert keys(emulator) == {OTHER_KEY}


def make_client() -> TwelveLabs:
    """Make the client of another process."""
    return TwelveLabs(api_key="tlk_OF_THE_FACTORY", base_url=os.environ["TWELVELABS_BASE_URL"])


def test_a_factory_makes_the_clients_of_other_processes(
    emulator: Emulator, local: TwelveLabs, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWELVELABS_BASE_URL", emulator.base_url)
    check(emulator, local, files, executor=PicklingExecutor(), client_factory=make_client)
    assert keys(emulator) == {FACTORY_KEY}


def test_the_api_key_and_the_headers_of_the_client_never_travel(
    emulator: Emulator, local: TwelveLabs, files: list[Path]
) -> None:
    executor = PicklingExecutor()
    check(emulator, local, files, executor=executor)
    assert len(set(executor.sent)) == COUNT
    assert all(KEY.encode() not in sent and str(files[0].parent).encode() in sent for sent in executor.sent)


@pytest.mark.slow
def test_a_path_is_understood_where_the_other_process_stands(
    emulator: Emulator, local: TwelveLabs, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    class RelocatedExecutor(PicklingExecutor):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            with pytest.MonkeyPatch.context() as patch:
                patch.chdir("/")
                return super().submit(fn, *args, **kwargs)

    monkeypatch.chdir(files[0].parent)
    check(emulator, local, [Path(path.name) for path in files], executor=RelocatedExecutor())


def test_what_an_executor_loses_is_searched_for(emulator: Emulator, local: TwelveLabs, files: list[Path]) -> None:
    executor = LosingExecutor()
    check(emulator, local, files, executor=executor)
    assert len(executor.sent) == COUNT


def test_errors_travel_back(emulator: Emulator, local: TwelveLabs, tmp_path: Path) -> None:
    (tmp_path / "broken.mp4").write_bytes(b"no video")
    (result,) = local.tasks.create_bulk(
        index_id=emulator.index_id, video_files=[tmp_path / "broken.mp4"], executor=PicklingExecutor()
    )
    assert isinstance(result.error, errors.VideoFileBrokenError)


@pytest.mark.parametrize("given", [b"video", ("a.mp4", b"video")])
def test_what_is_not_a_path_does_not_travel(emulator: Emulator, local: TwelveLabs, given: Any) -> None:
    (result,) = local.tasks.create_bulk(index_id=emulator.index_id, video_files=[given], executor=PicklingExecutor())
    assert isinstance(result.error, TypeError)


def test_urls_travel_as_they_are(emulator: Emulator, local: TwelveLabs) -> None:
    urls = [f"https://192.0.2.1/{name}.mp4" for name in "ab"]
    results = local.tasks.create_bulk(index_id=emulator.index_id, video_urls=urls, executor=PicklingExecutor())
    assert [(result.input, result.error) for result in results] == [(url, None) for url in urls]
    assert [each.arguments["video_url"] for each in emulator.received] == urls
    assert keys(emulator) == {OTHER_KEY}
