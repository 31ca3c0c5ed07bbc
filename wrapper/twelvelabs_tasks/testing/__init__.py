"""Compare responses of the API with the contract: in your own tests, or as a job that watches for drift.

Needs the extra `twelvelabs-tasks[testing]`.

    from twelvelabs_tasks.testing import drift_of

    response = httpx.get(f"{base_url}/tasks", headers={"x-api-key": api_key})
    assert drift_of("list_tasks", response) == []

`python -m twelvelabs_tasks.testing` compares a live API with the contract and prints a report.
"""

from typing import TYPE_CHECKING

from ..core._lazy import import_on_use

if TYPE_CHECKING:
    from ._document import Document, Operation, contract
    from ._drift import Drift, drift_of
    from ._live import LiveResponse, ask

__all__ = ["Document", "Drift", "LiveResponse", "Operation", "ask", "contract", "drift_of"]

if not TYPE_CHECKING:
    # So that the program `python -m twelvelabs_tasks.testing` begins before what it needs is imported.
    __getattr__, __dir__ = import_on_use(
        __name__,
        {
            "Document": "._document",
            "Drift": "._drift",
            "LiveResponse": "._live",
            "Operation": "._document",
            "ask": "._live",
            "contract": "._document",
            "drift_of": "._drift",
        },
        __all__,
    )
