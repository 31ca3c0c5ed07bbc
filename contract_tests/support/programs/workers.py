"""A program that creates in bulk with workers, to be killed while they upload.

python -m contract_tests.support.programs.workers (fork | spawn | detached) FOLDER LEDGER [WORKER_TIMEOUT]
"""

from __future__ import annotations

import multiprocessing
import pickle
import subprocess
import sys
import threading
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

from contract_tests.support.samples import INDEX_ID
from twelvelabs_tasks import TwelveLabs

WORKERS = 2
CONCURRENCY = 4  # so that uploads are queued as well

RUN = """
import pickle, sys
function, arguments = pickle.load(sys.stdin.buffer)
pickle.dump(function(*arguments), sys.stdout.buffer)
"""


class DetachedExecutor(Executor):
    """Runs each call in a separate process, which nobody ends, as those of a cluster."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        process = subprocess.Popen(
            [sys.executable, "-c", RUN],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # where it says that nobody takes its result any more
            start_new_session=True,
        )
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()

        def run() -> None:
            printed, _ = process.communicate(pickle.dumps((fn, args)))
            future.set_result(pickle.loads(printed))

        threading.Thread(target=run, daemon=True).start()
        return future


def make_executor(kind: str) -> Executor:
    """Return an executor."""
    if kind == "detached":
        return DetachedExecutor()
    return ProcessPoolExecutor(WORKERS, multiprocessing.get_context(kind))


def main(kind: str, folder: str, ledger: str, worker_timeout: str = "") -> None:
    arguments: dict[str, Any] = {"worker_timeout": float(worker_timeout)} if worker_timeout else {}
    with TwelveLabs() as client, make_executor(kind) as executor:
        client.tasks.create_bulk(
            index_id=INDEX_ID,
            video_files=sorted(Path(folder).iterdir()),
            max_concurrency=CONCURRENCY,
            executor=executor,
            ledger=ledger,
            **arguments,
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
