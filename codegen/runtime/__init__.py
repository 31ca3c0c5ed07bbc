"""A low-level client of the TwelveLabs API: a function for each operation, a class for each object of the contract.

A function returns an `operations.Operation`: the request, and how its response is read. The classes in `client.py`,
`async_client.py` and `raw_client.py` of each tag send operations through a transport that is given to them.

    operation = retrieve_task("62a1ec6d9ea24f052b971a0f")
    response = httpx.Client(base_url="https://api.twelvelabs.io/v1.3").request(**operation.request)
    task = operation.read(response)
"""

from __future__ import annotations

from pathlib import Path

__all__ = ("contract_path",)


def contract_path() -> Path:
    """Return the path of `openapi.yaml`: in this package if it is installed, at the root of a checkout otherwise."""
    package = Path(__file__).resolve().parent
    installed = package / "openapi.yaml"
    return installed if installed.is_file() else package.parents[1] / "openapi.yaml"
