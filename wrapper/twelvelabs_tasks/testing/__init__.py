"""Hold answers of the platform to the contract: in your own tests, or as a job that watches for drift.

Needs the extra `twelvelabs-tasks[testing]`.

    from twelvelabs_tasks.testing import drift_of

    response = httpx.get(f"{base_url}/tasks", headers={"x-api-key": api_key})
    assert drift_of("list_tasks", response) == []

`python -m twelvelabs_tasks.testing` asks a running platform and prints a report.
"""

from ._document import Document, Operation, contract
from ._drift import Drift, drift_of
from ._live import Answer, ask

__all__ = ["Answer", "Document", "Drift", "Operation", "ask", "contract", "drift_of"]
