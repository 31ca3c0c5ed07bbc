"""What a schema cannot say: bytes that are a video, and identifiers of what exists.

Where a request names the ids of the contract's examples, it means something that is there.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import schemathesis
from hypothesis import strategies as st

from contract_tests.emulator.conformance import checks as checks  # registers them, for the command line too
from contract_tests.support.samples import INDEX_ID, TASK_ID
from twelvelabs_emulator.sample import make_video

__all__ = ["API_KEY", "provide_cases", "videos"]

API_KEY = "the key of the tests"
OF_PAGES = ("origin", "sec-fetch-site")
"""The headers by which browsers tell of pages, whose requests are refused; the contract knows nothing of that."""
TEXT = st.text(st.characters(codec="utf-8"))


@cache
def videos() -> list[bytes]:
    """Return small videos in two containers."""
    with tempfile.TemporaryDirectory() as folder:
        return [
            make_video(Path(folder, name), duration=10.0, width=360, height=360, rate=2, audio=False).read_bytes()
            for name in ("a.mp4", "b.mkv")
        ]


schemathesis.openapi.format("binary", st.deferred(lambda: st.sampled_from(videos())))
schemathesis.openapi.format(
    "json-object",
    st.dictionaries(
        TEXT,
        TEXT | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False),
        max_size=3,
    ).map(json.dumps),
)


@schemathesis.hook
def before_load_schema(_: schemathesis.HookContext, raw_schema: dict[str, Any]) -> None:
    """Forget the contract's example of a video, which is a description of one."""
    properties = raw_schema["components"]["schemas"].get("TasksCreateRequest", {}).get("properties", {})
    properties.get("video_file", {}).pop("examples", None)


@schemathesis.hook
def before_call(_: schemathesis.HookContext, case: schemathesis.Case[Any], kwargs: dict[str, Any]) -> None:
    """Create what a request is about in the emulator, and drop headers that only pages of a browser send."""
    for name in OF_PAGES:
        case.headers.pop(name, None)
    base_url = case.operation.schema.get_base_url()
    if base_url not in _providers:  # On the command line, where nobody says so before.
        _providers[base_url] = _Provider(base_url)
    _providers[base_url].provide(case)


@contextmanager
def provide_cases(base_url: str) -> Iterator[None]:
    """Prepare the cases that are sent to a server."""
    provider = _providers[base_url] = _Provider(base_url)
    try:
        yield
    finally:
        del _providers[base_url]
        provider.close()


class _Provider:
    """Creates what cases need, through the same API.

    Args:
        base_url: Where that is.
    """

    def __init__(self, base_url: str) -> None:
        self._client = httpx.Client(base_url=base_url, headers={"x-api-key": API_KEY}, trust_env=False, timeout=30)
        self._task_id: str | None = None

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def provide(self, case: schemathesis.Case[Any]) -> None:
        """Create what a case needs, and name it in the case."""
        is_valid = case.meta is not None and case.meta.generation.mode.is_positive
        for name in ("task_id", "video-id"):
            if case.path_parameters.get(name) == TASK_ID:
                case.path_parameters[name] = self._new_task() if case.method == "DELETE" else self._task()
        match case.operation.definition.raw["operationId"]:
            case "create_task":
                if is_valid and isinstance(case.body, dict) and {"video_file", "video_url"} <= case.body.keys():
                    # Exactly one of them is valid, which the generator cannot see where one is bytes.
                    del case.body["video_file"]
            case "delete_task":
                if is_valid:
                    self._make_deletable(case.path_parameters["task_id"])
            case "import_videos":
                self._wait_for_imports(str(case.path_parameters["integration-id"]))

    def _task(self) -> str:
        """Return a task that stays."""
        if self._task_id is None:
            self._task_id = self._new_task()
        return self._task_id

    def _new_task(self) -> str:
        form = {"index_id": INDEX_ID, "enable_video_stream": "false"}
        response = self._client.post("/tasks", data=form, files={"video_file": videos()[0]}).raise_for_status()
        task_id = str(response.json()["_id"])
        self._wait_for_end(task_id)
        return task_id

    def _wait_for_end(self, task_id: str) -> Any:
        """Return a task once it has ended, or the response that there is none."""
        while (task := self._get(f"/tasks/{task_id}")).get("status", "failed") not in ("ready", "failed"):
            pass
        return task

    def _make_deletable(self, task_id: str) -> None:
        task = self._wait_for_end(task_id)
        if task.get("status") == "ready":
            self._client.delete(f"/indexes/{task['index_id']}/videos/{task_id}")

    def _wait_for_imports(self, integration_id: str) -> None:
        path = f"/tasks/transfers/import/{httpx.URL(path=integration_id).raw_path.decode()}/logs"
        while any(log["ended_at"] is None for log in self._get(path).get("data") or ()):
            pass

    def _get(self, path: str) -> Any:
        return self._client.get(path).json()


_providers: dict[str, _Provider] = {}
